"""StartView: choose a file, and the imports there were, each to be opened, kept, or withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.cards import Card
from xinfang_desktop.ui.widgets.table import Table, TableColumn
from xinfang_desktop.ui.widgets.words import Hint, button, label, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.casework.taking_in.entering import LedgerLine

CHOOSE_KEY = "Ctrl+O"
_COLUMNS = (
    TableColumn("导入时间", "2026-12-28 10:30"),
    TableColumn("文件"),
    TableColumn("经办", "欧阳经办员"),
    TableColumn("登记", "88888件"),
    TableColumn("待补正", "8888行"),
    TableColumn("情况", "已撤回"),
)
_DROP = "把台账文件拖到这里，或按 Ctrl+O 选文件"
_KINDS = (
    "Excel、WPS 的 .xlsx 和 .xls，或 .csv。先核对，再导入；看不准的行待补正，不会猜着改。"
    "整次导入可以一次撤回。"
)
_NO_HEADS = "这个文件里没有找到表头。确实没有的话，各列按内容来认，认完再请您过目。"


class StartView(QWidget):
    """Where an import begins.

    Signals:
        choose_wanted(): choose a file.
        without_heads_wanted(): the file that was chosen has no heads.
        opened(id), original_wanted(id), withdraw_wanted(id): of an earlier import.
    """

    choose_wanted = Signal()
    without_heads_wanted = Signal()
    opened = Signal(int)
    original_wanted = Signal(int)
    withdraw_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._lines: list[LedgerLine] = []
        self.table = Table("以往的导入", _COLUMNS, theme)
        self.table.setProperty("help", "taking_in")
        self.act = button("选文件", self.choose_wanted.emit, role="strong", key=CHOOSE_KEY)
        self.no_heads = button("没有表头，按内容认", self.without_heads_wanted.emit, key="Ctrl+H")
        self._no_heads_told = label(_NO_HEADS, "warning", wrap=True)
        self._lay_out(theme)
        self.table.opened.connect(lambda row: self.opened.emit(self._lines[row].id))
        self.table.removed.connect(lambda row: self.withdraw_wanted.emit(self._lines[row].id))
        shortcut(self, "Ctrl+H", self._say_without_heads)
        shortcut(self, "Ctrl+Shift+O", self._want_original)
        self.ask_about_heads(False)

    def ask_about_heads(self, asks: bool) -> None:
        """Ask whether the file really has no heads, or ask no more."""
        self.no_heads.setVisible(asks)
        self._no_heads_told.setVisible(asks)
        if asks:
            self.no_heads.setFocus()

    def show_ledgers(self, lines: list[LedgerLine]) -> None:
        """Show the imports there were."""
        self._lines = lines
        rows = [
            (
                f"{line.taken_in_at:%Y-%m-%d %H:%M}",
                line.file_name,
                line.taken_in_by,
                f"{line.registered}件",
                f"{line.waiting}行" if line.waiting and not line.is_withdrawn else "",
                "已撤回" if line.is_withdrawn else "",
            )
            for line in lines
        ]
        quiet = [place for place, line in enumerate(lines) if line.is_withdrawn]
        self.table.show_rows(rows, quiet=quiet)
        self._earlier.setVisible(bool(lines))

    def take_focus(self) -> None:
        """Begin with the file."""
        (self.act if self.no_heads.isHidden() else self.no_heads).setFocus()

    def _want_original(self) -> None:
        self._of_current(self.original_wanted)

    def _want_withdrawal(self) -> None:
        self._of_current(self.withdraw_wanted)

    def _of_current(self, news: object) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._lines):
            news.emit(self._lines[row].id)  # type: ignore[attr-defined]

    def _say_without_heads(self) -> None:
        if not self.no_heads.isHidden():
            self.without_heads_wanted.emit()

    def _lay_out(self, theme: Theme) -> None:
        card = Card(theme, _DROP)
        card.column.addWidget(label(_KINDS, "quiet", wrap=True))
        card.column.addWidget(self._no_heads_told)
        acts = QHBoxLayout()
        theme.space(acts, gap=8)
        acts.addWidget(self.act)
        acts.addWidget(self.no_heads)
        acts.addStretch(1)
        card.column.addLayout(acts)
        self._earlier = QWidget()
        below = QVBoxLayout(self._earlier)
        theme.space(below, gap=8)
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        foot.addWidget(Hint("Enter 在台账中打开这一次导入的"))
        foot.addStretch(1)
        foot.addWidget(button("取出原件", self._want_original, key="Ctrl+Shift+O"))
        foot.addWidget(button("撤回这次导入", self._want_withdrawal, key="Delete"))
        below.addWidget(label("以往的导入", "section"))
        below.addWidget(self.table, 1)
        below.addLayout(foot)
        column = QVBoxLayout(self)
        theme.space(column, 20, 16, 20, 10, gap=14)
        column.addWidget(card)
        column.addWidget(self._earlier, 1)
        column.addStretch(0)
