"""Which font draws which character, and how wide it is.

Fangsong draws Han; Song draws digits, Latin and what Fangsong draws badly (its old-style 1 looks
like an I); behind them stands the font of the rare characters. A character in none of them is
drawn as a box with its code, and the clerk is told before printing.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from itertools import groupby
from typing import Any

from xinfang_desktop.paths import resource


class Face(Enum):
    """A font that the papers use: its file, and its name in Word and WPS.

    The three without a file are drawn otherwise: tick boxes as vectors, a character without a
    glyph as a box with its code, selectors and joiners not at all.
    """

    FANGSONG = "LXGWZhuqueFangsong-Regular.ttf", "仿宋"
    SONG = "NotoSerifSC_400Regular.ttf", "宋体"
    SONG_BOLD = "NotoSerifSC_700Bold_8105.ttf", "宋体"
    SANS = "NotoSansSC_400Regular.ttf", "黑体"
    RARE = "HanaMinB.ttf", "SimSun-ExtB"
    BOX = "box", "Segoe UI Symbol"
    CODE = "code", "仿宋"
    UNSEEN = "unseen", "仿宋"

    def __init__(self, file: str, office_name: str) -> None:
        self.file = file
        self.office_name = office_name

    @property
    def is_font(self) -> bool:
        """Whether there is a font behind it."""
        return self.file.endswith(".ttf")

    @cached_property
    def font(self) -> Any:  # noqa: ANN401 - reportlab has no types
        """The font itself, read on first use."""
        from reportlab.pdfbase import pdfmetrics, ttfonts

        path = str(resource("fonts", self.file))
        font = ttfonts.TTFont(self.name, path, asciiReadable=False)
        _mend_widths(font.face)
        pdfmetrics.registerFont(font)
        return font

    def draws(self, character: str) -> bool:
        """Whether the font has a glyph for ``character``."""
        return ord(character) in self.font.face.charToGlyph

    def advance(self, character: str) -> float:
        """How far ``character`` moves the pen, in em."""
        if self in (Face.CODE, Face.BOX):
            return 1.0
        if self is Face.UNSEEN:
            return _BLANKS.get(character, 0.0)
        metrics = self.font.face
        return float(metrics.charWidths.get(ord(character), metrics.defaultWidth)) / 1000


def _mend_widths(face: Any) -> None:  # noqa: ANN401 - reportlab has no types
    """Put back the widths of the glyphs at the end of a font that is not drawn on 1000 units.

    The library keeps them scaled to 1000, and writes them so into the subset it embeds: the font
    then says another width than the page (ISO 19005-2, 6.2.11.5).
    """
    if face.unitsPerEm != 1000:
        face.hmetrics = [
            (round(width * face.unitsPerEm / 1000) if isinstance(width, float) else width, left)
            for width, left in face.hmetrics
        ]


class Role(Enum):
    """What a text is for: the fonts that are asked for its characters, in order."""

    BODY = Face.FANGSONG
    TITLE = Face.SONG_BOLD
    HEADING = Face.SANS


TICK_BOXES = {"□": False, "☐": False, "☑": True}
"""Characters drawn as vectors: no shipped font has both an empty and a ticked box in a usable
shape. The value tells whether it is ticked."""

_BLANKS = {"\t": 2.0, "\u00a0": 0.256}
"""Blanks that the PDF library would turn into plain spaces, and their width in em."""

_SONG_RANGES = ((0x20, 0x1FFF), (0x2018, 0x201F), (0x2070, 0x2BFF))


@cache
def face_of(character: str, role: Role = Role.BODY) -> Face:
    """Choose the face that draws ``character``."""
    if character in TICK_BOXES:
        return Face.BOX
    if _is_unseen(character):
        return Face.UNSEEN
    for face in _order(character, role):
        if face.draws(character):
            return face
    return Face.CODE


def _order(character: str, role: Role) -> tuple[Face, ...]:
    if role is not Role.BODY:
        return (role.value, Face.SONG, Face.FANGSONG, Face.RARE)
    if any(first <= ord(character) <= last for first, last in _SONG_RANGES):
        return (Face.SONG, Face.FANGSONG, Face.RARE)
    return (Face.FANGSONG, Face.SONG, Face.RARE)


def _is_unseen(character: str) -> bool:
    """Whether nothing is to be drawn for it: selectors, joiners, separators and tabs."""
    code = ord(character)
    return (
        character in _BLANKS
        or unicodedata.category(character) in ("Cf", "Zl", "Zp", "Cc")
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
    )


class _Advances(dict[str, float]):
    """The widths of characters in one role, in em, each looked up once."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self._role = role

    def __missing__(self, character: str) -> float:
        width = self[character] = face_of(character, self._role).advance(character)
        return width


_ADVANCES = {role: _Advances(role) for role in Role}


def text_width(text: str, role: Role = Role.BODY) -> float:
    """Give the width of ``text`` in em."""
    return sum(map(_ADVANCES[role].__getitem__, text))


@dataclass(frozen=True)
class Run:
    """Characters in one face, and their width in em."""

    text: str
    face: Face
    width: float


def runs(text: str, role: Role = Role.BODY) -> Iterator[Run]:
    """Split ``text`` where the face changes; a character that is not set in a font stands alone."""
    faced = ((face_of(character, role), index) for index, character in enumerate(text))
    for _, group in groupby(faced, key=_run_key):
        places = list(group)
        words = text[places[0][1] : places[-1][1] + 1]
        yield Run(words, places[0][0], text_width(words, role))


def _run_key(place: tuple[Face, int]) -> tuple[Face, int]:
    face, index = place
    return face, -1 if face.is_font else index


def missing(text: str) -> list[str]:
    """List the characters of ``text`` that no font draws, each once."""
    characters = dict.fromkeys(text.replace("\n", ""))
    return [character for character in characters if face_of(character) is Face.CODE]
