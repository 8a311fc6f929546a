"""The schema: made by numbered steps, equal to the models, and every old store still opens."""

import inspect
import re
import shutil
import sys
from array import array
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, create_engine

from tests.helpers.office import ACCOUNT, CLEARED
from tests.store.make_old import OLD, OLD_PASSWORD
from xinfang_desktop.casework import word_index
from xinfang_desktop.casework.drafts import drafts, open_draft
from xinfang_desktop.casework.matters import history, load_matter
from xinfang_desktop.casework.search import Executing, count, find
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import PetitionState
from xinfang_desktop.store.cipher import connect
from xinfang_desktop.store.database import open_store
from xinfang_desktop.store.migrations import LATEST, RELEASES, STEPS, migrate, schema_version

KEY = bytes(range(32))
MODULES = Path(sys.modules["xinfang_desktop.store.migrations"].__file__ or "").parent


class Made:
    """A step made up for a test."""

    def __init__(self, *statements: str) -> None:
        self.STATEMENTS = statements


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Executing]:
    connection = connect(tmp_path / "空.db", KEY)
    yield connection
    connection.close()


def columns(execute: Callable[..., Any], table: str) -> dict[str, tuple[str, bool, int]]:
    """Give type, whether it may be blank, and the place in the key, of every column."""
    return {
        name: (re.sub(r"VARCHAR.*", "TEXT", kind), bool(required) or key > 0, key)
        for _, name, kind, required, _, key in execute(f"PRAGMA table_info({table})").fetchall()
    }


def references(execute: Callable[..., Any], table: str) -> set[tuple[str, str, str]]:
    rows = execute(f"PRAGMA foreign_key_list({table})").fetchall()
    return {(row[3], row[2], row[4]) for row in rows}


def test_m0001_first(connection: Executing) -> None:
    assert migrate(connection, STEPS[:1]) == 1
    assert connection.execute("SELECT count(*) FROM petition").fetchone() == (0,)


def test_m0002_safety(connection: Executing) -> None:
    migrate(connection, STEPS[:1])
    connection.execute("INSERT INTO account VALUES (1, '王经办', 'administrator', 1)")
    assert migrate(connection, STEPS[:2]) == 2
    kept = connection.execute("SELECT name, slot, disabled FROM account").fetchall()
    assert kept == [("王经办", "王经办", 0)]
    assert connection.execute("SELECT count(*) FROM audit_entry").fetchone() == (0,)


def test_m0003_papers(connection: Executing) -> None:
    migrate(connection, STEPS[:2])
    assert migrate(connection, STEPS[:3]) == 3


def test_m0004_way(connection: Executing) -> None:
    migrate(connection, STEPS[:3])
    connection.execute(
        "INSERT INTO petition (id, number, series, year, serial, state, channel, source_level,"
        " superior_number, category, registered_by, location, agent, accused, urgent,"
        " confidential, gaps, void_reason, claim, reception_opinion, concluded_on)"
        " VALUES (1, '甲1号', '甲', 2026, 1, 'registered', 'visit', 'own', '', '', '', '', '', '',"
        " 0, 0, 0, '', '', '', '2026-10-20')"
    )
    connection.execute(
        "INSERT INTO step VALUES (7, 1, 'amend', '2026-10-08', '甲', '诉求', '2026-10-08 09:00:00')"
    )
    assert migrate(connection, STEPS[:4]) == 4
    kept = connection.execute("SELECT id, action, words, stage, taken_back FROM step").fetchall()
    assert kept == [(7, "amend", "诉求", None, 0)]
    assert connection.execute("SELECT stage FROM petition").fetchone() == ("concluded",)


def test_m0005_finding(connection: Executing) -> None:
    migrate(connection, STEPS[:4])
    connection.execute(
        "INSERT INTO petition (id, number, series, year, serial, state, channel, source_level,"
        " superior_number, category, registered_by, location, agent, accused, urgent,"
        " confidential, gaps, void_reason, claim, reception_opinion)"
        " VALUES (1, '甲1号', '甲', 2026, 1, 'registered', 'visit', 'own', '', '', '', '', '', '',"
        " 0, 0, 0, '', '', '')"
    )
    assert migrate(connection, STEPS[:5]) == 5
    waiting = "SELECT petition_id FROM not_indexed"
    assert connection.execute(waiting).fetchall() == [(1,)]
    connection.execute("DELETE FROM not_indexed")
    connection.execute("UPDATE petition SET gaps = 3")
    assert connection.execute(waiting).fetchall() == []
    connection.execute("UPDATE petition SET conclusion = '已修渠'")
    assert connection.execute(waiting).fetchall() == [(1,)]


