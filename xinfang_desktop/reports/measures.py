"""The figures of a summary as data: name, definition in words (口径), formula, unit and source.

Articles are those of 《信访工作条例》 (2022); “制度” is the office's own regulation, “统计惯例” is
what petition bureaus commonly print where no text says so. A rate by a time limit counts the
matters whose limit ran out in the period: where it has not come yet, they are in neither part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xinfang_desktop.casework import counted as sorts
from xinfang_desktop.casework.counting import Matters
from xinfang_desktop.models import (
    Action,
    Adoption,
    Advice,
    Channel,
    Extent,
    Kind,
    LabelledEnum,
    OfficeProfile,
    ReviewOutcome,
    Satisfaction,
    SourceLevel,
)


class Unit(LabelledEnum):
    """What a figure is counted in."""

    PIECES = "pieces", "件"
    TIMES = "times", "件次"
    BATCHES = "batches", "批次"
    VISITORS = "visitors", "人次"
    PEOPLE = "people", "人"
    PER_CENT = "per_cent", "%"
    DAYS = "days", "天"


@dataclass(frozen=True)
class Measure:
    """指标: one figure, what it counts and what it is divided by."""

    key: str
    name: str
    definition: str
    numerator: Matters
    denominator: Matters | None = None
    unit: Unit = Unit.PIECES
    source: str = "统计惯例"

    @property
    def parts(self) -> tuple[Matters, ...]:
        """The sorts of matters that it is made of."""
        return (self.numerator, self.denominator) if self.denominator else (self.numerator,)

    @property
    def is_ratio(self) -> bool:
        """Whether it is a rate or an average, with two parts."""
        return self.denominator is not None

    @property
    def rule(self) -> str:
        """By which day matters belong to the period."""
        return self.parts[-1].basis.rule

    def defined(self, office: OfficeProfile) -> str:
        """Give the definition with the office's own threshold of 集体访."""
        return self.definition.format(many=office.group_threshold)


@dataclass(frozen=True)
class MeasureGroup:
    """A part of the table of figures."""

    key: str
    title: str
    measures: tuple[Measure, ...]


def _rate(
    key: str, name: str, definition: str, part: Matters, of: Matters, *, source: str = "统计惯例"
) -> Measure:
    return Measure(key, name, definition, part, of, Unit.PER_CENT, source)


def _average(key: str, name: str, definition: str, days: Matters) -> Measure:
    return Measure(key, name, definition, days, days.adding(""), Unit.DAYS)


def _channel(key: str, channel: Channel, name: str) -> Measure:
    matters = sorts.came_by(channel)
    return Measure(key, name, f"信访形式为{channel.label}的信访事项", matters, unit=Unit.TIMES)


def _kind(key: str, kind: Kind, article: str) -> Measure:
    what = f"类别为{kind.label}的信访事项"
    if kind is Kind.ACCUSATION:
        what += "；只计件数，内容保密"
    return Measure(key, f"{kind.label}类", what, sorts.of_kind(kind), source=article)


_VISITS = sorts.came_by(Channel.VISIT)
_LETTERS = sorts.came_by(Channel.LETTER)

