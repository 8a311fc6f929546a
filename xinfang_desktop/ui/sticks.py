"""The two sticks: where they are plugged in now, and making a backup onto one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStorageInfo

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store.backup_records import BackupRecords, read_records, stick_at

if TYPE_CHECKING:
    from xinfang_desktop.store.backup import Backup, Progress
    from xinfang_desktop.store.database import Store

FOLDER = "信访案头备份"
_NO_FOLDER = (
    "U盘上建不了备份文件夹（可能有写保护），没有备份；现有数据没有改动。请检查后再试，或换一个U盘。"
)
_NOT_FOR_BACKUPS = {"tmpfs", "squashfs", "overlay", "proc", "sysfs", "devtmpfs", "efivarfs"}


@dataclass(frozen=True)
class Volume:
    """A disk or stick that can take backups."""

    root: Path
    title: str


def volumes(folder: Path) -> list[Volume]:
    """Give what is plugged in and is not the disk that ``folder`` itself lies on."""
    own = QStorageInfo(str(folder)).rootPath()
    found = []
    for volume in QStorageInfo.mountedVolumes():
        kind = volume.fileSystemType().toStdString()
        is_fit = volume.isReady() and volume.isValid() and not volume.isReadOnly()
        if not is_fit or kind in _NOT_FOR_BACKUPS or volume.rootPath() in (own, "/", "/boot/efi"):
            continue
        free = volume.bytesAvailable() / 2**30
        name = volume.displayName()
        found.append(Volume(Path(volume.rootPath()), f"{name}（剩余 {free:.1f} GB）"))
    return found


def within_reach(folder: Path) -> dict[str, Path]:
    """Give where the named sticks are now, by their id."""
    records = read_records(folder)
    wanted = {stick.id for stick in records.sticks}
    found: dict[str, Path] = {}
    for place in (*(volume.root for volume in volumes(folder)), *_places(records)):
        stick = stick_at(place)
        if stick is not None and stick.id in wanted:
            found.setdefault(stick.id, place)
    return found


def back_up_onto(store: Store, root: Path, *, now: datetime, say: Progress) -> Backup:
    """Make a backup onto the stick at ``root``, and thin the old ones there.

    Raises:
        OfficeError: as ``store.backup.make_backup``.
    """
    from xinfang_desktop.store.backup import make_backup, thin

    place = root if root.name == FOLDER else root / FOLDER
    try:
        place.mkdir(exist_ok=True)
    except OSError:
        raise OfficeError(_NO_FOLDER) from None
    made = make_backup(store, place, now=now, say=say)
    thin(store, place, now=now)
    return made


def waiting(store: Store) -> list[Path]:
    """Give the sticks plugged in that do not have what was last changed."""
    from xinfang_desktop.store.backup import fingerprint

    there = within_reach(store.folder.root)
    if not there:
        return []
    sign = fingerprint(store)
    records = read_records(store.folder.root)
    last = {made.stick: made.fingerprint for made in sorted(records.made, key=lambda one: one.at)}
    return [root for id, root in there.items() if last.get(id) != sign]


def _places(records: BackupRecords) -> Iterable[Path]:
    """Give the folders on sticks where backups were put, the latest first."""
    for made in sorted(records.made, key=lambda one: one.at, reverse=True):
        if made.stick and (place := Path(made.path).parent).is_dir():
            yield place
