"""Files are written whole or not at all."""

import stat
from pathlib import Path

import pytest

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import read_file, write_file_atomically


def test_a_file_is_there_as_it_was_given(tmp_path: Path) -> None:
    target = tmp_path / "登记 单.pdf"
    write_file_atomically(target, b"one")
    write_file_atomically(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_file_atomically(tmp_path / "台账.xlsx", b"x", private=True)
    assert stat.S_IMODE((tmp_path / "台账.xlsx").stat().st_mode) == 0o600


def test_a_link_is_followed_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "里").mkdir()
    (tmp_path / "外.pdf").symlink_to(tmp_path / "里" / "真.pdf")
    write_file_atomically(tmp_path / "外.pdf", b"x")
    assert (tmp_path / "外.pdf").is_symlink()
    assert (tmp_path / "里" / "真.pdf").read_bytes() == b"x"


@pytest.mark.usefixtures("small_disk")
def test_a_file_that_finds_no_room_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(OfficeError, match="放不下"):
        write_file_atomically(target, b"x" * 5000)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_device_is_told() -> None:
    with pytest.raises(OfficeError, match="磁盘已满，文件没有写成；已登记的内容不受影响"):
        write_file_atomically(Path("/dev/full"), b"x" * 100_000)


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="文件夹不存在"):
        write_file_atomically(tmp_path / "没有" / "a.pdf", b"x")


def test_a_folder_given_for_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="给的是文件夹"):
        write_file_atomically(tmp_path, b"x")


def test_a_name_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="文件名太长"):
        write_file_atomically(tmp_path / ("长" * 200 + ".pdf"), b"x")


def test_a_read_only_folder_is_told(open_place: Path, request: pytest.FixtureRequest) -> None:
    open_place.chmod(0o555)
    request.getfixturevalue("as_nobody")
    with pytest.raises(OfficeError, match="没有写入这个文件夹的权限"):
        write_file_atomically(open_place / "a.pdf", b"x")
    assert list(open_place.iterdir()) == []


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="找不到登记记录"):
        read_file(tmp_path / "没有.json", what="登记记录")
    with pytest.raises(OfficeError, match="应当是一个文件"):
        read_file(tmp_path, what="登记记录")
    (tmp_path / "大.json").write_bytes(b"x" * 11)
    with pytest.raises(OfficeError, match="太大"):
        read_file(tmp_path / "大.json", what="登记记录", limit=10)
