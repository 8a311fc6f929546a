"""Matters of an older store get their limits, a chunk at a time, and what moves is told."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.helpers.office import NOW, visit
from tests.store.make_old import OLD, OLD_PASSWORD
from xinfang_desktop.casework import due, limit_upkeep, registration
from xinfang_desktop.casework.limit_upkeep import Progress, catch_up, is_behind
from xinfang_desktop.store.database import Store, open_store


def caught_up(store: Store, chunk: int) -> list[Progress]:
    found: list[Progress] = []
    while not found or not found[-1].is_over:
        found.append(store.do(lambda s: catch_up(s, by="王", at=NOW, chunk=chunk))[0])
    return found


def stored(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        rows = connection.execute("SELECT * FROM deadline ORDER BY petition_id, rule, occurrence")
        return list(rows.fetchall())


def forget(store: Store) -> None:
    """Leave the store as one of before there were limits."""

    def work(session: Session) -> None:
        session.connection().exec_driver_sql("DELETE FROM deadline")

    store.do(work)


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a store with seven matters."""
    for n in range(7):
        matter = visit(received_on=date(2026, 11, 1) + timedelta(n))
        store.do(lambda s, m=matter: registration.register(s, m, by="王", now=NOW))  # type: ignore[misc]
    return store


def test_catching_up_gives_what_registering_gave(filled: Store) -> None:
    before = stored(filled)
    assert len(before) > 7
    forget(filled)
    assert filled.read(is_behind)
    progress = caught_up(filled, chunk=3)
    assert [one.done for one in progress] == [3, 6, 7]
    assert stored(filled) == before
    assert not filled.read(is_behind)


def test_what_is_done_is_not_done_again(filled: Store) -> None:
    caught_up(filled, chunk=500)
    forget(filled)
    assert caught_up(filled, chunk=500) == [Progress(7, 7)]
    assert stored(filled) == []


def test_a_program_that_brings_other_rules_begins_again(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught_up(filled, chunk=500)
    monkeypatch.setattr(limit_upkeep, "_basis", lambda: "another")
    assert filled.read(is_behind)
    caught_up(filled, chunk=500)
    assert not filled.read(is_behind)


def test_an_empty_store_is_not_behind(store: Store) -> None:
    assert not store.read(is_behind)


def test_the_matters_of_an_old_store_get_their_limits(tmp_path: Path) -> None:
    shutil.copytree(OLD / "schema1", tmp_path / "旧")
    store = open_store(tmp_path / "旧", password=OLD_PASSWORD)
    try:
        assert store.read(is_behind)
        caught_up(store, chunk=2)
        open_ones = due.due(store.connection(), date(2030, 1, 1), viewer=store.viewer, within=None)
        assert {item.rule for item in open_ones} >= {"route", "notice"}
    finally:
        store.close()
