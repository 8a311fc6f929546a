"""The flows (办理流程) of the office as data: acts, and the set of moves that are allowed.

Annex 1 (an item from the platform) and annex 2 (a visit on the spot) of the office's regulation,
with letters and calls beside them. Articles are those of 《信访工作条例》 (2022). Nothing else
moves a matter: ``handling.step`` looks here and nowhere else.
"""

from collections.abc import Iterable, Mapping

from xinfang_desktop.models import (
    OUTCOMES,
    Action,
    Channel,
    Extent,
    FollowUpMethod,
    HandlingOutcome,
    Kind,
    Petition,
    ReviewOutcome,
    Route,
    Satisfaction,
    SourceLevel,
    Stage,
    VerificationMethod,
    YesNo,
)
from xinfang_desktop.models.way import Act, Actor, Ask, AskKind, Flow, Move

_LINE, _TEXT, _DAY, _CHOICE = AskKind.LINE, AskKind.TEXT, AskKind.DAY, AskKind.CHOICE

_REMARK = Ask("words", "说明", "step.words", _TEXT)
_OPINION = Ask("words", "签批意见", "step.words", _TEXT)
_REASON = Ask("words", "理由", "step.words", _TEXT, required=True)


def _body(title: str) -> Ask:
    return Ask("body", title, "step.body", required=True)


def _outcome(title: str, action: Action, *, required: bool = True) -> Ask:
    return Ask("outcome", title, "step.outcome", _CHOICE, OUTCOMES[action], required=required)


