"""Handling: a matter moves only as annexes 1 and 2 and the law allow, and every act comes back."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    PASSWORD,
    UNCLEARED,
    Office,
    accusation,
    petitioner,
    visit,
)
from tests.helpers.way import (
    ANSWERS,
    DAY,
    TO_CONCLUSION,
    TO_FOLLOW_UP,
    TO_HANDLING,
    Walk,
    from_superior,
)
from xinfang_desktop.casework import handling, registration, undo
from xinfang_desktop.casework.flows import HANDLING_OUTCOMES
from xinfang_desktop.casework.matters import history
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    CONCLUDED_STAGES,
    Action,
    Adoption,
    Advice,
    Channel,
    Kind,
    ReviewOutcome,
    Route,
    Satisfaction,
    SourceLevel,
    Stage,
    YesNo,
)
from xinfang_desktop.store.database import Store, open_store

A = Action
DISSATISFIED: dict[str, Any] = {"satisfaction": Satisfaction.DISSATISFIED}


def refused(walk: Walk, *actions: Action, **said: Any) -> str:  # noqa: ANN401
    """Give the sentence of a refusal, after seeing that nothing was changed by it."""
    before = (walk.matter, walk.way)
    with pytest.raises(OfficeError) as error:
        walk.do(*actions, **said)
    assert (walk.matter, walk.way) == before
    return error.value.sentence


# the ways


def test_an_item_from_the_platform_goes_as_annex_1_draws_it(store: Store) -> None:
    walk = Walk(store)
    stages = [Stage.REGISTERED]
    while (following := walk.following()) is not None:
        if following is A.CONCLUDE:
            walk.do(A.ACCEPT)
        walk.do(following)
        stages.append(walk.matter.petition.stage)
    assert stages == [
        Stage.REGISTERED,
        Stage.SIGNED_IN,
        Stage.ASSIGNING,
        Stage.HANDLING,
        Stage.MATTER_REVIEW,
        Stage.PETITION_REVIEW,
        Stage.CONCLUSION,
        Stage.CONCLUDED,
        Stage.REPLIED,
        Stage.FOLLOWED_UP,
        Stage.ARCHIVED,
    ]
    petition = walk.matter.petition
    assert (petition.accepted_on, petition.concluded_on, petition.served_on) == (DAY, DAY, DAY)
    assert petition.responsible_body == "建设管理部"
    assert petition.conclusion == ANSWERS[A.PROPOSE]["conclusion"]


def test_a_visit_is_received_answered_and_concluded_on_its_own_form(store: Store) -> None:
    walk = Walk(store, visit(kind=Kind.SUGGESTION))
    walk.do(A.RECEIVE, A.RECORD_RECEPTION)
    assert walk.matter.petition.reception_opinion == "同意清淤。"
    walk.do(A.REVIEW_MATTER)
    assert walk.stands_at(Stage.CONCLUSION)


def test_a_visit_that_takes_time_is_assigned_like_any_other(store: Store) -> None:
    walk = Walk(store, visit(kind=Kind.SUGGESTION))
    walk.do(A.RECEIVE, A.SUBMIT, A.ASSIGN, A.PROPOSE, A.REVIEW_MATTER)
    assert walk.stands_at(Stage.PETITION_REVIEW)


def test_a_call_may_be_answered_at_once(store: Store) -> None:
    walk = Walk(store, visit(channel=Channel.PHONE, kind=Kind.SUGGESTION))
    walk.do(A.PROPOSE, outcome="采纳")
    assert walk.stands_at(Stage.MATTER_REVIEW)


def test_what_a_department_gives_back_is_assigned_anew(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.RETURN)
    assert walk.stands_at(Stage.SIGNED_IN)
    walk.do(A.SUBMIT, A.ASSIGN, body="农业农村部")
    assert walk.matter.petition.responsible_body == "农业农村部"


def test_an_objection_is_upheld_or_the_matter_stays(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN, A.OBJECT, A.OBJECTION_REJECTED)
    assert walk.stands_at(Stage.SIGNED_IN)
    walk.do(A.OBJECT, A.OBJECTION_UPHELD)
    assert walk.stands_at(Stage.RETURNED)


def test_only_what_came_from_above_can_be_objected_to(store: Store) -> None:
    walk = Walk(store, visit(channel=Channel.LETTER))
    assert "不能“提出异议”" in refused(walk, A.OBJECT)


@pytest.mark.parametrize(
    ("action", "stage"),
    [
        (A.TRANSFER, Stage.TRANSFERRED),
        (A.REFER, Stage.REFERRED),
        (A.REFUSE, Stage.REFUSED),
        (A.DECLINE, Stage.DECLINED),
    ],
)
def test_what_is_not_the_offices_to_handle_ends_with_a_reason(
    store: Store, action: Action, stage: Stage
) -> None:
    walk = Walk(store)
    walk.do(action)
    assert walk.stands_at(stage)
    assert stage in CONCLUDED_STAGES
    walk.do(A.ARCHIVE)


def test_who_handled_it_did_the_act_too_and_is_asked_once(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING)
    assert walk.do(A.PROPOSE, handler="周承办").done_by == "周承办"


# the dissatisfied


def test_a_dissatisfied_petitioner_leads_to_a_verification_and_a_second_call(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP, **DISSATISFIED)
    assert walk.following() is A.VERIFY
    walk.do(A.VERIFY)
    verification = walk.matter.verification
    assert verification.original_conclusion == walk.matter.petition.conclusion
    walk.do(A.ASSIGN_VERIFICATION, A.ACCOUNT, A.ISSUE_ACCOUNT)
    assert walk.stands_at(Stage.VERIFIED)
    assert walk.following() is A.FOLLOW_UP
    walk.do(A.FOLLOW_UP)
    follow_up = walk.matter.follow_up
    assert (follow_up.round, follow_up.satisfaction) == (2, Satisfaction.SATISFIED)
    assert walk.following() is A.ARCHIVE


def test_who_is_dissatisfied_with_the_department_alone_is_verified_too(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP, body_satisfaction="不满意")
    assert walk.following() is A.VERIFY


def test_the_dissatisfied_are_verified_before_anything_is_filed(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP, **DISSATISFIED)
    assert "还没有核实" in refused(walk, A.ARCHIVE)


def test_calls_that_nobody_answers_are_counted(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_CONCLUSION, A.REPLY, A.CALL_IN_VAIN, A.CALL_IN_VAIN)
    assert walk.stands_at(Stage.REPLIED)
    assert walk.matter.follow_up.attempts == 2
    walk.do(A.UNREACHABLE)
    assert walk.stands_at(Stage.FOLLOWED_UP)
    assert walk.matter.follow_up.unreachable_reason


# the law


def test_an_accusation_is_endorsed_by_the_principal_leader_at_both_ends(store: Store) -> None:
    walk = Walk(store, accusation(source_level=SourceLevel.SUPERIOR))
    walk.do(A.SIGN_IN, A.SUBMIT)
    assert walk.do(A.ASSIGN).done_by == "主职领导"
    walk.do(A.PROPOSE, outcome="不属实")
    walk.do(A.REVIEW_MATTER, A.REVIEW_PETITION)
    assert walk.do(A.CONCLUDE).done_by == "主职领导"
    assert Walk(store).do(*TO_HANDLING).done_by == "信访分管领导"


@pytest.mark.parametrize("action", [A.TRANSFER, A.REFER])
def test_an_accusation_never_goes_to_whom_it_accuses(store: Store, action: Action) -> None:
    walk = Walk(store, accusation())
    assert "第三十条" in refused(walk, action, body="某村负责人")


def test_who_may_not_read_an_accusation_may_not_handle_it(store: Store) -> None:
    walk = Walk(store, accusation(source_level=SourceLevel.SUPERIOR))
    assert "保密" in refused(walk, A.SIGN_IN, viewer=UNCLEARED)


def test_whoever_has_an_interest_withdraws_or_says_it_is_another(store: Store) -> None:
    walk = Walk(store, from_superior())
    walk.do(*TO_HANDLING)
    sentence = refused(walk, A.PROPOSE, handler=petitioner().name)
    assert "第二十八条" in sentence
    assert petitioner().name not in sentence
    walk.do(A.PROPOSE, handler=petitioner().name, confirmed=frozenset({"recusal"}))


def test_a_matter_is_classified_before_it_is_assigned(store: Store) -> None:
    walk = Walk(store, from_superior(kind=None, route=None))
    walk.do(A.SIGN_IN)
    assert "还没有分类" in refused(walk, A.SUBMIT)
    walk.do(A.CLASSIFY, A.SUBMIT)
    assert walk.matter.petition.route is Route.PETITION


def test_what_runs_by_petition_is_accepted_before_it_is_concluded(store: Store) -> None:
    walk = Walk(store)
    walk.do(*(action for action in TO_CONCLUSION[:-1] if action is not A.ACCEPT))
    assert "第三十四条" in refused(walk, A.CONCLUDE)


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.PETITION])
def test_review_exists_for_the_petition_route_only(store: Store, route: Route) -> None:
    walk = Walk(store, from_superior(route=route))
    walk.do(*(action for action in TO_CONCLUSION if action is not A.ACCEPT), A.REPLY)
    assert A.REQUEST_REVIEW not in {offer.action for offer in walk.offers}


def test_a_review_may_uphold_or_send_the_matter_back_to_be_handled(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP, A.REQUEST_REVIEW)
    assert walk.stands_at(Stage.REVIEW)
    walk.do(A.DECIDE_REVIEW, outcome=ReviewOutcome.REVOKED)
    assert walk.stands_at(Stage.HANDLING)
    walk.do(A.PROPOSE, A.REVIEW_MATTER, A.REVIEW_PETITION, A.CONCLUDE, A.REPLY, A.REQUEST_REVIEW)
    walk.do(A.DECIDE_REVIEW, A.REQUEST_RE_REVIEW, A.DECIDE_RE_REVIEW)
    assert walk.stands_at(Stage.RE_REVIEWED)
    assert A.REQUEST_REVIEW not in {offer.action for offer in walk.offers}


def test_a_late_request_for_review_is_pointed_out_and_left_to_who_decides(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_CONCLUSION, A.REPLY)
    late = DAY + timedelta(days=31)
    assert "已过30日" in refused(walk, A.REQUEST_REVIEW, on=late)
    walk.do(A.REQUEST_REVIEW, on=late, confirmed=frozenset({"late_request"}))


def test_an_extension_is_thirty_days_at_most_and_names_who_approved(store: Store) -> None:
    walk = Walk(store, from_superior(received_on=DAY))
    walk.do(*TO_HANDLING, A.ACCEPT)
    latest = DAY + timedelta(days=90)
    too_long = latest + timedelta(days=15)
    assert "不得超过30日（条例第三十四条）" in refused(walk, A.EXTEND, until_on=too_long)
    with pytest.raises(OfficeError, match="批准人"):
        store.do(
            lambda session: handling.step(
                session,
                walk.number,
                A.EXTEND,
                viewer=CLEARED,
                now=NOW,
                said={"until_on": latest, "words": "情况复杂"},
            )
        )
    walk.do(A.EXTEND, until_on=latest)
    done = walk.matter.done
    assert done.extend is not None and done.extend.until_on == latest
    assert done.due_before_extension == DAY + timedelta(days=60)


# days and answers


def test_an_act_out_of_order_is_refused_and_says_what_may_follow(store: Store) -> None:
    sentence = refused(Walk(store), A.CONCLUDE)
    assert sentence.startswith("“已登记”时不能“办结签批”；没有办理，数据没有改动。现在可以：签收、")


def test_an_act_before_the_one_it_follows_is_refused(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN)
    assert "早于2026-10-09（签收日期）" in refused(walk, A.SUBMIT, on=date(2026, 10, 8))


def test_an_act_before_the_matter_came_is_refused(store: Store) -> None:
    assert "收到日期" in refused(Walk(store), A.SIGN_IN, on=date(2026, 10, 7))


def test_an_act_of_tomorrow_is_refused(store: Store) -> None:
    tomorrow = NOW.date() + timedelta(days=1)
    assert "还没有到" in refused(Walk(store), A.SIGN_IN, on=tomorrow)


def test_what_ends_something_is_not_before_its_beginning(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING)
    walk.do(A.MEDIATE, on=date(2026, 10, 15))
    assert "组织调解日期" in refused(walk, A.END_MEDIATION, on=date(2026, 10, 12))


def test_what_must_be_said_is_asked_for(store: Store) -> None:
    walk = Walk(store)
    walk.do(A.SIGN_IN, A.SUBMIT)
    assert "还要写明承办部室" in refused(walk, A.ASSIGN, body="　 ")


def test_a_choice_is_one_of_its_kind(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING)
    assert "只能是支持、解释说明、不支持" in refused(walk, A.PROPOSE, outcome="采纳")


def test_what_nobody_asked_is_refused(store: Store) -> None:
    assert "不用填" in refused(Walk(store), A.SIGN_IN, colour="红")


def test_a_void_matter_is_handled_no_more(store: Store) -> None:
    walk = Walk(store)
    store.do(
        lambda session: registration.void(session, walk.number, reason="重录", by=ACCOUNT, now=NOW)
    )
    assert "已经作废" in refused(walk, A.SIGN_IN)
    assert walk.offers == []


def test_nothing_is_filed_while_a_supervision_is_open(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.SUPERVISE)
    assert walk.matter.petition.supervised is YesNo.YES
    walk.do(A.ACCEPT, *TO_FOLLOW_UP[4:])
    assert "没有了结" in refused(walk, A.ARCHIVE)
    walk.do(A.FEED_BACK, A.ARCHIVE)


def test_several_pieces_of_advice_are_out_at_a_time_and_each_is_answered(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.ADVISE)
    walk.do(A.ADVISE, outcome=Advice.POLICY, body="镜湖新区管委会")
    walk.do(A.ADVICE_ANSWERED, outcome=Adoption.PARTLY)
    walk.do(A.ADVICE_ANSWERED)
    assert A.ADVICE_ANSWERED not in {offer.action for offer in walk.offers}
    assert "不能" in refused(walk, A.ADVICE_ANSWERED)


def test_a_matter_is_filed_before_its_advice_is_answered_and_answered_in_the_archive(
    store: Store,
) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.ADVISE, A.ACCEPT, *TO_FOLLOW_UP[4:], A.ARCHIVE)
    walk.do(A.ADVICE_ANSWERED)
    assert walk.matter.petition.stage is Stage.ARCHIVED


def test_no_advice_on_an_accusation_goes_to_the_accused(store: Store) -> None:
    walk = Walk(store, from_superior(kind=Kind.ACCUSATION, route=None, accused="建设管理部"))
    walk.do(A.SIGN_IN)
    assert "第三十条" in refused(walk, A.ADVISE)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (A.MEDIATE, A.END_MEDIATION),
        (A.OPEN_HEARING, A.CLOSE_HEARING),
        (A.CONSULT, A.CONSULTED),
        (A.SUPERVISE, A.FEED_BACK),
    ],
)
def test_what_was_begun_can_be_ended_after_the_conclusion_too(
    store: Store, begins: Action, ends: Action
) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, begins, A.ACCEPT, *TO_FOLLOW_UP[4:])
    assert "没有了结" in refused(walk, A.ARCHIVE)
    walk.do(ends, A.ARCHIVE)


def test_who_may_not_read_accusations_may_still_say_that_one_is(store: Store) -> None:
    walk = Walk(store, from_superior(kind=None, route=None))
    store.viewer = UNCLEARED
    walk.do(A.CLASSIFY, viewer=UNCLEARED, kind=Kind.ACCUSATION, route=None)
    assert walk.matter.petition.is_sealed


def test_a_blank_that_was_emptied_is_empty(store: Store) -> None:
    walk = Walk(store, from_superior(kind=Kind.SUGGESTION, route=Route.DUTY))
    walk.do(A.CLASSIFY, kind=Kind.SUGGESTION, route="")
    assert walk.matter.petition.route is None


# the way as it is drawn


def test_the_way_shows_what_was_what_is_and_what_will_be(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING)
    stages = walk.way.stages
    assert [one.stage for one in stages if one.is_done] == [
        Stage.REGISTERED,
        Stage.SIGNED_IN,
        Stage.ASSIGNING,
    ]
    assert next(one for one in stages if one.is_present).stage is Stage.HANDLING
    assert stages[-1].stage is Stage.ARCHIVED
    assert stages[1].step is not None and stages[1].step.action is A.SIGN_IN


def test_a_visit_on_the_spot_foresees_no_petition_leader(store: Store) -> None:
    stages = [one.stage for one in Walk(store, visit()).way.stages]
    assert Stage.PETITION_REVIEW not in stages
    assert stages[:4] == [
        Stage.REGISTERED,
        Stage.RECEIVING,
        Stage.MATTER_REVIEW,
        Stage.CONCLUSION,
    ]


# taking back


def test_an_act_is_taken_back_days_later_in_another_session(office: Office) -> None:
    store = open_store(office.folder, password=PASSWORD)
    walk = Walk(store)
    walk.do(*TO_HANDLING)
    before = walk.matter
    walk.do(A.PROPOSE)
    store.close()
    store = open_store(office.folder, password=PASSWORD)
    walk.store = store
    assert walk.take_back() == "撤回：提出处理意见"
    assert walk.matter == before
    told = [
        step.words for step in store.read(lambda session: history(session, walk.id, viewer=CLEARED))
    ]
    assert told[-1] == "撤回：提出处理意见"
    store.close()


def test_what_was_corrected_by_hand_since_stays(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_HANDLING, A.PROPOSE)
    matter = walk.matter
    matter.petition.conclusion = "已清淤三百米。"
    store.do(lambda session: registration.amend(session, matter, by=ACCOUNT, now=NOW))
    walk.take_back()
    petition = walk.matter.petition
    assert (petition.stage, petition.conclusion) == (Stage.HANDLING, "已清淤三百米。")
    assert petition.handler == ""


def test_a_matter_without_acts_has_nothing_to_take_back(store: Store) -> None:
    with pytest.raises(OfficeError, match="没有可以撤回"):
        Walk(store).take_back()


def test_an_act_is_undone_and_done_again_like_any_other(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP[:-1])
    before = walk.matter
    walk.do(A.FOLLOW_UP)
    after = walk.matter
    assert store.do(lambda session: undo.undo(session, by=ACCOUNT, now=NOW))[0] == (
        f"撤销：回访（{walk.number}）"
    )
    assert walk.matter == before
    assert [step.action for step in walk.way.steps][-1] is A.REPLY
    store.do(lambda session: undo.redo(session, by=ACCOUNT, now=NOW))
    assert walk.matter == after
    assert [step.action for step in walk.way.steps][-1] is A.FOLLOW_UP


def test_the_round_of_a_verification_taken_back_is_gone(store: Store) -> None:
    walk = Walk(store)
    walk.do(*TO_FOLLOW_UP, **DISSATISFIED)
    before = walk.matter
    walk.do(A.VERIFY)
    walk.take_back()
    assert walk.matter == before


# walking at random


class AnyWay(RuleBasedStateMachine):
    """A clerk who does whatever may be done, and takes back now and then."""

    store: Store

    @initialize(
        source=st.sampled_from(SourceLevel),
        channel=st.sampled_from(Channel),
        kind=st.sampled_from(Kind),
        route=st.sampled_from(Route),
    )
    def enter(self, source: SourceLevel, channel: Channel, kind: Kind, route: Route) -> None:
        remedy = route if kind is Kind.REMEDY else None
        self.walk = Walk(
            self.store,
            visit(source_level=source, channel=channel, kind=kind, route=remedy, urgent=True),
        )
        self.day = DAY
        self.states = [self.walk.matter]

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        offers = [offer for offer in self.walk.offers if not offer.refusal]
        if not offers:
            return
        action = data.draw(st.sampled_from(offers)).action
        said: dict[str, Any] = {}
        kind = self.walk.matter.petition.kind
        if action is A.PROPOSE:
            assert kind is not None
            said["outcome"] = data.draw(st.sampled_from(HANDLING_OUTCOMES[kind]))
        if action is A.CLASSIFY:
            said = {"kind": kind, "route": self.walk.matter.petition.route}
        if action in (A.DECIDE_REVIEW, A.DECIDE_RE_REVIEW):
            said["outcome"] = data.draw(st.sampled_from(ReviewOutcome))
        if action is A.FOLLOW_UP:
            said["satisfaction"] = data.draw(st.sampled_from(Satisfaction))
        if action is A.EXTEND:
            accepted = self.walk.matter.petition.accepted_on
            assert accepted is not None
            said["until_on"] = accepted + timedelta(days=75)
        self.walk.do(action, on=self.day, **said)
        self.states.append(self.walk.matter)

    @rule()
    def come_back(self) -> None:
        if len(self.states) > 1:
            self.walk.take_back()
            self.states.pop()
            assert self.walk.matter == self.states[-1]

    @rule(action=st.sampled_from(list(ANSWERS)))
    def try_what_may_not_be(self, action: Action) -> None:
        if action not in {offer.action for offer in self.walk.offers}:
            refused(self.walk, action, on=self.day)

    @invariant()
    def the_law_holds(self) -> None:
        if not hasattr(self, "walk"):
            return
        petition, did = self.walk.matter.petition, [step.action for step in self.walk.way.steps]
        by_petition = petition.kind is Kind.REMEDY and petition.route is Route.PETITION
        if not by_petition:
            assert A.EXTEND not in did
            assert A.REQUEST_REVIEW not in did
        if by_petition and A.CONCLUDE in did:
            assert A.ACCEPT in did
        if petition.stage is Stage.ARCHIVED and A.FOLLOW_UP in did:
            assert not self.walk.matter.follow_up.is_dissatisfied or A.VERIFY in did
        assert (petition.concluded_on is not None) == (A.CONCLUDE in did)


@pytest.mark.parametrize(
    ("matters", "acts"), [(8, 30), pytest.param(150, 40, marks=pytest.mark.slow)]
)
def test_no_way_leads_to_what_the_law_forbids_and_every_act_comes_back(
    store: Store, matters: int, acts: int
) -> None:
    AnyWay.store = store
    AnyWay.TestCase.settings = settings(max_examples=matters, stateful_step_count=acts)
    AnyWay.TestCase("runTest").runTest()
