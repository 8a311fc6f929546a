"""What lists are narrowed to: the filter itself, its SQL, and the facets that are counted.

A sealed matter shows in lists its number, day, channel and state, and nothing else; so nothing else
of it is narrowed by, counted or put in order either. Whoever could list the accusations of one
department would know what no list tells.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict, cast

from xinfang_desktop.models import Channel, Kind, LabelledEnum, PetitionState, SourceLevel, Stage

from .sealing import SEALED_CODE
from .word_index import WITHDRAWN


class Filter(TypedDict, total=False):
    """What a list is narrowed to; days are inclusive, of several values any one will do.

    ``statuses`` are codes of ``Stage`` and ``PetitionState``, as the column 状态 shows them;
    ``months`` are written 2026-10, ``categories`` are first levels; ``among`` are the ids of a list
    that was made elsewhere, and an empty one lets nothing through.
    """

    state: PetitionState | None
    channel: Channel | None
    statuses: Sequence[str]
    channels: Sequence[str]
    kinds: Sequence[str]
    sources: Sequence[str]
    categories: Sequence[str]
    bodies: Sequence[str]
    months: Sequence[str]
    received_from: date | None
    received_to: date | None
    registered_from: date | None
    registered_to: date | None
    concluded_from: date | None
    concluded_to: date | None
    with_gaps: bool
    supervised: bool
    weekly: bool
    late: bool
    among: Sequence[int] | None


OPEN = f"p.kind IS NOT '{SEALED_CODE}'"
"""That a matter is not sealed."""

LISTED = (
    f"(p.state = '{PetitionState.REGISTERED}' OR (p.state = '{PetitionState.VOID}'"
    f" AND p.void_reason <> '{WITHDRAWN}'))"
)
"""That a matter stands in lists: it was not taken back, nor merged into another."""

STATUS = (
    f"iif(p.state <> '{PetitionState.REGISTERED}', p.state,"
    f" iif({OPEN}, p.stage, '{Stage.REGISTERED}'))"
)
"""The status as lists show it: the state of what is void or sealed, else the stage."""

USUAL_DAYS_TO_ENTER = 1
"""How many days may lie between a matter's coming in and its entry: what came in the evening is
entered the next day. What took longer is entered late (补录)."""

ENTERED_LATE = f"p.registered_at >= date(p.received_on, '+{USUAL_DAYS_TO_ENTER + 1} days')"
"""补录: entered later than the office usually enters what came in; limits run from the event."""

_FIRST_LEVEL = f"iif({OPEN}, substr(p.category, 1, instr(p.category || '/', '/') - 1), '')"
_ANY_OF = "{expression} IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class Facet:
    """Something that every matter has one of, and lists are narrowed by.

    ``key`` is the key of the filter; ``choices`` are its values where there is a list of them.
    """

    key: str
    title: str
    expression: str
    choices: tuple[type[LabelledEnum], ...] = ()

    def label(self, value: str) -> str:
        """Give a value as it is read."""
        for choices in self.choices:
            for choice in choices:
                if choice.value == value:
                    return choice.label
        return value or "（未填）"


FACETS = (
    Facet("statuses", "状态", STATUS, (Stage, PetitionState)),
    Facet("channels", "形式", "p.channel", (Channel,)),
    Facet("kinds", "类别", "ifnull(p.kind, '')", (Kind,)),
    Facet("sources", "来源", f"iif({OPEN}, p.source_level, '')", (SourceLevel,)),
    Facet("categories", "分类", _FIRST_LEVEL),
    Facet("bodies", "责任单位", f"iif({OPEN}, p.responsible_body, '')"),
    Facet("months", "月份", "ifnull(substr(p.received_on, 1, 7), '')"),
)
FACET = {facet.key: facet for facet in FACETS}

_EQUAL = {"state": "p.state = ?", "channel": "p.channel = ?"}
_DAYS = {
    "received_from": "p.received_on >= ?",
    "received_to": "p.received_on <= ?",
    "registered_from": "p.registered_at >= ?",
    "registered_to": "p.registered_at < ?",
    "concluded_from": f"{OPEN} AND p.concluded_on >= ?",
    "concluded_to": f"{OPEN} AND p.concluded_on <= ?",
}
_FLAGS = {
    "with_gaps": "p.gaps > 0",
    "supervised": f"{OPEN} AND p.supervised = 'yes'",
    "weekly": f"{OPEN} AND p.weekly_consultation = 'yes'",
    "late": ENTERED_LATE,
}


FLAGS = {"with_gaps": "尚欠内容", "supervised": "督查督办", "weekly": "周会商", "late": "补录"}
"""What a list is narrowed to or not, by the key of the filter, as it is read."""


def conditions(where: Filter) -> tuple[list[str], list[object]]:
    """Give the conditions on ``petition AS p`` and their parameters."""
    given = cast("dict[str, Any]", where)
    found: list[str] = [sql for flag, sql in _FLAGS.items() if given.get(flag)]
    parameters: list[object] = []
    for facet in FACETS:
        if values := given.get(facet.key):
            found.append(_ANY_OF.format(expression=facet.expression))
            parameters.append(json.dumps(list(map(str, values))))
    if (among := given.get("among")) is not None:
        found.append(_ANY_OF.format(expression="p.id"))
        parameters.append(json.dumps(list(among)))
    for name, sql in (*_EQUAL.items(), *_DAYS.items()):
        if (value := given.get(name)) is not None:
            found.append(sql)
            parameters.append(_stored(name, value))
    return found, parameters


def both(one: Filter, other: Filter) -> Filter:
    """Give the filter that lets through what both let through."""
    narrowed = cast("dict[str, Any]", dict(one))
    for name, value in other.items():
        present = narrowed.get(name)
        is_free = present is None if name == "among" else not present
        narrowed[name] = value if is_free else _meeting(name, present, value)
    return cast("Filter", narrowed)


NOTHING = ("-",)
"""A value that no matter has: two filters that exclude each other."""


def _meeting(name: str, one: Any, other: Any) -> Any:  # noqa: ANN401 - whatever the key holds
    if name.endswith("_from"):
        return max(one, other) if other else one
    if name.endswith("_to"):
        return min(one, other) if other else one
    if name == "among":
        allowed = set(one if other is None else other)
        return tuple(id for id in one if id in allowed)
    if name in FACET:
        return tuple(value for value in one if value in other) or NOTHING
    return other


def _stored(name: str, value: object) -> str:
    """Write a filter's value as the column holds it; a moment's last day ends with the next."""
    if isinstance(value, date) and name.startswith("registered"):
        day = value + timedelta(days=name == "registered_to")
        return datetime.combine(day, time.min).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


_READERS: dict[str, Callable[[Any], object]] = {
    "state": PetitionState.from_code,
    "channel": Channel.from_code,
    "among": lambda ids: tuple(map(int, ids)),
    **{facet.key: tuple for facet in FACETS},
    **dict.fromkeys(_DAYS, date.fromisoformat),
    **dict.fromkeys(_FLAGS, bool),
}


def as_json(where: Filter) -> dict[str, object]:
    """Give a filter as JSON keeps it; what lets everything through is left out."""
    return {
        name: _plain(value)
        for name, value in where.items()
        if value or (name == "among" and value is not None)
    }


def from_json(kept: dict[str, Any]) -> Filter:
    """Give a filter that ``as_json`` kept; what is not understood is left out."""
    read: dict[str, object] = {}
    for name, value in kept.items():
        if name in _READERS:
            try:
                read[name] = _READERS[name](value)
            except (TypeError, ValueError):
                continue
    return cast("Filter", read)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | bool):
        return str(value) if isinstance(value, str) else value
    return list(map(str, cast("Iterable[object]", value)))
