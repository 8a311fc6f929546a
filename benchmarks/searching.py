"""Search as typed, against LIKE in the same encrypted store."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

from xinfang_desktop.casework.search import find, rows
from xinfang_desktop.models import Viewer

from . import vocabulary
from .bench import Bench
from .generator import opened
from .measuring import AtMost, Row, Times, side_by_side, together

FIRST_PAGE = 128
"""Matters whose lines are read before the list is shown: a page of the window's ledger."""

_OURS_EACH_TIME = 5
"""How often a word of ours is looked for while LIKE looks for it once, which takes far longer."""

_LIKE = """
    SELECT p.id FROM petition AS p
    LEFT JOIN participation AS seat ON seat.petition_id = p.id AND seat.position = 1
    LEFT JOIN petitioner AS person ON person.id = seat.petitioner_id
    WHERE p.kind IS NOT 'accusation' AND (
        p.claim LIKE :like OR p.number LIKE :like OR person.name LIKE :like
        OR person.document_number LIKE :like OR person.phone LIKE :like
        OR person.address LIKE :like
    )
    ORDER BY p.received_on DESC, p.id DESC
"""
_SOMEBODY = """
    SELECT person.name, person.document_number, person.phone, p.number FROM petition AS p
    JOIN participation AS seat ON seat.petition_id = p.id AND seat.position = 1
    JOIN petitioner AS person ON person.id = seat.petitioner_id
    WHERE p.id >= ? AND p.kind <> 'accusation' AND length(person.name) = 3
        AND person.phone LIKE '1__________' AND person.document_number GLOB '*[0-9]'
    ORDER BY p.id LIMIT 1
"""


@dataclass(frozen=True)
class Query:
    """Something somebody types, and what it is."""

    kind: str
    words: str


def measure(bench: Bench) -> Iterator[Row]:
    """Measure the first page of every kind of search; the last row is the slowest run of all."""
    worst = 0.0
    with closing(opened(bench.store())) as store, store.reading() as connection:
        for query in _queries(connection, bench.matters):
            ours, like, hits = _one(connection, store.viewer, query, bench.runs(8))
            worst = max(worst, ours.worst)
            yield Row(
                f"search: {query.kind} {query.words}",
                ours.median,
                other=like.median,
                other_name="LIKE",
                target=AtMost(50),
                note=f"{hits:,} found; {ours.computing}, worst run {ours.worst:.0f} ms",
            )
    yield Row(f"search: slowest run of all, {bench.matters:,}", worst, target=AtMost(50))


def _one(source: Any, viewer: Viewer, query: Query, runs: int) -> tuple[Times, Times, int]:  # noqa: ANN401
    ours = partial(first_page, source, query.words, viewer)
    timings = side_by_side(*[ours] * _OURS_EACH_TIME, partial(_like, source, query), runs=runs)
    return together(timings[:-1]), timings[-1], ours()


def first_page(source: Any, words: str, viewer: Viewer) -> int:  # noqa: ANN401 - untyped driver
    """Do what the window does for a word: all ids, and the lines of the first page."""
    ids = find(source, words, viewer=viewer)
    rows(source, ids[:FIRST_PAGE])
    return len(ids)


def _like(source: Any, query: Query) -> None:  # noqa: ANN401 - untyped driver
    found = source.execute(_LIKE, {"like": f"%{query.words}%"}).fetchall()
    rows(source, [row[0] for row in found[:FIRST_PAGE]])


def _queries(source: Any, matters: int) -> tuple[Query, ...]:  # noqa: ANN401 - untyped driver
    name, document, phone, number = source.execute(_SOMEBODY, (matters // 2,)).fetchone()
    return (
        Query("1 character, common", "村"),
        Query("1 character, rare", vocabulary.EEL[-4]),
        Query("2 characters, common", "反映"),
        Query("2 characters, rare", vocabulary.EEL[2:4]),
        Query("3 characters", "补偿款"),
        Query("8 characters", "雨季漫水淹了稻田"),
        Query("two words", "灵芝街道 拖欠工资"),
        Query("name", name),
        Query("identity number, last 4", document[-4:]),
        Query("telephone, last 4", phone[-4:]),
        Query("telephone, whole", phone),
        Query("number", number),
        Query("absent", "潜艇"),
        Query("absent, common characters", "村人的不村有"),
    )
