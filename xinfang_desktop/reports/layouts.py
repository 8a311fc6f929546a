"""Learning a layout from an empty table that a superior handed out: its title, heads and order."""

from pathlib import Path

from xinfang_desktop.casework.layouts import BLANK, SERIAL, Layout, LayoutColumn
from xinfang_desktop.casework.ledger import COLUMN, COLUMNS
from xinfang_desktop.casework.taking_in.headings import meaning, plain_head
from xinfang_desktop.casework.taking_in.layout import Table, find_table
from xinfang_desktop.casework.taking_in.workbook import read_book
from xinfang_desktop.errors import OfficeError

_NO_HEADS = "这个文件里没有认得出的表头，没有保存报表样式。请选表头齐全的空表，或自己选各栏。"
_SERIALS = frozenset(map(plain_head, ("序号", "序", "编次", "顺序号", "No.")))
_OWN = {plain_head(column.title): column.key for column in COLUMNS}


def read_layout(file: Path, *, name: str = "") -> Layout:
    """Give the layout of the first table of a spreadsheet.

    A head that nobody knows is a column that is left blank.

    Raises:
        OfficeError: the file is no spreadsheet, or no head of it is known.
    """
    book = read_book(file)
    table = next(filter(None, map(find_table, book.sheets)), None)
    columns = [LayoutColumn(head, _key(head)) for head in table.heads] if table else []
    if table is None or not any(column.key in COLUMN for column in columns):
        raise OfficeError(_NO_HEADS)
    return Layout(name or file.stem, _title(table), tuple(columns))


def _key(head: str) -> str:
    plain = plain_head(head)
    if plain in _SERIALS:
        return SERIAL
    if plain in _OWN:
        return _OWN[plain]
    meant = meaning(head)
    return meant.field if meant and meant.field in COLUMN else BLANK


def _title(table: Table) -> str:
    """Give what stands above the heads; the name of the sheet is no title."""
    return next(iter(table.titles[1:]), "")
