"""What a summary is made of, as data: sections, sentences, tables and charts by kind of period.

A clause names figures in braces: ``{received}`` is the figure with its parts, ``{received.change}``
how it changed against the period before, ``{received.year}`` against a year ago. A clause that has
nothing to tell is left out, and a sentence or a table of which nothing is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from xinfang_desktop.casework.counted import DUE_NEXT, IN_CONSULTATION, OVERDUE
from xinfang_desktop.casework.counting import Dimension, Matters
from xinfang_desktop.casework.dimensions import CATEGORY, PLACE
from xinfang_desktop.models.period import PeriodKind


@dataclass(frozen=True)
class Sentence:
    """Clauses joined by commas; ``always`` is said even where it is nought."""

    clauses: tuple[str, ...]
    always: bool = False


@dataclass(frozen=True)
class FigureTable:
    """Figures with the period before and a year ago."""

    title: str
    keys: tuple[str, ...]
    spare: bool = True
    """Whether figures that are nought in all three periods are left out."""


@dataclass(frozen=True)
class GroupTable:
    """The groups of a dimension: how many there were, before, and a year ago."""

    title: str
    dimension: Dimension
    key: str = "received"
    note: str = ""


@dataclass(frozen=True)
class GroupChart:
    """A chart of the groups of a dimension, beside the period before."""

    title: str
    dimension: Dimension
    key: str = "received"


@dataclass(frozen=True)
class FigureChart:
    """A chart of several figures, beside the period before."""

    title: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class MonthsChart:
    """A chart of the months of the period, at least of half a year, of one or more figures."""

    title: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class BodyTable:
    """How the responsible bodies handled matters: in time, when due, to whose satisfaction."""

    title: str
    heads: Mapping[str, str]
    """What stands over each figure, by its key."""

    note: str


@dataclass(frozen=True)
class MatterTable:
    """Matters by number, day and claim: one of ``AGENDA``."""

    title: str
    name: str
    empty: str


@dataclass(frozen=True)
class Definitions:
    """What the rates and averages told above are, and what is easily misread."""

    title: str
    besides: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """Words of the office, kept for each period; ``usual`` is offered until others are written."""

    name: str
    title: str
    usual: str = ""


Item: TypeAlias = (
    Sentence
    | FigureTable
    | GroupTable
    | GroupChart
    | FigureChart
    | MonthsChart
    | BodyTable
    | MatterTable
    | Definitions
    | Written
)


@dataclass(frozen=True)
class Part:
    """A section of the summary."""

    title: str
    items: tuple[Item, ...]
    is_annex: bool = False


@dataclass(frozen=True)
class Outline:
    """One kind of summary: what it is called, and its sections."""

    key: str
    title: str
    parts: tuple[Part, ...]

    @property
    def written(self) -> tuple[Written, ...]:
        """The parts that the office writes."""
        return tuple(
            item for part in self.parts for item in part.items if isinstance(item, Written)
        )


_VOLUME = (
    Sentence(
        ("{name}共收到信访事项{received}", "{received.change}", "{received.year}"), always=True
    ),
    Sentence(
        (
            "其中来信{letters}",
            "来访{visits}、{visitors}",
            "来电{calls}",
            "网上信访{online}，占{online_share}",
            "信访代办{by_agent}",
        )
    ),
    Sentence(("集体访{group_visits}、{group_visitors}", "联名信（网）{joint_letters}")),
    Sentence(("按来源分，上级转送交办{from_superior}", "本级受理{own}")),
    Sentence(
        (
            "按类别分，申诉求决{remedies}",
            "建议意见{suggestions}",
            "检举控告{accusations}",
            "未分类{unclassified}",
        )
    ),
    Sentence(("初次信访{first_time}", "重复信访{repeated}", "重复信访率{repeat_rate}")),
    Sentence(("重大紧急事项{urgent}", "越级走访{bypassing}")),
)
_HANDLED = (
    Sentence(("上期结转{carried_in}", "期末在办{still_open}"), always=True),
    Sentence(
        (
            "{name}受理{accepted}",
            "交办{assigned}",
            "转送{transferred}",
            "办结{concluded}",
            "其他了结{ended_otherwise}",
        )
    ),
    Sentence(("告知途径{referred}", "不予受理{refused}", "不再受理{declined}", "延期{extended}")),
    Sentence(
        (
            "期限在{name}届满的事项中，及时受理率{notice_rate}",
            "按期办结率{conclusion_rate}",
            "按期答复率{reply_rate}",
        )
    ),
    Sentence(("到期末超期未完成的{overdue}",)),
    Sentence(
        (
            "平均受理用时{days_to_accept}",
            "平均办理用时{days_to_handle}",
            "从收到到办结平均{days_in_all}",
        )
    ),
    Sentence(("一次性化解率{settled_at_once}",)),
)
_RATED = (
    Sentence(
        (
            "{name}回访{asked_back}",
            "回访率{follow_up_rate}",
            "按期回访率{timely_follow_up_rate}",
            "参评率{rating_rate}",
            "无法回访{unreached}",
        )
    ),
    Sentence(
        (
            "已评价的{rated}中，满意{satisfied}",
            "基本满意{mostly_satisfied}",
            "不满意{dissatisfied}",
            "对信访办的满意率{satisfaction_rate}",
            "对责任单位的满意率{body_satisfaction_rate}",
        )
    ),
    Sentence(
        (
            "不满意核实{verifying}",
            "核实完成{verified}",
            "其中属实{substantiated_yes}",
            "部分属实{substantiated_partly}",
            "不属实{substantiated_no}",
            "理解件{understanding}",
            "核实后满意率{satisfied_after}",
        )
    ),
)
_WATCHED = (
    Sentence(
        (
            "督办{supervised}",
            "反馈{fed_back}",
            "按期反馈率{feedback_rate}",
            "提交周会商{consulted}",
            "会商有意见{discussed}",
        )
    ),
    Sentence(
        (
            "调解{mediated}",
            "调解成功率{agreement_rate}",
            "听证{hearings}",
            "重大紧急报告{urgent_reports}",
        )
    ),
    Sentence(
        (
            "收到复查请求{review_requests}",
            "作出复查意见{reviews}",
            "其中维持{review_upheld}",
            "变更{review_changed}",
            "撤销{review_revoked}",
        )
    ),
    Sentence(
        (
            "收到复核请求{re_review_requests}",
            "作出复核意见{re_reviews}",
            "其中维持{re_review_upheld}",
            "变更{re_review_changed}",
            "撤销{re_review_revoked}",
        )
    ),
)

_ADVISED = (
    Sentence(
        (
            "{name}提出三项建议的信访事项{advised}",
            "其中改进工作{advised_improve}",
            "完善政策{advised_policy}",
            "追究责任{advised_accountability}",
        ),
        always=True,
    ),
    Sentence(
        (
            "收到反馈{advice_answered}",
            "其中采纳{advice_adopted}",
            "部分采纳{advice_partly}",
            "未采纳{advice_not_adopted}",
        )
    ),
)

_VOLUME_KEYS = (
    *("received", "letters", "visits", "visitors", "calls", "online", "by_agent"),
    *("from_superior", "own", "remedies", "suggestions", "accusations", "unclassified"),
    *("group_visits", "group_visitors", "first_time", "repeated", "repeat_rate"),
)
_HANDLED_KEYS = (
    *("carried_in", "accepted", "assigned", "transferred", "concluded", "ended_otherwise"),
    *("still_open", "overdue", "routing_rate", "notice_rate", "conclusion_rate", "reply_rate"),
    *("all_limits_rate", "days_to_accept", "days_to_handle", "days_in_all", "settled_at_once"),
)
_RATED_KEYS = (
    *("asked_back", "follow_up_rate", "timely_follow_up_rate", "rating_rate", "unreached"),
    *("rated", "satisfied", "mostly_satisfied", "dissatisfied"),
    *("satisfaction_rate", "body_satisfaction_rate"),
    *("verifying", "verified", "substantiated_yes", "substantiated_partly", "substantiated_no"),
    "satisfied_after",
)
_WATCHED_KEYS = (
    *("supervised", "fed_back", "feedback_rate", "consulted", "discussed", "mediated"),
    *("agreement_rate", "hearings", "review_requests", "reviews", "re_review_requests"),
    "re_reviews",
)
_ADVISED_KEYS = (
    *("advised", "advised_improve", "advised_policy", "advised_accountability"),
    *("advice_answered", "advice_adopted", "advice_partly", "advice_not_adopted"),
)
_CHANNELS = ("letters", "visits", "calls", "online", "by_agent")
AGENDA: Mapping[str, Matters] = {
    "in_consultation": IN_CONSULTATION,
    "overdue": OVERDUE,
    "due_next": DUE_NEXT,
}
"""What the week's sheet lists."""

