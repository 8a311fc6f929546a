"""The office's calendar: a notice taken in, a day of its own, its hours; open limits follow."""

from datetime import date, time

import pytest
from sqlmodel import Session, col, select

from tests.helpers.office import NOW, visit
from xinfang_desktop.casework import calendar_editing, registration
from xinfang_desktop.casework.audit import entries, field_history
from xinfang_desktop.casework.calendar_editing import Imported
from xinfang_desktop.casework.work_calendar import WorkCalendar, work_calendar
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Deadline, Hours, Noted, OfficeHours, Petition
from xinfang_desktop.store.database import Store

DECEMBER = date(2026, 12, 21)
NOTICE = """\
year = 2027
source = "国务院办公厅关于2027年部分节假日安排的通知"
[off]
"2027-01-01..2027-01-06" = "元旦"
"2027-02-05..2027-02-11" = "春节"
"2027-10-01..2027-10-07" = "国庆节"
2027-04-05 = "清明节"
"2027-05-01..2027-05-05" = "劳动节"
2027-06-09 = "端午节"
2027-09-15 = "中秋节"
[work]
2027-02-13 = "春节"
"""


@pytest.fixture
def petition(store: Store) -> Petition:
    """Give a matter whose limits end on 5 January 2027, as long as nothing is announced."""
    later = NOW.replace(month=12, day=21)
    matter = visit(received_on=DECEMBER)
    return store.do(lambda s: registration.register(s, matter, by="王", now=later))[0]


def calendar(store: Store) -> WorkCalendar:
    return store.read(work_calendar)


def limits(store: Store, petition: Petition) -> dict[str, Deadline]:
    def read(session: Session) -> dict[str, Deadline]:
        query = select(Deadline).where(col(Deadline.petition_id) == petition.id)
        return {one.rule: one for one in session.exec(query)}

    return store.read(read)


def take_in(store: Store, text: str = NOTICE) -> Imported:
    return store.do(lambda s: calendar_editing.import_year(s, text, by="王", now=NOW))[0]


def test_a_notice_makes_a_year_known_and_moves_what_it_changes(
    store: Store, petition: Petition
) -> None:
    before = limits(store, petition)["notice"]
    assert (before.due_on, before.provisional) == (date(2027, 1, 5), True)
    done = take_in(store)
    assert (done.year, done.moved, done.missing) == (2027, 2, ())
    after = limits(store, petition)["notice"]
    assert (after.nominal_on, after.due_on) == (date(2027, 1, 5), date(2027, 1, 7))
    assert not after.provisional


def test_the_history_of_a_matter_tells_which_day_became_which(
    store: Store, petition: Petition
) -> None:
    take_in(store)
    assert petition.id is not None
    told = store.read(lambda s: field_history(s, petition.id or 0, viewer=store.viewer))
    found = {(line.title, line.before, line.after) for line in told}
    assert ("期限", "书面告知 2027-01-05", "书面告知 2027-01-07") in found


def test_the_trail_tells_the_year_and_how_many_moved(store: Store, petition: Petition) -> None:
    take_in(store)
    noted = store.read(lambda s: entries(s, viewer=store.viewer, acts=[Noted.SETTINGS]))
    assert [line.detail for line in noted] == ["calendar 2027 2"]


def test_a_file_with_a_wrong_line_changes_nothing(store: Store, petition: Petition) -> None:
    with pytest.raises(OfficeError, match="第12行.*不在2027年.*日历没有改动"):
        take_in(store, NOTICE.replace("2027-02-13", "2028-02-13"))
    assert not calendar(store).is_known(2027)
    assert limits(store, petition)["notice"].due_on == date(2027, 1, 5)


def test_a_notice_taken_in_again_takes_the_place_of_the_first(store: Store) -> None:
    take_in(store)
    take_in(store, NOTICE.replace('2027-06-09 = "端午节"', '2027-06-08 = "端午节"'))
    assert not calendar(store).is_working(date(2027, 6, 8))
    assert calendar(store).is_working(date(2027, 6, 9))


def test_a_day_set_by_hand_goes_before_the_notice_and_outlasts_it(
    store: Store, petition: Petition
) -> None:
    day, by = date(2027, 1, 7), "王"
    act = {"is_working": False, "name": "停电检修", "by": by, "now": NOW}
    store.do(lambda s: calendar_editing.set_day(s, day, **act))  # type: ignore[arg-type]
    take_in(store)
    assert calendar(store).why_off(day) == "停电检修（本单位设置）"
    assert limits(store, petition)["notice"].due_on == date(2027, 1, 8)
    store.do(lambda s: calendar_editing.clear_day(s, day, by=by, now=NOW))
    assert limits(store, petition)["notice"].due_on == date(2027, 1, 7)


def test_a_day_of_the_notice_that_was_set_otherwise_comes_back(store: Store) -> None:
    day, act = date(2026, 10, 10), {"by": "王", "now": NOW}
    set_off = {"is_working": False, "name": "调整", **act}
    store.do(lambda s: calendar_editing.set_day(s, day, **set_off))  # type: ignore[arg-type]
    assert not calendar(store).is_working(day)
    store.do(lambda s: calendar_editing.clear_day(s, day, by="王", now=NOW))
    assert calendar(store).why_worked(day) == "国庆节调休上班"


def test_a_day_without_a_name_or_out_of_reach_is_refused(store: Store) -> None:
    for day, name in ((date(2027, 1, 7), " "), (date(1900, 1, 1), "停电")):
        with pytest.raises(OfficeError, match="日历没有改动"):
            store.do(
                lambda s, day=day, name=name: calendar_editing.set_day(  # type: ignore[misc]
                    s, day, is_working=False, name=name, by="王", now=NOW
                )
            )
    with pytest.raises(OfficeError, match="不是本单位自己设置"):
        store.do(lambda s: calendar_editing.clear_day(s, date(2027, 1, 7), by="王", now=NOW))


def test_the_office_hours_are_kept_and_noted(store: Store) -> None:
    early = Hours(
        morning_from=time(8), morning_to=time(11), afternoon_from=time(13), afternoon_to=time(17)
    )
    hours = OfficeHours(summer=early, winter=early, summer_from=(5, 1))
    store.do(lambda s: calendar_editing.save_office_hours(s, hours, by="王", now=NOW))
    assert calendar(store).hours == hours


def test_hours_out_of_order_are_no_hours() -> None:
    with pytest.raises(ValueError, match="上下班时间要依次"):
        Hours(
            morning_from=time(9),
            morning_to=time(8),
            afternoon_from=time(13),
            afternoon_to=time(17),
        )
    with pytest.raises(ValueError, match="起止日期不存在"):
        OfficeHours(summer_from=(6, 31))


def test_a_year_is_written_as_a_file_that_can_be_taken_in_again(store: Store) -> None:
    take_in(store)
    year = store.read(lambda s: calendar_editing.calendar_year(s, 2027))
    assert {note.name for note in year.days.values()} >= {"元旦", "春节", "国庆节"}


def test_a_summer_over_the_turn_of_the_year_is_summer() -> None:
    hours = OfficeHours(summer_from=(11, 1), summer_to=(3, 31))
    assert hours.on(date(2026, 1, 5)) == hours.summer
    assert hours.on(date(2026, 7, 5)) == hours.winter
