"""SearchBox: the one box that finds everything."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from xinfang_desktop.ui.theme import Theme

from .line import Line
from .suggestions import Offer, Suggestions
from .words import label

HINT = "姓名或拼音、编号、诉求里的字…"

Complete = Callable[[str], Sequence[Offer]]
Judge = Callable[[str], str]


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
        self._complete: Complete | None = None
        self._judge: Judge | None = None
        self.suggestions = Suggestions(self, theme)
        self.setClearButtonEnabled(False)
        self.setProperty("help", "ledger")
        self._key = label("Ctrl F", "key")
        self._key.setParent(self)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._place_key)
        self.settled.connect(self._suggest)
        self.cursorPositionChanged.connect(self._suggest)
        self.suggestions.taken.connect(self.put_in)
        theme.follow(self, lambda look: self.setFixedWidth(look.px(330)))
        self.installEventFilter(self)

    def help_typing(self, complete: Complete, judge: Judge) -> None:
        """Offer what ``complete`` gives for the text before the cursor; say what ``judge`` says."""
        self._complete, self._judge = complete, judge

    def show_words(self, words: str) -> None:
        """Show words that somebody chose elsewhere; nobody is told."""
        self.blockSignals(True)
        self.setText(words)
        self.blockSignals(False)
        self.suggestions.tell((), "")
        self._place_key()

    def put_in(self, completed: str) -> None:
        """Put an offer in the place of the word before the cursor."""
        before, after = self.text()[: self.cursorPosition()], self.text()[self.cursorPosition() :]
        kept = before[: len(before) - len(before.split()[-1])] if before.split() else before
        self.setText(kept + completed + after)
        self.setCursorPosition(len(kept + completed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go to the list, Esc empties the box and then leaves it."""
        if not self.is_composing and self._is_taken(event.key()):
            event.accept()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Offer nothing while something is being composed."""
        super().inputMethodEvent(event)
        if self.is_composing:
            self.suggestions.tell((), "")

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab puts in what is offered, and else goes on; never while something is composed."""
        if self.is_composing:
            return True
        if next and self.suggestions.is_offering:
            self.put_in(self.suggestions.first)
            return True
        return super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Offer nothing to somebody who works elsewhere."""
        super().focusOutEvent(event)
        self.suggestions.tell((), "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say again what was not understood."""
        super().focusInEvent(event)
        self._suggest()

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
        if self._is_for_suggestions(key):
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.suggestions.tell((), "")
            self.list_requested.emit()
            return True
        if key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
            return True
        return False

    def _is_for_suggestions(self, key: int) -> bool:
        """Move in what is offered, put it in, or put it away."""
        offered = self.suggestions
        if not offered.is_offering:
            return False
        if key == Qt.Key.Key_Escape:
            offered.tell((), "")
        elif key == Qt.Key.Key_Down and offered.offers_values:
            offered.move_bar(1)
        elif key == Qt.Key.Key_Up and offered.offers_values:
            offered.move_bar(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and offered.chosen:
            self.put_in(offered.chosen)
        else:
            return False
        return True

    def _suggest(self, *_: object) -> None:
        if self._complete is None or self._judge is None or not self.hasFocus():
            return
        if self.is_composing:
            return
        sentence = self._judge(self.text())
        self.setAccessibleDescription(sentence)
        self.suggestions.tell(self._complete(self.text()[: self.cursorPosition()]), sentence)

    def _place_key(self) -> None:
        self._key.setVisible(not self.text() and not self.hasFocus())
        self._key.adjustSize()
        space = (self.height() - self._key.height()) // 2
        self._key.move(self.width() - self._key.width() - space, space)
