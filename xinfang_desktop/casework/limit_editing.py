"""Changing the rules of time limits: every change is a new version from a day on.

Nothing is overwritten: matters received before that day keep the version they are under. What was
changed is noted in the trail by the key of the rule and the version.
"""

import re
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Bearer,
    LimitEvent,
    LimitRule,
    LimitRuleVersion,
    LimitUnit,
    Noted,
    RuleGroup,
)

from . import audit, limit_upkeep
from .limit_rules import RuleBook, preset, rule_book
from .refusals import refusals

OWN_GROUPS = (RuleGroup.NODES_2211, RuleGroup.OWN)
"""The groups that the office fills itself."""

SETS_A_DAY = (LimitEvent.SIGNED_IN, LimitEvent.HANDED_OVER, LimitEvent.EXTENDED)
"""What may set the day of a limit itself."""

_NOTHING_CHANGED = "没有保存，原来的规则没有改动。"
_NO_SUCH = f"没有这条时限规则；{_NOTHING_CHANGED}"
_NO_PRESET = f"这是本单位自设的节点，没有默认可以恢复；不用时请停用。{_NOTHING_CHANGED}"
_SAME = f"没有改动任何内容；{_NOTHING_CHANGED}"
_NO_STOP = f"请选定到哪一步截止；{_NOTHING_CHANGED}"
_SAME_EVENT = f"起算和截止不能是同一步；{_NOTHING_CHANGED}"
_NO_AMOUNT = f"从“{{start}}”起算的时限要写明多长；{_NOTHING_CHANGED}"
_TOO_LONG = f"工作小时最多写{{most}}个，再长请按工作日计；{_NOTHING_CHANGED}"
_MOST_HOURS = 200
_OWN_KEY = re.compile(r"own_(\d+)")


def change_rule(
    session: Session,
    key: str,
    *,
    effective_from: date,
    by: str,
    now: datetime,
    **changes: Any,  # noqa: ANN401 - the fields of a rule
) -> LimitRule:
    """Make a new version of a rule for matters received from ``effective_from`` on.

    ``changes`` are fields of ``LimitRule``; what is not named stays as in the newest version.

    Raises:
        OfficeError: there is no such rule, nothing would change, or a value cannot be; nothing is
            changed then.
    """
    book = rule_book(session)
    newest = _newest(book, key)
    given = {**newest.model_dump(), **changes, "key": key, "group": newest.group}
    rule = _checked({**given, "version": newest.version + 1, "effective_from": effective_from})
    if _content(rule) == _content(newest):
        raise OfficeError(_SAME)
    return _keep(session, rule, by=by, now=now)


def switch_rule(
    session: Session, key: str, *, enabled: bool, effective_from: date, by: str, now: datetime
) -> LimitRule:
    """Turn a rule on or off for matters received from ``effective_from`` on.

    Raises:
        OfficeError: there is no such rule, or it is so already.
    """
    return change_rule(session, key, effective_from=effective_from, by=by, now=now, enabled=enabled)


def reset_rule(
    session: Session, key: str, *, effective_from: date, by: str, now: datetime
) -> LimitRule:
    """Give a rule its shipped figures again, for matters received from ``effective_from`` on.

    Raises:
        OfficeError: there is no such rule, it is the office's own, or nothing would change.
    """
    shipped = preset(key)
    if shipped is None:
        _newest(rule_book(session), key)
        raise OfficeError(_NO_PRESET)
    return change_rule(
        session, key, effective_from=effective_from, by=by, now=now, **_content(shipped)
    )


def take_back(session: Session, key: str, *, by: str, now: datetime) -> LimitRule:
    """Take back the newest version of a rule: by one more that says what the one before said.

    It is for the same matters. A node that had no version before is switched off.

    Raises:
        OfficeError: there is no such rule, or nothing to take back.
    """
    newest = _newest(rule_book(session), key)
    before = rule_book(session).versions(key)[:-1]
    said = _content(before[-1]) if before else {"enabled": False}
    return change_rule(session, key, effective_from=newest.effective_from, by=by, now=now, **said)


def add_node(
    session: Session,
    *,
    effective_from: date,
    by: str,
    now: datetime,
    group: RuleGroup = RuleGroup.OWN,
    **fields: Any,  # noqa: ANN401 - the fields of a rule
) -> LimitRule:
    """Add a node of the office's own making and give it with its key.

    Raises:
        OfficeError: a value is missing or cannot be; nothing is added then.
    """
    used = [_OWN_KEY.fullmatch(rule.key) for rule in rule_book(session).all()]
    number = 1 + max((int(found.group(1)) for found in used if found), default=0)
    given = {**fields, "group": group, "effective_from": effective_from}
    rule = _checked({**given, "key": f"own_{number}", "version": 1})
    return _keep(session, rule, by=by, now=now)


def _newest(book: RuleBook, key: str) -> LimitRule:
    rule = book.rule(key)
    if rule is None:
        raise OfficeError(_NO_SUCH)
    return rule


def _content(rule: LimitRule) -> dict[str, Any]:
    """Give what a rule says, without which version it is."""
    return rule.model_dump(exclude={"key", "version", "group", "effective_from"})


def _checked(given: dict[str, Any]) -> LimitRule:
    try:
        rule = LimitRule.model_validate(given)
    except ValidationError as error:
        name, reason = refusals(error)[0]
        field = LimitRule.model_fields.get(name.partition(".")[0].partition("[")[0])
        title = (field.title if field else None) or name
        raise OfficeError(f"{title}：{reason}；{_NOTHING_CHANGED}") from None
    if not rule.stops and rule.bearer is not Bearer.RIGHT:
        raise OfficeError(_NO_STOP)
    if rule.start in rule.stops:
        raise OfficeError(_SAME_EVENT)
    if rule.amount is None and rule.start not in SETS_A_DAY:
        raise OfficeError(_NO_AMOUNT.format(start=rule.start.label))
    if rule.unit is LimitUnit.WORKING_HOURS and (rule.amount or 0) > _MOST_HOURS:
        raise OfficeError(_TOO_LONG.format(most=_MOST_HOURS))
    return rule


def _keep(session: Session, rule: LimitRule, *, by: str, now: datetime) -> LimitRule:
    session.add(
        LimitRuleVersion(
            key=rule.key,
            version=rule.version,
            effective_from=rule.effective_from,
            made_at=now,
            made_by=by,
            content=rule.model_dump_json(),
        )
    )
    session.flush()
    moved = limit_upkeep.rule_changed(session, rule.effective_from, by=by, at=now)
    audit.note(session, Noted.SETTINGS, detail=f"limit_rule {rule.key} {rule.version} {moved}")
    return rule
