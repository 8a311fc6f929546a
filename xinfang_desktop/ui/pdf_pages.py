"""PdfPages: the pages of a PDF as images. pdfium is not made for threads, so one lock guards it."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS_PER_INCH = 72
_PDFIUM = Lock()


class PdfPages:
    """A PDF held in memory."""

    def __init__(self, content: bytes) -> None:
        from pypdfium2 import PdfDocument

        with _PDFIUM:
            self._document: PdfDocument = PdfDocument(content)
            self._sizes = [QSizeF(*page.get_size()) for page in self._document]

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, page: int) -> QSizeF:
        """Give the size of a page in points."""
        return self._sizes[page]

    def render(self, page: int, dots_per_inch: float, part: QRectF | None = None) -> QImage:
        """Paint a page, or a part of it (in points from the top left), on white."""
        size = self._sizes[page]
        part = part or QRectF(0, 0, size.width(), size.height())
        crop = (
            part.left(),
            size.height() - part.bottom(),
            size.width() - part.right(),
            part.top(),
        )
        with _PDFIUM:
            bitmap = self._document[page].render(
                scale=dots_per_inch / POINTS_PER_INCH,
                crop=crop,
                fill_color=(255, 255, 255, 255),
                prefer_bgrx=True,
            )
            image = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB32,
            ).copy()
            bitmap.close()
        return image

    def close(self) -> None:
        """Let go of the document."""
        with _PDFIUM:
            self._document.close()
