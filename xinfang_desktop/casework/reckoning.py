"""Reckoning a time limit: from a start to the day it ends, and why it is that day.

民法典 201: the day of the start is not counted; 203: a last day that is off goes on to the first
working day after it. 《信访工作条例》 says nothing of counting: its 日 are days of the calendar,
only its 工作日 are working days, and that a last day rolls over is by analogy.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cached_property

from xinfang_desktop.models import LimitUnit

from .work_calendar import WorkCalendar, days_between, weekday

FIRST_DAY = "《民法典》第二百零一条"
LAST_DAY = "《民法典》第二百零三条"
_BY_ANALOGY = f"{LAST_DAY}；《信访工作条例》没有写明，按此类推"
_HEARING = "《信访工作条例》第三十六条第二款"

_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """A stretch of days that does not count, both included; without an end it still goes on."""

    first: date
    last: date | None = None


@dataclass(frozen=True)
class Span:
    """How long a limit is: an amount of a unit, or a day that was set; and what changes it.

    ``set_on`` takes the place of the amount; ``extended_to`` is a later day the limit was given.
    """

    amount: int = 0
    unit: LimitUnit = LimitUnit.DAYS
    rolls_over: bool = True
    set_on: date | None = None
    extended_to: date | None = None
    pauses: tuple[Pause, ...] = ()
    warn_before: int = 0


class PartKind(Enum):
    """What one part of an explanation is about."""

    START = "start"
    SKIPPED = "skipped"
    WORKED = "worked"
    HOURS = "hours"
    PAUSED = "paused"
    NOMINAL = "nominal"
    EXTENDED = "extended"
    ROLLED = "rolled"
    PROVISIONAL = "provisional"
    REMINDER = "reminder"


@dataclass(frozen=True)
class Part:
    """One part of an explanation: what it says, and the days it is about."""

    kind: PartKind
    sentence: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Reckoning:
    """A limit worked out.

    ``first_on`` is the first day that may count, ``nominal_on`` the day by plain counting,
    ``due_on`` the same rolled over a holiday; ``alarm_on`` and ``warn_on`` are for reminders.
    ``provisional`` (暂算): a day that decided it lies in a year whose holidays are not announced.
    ``parts`` explain it; ``begun_by`` is how they call what started it.
    """

    span: Span
    start_on: date
    start_at: time | None
    first_on: date
    nominal_on: date
    due_on: date
    due_at: time | None
    alarm_on: date
    warn_on: date
    provisional: bool
    paused_days: int
    paused_on: date | None
    calendar: WorkCalendar = field(repr=False, compare=False)
    begun_by: str = field(default="起算", compare=False)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Why it is this day, part by part."""
        return tuple(_parts(self))

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why it is this day, in sentences."""
        return tuple(part.sentence for part in self.parts)

    @property
    def explanation(self) -> str:
        """Why it is this day, in one paragraph."""
        return "".join(self.sentences)


def reckon(
    span: Span, start: date | datetime, calendar: WorkCalendar, *, begun_by: str = "起算"
) -> Reckoning:
    """Work a limit out.

    Without a time of day, working hours are counted from the beginning of the first day.

    Raises:
        OverflowError: the limit would end beyond the calendar.
    """
    on = start.date() if isinstance(start, datetime) else start
    at = start.time() if isinstance(start, datetime) else None
    pauses = _in_order(span.pauses, on)
    nominal, due_at = _end(span, on, at, pauses, calendar)
    if span.extended_to is not None and span.extended_to > nominal:
        nominal, due_at = span.extended_to, None
    due = calendar.on_or_after(nominal) if _rolls(span) else nominal
    alarm = max(calendar.on_or_before(nominal), on)
    return Reckoning(
        span=span,
        start_on=on,
        start_at=at,
        first_on=on if span.unit is LimitUnit.WORKING_HOURS else on + _ONE,
        nominal_on=nominal,
        due_on=due,
        due_at=due_at,
        alarm_on=alarm,
        warn_on=max(calendar.before(alarm, span.warn_before), on),
        provisional=_is_provisional(span, on, nominal, due, calendar),
        paused_days=sum(_length_of(pause) for pause in _ended(pauses, nominal)),
        paused_on=next((p.first for p in pauses if p.last is None and p.first <= nominal), None),
        calendar=calendar,
        begun_by=begun_by,
    )


def day_in_words(day: date, *, year: bool = False) -> str:
    """Write a day with its weekday: 9月18日（周五）."""
    told = f"{day.month}月{day.day}日（{weekday(day)}）"
    return f"{day.year}年{told}" if year else told


def amount_in_words(amount: int, unit: LimitUnit) -> str:
    """Write an amount as it is said: 15日, 5个工作日, 3个工作小时."""
    return f"{amount}{unit.label}" if unit is LimitUnit.DAYS else f"{amount}个{unit.label}"


# reckoning


def _end(
    span: Span, on: date, at: time | None, pauses: Sequence[Pause], calendar: WorkCalendar
) -> tuple[date, time | None]:
    """Give the day by plain counting, and its time of day where hours are counted."""
    if span.set_on is not None:
        return span.set_on, None
    if span.unit is LimitUnit.WORKING_HOURS:
        *_, (_, end) = _hours(span.amount, on, at, pauses, calendar)
        return end.date(), end.time()
    if span.unit is LimitUnit.WORKING_DAYS:
        return _after_working_days(span.amount, on, pauses, calendar), None
    day = on + timedelta(span.amount)
    for pause in pauses:
        if pause.last is not None and pause.first <= day:
            day += timedelta(_length_of(pause))
    return day, None


def _rolls(span: Span) -> bool:
    """Working days and hours end on a working day by themselves."""
    plain = span.unit is LimitUnit.DAYS or span.set_on is not None or span.extended_to is not None
    return span.rolls_over and plain


def _in_order(pauses: Sequence[Pause], start_on: date) -> tuple[Pause, ...]:
    """Give the pauses after the start, in order and apart from each other."""
    found: list[Pause] = []
    floor = start_on + _ONE
    for pause in sorted(pauses, key=lambda one: (one.first, one.last or date.max)):
        first = max(pause.first, floor)
        if pause.last is None:
            return (*found, Pause(first))
        if pause.last >= first:
            found.append(Pause(first, pause.last))
            floor = pause.last + _ONE
    return tuple(found)


def _ended(pauses: Iterable[Pause], nominal: date) -> Iterator[Pause]:
    """Yield the pauses that moved the limit."""
    return (p for p in pauses if p.last is not None and p.first <= nominal)


def _length_of(pause: Pause) -> int:
    assert pause.last is not None
    return (pause.last - pause.first).days + 1


def _counts(day: date, pauses: Sequence[Pause]) -> bool:
    return not any(p.last is not None and p.first <= day <= p.last for p in pauses)


def _after_working_days(
    amount: int, on: date, pauses: Sequence[Pause], calendar: WorkCalendar
) -> date:
    if not amount:
        return calendar.on_or_after(on)
    day = on
    while amount:
        day = calendar.on_or_after(day + _ONE)
        amount -= _counts(day, pauses)
    return day


def _hours(
    amount: int, on: date, at: time | None, pauses: Sequence[Pause], calendar: WorkCalendar
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans of time that make up the working hours, from the start on."""
    left = timedelta(hours=amount)
    begin = datetime.combine(on, at or time())
    day = on
    while True:
        for opens, closes in calendar.spans(day) if _counts(day, pauses) else ():
            opens = max(opens, begin)
            if closes - opens >= left:
                yield opens, opens + left
                return
            if closes > opens:
                yield opens, closes
                left -= closes - opens
        day += _ONE


