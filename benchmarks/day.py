"""The page of the day among 100,000 matters and twice as many papers."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from xinfang_desktop.casework import paper_states, today
from xinfang_desktop.casework.limit_upkeep import catch_up
from xinfang_desktop.store.database import Store

from .bench import Bench
from .generator import opened
from .limits import handle
from .measuring import AtMost, Row, side_by_side

_OUT = timedelta(days=5)
"""Matters received later than this before the last have their paper with a leader."""

_PAPERS = """
    INSERT INTO issued_paper (petition_id, form, form_version, number, issued_on, issued_at,
        issued_by, pages, digest, composed, vault_name)
    SELECT id, :form, 1, '', received_on, received_on || ' 09:00:00', '', 1, :hash, :hash, 'x'
    FROM petition
"""
_BACK = """
    INSERT INTO paper_move (paper_id, petition_id, state, holder, moved_on, left_on, moved_at,
        moved_by, remarks)
    SELECT i.id, i.petition_id, :state, '', i.issued_on, :left, i.issued_at, '', ''
    FROM issued_paper AS i WHERE i.form = 'process_sheet_2211' AND {which}
"""


def measure(bench: Bench) -> Iterator[Row]:
    """Measure what the page of the day reads, and the list of the papers that are out."""
    folder = bench.scratch / "day"
    shutil.copytree(bench.store(), folder)
    with closing(opened(folder)) as store:
        on = handle(store)
        _work_limits_out(store)
        store.do(lambda session: _print_papers(session, on))
        yield _page(store, on, bench)
        yield _papers(store, on, bench)


def _work_limits_out(store: Store) -> None:
    over = False
    while not over:
        done, _ = store.do(lambda session: catch_up(session, by="", at=datetime(2026, 11, 22)))
        over = done.is_over


def _print_papers(session: Session, on: date) -> None:
    execute = session.connection().exec_driver_sql
    for form in ("process_sheet_2211", "visit_registration"):
        execute(_PAPERS, {"form": form, "hash": "0" * 64})
    recent = (on - _OUT).isoformat()
    for state, left, which in (
        ("sent", on.isoformat(), "i.issued_on <= :recent"),
        ("scanned", None, "i.issued_on <= :recent"),
        ("sent", None, "i.issued_on > :recent"),
    ):
        execute(_BACK.format(which=which), {"state": state, "left": left, "recent": recent})


def _page(store: Store, on: date, bench: Bench) -> Row:
    viewer = store.viewer

    def read(session: Session) -> list[today.WorkLine]:
        today.counts(session, on, viewer=viewer)
        today.quiet_counts(session, on, viewer=viewer)
        return today.work(session, on, viewer=viewer)

    (ours,) = side_by_side(lambda: store.read(read), runs=bench.runs(20))
    return Row(
        f"day: ten figures and the work in order, {bench.matters:,} matters",
        ours.median,
        target=AtMost(500),
        note=f"{len(store.read(read))} lines; {ours.computing}, off the window's thread",
    )


def _papers(store: Store, on: date, bench: Bench) -> Row:
    viewer = store.viewer

    def read(session: Session) -> Any:  # noqa: ANN401
        paper_states.counts(session, on, viewer=viewer)
        return paper_states.lines(session, "papers_out", on, viewer=viewer)

    (ours,) = side_by_side(lambda: store.read(read), runs=bench.runs(20))
    return Row(
        f"papers: the four lists counted and what is out, {2 * bench.matters:,} papers",
        ours.median,
        target=AtMost(100),
        note=f"{len(store.read(read))} papers out; {ours.computing}",
    )
