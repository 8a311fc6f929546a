"""Finding matters: ids in the order of the ledger or of how well they fit, and rows of a page.

The ids of 100,000 matters are 800 kB; their rows are read a page at a time. Queries name columns
and give tuples: records that only pass through a list are never built. Sealed matters stand in the
ledger by their number; no word and no field finds them, whoever looks.

What was typed is found in this order: a number of ours; a name that is exactly this one; names that
hold it or begin to sound like it; everything else. Within each the latest received comes first.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Unpack, cast

from sqlmodel import Session

from xinfang_desktop.models import Channel, PetitionState, Viewer

from . import grammar
from . import words as wording
from .filters import FACET, FLAGS, LISTED, OPEN, STATUS, Filter, both, conditions
from .ledger import CLAIM_START, LedgerLine, lines
from .numbering import spellings
from .reading import Executing, execute
from .short_number import ShortNumber, Typing, being_typed, short_number
from .word_index import ID_MASK, MATCHING, WITHDRAWN, places_of

__all__ = [
    "CLAIM_START",
    "WITHDRAWN",
    "Executing",
    "Filter",
    "LedgerRow",
    "Sort",
    "count",
    "execute",
    "facet_counts",
    "flag_counts",
    "find",
    "rows",
    "totals",
]

LedgerRow = LedgerLine

_PARSED_AT_ONCE = 200_000
"""Characters of ids that are read in one go: longer, and the window would stand still meanwhile."""


class Sort(NamedTuple):
    """What a list is put in order by: the key of a column, and whether the largest comes first."""

    key: str
    descending: bool = False


SORTS = {
    "number": ("p.year", "p.series", "p.serial"),
    "received_on": ("p.received_on",),
    "channel": ("p.channel",),
    "source": (f"iif({OPEN}, p.source_level, NULL)",),
    "superior_number": (f"iif({OPEN}, p.superior_number, '')",),
    "headcount": (f"iif({OPEN}, p.headcount, NULL)",),
    "kind": ("p.kind",),
    "category": (f"iif({OPEN}, p.category, '')",),
    "location": (f"iif({OPEN}, p.location, '')",),
    "status": (STATUS,),
    "responsible_body": (f"iif({OPEN}, p.responsible_body, '')",),
    "handler": (f"iif({OPEN}, p.handler, '')",),
    "accepted_on": (f"iif({OPEN}, p.accepted_on, NULL)",),
    "concluded_on": (f"iif({OPEN}, p.concluded_on, NULL)",),
    "registered_at": ("p.registered_at",),
    "registered_by": ("p.registered_by",),
    "supervised": (f"iif({OPEN}, p.supervised, NULL)",),
    "weekly": (f"iif({OPEN}, p.weekly_consultation, NULL)",),
    "name": (),
}
"""By what the ledger can be put in order, and by which expressions; names have an index."""

_LATEST = "p.received_on DESC, p.id DESC"
_INDEXES = (("registered", "petition_registered"), ("concluded", "petition_concluded"))
"""Days that have an index of their own. Else the narrow index of the ledger is walked: to look
every line up in the wide table would take ten times as long."""

_HIT = f"""petition_words AS hit CROSS JOIN petition AS p INDEXED BY petition_facts
    ON p.id = (hit.rowid & {ID_MASK})"""
_RECEIVED = ("received_from", "received_to")
_PLACES = "SELECT place FROM ledger_place WHERE petition_id IN (SELECT value FROM json_each(?))"

_BY_NUMBER = "SELECT p.id FROM petition AS p WHERE p.number IN (SELECT value FROM json_each(?))"
_BY_SHORT_NUMBER = f"""
    SELECT p.id FROM number_series AS s CROSS JOIN petition AS p INDEXED BY petition_serial
        ON p.series = s.series AND p.year = s.year AND p.serial = ?
    WHERE ifnull(s.year = ?, TRUE) AND substr(p.number, 1, length(?)) = ?
        AND {OPEN} AND {LISTED}
"""

_KNOWN_SERIES = "SELECT series, year FROM number_series ORDER BY year DESC, series"
_BY_SERIALS = f"""
    SELECT p.id FROM petition AS p INDEXED BY petition_serial
    WHERE p.series = ? AND p.year = ? AND p.serial BETWEEN ? AND ? AND {OPEN} AND {LISTED}
