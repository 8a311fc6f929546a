"""The window's own part of the self-test: pictures, fonts, a paper drawn, input methods heard."""

from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from xinfang_desktop.paths import resource
from xinfang_desktop.selftest import Bench, FaultError, Trial

from .fonts import load_paper_fonts, sans_families, unreadable
from .input_method import heard
from .pdf_pages import POINTS_PER_INCH, PdfPages

_SIDE = 64
_SAMPLE = "信"


def application() -> QApplication:
    """Give the program's application, or one without a screen."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    return QApplication(["xinfang", "-platform", "offscreen"])


def _window(bench: Bench) -> str:
    application()
    load_paper_fonts()
    if unreadable():
        raise FaultError("窗口读不了随程序的字体。请重新安装程序")
    if QImage(str(resource("icons", "check-light.svg"))).isNull():
        raise FaultError("窗口画不出图标。请重新安装程序")
    if not _inked(_written()):
        raise FaultError("窗口写不出汉字。请重新安装程序")
    return f"图标和汉字都能显示（Qt {QLibraryInfo.version().toString()}）"


def _preview(bench: Bench) -> str:
    from xinfang_desktop.forms.catalogue import FORMS
    from xinfang_desktop.forms.printing import pdf_paper

    paper = pdf_paper(FORMS["visit_registration"], bench.matter, bench.matter.office)
    pages = PdfPages(paper)
    try:
        if not _inked(pages.render(0, POINTS_PER_INCH)):
            raise FaultError("打印预览是空白的")
    finally:
        pages.close()
    return "打印预览能显示"


def _input_method(bench: Bench) -> str:
    modules = heard()
    if not modules:
        raise FaultError("没有随程序的输入法接口，不能输入中文。请重新安装程序")
    return f"可用的输入法接口：{'、'.join(modules)}；请在「在此输入中文」里打几个字试试"


def _written() -> QImage:
    image = QImage(_SIDE, _SIDE, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    font = painter.font()
    font.setFamilies(sans_families())
    font.setPixelSize(_SIDE * 3 // 4)
    painter.setFont(font)
    painter.drawText(image.rect(), _SAMPLE)
    painter.end()
    return image


def _inked(image: QImage) -> bool:
    first = image.pixel(0, 0)
    return any(
        image.pixel(x, y) != first
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


WINDOW_TRIALS = (
    Trial("window", "窗口", _window),
    Trial("preview", "打印预览", _preview),
    Trial("input_method", "输入法", _input_method),
)
