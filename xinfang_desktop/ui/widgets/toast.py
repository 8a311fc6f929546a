"""Toast: one sentence at the foot of the page, with a way back where there is one."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from xinfang_desktop.ui.theme import Theme

from .words import button, label

SHOWN_MS = 5_000
SHOWN_WITH_UNDO_MS = 10_000


class Toast(QFrame):
    """Lies over the lower edge of its parent and goes away by itself, unless it tells of trouble.

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
        """Say that something could not be done; it stays until it is read."""
        self._undo = None
        self._timer.stop()
        self._show("！", sentence, "知道了  Alt+Z")

    def use_undo(self) -> bool:
        """Take back what is offered to be taken back; False where nothing is."""
        if self.isHidden() or self._undo is None:
            return False
        self._use()
        return True

    def go(self) -> None:
        """Go away."""
        self._timer.stop()
        self._key.setEnabled(False)
        if self.isVisible():
            self.hide()
            self.went.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the page changes its size."""
        if watched is self._home and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _show(self, sign: str, sentence: str, act: str) -> None:
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
        self.setGeometry(
            (home.width() - width) // 2, home.height() - height - self._theme.px(96), width, height
        )
