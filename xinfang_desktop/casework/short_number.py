"""Numbers of ours as somebody says them: 5, 5号, 2026 5, 镜访5, [2026]5."""

import re
import unicodedata
from dataclasses import dataclass

_OPENING, _CLOSING = "〔[([【《<{", "〕])]】》>}"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "〔" * len(_OPENING) + "〕" * len(_CLOSING))
_WITH_YEAR = re.compile(r"(?P<prefix>\S*?)\s*〔(?P<year>\d{4})〕\s*第?(?P<serial>\d{1,6})\s*号?")
_SAID = re.compile(
    r"(?P<prefix>[^\d\s〔〕]{0,8}?)\s*(?:(?P<year>(?:19|20)\d{2})(?:\s*年\s*|\s*[-/.]\s*|\s+))?"
    r"第?(?P<serial>\d{1,6})\s*号?"
)


@dataclass(frozen=True)
class ShortNumber:
    """A serial, with the year and the beginning of the number where they were said."""

    serial: int
    year: int | None = None
    prefix: str = ""


def short_number(typed: str) -> ShortNumber | None:
    """Read a short number; None for anything else."""
    squared = unicodedata.normalize("NFKC", typed).strip().translate(_BRACKETS)
    found = _WITH_YEAR.fullmatch(squared) or _SAID.fullmatch(squared)
    if found is None or not int(found["serial"]):
        return None
    year = int(found["year"]) if found["year"] else None
    return ShortNumber(int(found["serial"]), year, found["prefix"])
