"""What is offered by itself: the act to do next, the papers of a matter, the usual words."""

from datetime import date
from typing import Any

from tests.helpers.office import CLEARED, visit
from tests.helpers.way import TO_FOLLOW_UP, TO_HANDLING, Walk, from_superior
from xinfang_desktop.casework import guiding, handling
from xinfang_desktop.casework.conditions import Facts
from xinfang_desktop.casework.flows import ACTS
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.models import Action, Channel, Kind, Satisfaction, Stage
from xinfang_desktop.store.database import Store

A = Action


def facts(walk: Walk) -> Facts:
    return walk.store.read(lambda session: handling.facts_of(session, walk.matter))


def following(walk: Walk) -> Action | None:
    found = guiding.next_offer(walk.offers, facts(walk))
    return found.action if found else None


def papers(walk: Walk) -> tuple[str, ...]:
    return guiding.papers_of(facts(walk), walk.offers)


# the next act


def test_the_next_act_of_the_flow_comes_next(store: Store) -> None:
    walk = Walk(store)
    assert following(walk) is A.SIGN_IN
    walk.do(*TO_HANDLING)
    assert following(walk) is A.PROPOSE


def test_what_clears_the_way_comes_before_what_is_barred(store: Store) -> None:
    walk = Walk(store, from_superior(kind=None, route=None))
    walk.do(A.SIGN_IN)
    assert following(walk) is A.CLASSIFY
    walk.do(A.CLASSIFY)
    assert following(walk) is A.SUBMIT
    walk.do(A.SUBMIT, A.ASSIGN, A.PROPOSE, A.REVIEW_MATTER, A.REVIEW_PETITION)
    assert following(walk) is A.ACCEPT
    walk.do(A.ACCEPT)
    assert following(walk) is A.CONCLUDE


def test_every_way_that_is_cleared_is_cleared_by_an_act() -> None:
    for name, actions in guiding._CLEARS.items():
        assert any(name in act.needs for act in ACTS.values()), name
        assert set(actions) <= set(ACTS)


def test_an_act_says_where_it_leads(store: Store) -> None:
    walk = Walk(store)
    assert guiding.leads_to(A.SIGN_IN, facts(walk)) is Stage.SIGNED_IN
    assert guiding.leads_to(A.CLASSIFY, facts(walk)) is None


# papers


def test_a_visitors_paper_is_the_registration_form_and_all_else_lives_on_the_sheet(
    store: Store,
) -> None:
    assert guiding.own_paper(facts(Walk(store, visit()))) == "visit_registration"
    assert guiding.own_paper(facts(Walk(store))) == "process_sheet_2211"
    call = Walk(store, visit(channel=Channel.PHONE))
    assert guiding.own_paper(facts(call)) == "process_sheet_2211"


def test_papers_follow_the_matter(store: Store) -> None:
    walk = Walk(store)
    assert "handling_opinion" not in papers(walk)
    assert papers(walk)[0] == "process_sheet_2211"
    walk.do(*TO_HANDLING)
    assert {"handling_opinion", "liaison_letter", "extension_notice"} & set(papers(walk)) == {
        "handling_opinion",
        "liaison_letter",
    }
    walk.do(A.ACCEPT)
    assert "extension_notice" in papers(walk)
    assert set(papers(walk)) < set(FORMS)


def test_a_suggestion_is_never_answered_by_a_handling_opinion(store: Store) -> None:
    walk = Walk(store, from_superior(kind=Kind.SUGGESTION, route=None))
    walk.do(*TO_HANDLING)
    assert "handling_opinion" not in papers(walk)
    assert guiding.papers_of_act(ACTS[A.REPLY], facts(walk)) == ("proof_of_service",)


def test_papers_of_what_was_done_stay_with_the_matter(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.TRANSFER)
    assert {"referral_letter", "reception_notice"} <= set(papers(walk))


# who, and in what words


def test_what_the_desk_does_is_done_by_the_account_and_no_leader_is_guessed(
    store: Store,
) -> None:
    walk = Walk(store)
    assert guiding.usual_by(ACTS[A.SIGN_IN], facts(walk), CLEARED) == CLEARED.name
    assert guiding.usual_by(ACTS[A.ASSIGN], facts(walk), CLEARED) == ""


def test_a_review_is_decided_by_whom_it_was_asked_of(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP, A.REQUEST_REVIEW)
    assert guiding.usual_by(ACTS[A.DECIDE_REVIEW], facts(walk), CLEARED) == "市人民政府"


def test_a_verification_begins_with_what_the_petitioner_said(store: Store) -> None:
    walk = Walk(store)
    said: dict[str, Any] = {
        "satisfaction": Satisfaction.MOSTLY_SATISFIED,
        "body_satisfaction": Satisfaction.DISSATISFIED,
        "remarks": "东头没有清。",
    }
    walk.do(*TO_FOLLOW_UP, on=date(2026, 10, 12), **said)
    assert following(walk) is A.VERIFY
    words = guiding.usual_words(A.VERIFY, facts(walk))["requirement"]
    assert words.startswith("10月12日回访，信访人对责任单位不满意。\n信访人说：东头没有清。\n")
    assert "是否属实" in words


def test_a_leaders_words_are_never_made_up(store: Store) -> None:
    for action, key in guiding._USUAL_WORDS:
        assert not guiding.is_leaders(ACTS[action]), (action, key)
        assert key in {ask.key for ask in ACTS[action].asks}
