"""Finder: looks matters up as somebody types, off the window's thread.

There is one thread with one connection. A newer question breaks off the older one; an answer to an
older question is never shown. The first page is answered before all the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from .background import Background
from .desk import Desk

if TYPE_CHECKING:
    from array import array

    from xinfang_desktop.casework.search import Filter, Sort

Question = Callable[[Any], object]

FIRST_PAGE = 256
"""Matters that are looked up before all of them: a few screens full."""


@dataclass(frozen=True)
class Asked:
    """What is looked for: words as typed, what the list is narrowed to, and its order."""

    words: str = ""
    where: Filter = field(default_factory=lambda: cast("Filter", {}))
    sort: Sort | None = None


class Finder(QObject):
    """Answers the latest question.

    Signals:
        found(ids): the first of the matters that were asked for, as an ``array('q')``.
        completed(ids): all of them.
        answered(key, answer): the answer to another question, by its key.
        idle(): every question so far is answered or pointless.
    """

    found = Signal(object)
    completed = Signal(object)
    answered = Signal(str, object)
    idle = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = Background(self, threads=1)
        self._connection: Any = None
        self._generations: dict[str, int] = {}
        self._running = ""
        self._open = 0
        self._is_over = False
        desk.closing.connect(self.let_go)

    @property
    def is_busy(self) -> bool:
        """Whether a question is still open."""
        return self._open > 0

    def find(self, asked: Asked) -> None:
        """Ask for matters; whatever was asked of this before is dropped."""
        generation = self._drop("find")
        self._queue("find", generation, partial(self._look_up, asked, FIRST_PAGE), self._first)
        self._queue("find", generation, partial(self._look_up, asked, None), self.completed.emit)

    def ask(self, key: str, question: Question) -> None:
        """Ask something else; an older question of the same key is dropped."""
        generation = self._drop(key)
        self._queue(key, generation, question, lambda answer: self.answered.emit(key, answer))

    def drop(self, key: str) -> None:
        """Let a question be."""
        self._drop(key)

    def let_go(self) -> None:
        """Break off, wait, and close the connection."""
        self._is_over = True
        for key in self._generations:
            self._generations[key] += 1
        if self._connection is not None:
            self._connection.interrupt()
        self._background.let_go()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _look_up(self, asked: Asked, limit: int | None, source: Any) -> array[int]:  # noqa: ANN401
        from xinfang_desktop.casework.search import find

        desk = self._desk
        return find(
            source,
            asked.words,
            viewer=desk.viewer,
            today=desk.today(),
            sort=asked.sort,
            limit=limit,
            **asked.where,
        )

    def _first(self, ids: array[int]) -> None:
        """Tell the first page; where it is all there is, all of them."""
        self.found.emit(ids)
        if len(ids) < FIRST_PAGE:
            self._drop("find")
            self.completed.emit(ids)

    def _drop(self, key: str) -> int:
        self._generations[key] = self._generations.get(key, 0) + 1
        if self._running == key and self._connection is not None:
            self._connection.interrupt()
        return self._generations[key]

    def _queue(
        self, key: str, generation: int, question: Question, tell: Callable[[Any], object]
    ) -> None:
        if self._is_over:
            return
        self._open += 1

        def deliver(answer: object) -> None:
            if answer is not None and generation == self._generations[key]:
                tell(answer)

        errand = self._background.run(
            lambda: self._answer(key, generation, question), deliver, self._desk.failed.emit
        )
        errand.ended.connect(self._one_less)

    def _answer(self, key: str, generation: int, question: Question) -> object:
        from xinfang_desktop.store.failures import Interrupted, told_plainly

        while generation == self._generations[key]:
            try:
                with told_plainly():
                    if self._connection is None:
                        self._connection = self._desk.store.connection()
                    self._running = key
                    return question(self._connection)
            except Interrupted:
                continue  # it was meant for an older question, or this one is older now
            finally:
                self._running = ""
        return None

    def _one_less(self) -> None:
        self._open -= 1
        if not self._open:
            self.idle.emit()
