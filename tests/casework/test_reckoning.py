"""Time limits are counted as the law counts, and every one says why it ends on its day."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.casework.holiday_years import HolidayYear, read_year
from xinfang_desktop.casework.reckoning import PartKind, Pause, Reckoning, Span, reckon
from xinfang_desktop.casework.work_calendar import WorkCalendar
from xinfang_desktop.models import Hours, LimitUnit, OfficeHours

CALENDAR = WorkCalendar()
DAYS, WORKING_DAYS, WORKING_HOURS = LimitUnit
DAY = timedelta(days=1)


def worked_out(amount: int, unit: LimitUnit, start: date | datetime, **span: object) -> Reckoning:
    return reckon(Span(amount, unit, **span), start, CALENDAR, begun_by="收到信访事项")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "nominal", "due"),
    [
        (date(2026, 9, 18), 5, WORKING_DAYS, date(2026, 9, 24), date(2026, 9, 24)),
        (date(2026, 2, 13), 5, WORKING_DAYS, date(2026, 2, 27), date(2026, 2, 27)),
        (date(2026, 9, 17), 15, DAYS, date(2026, 10, 2), date(2026, 10, 8)),
        (date(2026, 8, 5), 60, DAYS, date(2026, 10, 4), date(2026, 10, 8)),
        (date(2026, 1, 18), 30, DAYS, date(2026, 2, 17), date(2026, 2, 24)),
        (date(2026, 10, 8), 15, DAYS, date(2026, 10, 23), date(2026, 10, 23)),
        (date(2026, 10, 3), 0, WORKING_DAYS, date(2026, 10, 8), date(2026, 10, 8)),
        (date(2026, 10, 9), 0, WORKING_DAYS, date(2026, 10, 9), date(2026, 10, 9)),
    ],
)
def test_a_limit_ends_on_the_day_the_law_says(
    start: date, amount: int, unit: LimitUnit, nominal: date, due: date
) -> None:
    reckoning = worked_out(amount, unit, start)
    assert (reckoning.nominal_on, reckoning.due_on) == (nominal, due)
    assert not reckoning.provisional


def test_a_limit_that_reaches_into_a_year_not_announced_is_provisional() -> None:
    reckoning = worked_out(60, DAYS, date(2026, 12, 5))
    assert reckoning.nominal_on == date(2027, 2, 3)
    assert reckoning.provisional
    assert "2027年放假安排还没有录入" in reckoning.explanation
    assert "暂算" in reckoning.explanation


def test_a_day_before_spring_in_a_year_not_announced_rolls_over_the_statutory_days() -> None:
    reckoning = worked_out(60, DAYS, date(2026, 12, 8))
    assert (reckoning.nominal_on, reckoning.due_on) == (date(2027, 2, 6), date(2027, 2, 9))
    assert reckoning.provisional


def test_working_days_before_the_turn_of_the_year_are_not_provisional() -> None:
    assert not worked_out(5, WORKING_DAYS, date(2026, 12, 21)).provisional
    reckoning = worked_out(5, WORKING_DAYS, date(2026, 12, 29))
    assert reckoning.provisional
    assert reckoning.due_on == date(2027, 1, 6)


def test_days_that_do_not_roll_over_need_no_calendar() -> None:
    assert not worked_out(60, DAYS, date(2026, 12, 5), rolls_over=False).provisional


def test_an_explanation_tells_the_start_the_days_left_out_and_the_article() -> None:
    told = worked_out(5, WORKING_DAYS, date(2026, 9, 18)).sentences
    assert told == (
        "2026年9月18日（周五）收到信访事项，当日不计入，自9月19日（周六）起算（《民法典》第二百零一条）。",
        "不计入：9月19日（周六）。",
        "照常计入：9月20日（周日）国庆节调休上班。",
        "5个工作日，到9月24日（周四）届满。",
    )


def test_an_explanation_tells_the_holiday_a_day_rolls_over() -> None:
    reckoning = worked_out(15, DAYS, date(2026, 9, 17))
    assert [part.kind for part in reckoning.parts] == [
        PartKind.START,
        PartKind.NOMINAL,
        PartKind.ROLLED,
        PartKind.REMINDER,
    ]
    rolled = reckoning.parts[2]
    assert (rolled.first, rolled.last) == (date(2026, 10, 2), date(2026, 10, 8))
    assert "国庆节放假" in rolled.sentence and "第二百零三条" in rolled.sentence


def test_reminders_go_by_the_last_working_day_before_a_day_off() -> None:
    reckoning = worked_out(15, DAYS, date(2026, 9, 17), warn_before=3)
    assert reckoning.alarm_on == date(2026, 9, 30)
    assert reckoning.warn_on == date(2026, 9, 24)  # 25th to 27th are off


def test_holidays_in_a_run_are_told_as_one() -> None:
    told = worked_out(5, WORKING_DAYS, date(2026, 2, 13)).sentences
    assert "不计入：2月15日至2月23日春节放假。" in told


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        (datetime(2026, 10, 9, 9, 0), 3, datetime(2026, 10, 9, 12, 0)),
        (datetime(2026, 10, 9, 10, 0), 3, datetime(2026, 10, 9, 14, 30)),
        (datetime(2026, 10, 9, 16, 0), 3, datetime(2026, 10, 10, 10, 30)),  # a worked Saturday
        (datetime(2026, 10, 9, 12, 30), 3, datetime(2026, 10, 9, 16, 30)),
        (datetime(2026, 9, 30, 15, 30), 3, datetime(2026, 10, 8, 9, 30)),  # 7 days off between
        (datetime(2026, 9, 28, 15, 30), 3, datetime(2026, 9, 29, 9, 30)),  # summer hours
        (datetime(2026, 10, 9, 20, 0), 3, datetime(2026, 10, 10, 11, 30)),
        (date(2026, 10, 9), 3, datetime(2026, 10, 9, 11, 30)),
    ],
)
def test_working_hours_run_in_office_hours_only(
    start: date | datetime, amount: int, end: datetime
) -> None:
    reckoning = worked_out(amount, WORKING_HOURS, start)
    assert (reckoning.due_on, reckoning.due_at) == (end.date(), end.time())


def test_without_a_time_of_day_hours_run_from_the_opening_and_it_says_so() -> None:
    assert "没有记下时刻" in worked_out(3, WORKING_HOURS, date(2026, 10, 9)).explanation


def test_a_hearing_moves_the_day_by_as_many_days_as_it_took() -> None:
    hearing = Pause(date(2026, 11, 10), date(2026, 11, 12))
    reckoning = worked_out(30, DAYS, date(2026, 11, 1), pauses=(hearing,))
    assert reckoning.nominal_on == date(2026, 12, 4)
    assert reckoning.paused_days == 3
    assert "3天不计入" in reckoning.explanation


def test_a_hearing_that_still_goes_on_stops_the_limit() -> None:
    reckoning = worked_out(30, DAYS, date(2026, 11, 1), pauses=(Pause(date(2026, 11, 10)),))
    assert reckoning.paused_on == date(2026, 11, 10)
    assert "停止计算" in reckoning.explanation


def test_a_hearing_after_the_last_day_changes_nothing() -> None:
    late = Pause(date(2026, 12, 10), date(2026, 12, 12))
    reckoning = worked_out(30, DAYS, date(2026, 11, 1), pauses=(late,))
    assert (reckoning.nominal_on, reckoning.paused_days) == (date(2026, 12, 1), 0)


def test_an_extension_tells_both_days() -> None:
    extended = {"extended_to": date(2026, 11, 3)}
    told = worked_out(60, DAYS, date(2026, 8, 5), **extended)
    assert told.due_on == date(2026, 11, 3)
    assert "到10月4日（周日）届满。经批准延长到11月3日（周二）。" in told.explanation


def test_an_extension_to_an_earlier_day_is_none() -> None:
    told = worked_out(60, DAYS, date(2026, 8, 5), extended_to=date(2026, 9, 3))
    assert told.nominal_on == date(2026, 10, 4)


def test_a_day_that_was_set_rolls_over_too() -> None:
    told = worked_out(0, DAYS, date(2026, 9, 1), set_on=date(2026, 10, 3))
    assert (told.nominal_on, told.due_on) == (date(2026, 10, 3), date(2026, 10, 8))
    assert "指定10月3日（周六）为期限日" in told.explanation


# against a slow and obvious way of counting


def slowly(span: Span, start_on: date, at: time | None, calendar: WorkCalendar) -> date | datetime:
    """Walk day by day, or minute by minute, and count down."""
    paused = [
        pause.first + timedelta(n)
        for pause in span.pauses
        if pause.last
        for n in range((pause.last - pause.first).days + 1)
    ]
    left = span.amount
    if span.unit is WORKING_HOURS:
        minute = datetime.combine(start_on, at or time())
        left *= 60
        while left:
            day = minute.date()
            hours = calendar.hours.on(day)
            worked = any(a <= minute.time() < b for a, b in hours.spans)
            if worked and calendar.is_working(day) and (day not in paused or day == start_on):
                left -= 1
            minute += timedelta(minutes=1)
        return minute
    day = start_on
    while left:
        day += DAY
        counts = calendar.is_working(day) if span.unit is WORKING_DAYS else True
        left -= counts and day not in paused
    if span.unit is WORKING_DAYS and not span.amount:
        while not calendar.is_working(day):
            day += DAY
    return day


def some_spans(chance: random.Random) -> Iterator[tuple[Span, date]]:
    first = date(2004, 1, 1)
    while True:
        start = first + timedelta(chance.randrange(11_000))
        unit = chance.choice((DAYS, WORKING_DAYS))
        pauses: Sequence[Pause] = ()
        if chance.random() < 0.2:
            begins = start + timedelta(chance.randrange(-10, 60))
            pauses = (Pause(begins, begins + timedelta(chance.randrange(12))),)
        yield Span(chance.randrange(61), unit, chance.random() < 0.8, pauses=tuple(pauses)), start


def agree(count: int, seed: int) -> None:
    chance = random.Random(seed)
    for _, (span, start) in zip(range(count), some_spans(chance), strict=False):
        reckoning = reckon(span, start, CALENDAR)
        nominal = slowly(span, start, None, CALENDAR)
        due = nominal
        while span.rolls_over and not CALENDAR.is_working(due):
            due += DAY
        if span.unit is WORKING_DAYS:
            due = nominal
        assert (reckoning.nominal_on, reckoning.due_on) == (nominal, due), (span, start)


def test_it_agrees_with_counting_day_by_day() -> None:
    agree(20_000, seed=1)


@pytest.mark.slow
def test_it_agrees_with_counting_day_by_day_a_hundred_thousand_times() -> None:
    agree(100_000, seed=2)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 30)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    st.integers(1, 12),
)
def test_hours_agree_with_counting_minute_by_minute(moment: datetime, amount: int) -> None:
    span = Span(amount, WORKING_HOURS)
    reckoning = reckon(span, moment, CALENDAR)
    slow = slowly(span, moment.date(), moment.time(), CALENDAR)
    assert isinstance(slow, datetime) and reckoning.due_at is not None
    assert datetime.combine(reckoning.due_on, reckoning.due_at) == slow


@given(
    st.dates(date(2024, 1, 1), date(2034, 12, 31)), st.integers(0, 90), st.sampled_from(LimitUnit)
)
def test_every_limit_can_be_explained(start: date, amount: int, unit: LimitUnit) -> None:
    amount = max(amount, 1) if unit is WORKING_HOURS else amount
    reckoning = worked_out(amount, unit, start, warn_before=3)
    assert all(sentence.endswith("。") for sentence in reckoning.sentences)
    assert start <= reckoning.warn_on <= reckoning.alarm_on <= reckoning.due_on
    assert reckoning.nominal_on <= reckoning.due_on
    assert CALENDAR.is_working(reckoning.due_on)
    known = all(map(CALENDAR.is_known, range(start.year, reckoning.due_on.year + 1)))
    assert not (reckoning.provisional and known)


def test_hours_may_be_the_same_all_the_year() -> None:
    all_day = Hours(
        morning_from=time(9), morning_to=time(12), afternoon_from=time(13), afternoon_to=time(18)
    )
    hours = OfficeHours(summer=all_day, winter=all_day)
    calendar = WorkCalendar(hours=hours)
    reckoning = reckon(Span(3, WORKING_HOURS), datetime(2026, 7, 1, 11), calendar)
    assert (reckoning.due_on, reckoning.due_at) == (date(2026, 7, 1), time(15))


def test_a_year_that_is_imported_takes_the_place_of_the_guess() -> None:
    text = 'year = 2027\nsource = "通知"\n[off]\n"2027-02-05..2027-02-11" = "春节"\n'
    calendar = WorkCalendar([read_year(text)])
    reckoning = reckon(Span(60), date(2026, 12, 8), calendar)
    assert reckoning.due_on == date(2027, 2, 12)
    assert not reckoning.provisional


def test_an_empty_calendar_answers_for_every_year() -> None:
    calendar = WorkCalendar([HolidayYear(2050, "通知")])
    for year in (1950, 2003, 2026, 2027, 2035, 2036, 2098, 2300):
        assert calendar.on_or_after(date(year, 10, 1)).year == year
