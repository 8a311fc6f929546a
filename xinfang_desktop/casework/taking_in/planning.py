"""How a file would be read before anybody says otherwise: its sheets, heads and columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Channel

from .checking import Part
from .columns import Arrangement, Column, arranged, propose
from .headings import NOT_TAKEN
from .layout import Table, find_table, table_without_heads
from .workbook import Book

_NO_HEADS = (
    "这个文件里没有找到表头（如姓名、来访日期、反映内容），没有导入；原有数据没有改动。"
    "请核对是不是选错了文件；确实没有表头的，请选“没有表头”，各列按内容来认。"
)
_NO_SHEET = "这个文件里没有名为“{name}”、带表头的工作表，没有导入。有的是：{names}。"

Kept = Callable[[Table], Arrangement | None]
"""Gives how a layout was read the last time."""


class NoHeadsError(OfficeError):
    """No sheet of a file has heads; the clerk may say that this is so."""


@dataclass(frozen=True)
class SheetPlan:
    """A sheet with its proposed columns; ``words`` are odd words that were settled before."""

    table: Table
    columns: tuple[Column, ...]
    channel: Channel
    epoch: date
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_wanted: bool = True

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return self.table.sheet.name

    def with_field(self, place: int, key: str) -> "SheetPlan":
        """Give the plan with another field for a column; no other column keeps that field."""
        columns = (
            replace(column, field=key, because="")
            if column.place == place
            else replace(column, field=NOT_TAKEN, because="")
            if key != NOT_TAKEN and column.field == key
            else column
            for column in self.columns
        )
        return replace(self, columns=tuple(columns))

    def part(self) -> Part:
        """Give the sheet as it is to be taken in.

        Raises:
            OfficeError: two columns say the same field.
        """
        return Part(self.table, arranged(self.columns, self.words), self.channel, self.epoch)


def plan(
    book: Book, kept: Kept = lambda table: None, *, without_heads: bool = False
) -> list[SheetPlan]:
    """Give every sheet that has heads, as it would be read; hidden ones are not wanted at first.

    Where somebody has said that the file is ``without_heads``, every sheet is read from its first
    row on, and its columns are proposed by what stands in them.

    Raises:
        NoHeadsError: no sheet has heads, and nobody has said so.
    """
    find = table_without_heads if without_heads else find_table
    tables = [table for sheet in book.sheets if (table := find(sheet)) is not None]
    if not tables:
        raise NoHeadsError(_NO_HEADS)
    return [planned(table, book.epoch, kept(table)) for table in tables]


def planned(table: Table, epoch: date, kept: Arrangement | None = None) -> SheetPlan:
    """Give one sheet as it would be read."""
    return SheetPlan(
        table,
        tuple(propose(table, kept)),
        table.channel,
        epoch,
        kept.words if kept else {},
        not table.sheet.is_hidden,
    )


def only(plans: Sequence[SheetPlan], name: str) -> list[SheetPlan]:
    """Give the plan of one sheet.

    Raises:
        OfficeError: there is none of that name.
    """
    found = [replace(plan, is_wanted=True) for plan in plans if plan.name == name]
    if not found:
        names = "、".join(plan.name for plan in plans)
        raise OfficeError(_NO_SHEET.format(name=name[:20], names=names))
    return found
