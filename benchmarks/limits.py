"""What is due among 100,000 matters, against looking at every limit there is."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from typing import Any

from sqlmodel import Session

from xinfang_desktop.casework import due
from xinfang_desktop.casework.deadlines import refresh
from xinfang_desktop.casework.limit_upkeep import catch_up
from xinfang_desktop.casework.reckoning import Span, reckon
from xinfang_desktop.casework.work_calendar import WorkCalendar
from xinfang_desktop.models import LimitUnit, Petition
from xinfang_desktop.store.database import Store

from .bench import Bench
from .generator import opened
from .measuring import AtMost, Row, side_by_side, timed

_UNDER_WAY = timedelta(days=45)
"""Matters received later than this before the last are still being handled."""

_ACTS = (("assign", 1), ("accept", 3), ("conclude", 30), ("reply", 31), ("follow_up", 32))
_STEP = """
    INSERT INTO step (petition_id, action, done_on, done_by, words, recorded_at, from_stage, stage)
    SELECT id, :action, date(received_on, :days), '', '', datetime(received_on, :days),
        'handling', 'handling'
    FROM petition WHERE received_on <= :until
"""
_HANDLED = """
    UPDATE petition SET stage = 'archived', accepted_on = date(received_on, '+3 days'),
        concluded_on = date(received_on, '+30 days'), served_on = date(received_on, '+31 days')
    WHERE received_on <= :until
"""
_NAIVE = """
    SELECT d.petition_id, p.number, d.rule, d.bearer, d.due_on, d.alarm_on, p.claim, p.kind
    FROM deadline AS d NOT INDEXED JOIN petition AS p ON p.id = d.petition_id
    WHERE d.done_on IS NULL AND d.paused_on IS NULL
"""


def measure(bench: Bench) -> Iterator[Row]:
    """Measure the lists of a day, working limits out, and one limit."""
    folder = bench.scratch / "limits"
    shutil.copytree(bench.store(), folder)
    with closing(opened(folder)) as store:
        on = handle(store)
        yield _caught_up(store, bench.matters)
        with store.reading() as connection:
            yield from _due(store, connection, on, bench)
        yield _one_matter(store, bench)
    yield _one_limit(bench)


def handle(store: Store) -> date:
    """Let all matters but the latest have gone their way, and give the last day."""

    def work(session: Session) -> date:
        execute = session.connection().exec_driver_sql
        last = date.fromisoformat(str(execute("SELECT max(received_on) FROM petition").scalar()))
        until = (last - _UNDER_WAY).isoformat()
        for action, days in _ACTS:
            execute(_STEP, {"action": action, "days": f"+{days} days", "until": until})
        execute(_HANDLED, {"until": until})
        execute("DELETE FROM deadline")
        return last

    return store.do(work)[0]


def _caught_up(store: Store, matters: int) -> Row:
    now = datetime(2026, 11, 22)

    def work() -> None:
        over = False
        while not over:
            done, _ = store.do(lambda session: catch_up(session, by="", at=now))
            over = done.is_over

    taken, _ = timed(work)
    return Row(
        f"limits: worked out for {matters:,} matters of an older store, each",
        taken / matters,
        note=f"{taken / 1000:.0f} s in all, off the window's thread",
    )


def _due(store: Store, connection: Any, on: date, bench: Bench) -> Iterator[Row]:  # noqa: ANN401
    viewer = store.viewer
    ours, naive = side_by_side(
        partial(due.due, connection, on, viewer=viewer),
        partial(_looked_through, connection, on),
        runs=bench.runs(20),
    )
    found = len(due.due(connection, on, viewer=viewer))
    limits = connection.execute("SELECT count(*) FROM deadline").fetchone()[0]
    yield Row(
        f"due: overdue and due in {due.SOON} working days, {bench.matters:,} matters",
        ours.median,
        other=naive.median,
        other_name="looking at every limit",
        target=AtMost(100),
        note=f"{found:,} of {limits:,} limits; {ours.computing}, p95 {ours.p95:.1f} ms",
    )
    (counted,) = side_by_side(
        partial(due.counts, connection, on, viewer=viewer), runs=bench.runs(20)
    )
    yield Row(
        f"due: the five lists of the day counted, {bench.matters:,} matters",
        counted.median,
        target=AtMost(100),
        note=counted.computing,
    )


def _looked_through(connection: Any, on: date) -> list[tuple[object, ...]]:  # noqa: ANN401
    """Read every open limit and compare its days, as a program without an index would."""
    until = WorkCalendar().after(on, due.SOON).isoformat()
    return sorted(
        row
        for row in connection.execute(_NAIVE).fetchall()
        if row[5] <= until and (row[3] == "duty" or (row[3] == "option" and row[4] >= str(on)))
    )


def _one_matter(store: Store, bench: Bench) -> Row:
    ids = count(1)

    def work(session: Session) -> None:
        petition = session.get(Petition, next(ids))
        assert petition is not None
        refresh(session, petition)

    (ours,) = side_by_side(lambda: store.do(work), runs=bench.runs(200))
    return Row("limits: one matter brought up to date", ours.median, note=ours.computing)


def _one_limit(bench: Bench) -> Row:
    calendar, start = WorkCalendar(), datetime.combine(date(2026, 9, 18), time(15, 30))
    span = Span(15, LimitUnit.WORKING_DAYS, warn_before=3)
    many = 1_000

    def work() -> None:
        for _ in range(many):
            reckon(span, start, calendar)

    (ours,) = side_by_side(work, runs=bench.runs(20))
    return Row("limits: one worked out", ours.each(many).median * 1000, unit="µs")