def test_m0006_intake(connection: Executing) -> None:
    migrate(connection, STEPS[:5])
    for id, state, day in ((1, "registered", 8), (2, "void", 1), (3, "registered", 9)):
        connection.execute(
            "INSERT INTO petition (id, number, series, year, serial, state, channel, source_level,"
            " superior_number, category, registered_by, location, agent, accused, urgent,"
            " confidential, gaps, void_reason, claim, reception_opinion, received_on)"
            " VALUES (?, ?, '甲', 2026, ?, ?, 'visit', 'own', '', '', '', '', '', '',"
            " 0, 0, 0, '错', '', '', ?)",
            (id, f"甲{id}号", id, state, f"2026-10-{day:02}"),
        )
    for one, two in ((2, 1), (3, 2)):
        connection.execute("INSERT INTO petition_link VALUES (?, ?, 'same_matter')", (one, two))
    assert migrate(connection, STEPS[:6]) == 6
    firsts = connection.execute("SELECT id, repeat_of FROM petition ORDER BY id").fetchall()
    assert firsts == [(1, None), (2, None), (3, 1)]
    connection.execute("UPDATE petition SET state = 'merged', merged_into = 1 WHERE id = 3")
    with pytest.raises(Exception, match="CHECK constraint"):
        connection.execute("UPDATE petition SET state = 'gone'")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_m0007_summaries(connection: Executing) -> None:
    migrate(connection, STEPS[:6])
    assert migrate(connection, STEPS[:7]) == 7
    connection.execute(
        "INSERT INTO frozen_summary VALUES (1, '2026-10', 1, '2026-11-02 09:00:00', '甲',"
        " '2026-11-02', '', '{}', '" + "0" * 64 + "')"
    )
    for change in ("UPDATE frozen_summary SET reason = '改'", "DELETE FROM frozen_summary"):
        with pytest.raises(Exception, match="stays as it was"):
            connection.execute(change)


def test_m0008_limits(connection: Executing) -> None:
    assert migrate(connection, STEPS[:8]) == 8
    connection.execute(
        "INSERT INTO limit_rule"
        " VALUES ('own_1', 1, '2026-10-08', '2026-10-08 09:00:00', '甲', '{}')"
    )
    for change in ("UPDATE limit_rule SET content = ''", "DELETE FROM limit_rule"):
        with pytest.raises(Exception, match="a version of a rule is never"):
            connection.execute(change)


def test_m0009_paper_states(connection: Executing) -> None:
    assert migrate(connection, STEPS[:9]) == 9
    connection.execute("PRAGMA foreign_keys = OFF")
    stay = "INSERT INTO paper_move VALUES (?, 1, 1, ?, '', '2026-10-08', ?, '2026-10-08', '', '')"
    connection.execute(stay, (1, "sent", "2026-10-09"))
    connection.execute(stay, (2, "returned", None))
    with pytest.raises(Exception, match="UNIQUE constraint"):
        connection.execute(stay, (3, "scanned", None))
    with pytest.raises(Exception, match="CHECK constraint"):
        connection.execute(stay, (4, "nonsense", "2026-10-09"))


def test_m0010_answers(connection: Executing) -> None:
    migrate(connection, STEPS[:9])
    assert migrate(connection, STEPS[:10]) == 10
    for index, query in (
        ("petition_answer", "SELECT served_on FROM petition {} WHERE id = 1"),
        ("petition_open", "SELECT id FROM petition {} WHERE concluded_on IS NULL"),
    ):
        plan = f"EXPLAIN QUERY PLAN {query.format(f'INDEXED BY {index}')}"
        [line] = connection.execute(plan).fetchall()
        assert f"COVERING INDEX {index}" in line[-1]


def test_every_step_has_a_test_of_its_name() -> None:
    names = [path.stem for path in sorted(MODULES.glob("m[0-9]*.py"))]
    assert len(names) == LATEST
    assert [name[:5] for name in names] == [f"m{n:04}" for n in range(1, LATEST + 1)]
    for name in names:
        assert f"test_{name}" in globals()


def test_the_schema_is_that_of_the_models(connection: Executing) -> None:
    migrate(connection)
    with create_engine("sqlite://").connect() as modelled:
        SQLModel.metadata.create_all(modelled)
        for table in SQLModel.metadata.tables:
            expected = columns(modelled.exec_driver_sql, table)
            assert columns(connection.execute, table) == expected, table
            expected_references = references(modelled.exec_driver_sql, table)
            assert references(connection.execute, table) == expected_references, table


