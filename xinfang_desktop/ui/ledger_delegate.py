"""LedgerDelegate: paints a cell of the ledger straight, four times as fast as the style sheet."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from .ledger_model import Cell, LedgerModel
from .look import Look
from .theme import Theme

PADDING = 15
_ELLIPSIS = "…"


class LedgerDelegate(QStyledItemDelegate):
    """Text on one line, a hairline below, a tint where the bar is and below what was searched."""

    def __init__(self, model: LedgerModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._parent = parent
        theme.follow(self, self._measure)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a cell."""
        rect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, self._chosen)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._hairline)
        cell = self._model.cell(index.row(), index.column())
        font, metrics = self._strong if cell.strong else self._plain
        painter.setFont(font)
        painter.setPen(self._quiet if cell.quiet else self._text)
        inside = rect.adjusted(self._padding, 0, -self._padding, 0)
        shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, inside.width())
        if cell.spans:
            self._mark(painter, inside, cell, shown, metrics)
        painter.drawText(inside, cell.side, shown)

    def _mark(
        self, painter: QPainter, inside: QRect, cell: Cell, shown: str, metrics: QFontMetrics
    ) -> None:
        """Tint what was searched for, as far as it is shown."""
        seen = len(shown) if shown == cell.text else len(shown) - len(_ELLIPSIS)
        left = inside.left()
        if cell.side & int(Qt.AlignmentFlag.AlignRight):
            left = inside.right() - metrics.horizontalAdvance(shown)
        height = metrics.height()
        top = inside.center().y() - height // 2
        for start, end in cell.spans:
            if start < seen:
                begin = left + metrics.horizontalAdvance(shown[:start])
                finish = left + metrics.horizontalAdvance(shown[: min(end, seen)])
                painter.fillRect(begin, top, finish - begin, height, self._marked)

    def _measure(self, look: Look) -> None:
        font = QFont(self._parent.font())
        font.setPixelSize(look.px(14))
        strong = QFont(font)
        strong.setBold(True)
        self._plain = font, QFontMetrics(font)
        self._strong = strong, QFontMetrics(strong)
        self._padding = look.px(PADDING)
        roles = ("text", "quiet", "chosen", "hairline", "mark")
        self._text, self._quiet, self._chosen, self._hairline, self._marked = (
            QColor(getattr(look.roles, role)) for role in roles
        )
