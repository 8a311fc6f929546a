"""Where words that were looked for stand on a composed sheet: on the screen, never in print."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xinfang_desktop.forms.definition import Choice, Line, Text
from xinfang_desktop.forms.sheet import LINE_HEIGHT, MM_PER_POINT, Box, Sheet, TextLine

SpansOf = Callable[[str, str], tuple[tuple[int, int], ...]]
"""Gives of a field's path and its text from where to where something is to be marked."""

_ABOVE = 0.8
"""How much of a line's height stands above the line that the letters stand on."""


@dataclass(frozen=True)
class Strip:
    """A part of one line, in millimetres from the corner of its page."""

    page: int
    x: float
    y: float
    width: float
    height: float


Mark = tuple[Strip, ...]
"""One place: a strip for each line that it stands in."""


def path_of(box: Box) -> str:
    """Give the path that a box is the blank of; nothing for captions and for text carried over."""
    match box.cell:
        case Line(path=path) | Text(path=path) | Choice(path=path):
            return path
        case _:
            return ""


def marks(sheet: Sheet, spans_of: SpansOf) -> tuple[Mark, ...]:
    """Give every place in the blanks of a sheet, in reading order; choices are not marked."""
    return tuple(
        tuple(_strips(box, page, start, end))
        for page, drawn in enumerate(sheet.pages)
        for box in drawn.boxes
        if (path := path_of(box)) and not isinstance(box.cell, Choice)
        for start, end in spans_of(path, box.text)
    )


def _strips(box: Box, page: int, start: int, end: int) -> Iterator[Strip]:
    """Give the part of each line of a box that lies between two places of its text."""
    begun = 0
    for line in box.lines:
        length = len(line.text)
        first, last = max(start - begun, 0), min(end - begun, length)
        if first < last:
            left, right = _reach(line, first), _reach(line, last)
            height = line.size * MM_PER_POINT * LINE_HEIGHT
            top = line.baseline - height * _ABOVE
            yield Strip(page, line.x + left, top, right - left, height)
        begun += length + line.ends_paragraph


def _reach(line: TextLine, place: int) -> float:
    """Give how far from its left end a line has come before a character."""
    reach = 0.0
    for piece in line.pieces:
        within = min(place, len(piece.text))
        whole = sum(map(piece.face.advance, piece.text))
        part = sum(map(piece.face.advance, piece.text[:within]))
        reach += piece.width * (part / whole if whole else 1.0)
        place -= within
        if not place:
            break
    return reach
