"""The recovery code on paper, for the envelope; it never touches the disk."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

NO_PRINTER = "本机没有装打印机，请抄下来。"
PRINTED = "已送打印机。请核对打印件，装入信封封好。"
REFUSED = "打印机没有接收，请检查打印机，或抄下来。"
_WORDS = (
    "信访案头　恢复码\n{office}\n\n{code}\n\n忘记密码时在密码框输入。\n请装入信封封好，交单位保管。"
)


def print_code(owner: QWidget, code: str, office: str) -> str:
    """Print the code on the default printer and say how it went."""
    chosen = QPrinterInfo.defaultPrinter()
    if chosen.isNull():
        return NO_PRINTER
    printer = QPrinter(chosen, QPrinter.PrinterMode.HighResolution)
    printer.setDocName("信访案头 恢复码")
    return PRINTED if paint_code(printer, code, office, owner.font()) else REFUSED


def paint_code(printer: QPrinter, code: str, office: str, font: QFont) -> bool:
    """Paint the one page; False where the printer does not take it."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter()
    if not painter.begin(printer):
        return False
    face = QFont(font)
    face.setPointSizeF(16)
    painter.setFont(face)
    groups = code.split("-")
    rows = "\n".join("  ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))
    page = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
    page.moveTo(0, page.height() / 8)
    centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.drawText(page, int(centred), _WORDS.format(office=office, code=rows))
    return painter.end()
