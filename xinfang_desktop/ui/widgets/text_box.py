"""TextBox: a few lines of text in a panel; it grows with what is typed, up to a height."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from xinfang_desktop.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextBox(QPlainTextEdit):
    """Long text where Enter goes on and Shift+Enter begins a new line.

    Signals:
        edited(): it was changed by hand.
        left(step): go on to the next blank (1) or back (-1).
    """

    edited = Signal()
    left = Signal(int)

    def __init__(self, name: str, theme: Theme, *, least: int = 3, most: int = 9) -> None:
        super().__init__()
        self._theme, self._least, self._most = theme, least, most
        self._composing = ""
        self._showing = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.follow(self, lambda _: self._fit())

    @property
    def is_composing(self) -> bool:
        """Whether the input method holds text that is not typed yet."""
        return bool(self._composing)

    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a text; showing is not editing."""
        if text == self.text():
            return
        self._showing = True
        self.setPlainText(text)
        self._showing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self._composing = event.preeditString()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter; nothing acts while composing."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and not held:
            if not self.is_composing:
                self.left.emit(1)
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and be as high as that needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:
        """As high as its fewest lines."""
        return QSize(super().sizeHint().width(), self._height(self._least))

    def _changed(self) -> None:
        if not self._showing:
            self.edited.emit()

    def _fit(self, *_: object) -> None:
        lines = round(self.document().documentLayout().documentSize().height())
        policy = Qt.ScrollBarPolicy
        is_long = lines > self._most
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if is_long else policy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(self._height(min(max(lines, self._least), self._most)))

    def _height(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + self._theme.px(20)
