"""One transaction for every act: all of it, or nothing, and the window knows what changed."""

import threading
import time
from typing import NoReturn

import pytest
from sqlmodel import Session, select

from tests.helpers.office import ACCOUNT, CLEARED, NOW, PASSWORD, Office, visit
from xinfang_desktop.casework.registration import register
from xinfang_desktop.casework.search import count
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    NumberSeries,
    Participation,
    Petition,
    Petitioner,
    Setting,
    Step,
)
from xinfang_desktop.store.database import Store, open_store
from xinfang_desktop.store.failures import Interrupted, told_plainly


def registered(store: Store) -> int:
    return store.read(lambda session: count(session, viewer=CLEARED))


def enter(store: Store) -> Petition:
    return store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))[0]


def pragma(store: Store, setting: str) -> None:
    """Set something on the one connection that the store keeps."""
    store.do(lambda session: session.connection().exec_driver_sql(f"PRAGMA {setting}") and None)


def test_an_act_says_what_kinds_of_record_it_changed(store: Store) -> None:
    _, kinds = store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))
    assert kinds >= {Petition, Petitioner, Participation, Step, NumberSeries}


def test_reading_changes_nothing_and_says_nothing(store: Store) -> None:
    enter(store)
    _, kinds = store.do(lambda session: session.exec(select(Petition)).all())
    assert kinds == frozenset()


def test_what_fails_leaves_everything_as_it_was(store: Store) -> None:
    enter(store)

    def fail(session: Session) -> NoReturn:
        register(session, visit(), by=ACCOUNT, now=NOW)
        raise OfficeError("不行")

    with pytest.raises(OfficeError, match="不行"):
        store.do(fail)
    assert registered(store) == 1
    assert enter(store).number == "镜访〔2026〕2号"


def test_a_bug_stays_a_bug_and_writes_nothing(store: Store) -> None:
    def fail(session: Session) -> NoReturn:
        register(session, visit(), by=ACCOUNT, now=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.do(fail)
    assert registered(store) == 0


def test_a_schema_change_is_rolled_back_too(store: Store) -> None:
    def fail(session: Session) -> NoReturn:
        session.connection().exec_driver_sql("CREATE TABLE astray (id INTEGER)")
        raise OfficeError("不行")

    with pytest.raises(OfficeError):
        store.do(fail)
    with store.reading() as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
    assert "astray" not in names


def test_what_was_read_cannot_write_by_itself(store: Store) -> None:
    petition = enter(store)
    petition.claim = "窗口里改到一半"
    store.do(lambda session: session.exec(select(Step)).all())
    kept = store.read(lambda session: session.exec(select(Petition)).one())
    assert kept.claim == visit().petition.claim


def test_a_read_never_writes(store: Store) -> None:
    def change(session: Session) -> None:
        session.add(Setting(key="x", value="y"))
        session.flush()

    store.read(change)
    assert store.read(lambda session: session.get(Setting, "x")) is None


def test_references_are_kept_whole(store: Store) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError) as told:
        store.do(
            lambda session: session.add(Participation(petition_id=1, position=1, petitioner_id=99))
        )
    assert "99" not in str(told.value)


def test_every_connection_is_set_as_decided(store: Store) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
    }

    def settings(session: Session) -> dict[str, object]:
        connection = session.connection()
        return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}

    assert store.read(settings) == expected


def test_a_workers_connection_reads_and_cannot_write(store: Store) -> None:
    enter(store)
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM petition").fetchone() == (1,)
        with pytest.raises(OfficeError), told_plainly():
            connection.execute("DELETE FROM petition")
    assert registered(store) == 1


def test_a_workers_query_is_broken_off_from_another_thread(store: Store) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with store.reading() as connection:
        timer = threading.Timer(0.2, connection.interrupt)
        timer.start()
        began = time.monotonic()
        with pytest.raises(Interrupted), told_plainly():
            connection.execute(endless).fetchone()
        assert time.monotonic() - began < 5
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_another_program_holding_the_store_is_told(store: Store, office: Office) -> None:
    pragma(store, "busy_timeout = 10")
    other = open_store(office.folder, password=PASSWORD)

    def hold(session: Session) -> None:
        session.connection()
        with pytest.raises(OfficeError, match="另一个程序占用"):
            enter(store)

    other.do(hold)
    other.close()
    assert enter(store).serial == 1


def test_a_full_disk_is_told_and_nothing_is_lost(store: Store) -> None:
    first = enter(store)

    with store.reading() as connection:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
    pragma(store, f"max_page_count = {used}")
    long_matter = visit(claim="水渠失修。" * 20000)
    with pytest.raises(OfficeError, match="磁盘已满，这一步没有保存；以前保存的内容都在") as told:
        store.do(lambda session: register(session, long_matter, by=ACCOUNT, now=NOW))
    assert told.value.__cause__ is None
    assert registered(store) == 1
    pragma(store, "max_page_count = 1000000")
    again, _ = store.do(lambda session: register(session, long_matter, by=ACCOUNT, now=NOW))
    assert (first.serial, again.serial) == (1, 2)
    with store.reading() as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []


def test_a_disk_that_stops_writing_is_told_and_nothing_is_lost(
    store: Store, request: pytest.FixtureRequest
) -> None:
    enter(store)
    request.getfixturevalue("small_disk")
    with pytest.raises(OfficeError, match="磁盘"):
        store.do(
            lambda session: register(session, visit(claim="水渠失修。" * 9000), by=ACCOUNT, now=NOW)
        )
    assert registered(store) == 1


def test_several_threads_read_while_one_writes(store: Store) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        reads = [pool.submit(registered, store) for _ in range(40)]
        writes = [pool.submit(enter, store) for _ in range(10)]
        seen = [read.result() for read in reads]
    assert sorted(write.result().serial for write in writes) == list(range(1, 11))
    assert all(0 <= number <= 10 for number in seen)
