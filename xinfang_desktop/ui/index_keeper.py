"""IndexKeeper: puts into the index of the words what it lacks, off the window's thread.

After an upgrade every matter has to be put in again; that goes on behind the work, a few at a time,
and a line above the pages says so meanwhile.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from .desk import Desk

_LEFT = "正在整理查找用的索引（还有 {left} 件）；这期间有的件查不到，登记和办理照常。"
_AT_ONCE = 100
"""Matters in one transaction: a clerk who saves waits for no more."""


class IndexKeeper(QObject):
    """Works while there is something to put in.

    Signals:
        told(sentence): how it goes; nothing when all is done.
        finished(): nothing is lacking any more.
    """

    told = Signal(str)
    finished = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_at_work = False
        self._is_over = False
        self._looks_again = False
        desk.changed.connect(lambda _: self.look())
        desk.closing.connect(self._stop)

    def look(self) -> None:
        """See whether something is lacking, and put it in."""
        if self._is_over or self._desk.store.is_read_only:
            return
        self._looks_again = self._is_at_work
        if not self._is_at_work:
            self._is_at_work = True
            self._desk.run(self._first, self._went, self._gave_up)

    def _first(self) -> int:
        from xinfang_desktop.casework.word_index import is_behind

        return self._some() if self._desk.read(is_behind) else 0

    def _some(self) -> int:
        from xinfang_desktop.casework.word_index import catch_up

        left, _ = self._desk.store.do(lambda session: catch_up(session, at_most=_AT_ONCE))
        return left

    def _went(self, left: int) -> None:
        self.told.emit(_LEFT.format(left=left) if left else "")
        if left and not self._is_over:
            self._desk.run(self._some, self._went, self._gave_up)
            return
        self._is_at_work = False
        if self._looks_again:
            self.look()
        else:
            self.finished.emit()

    def _gave_up(self, _: str) -> None:
        """Leave it for the next time: what is lacking is still noted."""
        self._is_at_work = False
        self.told.emit("")

    def _stop(self) -> None:
        self._is_over = True
