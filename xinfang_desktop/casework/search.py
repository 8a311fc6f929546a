"""Finding matters: ids in the order of the ledger, and the rows of a page of them.

The ids of 100,000 matters are 800 kB; their rows are read a page at a time. Queries name columns
and give tuples: records that only pass through a list are never built. Sealed matters stand in the
ledger by their number; no word finds them, whoever looks.
"""

import json
import re
from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, Protocol, TypedDict, Unpack

from sqlmodel import Session

from xinfang_desktop.models import Channel, PetitionState, Viewer

from . import words as wording
from .identity import plain
from .numbering import spellings
from .sealing import SEALED_CODE, SEALED_TITLE

CLAIM_START = 60
"""How many characters of a claim a list shows."""

_BATCH = 500


class Executing(Protocol):
    """A connection as the database driver gives it."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Any:  # noqa: ANN401
        """Run one statement."""


class Filter(TypedDict, total=False):
    """What a list is narrowed to; days are inclusive."""

    state: PetitionState | None
    channel: Channel | None
    received_from: date | None
    received_to: date | None
    registered_from: date | None
    registered_to: date | None
    with_gaps: bool


class LedgerRow(NamedTuple):
    """A matter as a line of a list; a sealed one says so in the place of its claim."""

    id: int
    number: str
    received_on: date | None
    names: str
    headcount: int | None
    channel: Channel
    category: str
    claim_start: str
    state: PetitionState
    sealed: bool


_CONDITIONS = {
    "state": "p.state = ?",
    "channel": "p.channel = ?",
    "received_from": "p.received_on >= ?",
    "received_to": "p.received_on <= ?",
    "registered_from": "p.registered_at >= ?",
    "registered_to": "p.registered_at < ?",
}
_ORDER = "ORDER BY p.received_on DESC, p.id DESC"
_NOT_SEALED = f"p.kind IS NOT '{SEALED_CODE}'"

WITHDRAWN = "撤销登记"
"""The reason of a matter whose registration was taken back: found by its number, in no list."""

_NOT_WITHDRAWN = f"(p.state <> '{PetitionState.VOID.value}' OR p.void_reason <> '{WITHDRAWN}')"

_IN_ORDER = "petition AS p INDEXED BY petition_ledger"
"""For words the narrow index of the ledger is walked: to look every hit up in the wide table would
take ten times as long."""

_BY_NUMBER = "p.id IN (SELECT id FROM petition WHERE number IN ({marks}))"
_BY_WORDS = "p.id IN (SELECT rowid FROM petition_words WHERE petition_words MATCH ?)"
_BY_DIGITS = """p.id IN (
    SELECT seat.petition_id FROM petitioner AS person INDEXED BY petitioner_name
    CROSS JOIN participation AS seat ON seat.petitioner_id = person.id
    WHERE person.document_number LIKE ? OR person.phone LIKE ?
)"""
_DIGITS = re.compile("[0-9]{3,}X?")

_ROWS = f"""
    SELECT p.id, p.number, p.received_on,
        CASE WHEN {_NOT_SEALED} THEN iif(
            person.name = '' AND person.anonymous, '匿名', person.name
        ) ELSE '' END,
        (SELECT count(*) FROM participation AS seat WHERE seat.petition_id = p.id),
        CASE WHEN {_NOT_SEALED} THEN p.headcount END,
        p.channel,
        CASE WHEN {_NOT_SEALED} THEN p.category ELSE '' END,
        CASE WHEN {_NOT_SEALED} THEN substr(p.claim, 1, {CLAIM_START}) ELSE '{SEALED_TITLE}' END,
        p.state,
        NOT ({_NOT_SEALED})
    FROM petition AS p
    LEFT JOIN participation AS seat ON seat.petition_id = p.id AND seat.position = 1
    LEFT JOIN petitioner AS person ON person.id = seat.petitioner_id
    WHERE p.id IN
