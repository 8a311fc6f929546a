"""Proposing: a line with what was written there before, a key or a click away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from xinfang_desktop.ui.theme import Theme

from .flow import Flow
from .line import Line
from .words import button

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Proposing(QWidget):
    """A line edit; the arrows down and up put the proposals in, one after the other.

    Signals:
        edited(): something was typed or taken.
        entered(): Enter was pressed on settled text.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, name: str, theme: Theme, hint: str = "") -> None:
        super().__init__()
        self.line = _WalkedLine(name, hint)
        self.line.textEdited.connect(lambda _: self.edited.emit())
        self.line.entered.connect(self.entered)
        self.line.walked.connect(self._walk)
        self.setFocusProxy(self.line)
        self._proposals: tuple[str, ...] = ()
        below = QWidget()
        self._row = Flow(below)
        theme.space(self._row, gap=2)
        column = QVBoxLayout(self)
        theme.space(column, gap=2)
        column.addWidget(self.line)
        column.addWidget(below)
        self._below = below
        below.hide()

    @property
    def is_composing(self) -> bool:
        """Whether the input method holds text that is not typed yet."""
        return self.line.is_composing

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def show_text(self, text: str) -> None:
        """Show a text."""
        if text != self.line.text():
            self.line.setText(text)

    def propose(self, proposals: Sequence[str]) -> None:
        """Offer these."""
        self._proposals = tuple(proposals)
        for words in self._proposals:
            act = button(words, lambda words=words: self._take(words), role="small")  # type: ignore[misc]
            act.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._row.addWidget(act)
        self._below.setVisible(bool(self._proposals))
        if self._proposals:
            told = "、".join(self._proposals)
            self.line.setAccessibleDescription(f"以前填过：{told}；按上下方向键选")

    def _walk(self, step: int) -> None:
        if not self._proposals:
            return
        here = self.line.text()
        known = here in self._proposals
        place = self._proposals.index(here) + step if known else min(step, 0)
        self._take(self._proposals[place % len(self._proposals)])

    def _take(self, words: str) -> None:
        self.line.setText(words)
        self.line.setFocus()
        self.edited.emit()


class _WalkedLine(Line):
    """Tells of the arrows up and down.

    Signals:
        walked(step): down (1) or up (-1).
    """

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step and not self.is_composing:
            self.walked.emit(step)
            return
        super().keyPressEvent(event)
