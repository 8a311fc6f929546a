"""Working limits out again when it is not a matter that changed: a calendar, a rule, a new program.

Every day that is another one now stands in its matter's history: 期限 由 … 改为 ….
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256

from sqlalchemy import insert
from sqlmodel import Session

from xinfang_desktop.models import (
    CalendarDay,
    Deadline,
    FieldChange,
    LimitRuleVersion,
    LimitUnit,
    Setting,
)

from .deadlines import Moved, refresh_all
from .holiday_years import shipped_years
from .limit_rules import PRESETS, RuleBook, rule_book
from .search import Executing, execute
from .work_calendar import work_calendar

UPKEEP_SETTING = "limits"
"""The setting that tells how far the limits were worked out, and by which rules and calendar."""

CHUNK = 500
"""How many matters one transaction of catching up works out."""

CALENDAR_KINDS: frozenset[type] = frozenset({CalendarDay, Deadline})
"""What another calendar changes, for pages that listen."""

RULE_KINDS: frozenset[type] = frozenset({LimitRuleVersion, Deadline})
"""What another rule changes."""

_COUNTED = 1
"""Rises when limits are counted in another way."""

_LONGEST_RUN = 31
"""More days than lie between a nominal day and the day it rolls over to, or reminders begin."""

_FIELD = f"{Deadline.__tablename__}.due_on"

_NEXT = "SELECT id FROM petition WHERE id > ? ORDER BY id LIMIT ?"
_LAST = "SELECT coalesce(max(id), 0) FROM petition"
_OPEN_WITHIN = """
    SELECT DISTINCT petition_id FROM deadline
    WHERE done_on IS NULL AND due_on >= ? AND started_on <= ?
"""
_OPEN_OF = "SELECT DISTINCT petition_id FROM deadline WHERE done_on IS NULL AND rule = ?"
_RECEIVED_SINCE = "SELECT id FROM petition WHERE coalesce(received_on, date(registered_at)) >= ?"


@dataclass(frozen=True)
class Progress:
    """How far catching up has come: the ids of matters, out of the last there is."""

    done: int
    last: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is left."""
        return self.done >= self.last


def is_behind(source: Session | Executing) -> bool:
    """Tell whether limits are still to be worked out: an older store, a newer program."""
    return not _kept(source)[1] and _last(source) > 0


def catch_up(session: Session, *, by: str, at: datetime, chunk: int = CHUNK) -> Progress:
    """Work out the limits of the next ``chunk`` matters; what moved is told in their histories."""
    done, is_over = _kept(session)
    last = _last(session)
    if is_over:
        return Progress(last, last)
    ids = [row[0] for row in execute(session, _NEXT, (done, chunk))]
    moved = refresh_all(session, ids, rule_book(session), work_calendar(session))
    _tell(session, moved, by=by, at=at)
    done = ids[-1] if len(ids) == chunk else last
    _keep(session, done, is_over=done >= last)
    return Progress(done, last)


def days_changed(session: Session, first: date, last: date, *, by: str, at: datetime) -> int:
    """Work out again what days of the calendar may have moved, and give how many limits moved."""
    early = (first - timedelta(_LONGEST_RUN)).isoformat()
    return _again(session, execute(session, _OPEN_WITHIN, (early, last.isoformat())), by, at)


def hours_changed(session: Session, *, by: str, at: datetime) -> int:
    """Work out again what is counted in working hours, and give how many limits moved."""
    rules = [rule.key for rule in rule_book(session).all() if rule.unit is LimitUnit.WORKING_HOURS]
    found = {row for key in rules for row in execute(session, _OPEN_OF, (key,))}
    return _again(session, sorted(found), by, at)


def rule_changed(session: Session, effective_from: date, *, by: str, at: datetime) -> int:
    """Work out again the matters a new version is for, and give how many limits moved."""
    found = execute(session, _RECEIVED_SINCE, (effective_from.isoformat(),))
    return _again(session, found, by, at)


def _again(session: Session, rows: Iterable[Sequence[int]], by: str, at: datetime) -> int:
    ids = [row[0] for row in rows]
    moved = refresh_all(session, ids, rule_book(session), work_calendar(session))
    _tell(session, moved, by=by, at=at)
    return len(moved)


def _tell(session: Session, moved: Sequence[Moved], *, by: str, at: datetime) -> None:
    """Write into the histories of the matters which day became which."""
    if not moved:
        return
    book: RuleBook = rule_book(session)
    session.connection().execute(
        insert(FieldChange),
        [
            {
                "petition_id": one.petition_id,
                "at": at,
                "by": by,
                "field": _FIELD,
                "before": f"{book.title(one.rule)} {one.before.isoformat()}",
                "after": f"{book.title(one.rule)} {one.after.isoformat()}",
            }
            for one in moved
        ],
    )


def _last(source: Session | Executing) -> int:
    return int(next(iter(execute(source, _LAST, ())))[0])


def _kept(source: Session | Executing) -> tuple[int, bool]:
    """Give the last matter that was worked out by these rules and this calendar; is it all."""
    for row in execute(source, "SELECT value FROM setting WHERE key = ?", (UPKEEP_SETTING,)):
        kept = json.loads(row[0])
        if kept["basis"] == _basis():
            return int(kept["done"]), bool(kept["is_over"])
    return 0, False


def _keep(session: Session, done: int, *, is_over: bool) -> None:
    setting = session.get(Setting, UPKEEP_SETTING) or Setting(key=UPKEEP_SETTING, value="")
    setting.value = json.dumps({"basis": _basis(), "done": done, "is_over": is_over})
    session.add(setting)
    session.flush()


@cache
def _basis() -> str:
    """Give a few signs that change with what is shipped: the rules, the years, the counting."""
    told = [rule.model_dump_json() for rule in PRESETS] + [repr(year) for year in shipped_years()]
    return sha256("\n".join((str(_COUNTED), *told)).encode()).hexdigest()[:16]
