"""FutureQuestion: a matter of a day to come is asked about once, beside the form."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from .theme import Theme
from .widgets.words import button, label

_ASKED = "！收到日期{day:%Y-%m-%d}在今天之后，是不是写错了？编号会编入{day:%Y}年；还没有登记。"


class FutureQuestion(QFrame):
    """Asks whether a day is right; whoever says so is not asked about that day again.

    Signals:
        change_requested(): the day is to be changed.
        confirmed(): it is this very day.
    """

    change_requested = Signal()
    confirmed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._day: date | None = None
        self._confirmed: date | None = None
        self.setProperty("role", "banner")
        self.setProperty("help", "registration")
        self._words = label("", "warning", wrap=True)
        self._change = button("改日期", self.leave)
        self._go_on = button("就是这一天，照登", self._confirm)
        row = QHBoxLayout(self)
        theme.space(row, 16, 6, 16, 6, gap=10)
        row.addWidget(self._words, 1)
        for act in (self._change, self._go_on):
            act.setAutoDefault(True)
            row.addWidget(act)
        self.hide()

    @property
    def words(self) -> str:
        """What is asked; nothing while nothing is."""
        return "" if self.isHidden() else self._words.text()

    def is_answered(self, day: date | None) -> bool:
        """Tell whether somebody said that it is this very day."""
        return day is not None and day == self._confirmed

    def ask(self, day: date) -> None:
        """Ask about a day; the keyboard goes to the answer that changes it."""
        self._day = day
        self._words.setText(_ASKED.format(day=day))
        self.setAccessibleName(self._words.text())
        self.show()
        self._change.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Ask no more: another matter is on the form, or the day was changed."""
        self._confirmed = None
        self.hide()

    def leave(self) -> None:
        """Esc: go and change the day."""
        self.hide()
        self.change_requested.emit()

    def _confirm(self) -> None:
        self._confirmed = self._day
        self.hide()
        self.confirmed.emit()
