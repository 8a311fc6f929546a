"""Rows of words as a quiet table; Enter acts on the row under the bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.theme import Theme

_ROW, _HEAD, _PADDING = 36, 34, 32


@dataclass(frozen=True)
class TableColumn:
    """A column: its heading, and the widest it must show whole ("" takes what is left)."""

    title: str
    widest: str = ""


class Table(QTableWidget):
    """A short list.

    Signals:
        opened(row): Enter or a double click.
        removed(row): Delete.
    """

    opened = Signal(int)
    removed = Signal(int)

    def __init__(self, name: str, columns: Sequence[TableColumn], theme: Theme) -> None:
        super().__init__(0, len(columns))
        self._columns = tuple(columns)
        self._theme = theme
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels([column.title for column in columns])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(columns):
            if not column.widest:
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        theme.follow(self, self._measure)
        self.cellDoubleClicked.connect(lambda row, _: self.opened.emit(row))

    def show_rows(self, rows: Sequence[Sequence[str]], *, quiet: Sequence[int] = ()) -> None:
        """Show rows of words; the bar stays where it was. ``quiet`` rows stand back."""
        here = max(self.currentRow(), 0)
        self.setRowCount(len(rows))
        for row, words in enumerate(rows):
            for place, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setToolTip("" if self._columns[place].widest else text)
                if row in quiet:
                    item.setForeground(self._theme.colour("quiet"))
                self.setItem(row, place, item)
        if rows:
            self.setCurrentCell(min(here, len(rows) - 1), 0)

    def fit_rows(self, most: int) -> None:
        """Be as high as the rows, up to ``most`` of them."""
        look = self._theme.look
        rows = min(max(self.rowCount(), 1), most)
        self.setFixedHeight(look.px(_HEAD) + rows * look.px(_ROW) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete removes."""
        row = self.currentRow()
        if row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif row >= 0 and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    def _measure(self, look: Look) -> None:
        font = self.font()
        font.setPixelSize(look.px(14))
        metrics = QFontMetrics(font)
        for place, column in enumerate(self._columns):
            if column.widest:
                widest = max(map(metrics.horizontalAdvance, (column.widest, column.title)))
                self.setColumnWidth(place, widest + look.px(_PADDING))
        self.horizontalHeader().setFixedHeight(look.px(_HEAD))
        self.verticalHeader().setDefaultSectionSize(look.px(_ROW))
