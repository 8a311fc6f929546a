"""The work calendar (工作日历): which days are worked, and why a day is not.

Three layers, the nearest first: days the office set by hand; a year it imported, or else the year
as it is shipped; and for a year without a notice, weekends and the statutory holidays (暂算). No
day is ever without an answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlmodel import Session

from xinfang_desktop.models import OFFICE_HOURS_SETTING, OfficeHours

from .holiday_years import (
    DayNote,
    HolidayYear,
    shipped_year,
    statutory_days,
    statutory_source,
)
from .search import Executing, execute

_WEEKDAYS = "一二三四五六日"
_DAYS = "SELECT day, by_hand, is_working, name FROM calendar_day"
_YEARS = "SELECT year, source FROM calendar_year"
_HOURS = "SELECT value FROM setting WHERE key = ?"
_SATURDAY = 5
_ONE = timedelta(days=1)


class WorkCalendar:
    """Which days are worked, as of one moment of the store; it never raises for a day."""

    def __init__(
        self,
        imported: Iterable[HolidayYear] = (),
        by_hand: Mapping[date, DayNote] | None = None,
        hours: OfficeHours | None = None,
    ) -> None:
        self.hours = hours or OfficeHours()
        self._imported = {one.year: one for one in imported}
        self._by_hand = dict(by_hand or {})
        self._years: dict[int, Mapping[date, DayNote]] = {}

    @property
    def imported(self) -> tuple[int, ...]:
        """The years that the office imported."""
        return tuple(sorted(self._imported))

    def is_known(self, year: int) -> bool:
        """Tell whether the holidays of a year were announced, as far as this office knows."""
        return year in self._imported or shipped_year(year) is not None

    def is_shipped(self, year: int) -> bool:
        """Tell whether a year stands as the program brings it."""
        return year not in self._imported and shipped_year(year) is not None

    def source(self, year: int) -> str:
        """Say what a year rests on."""
        found = self._imported.get(year) or shipped_year(year)
        return found.source if found else statutory_source()

    def notes(self, year: int) -> Mapping[date, DayNote]:
        """Give the days of a year that are not as their weekday says, or have a name."""
        if year not in self._years:
            found = self._imported.get(year) or shipped_year(year)
            days = dict(found.days if found else statutory_days(year))
            days |= {day: note for day, note in self._by_hand.items() if day.year == year}
            self._years[year] = days
        return self._years[year]

    def note(self, day: date) -> DayNote | None:
        """Give what is special about a day."""
        return self.notes(day.year).get(day)

    def is_working(self, day: date) -> bool:
        """Tell whether the office works on a day."""
        note = self.notes(day.year).get(day)
        return note.is_working if note is not None else day.weekday() < _SATURDAY

    def why_off(self, day: date) -> str:
        """Say why a day is off: 国庆节放假, 周六; nothing for a day that is worked."""
        note = self.note(day)
        if note is not None:
            if note.is_working:
                return ""
            return f"{note.name}（本单位设置）" if note.by_hand else f"{note.name}放假"
        return weekday(day) if day.weekday() >= _SATURDAY else ""

    def why_worked(self, day: date) -> str:
        """Say why a day of a weekend is worked: 国庆节调休上班; nothing for any other day."""
        note = self.note(day)
        if note is None or not note.is_working or day.weekday() < _SATURDAY:
            return ""
        return f"{note.name}（本单位设置）" if note.by_hand else f"{note.name}调休上班"

    def on_or_after(self, day: date) -> date:
        """Give the first working day from ``day`` on."""
        while not self.is_working(day):
            day += _ONE
        return day

    def on_or_before(self, day: date) -> date:
        """Give the last working day up to ``day``."""
        while not self.is_working(day):
            day -= _ONE
        return day

    def after(self, day: date, count: int) -> date:
        """Give the working day that is ``count`` working days after ``day``."""
        for _ in range(count):
            day = self.on_or_after(day + _ONE)
        return day

    def before(self, day: date, count: int) -> date:
        """Give the working day that is ``count`` working days before ``day``."""
        for _ in range(count):
            day = self.on_or_before(day - _ONE)
        return day

    def working_days(self, first: date, last: date) -> int:
        """Count the working days from ``first`` to ``last``, both included."""
        return sum(map(self.is_working, days_between(first, last)))

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the hours worked on a day."""
        if self.is_working(day):
            for begins, ends in self.hours.on(day).spans:
                yield datetime.combine(day, begins), datetime.combine(day, ends)


def work_calendar(source: Session | Executing) -> WorkCalendar:
    """Give the calendar as the store has it now."""
    by_hand: dict[date, DayNote] = {}
    of_year: dict[int, dict[date, DayNote]] = defaultdict(dict)
    for told, own, is_working, name in execute(source, _DAYS, ()):
        day, note = date.fromisoformat(told), DayNote(bool(is_working), name, bool(own))
        (by_hand if own else of_year[day.year])[day] = note
    imported = [
        HolidayYear(year, told, of_year[year]) for year, told in execute(source, _YEARS, ())
    ]
    return WorkCalendar(imported, by_hand, office_hours(source))


def office_hours(source: Session | Executing) -> OfficeHours:
    """Give the office's hours."""
    for row in execute(source, _HOURS, (OFFICE_HOURS_SETTING,)):
        return OfficeHours.model_validate_json(row[0])
    return OfficeHours()


def weekday(day: date) -> str:
    """Name the day of the week: 周五."""
    return f"周{_WEEKDAYS[day.weekday()]}"


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` to ``last``, both included."""
    while first <= last:
        yield first
        first += _ONE