ACTS: Mapping[Action, Act] = {
    act.action: act
    for act in (
        Act(
            Action.SIGN_IN,
            Actor.DESK,
            "制度附件1；条例第二十二条",
            (
                Ask(
                    "until_on",
                    "上级要求反馈日期",
                    "step.until_on",
                    _DAY,
                    when="is_from_superior",
                ),
                _REMARK,
            ),
            ("process_sheet_2211",),
            by_title="签收人",
        ),
        Act(
            Action.CLASSIFY,
            Actor.DESK,
            "条例第二十九条至第三十一条",
            (
                Ask("kind", "信访事项类别", "petition.kind", _CHOICE, Kind, required=True),
                Ask("route", "处理途径", "petition.route", _CHOICE, Route),
                _REMARK,
            ),
        ),
        Act(
            Action.RECEIVE,
            Actor.DESK,
            "制度附件2",
            (_outcome("由谁接待", Action.RECEIVE), _body("接待部室（单位）"), _REMARK),
            ("visit_registration",),
        ),
        Act(
            Action.RECORD_RECEPTION,
            Actor.DEPARTMENT,
            "制度附件2、附件4",
            (
                Ask(
                    "reception_opinion",
                    "接待部室（单位）意见",
                    "petition.reception_opinion",
                    _TEXT,
                    required=True,
                ),
                Ask("handler", "接待人（承办人）", "petition.handler", required=True),
            ),
            ("visit_registration",),
            by_title="接待人",
            by_from="handler",
        ),
        Act(
            Action.SUBMIT,
            Actor.DESK,
            "制度附件1",
            (_REMARK,),
            ("process_sheet_2211",),
            needs=("is_classified",),
        ),
        Act(
            Action.ASSIGN,
            Actor.ENDORSER,
            "制度附件1；检举控告由主职领导签批",
            (Ask("body", "承办部室（单位）", "petition.responsible_body", required=True), _OPINION),
            needs=("is_classified", "not_the_accused"),
            by_title="签批领导",
        ),
        Act(
            Action.HAND_OVER,
            Actor.ENDORSER,
            "条例第二十二条第一款第三项",
            (
                Ask("body", "交办给", "petition.responsible_body", required=True),
                Ask("until_on", "要求办结日期", "step.until_on", _DAY, required=True),
                _OPINION,
            ),
            ("assignment_letter",),
            needs=("is_classified", "not_the_accused"),
            by_title="签批领导",
        ),
        Act(
            Action.ACCEPT,
            Actor.DESK,
            "条例第二十三条、第三十四条",
            (_REMARK,),
            ("acceptance_notice",),
            dates="accepted_on",
        ),
        Act(Action.INFORM, Actor.DESK, "条例第二十三条", (_REMARK,), ("reception_notice",)),
        Act(
            Action.TRANSFER,
            Actor.DESK,
            "条例第二十二条、第三十条",
            (_body("转送给"), _REMARK),
            ("referral_letter", "reception_notice"),
            needs=("not_the_accused",),
        ),
        Act(
            Action.REFER,
            Actor.DESK,
            "条例第二十三条、第三十一条",
            (_body("应当向谁提出"), _REMARK),
            ("reception_notice",),
            needs=("not_the_accused",),
        ),
        Act(
            Action.REFUSE,
            Actor.DESK,
            "条例第十九条、第二十条、第三十一条",
            (_outcome("不予受理的理由", Action.REFUSE), _REASON),
            ("decline_notice",),
        ),
        Act(
            Action.DECLINE,
            Actor.DESK,
            "条例第三十六条第三款",
            (Ask("words", "复核意见文号和同一事实理由", "step.words", _TEXT, required=True),),
            ("bar_notice",),
        ),
        Act(
            Action.RETURN,
            Actor.DEPARTMENT,
            "制度二（二）2：3个工作小时内说明理由",
            (Ask("words", "退单理由", "step.words", _TEXT, required=True),),
            by_title="联络员",
        ),
        Act(
            Action.OBJECT,
            Actor.DESK,
            "条例第二十三条第三款：5个工作日内详细说明理由",
            (_body("向谁提出异议"), _REASON),
        ),
        Act(Action.OBJECTION_UPHELD, Actor.OTHER_BODY, "条例第二十三条第三款", (_REMARK,)),
        Act(Action.OBJECTION_REJECTED, Actor.OTHER_BODY, "条例第二十三条第三款", (_REMARK,)),
        Act(
            Action.RECUSE,
            Actor.DEPARTMENT,
            "条例第二十八条第三款",
            (Ask("handler", "改由谁承办", "petition.handler", required=True), _REASON),
        ),
        Act(
            Action.EXTEND,
            Actor.PRINCIPAL,
            "条例第三十四条：延长不得超过30日，告知理由",
            (Ask("until_on", "延长到", "step.until_on", _DAY, required=True), _REASON),
            ("extension_notice",),
            needs=("names_who_approved",),
            by_title="批准的单位负责人",
        ),
        Act(
            Action.OPEN_HEARING,
            Actor.DESK,
            "条例第三十一条第六项、第三十六条第二款",
            (_REMARK,),
            ("hearing_notice",),
        ),
        Act(
            Action.CLOSE_HEARING,
            Actor.DESK,
            "条例第三十六条第二款：听证时间不计入期限",
            (Ask("words", "听证情况", "step.words", _TEXT, required=True),),
        ),
        Act(
            Action.MEDIATE,
            Actor.DEPARTMENT,
            "条例第三十三条；四级调处",
            (_outcome("由谁牵头", Action.MEDIATE), _REMARK),
            by_title="牵头人",
        ),
        Act(
            Action.END_MEDIATION,
            Actor.DEPARTMENT,
            "条例第三十三条",
            (_outcome("调解结果", Action.END_MEDIATION), _REMARK),
            ("mediation_agreement", "settlement_agreement"),
            by_title="牵头人",
        ),
        Act(
            Action.CONSULT,
            Actor.DESK,
            "制度附件3、附件4：是否进入周会商",
            (Ask("words", "提请会商的问题", "step.words", _TEXT, required=True),),
            marks={"weekly_consultation": YesNo.YES},
        ),
        Act(
            Action.CONSULTED,
            Actor.PETITION_LEADER,
            "条例第十三条第三款",
            (Ask("words", "会商意见", "step.words", _TEXT, required=True),),
            by_title="主持人",
        ),
        Act(
            Action.SUPERVISE,
            Actor.DESK,
            "条例第四十条",
            (
                _outcome("督办事由", Action.SUPERVISE),
                _body("被督办单位"),
                Ask("words", "督办要求", "step.words", _TEXT, required=True),
                Ask("until_on", "反馈日期（不填按督办时限）", "step.until_on", _DAY),
            ),
            ("supervision_letter", "supervision_tracking"),
            marks={"supervised": YesNo.YES},
            needs=("not_the_accused",),
        ),
        Act(
            Action.FEED_BACK,
            Actor.DEPARTMENT,
            "条例第四十条第四款；15日内反馈",
            (Ask("words", "反馈内容", "step.words", _TEXT, required=True),),
            ("supervision_tracking",),
            by_title="反馈人",
        ),
        Act(
            Action.ADVISE,
            Actor.DESK,
            "条例第四十条第一款至第三款",
            (
                _outcome("哪一项建议", Action.ADVISE),
                _body("向谁提出"),
                Ask("words", "建议内容", "step.words", _TEXT, required=True),
            ),
            needs=("not_the_accused",),
        ),
        Act(
            Action.ADVICE_ANSWERED,
            Actor.OTHER_BODY,
            "条例第四十条第四款：书面反馈采纳情况",
            (_outcome("采纳情况", Action.ADVICE_ANSWERED), _REMARK),
            by_title="反馈单位",
        ),
        Act(
            Action.REPORT_URGENT,
            Actor.DESK,
            "条例第二十五条：及时报告",
            (_body("报告给"), Ask("words", "报告内容", "step.words", _TEXT, required=True)),
        ),
        Act(
            Action.PROPOSE,
            Actor.HANDLER,
            "制度附件1；条例第二十九条至第三十二条",
            (
                Ask(
                    "conclusion",
                    "处理（答复）意见及结论",
                    "petition.conclusion",
                    _TEXT,
                    required=True,
                ),
                Ask("handler", "事项承办人", "petition.handler", required=True),
                _outcome("处理结果", Action.PROPOSE, required=False),
            ),
            ("process_sheet_2211", "handling_opinion"),
            by_title="事项承办人",
            by_from="handler",
        ),
        Act(
            Action.REVIEW_MATTER,
            Actor.MATTER_LEADER,
            "制度附件1、附件2",
            (_OPINION,),
            by_title="事项分管领导",
        ),
        Act(
            Action.REVIEW_PETITION,
            Actor.PETITION_LEADER,
            "制度附件1",
            (_OPINION,),
            by_title="信访分管领导",
        ),
        Act(
            Action.SEND_BACK,
            Actor.MATTER_LEADER,
            "制度附件1",
            (Ask("words", "退回要求", "step.words", _TEXT, required=True),),
            by_title="审核领导",
        ),
        Act(
            Action.CONCLUDE,
            Actor.ENDORSER,
            "制度附件1；检举控告由主职领导签批",
            (_OPINION,),
            dates="concluded_on",
            needs=("is_classified", "has_route", "is_accepted", "has_conclusion"),
            by_title="签批领导",
        ),
        Act(
            Action.REPORT,
            Actor.DESK,
            "条例第二十二条第一款第三项",
            (_body("报送给"), _REMARK),
            ("conclusion_report",),
            needs=("has_conclusion",),
        ),
        Act(
            Action.REPLY,
            Actor.DESK,
            "条例第二十九条、第三十一条、第三十五条；制度附件1",
            (_outcome("答复（送达）方式", Action.REPLY), _REMARK),
            ("handling_opinion", "proof_of_service"),
            dates="served_on",
        ),
        Act(
            Action.CALL_IN_VAIN,
            Actor.DESK,
            "制度二（二）3",
            (_REMARK,),
            by_title="回访人",
        ),
        Act(
            Action.FOLLOW_UP,
            Actor.DESK,
            "制度二（二）3：办结后3日内；条例第二十一条",
            (
                Ask(
                    "satisfaction",
                    "信访人意见（对信访办）",
                    "follow_up.satisfaction",
                    _CHOICE,
                    Satisfaction,
                    required=True,
                ),
                Ask(
                    "body_satisfaction",
                    "信访人意见（对责任单位）",
                    "follow_up.body_satisfaction",
                    _CHOICE,
                    Satisfaction,
                ),
                Ask(
                    "method",
                    "回访方式",
                    "follow_up.method",
                    _CHOICE,
                    FollowUpMethod,
                    required=True,
                ),
                Ask("remarks", "回访情况", "follow_up.remarks", _TEXT),
            ),
            by_title="回访人",
        ),
        Act(
            Action.UNREACHABLE,
            Actor.DESK,
            "制度二（二）3",
            (
                Ask(
                    "unreachable_reason",
                    "无法回访原因",
                    "follow_up.unreachable_reason",
                    _TEXT,
                    required=True,
                ),
            ),
            by_title="回访人",
        ),
        Act(
            Action.VERIFY,
            Actor.DESK,
            "制度附件1、附件5",
            (
                Ask(
                    "requirement",
                    "核实件要求",
                    "verification.requirement",
                    _TEXT,
                    required=True,
                ),
            ),
            ("dissatisfaction_verification",),
        ),
        Act(
            Action.ASSIGN_VERIFICATION,
            Actor.ENDORSER,
            "制度附件5",
            (Ask("body", "核实部室（单位）", "petition.responsible_body", required=True), _OPINION),
            needs=("not_the_accused",),
            by_title="签批领导",
        ),
        Act(
            Action.ACCOUNT,
            Actor.HANDLER,
            "制度附件5",
            (
                Ask(
                    "account",
                    "信访事项核实情况说明",
                    "verification.account",
                    _TEXT,
                    required=True,
                ),
                Ask("handler", "事项承办人", "petition.handler", required=True),
                Ask("v_method", "核实方式", "verification.method", _CHOICE, VerificationMethod),
                Ask("substantiated", "是否属实", "verification.substantiated", _CHOICE, Extent),
                Ask("reasonable", "诉求是否合理", "verification.reasonable", _CHOICE, Extent),
                Ask("understanding", "是否理解件", "verification.understanding", _CHOICE, YesNo),
                Ask("may_rate_again", "可否再评价", "verification.may_rate_again", _CHOICE, YesNo),
            ),
            ("dissatisfaction_verification",),
            by_title="事项承办人",
            by_from="handler",
        ),
        Act(
            Action.ISSUE_ACCOUNT,
            Actor.MATTER_LEADER,
            "制度附件6：责任分管领导手签",
            (_OPINION,),
            ("verification_report",),
            by_title="责任分管领导",
        ),
        Act(
            Action.REQUEST_REVIEW,
            Actor.PETITIONER,
            "条例第三十五条：收到书面答复之日起30日内",
            (_body("复查机关、单位"), _REMARK),
        ),
        Act(
            Action.DECIDE_REVIEW,
            Actor.OTHER_BODY,
            "条例第三十五条：30日内提出复查意见并书面答复",
            (_outcome("复查结论", Action.DECIDE_REVIEW), _REMARK),
            ("review_opinion",),
            by_title="复查机关、单位",
        ),
        Act(
            Action.REQUEST_RE_REVIEW,
            Actor.PETITIONER,
            "条例第三十六条：收到书面答复之日起30日内",
            (_body("复核机关、单位"), _REMARK),
        ),
        Act(
            Action.DECIDE_RE_REVIEW,
            Actor.OTHER_BODY,
            "条例第三十六条：30日内提出复核意见",
            (_outcome("复核结论", Action.DECIDE_RE_REVIEW), _REMARK),
            ("reexamination_opinion",),
            by_title="复核机关、单位",
        ),
        Act(
            Action.ARCHIVE,
            Actor.DESK,
            "档案法第十三条",
            (_REMARK,),
            ("archive_cover", "file_contents"),
            needs=("was_verified_where_dissatisfied", "nothing_is_open"),
        ),
    )
}
"""Every act of the way, by its action."""

