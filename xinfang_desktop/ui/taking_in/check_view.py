"""CheckView: what would become of every row, why, and the import itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework.taking_in.checking import Checked, Fate, Options, counted
from xinfang_desktop.casework.taking_in.telling import hide_numbers
from xinfang_desktop.reports.taking_in import HEADS, TEXT, WORKBOOK
from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.chips import Chips
from xinfang_desktop.ui.widgets.flow import Flow
from xinfang_desktop.ui.widgets.words import button, label, shortcut

ALL = "all"
IMPORT_KEY = "Ctrl+Enter"
_WIDEST = ("2026年上半年来访", "88888", "不是事项　", "欧阳某某 村口水渠多年失修，雨季漫", "")
_ROW, _HEAD, _PADDING = 32, 34, 28
_TONES = {Fate.REPAIR: "warning", Fate.DOUBLE: "quiet", Fate.NO_MATTER: "quiet"}
_BEFORE = "！这个文件在 {when:%Y-%m-%d %H:%M} 导入过；那次已登记的行这次算“已有”，不会重复登记。"
Index = QModelIndex | QPersistentModelIndex


class CheckedModel(QAbstractTableModel):
    """The rows of a dry run, some or all of them; only what is seen is written out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[Checked] = []

    def show_checked(self, rows: Sequence[Checked]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> Checked | None:
        """Give a row; None where there is none."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Those of the report."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of a cell, and their colour."""
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            told, reason = hide_numbers(one.told), one.reason
            words = (one.sheet, str(one.row), one.fate.value, told, reason)
            return words[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and one.fate in _TONES:
            return self._theme.colour(_TONES[one.fate])
        return None


class CheckView(QWidget):
    """The dry run of a file.

    Signals:
        import_wanted(): enter what is ready.
        again_wanted(): how rows are entered was changed; check again.
        report_wanted(ending): the list is to be kept as a file.
    """

    import_wanted = Signal()
    again_wanted = Signal()
    report_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._checked: list[Checked] = []
        self.model = CheckedModel(theme)
        self.model.setParent(self)
        fates = ((fate.name, fate.value) for fate in Fate)
        self.chips = Chips("看哪些行", ((ALL, "全部"), *fates), theme)
        self.table = QTableView()
        self.told = label("", "quiet", wrap=True)
        self.before = label("", "warning_box", wrap=True)
        self.with_doubles = QCheckBox("“已有”的行也登记")
        self.blank_damaged = QCheckBox("坏了的格留空登记，原文记入经过")
        self.act = button("导入", self.import_wanted.emit, role="strong", key=IMPORT_KEY)
        self._dress_table()
        self._lay_out()
        self.chips.chosen.connect(lambda _: self._show_rows())
        self.table.selectionModel().currentRowChanged.connect(self._show_reason)
        for box in (self.with_doubles, self.blank_damaged):
            box.toggled.connect(lambda _: self.again_wanted.emit())
        shortcut(self, "Ctrl+E", lambda: self.report_wanted.emit(WORKBOOK))
        shortcut(self, "Ctrl+Shift+E", lambda: self.report_wanted.emit(TEXT))

    @property
    def checked(self) -> list[Checked]:
        """Every row of the dry run."""
        return self._checked

    def options(self, given: Options) -> Options:
        """Give how matters are entered, with what is settled here."""
        return Options(
            given.keep_numbers,
            given.finished,
            self.with_doubles.isChecked(),
            self.blank_damaged.isChecked(),
        )

    def show_checked(self, checked: Sequence[Checked], before: object = None) -> None:
        """Show a dry run, and when the very same file came in ``before``."""
        self._checked = list(checked)
        counts = counted(checked)
        told = {fate.name: count for fate, count in counts.items()}
        self.chips.show_counts({ALL: len(checked), **told})
        self.before.setText(_BEFORE.format(when=before) if before else "")
        self.before.setVisible(before is not None)
        ready, waiting = counts[Fate.READY], counts[Fate.REPAIR]
        self.act.setText(f"导入 {ready} 件  {IMPORT_KEY}")
        self.act.setAccessibleName(f"导入 {ready} 件")
        self.act.setEnabled(bool(ready or waiting))
        self._show_rows()

    def take_focus(self) -> None:
        """Begin in the list."""
        self.table.setFocus()

    def _show_rows(self) -> None:
        key = self.chips.key
        rows = [one for one in self._checked if key in (ALL, one.fate.name)]
        self.model.show_checked(rows)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.told.setText("这一类没有")

    def _show_reason(self, now: QModelIndex, _: QModelIndex) -> None:
        one = self.model.row(now.row())
        if one is not None:
            place = f"“{one.sheet}”第{one.row}行　{one.fate.value}"
            number = f"　编号沿用 {one.number}" if one.number else ""
            self.told.setText(f"{place}{number}　{one.reason}".rstrip())

    def _dress_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("核对结果")
        table.setProperty("help", "taking_in")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = table.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(len(HEADS) - 1, QHeaderView.ResizeMode.Stretch)
        self._theme.follow(table, self._measure)

    def _measure(self, look: Look) -> None:
        font = self.table.font()
        font.setPixelSize(look.px(14))
        metrics = QFontMetrics(font)
        for place, widest in enumerate(_WIDEST[:-1]):
            width = max(map(metrics.horizontalAdvance, (widest, HEADS[place])))
            self.table.setColumnWidth(place, width + look.px(_PADDING))
        self.table.horizontalHeader().setFixedHeight(look.px(_HEAD))
        self.table.verticalHeader().setDefaultSectionSize(look.px(_ROW))

    def _lay_out(self) -> None:
        theme = self._theme
        foot, boxes = QHBoxLayout(), Flow()
        theme.space(foot, gap=10)
        theme.space(boxes, gap=8)
        for box in (self.with_doubles, self.blank_damaged):
            boxes.addWidget(box)
        foot.addLayout(boxes, 1)
        for text, ending, key in (
            ("存为表格", WORKBOOK, "Ctrl+E"),
            ("存为文本", TEXT, "Ctrl+Shift+E"),
        ):
            foot.addWidget(button(text, partial(self.report_wanted.emit, ending), key=key))
        foot.addWidget(self.act)
        column = QVBoxLayout(self)
        theme.space(column, 20, 12, 20, 10, gap=8)
        for part in (self.before, self.chips):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        column.addLayout(foot)
        theme.follow(self.told, lambda look: self.told.setMinimumHeight(look.px(40)))
