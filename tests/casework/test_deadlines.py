"""The limits of a matter are what its dates and acts make them, and nothing else."""

from datetime import date, datetime, time
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.helpers.books import BY_PETITION, RECEIVED, SUPERIOR, Books
from tests.helpers.office import NOW, accusation, petitioner, visit
from xinfang_desktop.casework import registration, undo
from xinfang_desktop.casework.deadlines import latest_extension
from xinfang_desktop.casework.limit_editing import switch_rule
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Action,
    Bearer,
    FollowUp,
    Kind,
    MediationTier,
    Petition,
    Route,
    Satisfaction,
    Stage,
    Step,
)
from xinfang_desktop.store.database import Store


@pytest.fixture
def books(store: Store) -> Books:
    """Give empty books."""
    return Books(store)


# what runs


def test_a_matter_brought_directly_is_to_be_routed_and_answered_in_writing(books: Books) -> None:
    limits = books.enter().limits
    assert set(limits) == {"route", "notice", "same_day"}
    notice = limits["notice"]
    assert (notice.started_on, notice.nominal_on) == (RECEIVED, date(2026, 10, 2))
    assert (notice.due_on, notice.alarm_on) == (date(2026, 10, 8), date(2026, 9, 30))
    assert limits["same_day"].due_on == RECEIVED


def test_a_matter_handed_down_may_be_objected_to_for_five_working_days(books: Books) -> None:
    limits = books.enter(received_on=date(2026, 9, 18), **SUPERIOR).limits
    assert set(limits) == {"notice_handed_down", "objection", "same_day"}
    assert limits["objection"].due_on == date(2026, 9, 24)
    assert limits["objection"].bearer is Bearer.OPTION


@pytest.mark.parametrize(
    "unclear", [{"anonymous": True}, {"name": ""}, {"address": "", "unit": ""}]
)
def test_nobody_is_to_be_told_whose_name_or_address_is_not_clear(
    books: Books, unclear: dict[str, Any]
) -> None:
    person = petitioner(**{"name": "甲", **unclear})
    assert "notice" not in books.enter(visit(person, received_on=RECEIVED)).limits


def test_a_notice_is_due_once_the_address_is_known(books: Books) -> None:
    books.enter(visit(petitioner(address=""), received_on=RECEIVED))

    def find_out(session: Session, petition: Petition) -> None:
        from xinfang_desktop.casework.matters import petitioners_of

        assert petition.id is not None
        petitioners_of(session, petition.id)[0].address = "灵芝街道"

    assert "notice" in books.do(find_out).limits


@pytest.mark.parametrize(
    "action", [Action.INFORM, Action.ACCEPT, Action.REFER, Action.REFUSE, Action.TRANSFER]
)
def test_every_written_notice_ends_the_fifteen_days(books: Books, action: Action) -> None:
    books.enter().act(action, date(2026, 9, 25))
    assert books.limits["notice"].done_on == date(2026, 9, 25)


def test_the_sixty_days_run_from_acceptance_and_roll_over_the_holiday(books: Books) -> None:
    books.enter(received_on=date(2026, 8, 3), **BY_PETITION).act(Action.ACCEPT, date(2026, 8, 5))
    conclude = books.limits["conclude"]
    assert (conclude.started_on, conclude.nominal_on) == (date(2026, 8, 5), date(2026, 10, 4))
    assert conclude.due_on == date(2026, 10, 8)


def test_a_day_of_acceptance_that_is_typed_starts_them_as_well(books: Books) -> None:
    books.enter(received_on=date(2026, 8, 3), accepted_on=date(2026, 8, 5), **BY_PETITION)
    assert books.limits["conclude"].due_on == date(2026, 10, 8)


def test_a_day_that_is_corrected_in_the_matter_holds(books: Books) -> None:
    books.enter(received_on=date(2026, 8, 3), **BY_PETITION).act(Action.ACCEPT, date(2026, 8, 5))
    books.write(accepted_on=date(2026, 8, 6))
    assert [one.started_on for one in books.all if one.rule == "conclude"] == [date(2026, 8, 6)]


