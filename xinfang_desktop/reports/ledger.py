"""The ledger (台账) as a file: a spreadsheet, and on request comma-separated text.

Whatever a petitioner said is written as text: a claim that begins with = is no formula, and an
identity number keeps its last digits. The workbook is built in memory, because a temporary file
would lie on the disk in clear text. The rules round the cells are one conditional format: to write
every blank cell for its border would take a quarter of the time.

Numbers of documents and telephones and the addresses are masked, unless somebody who may asks for
all of it and says what for. The trail notes how many matters went out, in what way and what for,
and never the words that were searched.
"""

import csv
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Unpack

from sqlmodel import Session

from xinfang_desktop.casework.audit import note, require
from xinfang_desktop.casework.layouts import BLANK, SERIAL, Layout, of_columns
from xinfang_desktop.casework.ledger import COLUMN, WRITTEN, Column, LedgerLine, lines, shown_text
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.casework.search import Filter, Sort, find
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically
from xinfang_desktop.models import Noted, OfficeProfile, Right, Viewer

_FONT = "宋体"
_LONGEST = 16_000
"""Characters of one cell; a spreadsheet takes 32,767 units of UTF-16 and no more."""

_CUT = "……（以下从略，全文见登记内容）"
ENDING, TEXT_ENDING = ".xlsx", ".csv"
_WRONG_ENDING = (
    "台账只能导出为 .xlsx 或 .csv 文件，没有导出；请把文件名改为以 .xlsx（或 .csv）结尾。"
)
_NO_PURPOSE = "导出完整号码要写明用途，没有导出；请写明用途后再试。"
_LONGEST_PURPOSE = 40
MANGLED = (
    "CSV 文件用 Excel 打开时，证件号码、电话这样的长数字会被改成别的数；要用 Excel 看请导出 .xlsx。"
)
"""What whoever asks for comma-separated text is told."""

MOST_LINES = 200_000
"""Lines that one file takes: a workbook of more would need more memory than an office PC has."""
_TOO_MANY = (
    f"一次最多导出{MOST_LINES}件，没有导出；数据没有改动。请先筛选（如按年份）再分几次导出。"
)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_TOLD_EVERY = 250
Progress = Callable[[int], object]
_AS_TEXT = frozenset({"number", "superior_number", "former_number", "document", "phone"})


def export_ledger(
    session: Session,
    to: Path,
    *,
    viewer: Viewer,
    words: str = "",
    today: date | None = None,
    sort: Sort | None = None,
    layout: Layout | None = None,
    full: bool = False,
    purpose: str = "",
    ids: Sequence[int] | None = None,
    progress: Progress | None = None,
    **where: Unpack[Filter],
) -> int:
    """Write the ledger, or what is asked of it, and give how many lines it has.

    ``ids`` are the matters in their order, where they are known already; else ``words``, filter and
    order say which. ``layout`` says the columns (``layouts.of_columns``), ``full`` that nothing is
    masked. ``progress`` is told how many lines are written; what it raises leaves no file.

    Raises:
        OfficeError: ``to`` has another ending, or cannot be written; the viewer may not export, or
            not in full; no purpose was given for that; there are too many lines.
    """
    write = _WRITERS.get(to.suffix.lower())
    if write is None:
        raise OfficeError(_WRONG_ENDING)
    require(viewer, Right.EXPORT)
    purpose = " ".join(purpose.split())[:_LONGEST_PURPOSE]
    if full:
        require(viewer, Right.UNMASK)
        if not purpose:
            raise OfficeError(_NO_PURPOSE)
    if ids is None:
        ids = find(session, words, viewer=viewer, today=today, sort=sort, **where)
    if len(ids) > MOST_LINES:
        raise OfficeError(_TOO_MANY)
    office = office_profile(session)
    table = Table(layout or of_columns(WRITTEN, title=_title(office)), full=full)
    content = write(office, table, _told(lines(session, ids), progress), len(ids))
    write_file_atomically(to, content, private=True)
    note(session, Noted.EXPORT, detail=_noted(to, len(ids), layout, full=full, purpose=purpose))
    return len(ids)


def _told(given: Iterable[LedgerLine], progress: Progress | None) -> Iterator[LedgerLine]:
    """Give the lines on, and tell how many."""
    for count, line in enumerate(given):
        if progress is not None and count % _TOLD_EVERY == 0:
            progress(count)
        yield line


class Table:
    """The columns that are written, each with what stands in a line of it."""

    def __init__(self, layout: Layout, *, full: bool) -> None:
        self.title = layout.title
        self.headings = [column.heading for column in layout.columns]
        self.keys = [column.key for column in layout.columns]
        self._columns: list[Column | None] = [COLUMN.get(key) for key in self.keys]
        self._full = full

    @property
    def widths(self) -> list[float]:
        """How wide each column is, in characters: at least as wide as its heading."""
        usual = (column.width if column else 8 for column in self._columns)
        return [max(w, 2 + 2 * len(h)) for w, h in zip(usual, self.headings, strict=True)]

    def values(self, line: LedgerLine, serial: int) -> Iterator[object]:
        """Give what stands in a line."""
        for key, column in zip(self.keys, self._columns, strict=True):
            if column is None:
                yield serial if key == SERIAL else BLANK
            elif column.mask and not self._full:
                yield column.text(line)
            else:
                yield column.value(line)


