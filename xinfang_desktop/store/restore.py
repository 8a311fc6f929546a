"""Restoring: look first, keep what is there, put the backup in its place, and go on carefully.

The new files are unpacked and proven beside the present ones before anything is touched. The change
itself is written down first and then done, so that a stop in the middle is finished at the next
opening. Automatic backups rest afterwards until somebody has looked and says that all is well: a
backup of a wrong restore must not push out the good ones.
"""

import shutil
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import settle_folder, write_file_atomically
from xinfang_desktop.models import Note, Noted
from xinfang_desktop.paths import DataFolder

from . import backup_records, container, keys
from .backup import OFFICE_FORMS, POOL, SETTINGS, counted, key_of, prove, unpacked
from .cipher import connect
from .container import BROKEN, Container, Contents
from .database import Clock, Store, open_store
from .failures import told_plainly
from .holding import Holding
from .migrations import LATEST, migrate
from .pending import finish_pending, put_in_place, staging
from .places import unfit_for_store
from .presence import store_exists
from .vault import Vault

_NEWER = "这份备份是更新版本的程序做的，没有恢复，现有数据没有改动。请换用新版程序。"
_NO_FILES = (
    "备份里的附件没有找全，没有恢复，现有数据没有改动。请把备份旁边的附件文件夹一起插上再试。"
)

_NOT_ON_WINDOWS = str.maketrans({sign: "_" for sign in '<>:"\\|?*'})


@dataclass(frozen=True)
class Comparison:
    """What is in a backup beside what there is now.

    Attributes:
        made_at: when the backup was made.
        backup: what is in it.
        now: what there is now; None where nothing can be read.
        same_store: whether it is a backup of this very store.
        is_first: nothing is there yet: the backup is the first data of this PC.
    """

    made_at: datetime
    backup: Contents
    now: Contents | None
    same_store: bool
    is_first: bool

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Title, backup and present, side by side."""
        rows = (
            ("信访事项", "petitions", "件"),
            ("最新编号", "newest_number", ""),
            ("最近登记", "newest_day", ""),
            ("信访人", "petitioners", "人"),
            ("草稿", "drafts", "份"),
            ("附件和存档文书", "files", "份"),
            ("操作记录", "audit_entries", "条"),
        )
        return [
            (title, f"{getattr(self.backup, name)}{unit}", self._present(name, unit))
            for title, name, unit in rows
        ]

    @property
    def would_lose(self) -> int:
        """How many matters of now are not in the backup, by their count."""
        return max(self.now.petitions - self.backup.petitions, 0) if self.now else 0

    def _present(self, name: str, unit: str) -> str:
        if self.is_first:
            return "（没有）"
        return f"{getattr(self.now, name)}{unit}" if self.now else "读不出来"


@dataclass(frozen=True)
class Restored:
    """A restore that was done: what is there now, and where the files of before are kept."""

    contents: Contents
    kept: Path | None


@dataclass(frozen=True)
class Rehearsal:
    """A restore that was tried in a scratch place: what was found, in words."""

    contents: Contents
    made_at: datetime
    lines: tuple[str, ...]


def compare(path: Path, *, secret: str, folder: Path | None = None) -> Comparison:
    """Say what is in a backup against what is in the store in ``folder``; nothing is changed.

    Raises:
        OfficeError: no backup, a damaged one, or the wrong password.
    """
    with told_plainly(), Container(path) as opened:
        manifest, found = opened.manifest, key_of(opened, secret, folder=folder)
        return Comparison(
            made_at=datetime.fromisoformat(manifest.made_at),
            backup=manifest.contents,
            now=_contents_now(folder, found.key),
            same_store=_is_same_store(folder, manifest.store),
            is_first=folder is not None and not store_exists(folder),
        )


def verify(path: Path, *, secret: str, folder: Path | None = None) -> container.Manifest:
    """Prove a backup with a password or the recovery code: open it, check it, count it.

    Raises:
        OfficeError: no backup, a damaged one, or the wrong password.
    """
    with told_plainly():
        with Container(path) as opened:
            key = key_of(opened, secret, folder=folder).key
        manifest = prove(path, key, scratch=_scratch(folder))
        _check_pool(path, manifest, key)
    return manifest


def rehearse(path: Path, *, secret: str, folder: Path | None = None) -> Rehearsal:
    """Restore into a scratch place, look at everything, and report; nothing else is changed.

    Raises:
        OfficeError: the backup could not be restored.
    """
    manifest = verify(path, secret=secret, folder=folder)
    with told_plainly(), Container(path) as opened, unpacked(opened, _scratch(folder)) as place:
        key = key_of(opened, secret, folder=folder).key
        with closing(connect(place / container.STORE, key)) as connection:
            migrate(connection)
            contents = counted(connection)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise OfficeError(BROKEN)
    made_at = datetime.fromisoformat(manifest.made_at)
    return Rehearsal(
        contents,
        made_at,
        (
            f"备份时间：{made_at:%Y-%m-%d %H:%M}",
            f"信访事项{contents.petitions}件，最新编号{contents.newest_number or '（无）'}",
            f"附件和存档文书{len(manifest.vault)}份，都能打开",
            "数据页逐页校验无误，关联完整",
            f"可以用现在的程序打开（数据版本{manifest.contents.schema}→{contents.schema}）",
        ),
    )


def restore(
    path: Path,
    folder: Path,
    *,
    secret: str,
    clock: Clock,
    program: str = "恢复程序",
) -> Restored:
    """Put a backup in the place of the store in ``folder``, which is kept aside.

    Where the store is the same one its present key file stays, with the passwords of today.

    Raises:
        OfficeError: no backup, a damaged one, the wrong password, held by another program, no room.
    """
    if unfit := unfit_for_store(folder):
        raise OfficeError(unfit)
    with told_plainly():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        manifest = verify(path, secret=secret, folder=folder)
        if manifest.contents.schema > LATEST:
            raise OfficeError(_NEWER)
        with Holding.take(folder, program=program, now=clock(), patience=2.0):
            finish_pending(folder)
            before = _entries_now(path, folder, secret)
            kept = _put_in_place(path, folder, secret, clock())
        backup_records.pause(folder, paused=True)
        store = open_store(folder, password=secret, clock=clock)
    return Restored(_settled(store, before), kept)


def confirm_restore(folder: Path) -> None:
    """Somebody has looked and all is well: automatic backups go on.

    Raises:
        OfficeError: the disk refuses.
    """
    backup_records.pause(folder, paused=False)


def _settled(store: Store, before: int) -> Contents:
    try:
        store.note(Note(Noted.RESTORE, detail=f"恢复前操作记录{before}条"))
        with store.reading() as connection:
            return counted(connection)
    finally:
        store.close()


def _put_in_place(path: Path, folder: Path, secret: str, now: datetime) -> Path | None:
    """Unpack beside, write down what is to be done, do it."""
    with staging(folder) as staged, Container(path) as opened:
        found = key_of(opened, secret, folder=folder)
        opened.extract(container.STORE, staged / "xinfang.db")
        for part in opened.manifest.parts:
            if part.name in SETTINGS or PurePosixPath(part.name).match(OFFICE_FORMS):
                target = staged / _everywhere(part.name)
                target.parent.mkdir(exist_ok=True)
                opened.extract(part.name, target)
        if not _is_same_store(folder, opened.manifest.store):
            content = opened.read(container.KEY_FILE)
            for name in ("xinfang.key", "xinfang.key.copy"):
                write_file_atomically(staged / name, content, private=True)
        _bring_files(opened, path.parent / POOL, folder, found.key)
        aside = put_in_place(folder, staged, now=now)
    return aside if any(aside.iterdir()) else None


def _everywhere(name: str) -> str:
    """Give the name that a small file has on every system, where its own is only for one."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/{file.translate(_NOT_ON_WINDOWS)}" if folder else name