@pytest.mark.parametrize(
    "other", [{"route": Route.JUDICIAL}, {"route": Route.DUTY}, {"kind": Kind.SUGGESTION}]
)
def test_the_sixty_days_are_for_petition_procedure_only(
    books: Books, other: dict[str, Any]
) -> None:
    books.enter(accepted_on=RECEIVED, **other)
    assert "conclude" not in books.limits


def test_an_accusation_is_not_concluded_in_sixty_days(books: Books) -> None:
    books.enter(accusation(received_on=RECEIVED, accepted_on=RECEIVED))
    assert "conclude" not in books.limits


def test_returning_an_item_takes_three_working_hours(books: Books) -> None:
    books.enter(received_on=date(2026, 10, 9)).act(Action.ASSIGN, date(2026, 10, 9), time(16))
    limit = books.limits["return_item"]
    assert (limit.due_on, limit.due_at) == (date(2026, 10, 10), time(10, 30))
    assert limit.bearer is Bearer.OPTION


def test_an_act_recorded_another_day_has_no_time_of_day(books: Books) -> None:
    later = datetime(2026, 10, 12, 16)
    books.enter(received_on=date(2026, 10, 9))
    books.act(Action.ASSIGN, date(2026, 10, 9), recorded_at=later)
    assert books.limits["return_item"].due_at == time(11, 30)


def test_a_day_that_an_act_sets_is_its_limit(books: Books) -> None:
    books.enter(**SUPERIOR)
    books.act(Action.SIGN_IN, RECEIVED, until_on=date(2026, 11, 20))
    books.act(Action.HAND_OVER, date(2026, 9, 18), until_on=date(2026, 10, 31))
    assert books.limits["handed_down"].due_on == date(2026, 11, 20)
    assert books.limits["handed_over"].due_on == date(2026, 11, 2)  # 31st is a Saturday
    assert books.limits["handed_over"].nominal_on == date(2026, 10, 31)


def test_without_a_day_that_is_set_there_is_no_such_limit(books: Books) -> None:
    books.enter(**SUPERIOR).act(Action.SIGN_IN, RECEIVED)
    assert "handed_down" not in books.limits


def test_supervision_is_answered_in_fifteen_days_each_time(books: Books) -> None:
    books.enter().act(Action.SUPERVISE, date(2026, 10, 9))
    books.act(Action.FEED_BACK, date(2026, 10, 20)).act(Action.SUPERVISE, date(2026, 11, 2))
    found = [(one.due_on, one.done_on) for one in books.all if one.rule == "supervision"]
    assert found == [
        (date(2026, 10, 26), date(2026, 10, 20)),
        (date(2026, 11, 17), None),
    ]


def test_a_leader_who_mediates_has_five_working_days(books: Books) -> None:
    tier = MediationTier
    books.enter().act(Action.MEDIATE, date(2026, 9, 18), outcome=tier.DEPARTMENT_LEADER.value)
    assert books.limits["mediation_lead"].due_on == date(2026, 9, 24)
    books.act(Action.END_MEDIATION, date(2026, 9, 22))
    books.act(Action.MEDIATE, date(2026, 9, 25), outcome=tier.ON_THE_SPOT.value)
    assert [one.done_on for one in books.all if one.rule == "mediation_lead"] == [date(2026, 9, 22)]


def test_an_urgent_matter_is_reported_the_same_day(books: Books) -> None:
    assert books.enter(urgent=True).limits["urgent_report"].due_on == RECEIVED
    books.act(Action.REPORT_URGENT, RECEIVED)
    assert books.limits["urgent_report"].done_on == RECEIVED


# after the conclusion


def test_a_concluded_matter_is_asked_back_within_three_days(books: Books) -> None:
    books.enter().act(Action.CONCLUDE, date(2026, 9, 24), stage=Stage.CONCLUDED)
    limit = books.limits["follow_up"]
    assert (limit.nominal_on, limit.due_on) == (date(2026, 9, 27), date(2026, 9, 28))
    books.act(Action.FOLLOW_UP, date(2026, 9, 28), stage=Stage.FOLLOWED_UP)
    assert books.limits["follow_up"].done_on == date(2026, 9, 28)


