"""Composing a list: many lines in a table that lies on its side, its head on every page.

Above the table stand the title, what the list was narrowed to, the day and the number of lines;
below it the page out of how many. A cell takes a few lines of text and no more: a list is for
finding again, the whole text is in the matter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from . import faces, typesetting
from .definition import Label, Line, Margins
from .faces import Role
from .sheet import LINE_HEIGHT, MM_PER_POINT, Align, Block, Box, Grid, Page, Sheet
from .typesetting import HAN_MIDDLE, set_line, start

PAPER = (297.0, 210.0)
MARGINS = Margins(top=14, left=12, right=12, bottom=12)
TITLE_SIZE, NOTE_SIZE, CELL_SIZE = 16.0, 9.5, 9.0
MOST_LINES = 3
"""Lines of text in one cell."""

_INSET, _PADDING = 0.8, 1.1
_TITLE_ROOM, _NOTE_ROOM, _FOOT_ROOM = 9.0, 6.5, 6.0
_CUT = "…"


@dataclass(frozen=True)
class Listing:
    """What a list says: title, a note below it, headings with the share of width, and the rows."""

    title: str
    note: str
    office: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns that hold figures, which stand at the right."""


@dataclass(frozen=True)
class _Row:
    """A row before it has a place: the lines of each cell, and how high it is."""

    cells: tuple[tuple[str, ...], ...]
    height: float


def compose_listing(listing: Listing) -> Sheet:
    """Compose a list, page after page."""
    return _Composer(listing).sheet()


class _Composer:
    """One composition."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._width = PAPER[0] - MARGINS.left - MARGINS.right
        share = self._width / sum(listing.widths)
        self._columns = tuple(width * share for width in listing.widths)
        self._top = MARGINS.top + _TITLE_ROOM + _NOTE_ROOM
        self._room = PAPER[1] - MARGINS.bottom - _FOOT_ROOM - self._top

    def sheet(self) -> Sheet:
        """Put the rows on pages, the head on each."""
        head = self._row(self._listing.headings)
        parts = list(self._parted([self._row(row) for row in self._listing.rows], head.height))
        texts = "".join(text for row in self._listing.rows for text in row)
        return Sheet(
            key="listing",
            title=self._listing.title,
            office=self._listing.office,
            width=PAPER[0],
            height=PAPER[1],
            margins=MARGINS,
            pages=tuple(
                self._page(head, part, number, len(parts))
                for number, part in enumerate(parts, start=1)
            ),
            missing=tuple(faces.missing(texts)),
        )

    def _row(self, texts: Sequence[str]) -> _Row:
        cells = tuple(map(_cell_lines, texts, self._columns))
        deepest = max(map(len, cells))
        return _Row(cells, deepest * _step(CELL_SIZE) + 2 * _INSET)

    def _parted(self, rows: Sequence[_Row], head: float) -> Iterator[list[_Row]]:
        """Fill page after page; a list without rows is one page with its head."""
        page: list[_Row] = []
        left = self._room - head
        for row in rows:
            if page and row.height > left:
                yield page
                page, left = [], self._room - head
            page.append(row)
            left -= row.height
        yield page

    def _page(self, head: _Row, rows: Sequence[_Row], number: int, pages: int) -> Page:
        y = MARGINS.top
        foot = PAPER[1] - MARGINS.bottom - _FOOT_ROOM + 1.5
        told = f"第 {number} 页　共 {pages} 页"
        return Page(
            head=(
                self._block(self._listing.title, TITLE_SIZE, y, _TITLE_ROOM, Role.TITLE),
                self._block(
                    self._listing.note, NOTE_SIZE, y + _TITLE_ROOM, _NOTE_ROOM, align=Align.LEFT
                ),
            ),
            columns=(self._width,),
            heights=(),
            boxes=(),
            foot=(self._block(told, NOTE_SIZE, foot, _FOOT_ROOM - 1.5),),
            y=self._top,
            flow=(self._grid([head, *rows], goes_on=number > 1),),
        )

    def _block(
        self,
        text: str,
        size: float,
        y: float,
        height: float,
        role: Role = Role.BODY,
        align: Align = Align.CENTRE,
    ) -> Block:
        shown = _within(text, self._width, size, role)
        line = set_line(shown, size, role)
        x = start(line, MARGINS.left, self._width, align)
        baseline = y + height / 2 + HAN_MIDDLE * size * MM_PER_POINT
        return Block(replace(line, x=x, baseline=baseline), y, height, align)

    def _grid(self, rows: Sequence[_Row], *, goes_on: bool) -> Grid:
        boxes: list[Box] = []
        y = self._top
        for place, row in enumerate(rows):
            x = MARGINS.left
            for col, (lines, width) in enumerate(zip(row.cells, self._columns, strict=True)):
                boxes.append(self._box(lines, place, col, x, y, width, row.height))
                x += width
            y += row.height
        heights = tuple(row.height for row in rows)
        return Grid(
            self._columns, heights, tuple(boxes), self._top, goes_on=goes_on, padding=_PADDING
        )

    def _box(
        self,
        lines: Sequence[str],
        row: int,
        col: int,
        x: float,
        y: float,
        width: float,
        height: float,
    ) -> Box:
        align = self._align(row, col)
        role = Role.BODY if row else Role.HEADING
        step = _step(CELL_SIZE)
        first = y + (height - len(lines) * step) / 2
        placed = []
        for number, text in enumerate(lines):
            line = set_line(text, CELL_SIZE, role)
            left = start(line, x + _PADDING, width - 2 * _PADDING, align)
            middle = first + (number + 0.5) * step
            baseline = middle + HAN_MIDDLE * CELL_SIZE * MM_PER_POINT
            placed.append(replace(line, x=left, baseline=baseline))
        return Box(
            cell=Line("") if row else Label(""),
            row=row,
            col=col,
            x=x,
            y=y,
            width=width,
            height=height,
            size=CELL_SIZE,
            align=align,
            lines=tuple(placed),
        )

    def _align(self, row: int, col: int) -> Align:
        if not row:
            return Align.CENTRE
        return Align.RIGHT if col in self._listing.numbers else Align.LEFT


def _step(size: float) -> float:
    return size * MM_PER_POINT * LINE_HEIGHT


def _cell_lines(text: str, width: float) -> tuple[str, ...]:
    """Break a text into the lines of a cell; what is too long ends with an ellipsis."""
    room = width - 2 * _PADDING
    plain = " ".join(text.split())
    at_most = int(MOST_LINES * room / (CELL_SIZE * MM_PER_POINT) * 2.2) + 1
    lines = [line.rstrip("\n") for line in typesetting.tight(plain[:at_most], room, CELL_SIZE)]
    if len(lines) > MOST_LINES or len(plain) > at_most:
        last = _within(lines[MOST_LINES - 1] + _CUT * 2, room, CELL_SIZE, Role.BODY)
        lines = [*lines[: MOST_LINES - 1], last]
    return tuple(lines) or ("",)


def _within(text: str, width: float, size: float, role: Role) -> str:
    """Give as much of a line as fits, an ellipsis where something is left out."""
    if typesetting.measured(text, size, role) <= width:
        return text
    end = len(text)
    while end and typesetting.measured(text[:end] + _CUT, size, role) > width:
        end -= 1
    return text[:end].rstrip(_CUT) + _CUT
