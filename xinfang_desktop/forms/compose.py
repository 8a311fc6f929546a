"""Composing: a definition and a record become a sheet, the one place where layout is decided.

The grid stays on the first page, because signatures belong at its foot: rows with text grow
while the page has room, and what is left over is carried to continuation pages (续页). Nothing
is clipped, shrunk below nine points or lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import assert_never

from xinfang_desktop.models import Matter, OfficeProfile, blank_matter

from . import faces, typesetting, wording
from .cells import SIZE, Content, fitted_signature, row_heights, sizes_of, split
from .definition import AnyCell, Choice, Form, Label, Line, Signature, Text
from .faces import Role
from .grid import Placed
from .placing import alignment, with_lines
from .sheet import (
    INSET,
    MM_PER_POINT,
    PADDING,
    Align,
    Block,
    Box,
    Page,
    Sheet,
    TextLine,
)
from .typesetting import HAN_MIDDLE, line_height, set_line, start

TITLE_SIZES = (22.0, 20.0, 18.0, 16.0)
TITLE_ROOM = 14.0
HEADING_ROOM = 8.5
NOTE_SIZE = 10.5
NOTE_ROOM = 7.0
FOLIO_ROOM = 6.0


@dataclass(frozen=True)
class _Carried:
    """Part of a text on a continuation page."""

    caption: str
    lines: tuple[str, ...]
    height: float


def compose(form: Form, record: Matter) -> Sheet:
    """Compose ``form`` filled from ``record``."""
    return _Composer(form, record).sheet()


def compose_blank(form: Form, office: OfficeProfile) -> Sheet:
    """Compose the empty paper of ``office``, to be filled in by hand."""
    return compose(form, blank_matter(office))


class _Composer:
    """One composition; it lives as long as the call."""

    def __init__(self, form: Form, record: Matter) -> None:
        self._form = form
        self._record = record
        self._headline = form.fill(form.headline, record)
        self._left = form.margins.left
        self._width = sum(form.columns)
        self._texts: list[str] = []

    def sheet(self) -> Sheet:
        """Lay out the first page, then as many continuation pages as the text needs."""
        contents = [self._content(placed) for placed in self._form.grid]
        top = self._form.margins.top + self._head_height()
        note = NOTE_ROOM if self._form.note else 0.0
        room = self._form.page[1] - self._form.margins.bottom - top - note - FOLIO_ROOM
        heights = row_heights(self._form.rows, contents, room)
        boxes, carried = self._boxes(contents, heights, top)
        follow = [*self._continuation(carried)]
        count = 1 + len(follow)
        bottom = top + sum(heights)
        first = Page(
            head=self._head(),
            columns=self._form.columns,
            heights=tuple(heights),
            boxes=tuple(boxes),
            foot=(*self._note(bottom), *self._folio(1, count)),
            y=top,
        )
        pages = (first, *(self._follow_page(n, count, *page) for n, page in enumerate(follow, 2)))
        return Sheet(
            key=self._form.key,
            title=self._headline,
            office=self._record.office.name,
            width=self._form.page[0],
            height=self._form.page[1],
            margins=self._form.margins,
            pages=pages,
            missing=tuple(faces.missing("".join(self._texts))),
        )

    # what stands in the cells

    def _content(self, placed: Placed[AnyCell]) -> Content:
        cell = placed.cell
        width = self._cell_width(placed) - 2 * PADDING
        text = self._words(cell)
        if isinstance(cell, Signature) and cell.dated:
            text = fitted_signature(text, width)
        self._texts.append(text)
        height = sum(row.height for row in self._form.rows[placed.row : placed.row + cell.rows])
        for size in sizes_of(cell):
            breaking = typesetting.tight if isinstance(cell, Label) else typesetting.loose
            loose = breaking(text, width, size)
            if len(loose) * line_height(size) <= height - 1:
                break
        return Content(placed, text, size, width, tuple(loose))

    def _words(self, cell: AnyCell) -> str:
        form, record = self._form, self._record
        match cell:
            case Label(text=text, vertical=vertical):
                filled = form.fill(text, record)
                return wording.stacked(filled) if vertical else filled
            case Line(path=path, printed=printed, empty=empty):
                return form.bindings[printed or path].shown(record) or empty
            case Text(path=path, printed=printed, caption=caption):
                text = form.bindings[printed or path].shown(record)
                return f"{form.fill(caption, record)}\n{text}" if caption else text
            case Choice():
                return self._choices(cell)
            case Signature(caption=caption, dated=dated, head=head):
                foot = form.fill(caption, record)
                foot = f"{foot}{'　' * 9}年　　月　　日" if dated else foot
                return f"{form.fill(head, record)}\n{foot}" if head else foot
            case _:
                assert_never(cell)

    def _choices(self, cell: Choice) -> str:
        """Word a choice the way the papers print it: 满意□　基本满意☑　不满意□."""
        binding = self._form.bindings[cell.path]
        chosen = binding.read(self._record)
        inline = {blank.choice: blank for blank in cell.inline}
        words = []
        for one in binding.choices:
            box = f"{one.label}{'☑' if one is chosen else '□'}"
            if blank := inline.get(one.value):
                value = self._form.bindings[blank.path].shown(self._record)
                box += f"（{blank.caption}{value or chr(0x3000) * blank.room}）"
            words.append(box)
        return "　".join(words)

    def _cell_width(self, placed: Placed[AnyCell]) -> float:
        return sum(self._form.columns[placed.col : placed.col + placed.cell.cols])

    # placing

    def _boxes(
        self, contents: Sequence[Content], heights: Sequence[float], top: float
    ) -> tuple[list[Box], list[tuple[str, str]]]:
        xs = list(accumulate(self._form.columns, initial=self._left))
        ys = list(accumulate(heights, initial=top))
        boxes: list[Box] = []
        carried: list[tuple[str, str]] = []
        for content in contents:
            placed, cell = content.placed, content.placed.cell
            height = ys[placed.row + cell.rows] - ys[placed.row]
            kept, rest = split(content, height)
            if rest:
                carried.append((self._caption(placed), rest))
            box = Box(
                cell=cell,
                row=placed.row,
                col=placed.col,
                x=xs[placed.col],
                y=ys[placed.row],
                width=self._cell_width(placed),
                height=height,
                size=content.size,
                align=alignment(cell, kept),
                lines=(),
                carried=bool(rest),
            )
            boxes.append(with_lines(box, kept))
        return boxes, carried

    def _caption(self, placed: Placed[AnyCell]) -> str:
        """Give the caption printed in a cell or at its left."""
        if isinstance(placed.cell, Text) and placed.cell.caption:
            return self._form.fill(placed.cell.caption, self._record)
        for other in self._form.grid:
            beside = other.col + other.cell.cols == placed.col
            spans = other.row <= placed.row < other.row + other.cell.rows
            if beside and spans and isinstance(other.cell, Label):
                return self._form.fill(other.cell.text, self._record)
        return ""

    # above and below the grid

    def _head_height(self) -> float:
        headed = self._form.heading or self._form.heading_left
        return self._title_height() + (HEADING_ROOM if headed else 0.0)

    def _title_lines(self) -> tuple[float, list[str]]:
        for size in TITLE_SIZES:
            measure = partial(typesetting.measured, size=size, role=Role.TITLE)
            lines = wording.wrapped(self._headline, self._width, measure)
            if len(lines) == 1:
                break
        return size, lines

    def _title_height(self) -> float:
        size, lines = self._title_lines()
        return TITLE_ROOM + (len(lines) - 1) * line_height(size)

    def _head(self, extra: str = "") -> tuple[Block, ...]:
        size, lines = self._title_lines()
        self._texts += [self._headline, self._heading(extra)]
        y = self._form.margins.top
        blocks = []
        for index, text in enumerate(lines):
            room = TITLE_ROOM if index == len(lines) - 1 else line_height(size)
            line = self._placed(text, y, room, size, Align.CENTRE, role=Role.TITLE)
            blocks.append(Block(line, y, room, Align.CENTRE, bold=True))
            y += room
        left = "" if extra else self._form.fill(self._form.heading_left, self._record)
        if left:
            self._texts.append(left)
            line = self._placed(left, y, HEADING_ROOM - 1, SIZE, Align.LEFT)
            blocks.append(Block(line, y, HEADING_ROOM, Align.LEFT))
        if heading := self._heading(extra):
            line = self._placed(heading, y, HEADING_ROOM - 1, SIZE, Align.RIGHT)
            blocks.append(Block(line, y, HEADING_ROOM, Align.RIGHT))
        return tuple(blocks)

    def _heading(self, extra: str) -> str:
        heading = self._form.fill(self._form.heading, self._record)
        return "　".join(filter(None, (heading, extra)))

    def _matter_number(self) -> str:
        """Name the matter on a continuation page, unless title or heading do already."""
        number = self._record.petition.number
        return "" if number in self._headline + self._heading("") else f"{number}　"

    def _note(self, y: float) -> Iterator[Block]:
        if self._form.note:
            note = self._form.fill(self._form.note, self._record)
            self._texts.append(note)
            line = self._placed(note, y, NOTE_ROOM, NOTE_SIZE, Align.LEFT)
            yield Block(line, y, NOTE_ROOM, Align.LEFT)

    def _folio(self, number: int, count: int) -> Iterator[Block]:
        if count > 1:
            y = self._form.page[1] - self._form.margins.bottom - FOLIO_ROOM
            text = f"第 {number} 页　共 {count} 页"
            line = self._placed(text, y, FOLIO_ROOM, NOTE_SIZE, Align.CENTRE)
            yield Block(line, y, FOLIO_ROOM, Align.CENTRE)

    def _placed(
        self,
        text: str,
        y: float,
        height: float,
        size: float,
        align: Align,
        role: Role = Role.BODY,
    ) -> TextLine:
        line = set_line(text, size, role)
        baseline = y + height / 2 + HAN_MIDDLE * size * MM_PER_POINT
        return replace(line, x=start(line, self._left, self._width, align), baseline=baseline)

    # continuation pages

    def _continuation(
        self, carried: Sequence[tuple[str, str]]
    ) -> Iterator[tuple[list["_Carried"], float]]:
        """Yield the rows of each continuation page, and where its grid begins."""
        top = self._form.margins.top + self._title_height() + HEADING_ROOM
        bottom = self._form.page[1] - self._form.margins.bottom - FOLIO_ROOM
        width = self._follow_columns()[1] - 2 * PADDING
        rows: list[_Carried] = []
        room = bottom - top
        for caption, text in carried:
            loose = typesetting.loose(text, width, SIZE)
            while loose:
                fits = int((room - 2 * INSET) / line_height(SIZE))
                if fits < min(3, len(loose)):
                    yield rows, top
                    rows, room = [], bottom - top
                    continue
                part, loose = loose[:fits], loose[fits:]
                tight = typesetting.tight("".join(part), width, SIZE)
                rows.append(_Carried(caption, tuple(tight), _row_height(part)))
                room -= rows[-1].height
        if rows:
            yield rows, top

    def _follow_columns(self) -> tuple[float, float]:
        return 35.0, self._width - 35.0

    def _follow_page(self, number: int, count: int, rows: Sequence["_Carried"], top: float) -> Page:
        heights = [row.height for row in rows]
        columns = self._follow_columns()
        boxes: list[Box] = []
        y = top
        for index, row in enumerate(rows):
            caption, lines, height = f"{row.caption}（续）", row.lines, row.height
            label = Box(
                Label(caption),
                index,
                0,
                self._left,
                y,
                columns[0],
                height,
                SIZE,
                Align.CENTRE,
                (),
            )
            text = replace(
                label, cell=Text(""), col=1, x=self._left + columns[0], width=columns[1],
                align=Align.LEFT,
            )  # fmt: skip
            words = typesetting.balanced(caption, columns[0] - 2 * PADDING, SIZE)
            boxes += [with_lines(label, words), with_lines(text, lines)]
            y += height
        return Page(
            head=self._head(f"{self._matter_number()}续页　第 {number} 页　共 {count} 页"),
            columns=columns,
            heights=tuple(heights),
            boxes=tuple(boxes),
            foot=tuple(self._folio(number, count)),
            y=top,
        )


def _row_height(lines: Sequence[str]) -> float:
    return max(len(lines) * line_height(SIZE) + 2 * INSET, 14.0)
