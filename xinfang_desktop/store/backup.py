"""Backups: consistent by construction, complete, and proven by opening them.

The log is written back, writing is held for the moment of a plain copy, and everything that is
needed to open the copy goes with it: key file, attachments, settings. It is written beside, made
durable, opened with the key, checked and counted; only then it gets its name and counts as one.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import settle_folder
from xinfang_desktop.models import Note, Noted

from . import container, keys
from .backup_records import MadeBackup, keep_records, read_records, stick_at
from .cipher import connect
from .container import BROKEN, Container, Contents, Manifest, Packing
from .database import Store
from .failures import DAMAGED, told_plainly
from .migrations import schema_version
from .schedule import is_due, kept
from .tidying import tidy
from .upgrade import in_words
from .vault import Vault, vault_references

FOLDER = "backups"
"""The folder of the automatic backups, beside the database."""

POOL = "xinfang-vault"
"""The folder beside backups with the attachments that they share."""

SETTINGS = ("window.json", "printers.json")
OFFICE_FORMS = "forms/*.toml"
"""Small files beside the database that go with it."""

_SPARE = 16 * 2**20
_NAME = re.compile(r"xinfang-([0-9a-f]{6})-(\d{8}-\d{6})(?:-\d+)?\.xfbak")
_STAMP = "%Y%m%d-%H%M%S"

_NO_ROOM = (
    "{place}空间不够：还需要{needed}，只剩{free}。没有备份；现有数据和以前的备份都没有改动。"
    "请腾出空间，或换一个U盘。"
)
_NO_PLACE = "找不到要备份到的位置，没有备份；现有数据没有改动。请插好U盘，或先建好文件夹再试。"
_NOT_PROVEN = (
    "备份写完后打开核对不符，没有采用；现有数据没有改动，以前的备份还在。"
    "请换一个U盘再备份一次，并运行数据检查。"
)
_STOPPED = (
    "备份没有写完（U盘可能被拔出，或写不进去）；现有数据没有改动，以前的备份还在。"
    "请插好U盘再备份一次。"
)

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Backup:
    """A backup that was made and proven."""

    path: Path
    made_at: datetime
    size: int
    contents: Contents


def make_backup(
    store: Store,
    to: Path,
    *,
    now: datetime,
    portable: bool = False,
    say: Progress = lambda _: None,
) -> Backup:
    """Back ``store`` up into the folder ``to``, prove it, and give what was made.

    A ``portable`` backup holds the attachments in itself and is all that another PC needs; others
    share them in a folder beside.

    Raises:
        OfficeError: no such place, no room, the place went away, or the copy was not the same.
    """
    if not to.is_dir():
        raise OfficeError(_NO_PLACE)
    target = _target(store, to, now)
    beside = to / f".{target.name}.part"
    try:
        _check_room(store, to, portable=portable)
        say("正在复制")
        manifest = _write(store, beside, to, now=now, portable=portable)
        say("正在核对")
        prove(beside, store.key_for_slots(), scratch=store.folder.root, pool=to / POOL)
        beside.replace(target)
        settle_folder(to)
    except OfficeError:
        raise
    except OSError:
        raise OfficeError(_STOPPED) from None
    finally:
        with suppress(OSError):
            beside.unlink()
    backup = Backup(target, now, target.stat().st_size, manifest.contents)
    _note(store, backup)
    return backup


def backup_if_due(store: Store, *, now: datetime, leaving: bool = False) -> Backup | None:
    """Make the automatic backup beside the database when it is due, and thin the old ones.

    What a stop has left lying about is taken away on the way.

    Raises:
        OfficeError: as ``make_backup``.
    """
    folder = store.folder.root
    tidy(store, now=now)
    records = read_records(folder)
    own = [one for one in records.made if Path(one.path).parent == folder / FOLDER]
    last = max(own, key=lambda one: one.at, default=None)
    changed = last is None or last.fingerprint != fingerprint(store)
    moment = last.moment if last else None
    if records.paused or not is_due(moment, now=now, changed=changed, leaving=leaving):
        return None
    with told_plainly():
        (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    backup = make_backup(store, folder / FOLDER, now=now)
    thin(store, folder / FOLDER, now=now)
    return backup


def thin(store: Store, place: Path, *, now: datetime) -> list[Path]:
    """Take away the backups of this store in ``place`` that need not be kept, and give them."""
    found = dict(backups_in(place, _store_id(store)))
    keeping = kept(list(found.values()), now=now)
    gone = [path for path, moment in found.items() if moment not in keeping]
    for path in gone:
        with suppress(OSError):
            path.unlink()
    if gone:
        folder = store.folder.root
        keep_records(folder, read_records(folder).without(gone))
    return gone


def backups_in(place: Path, store_id: str | None = None) -> list[tuple[Path, datetime]]:
    """Give the backups in a folder with their moments, the latest first."""
    found = []
    for path in place.glob(f"*{container.SUFFIX}"):
        match = _NAME.fullmatch(path.name)
        if match and store_id in (None, match[1]):
            with suppress(ValueError):
                found.append((path, datetime.strptime(match[2], _STAMP)))
    return sorted(found, key=lambda one: one[1], reverse=True)


def prove(
    path: Path, key: bytes, *, scratch: Path | None = None, pool: Path | None = None
) -> Manifest:
    """Open a backup's database with ``key``, check every page, and compare what it counts.

    ``scratch`` is where the copy that is opened may lie for the while; it is encrypted as it is.

    Raises:
        OfficeError: the backup is not whole.
    """
    with told_plainly(), Container(path) as opened, unpacked(opened, scratch) as folder:
        with closing(connect(folder / container.STORE, key)) as connection:
            _check_pages(connection)
            if counted(connection) != opened.manifest.contents:
                raise OfficeError(_NOT_PROVEN)
        _check_vault(opened, key, folder, pool or path.parent / POOL)
        return opened.manifest


@contextmanager
def unpacked(opened: Container, scratch: Path | None) -> Iterator[Path]:
    """Lend a folder with the database and the key file of a backup; it goes afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".xinfang-", dir=scratch))
    try:
        for name in (container.STORE, container.KEY_FILE):
            opened.extract(name, folder / name)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def key_of(opened: Container, secret: str, *, folder: Path | None = None) -> keys.Opened:
    """Open a backup's key with a password or the recovery code.

    Passwords are changed after a backup was made: where the store in ``folder`` is the same one,
    its present key file is asked as well.

    Raises:
        OfficeError: neither opens it, or the key file in it is damaged.
    """
    inside = keys.KeyFile.from_bytes(opened.read(container.KEY_FILE))
    if inside is None:
        raise OfficeError(BROKEN)
    try:
        return keys.open_with(inside, secret)
    except keys.WrongSecretError:
        present = _present_key_file(folder)
        if present is None or present.store != inside.store:
            raise
        return keys.open_with(present, secret)


