"""PrintDialog: where a paper goes to: a printer, a PDF, or a document for WPS and Word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.paths import default_export_folder

from . import printing
from .calibration_dialog import CalibrationDialog, told
from .desk import Desk
from .pdf_pages import PdfPages
from .print_options import FileOptions, PrinterOptions
from .printer_fits import PrinterFits
from .printing import Paper
from .widgets.cards import Card
from .widgets.words import button, label, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.models import Problem

PDF, DOCX = ".pdf", ".docx"
FILES = ((PDF, "保存为 PDF 文件"), (DOCX, "保存为 DOCX 文件（WPS、Word）"))
_PREPARING = "正在排版…"
_PRINTED = "已送打印机：{name}"
_SAVED = "已保存：{name}"


class PrintDialog(QDialog):
    """Prints one paper.

    Signals:
        printed(where): it went to this printer, or into this file.
    """

    printed = Signal(str)

    def __init__(self, desk: Desk, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paper = paper
        self._pdf = b""
        self.setWindowTitle(f"打印 {paper.name}")
        self.setProperty("help", "printing")
        self.places = QListWidget()
        self.places.setAccessibleName("打印到")
        self.fits = PrinterFits(desk.folder)
        self.printer = PrinterOptions(desk.theme)
        self.file = FileOptions(desk.theme, self._folder(), paper.name)
        self.warning = label("", "warning_box", wrap=True)
        self.message = label(_PREPARING, "quiet", wrap=True)
        self.act = button("打印", self.print, role="strong", key="Enter")
        self.act.setDefault(True)
        self._fill_places()
        self._lay_out()
        self.places.currentRowChanged.connect(self._show_options)
        self.places.itemDoubleClicked.connect(self.print)
        self.printer.calibration_requested.connect(self.calibrate)
        self._show_options()
        self._prepare()

    @property
    def place(self) -> str:
        """Where it goes: the ending of a file, or a printer's name."""
        item = self.places.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else PDF

    def choose(self, place: str) -> None:
        """Choose where it goes."""
        for row in range(self.places.count()):
            if self.places.item(row).data(Qt.ItemDataRole.UserRole) == place:
                self.places.setCurrentRow(row)

    def print(self) -> None:
        """Print it, or write it, and say where it went."""
        if not self.act.isEnabled():
            return
        self.act.setEnabled(False)
        work = self._write if self.place in (PDF, DOCX) else self._send
        errand = self._desk.background.run(work(), self._done, self._refused)
        errand.ended.connect(partial(self.act.setEnabled, True))

    def calibrate(self) -> None:
        """Calibrate the chosen printer."""
        dialog = CalibrationDialog(self._desk, self.fits, self.place, self)
        dialog.calibrated.connect(lambda fit: self.printer.show_fit(told(fit)))
        dialog.open()

    def _prepare(self) -> None:
        self.act.setEnabled(False)
        paper = self._paper
        self._desk.background.run(
            lambda: (paper.pdf(), paper.warnings()), self._prepared, self._refused
        )

    def _prepared(self, made: tuple[bytes, list[Problem]]) -> None:
        self._pdf, problems = made
        pages = PdfPages(self._pdf)
        self.printer.show_pages(len(pages))
        self.message.setText(f"共 {len(pages)} 页，A4，按原大打印。")
        pages.close()
        self.warning.setText("\n".join(f"！{problem.text}" for problem in problems))
        self.warning.setVisible(bool(problems))
        self.act.setEnabled(True)
        self.act.setFocus()
        self.places.setFocus()

    def _send(self) -> partial[str]:
        options, name = self.printer, self.place
        printed = partial(
            printing.print_on,
            name,
            title=self._paper.name,
            copies=options.copies,
            pages=options.pages,
            duplex=options.duplex,
            fit=self.fits.of(name),
        )
        return partial(_send, printed, partial(self._paper.final, self._pdf), name)

    def _write(self) -> partial[str]:
        folder, ending = self.file.folder, self.place
        self._desk.preferences.keep(export_folder=str(folder))
        final = partial(self._paper.final, self._pdf)
        content = self._paper.docx or final if ending == DOCX else final
        return partial(_write, folder, self.file.name, ending, content)

    def _done(self, where: str) -> None:
        self._desk.preferences.keep(printer=self.place)
        is_file = self.place in (PDF, DOCX)
        self._desk.told.emit((_SAVED if is_file else _PRINTED).format(name=where))
        self.printed.emit(where)
        self.accept()

    def _refused(self, sentence: str) -> None:
        self.warning.setText(f"！{sentence}")
        self.warning.show()

    def _folder(self) -> Path:
        kept = self._desk.preferences.now.export_folder
        return Path(kept) if kept else default_export_folder()

    def _fill_places(self) -> None:
        printers = printing.printers()
        files = FILES if self._paper.docx is not None else FILES[:1]
        for place, title in (*((name, name) for name in printers), *files):
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, place)
            item.setSizeHint(QSize(0, self._desk.theme.px(36)))
            self.places.addItem(item)
        self.places.setCurrentRow(0)
        self.choose(self._desk.preferences.now.printer)

    def _show_options(self) -> None:
        is_file = self.place in (PDF, DOCX)
        self.printer.setVisible(not is_file)
        self.file.setVisible(is_file)
        self.file.show_ending(self.place if is_file else "")
        if not is_file:
            self.printer.show_sides(printing.duplex_modes(self.place))
            self.printer.show_fit(told(self.fits.of(self.place)))
        text = "保存" if is_file else "打印"
        self.act.setText(f"{text}  Enter")
        self.act.setAccessibleName(text)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        card = Card(theme)
        card.column.addWidget(label(f"打印 {self._paper.name}", "heading", wrap=True))
        row = QHBoxLayout()
        theme.space(row, gap=20)
        row.addWidget(self.places)
        right = QVBoxLayout()
        theme.space(right, gap=8)
        right.addWidget(self.printer)
        right.addWidget(self.file)
        right.addWidget(self.message)
        right.addStretch(1)
        row.addLayout(right, 1)
        card.column.addLayout(row, 1)
        card.column.addWidget(self.warning)
        card.column.addLayout(self._foot())
        outside = QVBoxLayout(self)
        theme.space(outside, 16)
        outside.addWidget(card)
        self.warning.hide()
        theme.fix(self.places, width=264)
        theme.follow(self, lambda look: self.resize(look.px(760), look.px(420)))
        shortcut(self, "Ctrl+P", self.print)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self._desk.theme.space(foot, gap=8)
        foot.addWidget(label("↑↓ 选择 · Tab 下一项", "small"))
        foot.addStretch(1)
        foot.addWidget(button("取消", self.reject, key="Esc"))
        foot.addWidget(self.act)
        return foot


def _send(printed: Callable[..., None], content: Callable[[], bytes], name: str) -> str:
    printed(content=content())
    return name


def _write(folder: Path, name: str, ending: str, content: Callable[[], bytes]) -> str:
    return str(printing.write_new(folder, name, ending, content()))