def _is_provisional(span: Span, on: date, nominal: date, due: date, calendar: WorkCalendar) -> bool:
    """Days of the calendar end where they end; only whether they roll over must be known."""
    if span.set_on is not None or span.unit is LimitUnit.DAYS:
        return _rolls(span) and not all(map(calendar.is_known, {nominal.year, due.year}))
    return not all(map(calendar.is_known, range(on.year, due.year + 1)))


# explaining


def _parts(reckoning: Reckoning) -> Iterator[Part]:
    span = reckoning.span
    yield _start(reckoning)
    if span.set_on is None and span.unit is LimitUnit.WORKING_HOURS:
        yield from _hour_parts(reckoning)
    elif span.set_on is None and span.unit is LimitUnit.WORKING_DAYS and span.amount:
        yield from _day_parts(reckoning)
    yield from _pause_parts(reckoning)
    yield from _ends(reckoning)
    if reckoning.provisional:
        yield _provisional(reckoning)
    yield from _reminder(reckoning)


def _start(reckoning: Reckoning) -> Part:
    span, day = reckoning.span, reckoning.start_on
    told = f"{day_in_words(day, year=True)}{reckoning.begun_by}"
    if span.set_on is not None:
        return Part(PartKind.START, f"{told}，期限日另有指定。", day)
    if span.unit is LimitUnit.WORKING_HOURS:
        if reckoning.start_at is None:
            return Part(PartKind.START, f"{told}，没有记下时刻，从当天上班时起算。", day)
        return Part(PartKind.START, f"{told}，{reckoning.start_at:%H:%M}起算。", day)
    if not span.amount:
        return Part(PartKind.START, f"{told}，当日办理。", day)
    first = day_in_words(reckoning.first_on)
    sentence = f"{told}，当日不计入，自{first}起算（{FIRST_DAY}）。"
    return Part(PartKind.START, sentence, day, reckoning.first_on)


