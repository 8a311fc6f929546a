"""Reading a spreadsheet: .xlsx, .xlsm, .xls and .csv become sheets of cells as they were typed.

What a file is, is told from what is in it, never from the ending of its name.
"""

import csv
import hashlib
import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import read_file

from . import old_excel

Cell = str | float | int | bool | date | time | timedelta
"""What a cell holds; a blank one is ""."""

NO_RESULT = "#公式"
"""What stands, before the formula itself, in a cell whose formula has no result in the file."""

EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""The day before the first in the two ways that spreadsheets count days."""

_WHAT = "台账文件"
_UNTOUCHED = "没有导入，原有数据没有改动。"
_NO_TABLE = f"这个文件不是电子表格，{_UNTOUCHED}请选 .xlsx、.xls 或 .csv 文件。"
_DAMAGED = f"这个电子表格读不下去，可能没有存完整，{_UNTOUCHED}请在Excel或WPS里打开，另存一份再试。"
_LOCKED = f"这个电子表格设了打开密码，{_UNTOUCHED}请在Excel或WPS里去掉密码，另存一份再试。"
_WEB_PAGE = (
    f"这个文件其实是网页，不是电子表格，{_UNTOUCHED}请在Excel或WPS里打开，另存为 .xlsx 再试。"
)
_EMPTY = f"这个文件里没有内容，{_UNTOUCHED}请核对是不是选错了文件。"

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html|<table|<head|<Workbook)", re.I
)


@dataclass(frozen=True)
class Span:
    """Cells that are merged into one: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet from its first cell on; every row is as wide as the widest."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    spans: tuple[Span, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True)
class Book:
    """A file that was read.

    Attributes:
        name: the file's name without its folder.
        digest: SHA-256 of the file.
        epoch: the day before day 1, or day 0 where days are counted from 1904.
        content: the file itself.
    """

    name: str
    digest: str
    sheets: tuple[Sheet, ...]
    epoch: date = EPOCH_1900
    content: bytes = field(default=b"", repr=False)


def read_book(path: Path) -> Book:
    """Read the spreadsheet at ``path``.

    Raises:
        OfficeError: it cannot be read, is no spreadsheet, is damaged, locked, or holds nothing.
    """
    return book_of(read_file(path, what=_WHAT), path.name)


def book_of(content: bytes, name: str) -> Book:
    """Read a spreadsheet from its bytes.

    Raises:
        OfficeError: it is no spreadsheet, is damaged, locked, or holds nothing.
    """
    if content.startswith((_ZIP, _OLE)):
        sheets = tuple(_trimmed(sheet) for sheet in _sheets(content))
    else:
        sheets = (_trimmed(_from_text(content, Path(name).stem)),)
    if not any(sheet.rows for sheet in sheets):
        raise OfficeError(_EMPTY)
    digest = hashlib.sha256(content).hexdigest()
    return Book(name, digest, tuple(s for s in sheets if s.rows), _epoch(content), content)


def is_blank(cell: Cell) -> bool:
    """Tell whether nothing can be seen in a cell."""
    return isinstance(cell, str) and not cell.strip()


def column_letters(column: int) -> str:
    """Name a column, counted from 0, as the spreadsheet shows it."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _sheets(content: bytes) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise OfficeError(_LOCKED)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [facts.name for facts in book.sheets_metadata]
        besides = _besides(content) if content.startswith(_ZIP) else _old_besides(content, names)
        for facts in book.sheets_metadata:
            sheet = book.get_sheet_by_name(facts.name)
            known = besides.get(facts.name, _Beside())
            rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            for row, column, error in known.errors:
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = error
            yield Sheet(
                facts.name,
                tuple(map(tuple, rows)),
                tuple(Span(*start, *end) for start, end in sheet.merged_cell_ranges or ()),
                known.hidden_columns,
                facts.visible is not SheetVisibleEnum.Visible,
            )
    except CalamineError as error:
        raise OfficeError(_sentence(content, str(error))) from None


def _sentence(content: bytes, told: str) -> str:
    if "assword" in told:
        return _LOCKED
    looks_like_one = content.startswith(_OLE) or b"xl/work" in content
    return _DAMAGED if looks_like_one else _NO_TABLE


# what the reading library leaves out


@dataclass(frozen=True)
class _Beside:
    """What stands beside the cells of a sheet: hidden columns, and cells that are an error.

    An error is also a formula without its result.
    """

    hidden_columns: frozenset[int] = frozenset()
    errors: tuple[tuple[int, int, str], ...] = ()


_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<Relationship\s([^>]*)>")
_HIDDEN = re.compile(r"<(?:\w+:)?col\s([^>]*)>")
_ERROR = re.compile(
    r'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*\br="([A-Z]+)([0-9]+)"[^>]*>'
    r"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(#[^<]*)<",
    re.DOTALL,
)
_FORMULA = re.compile(
    r"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    r"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A formula without a result: programs that are no spreadsheet write it so."""

