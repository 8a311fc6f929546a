"""Stage (办理阶段): where a registered matter stands on its way through the office."""

from .labelled import LabelledEnum


class Stage(LabelledEnum):
    """办理阶段, as annexes 1 and 2 of the office's regulation draw the way of a matter."""

    REGISTERED = "registered", "已登记"
    SIGNED_IN = "signed_in", "已签收"
    RECEIVING = "receiving", "接待中"
    ASSIGNING = "assigning", "交办签批"
    OBJECTING = "objecting", "异议中"
    HANDLING = "handling", "办理中"
    MATTER_REVIEW = "matter_review", "事项分管审核"
    PETITION_REVIEW = "petition_review", "信访分管审核"
    CONCLUSION = "conclusion", "办结签批"
    CONCLUDED = "concluded", "已办结"
    REPLIED = "replied", "已答复"
    FOLLOWED_UP = "followed_up", "已回访"
    VERIFYING = "verifying", "核实交办签批"
    REHANDLING = "rehandling", "核实办理"
    ACCOUNTED = "accounted", "核实说明签发"
    VERIFIED = "verified", "已核实"
    REVIEW = "review", "复查中"
    REVIEWED = "reviewed", "已复查"
    RE_REVIEW = "re_review", "复核中"
    RE_REVIEWED = "re_reviewed", "已复核"
    TRANSFERRED = "transferred", "已转送"
    REFERRED = "referred", "已告知途径"
    RETURNED = "returned", "已退回"
    REFUSED = "refused", "不予受理"
    DECLINED = "declined", "不再受理"
    ARCHIVED = "archived", "已归档"


CONCLUDED_STAGES = frozenset(
    {
        Stage.CONCLUDED,
        Stage.REPLIED,
        Stage.FOLLOWED_UP,
        Stage.VERIFIED,
        Stage.REVIEWED,
        Stage.RE_REVIEWED,
        Stage.TRANSFERRED,
        Stage.REFERRED,
        Stage.RETURNED,
        Stage.REFUSED,
        Stage.DECLINED,
        Stage.ARCHIVED,
    }
)
"""Stages in which no handling is under way: what is left is to reply, to ask back, to file."""
