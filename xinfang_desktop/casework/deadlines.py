"""Time limits (时限): what runs in a matter and until when, kept beside it.

``refresh`` works all limits of a matter out anew, from its dates and acts, the rules it is under
and the calendar, and brings the stored rows to that. Nothing is ever added up: whatever was done,
amended or taken back, the limits are what they would have been had it never been otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlmodel import Session, SQLModel

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Bearer,
    Deadline,
    LimitEvent,
    LimitRule,
    LimitTest,
    Petition,
)

from .limit_facts import Happening, LimitFacts, facts_of, without
from .limit_rules import RuleBook, preset, rule_book
from .reckoning import Pause, Reckoning, Span, reckon
from .work_calendar import WorkCalendar, work_calendar

CONCLUDE = "conclude"
"""The rule of the 60 days (article 34)."""

_NOT_ACCEPTED = "这一件还没有受理，没有办理期限可以延长（条例第三十四条）；没有办理，数据没有改动。"

_BATCH = 500

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Limit:
    """One limit of a matter, worked out: its rule, what started it, what ended it."""

    rule: LimitRule
    occurrence: int
    start: Happening
    reckoning: Reckoning
    done_on: date | None

    @property
    def key(self) -> tuple[str, int]:
        """Which limit of the matter it is."""
        return self.rule.key, self.occurrence


@dataclass(frozen=True)
class Moved:
    """A limit whose day is another one now."""

    petition_id: int
    rule: str
    before: date
    after: date


def refresh(session: Session, petition: Petition) -> None:
    """Bring the stored limits of a matter up to date with its dates and acts."""
    assert petition.id is not None
    session.flush()
    refresh_all(session, [petition.id], rule_book(session), work_calendar(session))


def refresh_many(session: Session, ids: Sequence[int | None]) -> None:
    """Bring the stored limits of many matters up to date, by one reading of rules and calendar."""
    session.flush()
    refresh_all(
        session,
        [id for id in ids if id is not None],
        rule_book(session),
        work_calendar(session),
    )


def refresh_all(
    session: Session, ids: Sequence[int], book: RuleBook, calendar: WorkCalendar
) -> list[Moved]:
    """Bring the stored limits of many matters up to date and give what moved."""
    return [
        moved
        for start in range(0, len(ids), _BATCH)
        for moved in _refresh_some(session, ids[start : start + _BATCH], book, calendar)
    ]


def derive(facts: LimitFacts, book: RuleBook, calendar: WorkCalendar) -> list[Limit]:
    """Work out every limit of a matter; a void or merged one has none."""
    if not facts.is_running:
        return []
    return [
        limit
        for rule in book.in_force(facts.received_on)
        if rule.enabled and _applies(rule, facts)
        for limit in _limits(rule, facts, calendar)
    ]


def latest_extension(session: Session, petition: Petition) -> date:
    """Give the last day to which handling may be extended (article 34: by 30 days at most).

    Counted from the day the limit ends without any extension, rolled over where that day is off.

    Raises:
        OfficeError: the matter was not accepted, so that nothing runs that could be extended.
    """
    assert petition.id is not None
    session.flush()
    calendar, book = work_calendar(session), rule_book(session)
    [facts] = facts_of(session, [petition.id])
    plain = without(facts, LimitEvent.EXTENDED)
    running = [one for one in derive(plain, book, calendar) if one.rule.extendable]
    if not running:
        rule = preset(CONCLUDE)
        assert rule is not None
        running = list(_limits(rule, plain, calendar))
    if not running:
        raise OfficeError(_NOT_ACCEPTED)
    last = max(running, key=lambda one: one.occurrence).occurrence
    return min(_latest(one.rule, one.reckoning) for one in running if one.occurrence == last)


def due_before_extension(session: Session, petition_id: int) -> date | None:
    """Give the day handling was due before it was extended; None where nothing runs."""
    calendar, book = work_calendar(session), rule_book(session)
    [facts] = facts_of(session, [petition_id])
    plain = derive(without(facts, LimitEvent.EXTENDED), book, calendar)
    running = [one for one in plain if one.rule.extendable]
    return max(running, key=lambda one: one.occurrence).reckoning.due_on if running else None


# working out


def _applies(rule: LimitRule, facts: LimitFacts) -> bool:
    when = rule.applies
    chosen = (
        (when.kinds, facts.kind),
        (when.routes, facts.route),
        (when.channels, facts.channel),
        (when.source_levels, facts.source_level),
    )
    if any(choices and value not in choices for choices, value in chosen):
        return False
    if when.receptions and not set(when.receptions) & set(facts.receptions):
        return False
    return all(_TESTS[test](facts) for test in when.tests if test in _TESTS)


_TESTS = {
    LimitTest.URGENT: lambda facts: facts.urgent,
    LimitTest.REACHABLE: lambda facts: facts.reachable,
}


def _limits(rule: LimitRule, facts: LimitFacts, calendar: WorkCalendar) -> Iterator[Limit]:
    occurrence = 0
    for start in facts.all_of(rule.start):
        if not _starts(rule, start, facts):
            continue
        stop = next((one for one in facts.all_of(*rule.stops) if _follows(one, start)), None)
        if stop is None and facts.is_ended and rule.bearer is not Bearer.RIGHT:
            continue
        try:
            reckoning = _reckoned(rule, start, facts, calendar)
        except OverflowError:
            continue
        occurrence += 1
        yield Limit(rule, occurrence, start, reckoning, stop.on if stop else None)


def _starts(rule: LimitRule, start: Happening, facts: LimitFacts) -> bool:
    if rule.amount is None and start.until_on is None:
        return False
    if rule.applies.outcomes and start.outcome not in rule.applies.outcomes:
        return False
    late = LimitTest.SINCE_REGISTERED in rule.applies.tests
    return not late or start.on >= facts.registered_on


def _follows(stop: Happening, start: Happening) -> bool:
    """Tell whether something came after what started a limit, also on the same day."""
    if stop.on != start.on or not (stop.order > 0 and start.order > 0):
        return stop.on >= start.on
    return stop.order > start.order


def _reckoned(
    rule: LimitRule, start: Happening, facts: LimitFacts, calendar: WorkCalendar
) -> Reckoning:
    span = Span(
        amount=rule.amount or 0,
        unit=rule.unit,
        rolls_over=rule.rolls_over,
        set_on=start.until_on if rule.amount is None or rule.may_be_set else None,
        pauses=_hearings(facts) if rule.pausable else (),
        warn_before=rule.warn_before,
    )
    begun: date | datetime = datetime.combine(start.on, start.at) if start.at else start.on
    reckoning = reckon(span, begun, calendar, begun_by=rule.start.label)
    extended = _extended_to(rule, start, facts, reckoning)
    if extended is None:
        return reckoning
    longer = Span(**{**vars(span), "extended_to": extended})
    return reckon(longer, begun, calendar, begun_by=rule.start.label)


def _extended_to(
    rule: LimitRule, start: Happening, facts: LimitFacts, plain: Reckoning
) -> date | None:
    """Give the day a limit was extended to, never beyond what the rule allows."""
    days = [
        one.until_on
        for one in facts.all_of(LimitEvent.EXTENDED)
        if one.until_on and _follows(one, start)
    ]
    if not rule.extendable or not days:
        return None
    return min(max(days), _latest(rule, plain))


def _latest(rule: LimitRule, plain: Reckoning) -> date:
    return plain.due_on + timedelta(rule.extendable)


def _hearings(facts: LimitFacts) -> tuple[Pause, ...]:
    """Give the hearings as stretches of days; the last may still be open."""
    found: list[Pause] = []
    opened: date | None = None
    for one in facts.all_of(LimitEvent.HEARING_OPENED, LimitEvent.HEARING_CLOSED):
        if one.event is LimitEvent.HEARING_OPENED:
            opened = opened or one.on
        elif opened is not None:
            found.append(Pause(opened, one.on))
            opened = None
    if opened is not None:
        found.append(Pause(opened))
    return tuple(found)


# keeping


def _refresh_some(
    session: Session, ids: Sequence[int], book: RuleBook, calendar: WorkCalendar
) -> Iterator[Moved]:
    wanted = {
        (facts.petition_id, *limit.key): _row(facts.petition_id, limit)
        for facts in facts_of(session, ids)
        for limit in derive(facts, book, calendar)
    }
    present = _stored(session, ids)
    outdated = [key for key, row in present.items() if wanted.get(key) != row]
    new = [row for key, row in wanted.items() if present.get(key) != row]
    connection = session.connection()
    for key in outdated:
        connection.execute(delete(_TABLE).where(*_is(key)))
    if new:
        connection.execute(insert(_TABLE), new)
    for key in outdated:
        before, after = present[key], wanted.get(key)
        if after and not after["done_on"] and before["due_on"] != after["due_on"]:
            yield Moved(key[0], key[1], before["due_on"], after["due_on"])


def _row(petition_id: int, limit: Limit) -> Row:
    reckoning = limit.reckoning
    ended = limit.done_on is not None
    return {
        "petition_id": petition_id,
        "rule": limit.rule.key,
        "occurrence": limit.occurrence,
        "version": limit.rule.version,
        "bearer": limit.rule.bearer,
        "started_on": limit.start.on,
        "started_at": limit.start.at,
        "nominal_on": reckoning.nominal_on,
        "due_on": reckoning.due_on,
        "due_at": reckoning.due_at,
        "alarm_on": reckoning.alarm_on,
        "warn_on": reckoning.warn_on,
        "provisional": reckoning.provisional,
        "extended_to": reckoning.span.extended_to,
        "paused_days": reckoning.paused_days,
        "paused_on": None if ended else reckoning.paused_on,
        "done_on": limit.done_on,
    }


def _table() -> Table:
    table = SQLModel.metadata.tables[str(Deadline.__tablename__)]
    assert isinstance(table, Table)
    return table


_TABLE = _table()
_Key = tuple[int, str, int]


def _is(key: _Key) -> tuple[Any, ...]:
    columns = (_TABLE.c.petition_id, _TABLE.c.rule, _TABLE.c.occurrence)
    return tuple(column == value for column, value in zip(columns, key, strict=True))


def _stored(session: Session, ids: Sequence[int]) -> dict[_Key, Row]:
    query = select(_TABLE).where(_TABLE.c.petition_id.in_(ids))
    rows = session.connection().execute(query).mappings()
    return {(row["petition_id"], row["rule"], row["occurrence"]): dict(row) for row in rows}
