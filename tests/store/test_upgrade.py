"""Upgrades: on a copy, counted, the old file kept; one that stops leaves the store as it was."""

import shutil
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from tests.helpers.office import NOW
from tests.store.make_old import OLD, OLD_PASSWORD
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.paths import DataFolder
from xinfang_desktop.store import migrations, upgrade
from xinfang_desktop.store.cipher import connect
from xinfang_desktop.store.database import open_store
from xinfang_desktop.store.keys import open_key_file
from xinfang_desktop.store.migrations import LATEST, schema_version
from xinfang_desktop.store.upgrade import row_counts


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give a store of the first schema."""
    folder = tmp_path / "旧 数据"
    shutil.copytree(OLD / "schema1", folder)
    return folder


def version_of(folder: Path, name: str = "xinfang.db") -> int:
    key = open_key_file(DataFolder(folder), OLD_PASSWORD).key
    with closing(connect(folder / name, key)) as connection:
        return schema_version(connection)


def counts_of(folder: Path) -> dict[str, int]:
    key = open_key_file(DataFolder(folder), OLD_PASSWORD).key
    with closing(connect(folder / "xinfang.db", key)) as connection:
        return row_counts(connection)


def test_an_old_store_is_upgraded_and_the_old_file_kept(old: Path) -> None:
    before = counts_of(old)
    store = open_store(old, password=OLD_PASSWORD, clock=lambda: NOW)
    assert store.upgraded_from == 1
    with store.reading() as connection:
        acts = [row[0] for row in connection.execute("SELECT act FROM audit_entry")]
    store.close()
    assert "upgrade" in acts
    assert version_of(old) == LATEST
    assert version_of(old, "kept/xinfang-schema1.db") == 1
    after = counts_of(old)
    put_in_again = {"petition_words"}
    assert {name: after[name] for name in before if name not in put_in_again} == {
        name: count for name, count in before.items() if name not in put_in_again
    }
    again = open_store(old, password=OLD_PASSWORD)
    assert again.upgraded_from is None
    again.close()


def unchanged(old: Path, before: bytes) -> bool:
    names = {path.name for path in old.iterdir()}
    return (old / "xinfang.db").read_bytes() == before and "xinfang.db.new" not in names


def with_step(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Let the next schema do ``statements`` and nothing else."""
    steps = (migrations.STEPS[0], SimpleNamespace(STATEMENTS=statements))
    monkeypatch.setattr(upgrade, "STEPS", steps)
    monkeypatch.setattr(upgrade, "LATEST", 2)
    monkeypatch.setattr(
        upgrade, "migrate", lambda connection: migrations.migrate(connection, steps)
    )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM draft",
        "DROP TABLE follow_up",
        "INSERT INTO setting VALUES ('x', 'y')",
    ],
)
def test_a_step_that_loses_or_makes_rows_is_not_taken(
    old: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    before = (old / "xinfang.db").read_bytes()
    with_step(monkeypatch, statement)
    with pytest.raises(OfficeError, match="没有采用升级，原数据没有改动"):
        open_store(old, password=OLD_PASSWORD)
    assert unchanged(old, before)


def test_a_step_that_breaks_references_is_not_taken(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (old / "xinfang.db").read_bytes()
    with_step(monkeypatch, "INSERT INTO participation VALUES (1, 9, 77)")
    with pytest.raises(OfficeError, match="已退回原样"):
        open_store(old, password=OLD_PASSWORD)
    assert unchanged(old, before)


def test_a_step_that_is_a_bug_leaves_the_store_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (old / "xinfang.db").read_bytes()
    with_step(monkeypatch, "INSERT INTO nowhere VALUES (1)")
    with pytest.raises(Exception, match="no such table"):
        open_store(old, password=OLD_PASSWORD)
    assert unchanged(old, before)


def test_without_room_nothing_is_begun(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (old / "xinfang.db").read_bytes()
    full = shutil.disk_usage(old)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(OfficeError, match="磁盘空间不够，数据没有升级"):
        open_store(old, password=OLD_PASSWORD)
    assert unchanged(old, before)


def test_a_stop_before_the_swap_leaves_the_old_store(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrade, "swap_in", stopped)
    with pytest.raises(KeyboardInterrupt):
        open_store(old, password=OLD_PASSWORD)
    monkeypatch.undo()
    assert version_of(old) == 1
    open_store(old, password=OLD_PASSWORD).close()
    assert version_of(old) == LATEST


def test_an_upgrade_on_a_disk_without_links_copies(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> NoReturn:
        raise OSError(1, "not permitted")

    monkeypatch.setattr("os.link", refused)
    open_store(old, password=OLD_PASSWORD).close()
    assert version_of(old, "kept/xinfang-schema1.db") == 1
