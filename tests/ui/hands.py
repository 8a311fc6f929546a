"""A clerk's two hands: words go where the keyboard is, unless another place is named."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTHING = Qt.KeyboardModifier.NoModifier


def in_hand() -> QWidget:
    """Give what the keyboard is on."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_in(words: str, place: QWidget | None = None) -> None:
    """Let the input method put words in."""
    settled = QInputMethodEvent()
    settled.setCommitString(words)
    QApplication.sendEvent(place or in_hand(), settled)


def compose_text(letters: str, place: QWidget | None = None) -> None:
    """Let the input method hold letters that are not words yet."""
    QApplication.sendEvent(place or in_hand(), QInputMethodEvent(letters, []))


def key(key: Qt.Key, held: Qt.KeyboardModifier = NOTHING, place: QWidget | None = None) -> None:
    """Press a key."""
    QTest.keyClick(place or in_hand(), key, held)