def _title(office: OfficeProfile) -> str:
    return f"{office.name}{office.desk}信访事项台账"


def _noted(to: Path, count: int, layout: Layout | None, *, full: bool, purpose: str) -> str:
    told = [f"台账{count}件"]
    if to.suffix.lower() == TEXT_ENDING:
        told.append("CSV")
    if layout is not None and layout.name:
        told.append(f"样式“{layout.name}”")
    if full:
        told.append("号码未遮盖")
    if purpose:
        told.append(f"用途：{purpose}")
    return "，".join(told)


# comma-separated text


def _text_file(_: OfficeProfile, table: Table, given: Iterable[LedgerLine], __: int) -> bytes:
    """Write UTF-8 with a mark at its head, which Excel needs; a formula gets a tab before it."""
    written = StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(table.headings)
    for serial, line in enumerate(given, start=1):
        rows.writerow([_harmless(shown_text(value)) for value in table.values(line, serial)])
    return written.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"\t{text}" if text.startswith(_FORMULAS) else text


# spreadsheet

_CELL = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
_LINE_HEIGHT, _LEAST_HEIGHT, _TALLEST = 13.5, 18.0, 400.0
"""Points of a line of text, of the lowest row and of the tallest a spreadsheet takes."""


def _workbook(
    office: OfficeProfile, table: Table, given: Iterable[LedgerLine], count: int
) -> bytes:
    import xlsxwriter

    content = BytesIO()
    with _uncollected(), xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": table.title, "author": office.full_name or office.name})
        sheet = book.add_worksheet("台账")
        head = _head(book, sheet, table)
        put = _Putting(book, sheet, table)
        for serial, line in enumerate(given, start=1):
            put.row(head + serial, table.values(line, serial))
        last = (max(head + count, head), len(table.keys) - 1)
        sheet.autofilter(head, 0, *last)
        ruled = {"type": "no_errors", "format": book.add_format({"border": 1})}
        sheet.conditional_format(head, 0, *last, ruled)
    return content.getvalue()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the collector of cycles rest: a workbook is as many tuples as cells and has no cycle.

    Looking at all of them again and again takes a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _head(book: Any, sheet: Any, table: Table) -> int:  # noqa: ANN401 - untyped library
    """Write the title, where there is one, and the headings; give the row of these."""
    large = {"font_size": 16, "bold": True, "align": "center"}
    heading = book.add_format(
        {**_CELL, "bold": True, "align": "center", "bg_color": "#EEEEEE", "text_wrap": True}
    )
    row = 1 if table.title else 0
    if table.title:
        title = book.add_format({**_CELL, **large})
        if len(table.keys) > 1:
            sheet.merge_range(0, 0, 0, len(table.keys) - 1, table.title, title)
        else:
            sheet.write_string(0, 0, table.title, title)
        sheet.set_row(0, 30)
    for place, (text, width) in enumerate(zip(table.headings, table.widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(row, place, text, heading)
    sheet.freeze_panes(row + 1, 1)
    sheet.repeat_rows(0, row)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    return row


class _Putting:
    """Puts values into cells, text as text, and makes a row as high as its text needs."""

    def __init__(self, book: Any, sheet: Any, table: Table) -> None:  # noqa: ANN401
        self._sheet = sheet
        self._widths = table.widths
        text = {**_CELL, "text_wrap": True}
        self._plain = book.add_format(text)
        number = book.add_format({**text, "num_format": "@"})
        self._texts = [number if key in _AS_TEXT else self._plain for key in table.keys]
        self._day = book.add_format({**_CELL, "num_format": "yyyy-mm-dd", "align": "center"})
        moment = {**_CELL, "num_format": "yyyy-mm-dd hh:mm", "align": "center"}
        self._moment = book.add_format(moment)

    def row(self, row: int, values: Iterable[object]) -> None:
        """Write one line of the ledger."""
        most = 1
        for place, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                text = _fitting(shown_text(value))
                self._sheet.write_string(row, place, text, self._texts[place])
                most = max(most, _lines(text, self._widths[place]))
            elif isinstance(value, datetime):
                self._sheet.write_datetime(row, place, value, self._moment)
            elif isinstance(value, date):
                self._sheet.write_datetime(row, place, value, self._day)
            else:
                self._sheet.write_number(row, place, value, self._plain)
        if most > 1:
            height = min(max(most * _LINE_HEIGHT + 4, _LEAST_HEIGHT), _TALLEST)
            self._sheet.set_row(row, height)


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + _CUT


def _lines(text: str, width: float) -> int:
    """Count the lines a text takes in a column; a Chinese character is two characters wide."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    return sum(
        max(-(-(2 * len(part) - len(part.encode("ascii", "ignore"))) // int(width)), 1)
        for part in text.split("\n")
    )


_Write = Callable[[OfficeProfile, Table, Iterable[LedgerLine], int], bytes]
_WRITERS: dict[str, _Write] = {ENDING: _workbook, TEXT_ENDING: _text_file}
