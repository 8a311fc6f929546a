"""What an act of handling came to: the choices that the law, the annexes and practice name."""

from collections.abc import Mapping
from typing import Self

from .codes import Action
from .labelled import LabelledEnum


class ReceptionBy(LabelledEnum):
    """由谁接待 a visitor (annex 2 of the office's regulation)."""

    DEPARTMENT = "department", "业务部室接待"
    GENERAL_AFFAIRS = "general_affairs", "综合事务部牵头接待"
    LEADER = "leader", "业务分管领导接待"
    PRINCIPAL = "principal", "主职领导接待"
    AT_CITY_BUREAU = "at_city_bureau", "市信访局接访认领"
    LEADERS_DAY = "leaders_day", "市领导接访日认领"


class HandlingOutcome(LabelledEnum):
    """处理结果: of a remedy (article 32), of a suggestion (29), of an accusation (30)."""

    SUPPORTED = "supported", "支持"
    EXPLAINED = "explained", "解释说明"
    NOT_SUPPORTED = "not_supported", "不支持"
    ADOPTED = "adopted", "采纳"
    PARTLY_ADOPTED = "partly_adopted", "部分采纳"
    NOT_ADOPTED = "not_adopted", "未采纳"
    CONFIRMED = "confirmed", "属实"
    PARTLY_CONFIRMED = "partly_confirmed", "部分属实"
    NOT_CONFIRMED = "not_confirmed", "不属实"


class RefusalGround(LabelledEnum):
    """不予受理的理由; ``article`` is the number of the article that it stands in."""

    article: str

    UNDER_WAY = "under_way", "同一事项已受理或正在办理", "十九"
    LAWSUIT = "lawsuit", "涉法涉诉，应当向政法部门提出", "二十"
    OTHER_PROCEDURE = "other_procedure", "应当通过法定程序处理", "三十一"

    def __new__(cls, code: str, label: str, article: str = "") -> Self:
        """Make a member with its article."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.article = label, article
        return member


class SupervisionReason(LabelledEnum):
    """督办事由 (article 40)."""

    NOT_AS_REQUIRED = "not_as_required", "违反规定受理、办理"
    SHIRKING = "shirking", "推诿、敷衍"
    DELAY = "delay", "拖延"
    FRAUD = "fraud", "弄虚作假"
    NOT_CARRIED_OUT = "not_carried_out", "拒不执行处理意见"
    OTHER = "other", "领导要求或其他"


class Advice(LabelledEnum):
    """三项建议: what a petition office advises other bodies (article 40)."""

    IMPROVE = "improve", "改进工作"
    POLICY = "policy", "完善政策"
    ACCOUNTABILITY = "accountability", "追究责任"


class Adoption(LabelledEnum):
    """采纳情况: what became of an advice, as the body writes back (article 40, paragraph 4)."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_ADOPTED = "not_adopted", "未采纳"


class MediationTier(LabelledEnum):
    """四级调处 (regulation 000): who leads the mediation."""

    ON_THE_SPOT = "on_the_spot", "当场调处"
    DEPARTMENT_LEADER = "department_leader", "部门分管领导牵头调处"
    EXPERTS = "experts", "组织专家和责任单位调处"
    LEADER = "leader", "上级领导牵头调处"


class MediationResult(LabelledEnum):
    """调解结果 (article 33)."""

    MEDIATED = "mediated", "达成调解协议"
    SETTLED = "settled", "双方自行和解"
    FAILED = "failed", "未达成一致"


class ServiceMethod(LabelledEnum):
    """送达方式 of a written answer."""

    IN_PERSON = "in_person", "直接送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达"
    LEFT = "left", "留置送达"
    PLATFORM = "platform", "上级平台答复"


class ReviewOutcome(LabelledEnum):
    """复查、复核结论."""

    UPHELD = "upheld", "维持"
    CHANGED = "changed", "变更"
    REVOKED = "revoked", "撤销并责令重新办理"


class VerificationMethod(LabelledEnum):
    """核实方式."""

    PHONE = "phone", "电话核实"
    ON_SITE = "on_site", "实地核实"
    NETWORK = "network", "网络核实"


class Extent(LabelledEnum):
    """Whether what was said holds: wholly, in part, not."""

    YES = "yes", "是"
    PARTLY = "partly", "部分"
    NO = "no", "否"


OUTCOMES: Mapping[Action, type[LabelledEnum]] = {
    Action.RECEIVE: ReceptionBy,
    Action.REFUSE: RefusalGround,
    Action.MEDIATE: MediationTier,
    Action.END_MEDIATION: MediationResult,
    Action.SUPERVISE: SupervisionReason,
    Action.ADVISE: Advice,
    Action.ADVICE_ANSWERED: Adoption,
    Action.PROPOSE: HandlingOutcome,
    Action.REPLY: ServiceMethod,
    Action.DECIDE_REVIEW: ReviewOutcome,
    Action.DECIDE_RE_REVIEW: ReviewOutcome,
}
"""What each act may come to, for the acts that come to something."""