_A, _S = Action, Stage
_UNDER_WAY = (
    _S.SIGNED_IN,
    _S.RECEIVING,
    _S.ASSIGNING,
    _S.HANDLING,
    _S.MATTER_REVIEW,
    _S.PETITION_REVIEW,
    _S.CONCLUSION,
)
_BEGINNING = (_S.REGISTERED, _S.SIGNED_IN, _S.RECEIVING, _S.ASSIGNING)
_REHANDLED = (_S.VERIFYING, _S.REHANDLING, _S.ACCOUNTED)
_ENDED = (
    _S.REPLIED,
    _S.FOLLOWED_UP,
    _S.REVIEWED,
    _S.RE_REVIEWED,
    _S.TRANSFERRED,
    _S.REFERRED,
    _S.RETURNED,
    _S.REFUSED,
    _S.DECLINED,
)
_STILL_TO_END = (
    *_UNDER_WAY,
    *_REHANDLED,
    _S.CONCLUDED,
    _S.VERIFIED,
    _S.REVIEW,
    _S.RE_REVIEW,
    *_ENDED,
)
"""Where something that was begun may still be ended: nothing is filed before it is."""


def _staying(action: Action, stages: Iterable[Stage], *when: str) -> tuple[Move, ...]:
    return tuple(Move(action, stage, None, when) for stage in stages)