_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def _besides(content: bytes) -> dict[str, _Beside]:
    """Give for every sheet what its XML says beside the values; nothing where it is odd."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            book = parts.read("xl/workbook.xml").decode("utf-8")
            relations = parts.read("xl/_rels/workbook.xml.rels").decode("utf-8")
            targets = {one["Id"]: one["Target"] for one in _attributes(_RELATION, relations)}
            return {
                unescape(one["name"], {"&quot;": '"', "&apos;": "'"}): _beside(
                    parts.read(_part(targets[one["r:id"]])).decode("utf-8")
                )
                for one in _attributes(_SHEET, book)
            }
    except (KeyError, UnicodeDecodeError, ValueError, zipfile.BadZipFile, RuntimeError):
        return {}


def _old_besides(content: bytes, names: Sequence[str]) -> dict[str, _Beside]:
    """Give the same for an .xls, whose sheets are known by their order."""
    sheets = old_excel.look_into(content).sheets
    if len(sheets) != len(names):
        return {}
    return {
        name: _Beside(frozenset(sheet.hidden_columns), tuple(sheet.errors))
        for name, sheet in zip(names, sheets, strict=True)
    }


def _beside(xml: str) -> _Beside:
    head, _, _ = xml.partition("sheetData")
    hidden = {
        column - 1
        for one in _attributes(_HIDDEN, head)
        if one.get("hidden") in ("1", "true")
        for column in range(int(one["min"]), min(int(one["max"]), 16384) + 1)
    }
    errors = tuple(
        (int(row) - 1, _column(letters), unescape(error))
        for letters, row, error in _ERROR.findall(xml)
    )
    return _Beside(frozenset(hidden), (*errors, *_without_result(xml)))


def _without_result(xml: str) -> Iterator[tuple[int, int, str]]:
    """Give the cells whose formula has no result; an empty text is one."""
    for attributes, formula in _FORMULA.findall(xml):
        cell = dict(_ATTRIBUTE.findall(attributes))
        place = re.fullmatch("([A-Z]+)([0-9]+)", cell.get("r", ""))
        if place is not None and cell.get("t") != "str":
            told = f"{NO_RESULT} ={html.unescape(formula)}" if formula else NO_RESULT
            yield int(place[2]) - 1, _column(place[1]), told


def _attributes(pattern: re.Pattern[str], xml: str) -> Iterator[dict[str, str]]:
    return (dict(_ATTRIBUTE.findall(found)) for found in pattern.findall(xml))


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _epoch(content: bytes) -> date:
    """Tell from which day days are counted where a cell holds no more than a figure."""
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            book = parts.read("xl/workbook.xml") if "xl/workbook.xml" in parts.namelist() else b""
        return EPOCH_1904 if re.search(rb'date1904="(?:1|true)"', book) else EPOCH_1900
    is_old = content.startswith(_OLE) and old_excel.look_into(content).counts_from_1904
    return EPOCH_1904 if is_old else EPOCH_1900


# text


def _from_text(content: bytes, name: str) -> Sheet:
    if _PAGE.match(content[:512].removeprefix(b"\xef\xbb\xbf")):
        raise OfficeError(_WEB_PAGE)
    text = _decoded(content)
    rows: list[Any] = list(csv.reader(io.StringIO(text, newline=""), _Dialect.of(text)))
    if rows and max(map(len, rows)) < 2:
        raise OfficeError(_NO_TABLE)
    return Sheet(name, tuple(map(tuple, rows)))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise OfficeError(_NO_TABLE)


class _Dialect(csv.excel):
    """Comma, tab or semicolon: whatever the first lines have most of."""

    @classmethod
    def of(cls, text: str) -> "type[_Dialect]":
        """Give the dialect of a text."""
        head = "".join(text.splitlines(keepends=True)[:20])
        delimiter = max(",\t;，", key=head.count)
        return type("_Told", (cls,), {"delimiter": delimiter})


def _trimmed(sheet: Sheet) -> Sheet:
    """Leave out the blank rows at the end and the blank columns at the right."""
    rows = list(sheet.rows)
    while rows and all(map(is_blank, rows[-1])):
        rows.pop()
    width = max((_width(row) for row in rows), default=0)
    squared = tuple((*row[:width], *("",) * (width - len(row))) for row in rows)
    return Sheet(sheet.name, squared, sheet.spans, sheet.hidden_columns, sheet.is_hidden)


def _width(row: tuple[Cell, ...]) -> int:
    return max((place + 1 for place, cell in enumerate(row) if not is_blank(cell)), default=0)
