"""Working: a long piece of work in a thread, with its progress and a way to break it off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.widgets.cards import Card
from xinfang_desktop.ui.widgets.words import button, label


class Progress(QObject):
    """Is told from a thread how far the work is.

    Signals:
        told(done, total): so much is done.
    """

    told = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_cancelled = False

    def cancel(self) -> None:
        """Break the work off at the next chance."""
        self._is_cancelled = True

    def is_cancelled(self) -> bool:
        """Tell whether somebody broke it off."""
        return self._is_cancelled

    def tell(self, done: int, total: int) -> None:
        """Say how far it is (in the thread)."""
        self.told.emit(done, total)


Work = Callable[[Progress], Any]


class Working(QDialog):
    """Keeps the window still while something long is written or read.

    Whoever types elsewhere meanwhile would wait for the one writer of the store; so nobody does.
    """

    def __init__(self, desk: Desk, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.progress = Progress(self)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setProperty("help", "taking_in")
        self._told = label(f"{title}…", "heading")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.stop = button("取消", self.cancel, key="Esc")
        self._lay_out()
        self.progress.told.connect(self._show)
        self.finished.connect(self.deleteLater)

    def begin(
        self,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Do the work and go; then call ``done`` with what it gave, or say why it failed."""
        self.open()
        self.stop.setFocus()
        progress = self.progress
        errand = self._desk.background.run(
            lambda: work(progress), done, failed or self._desk.failed.emit
        )
        errand.ended.connect(self.accept)

    def cancel(self) -> None:
        """Break off; what was begun is taken back whole."""
        self.progress.cancel()
        self.stop.setEnabled(False)
        self._told.setText("正在停下…")

    def reject(self) -> None:
        """Esc, and closing it, break off."""
        self.cancel()

    def _show(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if not self.progress.is_cancelled():
            self._told.setText(f"{self.windowTitle()}：{done} / {total}")

    def _lay_out(self) -> None:
        theme = self._desk.theme
        card = Card(theme)
        for part in (self._told, self.bar):
            card.column.addWidget(part)
        card.column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignRight)
        outside = QVBoxLayout(self)
        theme.space(outside, 16)
        outside.addWidget(card)
        theme.fix(self, width=420)