def _ending(action: Action, target: Stage, stages: Iterable[Stage], *when: str) -> tuple[Move, ...]:
    return tuple(Move(action, stage, target, when) for stage in stages)


_HANDLING = (
    Move(_A.SUBMIT, _S.SIGNED_IN, _S.ASSIGNING, is_main=True),
    Move(_A.ASSIGN, _S.ASSIGNING, _S.HANDLING, is_main=True),
    Move(_A.HAND_OVER, _S.ASSIGNING, _S.HANDLING),
    Move(_A.PROPOSE, _S.HANDLING, _S.MATTER_REVIEW, is_main=True),
    Move(_A.RETURN, _S.HANDLING, _S.SIGNED_IN),
    Move(_A.REVIEW_MATTER, _S.MATTER_REVIEW, _S.PETITION_REVIEW, ("was_assigned",), is_main=True),
    Move(_A.REVIEW_MATTER, _S.MATTER_REVIEW, _S.CONCLUSION, ("not_assigned",), is_main=True),
    Move(_A.REVIEW_PETITION, _S.PETITION_REVIEW, _S.CONCLUSION, is_main=True),
    Move(_A.CONCLUDE, _S.CONCLUSION, _S.CONCLUDED, is_main=True),
    *(
        Move(_A.SEND_BACK, stage, target, when)
        for stage in (_S.MATTER_REVIEW, _S.PETITION_REVIEW, _S.CONCLUSION)
        for target, when in (
            (_S.HANDLING, ("was_assigned",)),
            (_S.RECEIVING, ("not_assigned", "was_received")),
            (_S.REGISTERED, ("not_assigned", "was_not_received")),
        )
    ),
)
"""From the assignment to the conclusion (annex 1)."""

