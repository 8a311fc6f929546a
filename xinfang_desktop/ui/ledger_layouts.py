"""LayoutsDialog: the shapes in which superiors want a ledger, set up once and kept by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.errors import OfficeError

from .desk import Desk
from .widgets.cards import Card
from .widgets.line import Line
from .widgets.words import button, label, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.casework.layouts import Layout, LayoutColumn

_ROW_HEIGHT = 34
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_HEADINGS = ("表头上的字", "填台账的哪一栏")
_FILES = "电子表格 (*.xlsx *.xls)"
_SAVED = "已保存报表样式「{name}」"
_DELETED = "已删除报表样式「{name}」"
_NEW = "新样式"
_TOLD = (
    "选上级发的空表，会照它的表头排好；也可以自己一栏一栏加。导出时按这里的顺序和表头写，"
    "“留空”的一栏写了表头、不填内容。"
)


class LayoutsDialog(QDialog):
    """The layouts at the left, the columns of one at the right.

    Signals:
        changed(name): a layout was kept or thrown away; this one is to be used.
    """

    changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: dict[str, Layout] = {}
        self.setWindowTitle("上级报表样式")
        self.setProperty("help", "ledger")
        self.list = QListWidget()
        self.list.setAccessibleName("报表样式")
        self.name, self.title = Line("样式名称", "如：市局月报"), Line("表上面的标题", "可以不写")
        self.table = QTableWidget(0, len(_HEADINGS))
        self.table.setAccessibleName("各栏")
        self.table.installEventFilter(self)
        self.table.setHorizontalHeaderLabels(list(_HEADINGS))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        across = self.table.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.warning = label("", "warning_box", wrap=True)
        self.warning.hide()
        self._lay_out()
        self.list.currentTextChanged.connect(self._show)
        self.refresh()
        self.finished.connect(self.deleteLater)

    @property
    def layout_shown(self) -> Layout:
        """The layout as it stands in the dialog."""
        from xinfang_desktop.casework.layouts import Layout

        columns = tuple(self._column(row) for row in range(self.table.rowCount()))
        return Layout(self.name.text().strip(), self.title.text().strip(), columns)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow moves a column, whatever the table makes of arrows."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.move_column(step)
                return True
        return super().eventFilter(watched, event)

    def refresh(self, name: str = "") -> None:
        """Read the layouts again and show one."""
        from xinfang_desktop.casework.layouts import layouts

        self._kept = {layout.name: layout for layout in self._desk.read(layouts)}
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([*self._kept, _NEW])
        row = list(self._kept).index(name) if name in self._kept else 0
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._show(self.list.item(row).text())

    def learn(self) -> None:
        """Choose an empty table and take its heads."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选上级发的空表", "", _FILES)
        if chosen:
            self.learn_from(Path(chosen))

    def learn_from(self, file: Path) -> None:
        """Take the heads of an empty table."""
        from xinfang_desktop.reports.layouts import read_layout

        try:
            found = read_layout(file)
        except OfficeError as error:
            self._warn(error.sentence)
            return
        self.warning.hide()
        self._fill(found)

    def add_column(self) -> None:
        """Add a column at the end."""
        from xinfang_desktop.casework.layouts import LayoutColumn

        self._add(LayoutColumn("", ""))
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.table.setFocus()

    def drop_column(self) -> None:
        """Take the column under the bar away."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())

    def move_column(self, step: int) -> None:
        """Move the column under the bar up or down."""
        row, columns = self.table.currentRow(), list(self.layout_shown.columns)
        target = row + step
        if row >= 0 and 0 <= target < len(columns):
            columns.insert(target, columns.pop(row))
            self._fill_columns(columns)
            self.table.setCurrentCell(target, 0)

    def save(self) -> None:
        """Keep the layout under its name."""
        from xinfang_desktop.casework.layouts import save_layout

        shown = self.layout_shown
        try:
            kept = self._desk.do(lambda session: save_layout(session, shown))
        except OfficeError as error:
            self._warn(error.sentence)
            return
        self.warning.hide()
        self.refresh(kept.name)
        self._desk.told.emit(_SAVED.format(name=kept.name))
        self.changed.emit(kept.name)

    def delete(self) -> None:
        """Throw the layout away, and offer to have it back."""
        from xinfang_desktop.casework.layouts import delete_layout, save_layout

        name = self.list.currentItem().text() if self.list.currentItem() else ""
        if name not in self._kept:
            return
        gone = self._desk.attempt(lambda session: delete_layout(session, name))
        if gone is None:
            return

        def bring_back() -> None:
            self._desk.attempt(lambda session: save_layout(session, gone))

        self.refresh()
        self.changed.emit("")
        self._desk.told_undoable.emit(_DELETED.format(name=name), bring_back)

    def _show(self, name: str) -> None:
        from xinfang_desktop.casework.layouts import Layout

        self._fill(self._kept.get(name) or Layout("", "", ()))

    def _fill(self, shown: Layout) -> None:
        self.name.setText(shown.name)
        self.title.setText(shown.title)
        self._fill_columns(shown.columns)

    def _fill_columns(self, columns: Sequence[LayoutColumn]) -> None:
        self.table.setRowCount(0)
        for column in columns:
            self._add(column)

    def _add(self, column: LayoutColumn) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        self.table.setRowHeight(row, self._desk.theme.px(_ROW_HEIGHT))
        self.table.setItem(row, 0, QTableWidgetItem(column.heading))
        choice = QComboBox()
        choice.setAccessibleName("填台账的哪一栏")
        for key, title in _choices():
            choice.addItem(title, key)
        choice.setCurrentIndex(max(choice.findData(column.key), 0))
        self.table.setCellWidget(row, 1, choice)

    def _column(self, row: int) -> LayoutColumn:
        from xinfang_desktop.casework.layouts import LayoutColumn

        item, choice = self.table.item(row, 0), self.table.cellWidget(row, 1)
        key = str(choice.currentData()) if isinstance(choice, QComboBox) else ""
        heading = item.text().strip() if item else ""
        return LayoutColumn(heading or dict(_choices())[key], key)

    def _warn(self, sentence: str) -> None:
        self.warning.setText(f"！{sentence}")
        self.warning.show()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        card = Card(theme, "上级报表样式")
        card.column.addWidget(label(_TOLD, "quiet", wrap=True))
        row, right, heads, tools = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for part in (row, heads, tools):
            theme.space(part, gap=8)
        theme.space(right, gap=8)
        row.addWidget(self.list)
        theme.fix(self.list, width=150)
        for words, line in (("名称", self.name), ("标题", self.title)):
            heads.addWidget(label(words))
            heads.addWidget(line, 1)
        right.addLayout(heads)
        right.addWidget(self.table, 1)
        for tool in (
            button("照空表排…", self.learn, key="Alt+O"),
            button("加一栏", self.add_column, key="Insert"),
            button("去掉", self.drop_column),
            button("上移", lambda: self.move_column(-1), key="Alt+↑"),
            button("下移", lambda: self.move_column(1), key="Alt+↓"),
        ):
            tools.addWidget(tool)
        tools.addStretch(1)
        right.addLayout(tools)
        row.addLayout(right, 1)
        card.column.addLayout(row, 1)
        card.column.addWidget(self.warning)
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        foot.addWidget(button("删除样式", self.delete))
        foot.addStretch(1)
        foot.addWidget(button("关闭", self.accept, key="Esc"))
        foot.addWidget(button("保存", self.save, role="strong", key="Ctrl+S"))
        card.column.addLayout(foot)
        outside = QVBoxLayout(self)
        theme.space(outside, 16)
        outside.addWidget(card)
        theme.follow(self, lambda look: self.resize(look.px(860), look.px(600)))
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Alt+O", self.learn),
            ("Insert", self.add_column),
        ):
            shortcut(self, keys, act)
        self.setWindowModality(Qt.WindowModality.WindowModal)


def _choices() -> list[tuple[str, str]]:
    """Give what a column can be filled with: nothing, a count, or a column of the ledger."""
    from xinfang_desktop.casework.layouts import BLANK, SERIAL
    from xinfang_desktop.casework.ledger import COLUMNS

    own = [(column.key, column.title) for column in COLUMNS]
    return [(BLANK, "（留空）"), (SERIAL, "序号"), *own]
