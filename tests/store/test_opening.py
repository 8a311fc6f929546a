"""Setting up and opening an office: every way it can go wrong has its own sentence."""

import os
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import NOBODY
from tests.helpers.office import ACCOUNT, NOW, OFFICE, PASSWORD, Office, visit
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.casework.registration import register
from xinfang_desktop.casework.search import count
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Role, Viewer
from xinfang_desktop.paths import DataFolder
from xinfang_desktop.store.cipher import connect
from xinfang_desktop.store.database import Store, create_store, open_store, store_exists
from xinfang_desktop.store.keys import open_key_file


def refusal(folder: Path, password: str = PASSWORD) -> str:
    with pytest.raises(OfficeError) as told:
        open_store(folder, password=password).close()
    return told.value.sentence


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def registered(folder: Path) -> int:
    store = open_store(folder, password=PASSWORD)
    try:
        return store.read(lambda session: count(session, viewer=store.viewer))
    finally:
        store.close()


@pytest.fixture
def one_matter(office: Office) -> Path:
    """Give an office with a matter in it."""
    store = open_store(office.folder, password=PASSWORD)
    store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))
    store.close()
    return office.folder


def test_the_first_account_may_see_everything(office: Office) -> None:
    store = open_store(office.folder, password=PASSWORD)
    assert store.viewer == Viewer(name=ACCOUNT, cleared=True, role=Role.ADMINISTRATOR)
    store.close()


def test_an_office_is_set_up_and_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "新 单位" / "数据"
    store, code = create_store(folder, password=PASSWORD, profile=OFFICE, account=ACCOUNT, now=NOW)
    store.close()
    for secret in (PASSWORD, code, code.lower().replace("-", " ")):
        again = open_store(folder, password=secret)
        assert again.read(office_profile) == OFFICE
        again.close()


def test_a_folder_without_a_store_says_so(tmp_path: Path) -> None:
    assert not store_exists(tmp_path)
    assert "没有信访数据" in refusal(tmp_path)


def test_an_office_is_never_set_up_over_another(one_matter: Path) -> None:
    before = files_of(one_matter)
    with pytest.raises(OfficeError, match="已有一份信访数据"):
        create_store(one_matter, password="x", profile=OFFICE, account="甲", now=NOW)
    assert files_of(one_matter) == before


@pytest.mark.parametrize("left", ["xinfang.db", "xinfang.key", "xinfang.key.copy"])
def test_an_office_is_not_set_up_over_what_is_left_of_one(office: Office, left: str) -> None:
    for path in office.folder.iterdir():
        if path.name != left:
            path.unlink()
    with pytest.raises(OfficeError, match="已有一份信访数据"):
        create_store(office.folder, password="x", profile=OFFICE, account="甲", now=NOW)


def test_setting_up_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OfficeError("磁盘已满")

    monkeypatch.setattr("xinfang_desktop.store.keys.write_key_file", no_room)
    folder = tmp_path / "数据"
    with pytest.raises(OfficeError, match="磁盘已满"):
        create_store(folder, password=PASSWORD, profile=OFFICE, account="甲", now=NOW)
    assert list(folder.iterdir()) == []


def test_setting_up_on_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("small_disk")
    folder = tmp_path / "数据"
    with pytest.raises(OfficeError, match="磁盘"):
        create_store(folder, password=PASSWORD, profile=OFFICE, account="甲", now=NOW)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("password", "account"), [("", "甲"), (PASSWORD, " ")])
