"""Going back to the data of before an upgrade: what is there now is kept, nothing is half done."""

import shutil
from pathlib import Path

import pytest

from tests.helpers.office import ACCOUNT, NOW, visit
from tests.store.make_old import OLD, OLD_PASSWORD
from xinfang_desktop.casework.audit import count_entries, entries
from xinfang_desktop.casework.registration import register
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Noted
from xinfang_desktop.paths import DataFolder
from xinfang_desktop.store import going_back, keys, pending
from xinfang_desktop.store.backup_records import read_records
from xinfang_desktop.store.database import open_store
from xinfang_desktop.store.going_back import OnBehalf, go_back, kept_data, registered_since
from xinfang_desktop.store.holding import HeldError, Holding
from xinfang_desktop.store.migrations import LATEST


@pytest.fixture
def upgraded(tmp_path: Path) -> Path:
    """Give a store that was upgraded from schema 2, with one matter registered since."""
    folder = tmp_path / "旧 数据"
    shutil.copytree(OLD / "schema2", folder)
    store = open_store(folder, password=OLD_PASSWORD, clock=lambda: NOW)
    store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))
    store.close()
    return folder


def back(folder: Path, schema: int = 2) -> Path:
    opened = keys.open_key_file(DataFolder(folder), OLD_PASSWORD)
    on_behalf = OnBehalf(ACCOUNT, opened.key)
    return go_back(folder, schema=schema, now=NOW, program="试", on_behalf=on_behalf)


def test_the_old_data_come_back_and_the_present_are_kept(upgraded: Path) -> None:
    old = (OLD / "schema2/xinfang.db").read_bytes()
    present = (upgraded / "xinfang.db").read_bytes()
    aside = back(upgraded)
    assert (aside / "xinfang.db").read_bytes() == present
    assert (upgraded / "kept/xinfang-schema2.db").read_bytes() == old
    assert read_records(upgraded).paused


def test_the_trail_of_what_came_back_says_who_brought_it_and_is_whole(upgraded: Path) -> None:
    store = open_store(upgraded, password=OLD_PASSWORD)
    before = store.read(lambda session: count_entries(session, viewer=store.viewer))
    store.close()
    back(upgraded)
    head = (upgraded / "xinfang.head").read_bytes()
    assert head
    store = open_store(upgraded, password=OLD_PASSWORD)
    told = store.read(lambda session: entries(session, viewer=store.viewer, acts=[Noted.RESTORE]))
    assert [(line.at, line.by, line.detail) for line in told] == [
        (NOW, ACCOUNT, f"换回升级前的数据；换回前操作记录{before}条")
    ]
    assert store.verify_trail().is_whole
    store.close()


def test_data_of_before_there_was_a_trail_come_back_without_a_word(tmp_path: Path) -> None:
    folder = tmp_path / "第一版"
    shutil.copytree(OLD / "schema1", folder)
    open_store(folder, password=OLD_PASSWORD, clock=lambda: NOW).close()
    back(folder, schema=1)
    store = open_store(folder, password=OLD_PASSWORD)
    assert store.upgraded_from == 1
    store.close()


def test_who_goes_back_is_taken_down_without_showing_the_key(upgraded: Path) -> None:
    store = open_store(upgraded, password=OLD_PASSWORD)
    on_behalf = OnBehalf.of(store)
    store.close()
    assert on_behalf.by == store.viewer.name
    assert repr(on_behalf.key) not in repr(on_behalf)


def test_what_came_back_opens_and_its_trail_is_whole(upgraded: Path) -> None:
    back(upgraded)
    store = open_store(upgraded, password=OLD_PASSWORD, clock=lambda: NOW)
    assert store.upgraded_from == 2
    assert store.verify_trail().is_whole
    store.close()


def test_it_is_known_how_many_matters_would_stay_behind(upgraded: Path) -> None:
    kept = kept_data(upgraded, schema=2)
    assert kept is not None
    assert kept.schema == 2
    store = open_store(upgraded, password=OLD_PASSWORD)
    assert registered_since(store, kept) == 1
    store.close()


def test_the_newest_that_the_older_program_can_write_is_taken(upgraded: Path) -> None:
    kept = upgraded / "kept"
    for schema in (1, LATEST):
        shutil.copyfile(kept / "xinfang-schema2.db", kept / f"xinfang-schema{schema}.db")
    found = [kept_data(upgraded, schema=schema) for schema in (0, 1, 2, 3, LATEST)]
    assert [one.schema if one else None for one in found] == [None, 1, 2, 2, LATEST]


def test_where_nothing_was_kept_nothing_is_done(upgraded: Path) -> None:
    before = (upgraded / "xinfang.db").read_bytes()
    with pytest.raises(OfficeError, match="没有留着升级前的数据"):
        back(upgraded, schema=1)
    assert (upgraded / "xinfang.db").read_bytes() == before


def test_data_in_use_do_not_go_back(upgraded: Path) -> None:
    with Holding.take(upgraded, program="信访案头", now=NOW), pytest.raises(HeldError):
        back(upgraded)


def test_a_stop_in_the_middle_is_finished_at_the_next_opening(
    upgraded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as stopped:
        stopped.setattr(pending, "finish_pending", lambda _: False)
        stopped.setattr(going_back, "finish_pending", lambda _: False)
        back(upgraded)
    assert (upgraded / pending.MARKER).is_file()
    store = open_store(upgraded, password=OLD_PASSWORD, clock=lambda: NOW)
    assert store.upgraded_from == 2
    store.close()
