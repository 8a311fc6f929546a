"""NumberTable: rows of numbers, each of which opens the matters that it counts.

The bar is on one cell: Enter opens what that very number counts, F1 says what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from xinfang_desktop.models.report import Pointer

from .look import Look
from .theme import Theme

_ROW, _HEAD, _PADDING, _HEAD_PADDING = 34, 34, 12, 15
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class NumberCell:
    """What one cell shows: a number with its matters, or words; ``share`` paints a bar."""

    text: str
    pointer: Pointer | None = None
    share: Fraction | None = None
    quiet: bool = False


@dataclass(frozen=True)
class NumberRow:
    """A row; a heading parts the table and holds no numbers. ``about`` is what it is of."""

    cells: tuple[NumberCell, ...]
    about: str = ""
    is_heading: bool = False
    is_total: bool = False


class NumberTable(QTableWidget):
    """The table.

    Signals:
        opened(pointer): somebody wants to see the matters behind a number.
        explained(about): F1: somebody asks what the row is.
        moved(about): the bar is on another row.
    """

    opened = Signal(object)
    explained = Signal(str)
    moved = Signal(str)

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[NumberRow, ...] = ()
        self._widest: list[int] = []
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self, theme))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        theme.follow(self, self._measure)
        self.cellDoubleClicked.connect(lambda row, column: self._open(row, column))
        self.currentCellChanged.connect(self._told_where)

    @property
    def rows(self) -> tuple[NumberRow, ...]:
        """What is shown."""
        return self._rows

    def cell(self, row: int, column: int) -> NumberCell | None:
        """Give a cell, or None where there is none."""
        if not 0 <= row < len(self._rows) or column >= len(self._rows[row].cells):
            return None
        return self._rows[row].cells[column]

    def row_of(self, row: int) -> NumberRow | None:
        """Give a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def show_rows(self, heads: Sequence[str], rows: Sequence[NumberRow]) -> None:
        """Show other rows; the bar stays on what it was on."""
        about, column = self.about, max(self.currentColumn(), 0)
        self._rows = tuple(rows)
        self.blockSignals(True)
        self.clearSpans()
        self.setColumnCount(len(heads))
        self.setRowCount(len(rows))
        for place, head in enumerate(heads):
            item = QTableWidgetItem(head)
            item.setTextAlignment(_RIGHT if place else _LEFT)
            self.setHorizontalHeaderItem(place, item)
        for place, row in enumerate(rows):
            self._put(place, row, len(heads))
        self.blockSignals(False)
        self._measure(self._theme.look)
        self._return_to(about, column)

    @property
    def about(self) -> str:
        """What the bar is on."""
        row = self.row_of(self.currentRow())
        return row.about if row else ""

    def event(self, event: QEvent) -> bool:
        """Take F1 and Enter before the window does."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.key() in (Qt.Key.Key_F1, *_ENTER) and self.about:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F1 explains; headings are stepped over."""
        if event.key() in _ENTER:
            self._open(self.currentRow(), self.currentColumn())
        elif event.key() == Qt.Key.Key_F1 and self.about:
            self.explained.emit(self.about)
        else:
            super().keyPressEvent(event)
            self._step_over(up=event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Home))

    def keyboardSearch(self, search: str) -> None:
        """Search nothing: letters are for nothing here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the first column what the others leave."""
        super().resizeEvent(event)
        self._share_room()

    def _put(self, place: int, row: NumberRow, columns: int) -> None:
        for column in range(columns):
            cell = row.cells[column] if column < len(row.cells) else NumberCell("")
            item = QTableWidgetItem(cell.text)
            item.setTextAlignment(_RIGHT if column else _LEFT)
            if row.is_heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            elif column == 0:
                item.setToolTip(cell.text)
            self.setItem(place, column, item)
        if row.is_heading and columns > 1:
            self.setSpan(place, 0, 1, columns)

    def _return_to(self, about: str, column: int) -> None:
        places = [place for place, row in enumerate(self._rows) if not row.is_heading]
        if not places:
            return
        here = next((place for place in places if self._rows[place].about == about), places[0])
        self.setCurrentCell(here, min(column or 1, self.columnCount() - 1))
        self.moved.emit(self.about)

    def _step_over(self, *, up: bool) -> None:
        row = self.row_of(self.currentRow())
        if row is None or not row.is_heading:
            return
        step = -1 if up else 1
        place = self.currentRow()
        while (found := self.row_of(place)) is not None and found.is_heading:
            place += step
        if found is None:
            place = next(at for at, one in enumerate(self._rows) if not one.is_heading)
        self.setCurrentCell(place, self.currentColumn())

    def _open(self, row: int, column: int) -> None:
        cell = self.cell(row, column)
        if cell is not None and cell.pointer is None and column == 0:
            cell = self.cell(row, 1)
        if cell is not None and cell.pointer is not None:
            self.opened.emit(cell.pointer)

    def _told_where(self) -> None:
        self.moved.emit(self.about)

    def _measure(self, look: Look) -> None:
        font = QFont(self.font())
        font.setPixelSize(look.px(14))
        font.setBold(True)
        metrics = QFontMetrics(font)
        padding = look.px(2 * _HEAD_PADDING) + look.px(4)
        self._widest = [
            max(
                (metrics.horizontalAdvance(text) for text in self._texts(column)),
                default=0,
            )
            + padding
            for column in range(self.columnCount())
        ]
        self.horizontalHeader().setFixedHeight(look.px(_HEAD))
        self.verticalHeader().setDefaultSectionSize(look.px(_ROW))
        self._share_room()

    def _texts(self, column: int) -> list[str]:
        head = self.horizontalHeaderItem(column)
        shown = [row.cells[column].text for row in self._rows if column < len(row.cells)]
        headings = [row.cells[0].text for row in self._rows if row.is_heading]
        return [
            *(text for text in shown if column or text not in headings),
            head.text() if head else "",
        ]

    def _share_room(self) -> None:
        if not self._widest:
            return
        others = sum(self._widest[1:])
        free = self.viewport().width() - others
        first = max(self._widest[0], min(free, self._widest[0] + self._theme.px(80)))
        spare = max(free - first, 0) // max(len(self._widest) - 1, 1)
        for column, widest in enumerate(self._widest):
            self.setColumnWidth(column, first if column == 0 else widest + spare)


