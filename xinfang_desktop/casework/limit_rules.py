"""The rules of time limits: those that are shipped, and the office's own versions of them.

``PRESETS`` is append-only like the office's versions: a figure of the law that changes one day is a
new version with its own first day, so that a matter keeps what it was received under. Figures of
the 条例 are those of 2022; what could not be checked against its text in force says so.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from xinfang_desktop.models import (
    AppliesWhen,
    Bearer,
    Kind,
    LimitEvent,
    LimitRule,
    LimitTest,
    LimitUnit,
    MediationTier,
    Nature,
    Route,
    RuleGroup,
    SourceLevel,
)

from .search import Executing, execute

_E = LimitEvent
_STATE = date(2022, 5, 1)
"""《信访工作条例》 in force."""
_OFFICE = date(2020, 10, 22)
"""The office's regulation issued, on trial from that day."""
_JOINT = date(2014, 5, 1)
_SIMPLE = date(2016, 7, 1)
_ZHEJIANG = date(2016, 10, 1)

_CHECK = "请核对现行文件"
_LAW = "《信访工作条例》{article}"

_OWN = AppliesWhen(source_levels=(SourceLevel.OWN,), tests=(LimitTest.REACHABLE,))
_HANDED = AppliesWhen(source_levels=(SourceLevel.SUPERIOR,))
_BY_PETITION = AppliesWhen(kinds=(Kind.REMEDY, None), routes=(Route.PETITION, None))
_REVIEWABLE = AppliesWhen(kinds=(Kind.REMEDY,), routes=(Route.PETITION,))

_ROUTED = (
    _E.ASSIGNED,
    _E.HANDED_OVER,
    _E.TRANSFERRED,
    _E.REFERRED,
    _E.REFUSED,
    _E.DECLINED,
    _E.OBJECTED,
    _E.ACCEPTED,
    _E.RECEPTION,
    _E.CONCLUDED,
)
_TOLD = (_E.INFORMED, _E.SERVED, _E.CONCLUDED)
_OVER = (_E.CONCLUDED, _E.SERVED)

