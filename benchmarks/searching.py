"""Search as typed, against LIKE in the same encrypted store."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from statistics import median
from threading import Event
from time import perf_counter, sleep
from typing import Any

from xinfang_desktop.casework import pinyin
from xinfang_desktop.casework.search import find, rows
from xinfang_desktop.models import Viewer
from xinfang_desktop.store.database import Store
from xinfang_desktop.store.failures import Interrupted, told_plainly

from . import vocabulary
from .bench import Bench
from .generator import opened
from .measuring import AtMost, Row, Times, side_by_side, together

FIRST_PAGE, SHOWN = 256, 64
"""Matters that the window looks up before all of them, and those whose lines it then reads."""

_LARGE = 1_000_000
_LIMITS = {_LARGE: 150}
_USUAL_LIMIT = 50
"""What is promised of the first page, in milliseconds."""

_TODAY = date(2026, 11, 22)
_OURS_EACH_TIME = 5
"""How often a word of ours is looked for while LIKE looks for it once, which takes far longer."""

_BROKEN_OFF, _TYPED_ON_AFTER = "村 要求", 0.015
"""What is looked for when somebody types on, and after how many seconds."""

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
    is_ours_alone: bool = False


def measure(bench: Bench) -> Iterator[Row]:
    """Measure the first page of every kind of search, the slowest run, and breaking one off."""
    worst, limit = Times((0.0,), (0.0,)), AtMost(_LIMITS.get(bench.matters, _USUAL_LIMIT))
    runs = bench.runs(4 if bench.matters >= _LARGE else 8)
    with closing(opened(bench.store())) as store, store.reading() as connection:
        for query in _queries(connection, bench.matters):
            ours, like = _one(connection, store.viewer, query, runs)
            hits, whole = _whole(connection, store.viewer, query)
            worst = max(worst, ours, key=lambda times: times.worst)
            yield Row(
                f"search: {query.kind} {query.words}",
                ours.median,
                other=like.median if like else None,
                other_name="LIKE" if like else "",
                target=limit,
                note=f"{hits:,} found, all of them after {whole:.0f} ms; "
                f"worst run {ours.worst:.0f} ms",
                processor=ours.processor,
            )
        yield Row(
            f"search: slowest run of all, {bench.matters:,}",
            worst.worst,
            target=limit,
            processor=max(worst.cpu),
        )
        yield _broken_off(store, bench)


def _broken_off(store: Store, bench: Bench) -> Row:
    """Measure how long a search goes on after somebody typed another letter."""
    taken = [_going_on(store) for _ in range(bench.runs(40))]
    return Row(
        f"search: {_BROKEN_OFF} broken off by the next key, until it stops",
        median(taken),
        note=f"worst {max(taken):.1f} ms",
    )


def _going_on(store: Store) -> float:
    begun = Event()

    def look() -> float:
        begun.set()
        with suppress(Interrupted), told_plainly():
            find(connection, _BROKEN_OFF, viewer=store.viewer, today=_TODAY)
        return perf_counter()

    with store.reading() as connection, ThreadPoolExecutor(1) as worker:
        looking = worker.submit(look)
        begun.wait()
        sleep(_TYPED_ON_AFTER)
        interrupted = perf_counter()
        connection.interrupt()
        return max(looking.result() - interrupted, 0.0) * 1000


def _one(source: Any, viewer: Viewer, query: Query, runs: int) -> tuple[Times, Times | None]:  # noqa: ANN401
    """Measure a query; LIKE knows nothing of sounds and fields and is left out there."""
    ours = partial(first_page, source, query.words, viewer)
    others = () if query.is_ours_alone else (partial(_like, source, query),)
    timings = side_by_side(*[ours] * _OURS_EACH_TIME, *others, runs=runs)
    return together(timings[:_OURS_EACH_TIME]), timings[-1] if others else None


def first_page(source: Any, words: str, viewer: Viewer) -> int:  # noqa: ANN401 - untyped driver
    """Do what the window does first for a word: the first ids, and the lines of a page."""
    ids = find(source, words, viewer=viewer, today=_TODAY, limit=FIRST_PAGE)
    rows(source, ids[:SHOWN])
    return len(ids)


def _whole(source: Any, viewer: Viewer, query: Query) -> tuple[int, float]:  # noqa: ANN401
    begun = perf_counter()
    found = find(source, query.words, viewer=viewer, today=_TODAY)
    return len(found), (perf_counter() - begun) * 1000


def _like(source: Any, query: Query) -> None:  # noqa: ANN401 - untyped driver
    found = source.execute(_LIKE, {"like": f"%{query.words}%"}).fetchall()
    rows(source, [row[0] for row in found[:SHOWN]])


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
        Query("pinyin, one letter", "z", is_ours_alone=True),
        Query("pinyin, initials", "zs", is_ours_alone=True),
        Query("pinyin, whole surname", "wang", is_ours_alone=True),
        Query("pinyin, whole name", _sounding(name), is_ours_alone=True),
        Query("pinyin, absent", "qqqq", is_ours_alone=True),
        Query("number, short", "镜访8901", is_ours_alone=True),
        Query("number, being typed", "镜访", is_ours_alone=True),
        Query("number, only the serial", "5", is_ours_alone=True),
        Query("two digits", "13"),
        Query("three digits", "138"),
        Query("field: name", "姓名:张", is_ours_alone=True),
        Query("field: place, absent there", "属地:村", is_ours_alone=True),
        Query("field: last of a document", f"证件:{document[-4:]}", is_ours_alone=True),
        Query("field: telephone", f"电话:{phone[:5]}", is_ours_alone=True),
        Query("field: month alone", "日期:2024-10", is_ours_alone=True),
        Query("field: state alone", "状态:已登记", is_ours_alone=True),
        Query("field: month and a word", "日期:2024-10 村", is_ours_alone=True),
        Query("field: channel and a word", "形式:代办 村", is_ours_alone=True),
        Query("absent", "潜艇"),
        Query("absent, common characters", "村人的不村有"),
    )


def _sounding(name: str) -> str:
    return min(pinyin.wholes(name), key=lambda spelt: (-len(spelt), spelt))
