"""Drawing a composed page on the screen: the same boxes and lines that PDF and DOCX get."""

from functools import cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from xinfang_desktop.forms.faces import TICK_BOXES, Face
from xinfang_desktop.forms.sheet import MM_PER_POINT, RED, Page, Piece, TextLine, rules
from xinfang_desktop.ui.fonts import load_paper_fonts

_FAMILIES = {
    Face.FANGSONG: "Zhuque Fangsong (technical preview)",
    Face.SONG: "Noto Serif SC",
    Face.SONG_BOLD: "Noto Serif SC",
    Face.SANS: "Noto Sans SC",
    Face.RARE: "HanaMinB",
}
EDITING_FAMILIES = ["Noto Serif SC", "HanaMinB"]
"""While a blank is typed in, its digits must not be mistaken: Song, with the rare characters."""


_DRAWN_AT = 64
"""Letters are drawn at this many pixels and scaled: at the size of the screen their widths would
be rounded to whole pixels, and a line would run out of its cell."""


@cache
def _font(face: Face) -> QFont:
    load_paper_fonts()
    font = QFont()
    font.setFamilies([_FAMILIES[face], *EDITING_FAMILIES])
    font.setPixelSize(_DRAWN_AT)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setBold(face is Face.SONG_BOLD)
    return font


def editing_font(pixels: float) -> QFont:
    """Give the font of a blank in hand, so many pixels high."""
    load_paper_fonts()
    font = QFont()
    font.setFamilies(EDITING_FAMILIES)
    font.setPixelSize(max(round(pixels), 1))
    return font


class Ink:
    """Draws one page with a painter; ``scale`` is pixels in a millimetre."""

    def __init__(self, painter: QPainter, scale: float, colour: QColor) -> None:
        self._painter = painter
        self._scale = scale
        self._colour = colour

    def page(self, page: Page) -> None:
        """Rule the grid and set every line."""
        self._painter.setPen(QPen(self._colour, max(0.26 * self._scale, 1.0)))
        self._painter.drawLines([self._rule(r.x1, r.y1, r.x2, r.y2) for r in rules(page)])
        for line in page.text_lines:
            self.line(line)
        self._red(page)

    def _red(self, page: Page) -> None:
        """Draw the mark of the office and its red lines over what was set in ink."""
        ink, self._colour = self._colour, QColor.fromRgbF(*RED)
        for rule in page.red_lines:
            self._painter.setPen(QPen(self._colour, max(rule.width * self._scale, 1.0)))
            self._painter.drawLine(self._rule(rule.x1, rule.y, rule.x2, rule.y))
        for block in page.head:
            if block.is_red:
                self.line(block.line)
        self._colour = ink

    def line(self, line: TextLine) -> None:
        """Set one line piece by piece, each where the sheet puts it."""
        x, y = line.x * self._scale, line.baseline * self._scale
        for piece in line.pieces:
            self._piece(piece, x, y, line.size * MM_PER_POINT * self._scale)
            x += piece.width * self._scale

    def _rule(self, x1: float, y1: float, x2: float, y2: float) -> QLineF:
        scale = self._scale
        return QLineF(x1 * scale, y1 * scale, x2 * scale, y2 * scale)

    def _piece(self, piece: Piece, x: float, y: float, em: float) -> None:
        match piece.face:
            case Face.BOX:
                self._tick_box(piece.text, x, y, em)
            case Face.CODE:
                self._code_box(piece.text, x, y, em)
            case Face.UNSEEN:
                return
            case face:
                self._words(piece.text, face, x, y, em)

    def _words(self, text: str, face: Face, x: float, y: float, em: float) -> None:
        self._painter.save()
        self._painter.translate(x, y)
        self._painter.scale(em / _DRAWN_AT, em / _DRAWN_AT)
        self._painter.setFont(_font(face))
        self._painter.setPen(self._colour)
        self._painter.drawText(QPointF(0, 0), text)
        self._painter.restore()

    def _tick_box(self, text: str, x: float, y: float, em: float) -> None:
        box = QRectF(x + 0.11 * em, y - 0.76 * em, 0.78 * em, 0.78 * em)
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._colour, max(0.055 * em, 1.0)))
        self._painter.drawRect(box)
        if TICK_BOXES[text]:
            self._painter.setPen(QPen(self._colour, max(0.09 * em, 1.5)))
            marks = ((0.16, 0.48), (0.42, 0.78), (0.86, 0.16))
            points = [
                QPointF(box.x() + box.width() * u, box.y() + box.height() * v) for u, v in marks
            ]
            self._painter.drawPolyline(points)
        self._painter.restore()

    def _code_box(self, text: str, x: float, y: float, em: float) -> None:
        code = f"{ord(text):04X}"
        half = (len(code) + 1) // 2
        box = QRectF(x + 0.06 * em, y - 0.84 * em, 0.88 * em, 0.94 * em)
        self._painter.setPen(QPen(self._colour, 1.0))
        self._painter.drawRect(box)
        small = min(0.78 * em / half / 0.56, 0.42 * em)
        for row, digits in enumerate((code[:half], code[half:])):
            width = len(digits) * 0.56 * small
            foot = y - (0.46 - 0.44 * row) * em
            self._words(digits, Face.SONG, x + (em - width) / 2, foot, small)
