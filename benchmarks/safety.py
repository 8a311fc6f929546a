"""What safety costs: encrypted against plain SQLite, and a backup against a bare copy.

Saving is measured in ``saving`` beside the same plain file.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from xinfang_desktop.casework.search import find, rows
from xinfang_desktop.models import Viewer
from xinfang_desktop.store.backup import make_backup, prove
from xinfang_desktop.store.cipher import connect
from xinfang_desktop.store.database import Store, open_store

from .bench import Bench
from .generator import PASSWORD
from .invented import arrivals
from .measuring import Row, side_by_side
from .saving import _connect_plainly, _copy, _plain_store, _row, _saving

_STORED = 10_000
_WORDS = ("水渠", "拖欠", "道")
_SCAN = "SELECT count(*) FROM petition WHERE claim LIKE '%没有这样的词%'"
_VIEWER = Viewer(name="", cleared=True)


def measure(bench: Bench) -> Iterator[Row]:
    """Measure saving, searching and opening in both, then what only the safe store does."""
    stored = min(_STORED, bench.matters)
    with (
        closing(_copy(bench, stored)) as ours,
        closing(_plain_store(bench.scratch / "plain", stored)) as plain,
    ):
        saved = side_by_side(_saving(ours), _saving(plain), runs=bench.runs(200))
        yield _row(stored, *saved)
        yield _opening(ours, plain, bench)
        yield from _searching(ours, plain, bench)
        yield _unlocking(ours, bench)
        yield _vault(ours, bench)
        yield from _backing_up(ours, bench)
        yield _proving_the_trail(ours, bench)


def _opening(ours: Store, plain: Store, bench: Bench) -> Row:
    key = ours.key_for_slots()

    def look(connection: Any) -> None:  # noqa: ANN401 - untyped driver
        connection.execute("SELECT max(id) FROM petition").fetchone()
        connection.close()

    cipher, clear = side_by_side(
        lambda: look(connect(ours.folder.store, key, writing=False)),
        lambda: look(_connect_plainly(plain.folder.store, key, writing=False)),
        runs=bench.runs(200),
    )
    name = "open: a connection and its first read, the key at hand"
    return Row(name, cipher.median, other=clear.median, other_name="plain SQLite file")


def _searching(ours: Store, plain: Store, bench: Bench) -> Iterator[Row]:
    key = ours.key_for_slots()
    with (
        closing(connect(ours.folder.store, key, writing=False)) as cipher,
        closing(_connect_plainly(plain.folder.store, key, writing=False)) as clear,
    ):
        for words in _WORDS:
            first, other = side_by_side(
                partial(_first_page, cipher, words),
                partial(_first_page, clear, words),
                runs=bench.runs(100),
            )
            name = f"search: first page of {words}"
            yield Row(name, first.median, other=other.median, other_name="plain SQLite file")
        first, other = side_by_side(
            partial(_scan, cipher), partial(_scan, clear), runs=bench.runs(20)
        )
        name = "search: every page read (LIKE, which we never do)"
        yield Row(name, first.median, other=other.median, other_name="plain SQLite file")


def _first_page(connection: Any, words: str) -> None:  # noqa: ANN401 - untyped driver
    rows(connection, find(connection, words, viewer=_VIEWER)[:100])


def _scan(connection: Any) -> None:  # noqa: ANN401 - untyped driver
    connection.execute("PRAGMA shrink_memory").fetchall()
    connection.execute(_SCAN).fetchone()


def _unlocking(ours: Store, bench: Bench) -> Row:
    folder = ours.folder.root
    [opened] = side_by_side(
        lambda: open_store(folder, password=PASSWORD).close(), runs=bench.runs(20)
    )
    return Row("open: from the password to the store, and closed again", opened.median)


def _vault(ours: Store, bench: Bench) -> Row:
    """Compare with a plain file that is as durable."""
    number, plain = count(), bench.scratch / "scan.pdf"
    body = os.urandom(5 * 2**20)

    def written() -> None:
        with plain.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())

    kept, clear = side_by_side(
        lambda: ours.vault.put(next(number).to_bytes(8) + body), written, runs=bench.runs(20)
    )
    name = "attachment: a scan of 5 MB put in the vault, durable"
    return Row(name, kept.median, other=clear.median, other_name="plain file, fsync")


def _backing_up(ours: Store, bench: Bench) -> Iterator[Row]:
    to, moment = bench.scratch / "stick", next(arrivals(1)).at
    to.mkdir()
    minutes = count()

    def backed_up() -> Path:
        return make_backup(ours, to, now=moment + timedelta(minutes=next(minutes))).path

    def copied() -> None:
        shutil.copyfile(ours.folder.store, bench.scratch / "bare.db")

    made, bare = side_by_side(backed_up, copied, runs=bench.runs(12))
    size = ours.folder.store.stat().st_size / 2**20
    yield Row(
        f"backup: made, proven and noted, {size:.0f} MB",
        made.median,
        other=bare.median,
        other_name="bare copy, not durable, not proven",
    )
    path = backed_up()
    [proven] = side_by_side(lambda: prove(path, ours.key_for_slots()), runs=bench.runs(12))
    yield Row("backup: proven by opening it, every page", proven.median)


def _proving_the_trail(ours: Store, bench: Bench) -> Row:
    [verified] = side_by_side(ours.verify_trail, runs=bench.runs(12))
    entries = ours.verify_trail().count
    return Row(f"trail: {entries:,} entries verified", verified.median)
