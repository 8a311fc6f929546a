"""A live store lies on a disk of this machine; what else there is has its own sentence."""

from pathlib import Path

import pytest

from tests.helpers.office import NOW, OFFICE
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store import places
from xinfang_desktop.store.database import create_store
from xinfang_desktop.store.places import Mount, unfit_for_store

DISK = Mount("/dev/nowhere1", "/", "ext4")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "davfs"])
def test_a_network_folder_is_refused(tmp_path: Path, kind: str) -> None:
    share = Mount("//server/share", str(tmp_path), kind)
    told = unfit_for_store(tmp_path / "数据", mounts=[DISK, share])
    assert told is not None and "网络位置" in told


def test_a_stick_is_refused_for_the_live_data(tmp_path: Path) -> None:
    stick = Mount("/dev/sdq1", "/media/clerk/U盘", "vfat")
    told = unfit_for_store(Path("/media/clerk/U盘/数据"), mounts=[DISK, stick])
    assert told is not None and "U盘用来存备份" in told


@pytest.mark.parametrize("name", ["OneDrive", "坚果云", "百度网盘", "Dropbox"])
def test_a_folder_that_is_copied_to_a_cloud_is_refused(tmp_path: Path, name: str) -> None:
    told = unfit_for_store(tmp_path / name / "数据", mounts=[DISK])
    assert told is not None and "网盘软件" in told


@pytest.mark.parametrize(
    ("drive", "words"), [(2, "U盘"), (4, "网络位置"), (3, None), (5, None), (6, None)]
)
def test_the_drives_of_windows(tmp_path: Path, drive: int, words: str | None) -> None:
    told = unfit_for_store(tmp_path, drive_type=drive)
    assert told is None if words is None else words in str(told)


def test_a_disk_of_this_machine_is_fit(tmp_path: Path) -> None:
    assert unfit_for_store(tmp_path, mounts=[DISK]) is None
    assert unfit_for_store(tmp_path / "还没有" / "建", mounts=[DISK]) is None
    assert unfit_for_store(tmp_path, mounts=[]) is None
    assert unfit_for_store(tmp_path) is None


def test_of_mounts_over_each_other_the_nearest_counts(tmp_path: Path) -> None:
    share = Mount("server:/home", str(tmp_path.parent), "nfs")
    own = Mount("/dev/nowhere2", str(tmp_path), "xfs")
    assert unfit_for_store(tmp_path / "数据", mounts=[DISK, share, own]) is None
    assert unfit_for_store(tmp_path.parent / "数据", mounts=[DISK, share, own])


def test_a_mount_with_a_blank_in_its_name_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert places._unescaped(r"/media/a\040b") == "/media/a b"


def test_an_office_is_not_set_up_in_such_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OfficeError, match="网盘软件"):
        create_store(tmp_path / "OneDrive", password="x", profile=OFFICE, account="甲", now=NOW)
    assert not (tmp_path / "OneDrive").exists()
