"""The time line: every step once, what it said, what was changed by hand, the papers between."""

from datetime import timedelta
from typing import Any

import pytest

from tests.helpers.office import CLEARED, NOW, UNCLEARED, accusation
from tests.helpers.way import TO_FOLLOW_UP, TO_HANDLING, Walk
from xinfang_desktop.casework import paper_states, papers, registration, time_line
from xinfang_desktop.casework.time_line import Entry
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.issuing import makers
from xinfang_desktop.models import Action, PaperState, Satisfaction, SourceLevel
from xinfang_desktop.store.database import Store

A = Action
DISSATISFIED: dict[str, Any] = {"satisfaction": Satisfaction.DISSATISFIED}


def entries(walk: Walk) -> list[Entry]:
    return walk.store.read(lambda s: time_line.time_line(s, walk.id, viewer=CLEARED))


def acts(walk: Walk) -> list[Action | None]:
    return [entry.step.action if entry.step else None for entry in entries(walk)]


def entry_of(walk: Walk, action: Action) -> Entry:
    return next(one for one in entries(walk) if one.step and one.step.action is action)


def test_the_latest_stands_first_and_what_was_taken_back_stays(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN, A.SUBMIT)
    walk.take_back()
    assert acts(walk) == [A.TAKE_BACK, A.SUBMIT, A.SIGN_IN, A.REGISTER]
    assert [one.is_taken_back for one in entries(walk)] == [False, True, False, False]
    assert [one.is_of_the_way for one in entries(walk)] == [False, True, True, False]


def test_where_papers_went_stands_in_one_line_for_all_that_went_together(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN)
    made = makers(FORMS)
    ids = [
        store.do(
            lambda s, form=form: (  # type: ignore[misc]
                papers.issue(s, store.vault, made[form], walk.matter, viewer=CLEARED, now=NOW).paper
            )
        )[0].id
        or 0
        for form in ("process_sheet_2211", "visit_registration")
    ]
    later = NOW + timedelta(hours=1)
    store.do(
        lambda s: paper_states.move(
            s, ids, PaperState.SENT, viewer=CLEARED, now=later, holder="钱主任"
        )
    )
    moved = entries(walk)[0].moved
    assert moved is not None
    assert (moved.state, moved.holder, moved.on) == (PaperState.SENT, "钱主任", NOW.date())
    assert {paper.form for paper in moved.papers} == {"process_sheet_2211", "visit_registration"}
    assert [one.moved for one in entries(walk)[1:]] == [None] * (len(entries(walk)) - 1)


def test_an_act_tells_what_it_said_under_the_names_of_its_own_blanks(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.PROPOSE)
    told = {one.title: one.value for one in entry_of(walk, A.PROPOSE).told}
    assert told == {
        "处理（答复）意见及结论": "已清淤，水渠恢复通水。",
        "事项承办人": "周承办",
    }
    assign = entry_of(walk, A.ASSIGN)
    assert (assign.told, assign.changes) == ((), ())
    assert assign.step and assign.step.body == "建设管理部"


def test_a_follow_up_tells_how_the_petitioner_rated_it(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP, **DISSATISFIED)
    told = {one.title: one.value for one in entry_of(walk, A.FOLLOW_UP).told}
    assert told["信访人意见（对信访办）"] is Satisfaction.DISSATISFIED


def test_what_was_changed_by_hand_is_told_from_what_to_what(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN)
    matter = walk.matter
    matter.petitioner.phone = "13900005678"
    later = NOW + timedelta(minutes=5)
    store.do(lambda session: registration.amend(session, matter, by="王", now=later))
    first = entries(walk)[0]
    assert first.step and first.step.action is A.AMEND
    assert [(one.before, one.after) for one in first.changes] == [("13800001234", "13900005678")]


def test_papers_stand_between_the_steps(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN)
    maker, later = makers(FORMS)["process_sheet_2211"], NOW + timedelta(minutes=1)
    store.do(
        lambda session: papers.issue(
            session, store.vault, maker, walk.matter, viewer=CLEARED, now=later
        )
    )
    walk.now = NOW + timedelta(minutes=2)
    walk.do(A.SUBMIT)
    assert acts(walk) == [A.SUBMIT, None, A.SIGN_IN, A.REGISTER]
    paper = entries(walk)[1].paper
    assert paper is not None and paper.number == "2211〔2026〕1号"


def test_rounds_of_asking_back_are_counted_and_can_be_looked_at_again(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP, **DISSATISFIED)
    walk.do(A.VERIFY, A.ASSIGN_VERIFICATION, A.ACCOUNT, A.ISSUE_ACCOUNT)
    walk.do(A.FOLLOW_UP, satisfaction=Satisfaction.SATISFIED)
    rounds = {(e.step.action, e.round) for e in entries(walk) if e.step and e.round}
    assert rounds == {
        (A.FOLLOW_UP, 1),
        (A.VERIFY, 1),
        (A.ASSIGN_VERIFICATION, 1),
        (A.ACCOUNT, 1),
        (A.ISSUE_ACCOUNT, 1),
        (A.FOLLOW_UP, 2),
    }
    assert store.read(lambda s: time_line.rounds_of(s, walk.id, viewer=CLEARED)) == [1, 2]
    first = store.read(lambda s: time_line.in_round(s, walk.id, 1, viewer=CLEARED))
    assert first.follow_up.satisfaction is Satisfaction.DISSATISFIED
    assert first.verification.requirement == "核实清淤是否到位。"
    assert walk.matter.follow_up.satisfaction is Satisfaction.SATISFIED


def test_an_accusations_time_line_is_for_the_cleared(store: Store) -> None:
    walk = Walk(store, accusation(source_level=SourceLevel.SUPERIOR))
    for ask in (time_line.time_line, time_line.rounds_of):
        with pytest.raises(OfficeError, match="没有查看权限"):
            store.read(lambda s, ask=ask: ask(s, walk.id, viewer=UNCLEARED))  # type: ignore[misc]
    with pytest.raises(OfficeError, match="没有查看权限"):
        store.read(lambda s: time_line.in_round(s, walk.id, 1, viewer=UNCLEARED))
