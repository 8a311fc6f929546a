"""Periods: written as they are read, one after the other without a gap, and a year apart."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models.period import Period, PeriodKind, read_period

DAY = timedelta(days=1)
DAYS = st.dates(date(1995, 1, 1), date(2095, 12, 31))
KINDS = st.sampled_from([*PeriodKind])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    kind, day = draw(KINDS), draw(DAYS)
    if kind is PeriodKind.RANGE:
        return Period.between(day, draw(st.dates(day, day + 400 * DAY)))
    return Period.of(kind, day)


@pytest.mark.parametrize(
    ("code", "first", "last", "title"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "2026年10月"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        ("2026-W45", date(2026, 11, 2), date(2026, 11, 8), "2026年第45周"),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4), "2026年第1周"),
        (
            "2026-10-01..2026-10-15",
            date(2026, 10, 1),
            date(2026, 10, 15),
            "2026年10月1日至15日",
        ),
    ],
)
def test_a_period_is_read_as_it_is_typed(code: str, first: date, last: date, title: str) -> None:
    period = read_period(f" {code.lower()} ")
    assert (period.first, period.last) == (first, last)
    assert (period.code, period.title) == (code, title)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-13", "2026-00", "2026-Q5", "2026-W54", "2025-W53", "26-10", "2026-1"),
        *("2026-10-15..2026-10-01", "2026-02-30..2026-03-01", "1989", "2101-01", "二〇二六"),
        *("２０２６", "2026-10\n2026-11", "9999-12"),
    ],
)
def test_what_is_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(OfficeError, match="2026-10（月）"):
        read_period(text)


@given(periods())
def test_what_is_written_is_read_again(period: Period) -> None:
    assert read_period(period.code) == period


@given(periods())
def test_periods_follow_each_other_without_a_gap(period: Period) -> None:
    assert period.previous.last + DAY == period.first
    assert period.last + DAY == period.following.first
    assert period.following.previous == period
    assert period.previous.kind is period.year_ago.kind is period.kind


@given(periods())
def test_the_year_before_is_the_same_part_of_it(period: Period) -> None:
    before = period.year_ago
    assert 363 <= (period.first - before.first).days <= 372
    if period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR):
        assert before.first == period.first.replace(year=period.first.year - 1)


def test_a_range_a_year_ago_of_a_leap_day_ends_on_the_28th() -> None:
    leap = Period.between(date(2024, 2, 1), date(2024, 2, 29))
    assert leap.year_ago == Period.between(date(2023, 2, 1), date(2023, 2, 28))


@given(KINDS, DAYS)
def test_the_period_of_a_day_holds_the_day(kind: PeriodKind, day: date) -> None:
    period = Period.of(kind, day)
    assert period.first <= day <= period.last


@given(periods())
def test_the_months_of_a_period_cover_it(period: Period) -> None:
    months = period.months
    assert months[0].first <= period.first <= months[0].last
    assert months[-1].first <= period.last <= months[-1].last
    assert all(one.following == next for one, next in zip(months, months[1:], strict=False))


def test_sentences_name_it() -> None:
    assert Period.month(date(2026, 10, 8)).name == "本月"
    assert Period.quarter(date(2026, 10, 8)).previous_name == "上季度"
    assert (
        Period.between(date(2025, 12, 30), date(2026, 1, 2)).days == "2025年12月30日至2026年1月2日"
    )