"""
_BY_SERIES = "p.series || ' ' || p.year IN (SELECT value FROM json_each(?))"


def find(
    source: Session | Executing,
    words: str = "",
    *,
    viewer: Viewer,
    today: date | None = None,
    sort: Sort | None = None,
    limit: int | None = None,
    **where: Unpack[Filter],
) -> "array[int]":
    """Give the ids of the matters that ``words`` ask for, those that fit best first.

    ``words`` are as typed in the search box (``grammar``); ``today`` is what 今天 and 本月 mean.
    Without words the latest received comes first. A whole number of ours finds its matter, also a
    sealed one. ``viewer`` is on whose behalf the search is made.
    """
    asked = _Asked.of(words, where, today)
    found: array[int] = array("q")
    seen: set[int] = set()
    for statement in _statements(source, asked, sort, is_whole=limit is None):
        if limit is not None and len(found) >= limit:
            break
        left = -1 if limit is None else limit - len(found) + len(seen)
        ids = _ids(source, statement, left)
        found.extend([id for id in ids if id not in seen] if seen else ids)
        if statement.is_apart:
            seen.update(ids)
    return found if limit is None else found[:limit]


def count(
    source: Session | Executing,
    words: str = "",
    *,
    viewer: Viewer,
    today: date | None = None,
    **where: Unpack[Filter],
) -> int:
    """Give how many matters ``find`` would give."""
    asked = _Asked.of(words, where, today)
    return sum(number for _, number in _grouped(source, asked, "0"))


def facet_counts(
    source: Session | Executing,
    facet: str,
    words: str = "",
    *,
    viewer: Viewer,
    today: date | None = None,
    **where: Unpack[Filter],
) -> dict[str, int]:
    """Give how many matters each value of a facet has, under all of the filter but this facet."""
    others = Filter(**where)
    others.pop(facet, None)  # type: ignore[misc]
    asked = _Asked.of(words, others, today)
    return {
        str(value): number for value, number in _grouped(source, asked, FACET[facet].expression)
    }


def flag_counts(
    source: Session | Executing,
    words: str = "",
    *,
    viewer: Viewer,
    today: date | None = None,
    **where: Unpack[Filter],
) -> dict[str, int]:
    """Give how many matters each flag (``filters.FLAGS``) leaves of what is asked."""
    given = Filter(**where)
    narrowed = {flag: cast("Filter", {**given, flag: True}) for flag in FLAGS}
    return {
        flag: count(source, words, viewer=viewer, today=today, **one)
        for flag, one in narrowed.items()
    }


class Totals(NamedTuple):
    """How many matters, how many people they count, and how many came in by each channel."""

    matters: int
    headcount: int
    channels: dict[Channel, int]


def totals(source: Session | Executing, ids: Sequence[int], *, viewer: Viewer) -> Totals:
    """Add up what a selection holds; the people of a sealed matter are not counted."""
    sql = f"""
        SELECT p.channel, count(*), ifnull(sum(iif({OPEN}, p.headcount, 0)), 0)
        FROM json_each(?) AS chosen
        CROSS JOIN petition AS p INDEXED BY petition_facts ON p.id = chosen.value
        GROUP BY p.channel
    """
    found = list(execute(source, sql, (json.dumps(list(ids)),)))
    channels = {Channel.from_code(code): number for code, number, _ in found}
    in_order = {channel: channels[channel] for channel in Channel if channel in channels}
    return Totals(sum(in_order.values()), sum(heads for *_, heads in found), in_order)


def rows(source: Session | Executing, ids: Sequence[int]) -> list[LedgerLine]:
    """Give the lines of ``ids`` in their order; an id that is gone is left out."""
    return list(lines(source, ids))


# what is asked


@dataclass(frozen=True)
class _Asked:
    """A question, ready to be put.

    Attributes:
        is_typed: whether anything was typed at all.
        only_narrows: whether it asks for no word and no number.
        everything: the query for all that fits.
        names: queries for exactly this name, and for names that hold it.
        rest: what a matter found by its number must hold besides.
        number: what may be a number of ours.
        where: what the list is narrowed to.
    """

    is_typed: bool
    only_narrows: bool
    everything: str
    names: tuple[str, ...]
    rest: str
    number: str
    where: Filter

    @classmethod
    def of(cls, words: str, where: Filter, today: date | None) -> "_Asked":
        typed = grammar.read(words, today)
        plain = [query for query in map(wording.anywhere, typed.words) if query]
        fields = [query for query in (*typed.queries, typed.number_query) if query]
        rest = [*plain, *typed.queries] if typed.number else typed.queries
        return cls(
            is_typed=not typed.is_blank,
            only_narrows=typed.only_narrows,
            everything=wording.all_of((*plain, *fields)),
            names=tuple(_with(fields, tier) for tier in _name_tiers(typed.words)),
            rest=wording.all_of(filter(None, rest)),
            number=typed.number or " ".join(typed.words),
            where=both(where, typed.where),
        )


def _name_tiers(typed: Sequence[str]) -> Iterator[str]:
    """Give the queries that stand before the rest: exactly this name, then names that hold it."""
    exact = [wording.whole_name("".join(typed)), wording.exactly(" ".join(typed))]
    yield wording.any_of(filter(None, exact if typed else ()))
    parts = [wording.name(word) for word in typed]
    yield wording.all_of(parts) if parts and all(parts) else ""


def _with(fields: Sequence[str], tier: str) -> str:
    return wording.all_of((tier, *fields)) if tier and fields else tier


# how it is put


class _Statement(NamedTuple):
    """One query for ids, its parameters, and whether a later one may give the same again."""

    sql: str
    parameters: tuple[object, ...]
    is_apart: bool = False


def _statements(
    source: Session | Executing, asked: _Asked, sort: Sort | None, *, is_whole: bool
) -> Iterator[_Statement]:
    """Give the queries whose answers, one after the other, are the answer."""
    if sort is not None:
        yield from _sorted(source, asked, sort, is_whole=is_whole)
    elif asked.only_narrows:
        told, parameters = _listed(asked)
        sql = f"SELECT p.id AS id FROM {_walked(asked.where)} WHERE {told} ORDER BY {_LATEST}"
        yield _Statement(sql, parameters)
    else:
        if numbered := _numbered(source, asked):
            yield _Statement("SELECT value AS id FROM json_each(?)", (json.dumps(numbered),), True)
        series = _series(source, asked)
        for statement in _by_fitness(asked):
            yield statement._replace(is_apart=bool(series))
        if series:
            told, parameters = _of_series(series, asked.where)
            table = "petition AS p INDEXED BY petition_facts"
            sql = f"SELECT p.id AS id FROM {table} WHERE {told} ORDER BY p.id DESC"
            yield _Statement(sql, parameters)


def _by_fitness(asked: _Asked) -> Iterator[_Statement]:
    before: list[str] = []
    for tier in (*asked.names, asked.everything):
        if tier:
            query = f"({tier}) NOT ({wording.any_of(before)})" if before else tier
            yield _Statement(*_hits(query, asked.where, "ORDER BY hit.rowid DESC"))
            before.append(tier)


def _hits(query: str, where: Filter, order: str = "") -> tuple[str, tuple[object, ...]]:
    """Give the query for what the index finds, narrowed; days received are places in the index."""
    found: list[str] = ["hit.petition_words MATCH ?"]
    values: list[object] = [query]
    first, last = where.get("received_from"), where.get("received_to")
    others = cast("Filter", {k: v for k, v in where.items() if k not in _RECEIVED})
    if first or last:
        found.append("hit.rowid BETWEEN ? AND ?")
        values += places_of(first, last)
    narrowed, parameters = conditions(others)
    if not narrowed:
        table, selected = "petition_words AS hit", f"hit.rowid & {ID_MASK}"
    else:
        table, selected = _HIT, "p.id"
    told = " AND ".join((*found, *narrowed))
    return f"SELECT {selected} AS id FROM {table} WHERE {told} {order}", (*values, *parameters)


def _walked(where: Filter) -> str:
    """Give the table of matters with the narrow index that a filter is answered from."""
    if where.get("late"):
        return "petition AS p INDEXED BY petition_facts"
    for name, index in _INDEXES:
        if where.get(f"{name}_from") or where.get(f"{name}_to"):
            return f"petition AS p INDEXED BY {index}"
    return "petition AS p INDEXED BY petition_ledger"


def _listed(asked: _Asked) -> tuple[str, tuple[object, ...]]:
    """Give what restricts ``petition AS p`` to the list; typed fields find nothing sealed."""
    narrowed, parameters = conditions(asked.where)
    found = [LISTED if not _asks_for_merged(asked.where) else "TRUE", *narrowed]
    if asked.where.get("state") is PetitionState.REGISTERED:
        found[0] = "TRUE"
    if asked.is_typed:
        found.append(OPEN)
    return " AND ".join(found), tuple(parameters)


def _asks_for_merged(where: Filter) -> bool:
    merged = PetitionState.MERGED
    return where.get("state") is merged or merged.value in where.get("statuses", ())


def _numbered(source: Session | Executing, asked: _Asked) -> list[int]:
    """Give the ids of the matters whose number was typed, whole, short, or to be typed on."""
    if not asked.number:
        return []
    narrowed, parameters = conditions(asked.where)
    told = "".join(f" AND {condition}" for condition in narrowed)
    found: list[int] = []
    for sql, values, order in _number_queries(source, asked.number):
        ids = execute(source, f"{sql}{told} ORDER BY {order}", (*values, *parameters))
        found += [int(row[0]) for row in ids]
    return _holding(source, list(dict.fromkeys(found)), asked.rest)


def _number_queries(
    source: Session | Executing, typed: str
) -> Iterator[tuple[str, tuple[object, ...], str]]:
    """Give the queries for what was typed as a number of ours, the likeliest first."""
    yield _BY_NUMBER, (json.dumps(spellings(typed)),), "p.id"
    for one in _being_typed(source, typed):
        for serials in one.serials:
            yield _BY_SERIALS, (one.series, one.year, *serials), "p.serial"
    if short := short_number(typed):
        yield _BY_SHORT_NUMBER, _said(short), f"p.year DESC, {_LATEST}"


def _being_typed(source: Session | Executing, typed: str) -> list[Typing]:
    return list(being_typed(typed, execute(source, _KNOWN_SERIES, ())))


def _series(source: Session | Executing, asked: _Asked) -> list[str]:
    """Give the series and years of which a number is being typed and no serial yet."""
    typing = _being_typed(source, asked.number) if asked.number and not asked.rest else []
    return [f"{one.series} {one.year}" for one in typing if not one.serials]


def _of_series(series: Sequence[str], where: Filter) -> tuple[str, tuple[object, ...]]:
    narrowed, parameters = conditions(where)
    told = " AND ".join((_BY_SERIES, OPEN, LISTED, *narrowed))
    return told, (json.dumps(series), *parameters)


def _said(short: ShortNumber) -> tuple[object, ...]:
    return short.serial, short.year, short.prefix, short.prefix


def _holding(source: Session | Executing, ids: list[int], query: str) -> list[int]:
    """Give those of ``ids`` that the index finds for a query; all where nothing is asked."""
    if not ids or not query:
        return ids
    sql = f"""
        SELECT rowid & {ID_MASK} FROM petition_words
        WHERE petition_words MATCH ? AND rowid IN ({_PLACES})
    """
    holding = {row[0] for row in execute(source, sql, (query, json.dumps(ids)))}
    return [id for id in ids if id in holding]


class _Chosen(NamedTuple):
    """What restricts ``petition AS p`` to the answer, and the table as it is best walked."""

    table: str
    told: str
    parameters: tuple[object, ...]


def _chosen(source: Session | Executing, asked: _Asked) -> _Chosen:
    if asked.only_narrows:
        return _Chosen(_walked(asked.where), *_listed(asked))
    narrowed, parameters = conditions(asked.where)
    found = ["SELECT value FROM json_each(?)"]
    values: list[object] = [json.dumps(_numbered(source, asked))]
    if asked.everything:
        found.append(MATCHING)
        values.append(asked.everything)
    told = " AND ".join((f"p.id IN ({' UNION ALL '.join(found)})", *narrowed))
    values += parameters
    if series := _series(source, asked):
        of_series, more = _of_series(series, asked.where)
        told = f"(({told}) OR ({of_series}))"
        values += more
    return _Chosen("petition AS p INDEXED BY petition_facts", told, tuple(values))


def _grouped(
    source: Session | Executing, asked: _Asked, expression: str
) -> list[tuple[object, int]]:
    """Count the answer by an expression."""
    if asked.everything and not _numbered(source, asked) and not _series(source, asked):
        narrowed, parameters = conditions(asked.where)
        table = _HIT if narrowed or expression != "0" else "petition_words AS hit"
        told = " AND ".join(("hit.petition_words MATCH ?", *narrowed))
        chosen = _Chosen(table, told, (asked.everything, *parameters))
    else:
        chosen = _chosen(source, asked)
    sql = f"SELECT {expression}, count(*) FROM {chosen.table} WHERE {chosen.told} GROUP BY 1"
    found = execute(source, sql, chosen.parameters)
    return [(value, int(number)) for value, number in found]


def _sorted(
    source: Session | Executing, asked: _Asked, sort: Sort, *, is_whole: bool
) -> Iterator[_Statement]:
    """Give the answer in the order of a column; blanks last, the latest received among equals."""
    way = "DESC" if sort.descending else "ASC"
    _, told, parameters = _chosen(source, asked)
    if sort.key == "name":
        yield from _by_name(told, parameters, way, is_whole=is_whole)
    elif sort.key == "received_on" and asked.only_narrows:
        yield from _by_day(told, parameters, way)
    else:
        expressions = SORTS[sort.key]
        blank = f"ifnull({expressions[0]}, '') = ''"
        order = ", ".join((blank, *(f"{one} {way}" for one in expressions), _LATEST))
        table = "petition AS p INDEXED BY petition_facts"
        sql = f"SELECT p.id AS id FROM {table} WHERE {told} ORDER BY {order}"
        yield _Statement(sql, parameters)


def _by_day(told: str, parameters: tuple[object, ...], way: str) -> Iterator[_Statement]:
    """Walk the ledger as it lies, one way or the other."""
    table = "petition AS p INDEXED BY petition_ledger"
    for dated, order in (
        ("p.received_on IS NOT NULL", f"p.received_on {way}, p.id DESC"),
        ("p.received_on IS NULL", "p.id DESC"),
    ):
        sql = f"SELECT p.id AS id FROM {table} WHERE {dated} AND {told} ORDER BY {order}"
        yield _Statement(sql, parameters)


_NAMED = """ledger_place AS place INDEXED BY ledger_place_name
    CROSS JOIN petition AS p INDEXED BY petition_facts ON p.id = place.petition_id"""
_ALL_NAMED = "ledger_place AS place INDEXED BY ledger_place_name"


def _by_name(
    told: str, parameters: tuple[object, ...], way: str, *, is_whole: bool
) -> Iterator[_Statement]:
    """Walk the names as they sound.

    For a page each matter is looked up on the way. For all of them that would be ten times as slow
    as to learn first which they are: the index of names alone has the rest.
    """
    table, id, among = _NAMED, "p.id", told
    if is_whole:
        allowed = f"SELECT p.id FROM petition AS p INDEXED BY petition_facts WHERE {told}"
        table, id = _ALL_NAMED, f"place.place & {ID_MASK}"
        among = f"{id} IN ({allowed})"
    latest = "DESC" if way == "ASC" else "ASC"
    for named, order in (
        ("place.name_key > ''", f"place.name_key {way}, place.place {latest}"),
        ("place.name_key = ''", "place.place DESC"),
    ):
        sql = f"SELECT {id} AS id FROM {table} WHERE {named} AND {among} ORDER BY {order}"
        yield _Statement(sql, parameters)


def _ids(source: Session | Executing, statement: _Statement, limit: int) -> "array[int]":
    """Run a query for ids and read them, a part at a time."""
    sql = f"SELECT group_concat(id) FROM ({statement.sql} LIMIT ?)"
    text = next(iter(execute(source, sql, (*statement.parameters, limit))))[0] or ""
    found: array[int] = array("q")
    start = 0
    while start < len(text):
        end = text.find(",", start + _PARSED_AT_ONCE)
        end = len(text) if end < 0 else end
        found.extend(map(int, text[start:end].split(",")))
        start = end + 1
    return found
