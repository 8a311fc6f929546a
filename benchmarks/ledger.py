"""The ledger: its orders and counts, the real window moved about in, and the spreadsheet."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from openpyxl import Workbook
from sqlmodel import Session

from xinfang_desktop.casework.layouts import of_columns
from xinfang_desktop.casework.ledger import COLUMN, COLUMNS, WRITTEN, lines
from xinfang_desktop.casework.search import Sort, count, facet_counts, find, rows
from xinfang_desktop.casework.views import READY
from xinfang_desktop.models import LabelledEnum
from xinfang_desktop.reports.ledger import export_ledger
from xinfang_desktop.store.database import Store

from .bench import Bench, measured_child
from .generator import PASSWORD, opened
from .measuring import Act, AtMost, Row, side_by_side
from .searching import FIRST_PAGE, first_page

_EXPORTED = 10_000
_PROMISED_AT = 100_000
"""Matters of the store that the promises of the window are made for; the lines of many more do not
fit into the memory of an office's PC."""

_TODAY = date(2026, 11, 22)
_ORDERS = {
    "收到日期": Sort("received_on"),
    "姓名": Sort("name"),
    "编号": Sort("number", descending=True),
    "状态": Sort("status"),
}


def measure(bench: Bench) -> Iterator[Row]:
    """Measure the first page, orders and counts, the window, and the export."""
    yield _first_page(bench)
    yield from _lists(bench)
    yield from _window(bench)
    yield _export(bench, "", WRITTEN)
    yield _export(bench, f", all {len(COLUMNS)} columns in full", tuple(COLUMN))


def _first_page(bench: Bench) -> Row:
    with closing(opened(bench.store())) as store:
        others = [partial(_every_line, store)] if bench.matters <= _PROMISED_AT else []
        ours, *other = side_by_side(partial(_opened_page, store), *others, runs=bench.runs(12))
    return Row(
        f"ledger: all ids and the first page, {bench.matters:,}",
        ours.median,
        other=other[0].median if other else None,
        other_name="every line read at once" if other else "",
        note="with opening the connection",
        processor=ours.processor,
    )


def _lists(bench: Bench) -> Iterator[Row]:
    """Measure what is worked out beside the window: other orders, and every count it shows."""
    with closing(opened(bench.store())) as store, store.reading() as connection:
        viewer = store.viewer
        acts: dict[str, Act] = {
            f"ordered by {what}, {part}": partial(
                find, connection, viewer=viewer, sort=sort, limit=limit
            )
            for what, sort in _ORDERS.items()
            for part, limit in (("first page", FIRST_PAGE), ("all", None))
        }
        acts["the figures of the views"] = lambda: [
            count(connection, viewer=viewer, **ready.where(_TODAY)) for ready in READY
        ]
        for under, words in (("", ""), (" under the word 村", "村")):
            acts[f"the counts of the filter 状态{under}"] = partial(
                facet_counts, connection, "statuses", words, viewer=viewer
            )
        for what, act in acts.items():
            [times] = side_by_side(act, runs=bench.runs(8))
            yield Row(f"ledger: {what}", times.median, processor=times.processor)


def _opened_page(store: Store) -> None:
    with store.reading() as connection:
        first_page(connection, "", store.viewer)
        find(connection, viewer=store.viewer)


def _every_line(store: Store) -> None:
    with store.reading() as connection:
        rows(connection, find(connection, viewer=store.viewer))


def _window(bench: Bench) -> Iterator[Row]:
    folder = str(bench.store())
    runs = [measured_child("at_the_ledger", folder, PASSWORD) for _ in range(bench.runs(12))]
    shown, whole = ([run[key] for run in runs] for key in ("shown", "whole"))
    frames, computing = (
        [frame for run in runs for frame in run[key]] for key in ("frames", "frames_cpu")
    )
    yield Row(
        f"ledger: from the password to the painted list, {runs[0]['rows']:,}",
        median(shown),
        target=AtMost(500) if bench.matters <= _PROMISED_AT else None,
        note=f"with deriving the key; worst {max(shown):.0f} ms; all of it after "
        f"{median(whole):.0f} ms",
        processor=median(run["shown_cpu"] for run in runs),
    )
    yield Row(
        f"ledger: a jump to anywhere in {runs[0]['rows']:,}, until painted",
        median(frames),
        target=AtMost(33),
        note=f"p95 {_p95(frames):.0f} ms, of the processor {_p95(computing):.0f} ms; "
        f"worst {max(frames):.0f} and {max(computing):.0f} ms",
        processor=median(computing),
    )
    if runs[0]["rss"] is not None:
        held = {key: median(run[key] for run in runs) for key in ("rss_shown", "rss", "peak")}
        yield Row(
            f"ledger: memory, {runs[0]['rows']:,} shown and moved about in",
            held["rss"],
            "MB",
            target=AtMost(200) if bench.matters <= _PROMISED_AT else None,
            note=f"{held['rss_shown']:.0f} MB at the first page, peak {held['peak']:.0f} MB",
        )


def _p95(runs: list[float]) -> float:
    return quantiles(runs, n=20, method="inclusive")[-1]


def _export(bench: Bench, how: str, columns: tuple[str, ...]) -> Row:
    count = min(_EXPORTED, bench.matters)
    to = bench.scratch / "ledger.xlsx"
    with closing(opened(bench.store(count))) as store:
        ours, other = side_by_side(
            partial(_ours, store, to, columns),
            partial(store.read, partial(_openpyxl, store=store, to=to, columns=columns)),
            runs=bench.runs(8),
        )
    return Row(
        f"ledger: {count:,} rows to XLSX{how}",
        ours.median,
        other=other.median,
        other_name="openpyxl, write-only, no formats",
        target=AtMost(2000),
        processor=ours.processor,
    )


def _ours(store: Store, to: Path, columns: tuple[str, ...]) -> None:
    def work(session: Session) -> None:
        export_ledger(
            session,
            to,
            viewer=store.viewer,
            layout=of_columns(columns, title="台账"),
            full=True,
            purpose="量一量",
        )

    store.read(work)


def _openpyxl(session: Session, *, store: Store, to: Path, columns: tuple[str, ...]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    written = [COLUMN[key] for key in columns]
    sheet.append([column.title for column in written])
    for line in lines(session, find(session, viewer=store.viewer)):
        sheet.append([_plain(column.value(line)) for column in written])
    book.save(to)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever stands in a cell
    return value.label if isinstance(value, LabelledEnum) else value
