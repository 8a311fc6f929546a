"""Printing: a paper onto a printer at 100 %, or into a file that overwrites nothing.

A printer that lays its pages a little off is given the page the other way off (``Fit``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPoint, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.calibration import Fit

from .pdf_pages import POINTS_PER_INCH, PdfPages

if TYPE_CHECKING:
    from xinfang_desktop.forms.papers import AnyPaper
    from xinfang_desktop.models import Matter, OfficeProfile, Problem

MOST_DOTS_PER_INCH = 600
BAND_PIXELS = 600
MM_PER_INCH = 25.4
AS_DRAWN = Fit()
ONE_SIDED = QPrinter.DuplexMode.DuplexNone
DUPLEX = {
    ONE_SIDED: "单面",
    QPrinter.DuplexMode.DuplexLongSide: "双面，沿长边翻",
    QPrinter.DuplexMode.DuplexShortSide: "双面，沿短边翻",
}
_GONE = "打印机「{name}」找不到或没有接收，没有打印；登记内容没有变动。请检查打印机，或换一台再试。"
_NO_FOLDER = "这个文件夹不能写入，没有导出；登记内容没有变动。请另选文件夹。"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class Paper:
    """A paper that may be printed: what it is called, and how it is made."""

    number: str
    title: str
    pdf: Callable[[], bytes]
    docx: Callable[[], bytes] | None
    """Makes it a document; None where it is never one."""
    warnings: Callable[[], list[Problem]]
    issue: Callable[[], bytes] | None = None
    """Issues it when it is really printed: numbered, kept as evidence; None where nothing is."""

    def final(self, shown: bytes) -> bytes:
        """Give the bytes that go out; ``shown`` are those that were looked at."""
        return self.issue() if self.issue is not None else shown

    @property
    def name(self) -> str:
        """Number and title; never a person's name."""
        return " ".join(filter(None, (self.number.strip(), self.title)))

    @classmethod
    def of(cls, form: AnyPaper, record: Matter | None, office: OfficeProfile) -> Paper:
        """Give the paper of a form, filled from a record or blank."""
        from xinfang_desktop.forms.printing import docx_paper, pdf_paper, warnings

        return cls(
            number=record.petition.number if record else "",
            title=form.title,
            pdf=lambda: pdf_paper(form, record, office),
            docx=lambda: docx_paper(form, record, office),
            warnings=lambda: warnings(form, record, office),
        )


def printers() -> list[str]:
    """Give the names of the printers, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: name != default)


def duplex_modes(name: str) -> list[QPrinter.DuplexMode]:
    """Give the ways in which the printer called ``name`` prints on both sides, one-sided first."""
    can = QPrinterInfo.printerInfo(name).supportedDuplexModes()
    return [mode for mode in DUPLEX if mode is ONE_SIDED or mode in can]


def print_on(
    name: str,
    content: bytes,
    title: str,
    *,
    copies: int,
    pages: range | None,
    duplex: QPrinter.DuplexMode = ONE_SIDED,
    fit: Fit = AS_DRAWN,
) -> None:
    """Print on the printer called ``name``, laid as it needs it.

    Raises:
        OfficeError: it is gone, or does not take the job.
    """
    chosen = QPrinterInfo.printerInfo(name)
    if chosen.isNull():
        raise OfficeError(_GONE.format(name=name))
    printer = QPrinter(chosen, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    printer.setDuplex(duplex)
    if not paint(printer, content, pages, fit):
        raise OfficeError(_GONE.format(name=name))


def paint(
    printer: QPrinter, content: bytes, pages: range | None = None, fit: Fit = AS_DRAWN
) -> bool:
    """Paint pages (counted from 1) on a printer, point for point; False where it refuses."""
    paper = PdfPages(content)
    try:
        printer.setResolution(min(printer.resolution(), MOST_DOTS_PER_INCH))
        wanted = [page - 1 for page in pages or range(1, len(paper) + 1) if page <= len(paper)]
        _lay(printer, paper.size(wanted[0]))
        painter = QPainter()
        if not painter.begin(printer):
            return False
        for place, page in enumerate(wanted):
            if place and not printer.newPage():
                painter.end()
                return False
            _paint_page(painter, printer.resolution(), paper, page, fit)
        return painter.end()
    finally:
        paper.close()


def write_new(folder: Path, name: str, ending: str, content: bytes) -> Path:
    """Write a new file; where the name is taken, it gets （2）, （3） and so on.

    Raises:
        OfficeError: the folder cannot be written.
    """
    from xinfang_desktop.files import write_file_atomically

    path = free_path(made_folder(folder), name, ending)
    write_file_atomically(path, content)
    return path


def made_folder(folder: Path) -> Path:
    """Give the folder, made where it was not there yet.

    Raises:
        OfficeError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise OfficeError(_NO_FOLDER) from None
    return folder


def free_path(folder: Path, name: str, ending: str) -> Path:
    """Give a path that nothing lies at yet."""
    stem = safe_name(name)
    path, times = folder / f"{stem}{ending}", 1
    while path.exists():
        times += 1
        path = folder / f"{stem}（{times}）{ending}"
    return path


def safe_name(name: str) -> str:
    """Give the name without what no file system takes."""
    return _FORBIDDEN.sub("_", name).strip(" .") or "未命名"


def _lay(printer: QPrinter, size: QSizeF) -> None:
    printer.setFullPage(True)
    lying = size.width() > size.height()
    upright = size.transposed() if lying else size
    way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    page = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(page, way, QMarginsF()))
    printer.setFullPage(True)


def _paint_page(
    painter: QPainter, dots_per_inch: int, paper: PdfPages, page: int, fit: Fit
) -> None:
    """Paint a page in bands, so that 600 dots an inch do not need 140 MB at once."""
    left = round(fit.dx / MM_PER_INCH * dots_per_inch)
    down = round(fit.dy / MM_PER_INCH * dots_per_inch)
    dots = dots_per_inch * fit.scale
    size, scale = paper.size(page), dots / POINTS_PER_INCH
    for top in range(0, round(size.height() * scale), BAND_PIXELS):
        height = min(BAND_PIXELS, size.height() * scale - top)
        part = QRectF(0, top / scale, size.width(), height / scale)
        painter.drawImage(QPoint(left, top + down), paper.render(page, dots, part))
