"""Report: what a summary says, in blocks, before anything decides how it looks.

The window, the printers and the workbook show these very words and numbers. A number that counts
matters carries a ``Pointer`` to them.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias


class Part(StrEnum):
    """Which part of a figure is meant: all of it, what is above the line, what is below."""

    WHOLE = "whole"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True)
class Pointer:
    """Which matters a number counts: a measure in a period, or one group of it."""

    measure: str
    period: str
    part: Part = Part.WHOLE
    dimension: str = ""
    group: str = ""


@dataclass(frozen=True)
class Said:
    """Some words; a number among them points at its matters, a matter's name at the matter."""

    text: str
    pointer: Pointer | None = None
    matter: str = ""
    """The number of a matter that stands here."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of sentences. One with a ``name`` was written by the office, under a title."""

    said: tuple[Said, ...]
    name: str = ""
    kind: Literal["paragraph"] = "paragraph"

    @property
    def text(self) -> str:
        """What it reads."""
        return "".join(said.text for said in self.said)


@dataclass(frozen=True)
class Table:
    """A table: its heads, its rows, how wide its columns are to each other, which are numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]
    widths: tuple[float, ...]
    numbers: int = 1
    """From which column on there are numbers; the columns before hold words."""

    note: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Bar:
    """A group of a chart: its label, and a number for each series."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """A quiet chart of bars: one colour for each series, every number written beside its bar.

    ``lying`` bars have room for long labels; standing ones are for months in a row.
    """

    title: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    lying: bool = True
    unit: str = ""
    kind: Literal["chart"] = "chart"


Block: TypeAlias = Paragraph | Table | Chart


@dataclass(frozen=True)
class Section:
    """A part of a report under a heading."""

    title: str
    blocks: tuple[Block, ...]
    is_annex: bool = False
    """Whether it follows the signature."""


@dataclass(frozen=True)
class Report:
    """A whole report: whose it is, of what period, as of which day, and what it says."""

    key: str
    title: str
    office: str
    signature: str
    period: str
    days: str
    made_on: str
    sections: tuple[Section, ...]
    remarks: tuple[str, ...] = field(default=())
    """What is said at the foot: what the figures rest on."""

    @property
    def text(self) -> str:
        """Everything it says, a line for each block or row."""
        lines = [self.title]
        for section in self.sections:
            lines.append(section.title)
            for block in section.blocks:
                lines += _lines(block)
        return "\n".join([*lines, *self.remarks])


def _lines(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [block.text]
        case Table():
            rows = [" ".join(said.text for said in row) for row in block.rows]
            return [block.title, " ".join(block.head), *rows, *filter(None, (block.note,))]
        case Chart():
            bars = [" ".join((bar.label, *map(str, bar.values))) for bar in block.bars]
            return [block.title, *bars]
