"""Desk: the one thing a page works through; it holds the store, the day and the look.

A page asks for casework in one transaction and is told, like every other page, which kinds of
record changed; pages never speak to each other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from xinfang_desktop.errors import OfficeError

from .background import Background, Errand
from .preferences import KeptPreferences
from .theme import Theme

if TYPE_CHECKING:
    from xinfang_desktop.models import ActDone, OfficeProfile, Right, Viewer
    from xinfang_desktop.store.database import Store

ResultT = TypeVar("ResultT")
Clock = Callable[[], datetime]

_NOT_THE_LATEST = "在这之后又做了别的操作，没有撤销。请按 Ctrl+Z 从最近的一步起依次撤销。"


class Desk(QObject):
    """The store behind the window, and what the pages share.

    Signals:
        changed(kinds): records of these kinds were written (a frozenset of classes).
        failed(sentence): something could not be done; the sentence says why and what to do.
        told(sentence): something was done that is worth a word.
        told_undoable(sentence, undo): the same, with a callable that takes it back.
        wait_wanted(title, work, done): ``work`` takes long and writes; the window is to wait for
            it, to show its progress, and to call ``done`` with what it gave.
        help_wanted(topic): somebody wants this page of the help.
        closing(): the window goes; whoever holds a connection lets go of it now.
    """

    changed = Signal(object)
    failed = Signal(str)
    told = Signal(str)
    told_undoable = Signal(str, object)
    wait_wanted = Signal(str, object, object)
    help_wanted = Signal(str)
    closing = Signal()

    def __init__(
        self,
        store: Store,
        *,
        theme: Theme,
        preferences: KeptPreferences | None = None,
        clock: Clock = datetime.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.theme = theme
        self.preferences = preferences or KeptPreferences(store.folder.root)
        self.background = Background(self)
        self._clock = clock

    @property
    def folder(self) -> Path:
        """Where the data lies."""
        return self.store.folder.root

    @property
    def viewer(self) -> Viewer:
        """Who is working."""
        return self.store.viewer

    @property
    def office(self) -> OfficeProfile:
        """The office as it is in the store now."""
        from xinfang_desktop.casework.matters import office_profile

        return self.read(office_profile)

    def now(self) -> datetime:
        """Give the moment, to the second."""
        return self._clock().replace(microsecond=0)

    def today(self) -> date:
        """Give the day."""
        return self._clock().date()

    def do(self, work: Callable[[Any], ResultT]) -> ResultT:
        """Do ``work`` in one transaction and announce what changed; a failure is raised."""
        result, kinds = self.store.do(work)
        if kinds:
            self.changed.emit(kinds)
        return result

    def attempt(self, work: Callable[[Any], ResultT]) -> ResultT | None:
        """Do ``work``; where it cannot be done, say so and give None."""
        try:
            return self.do(work)
        except OfficeError as error:
            self.failed.emit(error.sentence)
            return None

    def may(self, right: Right) -> bool:
        """Tell whether whoever is working may do this, in this store."""
        from xinfang_desktop.models import Right

        writing = (Right.WORK, Right.ACCOUNTS, Right.BACKUP)
        return self.viewer.may(right) and not (self.store.is_read_only and right in writing)

    def undo(self) -> bool:
        """Take back the latest act of this session; tells whether it was done at once."""
        from xinfang_desktop.casework import undo

        return self._step(undo.undo, self.store.acts.to_undo, "正在撤销")

    def redo(self) -> bool:
        """Do again what was taken back last; tells whether it was done at once."""
        from xinfang_desktop.casework import undo

        return self._step(undo.redo, self.store.acts.to_redo, "正在重做")

    def tell_undoable(self, sentence: str) -> None:
        """Say that the latest act was done, and offer to take this very one back."""
        act = self.store.acts.to_undo
        self.told_undoable.emit(sentence, lambda: self._undo_if_latest(act))

    def read(self, work: Callable[[Any], ResultT]) -> ResultT:
        """Read from the store, writing nothing."""
        return self.store.read(work)

    def look(self, work: Callable[[Any], ResultT]) -> ResultT | None:
        """Read; where it cannot be read, or not by this account, say so and give None."""
        try:
            return self.read(work)
        except OfficeError as error:
            self.failed.emit(error.sentence)
            return None

    def run(
        self,
        work: Callable[[], ResultT],
        done: Callable[[ResultT], object] | None = None,
        failed: Callable[[str], object] | None = None,
    ) -> Errand:
        """Do ``work`` off the window's thread; a failure nobody asked for is shown to the clerk."""
        return self.background.run(work, done, failed or self.failed.emit)

    def _step(self, step: Callable[..., str], act: ActDone | None, title: str) -> bool:
        """Take an act back, or do it again: at once, or in a thread where that takes long."""
        from xinfang_desktop.casework.undo import is_large

        by, now = self.viewer.name, self.now()
        if act is not None and is_large(act):
            store = self.store
            self.wait_wanted.emit(
                title,
                lambda watch: store.do(lambda s: step(s, by=by, now=now, watch=watch)),
                self._stepped,
            )
            return False
        told = self.attempt(lambda session: step(session, by=by, now=now))
        if told is not None:
            self.told.emit(told)
        return told is not None

    def _stepped(self, answer: tuple[str, frozenset[type]]) -> None:
        told, kinds = answer
        self.changed.emit(kinds)
        self.told.emit(told)

    def _undo_if_latest(self, act: object) -> None:
        if act is not None and self.store.acts.to_undo is act:
            self.undo()
        else:
            self.failed.emit(_NOT_THE_LATEST)
