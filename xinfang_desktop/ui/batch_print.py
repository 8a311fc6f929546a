"""Printing many papers one after another (批量打印), off the window's thread.

What is printed is never printed again by 继续: a batch remembers what went to the printer, and a
paper that was issued keeps its number and its bytes. A printer that goes away stops the batch; a
paper that cannot be made is passed over and told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.errors import OfficeError

from . import printing
from .desk import Desk
from .printer_fits import PrinterFits
from .widgets.cards import Card
from .widgets.words import button, label

if TYPE_CHECKING:
    from xinfang_desktop.casework.papers import PaperMaker

_ALL = "{printed}份已全部送打印机。"
_SOME = "已送打印机{printed}份，还有{left}份没有打印：{names}。"
_CANCELLED = "已取消。"
_AGAIN = "按「继续」接着打印其余的，已打印的不会重印。"
_NO_PRINTER = "没有找到打印机，没有打印；请接好打印机后重新打开本窗口。"
_NAMED = 6

Send = Callable[[bytes, str], None]
Tell = Callable[[int, str], None]


@dataclass
class Job:
    """One paper of a batch; it is made once, and stands in one of four states."""

    name: str
    make: Callable[[], bytes]
    pdf: bytes = b""
    is_printed: bool = False
    refusal: str = ""

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.is_printed:
            return "已打印"
        return f"未打印：{self.refusal}" if self.refusal else "等待"

    def made(self) -> bytes:
        """Make it, the first time it is asked for."""
        self.pdf = self.pdf or self.make()
        return self.pdf


@dataclass(frozen=True)
class Report:
    """How a batch ended: what was printed, what was not, and why it stopped."""

    printed: tuple[str, ...]
    left: tuple[str, ...]
    stopped_by: str = ""

    @property
    def sentence(self) -> str:
        """The same in words."""
        if not self.left:
            return _ALL.format(printed=len(self.printed))
        names = "、".join(self.left[:_NAMED]) + ("等" if len(self.left) > _NAMED else "")
        some = _SOME.format(printed=len(self.printed), left=len(self.left), names=names)
        return f"{self.stopped_by}{some}{_AGAIN}"


@dataclass
class Batch:
    """Papers to be printed one after another."""

    jobs: Sequence[Job]
    _cancelled: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Stop after the paper that is being printed."""
        self._cancelled.set()

    def run(self, send: Send, tell: Tell = lambda done, name: None) -> Report:
        """Print what is not printed yet; ``send`` hands one paper to the printer."""
        self._cancelled.clear()
        for place, job in enumerate(self.jobs):
            if self._cancelled.is_set():
                return self._report(_CANCELLED)
            if job.is_printed:
                continue
            tell(place, job.name)
            try:
                pdf = job.made()
            except OfficeError as error:
                job.refusal = error.sentence
                continue
            try:
                send(pdf, job.name)
            except OfficeError as error:
                return self._report(error.sentence)
            job.is_printed, job.refusal = True, ""
        return self._report("")

    def _report(self, stopped_by: str) -> Report:
        return Report(
            printed=tuple(job.name for job in self.jobs if job.is_printed),
            left=tuple(job.name for job in self.jobs if not job.is_printed),
            stopped_by=stopped_by,
        )


def issuing_job(desk: Desk, maker: PaperMaker, number: str) -> Job:
    """Give the job of issuing and printing one paper of the matter of ``number``.

    Where it was issued already and still holds, that one is printed and no other is issued.
    """

    def make() -> bytes:
        from xinfang_desktop.casework.matters import load_matter
        from xinfang_desktop.casework.papers import issue_once

        vault, viewer, now = desk.store.vault, desk.viewer, desk.now()
        done, _ = desk.store.do(
            lambda session: issue_once(
                session,
                vault,
                maker,
                load_matter(session, number, viewer=viewer),
                viewer=viewer,
                now=now,
            )
        )
        return done.pdf

    return Job(f"{number} {maker.title}", make)


