"""The store: opening it, and doing work in it, one transaction for every act.

What is read leaves the session that read it: nothing that a window holds can write by itself.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    OFFICE_SETTING,
    Account,
    OfficeProfile,
    Role,
    Setting,
    Viewer,
)
from xinfang_desktop.paths import DataFolder

from . import keys
from .cipher import PLAIN_MAGIC, connect, driver
from .failures import DAMAGED, told_plainly
from .migrations import LATEST, migrate, schema_version
from .presence import store_exists
from .recovery_code import new_recovery_code

__all__ = ["Store", "create_store", "open_store", "store_exists"]

R = TypeVar("R")

_HEADER_BYTES = 16
_READING = "xinfang_reading"

_ALREADY = "这个文件夹里已有一份信访数据，没有新建，原有数据没有改动。请打开它，或另选文件夹。"
_NO_STORE = "这个文件夹里没有信访数据。请先新建（xinfang init），或核对数据文件夹。"
_STORE_MISSING = (
    "数据文件 xinfang.db 不见了，密钥文件还在。请把它从备份放回数据文件夹，切勿在此新建。"
)
_EMPTY = "数据文件是空的，没有打开，也没有改动它。请不要删除任何文件，用最近的备份恢复。"
_PLAIN = "这里的 xinfang.db 不是信访案头的加密数据，没有打开，也没有改动它。请放回原来的数据文件。"
_FOREIGN = (
    "数据文件和密钥文件不是同一套（文件被换过，或开头已损坏），没有打开，也没有改动。"
    "请从同一份备份取回两个文件。"
)
_NO_ACCOUNT = "这个密码对应的账户已经停用，没有打开；数据没有改动。请联系管理员。"
_NO_NAME = "请填写账户名称。"

RECOVERY_VIEWER = Viewer(name="恢复码", cleared=True)


class Store:
    """An open store.

    Attributes:
        folder: where its files lie.
        engine: SQLAlchemy's engine, for casework through ``do`` and ``read`` only.
        viewer: on whose behalf it was opened.
    """

    def __init__(self, folder: DataFolder, key: bytes) -> None:
        self.folder = folder
        self.viewer = RECOVERY_VIEWER
        self._key = key
        self.engine = _make_engine(folder, key)
        self._for_reading = self.engine.execution_options(**{_READING: True})

    def do(self, work: Callable[[Session], R]) -> tuple[R, frozenset[type]]:
        """Do ``work`` in one transaction, or leave everything as it was.

        Gives the work's result and the kinds of record that changed.

        Raises:
            OfficeError: the work refused, or the disk or another program did not let it happen.
        """
        kinds: set[type] = set()
        with told_plainly(), Session(self.engine, expire_on_commit=False) as session:

            @event.listens_for(session, "after_flush")
            def collect(session: Session, _: object) -> None:
                kinds.update(map(type, (*session.new, *session.dirty, *session.deleted)))

            with session.begin():
                result = work(session)
        return result, frozenset(kinds)

    def read(self, work: Callable[[Session], R]) -> R:
        """Read what ``work`` reads, all of it as of one moment; nothing is written.

        Raises:
            OfficeError: the record is not there or not for this viewer, or the disk fails.
        """
        with told_plainly(), Session(self._for_reading, expire_on_commit=False) as session:
            return work(session)

    def connection(self) -> Any:  # noqa: ANN401 - untyped driver
        """Open a read-only connection of its own, for a worker thread; whoever asks closes it.

        Its ``interrupt()`` may be called from another thread: the query under way then ends with
        ``failures.Interrupted`` where it runs under ``told_plainly``.
        """
        with told_plainly():
            return connect(self.folder.store, self._key, writing=False)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Lend a read-only connection and close it; failures are told plainly."""
        connection = self.connection()
        try:
            with told_plainly():
                yield connection
        finally:
            connection.close()

    def close(self) -> None:
        """Write everything from the log into the database file and let go of it."""
        with suppress(Exception), self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA optimize")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.engine.dispose()