def test_an_office_needs_a_password_and_a_name(tmp_path: Path, password: str, account: str) -> None:
    with pytest.raises(OfficeError):
        create_store(tmp_path, password=password, profile=OFFICE, account=account, now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_password_changes_nothing(one_matter: Path) -> None:
    before = files_of(one_matter)
    assert "密码不对" in refusal(one_matter, "错的密码")
    assert files_of(one_matter) == before


def test_a_miscopied_recovery_code_is_told_from_a_wrong_password(office: Office) -> None:
    code = office.recovery_code
    spoilt = ("1" if code[0] != "1" else "2") + code[1:]
    assert "恢复码里有抄错" in refusal(office.folder, spoilt)


def test_both_key_files_missing_is_told(one_matter: Path) -> None:
    DataFolder(one_matter).key_file.unlink()
    DataFolder(one_matter).key_copy.unlink()
    assert "密钥文件不见了" in refusal(one_matter)


def test_both_key_files_damaged_is_told(one_matter: Path) -> None:
    for path in (DataFolder(one_matter).key_file, DataFolder(one_matter).key_copy):
        path.write_bytes(path.read_bytes()[:-40])
    assert "两份密钥文件都已损坏" in refusal(one_matter)


def test_a_missing_store_is_told_from_a_missing_key(one_matter: Path) -> None:
    DataFolder(one_matter).store.unlink()
    assert "xinfang.db 不见了" in refusal(one_matter)


def test_an_empty_store_file_is_told(one_matter: Path) -> None:
    DataFolder(one_matter).store.write_bytes(b"")
    assert "数据文件是空的" in refusal(one_matter)


def test_an_unencrypted_database_in_its_place_is_told(one_matter: Path) -> None:
    path = DataFolder(one_matter).store
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE petition (id INTEGER)")
    connection.close()
    assert "不是信访案头的加密数据" in refusal(one_matter)


def test_a_picture_in_its_place_is_told(one_matter: Path) -> None:
    DataFolder(one_matter).store.write_bytes(b"\x89PNG" + os.urandom(9000))
    assert "不是同一套" in refusal(one_matter)


def test_the_store_of_another_office_is_told(one_matter: Path, tmp_path: Path) -> None:
    other, _ = create_store(
        tmp_path / "别处", password=PASSWORD, profile=OFFICE, account=ACCOUNT, now=NOW
    )
    other.close()
    shutil.copy(tmp_path / "别处" / "xinfang.db", one_matter / "xinfang.db")
    assert "不是同一套" in refusal(one_matter)


@pytest.mark.parametrize("place", [100, 2000, 4090])
def test_a_damaged_first_page_is_told(one_matter: Path, place: int) -> None:
    content = bytearray(DataFolder(one_matter).store.read_bytes())
    content[place] ^= 0xFF
    DataFolder(one_matter).store.write_bytes(content)
    assert "数据文件已经损坏" in refusal(one_matter)


def test_a_store_cut_off_is_told(one_matter: Path) -> None:
    content = DataFolder(one_matter).store.read_bytes()
    DataFolder(one_matter).store.write_bytes(content[: len(content) // 2])
    with pytest.raises(OfficeError, match="数据文件已经损坏"):
        registered(one_matter)


def test_damage_further_on_is_told_when_it_is_met(one_matter: Path) -> None:
    path = DataFolder(one_matter).store
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 50] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(OfficeError, match="数据文件已经损坏") as told:
        registered(one_matter)
    assert told.value.__cause__ is None


def test_a_store_of_a_newer_program_is_opened_for_reading_and_says_so(one_matter: Path) -> None:
    folder = DataFolder(one_matter)
    connection = connect(folder.store, open_key_file(folder, PASSWORD).key)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    store = open_store(one_matter, password=PASSWORD, clock=lambda: NOW)
    assert store.is_read_only
    assert store.notice is not None and "只读方式打开" in store.notice
    assert store.read(lambda session: count(session, viewer=store.viewer)) == 1
    with pytest.raises(OfficeError, match="不能登记或修改"):
        store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))
    store.close()


def test_a_store_that_a_stopped_program_left_is_opened_whole(office: Office) -> None:
    store = open_store(office.folder, password=PASSWORD)
    store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))
    left = office.folder.parent / "断电"
    shutil.copytree(office.folder, left)  # with the log that was not written back yet
    store.close()
    assert (left / "xinfang.db-wal").stat().st_size > 0
    assert registered(left) == 1


def test_closing_leaves_no_log_behind(one_matter: Path) -> None:
    assert sorted(path.name for path in one_matter.iterdir()) == [
        "xinfang.db",
        "xinfang.head",
        "xinfang.key",
        "xinfang.key.copy",
    ]


def test_nothing_of_a_matter_stands_in_the_files(one_matter: Path) -> None:
    for content in files_of(one_matter).values():
        for words in ("铍𫖯𠮷", "330602198803120355", "水渠", "13800001234"):
            assert words.encode("utf-8") not in content
            assert words.encode("utf-16-le") not in content


def given_to_nobody(folder: Path, place: Path) -> Path:
    target = place / "只读 数据"
    shutil.copytree(folder, target)
    if os.geteuid() == 0:
        for path in (target, *target.iterdir()):
            os.chown(path, NOBODY, NOBODY)
    target.chmod(0o555)
    return target


def test_a_read_only_folder_is_told_and_nothing_is_lost(
    one_matter: Path, open_place: Path, request: pytest.FixtureRequest
) -> None:
    folder = given_to_nobody(one_matter, open_place)
    before = files_of(folder)
    request.getfixturevalue("as_nobody")
    assert "不能写入（只读，或没有权限）" in refusal(folder)
    assert files_of(folder) == before


def test_setting_up_in_a_read_only_folder_is_told(
    open_place: Path, request: pytest.FixtureRequest
) -> None:
    open_place.chmod(0o555)
    request.getfixturevalue("as_nobody")
    with pytest.raises(OfficeError, match="不能写入（只读，或没有权限）"):
        create_store(open_place / "新", password=PASSWORD, profile=OFFICE, account="甲", now=NOW)
    assert list(open_place.iterdir()) == []


def test_no_sentence_names_a_path(one_matter: Path) -> None:
    told = [refusal(one_matter, "错"), refusal(one_matter.parent)]
    DataFolder(one_matter).store.write_bytes(b"")
    told.append(refusal(one_matter))
    for sentence in told:
        assert str(one_matter.parent) not in sentence
        assert re.fullmatch(r"[^\n]+。", sentence)


def test_an_account_that_was_taken_away_opens_nothing(store: Store, office: Office) -> None:
    from sqlmodel import delete

    from xinfang_desktop.models import Account

    store.do(lambda session: session.exec(delete(Account)) and None)
    assert "账户已经停用" in refusal(office.folder)
