"""DifferenceTable: what two matters tell differently, and from which of them each is taken."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView

from xinfang_desktop.casework.merging import Difference, Side

from .look import Look
from .theme import Theme
from .widgets.table import Table, TableColumn

_CHOSEN, _OTHER = "●", "○"
_LOWEST, _HIGHEST = 36, 132
"""Pixels at 100 % that a line takes; the rest of a long text is in its tool tip."""
_KEYS = {Qt.Key.Key_Left: Side.KEPT, Qt.Key.Key_Right: Side.MERGED}
_SIDES = ((1, Side.KEPT), (2, Side.MERGED))


class DifferenceTable(Table):
    """What differs, a line each: the kept matter's word at the left, the merged one's at the right.

    The side that is taken has a full dot and strong letters.
    """

    def __init__(self, theme: Theme) -> None:
        self._differences: tuple[Difference, ...] = ()
        self._sides: dict[str, Side] = {}
        columns = (TableColumn("项目", "反映内容及诉求摘要"), TableColumn(""), TableColumn(""))
        super().__init__("两件不同的地方", columns, theme)
        self.setWordWrap(True)
        self.setProperty("role", "tall")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        theme.follow(self, self._limit)
        self.cellClicked.connect(self._clicked)

    @property
    def choices(self) -> dict[str, Side]:
        """The side that each difference is taken from, by its path."""
        return dict(self._sides)

    def show_differences(self, kept: str, merged: str, differences: Sequence[Difference]) -> None:
        """Show what differs, with what suggests itself."""
        self._differences = tuple(differences)
        self._sides = {one.path: one.default for one in differences}
        self.setHorizontalHeaderLabels(["项目", f"保留件 {kept}", f"并入件 {merged}"])
        self.show_rows([(one.title, one.kept, one.merged) for one in differences])
        for row in range(len(differences)):
            self._dress(row)
        if differences:
            self.setCurrentCell(0, 0)

    def choose(self, row: int, side: Side) -> None:
        """Take a difference from a side."""
        self._sides[self._differences[row].path] = side
        self._dress(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows to the sides choose, the space bar changes over."""
        row = self.currentRow()
        side = _KEYS.get(Qt.Key(event.key()))
        if row < 0 or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif side is not None:
            self.choose(row, side)
        elif event.key() == Qt.Key.Key_Space:
            is_kept = self._sides[self._differences[row].path] is Side.KEPT
            self.choose(row, Side.MERGED if is_kept else Side.KEPT)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the words need in the width that there is now."""
        super().resizeEvent(event)
        self._stand_up()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stand_up()

    def row_in_hand(self) -> QRect:
        """Where the row under the bar lies, in this table."""
        rect = self.visualRect(self.model().index(max(self.currentRow(), 0), 0))
        return rect.translated(self.viewport().pos())

    def _stand_up(self) -> None:
        """Show every row: whatever the table stands in is scrolled, not the table."""
        self.resizeRowsToContents()
        self.setFixedHeight(self.horizontalHeader().height() + self.verticalHeader().length() + 2)

    def _clicked(self, row: int, column: int) -> None:
        if column:
            self.choose(row, Side.KEPT if column == 1 else Side.MERGED)

    def _dress(self, row: int) -> None:
        difference = self._differences[row]
        strong = QFont(self.font())
        strong.setBold(True)
        for column, side in _SIDES:
            words = difference.kept if side is Side.KEPT else difference.merged
            item = self.item(row, column)
            if item is None:
                continue
            is_chosen = self._sides[difference.path] is side
            item.setText(f"{_CHOSEN if is_chosen else _OTHER} {words or '（空）'}")
            item.setFont(strong if is_chosen else self.font())
            item.setForeground(self._theme.colour("text" if is_chosen else "quiet"))
            item.setToolTip(words)

    def _limit(self, look: Look) -> None:
        self.verticalHeader().setMaximumSectionSize(look.px(_HIGHEST))
        self.verticalHeader().setMinimumSectionSize(look.px(_LOWEST))
        self._stand_up()
