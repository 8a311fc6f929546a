"""The ledger as a model over ids: a million of them are a few megabytes, rows are read by pages."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from .theme import Theme

if TYPE_CHECKING:
    from xinfang_desktop.casework.search import LedgerRow

PAGE_ROWS = 128
PAGES_KEPT = 64

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

    def __init__(self, read_rows: ReadRows, theme: Theme) -> None:
        super().__init__()
        self._read_rows = read_rows
        self._theme = theme
        self._ids = array("q")
        self._pages: OrderedDict[int, dict[int, LedgerRow]] = OrderedDict()
        self._strong = QFont()
        self._strong.setBold(True)

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

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """What a cell shows, and how."""
        if not index.isValid():
            return None
        if role == Role.TextAlignmentRole:
            return _side(COLUMNS[index.column()])
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.FontRole, Role.ForegroundRole):
            return None
        line = self.line(index.row())
        if line is None:
            return GONE if role == Role.DisplayRole and index.column() == NUMBER else None
        if role == Role.DisplayRole:
            return COLUMNS[index.column()].text(line)
        if role == Role.ToolTipRole:
            return line.claim_start if index.column() == CLAIM else None
        return self._manner(line, index.column(), role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """The headings."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Role.DisplayRole else None
        if role == Role.TextAlignmentRole:
            return _side(COLUMNS[section])
        return COLUMNS[section].title if role == Role.DisplayRole else None

    def _manner(self, line: LedgerRow, column: int, role: int) -> object:
        """Numbers stand out; what is sealed or void is quiet, in words as well."""
        if role == Role.FontRole:
            return self._strong if column == NUMBER else None
        is_quiet = line.state.value == "void" or (line.sealed and column == CLAIM)
        return self._theme.colour("quiet") if is_quiet else None


def _side(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
