"""DoneView: what an import came to, and where to go from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.cards import Card
from xinfang_desktop.ui.widgets.words import button, label

if TYPE_CHECKING:
    from xinfang_desktop.models import TakenInLedger

_DONE = "已导入《{file}》：登记{registered}件"
_REST = (
    "待补正{waiting}行，因已有没有登记的{left_out}行。原件已加密存档。"
    "整次导入可以撤回：按 Ctrl+Z，或在“1 选文件”下面的列表里。"
)


class DoneView(QWidget):
    """The outcome.

    Signals:
        open_wanted(id): somebody wants the matters of this import in the ledger.
        waiting_wanted(): somebody wants to put the rows right that wait.
    """

    open_wanted = Signal(int)
    waiting_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._id = 0
        self.sentence = ""
        self._title, self._rest = label("", "heading", wrap=True), label("", "quiet", wrap=True)
        self.open = button("在台账中打开", self._open, role="strong", key="Enter")
        self.repair = button("补正", self.waiting_wanted.emit)
        self.open.setAutoDefault(True)
        card = Card(theme)
        acts = QHBoxLayout()
        theme.space(acts, gap=8)
        acts.addWidget(self.open)
        acts.addWidget(self.repair)
        acts.addStretch(1)
        card.column.addWidget(self._title)
        card.column.addWidget(self._rest)
        card.column.addLayout(acts)
        column = QVBoxLayout(self)
        theme.space(column, 20, 16, 20, 10, gap=14)
        column.addWidget(card)
        column.addStretch(1)

    def show_taken(self, ledger: TakenInLedger) -> None:
        """Show what an import came to."""
        assert ledger.id is not None
        self._id = ledger.id
        told = {"waiting": ledger.waiting, "left_out": ledger.left_out}
        self.sentence = _DONE.format(file=ledger.file_name, registered=ledger.registered)
        self._title.setText(self.sentence)
        self._rest.setText(_REST.format(**told))
        self.open.setEnabled(bool(ledger.registered))
        self.repair.setText(f"补正 {ledger.waiting} 行")
        self.repair.setAccessibleName(self.repair.text())
        self.repair.setVisible(bool(ledger.waiting))

    def take_focus(self) -> None:
        """Begin with what came in."""
        (self.open if self.open.isEnabled() else self.repair).setFocus()

    def _open(self) -> None:
        self.open_wanted.emit(self._id)
