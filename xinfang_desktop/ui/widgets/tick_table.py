"""TickTable: rows that the space bar ticks, to do something with several at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.table import Table, TableColumn

TICKED, NOT_TICKED = "☑", "☐"
_TICKS = TableColumn("", TICKED)
_TICK_WIDTH = 36


class TickTable(Table):
    """Rows with a tick in front; what is ticked goes by the row's own id, not by its place.

    Signals:
        ticks_changed(): a row was ticked, or no more.
        left_upwards(): the arrow up in the first row.
    """

    ticks_changed = Signal()
    left_upwards = Signal()

    def __init__(self, name: str, columns: Sequence[TableColumn], theme: Theme) -> None:
        self._ids: list[int] = []
        self._ticked: set[int] = set()
        super().__init__(name, (_TICKS, *columns), theme)
        theme.follow(self, self._narrow)

    @property
    def ticked(self) -> list[int]:
        """The ids of the rows that are ticked, in their order."""
        return [id for id in self._ids if id in self._ticked]

    @property
    def chosen(self) -> list[int]:
        """The ids that an act is for: those ticked, or else the one under the bar."""
        row = self.currentRow()
        return self.ticked or (self._ids[row : row + 1] if row >= 0 else [])

    def show_ids(self, ids: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        """Show rows with their ids; those that were ticked stay so."""
        here = self._ids[self.currentRow()] if 0 <= self.currentRow() < len(self._ids) else None
        self._ids = list(ids)
        self._ticked &= set(ids)
        self.show_rows(
            [(self._sign(id), *words) for id, words in zip(self._ids, rows, strict=True)]
        )
        if here in self._ids:
            self.setCurrentCell(self._ids.index(here), 1)
        self.ticks_changed.emit()

    def tick(self, row: int) -> None:
        """Tick a row, or take its tick away."""
        if 0 <= row < len(self._ids):
            self._ticked ^= {self._ids[row]}
            self._show_ticks()

    def tick_all(self) -> None:
        """Tick every row, or none where all are ticked."""
        every = set(self._ids)
        self._ticked = set() if self._ticked >= every else every
        self._show_ticks()

    def untick(self) -> None:
        """Take every tick away."""
        self._ticked.clear()
        self._show_ticks()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar ticks and goes on, Ctrl+A ticks all, up from the first row leaves."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        row = self.currentRow()
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.tick(row)
        elif event.key() == Qt.Key.Key_A and control:
            self.tick_all()
        elif event.key() == Qt.Key.Key_Up and row <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the tick ticks."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and index.column() == 0:
            self.tick(index.row())

    def keyboardSearch(self, search: str) -> None:
        """Letters search nothing here."""

    def _narrow(self, look: Look) -> None:
        """Give the ticks no more room than they need."""
        self.horizontalHeader().setMinimumSectionSize(look.px(_TICK_WIDTH))
        self.setColumnWidth(0, look.px(_TICK_WIDTH))

    def _sign(self, id: int) -> str:
        return TICKED if id in self._ticked else NOT_TICKED

    def _show_ticks(self) -> None:
        for row, id in enumerate(self._ids):
            item = self.item(row, 0)
            if item is not None:
                item.setText(self._sign(id))
        self.ticks_changed.emit()
