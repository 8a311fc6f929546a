"""The other way into a new PC: a backup that somebody brought on a stick, chosen by keyboard."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from . import sticks
from .background import Background
from .first_run_steps import Step
from .theme import Theme
from .widgets.table import Table, TableColumn
from .widgets.words import button, label, restyle, shortcut

KIND = "备份 (*.xfbak)"
_COLUMNS = (
    TableColumn("备份时间", "2026-12-30 10:30"),
    TableColumn("大小", "1000.0 MB"),
    TableColumn("在哪里"),
    TableColumn("文件"),
)
_ABOUT = (
    "换了电脑，或旧电脑坏了：插上存着备份的U盘，选一份备份，输入原来的密码或恢复码。"
    "登记内容、编号、文书、设置都会回来，U盘上的备份不动。"
)
_LOOKING = "正在找备份…"
_FOUND = "找到{count}份备份，最新的在最上面。按 Enter 看看里面有什么，看过再恢复。"
_NONE = "没有找到备份。请插好U盘再按 F5；备份放在别的文件夹里的，按 Ctrl+O 选文件。"
_CHOOSE = "请先选一份备份：插上U盘按 F5，或按 Ctrl+O 选文件。"


class FoundBackup(NamedTuple):
    """A backup that can be reached from this PC; ``size`` is in bytes."""

    path: Path
    moment: datetime
    where: str
    size: int


def reachable_backups(folder: Path) -> list[FoundBackup]:
    """Give the backups on what is plugged in, and any left beside ``folder``; the latest first."""
    from xinfang_desktop.store.backup import FOLDER, backups_in

    places = {folder / FOLDER: "本机"}
    for volume in sticks.volumes(folder):
        places |= dict.fromkeys((volume.root, volume.root / sticks.FOLDER), volume.title)
    found = []
    for place, where in places.items():
        with suppress(OSError):  # a stick that is just being pulled
            found += [
                FoundBackup(path, moment, where, path.stat().st_size)
                for path, moment in backups_in(place)
            ]
    return sorted(found, key=lambda one: one.moment, reverse=True)


class RestoreStep(Step):
    """Choosing a backup; ``chosen`` is the one to be looked into."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__(theme)
        self._folder = folder
        self._background = Background(self, threads=1)
        self._found: list[FoundBackup] = []
        self.chosen: Path | None = None
        self.table = Table("找到的备份", _COLUMNS, theme)
        self.table.opened.connect(lambda _: self.finished.emit())
        self.message = label(_LOOKING, "quiet", wrap=True)
        self.message.setAccessibleName("找到几份备份")
        shortcut(self, "F5", self.look)
        shortcut(self, "Ctrl+O", self.open_file)
        self._lay_out()

    def take_focus(self) -> None:
        """Look for backups, and begin at the list."""
        self.table.setFocus()
        self.look()

    def missing(self) -> str:
        """A backup, chosen from the list or by its file."""
        row = self.table.currentRow()
        if 0 <= row < len(self._found):
            self.chosen = self._found[row].path
        return "" if self.chosen is not None else _CHOOSE

    def go_to_missing(self) -> None:
        """Stay at the list."""
        self.table.setFocus()

    def look(self) -> None:
        """Look for backups on what is plugged in now."""
        self._say(_LOOKING)
        self._background.run(lambda: reachable_backups(self._folder), self._show, self._say)

    def open_file(self) -> None:
        """Choose a backup by its file."""
        path, _ = QFileDialog.getOpenFileName(self, "选择备份文件", str(Path.home()), KIND)
        if path:
            self._found, self.chosen = [], Path(path)
            self.table.show_rows([])
            self.finished.emit()

    def let_go(self) -> None:
        """Wait for nothing that nobody sees any more."""
        self._background.let_go()

    def _show(self, found: list[FoundBackup]) -> None:
        self._found, self.chosen = found, None
        self.table.show_rows([_words(one) for one in found])
        self._say(_FOUND.format(count=len(found)) if found else _NONE)

    def _say(self, words: str) -> None:
        self.message.setText(words)
        restyle(self.message, "role", "warning" if words == _NONE else "quiet")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        self._theme.space(row, gap=8)
        row.addWidget(button("选择文件…", self.open_file, key="Ctrl+O"))
        row.addWidget(button("再找一遍", self.look, key="F5"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        self._theme.space(column, 0, 8, 0, 0, gap=12)
        column.addWidget(label(_ABOUT, wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.message)
        column.addLayout(row)


def _words(one: FoundBackup) -> tuple[str, ...]:
    size = f"{one.size / 2**20:.1f} MB"
    return f"{one.moment:%Y-%m-%d %H:%M}", size, one.where, one.path.name