def _day_parts(reckoning: Reckoning) -> Iterator[Part]:
    """Say which days were not counted, and which weekends were."""
    calendar, span = reckoning.calendar, reckoning.span
    pauses = _in_order(span.pauses, reckoning.start_on)
    ended = _after_working_days(span.amount, reckoning.start_on, pauses, calendar)
    yield from _skipped(reckoning.first_on, ended, calendar)
    days = days_between(reckoning.first_on, ended)
    worked = [(day, why) for day in days if (why := calendar.why_worked(day))]
    if worked:
        told = "、".join(f"{day_in_words(day)}{why}" for day, why in worked)
        yield Part(PartKind.WORKED, f"照常计入：{told}。", worked[0][0], worked[-1][0])


def _hour_parts(reckoning: Reckoning) -> Iterator[Part]:
    span, on, calendar = reckoning.span, reckoning.start_on, reckoning.calendar
    spans = list(_hours(span.amount, on, reckoning.start_at, _in_order(span.pauses, on), calendar))
    yield from _skipped(on, spans[-1][1].date(), calendar)
    told = "；".join(
        f"{day_in_words(opens.date())}{opens:%H:%M}至{closes:%H:%M}计{_length(closes - opens)}"
        for opens, closes in spans
    )
    yield Part(PartKind.HOURS, f"按上班时间计：{told}。", on, spans[-1][1].date())


def _skipped(first: date, last: date, calendar: WorkCalendar) -> Iterator[Part]:
    runs = list(_runs(first, last, calendar))
    if runs:
        told = "、".join(f"{_from_to(begins, ends)}{why}" for begins, ends, why in runs)
        yield Part(PartKind.SKIPPED, f"不计入：{told}。", runs[0][0], runs[-1][1])


def _pause_parts(reckoning: Reckoning) -> Iterator[Part]:
    pauses = _in_order(reckoning.span.pauses, reckoning.start_on)
    for pause in _ended(pauses, reckoning.nominal_on):
        assert pause.last is not None
        told = f"{_from_to(pause.first, pause.last)}听证，{_length_of(pause)}天不计入"
        yield Part(PartKind.PAUSED, f"{told}（{_HEARING}）。", pause.first, pause.last)
    if reckoning.paused_on is not None:
        told = f"{day_in_words(reckoning.paused_on)}起听证，期间停止计算，结束后接着计"
        yield Part(PartKind.PAUSED, f"{told}（{_HEARING}）。", reckoning.paused_on)


