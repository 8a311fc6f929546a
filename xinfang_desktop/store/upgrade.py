"""Upgrading a store: on a copy, its rows counted, swapped in only when nothing is less.

The old database is kept beside, under the number of its schema. Until the last rename nothing of
the store has changed; whatever stops the upgrade before leaves the store as it was.
"""

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import settle_folder
from xinfang_desktop.paths import DataFolder

from .cipher import connect
from .failures import DamagedError
from .migrations import LATEST, STEPS, migrate, schema_version
from .pending import KEPT

_NO_ROOM = (
    "磁盘空间不够，数据没有升级，也没有改动。升级要先做一份副本，请腾出{needed}以上的空间后再打开。"
)
_LESS = (
    "数据升级后的条数与升级前不符，没有采用升级，原数据没有改动。请联系维护人员，可先用旧版程序。"
)
_SPARE = 16 * 2**20


def bring_up_to_date(files: DataFolder, key: bytes) -> int | None:
    """Upgrade an older store, prove that one of today can be written, and leave a newer one alone.

    Gives the version it had before when it was upgraded, or when it is newer than the program.

    Raises:
        OfficeError: no room, or the upgrade would lose something; the store is as it was.
    """
    with closing(connect(files.store, key)) as connection:
        version = schema_version(connection)
        if version == 0:
            raise DamagedError
        if version > LATEST:
            return version
        if version == LATEST:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            return None
        upgraded = _upgraded_copy(files, key, connection)
    _keep(files.store, f"xinfang-schema{version}.db")
    swap_in(upgraded, files.store)
    return version


def swap_in(new: Path, store: Path) -> None:
    """Put ``new`` in the place of ``store``; a log of the old one would spoil the new one."""
    for suffix in ("-wal", "-shm"):
        store.with_name(store.name + suffix).unlink(missing_ok=True)
    new.replace(store)
    settle_folder(store.parent)


def row_counts(connection: Any) -> dict[str, int]:  # noqa: ANN401 - untyped driver
    """Count the rows of every table of ours."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " AND name NOT LIKE 'petition\\_words\\_%' ESCAPE '\\'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names
    }


def in_words(size: int) -> str:
    """Give a size in bytes as a clerk reads it."""
    return f"{size / 2**30:.1f} GB" if size >= 2**30 else f"{max(size / 2**20, 1):.0f} MB"


def _upgraded_copy(files: DataFolder, key: bytes, connection: Any) -> Path:  # noqa: ANN401
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    needed = files.store.stat().st_size * 2 + _SPARE
    if shutil.disk_usage(files.root).free < needed:
        raise OfficeError(_NO_ROOM.format(needed=in_words(needed)))
    copy = files.store.with_name("xinfang.db.new")
    _forget(copy)
    try:
        shutil.copyfile(files.store, copy)
        copy.chmod(0o600)
        with closing(connect(copy, key)) as migrated:
            migrate(migrated)
            _compare(row_counts(connection), row_counts(migrated), schema_version(connection))
            if migrated.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise OfficeError(_LESS)
            migrated.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        _settle(copy)
    except BaseException:
        _forget(copy)
        raise
    return copy


def _compare(before: dict[str, int], after: dict[str, int], version: int) -> None:
    told = {name for step in STEPS[version:] for name in getattr(step, "RECOUNTED", ())}
    if any(after.get(name) != count for name, count in before.items() if name not in told):
        raise OfficeError(_LESS)


def _keep(store: Path, name: str) -> None:
    kept = store.parent / KEPT
    kept.mkdir(mode=0o700, exist_ok=True)
    target = kept / name
    target.unlink(missing_ok=True)
    try:
        os.link(store, target)
    except OSError:
        shutil.copyfile(store, target)
        _settle(target)
    settle_folder(kept)


def _forget(copy: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _settle(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
