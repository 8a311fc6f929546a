"""Toast: one sentence at the foot of the page, with a way back where there is one."""

from collections.abc import Callable, Iterator
from typing import cast

from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QObject,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from xinfang_desktop.ui.theme import Theme

from .words import button, label

SHOWN_MS = 5_000
SHOWN_WITH_UNDO_MS = 10_000
READ_MS = 5_000
"""How long trouble can be read at least, whatever the clerk does meanwhile on the same page."""

_UPPER_PART = 0.7
"""Buttons higher than this part of the window are not at the foot of a page."""

_IDLE_KEYS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_F1,
    Qt.Key.Key_Escape,
}
"""Keys that do no further step of the work: Esc and F1 are about what is told."""

_ACTS = {QEvent.Type.ShortcutOverride, QEvent.Type.MouseButtonPress, QEvent.Type.Drop}
"""What comes before every act; of a key the first thing heard, also where it is a shortcut."""


class Toast(QFrame):
    """Lies over the lower edge of its parent, above the buttons at its foot, and goes by itself.

    What tells of trouble stays until the clerk moves on: it goes when another page opens, and,
    once there was time to read it, at the next key that does something.

    Signals:
        went(): it is no longer shown.
    """

    went = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAccessibleName("提示")
        self._theme = theme
        self._home = parent
        self._undo: Callable[[], object] | None = None
        self._sign = label("")
        self._text = label("", wrap=True)
        self._act = button("知道了", self._use)
        self._key = QShortcut(QKeySequence("Alt+Z"), parent)
        self._key.activated.connect(self._use)
        row = QHBoxLayout(self)
        theme.space(row, 16, 8, 8, 8, gap=12)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._act)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._place)
        self._is_trouble = self._has_moved = False
        self._shown_for = QElapsedTimer()
        parent.installEventFilter(self)
        self.hide()
        self._key.setEnabled(False)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._text.text()

    def tell(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Say that something was done; ``undo`` takes it back."""
        self._undo = undo
        self._show("✓", sentence, "撤销  Alt+Z" if undo else "")
        self._timer.start(SHOWN_WITH_UNDO_MS if undo else SHOWN_MS)

    def warn(self, sentence: str) -> None:
        """Say that something could not be done; it stays until the clerk moves on."""
        self._undo = None
        self._timer.stop()
        self._show("！", sentence, "知道了  Alt+Z")
        self._watch()

    def use_undo(self) -> bool:
        """Take back what is offered to be taken back; False where nothing is."""
        if self.isHidden() or self._undo is None:
            return False
        self._use()
        return True

    def go(self) -> None:
        """Go away."""
        self._timer.stop()
        self._rest()
        self._key.setEnabled(False)
        if self.isVisible():
            self.hide()
            self.went.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the page changes its size; go when the clerk moves on."""
        if watched is self._home and event.type() == QEvent.Type.Resize:
            self._place()
        elif self._is_trouble:
            self._follow(watched, event)
        return super().eventFilter(watched, event)

    def _watch(self) -> None:
        """Look out for what the clerk does next."""
        self._has_moved = False
        self._shown_for.start()
        application = QCoreApplication.instance()
        if application is not None and not self._is_trouble:
            application.installEventFilter(self)
        self._is_trouble = True

    def _rest(self) -> None:
        application = QCoreApplication.instance()
        if application is not None and self._is_trouble:
            application.removeEventFilter(self)
        self._is_trouble = False

    def _follow(self, watched: QObject, event: QEvent) -> None:
        """Go at once with the page that was told of, with its time after an act on that page."""
        if event.type() == QEvent.Type.Show:
            if self._has_moved and isinstance(watched.parent(), QStackedWidget):
                self.go()
        elif event.type() in _ACTS and not self._has_moved and _is_act(event):
            self._has_moved = True
            self._timer.start(max(READ_MS - self._shown_for.elapsed(), 0))

    def _show(self, sign: str, sentence: str, act: str) -> None:
        self._rest()
        self._sign.setText(sign)
        self._text.setText(sentence)
        self.setAccessibleDescription(sentence)
        self._act.setText(act)
        self._act.setAccessibleName(act.split(" ")[0])
        self._act.setVisible(bool(act))
        self._key.setEnabled(bool(act))
        self.show()
        self.raise_()
        self._place()
        self._settling.start()

    def _use(self) -> None:
        undo = self._undo
        self.go()
        if undo is not None:
            undo()

    def _place(self) -> None:
        home = self._home
        wide = home.width() - self._theme.px(48)
        words = self._text.fontMetrics().horizontalAdvance(self._text.text())
        room = self._sign.sizeHint().width() + self._theme.px(72)
        if not self._act.isHidden():
            room += self._act.sizeHint().width()
        width = min(wide, words + room, self._theme.px(760))
        height = max(self.heightForWidth(width), self.sizeHint().height())
        foot = home.height() - self._theme.px(96)
        lying = QRect((home.width() - width) // 2, foot - height, width, height)
        self.setGeometry(self._above_buttons(lying))

    def _above_buttons(self, lying: QRect) -> QRect:
        """Rise above the buttons of the page's foot, from row to row."""
        gap = self._theme.px(8)
        for place in sorted(self._buttons_at_foot(), key=QRect.top, reverse=True):
            if place.intersects(lying.adjusted(0, -gap, 0, gap)):
                lying.moveBottom(place.top() - gap)
        return lying

    def _buttons_at_foot(self) -> Iterator[QRect]:
        home = self._home
        for one in cast("list[QPushButton]", home.findChildren(QPushButton)):
            if not self.isAncestorOf(one) and not one.visibleRegion().isEmpty():
                place = QRect(one.mapTo(home, QPoint()), one.size())
                if place.top() > home.height() * _UPPER_PART:
                    yield place


def _is_act(event: QEvent) -> bool:
    """Tell whether an event begins a step of the work."""
    return not isinstance(event, QKeyEvent) or event.key() not in _IDLE_KEYS
