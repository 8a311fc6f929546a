"""When a backup is due and which are kept: pure functions of moments.

Kept are all of the last two days, then the last of each day for twelve days, of each week for ten
weeks, of each month for twelve months, and of each year. The newest is always kept, and so is one
from the future: a clock that was wrong must not cost a backup.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

_Period = Callable[[datetime], tuple[int, ...]]

EVERY = timedelta(minutes=30)
STICK_DAYS = 14

_ALL_OF = timedelta(days=2)
_DAYS, _WEEKS, _MONTHS = 12, 10, 12


class Stick(NamedTuple):
    """A stick as it was seen last."""

    name: str
    backed_up_at: datetime | None


def is_due(last: datetime | None, *, now: datetime, changed: bool, leaving: bool = False) -> bool:
    """Tell whether a backup is to be made: something changed, and half an hour is over.

    On ``leaving`` the program nothing is waited for. A last backup in the future counts as none.
    """
    if last is None:
        return True
    if not changed:
        return False
    return leaving or last > now or now - last >= EVERY


def kept(moments: Sequence[datetime], *, now: datetime) -> set[datetime]:
    """Give which backups are kept."""
    keeping = {moment for moment in moments if now - moment <= _ALL_OF}
    keeping |= set(sorted(moments)[-1:])
    for many, period in _PERIODS:
        last = _last_of_each(moments, period)
        keeping |= set(last if many is None else last[-many:])
    return keeping


def overdue(sticks: Iterable[Stick], *, now: datetime, days: int = STICK_DAYS) -> list[str]:
    """Say of every stick that has not been backed up to for so many days."""
    told = []
    for stick in sticks:
        if stick.backed_up_at is None:
            told.append(f"{stick.name}还没有备份过。")
        elif (passed := (now - stick.backed_up_at).days) >= days:
            told.append(f"{stick.name}已{passed}天未备份。")
    return told


def age_in_words(last: datetime | None, *, now: datetime) -> str:
    """Say how old the last proven backup is, as the status bar does."""
    if last is None:
        return "还没有可用的备份"
    passed = now - last
    if passed < timedelta(minutes=2):
        return "刚刚备份过"
    if passed < timedelta(hours=1):
        return f"{int(passed.total_seconds()) // 60}分钟前已备份"
    if passed < timedelta(days=1):
        return f"{int(passed.total_seconds()) // 3600}小时前已备份"
    return f"{passed.days}天前已备份"


def _last_of_each(moments: Iterable[datetime], period: _Period) -> list[datetime]:
    last: dict[tuple[int, ...], datetime] = {}
    for moment in sorted(moments):
        last[period(moment)] = moment
    return list(last.values())


def _day(moment: datetime) -> tuple[int, ...]:
    return (moment.toordinal(),)


def _week(moment: datetime) -> tuple[int, ...]:
    return tuple(moment.isocalendar()[:2])


def _month(moment: datetime) -> tuple[int, ...]:
    return (moment.year, moment.month)


def _year(moment: datetime) -> tuple[int, ...]:
    return (moment.year,)


_PERIODS: tuple[tuple[int | None, _Period], ...] = (
    (_DAYS, _day),
    (_WEEKS, _week),
    (_MONTHS, _month),
    (None, _year),
)