INCOMING = MeasureGroup(
    "incoming",
    "来件",
    (
        Measure(
            "received",
            "信访总量",
            "本期收到并登记的信访事项，每登记一件计一件次；作废、并件后的重复登记不计",
            sorts.RECEIVED,
            unit=Unit.TIMES,
            source="条例第二十二条、第四十一条",
        ),
        _channel("letters", Channel.LETTER, "来信"),
        Measure(
            "visits",
            "来访批次",
            "信访形式为来访的信访事项，一批人一次来访计一批",
            _VISITS,
            unit=Unit.BATCHES,
        ),
        Measure(
            "visitors",
            "来访人次",
            "各批来访的实际来访人数之和；没有记实际来访人数的用人数，都没有记的按1人",
            _VISITS.adding(sorts.PRESENT),
            unit=Unit.VISITORS,
        ),
        _channel("calls", Channel.PHONE, "来电"),
        _channel("online", Channel.ONLINE, "网上信访"),
        _channel("by_agent", Channel.AGENT, "信访代办"),
        _rate(
            "online_share",
            "网上信访占比",
            "网上信访件次÷信访总量",
            sorts.came_by(Channel.ONLINE),
            sorts.RECEIVED,
        ),
        Measure(
            "from_superior",
            "上级转送交办",
            "信访件来源为上级的信访事项",
            sorts.came_from(SourceLevel.SUPERIOR),
            source="条例第二十二条",
        ),
        Measure(
            "own",
            "本级受理",
            "信访件来源为本级的信访事项",
            sorts.came_from(SourceLevel.OWN),
            source="条例第二十二条",
        ),
        _kind("suggestions", Kind.SUGGESTION, "条例第二十九条"),
        _kind("accusations", Kind.ACCUSATION, "条例第三十条"),
        _kind("remedies", Kind.REMEDY, "条例第三十一条"),
        Measure("unclassified", "未分类", "还没有定类别的信访事项", sorts.UNCLASSIFIED),
        Measure(
            "group_visits",
            "集体访批次",
            "人数在{many}人以上（含本数）的来访",
            sorts.GROUP_VISITS,
            unit=Unit.BATCHES,
        ),
        Measure(
            "group_visitors",
            "集体访人次",
            "人数在{many}人以上（含本数）的来访的实际来访人数之和，算法同来访人次",
            sorts.GROUP_VISITS.adding(sorts.PRESENT),
            unit=Unit.VISITORS,
        ),
        Measure(
            "joint_letters",
            "联名信（网）",
            "人数在5人以上（含本数）的来信、网上信访",
            sorts.JOINT_LETTERS,
        ),
        Measure(
            "bypassing",
            "越级走访",
            "经办人标为越级走访的事项；只作总数，不对应村社和个人",
            sorts.BYPASSERS,
            source="条例第二十条",
        ),
        Measure("urgent", "重大紧急", "标为重大紧急的事项", sorts.URGENT, source="条例第二十五条"),
        Measure(
            "petitioners",
            "信访人数",
            "各件人数之和；没有记人数的不计",
            sorts.RECEIVED.adding("ifnull(p.headcount, 0)"),
            unit=Unit.PEOPLE,
        ),
        Measure(
            "involved",
            "涉及人数",
            "各件涉及人数之和；没有记的不计",
            sorts.RECEIVED.adding("ifnull(p.involved, 0)"),
            unit=Unit.PEOPLE,
        ),
    ),
)

REPEATING = MeasureGroup(
    "repeating",
    "初次和重复",
    (
        Measure("first_time", "初次信访", "没有更早的同一事项的信访事项", sorts.FIRST_TIMERS),
        Measure(
            "repeated", "重复信访", "经办人判定与更早的一件为同一事项的信访事项", sorts.REPEATS
        ),
        _rate("repeat_rate", "重复信访率", "重复信访件次÷信访总量", sorts.REPEATS, sorts.RECEIVED),
        Measure("first_letters", "初信", "初次信访中的来信", sorts.again(_LETTERS, repeated=False)),
        Measure(
            "repeated_letters", "重信", "重复信访中的来信", sorts.again(_LETTERS, repeated=True)
        ),
        Measure(
            "first_visits",
            "初访",
            "初次信访中的来访",
            sorts.again(_VISITS, repeated=False),
            unit=Unit.BATCHES,
        ),
        Measure(
            "repeated_visits",
            "重访",
            "重复信访中的来访",
            sorts.again(_VISITS, repeated=True),
            unit=Unit.BATCHES,
        ),
        _rate(
            "settled_at_once",
            "一次性化解率",
            "本期办结的初次信访中，办结后到期末没有再重复的÷本期办结的初次信访",
            sorts.SETTLED_AT_ONCE,
            sorts.CONCLUDED_FIRST_TIMERS,
        ),
    ),
)


def _did(key: str, name: str, action: Action, article: str, what: str = "") -> Measure:
    told = what or f"本期“{action.label}”的信访事项；一件多次的计一件，撤回的不计"
    return Measure(key, name, told, sorts.did(action), source=article)


