"""Line: a line of text that leaves alone what the input method is still composing."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class Line(QLineEdit):
    """A line edit whose keys and news wait until composing is over.

    Signals:
        settled(text): the text changed and nothing is being composed.
        entered(): Enter was pressed on settled text.
    """

    settled = Signal(str)
    entered = Signal()

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.textChanged.connect(self._tell)
        self.returnPressed.connect(self._enter)

    @property
    def is_composing(self) -> bool:
        """Whether the input method holds text that is not typed yet."""
        return bool(self._composing)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self._composing = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give no key a meaning while composing."""
        if self.is_composing:
            event.accept()
            return
        super().keyPressEvent(event)

    def _tell(self, text: str) -> None:
        self.settled.emit(text)

    def _enter(self) -> None:
        self.entered.emit()