def counted(connection: Any) -> Contents:  # noqa: ANN401 - untyped driver
    """Count what is in a store."""

    def one(sql: str) -> Any:  # noqa: ANN401
        row = connection.execute(sql).fetchone()
        return row[0] if row else None

    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    newest = "SELECT number FROM petition ORDER BY id DESC LIMIT 1"
    day = "SELECT substr(registered_at, 1, 10) FROM petition ORDER BY id DESC LIMIT 1"
    return Contents(
        petitions=one("SELECT count(*) FROM petition"),
        newest_number=one(newest) or "",
        newest_day=one(day) or "",
        petitioners=one("SELECT count(*) FROM petitioner"),
        drafts=one("SELECT count(*) FROM draft"),
        files=len(vault_references(connection)),
        audit_entries=one("SELECT count(*) FROM audit_entry") if "audit_entry" in tables else 0,
        schema=schema_version(connection),
    )


def fingerprint(store: Store) -> str:
    """Give a few signs that change when something worth a backup has changed."""
    passive = ", ".join(f"'{act.value}'" for act in (Noted.BACKUP, Noted.LOGIN, Noted.FAILED_LOGIN))
    queries = (
        f"SELECT max(id) FROM audit_entry WHERE act NOT IN ({passive})",
        "SELECT count(*), max(saved_at) FROM draft",
        "SELECT count(*), max(id) FROM field_change",
        "SELECT count(*), max(id) FROM petition",
        "SELECT group_concat(key || value) FROM setting",
    )
    with store.reading() as connection:
        told = [connection.execute(query).fetchone() for query in queries]
    return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def settings_in(folder: Path) -> list[str]:
    """Name the settings that travel with the data: the window's, and the office's own forms."""
    own = sorted(path.relative_to(folder).as_posix() for path in folder.glob(OFFICE_FORMS))
    return [name for name in SETTINGS if (folder / name).is_file()] + own


