"""A year's holidays as a file: what is shipped, and files with something wrong in a line."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import holidays
from xinfang_desktop.casework.holiday_years import (
    FIRST_YEAR,
    LAST_YEAR,
    DayNote,
    HolidayYear,
    read_year,
    shipped_year,
    shipped_years,
    statutory_days,
    text_of,
)
from xinfang_desktop.errors import OfficeError

GOOD = """\
# 2027年
year = 2027
source = "国务院办公厅关于2027年部分节假日安排的通知"

[off]
2027-01-01 = "元旦"
"2027-02-05..2027-02-11" = "春节"

[work]
2027-02-14 = "春节"
"""


def test_every_year_of_the_table_is_shipped_as_the_tool_writes_it() -> None:
    assert [year.year for year in shipped_years()] == holidays.years() == list(range(2004, 2027))
    for year in holidays.years():
        path = holidays.FOLDER / f"{year}.toml"
        assert path.read_text("utf-8") == holidays.text_of(year)


def test_a_year_after_the_table_is_not_shipped() -> None:
    assert shipped_year(2027) is None


def test_the_new_law_gives_thirteen_days() -> None:
    assert len(statutory_days(2027)) == 13
    spring = [day for day, note in statutory_days(2027).items() if note.name == "春节"]
    assert sorted(spring) == [date(2027, 2, 5) + timedelta(n) for n in range(4)]


def test_two_holidays_on_one_day_are_one_day_off() -> None:
    assert statutory_days(2031)[date(2031, 10, 1)].name == "国庆节"
    assert len(statutory_days(2031)) == 12


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_statutory_days_of_a_year_announced_are_off_in_its_notice(year: int) -> None:
    notice = shipped_year(year)
    assert notice is not None
    assert notice.missing == ()


def test_spring_begins_with_a_new_moon_and_mid_autumn_is_full() -> None:
    """From one new moon of the lunar year to its others are whole months of 29 or 30 days."""
    for year in range(2027, 2036):
        named = {note.name: day for day, note in sorted(statutory_days(year).items())}
        spring = min(d for d, note in statutory_days(year).items() if note.name == "春节")
        new_year = spring + timedelta(1)
        for name, day_of_month in (("端午节", 5), ("中秋节", 15)):
            if name in named:
                months = ((named[name] - new_year).days - (day_of_month - 1)) / 29.530588
                assert abs(months - round(months)) < 0.05, (year, name)


def test_a_year_beyond_the_lunar_table_has_the_days_of_the_ordinary_calendar() -> None:
    assert {note.name for note in statutory_days(2060).values()} == {"元旦", "劳动节", "国庆节"}


def test_a_good_file_is_read() -> None:
    year = read_year(GOOD)
    assert year.year == 2027
    assert len(year.days) == 9
    assert year.days[date(2027, 2, 14)] == DayNote(True, "春节")


def test_a_file_that_forgets_a_statutory_holiday_is_asked_about() -> None:
    assert "10月1日国庆节" in read_year(GOOD).missing


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("2027-01-01 =", "2027-02-30 =", 6, "没有“2027-02-30”这一天"),
        ("2027-01-01 =", "2026-01-01 =", 6, "不在2027年"),
        ("2027-01-01 =", "元旦 =", 6, "写法不对"),
        ("2027-01-01 =", '"元旦" =', 6, "不是日期"),
        ('2027-01-01 = "元旦"', "2027-01-01 = 3", 6, "节日名称"),
        ('2027-01-01 = "元旦"', '2027-01-01 = " "', 6, "节日名称"),
        ('2027-01-01 = "元旦"', '2027-01-01 "元旦"', 6, "写法不对"),
        ("..2027-02-11", "..2027-02-01", 7, "起止日期不对"),
        ("..2027-02-11", "..2027-11-11", 7, "起止日期不对"),
        ("2027-02-14 =", "2027-02-11 =", 10, "写了两次"),
        ("2027-02-14 =", "2027-02-16 =", 10, "不是周末"),
        ("year = 2027", "year = 27", 2, "应为年份"),
        ("year = 2027", 'year = "2027"', 2, "应为年份"),
        ('source = "国务院办公厅关于2027年部分节假日安排的通知"', 'source = ""', 3, "哪一份通知"),
        ("[work]", "[周末]", 9, "写法不对"),
        ("[work]", "[weekend]", 9, "没有“weekend”这一项"),
        ("[work]", "[off]", 9, "写法不对"),
        ("year = 2027\n", "", 1, "应为年份"),
    ],
)
def test_a_wrong_line_is_named_with_the_reason(old: str, new: str, line: int, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(OfficeError) as refused:
        read_year(GOOD.replace(old, new, 1))
    assert reason in refused.value.sentence
    assert f"第{line}行" in refused.value.sentence
    assert "日历没有改动" in refused.value.sentence


def test_a_year_without_any_day_off_is_refused() -> None:
    with pytest.raises(OfficeError, match="没有一天放假"):
        read_year('year = 2027\nsource = "通知"\n')


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    try:
        read_year(text)
    except OfficeError as refused:
        assert "行" in refused.sentence


@given(
    st.integers(FIRST_YEAR, LAST_YEAR),
    st.dictionaries(
        st.integers(0, 364),
        st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8),
        min_size=1,
        max_size=12,
    ),
)
def test_what_is_written_as_a_file_is_read_again(year: int, days: dict[int, str]) -> None:
    first = date(year, 1, 1)
    notes = {first + timedelta(n): DayNote(False, name) for n, name in days.items()}
    written = HolidayYear(year, '甲"乙\\丙', notes)
    assert read_year(text_of(written)) == written
