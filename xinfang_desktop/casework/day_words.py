"""Days as they are typed when somebody looks for something: 2026-10, 10月, 今天, 上月, a..b."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

Days = tuple[date, date]
"""The first and the last day, both counted in."""

SHAPES = "2026、2026-10、2026年10月、2026-10-08、2026-10-01..2026-10-31、今天、本周、本月、上月"
"""How days may be written, for people."""

_SEPARATOR = r"\s*[-/.年]\s*"
_DAY = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})\s*月?")
_YEAR = re.compile(r"(\d{4})\s*年?")
_MONTH_ALONE = re.compile(r"(\d{1,2})\s*月")
_BETWEEN = re.compile(r"\.\.+|…+|~|至|到")


def _month(first: date) -> Days:
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _week(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


_WORDS: dict[str, Callable[[date], Days]] = {
    "今天": lambda today: (today, today),
    "今日": lambda today: (today, today),
    "昨天": lambda today: (today - timedelta(days=1),) * 2,
    "本周": _week,
    "上周": lambda today: _week(today - timedelta(days=7)),
    "本月": lambda today: _month(today.replace(day=1)),
    "上月": lambda today: _month((today.replace(day=1) - timedelta(days=1)).replace(day=1)),
    "今年": lambda today: _year(today.year),
    "去年": lambda today: _year(today.year - 1),
}
WORDS = tuple(_WORDS)


def days(typed: str, today: date | None) -> Days | None:
    """Read days; None for what is none, and for a word of the day where no day is given."""
    words = unicodedata.normalize("NFKC", typed).strip()
    parts = _BETWEEN.split(words)
    if len(parts) == 2 and all(map(str.strip, parts)):
        first, last = (_one(part.strip(), today) for part in parts)
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    return _one(words, today)


def _one(words: str, today: date | None) -> Days | None:
    if words in _WORDS:
        return _WORDS[words](today) if today else None
    try:
        return _written(words, today)
    except ValueError:
        return None


def _written(words: str, today: date | None) -> Days | None:
    if found := _DAY.fullmatch(words) or _COMPACT.fullmatch(words):
        year, month, day = map(int, found.groups())
        return (date(year, month, day),) * 2
    if found := _MONTH.fullmatch(words):
        return _month(date(int(found[1]), int(found[2]), 1))
    if found := _YEAR.fullmatch(words):
        return _year(int(found[1]))
    if today and (found := _MONTH_ALONE.fullmatch(words)):
        return _month(date(today.year, int(found[1]), 1))
    return None
