"""LockScreen: covers the whole window; it asks for the password and shows nothing of the work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from .background import Background
from .theme import Theme
from .unlock import CAPS, caps_lock
from .waiting import TICK_MS, wait_in_words
from .widgets.line import Line
from .widgets.words import button, label, restyle

if TYPE_CHECKING:
    from xinfang_desktop.store.database import Store

OPENING = "正在核对…"


class LockScreen(QWidget):
    """Lies over its window while nobody may see what is in it.

    Signals:
        opened(store): a password was right; here is a store that it opened.
    """

    opened = Signal(object)

    def __init__(
        self,
        home: QWidget,
        theme: Theme,
        folder: Path,
        open_with: Callable[[str], Store],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(home)
        self.setProperty("role", "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("已锁定")
        self._home, self._theme = home, theme
        self._folder, self._open_with, self._clock = folder, open_with, clock
        self._background = Background(self, threads=1)
        self.password = Line("密码")
        self.password.setEchoMode(Line.EchoMode.Password)
        self.password.installEventFilter(self)
        self.password.settled.connect(self._forget_message)
        self.password.entered.connect(self.open)
        self.message = label("", "overdue", wrap=True)
        theme.follow(self.message, lambda look: self.message.setMinimumHeight(look.px(44)))
        self.message.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.message.setAccessibleName("提示")
        self.caps = label(CAPS, "warning", wrap=True)
        self.caps.hide()
        self.open_button = button("解锁", self.open, role="strong", key="Enter")
        self._waiting = QTimer(self)
        self._waiting.setInterval(TICK_MS)
        self._waiting.timeout.connect(self._show_wait)
        self._lay_out()
        home.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Lie over the window and ask."""
        self.password.clear()
        self._forget_message()
        self.caps.hide()
        self.setGeometry(self._home.rect())
        self.show()
        self.raise_()
        self._show_wait()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Go away."""
        self._waiting.stop()
        self.password.clear()
        self.hide()

    def let_go(self) -> None:
        """Wait for a try that is under way; nobody hears of it."""
        self._waiting.stop()
        self._background.let_go()

    def open(self) -> None:
        """Try the password."""
        secret = self.password.text()
        if self.password.is_composing or not self.password.isEnabled():
            return
        if not secret:
            self._say("请输入密码。")
            return
        self._busy(True)
        errand = self._background.run(
            lambda: self._open_with(secret), self.opened.emit, self._refused
        )
        errand.ended.connect(self._no_longer_busy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window, and watch the password's keys for the Caps Lock."""
        if watched is self._home and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._home.rect())
        if (
            watched is self.password
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            state = caps_lock(event)
            if state is not None:
                self.caps.setVisible(state)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let no key through to what lies below."""
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the keyboard on the lock screen."""
        (self.open_button if self.password.hasFocus() else self.password).setFocus()
        return True

    def _refused(self, sentence: str) -> None:
        self._say(sentence)
        self.password.selectAll()
        self._show_wait()
        self.password.setFocus()

    def _show_wait(self) -> None:
        """Say how long the next try has to wait, and let nobody try before."""
        told = wait_in_words(self._folder, self._clock())
        if told:
            self.message.setText(told)
            restyle(self.message, "role", "overdue")
            self._waiting.start()
        elif self._waiting.isActive():
            self._waiting.stop()
            self._forget_message()
        was_enabled = self.password.isEnabled()
        self._enable(not told)
        if not told and not was_enabled:
            self.password.setFocus()

    def _say(self, sentence: str) -> None:
        self.message.setText(sentence)
        restyle(self.message, "role", "overdue")
        restyle(self.password, "wrong", "true")

    def _forget_message(self) -> None:
        self.message.setText("")
        restyle(self.password, "wrong", "false")

    def _enable(self, yes: bool) -> None:
        self.password.setEnabled(yes)
        self.open_button.setEnabled(yes)

    def _busy(self, yes: bool) -> None:
        self._enable(not yes)
        if yes:
            self.message.setText(OPENING)
            restyle(self.message, "role", "quiet")

    def _no_longer_busy(self) -> None:
        self._busy(False)
        self._forget_message()

    def _lay_out(self) -> None:
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        self._theme.fix(sheet, width=432)
        column = QVBoxLayout(sheet)
        self._theme.space(column, 32, 28, 32, 24, gap=8)
        for part in (
            label("已锁定", "title"),
            label("请输入密码继续。", "quiet"),
            label("换人使用时，输入自己的密码就换成自己的账户。", "quiet"),
            self.password,
            self.caps,
            self.message,
        ):
            column.addWidget(part)
        foot = QHBoxLayout()
        self._theme.space(foot, gap=8)
        foot.addWidget(label("没有保存的内容已留作草稿。", "small"))
        foot.addStretch(1)
        foot.addWidget(self.open_button)
        column.addLayout(foot)
        outside = QVBoxLayout(self)
        outside.addStretch(2)
        outside.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        outside.addStretch(3)
