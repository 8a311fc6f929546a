"""What breaks round the store, the disk or the file itself: what is said, and what is left."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.office import ACCOUNT, NOW, PASSWORD, Office, visit
from xinfang_desktop.casework.registration import register
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store.check import check_store
from xinfang_desktop.store.database import Store, open_store


def enter(store: Store, claim: str = "水渠失修。") -> None:
    store.do(lambda session: register(session, visit(claim=claim), by=ACCOUNT, now=NOW))


def matters(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM petition").fetchone()[0])


def is_sound(store: Store) -> bool:
    return all(finding.ok for finding in check_store(store, now=NOW) if finding.serious)


@pytest.mark.parametrize("room", range(0, 200_000, 9_000))
def test_a_disk_that_is_full_at_any_write_loses_nothing_that_was_acknowledged(
    office: Office, room: int
) -> None:
    import resource

    store = open_store(office.folder, password=PASSWORD)
    enter(store)
    largest = max(path.stat().st_size for path in office.folder.iterdir())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    acknowledged = 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, before[1]))
    try:
        for _ in range(40):
            enter(store, "水渠失修。" * 400)
            acknowledged += 1
    except OfficeError as told:
        assert "以前保存的内容都在" in told.sentence or "没有改动" in told.sentence
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    enter(store)
    assert matters(store) == acknowledged + 1
    assert is_sound(store)
    store.close()


@pytest.fixture(scope="module")
def sound(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a closed store of twenty matters."""
    folder = tmp_path_factory.mktemp("好") / "数据"
    shutil.copytree(template_office.folder, folder)
    store = open_store(folder, password=PASSWORD)
    for _ in range(20):
        enter(store, "水渠失修。" * 50)
    store.close()
    return folder


@settings(max_examples=60)
@given(place=st.floats(0, 0.999999), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_told_and_never_believed(
    sound: Path, tmp_path_factory: pytest.TempPathFactory, place: float, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("翻转") / "数据"
    shutil.copytree(sound, folder)
    path = folder / "xinfang.db"
    content = bytearray(path.read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    path.write_bytes(content)
    assert not opens_and_is_sound(folder)


@settings(max_examples=40)
@given(left=st.floats(0, 0.9999))
def test_a_store_cut_off_anywhere_is_told(
    sound: Path, tmp_path_factory: pytest.TempPathFactory, left: float
) -> None:
    folder = tmp_path_factory.mktemp("截断") / "数据"
    shutil.copytree(sound, folder)
    path = folder / "xinfang.db"
    os.truncate(path, int(left * path.stat().st_size))
    assert not opens_and_is_sound(folder)


def opens_and_is_sound(folder: Path) -> bool:
    """Open and look through; every trouble is a sentence, never a traceback."""
    try:
        store = open_store(folder, password=PASSWORD)
    except OfficeError as told:
        assert "损坏" in told.sentence or "不是同一套" in told.sentence or "空的" in told.sentence
        return False
    try:
        return is_sound(store)
    except OfficeError as told:
        assert "损坏" in told.sentence
        return False
    finally:
        store.close()


def test_a_store_that_was_left_alone_is_sound(sound: Path) -> None:
    assert opens_and_is_sound(sound)


def test_a_chinese_path_with_blanks_and_rare_characters_is_no_trouble(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "信访办 张㛃𠮷" / "程序 (1)"
    folder.parent.mkdir()
    shutil.copytree(office.folder, folder)
    store = open_store(folder, password=PASSWORD, program="窗口", clock=lambda: NOW)
    enter(store)
    store.vault.put(b"paper")
    assert is_sound(store)
    store.close()
