"""The summary as a spreadsheet: what it says, every figure as a number, charts, and the lists.

Whatever stands in a list is written as text: a claim that begins with = is no formula. Lists are
masked as the ledger is and name a sealed matter by its number only. The workbook is built in
memory, because a temporary file would lie on the disk in clear text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from sqlmodel import Session

from xinfang_desktop.casework.audit import note, require
from xinfang_desktop.casework.counting import Matters, members
from xinfang_desktop.casework.ledger import CLAIM_START, COLUMN, lines
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically
from xinfang_desktop.models import Noted, Right, Viewer
from xinfang_desktop.models.report import Chart, Paragraph, Report, Table

from .figures import Figure, Value
from .measures import GROUPS, Measure, Unit
from .summary import Summary

MOST_LISTED = 20_000
"""Lines of lists in a workbook; figures beyond are listed in the window only."""

SAID, FIGURES, LISTS, CHARTED = "文稿", "指标", "清单", "图表数据"
_LISTED = ("number", "received_on", "names", "channel", "kind", "category", "claim")
_LISTED_TOO = ("responsible_body", "status")
_FONT = "宋体"
_ENDING = ".xlsx"
_WRONG_ENDING = "统计表只能导出为 .xlsx 文件，没有导出；请把文件名改为以 .xlsx 结尾。"
_TOO_MANY = "清单超过{most}行，这一项请在“统计”里打开查看。"
_WIDTHS = (24, 16, 14, 14, 14, 14, 14, 14, 14, 14)
_COLOURS = ("#2B5C8A", "#B3C9DE", "#738C73")
_CHART_ROWS = 15
_LINE = 18
"""Height of a line (points)."""


def export_workbook(session: Session, summary: Summary, to: Path, *, viewer: Viewer) -> None:
    """Write the summary with its lists to the file ``to``.

    Raises:
        OfficeError: ``to`` is no .xlsx file, or cannot be written; the viewer may not export.
    """
    if to.suffix.lower() != _ENDING:
        raise OfficeError(_WRONG_ENDING)
    require(viewer, Right.EXPORT)
    write_file_atomically(to, workbook(session, summary), private=True)
    note(session, Noted.EXPORT, detail=f"统计{summary.period.code}")


def workbook(session: Session, summary: Summary) -> bytes:
    """Give the summary as a workbook: what it says, its figures, its lists."""
    listed = [*_listed(session, summary)]
    return _written(summary.report, lambda book: _figures_and_lists(book, summary, listed))


def report_workbook(report: Report) -> bytes:
    """Give a report alone as a workbook, with native charts."""
    return _written(report, lambda book: None)


@dataclass(frozen=True)
class _List:
    """The list behind a figure: its lines, unless there were too many already."""

    matters: Matters
    title: str
    lines: tuple[tuple[str, ...], ...]
    is_whole: bool = True


def _listed(session: Session, summary: Summary) -> Iterator[_List]:
    """Give the list behind every part of every figure that counts anything, one for each sort."""
    known: set[Matters] = set()
    used = 0
    columns = [COLUMN[key] for key in (*_LISTED, *_LISTED_TOO)]
    for measure in (measure for group in GROUPS for measure in group.measures):
        for part in map(_uncounted, measure.parts):
            found = {} if part in known else members(session, summary.scope, part)
            known.add(part)
            if not found:
                continue
            title = f"{measure.name}{_part_name(measure, part)}（{len(found)}件）"
            if used + len(found) > MOST_LISTED:
                yield _List(part, title, (), is_whole=False)
                continue
            used += len(found)
            told = tuple(
                tuple(column.text(line) for column in columns) for line in lines(session, [*found])
            )
            yield _List(part, title, told)


def _one_line(text: str) -> str:
    """Give the beginning of a text on one line."""
    return " ".join(text[:CLAIM_START].split())


def _uncounted(matters: Matters) -> Matters:
    """Give the same matters whatever is added up of them: their list is the same."""
    return matters.adding("")


def _part_name(measure: Measure, part: Matters) -> str:
    if not measure.is_ratio:
        return ""
    return "·分母" if part == _uncounted(measure.parts[-1]) else "·分子"


# the book


class _Book:
    """A workbook that is being written: its formats, and its sheet of numbers for charts."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - untyped library
        self.book = book
        plain = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
        framed = {**plain, "border": 1}
        self.text = book.add_format({**plain, "text_wrap": True})
        self.title = book.add_format({**plain, "font_size": 18, "bold": True, "align": "center"})
        self.heading = book.add_format({**plain, "font_size": 14, "bold": True})
        self.caption = book.add_format({**plain, "bold": True})
        self.head = book.add_format(
            {**framed, "bold": True, "align": "center", "bg_color": "#EDF1F5", "text_wrap": True}
        )
        self.cell = book.add_format({**framed, "text_wrap": True})
        self.line = book.add_format(framed)
        self.number = book.add_format({**framed, "align": "right"})
        self.link = book.add_format({**framed, "font_color": "#2B5C8A", "underline": 1})
        self._units: dict[str, Any] = {}
        self._framed = framed

    def unit(self, pattern: str) -> Any:  # noqa: ANN401 - untyped library
        """Give the format of numbers with a unit."""
        if pattern not in self._units:
            self._units[pattern] = self.book.add_format(
                {**self._framed, "align": "right", "num_format": pattern}
            )
        return self._units[pattern]


