"""What the cells of a field look like: for columns whose head nobody knows."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from xinfang_desktop.casework.identity import plain

from . import cells
from .cells import Hints, shown
from .headings import FIELDS, Says, choices_of
from .workbook import Cell

MOSTLY = 0.6
"""Which part of the cells must look like a field for the column to be taken for it."""

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_DOCUMENT = re.compile(
    r"[1-9][0-9]{5}(?:[0-9]{8}[0-9]{3}[0-9X]|[0-9]{9})|[HM][0-9]{8}(?:[0-9]{2})?"
)
_PHONE = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}|(?:0[0-9]{2,3})?[2-9][0-9]{6,7}")
_NAME = re.compile(rf"[{_HAN}][{_HAN}·]{{1,3}}|[{_HAN}]{{2,8}}·[{_HAN}]{{2,8}}")
_ANY_YEAR = Hints(date(2100, 1, 1), year=2000)
"""Looks need not be right to the year."""


def fit(key: str, found: Sequence[Cell]) -> float:
    """Give which part of the cells looks like a field, from 0 to 1."""
    looks = LOOKS.get(key)
    return sum(map(looks, found)) / len(found) if looks and found else 0.0


def _is_document(cell: Cell) -> bool:
    if isinstance(cell, float) and 1e16 <= cell < 1e18:
        return True
    return bool(_DOCUMENT.fullmatch(plain(shown(cell).removeprefix("'"))))


def _is_phone(cell: Cell) -> bool:
    """Eight digits may be a telephone; 2020-10-22 is a day all the same."""
    return not _is_day(cell) and any(
        _PHONE.fullmatch(plain(part)) for part in cells.parts(shown(cell))
    )


def _is_day(cell: Cell) -> bool:
    if isinstance(cell, date):
        return True
    if isinstance(cell, float | int):
        return 30_000 <= cell <= 60_000 or 19_500_000 <= cell <= 21_000_000
    return not cells.day(cell, _ANY_YEAR).trouble


def _is_name(cell: Cell) -> bool:
    if not isinstance(cell, str) or any(cell.strip() in choices_of(key) for key in _CHOOSING):
        return False
    written, _ = cells.names(cell)
    return bool(written) and all(_NAME.fullmatch("".join(name.split())) for name in written)


def _chooses(key: str) -> Callable[[Cell], bool]:
    return lambda cell: isinstance(cell, str) and cell.strip() in choices_of(key)


_CHOOSING = tuple(key for key, known in FIELDS.items() if known.says is Says.CHOICE)
LOOKS: Mapping[str, Callable[[Cell], bool]] = {
    "document": _is_document,
    "phone": _is_phone,
    "received_on": _is_day,
    "sex": _chooses("sex"),
    "channel": _chooses("channel"),
    "kind": _chooses("kind"),
    "satisfaction": _chooses("satisfaction"),
    "names": _is_name,
}
"""How the cells of a field look, the surest first."""
