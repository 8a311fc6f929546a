"""Composing a letter: paragraphs on the grid of 22 lines by 28 characters of GB/T 9704-2012.

The letter becomes the same ``Sheet`` as a form, its paragraphs boxes without rules, so that the
printers and the window need nothing new.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import assert_never

from xinfang_desktop.models import LetterHead, Matter

from . import faces, typesetting, wording
from .definition import Label, Margins, Text
from .faces import Role
from .letter import Addressee, Fixed, Letter, Part, Prose, Right, Section, SignOff, Written
from .sheet import MM_PER_POINT, Align, Block, Box, Page, RedLine, Sheet
from .typesetting import HAN_MIDDLE, set_line, start

LINES = 22
CHARACTERS = 28
TITLE_SIZE = 22.0
FOLIO_SIZE = 14.0
FOLIO_DROP = 7.0
"""The page number stands 7 mm below the text space (GB/T 9704-2012, 7.5)."""

INDENT = "　　"
MARK_TOP = 30.0
MARK_SIZE = 26.0
RED_LINE_DROP = 4.0
RED_LINE_LENGTH = 170.0
RED_LINE_FOOT = 20.0
THICK, THIN, DOUBLE_GAP = 0.7, 0.25, 1.1
"""信函格式 (GB/T 9704-2012, 10.1), in millimetres and points: the mark 30 mm from the upper edge,
the red double lines 4 mm below it and 20 mm from the lower edge. The 4, 20 and 170 mm and the
widths of the lines are to be checked against the standard's own text."""

SIGN_OFF_SPACE = 2
"""Blank lines above the signature, for the seal."""

SIGN_OFF_EDGE = 4
"""Characters that signature and date stay away from the right (右空四字)."""


