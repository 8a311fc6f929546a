"""What a dry run found, as a file to be looked through: every row with its reason in words.

Full numbers never stand in it; of an accusation no more than that it is one.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from xinfang_desktop.casework.taking_in import telling
from xinfang_desktop.casework.taking_in.checking import Checked

HEADS = ("工作表", "行号", "结果", "内容", "原因")
WORKBOOK, TEXT = ".xlsx", ".txt"

_WIDTHS = (14, 8, 10, 44, 80)
_TITLE = "《{file}》导入核对结果（{at:%Y-%m-%d %H:%M}）：{counts}"


def report(checked: Sequence[Checked], file: str, ending: str, *, at: datetime) -> bytes:
    """Give the report of a dry run as a file of this ``ending``: a workbook, or plain text."""
    title = _TITLE.format(file=file, at=at, counts=telling.summary(checked))
    rows = [
        (one.sheet, str(one.row), one.fate.value, telling.told(one), telling.reason(one))
        for one in checked
    ]
    return _workbook(title, rows) if ending == WORKBOOK else _text(title, rows)


def _text(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    lines = [title, *("\t".join(" ".join(cell.split()) for cell in row) for row in (HEADS, *rows))]
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def _workbook(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("核对结果")
        words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        head = book.add_format({"bold": True, "bottom": 1})
        sheet.write_string(0, 0, title)
        for place, (heading, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
            sheet.set_column(place, place, width, words)
            sheet.write_string(1, place, heading, head)
        for place, row in enumerate(rows, start=2):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell, words)
        sheet.freeze_panes(2, 0)
        sheet.autofilter(1, 0, max(len(rows) + 1, 1), len(HEADS) - 1)
    return content.getvalue()
