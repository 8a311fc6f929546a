"""The editors in the blanks of the paper.

Out of hand an editor paints nothing, for the sheet beneath it shows the text exactly as it will
be printed; in hand it is framed and shows what is typed. Every editor keeps to the same protocol:
the path of its field is its object name, ``edited`` tells that something was typed, ``left`` that
the clerk wants to go to the next blank (or the one before).
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from xinfang_desktop.models import LabelledEnum

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Editor(Protocol):
    """What the form needs of an editor."""

    edited: SignalInstance
    left: SignalInstance
    entered: SignalInstance
    is_composing: bool

    def text(self) -> str:
        """What is typed."""
        ...

    def show_text(self, text: str) -> None:
        """Show a text without telling that it was edited."""
        ...


class LineBlank(QLineEdit):
    """A short blank.

    Signals:
        edited(): the text was changed by hand.
        left(step): go on to the next blank (1) or back (-1).
        entered(): the blank is in hand now.
    """

    edited = Signal()
    left = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_composing = False
        self.setProperty("role", "blank")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrame(False)
        self.textEdited.connect(self._tell)

    def show_text(self, text: str) -> None:
        """Show ``text``; the caret goes to its end."""
        if text != self.text():
            self.setText(text)

    def _tell(self) -> None:
        self.edited.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_composing and (step := _step(event)):
            self.left.emit(step)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.is_composing = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            super().paintEvent(event)


class TextBlank(QPlainTextEdit):
    """A long blank; Enter is a new line here, Ctrl+Enter goes on.

    Signals:
        edited(), left(step), entered(): as of a short blank.
    """

    edited = Signal()
    left = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_composing = False
        self._showing = False
        self.setProperty("role", "blank")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._tell)

    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show ``text``; it can still be undone by Ctrl+Z."""
        if text == self.toPlainText():
            return
        self._showing = True
        self.setPlainText(text)
        self._showing = False

    def _tell(self) -> None:
        if not self._showing:
            self.edited.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in _ENTER and not self.is_composing:
            self.left.emit(1)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.is_composing = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            super().paintEvent(event)


class ChoiceBlank(QWidget):
    """Tick boxes as printed ones: at most one ticked, and a tick can be taken away again.

    Signals:
        edited(), left(step), entered(): as of a short blank.
    """

    edited = Signal()
    left = Signal(int)
    entered = Signal()

    def __init__(self, choices: Sequence[LabelledEnum], parent: QWidget) -> None:
        super().__init__(parent)
        self.is_composing = False
        self._choices = tuple(choices)
        self._chosen: LabelledEnum | None = None
        self._at = 0
        self._places: tuple[QRectF, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def chosen(self) -> LabelledEnum | None:
        """The ticked choice."""
        return self._chosen

    def text(self) -> str:
        """The label of the ticked choice."""
        return self._chosen.label if self._chosen else ""

    def show_text(self, text: str) -> None:
        """Tick the choice that reads ``text``, or none."""
        self._chosen = next((one for one in self._choices if one.label == text), None)
        self._describe()

    def place(self, places: Sequence[QRectF]) -> None:
        """Say where each choice stands, in this widget."""
        self._places = tuple(places)
        self.update()

    @property
    def places(self) -> tuple[QRectF, ...]:
        """Where each choice stands, in this widget."""
        return self._places

    def toggle(self, index: int) -> None:
        """Tick a choice, or take its tick away."""
        if not 0 <= index < len(self._choices):
            return
        self._at = index
        one = self._choices[index]
        self._chosen = None if self._chosen is one else one
        self._describe()
        self.edited.emit()
        self.update()

    def _describe(self) -> None:
        labels = "、".join(one.label for one in self._choices)
        self.setAccessibleDescription(f"{labels}；已选：{self.text() or '无'}。按数字键或空格勾选")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if step := _step(event):
            self.left.emit(step)
        elif event.key() in moves:
            self._at = (self._at + moves[Qt.Key(event.key())]) % len(self._choices)
            self.update()
        elif event.key() == Qt.Key.Key_Space:
            self.toggle(self._at)
        elif event.text().isdecimal() and event.text() != "0":
            self.toggle(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index, place in enumerate(self._places):
            if place.contains(event.position()):
                self.toggle(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus() or self._at >= len(self._places):
            return
        painter = QPainter(self)
        pen = QPen(self.palette().color(self.palette().ColorRole.Highlight), 2)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)
        pen.setWidth(1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self._places[self._at].adjusted(-2, 0, 2, 0), 3, 3)

    def sizeHint(self) -> QSize:
        return QSize(120, 24)


def _step(event: QKeyEvent) -> int:
    """Tell which way a key leads out of a blank: Enter on, Shift+Enter back, arrows up and down."""
    if event.key() in _ENTER:
        return -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
    return 0 if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else _STEPS.get(
        Qt.Key(event.key()), 0
    )  # fmt: skip
