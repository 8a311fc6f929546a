"""Numbers of ours as somebody types them: 5, 5号, 2026 5, 镜访5, or 镜访〔2026〕1 to be typed on.

A whole number finds its matter by itself (``numbering.spellings``); here is what is shorter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_OPENING, _CLOSING = "〔[([【《<{", "〕])]】》>}"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "〔" * len(_OPENING) + "〕" * len(_CLOSING))
_SAID = re.compile(
    r"(?P<prefix>[^\d\s〔〕]{0,8}?)\s*"
    r"(?:(?:〔(?P<year>\d{4})〕|(?P<year_said>(?:19|20)\d{2})(?:\s*年\s*|\s*[-/.]\s*|\s+))\s*)?"
    r"第?(?P<serial>\d{1,6})\s*号?"
)
_REST = re.compile(r"0*(?P<serial>[1-9]\d{0,5})(?P<end>号?)")
_DIGITS_OF_A_SERIAL = 6
_LEAST_HEAD = 2
"""Signs of a number's head that must be typed before its whole series is listed."""


@dataclass(frozen=True)
class ShortNumber:
    """A serial, with the year and the beginning of the number where they were said."""

    serial: int
    year: int | None = None
    prefix: str = ""


@dataclass(frozen=True)
class Typing:
    """A number typed as far as its series and year: the serials it may become, in turn.

    Without serials every matter of the series and year may be meant.
    """

    series: str
    year: int
    serials: tuple[tuple[int, int], ...] = ()


def short_number(typed: str) -> ShortNumber | None:
    """Read a short number; None for anything else."""
    found = _SAID.fullmatch(_plain(typed).strip())
    if found is None or not int(found["serial"]):
        return None
    year = found["year"] or found["year_said"]
    return ShortNumber(int(found["serial"]), int(year) if year else None, found["prefix"])


def being_typed(typed: str, known: Iterable[tuple[str, int]]) -> Iterator[Typing]:
    """Give what a number that is not typed to its end may become, of the ``known`` series."""
    begun = "".join(_plain(typed).split())
    for series, year in known:
        head = "".join(_plain(series.partition("{serial}")[0].format(year=year)).split())
        if len(head) < _LEAST_HEAD or head.isdigit():
            continue
        rest = _REST.fullmatch(begun.removeprefix(head)) if begun.startswith(head) else None
        if rest is not None:
            yield Typing(series, year, tuple(_serials(int(rest["serial"]), ends=bool(rest["end"]))))
        elif head.startswith(begun) and len(begun) >= _LEAST_HEAD and not begun.isdigit():
            yield Typing(series, year)


def _serials(serial: int, *, ends: bool) -> Iterator[tuple[int, int]]:
    """Give the serial itself, then the ranges of those that begin with it."""
    yield serial, serial
    room = 0 if ends else _DIGITS_OF_A_SERIAL - len(str(serial))
    for power in range(1, room + 1):
        first = serial * 10**power
        yield first, first + 10**power - 1


def _plain(typed: str) -> str:
    """Give a number in half-width signs, its brackets as 〔〕."""
    return unicodedata.normalize("NFKC", typed).translate(_BRACKETS)
