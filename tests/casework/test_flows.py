"""The flows are data: every word in them means something, and every way comes to an end."""

from collections.abc import Iterator

import pytest

from xinfang_desktop.casework.conditions import CONDITIONS
from xinfang_desktop.casework.flows import ACTS, CALL, FLOWS, LETTER, PLATFORM, VISIT, flow_of
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.models import (
    Action,
    Channel,
    FollowUp,
    Petition,
    SourceLevel,
    Stage,
    Step,
    Verification,
)
from xinfang_desktop.models.way import Act, AskKind, Flow

KEPT_IN = {
    "step": Step,
    "petition": Petition,
    "follow_up": FollowUp,
    "verification": Verification,
}


def reached(flow: Flow, start: Stage, *, main: bool) -> set[Stage]:
    found = {start}
    while True:
        more = {
            move.target
            for move in flow.moves
            if move.source in found and move.target and (move.is_main or not main)
        }
        if more <= found:
            return found
        found |= more


def blanks() -> Iterator[tuple[Action, str]]:
    for act in ACTS.values():
        yield from ((act.action, ask.lands) for ask in act.asks)


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.action.value)
def test_every_act_says_what_it_rests_on_and_prints_papers_that_exist(act: Act) -> None:
    assert act.basis
    assert set(act.papers) <= set(FORMS)
    assert set(act.needs) <= set(CONDITIONS)
    assert all(CONDITIONS[need].refusal for need in act.needs)
    assert not act.by_from or act.by_from in {ask.key for ask in act.asks if ask.required}
    assert not act.dates or act.dates in Petition.model_fields
    assert set(act.marks) <= set(Petition.model_fields)
    assert len({ask.key for ask in act.asks}) == len(act.asks)


@pytest.mark.parametrize(("action", "lands"), list(blanks()))
def test_every_answer_has_a_place_to_be_kept(action: Action, lands: str) -> None:
    of, _, name = lands.partition(".")
    assert name in KEPT_IN[of].model_fields


def test_every_choice_has_its_choices_and_nothing_else_has() -> None:
    for act in ACTS.values():
        for ask in act.asks:
            assert (ask.kind is AskKind.CHOICE) == (ask.choices is not None)
            assert not ask.when or ask.when in CONDITIONS


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.key)
def test_every_move_is_of_an_act_and_of_conditions_that_exist(flow: Flow) -> None:
    for move in flow.moves:
        assert move.action in ACTS
        assert set(move.when) <= set(CONDITIONS)


def test_every_act_moves_something() -> None:
    assert {move.action for flow in FLOWS for move in flow.moves} == set(ACTS)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.key)
def test_from_every_stage_a_matter_can_come_to_the_archive(flow: Flow) -> None:
    for stage in reached(flow, Stage.REGISTERED, main=False):
        assert Stage.ARCHIVED in reached(flow, stage, main=False), stage


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.key)
def test_the_ordinary_way_alone_leads_to_the_archive(flow: Flow) -> None:
    assert Stage.ARCHIVED in reached(flow, Stage.REGISTERED, main=True)


def test_every_stage_is_reached_by_some_flow() -> None:
    everywhere = set().union(*(reached(flow, Stage.REGISTERED, main=False) for flow in FLOWS))
    assert everywhere == set(Stage)


def test_nothing_is_moved_out_of_the_archive_but_by_a_petitioners_right() -> None:
    for flow in FLOWS:
        moves = [move for move in flow.moves if move.source is Stage.ARCHIVED]
        out = {move.action for move in moves if move.target is not None}
        assert out == {Action.REQUEST_REVIEW, Action.REQUEST_RE_REVIEW}
        stays = {move.action for move in moves if move.target is None}
        assert stays == {Action.ADVISE, Action.ADVICE_ANSWERED}


@pytest.mark.parametrize(
    ("channel", "source", "flow"),
    [
        (Channel.VISIT, SourceLevel.SUPERIOR, PLATFORM),
        (Channel.ONLINE, SourceLevel.SUPERIOR, PLATFORM),
        (Channel.VISIT, SourceLevel.OWN, VISIT),
        (Channel.PHONE, SourceLevel.OWN, CALL),
        (Channel.LETTER, SourceLevel.OWN, LETTER),
        (Channel.AGENT, SourceLevel.OWN, LETTER),
    ],
)
def test_a_matter_goes_the_way_of_its_source_and_its_form(
    channel: Channel, source: SourceLevel, flow: Flow
) -> None:
    assert flow_of(Petition(channel=channel, source_level=source)) is flow
