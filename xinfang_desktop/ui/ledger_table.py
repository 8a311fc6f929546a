"""LedgerTable: the table of the ledger; the keyboard moves in it, Enter opens, a heading orders."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from .ledger_delegate import PADDING, LedgerDelegate
from .ledger_model import LedgerModel
from .look import Look
from .theme import Theme

ROW_HEIGHT = 38
HEADER_HEIGHT = 36
LEAST_CLAIM = 224
LEAST_COLUMN = 48
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GIVES_WAY = ("headcount", "status", "channel")
"""The columns left out one after the other where the claim would have no room, as long as nobody
chose columns of his own."""

_SETTLED_MS = 400


class LedgerTable(QTableView):
    """One line for each matter.

    Signals:
        opened(row): somebody wants to see the matter in this row.
        left_upwards(): the arrow up in the first row.
        sort_requested(key): a heading was clicked whose column the ledger can be ordered by.
        widths_changed(widths): columns were made wider or narrower; by key, in pixels at 100 %.
        selection_moved(): other rows are selected.
    """

    opened = Signal(int)
    left_upwards = Signal()
    sort_requested = Signal(str)
    widths_changed = Signal(object)
    selection_moved = Signal()

    def __init__(
        self,
        model: LedgerModel,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        many: bool = False,
    ) -> None:
        super().__init__(parent)
        self._ledger = model
        self._theme = theme
        self._chosen_widths: dict[str, int] = {}
        self._is_usual = True
        self._is_fitting = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self.setModel(model)
        self.setItemDelegate(LedgerDelegate(model, theme, self))
        self.setAccessibleName("台账列表")
        self.setProperty("help", "ledger")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionsClickable(many)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        theme.follow(self, self._measure)
        self.doubleClicked.connect(self._open_index)
        across.sectionClicked.connect(self._ask_for_order)
        across.sectionResized.connect(self._resized)
        self._settling.timeout.connect(self._tell_widths)
        model.modelReset.connect(self._fit)

    @property
    def selected(self) -> list[range]:
        """The rows that are selected, a range for each run of them, from the top."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.count())]
        found = [range(part.top(), part.bottom() + 1) for part in parts]
        return sorted(found, key=lambda rows: rows.start)

    def show_widths(self, widths: Mapping[str, int], *, usual: bool) -> None:
        """Show columns as wide as somebody made them; ``usual`` columns give way to the claim."""
        self._chosen_widths, self._is_usual = dict(widths), usual
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; up from the first row leaves; left and right change nothing."""
        row = self.currentIndex().row()
        if event.key() in _OPENING and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if row >= 0:
                self.opened.emit(row)
            return
        if event.key() == Qt.Key.Key_Up and row <= 0:
            self.left_upwards.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave columns out, one after the other, until the claim has room."""
        super().resizeEvent(event)
        self._fit()

    def selectionChanged(self, selected: object, deselected: object) -> None:
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        self.selection_moved.emit()

    def keyboardSearch(self, search: str) -> None:
        """Search nothing here: it would read every row; the search box is for that."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the selection as it is where there is no row."""
        if self.indexAt(event.position().toPoint()).isValid():
            super().mousePressEvent(event)

    def choose(self, row: int) -> None:
        """Put the bar on a row, if there is one."""
        if row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))

    def _open_index(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.opened.emit(index.row())

    def _ask_for_order(self, section: int) -> None:
        if key := self._ledger.columns[section].sort:
            self.sort_requested.emit(key)

    def _measure(self, look: Look) -> None:
        """Know how wide every column is that must be shown whole."""
        font = self.font()
        font.setPixelSize(look.px(14))
        font.setBold(True)
        self._metrics = QFontMetrics(font)
        self.horizontalHeader().setMinimumSectionSize(look.px(LEAST_COLUMN))
        self.horizontalHeader().setFixedHeight(look.px(HEADER_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_HEIGHT))
        self._fit()

    def _natural(self) -> list[int]:
        """Give the width of every column: as chosen, or of the widest it must show whole."""
        px, room = self._theme.px, self._theme.px(2 * PADDING) + self._theme.px(4)
        sign = self._theme.px(14) if self.horizontalHeader().sectionsClickable() else 0
        widths = []
        for column in self._ledger.columns:
            chosen = self._chosen_widths.get(column.key)
            texts = (column.widest, column.title)
            needed = max(map(self._metrics.horizontalAdvance, texts)) + room
            least = self._metrics.horizontalAdvance(column.title) + room + sign
            widths.append(px(chosen) if chosen else max(needed, least))
        return widths

    def _fit(self) -> None:
        """Give the columns their widths, and what is left to the first that holds long text."""
        self._is_fitting = True
        widths, columns = self._natural(), self._ledger.columns
        filled = next((at for at, column in enumerate(columns) if column.wraps), len(columns) - 1)
        least = self._theme.px(LEAST_CLAIM) if columns[filled].wraps else widths[filled]
        free = self.viewport().width() - sum(widths) + widths[filled]
        for turn in _GIVES_WAY:
            for at, column in enumerate(columns):
                if column.key == turn:
                    gives_way = self._is_usual and free < least
                    self.setColumnHidden(at, gives_way)
                    free += widths[at] if gives_way else 0
        widths[filled] = max(free, least)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)
        self._is_fitting = False

    def _resized(self, section: int, _: int, width: int) -> None:
        """Remember how wide somebody makes a column; the one with long text takes what is left."""
        if self._is_fitting or section >= len(self._ledger.columns) or not width:
            return
        column = self._ledger.columns[section]
        if not column.wraps:
            self._chosen_widths[column.key] = round(width * 100 / self._theme.look.size)
            self._settling.start()

    def _tell_widths(self) -> None:
        self.widths_changed.emit(dict(self._chosen_widths))
        self._fit()
