"""Saving one matter, durable and encrypted, against the same code on a plain SQLite file."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlmodel import Session

from xinfang_desktop.casework.registration import register
from xinfang_desktop.models import Petition
from xinfang_desktop.paths import DataFolder
from xinfang_desktop.store import cipher
from xinfang_desktop.store.database import Store

from .bench import Bench
from .generator import fill, new_store, opened
from .invented import Arrival, arrivals
from .measuring import AtMost, Row, Times, side_by_side

_STORED = 10_000
_MOST_SAVED = 5_000
_OPENING = "xinfang_desktop.store.database.connect"
_PLAIN_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)


def measure(bench: Bench) -> Iterator[Row]:
    """Measure registration at 10,000 matters beside a plain file, then alone at the full size."""
    stored, runs = min(_STORED, bench.matters), bench.runs(400)
    with (
        closing(_copy(bench, stored)) as ours,
        closing(_plain_store(bench.scratch / "plain", stored)) as plain,
    ):
        yield _row(stored, *side_by_side(_saving(ours), _saving(plain), runs=runs))
        _ensure_what_is_compared(ours, plain)
    if bench.matters > stored:
        with closing(_copy(bench, bench.matters)) as ours:
            yield _row(bench.matters, *side_by_side(_saving(ours), runs=runs))


def _row(stored: int, ours: Times, plain: Times | None = None) -> Row:
    tail = f"p95 {ours.p95:.1f} ms"
    return Row(
        f"save: one matter, {stored:,} in the store",
        ours.median,
        other=plain.median if plain else None,
        other_name="plain SQLite file, same code" if plain else "",
        target=AtMost(15),
        note=f"{tail}, plain p95 {plain.p95:.1f} ms" if plain else tail,
        processor=ours.processor,
    )


def _saving(store: Store) -> partial[None]:
    """Give the act of registering the next matter; its transaction is durable when it returns."""
    return partial(_save, store, arrivals(_MOST_SAVED, seed=1))


def _save(store: Store, given: Iterator[Arrival]) -> None:
    store.do(partial(_register, next(given)))


def _register(given: Arrival, session: Session) -> Petition:
    return register(session, given.matter, by=given.by, now=given.at)


def _copy(bench: Bench, count: int) -> Store:
    folder = bench.scratch / f"copy-{count}"
    shutil.copytree(bench.store(count), folder)
    return opened(folder)


def _plain_store(folder: Path, count: int) -> Store:
    """Give a store whose file is not encrypted and is otherwise the same in every respect.

    Its one connection is made while the store's way of opening is replaced, and kept.
    """
    with patch(_OPENING, _connect_plainly):
        store = new_store(folder)
        fill(store, arrivals(count))
    return store


def _connect_plainly(path: Path, key: bytes, *, writing: bool = True) -> Any:  # noqa: ANN401
    connection = cipher.driver.connect(str(path), isolation_level=None, check_same_thread=False)
    for setting in _PLAIN_SETTINGS:
        connection.execute(setting).fetchall()
    return connection


def _ensure_what_is_compared(ours: Store, plain: Store) -> None:
    """Refuse to compare anything but an encrypted file with one that is not."""
    heads = [_head(store.folder) == cipher.PLAIN_MAGIC for store in (ours, plain)]
    if heads != [False, True]:
        raise RuntimeError("the stores compared are not one encrypted and one plain")


def _head(folder: DataFolder) -> bytes:
    with folder.store.open("rb") as file:
        return file.read(len(cipher.PLAIN_MAGIC))
