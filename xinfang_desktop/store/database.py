"""The store: opening it, and doing work in it, one transaction for every act.

What is read leaves the session that read it: nothing that a window holds can write by itself. Every
transaction leaves its trail in the same transaction: the steps, the changed fields, and what
casework asks to be noted.
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
    DOING,
    OFFICE_SETTING,
    Account,
    ActDone,
    Acts,
    Doing,
    Note,
    Noted,
    OfficeProfile,
    Role,
    Setting,
    Viewer,
)
from xinfang_desktop.paths import DataFolder

from . import keys, recording, tries
from .changes import Changes
from .cipher import PLAIN_MAGIC, connect, driver
from .clock import doubt
from .failures import told_plainly
from .holding import Holding
from .migrations import LATEST, migrate
from .pending import MARKER, finish_pending
from .places import unfit_for_store
from .presence import store_exists
from .recovery_code import new_recovery_code
from .trail import Head, Trail, TrailVerdict
from .upgrade import bring_up_to_date
from .vault import Vault

__all__ = ["Clock", "Store", "create_store", "open_store", "store_exists"]

R = TypeVar("R")
Clock = Callable[[], datetime]

HEAD_FILE = "xinfang.head"

_HEADER_BYTES = 16
_READING = "xinfang_reading"
_NOTED_AGAIN_MINUTES = 10

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
NEWER = (
    "数据是更新版本的程序建立的，现在以只读方式打开：可以查看和打印，不能登记或修改。"
    "请换用新版程序。"
)

_RESTORING = "恢复程序"

RECOVERY_VIEWER = Viewer(name="恢复码", cleared=True, role=Role.ADMINISTRATOR)


class Store:
    """An open store.

    Attributes:
        folder: where its files lie.
        engine: SQLAlchemy's engine, for casework through ``do`` and ``read`` only.
        viewer: on whose behalf it was opened.
        slot: the place in the key file that opened it, or None for the recovery code.
        vault: its attachments and issued papers.
        acts: what was done since it was opened, to be taken back by ``casework.undo``.
        clock: gives the moment of what is noted by itself; None where nobody gave one.
        is_read_only: whether it belongs to a newer program; ``notice`` then says so.
        upgraded_from: the schema it had before this opening, where it was upgraded.
        clock_doubt: what was doubtful about the clock when it was opened, in words, or None.
    """

    def __init__(
        self, folder: DataFolder, key: bytes, *, clock: Clock | None = None, read_only: bool = False
    ) -> None:
        self.folder = folder
        self.viewer = RECOVERY_VIEWER
        self.slot: str | None = None
        self.clock = clock
        self.is_read_only = read_only
        self.notice: str | None = NEWER if read_only else None
        self.upgraded_from: int | None = None
        self.clock_doubt: str | None = None
        self.acts = Acts()
        self.vault = Vault(folder.root, key)
        self.holding: Holding | None = None
        self._key = key
        self._trail = Trail(key, folder.root / HEAD_FILE)
        self._noted: dict[tuple[str, str], datetime] = {}
        self.engine = _make_engine(folder, key, writing=not read_only)
        self._for_reading = self.engine.execution_options(**{_READING: True})

    def do(self, work: Callable[[Session], R]) -> tuple[R, frozenset[type]]:
        """Do ``work`` in one transaction, or leave everything as it was.

        Gives the work's result and the kinds of record that changed.

        Raises:
            OfficeError: the work refused, the viewer may only read, or the disk or another program
                did not let it happen.
        """
        if self.is_read_only:
            raise OfficeError(NEWER)
        doing, changes = Doing(self.viewer, self.acts), Changes(self.viewer)
        with told_plainly(), self._session(self.engine, doing) as session:
            changes.watch(session)
            with session.begin():
                result = work(session)
                session.flush()
                numbers = recording.numbers_of(session, changes)
                act = recording.act_done(changes, numbers)
                doing.notes[:0] = recording.notes_of_steps(changes, numbers)
                head = self._record(session, doing, changes)
        self._remember(doing, act, head)
        return result, frozenset(changes.kinds)

    def read(self, work: Callable[[Session], R]) -> R:
        """Read what ``work`` reads, all of it as of one moment; nothing is written but the trail.

        Raises:
            OfficeError: the record is not there or not for this viewer, or the disk fails.
        """
        doing = Doing(self.viewer, self.acts)
        with told_plainly(), self._session(self._for_reading, doing) as session:
            result = work(session)
        if doing.notes:
            self.note(*doing.notes)
        return result

    def note(self, *notes: Note) -> None:
        """Note something in the trail that no transaction of its own stands for.

        A sealed matter that is looked at again within ten minutes is not noted again; a store that
        is only read takes no notes.
        """
        if self.is_read_only:
            return
        now = self.moment()
        fresh = [note for note in notes if self._is_fresh(note, now)]
        if fresh:
            self.do(lambda session: session.info[DOING].notes.extend(fresh))

    def moment(self) -> datetime:
        """Give the moment by the clock, or by the database where nobody gave a clock."""
        if self.clock is not None:
            return self.clock().replace(microsecond=0)
        with self.reading() as connection:
            return _moment_of(connection.execute)

    def verify_trail(self) -> TrailVerdict:
        """Read the whole trail and say whether it is whole, and where it breaks."""
        with self.reading() as connection:
            return self._trail.verify(connection.execute)

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

    @contextmanager
    def quiet(self) -> Iterator[Path]:
        """Lend the database file while nobody writes and nothing of it stands in the log."""
        with told_plainly():
            connection = connect(self.folder.store, self._key)
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                connection.execute("BEGIN IMMEDIATE")
                yield self.folder.store
            finally:
                connection.close()

    def key_for_slots(self) -> bytes:
        """Give the database key to the modules of this package that wrap it."""
        return self._key

    def close(self) -> None:
        """Write everything from the log into the database file and let go of it."""
        self.acts.forget()
        with suppress(Exception), self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA optimize")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.engine.dispose()
        if self.holding is not None:
            self.holding.release()

    def _session(self, engine: Engine, doing: Doing) -> Session:
        return Session(engine, expire_on_commit=False, info={DOING: doing})

    def _record(self, session: Session, doing: Doing, changes: Changes) -> Head | None:
        """Write the history of fields and the trail, in the transaction they tell of."""
        if not doing.notes and not changes.kinds:
            return None
        execute = session.connection().exec_driver_sql
        if changes.steps:
            at = changes.steps[-1].recorded_at
        else:
            at = self.moment() if self.clock else _moment_of(execute)
        recording.keep_field_changes(session, changes, by=self.viewer.name, at=at)
        return self._trail.append(execute, doing.notes, by=self.viewer.name, at=at)

    def _remember(self, doing: Doing, act: ActDone | None, head: Head | None) -> None:
        if head is not None:
            self._trail.keep_head(head)
        if act is None:
            return
        if doing.takes_back is not None:
            self.acts.took_back(doing.takes_back, ActDone(doing.takes_back.title, act.changes))
        else:
            self.acts.remember(act)

    def _is_fresh(self, note: Note, now: datetime) -> bool:
        if note.act != Noted.VIEW_SEALED:
            return True
        last = self._noted.get((note.act, note.number))
        self._noted[note.act, note.number] = now
        return last is None or abs((now - last).total_seconds()) > _NOTED_AGAIN_MINUTES * 60


def create_store(
    folder: Path,
    *,
    password: str,
    profile: OfficeProfile,
    account: str,
    now: datetime,
    clock: Clock | None = None,
    program: str | None = None,
) -> tuple[Store, str]:
    """Set up an office in ``folder`` and give its open store and the recovery code.

    The code is shown this once and kept nowhere. The first account administers the store and may
    read accusations.

    Raises:
        OfficeError: there is a store already, the place is unfit, the password is empty, or the
            disk refuses.
    """
    if store_exists(folder):
        raise OfficeError(_ALREADY)
    if not account.strip():
        raise OfficeError(_NO_NAME)
    if unfit := unfit_for_store(folder):
        raise OfficeError(unfit)
    files, key, code = DataFolder(folder), keys.new_key(), new_recovery_code()
    key_file = keys.new_key_file(key, account=account.strip(), password=password, code=code)
    try:
        with told_plainly():
            _create_files(files, key, key_file)
            holding = Holding.take(folder, program=program, now=now) if program else None
        store = Store(files, key, clock=clock)
        store.holding = holding
        store.do(lambda session: _furnish(session, profile, account.strip(), now))
    except BaseException:
        _take_away(files)
        raise
    store.viewer = Viewer(name=account.strip(), cleared=True, role=Role.ADMINISTRATOR)
    store.slot = account.strip()
    return store, code


def open_store(
    folder: Path,
    *,
    password: str,
    clock: Clock | None = None,
    program: str | None = None,
    patience: float = 0.0,
) -> Store:
    """Open the store in ``folder`` with an account's password or with the recovery code.

    With a ``clock`` the opening is noted in the trail, and wrong passwords are counted and slowed
    down. With the name of a ``program`` the store is held: another that asks to hold it is refused,
    after ``patience`` seconds.

    Raises:
        OfficeError: each with its own sentence: no store, an unfit place, missing or damaged key
            file, wrong password, too many of them, miscopied recovery code, missing, empty, foreign
            or damaged store (``DamagedError``), held by another program (``HeldError``), a folder
            that cannot be written.
    """
    files = DataFolder(folder)
    if (folder / MARKER).is_file():
        with told_plainly(), Holding.take(folder, program=_RESTORING, patience=patience):
            finish_pending(folder)
    if not store_exists(folder):
        raise OfficeError(_NO_STORE)
    if unfit := unfit_for_store(folder):
        raise OfficeError(unfit)
    now = clock() if clock else None
    with told_plainly():
        opened = _opened(files, password, now)
        holding = _held(folder, program, now, patience)
        try:
            store = _opened_store(files, opened, clock)
        except BaseException:
            if holding:
                holding.release()
            raise
    store.holding = holding
    try:
        _let_in(store, opened.account)
        if clock:
            _note_opening(store)
    except BaseException:
        store.close()
        raise
    return store


def _opened(files: DataFolder, secret: str, now: datetime | None) -> keys.Opened:
    """Open the key file; with a moment given, wrong secrets are counted and slowed down."""
    before = tries.read_tries(files.root)
    if now is not None:
        tries.refuse_if_too_soon(before, now)
    try:
        return keys.open_key_file(files, secret)
    except keys.WrongSecretError:
        if now is not None:
            tries.keep_tries(files.root, before.after_wrong(now))
        raise


def _held(
    folder: Path, program: str | None, now: datetime | None, patience: float
) -> Holding | None:
    if program is None:
        return None
    return Holding.take(folder, program=program, now=now, patience=patience)


def _opened_store(files: DataFolder, opened: keys.Opened, clock: Clock | None) -> Store:
    _examine(files, opened.key_file)
    version = bring_up_to_date(files, opened.key)
    newer = version is not None and version > LATEST
    store = Store(files, opened.key, clock=clock, read_only=newer)
    store.upgraded_from = None if newer else version
    return store


def _let_in(store: Store, slot: str | None) -> None:
    if slot is not None:
        store.viewer = store.read(lambda session: _viewer(session, slot))
        store.slot = slot


def _note_opening(store: Store) -> None:
    """Note who opened it, and the wrong tries before; a store that is only read notes nothing."""
    store.clock_doubt = doubt(store.moment(), _last_moment(store))
    if store.is_read_only:
        return
    failed = [
        Note(Noted.FAILED_LOGIN, by="", at=moment)
        for moment in tries.read_tries(store.folder.root).moments
    ]
    upgraded = (
        [Note(Noted.UPGRADE, detail=f"{store.upgraded_from}→{LATEST}")]
        if store.upgraded_from
        else []
    )
    store.note(*failed, *upgraded, Note(Noted.LOGIN))
    tries.forget_tries(store.folder.root)


def _moment_of(execute: Callable[[str], Any]) -> datetime:
    return datetime.fromisoformat(execute("SELECT datetime('now', 'localtime')").fetchone()[0])


def _last_moment(store: Store) -> datetime | None:
    with store.reading() as connection:
        row = connection.execute("SELECT at FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def _make_engine(folder: DataFolder, key: bytes, *, writing: bool = True) -> Engine:
    engine = create_engine(
        "sqlite:///xinfang",
        creator=lambda: connect(folder.store, key, writing=writing),
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
    session.add(Account(name=account, slot=account, role=Role.ADMINISTRATOR, cleared=True))
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


def _viewer(session: Session, slot: str) -> Viewer:
    account = session.exec(select(Account).where(Account.slot == slot)).first()
    if account is None or account.disabled:
        raise OfficeError(_NO_ACCOUNT)
    return Viewer(name=account.name, cleared=account.cleared, role=account.role)
