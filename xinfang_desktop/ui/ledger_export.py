"""ExportDialog: the shown list as a file beside the other exports; nothing is overwritten."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.paths import default_export_folder

from .desk import Desk
from .finder import Asked
from .printing import free_path, made_folder
from .widgets.cards import Card
from .widgets.words import button, label

if TYPE_CHECKING:
    from xinfang_desktop.casework.layouts import Layout

    from .ledger_page import LedgerPage

PURPOSES = ("上报上级", "领导审阅", "办理核对", "存档", "移交")
ENDINGS = ((".xlsx", "Excel 工作簿（.xlsx）"), (".csv", "文本（.csv）"))
AS_SHOWN, IN_FULL = "shown", "written"
_EXPORTED = "已导出 {count} 件：{path}"
_CANCELLED = "已取消，没有导出；数据没有改动。"
_MASKED = "遮盖证件号码、电话和住址（姓名照写）"


class ExportDialog(QDialog):
    """Asks what of the list goes out, in which shape, what for, and where to."""

    def __init__(self, page: LedgerPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page, self._desk = page, page.desk
        self._chosen = page.chosen_ids()
        self._layouts: dict[str, Layout] = {}
        self._writing: Writing | None = None
        self.setWindowTitle("导出台账")
        self.setProperty("help", "ledger")
        self.what, self.shape, self.ending = QComboBox(), QComboBox(), QComboBox()
        self.masked = QCheckBox(_MASKED)
        self.purpose = QComboBox()
        self.folder = label("", "quiet", wrap=True)
        self.warning = label("", "warning_box", wrap=True)
        self.progress = QProgressBar()
        self.act = button("导出", self.export, role="strong", key="Enter")
        self.act.setDefault(True)
        self.stop = button("取消", self.reject, key="Esc")
        self._fill()
        self._lay_out()
        self.masked.toggled.connect(self._warn)
        self.ending.currentIndexChanged.connect(self._warn)
        self._warn()
        self.finished.connect(self.deleteLater)

    @property
    def layout_chosen(self) -> Layout | None:
        """The columns that are to be written; None are the usual ones of a spreadsheet."""
        from xinfang_desktop.casework.layouts import of_columns

        key = str(self.shape.currentData())
        if key == AS_SHOWN:
            return of_columns(self._page.columns, title=self._title)
        return self._layouts.get(key)

    def show_layouts(self, chosen: str = "") -> None:
        """Offer the layouts that are kept, and choose one."""
        from xinfang_desktop.casework.layouts import layouts

        kept = self._desk.read(layouts)
        self._layouts = {layout.name: layout for layout in kept}
        self.shape.clear()
        self.shape.addItem("现在列出的各栏", AS_SHOWN)
        self.shape.addItem("台账常用的各栏", IN_FULL)
        for name in self._layouts:
            self.shape.addItem(f"报表样式：{name}", name)
        self.shape.setCurrentIndex(max(self.shape.findData(chosen or AS_SHOWN), 0))

    def edit_layouts(self) -> None:
        """See to the layouts."""
        from .ledger_layouts import LayoutsDialog

        dialog = LayoutsDialog(self._desk, self)
        dialog.changed.connect(self.show_layouts)
        dialog.open()

    def choose_folder(self) -> None:
        """Choose another folder."""
        chosen = QFileDialog.getExistingDirectory(self, "导出到", str(self._folder()))
        if chosen:
            self._desk.preferences.keep(export_folder=chosen)
            self.folder.setText(str(self._folder()))

    def export(self) -> None:
        """Write the file, off the window's thread."""
        if not self.act.isEnabled():
            return
        self.act.setEnabled(False)
        writing = self._writing = Writing(self._desk, self)
        writing.progressed.connect(self.progress.setValue)
        self.progress.show()
        name = f"{self._page.file_title} {self._desk.today().isoformat()}"
        errand = self._desk.background.run(
            partial(
                writing.write,
                partial(free_path_in, self._folder(), name, str(self.ending.currentData())),
                self._page.asked,
                self._ids(),
                layout=self.layout_chosen,
                full=not self.masked.isChecked(),
                purpose=self.purpose.currentText(),
            ),
            self._done,
            self._refused,
        )
        errand.ended.connect(partial(self.act.setEnabled, True))
        errand.ended.connect(self.progress.hide)

    def reject(self) -> None:
        """Break off what is being written; when nothing is, close."""
        if self._writing is not None:
            self._writing.cancel()
        else:
            super().reject()

    @property
    def _title(self) -> str:
        office = self._desk.office
        return f"{office.name}{office.desk}信访事项台账"

    def _ids(self) -> array[int] | None:
        return self._chosen if self._chosen is not None and not self.what.currentIndex() else None

    def _done(self, told: tuple[int, str]) -> None:
        count, path = told
        self._writing = None
        self._desk.told.emit(_EXPORTED.format(count=count, path=path))
        self.accept()

    def _refused(self, sentence: str) -> None:
        self._writing = None
        self.warning.setText(f"！{sentence}")
        self.warning.show()

    def _folder(self) -> Path:
        kept = self._desk.preferences.now.export_folder
        return Path(kept) if kept else default_export_folder()

    def _warn(self) -> None:
        """Say what the shape of the file means for the numbers in it."""
        from xinfang_desktop.reports.ledger import MANGLED

        told = []
        if not self.masked.isChecked():
            told.append("！完整号码会写进文件，请妥善保管；用途会记入操作记录。")
        if self.ending.currentData() == ".csv":
            told.append(f"！{MANGLED}")
        self.warning.setText("\n".join(told))
        self.warning.setVisible(bool(told))

    def _fill(self) -> None:
        from xinfang_desktop.models import Right

        shown = self._page.table.model().rowCount()
        if self._chosen is not None:
            self.what.addItem(f"选中的 {len(self._chosen)} 件")
        self.what.addItem(f"列出的 {shown} 件" if self._page.is_whole else "列出的各件")
        self.show_layouts()
        for ending, title in ENDINGS:
            self.ending.addItem(title, ending)
        self.masked.setChecked(True)
        self.masked.setEnabled(self._desk.may(Right.UNMASK))
        self.purpose.setEditable(True)
        self.purpose.addItems(PURPOSES)
        self.folder.setText(str(self._folder()))
        self.progress.setMaximum(len(self._chosen or ()) or shown)
        self.progress.hide()
        for widget, name in (
            (self.what, "导出哪些"),
            (self.shape, "各栏"),
            (self.ending, "文件"),
            (self.purpose, "用途"),
        ):
            widget.setAccessibleName(name)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        card = Card(theme, "导出台账")
        form = QFormLayout()
        theme.space(form, gap=8)
        shapes, place = QHBoxLayout(), QHBoxLayout()
        for row in (shapes, place):
            theme.space(row, gap=8)
        shapes.addWidget(self.shape, 1)
        shapes.addWidget(button("样式…", self.edit_layouts))
        place.addWidget(self.folder, 1)
        place.addWidget(button("更改…", self.choose_folder))
        form.addRow("导出哪些", self.what)
        form.addRow("各栏", shapes)
        form.addRow("文件", self.ending)
        form.addRow("用途", self.purpose)
        form.addRow("放在", place)
        card.column.addLayout(form)
        card.column.addWidget(self.masked)
        card.column.addWidget(self.warning)
        card.column.addWidget(self.progress)
        card.column.addStretch(1)
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        foot.addStretch(1)
        foot.addWidget(self.stop)
        foot.addWidget(self.act)
        card.column.addLayout(foot)
        outside = QVBoxLayout(self)
        theme.space(outside, 16)
        outside.addWidget(card)
        theme.follow(self, lambda look: self.resize(look.px(620), look.px(430)))
        self.act.setFocus()


