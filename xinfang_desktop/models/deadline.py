"""LimitRule (时限规则) and Deadline (时限): within what time something must be done, until when.

A rule is data: what starts it, what ends it, how long it is, what it rests on and for which matters
it is. The office's own versions of rules are kept in the store; the shipped ones are
``casework.limit_rules.PRESETS``.
"""

from datetime import date, time

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime
from sqlmodel import Field as Column
from sqlmodel import SQLModel

from .codes import Channel, Kind, SourceLevel
from .columns import coded
from .labelled import LabelledEnum
from .outcomes import ReceptionBy
from .route import Route


class LimitEvent(LabelledEnum):
    """What happens to a matter that starts or ends a time limit."""

    RECEIVED = "received", "收到信访事项"
    REGISTERED = "registered", "登记"
    SIGNED_IN = "signed_in", "签收"
    SUBMITTED = "submitted", "送交办签批"
    RECEPTION = "reception", "安排接待"
    ASSIGNED = "assigned", "交办"
    HANDED_OVER = "handed_over", "限期交办"
    ACCEPTED = "accepted", "受理"
    INFORMED = "informed", "书面告知"
    TRANSFERRED = "transferred", "转送"
    REFERRED = "referred", "告知途径"
    REFUSED = "refused", "不予受理"
    DECLINED = "declined", "不再受理"
    OBJECTED = "objected", "提出异议"
    RETURNED = "returned", "退单"
    EXTENDED = "extended", "延期"
    HEARING_OPENED = "hearing_opened", "听证开始"
    HEARING_CLOSED = "hearing_closed", "听证结束"
    MEDIATION_OPENED = "mediation_opened", "组织调解"
    MEDIATION_ENDED = "mediation_ended", "调解结束"
    CONSULTATION_OPENED = "consultation_opened", "提交周会商"
    CONSULTED = "consulted", "会商意见"
    SUPERVISED = "supervised", "督办"
    FED_BACK = "fed_back", "督办反馈"
    ADVISED = "advised", "提出建议"
    ADVICE_ANSWERED = "advice_answered", "建议反馈"
    URGENT_REPORTED = "urgent_reported", "重大紧急报告"
    PROPOSED = "proposed", "提出处理意见"
    CONCLUDED = "concluded", "办结"
    REPORTED = "reported", "报送办结报告"
    SERVED = "served", "答复送达"
    FOLLOWED_UP = "followed_up", "回访"
    DISSATISFIED = "dissatisfied", "回访不满意"
    VERIFICATION_OPENED = "verification_opened", "开始不满意核实"
    ACCOUNTED = "accounted", "签发核实说明"
    REVIEW_REQUESTED = "review_requested", "收到复查请求"
    REVIEW_DECIDED = "review_decided", "复查意见"
    RE_REVIEW_REQUESTED = "re_review_requested", "收到复核请求"
    RE_REVIEW_DECIDED = "re_review_decided", "复核意见"
    ARCHIVED = "archived", "归档"


class LimitUnit(LabelledEnum):
    """By what a time limit is counted."""

    DAYS = "days", "日"
    WORKING_DAYS = "working_days", "工作日"
    WORKING_HOURS = "working_hours", "工作小时"


class Nature(LabelledEnum):
    """性质: who laid a time limit down."""

    STATUTORY = "statutory", "法定"
    SUPERIOR = "superior", "上级要求"
    OFFICE = "office", "本单位"


class Bearer(LabelledEnum):
    """Whose a time limit is: only what is due from the office can be overdue.

    An ``OPTION`` that is not used by its day has lapsed; a ``RIGHT`` is the petitioner's own time.
    """

    DUTY = "duty", "应当办理"
    OPTION = "option", "可以提出"
    RIGHT = "right", "信访人的权利"


class RuleGroup(LabelledEnum):
    """The presets a rule may belong to; ``OWN`` are nodes of the office's own making."""

    STATE = "state", "国家条例"
    OFFICE = "office", "本单位信访工作制度"
    JOINT = "joint", "联合接访办法"
    SIMPLE = "simple", "简易办理（试行）"
    ZHEJIANG = "zhejiang", "浙江省信访条例（2016）"
    NODES_2211 = "nodes_2211", "“2211”节点"
    OWN = "own", "自设节点"


class LimitTest(LabelledEnum):
    """适用条件 of a time limit that is no choice from a list."""

    URGENT = "urgent", "标为重大紧急"
    REACHABLE = "reachable", "信访人姓名（名称）、住址清楚"
    SINCE_REGISTERED = "since_registered", "起算日不早于登记日"


