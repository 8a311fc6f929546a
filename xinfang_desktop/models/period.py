"""Period (统计期): a month, a quarter, a year, a week or any range of days that is summed up."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xinfang_desktop.errors import OfficeError

from .labelled import LabelledEnum

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years that can be summed up."""

_NO_PERIOD = (
    "统计期没有看懂，没有统计；请写成 2026-10（月）、2026-Q4（季度）、2026（年）、2026-W45（周）"
    "或 2026-10-01..2026-10-15（区间）。"
)
_DAY = timedelta(days=1)


class PeriodKind(LabelledEnum):
    """What kind of period is summed up."""

    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    YEAR = "year", "年"
    WEEK = "week", "周"
    RANGE = "range", "区间"


_NAMES: Mapping[PeriodKind, tuple[str, str]] = {
    PeriodKind.MONTH: ("本月", "上月"),
    PeriodKind.QUARTER: ("本季度", "上季度"),
    PeriodKind.YEAR: ("本年", "上年"),
    PeriodKind.WEEK: ("本周", "上周"),
    PeriodKind.RANGE: ("本期", "上期"),
}


@dataclass(frozen=True)
class Period:
    """The days from ``first`` to ``last``, both counted in."""

    kind: PeriodKind
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("a period ends before it begins")

    @classmethod
    def month(cls, day: date) -> "Period":
        """Give the month that ``day`` is in."""
        return cls(PeriodKind.MONTH, day.replace(day=1), _month_end(day))

    @classmethod
    def quarter(cls, day: date) -> "Period":
        """Give the quarter that ``day`` is in."""
        first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
        return cls(PeriodKind.QUARTER, first, _month_end(first.replace(month=first.month + 2)))

    @classmethod
    def year(cls, day: date) -> "Period":
        """Give the year that ``day`` is in."""
        return cls(PeriodKind.YEAR, date(day.year, 1, 1), date(day.year, 12, 31))

    @classmethod
    def week(cls, day: date) -> "Period":
        """Give the week, Monday to Sunday, that ``day`` is in."""
        first = day - day.weekday() * _DAY
        return cls(PeriodKind.WEEK, first, first + 6 * _DAY)

    @classmethod
    def between(cls, first: date, last: date) -> "Period":
        """Give the range of days between two days, in whatever order they come."""
        return cls(PeriodKind.RANGE, min(first, last), max(first, last))

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> "Period":
        """Give the period of ``kind`` that ``day`` is in; a range begins with its month."""
        made = _AROUND.get(kind)
        return made(day) if made else cls.between(day.replace(day=1), day)

    @property
    def code(self) -> str:
        """The period as it is typed: 2026-10, 2026-Q4, 2026, 2026-W45, 2026-10-01..2026-10-15."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.first:%Y-%m}"
            case PeriodKind.QUARTER:
                return f"{self.first.year}-Q{_quarter_of(self.first)}"
            case PeriodKind.YEAR:
                return str(self.first.year)
            case PeriodKind.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year}-W{week:02}"
            case _:
                return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def title(self) -> str:
        """The period in words, as a document's title has it."""
        year = f"{self.first.year}年"
        match self.kind:
            case PeriodKind.MONTH:
                return f"{year}{self.first.month}月"
            case PeriodKind.QUARTER:
                return f"{year}第{_quarter_of(self.first)}季度"
            case PeriodKind.YEAR:
                return year
            case PeriodKind.WEEK:
                iso_year, week, _ = self.first.isocalendar()
                return f"{iso_year}年第{week}周"
            case _:
                return self.days

    @property
    def days(self) -> str:
        """The first and the last day in words."""
        return f"{_in_words(self.first)}至{_in_words(self.last, after=self.first)}"

    @property
    def name(self) -> str:
        """What a sentence calls it: 本月."""
        return _NAMES[self.kind][0]

    @property
    def previous_name(self) -> str:
        """What a sentence calls the one before: 上月."""
        return _NAMES[self.kind][1]

    @property
    def previous(self) -> "Period":
        """The period of the same kind just before; a range is as long."""
        day = self.first - _DAY
        if self.kind is PeriodKind.RANGE:
            return Period(self.kind, self.first - (self.last - self.first + _DAY), day)
        return Period.of(self.kind, day)

    @property
    def following(self) -> "Period":
        """The period of the same kind just after; a range is as long."""
        day = self.last + _DAY
        if self.kind is PeriodKind.RANGE:
            return Period(self.kind, day, self.last + (self.last - self.first + _DAY))
        return Period.of(self.kind, day)

    @property
    def year_ago(self) -> "Period":
        """The same period of the year before (上年同期)."""
        match self.kind:
            case PeriodKind.WEEK:
                year, week, _ = self.first.isocalendar()
                weeks = date(year - 1, 12, 28).isocalendar()[1]
                return Period.week(date.fromisocalendar(year - 1, min(week, weeks), 1))
            case PeriodKind.RANGE:
                return Period(self.kind, _year_before(self.first), _year_before(self.last))
            case kind:
                return Period.of(kind, _year_before(self.first))

    @property
    def months(self) -> tuple["Period", ...]:
        """The months that it reaches into."""
        found = [Period.month(self.first)]
        while found[-1].last < self.last:
            found.append(found[-1].following)
        return tuple(found)


_AROUND: Mapping[PeriodKind, Callable[[date], Period]] = {
    PeriodKind.MONTH: Period.month,
    PeriodKind.QUARTER: Period.quarter,
    PeriodKind.YEAR: Period.year,
    PeriodKind.WEEK: Period.week,
}


def read_period(text: str) -> Period:
    """Read a period as it is typed.

    Raises:
        OfficeError: it is none, or lies outside the years that can be summed up.
    """
    try:
        period = _read(text.strip().upper())
    except (ValueError, OverflowError):
        period = None
    if period is None or not within_reach(period):
        raise OfficeError(_NO_PERIOD)
    return period


def within_reach(period: Period) -> bool:
    """Tell whether the period lies in the years that can be summed up."""
    return period.first.year >= FIRST_YEAR and period.last.year <= LAST_YEAR


_YEAR = r"(\d{4})"
_FORMS: tuple[tuple[str, Callable[..., Period]], ...] = (
    (rf"{_YEAR}-(\d\d)", lambda year, month: Period.month(date(int(year), int(month), 1))),
    (rf"{_YEAR}-Q([1-4])", lambda year, q: Period.quarter(date(int(year), 3 * int(q), 1))),
    (_YEAR, lambda year: Period.year(date(int(year), 1, 1))),
    (
        rf"{_YEAR}-W(\d\d)",
        lambda year, week: Period.week(date.fromisocalendar(int(year), int(week), 1)),
    ),
    (
        r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)",
        lambda first, last: Period(
            PeriodKind.RANGE, date.fromisoformat(first), date.fromisoformat(last)
        ),
    ),
)


def _read(text: str) -> Period | None:
    for pattern, make in _FORMS:
        if (found := re.fullmatch(pattern, text, re.ASCII)) is not None:
            return make(*found.groups())
    return None


def _quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def _month_end(day: date) -> date:
    return (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY


def _year_before(day: date) -> date:
    """Give the same day of the year before; the 28th for a 29th of February."""
    if (day.month, day.day) == (2, 29):
        day = day - _DAY
    return day.replace(year=day.year - 1)


def _in_words(day: date, *, after: date | None = None) -> str:
    """Write a day, without the year or the month that it shares with the one before."""
    if after is None or day.year != after.year:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.month}月{day.day}日" if day.month != after.month else f"{day.day}日"