def test_asking_back_that_is_typed_on_the_paper_counts(books: Books) -> None:
    books.enter().write(concluded_on=date(2026, 9, 24))

    def asked(session: Session, petition: Petition) -> None:
        made = FollowUp(petition_id=petition.id, made_on=date(2026, 9, 25))
        made.satisfaction = Satisfaction.SATISFIED
        session.add(made)

    assert books.do(asked).limits["follow_up"].done_on == date(2026, 9, 25)


def test_after_a_verification_the_petitioner_is_asked_again(books: Books) -> None:
    books.enter().act(Action.CONCLUDE, date(2026, 9, 24), stage=Stage.CONCLUDED)
    books.act(Action.FOLLOW_UP, date(2026, 9, 25), stage=Stage.FOLLOWED_UP)
    books.act(Action.ISSUE_ACCOUNT, date(2026, 10, 12), stage=Stage.VERIFIED)
    assert books.limits["follow_up_again"].due_on == date(2026, 10, 15)
    assert books.limits["follow_up"].done_on == date(2026, 9, 25)


def test_a_matter_typed_in_after_it_was_concluded_is_not_asked_back_late(books: Books) -> None:
    given = visit(received_on=date(2025, 3, 3), concluded_on=date(2025, 4, 1))
    entered, _ = books.store.do(
        lambda session: registration.register(session, given, by="王", now=NOW)
    )
    books.petition = entered
    assert books.running() == set()


def test_the_petitioners_own_thirty_days_are_a_right(books: Books) -> None:
    books.enter(**BY_PETITION).act(Action.REPLY, date(2026, 9, 25), stage=Stage.REPLIED)
    right = books.limits["review_request"]
    assert (right.bearer, right.due_on) == (Bearer.RIGHT, date(2026, 10, 26))
    assert right.nominal_on == date(2026, 10, 25)
    books.act(Action.ARCHIVE, date(2026, 9, 30), stage=Stage.ARCHIVED)
    assert books.running() == {"review_request"}


def test_review_and_re_examination_follow_each_other(books: Books) -> None:
    books.enter(**BY_PETITION).act(Action.REPLY, date(2026, 9, 25), stage=Stage.REPLIED)
    books.act(Action.REQUEST_REVIEW, date(2026, 10, 12), stage=Stage.REVIEW)
    assert books.limits["review"].due_on == date(2026, 11, 11)
    assert books.limits["review_request"].done_on == date(2026, 10, 12)
    books.act(Action.DECIDE_REVIEW, date(2026, 11, 2), stage=Stage.REVIEWED)
    assert books.limits["re_review_request"].due_on == date(2026, 12, 2)
    books.act(Action.REQUEST_RE_REVIEW, date(2026, 11, 9), stage=Stage.RE_REVIEW)
    assert books.limits["re_review"].due_on == date(2026, 12, 9)


def test_the_time_of_a_hearing_does_not_count_in_re_examination(books: Books) -> None:
    books.enter(**BY_PETITION)
    books.act(Action.REQUEST_RE_REVIEW, date(2026, 11, 2), stage=Stage.RE_REVIEW)
    books.act(Action.OPEN_HEARING, date(2026, 11, 10), stage=Stage.RE_REVIEW)
    assert books.limits["re_review"].paused_on == date(2026, 11, 10)
    books.act(Action.CLOSE_HEARING, date(2026, 11, 12), stage=Stage.RE_REVIEW)
    limit = books.limits["re_review"]
    assert (limit.paused_on, limit.paused_days) == (None, 3)
    assert limit.due_on == date(2026, 12, 7)  # 5 December is a Saturday


# extension


