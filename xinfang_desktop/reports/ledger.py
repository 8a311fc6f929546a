"""The ledger (台账) as a spreadsheet.

Whatever a petitioner said is written as text: a claim that begins with = is no formula, and an
identity number keeps its last digits. The workbook is built in memory, because a temporary file
would lie on the disk in clear text. The rules round the cells are one conditional format: to write
every blank cell for its border would take a quarter of the time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Unpack

from sqlmodel import Session

from xinfang_desktop.casework.audit import note, require
from xinfang_desktop.casework.ledger import LedgerLine, lines, masked
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.casework.search import Filter, find
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically
from xinfang_desktop.models import LabelledEnum, Noted, OfficeProfile, Right, Viewer

_FONT = "宋体"
_LONGEST = 16_000
"""Characters of one cell; a spreadsheet takes 32,767 units of UTF-16 and no more."""

_CUT = "……（以下从略，全文见登记内容）"
_ENDING = ".xlsx"
_WRONG_ENDING = "台账只能导出为 .xlsx 文件，没有导出；请把文件名改为以 .xlsx 结尾。"


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and what stands in it."""

    heading: str
    width: float
    value: Callable[[LedgerLine], object]


COLUMNS = (
    Column("编号", 18, lambda line: line.number),
    Column("收到日期", 12, lambda line: line.received_on),
    Column("信访形式", 10, lambda line: line.channel),
    Column("信访件来源", 11, lambda line: line.source_level),
    Column("信访件编号", 20, lambda line: line.superior_number),
    Column("信访人", 16, lambda line: line.petitioner),
    Column("人数", 6, lambda line: line.headcount),
    Column("证件号码", 20, lambda line: masked(line.document_number)),
    Column("联系电话", 15, lambda line: line.phone),
    Column("单位地址", 30, lambda line: line.whereabouts),
    Column("事项类别", 10, lambda line: line.kind),
    Column("内容分类", 24, lambda line: line.category),
    Column("反映内容及诉求摘要", 60, lambda line: line.claim),
    Column("问题属地", 14, lambda line: line.location),
    Column("状态", 8, lambda line: line.state),
    Column("登记人", 10, lambda line: line.registered_by),
)


def export_ledger(
    session: Session, to: Path, *, viewer: Viewer, words: str = "", **where: Unpack[Filter]
) -> int:
    """Write the ledger, or what ``words`` and the filter leave of it, and give its lines' number.

    Raises:
        OfficeError: ``to`` is no .xlsx file, or cannot be written; the viewer may not export.
    """
    if to.suffix.lower() != _ENDING:
        raise OfficeError(_WRONG_ENDING)
    require(viewer, Right.EXPORT)
    ids = find(session, words, viewer=viewer, **where)
    content = BytesIO()
    _write(content, office_profile(session), session, ids)
    write_file_atomically(to, content.getvalue(), private=True)
    note(session, Noted.EXPORT, detail=f"台账{len(ids)}件")
    return len(ids)


def _write(content: BytesIO, office: OfficeProfile, session: Session, ids: Any) -> None:  # noqa: ANN401
    import xlsxwriter

    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": _title(office), "author": office.full_name or office.name})
        sheet = book.add_worksheet("台账")
        text = book.add_format({**_CELL, "text_wrap": True})
        day = book.add_format({**_CELL, "num_format": "yyyy-mm-dd", "align": "center"})
        _head(book, sheet, office)
        for row, line in enumerate(lines(session, ids), start=_FIRST_ROW):
            for column, cell in enumerate(COLUMNS):
                _put(sheet, row, column, cell.value(line), text, day)
        last = (max(_FIRST_ROW + len(ids) - 1, _HEAD_ROW), len(COLUMNS) - 1)
        sheet.autofilter(_HEAD_ROW, 0, *last)
        ruled = {"type": "no_errors", "format": book.add_format({"border": 1})}
        sheet.conditional_format(_HEAD_ROW, 0, *last, ruled)


_HEAD_ROW, _FIRST_ROW = 1, 2
_CELL = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}


def _title(office: OfficeProfile) -> str:
    return f"{office.name}{office.desk}信访事项台账"


def _head(book: Any, sheet: Any, office: OfficeProfile) -> None:  # noqa: ANN401 - untyped library
    title = book.add_format(
        {"font_name": _FONT, "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}
    )
    heading = book.add_format({**_CELL, "bold": True, "align": "center", "bg_color": "#EEEEEE"})
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, _title(office), title)
    sheet.set_row(0, 30)
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
        sheet.write_string(_HEAD_ROW, number, column.heading, heading)
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.repeat_rows(0, _HEAD_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _put(sheet: Any, row: int, column: int, value: object, text: Any, day: Any) -> None:  # noqa: ANN401
    match value:
        case None | "":
            return
        case LabelledEnum():
            sheet.write_string(row, column, value.label, text)
        case str():
            sheet.write_string(row, column, _fitting(value), text)
        case int():
            sheet.write_number(row, column, value, text)
        case _:
            sheet.write_datetime(row, column, value, day)


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + _CUT
