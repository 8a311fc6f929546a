"""What a clerk decides of two matters, and which of them was first."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    TODAY,
    UNCLEARED,
    accusation,
    petitioner,
    visit,
)
from xinfang_desktop.casework import linking
from xinfang_desktop.casework.facts import COUNTED, JOINT, REPEATED, Facts, facts_of, group_visits
from xinfang_desktop.casework.matters import history, links, load_matter
from xinfang_desktop.casework.registration import amend, register, void
from xinfang_desktop.casework.search import execute
from xinfang_desktop.casework.undo import redo, undo
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Channel, Kind, Matter, OfficeProfile, Petition, Relation
from xinfang_desktop.store.database import Store

SAME, PERSON, NOT = Relation.SAME_MATTER, Relation.SAME_PERSON, Relation.UNRELATED


def number(serial: int) -> str:
    return f"镜访〔2026〕{serial}号"


def enter(store: Store, *matters: Matter) -> None:
    for matter in matters:
        store.do(lambda s, m=matter: register(s, m, by=ACCOUNT, now=NOW))  # type: ignore[misc]


def on_days(store: Store, *days: int) -> None:
    """Enter a matter for each of these days of October."""
    enter(store, *(visit(received_on=date(2026, 10, day)) for day in days))


def decide(store: Store, one: int, two: int, relation: Relation | None) -> None:
    store.do(
        lambda s: linking.decide(
            s, number(one), number(two), relation, viewer=CLEARED, by=ACCOUNT, now=NOW
        )
    )


def facts(store: Store, serial: int) -> Facts:
    return store.read(lambda s: facts_of(s, serial, viewer=CLEARED))


def firsts(store: Store) -> dict[int, int | None]:
    with store.reading() as connection:
        return dict(connection.execute("SELECT id, repeat_of FROM petition").fetchall())


def counted(store: Store, condition: str) -> int:
    sql = f"SELECT count(*) FROM petition AS p WHERE {COUNTED} AND ({condition})"
    return int(store.read(lambda s: next(iter(execute(s, sql, ())))[0]))


def test_the_same_matter_again_is_a_repeat_with_its_first_day_and_count(store: Store) -> None:
    on_days(store, 8, 15, 20)
    decide(store, 2, 1, SAME)
    decide(store, 3, 2, SAME)
    assert firsts(store) == {1: None, 2: 1, 3: 1}
    assert facts(store, 3).words == (
        "重复件：第3次，首次2026-10-08，镜访〔2026〕1号",
        "10-20来访，11-22补录，迟录33天",
    )
    assert facts(store, 1).words[0] == "初次件，之后又来2次"
    assert (facts(store, 2).which, facts(store, 2).times) == (2, 3)
    assert counted(store, REPEATED) == 2


def test_what_came_first_was_first_however_late_it_was_entered(store: Store) -> None:
    on_days(store, 15, 8)
    decide(store, 2, 1, SAME)
    assert firsts(store) == {1: 2, 2: None}


def test_a_decision_is_changed_and_taken_back_and_the_history_tells(store: Store) -> None:
    on_days(store, 8, 15)
    for relation in (SAME, PERSON, NOT, None):
        decide(store, 2, 1, relation)
        assert firsts(store)[2] == (1 if relation is SAME else None)
    words = [step.words for step in store.read(lambda s: history(s, 2, viewer=CLEARED))]
    assert words == [
        "",
        "与镜访〔2026〕1号为同一事项",
        "与镜访〔2026〕1号改为同一人另一事项",
        "与镜访〔2026〕1号改为不是同一事项",
        "与镜访〔2026〕1号取消关联",
    ]


def test_deciding_the_same_again_is_no_act(store: Store) -> None:
    on_days(store, 8, 15)
    decide(store, 2, 1, SAME)
    decide(store, 1, 2, SAME)
    assert len(store.read(lambda s: history(s, 1, viewer=CLEARED))) == 1
    assert len(store.read(lambda s: history(s, 2, viewer=CLEARED))) == 2


def test_that_two_matters_are_not_the_same_is_no_link(store: Store) -> None:
    on_days(store, 8, 15)
    decide(store, 2, 1, NOT)
    assert store.read(lambda s: links(s, 2, viewer=CLEARED)) == []
    assert store.read(lambda s: linking.relation_of(s, 1, 2)) is NOT


def test_a_decision_is_undone_and_done_again_with_what_follows(store: Store) -> None:
    on_days(store, 8, 15)
    decide(store, 2, 1, SAME)
    store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))
    assert firsts(store) == {1: None, 2: None}
    store.do(lambda s: redo(s, by=ACCOUNT, now=NOW))
    assert firsts(store) == {1: None, 2: 1}


def test_a_void_first_leaves_the_next_as_the_first(store: Store) -> None:
    on_days(store, 8, 15, 20)
    decide(store, 2, 1, SAME)
    decide(store, 3, 1, SAME)
    store.do(lambda s: void(s, number(1), reason="错", by=ACCOUNT, now=NOW))
    assert firsts(store) == {1: None, 2: None, 3: 2}
    store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))
    assert firsts(store) == {1: None, 2: 1, 3: 1}


def test_another_day_of_arrival_may_make_another_the_first(store: Store) -> None:
    on_days(store, 8, 15)
    decide(store, 2, 1, SAME)
    matter = store.read(lambda s: load_matter(s, number(1), viewer=CLEARED))
    matter.petition.received_on = date(2026, 10, 20)
    store.do(lambda s: amend(s, matter, by=ACCOUNT, now=NOW))
    assert firsts(store) == {1: 2, 2: None}


def test_what_was_decided_of_a_draft_is_kept_when_it_is_registered(store: Store) -> None:
    on_days(store, 8, 9, 10)
    again = visit()
    again.decisions = {number(1): SAME, number(2): PERSON, number(3): NOT}
    enter(store, again)
    kept = {end: store.read(lambda s, e=end: linking.relation_of(s, 4, e)) for end in (1, 2, 3)}  # type: ignore[misc]
    assert kept == {1: SAME, 2: PERSON, 3: NOT}
    assert firsts(store)[4] is None or firsts(store)[4] == 1


def test_an_accusation_is_linked_with_nothing_that_is_open(store: Store) -> None:
    enter(store, accusation(), visit(), accusation())
    with pytest.raises(OfficeError, match="不与其他事项关联"):
        decide(store, 2, 1, SAME)
    with pytest.raises(OfficeError, match="没有查看权限"):
        store.do(
            lambda s: linking.decide(
                s, number(3), number(1), SAME, viewer=UNCLEARED, by="李", now=NOW
            )
        )
    decide(store, 3, 1, SAME)
    assert firsts(store) == {1: None, 2: None, 3: 1}


def test_a_draft_that_became_an_accusation_takes_no_decision_across(store: Store) -> None:
    on_days(store, 8)
    sealed = accusation()
    sealed.decisions = {number(1): SAME}
    enter(store, sealed)
    assert store.read(lambda s: links(s, 2, viewer=CLEARED)) == []


def test_a_matter_that_becomes_an_accusation_leaves_the_chain_and_is_not_named(
    store: Store,
) -> None:
    on_days(store, 8, 15)
    decide(store, 2, 1, SAME)
    matter = store.read(lambda s: load_matter(s, number(1), viewer=CLEARED))
    matter.petition.kind = Kind.ACCUSATION
    store.do(lambda s: amend(s, matter, by=ACCOUNT, now=NOW))
    assert firsts(store) == {1: None, 2: None}
    assert store.read(lambda s: links(s, 2, viewer=UNCLEARED)) == []
    assert len(store.read(lambda s: links(s, 2, viewer=CLEARED))) == 1


def test_numbers_that_are_not_there_are_refused(store: Store) -> None:
    on_days(store, 8)
    with pytest.raises(OfficeError, match="没有找到"):
        decide(store, 1, 9, SAME)
    with pytest.raises(OfficeError, match="不能与自己关联"):
        decide(store, 1, 1, SAME)


@pytest.mark.parametrize(
    ("matter", "told", "condition"),
    [
        (visit(headcount=5), "集体访", group_visits(OfficeProfile())),
        (visit(headcount=5, channel=Channel.LETTER), "联名", JOINT),
        (visit(headcount=5, channel=Channel.ONLINE), "联名", JOINT),
        (visit(bypassing=True), "越级走访", "p.bypassing"),
        (visit(former_number="2025-17"), "原编号 2025-17", "p.former_number <> ''"),
    ],
)
def test_a_fact_is_told_and_counted(
    store: Store, matter: Matter, told: str, condition: str
) -> None:
    enter(store, matter, visit(headcount=4), visit(headcount=4, channel=Channel.LETTER))
    assert told in facts(store, 1).words
    assert told not in facts(store, 2).words
    assert counted(store, condition) == 1


def test_an_ordinary_matter_of_today_has_nothing_to_be_told(store: Store) -> None:
    enter(store, visit(received_on=TODAY), visit(received_on=None))
    assert facts(store, 1).words == facts(store, 2).words == ()


def test_a_late_entry_over_the_year_tells_both_years(store: Store) -> None:
    enter(store, visit(received_on=TODAY - timedelta(days=400), channel=Channel.LETTER))
    assert facts(store, 1).words == ("2025-10-18收到，2026-11-22补录，迟录400天",)


def slowly(links_made: list[tuple[int, int]], days: dict[int, int]) -> dict[int, int | None]:
    """Work the chains out by painting every matter with its smallest neighbour, over and over."""
    colour = {serial: serial for serial in days}
    for _ in days:
        for one, two in links_made:
            colour[one] = colour[two] = min(colour[one], colour[two])
    found: dict[int, int | None] = {}
    for serial in days:
        chain = [other for other in days if colour[other] == colour[serial]]
        first = min(chain, key=lambda one: (days[one], one))
        found[serial] = None if first == serial else first
    return found


PAIRS = st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=15)
@given(
    days=st.lists(st.integers(1, 9), min_size=6, max_size=6),
    made=st.lists(st.tuples(PAIRS, st.sampled_from([SAME, SAME, NOT, None])), max_size=8),
)
def test_whatever_is_decided_in_whatever_order_the_first_is_the_first(
    store: Store, days: list[int], made: list[tuple[tuple[int, int], Relation | None]]
) -> None:
    """All in one transaction that is given up, so that every example finds an empty store."""

    def work(session: Session) -> dict[int, int | None]:
        ids = [
            register(session, visit(received_on=date(2026, 10, day)), by=ACCOUNT, now=NOW)
            for day in days
        ]
        for (one, two), relation in made:
            linking.note_decision(
                session, ids[one - 1], ids[two - 1], relation, by=ACCOUNT, now=NOW
            )
        session.expire_all()
        base = (ids[0].id or 1) - 1
        return {
            (petition.id or 0) - base: petition.repeat_of and petition.repeat_of - base
            for petition in session.exec(select(Petition))
        }

    class GiveUp(Exception):
        pass

    def given_up(session: Session) -> None:
        found.update(work(session))
        raise GiveUp

    found: dict[int, int | None] = {}
    with pytest.raises(GiveUp):
        store.do(given_up)
    last: dict[tuple[int, int], Relation | None] = {}
    for (one, two), relation in made:
        last[max(one, two), min(one, two)] = relation
    same = [pair for pair, relation in last.items() if relation is SAME]
    assert found == slowly(same, dict(enumerate(days, start=1)))


def test_the_oldest_of_a_chain_is_found_by_people_too(store: Store) -> None:
    enter(store, visit(petitioner(name="甲")), visit(petitioner(name="乙")))
    decide(store, 2, 1, SAME)
    assert facts(store, 2).first_number == number(1)