BODY_HEADS: Mapping[str, str] = {
    "received": "来件",
    "concluded": "办结",
    "notice_rate": "及时受理率",
    "conclusion_rate": "按期办结率",
    "reply_rate": "按期答复率",
    "body_satisfaction_rate": "满意率",
    "supervised": "督办",
    "overdue": "超期",
}
"""What tells how a body handles matters, and how it is headed."""

_BY_NAME = "按名称排列，不排名次"
_BODIES = BodyTable(
    "责任单位办理质量",
    BODY_HEADS,
    f"{_BY_NAME}；率下面是分子/分母，期限未到的都不计；检举控告不分单位。",
)
_CATEGORIES = GroupTable("内容分类", CATEGORY)
_PLACES = GroupTable("问题属地", PLACE, note=f"{_BY_NAME}。")
_ANALYSIS = Written("analysis", "情况分析")
_PLANS = Written("plans", "下一步工作")

_DEFINITIONS = Part(
    "统计口径",
    (
        Definitions(
            "指标、口径和依据",
            (
                *("received", "visits", "visitors", "group_visits", "repeated", "carried_in"),
                *("ended_otherwise", "still_open", "overdue", "rated"),
            ),
        ),
    ),
    is_annex=True,
)

MONTHLY = Outline(
    "monthly",
    "信访工作月报",
    (
        Part(
            "来件情况",
            (
                *_VOLUME,
                FigureTable("来件", _VOLUME_KEYS),
                FigureChart("信访形式（件次）", _CHANNELS),
                MonthsChart("近几个月来件和办结（件）", ("received", "concluded")),
            ),
        ),
        Part("办理情况", (*_HANDLED, FigureTable("办理和时限", _HANDLED_KEYS))),
        Part("回访评价", (*_RATED, FigureTable("回访、评价和核实", _RATED_KEYS))),
        Part("督办、会商和复查复核", (*_WATCHED, FigureTable("督办和复查复核", _WATCHED_KEYS))),
        Part(
            "反映的问题",
            (_CATEGORIES, GroupChart("内容分类（件次）", CATEGORY), _PLACES, _BODIES),
        ),
        Part("分析和下一步工作", (_ANALYSIS, _PLANS)),
        _DEFINITIONS,
    ),
)

