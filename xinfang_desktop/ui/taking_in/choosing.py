"""ChoiceTable: rows of words, and below them the one thing that can be chosen for each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.table import Table, TableColumn
from xinfang_desktop.ui.widgets.words import Hint

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoiceBox(QComboBox):
    """A list of choices; Enter leads back to where one came from.

    Signals:
        left(): the choice is made.
    """

    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxVisibleItems(30)

    def offer(self, choices: Iterable[tuple[str, str]], chosen: str) -> None:
        """Offer choices (their keys and titles), of which one is made already."""
        self.blockSignals(True)
        self.clear()
        for key, title in choices:
            self.addItem(title, key)
        self.setCurrentIndex(self.findData(chosen))
        self.blockSignals(False)

    @property
    def key(self) -> str:
        """The choice made; nothing where there is none."""
        return str(self.currentData() or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Enter; every other key chooses."""
        if event.key() in _ENTER:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ChoiceTable(QWidget):
    """A table whose rows each have a choice.

    Signals:
        chosen(row, key): another choice was made for a row.
    """

    chosen = Signal(int, str)

    def __init__(self, name: str, columns: Sequence[TableColumn], theme: Theme) -> None:
        super().__init__()
        self._keys: list[str] = []
        self._choices: list[Sequence[tuple[str, str]]] = []
        self.table = Table(name, columns, theme)
        self.table.setProperty("help", "taking_in")
        self.box = ChoiceBox(f"{name}：改为")
        self._told = Hint("")
        row = QHBoxLayout()
        theme.space(row, gap=8)
        row.addWidget(self._told)
        row.addWidget(self.box)
        row.addWidget(Hint("Enter 改 · ↑↓ 选 · 再按 Enter 回到表中"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        theme.space(column, gap=6)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        theme.follow(self.box, lambda look: self.box.setMinimumWidth(look.px(200)))
        self.table.currentCellChanged.connect(lambda *_: self._offer())
        self.table.opened.connect(lambda _: self.box.setFocus())
        self.box.left.connect(self.table.setFocus)
        self.box.currentIndexChanged.connect(self._choose)

    def show_rows(
        self,
        rows: Sequence[Sequence[str]],
        choices: Sequence[Sequence[tuple[str, str]]],
        keys: Sequence[str],
        *,
        quiet: Sequence[int] = (),
    ) -> None:
        """Show rows, what can be chosen for each, and what is chosen."""
        self._choices, self._keys = list(choices), list(keys)
        self.table.blockSignals(True)
        self.table.show_rows(rows, quiet=quiet)
        self.table.blockSignals(False)
        self._offer()

    def _offer(self) -> None:
        row = self.table.currentRow()
        here = 0 <= row < len(self._keys)
        self.box.setEnabled(here)
        if here:
            item = self.table.item(row, 0)
            self._told.setText(f"{item.text() if item else ''} 是：")
            self.box.offer(self._choices[row], self._keys[row])

    def _choose(self, _: int) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._keys) and self.box.key != self._keys[row]:
            self.chosen.emit(row, self.box.key)