HANDLING = MeasureGroup(
    "handling",
    "受理和办理",
    (
        Measure(
            "carried_in",
            "上期结转",
            "期初以前收到，到期初还没有办结、转送、告知途径、不予（不再）受理或退回的信访事项",
            sorts.CARRIED_IN,
        ),
        Measure(
            "accepted",
            "受理",
            "受理日期在本期的信访事项",
            sorts.ACCEPTED,
            source="条例第二十三条、第三十四条",
        ),
        _did("informed", "书面告知", Action.INFORM, "条例第二十三条"),
        _did("transferred", "转送", Action.TRANSFER, "条例第二十二条"),
        Measure(
            "assigned",
            "交办",
            "本期交办（含限期交办）给承办部室、单位的信访事项；一件多次的计一件，撤回的不计",
            sorts.did(Action.ASSIGN, Action.HAND_OVER),
            source="条例第二十二条",
        ),
        _did("handed_over", "限期交办", Action.HAND_OVER, "条例第二十二条第一款第三项"),
        _did("referred", "告知途径", Action.REFER, "条例第二十三条、第三十一条"),
        _did("refused", "不予受理", Action.REFUSE, "条例第十九条、第二十条"),
        _did("declined", "不再受理", Action.DECLINE, "条例第三十六条第三款"),
        _did("returned", "部室退单", Action.RETURN, "制度二（二）2"),
        _did("objected", "提出异议", Action.OBJECT, "条例第二十三条第三款"),
        _did("extended", "延期", Action.EXTEND, "条例第三十四条"),
        Measure(
            "concluded",
            "办结",
            "办结日期在本期的信访事项",
            sorts.CONCLUDED,
            source="条例第三十四条",
        ),
        Measure(
            "ended_otherwise",
            "其他了结",
            "本期转送、告知途径、不予（不再）受理或异议成立退回、没有办结日期的信访事项",
            sorts.ENDED_OTHERWISE,
        ),
        Measure("replied", "答复", "答复送达日期在本期的信访事项", sorts.SERVED),
        Measure(
            "still_open",
            "期末在办",
            "期末以前收到，到期末还没有办结、转送、告知途径、不予（不再）受理或退回的信访事项",
            sorts.STILL_OPEN,
        ),
        Measure(
            "overdue",
            "期末超期",
            "到期末有应当办理的时限已过、还没有完成的信访事项",
            sorts.OVERDUE,
            source="条例第四十条",
        ),
    ),
)


def _limit(
    key: str, name: str, what: str, matters: Matters, article: str
) -> tuple[Measure, Measure, Measure]:
    """Give a rate of what was kept in time, and the two classes that were not."""
    rate = f"{what}期限在本期届满的事项中按期的÷全部；期限未到的分子分母都不计"
    return (
        _rate(f"{key}_rate", f"{name}率", rate, sorts.kept(matters), matters, source=article),
        Measure(
            f"{key}_late",
            f"{what}超期完成",
            f"{what}期限在本期届满，超期但到期末已完成",
            sorts.late(matters),
            source=article,
        ),
        Measure(
            f"{key}_missed",
            f"{what}超期未完成",
            f"{what}期限在本期届满，到期末还没有完成",
            sorts.missed(matters),
            source=article,
        ),
    )


TIMELINESS = MeasureGroup(
    "timeliness",
    "时限",
    (
        *_limit("routing", "按期分流", "登记分流", sorts.ROUTING, "条例第二十二条：15日"),
        *_limit("notice", "及时受理", "书面告知", sorts.NOTICE, "条例第二十三条：15日"),
        *_limit(
            "conclusion", "按期办结", "办结", sorts.CONCLUSION, "条例第三十四条：60日，可延长30日"
        ),
        _rate(
            "reply_rate",
            "按期答复率",
            "办结期限在本期届满的事项中，期限内已送达答复的÷全部；期限未到的分子分母都不计",
            sorts.ANSWERED,
            sorts.CONCLUSION,
            source="条例第三十四条",
        ),
        *_limit(
            "feedback",
            "按期反馈",
            "督办反馈",
            sorts.FEEDBACK,
            "条例第四十条；联合接访工作方案：15日",
        ),
        *_limit(
            "review",
            "按期复查复核",
            "复查、复核",
            sorts.REVIEWING,
            "条例第三十五条、第三十六条：30日",
        ),
        _rate(
            "all_limits_rate",
            "各项时限按期率",
            "有应当办理的时限在本期届满的事项中，各项都按期的÷全部；期限未到的分子分母都不计",
            sorts.kept(sorts.ALL_LIMITS),
            sorts.ALL_LIMITS,
            source="条例第二十二条至第三十六条、制度",
        ),
    ),
)

_LEGS: tuple[tuple[str, str, tuple[Action, ...], Action], ...] = (
    ("to_sign_in", "收到到签收", (), Action.SIGN_IN),
    ("to_assign", "签收到交办", (Action.SIGN_IN,), Action.ASSIGN),
    ("to_propose", "交办到提出意见", (Action.ASSIGN, Action.HAND_OVER), Action.PROPOSE),
    ("to_conclude", "提出意见到办结签批", (Action.PROPOSE,), Action.CONCLUDE),
    ("to_reply", "办结到答复", (Action.CONCLUDE,), Action.REPLY),
    ("to_follow_up", "答复到回访", (Action.REPLY,), Action.FOLLOW_UP),
)

