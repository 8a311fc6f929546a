"""A year summed up over 100,000 matters, against groupby of pandas on the same rows.

Every matter was handled, answered, asked back and rated, with its acts and four time limits. They
are measured twice: as they come in, over ten years, and all 100,000 in the one year that is summed
up, which no office has. pandas is no part of this project; where it is not installed, the table
says so.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sqlmodel import Session

from xinfang_desktop.casework.counting import Scope
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.forms.compose_report import compose_report
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.models.period import Period
from xinfang_desktop.reports.figures import behind, figures
from xinfang_desktop.reports.measures import MEASURES
from xinfang_desktop.reports.summary import Summary, summarise
from xinfang_desktop.store.database import Store

from .bench import Bench
from .generator import opened
from .measuring import AtMost, Row, Times, side_by_side

_YEAR = Period.year(date(2026, 1, 1))
_TODAY = date(2027, 1, 15)
_IN_ONE_YEAR = """
    UPDATE petition SET received_on = date('2026-01-01', '+' || (id * 7 % 365) || ' days')
"""
_HANDLED = """
    UPDATE petition SET route = 'petition', stage = 'followed_up',
        responsible_body = '第' || (id % 23) || '科',
        accepted_on = date(received_on, '+' || (id % 17) || ' days'),
        concluded_on = date(received_on, '+' || (20 + id % 60) || ' days'),
        served_on = date(received_on, '+' || (21 + id % 60) || ' days')
"""
_ACTS = (("sign_in", 0), ("assign", 1), ("propose", 18), ("conclude", 20), ("reply", 21))
_STEP = """
    INSERT INTO step (petition_id, action, done_on, done_by, words, recorded_at, from_stage, stage)
    SELECT id, :action, date(received_on, :days), '', '', datetime(received_on, :days),
        'handling', 'handling' FROM petition
"""
_LIMITS = (("route", 15, 1), ("notice", 15, 17), ("conclude", 75, 80), ("follow_up", 84, 90))
_LIMIT = """
    INSERT INTO deadline (petition_id, rule, occurrence, version, bearer, started_on, nominal_on,
        due_on, alarm_on, warn_on, provisional, paused_days, done_on)
    SELECT id, :rule, 1, 1, 'duty', received_on, date(received_on, :due), date(received_on, :due),
        date(received_on, :due), received_on, 0, 0,
        date(received_on, '+' || (id % :most) || ' days')
    FROM petition
"""
_RATED = """
    INSERT INTO follow_up (petition_id, round, satisfaction, made_on, body_satisfaction)
    SELECT id, 1, iif(id % 9, 'satisfied', 'dissatisfied'), date(concluded_on, '+2 days'),
        iif(id % 7, 'satisfied', 'dissatisfied') FROM petition
"""


def measure(bench: Bench) -> Iterator[Row]:
    """Measure the year's summary, its figures against pandas, its lists and its documents."""
    for name, is_dense in ((f"{bench.matters:,} in ten years", False), ("all in the year", True)):
        folder = bench.scratch / f"summaries-{is_dense}"
        shutil.copytree(bench.store(), folder)
        with closing(opened(folder)) as store:
            store.do(partial(_handle, is_dense=is_dense))
            yield from _summary(store, bench, name, AtMost(1000) if not is_dense else None)
            if not is_dense:
                yield from _documents(store, bench)
        shutil.rmtree(folder)


def _handle(session: Session, *, is_dense: bool) -> None:
    """Let every matter go its whole way."""
    execute = session.connection().exec_driver_sql
    execute("DELETE FROM deadline")
    if is_dense:
        execute(_IN_ONE_YEAR)
    execute(_HANDLED)
    for action, days in _ACTS:
        execute(_STEP, {"action": action, "days": f"+{days} days"})
    for rule, due, most in _LIMITS:
        execute(_LIMIT, {"rule": rule, "due": f"+{due} days", "most": most})
    execute(_RATED)
    execute("ANALYZE")


