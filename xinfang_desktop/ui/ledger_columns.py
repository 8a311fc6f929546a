"""ColumnsDialog: which columns the ledger shows, in which order, and by what it is ordered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from .theme import Theme
from .widgets.cards import Card
from .widgets.words import button, label

if TYPE_CHECKING:
    from xinfang_desktop.casework.search import Sort

_ROW_HEIGHT = 32
_KEY = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_UNORDERED = "收到日期（新的在前）"
_WAYS = ("从小到大", "从大到小")


class ColumnsDialog(QDialog):
    """Every column in a list: ticked is shown, from the top down is from left to right.

    Signals:
        decided(columns, sort): show these columns, ordered so (None: as usual).
    """

    decided = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[str],
        sort: Sort | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("列和排序")
        self.setProperty("help", "ledger")
        self.list = QListWidget()
        self.list.setAccessibleName("各栏，勾选的显示")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.installEventFilter(self)
        self.orders, self.ways = QComboBox(), QComboBox()
        self.orders.setAccessibleName("按哪一栏排序")
        self.ways.setAccessibleName("排序的方向")
        self.ways.addItems(_WAYS)
        self._fill(columns)
        self._offer_orders(sort)
        self._lay_out()
        self.orders.currentIndexChanged.connect(self._show_way)
        self._show_way()
        self.finished.connect(self.deleteLater)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are ticked, in order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(
            str(item.data(_KEY)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    @property
    def sort(self) -> Sort | None:
        """By what the ledger is to be ordered."""
        from xinfang_desktop.casework.search import Sort

        key = self.orders.currentData()
        return Sort(str(key), bool(self.ways.currentIndex())) if key else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow moves a column; Enter uses all of it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.move_column(step)
                return True
        return super().eventFilter(watched, event)

    def move_column(self, step: int) -> None:
        """Move the column under the bar up or down."""
        row = self.list.currentRow()
        target = row + step
        if row >= 0 and 0 <= target < self.list.count():
            self.list.insertItem(target, self.list.takeItem(row))
            self.list.setCurrentRow(target)

    def take_usual(self) -> None:
        """Tick the usual columns, in the usual order."""
        from xinfang_desktop.casework.ledger import SHOWN

        self._fill(SHOWN)
        self.orders.setCurrentIndex(0)

    def decide(self) -> None:
        """Use what is ticked; nothing ticked are the usual columns."""
        from xinfang_desktop.casework.ledger import SHOWN

        self.decided.emit(self.columns or SHOWN, self.sort)
        self.accept()

    def _fill(self, columns: Sequence[str]) -> None:
        from xinfang_desktop.casework.ledger import COLUMN

        self.list.clear()
        for key in dict.fromkeys((*columns, *COLUMN)):
            item = QListWidgetItem(COLUMN[key].title)
            item.setData(_KEY, key)
            item.setSizeHint(QSize(0, self._theme.px(_ROW_HEIGHT)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            shown = key in columns
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _offer_orders(self, sort: Sort | None) -> None:
        from xinfang_desktop.casework.ledger import COLUMNS

        self.orders.addItem(_UNORDERED, "")
        for column in COLUMNS:
            if column.sort:
                self.orders.addItem(column.title, column.sort)
        if sort is not None:
            self.orders.setCurrentIndex(max(self.orders.findData(sort.key), 0))
            self.ways.setCurrentIndex(int(sort.descending))

    def _show_way(self) -> None:
        self.ways.setEnabled(bool(self.orders.currentData()))

    def _lay_out(self) -> None:
        card = Card(self._theme, "列和排序")
        card.column.addWidget(label("空格 显示或不显示 · Alt+↑↓ 移动（或拖动）", "quiet"))
        card.column.addWidget(self.list, 1)
        moving, ordering = QHBoxLayout(), QHBoxLayout()
        for row in (moving, ordering):
            self._theme.space(row, gap=8)
        moving.addWidget(button("上移", lambda: self.move_column(-1), key="Alt+↑"))
        moving.addWidget(button("下移", lambda: self.move_column(1), key="Alt+↓"))
        moving.addStretch(1)
        moving.addWidget(button("恢复常用", self.take_usual))
        ordering.addWidget(label("排序"))
        ordering.addWidget(self.orders, 2)
        ordering.addWidget(self.ways, 1)
        card.column.addLayout(moving)
        card.column.addLayout(ordering)
        foot = QHBoxLayout()
        self._theme.space(foot, gap=8)
        foot.addStretch(1)
        foot.addWidget(button("取消", self.reject, key="Esc"))
        act = button("用上", self.decide, role="strong", key="Enter")
        act.setDefault(True)
        foot.addWidget(act)
        card.column.addLayout(foot)
        outside = QVBoxLayout(self)
        self._theme.space(outside, 16)
        outside.addWidget(card)
        self._theme.follow(self, lambda look: self.resize(look.px(480), look.px(600)))
