"""What happened to a matter, as time limits see it: events with their days, read from the books.

The days that a clerk types (受理, 办结, 送达, 回访) and the acts of the way tell the same things;
where both do, the day in the matter's own field holds for the latest.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlmodel import Session

from xinfang_desktop.models import (
    Action,
    Channel,
    Kind,
    LimitEvent,
    PetitionState,
    ReceptionBy,
    Route,
    Satisfaction,
    SourceLevel,
    Stage,
)

from .search import Executing, execute

_E = LimitEvent
_A = Action

EVENTS: Mapping[str, tuple[LimitEvent, ...]] = {
    _A.SIGN_IN: (_E.SIGNED_IN,),
    _A.SUBMIT: (_E.SUBMITTED,),
    _A.RECEIVE: (_E.RECEPTION,),
    _A.ASSIGN: (_E.ASSIGNED,),
    _A.HAND_OVER: (_E.HANDED_OVER,),
    _A.ACCEPT: (_E.ACCEPTED, _E.INFORMED),
    _A.INFORM: (_E.INFORMED,),
    _A.TRANSFER: (_E.TRANSFERRED, _E.INFORMED),
    _A.REFER: (_E.REFERRED, _E.INFORMED),
    _A.REFUSE: (_E.REFUSED, _E.INFORMED),
    _A.DECLINE: (_E.DECLINED, _E.INFORMED),
    _A.RETURN: (_E.RETURNED,),
    _A.OBJECT: (_E.OBJECTED,),
    _A.EXTEND: (_E.EXTENDED,),
    _A.OPEN_HEARING: (_E.HEARING_OPENED,),
    _A.CLOSE_HEARING: (_E.HEARING_CLOSED,),
    _A.MEDIATE: (_E.MEDIATION_OPENED,),
    _A.END_MEDIATION: (_E.MEDIATION_ENDED,),
    _A.CONSULT: (_E.CONSULTATION_OPENED,),
    _A.CONSULTED: (_E.CONSULTED,),
    _A.SUPERVISE: (_E.SUPERVISED,),
    _A.FEED_BACK: (_E.FED_BACK,),
    _A.ADVISE: (_E.ADVISED,),
    _A.ADVICE_ANSWERED: (_E.ADVICE_ANSWERED,),
    _A.REPORT_URGENT: (_E.URGENT_REPORTED,),
    _A.PROPOSE: (_E.PROPOSED,),
    _A.CONCLUDE: (_E.CONCLUDED,),
    _A.REPORT: (_E.REPORTED,),
    _A.REPLY: (_E.SERVED,),
    _A.FOLLOW_UP: (_E.FOLLOWED_UP,),
    _A.UNREACHABLE: (_E.FOLLOWED_UP,),
    _A.VERIFY: (_E.VERIFICATION_OPENED,),
    _A.ISSUE_ACCOUNT: (_E.ACCOUNTED,),
    _A.REQUEST_REVIEW: (_E.REVIEW_REQUESTED,),
    _A.DECIDE_REVIEW: (_E.REVIEW_DECIDED,),
    _A.REQUEST_RE_REVIEW: (_E.RE_REVIEW_REQUESTED,),
    _A.DECIDE_RE_REVIEW: (_E.RE_REVIEW_DECIDED,),
    _A.ARCHIVE: (_E.ARCHIVED,),
}
"""What each act is to time limits; 受理, 转送, 告知途径 and refusals are written notices too."""

_ENDED: frozenset[str] = frozenset(
    {
        Stage.TRANSFERRED,
        Stage.REFERRED,
        Stage.RETURNED,
        Stage.REFUSED,
        Stage.DECLINED,
        Stage.ARCHIVED,
    }
)
"""Stages after which the office has nothing more to do in time."""

_BATCH = 500

_PETITIONS = """
    SELECT id, state, stage, kind, route, channel, source_level, urgent,
        received_on, received_time, registered_at, accepted_on, concluded_on, served_on
    FROM petition WHERE id IN ({ids})
"""
_STEPS = """
    SELECT petition_id, id, action, done_on, done_at, recorded_at, until_on, outcome
    FROM step WHERE petition_id IN ({ids}) AND stage IS NOT NULL AND taken_back = 0 ORDER BY id
"""
_FOLLOW_UPS = """
    SELECT petition_id, made_on, satisfaction, body_satisfaction
    FROM follow_up WHERE petition_id IN ({ids}) AND made_on IS NOT NULL ORDER BY round
"""
_REACHABLE = """
    SELECT seat.petition_id
    FROM participation AS seat JOIN petitioner AS person ON person.id = seat.petitioner_id
    WHERE seat.petition_id IN ({ids}) AND seat.position = 1 AND NOT person.anonymous
        AND trim(person.name) <> '' AND trim(person.address || person.unit) <> ''
