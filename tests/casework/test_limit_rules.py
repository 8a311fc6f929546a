"""The rules of time limits: what is shipped, and changing them from a day on."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.books import BY_PETITION, Books
from tests.helpers.office import NOW
from xinfang_desktop.casework.audit import entries, field_history
from xinfang_desktop.casework.limit_editing import (
    OWN_GROUPS,
    add_node,
    change_rule,
    reset_rule,
    switch_rule,
    take_back,
)
from xinfang_desktop.casework.limit_facts import EVENTS
from xinfang_desktop.casework.limit_rules import PRESETS, RuleBook, preset, rule_book
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Action,
    AppliesWhen,
    Bearer,
    LimitEvent,
    LimitRule,
    LimitUnit,
    Nature,
    Noted,
    RuleGroup,
)
from xinfang_desktop.models.deadline import LimitTest
from xinfang_desktop.store.database import Store

E = LimitEvent
FIRST_OF_NOVEMBER = date(2026, 11, 1)
NODE: dict[str, Any] = {
    "title": "两小时签收",
    "basis": "本单位要求",
    "nature": Nature.OFFICE,
    "start": E.RECEIVED,
    "stops": (E.SIGNED_IN,),
    "amount": 2,
    "unit": LimitUnit.WORKING_HOURS,
}
DERIVED = {E.RECEIVED, E.REGISTERED, E.DISSATISFIED}
"""What no act of the way tells."""


@pytest.fixture
def books(store: Store) -> Books:
    """Give empty books."""
    return Books(store)


def book(store: Store) -> RuleBook:
    return store.read(rule_book)


def change(store: Store, key: str, since: date = FIRST_OF_NOVEMBER, **fields: Any) -> LimitRule:  # noqa: ANN401
    return store.do(
        lambda s: change_rule(s, key, effective_from=since, by="王", now=NOW, **fields)
    )[0]


def add(store: Store, **changes: Any) -> LimitRule:  # noqa: ANN401
    fields = {**NODE, "effective_from": FIRST_OF_NOVEMBER, "by": "王", "now": NOW, **changes}
    return store.do(lambda s: add_node(s, **fields))[0]


# what is shipped


@pytest.mark.parametrize("rule", PRESETS, ids=lambda rule: f"{rule.key}-{rule.version}")
def test_a_shipped_rule_can_be_started_and_ended(rule: LimitRule) -> None:
    known = DERIVED | {event for events in EVENTS.values() for event in events}
    assert {rule.start, *rule.stops} <= known
    assert rule.start not in rule.stops and rule.stops
    assert rule.basis.startswith(("《", "联合接访"))
    assert rule.nature is not Nature.STATUTORY or "第" in rule.basis


def test_every_event_is_told_by_an_act_or_by_the_matter_itself() -> None:
    told = {event for events in EVENTS.values() for event in events}
    assert told | DERIVED == set(LimitEvent)
    assert all(isinstance(action, Action) for action in EVENTS)


def test_a_shipped_rule_is_shipped_once() -> None:
    assert len({(rule.key, rule.version) for rule in PRESETS}) == len(PRESETS)
    assert len({rule.title for rule in PRESETS}) == len(PRESETS)


def test_the_figures_are_those_of_the_regulations() -> None:
    figures = {rule.key: (rule.amount, rule.unit) for rule in PRESETS}
    days, working_days, hours = LimitUnit
    assert (
        figures
        | {
            "route": (15, days),
            "notice": (15, days),
            "notice_handed_down": (15, days),
            "objection": (5, working_days),
            "conclude": (60, days),
            "review_request": (30, days),
            "review": (30, days),
            "re_review_request": (30, days),
            "re_review": (30, days),
            "return_item": (3, hours),
            "follow_up": (3, days),
            "mediation_lead": (5, working_days),
            "supervision": (15, days),
            "conclude_joint": (20, working_days),
            "accept_simple": (3, working_days),
            "conclude_simple": (10, working_days),
            "conclude_zhejiang": (30, days),
        }
        == figures
    )
    extendable = {rule.key: rule.extendable for rule in PRESETS if rule.extendable}
    assert extendable == {"conclude": 30, "conclude_zhejiang": 60}
    assert [rule.key for rule in PRESETS if rule.pausable] == ["re_review"]
    rights = [rule.key for rule in PRESETS if rule.bearer is Bearer.RIGHT]
    assert rights == ["review_request", "re_review_request"]


@pytest.mark.parametrize("group", [RuleGroup.SIMPLE, RuleGroup.ZHEJIANG])
def test_what_could_not_be_checked_is_off_and_says_so(group: RuleGroup) -> None:
    for rule in (rule for rule in PRESETS if rule.group is group):
        assert not rule.enabled
        assert "请核对现行文件" in rule.remark


def test_nobody_knows_what_2211_means_so_its_group_is_empty() -> None:
    assert not [rule for rule in PRESETS if rule.group in OWN_GROUPS]


# changing


def test_a_matter_keeps_the_version_it_was_received_under(books: Books) -> None:
    change(books.store, "conclude", amount=30)
    before = Books(books.store).enter(received_on=date(2026, 10, 30), **BY_PETITION)
    after = books.enter(received_on=date(2026, 11, 2), **BY_PETITION)
    for one in (before, after):
        one.act(Action.ACCEPT, date(2026, 11, 3))
    assert before.limits["conclude"].version == 1
    assert before.limits["conclude"].nominal_on == date(2027, 1, 2)
    assert after.limits["conclude"].version == 2
    assert after.limits["conclude"].nominal_on == date(2026, 12, 3)


def test_a_change_reaches_the_matters_received_since_and_their_histories_tell_it(
    books: Books,
) -> None:
    books.enter(received_on=date(2026, 11, 2), **BY_PETITION)
    books.act(Action.ACCEPT, date(2026, 11, 3))
    change(books.store, "conclude", amount=30)
    assert books.limits["conclude"].due_on == date(2026, 12, 3)
    viewer, id = books.store.viewer, books.petition.id or 0
    told = books.store.read(lambda s: field_history(s, id, viewer=viewer))
    assert ("期限", "办结 2027-01-04", "办结 2026-12-03") in {
        (line.title, line.before, line.after) for line in told
    }


def test_every_change_is_noted_by_key_and_version(store: Store) -> None:
    change(store, "conclude", amount=30)
    noted = store.read(lambda s: entries(s, viewer=store.viewer, acts=[Noted.SETTINGS]))
    assert [line.detail for line in noted] == ["limit_rule conclude 2 0"]


def test_a_rule_that_is_switched_off_runs_no_more(books: Books) -> None:
    act: dict[str, Any] = {"effective_from": FIRST_OF_NOVEMBER, "by": "王", "now": NOW}
    books.enter(received_on=date(2026, 11, 2))
    books.store.do(lambda s: switch_rule(s, "same_day", enabled=False, **act))
    assert "same_day" not in books.limits
    books.store.do(lambda s: switch_rule(s, "same_day", enabled=True, **act))
    assert "same_day" in books.limits
    assert len(book(books.store).versions("same_day")) == 3


def test_a_rule_is_reset_to_what_is_shipped(store: Store) -> None:
    change(store, "follow_up", amount=7, warn_before=2, enabled=False)
    act: dict[str, Any] = {"effective_from": FIRST_OF_NOVEMBER, "by": "王", "now": NOW}
    store.do(lambda s: reset_rule(s, "follow_up", **act))
    shipped, now = preset("follow_up"), book(store).rule("follow_up")
    assert shipped is not None and now is not None
    which = {"version", "effective_from"}
    assert now.model_dump(exclude=which) == shipped.model_dump(exclude=which)
    assert now.version == 3


def test_the_group_of_2211_is_filled_by_the_office(books: Books) -> None:
    rule = add(books.store, group=RuleGroup.NODES_2211)
    assert (rule.key, rule.version) == ("own_1", 1)
    books.enter(received_on=date(2026, 11, 2))
    assert books.limits["own_1"].started_on == date(2026, 11, 2)
    assert add(books.store, title="另一个").key == "own_2"


def test_a_node_may_be_for_some_matters_only(books: Books) -> None:
    applies = AppliesWhen(tests=(LimitTest.URGENT,))
    add(books.store, applies=applies)
    assert "own_1" not in books.enter(received_on=date(2026, 11, 2)).limits
    urgent = Books(books.store).enter(received_on=date(2026, 11, 2), urgent=True)
    assert "own_1" in urgent.limits


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"title": ""}, "名称：不能为空"),
        ({"basis": ""}, "依据：不能为空"),
        ({"amount": -1}, "时限：不能小于0"),
        ({"amount": 9999}, "时限：不能大于3650"),
        ({"amount": 999}, "工作小时最多写200个"),
        ({"amount": None}, "要写明多长"),
        ({"stops": ()}, "到哪一步截止"),
        ({"stops": (E.RECEIVED,)}, "不能是同一步"),
        ({"start": "nonsense"}, "起算：应为"),
        ({"warn_before": 99}, "提前提醒（工作日）：不能大于60"),
    ],
)
def test_a_node_that_cannot_be_is_refused_and_nothing_is_kept(
    store: Store, wrong: dict[str, Any], reason: str
) -> None:
    with pytest.raises(OfficeError) as refused:
        add(store, **wrong)
    assert reason in refused.value.sentence
    assert "没有改动" in refused.value.sentence
    assert book(store).rule("own_1") is None


def test_what_is_not_there_or_changes_nothing_is_refused(store: Store) -> None:
    with pytest.raises(OfficeError, match="没有这条时限规则"):
        change(store, "nonsense", amount=3)
    with pytest.raises(OfficeError, match="没有改动任何内容"):
        change(store, "conclude", amount=60)
    rule = add(store)
    act: dict[str, Any] = {"effective_from": FIRST_OF_NOVEMBER, "by": "王", "now": NOW}
    with pytest.raises(OfficeError, match="没有默认可以恢复"):
        store.do(lambda s: reset_rule(s, rule.key, **act))


def test_a_day_that_nothing_sets_may_be_set_by_an_act_only(store: Store) -> None:
    rule = add(store, start=E.HANDED_OVER, stops=(E.REPORTED,), amount=None)
    assert rule.length == "按指定日期"


@given(
    st.lists(
        st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 60)), max_size=6
    ),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_the_latest_word_for_a_day_holds(made: list[tuple[date, int]], day: date) -> None:
    shipped = preset("conclude")
    assert shipped is not None
    versions = [
        shipped.model_copy(update={"version": n, "effective_from": since, "amount": amount})
        for n, (since, amount) in enumerate(made, start=2)
    ]
    holds = [rule for rule in versions if rule.effective_from <= day]
    expected = holds[-1] if holds else shipped
    [found] = [rule for rule in RuleBook(versions).in_force(day) if rule.key == "conclude"]
    assert found == expected


def test_taking_a_change_back_is_one_more_version_for_the_same_matters(store: Store) -> None:
    change(store, "conclude", amount=30)
    store.do(lambda s: take_back(s, "conclude", by="王", now=NOW))
    now = book(store).rule("conclude")
    assert now is not None
    assert (now.amount, now.version, now.effective_from) == (60, 3, FIRST_OF_NOVEMBER)
    node = add(store)
    store.do(lambda s: take_back(s, node.key, by="王", now=NOW))
    taken = book(store).rule(node.key)
    assert taken is not None and not taken.enabled
