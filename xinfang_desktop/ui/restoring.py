"""Restoring: a small window while a backup is put in the place of the data; it is not cancelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from .background import Background
from .theme import Theme
from .widgets.words import button, label, restyle

if TYPE_CHECKING:
    from xinfang_desktop.store.restore import Restored

_AT_IT = "正在恢复，请不要关机或拔U盘。现在的数据会先另存。"


class Restoring(QDialog):
    """Restores one backup and stays until that is done, or until a refusal was read."""

    def __init__(
        self,
        theme: Theme,
        path: Path,
        folder: Path,
        secret: str,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.setWindowTitle("信访案头")
        self._path, self._folder, self._secret, self._clock = path, folder, secret, clock
        self._background = Background(self, threads=1)
        self._restored: Restored | None = None
        self.message = label(_AT_IT, wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("恢复进度")
        self.act = button("知道了", self.accept, role="strong", key="Enter")
        self.act.setDefault(True)
        self.act.hide()
        self._lay_out(theme)

    def exec_to_end(self) -> Restored | None:
        """Do it; gives what was restored, or None where it was refused."""
        path, folder, secret, clock = self._path, self._folder, self._secret, self._clock

        def work() -> Restored:
            from xinfang_desktop.store.restore import restore

            return restore(path, folder, secret=secret, clock=clock)

        self._background.run(work, self._done, self._refused)
        self.exec()
        self._background.let_go()
        return self._restored

    def reject(self) -> None:
        """Esc closes it only when it has nothing to do any more."""
        if self.act.isVisible():
            super().reject()

    def _done(self, restored: Restored) -> None:
        self._restored = restored
        self.accept()

    def _refused(self, sentence: str) -> None:
        self.message.setText(sentence)
        restyle(self.message, "role", "overdue")
        self._bar.hide()
        self.act.show()
        self.act.setFocus()

    def _lay_out(self, theme: Theme) -> None:
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        theme.space(column, 28, 24, 28, 20, gap=12)
        column.addWidget(label("恢复备份", "title"))
        column.addWidget(self.message)
        column.addWidget(self._bar)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.act)
        column.addLayout(foot)
        outside = QVBoxLayout(self)
        theme.space(outside, 20)
        outside.addWidget(sheet)
        theme.fix(self, width=480)
        theme.follow(self, lambda look: self.setMinimumHeight(look.px(240)))