class CancelledError(OfficeError):
    """Somebody broke the writing off."""


class Writing(QObject):
    """A file that is being written in a thread.

    Signals:
        progressed(lines): so many lines are written.
    """

    progressed = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_cancelled = False

    def cancel(self) -> None:
        """Break off; nothing is left behind."""
        self._is_cancelled = True

    def write(
        self,
        path: Callable[[], Path],
        asked: Asked,
        ids: array[int] | None,
        *,
        layout: Layout | None,
        full: bool,
        purpose: str,
    ) -> tuple[int, str]:
        """Write the file and give how many matters are in it, and where it is."""
        from xinfang_desktop.reports.ledger import export_ledger

        desk, to = self._desk, path()
        count = desk.read(
            lambda session: export_ledger(
                session,
                to,
                viewer=desk.viewer,
                words=asked.words,
                today=desk.today(),
                sort=asked.sort,
                layout=layout,
                full=full,
                purpose=purpose,
                ids=ids,
                progress=self._tell,
                **asked.where,
            )
        )
        return count, str(to)

    def _tell(self, lines: int) -> None:
        if self._is_cancelled:
            raise CancelledError(_CANCELLED)
        self.progressed.emit(lines)


def free_path_in(folder: Path, name: str, ending: str) -> Path:
    """Give a path in a folder, made where it was not there, that nothing lies at yet."""
    return free_path(made_folder(folder), name, ending)