def _write(store: Store, beside: Path, to: Path, *, now: datetime, portable: bool) -> Manifest:
    with _copied(store) as copy, beside.open("xb") as file:
        beside.chmod(0o600)
        with closing(connect(copy, store.key_for_slots())) as connection:
            contents = counted(connection)
            names = _present(store.vault, vault_references(connection))
        packing = Packing(file)
        packing.add(container.STORE, copy)
        packing.add_bytes(container.KEY_FILE, keys.read_key_file(store.folder).to_bytes())
        for name in settings_in(store.folder.root):
            packing.add(name, store.folder.root / name)
        if portable:
            for name in names:
                packing.add(container.VAULT + name, store.vault.path(name))
        else:
            _fill_pool(store.vault, names, to / POOL)
        manifest = Manifest(
            made_at=now.isoformat(timespec="seconds"),
            store=keys.read_key_file(store.folder).store,
            contents=contents,
            parts=tuple(packing.parts),
            vault=tuple(names),
            vault_is_inside=portable,
        )
        packing.finish(manifest)
        file.flush()
        os.fsync(file.fileno())
    return manifest


@contextmanager
def _copied(store: Store) -> Iterator[Path]:
    """Lend a copy on the same disk: saving is held for as long as that takes, not a slow stick."""
    with told_plainly():
        folder = Path(tempfile.mkdtemp(prefix=".xinfang-", dir=store.folder.root))
    try:
        with store.quiet() as database:
            shutil.copyfile(database, folder / container.STORE)
        yield folder / container.STORE
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _present(vault: Vault, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if vault.path(name).is_file())


def _fill_pool(vault: Vault, names: Iterable[str], pool: Path) -> None:
    """Copy the attachments that the folder beside does not have yet."""
    for name in names:
        source, target = vault.path(name), pool / name[:2] / name[2:]
        if target.is_file() and target.stat().st_size == source.stat().st_size:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.part")
        with source.open("rb") as original, beside.open("wb") as copy:
            shutil.copyfileobj(original, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        beside.replace(target)
        settle_folder(target.parent)


def _check_room(store: Store, to: Path, *, portable: bool) -> None:
    vault = list(store.vault.names()) if store.vault.folder.is_dir() else []
    missing = [name for name in vault if portable or not (to / POOL / name[:2] / name[2:]).exists()]
    attachments = sum(store.vault.path(name).stat().st_size for name in missing)
    database = store.folder.store.stat().st_size
    _need(to, "备份位置", database + attachments + _SPARE)
    _need(store.folder.root, "本机磁盘", database * 2 + _SPARE)


def _need(place: Path, title: str, needed: int) -> None:
    free = shutil.disk_usage(place).free
    if free < needed:
        raise OfficeError(
            _NO_ROOM.format(place=title, needed=in_words(needed), free=in_words(free))
        )


def _check_pages(connection: Any) -> None:  # noqa: ANN401 - untyped driver
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise OfficeError(BROKEN)
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        raise OfficeError(DAMAGED)


def _check_vault(opened: Container, key: bytes, folder: Path, pool: Path) -> None:
    """See that every attachment is there; those inside are opened as well."""
    vault = Vault(folder, key)
    for name in opened.manifest.vault:
        if opened.manifest.vault_is_inside:
            path = vault.path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            opened.extract(container.VAULT + name, path)
            whole = not vault.damaged([name])
            path.unlink()
        else:
            whole = (pool / name[:2] / name[2:]).is_file()
        if not whole:
            raise OfficeError(BROKEN)


def _note(store: Store, backup: Backup) -> None:
    """Write down that there is a backup; that it cannot be noted does not undo it."""
    folder, stick = store.folder.root, stick_at(backup.path.parent)
    records = read_records(folder)
    if stick is not None:
        records = records.with_stick(stick)
    made = MadeBackup(
        path=str(backup.path),
        at=backup.made_at.isoformat(timespec="seconds"),
        size=backup.size,
        petitions=backup.contents.petitions,
        fingerprint=fingerprint(store),
        stick=stick.id if stick else "",
    )
    with suppress(OfficeError):
        keep_records(folder, records.with_made(made))
    if not store.is_read_only:
        with suppress(OfficeError):
            store.note(Note(Noted.BACKUP, detail=f"{backup.contents.petitions}件"))


def _target(store: Store, to: Path, now: datetime) -> Path:
    stem = f"xinfang-{_store_id(store)}-{now.strftime(_STAMP)}"
    target, number = to / f"{stem}{container.SUFFIX}", 2
    while target.exists():
        target, number = to / f"{stem}-{number}{container.SUFFIX}", number + 1
    return target


def _store_id(store: Store) -> str:
    return keys.read_key_file(store.folder).store[:6]


def _present_key_file(folder: Path | None) -> keys.KeyFile | None:
    if folder is None:
        return None
    from xinfang_desktop.paths import DataFolder

    try:
        return keys.read_key_file(DataFolder(folder))
    except OfficeError:
        return None
