"""Restoring: look first, keep what is there, and survive a stop at any step."""

import json
import os
import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.helpers.office import ACCOUNT, NOW, OFFICE, PASSWORD, Office, visit
from tests.store.test_backup import refer_to_a_file
from xinfang_desktop.casework.registration import register
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store import pending
from xinfang_desktop.store.accounts import change_password
from xinfang_desktop.store.backup import backup_if_due, make_backup
from xinfang_desktop.store.backup_records import read_records
from xinfang_desktop.store.check import quick_check
from xinfang_desktop.store.database import Store, create_store, open_store
from xinfang_desktop.store.failures import DamagedError
from xinfang_desktop.store.restore import compare, confirm_restore, rehearse, restore

LATER = NOW + timedelta(hours=2)


def enter(store: Store, count: int = 1) -> None:
    for _ in range(count):
        store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))


def matters(folder: Path, secret: str = PASSWORD) -> int:
    store = open_store(folder, password=secret)
    try:
        quick_check(store)
        with store.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM petition").fetchone()[0])
    finally:
        store.close()


@pytest.fixture
def saved(office: Office, tmp_path: Path) -> Path:
    """Give a backup of two matters; the store goes on to five."""
    store = open_store(office.folder, password=PASSWORD)
    enter(store, 2)
    to = tmp_path / "U盘"
    to.mkdir()
    path = make_backup(store, to, now=NOW).path
    enter(store, 3)
    store.close()
    return path


def restored(saved: Path, folder: Path, secret: str = PASSWORD) -> Path | None:
    return restore(saved, folder, secret=secret, clock=lambda: LATER).kept


def test_what_is_in_a_backup_is_shown_beside_what_is_now(saved: Path, office: Office) -> None:
    told = compare(saved, secret=PASSWORD, folder=office.folder)
    assert ("信访事项", "2件", "5件") in told.lines
    assert ("最新编号", "镜访〔2026〕2号", "镜访〔2026〕5号") in told.lines
    assert (told.would_lose, told.same_store, told.made_at) == (3, True, NOW)
    assert matters(office.folder) == 5


def test_a_backup_takes_the_place_of_the_store_which_is_kept(saved: Path, office: Office) -> None:
    kept = restored(saved, office.folder)
    assert matters(office.folder) == 2
    assert kept is not None
    for name in ("xinfang.key", "xinfang.key.copy"):
        shutil.copy(office.folder / name, kept / name)
    assert matters(kept) == 5


def test_automatic_backups_rest_until_somebody_has_looked(saved: Path, office: Office) -> None:
    restored(saved, office.folder)
    store = open_store(office.folder, password=PASSWORD)
    enter(store)
    assert backup_if_due(store, now=LATER) is None
    confirm_restore(office.folder)
    assert backup_if_due(store, now=LATER) is not None
    store.close()


def test_the_trail_tells_of_the_restore_and_is_whole(saved: Path, office: Office) -> None:
    restored(saved, office.folder)
    store = open_store(office.folder, password=PASSWORD)
    verdict = store.verify_trail()
    assert verdict.is_whole, verdict.sentence
    with store.reading() as connection:
        acts = [row[0] for row in connection.execute("SELECT act FROM audit_entry")]
    assert acts[-1] == "restore"
    store.close()


def test_passwords_of_today_open_what_is_restored(saved: Path, office: Office) -> None:
    store = open_store(office.folder, password=PASSWORD)
    change_password(store, old=PASSWORD, new="今天的密码")
    store.close()
    restored(saved, office.folder, "今天的密码")
    assert matters(office.folder, "今天的密码") == 2
    with pytest.raises(OfficeError, match="密码不对"):
        matters(office.folder, PASSWORD)


def test_another_pc_is_given_everything_by_one_file(
    office: Office, store: Store, tmp_path: Path
) -> None:
    enter(store, 2)
    name = refer_to_a_file(store, b"paper" * 30_000)
    made = make_backup(store, tmp_path, now=NOW, portable=True)
    there = tmp_path / "新电脑 数据"
    restore(made.path, there, secret=office.recovery_code, clock=lambda: LATER)
    assert matters(there) == 2
    moved = open_store(there, password=office.recovery_code)
    assert moved.vault.read(name) == b"paper" * 30_000
    moved.close()


def test_printer_corrections_and_the_offices_own_forms_travel_along(
    store: Store, tmp_path: Path
) -> None:
    root = store.folder.root
    (root / "printers.json").write_text("{}", encoding="utf-8")
    (root / "forms").mkdir()
    (root / "forms" / "own.toml").write_text("# ours", encoding="utf-8")
    made = make_backup(store, tmp_path, now=NOW, portable=True)
    there = tmp_path / "新电脑"
    restore(made.path, there, secret=PASSWORD, clock=lambda: LATER)
    assert (there / "printers.json").read_text("utf-8") == "{}"
    assert (there / "forms" / "own.toml").read_text("utf-8") == "# ours"


