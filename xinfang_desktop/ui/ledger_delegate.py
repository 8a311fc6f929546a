"""LedgerDelegate: paints a cell of the ledger straight, four times as fast as the style sheet."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from .ledger_model import LedgerModel
from .look import Look
from .theme import Theme

PADDING = 15


class LedgerDelegate(QStyledItemDelegate):
    """Text on one line, a hairline below, a tint where the bar is."""

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
        painter.drawText(inside, cell.side, shown)

    def _measure(self, look: Look) -> None:
        font = QFont(self._parent.font())
        font.setPixelSize(look.px(14))
        strong = QFont(font)
        strong.setBold(True)
        self._plain = font, QFontMetrics(font)
        self._strong = strong, QFontMetrics(strong)
        self._padding = look.px(PADDING)
        self._text, self._quiet, self._chosen, self._hairline = (
            QColor(getattr(look.roles, role)) for role in ("text", "quiet", "chosen", "hairline")
        )
