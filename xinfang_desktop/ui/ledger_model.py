"""The ledger as a model over ids: a million of them are a few megabytes, rows are read by pages."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from xinfang_desktop.casework.grammar import Typed
    from xinfang_desktop.casework.ledger import Column, LedgerLine
    from xinfang_desktop.casework.search import Sort

PAGE_ROWS = 64
PAGES_KEPT = 128
GONE = "（已不在）"
_WAYS = ("↑", "↓")

ReadRows = Callable[[Sequence[int]], "list[LedgerLine]"]
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class Cell(NamedTuple):
    """What one cell shows; ``spans`` are what of it was searched for."""

    text: str
    quiet: bool = False
    strong: bool = False
    side: int = 0
    spans: tuple[tuple[int, int], ...] = ()


class _Page:
    """Rows next to each other, and the cells of them that were shown."""

    def __init__(self, lines: list[LedgerLine]) -> None:
        self.lines = {line.id: line for line in lines}
        self.cells: dict[tuple[int, int], Cell] = {}


class LedgerModel(QAbstractTableModel):
    """Lines of the ledger in the order of their ids."""

    def __init__(self, read_rows: ReadRows, columns: Sequence[str] = ()) -> None:
        super().__init__()
        self._read_rows = read_rows
        self._ids = array("q")
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._typed: Typed | None = None
        self._sort: Sort | None = None
        self._columns = _chosen(columns)

    @property
    def ids(self) -> array[int]:
        """The matters shown."""
        return self._ids

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown."""
        return self._columns

    def show_ids(self, ids: array[int]) -> None:
        """Show other matters."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def add_ids(self, ids: array[int]) -> None:
        """Show more matters, below those shown."""
        if ids:
            first = len(self._ids)
            self.beginInsertRows(QModelIndex(), first, first + len(ids) - 1)
            self._ids = self._ids + ids
            self._pages.pop((first - 1) // PAGE_ROWS, None)
            self.endInsertRows()

    def show_columns(self, columns: Sequence[str]) -> None:
        """Show other columns."""
        chosen = _chosen(columns)
        if chosen != self._columns:
            self.beginResetModel()
            self._columns = chosen
            for page in self._pages.values():
                page.cells.clear()
            self.endResetModel()

    def show_order(self, sort: Sort | None) -> None:
        """Show in the headings what the ledger is ordered by."""
        self._sort = sort
        if self._columns:
            last = len(self._columns) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def mark(self, typed: Typed | None) -> None:
        """Mark what was searched for, from the next rows on that are shown."""
        if typed != self._typed:
            self._typed = typed
            for page in self._pages.values():
                page.cells.clear()

    def line(self, row: int) -> LedgerLine | None:
        """Give the matter in a row, or None when it has gone meanwhile."""
        return self._page(row).lines.get(self._ids[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many matters."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def cell(self, row: int, column: int) -> Cell:
        """Give what a cell shows, and how: numbers stand out, what is sealed or void is quiet."""
        cells = self._page(row).cells
        if (row, column) not in cells:
            cells[row, column] = self._cell(row, self._columns[column])
        return cells[row, column]

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """What a cell shows; how it is painted is the delegate's."""
        if not index.isValid():
            return None
        if role == Role.DisplayRole:
            return self.cell(index.row(), index.column()).text
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag(_side(self._columns[index.column()]))
        if role == Role.ToolTipRole and self._columns[index.column()].wraps:
            line = self.line(index.row())
            return (self._columns[index.column()].text(line) or None) if line else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """The headings."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Role.DisplayRole else None
        if section >= len(self._columns):
            return None
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag(_side(self._columns[section]))
        return self._heading(self._columns[section]) if role == Role.DisplayRole else None

    def _heading(self, column: Column) -> str:
        if self._sort is None or column.sort != self._sort.key:
            return column.title
        return f"{column.title} {_WAYS[self._sort.descending]}"

    def _page(self, row: int) -> _Page:
        number = row // PAGE_ROWS
        if number not in self._pages:
            first = number * PAGE_ROWS
            self._pages[number] = _Page(self._read_rows(self._ids[first : first + PAGE_ROWS]))
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return self._pages[number]

    def _cell(self, row: int, column: Column) -> Cell:
        from xinfang_desktop.casework.marking import marked

        line, is_number = self.line(row), column.key == "number"
        if line is None:
            return Cell(GONE if is_number else "", quiet=True, side=_side(column))
        text = column.text(line)
        spans: tuple[tuple[int, int], ...] = ()
        if self._typed is not None:
            text, spans = marked(self._typed, column.key, text, line)
        elif column.wraps:
            text = " ".join(text.split())
        is_quiet = line.state.value != "registered" or (line.sealed and column.key == "claim")
        return Cell(text, is_quiet, is_number, _side(column), spans)


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = int(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | _MIDDLE)


def _side(column: Column) -> int:
    return _RIGHT if column.counts else _LEFT


def _chosen(columns: Sequence[str]) -> tuple[Column, ...]:
    from xinfang_desktop.casework.ledger import COLUMN, SHOWN

    known = tuple(COLUMN[key] for key in columns if key in COLUMN)
    return known or tuple(COLUMN[key] for key in SHOWN)