class AppliesWhen(BaseModel):
    """For which matters a rule is: an empty choice means all of them.

    ``None`` among the kinds or routes stands for "not decided yet". ``receptions`` tells who
    received the visitor; ``outcomes`` narrows by what the act that starts the limit came to.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: tuple[Kind | None, ...] = ()
    routes: tuple[Route | None, ...] = ()
    channels: tuple[Channel, ...] = ()
    source_levels: tuple[SourceLevel, ...] = ()
    receptions: tuple[ReceptionBy, ...] = ()
    outcomes: tuple[str, ...] = ()
    tests: tuple[LimitTest, ...] = ()


class LimitRule(BaseModel):
    """时限规则: one version of one time limit.

    ``amount`` is None where the act that starts it sets the day itself (``Step.until_on``);
    ``may_be_set`` lets that day take the place of the amount where it was said. ``extendable`` is
    by how many days at most it may be extended beyond its day, ``warn_before`` counts working days.
    A matter keeps the version that is in force on the day it was received: the latest whose
    ``effective_from`` is not later.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    version: int = Field(default=1, ge=1)
    group: RuleGroup
    title: str = Field(min_length=1, max_length=40, title="名称")
    basis: str = Field(min_length=1, max_length=200, title="依据")
    nature: Nature = Field(title="性质")
    bearer: Bearer = Field(default=Bearer.DUTY, title="谁的时限")
    start: LimitEvent = Field(title="起算")
    stops: tuple[LimitEvent, ...] = Field(title="截止")
    amount: int | None = Field(ge=0, le=3650, title="时限")
    unit: LimitUnit = Field(default=LimitUnit.DAYS, title="单位")
    rolls_over: bool = Field(default=True, title="届满日遇休假顺延")
    may_be_set: bool = Field(default=False, title="可另定期限日")
    pausable: bool = Field(default=False, title="听证时间不计入")
    extendable: int = Field(default=0, ge=0, le=3650, title="最多延长（日）")
    applies: AppliesWhen = Field(default=AppliesWhen(), title="适用条件")
    warn_before: int = Field(default=3, ge=0, le=60, title="提前提醒（工作日）")
    effective_from: date = Field(title="自何日起收到的事项适用")
    enabled: bool = Field(default=True, title="启用")
    remark: str = Field(default="", max_length=200, title="备注")

    @property
    def length(self) -> str:
        """How long it is, in words."""
        if self.amount is None:
            return "按指定日期"
        if not self.amount:
            return "当日"
        return f"{self.amount}{'' if self.unit is LimitUnit.DAYS else '个'}{self.unit.label}"


class LimitRuleVersion(SQLModel, table=True):
    """A version of a rule that the office made; none is ever changed or deleted."""

    __tablename__ = "limit_rule"

    key: str = Column(primary_key=True)
    version: int = Column(primary_key=True)
    effective_from: date = Column(title="适用日期")
    made_at: NaiveDatetime = Column(title="修改时间")
    made_by: str = Column(title="修改人")
    content: str = Column(title="内容")


class Deadline(SQLModel, table=True):
    """时限: one time limit of one matter, worked out from its dates; never typed.

    ``nominal_on`` is the day by plain counting, ``due_on`` that day rolled over a holiday,
    ``due_at`` the time of day where working hours are counted. ``alarm_on`` is the last working day
    not after the earlier of the two: reminders go by it; ``warn_on`` is when they begin.
    ``provisional`` (暂算) reaches into a year whose holidays are not announced. ``paused_on`` is
    since when a hearing has it stand still.
    """

    petition_id: int = Column(foreign_key="petition.id", primary_key=True)
    rule: str = Column(primary_key=True, title="时限")
    occurrence: int = Column(default=1, primary_key=True)
    version: int = Column(default=1)
    bearer: Bearer = Column(default=Bearer.DUTY, sa_type=coded(Bearer), title="谁的时限")
    started_on: date = Column(title="起算日")
    started_at: time | None = Column(default=None, title="起算时刻")
    nominal_on: date = Column(title="届满日")
    due_on: date = Column(title="期限")
    due_at: time | None = Column(default=None, title="到期时刻")
    alarm_on: date = Column(title="提醒基准日")
    warn_on: date = Column(title="提醒起日")
    provisional: bool = Column(default=False, title="暂算")
    extended_to: date | None = Column(default=None, title="延长到")
    paused_days: int = Column(default=0, title="不计入的天数")
    paused_on: date | None = Column(default=None, title="停止计算起日")
    done_on: date | None = Column(default=None, title="完成日")
