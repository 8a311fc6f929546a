"""What is known of the backups: when, where, proven; the named sticks; whether they are paused.

It lies in a small file beside the database and not in it, because writing it down must not make the
next backup due. It holds moments, places and counts.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically

from .schedule import Stick

FILE_NAME = "xinfang.backups"
STICK_LABEL = "xinfang-stick.json"
_REMEMBERED = 400

_NO_STICK = "这个位置不能写入，没有给U盘起名。请检查U盘的写保护开关后再试。"


@dataclass(frozen=True)
class MadeBackup:
    """A backup that was proven by opening it; moments are in ISO 8601."""

    path: str
    at: str
    size: int
    petitions: int
    fingerprint: str
    stick: str = ""

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.at)

    @property
    def is_there(self) -> bool:
        """Whether its file can be reached now."""
        return Path(self.path).is_file()


@dataclass(frozen=True)
class KnownStick:
    """A stick with a name; the moment of its last backup in ISO 8601, or nothing."""

    id: str
    name: str
    backed_up_at: str = ""


@dataclass(frozen=True)
class BackupRecords:
    """Everything that is known."""

    made: tuple[MadeBackup, ...] = ()
    sticks: tuple[KnownStick, ...] = ()
    paused: bool = False

    @property
    def last_proven(self) -> MadeBackup | None:
        """The newest backup that was proven, wherever it is now."""
        return max(self.made, key=lambda one: one.at, default=None)

    @property
    def last_within_reach(self) -> MadeBackup | None:
        """The newest proven backup whose file can be reached now."""
        there = (one for one in self.made if one.is_there)
        return max(there, key=lambda one: one.at, default=None)

    def for_schedule(self) -> list[Stick]:
        """Give the sticks as ``schedule.overdue`` takes them."""
        return [
            Stick(
                stick.name,
                datetime.fromisoformat(stick.backed_up_at) if stick.backed_up_at else None,
            )
            for stick in self.sticks
        ]

    def with_made(self, made: MadeBackup) -> "BackupRecords":
        """Note a backup, and that its stick was seen."""
        sticks = tuple(
            replace(stick, backed_up_at=made.at) if stick.id == made.stick else stick
            for stick in self.sticks
        )
        return replace(self, made=(*self.made, made)[-_REMEMBERED:], sticks=sticks)

    def without(self, paths: Iterable[Path]) -> "BackupRecords":
        """Forget backups that were thinned out."""
        gone = set(map(str, paths))
        return replace(self, made=tuple(one for one in self.made if one.path not in gone))

    def with_stick(self, stick: KnownStick) -> "BackupRecords":
        """Know a stick, or its new name."""
        others = tuple(one for one in self.sticks if one.id != stick.id)
        known = next((one for one in self.sticks if one.id == stick.id), stick)
        return replace(self, sticks=(*others, replace(known, name=stick.name)))


def read_records(folder: Path) -> BackupRecords:
    """Read what is known; a file that cannot be read says nothing."""
    try:
        read = json.loads((folder / FILE_NAME).read_text("utf-8"))
        return BackupRecords(
            made=tuple(MadeBackup(**one) for one in read["made"]),
            sticks=tuple(KnownStick(**one) for one in read["sticks"]),
            paused=bool(read["paused"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return BackupRecords()


def keep_records(folder: Path, records: BackupRecords) -> None:
    """Write down what is known.

    Raises:
        OfficeError: the disk refuses.
    """
    content = json.dumps(asdict(records), ensure_ascii=False, indent=1)
    write_file_atomically(folder / FILE_NAME, content.encode("utf-8"), private=True)


def pause(folder: Path, *, paused: bool) -> None:
    """Pause automatic backups, as after a restore, or let them go on."""
    keep_records(folder, replace(read_records(folder), paused=paused))


def name_stick(folder: Path, root: Path, name: str) -> KnownStick:
    """Give the stick at ``root`` a name, written on it, and know it from now on.

    Raises:
        OfficeError: the stick cannot be written.
    """
    present = stick_at(root)
    stick = KnownStick(present.id if present else secrets.token_hex(8), name.strip() or "备份盘")
    label = json.dumps({"id": stick.id, "name": stick.name}, ensure_ascii=False)
    try:
        write_file_atomically(root / STICK_LABEL, label.encode("utf-8"))
    except OfficeError:
        raise OfficeError(_NO_STICK) from None
    keep_records(folder, read_records(folder).with_stick(stick))
    return stick


def stick_at(place: Path) -> KnownStick | None:
    """Give the stick that ``place`` lies on, by the label in it or in a folder above."""
    for folder in (place, *place.parents):
        try:
            read = json.loads((folder / STICK_LABEL).read_text("utf-8"))
            return KnownStick(str(read["id"]), str(read["name"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None
