"""Setting lines: measuring, breaking and placing text, the same for forms and letters."""

import re
from collections.abc import Sequence
from functools import lru_cache, partial

from . import faces, wording
from .faces import Role
from .sheet import LINE_HEIGHT, MM_PER_POINT, Align, Piece, TextLine

HAN_MIDDLE = 0.38
"""How far the middle of a Han character lies above the line it stands on, in em."""

_LATIN_RUN = re.compile(r"[0-9A-Za-z]+")


def measured(text: str, size: float, role: Role = Role.BODY) -> float:
    """Give the width of ``text`` in millimetres at ``size`` points."""
    return faces.text_width(text, role) * size * MM_PER_POINT


def loosely(text: str, size: float) -> float:
    """Measure with the space that Word, WPS and LibreOffice set round numbers and Latin words."""
    looser = sum(0.5 + 0.03 * len(word) for word in _LATIN_RUN.findall(text))
    return measured(text, size) + looser * size * MM_PER_POINT


def line_height(size: float) -> float:
    """Give the distance of two baselines in a cell (millimetres)."""
    return size * MM_PER_POINT * LINE_HEIGHT


def set_line(text: str, size: float, role: Role = Role.BODY) -> TextLine:
    """Set ``text`` in one line that is still to be placed."""
    em = size * MM_PER_POINT
    pieces = (Piece(run.text, run.face, run.width * em) for run in faces.runs(text, role))
    return TextLine(pieces=tuple(pieces), x=0.0, baseline=0.0, size=size)


def start(line: TextLine, x: float, width: float, align: Align) -> float:
    """Give where a line begins in a space that is ``width`` wide."""
    free = width - line.width
    return x + {Align.LEFT: 0.0, Align.CENTRE: free / 2, Align.RIGHT: free}[align]


@lru_cache(maxsize=512)
def balanced(text: str, width: float, size: float, role: Role = Role.BODY) -> tuple[str, ...]:
    """Break a caption into lines of about the same length, or before its brackets."""
    measure = partial(measured, size=size, role=role)
    lines = wording.wrapped(text, width, measure)
    if len(lines) < 2 or "\n" in text:
        return tuple(lines)
    bracket = text.find("（")
    if bracket > 0 and max(measure(text[:bracket]), measure(text[bracket:])) <= width:
        return text[:bracket], text[bracket:]
    return tuple(wording.wrapped(text, _narrowest(text, width, len(lines), measure), measure))


def _narrowest(text: str, width: float, lines: int, measure: wording.Measure) -> float:
    """Give about the least width that ``text`` still fills ``lines`` lines in."""
    narrow, wide = width / lines, width
    while wide - narrow > 0.5:
        middle = (narrow + wide) / 2
        if len(wording.wrapped(text, middle, measure)) > lines:
            narrow = middle
        else:
            wide = middle
    return wide


def tight(text: str, width: float, size: float) -> list[str]:
    """Break ``text`` the way it is printed here."""
    return wording.wrapped(text, width, partial(measured, size=size)) if text else []


def loose(text: str, width: float, size: float) -> list[str]:
    """Break ``text`` the way a program might that sets it wider than we do."""
    return wording.wrapped(text, width, partial(loosely, size=size)) if text else []


def closed(lines: Sequence[str]) -> list[str]:
    """End the last line as a paragraph."""
    return [*lines[:-1], lines[-1].removesuffix("\n") + "\n"] if lines else []