class BatchRun(QObject):
    """A batch under way.

    Signals:
        progressed(done, name): so many are behind us, this one is being printed.
        ended(report): it is over.
    """

    progressed = Signal(int, str)
    ended = Signal(object)

    def __init__(self, desk: Desk, batch: Batch, send: Send, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._batch = batch
        self._send = send

    def start(self) -> None:
        """Begin, or go on with the rest."""
        work = partial(self._batch.run, self._send, self.progressed.emit)
        self._desk.background.run(work, self._over)

    def cancel(self) -> None:
        """Stop after the paper that is being printed."""
        self._batch.cancel()

    def _over(self, report: Report) -> None:
        from xinfang_desktop.models import IssuedPaper

        self._desk.changed.emit(frozenset({IssuedPaper}))
        self.ended.emit(report)


class BatchDialog(QDialog):
    """Prints many papers: which printer, how far it is, stop, and go on with the rest."""

    def __init__(self, desk: Desk, jobs: Sequence[Job], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._fits = PrinterFits(desk.folder)
        self._batch = Batch(jobs)
        self._run = BatchRun(desk, self._batch, self._send_one, self)
        self._printer_name = ""
        self.setWindowTitle("批量打印")
        self.setProperty("help", "printing")
        self.printers = QComboBox()
        self.printers.setAccessibleName("打印机")
        self.list = QListWidget()
        self.list.setAccessibleName("要打印的文书")
        self.progress = QProgressBar()
        self.progress.setMaximum(len(jobs))
        self.message = label("", wrap=True)
        self.act = button("打印", self.print, role="strong", key="Enter")
        self.act.setDefault(True)
        self.stop = button("取消", self.cancel, key="Esc")
        self._lay_out()
        self._show_jobs()
        self._offer_printers()
        self._run.progressed.connect(self._progressed)
        self._run.ended.connect(self._ended)

    def print(self) -> None:
        """Print what is not printed yet."""
        if not self.act.isEnabled():
            return
        self._printer_name = self.printers.currentText()
        self.act.setEnabled(False)
        self.printers.setEnabled(False)
        self._run.start()

    def cancel(self) -> None:
        """Stop what is under way; when nothing is, close."""
        if self.act.isEnabled() or not self.printers.count():
            super().reject()
        else:
            self._run.cancel()

    def reject(self) -> None:
        """Esc stops first and closes only then: nothing goes on unseen."""
        self.cancel()

    def _send_one(self, pdf: bytes, name: str) -> None:
        printer = self._printer_name
        fit = self._fits.of(printer)
        printing.print_on(printer, pdf, name, copies=1, pages=None, fit=fit)

    def _progressed(self, done: int, name: str) -> None:
        self.progress.setValue(done)
        self.message.setText(f"正在打印 {name}…")
        self._show_jobs()

    def _ended(self, report: Report) -> None:
        self.progress.setValue(len(report.printed))
        self.message.setText(report.sentence)
        self._show_jobs()
        self.printers.setEnabled(True)
        self.act.setEnabled(bool(report.left))
        self.act.setText("继续  Enter")
        self.act.setAccessibleName("继续")
        if not report.left:
            self._desk.told.emit(report.sentence)
            self.accept()

    def _offer_printers(self) -> None:
        self.printers.addItems(printing.printers())
        self.printers.setCurrentText(self._desk.preferences.now.printer)
        if not self.printers.count():
            self.act.setEnabled(False)
            self.message.setText(_NO_PRINTER)

    def _show_jobs(self) -> None:
        jobs = self._batch.jobs
        if self.list.count() != len(jobs):
            self.list.addItems([""] * len(jobs))
        for row, job in enumerate(jobs):
            self.list.item(row).setText(f"{job.name}　{job.state}")

    def _lay_out(self) -> None:
        theme = self._desk.theme
        card = Card(theme, f"批量打印　{len(self._batch.jobs)} 份")
        for part in (self.printers, self.list, self.progress, self.message):
            card.column.addWidget(part)
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        foot.addStretch(1)
        foot.addWidget(self.stop)
        foot.addWidget(self.act)
        card.column.addLayout(foot)
        outside = QVBoxLayout(self)
        theme.space(outside, 16)
        outside.addWidget(card)
        theme.follow(self, lambda look: self.resize(look.px(680), look.px(520)))