_AFTERWARDS = (
    Move(_A.REPLY, _S.CONCLUDED, _S.REPLIED, is_main=True),
    Move(_A.FOLLOW_UP, _S.CONCLUDED, _S.FOLLOWED_UP, ("needs_no_service",)),
    Move(_A.FOLLOW_UP, _S.REPLIED, _S.FOLLOWED_UP, is_main=True),
    Move(_A.FOLLOW_UP, _S.VERIFIED, _S.FOLLOWED_UP, is_main=True),
    *_staying(_A.CALL_IN_VAIN, (_S.CONCLUDED, _S.REPLIED, _S.VERIFIED)),
    *_ending(_A.UNREACHABLE, _S.FOLLOWED_UP, (_S.CONCLUDED, _S.REPLIED, _S.VERIFIED)),
    Move(_A.VERIFY, _S.FOLLOWED_UP, _S.VERIFYING, ("is_dissatisfied",), is_main=True),
    Move(_A.ASSIGN_VERIFICATION, _S.VERIFYING, _S.REHANDLING, is_main=True),
    Move(_A.ACCOUNT, _S.REHANDLING, _S.ACCOUNTED, is_main=True),
    Move(_A.ISSUE_ACCOUNT, _S.ACCOUNTED, _S.VERIFIED, is_main=True),
    Move(_A.SEND_BACK, _S.ACCOUNTED, _S.REHANDLING),
    *_ending(
        _A.REQUEST_REVIEW,
        _S.REVIEW,
        (_S.REPLIED, _S.FOLLOWED_UP, _S.VERIFIED, _S.ARCHIVED),
        "may_be_reviewed",
    ),
    Move(
        _A.DECIDE_REVIEW,
        _S.REVIEW,
        _S.REVIEWED,
        outcomes=(ReviewOutcome.UPHELD, ReviewOutcome.CHANGED),
        is_main=True,
    ),
    Move(_A.DECIDE_REVIEW, _S.REVIEW, _S.HANDLING, outcomes=(ReviewOutcome.REVOKED,)),
    Move(_A.REQUEST_RE_REVIEW, _S.REVIEWED, _S.RE_REVIEW),
    Move(_A.REQUEST_RE_REVIEW, _S.ARCHIVED, _S.RE_REVIEW, ("was_reviewed",)),
    Move(
        _A.DECIDE_RE_REVIEW,
        _S.RE_REVIEW,
        _S.RE_REVIEWED,
        outcomes=(ReviewOutcome.UPHELD, ReviewOutcome.CHANGED),
        is_main=True,
    ),
    Move(_A.DECIDE_RE_REVIEW, _S.RE_REVIEW, _S.HANDLING, outcomes=(ReviewOutcome.REVOKED,)),
    *(Move(_A.ARCHIVE, stage, _S.ARCHIVED, is_main=True) for stage in _ENDED),
)
"""From the conclusion to the archive, with the dissatisfied loop, review and re-examination."""