def _written(report: Report, rest: Any) -> bytes:  # noqa: ANN401 - a function of the book
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        made.set_properties({"title": report.title, "author": report.office})
        book = _Book(made)
        _said(book, report)
        rest(book)
    return content.getvalue()


def _said(book: _Book, report: Report) -> None:
    """Write what the report says, and its charts where they stand."""
    sheet = book.book.add_worksheet(SAID)
    charted = book.book.add_worksheet(CHARTED)
    charted.hide()
    wide = len(_WIDTHS) - 1
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, wide, report.title, book.title)
    sheet.set_row(0, 36)
    row, charts = 2, 0
    for section in report.sections:
        sheet.write_string(row, 0, section.title, book.heading)
        row += 1
        for block in section.blocks:
            match block:
                case Paragraph():
                    sheet.merge_range(row, 0, row, wide, block.text, book.text)
                    sheet.set_row(row, _LINE * _lines_of(block.text, (0, wide)))
                    row += 2
                case Table():
                    row = _table(book, sheet, row, block)
                case Chart():
                    charts += _chart(book, sheet, charted, row, block, charts)
                    row += _CHART_ROWS + 1
    for remark in (f"{report.signature}　{report.made_on}", *report.remarks):
        sheet.merge_range(row, 0, row, wide, remark, book.text)
        row += 1
    _on_paper(sheet, wide)


def _table(book: _Book, sheet: Any, row: int, table: Table) -> int:  # noqa: ANN401
    """Write a table and give the row after it; words take as many columns as they need."""
    sheet.write_string(row, 0, table.title, book.caption)
    spans = _spans(table)
    rows = [table.head, *([said.text.replace("\n", " ") for said in one] for one in table.rows)]
    for number, cells in enumerate(rows):
        row += 1
        for column, (text, (first, last)) in enumerate(zip(cells, spans, strict=True)):
            plain = book.number if column >= table.numbers else book.cell
            style = book.head if number == 0 else plain
            if first == last:
                sheet.write_string(row, first, text, style)
            else:
                sheet.merge_range(row, first, row, last, text, style)
        sheet.set_row(row, _LINE * max(map(_lines_of, cells, spans)))
    if table.note:
        row += 1
        sheet.write_string(row, 0, f"注：{table.note}")
    return row + 2


def _spans(table: Table) -> list[tuple[int, int]]:
    """Give the columns of the sheet that each column of a table takes."""
    if table.numbers < len(table.head):
        return [(place, place) for place in range(len(table.head))]
    share, at = len(_WIDTHS) / sum(table.widths), 0.0
    edges = [0]
    for width in table.widths:
        at += width * share
        edges.append(max(round(at), edges[-1] + 1))
    return [(first, after - 1) for first, after in zip(edges, edges[1:], strict=False)]


