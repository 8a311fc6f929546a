"""After a crash: the drafts that were kept after the program was last closed; 恢复 or 丢弃."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from .desk import Desk
from .drafts_card import DraftList, draft_words
from .widgets.words import button, label

if TYPE_CHECKING:
    from xinfang_desktop.casework.drafts import DraftLine

TITLE = "上次没有正常关闭"
_WORDS = "下面是当时正在填写的内容，已经留作草稿。恢复哪一份？"
_LATER = "暂不处理的仍在「今日」的草稿里；丢弃的在「设置 · 草稿回收站」里留七天。"


def left_behind(desk: Desk) -> list[DraftLine]:
    """Give the drafts that were kept after the last orderly end, the latest first."""
    from xinfang_desktop.casework.drafts import drafts

    closed_at = desk.preferences.now.closed_at
    viewer = desk.viewer
    kept = desk.read(lambda session: drafts(session, viewer))
    try:
        since = datetime.fromisoformat(closed_at)
    except ValueError:
        return kept
    return [line for line in kept if line.saved_at > since]


class CrashRecovery(QDialog):
    """Shows what would be restored, and asks.

    Signals:
        chosen(line): this draft is to be gone on with.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, lines: list[DraftLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("信访案头")
        self.setProperty("help", "drafts")
        self._desk = desk
        self._lines = list(lines)
        self.list = DraftList()
        self.list.setAccessibleName("没有保存的内容")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.entered_line.connect(self.restore)
        self.list.discarded_line.connect(self.discard)
        self.list.itemDoubleClicked.connect(self.restore)
        self._lay_out()
        self._show_lines()
        self.list.setFocus()

    def restore(self) -> None:
        """Go on with the draft under the bar."""
        if self._lines:
            line = self._lines[self.list.currentRow()]
            self.accept()
            self.chosen.emit(line)

    def discard(self) -> None:
        """Put the draft under the bar into the bin."""
        from xinfang_desktop.casework.drafts import discard_draft

        if not self._lines:
            return
        line = self._lines[self.list.currentRow()]
        work = partial(discard_draft, draft_id=line.id, now=self._desk.now())
        self._desk.attempt(work)
        self._lines.remove(line)
        self._show_lines()
        if not self._lines:
            self._desk.told.emit("草稿已丢弃，七天内可在「设置 · 草稿回收站」取回")
            self.reject()

    def _show_lines(self) -> None:
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        for line in self._lines:
            self.list.addItem(QListWidgetItem(draft_words(line, self._desk.now())))
        self.list.setCurrentRow(min(row, len(self._lines) - 1))

    def _lay_out(self) -> None:
        theme = self._desk.theme
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        theme.space(column, 28, 24, 28, 20, gap=12)
        column.addWidget(label(TITLE, "title"))
        column.addWidget(label(_WORDS, wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(label(_LATER, "small", wrap=True))
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        foot.addWidget(button("以后再说", self.reject, role="plain", key="Esc"))
        foot.addStretch(1)
        foot.addWidget(button("丢弃", self.discard, key="Del"))
        foot.addWidget(button("恢复", self.restore, role="strong", key="Enter"))
        column.addLayout(foot)
        outside = QVBoxLayout(self)
        theme.space(outside, 20)
        outside.addWidget(sheet)
        theme.follow(self, lambda look: self.resize(look.px(600), look.px(400)))