_ASIDE = (
    *_staying(_A.CLASSIFY, (_S.REGISTERED, *_UNDER_WAY)),
    *_staying(
        _A.ACCEPT, (_S.REGISTERED, *_UNDER_WAY), "runs_by_petition_or_duty", "not_accepted_yet"
    ),
    *_staying(_A.INFORM, (_S.REGISTERED, *_UNDER_WAY)),
    *_staying(_A.EXTEND, _UNDER_WAY, "runs_by_petition", "was_accepted"),
    *_staying(_A.RECUSE, (*_UNDER_WAY, *_REHANDLED)),
    *_staying(_A.MEDIATE, (_S.RECEIVING, _S.HANDLING, _S.REHANDLING), "is_remedy", "no_mediation"),
    *_staying(_A.END_MEDIATION, _STILL_TO_END, "in_mediation"),
    *_staying(_A.OPEN_HEARING, (_S.HANDLING, _S.RE_REVIEW), "runs_by_petition", "no_hearing"),
    *_staying(_A.CLOSE_HEARING, _STILL_TO_END, "in_hearing"),
    *_staying(_A.CONSULT, (_S.REGISTERED, *_UNDER_WAY, *_REHANDLED), "no_consultation"),
    *_staying(_A.CONSULTED, (_S.REGISTERED, *_STILL_TO_END), "in_consultation"),
    *_staying(_A.SUPERVISE, (*_UNDER_WAY, *_REHANDLED), "no_supervision"),
    *_staying(_A.FEED_BACK, _STILL_TO_END, "in_supervision"),
    *_staying(_A.ADVISE, (_S.REGISTERED, *_STILL_TO_END, _S.ARCHIVED)),
    *_staying(_A.ADVICE_ANSWERED, (_S.REGISTERED, *_STILL_TO_END, _S.ARCHIVED), "awaits_adoption"),
    *_staying(_A.REPORT_URGENT, (_S.REGISTERED, *_UNDER_WAY, *_REHANDLED), "is_urgent"),
    *_staying(_A.REPORT, (_S.CONCLUDED, *_ENDED, _S.VERIFIED), "is_from_superior"),
    *_ending(_A.TRANSFER, _S.TRANSFERRED, _BEGINNING),
    *_ending(_A.REFER, _S.REFERRED, _BEGINNING),
    *_ending(_A.REFUSE, _S.REFUSED, _BEGINNING),
    *_ending(_A.DECLINE, _S.DECLINED, _BEGINNING),
    *_ending(
        _A.OBJECT, _S.OBJECTING, (_S.REGISTERED, _S.SIGNED_IN, _S.ASSIGNING), "is_from_superior"
    ),
    Move(_A.OBJECTION_UPHELD, _S.OBJECTING, _S.RETURNED, is_main=True),
    Move(_A.OBJECTION_REJECTED, _S.OBJECTING, _S.SIGNED_IN),
)
"""What is done beside the ordinary way, and the ends of what is not the office's to handle."""