def _bring_files(opened: Container, pool: Path, folder: Path, key: bytes) -> None:
    """Bring the attachments that the store does not have; what is there already stays."""
    vault = Vault(folder, key)
    for name in opened.manifest.vault:
        if vault.take_back(name) and not vault.damaged([name]):
            continue
        target = vault.path(name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = target.with_name(f".{name[:16]}.part")
        beside.unlink(missing_ok=True)
        if opened.manifest.vault_is_inside:
            opened.extract(container.VAULT + name, beside)
        elif (source := pool / name[:2] / name[2:]).is_file():
            shutil.copyfile(source, beside)
        else:
            raise OfficeError(_NO_FILES)
        beside.replace(target)
        settle_folder(target.parent)


def _check_pool(path: Path, manifest: container.Manifest, key: bytes) -> None:
    """Read through the attachments that lie beside a backup."""
    if manifest.vault_is_inside or not manifest.vault:
        return
    with tempfile.TemporaryDirectory(prefix=".xinfang-") as empty:
        vault = Vault(Path(empty), key)
        vault.folder = path.parent / POOL
        if vault.damaged(manifest.vault):
            raise OfficeError(_NO_FILES)


def _contents_now(folder: Path | None, key: bytes) -> Contents | None:
    if folder is None or not DataFolder(folder).store.is_file():
        return None
    with suppress(Exception), closing(connect(DataFolder(folder).store, key)) as connection:
        return counted(connection)
    return None


def _entries_now(path: Path, folder: Path, secret: str) -> int:
    with Container(path) as opened:
        now = _contents_now(folder, key_of(opened, secret, folder=folder).key)
    return now.audit_entries if now else 0


def _is_same_store(folder: Path | None, store: str) -> bool:
    if folder is None:
        return False
    try:
        return keys.read_key_file(DataFolder(folder)).store == store
    except OfficeError:
        return False


def _scratch(folder: Path | None) -> Path | None:
    return folder if folder is not None and folder.is_dir() else None
