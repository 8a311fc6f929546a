"""Taking in a ledger of 10,000 rows, beside merely reading it and registering row by row."""

import io
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from sqlmodel import Session

from xinfang_desktop.casework.registration import register
from xinfang_desktop.casework.taking_in import checking, entering
from xinfang_desktop.casework.taking_in.checking import Checked, Fate, Options, Part
from xinfang_desktop.casework.taking_in.planning import plan
from xinfang_desktop.casework.taking_in.workbook import Book, book_of
from xinfang_desktop.models import Petition
from xinfang_desktop.store.database import Store

from .bench import Bench
from .generator import opened
from .invented import Arrival, arrivals
from .measuring import AtMost, Row, Times, TimesFaster, side_by_side, timed

_ROWS, _QUICK_ROWS = 10_000, 2_000
_STORED = 10_000
_ONE_BY_ONE = 500
_SEED = 6
_NOW = datetime(2026, 11, 22, 10, 30)
_HEADS = (
    *("序号", "来访日期", "姓名", "身份证号码", "联系电话", "家庭住址", "人数"),
    *("信访形式", "反映内容及诉求", "责任单位", "办结日期", "处理结果"),
)
_DAMAGED_EVERY, _FINISHED_EVERY = 50, 3


def measure(bench: Bench) -> Iterator[Row]:
    """Measure the dry run and the import of a ledger into a store that holds matters already."""
    rows = _QUICK_ROWS if bench.quick else _ROWS
    content = _ledger(rows)
    yield _reading(content, rows, bench)
    yield _dry_run(bench, content, rows)
    yield from _import(bench, content, rows)


def _reading(content: bytes, rows: int, bench: Bench) -> Row:
    """Reading the file and telling heads and columns, against a library that only reads."""
    ours, other = side_by_side(
        partial(_planned, content), partial(_by_openpyxl, content), runs=bench.runs(8)
    )
    return _row(f"import: {rows:,} rows read, columns proposed", ours, other, "openpyxl, reading")


def _dry_run(bench: Bench, content: bytes, rows: int) -> Row:
    with closing(_copy(bench, "dry")) as store:
        dry = partial(_checked_from_file, store, content)
        ours, other = side_by_side(dry, partial(_by_openpyxl, content), runs=bench.runs(8))
    return _row(f"import: dry run of {rows:,} rows", ours, other, "openpyxl, reading", AtMost(5000))


def _import(bench: Bench, content: bytes, rows: int) -> Iterator[Row]:
    """The whole import, once into a store of its own each time, against one act for each row."""
    book, parts = _planned(content)
    ours, other = list[tuple[float, float]](), list[tuple[float, float]]()
    for run in range(max(bench.runs(3), 1)):
        with closing(_copy(bench, f"import-{run}")) as store:
            checked = _checked(store, parts)
            ours.append(timed(partial(_take_in, store, book, checked)))
        with closing(_copy(bench, f"one-by-one-{run}")) as store:
            some = list(islice(arrivals(rows, seed=_SEED), _ONE_BY_ONE))
            clock, cpu = timed(partial(_register_each, store, some))
            other.append((clock / _ONE_BY_ONE * rows, cpu / _ONE_BY_ONE * rows))
    taken, registered = (Times(*zip(*runs, strict=True)) for runs in (ours, other))
    ready = sum(one.fate is Fate.READY for one in checked)
    name = f"import: {rows:,} rows entered, one act"
    yield _row(
        name,
        taken,
        registered,
        f"registered one by one ({_ONE_BY_ONE} measured)",
        TimesFaster(3),
        f"; {ready:,} registered, {len(checked) - ready:,} not",
    )


def _row(
    name: str,
    ours: Times,
    other: Times,
    other_name: str,
    target: AtMost | TimesFaster | None = None,
    more: str = "",
) -> Row:
    note = f"the other {other.computing}{more}"
    cpu = median(ours.cpu)
    return Row(name, ours.median, "ms", other.median, other_name, target, note, cpu)


def _planned(content: bytes) -> tuple[Book, list[Part]]:
    book = book_of(content, "台账.xlsx")
    return book, [one.part() for one in plan(book)]


def _by_openpyxl(content: bytes) -> int:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))


def _checked_from_file(store: Store, content: bytes) -> list[Checked]:
    return _checked(store, _planned(content)[1])


def _checked(store: Store, parts: Sequence[Part]) -> list[Checked]:
    today, viewer = _NOW.date(), store.viewer
    return store.read(lambda s: checking.check(s, parts, Options(), viewer=viewer, today=today))


def _take_in(store: Store, book: Book, checked: Sequence[Checked]) -> None:
    def work(session: Session) -> entering.TakenIn:
        return entering.take_in(
            session, store.vault, book, checked, Options(), viewer=store.viewer, now=_NOW
        )

    store.do(work)


def _register_each(store: Store, some: Sequence[Arrival]) -> None:
    for one in some:
        store.do(partial(_register, one))


def _register(one: Arrival, session: Session) -> Petition:
    return register(session, one.matter, by=one.by, now=_NOW)


def _copy(bench: Bench, name: str) -> Store:
    folder: Path = bench.scratch / name
    shutil.copytree(bench.store(min(_STORED, bench.matters)), folder)
    return opened(folder)


def _ledger(rows: int) -> bytes:
    """Give a workbook as an office has it: every fiftieth document number is damaged."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("2026年来访台账")
    sheet.write_row(0, 0, _HEADS)
    for place, one in enumerate(arrivals(rows, seed=_SEED), start=1):
        for column, cell in enumerate(_cells(place, one)):
            _write(sheet, place, column, cell)
    book.close()
    return target.getvalue()


def _cells(place: int, one: Arrival) -> Sequence[Any]:
    petition, person = one.matter.petition, one.matter.petitioner
    damaged = place % _DAMAGED_EVERY == 0
    finished = place % _FINISHED_EVERY == 0
    return (
        *(place, petition.received_on, person.name or "匿名"),
        3.30602e17 if damaged else person.document_number,
        *(person.phone, person.address, petition.headcount),
        *(petition.channel.label, petition.claim, petition.responsible_body),
        *((petition.received_on, "已答复") if finished else ("", "")),
    )


def _write(sheet: Any, row: int, column: int, cell: object) -> None:  # noqa: ANN401
    if isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day))
    else:
        sheet.write(row, column, cell)
