"""The keyboard as a clerk has it: Chinese comes from the input method, keys come as keys."""

from collections.abc import Iterable
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

W = TypeVar("W", bound=QWidget)

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def focus() -> QWidget:
    """Give what the keyboard is on."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def parts(inside: QWidget, kind: type[W]) -> list[W]:
    """Give all widgets of a kind inside another."""
    return list(cast("Iterable[W]", inside.findChildren(kind)))


def write(words: str, on: QWidget | None = None) -> None:
    """Let the input method put words in."""
    commit = QInputMethodEvent()
    commit.setCommitString(words)
    QApplication.sendEvent(on or focus(), commit)


def compose(letters: str, on: QWidget | None = None) -> None:
    """Let the input method hold letters that are not words yet."""
    QApplication.sendEvent(on or focus(), QInputMethodEvent(letters, []))


def press(
    key: Qt.Key,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    on: QWidget | None = None,
) -> None:
    """Press a key."""
    QTest.keyClick(on or focus(), key, held)
