"""The index keeps step with the books: with whoever writes, and after an upgrade."""

from typing import Any

import pytest
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, CLEARED, NOW, accusation, petitioner, visit
from xinfang_desktop.casework import undo, word_index, words
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.casework.registration import amend, register, void
from xinfang_desktop.casework.search import find
from xinfang_desktop.models import Matter
from xinfang_desktop.store.database import Store

NUMBER = "镜访〔2026〕1号"


def enter(store: Store, matter: Matter) -> str:
    return store.do(lambda session: register(session, matter, by=ACCOUNT, now=NOW))[0].number


def found(store: Store, typed: str) -> list[int]:
    return store.read(lambda session: list(find(session, typed, viewer=CLEARED)))


def run(store: Store, sql: str, *values: object) -> list[Any]:
    def work(session: Session) -> list[Any]:
        done = session.connection().exec_driver_sql(sql, values)
        return list(done.fetchall()) if done.returns_rows else []

    return store.do(work)[0]


def test_what_is_written_by_registration_leaves_nothing_to_catch_up(store: Store) -> None:
    enter(store, visit(petitioner(), petitioner(name="乙")))
    enter(store, accusation())
    assert run(store, "SELECT count(*) FROM not_indexed") == [(0,)]
    assert run(store, "SELECT count(*) FROM ledger_place") == [(2,)]


@pytest.mark.parametrize(
    ("change", "typed"),
    [
        ("UPDATE petition SET conclusion = '已修好了'", "修好"),
        ("UPDATE petitioner SET name = '龚某'", "gong"),
        ("UPDATE petition SET received_on = '2020-01-01'", "水渠"),
    ],
)
def test_what_is_written_without_a_word_to_the_index_is_caught_up(
    store: Store, change: str, typed: str
) -> None:
    enter(store, visit())
    run(store, change)
    assert run(store, "SELECT petition_id FROM not_indexed") == [(1,)]
    assert store.do(word_index.catch_up)[0] == 0
    assert found(store, typed) == [1]
    [(place,)] = run(store, "SELECT place FROM ledger_place")
    assert run(store, "SELECT rowid FROM petition_words") == [(place,)]


def test_catching_up_goes_on_until_nothing_is_left(store: Store) -> None:
    for _ in range(5):
        enter(store, visit())
    run(store, "INSERT INTO not_indexed SELECT id FROM petition")
    run(store, "INSERT INTO not_indexed VALUES (99)")
    left = [store.do(lambda s: word_index.catch_up(s, at_most=2))[0] for _ in range(4)]
    assert left == [4, 2, 0, 0]
    assert len(found(store, "水渠")) == 5


def test_words_of_another_program_are_put_in_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(store, visit())
    monkeypatch.setattr(words, "VERSION", words.VERSION + 1)
    store.do(lambda session: word_index.catch_up(session, at_most=0))
    assert run(store, "SELECT petition_id FROM not_indexed") == [(1,)]
    store.do(word_index.catch_up)
    assert run(store, "SELECT count(*) FROM not_indexed") == [(0,)]


def test_what_is_changed_is_found_as_it_is_now(store: Store) -> None:
    enter(store, visit())

    changed = store.read(lambda session: load_matter(session, NUMBER, viewer=CLEARED))
    changed.petition.claim, changed.petition.conclusion = "电梯常坏", "已换新的"
    store.do(lambda session: amend(session, changed, by=ACCOUNT, now=NOW))
    assert [found(store, typed) for typed in ("水渠", "电梯", "换新")] == [[], [1], [1]]
    store.do(lambda session: undo.undo(session, by=ACCOUNT, now=NOW))
    assert [found(store, typed) for typed in ("水渠", "电梯", "换新")] == [[1], [], []]


def test_a_matter_that_becomes_an_accusation_leaves_the_index(store: Store) -> None:
    enter(store, visit())

    changed = store.read(lambda session: load_matter(session, NUMBER, viewer=CLEARED))
    changed.petition.kind = accusation().petition.kind
    store.do(lambda session: amend(session, changed, by=ACCOUNT, now=NOW))
    assert found(store, "水渠") == []
    assert run(store, "SELECT count(*) FROM petition_words") == [(0,)]
    assert run(store, "SELECT name_key FROM ledger_place") == [("",)]


def test_a_registration_taken_back_is_found_by_its_number_alone(store: Store) -> None:
    enter(store, visit())
    store.do(lambda session: undo.undo(session, by=ACCOUNT, now=NOW))
    assert (found(store, "水渠"), found(store, ""), found(store, NUMBER)) == ([], [], [1])
    store.do(lambda session: undo.redo(session, by=ACCOUNT, now=NOW))
    assert found(store, "水渠") == [1]


def test_a_void_matter_is_found_by_its_words(store: Store) -> None:
    enter(store, visit())
    store.do(lambda session: void(session, NUMBER, reason="重复登记", by=ACCOUNT, now=NOW))
    assert found(store, "水渠") == [1]