"""


def find(
    source: Session | Executing,
    words: str = "",
    *,
    viewer: Viewer,
    limit: int | None = None,
    **where: Unpack[Filter],
) -> "array[int]":
    """Give the ids of the matters that hold all ``words``, the latest received first.

    A word is found in claim, names, addresses, numbers and opinions; a run of three or more
    digits also inside identity and telephone numbers. A whole number of ours finds its matter,
    also a sealed one. ``viewer`` is on whose behalf the search is made.
    """
    table, condition, parameters = _condition(words, where)
    ordered = f"SELECT p.id AS id FROM {table} WHERE {condition} {_ORDER} LIMIT ?"
    sql = f"SELECT json_group_array(id) FROM ({ordered})"
    found = execute(source, sql, (*parameters, -1 if limit is None else limit))
    return array("q", json.loads(next(iter(found))[0]))


def count(
    source: Session | Executing, words: str = "", *, viewer: Viewer, **where: Unpack[Filter]
) -> int:
    """Give how many matters ``find`` would give."""
    table, condition, parameters = _condition(words, where)
    sql = f"SELECT count(*) FROM {table} WHERE {condition}"
    return int(next(iter(execute(source, sql, parameters)))[0])


def rows(source: Session | Executing, ids: Sequence[int]) -> list[LedgerRow]:
    """Give the lines of ``ids`` in their order; an id that is gone is left out."""
    found: dict[int, LedgerRow] = {}
    for start in range(0, len(ids), _BATCH):
        some = tuple(ids[start : start + _BATCH])
        marks = ", ".join("?" * len(some))
        found.update((row[0], _line(*row)) for row in execute(source, f"{_ROWS} ({marks})", some))
    return [found[id] for id in ids if id in found]


def _condition(words: str, where: Filter) -> tuple[str, str, list[object]]:
    """Give the table as it is walked, the condition, and its parameters."""
    conditions, parameters = _narrowed(where)
    if words.strip():
        told, values = _told(words)
        conditions.append(told)
        parameters += values
    elif where.get("state") is not PetitionState.REGISTERED:
        conditions.append(_NOT_WITHDRAWN)
    return (
        _IN_ORDER,
        " AND ".join(conditions) or "TRUE",
        parameters,
    )


def _narrowed(where: Filter) -> tuple[list[str], list[object]]:
    conditions = ["p.gaps > 0"] if where.get("with_gaps") else []
    parameters: list[object] = []
    for name, condition in _CONDITIONS.items():
        if (value := where.get(name)) is not None:
            conditions.append(condition)
            parameters.append(_stored(name, value))
    return conditions, parameters


def _stored(name: str, value: object) -> str:
    """Write a filter's value as the column holds it; a moment's last day ends with the next."""
    if isinstance(value, date) and name.startswith("registered"):
        day = value + timedelta(days=name == "registered_to")
        return datetime.combine(day, time.min).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _told(words: str) -> tuple[str, list[object]]:
    """Give the condition that typed words stand for: one of our numbers, or all of the words."""
    numbers = spellings(words)
    conditions, values = _all_words(words.split())
    by_number = _BY_NUMBER.format(marks=", ".join("?" * len(numbers)))
    return (
        f"({by_number} OR ({_NOT_SEALED} AND {_NOT_WITHDRAWN} AND {' AND '.join(conditions)}))",
        [*numbers, *values],
    )


def _all_words(words: list[str]) -> tuple[list[str], list[object]]:
    """Ask the index for the words in one question, and for each run of digits in one of its own."""
    figures = [word for word in words if _DIGITS.fullmatch(plain(word))]
    query = wording.match(" ".join(word for word in words if word not in figures))
    conditions: list[str] = [_BY_WORDS] if query else []
    values: list[object] = [query] if query else []
    for word in figures:
        inside = f"%{plain(word)}%"
        conditions.append(f"({_BY_WORDS} OR {_BY_DIGITS})")
        values += [wording.match(word), inside, inside]
    return conditions or ["FALSE"], values


def _line(
    id: int,
    number: str,
    received_on: str | None,
    name: str,
    seats: int,
    headcount: int | None,
    channel: str,
    category: str,
    claim_start: str,
    state: str,
    sealed: int,
) -> LedgerRow:
    return LedgerRow(
        id,
        number,
        date.fromisoformat(received_on) if received_on else None,
        f"{name} 等{seats}人" if name and seats > 1 else name,
        headcount,
        Channel.from_code(channel),
        category,
        claim_start,
        PetitionState.from_code(state),
        bool(sealed),
    )


def execute(
    source: Session | Executing, sql: str, parameters: Sequence[object]
) -> Iterable[tuple[Any, ...]]:
    """Run a query on a worker's own connection, or inside the transaction of a session."""
    if isinstance(source, Session):
        connection = source.connection().connection.driver_connection
        assert connection is not None
        return connection.execute(sql, tuple(parameters))  # type: ignore[no-any-return]
    return source.execute(sql, tuple(parameters))  # type: ignore[no-any-return]