@dataclass(frozen=True)
class _Paragraph:
    """Lines that belong together, before they are given a page."""

    lines: tuple[str, ...]
    align: Align = Align.LEFT
    path: str = ""
    edge: float = 0.0
    size: float = 0.0
    role: Role = Role.BODY
    together: bool = False
    """Whether it must not be parted over two pages."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(self.lines)


def compose_letter(letter: Letter, record: Matter) -> Sheet:
    """Compose ``letter`` filled from ``record``."""
    return _LetterComposer(letter, record).sheet()


class _LetterComposer:
    """One composition."""

    def __init__(self, letter: Letter, record: Matter) -> None:
        self._letter = letter
        self._record = record
        margins = letter.margins
        self._width = letter.page[0] - margins.left - margins.right
        self._height = letter.page[1] - margins.top - margins.bottom
        self._step = self._height / LINES
        self._size = self._width / CHARACTERS / MM_PER_POINT

    def sheet(self) -> Sheet:
        """Fill page after page."""
        pages = [*self._pages([*self._paragraphs()])]
        count = len(pages)
        texts = "".join(box.text for page in pages for box in page)
        return Sheet(
            key=self._letter.key,
            title=self._letter.title,
            office=self._record.office.name,
            width=self._letter.page[0],
            height=self._letter.page[1],
            margins=self._letter.margins,
            pages=tuple(
                Page(
                    head=self._mark() if number == 1 else (),
                    columns=(self._width,),
                    heights=(),
                    boxes=tuple(boxes),
                    foot=(self._folio(number),) if self._is_numbered(number, count) else (),
                    y=self._letter.margins.top,
                    red_lines=self._red_lines() if number == 1 else (),
                )
                for number, boxes in enumerate(pages, start=1)
            ),
            missing=tuple(faces.missing(texts)),
        )

    # what the parts say

    def _paragraphs(self) -> Iterator[_Paragraph]:
        first, *others = parts = self._letter.parts
        if self._is_letter_format and isinstance(first, Right):
            yield self._right(first)
            parts = tuple(others)
        for line in self._letter.headline:
            yield from self._title(self._letter.fill(line, self._record))
        yield _Paragraph(("\n",))
        for part in parts:
            yield from self._said(part)

    def _said(self, part: Part) -> Iterator[_Paragraph]:
        match part:
            case Right():
                yield self._right(part)
            case Addressee():
                words = self._words(part)
                line = (words or "　" * 10) + "："
                yield self._body(line, path=self._letter.path(part), indent="")
            case Section(text=text):
                heading = self._body(self._letter.fill(text, self._record), together=True)
                yield replace(heading, role=Role.HEADING)
            case Fixed(text=text):
                yield self._body(self._letter.fill(text, self._record))
            case Prose():
                yield self._prose(part)
            case SignOff():
                yield from self._sign_off(part)
            case _:
                assert_never(part)

    def _right(self, part: Right) -> _Paragraph:
        return _Paragraph((self._letter.fill(part.text, self._record),), align=Align.RIGHT)

    def _title(self, text: str) -> Iterator[_Paragraph]:
        measure = partial(typesetting.measured, size=TITLE_SIZE, role=Role.TITLE)
        for line in wording.wrapped(text, self._width, measure):
            yield _Paragraph((line,), Align.CENTRE, size=TITLE_SIZE, role=Role.TITLE)

    def _words(self, part: Written) -> str:
        return self._letter.words(part, self._record)

    def _prose(self, part: Prose) -> _Paragraph:
        words = self._words(part)
        path = self._letter.path(part)
        if not words.strip():
            return _Paragraph(("\n",) * part.lines, path=path)
        return self._body(words, path=path)

    def _body(
        self, text: str, *, path: str = "", indent: str = INDENT, together: bool = False
    ) -> _Paragraph:
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += typesetting.closed(
                typesetting.tight(indent + paragraph, self._width, self._size)
            )
        return _Paragraph(tuple(lines), path=path, together=together)

    def _sign_off(self, part: SignOff) -> Iterator[_Paragraph]:
        edge = SIGN_OFF_EDGE * self._size * MM_PER_POINT
        day = self._letter.bindings[part.date].shown(self._record) or "　　年　　月　　日"
        lines = ("\n",) * SIGN_OFF_SPACE + (
            self._letter.fill(part.text, self._record) + "\n",
            day,
        )
        yield _Paragraph(lines, Align.RIGHT, edge=edge, together=True)

    # placing

    def _pages(self, paragraphs: Sequence[_Paragraph]) -> Iterator[list[Box]]:
        boxes: list[Box] = []
        used = self._lines_for_head
        for place, paragraph in enumerate(paragraphs):
            lines = list(paragraph.lines)
            carried = False
            while lines:
                room = LINES - used
                lines = _drawn_up(lines, room) if paragraph.together else lines
                whole = len(lines) + self._clings(paragraphs, place)
                if used and (room <= 0 or (paragraph.together and whole > room)):
                    yield boxes
                    boxes, used = [], 0
                    continue
                part, lines = lines[:room], lines[room:]
                boxes.append(self._box(paragraph, part, used, carried))
                used += len(part)
                carried = True
        yield boxes

    def _clings(self, paragraphs: Sequence[_Paragraph], place: int) -> int:
        """Count the line of text that must not be parted from a heading above it."""
        is_last = place + 1 >= len(paragraphs)
        return 0 if is_last or not paragraphs[place].together else 1

    def _box(self, paragraph: _Paragraph, lines: list[str], used: int, carried: bool) -> Box:
        margins = self._letter.margins
        size = paragraph.size or self._size
        y = margins.top + used * self._step
        width = self._width - paragraph.edge
        cell = Text(paragraph.path) if paragraph.path and not carried else Label("")
        box = Box(
            cell=cell,
            row=0,
            col=0,
            x=margins.left,
            y=y,
            width=self._width,
            height=len(lines) * self._step,
            size=size,
            align=paragraph.align,
            lines=(),
            carried=carried,
            ruled=False,
            is_bold=paragraph.role is Role.TITLE,
        )
        set_lines = []
        for index, text in enumerate(lines):
            line = set_line(text.removesuffix("\n"), size, paragraph.role)
            baseline = y + (index + 0.5) * self._step + HAN_MIDDLE * size * MM_PER_POINT
            ends = text.endswith("\n") or index == len(lines) - 1
            set_lines.append(
                replace(
                    line,
                    x=start(line, margins.left, width, paragraph.align),
                    baseline=baseline,
                    ends_paragraph=ends,
                )
            )
        return replace(box, lines=tuple(set_lines))

    # the head of the first page

    @property
    def _is_letter_format(self) -> bool:
        """信函格式 is for letters addressed to other bodies."""
        addressed = any(isinstance(part, Addressee) for part in self._letter.parts)
        wanted = self._record.office.letter_head is LetterHead.LETTER
        return wanted and addressed and self._letter.outside

    @property
    def _lines_for_head(self) -> int:
        """How many lines of the grid the head of the first page takes."""
        office = self._record.office
        if self._is_letter_format:
            below = MARK_TOP + MARK_SIZE * MM_PER_POINT + RED_LINE_DROP + 2
        elif office.letter_head is LetterHead.PREPRINTED:
            below = float(office.red_head_room)
        else:
            return 0
        return ceil(max(below - self._letter.margins.top, 0.0) / self._step)

    def _is_numbered(self, number: int, count: int) -> bool:
        """The first page of 信函格式 shows no number (GB/T 9704-2012, 10.1)."""
        return count > 1 and not (self._is_letter_format and number == 1)

    def _mark(self) -> tuple[Block, ...]:
        """Set the name of the office in red, its upper edge 30 mm from the page's."""
        if not self._is_letter_format:
            return ()
        name, size = self._record.office.signature, MARK_SIZE
        while typesetting.measured(name, size, Role.TITLE) > self._width and size > FOLIO_SIZE:
            size -= 1
        line = set_line(name, size, Role.TITLE)
        height = MARK_SIZE * MM_PER_POINT
        baseline = MARK_TOP + height / 2 + HAN_MIDDLE * size * MM_PER_POINT
        x = start(line, self._letter.margins.left, self._width, Align.CENTRE)
        line = replace(line, x=x, baseline=baseline)
        return (Block(line, MARK_TOP, height, Align.CENTRE, bold=True, is_red=True),)

    def _red_lines(self) -> tuple[RedLine, ...]:
        """Rule two double lines 170 mm long: thick over thin above, thin over thick below."""
        if not self._is_letter_format:
            return ()
        width, height = self._letter.page
        x1, x2 = (width - RED_LINE_LENGTH) / 2, (width + RED_LINE_LENGTH) / 2
        top = MARK_TOP + MARK_SIZE * MM_PER_POINT + RED_LINE_DROP
        foot = height - RED_LINE_FOOT
        return (
            RedLine(x1, x2, top, THICK),
            RedLine(x1, x2, top + DOUBLE_GAP, THIN),
            RedLine(x1, x2, foot - DOUBLE_GAP, THIN),
            RedLine(x1, x2, foot, THICK),
        )

    def _folio(self, number: int) -> Block:
        return folio(number, self._letter.margins, self._letter.page)


def folio(number: int, margins: Margins, page: tuple[float, float]) -> Block:
    """Write the page number between dashes, on the outer side (GB/T 9704-2012, 7.5)."""
    y = page[1] - margins.bottom + FOLIO_DROP
    line = set_line(f"— {number} —", FOLIO_SIZE)
    align = Align.RIGHT if number % 2 else Align.LEFT
    em = FOLIO_SIZE * MM_PER_POINT
    x = start(line, margins.left + em, page[0] - margins.left - margins.right - 2 * em, align)
    baseline = y + HAN_MIDDLE * em
    return Block(replace(line, x=x, baseline=baseline), y, em, align, is_folio=True)


def _drawn_up(lines: list[str], room: int) -> list[str]:
    """Take blank lines away before a signature rather than send it to a page of its own."""
    while len(lines) > max(room, 0) and lines[0] == "\n":
        lines = lines[1:]
    return lines