def test_no_table_is_without_its_model(connection: Executing) -> None:
    migrate(connection)
    names = {
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if not row[0].startswith(("sqlite_", "petition_words"))
    }
    assert names == set(SQLModel.metadata.tables)


def test_every_choice_is_one_the_schema_takes(connection: Executing) -> None:
    migrate(connection)
    schema = " ".join(row[0] or "" for row in connection.execute("SELECT sql FROM sqlite_schema"))
    for table in SQLModel.metadata.tables.values():
        for column in table.columns:
            for code in getattr(column.type, "enums", ()):
                assert f"'{code}'" in schema, f"{table.name}.{column.name}: {code}"


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("account", "(1, '甲', 'boss', 0, '甲', 0)"),
        ("number_series", "('系列', 2026, -1)"),
        (
            "step (petition_id, action, done_on, done_by, words, recorded_at)",
            "(1, 'nonsense', '2026-10-08', '', '', '2026-10-08 09:00:00')",
        ),
        ("draft", "(1, 'visit_registration', NULL, '{}', 2, '2026-10-08 09:00:00')"),
    ],
)
def test_a_code_that_does_not_exist_is_refused_by_the_store(
    connection: Executing, table: str, values: str
) -> None:
    migrate(connection)
    with pytest.raises(Exception, match="CHECK constraint"):
        connection.execute(f"INSERT INTO {table} VALUES {values}")


def test_what_is_done_is_not_done_again(connection: Executing) -> None:
    migrate(connection)
    assert migrate(connection) == LATEST


def test_a_step_that_fails_is_undone_wholly(connection: Executing) -> None:
    migrate(connection)
    bad = Made("CREATE TABLE half (id INTEGER)", "INSERT INTO nowhere VALUES (1)")
    with pytest.raises(Exception, match="no such table"):
        migrate(connection, (*STEPS, bad))
    assert schema_version(connection) == LATEST
    assert columns(connection.execute, "half") == {}
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_step_that_breaks_references_is_undone(connection: Executing) -> None:
    migrate(connection)
    bad = Made("INSERT INTO participation VALUES (1, 1, 7)")
    with pytest.raises(OfficeError, match="已退回原样"):
        migrate(connection, (*STEPS, bad))
    assert schema_version(connection) == LATEST
    assert connection.execute("SELECT count(*) FROM participation").fetchone() == (0,)


def test_a_step_may_rebuild_a_table_that_others_refer_to(connection: Executing) -> None:
    migrate(connection)
    rebuild = Made(
        "CREATE TABLE account_new (id INTEGER PRIMARY KEY, name TEXT)",
        "DROP TABLE account",
        "ALTER TABLE account_new RENAME TO account",
    )
    assert migrate(connection, (*STEPS, rebuild)) == LATEST + 1


def test_no_step_imports_anything() -> None:
    for step in STEPS:
        assert "import" not in inspect.getsource(step)  # type: ignore[arg-type]


def found(words: str, session: Session) -> "array[int]":
    return find(session, words, viewer=CLEARED)


RELEASED = sorted(int(path.name.removeprefix("schema")) for path in OLD.iterdir())


def test_a_store_of_every_released_schema_but_the_newest_is_kept() -> None:
    assert [*RELEASED, LATEST] == list(RELEASES)


@pytest.mark.parametrize("number", RELEASED)
def test_an_old_store_opens_and_is_whole(tmp_path: Path, number: int) -> None:
    shutil.copytree(OLD / f"schema{number}", tmp_path / "旧")
    store = open_store(tmp_path / "旧", password=OLD_PASSWORD)
    try:
        assert store.viewer.name == ACCOUNT
        assert store.read(lambda session: count(session, viewer=CLEARED)) == 3
        void = store.read(lambda session: load_matter(session, "镜访〔2026〕1号", viewer=CLEARED))
        assert void.petition.state is PetitionState.VOID
        group = store.read(lambda session: load_matter(session, "镜访〔2026〕3号", viewer=CLEARED))
        assert group.names == "铍𫖯𠮷、𬭛某"
        assert store.do(word_index.catch_up)[0] == 0
        for words in ("𬭛", "水渠", "pf"):
            assert len(store.read(partial(found, words)))
        assert len(store.read(lambda session: history(session, 1))) == 2
        [draft] = store.read(lambda session: drafts(session, CLEARED))
        opened = store.read(lambda session: open_draft(session, draft.id, viewer=CLEARED))
        assert opened.petition.claim == "写到一半"
    finally:
        store.close()