"""


class Happening(NamedTuple):
    """Something that happened: what, when, and what the act set or came to.

    ``order`` is the step's own, or 0 for what a field of the matter tells.
    """

    event: LimitEvent
    on: date
    at: time | None = None
    until_on: date | None = None
    outcome: str = ""
    order: int = 0


@dataclass(frozen=True)
class LimitFacts:
    """A matter as time limits see it; ``happenings`` are in the order of their days.

    ``is_running`` is false for a void or merged matter, ``is_ended`` true where nothing more is
    due from the office.
    """

    petition_id: int
    received_on: date
    registered_on: date
    kind: Kind | None
    route: Route | None
    channel: Channel
    source_level: SourceLevel
    urgent: bool
    reachable: bool
    is_running: bool
    is_ended: bool
    happenings: tuple[Happening, ...]

    def all_of(self, *events: LimitEvent) -> list[Happening]:
        """Give everything of these kinds, in order."""
        return [one for one in self.happenings if one.event in events]

    @property
    def receptions(self) -> tuple[ReceptionBy, ...]:
        """Who received the visitor."""
        told = {one.outcome for one in self.all_of(_E.RECEPTION)}
        return tuple(by for by in ReceptionBy if by.value in told)


def facts_of(source: Session | Executing, ids: Sequence[int]) -> Iterator[LimitFacts]:
    """Read the facts of matters, in the order of their ids."""
    for start in range(0, len(ids), _BATCH):
        some = json.dumps(sorted(ids[start : start + _BATCH]))
        yield from _some_facts(source, some)


def _some_facts(source: Session | Executing, ids: str) -> Iterator[LimitFacts]:
    def read(sql: str) -> Iterable[tuple[Any, ...]]:
        return execute(source, sql.format(ids="SELECT value FROM json_each(?)"), (ids,))

    steps, rounds = _by_matter(read(_STEPS)), _by_matter(read(_FOLLOW_UPS))
    reachable = {row[0] for row in read(_REACHABLE)}
    for row in read(_PETITIONS):
        yield _facts(row, steps[row[0]], rounds[row[0]], row[0] in reachable)


def _by_matter(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for petition_id, *rest in rows:
        found[petition_id].append(tuple(rest))
    return found


def _facts(
    row: tuple[Any, ...],
    steps: list[tuple[Any, ...]],
    rounds: list[tuple[Any, ...]],
    reachable: bool,
) -> LimitFacts:
    (id, state, stage, kind, route, channel, source_level, urgent, *days) = row
    received_on, received_time, registered_at, *typed = days
    registered = datetime.fromisoformat(registered_at) if registered_at else None
    received = _day(received_on) or (registered.date() if registered else None)
    happenings = [one for step in steps for one in _of_step(*step)]
    for event, day in zip((_E.ACCEPTED, _E.CONCLUDED, _E.SERVED), typed, strict=True):
        _take_field(happenings, event, _day(day))
    happenings += _of_rounds(rounds, {one.on for one in happenings if one.event is _E.FOLLOWED_UP})
    if received is not None:
        happenings.append(Happening(_E.RECEIVED, received, _time(received_time), order=-1))
    if registered is not None:
        at = registered.time()
        happenings.append(Happening(_E.REGISTERED, registered.date(), at, order=-1))
    return LimitFacts(
        petition_id=id,
        received_on=received or date.max,
        registered_on=registered.date() if registered else received or date.max,
        kind=Kind.from_code(kind) if kind else None,
        route=Route.from_code(route) if route else None,
        channel=Channel.from_code(channel),
        source_level=SourceLevel.from_code(source_level),
        urgent=bool(urgent),
        reachable=reachable,
        is_running=state == PetitionState.REGISTERED.value and received is not None,
        is_ended=stage in _ENDED,
        happenings=tuple(sorted(happenings, key=lambda one: (one.on, one.order))),
    )


def _of_step(
    id: int,
    action: str,
    done_on: str,
    done_at: str | None,
    recorded_at: str,
    until_on: str | None,
    outcome: str,
) -> Iterator[Happening]:
    """Give what an act was; its time of day is that of recording where that was the same day."""
    on = date.fromisoformat(done_on)
    recorded = datetime.fromisoformat(recorded_at)
    at = _time(done_at) or (recorded.time() if recorded.date() == on else None)
    for event in EVENTS.get(action, ()):
        yield Happening(event, on, at, _day(until_on), outcome, id)


def _take_field(happenings: list[Happening], event: LimitEvent, on: date | None) -> None:
    """Let a day that stands in the matter hold for the latest of its kind."""
    if on is None:
        return
    places = [at for at, one in enumerate(happenings) if one.event is event]
    if not places:
        happenings.append(Happening(event, on))
    elif happenings[places[-1]].on != on:
        happenings[places[-1]] = happenings[places[-1]]._replace(on=on, at=None)


def _of_rounds(rounds: list[tuple[Any, ...]], known: set[date]) -> Iterator[Happening]:
    """Give what the rounds of asking back tell that no act told."""
    for made_on, *ratings in rounds:
        on = date.fromisoformat(made_on)
        if on not in known:
            yield Happening(_E.FOLLOWED_UP, on)
        if Satisfaction.DISSATISFIED.value in ratings:
            yield Happening(_E.DISSATISFIED, on)


def without(facts: LimitFacts, *events: LimitEvent) -> LimitFacts:
    """Give the facts as if something had not happened."""
    rest = tuple(one for one in facts.happenings if one.event not in events)
    return replace(facts, happenings=rest)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _time(told: str | None) -> time | None:
    return time.fromisoformat(told) if told else None
