"""Composing a report: paragraphs on the grid of a letter, with tables and charts among them.

It becomes the same ``Sheet`` as forms and letters, its pages a flow of paragraphs, tables and
drawings; the printers draw them and decide nothing. A table goes on on the next page under its
head, a drawing is never parted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeAlias, assert_never

from xinfang_desktop.models.report import Block, Chart, Paragraph, Report, Section, Table

from . import faces, typesetting, wording
from .compose_letter import CHARACTERS, INDENT, LINES, SIGN_OFF_EDGE, TITLE_SIZE, folio
from .definition import Label, Line
from .drawing import drawn
from .faces import Role
from .letter import LETTER_MARGINS
from .sheet import MM_PER_POINT, Align, Box, Drawing, Flowing, Grid, Page, Sheet, TextLine
from .typesetting import HAN_MIDDLE, line_height, set_line, start

PAPER = (210.0, 297.0)
TABLE_SIZE = 10.5
NOTE_SIZE = 9.0
CAPTION_SIZE = 12.0
CELL_INSET, CELL_PADDING = 0.9, 1.2
"""White space above and below, and beside, the words of a table's cell (millimetres)."""

AFTER, BEFORE_NOTE = 4.0, 1.0
"""White space below a table or a chart, and between it and its note (millimetres)."""

_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class _Words:
    """A paragraph before it has a place."""

    lines: tuple[str, ...]
    size: float
    step: float
    align: Align = Align.LEFT
    role: Role = Role.BODY
    edge: float = 0.0
    clings: bool = False
    """Whether it must not be the last on its page: headings and captions."""

    whole: bool = False
    """Whether its lines stay on one page."""

    is_space: bool = False
    """Whether it only keeps things apart."""

    @property
    def height(self) -> float:
        return len(self.lines) * self.step