def test_an_extension_moves_the_day_and_thirty_days_are_the_most(books: Books) -> None:
    books.enter(received_on=date(2026, 8, 3), **BY_PETITION).act(Action.ACCEPT, date(2026, 8, 5))
    last = books.store.read(lambda session: latest_extension(session, books.petition))
    assert last == date(2026, 11, 7)
    books.act(Action.EXTEND, date(2026, 9, 28), until_on=date(2026, 10, 30))
    assert books.limits["conclude"].extended_to == date(2026, 10, 30)
    assert books.limits["conclude"].due_on == date(2026, 10, 30)
    again = books.store.read(lambda session: latest_extension(session, books.petition))
    assert again == last
    books.act(Action.EXTEND, date(2026, 9, 29), until_on=date(2027, 10, 30))
    assert books.limits["conclude"].extended_to == last


def test_what_was_not_accepted_cannot_be_extended(books: Books) -> None:
    books.enter()
    with pytest.raises(OfficeError, match="还没有受理.*第三十四条"):
        books.store.read(lambda session: latest_extension(session, books.petition))


def test_a_matter_whose_rule_is_off_is_extended_by_the_law(books: Books) -> None:
    start = date(2026, 8, 1)
    off = {"enabled": False, "effective_from": start, "by": "王", "now": NOW}
    books.store.do(lambda s: switch_rule(s, "conclude", **off))  # type: ignore[arg-type]
    books.enter(received_on=date(2026, 8, 3), **BY_PETITION).act(Action.ACCEPT, date(2026, 8, 5))
    assert "conclude" not in books.limits
    last = books.store.read(lambda session: latest_extension(session, books.petition))
    assert last == date(2026, 11, 7)


# taking back


def test_an_act_that_was_taken_back_is_as_if_it_had_not_been(books: Books) -> None:
    before = [one.model_dump() for one in books.enter(**BY_PETITION).all]
    books.act(Action.ACCEPT, date(2026, 9, 18), stage=Stage.REGISTERED)

    def take_back(session: Session, petition: Petition) -> None:
        accept = select(Step).where(Step.petition_id == petition.id, Step.action == Action.ACCEPT)
        session.exec(accept).one().taken_back = True

    assert [one.model_dump() for one in books.do(take_back).all] == before


def test_a_void_matter_has_no_limits_and_undo_brings_them_back(books: Books) -> None:
    before = [one.model_dump() for one in books.enter().all]
    number = books.petition.number
    books.store.do(lambda s: registration.void(s, number, reason="重复", by="王", now=NOW))
    assert books.all == []
    books.store.do(lambda s: undo.undo(s, by="王", now=NOW))
    assert [one.model_dump() for one in books.all] == before


def test_an_amended_day_moves_the_limits_and_undo_moves_them_back(books: Books) -> None:
    from xinfang_desktop.casework.matters import load_matter
    from xinfang_desktop.models import Viewer

    books.enter()
    viewer = Viewer(name="王", cleared=True)
    matter = books.store.read(lambda s: load_matter(s, books.petition.number, viewer=viewer))
    matter.petition.received_on = date(2026, 9, 21)
    books.store.do(lambda s: registration.amend(s, matter, by="王", now=NOW))
    assert books.limits["notice"].started_on == date(2026, 9, 21)
    books.store.do(lambda s: undo.undo(s, by="王", now=NOW))
    assert books.limits["notice"].started_on == RECEIVED


@pytest.mark.parametrize("stage", [Stage.TRANSFERRED, Stage.RETURNED, Stage.REFUSED])
def test_nothing_more_is_due_where_the_matter_is_not_ours(books: Books, stage: Stage) -> None:
    books.enter(**SUPERIOR).act(Action.CLASSIFY, RECEIVED, stage=stage)
    assert books.running() == set()


def test_a_day_at_the_end_of_all_calendars_breaks_nothing(books: Books) -> None:
    books.enter().write(received_on=date(9999, 12, 30), accepted_on=date(9999, 12, 30))
    assert "notice" not in books.limits


def test_a_matter_received_before_the_law_is_not_under_it(books: Books) -> None:
    assert books.enter(received_on=date(2020, 10, 21)).limits == {}
    assert set(Books(books.store).enter(received_on=date(2022, 5, 1)).limits) == {
        "route",
        "notice",
        "same_day",
    }
