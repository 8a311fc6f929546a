"""LedgerTable: the table of the ledger; the keyboard moves in it, Enter opens."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from .ledger_delegate import PADDING, LedgerDelegate
from .ledger_model import CLAIM, COLUMNS, NAMES, LedgerModel
from .look import Look
from .theme import Theme

ROW_HEIGHT = 38
HEADER_HEIGHT = 36
LEAST_CLAIM = 224
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LedgerTable(QTableView):
    """One line for each matter.

    Signals:
        opened(row): somebody wants to see the matter in this row.
        left_upwards(): the arrow up in the first row.
    """

    opened = Signal(int)
    left_upwards = Signal()

    def __init__(self, model: LedgerModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widths: dict[int, int] = {}
        self._least_claim = 0
        self.setModel(model)
        self.setItemDelegate(LedgerDelegate(model, theme, self))
        self.setAccessibleName("台账列表")
        self.setProperty("help", "ledger")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
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
        across.setSectionsClickable(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setSectionResizeMode(CLAIM, QHeaderView.ResizeMode.Stretch)
        theme.follow(self, self._measure)
        self.doubleClicked.connect(self._open_index)

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
        self._make_room()

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

    def _measure(self, look: Look) -> None:
        """Make every column as wide as the widest it must show whole."""
        font = self.font()
        font.setPixelSize(look.px(14))
        font.setBold(True)
        metrics = QFontMetrics(font)
        room = look.px(2 * PADDING) + look.px(4)
        self._least_claim = look.px(LEAST_CLAIM)
        for place, column in enumerate(COLUMNS):
            if place != CLAIM:
                widest = max(map(metrics.horizontalAdvance, (column.widest, column.title)))
                self._widths[place] = widest + room
                self.setColumnWidth(place, widest + room)
        self.horizontalHeader().setMinimumSectionSize(look.px(48))
        self.horizontalHeader().setFixedHeight(look.px(HEADER_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_HEIGHT))
        self._make_room()

    def _make_room(self) -> None:
        free = self.viewport().width() - self._least_claim
        for place in range(len(COLUMNS)):
            free -= self._widths.get(place, 0)
        turns = sorted((column.gives_way, at) for at, column in enumerate(COLUMNS))
        for turn, place in turns:
            if turn:
                self.setColumnHidden(place, free < 0)
                free += self._widths[place] if free < 0 else 0
        self.setColumnWidth(NAMES, self._widths.get(NAMES, 0) + max(free, 0) // 5)