def create_store(
    folder: Path, *, password: str, profile: OfficeProfile, account: str, now: datetime
) -> tuple[Store, str]:
    """Set up an office in ``folder`` and give its open store and the recovery code.

    The code is shown this once and kept nowhere. The first account administers the store and may
    read accusations.

    Raises:
        OfficeError: there is a store already, the password is empty, or the disk refuses.
    """
    if store_exists(folder):
        raise OfficeError(_ALREADY)
    if not account.strip():
        raise OfficeError(_NO_NAME)
    files, key, code = DataFolder(folder), keys.new_key(), new_recovery_code()
    key_file = keys.new_key_file(key, account=account.strip(), password=password, code=code)
    try:
        with told_plainly():
            _create_files(files, key, key_file)
        store = Store(files, key)
        store.do(lambda session: _furnish(session, profile, account.strip(), now))
    except BaseException:
        _take_away(files)
        raise
    store.viewer = Viewer(name=account.strip(), cleared=True)
    return store, code


def open_store(folder: Path, *, password: str) -> Store:
    """Open the store in ``folder`` with an account's password or with the recovery code.

    Raises:
        OfficeError: each with its own sentence: no store, missing or damaged key file, wrong
            password, miscopied recovery code, missing, empty, foreign or damaged store, a store of
            a newer program, a folder that cannot be written.
    """
    files = DataFolder(folder)
    if not store_exists(folder):
        raise OfficeError(_NO_STORE)
    with told_plainly():
        opened = keys.open_key_file(files, password)
        _examine(files, opened.key_file)
        _bring_up_to_date(files, opened.key)
    store = Store(files, opened.key)
    try:
        if opened.account is not None:
            store.viewer = store.read(lambda session: _viewer(session, opened.account))
    except BaseException:
        store.close()
        raise
    return store


def _make_engine(folder: DataFolder, key: bytes) -> Engine:
    engine = create_engine(
        "sqlite:///xinfang",
        creator=lambda: connect(folder.store, key),
        module=driver,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(_READING)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _create_files(files: DataFolder, key: bytes, key_file: keys.KeyFile) -> None:
    files.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(files.store, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = connect(files.store, key)
    try:
        migrate(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    keys.write_key_file(files, keys.with_header(key_file, _header(files)))


def _furnish(session: Session, profile: OfficeProfile, account: str, now: datetime) -> None:
    session.add(Account(name=account, role=Role.ADMINISTRATOR, cleared=True))
    session.add(Setting(key=OFFICE_SETTING, value=profile.model_dump_json()))
    session.add(Setting(key="founded_at", value=f'"{now.isoformat(timespec="seconds")}"'))


def _take_away(files: DataFolder) -> None:
    for path in (files.store, files.key_file, files.key_copy):
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            with suppress(OSError):
                (files.root / name).unlink()


def _examine(files: DataFolder, key_file: keys.KeyFile) -> None:
    """Refuse a store file that cannot be the one this key file was made for."""
    if not files.store.is_file():
        raise OfficeError(_STORE_MISSING)
    header = _header(files)
    if not header:
        raise OfficeError(_EMPTY)
    if header == PLAIN_MAGIC:
        raise OfficeError(_PLAIN)
    if key_file.header and header.hex() != key_file.header:
        raise OfficeError(_FOREIGN)


def _header(files: DataFolder) -> bytes:
    with files.store.open("rb") as file:
        return file.read(_HEADER_BYTES)


def _bring_up_to_date(files: DataFolder, key: bytes) -> None:
    connection = connect(files.store, key)
    try:
        if schema_version(connection) == 0:
            raise OfficeError(DAMAGED)
        if migrate(connection) == LATEST:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    finally:
        connection.close()


def _viewer(session: Session, name: str | None) -> Viewer:
    account = session.exec(select(Account).where(Account.name == name)).first()
    if account is None:
        raise OfficeError(_NO_ACCOUNT)
    return Viewer(name=account.name, cleared=account.cleared)