@dataclass(frozen=True)
class _Rows:
    """A table before it has a place: the words of every cell, in lines, and each row's height."""

    columns: tuple[float, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    heights: tuple[float, ...]
    numbers: int

    @property
    def height(self) -> float:
        return sum(self.heights)


_Piece: TypeAlias = _Words | _Rows | Drawing


class _Place(Protocol):
    """Gives a piece its place on a page."""

    def __call__(self, piece: _Piece, y: float, /, *, goes_on: bool) -> Flowing: ...


def compose_report(report: Report) -> Sheet:
    """Compose a report."""
    return _ReportComposer(report).sheet()


class _ReportComposer:
    """One composition."""

    def __init__(self, report: Report) -> None:
        self._report = report
        margins = LETTER_MARGINS
        self._left, self._top = margins.left, margins.top
        self._width = PAPER[0] - margins.left - margins.right
        self._height = PAPER[1] - margins.top - margins.bottom
        self._step = self._height / LINES
        self._size = self._width / CHARACTERS / MM_PER_POINT

    def sheet(self) -> Sheet:
        """Fill page after page."""
        pages = _Pages(self._top, self._height, self._placed).filled([*self._pieces()])
        flows = [tuple(flow) for flow in pages]
        texts = "".join(line.text for flow in flows for part in flow for line in part.lines)
        return Sheet(
            key=self._report.key,
            title=self._report.title,
            office=self._report.office,
            width=PAPER[0],
            height=PAPER[1],
            margins=LETTER_MARGINS,
            pages=tuple(
                Page(
                    head=(),
                    columns=(self._width,),
                    heights=(),
                    boxes=(),
                    foot=(folio(number, LETTER_MARGINS, PAPER),) if len(flows) > 1 else (),
                    y=self._top,
                    flow=flow,
                )
                for number, flow in enumerate(flows, start=1)
            ),
            missing=tuple(faces.missing(texts)),
        )

    # what there is to be placed

    def _pieces(self) -> Iterator[_Piece]:
        yield from self._title()
        body = [section for section in self._report.sections if not section.is_annex]
        for number, section in enumerate(body):
            yield self._heading(f"{_ORDINALS[number]}、{section.title}")
            yield from self._section(section)
        yield self._sign_off()
        for section in self._report.sections:
            if section.is_annex:
                yield self._heading(f"附：{section.title}")
                yield from self._section(section)
        for remark in self._report.remarks:
            yield self._note(remark)

    def _title(self) -> Iterator[_Words]:
        lines = typesetting.balanced(self._report.title, self._width, TITLE_SIZE, Role.TITLE)
        lines = tuple(f"{line}\n" for line in lines)
        yield _Words(lines, TITLE_SIZE, self._step, Align.CENTRE, Role.TITLE, clings=True)
        yield _Words(("\n",), self._size, self._step)

    def _heading(self, text: str) -> _Words:
        lines = typesetting.closed(typesetting.tight(INDENT + text, self._width, self._size))
        return _Words(tuple(lines), self._size, self._step, role=Role.HEADING, clings=True)

    def _section(self, section: Section) -> Iterator[_Piece]:
        for block in section.blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[_Piece]:
        match block:
            case Paragraph():
                lines = typesetting.tight(INDENT + block.text, self._width, self._size)
                yield _Words(tuple(typesetting.closed(lines)), self._size, self._step)
            case Table():
                yield self._caption(block.title)
                yield self._table(block)
                if block.note:
                    yield _space(BEFORE_NOTE)
                    yield self._note(f"注：{block.note}")
                yield _space()
            case Chart():
                yield self._caption(block.title)
                yield drawn(block, self._width)
                yield _space()
            case _:
                assert_never(block)

    def _caption(self, text: str) -> _Words:
        step = line_height(CAPTION_SIZE) + 3
        return _Words((f"{text}\n",), CAPTION_SIZE, step, Align.CENTRE, Role.HEADING, clings=True)

    def _note(self, text: str) -> _Words:
        measure = partial(typesetting.measured, size=NOTE_SIZE)
        lines = typesetting.closed(wording.wrapped(text, self._width, measure))
        return _Words(tuple(lines), NOTE_SIZE, line_height(NOTE_SIZE), whole=True)

    def _sign_off(self) -> _Words:
        edge = SIGN_OFF_EDGE * self._size * MM_PER_POINT
        lines = ("\n", f"{self._report.signature}\n", f"{self._report.made_on}\n")
        return _Words(lines, self._size, self._step, Align.RIGHT, edge=edge, whole=True)

    def _table(self, table: Table) -> _Rows:
        share = self._width / sum(table.widths)
        columns = tuple(width * share for width in table.widths)
        cells = [table.head, *([said.text for said in row] for row in table.rows)]
        rows = tuple(
            tuple(_cell_lines(text, width) for text, width in zip(row, columns, strict=True))
            for row in cells
        )
        heights = tuple(
            max(map(len, row)) * line_height(TABLE_SIZE) + 2 * CELL_INSET for row in rows
        )
        return _Rows(columns, rows, heights, table.numbers)

    # placing

    def _placed(self, piece: _Piece, y: float, *, goes_on: bool) -> Flowing:
        match piece:
            case _Words():
                return self._paragraph(piece, y)
            case _Rows():
                return self._grid(piece, y, goes_on=goes_on)
            case Drawing():
                return _moved(piece, self._left, y)
            case _:
                assert_never(piece)

    def _paragraph(self, words: _Words, y: float) -> Box:
        width = self._width - words.edge
        lines = tuple(
            self._line(text, words, width, y + (place + 0.5) * words.step)
            for place, text in enumerate(words.lines)
        )
        return Box(
            cell=Label(""),
            row=0,
            col=0,
            x=self._left,
            y=y,
            width=self._width,
            height=words.height,
            size=words.size,
            align=words.align,
            lines=lines,
            ruled=False,
            is_bold=words.role is Role.TITLE,
            keeps_next=words.clings,
        )

    def _line(self, text: str, words: _Words, width: float, middle: float) -> TextLine:
        line = set_line(text.removesuffix("\n"), words.size, words.role)
        return replace(
            line,
            x=start(line, self._left, width, words.align),
            baseline=middle + HAN_MIDDLE * words.size * MM_PER_POINT,
            ends_paragraph=text.endswith("\n"),
        )

    def _grid(self, table: _Rows, y: float, *, goes_on: bool) -> Grid:
        boxes: list[Box] = []
        top = y
        for row, (cells, height) in enumerate(zip(table.rows, table.heights, strict=True)):
            x = self._left
            for col, (lines, width) in enumerate(zip(cells, table.columns, strict=True)):
                align = _aligned(row, col, table.numbers)
                boxes.append(_cell(lines, row, col, (x, top, width, height), align))
                x += width
            top += height
        return Grid(
            table.columns,
            table.heights,
            tuple(boxes),
            y,
            goes_on=goes_on,
            padding=CELL_PADDING,
        )


class _Pages:
    """Puts pieces onto pages, parting what may be parted."""

    def __init__(self, top: float, height: float, place: _Place) -> None:
        self._top, self._height, self._place = top, height, place
        self._pages: list[list[Flowing]] = [[]]
        self._used = 0.0

    def filled(self, pieces: Sequence[_Piece]) -> list[list[Flowing]]:
        """Give the pages."""
        for at, piece in enumerate(pieces):
            if self._used and self._least(pieces, at) > self._room:
                self._turn()
            self._put(piece)
        return self._pages

    @property
    def _room(self) -> float:
        return self._height - self._used + 0.01

    def _turn(self) -> None:
        self._pages.append([])
        self._used = 0.0

    def _least(self, pieces: Sequence[_Piece], at: int) -> float:
        """Give the height that must be free to begin with a piece here."""
        piece = pieces[at]
        if isinstance(piece, _Words) and piece.clings and at + 1 < len(pieces):
            return piece.height + self._least(pieces, at + 1)
        if isinstance(piece, _Words) and not piece.whole:
            return piece.step
        if isinstance(piece, _Rows):
            return sum(piece.heights[:3])
        return piece.height

    def _put(self, piece: _Piece, *, goes_on: bool = False) -> None:
        is_space = isinstance(piece, _Words) and piece.is_space
        if is_space and (not self._used or piece.height > self._room):
            return
        fitting, rest = _parted(piece, self._room)
        if fitting is not None:
            self._pages[-1].append(self._place(fitting, self._top + self._used, goes_on=goes_on))
            self._used += fitting.height
        if rest is not None:
            self._turn()
            self._put(rest, goes_on=True)


def _parted(piece: _Piece, room: float) -> tuple[_Piece | None, _Piece | None]:
    """Part a piece into what has room, and the rest."""
    match piece:
        case _Words() if piece.height > room and not piece.whole:
            count = int(room / piece.step)
            first, rest = piece.lines[:count], piece.lines[count:]
            return (replace(piece, lines=first) if first else None), replace(piece, lines=rest)
        case _Rows() if piece.height > room:
            count = _rows_within(piece.heights, room)
            return _some_rows(piece, 1, count), _some_rows(piece, count, len(piece.rows))
        case _:
            return piece, None


def _rows_within(heights: Sequence[float], room: float) -> int:
    """Count the rows, the head among them, that have room; at least one below the head."""
    used, count = 0.0, 0
    for height in heights:
        used += height
        if used > room:
            break
        count += 1
    return max(count, 2)


def _some_rows(table: _Rows, first: int, end: int) -> _Rows | None:
    """Give some rows of a table under its head."""
    if first >= end:
        return None
    return replace(
        table,
        rows=(table.rows[0], *table.rows[first:end]),
        heights=(table.heights[0], *table.heights[first:end]),
    )


def _space(height: float = AFTER) -> _Words:
    return _Words(("\n",), 1.0, height, is_space=True)


def _cell_lines(text: str, width: float) -> tuple[str, ...]:
    measure = partial(typesetting.measured, size=TABLE_SIZE)
    return tuple(wording.wrapped(text, width - 2 * CELL_PADDING, measure)) or ("",)


def _aligned(row: int, col: int, numbers: int) -> Align:
    if row == 0:
        return Align.CENTRE
    return Align.RIGHT if col >= numbers else Align.LEFT


def _cell(
    lines: Sequence[str],
    row: int,
    col: int,
    place: tuple[float, float, float, float],
    align: Align,
) -> Box:
    x, y, width, height = place
    step = line_height(TABLE_SIZE)
    first = y + (height - len(lines) * step) / 2
    role = Role.HEADING if row == 0 else Role.BODY
    set_lines = []
    for number, text in enumerate(lines):
        line = set_line(text.removesuffix("\n"), TABLE_SIZE, role)
        inside = start(line, x + CELL_PADDING, width - 2 * CELL_PADDING, align)
        middle = first + (number + 0.5) * step
        baseline = middle + HAN_MIDDLE * TABLE_SIZE * MM_PER_POINT
        ends = number == len(lines) - 1 or text.endswith("\n")
        set_lines.append(replace(line, x=inside, baseline=baseline, ends_paragraph=ends))
    return Box(
        cell=Line("") if row else Label(""),
        row=row,
        col=col,
        x=x,
        y=y,
        width=width,
        height=height,
        size=TABLE_SIZE,
        align=align,
        lines=tuple(set_lines),
    )


def _moved(drawing: Drawing, x: float, y: float) -> Drawing:
    """Put a drawing, made at the corner of the page, where it belongs."""
    return replace(
        drawing,
        x=x,
        y=y,
        fills=tuple(replace(fill, x=fill.x + x, y=fill.y + y) for fill in drawing.fills),
        lines=tuple(
            replace(line, x=line.x + x, baseline=line.baseline + y) for line in drawing.lines
        ),
    )
