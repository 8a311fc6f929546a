"""What a paper form is: frozen data, the columns, rows and cells of one paper of the office.

No window, no store, no expressions: two situations are two forms. Text in braces, such as
``{office.name}``, stands for the value at that path of the record.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from xinfang_desktop.models import Matter

from .binding import Binding, bind
from .grid import Placed, place

_BRACES = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How far a cell reaches, and whether the rule above it is left out (``joined``)."""

    cols: int = 1
    rows: int = 1
    joined: bool = False


@dataclass(frozen=True)
class Label(Cell):
    """A printed caption. ``vertical`` sets it one character to a line."""

    text: str
    vertical: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Line(Cell):
    """A short blank. ``printed`` is the path a paper shows where it says more than is typed here;
    ``empty`` is what the paper shows while nothing is entered."""

    path: str
    printed: str = field(default="", kw_only=True)
    empty: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Text(Cell):
    """Free text. Its row grows while the page has room; the rest goes on on a 续页.

    ``caption`` is printed at its head, where the paper has it in the cell itself; ``printed`` is
    the path a paper shows where it says more than is typed here.
    """

    path: str
    printed: str = field(default="", kw_only=True)
    caption: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Inline:
    """A short blank inside a choice, in brackets behind its box: 上级□（信访件编号：　　）."""

    choice: str
    caption: str
    path: str
    room: int = 15


@dataclass(frozen=True)
class Choice(Cell):
    """Tick boxes: one for each member of the enumeration at ``path``, at most one ticked.

    ``inline`` are the blanks that stand behind single choices, by the code of the choice.
    """

    path: str
    inline: tuple[Inline, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class Signature(Cell):
    """Room for a hand: the caption stands at the foot with 年 月 日, or at the head undated.

    ``head`` is printed at the top of the cell, where the paper has the question there.
    """

    caption: str = "签名："
    dated: bool = field(default=True, kw_only=True)
    head: str = field(default="", kw_only=True)


AnyCell: TypeAlias = Label | Line | Text | Choice | Signature
Bound: TypeAlias = Line | Text | Choice


@dataclass(frozen=True)
class Row:
    """One row of the grid; ``height`` in millimetres is its least height."""

    cells: tuple[AnyCell, ...]
    height: float


def row(*cells: AnyCell, height: float = 10.5) -> Row:
    """Write a row the way the paper reads, from left to right."""
    return Row(cells, height)


@dataclass(frozen=True, kw_only=True)
class Margins:
    """White edges of the page in millimetres; the left one is the binding edge (订口)."""

    top: float = 18
    left: float = 25
    right: float = 20
    bottom: float = 15


@dataclass(frozen=True, kw_only=True)
class Form:
    """One paper form. ``columns`` are widths in millimetres; paths lead into ``record``.

    ``title`` is what the office calls it, ``headline`` what is printed over it.

    Raises:
        ValueError: at import, for a gap or an overlap in the grid, a path that leads nowhere,
            or rows that do not fit on the page; it names the form, the row and the reason.
    """

    key: str
    title: str
    headline: str
    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    heading: str = ""
    heading_left: str = ""
    note: str = ""
    series: str = ""
    """The number series the sheet's own number comes from; empty where it has none."""

    version: int = 1
    record: type = Matter
    margins: Margins = Margins()
    page: tuple[float, float] = (210, 297)

    def __post_init__(self) -> None:
        try:
            _ = self.grid, self.bindings
            self._check_choices()
            self._check_room()
        except ValueError as error:
            raise ValueError(f"form {self.key}: {error}") from None

    @cached_property
    def grid(self) -> tuple[Placed[AnyCell], ...]:
        """Every cell with the row and column it starts at."""
        return place(tuple(row.cells for row in self.rows), len(self.columns))

    @cached_property
    def bindings(self) -> dict[str, Binding]:
        """Every path the form names, checked against the record's type."""
        return {path: bind(self.record, path) for path in self._paths()}

    @property
    def cells(self) -> tuple[AnyCell, ...]:
        """All cells in reading order."""
        return tuple(placed.cell for placed in self.grid)

    def fill(self, template: str, record: object) -> str:
        """Put the record's values in place of the braces of ``template``."""
        return _BRACES.sub(lambda found: self.bindings[found[1]].shown(record), template)

    def _paths(self) -> list[str]:
        templates = [self.headline, self.heading, self.heading_left, self.note]
        paths: list[str] = []
        for cell in self.cells:
            match cell:
                case Label(text=text):
                    templates.append(text)
                case Signature(caption=caption, head=head):
                    templates += [caption, head]
                case Line(path=path, printed=printed):
                    paths += filter(None, (path, printed))
                case Text(path=path, printed=printed, caption=caption):
                    paths += filter(None, (path, printed))
                    templates.append(caption)
                case Choice(path=path, inline=inline):
                    paths += [path, *(blank.path for blank in inline)]
        return paths + [path for template in templates for path in _BRACES.findall(template)]

    def _check_choices(self) -> None:
        for cell in self.cells:
            if not isinstance(cell, Choice):
                continue
            codes = {choice.value for choice in self.bindings[cell.path].choices}
            if not codes:
                raise ValueError(f"{cell.path} has nothing to choose from")
            if strange := {blank.choice for blank in cell.inline} - codes:
                raise ValueError(f"{cell.path} has no choice {', '.join(sorted(strange))}")

    def _check_room(self) -> None:
        wide = self.page[0] - self.margins.left - self.margins.right
        if abs(sum(self.columns) - wide) > 0.01:
            raise ValueError(
                f"the columns are {sum(self.columns):g} mm wide, the page has {wide:g}"
            )
        high = sum(row.height for row in self.rows)
        if high > self.page[1] - self.margins.top - self.margins.bottom:
            raise ValueError(f"the rows are {high:g} mm high, too high for the page")
