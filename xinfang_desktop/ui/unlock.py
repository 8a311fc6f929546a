"""Unlock: the password, and nothing of the work behind it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from .theme import Theme
from .waiting import TICK_MS
from .widgets.line import Line
from .widgets.words import button, label, restyle

if TYPE_CHECKING:
    from .background import Background

CAPS = "大写锁定（Caps Lock）开着，密码分大小写。"
OPENING = "正在打开…"


class Unlock(QDialog):
    """Asks for the password until it opens.

    Signals:
        opened(store): the password was right, here is the open store.
        refused(sentence): it could not be opened, this says why.
        painted(): the clerk sees the window; now there is time for heavy things.
    """

    opened = Signal(object)
    refused = Signal(str)
    painted = Signal()

    def __init__(
        self,
        theme: Theme,
        open_with: Callable[[str], object],
        wait: Callable[[], str] = lambda: "",
    ) -> None:
        super().__init__()
        self.setWindowTitle("信访案头")
        self._theme = theme
        self._open_with = open_with
        self._wait = wait
        self._waiting = QTimer(self)
        self._waiting.setInterval(TICK_MS)
        self._waiting.timeout.connect(self._show_wait)
        self._has_painted = False
        self.password = Line("密码")
        self.password.setEchoMode(Line.EchoMode.Password)
        self.password.installEventFilter(self)
        self.password.settled.connect(self._forget_message)
        self.password.entered.connect(self.open)
        self.message = label("", "overdue", wrap=True)
        self.message.setAccessibleName("提示")
        self.caps = label(CAPS, "warning", wrap=True)
        self.caps.hide()
        self.open_button = button("打开", self.open, role="strong", key="Enter")
        self.repair_button = button("用备份恢复…")
        self.repair_button.hide()
        self._lay_out()

    def open(self) -> None:
        """Try the password."""
        password = self.password.text()
        if self.password.is_composing or not self.password.isEnabled():
            return
        if not password:
            self._say("请输入密码。")
            return
        self._busy(True)
        errand = self._background.run(
            lambda: self._open_with(password), self.opened.emit, self._refused
        )
        errand.ended.connect(self._no_longer_busy)

    @cached_property
    def _background(self) -> Background:
        from .background import Background

        return Background(self, threads=1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell, once, that the window is on the screen."""
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the password's keys for the Caps Lock."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            state = caps_lock(event)
            if state is not None:
                self.caps.setVisible(state)
        return super().eventFilter(watched, event)

    def offer_repair(self, act: Callable[[], object]) -> None:
        """Offer something to do where the data itself cannot be opened."""
        self.repair_button.clicked.connect(lambda: act())
        self.repair_button.show()
        self.repair_button.setFocus()

    def _refused(self, sentence: str) -> None:
        self._say(sentence)
        self.password.selectAll()
        self._show_wait()
        self.password.setFocus()
        self.refused.emit(sentence)

    def _show_wait(self) -> None:
        """Say how long the next try has to wait, and let nobody try before."""
        told = self._wait()
        if told:
            self._say(told)
            self._waiting.start()
        elif self._waiting.isActive():
            self._waiting.stop()
            self._forget_message()
        was_enabled = self.password.isEnabled()
        self.password.setEnabled(not told)
        self.open_button.setEnabled(not told)
        if not told and not was_enabled:
            self.password.setFocus()

    def _say(self, sentence: str) -> None:
        self.message.setText(sentence)
        restyle(self.message, "role", "overdue")
        restyle(self.password, "wrong", "true")

    def _forget_message(self) -> None:
        self.message.setText("")
        restyle(self.password, "wrong", "false")

    def _busy(self, yes: bool) -> None:
        self.password.setEnabled(not yes)
        self.open_button.setEnabled(not yes)
        if yes:
            self.message.setText(OPENING)
            restyle(self.message, "role", "quiet")

    def _no_longer_busy(self) -> None:
        self._busy(False)
        self._forget_message()

    def _lay_out(self) -> None:
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        self._theme.space(column, 32, 28, 32, 24, gap=8)
        advice = label("忘记密码时，请输入信封里的恢复码。", "small", wrap=True)
        for widget in (
            label("信访案头", "title"),
            label("请输入密码打开本机的信访数据。", "quiet"),
            self._room(4),
            self.password,
            self.caps,
            self.message,
            self._room(4),
            advice,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        foot = QHBoxLayout()
        self._theme.space(foot, gap=8)
        foot.addWidget(self.repair_button)
        foot.addStretch(1)
        foot.addWidget(button("退出", self.reject, key="Esc"))
        foot.addWidget(self.open_button)
        column.addLayout(foot)
        outside = QVBoxLayout(self)
        self._theme.space(outside, 24)
        outside.addWidget(sheet)
        self._theme.fix(self, width=480)
        self._theme.follow(self, lambda look: self.setMinimumHeight(look.px(396)))
        self.password.setFocus()

    def _room(self, height: int) -> QLabel:
        room = label()
        self._theme.fix(room, height=height)
        return room


def caps_lock(event: QKeyEvent) -> bool | None:
    """Tell whether Caps Lock is on, as far as this key shows it."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    letter = event.text()
    if len(letter) != 1 or not letter.isascii() or not letter.isalpha():
        return None
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return letter.isupper() != shift
