"""The ledger: shown in the real window, moved about in, and written to a spreadsheet."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from openpyxl import Workbook
from sqlmodel import Session

from xinfang_desktop.casework.ledger import COLUMN, WRITTEN, lines
from xinfang_desktop.casework.search import find, rows
from xinfang_desktop.models import LabelledEnum
from xinfang_desktop.reports.ledger import export_ledger
from xinfang_desktop.store.database import Store

from .bench import Bench, measured_child
from .generator import PASSWORD, opened
from .measuring import AtMost, Row, side_by_side
from .searching import first_page

_EXPORTED = 10_000


def measure(bench: Bench) -> Iterator[Row]:
    """Measure the first page, the window, and the export."""
    yield _first_page(bench)
    yield from _window(bench)
    yield _export(bench)


def _first_page(bench: Bench) -> Row:
    with closing(opened(bench.store())) as store:
        ours, other = side_by_side(
            partial(_opened_page, store), partial(_every_line, store), runs=bench.runs(12)
        )
    return Row(
        f"ledger: all ids and the first page, {bench.matters:,}",
        ours.median,
        other=other.median,
        other_name="every line read at once",
        note=f"{ours.computing}, with opening the connection",
    )


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
    shown = [run["shown"] for run in runs]
    frames = [frame for run in runs for frame in run["frames"]]
    yield Row(
        f"ledger: from the password to the painted list, {runs[0]['rows']:,}",
        median(shown),
        target=AtMost(500),
        note=f"with deriving the key; worst {max(shown):.0f} ms",
    )
    yield Row(
        "ledger: a jump to anywhere, until painted",
        median(frames),
        target=AtMost(33),
        note=f"the promise is for the worst of 1,000,000 matters; worst here {max(frames):.0f} ms",
    )


def _export(bench: Bench) -> Row:
    count = min(_EXPORTED, bench.matters)
    to = bench.scratch / "ledger.xlsx"
    with closing(opened(bench.store(count))) as store:
        ours, other = side_by_side(
            partial(_ours, store, to),
            partial(store.read, partial(_openpyxl, store=store, to=to)),
            runs=bench.runs(8),
        )
    return Row(
        f"ledger: {count:,} rows to XLSX",
        ours.median,
        other=other.median,
        other_name="openpyxl, write-only, no formats",
        target=AtMost(2000),
        note=ours.computing,
    )


def _ours(store: Store, to: Path) -> None:
    store.read(lambda session: export_ledger(session, to, viewer=store.viewer))


def _openpyxl(session: Session, *, store: Store, to: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    columns = [COLUMN[key] for key in WRITTEN]
    sheet.append([column.title for column in columns])
    for line in lines(session, find(session, viewer=store.viewer)):
        sheet.append([_plain(column.value(line)) for column in columns])
    book.save(to)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever stands in a cell
    return value.label if isinstance(value, LabelledEnum) else value