PRESETS: tuple[LimitRule, ...] = (
    LimitRule(
        key="route",
        group=RuleGroup.STATE,
        title="登记分流",
        basis=_LAW.format(article="第二十二条第一款"),
        nature=Nature.STATUTORY,
        start=_E.RECEIVED,
        stops=(*_ROUTED, _E.SUBMITTED),
        amount=15,
        applies=AppliesWhen(source_levels=(SourceLevel.OWN,)),
        effective_from=_STATE,
        remark="转送、交办或者报请决定",
    ),
    LimitRule(
        key="notice",
        group=RuleGroup.STATE,
        title="书面告知",
        basis=_LAW.format(article="第二十三条第二款"),
        nature=Nature.STATUTORY,
        start=_E.RECEIVED,
        stops=_TOLD,
        amount=15,
        applies=_OWN,
        effective_from=_STATE,
        remark="能当场告知的当场书面告知；姓名（名称）、住址不清的除外",
    ),
    LimitRule(
        key="notice_handed_down",
        group=RuleGroup.STATE,
        title="转办件书面告知",
        basis=_LAW.format(article="第二十三条第三款"),
        nature=Nature.STATUTORY,
        start=_E.RECEIVED,
        stops=(*_TOLD, _E.OBJECTED),
        amount=15,
        applies=_HANDED,
        effective_from=_STATE,
        remark="上级转送、交办的，自收到之日起",
    ),
    LimitRule(
        key="objection",
        group=RuleGroup.STATE,
        title="提出异议",
        basis=_LAW.format(article="第二十三条第三款"),
        nature=Nature.STATUTORY,
        bearer=Bearer.OPTION,
        start=_E.RECEIVED,
        stops=(_E.OBJECTED, _E.ACCEPTED, _E.INFORMED, *_OVER),
        amount=5,
        unit=LimitUnit.WORKING_DAYS,
        applies=_HANDED,
        warn_before=2,
        effective_from=_STATE,
        remark="不属本单位职权的，详细说明理由",
    ),
    LimitRule(
        key="conclude",
        group=RuleGroup.STATE,
        title="办结",
        basis=_LAW.format(article="第三十四条"),
        nature=Nature.STATUTORY,
        start=_E.ACCEPTED,
        stops=_OVER,
        amount=60,
        extendable=30,
        applies=_BY_PETITION,
        warn_before=10,
        effective_from=_STATE,
        remark="走信访程序的申诉求决；经本单位负责人批准可延长不超过30日，告知理由",
    ),
    LimitRule(
        key="review_request",
        group=RuleGroup.STATE,
        title="信访人请求复查",
        basis=_LAW.format(article="第三十五条"),
        nature=Nature.STATUTORY,
        bearer=Bearer.RIGHT,
        start=_E.SERVED,
        stops=(_E.REVIEW_REQUESTED,),
        amount=30,
        applies=_REVIEWABLE,
        effective_from=_STATE,
    ),
    LimitRule(
        key="review",
        group=RuleGroup.STATE,
        title="复查意见",
        basis=_LAW.format(article="第三十五条"),
        nature=Nature.STATUTORY,
        start=_E.REVIEW_REQUESTED,
        stops=(_E.REVIEW_DECIDED,),
        amount=30,
        warn_before=5,
        effective_from=_STATE,
    ),
    LimitRule(
        key="re_review_request",
        group=RuleGroup.STATE,
        title="信访人请求复核",
        basis=_LAW.format(article="第三十六条第一款"),
        nature=Nature.STATUTORY,
        bearer=Bearer.RIGHT,
        start=_E.REVIEW_DECIDED,
        stops=(_E.RE_REVIEW_REQUESTED,),
        amount=30,
        applies=_REVIEWABLE,
        effective_from=_STATE,
    ),
    LimitRule(
        key="re_review",
        group=RuleGroup.STATE,
        title="复核意见",
        basis=_LAW.format(article="第三十六条"),
        nature=Nature.STATUTORY,
        start=_E.RE_REVIEW_REQUESTED,
        stops=(_E.RE_REVIEW_DECIDED,),
        amount=30,
        pausable=True,
        warn_before=5,
        effective_from=_STATE,
        remark="听证所需时间不计算在内",
    ),
    LimitRule(
        key="handed_down",
        group=RuleGroup.STATE,
        title="向上级反馈",
        basis=_LAW.format(article="第二十二条第一款第三项"),
        nature=Nature.SUPERIOR,
        start=_E.SIGNED_IN,
        stops=(_E.REPORTED, _E.SERVED, _E.OBJECTED),
        amount=None,
        applies=_HANDED,
        warn_before=5,
        effective_from=_STATE,
        remark="上级指定的办理期限，签收时填写",
    ),
    LimitRule(
        key="handed_over",
        group=RuleGroup.STATE,
        title="交办件办结",
        basis=_LAW.format(article="第二十二条第一款第三项"),
        nature=Nature.SUPERIOR,
        start=_E.HANDED_OVER,
        stops=(_E.PROPOSED, _E.RETURNED, *_OVER),
        amount=None,
        warn_before=5,
        effective_from=_STATE,
        remark="交办时指定的办结日期",
    ),
    LimitRule(
        key="urgent_report",
        group=RuleGroup.STATE,
        title="重大紧急报告",
        basis=_LAW.format(article="第二十五条"),
        nature=Nature.STATUTORY,
        start=_E.RECEIVED,
        stops=(_E.URGENT_REPORTED, *_OVER),
        amount=0,
        rolls_over=False,
        applies=AppliesWhen(tests=(LimitTest.URGENT, LimitTest.SINCE_REGISTERED)),
        warn_before=0,
        effective_from=_STATE,
        remark="条例只说“及时”，没有写明天数，按收到当日提醒",
    ),
    LimitRule(
        key="advice",
        group=RuleGroup.STATE,
        title="建议采纳情况反馈",
        basis=_LAW.format(article="第四十条第四款"),
        nature=Nature.OFFICE,
        start=_E.ADVISED,
        stops=(_E.ADVICE_ANSWERED,),
        amount=30,
        effective_from=_STATE,
        enabled=False,
        remark="现行条例没有写明天数，原《信访条例》（2005）为30日；请按本地规定核对",
    ),
    LimitRule(
        key="same_day",
        group=RuleGroup.OFFICE,
        title="当天接处",
        basis="《信访工作制度（试行）》二（一）1",
        nature=Nature.OFFICE,
        start=_E.RECEIVED,
        stops=(*_ROUTED, _E.SUBMITTED, _E.SIGNED_IN),
        amount=0,
        unit=LimitUnit.WORKING_DAYS,
        applies=AppliesWhen(tests=(LimitTest.SINCE_REGISTERED,)),
        warn_before=0,
        effective_from=_OFFICE,
    ),
    LimitRule(
        key="return_item",
        group=RuleGroup.OFFICE,
        title="退单",
        basis="《信访工作制度（试行）》二（二）2",
        nature=Nature.OFFICE,
        bearer=Bearer.OPTION,
        start=_E.ASSIGNED,
        stops=(_E.RETURNED, _E.PROPOSED, *_OVER),
        amount=3,
        unit=LimitUnit.WORKING_HOURS,
        applies=AppliesWhen(tests=(LimitTest.SINCE_REGISTERED,)),
        warn_before=0,
        effective_from=_OFFICE,
        remark="不属本部室管理范畴的，联络员向信访办说明理由",
    ),
    LimitRule(
        key="follow_up",
        group=RuleGroup.OFFICE,
        title="回访",
        basis="《信访工作制度（试行）》二（二）3",
        nature=Nature.OFFICE,
        start=_E.CONCLUDED,
        stops=(_E.FOLLOWED_UP,),
        amount=3,
        applies=AppliesWhen(tests=(LimitTest.SINCE_REGISTERED,)),
        warn_before=1,
        effective_from=_OFFICE,
    ),
    LimitRule(
        key="follow_up_again",
        group=RuleGroup.OFFICE,
        title="核实后回访",
        basis="《信访工作制度（试行）》二（二）3、附件1",
        nature=Nature.OFFICE,
        start=_E.ACCOUNTED,
        stops=(_E.FOLLOWED_UP,),
        amount=3,
        warn_before=1,
        effective_from=_OFFICE,
    ),
    LimitRule(
        key="mediation_lead",
        group=RuleGroup.JOINT,
        title="分管领导牵头调处",
        basis="联合接访工作方案（试行）五（四）2",
        nature=Nature.OFFICE,
        start=_E.MEDIATION_OPENED,
        stops=(_E.MEDIATION_ENDED, *_OVER),
        amount=5,
        unit=LimitUnit.WORKING_DAYS,
        applies=AppliesWhen(outcomes=(MediationTier.DEPARTMENT_LEADER.value,)),
        warn_before=2,
        effective_from=_JOINT,
    ),
    LimitRule(
        key="supervision",
        group=RuleGroup.JOINT,
        title="督办反馈",
        basis="联合接访工作方案（试行）五（五）；《信访工作条例》第四十条",
        nature=Nature.OFFICE,
        start=_E.SUPERVISED,
        stops=(_E.FED_BACK,),
        amount=15,
        may_be_set=True,
        effective_from=_JOINT,
        remark="条例没有写明天数",
    ),
    LimitRule(
        key="conclude_joint",
        group=RuleGroup.JOINT,
        title="联合接访办结",
        basis="联合接访工作方案（试行）五（三）",
        nature=Nature.OFFICE,
        start=_E.ACCEPTED,
        stops=_OVER,
        amount=20,
        unit=LimitUnit.WORKING_DAYS,
        warn_before=5,
        effective_from=_JOINT,
        enabled=False,
        remark=f"原则上20个工作日；{_CHECK}",
    ),
    LimitRule(
        key="accept_simple",
        group=RuleGroup.SIMPLE,
        title="简易办理决定受理",
        basis="《信访事项简易办理办法（试行）》",
        nature=Nature.SUPERIOR,
        start=_E.RECEIVED,
        stops=(_E.ACCEPTED, _E.TRANSFERRED, _E.REFERRED, _E.REFUSED, _E.DECLINED, *_OVER),
        amount=3,
        unit=LimitUnit.WORKING_DAYS,
        applies=AppliesWhen(kinds=(Kind.REMEDY, Kind.SUGGESTION)),
        warn_before=1,
        effective_from=_SIMPLE,
        enabled=False,
        remark=_CHECK,
    ),
    LimitRule(
        key="conclude_simple",
        group=RuleGroup.SIMPLE,
        title="简易办理办结",
        basis="《信访事项简易办理办法（试行）》",
        nature=Nature.SUPERIOR,
        start=_E.ACCEPTED,
        stops=_OVER,
        amount=10,
        unit=LimitUnit.WORKING_DAYS,
        applies=AppliesWhen(kinds=(Kind.REMEDY, Kind.SUGGESTION)),
        effective_from=_SIMPLE,
        enabled=False,
        remark=_CHECK,
    ),
    LimitRule(
        key="decide_zhejiang",
        group=RuleGroup.ZHEJIANG,
        title="决定受理或转送",
        basis="《浙江省信访条例》（2016）第二十条",
        nature=Nature.STATUTORY,
        start=_E.RECEIVED,
        stops=(_E.INFORMED, *_OVER),
        amount=5,
        unit=LimitUnit.WORKING_DAYS,
        warn_before=2,
        effective_from=_ZHEJIANG,
        enabled=False,
        remark=_CHECK,
    ),
    LimitRule(
        key="conclude_zhejiang",
        group=RuleGroup.ZHEJIANG,
        title="办结（浙江）",
        basis="《浙江省信访条例》（2016）第二十三条",
        nature=Nature.STATUTORY,
        start=_E.ACCEPTED,
        stops=_OVER,
        amount=30,
        extendable=60,
        applies=_BY_PETITION,
        warn_before=5,
        effective_from=_ZHEJIANG,
        enabled=False,
        remark=_CHECK,
    ),
)
"""Every rule that is shipped; 第四十条第四款 (C13) names no day and no act of ours starts it.

“2211” has no node here: nobody knows what the figures mean, so the office fills its group itself.
"""


