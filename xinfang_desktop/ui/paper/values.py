"""What is typed into a blank, read as the value of its field, and shown there again.

A clerk types 20261122, 2026.11.22, 11-22 or 今天; what cannot be read stays as typed and is
marked, it is never thrown away.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from xinfang_desktop.casework.cleaning import clean_text
from xinfang_desktop.forms.binding import Binding
from xinfang_desktop.forms.wording import shown

_DAYS_BACK = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_FULL_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")
_SHORT_DATE = re.compile(r"(\d{1,2})\D(\d{1,2})\D?|(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})[:点时](\d{1,2})?分?|(\d{1,2})(\d{2})")


@dataclass(frozen=True)
class Reading:
    """A value read from a blank; ``trouble`` says why the text could not be read."""

    value: Any
    trouble: str = ""


def read_value(binding: Binding, text: str, today: date) -> Reading:
    """Read ``text`` as the type of the field."""
    return _READERS.get(binding.type, _read_words)(text, today)


def show_value(value: object) -> str:
    """Give the text that stands in a blank."""
    return shown(value)


def _read_words(text: str, today: date) -> Reading:
    cleaned, changed = clean_text(text)
    return Reading(cleaned, "已去掉不能保存的控制字符" if changed else "")


def _read_number(text: str, today: date) -> Reading:
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("人").strip()
    if not plain:
        return Reading(None)
    if plain.isdecimal() and len(plain) <= 6:
        return Reading(int(plain))
    return Reading(None, "人数请填数字，例如 3")


def read_date(text: str, today: date) -> Reading:
    """Read a day as a clerk types it."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain:
        return Reading(None)
    if plain in _DAYS_BACK:
        return Reading(today - timedelta(days=_DAYS_BACK[plain]))
    try:
        if found := _FULL_DATE.fullmatch(plain):
            return Reading(date(*map(int, found.groups())))
        if found := _SHORT_DATE.fullmatch(plain):
            month, day = (int(part) for part in found.groups() if part)
            return Reading(date(today.year, month, day))
    except ValueError:
        return Reading(None, "没有这一天，请核对日期")
    return Reading(None, "日期请写成 20261122 或 2026年11月22日")


def read_time(text: str, today: date) -> Reading:
    """Read a time of day as a clerk types it: 14:30, 1430, 14点30分."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain:
        return Reading(None)
    found = _TIME.fullmatch(plain)
    if found is None:
        return Reading(None, "时刻请写成 14:30 或 1430")
    hour, minute = (int(part) for part in (found[1] or found[3], found[2] or found[4] or 0))
    try:
        return Reading(time(hour, minute))
    except ValueError:
        return Reading(None, "没有这个时刻，请核对")


_READERS: dict[type, Callable[[str, date], Reading]] = {int: _read_number, date: read_date}
