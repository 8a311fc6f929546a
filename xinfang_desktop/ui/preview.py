"""Preview: the very PDF that will be printed, on the screen, sharp at every size."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from .background import Background, Errand
from .look import Look
from .pdf_pages import POINTS_PER_INCH, PdfPages
from .theme import Theme

ZOOMS = (50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300)
SCREEN_DPI = 96
MARGIN = 20
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class Preview(QScrollArea):
    """The pages under one another; Ctrl with the wheel, or + and -, changes the size.

    Signals:
        page_changed(page, pages): another page is in the middle, counted from 1.
        rendered(page): a page is on the screen as it is in the file.
    """

    page_changed = Signal(int, int)
    rendered = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._background = Background(self, threads=1)
        self._pages: PdfPages | None = None
        self._open: list[PdfPages] = []
        self.destroyed.connect(partial(_close_all, self._open))
        self._zoom = 0
        self._page = 0
        self.setAccessibleName("打印预览")
        self.setProperty("help", "printing")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = QWidget()
        self._desk.setProperty("role", "desk")
        self._column = QVBoxLayout(self._desk)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        theme.space(self._column, MARGIN, gap=MARGIN)
        self.setWidget(self._desk)
        self.verticalScrollBar().valueChanged.connect(self._look_where)
        self.verticalScrollBar().rangeChanged.connect(self._look_where)
        theme.follow(self, self._fit)

    @property
    def zoom(self) -> int:
        """The size in per cent of the paper's; 0 fits the width."""
        return self._zoom

    @property
    def pages(self) -> int:
        """How many pages."""
        return len(self._pages) if self._pages else 0

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF from memory."""
        self._let_go()
        for sheet in self._sheets():
            self._column.removeWidget(sheet)
            sheet.deleteLater()
        self._pages = PdfPages(content)
        self._open.append(self._pages)
        for page in range(len(self._pages)):
            sheet = Sheet(self._pages, page, self._theme, self._background)
            sheet.rendered.connect(self.rendered)
            sheet.setAccessibleName(f"第 {page + 1} 页")
            self._column.addWidget(sheet)
        self._page = 0
        self._fit()
        self._look_where()

    def zoom_to(self, per_cent: int) -> None:
        """Show at so many per cent; 0 fits the width."""
        self._zoom = per_cent
        self._fit()

    def zoom_by(self, steps: int) -> None:
        """Go so many sizes up or down."""
        now = self._zoom or round(self._dots_per_inch() * 100 / SCREEN_DPI)
        larger = [zoom for zoom in ZOOMS if zoom > now]
        smaller = [zoom for zoom in ZOOMS if zoom < now]
        if steps > 0 and larger:
            self.zoom_to(larger[0])
        elif steps < 0 and smaller:
            self.zoom_to(smaller[-1])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and 0 change the size; the arrows and Page keys move."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = _ZOOM_KEYS.get(Qt.Key(event.key()))
        if plain and step:
            self.zoom_by(step)
        elif plain and event.key() == Qt.Key.Key_0:
            self.zoom_to(0)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()

    def _let_go(self) -> None:
        self._background.finish()
        _close_all(self._open)

    def _sheets(self) -> list[Sheet]:
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, Sheet)]

    def _dots_per_inch(self) -> float:
        if self._pages is None or not len(self._pages):
            return SCREEN_DPI
        if self._zoom:
            return SCREEN_DPI * self._zoom / 100
        wide = max(self._pages.size(page).width() for page in range(len(self._pages)))
        room = self.viewport().width() - 2 * self._theme.px(MARGIN)
        return max(36.0, min(room / wide * POINTS_PER_INCH, SCREEN_DPI * 2))

    def _fit(self, _: Look | None = None) -> None:
        for sheet in self._sheets():
            sheet.show_at(self._dots_per_inch())

    def _look_where(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        sheets = self._sheets()
        tops = [page for page, sheet in enumerate(sheets, 1) if sheet.y() <= middle]
        page = tops[-1] if tops else 1
        if sheets and page != self._page:
            self._page = page
            self.page_changed.emit(page, len(sheets))


def _close_all(pages: list[PdfPages], *_: object) -> None:
    while pages:
        pages.pop().close()


class Sheet(QWidget):
    """One page: white at once, and the page itself as soon as it is painted off the thread.

    Signals:
        rendered(page): it is there.
    """

    rendered = Signal(int)

    def __init__(self, pages: PdfPages, page: int, theme: Theme, background: Background) -> None:
        super().__init__()
        self._pages, self._page = pages, page
        self._theme = theme
        self._background = background
        self._dots_per_inch = 0.0
        self._image: QImage | None = None
        self._shown: tuple[float, float] | None = None
        self._errand: Errand | None = None

    def show_at(self, dots_per_inch: float) -> None:
        """Take the size the page has at so many dots per inch."""
        if dots_per_inch == self._dots_per_inch:
            return
        self._dots_per_inch = dots_per_inch
        size = self._pages.size(self._page) * (dots_per_inch / POINTS_PER_INCH)
        self.setFixedSize(QSize(round(size.width()), round(size.height())))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what there is, and send for what is wanted."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self._image)
        painter.setPen(self._theme.colour("hairline"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        wanted = (self._dots_per_inch, self.devicePixelRatioF())
        if wanted != self._shown and self._errand is None:
            self._send_for(wanted)

    def _send_for(self, wanted: tuple[float, float]) -> None:
        dots_per_inch, ratio = wanted
        pages, page = self._pages, self._page
        self._errand = self._background.run(
            lambda: (wanted, pages.render(page, dots_per_inch * ratio)), self._take
        )
        self._errand.ended.connect(self._forget_errand)

    def _take(self, painted: tuple[tuple[float, float], QImage]) -> None:
        self._shown, image = painted
        image.setDevicePixelRatio(self._shown[1])
        self._image = image
        self.update()
        self.rendered.emit(self._page + 1)

    def _forget_errand(self) -> None:
        self._errand = None
