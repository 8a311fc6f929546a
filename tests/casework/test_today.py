"""The page of the day: a figure is exactly the list it opens; each matter stands once, in order."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from tests.helpers.day import (
    DISSATISFIED,
    LATER,
    OLD,
    OUT,
    SEALED,
    TO_ASK,
    TO_REPLY,
    entered,
)
from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    PASSWORD,
    TODAY,
    UNCLEARED,
    Office,
    accusation,
    petitioner,
    visit,
)
from xinfang_desktop.casework import search
from xinfang_desktop.casework.drafts import save_draft
from xinfang_desktop.casework.registration import register, void
from xinfang_desktop.casework.today import (
    LISTS,
    Count,
    Reminder,
    WorkLine,
    counts,
    quiet_counts,
    reminder,
    work,
)
from xinfang_desktop.models import Action, Viewer
from xinfang_desktop.store.database import Store, open_store


def figures(store: Store, viewer: Viewer = CLEARED, today: date = TODAY) -> dict[str, Count]:
    found = store.read(
        lambda s: (*counts(s, today, viewer=viewer), *quiet_counts(s, today, viewer=viewer))
    )
    return {count.key: count for count in found}


def lines(store: Store, today: date = TODAY, viewer: Viewer = CLEARED) -> list[WorkLine]:
    return store.read(lambda s: work(s, today, viewer=viewer))


@pytest.fixture(scope="module")
def busy(busy_office: Office) -> Iterator[Store]:
    """Give an office with something in every list of the day, to be looked at only."""
    store = open_store(busy_office.folder, password=PASSWORD)
    yield store
    store.close()


def test_an_empty_office_has_nothing_to_do(store: Store) -> None:
    assert {count.number for count in figures(store).values()} == {0}
    assert lines(store) == []


def test_there_are_seven_figures_at_most(store: Store) -> None:
    keys = [count.key for count in store.read(lambda s: counts(s, TODAY, viewer=CLEARED))]
    assert keys == [*(one.key for one in LISTS), "drafts"]
    assert len(keys) <= 7


@pytest.mark.parametrize("today", [TODAY, LATER, TODAY + timedelta(days=30)])
@pytest.mark.parametrize("viewer", [CLEARED, UNCLEARED])
def test_every_figure_opens_exactly_the_matters_it_counts(
    busy: Store, today: date, viewer: Viewer
) -> None:
    read = figures(busy, viewer, today)
    shown: dict[str, set[int]] = {}
    for count in read.values():
        if count.key != "drafts":
            opened = busy.read(lambda s, c=count: search.find(s, viewer=viewer, **c.filter))  # type: ignore[misc]
            assert len(opened) == len(set(opened)) == count.number, count.title
            shown[count.key] = set(opened)
    listed = lines(busy, today, viewer)
    assert {line.petition_id for line in listed} == set().union(*(shown[o.key] for o in LISTS))
    for line in listed:
        assert line.petition_id in shown[line.key]
        titles = {read[key].title for key, ids in shown.items() if line.petition_id in ids}
        assert set(line.also) <= titles


def test_the_busy_office_has_something_in_every_list(busy: Store) -> None:
    some = {
        key
        for today in (TODAY, LATER)
        for key, count in figures(busy, today=today).items()
        if count.number
    }
    assert {one.key for one in LISTS} <= some


def test_a_matter_stands_once_where_it_is_most_pressing(busy: Store) -> None:
    listed = lines(busy, LATER)
    assert len({line.petition_id for line in listed}) == len(listed)
    order = [one.key for one in LISTS]
    places = [order.index(line.key) for line in listed]
    assert places == sorted(places)
    late = [line.item.due_on for line in listed if line.key == "overdue" and line.item]
    assert late == sorted(late) and len(late) > 1


def test_each_line_says_what_is_next_and_who_does_it(busy: Store) -> None:
    steps = {line.number: (line.next_step, line.is_ours) for line in lines(busy, LATER)}
    assert steps[OLD] == ("送交办签批", True)
    assert steps[TO_ASK] == ("回访", True)
    assert steps[OUT] == ("事项承办人提出处理意见", False)
    assert steps[DISSATISFIED] == ("不满意核实", True)


def test_calls_in_vain_are_counted_where_asking_back_is_next(store: Store) -> None:
    entered(store).do(*TO_REPLY, Action.CALL_IN_VAIN, Action.CALL_IN_VAIN, on=TODAY)
    [line] = lines(store)
    assert line.next_step == "回访（已打2次）"


def test_the_limit_that_presses_is_told_with_its_day_and_how_many_others_press(
    busy: Store,
) -> None:
    line = lines(busy)[0]
    assert line.item is not None
    assert (line.key, line.item.left.startswith("超期")) == ("overdue", True)
    assert line.limit == f"{line.item.title}等{line.pressing}项"


def test_a_paper_that_is_out_is_told_with_its_days_and_hands(busy: Store) -> None:
    [line] = [one for one in lines(busy, LATER) if one.number == OUT]
    assert line.waits == "送签3天，在钱主任处"
    assert figures(busy)["papers_late"].number == 0


def test_the_list_is_the_same_for_everybody_and_tells_nothing_of_an_accusation(
    busy: Store,
) -> None:
    assert lines(busy, viewer=CLEARED) == lines(busy, viewer=UNCLEARED)
    [line] = [one for one in lines(busy) if one.sealed]
    assert (line.names, line.body, line.claim_start) == ("", "", "检举控告（保密）")
    assert line.next_step == "由有权限的账户办理"


def test_of_many_the_most_pressing_are_given(busy: Store) -> None:
    some = busy.read(lambda s: work(s, LATER, viewer=CLEARED, most=2))
    assert some == lines(busy, LATER)[:2]


def test_figures_that_press_nobody_open_their_matters_too(store: Store) -> None:
    for number, ago in enumerate([0, 0, 1, 21, 22, 400]):
        now = NOW - timedelta(days=ago)
        matter = visit(claim="" if number % 2 else "要求修渠。", received_on=now.date())
        store.do(lambda s, matter=matter, now=now: register(s, matter, by=ACCOUNT, now=now))  # type: ignore[misc]
    store.do(lambda s: void(s, "镜访〔2026〕2号", reason="错登", by=ACCOUNT, now=NOW))
    read = figures(store)
    assert [read[key].number for key in ("today", "month", "gaps")] == [1, 3, 2]


def test_drafts_are_counted_for_whoever_may_see_them(store: Store) -> None:
    for matter in (visit(), accusation()):
        store.do(lambda s, m=matter: save_draft(s, "visit_registration", m, draft_id=None, now=NOW))  # type: ignore[misc]
    assert figures(store, CLEARED)["drafts"].number == 2
    assert figures(store, UNCLEARED)["drafts"].number == 1


def test_the_last_minute_of_a_day_belongs_to_it(store: Store) -> None:
    late = NOW.replace(hour=23, minute=59, second=59)
    store.do(lambda session: register(session, visit(), by=ACCOUNT, now=late))
    assert figures(store)["today"].number == 1
    assert figures(store, today=TODAY + timedelta(days=1))["today"].number == 0


# the text for the messenger


def reminded(store: Store, chosen: Sequence[str], today: date = LATER) -> Reminder:
    wanted = [line for line in lines(store, today) if line.number in chosen]
    return reminder(wanted, today)


def test_a_reminder_names_number_body_what_and_until_when(busy: Store) -> None:
    told = reminded(busy, [OUT])
    assert told.told == 1
    head, line = told.text.split("\n")
    assert head == "【信访催办】2026年11月25日"
    assert line.startswith(f"{OUT}（建设管理部）：请事项承办人提出处理意见；")
    assert line.endswith("送签3天，在钱主任处。")


def test_several_lines_make_one_text(busy: Store) -> None:
    told = reminded(busy, [OLD, OUT])
    assert [line[:3] for line in told.text.split("\n")] == ["【信访", "1. ", "2. "]


def test_a_reminder_tells_nobody_and_nothing_of_an_accusation(busy: Store) -> None:
    told = reminder(lines(busy, LATER), LATER)
    person = petitioner()
    for word in (person.name, person.document_number, person.phone, person.address, "水渠"):
        assert word not in told.text
    assert SEALED not in told.text
    assert told.left_out == 1
    only_sealed = reminder([line for line in lines(busy) if line.sealed], LATER)
    assert (only_sealed.text, only_sealed.told, only_sealed.left_out) == ("", 0, 1)


def test_voiding_a_matter_takes_it_out_of_the_day(store: Store) -> None:
    entered(store, ago=40)
    [first] = lines(store)
    store.do(lambda s: void(s, first.number, reason="错登", by=ACCOUNT, now=NOW))
    assert lines(store) == []