_COMMON = (*_HANDLING, *_AFTERWARDS, *_ASIDE)

PLATFORM = Flow(
    "platform",
    "上级转来件",
    "制度附件1",
    (Move(_A.SIGN_IN, _S.REGISTERED, _S.SIGNED_IN, is_main=True), *_COMMON),
)
VISIT = Flow(
    "visit",
    "来访",
    "制度附件2",
    (
        Move(_A.RECEIVE, _S.REGISTERED, _S.RECEIVING, is_main=True),
        Move(_A.RECORD_RECEPTION, _S.RECEIVING, _S.MATTER_REVIEW, is_main=True),
        Move(_A.SUBMIT, _S.REGISTERED, _S.ASSIGNING),
        Move(_A.SUBMIT, _S.RECEIVING, _S.ASSIGNING),
        *_COMMON,
    ),
)
LETTER = Flow(
    "letter",
    "来信、网上信访和代办",
    "条例第十七条、第二十二条；制度附件1",
    (Move(_A.SIGN_IN, _S.REGISTERED, _S.SIGNED_IN, is_main=True), *_COMMON),
)
CALL = Flow(
    "call",
    "来电",
    "条例第十七条、第十九条；制度附件1",
    (
        Move(_A.SUBMIT, _S.REGISTERED, _S.ASSIGNING, is_main=True),
        Move(_A.PROPOSE, _S.REGISTERED, _S.MATTER_REVIEW),
        *_COMMON,
    ),
)
FLOWS = (PLATFORM, VISIT, LETTER, CALL)


def flow_of(petition: Petition) -> Flow:
    """Give the flow of a matter: by its source first, then by how it came in."""
    if petition.source_level is SourceLevel.SUPERIOR:
        return PLATFORM
    return {Channel.VISIT: VISIT, Channel.PHONE: CALL}.get(petition.channel, LETTER)


HANDLING_OUTCOMES: Mapping[Kind, tuple[HandlingOutcome, ...]] = {
    Kind.REMEDY: (
        HandlingOutcome.SUPPORTED,
        HandlingOutcome.EXPLAINED,
        HandlingOutcome.NOT_SUPPORTED,
    ),
    Kind.SUGGESTION: (
        HandlingOutcome.ADOPTED,
        HandlingOutcome.PARTLY_ADOPTED,
        HandlingOutcome.NOT_ADOPTED,
    ),
    Kind.ACCUSATION: (
        HandlingOutcome.CONFIRMED,
        HandlingOutcome.PARTLY_CONFIRMED,
        HandlingOutcome.NOT_CONFIRMED,
    ),
}
"""What handling may come to, by the kind of matter (articles 29, 30 and 32)."""