class RuleBook:
    """The rules of an office, and which version of each a matter is under."""

    def __init__(self, made: Iterable[LimitRule] = ()) -> None:
        self._versions: dict[str, list[LimitRule]] = defaultdict(list)
        for rule in (*PRESETS, *sorted(made, key=lambda one: one.version)):
            self._versions[rule.key].append(rule)
        self._known: dict[date, tuple[LimitRule, ...]] = {}

    def in_force(self, day: date) -> tuple[LimitRule, ...]:
        """Give the rules for a matter that was received on ``day``, also those that are off."""
        if day not in self._known:
            found = (_latest(versions, day) for versions in self._versions.values())
            self._known[day] = tuple(rule for rule in found if rule is not None)
        return self._known[day]

    def present(self) -> tuple[LimitRule, ...]:
        """Give the newest version of every rule, in the order of the groups."""
        newest = [versions[-1] for versions in self._versions.values()]
        groups = list(RuleGroup)
        return tuple(sorted(newest, key=lambda rule: groups.index(rule.group)))

    def all(self) -> tuple[LimitRule, ...]:
        """Give every version of every rule."""
        return tuple(rule for versions in self._versions.values() for rule in versions)

    def title(self, key: str) -> str:
        """Name a rule; one that is gone from the program is named by its key."""
        rule = self.rule(key)
        return rule.title if rule else key

    def versions(self, key: str) -> tuple[LimitRule, ...]:
        """Give every version of a rule, the oldest first."""
        return tuple(self._versions.get(key, ()))

    def version(self, key: str, number: int) -> LimitRule | None:
        """Give one version of a rule."""
        versions = reversed(self.versions(key))
        return next((rule for rule in versions if rule.version == number), None)

    def rule(self, key: str) -> LimitRule | None:
        """Give the newest version of a rule."""
        versions = self.versions(key)
        return versions[-1] if versions else None


def rule_book(source: Session | Executing) -> RuleBook:
    """Give the rules as the office has them now."""
    made = execute(source, "SELECT content FROM limit_rule", ())
    return RuleBook(LimitRule.model_validate_json(row[0]) for row in made)


def preset(key: str) -> LimitRule | None:
    """Give the newest shipped version of a rule."""
    return next((rule for rule in reversed(PRESETS) if rule.key == key), None)


def _latest(versions: list[LimitRule], day: date) -> LimitRule | None:
    return next((rule for rule in reversed(versions) if rule.effective_from <= day), None)