def _ends(reckoning: Reckoning) -> Iterator[Part]:
    span, nominal, due = reckoning.span, reckoning.nominal_on, reckoning.due_on
    pauses = _in_order(span.pauses, reckoning.start_on)
    start = reckoning.start_on, reckoning.start_at
    yield _nominal(reckoning, *_end(span, *start, pauses, reckoning.calendar))
    if span.extended_to == nominal:
        ends = day_in_words(nominal, year=nominal.year != reckoning.start_on.year)
        yield Part(PartKind.EXTENDED, f"经批准延长到{ends}。", nominal)
    if due != nominal:
        why = reckoning.calendar.why_off(nominal)
        name = f"{nominal.month}月{nominal.day}日是{why}" if "放假" not in why else ""
        told = name or f"{day_in_words(nominal)}{why}"
        until = day_in_words(due, year=due.year != nominal.year)
        sentence = f"{told}，顺延到之后的第一个工作日{until}（{_BY_ANALOGY}）。"
        yield Part(PartKind.ROLLED, sentence, nominal, due)


def _nominal(reckoning: Reckoning, nominal: date, due_at: time | None) -> Part:
    """Say when it would end by plain counting, before it is extended or rolled over."""
    span, start = reckoning.span, reckoning.start_on
    ends = day_in_words(nominal, year=nominal.year != start.year)
    if span.set_on is not None:
        return Part(PartKind.NOMINAL, f"指定{ends}为期限日。", nominal)
    if not span.amount:
        off = f"{day_in_words(start)}不上班，" if nominal != start else ""
        first = "之后第一个工作日" if nominal != start else ""
        return Part(PartKind.NOMINAL, f"{off}期限是{first}{ends}。", nominal)
    at = f"{due_at:%H:%M}" if due_at else ""
    plain = "，中间的休息日照常计入" if span.unit is LimitUnit.DAYS else ""
    told = f"{amount_in_words(span.amount, span.unit)}{plain}，到{ends}{at}届满。"
    return Part(PartKind.NOMINAL, told, nominal)


def _provisional(reckoning: Reckoning) -> Part:
    """Name the years that are not announced."""
    years = range(reckoning.start_on.year, reckoning.due_on.year + 1)
    told = "、".join(str(year) for year in years if not reckoning.calendar.is_known(year))
    sentence = f"{told}年放假安排还没有录入，按周末和法定节假日推算，这个期限是暂算。"
    return Part(PartKind.PROVISIONAL, sentence)


def _reminder(reckoning: Reckoning) -> Iterator[Part]:
    """Say what reminders go by, where it is not the very day."""
    alarm = reckoning.alarm_on
    if reckoning.paused_on is None and alarm != reckoning.due_on:
        why = "顺延没有明文" if reckoning.due_on != reckoning.nominal_on else "届满日不上班"
        sentence = f"{why}，提醒按之前最后一个工作日{day_in_words(alarm)}。"
        if not reckoning.calendar.is_working(alarm):
            sentence = f"{why}，从{day_in_words(alarm)}起提醒。"
        yield Part(PartKind.REMINDER, sentence, alarm)


def _runs(first: date, last: date, calendar: WorkCalendar) -> Iterator[tuple[date, date, str]]:
    """Yield the runs of days off between two days, with what each is off for."""
    begins, why = first, ""
    for day in days_between(first, last + _ONE):
        now = calendar.why_off(day) if day <= last else ""
        if why and now != why and not _is_weekend(why, now):
            yield begins, day - _ONE, _of_run(why, begins, day - _ONE)
            why = ""
        if now and not why:
            begins, why = day, now


def _is_weekend(*reasons: str) -> bool:
    return all(reason in ("周六", "周日") for reason in reasons)


def _of_run(why: str, begins: date, ends: date) -> str:
    """A weekday is said by the day itself already."""
    if _is_weekend(why):
        return "周末" if ends > begins else ""
    return why


def _from_to(first: date, last: date) -> str:
    if first == last:
        return day_in_words(first)
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"


def _length(length: timedelta) -> str:
    hours, minutes = divmod(round(length.total_seconds()) // 60, 60)
    return "".join((f"{hours}小时" if hours else "", f"{minutes}分" if minutes else "")) or "0分"