class _Delegate(QStyledItemDelegate):
    """Paints a number; a bar of its share lies behind it, a frame round the one in hand."""

    def __init__(self, table: NumberTable, theme: Theme) -> None:
        super().__init__(table)
        self._table = table
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a cell."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        row = self._table.row_of(index.row())
        cell = self._table.cell(index.row(), index.column())
        colour, px = self._theme.colour, self._theme.px
        if row is None:
            return
        if row.is_heading:
            painter.fillRect(rect, colour("surface_quiet"))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        if chosen:
            painter.fillRect(rect, colour("chosen"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("hairline"))
        if cell is None:
            return
        if cell.share:
            self._bar(painter, rect, float(cell.share))
        if chosen and self._table.hasFocus():
            painter.setPen(colour("accent"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        font = QFont(self._table.font())
        font.setPixelSize(px(13 if row.is_heading else 14))
        font.setBold(row.is_heading or row.is_total or (index.column() == 1 and not cell.quiet))
        painter.setFont(font)
        is_quiet = cell.quiet or row.is_heading
        painter.setPen(colour("quiet" if is_quiet else "text"))
        inside = rect.adjusted(px(_PADDING), 0, -px(_PADDING), 0)
        shown = QFontMetrics(font).elidedText(
            cell.text, Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, int(_RIGHT if index.column() else _LEFT), shown)

    def _bar(self, painter: QPainter, rect: QRect, share: float) -> None:
        px = self._theme.px
        accent = self._theme.colour("accent")
        accent.setAlphaF(0.22)
        inside = rect.adjusted(px(6), px(7), -px(6), -px(7))
        inside.setWidth(max(round(inside.width() * min(share, 1.0)), 2))
        painter.fillRect(inside, accent)
