"""PaperView: the summary as it is printed, with the parts the office writes itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from xinfang_desktop.models import Right
from xinfang_desktop.paths import default_export_folder

from .desk import Desk
from .preview import Preview
from .printing import Paper, free_path, made_folder
from .widgets.words import Hint, button, label

if TYPE_CHECKING:
    from xinfang_desktop.models.period import Period
    from xinfang_desktop.models.report import Report
    from xinfang_desktop.reports.summary import Summary

_PAUSE_MS = 1200
_SIDE = 380
_SAVED = "文稿已保存"
_OPEN = "正在写文稿…"
_EXPORTED = "已导出：{path}"
_KEYS = "写的话随统计期保存；右边是打印出来的样子"
_BLANK = "一段写一行；不写就不印这一段。"


class PaperView(QWidget):
    """The document.

    Signals:
        status_changed(words): how the words of the office stand.
        written(): words were kept; the summary reads otherwise now.
    """

    status_changed = Signal(str)
    written = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._summary: Summary | None = None
        self._shown: object = None
        self.blanks: dict[str, QPlainTextEdit] = {}
        self.preview = Preview(desk.theme)
        self.preview.setProperty("help", "statistics")
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_PAUSE_MS)
        self._clock.timeout.connect(self.keep)
        self._lay_out()

    def show_summary(self, summary: Summary) -> None:
        """Show a summary; what is being typed stays as it is."""
        is_other = self._summary is None or self._summary.period != summary.period
        self._summary = summary
        if is_other:
            self._make_blanks()
        if self.isVisible():
            self._show_pages()

    def keep(self) -> None:
        """Keep what was typed."""
        self._clock.stop()
        if self._summary is None:
            return
        period, kept = self._summary.period, self._words()
        for name, blank in self.blanks.items():
            text = blank.toPlainText()
            if text.strip("\n") != kept[name] and self._desk.may(Right.WORK):
                self._keep_one(period, name, text)

    def take_focus(self) -> None:
        """Begin to write."""
        (next(iter(self.blanks.values()), None) or self.preview).setFocus()
        self._show_pages()

    def print(self) -> None:
        """Print the document, or save it as PDF or DOCX."""
        self.keep()
        if self._summary is not None:
            print_report(self._desk, self._summary.report, self._summary.period.code, self)

    def export(self) -> None:
        """Write the summary with its lists to a spreadsheet."""
        self.keep()
        if self._summary is not None:
            self._desk.run(partial(_export, self._desk, self._summary), self._desk.told.emit)

    def _keep_one(self, period: Period, name: str, text: str) -> None:
        from xinfang_desktop.reports.summary import keep_words

        assert self._summary is not None

        def work(session: Any) -> bool:  # noqa: ANN401 - the store's own
            keep_words(session, period, name, text)
            return True

        if self._desk.attempt(work):
            words = {key: old for key, old in self._summary.words.items() if key != name}
            usual = {one.name: one.usual for one in self._summary.outline.written}
            if text.strip() and text.strip("\n") != usual[name]:
                words[name] = text.strip("\n")
            self._summary = _with_words(self._summary, words)
            self.status_changed.emit(_SAVED)
            self.written.emit()

    def _words(self) -> dict[str, str]:
        assert self._summary is not None
        kept = self._summary.words
        return {one.name: kept.get(one.name, one.usual) for one in self._summary.outline.written}

    def _make_blanks(self) -> None:
        assert self._summary is not None
        while self._column.count():
            part = self._column.takeAt(0).widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.blanks = {}
        may = self._desk.may(Right.WORK)
        for one in self._summary.outline.written:
            blank = QPlainTextEdit(self._words()[one.name])
            blank.setAccessibleName(one.title)
            blank.setPlaceholderText(_BLANK)
            blank.setTabChangesFocus(True)
            blank.setReadOnly(not may)
            blank.textChanged.connect(self._typed)
            self.blanks[one.name] = blank
            self._column.addWidget(label(one.title, "section"))
            self._column.addWidget(blank, 1)

    def _typed(self) -> None:
        self.status_changed.emit(_OPEN)
        self._clock.start()

    def _show_pages(self) -> None:
        if self._summary is None or self._shown == self._summary.report:
            return
        report = self._shown = self._summary.report
        from xinfang_desktop.forms.printing import pdf_report

        self._desk.run(partial(pdf_report, report), partial(self._show_pdf, report))

    def _show_pdf(self, report: Report, pdf: bytes) -> None:
        if report is self._shown:
            self.preview.show_pdf(pdf)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        side = QWidget()
        self._column = QVBoxLayout()
        theme.space(self._column, gap=6)
        column = QVBoxLayout(side)
        theme.space(column, 16, 10, 12, 10, gap=8)
        column.addLayout(self._column, 1)
        column.addWidget(Hint(_KEYS))
        acts = QHBoxLayout()
        theme.space(acts, gap=8)
        acts.addWidget(button("导出 Excel", self.export, key="Ctrl+E"))
        acts.addWidget(button("打印、保存", self.print, role="strong", key="Ctrl+P"), 1)
        column.addLayout(acts)
        theme.fix(side, width=_SIDE)
        row = QHBoxLayout(self)
        theme.space(row)
        row.addWidget(side)
        row.addWidget(self.preview, 1)


def print_report(
    desk: Desk, report: Report, code: str, parent: QWidget, *, about: str = "统计"
) -> None:
    """Ask where a report goes, and print it or write it there; the trail notes it."""
    from xinfang_desktop.forms.printing import docx_report, pdf_report

    from .print_dialog import PrintDialog

    paper = Paper(
        number="",
        title=report.title,
        pdf=partial(pdf_report, report),
        docx=partial(_noted, desk, f"{about}{code}", partial(docx_report, report)),
        warnings=list,
        issue=partial(_noted, desk, f"{about}{code}", partial(pdf_report, report)),
    )
    dialog = PrintDialog(desk, paper, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def export_folder(desk: Desk) -> Path:
    """Give the folder that exports go to."""
    kept = desk.preferences.now.export_folder
    return made_folder(Path(kept) if kept else default_export_folder())


def _noted(desk: Desk, detail: str, make: Callable[[], bytes]) -> bytes:
    """Make a document that goes out, and have the trail note it."""
    from xinfang_desktop.casework.audit import note, require
    from xinfang_desktop.models import Noted

    require(desk.viewer, Right.PRINT)
    made = make()
    desk.read(lambda session: note(session, Noted.PRINT, detail=detail))
    return made


def _export(desk: Desk, summary: Summary) -> str:
    from xinfang_desktop.reports.workbook import export_workbook

    path = free_path(export_folder(desk), summary.report.title, ".xlsx")
    desk.read(lambda session: export_workbook(session, summary, path, viewer=desk.viewer))
    return _EXPORTED.format(path=path)


def _with_words(summary: Summary, words: dict[str, Any]) -> Summary:
    from dataclasses import replace

    return replace(summary, words=words)
