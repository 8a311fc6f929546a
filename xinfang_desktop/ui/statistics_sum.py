"""SumDialog: several offices' figures files added up, with who is missing and who is doubled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Right

from .desk import Desk
from .preview import Preview
from .printing import free_path
from .statistics_paper import export_folder, print_report
from .widgets.words import button, label, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.models.report import Report
    from xinfang_desktop.reports.adding_up import FiguresFile

_FILES = "统计数据文件 (*.json)"
_NOTHING = "按「选择文件」，选各单位上报的统计数据文件（.json）。"
_SIDE = 340


class SumDialog(QDialog):
    """The sum of several offices."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._given: list[FiguresFile] = []
        self._report: Report | None = None
        self.setWindowTitle("汇总几个单位的统计")
        self.setProperty("help", "statistics")
        self.files = QListWidget()
        self.files.setAccessibleName("已选的文件")
        self.offices = QPlainTextEdit("\n".join(self._expected()))
        self.offices.setAccessibleName("应当报送的单位")
        self.offices.setTabChangesFocus(True)
        self.preview = Preview(desk.theme)
        self.warning = label("", "warning_box", wrap=True)
        self._lay_out()
        shortcut(self, "Ctrl+P", self.print)
        shortcut(self, "Ctrl+E", self.export)
        self._show()

    def choose(self) -> None:
        """Ask for the files and add them."""
        paths, _ = QFileDialog.getOpenFileNames(self, "选择文件", str(Path.home()), _FILES)
        self.take([Path(path) for path in paths])

    def take(self, paths: Sequence[Path]) -> None:
        """Take files in; one that is none is named and left out."""
        from xinfang_desktop.files import read_file
        from xinfang_desktop.reports.adding_up import read_figures

        refused = []
        for path in paths:
            try:
                content = read_file(path, what=f"“{path.name}”")
                self._given.append(read_figures(content, name=path.name))
            except OfficeError as error:
                refused.append(error.sentence)
        self._show(refused)

    def remove(self) -> None:
        """Take the file under the bar away."""
        row = self.files.currentRow()
        if 0 <= row < len(self._given):
            del self._given[row]
            self._show()

    def print(self) -> None:
        """Print the sum, or save it."""
        if self._report is not None:
            print_report(self._desk, self._report, self._report.period, self, about="汇总")

    def export(self) -> None:
        """Write the sum to a spreadsheet."""
        if self._report is not None:
            self._desk.run(partial(_export, self._desk, self._report), self._desk.told.emit)

    def done(self, result: int) -> None:
        """Keep the list of offices before going."""
        names = self.offices.toPlainText().split("\n")
        if self._desk.may(Right.WORK) and tuple(names) != self._expected():
            from xinfang_desktop.reports.adding_up import keep_expected_offices

            self._desk.attempt(lambda session: keep_expected_offices(session, names))
        super().done(result)

    def _expected(self) -> tuple[str, ...]:
        from xinfang_desktop.reports.adding_up import expected_offices

        return self._desk.read(expected_offices)

    def _show(self, refused: Sequence[str] = ()) -> None:
        from xinfang_desktop.reports.adding_up import add_up
        from xinfang_desktop.reports.sum_report import sum_report

        self.files.clear()
        for one in self._given:
            self.files.addItem(f"{one.office}　{one.period}　第{one.version}版")
        names = [name.strip() for name in self.offices.toPlainText().split("\n")]
        told = [*refused]
        self._report = None
        if self._given:
            try:
                self._report = sum_report(add_up(self._given, [*filter(None, names)]))
            except OfficeError as error:
                told.append(error.sentence)
        self.warning.setText("\n".join(told))
        self.warning.setVisible(bool(told))
        self._empty.setVisible(not self._given)
        self.preview.setVisible(self._report is not None)
        for act in self._acts:
            act.setEnabled(self._report is not None)
        if self._report is not None:
            from xinfang_desktop.forms.printing import pdf_report

            self._desk.run(partial(pdf_report, self._report), self.preview.show_pdf)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        side = QWidget()
        column = QVBoxLayout(side)
        theme.space(column, gap=8)
        column.addWidget(label("各单位的数据文件", "section"))
        column.addWidget(self.files, 2)
        pick = QHBoxLayout()
        theme.space(pick, gap=8)
        choose = button("选择文件…", self.choose, key="Ctrl+O")
        pick.addWidget(choose)
        pick.addWidget(button("移出", self.remove))
        pick.addStretch(1)
        column.addLayout(pick)
        column.addWidget(label("应当报送的单位（一行一个）", "section"))
        column.addWidget(self.offices, 2)
        column.addWidget(button("重新汇总", self._show, key="F5"))
        column.addWidget(self.warning)
        acts = QHBoxLayout()
        theme.space(acts, gap=8)
        self._acts = (
            button("导出 Excel", self.export, key="Ctrl+E"),
            button("打印、保存", self.print, role="strong", key="Ctrl+P"),
        )
        for act in self._acts:
            acts.addWidget(act)
        column.addLayout(acts)
        theme.fix(side, width=_SIDE)
        self._empty = label(_NOTHING, "quiet", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        theme.space(row, 16, gap=16)
        row.addWidget(side)
        row.addWidget(self._empty, 1)
        row.addWidget(self.preview, 1)
        theme.follow(self, lambda look: self.resize(look.px(1040), look.px(640)))
        shortcut(self, "Ctrl+O", self.choose)
        shortcut(self, "F5", self._show)


def _export(desk: Desk, report: Report) -> str:
    from xinfang_desktop.casework.audit import note, require
    from xinfang_desktop.files import write_file_atomically
    from xinfang_desktop.models import Noted
    from xinfang_desktop.reports.workbook import report_workbook

    require(desk.viewer, Right.EXPORT)
    path = free_path(export_folder(desk), report.title, ".xlsx")
    write_file_atomically(path, report_workbook(report), private=True)
    desk.read(lambda session: note(session, Noted.EXPORT, detail=f"汇总{report.period}"))
    return f"已导出：{path}"
