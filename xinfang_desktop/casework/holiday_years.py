"""One year's holidays as a file: reading it with the line of every fault, and the shipped years.

A file is TOML: ``year``, ``source``, and the tables ``[off]`` (放假) and ``[work]`` (调休上班) with
a line for each day, ``2027-02-14 = "春节"``; a stretch is ``"2027-02-05..2027-02-11" = "春节"``.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.paths import resource

FIRST_YEAR, LAST_YEAR = 1990, 2099

_SATURDAY = 5
_LONGEST = 60
"""More days than any stretch of holidays has."""

_NOT_TOML = '放假安排文件第{line}行写法不对，每天应像 2027-01-01 = "元旦" 这样写一行'
_NOTHING_CHANGED = "；没有导入，日历没有改动。"
_SECTIONS = {"off": False, "work": True}


class DayNote(NamedTuple):
    """What is special about a day: worked or off, after which holiday, set by the office itself."""

    is_working: bool
    name: str
    by_hand: bool = False


@dataclass(frozen=True)
class HolidayYear:
    """The days of one year that are worked or off otherwise than their weekday says."""

    year: int
    source: str
    days: Mapping[date, DayNote] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Which statutory holidays are not off, in words: a notice that is copied in full has all.

        What the law gives for years before 2025 was less; it is not judged here.
        """
        if self.year < _SINCE:
            return ()
        found = [
            f"{day.month}月{day.day}日{note.name}"
            for day, note in sorted(statutory_days(self.year).items())
            if day not in self.days or self.days[day].is_working
        ]
        return tuple(found)


_SINCE = 2025
"""《全国年节及纪念日放假办法》 of 10 November 2024 is in force since this year."""


def read_year(text: str) -> HolidayYear:
    """Read the file of a year.

    Raises:
        OfficeError: something in it is wrong; the sentence names the line and what is expected.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise OfficeError(_NOT_TOML.format(line=line) + _NOTHING_CHANGED) from None
    faults = _Faults(text)
    year, source = _head(content, faults)
    days: dict[date, DayNote] = {}
    for section, is_working in _SECTIONS.items():
        for key, name in _table(content, section, faults).items():
            for day in _days(key, name, year, faults):
                if day in days:
                    faults.refuse(key, f"{day.isoformat()}写了两次")
                if is_working and day.weekday() < _SATURDAY:
                    faults.refuse(key, f"{day.isoformat()}不是周末，本来就上班，不用写在[work]里")
                days[day] = DayNote(is_working, name.strip())
    if not any(not note.is_working for note in days.values()):
        faults.refuse("off", "没有一天放假，请把放假的日子写在[off]之下")
    return HolidayYear(year, source, days)


def text_of(year: HolidayYear) -> str:
    """Write a year as its file, a line for each day."""
    lines = [f"year = {year.year}", f'source = "{_quoted(year.source)}"']
    for section, is_working in _SECTIONS.items():
        some = [(d, n) for d, n in sorted(year.days.items()) if n.is_working is is_working]
        if some:
            lines += ["", f"[{section}]"]
            lines += [f'{day.isoformat()} = "{_quoted(note.name)}"' for day, note in some]
    return "\n".join(lines) + "\n"


@cache
def shipped_year(year: int) -> HolidayYear | None:
    """Give a year as it is shipped with the program, or None where no notice was known."""
    try:
        path = resource("calendar", f"{year}.toml")
    except FileNotFoundError:
        return None
    return read_year(path.read_text("utf-8"))


def shipped_years() -> tuple[HolidayYear, ...]:
    """Give every year that is shipped."""
    found = map(shipped_year, range(FIRST_YEAR, LAST_YEAR + 1))
    return tuple(year for year in found if year is not None)


@cache
def statutory_days(year: int) -> Mapping[date, DayNote]:
    """Give the statutory holidays of a year as the law and the lunar calendar put them.

    Where the table of lunar days ends, those that stand in the ordinary calendar are given.
    """
    table = _statutory()
    days = {date(year, *_month_day(key)): name for key, name in table["every_year"].items()}
    moving = table["moving"].get(str(year))
    if moving:
        days |= {moving["spring"] + timedelta(n): "春节" for n in range(-1, 3)}
        days |= {moving["clear"]: "清明节", moving["dragon"]: "端午节"}
        days |= {moving["moon"]: days.get(moving["moon"], "中秋节")}
    return {day: DayNote(False, name) for day, name in days.items()}


def statutory_source() -> str:
    """Say what the statutory days rest on."""
    return str(_statutory()["source"])


@cache
def _statutory() -> dict[str, Any]:
    return tomllib.loads(resource("calendar", "statutory.toml").read_text("utf-8"))


def _month_day(key: str) -> tuple[int, int]:
    month, _, day = key.partition("-")
    return int(month), int(day)


class _Faults:
    """Says in which line something wrong stands."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def refuse(self, key: str, reason: str) -> None:
        """Refuse the file because of ``key``.

        Raises:
            OfficeError: always.
        """
        raise OfficeError(f"放假安排文件第{self._line(key)}行：{reason}{_NOTHING_CHANGED}")

    def _line(self, key: str) -> int:
        wanted = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[\]=]")
        found = [at for at, line in enumerate(self._lines, start=1) if wanted.match(line)]
        return found[-1] if found else 1


def _head(content: dict[str, Any], faults: _Faults) -> tuple[int, str]:
    for key in content:
        if key not in ("year", "source", *_SECTIONS):
            faults.refuse(key, f"没有“{key}”这一项，只有 year、source、[off] 和 [work]")
    year, source = content.get("year"), content.get("source", "")
    if not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        faults.refuse("year", "year 应为年份，例如 year = 2027")
    if not isinstance(source, str) or not source.strip():
        faults.refuse("source", "source 应写明依据哪一份通知，写在引号里")
    assert isinstance(year, int) and isinstance(source, str)
    return year, source.strip()


def _table(content: dict[str, Any], section: str, faults: _Faults) -> dict[str, Any]:
    table = content.get(section, {})
    if not isinstance(table, dict):
        faults.refuse(section, f"{section} 应写成 [{section}]，下面每天一行")
    assert isinstance(table, dict)
    return table


def _days(key: str, name: object, year: int, faults: _Faults) -> Iterator[date]:
    """Yield the day or the days of a line."""
    if not isinstance(name, str) or not name.strip():
        faults.refuse(key, '日期后面应写节日名称，例如 2027-01-01 = "元旦"')
    first, dots, last = key.partition("..")
    start = _day(first, key, year, faults)
    end = _day(last, key, year, faults) if dots else start
    if end < start or (end - start).days >= _LONGEST:
        faults.refuse(key, f"“{key}”的起止日期不对")
    for count in range((end - start).days + 1):
        yield start + timedelta(count)


def _day(told: str, key: str, year: int, faults: _Faults) -> date:
    day = None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", told.strip()):
        try:
            day = date.fromisoformat(told.strip())
        except ValueError:
            faults.refuse(key, f"没有“{told.strip()}”这一天")
    if day is None:
        faults.refuse(key, f"“{told.strip()}”不是日期，请写成{year}-02-05的样子")
    assert day is not None
    if day.year != year:
        faults.refuse(key, f"{day.isoformat()}不在{year}年")
    return day


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
