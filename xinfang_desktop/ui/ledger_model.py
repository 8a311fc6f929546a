"""The ledger as a model over ids: a million of them are a few megabytes, rows are read by pages."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from xinfang_desktop.casework.search import LedgerRow

PAGE_ROWS = 64
PAGES_KEPT = 128

ReadRows = Callable[[Sequence[int]], "list[LedgerRow]"]
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it shows, the widest it must take whole, and its side."""

    title: str
    text: Callable[[LedgerRow], str]
    widest: str = ""
    right: bool = False
    gives_way: int = 0
    """Its turn to be left out where the claim would have no room; 0 never."""


class Cell(NamedTuple):
    """What one cell shows."""

    text: str
    quiet: bool = False
    strong: bool = False
    side: int = 0


def _headcount(row: LedgerRow) -> str:
    return "" if row.headcount is None else str(row.headcount)


def _day(row: LedgerRow) -> str:
    return row.received_on.isoformat() if row.received_on else ""


COLUMNS = (
    Column("编号", lambda row: row.number, "2211〔2026〕1234号"),
    Column("收到日期", _day, "2026-12-30"),
    Column("信访人", lambda row: row.names, "欧阳某 等12人"),
    Column("人数", _headcount, "1000", right=True, gives_way=1),
    Column("形式", lambda row: row.channel.label, "网上信访", gives_way=3),
    Column("反映内容及诉求", lambda row: row.claim_start),
    Column("状态", lambda row: row.state.label, "已作废", gives_way=2),
)
NUMBER, NAMES, CLAIM = 0, 2, 5
GONE = "（已不在）"


class LedgerModel(QAbstractTableModel):
    """Lines of the ledger in the order of their ids."""

    def __init__(self, read_rows: ReadRows) -> None:
        super().__init__()
        self._read_rows = read_rows
        self._ids = array("q")
        self._pages: OrderedDict[int, dict[int, LedgerRow]] = OrderedDict()

    def show_ids(self, ids: array[int]) -> None:
        """Show other matters."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    @property
    def ids(self) -> array[int]:
        """The matters shown."""
        return self._ids

    def line(self, row: int) -> LedgerRow | None:
        """Give the matter in a row, or None when it has gone meanwhile."""
        number, id = row // PAGE_ROWS, self._ids[row]
        if number not in self._pages:
            first = number * PAGE_ROWS
            lines = self._read_rows(self._ids[first : first + PAGE_ROWS])
            self._pages[number] = {line.id: line for line in lines}
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return self._pages[number].get(id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many matters."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def cell(self, row: int, column: int) -> Cell:
        """Give what a cell shows, and how: numbers stand out, what is sealed or void is quiet."""
        line, what = self.line(row), COLUMNS[column]
        if line is None:
            return Cell(GONE if column == NUMBER else "", quiet=True, side=_side(what))
        is_quiet = line.state.value == "void" or (line.sealed and column == CLAIM)
        return Cell(what.text(line), quiet=is_quiet, strong=column == NUMBER, side=_side(what))

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """What a cell shows; how it is painted is the delegate's."""
        if not index.isValid():
            return None
        if role == Role.DisplayRole:
            return self.cell(index.row(), index.column()).text
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag(_side(COLUMNS[index.column()]))
        if role == Role.ToolTipRole and index.column() == CLAIM:
            return self.cell(index.row(), CLAIM).text or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """The headings."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Role.DisplayRole else None
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag(_side(COLUMNS[section]))
        return COLUMNS[section].title if role == Role.DisplayRole else None


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = int(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | _MIDDLE)


def _side(column: Column) -> int:
    return _RIGHT if column.right else _LEFT
