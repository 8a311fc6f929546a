"""A generated store is what registration, one matter after another, would have left."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from benchmarks.generator import fill, generated, new_store, opened, settle
from benchmarks.invented import Arrival, arrivals
from xinfang_desktop.casework.limit_upkeep import is_behind
from xinfang_desktop.casework.registration import register
from xinfang_desktop.casework.search import find
from xinfang_desktop.casework.word_index import is_behind as words_lack
from xinfang_desktop.models import Petition
from xinfang_desktop.store import keys
from xinfang_desktop.store.database import Store

COUNT = 120
TABLES = (
    "petition",
    "petitioner",
    "participation",
    "petition_link",
    "number_series",
    "follow_up",
    "ledger_place",
    "not_indexed",
    "step",
    "deadline",
    "field_change",
    "sqlite_sequence",
)
TRAIL = "SELECT id, at, by, act, number, detail FROM audit_entry"
"""Without its seals, which depend on each store's own key."""

OPEN_STILL = """
    SELECT petition_id FROM deadline WHERE done_on IS NULL
    UNION SELECT id FROM petition WHERE stage <> 'archived'
"""


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "ARGON2", {"iterations": 1, "memory_kib": 64, "lanes": 1})


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path / "filled")
    fill(store, arrivals(COUNT))
    yield store
    store.close()


@pytest.fixture
def registered(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path / "registered")
    for given in arrivals(COUNT):
        store.do(partial(_register, given))
    yield store
    store.close()


def _register(given: Arrival, session: Session) -> Petition:
    return register(session, given.matter, by=given.by, now=given.at)


def _contents_of(folder: Path) -> dict[str, list[Any]]:
    with closing(opened(folder)) as store:
        return contents(store)


def contents(store: Store) -> dict[str, list[Any]]:
    """Give every row of every table, and every word of the index with its place."""

    def read(session: Session) -> dict[str, list[Any]]:
        connection = session.connection()
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.places USING fts5vocab(main, petition_words, instance)"
        )
        queries = {table: f"SELECT * FROM {table}" for table in TABLES}
        queries["the trail"] = TRAIL
        queries["the index"] = "SELECT term, doc, offset FROM places"
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(query)), key=repr)
            for name, query in queries.items()
        }

    return store.read(read)


def test_it_holds_what_registration_would_have_written(filled: Store, registered: Store) -> None:
    bulk, single = contents(filled), contents(registered)
    for table, rows in single.items():
        assert bulk[table] == rows, table
    assert filled.verify_trail().is_whole


def test_it_has_every_channel_and_some_accusations_and_is_not_searched_for_them(
    filled: Store,
) -> None:
    with filled.reading() as connection:
        channels = {row[0] for row in connection.execute("SELECT channel FROM petition")}
        sealed = [
            row[0]
            for row in connection.execute("SELECT id FROM petition WHERE kind = 'accusation'")
        ]
        assert len(channels) == 5
        assert sealed
        assert not set(find(connection, "请为我保密", viewer=filled.viewer)) & set(sealed)


def test_it_is_the_same_for_the_same_seed_and_kept(tmp_path: Path) -> None:
    first, again = generated(tmp_path / "one", 30), generated(tmp_path / "two", 30)
    assert _contents_of(first) == _contents_of(again)
    made = (first / "xinfang.db").stat().st_mtime_ns
    assert generated(tmp_path / "one", 30) == first
    assert (first / "xinfang.db").stat().st_mtime_ns == made


def test_claims_are_neither_short_nor_endless() -> None:
    lengths = [len(given.matter.petition.claim) for given in arrivals(COUNT)]
    assert min(lengths) >= 60
    assert max(lengths) <= 330


def test_all_but_the_latest_weeks_have_come_to_their_end(filled: Store) -> None:
    settle(filled)
    latest = max(given.matter.petition.received_on or date.min for given in arrivals(COUNT))
    with filled.reading() as connection:
        until = (latest - timedelta(days=45)).isoformat()
        open_still = {row[0] for row in connection.execute(OPEN_STILL)}
        recent = connection.execute("SELECT id FROM petition WHERE received_on > ?", (until,))
        assert open_still
        assert open_still <= {row[0] for row in recent}
        assert not is_behind(connection)
        assert not words_lack(connection)
