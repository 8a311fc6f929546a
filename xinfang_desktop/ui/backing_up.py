"""Backups while the window is open: made by themselves, and how old the last proven one is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store.backup_records import read_records
from xinfang_desktop.store.schedule import EVERY, age_in_words, overdue

from .desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from xinfang_desktop.store.backup import Backup

LOOK_EVERY_MS = 60_000
OLD = timedelta(days=7)
_PAUSED = "自动备份暂停着"
_FAILED = "上次自动备份没有成功"
_CANCELLED = "已取消，没有备份；现有数据和以前的备份都没有改动。"


class Cancelled(OfficeError):
    """Somebody does not want to wait."""

    def __init__(self) -> None:
        super().__init__(_CANCELLED)


class Progress:
    """What a thread says of its work, for the window to read; and whether it is to stop."""

    def __init__(self) -> None:
        self.words = ""
        self.is_cancelled = False

    def say(self, words: str) -> None:
        """Take note of a step (in the thread).

        Raises:
            Cancelled: nobody waits for it any more.
        """
        if self.is_cancelled:
            raise Cancelled
        self.words = words

    def cancel(self) -> None:
        """Stop at the next step."""
        self.is_cancelled = True


def state_of(folder: Path, now: object, *, failed: bool = False) -> tuple[str, bool]:
    """Say how the backups stand, and whether that is fine."""
    from datetime import datetime

    assert isinstance(now, datetime)
    records = read_records(folder)
    last = records.last_proven
    told = [age_in_words(last.moment if last else None, now=now)]
    told += [sentence.rstrip("。") for sentence in overdue(records.for_schedule(), now=now)]
    if records.paused:
        told.append(_PAUSED)
    elif failed:
        told.append(_FAILED)
    is_fine = len(told) == 1 and last is not None and now - last.moment < OLD
    return " · ".join(told), is_fine


class BackupKeeper(QObject):
    """Makes the automatic backup when it is due, off the window's thread.

    Signals:
        told(words, fine): how the backups stand.
        changed(): there is a new backup.
    """

    told = Signal(str, bool)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failed = False
        self._is_busy = False
        self._looked_at = desk.now()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.closing.connect(self._timer.stop)

    def look(self) -> None:
        """Say how the backups stand; make one where half an hour is over."""
        self.tell()
        if self._desk.now() - self._looked_at >= EVERY:
            self.make_if_due()

    def tell(self) -> None:
        """Say how the backups stand."""
        self.told.emit(*state_of(self._desk.folder, self._desk.now(), failed=self._failed))

    def make_if_due(self) -> None:
        """Make the automatic backup if something changed since the last."""
        if self._is_busy or self._desk.store.is_read_only:
            return
        self._is_busy, self._looked_at = True, self._desk.now()
        store, now = self._desk.store, self._desk.now()

        def work() -> Backup | None:
            from xinfang_desktop.store.backup import backup_if_due

            return backup_if_due(store, now=now)

        self._desk.run(work, self._made, self._refused).ended.connect(self._rest)

    def _rest(self) -> None:
        self._is_busy = False

    def _made(self, made: Backup | None) -> None:
        self._failed = False
        self.tell()
        if made is not None:
            self.changed.emit()

    def _refused(self, sentence: str) -> None:
        if not self._failed:
            self._desk.failed.emit(sentence)
        self._failed = True
        self.tell()
