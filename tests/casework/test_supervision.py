"""督办和会商: every ground finds its matter, and a list is what it counts."""

from datetime import date, timedelta

import pytest

from tests.helpers.office import ACCOUNT, CLEARED, NOW, TODAY, UNCLEARED, accusation
from tests.helpers.way import DAY, TO_FOLLOW_UP, TO_HANDLING, Walk, from_superior
from xinfang_desktop.casework import registration, supervision
from xinfang_desktop.models import Action, Relation, Satisfaction
from xinfang_desktop.store.database import Store

A = Action
BAD = Satisfaction.DISSATISFIED


def numbers(store: Store, key: str, on: date = TODAY) -> list[str]:
    lines = store.read(lambda s: supervision.lines(s, key, on, viewer=CLEARED))
    counted = store.read(lambda s: supervision.counts(s, on, viewer=CLEARED))
    assert counted[key] == len(lines)
    return [line.number for line in lines]


def why(store: Store, on: date = TODAY) -> str:
    [line] = store.read(lambda s: supervision.lines(s, "to_supervise", on, viewer=CLEARED))
    return line.why


def test_a_matter_that_is_handled_in_time_needs_no_supervision(store: Store) -> None:
    Walk(store).do(*TO_HANDLING, A.ACCEPT)
    assert numbers(store, "to_supervise", DAY + timedelta(days=5)) == []


def test_a_matter_past_its_limit_is_proposed(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.ACCEPT, A.PROPOSE)
    assert numbers(store, "to_supervise", date(2027, 1, 20)) == [walk.number]
    assert "超过期限" in why(store, date(2027, 1, 20))


def test_half_the_time_without_a_word_is_told(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.ACCEPT)
    assert "期限过半" in why(store, DAY + timedelta(days=40))
    walk.do(A.CONSULT, on=DAY + timedelta(days=20))
    assert numbers(store, "to_supervise", DAY + timedelta(days=40)) == []


def test_what_was_given_back_and_lies_is_told(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.INFORM, A.RETURN)
    assert numbers(store, "to_supervise", DAY + timedelta(days=3)) == []
    assert why(store, DAY + timedelta(days=10)) == "退单后5个工作日没有重新交办"


def test_who_comes_again_while_it_is_handled_is_a_ground(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.INFORM)
    again = from_superior(received_on=DAY + timedelta(days=2), superior_number="")
    store.do(
        lambda session: registration.register(
            session,
            again,
            by=ACCOUNT,
            now=NOW,
            relates_to=walk.number,
            relation=Relation.SAME_MATTER,
        )
    )
    assert "再次反映" in why(store, DAY + timedelta(days=3))


def test_who_is_dissatisfied_after_a_verification_is_a_ground(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP, satisfaction=BAD)
    walk.do(A.VERIFY, A.ASSIGN_VERIFICATION, A.ACCOUNT, A.ISSUE_ACCOUNT)
    walk.do(A.FOLLOW_UP, satisfaction=BAD)
    assert "仍不满意" in why(store, DAY + timedelta(days=1))


def test_a_supervision_moves_it_to_the_next_list_until_feedback(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.ACCEPT)
    walk.do(A.SUPERVISE, on=date(2026, 11, 10))
    assert numbers(store, "supervised") == [walk.number]
    [line] = store.read(lambda s: supervision.lines(s, "supervised", NOW.date(), viewer=CLEARED))
    assert line.why == "11月10日督办：请三日内办理。"
    assert line.until == "还有3天"
    walk.do(A.FEED_BACK, on=date(2026, 11, 12))
    assert numbers(store, "supervised") == []


def test_what_was_handed_in_waits_for_the_weekly_consultation(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.CONSULT)
    assert numbers(store, "consulting") == [walk.number]
    walk.do(A.CONSULTED)
    assert numbers(store, "consulting") == []
    walk.take_back()
    assert numbers(store, "consulting") == [walk.number]


@pytest.mark.parametrize("viewer", [CLEARED, UNCLEARED])
def test_an_accusation_stands_there_by_its_number(store: Store, viewer: object) -> None:
    walk = Walk(store, accusation())
    walk.do(A.CONSULT, words="密事一件")
    [line] = store.read(lambda s: supervision.lines(s, "consulting", NOW.date(), viewer=UNCLEARED))
    assert line.number == walk.number
    assert line.claim_start == "检举控告（保密）"
    assert "密事" not in str(line)


def test_every_ground_says_what_it_rests_on() -> None:
    assert all(ground.basis.startswith("条例") for ground in supervision.GROUNDS)
