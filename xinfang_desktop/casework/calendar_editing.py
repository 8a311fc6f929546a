"""Changing the work calendar: a year's notice, a day of the office's own, the office hours.

Open limits are worked out again in the same transaction; each day that moved stands in the history
of its matter, and how many there were in the trail.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, delete

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    OFFICE_HOURS_SETTING,
    CalendarDay,
    CalendarYear,
    Noted,
    OfficeHours,
    Setting,
)

from . import audit, limit_upkeep
from .cleaning import clean_text
from .holiday_years import FIRST_YEAR, LAST_YEAR, DayNote, HolidayYear, read_year
from .work_calendar import WorkCalendar, work_calendar

_NO_NAME = "请写明这一天为什么上班或者放假；日历没有改动。"
_NO_SUCH_DAY = f"日历只到{FIRST_YEAR}年至{LAST_YEAR}年；日历没有改动。"
_NOT_BY_HAND = "这一天不是本单位自己设置的，没有可以恢复的；日历没有改动。"


@dataclass(frozen=True)
class Imported:
    """What an import did: the year, how many days it has, how many limits it moved.

    ``missing`` are statutory holidays that the file does not have off, in words: to be checked.
    """

    year: int
    days: int
    moved: int
    missing: tuple[str, ...] = ()


def import_year(session: Session, text: str, *, by: str, now: datetime) -> Imported:
    """Take a year's holidays from the text of a file; days set by hand stay as they are.

    Raises:
        OfficeError: something in the file is wrong; the line is named and nothing is changed.
    """
    return keep_year(session, read_year(text), by=by, now=now)


def keep_year(session: Session, given: HolidayYear, *, by: str, now: datetime) -> Imported:
    """Let a year be as ``given``; what was imported for it before goes."""
    first, last = date(given.year, 1, 1), date(given.year, 12, 31)
    session.execute(
        delete(CalendarDay).where(
            col(CalendarDay.day).between(first, last), col(CalendarDay.by_hand).is_(False)
        )
    )
    kept = session.get(CalendarYear, given.year) or CalendarYear(
        year=given.year, source="", entered_at=now, entered_by=by
    )
    kept.source, kept.entered_at, kept.entered_by = given.source, now, by
    session.add(kept)
    for day, note in given.days.items():
        session.add(CalendarDay(day=day, is_working=note.is_working, name=note.name))
    session.flush()
    moved = limit_upkeep.days_changed(session, first, last, by=by, at=now)
    audit.note(session, Noted.SETTINGS, detail=f"calendar {given.year} {moved}")
    return Imported(given.year, len(given.days), moved, given.missing)


def set_day(
    session: Session, day: date, *, is_working: bool, name: str, by: str, now: datetime
) -> int:
    """Have a day worked or off, because of ``name``; give how many limits moved.

    Raises:
        OfficeError: no name, or a day the calendar does not reach.
    """
    name = clean_text(name)[0].strip()
    if not name:
        raise OfficeError(_NO_NAME)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise OfficeError(_NO_SUCH_DAY)
    kept = session.get(CalendarDay, (day, True)) or CalendarDay(
        day=day, by_hand=True, is_working=is_working, name=name
    )
    kept.is_working, kept.name = is_working, name
    session.add(kept)
    return _day_changed(session, day, by, now)


def clear_day(session: Session, day: date, *, by: str, now: datetime) -> int:
    """Let a day be as the notice and its weekday say; give how many limits moved.

    Raises:
        OfficeError: the office did not set this day.
    """
    kept = session.get(CalendarDay, (day, True))
    if kept is None:
        raise OfficeError(_NOT_BY_HAND)
    session.delete(kept)
    return _day_changed(session, day, by, now)


def put_back_day(
    session: Session, day: date, *, before: DayNote | None, by: str, now: datetime
) -> int:
    """Let a day be as it was ``before`` it was set or cleared; give how many limits moved."""
    if before is None or not before.by_hand:
        return clear_day(session, day, by=by, now=now)
    return set_day(session, day, is_working=before.is_working, name=before.name, by=by, now=now)


def save_office_hours(session: Session, hours: OfficeHours, *, by: str, now: datetime) -> int:
    """Keep the office's hours; give how many limits moved."""
    setting = session.get(Setting, OFFICE_HOURS_SETTING) or Setting(
        key=OFFICE_HOURS_SETTING, value=""
    )
    setting.value = hours.model_dump_json()
    session.add(setting)
    session.flush()
    moved = limit_upkeep.hours_changed(session, by=by, at=now)
    audit.note(session, Noted.SETTINGS, detail=f"office_hours {moved}")
    return moved


def year_of(calendar: WorkCalendar, year: int) -> HolidayYear:
    """Give a year as it stands, to be written to a file: the notice's days and the office's."""
    return HolidayYear(year, calendar.source(year), calendar.notes(year))


def calendar_year(session: Session, year: int) -> HolidayYear:
    """Give a year of the store's calendar."""
    return year_of(work_calendar(session), year)


def _day_changed(session: Session, day: date, by: str, now: datetime) -> int:
    session.flush()
    moved = limit_upkeep.days_changed(session, day, day, by=by, at=now)
    audit.note(session, Noted.SETTINGS, detail=f"calendar {day.isoformat()} {moved}")
    return moved