DURATIONS = MeasureGroup(
    "durations",
    "平均用时",
    (
        _average(
            "days_to_accept",
            "平均受理天数",
            "本期受理的事项从收到到受理的天数之和÷件数，收到当日不计",
            sorts.DAYS_TO_ACCEPT,
        ),
        _average(
            "days_to_handle",
            "平均办理天数",
            "本期办结的事项从受理到办结的天数之和÷件数，受理当日不计",
            sorts.DAYS_TO_HANDLE,
        ),
        _average(
            "days_in_all",
            "平均办结天数",
            "本期办结的事项从收到到办结的天数之和÷件数，收到当日不计",
            sorts.DAYS_IN_ALL,
        ),
        *(
            _average(
                f"days_{key}",
                f"{name}平均天数",
                f"本期“{ends.label}”的事项，{name}的天数之和÷件数，开始当日不计",
                sorts.leg(begins, ends),
            )
            for key, name, begins, ends in _LEGS
        ),
    ),
)

_SATISFIED = "满意和基本满意的÷已评价的；一件在本期评价几次的，以最后一次为准"

SATISFACTION = MeasureGroup(
    "satisfaction",
    "回访和评价",
    (
        Measure(
            "asked_back",
            "回访",
            "回访日期在本期的信访事项",
            sorts.ASKED_BACK,
            source="制度二（二）3",
        ),
        _rate(
            "follow_up_rate",
            "回访率",
            "回访期限（办结后3日）在本期届满的事项中，到期末已回访到信访人的÷全部",
            sorts.ASKED_BACK_WHEN_DUE,
            sorts.ASKING_BACK,
            source="制度二（二）3",
        ),
        _rate(
            "timely_follow_up_rate",
            "按期回访率",
            "回访期限（办结后3日）在本期届满的事项中按期回访（或记明无法回访）的÷全部",
            sorts.kept(sorts.ASKING_BACK),
            sorts.ASKING_BACK,
            source="制度二（二）3",
        ),
        _did("unreached", "无法回访", Action.UNREACHABLE, "制度二（二）3"),
        _rate(
            "rating_rate",
            "参评率",
            "回访期限在本期届满的事项（应评价）中，到期末已评价的÷全部",
            sorts.RATED_WHEN_DUE,
            sorts.ASKING_BACK,
            source="条例第二十一条",
        ),
        Measure(
            "rated",
            "已评价",
            "本期回访时对信访办作出评价的信访事项；一件评价几次的计一件",
            sorts.RATED,
            source="条例第二十一条",
        ),
        *(
            Measure(
                choice.value,
                choice.label,
                f"本期最后一次评价为{choice.label}的信访事项",
                sorts.rating(sorts.RATED, choice),
                source="条例第二十一条",
            )
            for choice in Satisfaction
        ),
        _rate(
            "satisfaction_rate",
            "满意率（对信访办）",
            f"对信访办评价为{_SATISFIED}",
            sorts.content(sorts.RATED),
            sorts.RATED,
            source="条例第二十一条",
        ),
        _rate(
            "body_satisfaction_rate",
            "满意率（对责任单位）",
            f"对责任单位评价为{_SATISFIED}",
            sorts.content(sorts.BODY_RATED),
            sorts.BODY_RATED,
            source="条例第二十一条",
        ),
    ),
)

_FOUND: tuple[tuple[str, tuple[str, str, str]], ...] = (
    ("substantiated", ("属实", "部分属实", "不属实")),
    ("reasonable", ("诉求合理", "诉求部分合理", "诉求不合理")),
)


def _findings() -> Iterator[Measure]:
    for column, names in _FOUND:
        for extent, name in zip(Extent, names, strict=True):
            what = f"本期签发核实说明、核实结论为{name}的信访事项"
            matters = sorts.found(column, extent)
            yield Measure(f"{column}_{extent.value}", name, what, matters, source="制度附件5")


