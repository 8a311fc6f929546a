"""Finder: looks matters up as somebody types, off the window's thread.

There is one thread with one connection. A newer question breaks off the older one; an answer to an
older question is never shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from .background import Background
from .desk import Desk

if TYPE_CHECKING:
    from xinfang_desktop.casework.search import Filter

Question = Callable[[Any], object]


class Finder(QObject):
    """Answers the latest question.

    Signals:
        found(ids): the matters that were asked for, as an ``array('q')``.
        counted(counts): how many each filter gives, by its key.
        idle(): every question so far is answered or pointless.
    """

    found = Signal(object)
    counted = Signal(object)
    idle = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = Background(self, threads=1)
        self._connection: Any = None
        self._generation = 0
        self._open = 0
        desk.closing.connect(self.let_go)

    @property
    def is_busy(self) -> bool:
        """Whether a question is still open."""
        return self._open > 0

    def find(self, words: str, where: Filter) -> None:
        """Ask for the matters that hold ``words``; whatever was asked before is dropped."""
        from xinfang_desktop.casework.search import find

        viewer = self._desk.viewer
        self._ask(lambda source: find(source, words, viewer=viewer, **where), self.found.emit)

    def count(self, filters: dict[str, Filter]) -> None:
        """Ask how many matters each filter gives; it waits its turn behind a search."""
        from xinfang_desktop.casework.search import count

        viewer = self._desk.viewer
        self._queue(
            lambda source: {
                key: count(source, viewer=viewer, **where) for key, where in filters.items()
            },
            self.counted.emit,
        )

    def let_go(self) -> None:
        """Break off, wait, and close the connection."""
        self._interrupt()
        self._background.let_go()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, question: Question, tell: Callable[[object], object]) -> None:
        self._interrupt()
        self._queue(question, tell)

    def _interrupt(self) -> None:
        self._generation += 1
        if self._open and self._connection is not None:
            self._connection.interrupt()

    def _queue(self, question: Question, tell: Callable[[object], object]) -> None:
        asked = self._generation
        self._open += 1

        def deliver(answer: object) -> None:
            if answer is not None and asked == self._generation:
                tell(answer)

        errand = self._background.run(
            lambda: self._answer(question, asked), deliver, self._desk.failed.emit
        )
        errand.ended.connect(self._one_less)

    def _answer(self, question: Question, asked: int) -> object:
        from xinfang_desktop.store.failures import Interrupted, told_plainly

        if asked != self._generation:
            return None
        try:
            with told_plainly():
                if self._connection is None:
                    self._connection = self._desk.store.connection()
                return question(self._connection)
        except Interrupted:
            return None

    def _one_less(self) -> None:
        self._open -= 1
        if not self._open:
            self.idle.emit()
