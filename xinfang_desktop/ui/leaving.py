"""Leaving: the backup on the way out, in a small window; nobody has to wait for it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from .background import Background
from .backing_up import Cancelled, Progress
from .theme import Theme
from .widgets.words import button, label

if TYPE_CHECKING:
    from xinfang_desktop.store.database import Store

SHOWN_AFTER_MS = 400
_LOOK_MS = 150
_AT_IT = "正在备份到本机…"
_ONTO_STICK = "正在备份到U盘，请不要拔出…"


def back_up_on_leaving(store: Store, *, now: datetime, progress: Progress) -> None:
    """Back up beside the database where it is due, and onto the sticks that are plugged in.

    Raises:
        OfficeError: as ``store.backup.make_backup``, or cancelled.
    """
    from xinfang_desktop.store.backup import backup_if_due
    from xinfang_desktop.store.backup_records import read_records

    from .sticks import back_up_onto, waiting

    progress.say(_AT_IT)
    backup_if_due(store, now=now, leaving=True)
    if read_records(store.folder.root).paused:
        return
    for root in waiting(store):
        progress.say(_ONTO_STICK)
        back_up_onto(store, root, now=now, say=lambda _: progress.say(_ONTO_STICK))


class Leaving(QDialog):
    """Shows the backup on the way out; Esc leaves without waiting for it."""

    def __init__(self, theme: Theme, store: Store, now: datetime) -> None:
        super().__init__()
        self.setWindowTitle("信访案头")
        self._theme, self._store, self._now = theme, store, now
        self._progress = Progress()
        self._is_over = False
        self._background = Background(self, threads=1)
        self.message = label(_AT_IT, wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("备份进度")
        self.act = button("不等了，退出", self.reject, key="Esc")
        self._again = button("再备份一次", self.start, role="strong")
        self._again.hide()
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(lambda: self.message.setText(self._progress.words or _AT_IT))
        self._lay_out()

    def exec_when_needed(self) -> None:
        """Back up; be seen only where that takes a while, or does not work."""
        from PySide6.QtCore import QEventLoop

        loop = QEventLoop()
        self.finished.connect(loop.quit)
        QTimer.singleShot(SHOWN_AFTER_MS, self, self._appear)
        self.start()
        if not self._is_over:
            loop.exec()
        self._background.let_go()

    def start(self) -> None:
        """Begin."""
        self._again.hide()
        self._bar.show()
        self.act.setText("不等了，退出  Esc")
        self._look.start()
        store, now, progress = self._store, self._now, self._progress
        errand = self._background.run(
            lambda: back_up_on_leaving(store, now=now, progress=progress),
            lambda _: self.accept(),
            self._refused,
        )
        errand.ended.connect(self._ended)

    def done(self, result: int) -> None:
        """Go; what is not begun is not begun any more."""
        self._is_over = True
        self._progress.cancel()
        super().done(result)

    def _ended(self) -> None:
        """Well or not, or in a way nobody thought of: there is nothing to wait for."""
        self._look.stop()
        self._bar.hide()
        self.act.setText("退出  Esc")

    def _appear(self) -> None:
        if not self._is_over:
            self.show()

    def _refused(self, sentence: str) -> None:
        if sentence == Cancelled().sentence:
            return
        self.message.setText(sentence)
        self._again.show()
        self.show()
        self.act.setFocus()

    def _lay_out(self) -> None:
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        self._theme.space(column, 28, 24, 28, 20, gap=12)
        column.addWidget(label("退出前备份", "title"))
        column.addWidget(self.message)
        column.addWidget(self._bar)
        column.addStretch(1)
        foot = QHBoxLayout()
        self._theme.space(foot, gap=8)
        foot.addStretch(1)
        foot.addWidget(self._again)
        foot.addWidget(self.act)
        column.addLayout(foot)
        outside = QVBoxLayout(self)
        self._theme.space(outside, 20)
        outside.addWidget(sheet)
        self._theme.fix(self, width=460)
        self._theme.follow(self, lambda look: self.setMinimumHeight(look.px(220)))
