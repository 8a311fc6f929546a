"""BackupDialog: one backup: what is in it against now, verified, rehearsed, restored."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from .background import Background
from .theme import Theme
from .widgets.line import Line
from .widgets.words import button, label, restyle

if TYPE_CHECKING:
    from xinfang_desktop.store.container import Manifest
    from xinfang_desktop.store.restore import Comparison, Rehearsal

_ASK = "输入密码（或恢复码），看看备份里有什么。这一步不改动任何数据。"
_READING = "正在读取备份…"
_VERIFYING = "正在核对每一页和每份附件…"
_REHEARSING = "正在临时位置演练恢复，不动现有数据…"
_VERIFIED = "✓ 备份完好，{count}件，都能打开。"
_LOSES = "！现在的数据比这份备份多 {count} 件。恢复后它们不在册；现在的数据会另存，不会删掉。"
_OTHER = "！这是另一套数据的备份。恢复后用那一套的密码打开；现在的数据会另存，不会删掉。"
_FIRST = (
    "这台电脑上还没有数据。恢复后用这份备份原来的密码打开；"
    "自动备份先停着，等您看过内容、按「确认无误」。"
)
_KEEPS = "恢复前，现在的数据会另存在数据文件夹里；恢复后自动备份先停着，等您核对确认。"


class BackupDialog(QDialog):
    """Looks into one backup.

    Signals:
        restore_requested(path, secret): this backup is to take the place of the data.
    """

    restore_requested = Signal(object, str)

    def __init__(
        self,
        theme: Theme,
        path: Path,
        folder: Path,
        *,
        may_restore: bool = True,
        reason: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("信访案头 · 备份")
        self.setProperty("help", "restore")
        self._theme, self._path, self._folder = theme, path, folder
        self._may_restore = may_restore
        self._background = Background(self, threads=1)
        self._has_looked = False
        self.secret = Line("密码或恢复码")
        self.secret.setEchoMode(Line.EchoMode.Password)
        self.secret.entered.connect(self.look)
        self.message = label(_ASK, "quiet", wrap=True)
        self.message.setAccessibleName("提示")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.table = QWidget()
        self._grid = QGridLayout(self.table)
        theme.space(self._grid, 0, 4, 0, 4, gap=6)
        self._grid.setHorizontalSpacing(theme.px(20))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._compared: list[QLabel] = []
        self.table.hide()
        self._look = button("查看", self.look, role="strong", key="Enter")
        self._verify = button("核对", self.verify)
        self._rehearse = button("演练恢复", self.rehearse)
        self.restore_button = button("恢复这份备份", self.restore, role="strong")
        self._lay_out(reason)
        self._show_acts()
        self.secret.setFocus()

    @property
    def words(self) -> list[str]:
        """What the comparison says."""
        return [part.text() for part in self._compared]

    def look(self) -> None:
        """Compare what is in it with what there is now."""
        if not self.secret.text() or self.secret.is_composing or not self.secret.isEnabled():
            return
        from xinfang_desktop.store.restore import compare

        work = partial(compare, self._path, secret=self.secret.text(), folder=self._folder)
        self._run(work, _READING, self._show_comparison)

    def verify(self) -> None:
        """Prove that it is whole."""
        from xinfang_desktop.store.restore import verify

        work = partial(verify, self._path, secret=self.secret.text(), folder=self._folder)
        self._run(work, _VERIFYING, self._show_verified)

    def rehearse(self) -> None:
        """Restore it in a scratch place."""
        from xinfang_desktop.store.restore import rehearse

        work = partial(rehearse, self._path, secret=self.secret.text(), folder=self._folder)
        self._run(work, _REHEARSING, self._show_rehearsal)

    def restore(self) -> None:
        """Ask for the restore; whoever opened this dialog does it."""
        if self._may_restore and self._has_looked:
            secret = self.secret.text()
            self.accept()
            self.restore_requested.emit(self._path, secret)

    def done(self, result: int) -> None:
        """Wait for nothing that nobody sees any more."""
        self._background.let_go()
        super().done(result)

    def _run(self, work: Callable[[], object], words: str, done: Callable[..., object]) -> None:
        self._busy(True)
        self._say(words, "quiet")
        self._background.run(work, done, self._refused).ended.connect(lambda: self._busy(False))

    def _busy(self, yes: bool) -> None:
        for part in (self._look, self._verify, self._rehearse, self.restore_button):
            part.setEnabled(not yes)
        self.secret.setEnabled(not yes and not self._has_looked)
        self._bar.setVisible(yes)

    def _refused(self, sentence: str) -> None:
        self._say(sentence, "overdue")
        if not self._has_looked:
            self.secret.setEnabled(True)
            self.secret.setFocus()
            self.secret.selectAll()

    def _say(self, words: str, role: str) -> None:
        self.message.setText(words)
        restyle(self.message, "role", role)

    def _show_comparison(self, told: Comparison) -> None:
        self._has_looked = True
        heads = ("", f"这份备份（{told.made_at:%Y-%m-%d %H:%M}）", "现在的数据")
        for row, words in enumerate((heads, *told.lines)):
            for place, text in enumerate(words):
                part = label(text, "" if row and place else "quiet")
                self._compared.append(part)
                self._grid.addWidget(part, row, place)
        self.table.show()
        if not told.same_store and told.now is not None:
            self._say(_OTHER, "warning")
        elif told.would_lose:
            self._say(_LOSES.format(count=told.would_lose), "warning")
        elif told.is_first:
            self._say(_FIRST, "quiet")
        else:
            self._say(_KEEPS if self._may_restore else "", "quiet")
        self._show_acts()
        (self.restore_button if told.is_first else self._verify).setFocus()

    def _show_verified(self, manifest: Manifest) -> None:
        self._say(_VERIFIED.format(count=manifest.contents.petitions), "done")
        self._verify.setFocus()

    def _show_rehearsal(self, told: Rehearsal) -> None:
        self._say("✓ 演练成功，这份备份可以恢复。\n" + "\n".join(told.lines), "done")

    def _show_acts(self) -> None:
        self._look.setVisible(not self._has_looked)
        self.secret.setVisible(not self._has_looked)
        for part in (self._verify, self._rehearse):
            part.setVisible(self._has_looked)
        self.restore_button.setVisible(self._has_looked and self._may_restore)

    def _lay_out(self, reason: str) -> None:
        theme = self._theme
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        theme.space(column, 28, 24, 28, 20, gap=12)
        column.addWidget(label("备份", "title"))
        if reason:
            column.addWidget(label(reason, "overdue", wrap=True))
        where = label(str(self._path), "small", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (where, self.table, self.secret, self.message, self._bar):
            column.addWidget(part)
        column.addStretch(1)
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        foot.addWidget(button("关闭", self.reject, role="plain", key="Esc"))
        foot.addStretch(1)
        for part in (self._verify, self._rehearse, self.restore_button, self._look):
            foot.addWidget(part)
        column.addLayout(foot)
        outside = QVBoxLayout(self)
        theme.space(outside, 20)
        outside.addWidget(sheet)
        theme.fix(self, width=640)
        theme.follow(self, lambda look: self.setMinimumHeight(look.px(420)))