def _summary(store: Store, bench: Bench, name: str, target: AtMost | None) -> Iterator[Row]:
    [whole] = side_by_side(partial(_summed, store), runs=bench.runs(8))
    told = f"summary: a year, {name}: everything told"
    yield Row(told, whole.median, target=target, note=whole.computing)
    has_pandas = find_spec("pandas") is not None
    acts = [partial(_figures, store), *([partial(_grouped, store)] if has_pandas else [])]
    ours, *others = side_by_side(*acts, runs=bench.runs(8))
    yield Row(
        f"summary: a year, {name}: {len(MEASURES)} figures, and those of the year before",
        ours.median,
        other=others[0].median if others else None,
        other_name="pandas: the rows read, groupby" if others else "pandas is not installed",
        note=ours.computing,
    )
    [opened_list] = side_by_side(partial(_opened, store), runs=bench.runs(12))
    yield Row(f"summary: a year, {name}: the list behind its largest figure", opened_list.median)


def _documents(store: Store, bench: Bench) -> Iterator[Row]:
    sheet = compose_report(_summed(store).report)
    acts: tuple[tuple[str, Any], ...] = (
        ("composed", lambda: compose_report(_summed(store).report)),
        ("PDF", lambda: pdf_bytes(sheet)),
        ("DOCX", lambda: docx_bytes(sheet)),
    )
    for name, act in acts:
        [times] = side_by_side(act, runs=bench.runs(6))
        yield _row(f"summary: the year's report, {len(sheet.pages)} pages: {name}", times)


def _row(name: str, times: Times) -> Row:
    return Row(name, times.median, note=times.computing)


def _summed(store: Store) -> Summary:
    return store.read(lambda session: summarise(session, _YEAR, today=_TODAY))


def _figures(store: Store) -> object:
    return store.read(lambda session: figures(session, _scope(session)))


def _opened(store: Store) -> object:
    def work(session: Session) -> object:
        scope = _scope(session)
        figure = figures(session, scope, [MEASURES["received"]])["received"]
        return behind(session, scope, figure.pointer())

    return store.read(work)


def _scope(session: Session) -> Scope:
    return Scope(_YEAR, _TODAY, office_profile(session))


_FRAMES = {
    "petition": "SELECT id, state, channel, source_level, kind, route, category, location,"
    " responsible_body, headcount, attending, urgent, repeat_of, received_on, accepted_on,"
    " concluded_on, served_on FROM petition",
    "deadline": "SELECT petition_id, rule, due_on, done_on FROM deadline",
    "step": "SELECT petition_id, action, done_on, outcome, taken_back, stage FROM step",
    "follow_up": "SELECT petition_id, made_on, satisfaction, body_satisfaction FROM follow_up",
}


def _grouped(store: Store) -> object:
    """Do with pandas what somebody would who knows it: read the rows, filter, group and count."""
    pandas: Any = import_module("pandas")
    with store.reading() as connection:
        frames = {}
        for name, sql in _FRAMES.items():
            cursor = connection.execute(sql)
            heads = [column[0] for column in cursor.description]
            frames[name] = pandas.DataFrame(cursor.fetchall(), columns=heads)
    matters = frames["petition"][frames["petition"].state == "registered"]
    counted = frames["step"][(frames["step"].taken_back == 0) & frames["step"].stage.notna()]
    found = []
    for first, last in (("2026-01-01", "2026-12-31"), ("2025-01-01", "2025-12-31")):
        come = matters[matters.received_on.between(first, last)]
        found += [
            come.groupby(by).agg({"id": "count", "attending": "sum", "headcount": "sum"})
            for by in ("channel", "source_level", "kind", "route", "category", "location")
        ]
        for day in ("accepted_on", "concluded_on", "served_on"):
            done = matters[matters[day].between(first, last)]
            found.append(done.groupby("responsible_body")["id"].count())
        acts = counted[counted.done_on.between(first, last)]
        found.append(acts.groupby("action")["petition_id"].nunique())
        due = frames["deadline"][frames["deadline"].due_on.between(first, last)]
        kept = due.assign(kept=due.done_on <= due.due_on)
        joined = kept.merge(matters, left_on="petition_id", right_on="id")
        found.append(joined.groupby(["rule", "responsible_body"])["kept"].agg(["sum", "count"]))
        rated = frames["follow_up"][frames["follow_up"].made_on.between(first, last)]
        found.append(rated.groupby("satisfaction")["petition_id"].count())
    return found
