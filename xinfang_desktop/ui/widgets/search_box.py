"""SearchBox: the one box that finds everything."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from xinfang_desktop.ui.theme import Theme

from .line import Line
from .words import label

HINT = "姓名、编号、证件尾号、诉求里的字…"


class SearchBox(Line):
    """The search box of the header.

    Signals:
        list_requested(): the arrow down (or Enter) asks to go on into the list.
        left(): Esc in an empty box.
    """

    list_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("查找信访件", HINT, parent)
        self.setClearButtonEnabled(False)
        self.setProperty("help", "ledger")
        self._key = label("Ctrl F", "key")
        self._key.setParent(self)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._place_key)
        theme.follow(self, lambda look: self.setFixedWidth(look.px(330)))
        self.installEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go to the list, Esc empties the box and then leaves it."""
        if not self.is_composing and self._is_taken(event.key()):
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right end."""
        super().resizeEvent(event)
        self._place_key()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide the key while somebody types."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.StyleChange):
            self._place_key()
        return super().eventFilter(watched, event)

    def _is_taken(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list_requested.emit()
            return True
        if key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
            return True
        return False

    def _place_key(self) -> None:
        self._key.setVisible(not self.text() and not self.hasFocus())
        self._key.adjustSize()
        space = (self.height() - self._key.height()) // 2
        self._key.move(self.width() - self._key.width() - space, space)