VERIFICATION = MeasureGroup(
    "verification",
    "不满意核实",
    (
        _did("verifying", "不满意核实", Action.VERIFY, "制度附件1、附件5"),
        Measure(
            "verified",
            "核实完成",
            "本期签发核实情况说明的信访事项；一件几次的以最后一次为准",
            sorts.VERIFIED,
            source="制度附件5、附件6",
        ),
        *_findings(),
        Measure(
            "understanding",
            "理解件",
            "本期签发核实说明、定为理解件的信访事项",
            sorts.UNDERSTANDING,
            source="制度附件5",
        ),
        Measure(
            "may_rate_again",
            "可再评价",
            "本期签发核实说明、可以再评价的信访事项",
            sorts.MAY_RATE_AGAIN,
            source="制度附件5",
        ),
        _rate(
            "satisfied_after",
            "核实后满意率",
            "核实后再次回访，满意和基本满意的÷已再次评价的",
            sorts.content(sorts.RATED_AGAIN),
            sorts.RATED_AGAIN,
            source="制度附件1",
        ),
    ),
)

SUPERVISION = MeasureGroup(
    "supervision",
    "督办、会商和调解",
    (
        _did("supervised", "督办", Action.SUPERVISE, "条例第四十条"),
        _did("fed_back", "督办反馈", Action.FEED_BACK, "条例第四十条第四款"),
        _did("consulted", "提交周会商", Action.CONSULT, "制度附件3、附件4"),
        _did("discussed", "会商有意见", Action.CONSULTED, "条例第十三条第三款"),
        _did("urgent_reports", "重大紧急报告", Action.REPORT_URGENT, "条例第二十五条"),
        _did("hearings", "听证", Action.CLOSE_HEARING, "条例第三十一条第六项"),
        Measure(
            "mediated",
            "调解",
            "本期调解结束的信访事项",
            sorts.MEDIATED,
            source="条例第三十三条",
        ),
        _rate(
            "agreement_rate",
            "调解成功率",
            "达成调解协议或自行和解的÷本期调解结束的",
            sorts.AGREED,
            sorts.MEDIATED,
            source="条例第三十三条",
        ),
    ),
)


def _outcomes() -> Iterator[Measure]:
    for outcome in ReviewOutcome:
        reviewed, re_reviewed = sorts.reviewed_as(outcome)
        what = f"结论为{outcome.label}"
        yield Measure(
            f"review_{outcome.value}",
            f"复查{outcome.label}",
            f"本期作出复查意见、{what}的信访事项",
            reviewed,
            source="条例第三十五条",
        )
        yield Measure(
            f"re_review_{outcome.value}",
            f"复核{outcome.label}",
            f"本期作出复核意见、{what}的信访事项",
            re_reviewed,
            source="条例第三十六条",
        )


REVIEW = MeasureGroup(
    "review",
    "复查复核",
    (
        _did("review_requests", "收到复查请求", Action.REQUEST_REVIEW, "条例第三十五条"),
        _did("reviews", "复查意见", Action.DECIDE_REVIEW, "条例第三十五条"),
        _did("re_review_requests", "收到复核请求", Action.REQUEST_RE_REVIEW, "条例第三十六条"),
        _did("re_reviews", "复核意见", Action.DECIDE_RE_REVIEW, "条例第三十六条"),
        *sorted(_outcomes(), key=lambda measure: measure.key.startswith("re_")),
    ),
)


def _advice() -> Iterator[Measure]:
    for kind, part in zip(Advice, ("一", "二", "三"), strict=True):
        yield Measure(
            f"advised_{kind.value}",
            f"{kind.label}的建议",
            f"本期提出{kind.label}建议的信访事项；一件几次的计一件",
            sorts.did_as(Action.ADVISE, kind),
            source=f"条例第四十条第{part}款",
        )
    for adoption in Adoption:
        yield Measure(
            f"advice_{adoption.value}",
            f"建议{adoption.label}",
            f"本期收到建议反馈、情况为{adoption.label}的信访事项；一件几次的计一件",
            sorts.did_as(Action.ADVICE_ANSWERED, adoption),
            source="条例第四十条第四款",
        )


ADVICE = MeasureGroup(
    "advice",
    "三项建议",
    (
        _did("advised", "提出建议", Action.ADVISE, "条例第四十条"),
        _did("advice_answered", "建议反馈", Action.ADVICE_ANSWERED, "条例第四十条第四款"),
        *_advice(),
    ),
)

GROUPS = (
    *(INCOMING, REPEATING, HANDLING, TIMELINESS, DURATIONS),
    *(SATISFACTION, VERIFICATION, SUPERVISION, ADVICE, REVIEW),
)
"""Every figure, in the parts of the table."""

MEASURES: Mapping[str, Measure] = {
    measure.key: measure for group in GROUPS for measure in group.measures
}
"""Every figure by its key."""
