"""What is due: every list has exactly its matters, whoever asks."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.books import BY_PETITION, SUPERIOR, Books
from tests.helpers.office import CLEARED, UNCLEARED, accusation, visit
from xinfang_desktop.casework import due, registration, search
from xinfang_desktop.casework.due import LISTS, DueState, state_of
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Action, Bearer, FollowUp, Petition, Satisfaction, Stage
from xinfang_desktop.store.database import Store

RECEIVED = date(2026, 9, 17)


@pytest.fixture
def books(store: Store) -> Books:
    """Give empty books."""
    return Books(store)


def lists(store: Store, on: date) -> dict[str, list[int]]:
    """Give every list of a day that is not empty; each is counted and opens in the ledger."""
    found: dict[str, list[int]] = {}
    with store.reading() as connection:
        counted = due.counts(connection, on, viewer=CLEARED)
        for one in LISTS:
            ids = due.ids(connection, one.key, on, viewer=CLEARED)
            assert counted[one.key] == len(ids)
            assert search.count(connection, viewer=CLEARED, among=ids) == len(ids)
            assert search.find(connection, viewer=CLEARED, among=ids) == ids
            if ids:
                found[one.key] = list(ids)
    return found


def items(store: Store, on: date, within: int | None = due.SOON) -> list[due.DueItem]:
    return store.read(lambda s: due.due(s, on, viewer=store.viewer, within=within))


def test_a_matter_goes_through_the_lists_as_its_day_comes(books: Books) -> None:
    id = books.enter().act(Action.ASSIGN, RECEIVED).petition.id
    # nominal 2 October in the holiday, rolled to the 8th, reminders by 30 September
    assert lists(books.store, date(2026, 9, 23)) == {}
    assert lists(books.store, date(2026, 9, 24)) == {"due_soon": [id]}
    assert lists(books.store, date(2026, 9, 29)) == {"due_soon": [id]}
    assert lists(books.store, date(2026, 9, 30)) == {"due_today": [id]}
    assert lists(books.store, date(2026, 10, 8)) == {"due_today": [id]}
    assert lists(books.store, date(2026, 10, 9)) == {"overdue": [id]}
    books.act(Action.INFORM, date(2026, 10, 9))
    assert lists(books.store, date(2026, 10, 9)) == {}


def test_what_the_office_may_do_lapses_and_is_never_overdue(books: Books) -> None:
    books.enter(received_on=date(2026, 9, 18), **SUPERIOR)
    keys = {item.rule for item in items(books.store, date(2026, 9, 22))}
    assert "objection" in keys
    keys = {item.rule for item in items(books.store, date(2026, 9, 25))}
    assert "objection" not in keys


def test_the_petitioners_own_days_are_never_in_a_list(books: Books) -> None:
    books.enter(**BY_PETITION).act(Action.REPLY, date(2026, 9, 25), stage=Stage.REPLIED)
    for day in (date(2026, 10, 23), date(2026, 10, 26), date(2026, 12, 1)):
        assert "review_request" not in {item.rule for item in items(books.store, day, None)}


def test_what_stands_still_for_a_hearing_is_in_no_list(books: Books) -> None:
    books.enter(**BY_PETITION)
    books.act(Action.REQUEST_RE_REVIEW, date(2026, 11, 2), stage=Stage.RE_REVIEW)
    books.act(Action.INFORM, date(2026, 11, 2), stage=Stage.RE_REVIEW)
    books.act(Action.ASSIGN, date(2026, 11, 2), stage=Stage.RE_REVIEW)
    assert lists(books.store, date(2027, 2, 1))["overdue"]
    books.act(Action.OPEN_HEARING, date(2026, 11, 10), stage=Stage.RE_REVIEW)
    assert lists(books.store, date(2027, 2, 1)) == {}


def test_the_earliest_day_comes_first_and_tells_how_long_is_left(books: Books) -> None:
    books.enter()
    Books(books.store).enter(received_on=date(2026, 9, 1))
    found = items(books.store, date(2026, 9, 18))
    assert [(one.rule, one.days_left) for one in found[:3]] == [
        ("same_day", -17),
        ("notice", -2),
        ("route", -2),
    ]
    assert found[0].left == "超期17天"
    assert found[0].state is DueState.OVERDUE
    assert due.days_in_words(0) == "今天到期"
    assert due.days_in_words(3) == "还有3天"


def test_a_concluded_matter_is_to_be_asked_back(books: Books) -> None:
    books.enter().act(Action.CONCLUDE, date(2026, 9, 24), stage=Stage.CONCLUDED)
    id = books.petition.id
    assert lists(books.store, date(2026, 9, 24))["to_follow_up"] == [id]
    books.act(Action.FOLLOW_UP, date(2026, 9, 25), stage=Stage.FOLLOWED_UP)
    assert "to_follow_up" not in lists(books.store, date(2026, 9, 25))


def dissatisfied(books: Books, round: int = 1) -> Books:
    def asked(session, petition: Petition) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        told = Satisfaction.DISSATISFIED
        day = date(2026, 9, 25)
        session.add(
            FollowUp(petition_id=petition.id, round=round, made_on=day, body_satisfaction=told)
        )

    return books.do(asked)


def test_a_dissatisfied_petitioner_is_to_be_verified_until_it_was_accounted_for(
    books: Books,
) -> None:
    books.enter().act(Action.CONCLUDE, date(2026, 9, 24), stage=Stage.CONCLUDED)
    dissatisfied(books).act(Action.FOLLOW_UP, date(2026, 9, 25), stage=Stage.FOLLOWED_UP)
    id, day = books.petition.id, date(2026, 9, 26)
    assert lists(books.store, day)["to_verify"] == [id]
    for stage in (Stage.VERIFYING, Stage.REHANDLING, Stage.ACCOUNTED):
        books.write(stage=stage)
        assert lists(books.store, day)["to_verify"] == [id]


def test_a_void_matter_is_in_no_list(books: Books) -> None:
    books.enter()
    dissatisfied(books)
    number = books.petition.number
    books.store.do(
        lambda s: registration.void(s, number, reason="重复", by="王", now=datetime(2026, 10, 1))
    )
    assert lists(books.store, date(2027, 1, 1)) == {}


def test_a_sealed_matter_stands_in_the_lists_by_its_number(books: Books) -> None:
    books.enter(accusation(received_on=RECEIVED, responsible_body="密室", handler="密某"))
    [route, *_] = [one for one in items(books.store, RECEIVED, None) if one.rule == "route"]
    assert (route.number, route.sealed) == (books.petition.number, True)
    assert (route.claim_start, route.responsible_body, route.handler) == (
        "检举控告（保密）",
        "",
        "",
    )


def test_the_limits_of_a_sealed_matter_are_for_cleared_accounts(books: Books) -> None:
    id = books.enter(accusation(received_on=RECEIVED)).petition.id or 0
    with pytest.raises(OfficeError, match="没有查看权限"):
        books.store.read(lambda s: due.limits_of(s, id, viewer=UNCLEARED, today=RECEIVED))
    assert books.store.read(lambda s: due.limits_of(s, id, viewer=CLEARED, today=RECEIVED))


def test_a_matter_tells_each_of_its_limits_and_why(books: Books) -> None:
    id = books.enter().act(Action.ASSIGN, date(2026, 9, 18)).petition.id or 0
    today = date(2026, 9, 29)
    lines = books.store.read(lambda s: due.limits_of(s, id, viewer=CLEARED, today=today))
    told = {line.rule.key: line for line in lines}
    assert told["notice"].state is DueState.SOON
    assert told["notice"].left == "还有9天"
    assert "《信访工作条例》第二十三条第二款" in told["notice"].sentences[-1]
    assert told["same_day"].state is DueState.DONE_LATE
    assert told["same_day"].left == "9月18日完成，超期1天"
    assert lines[0].done_on is None


def test_what_is_due_and_its_reason_are_those_of_the_matters_page(books: Books) -> None:
    id = books.enter().petition.id or 0
    found = items(books.store, RECEIVED, None)
    why = books.store.read(lambda s: due.explanations(s, found, viewer=CLEARED))
    lines = books.store.read(lambda s: due.limits_of(s, id, viewer=CLEARED, today=RECEIVED))
    expected = {(id, line.rule.key, line.occurrence): "".join(line.sentences) for line in lines}
    assert why == expected


def test_a_matter_that_is_gone_has_no_limits_to_tell(store: Store) -> None:
    with pytest.raises(OfficeError, match="已不在数据里"):
        store.read(lambda s: due.limits_of(s, 99, viewer=CLEARED, today=RECEIVED))


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.sampled_from(["own", "superior"]), st.booleans()),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 160),
)
def test_every_list_is_what_a_look_at_each_matter_finds(
    store: Store, given_matters: list[tuple[int, str, bool]], after: int
) -> None:
    first, on = date(2026, 8, 1), date(2026, 8, 1) + timedelta(after)
    ids = []
    for days, source, accepted in given_matters:
        day = first + timedelta(days)
        more = {**BY_PETITION, "source_level": source}
        matter = visit(received_on=day, accepted_on=day if accepted else None, **more)
        entered, _ = store.do(
            lambda s, m=matter, d=day: registration.register(  # type: ignore[misc]
                s, m, by="王", now=datetime.combine(d, time(9))
            )
        )
        ids.append(entered.id or 0)
    states: dict[int, set[DueState]] = {}
    for id in ids:
        lines = store.read(lambda s, id=id: due.limits_of(s, id, viewer=CLEARED, today=on))  # type: ignore[misc]
        states[id] = {line.state for line in lines}
    with store.reading() as connection:
        overdue = set(due.ids(connection, "overdue", on, viewer=CLEARED)) & set(ids)
        today = set(due.ids(connection, "due_today", on, viewer=CLEARED)) & set(ids)
    assert overdue == {id for id in ids if DueState.OVERDUE in states[id]}
    assert today == {id for id in ids if DueState.TODAY in states[id]}


def test_how_a_limit_stands_is_one_word() -> None:
    days: dict[str, Any] = {
        "due_on": date(2026, 10, 8),
        "alarm_on": date(2026, 9, 30),
        "warn_on": RECEIVED,
    }
    duty, right = Bearer.DUTY, Bearer.RIGHT
    assert state_of(duty, date(2026, 9, 1), **days) is DueState.RUNNING
    assert state_of(duty, date(2026, 9, 18), **days) is DueState.SOON
    assert state_of(right, date(2026, 10, 8), **days) is DueState.RIGHT
    assert state_of(right, date(2026, 10, 9), **days) is DueState.LAPSED
    assert state_of(duty, date(2026, 9, 1), **days, is_paused=True) is DueState.PAUSED
