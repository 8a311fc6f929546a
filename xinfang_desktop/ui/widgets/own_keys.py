"""OwnKeys: keys that some widgets have for themselves, before any shortcut of the page has them."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_HELD = ~Qt.KeyboardModifier.KeypadModifier


class OwnKeys(QObject):
    """Gives keys, pressed alone, a meaning on the widgets it watches."""

    def __init__(self, owner: QObject, acts: Mapping[Qt.Key, Callable[[], object]]) -> None:
        super().__init__(owner)
        self._acts = dict(acts)

    def watch(self, part: QWidget) -> None:
        """Give the keys their meaning on a widget."""
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys from the shortcuts first, then act on them."""
        if not isinstance(event, QKeyEvent) or event.modifiers() & _HELD:
            return False
        act = self._acts.get(Qt.Key(event.key()))
        if act is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            act()
            return True
        return False
