"""The sheet: pages of placed, measured lines, every decision taken; printers only draw it.

All lengths are millimetres from the top left corner of the page, font sizes are points.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from .definition import AnyCell, Margins
from .faces import Face

MM_PER_POINT = 25.4 / 72
LINE_HEIGHT = 1.35
"""Distance of two baselines, as a multiple of the font size."""

PADDING = 1.8
"""White space at the left and right of a cell."""

INSET = 1.6
"""White space above and below the text of a cell."""


RED = (0.84, 0.0, 0.06)
"""The red of the office's mark, as parts of red, green and blue."""

SHADE = (0.93, 0.945, 0.96)
"""What lies behind the head of a table."""


class Align(Enum):
    """Where a line lies between the sides of its cell."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Piece:
    """Characters in one face; ``width`` in millimetres."""

    text: str
    face: Face
    width: float


@dataclass(frozen=True)
class TextLine:
    """One line, placed: ``x`` is its left end, ``baseline`` the line the letters stand on."""

    pieces: tuple[Piece, ...]
    x: float
    baseline: float
    size: float
    ends_paragraph: bool = True

    @property
    def text(self) -> str:
        """What the line reads, without the line break."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def width(self) -> float:
        """The width of its pieces."""
        return sum(piece.width for piece in self.pieces)


@dataclass(frozen=True)
class Box:
    """A ruled cell with its lines."""

    cell: AnyCell
    row: int
    col: int
    x: float
    y: float
    width: float
    height: float
    size: float
    align: Align
    lines: tuple[TextLine, ...]
    carried: bool = False
    """Whether its text goes on on a 续页."""

    ruled: bool = True
    """Whether lines are drawn round it; the paragraphs of a letter have none."""

    is_bold: bool = False

    keeps_next: bool = False
    """Whether a paragraph stays on the page of what follows it: a heading, a caption."""

    @property
    def text(self) -> str:
        """What the box reads: its lines, joined where a paragraph was broken into lines."""
        parts = (line.text + ("\n" if line.ends_paragraph else "") for line in self.lines)
        return "".join(parts).removesuffix("\n")


@dataclass(frozen=True)
class Block:
    """A line of text outside the grid (title, number, note); ``height`` is the room it takes."""

    line: TextLine
    y: float
    height: float
    align: Align
    bold: bool = False
    is_folio: bool = False
    """Whether it is the number of the page, which Word writes by itself."""

    is_red: bool = False
    """Whether it is the mark of the issuing office (发文机关标志)."""


@dataclass(frozen=True)
class RedLine:
    """A red line across the page (GB/T 9704-2012, 10.1); ``width`` in millimetres."""

    x1: float
    x2: float
    y: float
    width: float


@dataclass(frozen=True)
class Fill:
    """A rectangle of one colour, as parts of red, green and blue; it has no outline."""

    x: float
    y: float
    width: float
    height: float
    colour: tuple[float, float, float]


@dataclass(frozen=True)
class Drawing:
    """A chart: filled rectangles and words, in a space of its own; ``title`` tells what it is."""

    x: float
    y: float
    width: float
    height: float
    title: str
    fills: tuple[Fill, ...]
    lines: tuple[TextLine, ...]


@dataclass(frozen=True)
class Grid:
    """A table among the paragraphs of a report; its first ``heads`` rows are its head.

    ``goes_on`` tells that it continues the table of the page before.
    """

    columns: tuple[float, ...]
    heights: tuple[float, ...]
    boxes: tuple[Box, ...]
    y: float
    heads: int = 1
    goes_on: bool = False
    padding: float = PADDING

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """Every line of its cells, in reading order."""
        return tuple(line for box in self.boxes for line in box.lines)


Flowing: TypeAlias = Box | Grid | Drawing
"""What a report is made of: paragraphs, tables and charts, one below the other."""


@dataclass(frozen=True)
class Page:
    """One page: what stands above the grid, the grid (its top at ``y``), what stands below it."""

    head: tuple[Block, ...]
    columns: tuple[float, ...]
    heights: tuple[float, ...]
    boxes: tuple[Box, ...]
    foot: tuple[Block, ...]
    y: float
    red_lines: tuple[RedLine, ...] = ()
    flow: tuple[Flowing, ...] = ()
    """The page of a report; it has no boxes of its own."""

    @property
    def is_flow(self) -> bool:
        """Whether its boxes are the paragraphs of a letter and not the cells of a grid."""
        return not self.heights

    @property
    def text_lines(self) -> Iterator[TextLine]:
        """Every line in reading order."""
        yield from (block.line for block in self.head)
        for box in (*self.boxes, *self.flow):
            yield from box.lines
        yield from (block.line for block in self.foot)


@dataclass(frozen=True)
class Sheet:
    """A composed paper."""

    key: str
    title: str
    office: str
    width: float
    height: float
    margins: Margins
    pages: tuple[Page, ...]
    missing: tuple[str, ...] = field(default=())

    @property
    def grid_width(self) -> float:
        """The width between the side margins."""
        return self.width - self.margins.left - self.margins.right

    @property
    def text(self) -> str:
        """Everything the paper says, a line each."""
        return "\n".join(line.text for page in self.pages for line in page.text_lines)


@dataclass(frozen=True)
class Rule:
    """A ruled line of the grid, from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


def rules(page: Page) -> Iterator[Rule]:
    """Yield the ruled lines: a box rules its head (unless joined) and sides, the last its foot."""
    yield from _rules(page)
    for part in page.flow:
        if isinstance(part, Grid):
            yield from _rules(part)


def fills(page: Page) -> Iterator[Fill]:
    """Yield what is filled: the bars of charts, and what lies behind the heads of tables."""
    for part in page.flow:
        match part:
            case Drawing():
                yield from part.fills
            case Grid():
                left, width = part.boxes[0].x, sum(part.columns)
                yield Fill(left, part.y, width, sum(part.heights[: part.heads]), SHADE)
            case _:
                continue


def _rules(grid: Page | Grid) -> Iterator[Rule]:
    for box in grid.boxes:
        if not box.ruled:
            continue
        right, foot = box.x + box.width, box.y + box.height
        if not box.cell.joined:
            yield Rule(box.x, box.y, right, box.y)
        yield Rule(box.x, box.y, box.x, foot)
        yield Rule(right, box.y, right, foot)
        if box.row + box.cell.rows == len(grid.heights):
            yield Rule(box.x, foot, right, foot)