def test_attachments_come_back_from_beside_a_backup(store: Store, tmp_path: Path) -> None:
    name = refer_to_a_file(store, b"paper" * 30_000)
    made = make_backup(store, tmp_path, now=NOW)
    folder = store.folder.root
    store.close()
    shutil.rmtree(folder / "vault")
    restore(made.path, folder, secret=PASSWORD, clock=lambda: LATER)
    again = open_store(folder, password=PASSWORD)
    assert again.vault.read(name) == b"paper" * 30_000
    again.close()


def test_a_rehearsal_changes_nothing_and_reports(saved: Path, office: Office) -> None:
    before = {path.name: path.read_bytes() for path in office.folder.iterdir() if path.is_file()}
    report = rehearse(saved, secret=PASSWORD, folder=office.folder)
    assert "信访事项2件，最新编号镜访〔2026〕2号" in report.lines
    after = {path.name: path.read_bytes() for path in office.folder.iterdir() if path.is_file()}
    assert after == before


def test_a_wrong_password_restores_nothing(saved: Path, office: Office) -> None:
    with pytest.raises(OfficeError, match="密码不对"):
        restored(saved, office.folder, "错的")
    assert matters(office.folder) == 5


def test_an_empty_file_is_no_backup(office: Office, tmp_path: Path) -> None:
    empty = tmp_path / "空.xfbak"
    empty.write_bytes(b"")
    for ask in (compare, rehearse):
        with pytest.raises(OfficeError, match="不是信访案头的备份，或没有写完"):
            ask(empty, secret=PASSWORD, folder=office.folder)
    with pytest.raises(OfficeError, match="现有数据没有改动"):
        restored(empty, office.folder)


def test_a_store_that_is_open_elsewhere_is_not_replaced(saved: Path, office: Office) -> None:
    other = open_store(office.folder, password=PASSWORD, program="窗口", clock=lambda: NOW)
    with pytest.raises(OfficeError, match="正由本机的另一个窗口"):
        restored(saved, office.folder)
    other.close()
    assert matters(office.folder) == 5


def test_a_stale_log_of_the_old_store_never_meets_the_new_one(saved: Path, office: Office) -> None:
    (office.folder / "xinfang.db-wal").write_bytes(os.urandom(40_000))
    (office.folder / "xinfang.db-shm").write_bytes(os.urandom(4_000))
    restored(saved, office.folder)
    assert matters(office.folder) == 2


def test_a_damaged_store_is_told_apart_and_its_last_backup_is_known(office: Office) -> None:
    store = open_store(office.folder, password=PASSWORD)
    enter(store, 2)
    backup_if_due(store, now=NOW)
    store.close()
    path = office.folder / "xinfang.db"
    content = bytearray(path.read_bytes())
    content[2000] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        open_store(office.folder, password=PASSWORD)
    last = read_records(office.folder).last_within_reach
    assert last is not None
    kept = restored(Path(last.path), office.folder)
    assert matters(office.folder) == 2
    assert kept is not None and (kept / "xinfang.db").read_bytes() == bytes(content)


@pytest.mark.parametrize("stop", range(12))
def test_a_restore_that_is_stopped_at_any_move_is_finished_at_the_next_opening(
    saved: Path, office: Office, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    class Stopped(Exception):
        pass

    done = 0
    real = Path.replace

    def counting(path: Path, target: Path) -> Path:
        nonlocal done
        if (office.folder / pending.MARKER).exists():
            done += 1
            if done > stop:
                raise Stopped
        return real(path, target)

    monkeypatch.setattr(Path, "replace", counting)
    with suppress(Stopped):
        restored(saved, office.folder)
    monkeypatch.undo()
    assert matters(office.folder) in (2, 5)
    assert not (office.folder / pending.MARKER).exists()
    if (office.folder / "kept").exists():
        assert matters(office.folder) == 2


def test_a_backup_of_a_newer_program_is_refused(saved: Path, office: Office) -> None:
    content = saved.read_bytes()
    newer = content.replace(b'"version": 1', b'"version": 9')
    assert newer != content
    saved.write_bytes(newer)
    with pytest.raises(OfficeError, match="更新版本的程序"):
        compare(saved, secret=PASSWORD, folder=office.folder)


def test_the_store_of_another_office_may_be_brought_back_here(saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "别的单位"
    other, _ = create_store(folder, password="另一个密码", profile=OFFICE, account="乙", now=NOW)
    other.close()
    assert not compare(saved, secret=PASSWORD, folder=folder).same_store
    kept = restored(saved, folder)
    assert matters(folder) == 2
    assert kept is not None
    assert matters(kept, "另一个密码") == 0
    assert json.loads((kept / "xinfang.key").read_text("ascii"))["format"] == "xinfang-key"