def _lines_of(text: str, span: tuple[int, int]) -> int:
    """Give about how many lines some words take; a Chinese character is two wide."""
    room = sum(_WIDTHS[span[0] : span[1] + 1])
    return 1 + int(_wide(text) // room)


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _chart(
    book: _Book,
    sheet: Any,  # noqa: ANN401 - untyped library
    charted: Any,  # noqa: ANN401
    row: int,
    chart: Chart,
    column: int,
) -> int:
    """Insert a native chart; its numbers stand in a sheet of their own. Gives its columns."""
    kind = "bar" if chart.lying else "column"
    made = book.book.add_chart({"type": kind})
    for place, bar in enumerate(chart.bars, start=1):
        charted.write_string(place, column, bar.label)
        for series, value in enumerate(bar.values, start=1):
            charted.write_number(place, column + series, value)
    last = len(chart.bars)
    for series, name in enumerate(chart.series, start=1):
        charted.write_string(0, column + series, name)
        made.add_series(
            {
                "name": [CHARTED, 0, column + series],
                "categories": [CHARTED, 1, column, last, column],
                "values": [CHARTED, 1, column + series, last, column + series],
                "fill": {"color": _COLOURS[(series - 1) % len(_COLOURS)]},
                "data_labels": {"value": True, "font": {"size": 9}},
                "gap": 60,
            }
        )
    made.set_title({"name": chart.title, "name_font": {"name": _FONT, "size": 12}})
    made.set_legend({"position": "top", "font": {"name": _FONT}})
    axis = {"num_font": {"name": _FONT, "size": 9}, "line": {"color": "#AAB4BE"}}
    plain = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
    made.set_x_axis(axis)
    made.set_y_axis(axis)
    (made.set_x_axis if chart.lying else made.set_y_axis)({**axis, **plain})
    if chart.lying:
        made.set_y_axis({**axis, "reverse": True})
    made.set_size({"width": 860, "height": 20 * _CHART_ROWS - 10})
    sheet.insert_chart(row, 0, made, {"description": chart.title})
    return 1 + len(chart.series)


def _figures_and_lists(book: _Book, summary: Summary, listed: Sequence[_List]) -> None:
    figures = book.book.add_worksheet(FIGURES)
    places = _lists(book, book.book.add_worksheet(LISTS), listed)
    _figures(book, figures, summary, places)


_HEADS = (
    *("类别", "指标", "本期", "分子", "分母", "对比期", "增减", "上年同期", "同比"),
    *("清单", "口径", "归期", "依据"),
)
_HEAD_WIDTHS = (14, 22, 12, 9, 9, 12, 10, 12, 10, 8, 60, 14, 26)


def _figures(
    book: _Book,
    sheet: Any,  # noqa: ANN401 - untyped library
    summary: Summary,
    places: Mapping[Matters, int],
) -> None:
    """Write every figure as a number, with its parts, its definition and a way to its list."""
    for column, (head, width) in enumerate(zip(_HEADS, _HEAD_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, book.head)
    row = 0
    for group in GROUPS:
        for measure in group.measures:
            row += 1
            figure = summary.figures[measure.key]
            sheet.write_string(row, 0, group.title, book.cell)
            sheet.write_string(row, 1, measure.name, book.cell)
            _numbers(book, sheet, row, figure)
            _link(book, sheet, row, places.get(_uncounted(measure.parts[-1])))
            office = summary.scope.office
            told = (measure.defined(office), measure.rule, measure.source)
            for column, text in enumerate(told, start=10):
                sheet.write_string(row, column, text, book.cell)
            sheet.set_row(row, _LINE * (1 + _wide(told[0]) // _HEAD_WIDTHS[10]))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, row, len(_HEADS) - 1)
    _on_paper(sheet, len(_HEADS) - 1, landscape=True)


def _numbers(book: _Book, sheet: Any, row: int, figure: Figure) -> None:  # noqa: ANN401
    measure = figure.measure
    pattern = _pattern(measure)
    values = {2: figure.value, 5: figure.before, 7: figure.year_ago}
    for column, value in values.items():
        _number(book, sheet, (row, column), _amount(value), pattern)
    for column, part in ((3, figure.value.numerator), (4, figure.value.denominator)):
        shown = part if measure.is_ratio else None
        _number(book, sheet, (row, column), shown, "0", blank="")
    for column, base in ((6, figure.before), (8, figure.year_ago)):
        _number(book, sheet, (row, column), *_growth(measure, figure.value, base))


def _number(
    book: _Book,
    sheet: Any,  # noqa: ANN401 - untyped library
    place: tuple[int, int],
    amount: float | None,
    pattern: str,
    blank: str = "—",
) -> None:
    if amount is None:
        sheet.write_string(*place, blank, book.number)
    else:
        sheet.write_number(*place, amount, book.unit(pattern))


def _amount(value: Value) -> float | None:
    amount = value.amount
    return None if amount is None else float(amount)


def _pattern(measure: Measure) -> str:
    if measure.unit is Unit.PER_CENT:
        return "0.0%"
    return f'0.0"{measure.unit.label}"' if measure.is_ratio else f'0"{measure.unit.label}"'


def _growth(measure: Measure, value: Value, base: Value) -> tuple[float | None, str]:
    """Give how a figure changed: a count by its base, a rate by points, an average by days."""
    now, then = value.amount, base.amount
    if now is None or then is None or (not measure.is_ratio and not then):
        return None, "0"
    match measure.unit:
        case Unit.PER_CENT:
            return float((now - then) * 100), '+0.0"点";−0.0"点";0'
        case Unit.DAYS:
            return float(now - then), '+0.0"天";−0.0"天";0'
        case _:
            return float((now - then) / then), "+0.0%;−0.0%;0%"


def _link(book: _Book, sheet: Any, row: int, place: int | None) -> None:  # noqa: ANN401
    if place is None:
        sheet.write_string(row, 9, "", book.cell)
    else:
        sheet.write_url(row, 9, f"internal:'{LISTS}'!A{place + 1}", book.link, "清单")


def _lists(
    book: _Book,
    sheet: Any,  # noqa: ANN401 - untyped library
    listed: Iterable[_List],
) -> dict[Matters, int]:
    """Write the lists below one another, and give the row at which each begins."""
    columns = [COLUMN[key] for key in (*_LISTED, *_LISTED_TOO)]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    places: dict[Matters, int] = {}
    row = 0
    for one in listed:
        places[one.matters] = row
        sheet.write_string(row, 0, one.title, book.heading)
        row += 1
        if not one.is_whole:
            sheet.write_string(row, 0, _TOO_MANY.format(most=f"{MOST_LISTED:,}"), book.caption)
            row += 2
            continue
        for place, column in enumerate(columns):
            sheet.write_string(row, place, column.title, book.head)
        for told in one.lines:
            row += 1
            for place, text in enumerate(told):
                sheet.write_string(row, place, text, book.line)
        row += 2
    _on_paper(sheet, len(columns) - 1, landscape=True)
    return places


def _on_paper(sheet: Any, last: int, *, landscape: bool = False) -> None:  # noqa: ANN401
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, max(sheet.dim_rowmax or 0, 1), last)