YEARLY = Outline(
    "yearly",
    "信访情况年度报告",
    (
        Part(
            "信访事项的数据统计、涉及领域和责任单位",
            (
                *_VOLUME,
                FigureTable("来件", _VOLUME_KEYS),
                FigureChart("信访形式（件次）", _CHANNELS),
                MonthsChart("各月来件和办结（件）", ("received", "concluded")),
                _CATEGORIES,
                GroupChart("内容分类（件次）", CATEGORY),
                _PLACES,
                _BODIES,
                Written("fields", "涉及领域和被投诉较多的机关、单位"),
            ),
        ),
        Part(
            "转送、交办、督办情况",
            (
                *_HANDLED,
                *_WATCHED,
                FigureTable("办理和时限", _HANDLED_KEYS),
                FigureTable("督办和复查复核", _WATCHED_KEYS),
                *_RATED,
                FigureTable("回访、评价和核实", _RATED_KEYS),
            ),
        ),
        Part(
            "改进工作、完善政策、追究责任建议以及被采纳情况",
            (
                *_ADVISED,
                FigureTable("三项建议", _ADVISED_KEYS),
                Written("proposals", "主要建议和采纳情况"),
            ),
        ),
        Part("其他应当报告的事项", (_ANALYSIS, _PLANS)),
        _DEFINITIONS,
    ),
)

WEEKLY = Outline(
    "weekly",
    "信访工作周报",
    (
        Part(
            "本周情况",
            (
                *_VOLUME[:5],
                *_HANDLED[:2],
                FigureTable(
                    "本周数据",
                    ("received", *_CHANNELS, "accepted", "concluded", "still_open", "overdue"),
                    spare=False,
                ),
            ),
        ),
        Part(
            "提请会商的事项",
            (MatterTable("提请会商", "in_consultation", "没有提请会商的事项。"),),
        ),
        Part(
            "超期和下周到期的事项",
            (
                MatterTable("已超期", "overdue", "没有超期的事项。"),
                MatterTable("下周到期", "due_next", "没有下周到期的事项。"),
            ),
        ),
        Part("会商意见", (Written("opinion", "会商意见"),)),
    ),
)

OUTLINES: Mapping[PeriodKind, Outline] = {
    PeriodKind.MONTH: MONTHLY,
    PeriodKind.QUARTER: Outline("quarterly", "信访工作季报", MONTHLY.parts),
    PeriodKind.YEAR: YEARLY,
    PeriodKind.WEEK: WEEKLY,
    PeriodKind.RANGE: Outline("range", "信访工作情况统计", MONTHLY.parts),
}
"""What is made of each kind of period: 月报 (制度二（二）4), 年度报告 (article 41), 周会商."""
