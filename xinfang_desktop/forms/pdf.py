"""The PDF printer: draws a sheet with reportlab and decides nothing.

The same sheet gives the same bytes. The text layer gives back every character as it was entered,
also those beyond U+FFFF, those without a glyph and the tick boxes.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase import ttfonts
from reportlab.pdfgen.canvas import Canvas

from .faces import TICK_BOXES, Face
from .sheet import MM_PER_POINT, RED, Fill, Page, Piece, Sheet, TextLine, fills, rules

RULE_WIDTH = 0.75
"""Width of the grid's lines in points."""

_POINTS = 1 / MM_PER_POINT


def pdf_bytes(sheet: Sheet) -> bytes:
    """Draw ``sheet`` as a PDF 1.7 with title, language and the office as its author."""
    file = io.BytesIO()
    canvas = Canvas(
        file,
        pagesize=(sheet.width * _POINTS, sheet.height * _POINTS),
        invariant=1,
        pageCompression=1,
        pdfVersion=(1, 7),
        lang="zh-CN",
        initialFontName=Face.SONG.font.fontName,
    )
    canvas.setTitle(sheet.title)
    canvas.setAuthor(sheet.office)
    canvas.setSubject(sheet.key)
    canvas.setCreator("信访案头")
    for page in sheet.pages:
        _Drawing(canvas, sheet.height).page(page)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Drawing:
    """Draws one page; turns millimetres from the top into points from the bottom."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas = canvas
        self._height = height

    def page(self, page: Page) -> None:
        """Fill what is filled, rule the grid, then set every line."""
        self._fill(tuple(fills(page)))
        self._canvas.setLineWidth(RULE_WIDTH)
        self._canvas.setLineCap(2)
        lines = {(rule.x1, rule.y1, rule.x2, rule.y2): None for rule in rules(page)}
        self._canvas.lines([self._points(*line) for line in lines])
        self._red(page)
        for line in page.text_lines:
            if not any(block.is_red and block.line is line for block in page.head):
                self._line(line)

    def _fill(self, filled: Sequence[Fill]) -> None:
        if not filled:
            return
        self._canvas.saveState()
        for fill in filled:
            x, foot = fill.x * _POINTS, self._y(fill.y + fill.height)
            width, height = fill.width * _POINTS, fill.height * _POINTS
            self._canvas.setFillColorRGB(*fill.colour)
            self._canvas.rect(x, foot, width, height, stroke=0, fill=1)
        self._canvas.restoreState()

    def _red(self, page: Page) -> None:
        """Draw the mark of the office and its red lines (GB/T 9704-2012, 10.1)."""
        self._canvas.saveState()
        self._canvas.setLineCap(0)
        self._canvas.setStrokeColorRGB(*RED)
        self._canvas.setFillColorRGB(*RED)
        for rule in page.red_lines:
            self._canvas.setLineWidth(rule.width * _POINTS)
            self._canvas.line(*self._points(rule.x1, rule.y, rule.x2, rule.y))
        for block in page.head:
            if block.is_red:
                self._line(block.line)
        self._canvas.restoreState()

    def _points(self, x1: float, y1: float, x2: float, y2: float) -> tuple[float, ...]:
        return x1 * _POINTS, self._y(y1), x2 * _POINTS, self._y(y2)

    def _y(self, y: float) -> float:
        return (self._height - y) * _POINTS

    def _line(self, line: TextLine) -> None:
        x, y = line.x * _POINTS, self._y(line.baseline)
        for piece in line.pieces:
            self._piece(piece, x, y, line.size)
            x += piece.width * _POINTS

    def _piece(self, piece: Piece, x: float, y: float, size: float) -> None:
        match piece.face:
            case Face.BOX:
                self._tick_box(piece.text, x, y, size)
                with self._reads_as(piece.text):
                    self._unseen(x, y, size)
            case Face.CODE:
                with self._reads_as(piece.text):
                    self._code_box(piece.text, x, y, size)
            case Face.UNSEEN:
                with self._reads_as(piece.text):
                    self._unseen(x, y, size)
            case face:
                self._words(piece.text, face, x, y, size)

    def _words(self, text: str, face: Face, x: float, y: float, size: float) -> None:
        self._canvas.setFont(face.font.fontName, size)
        self._canvas.drawString(x, y, text)

    def _tick_box(self, text: str, x: float, y: float, size: float) -> None:
        side = 0.78 * size
        left, foot = x + 0.11 * size, y - 0.02 * size
        self._canvas.saveState()
        self._canvas.setLineWidth(0.055 * size)
        self._canvas.rect(left, foot, side, side)
        if TICK_BOXES[text]:
            path = self._canvas.beginPath()
            path.moveTo(left + 0.16 * side, foot + 0.52 * side)
            path.lineTo(left + 0.42 * side, foot + 0.22 * side)
            path.lineTo(left + 0.86 * side, foot + 0.84 * side)
            self._canvas.setLineWidth(0.09 * size)
            self._canvas.setLineJoin(1)
            self._canvas.drawPath(path)
        self._canvas.restoreState()

    def _code_box(self, text: str, x: float, y: float, size: float) -> None:
        """Draw a small box with the hexadecimal code of a character that no font draws."""
        self._canvas.saveState()
        self._canvas.setLineWidth(0.04 * size)
        self._canvas.rect(x + 0.06 * size, y - 0.1 * size, 0.88 * size, 0.94 * size)
        code = f"{ord(text):04X}"
        half = (len(code) + 1) // 2
        small = 0.78 * size / half / 0.56
        self._canvas.setFont(Face.SONG.font.fontName, small := min(small, 0.42 * size))
        for row, digits in enumerate((code[:half], code[half:])):
            self._canvas.drawCentredString(x + size / 2, y + (0.46 - 0.44 * row) * size, digits)
        self._canvas.restoreState()

    def _unseen(self, x: float, y: float, size: float) -> None:
        """Set a blank for the text layer to hold on to."""
        setting = self._canvas.beginText(x, y)
        setting.setFont(Face.SONG.font.fontName, size)
        setting.textOut(" ")
        self._canvas.drawText(setting)

    @contextmanager
    def _reads_as(self, text: str) -> Iterator[None]:
        """Let what is drawn read as ``text`` in the text layer (ISO 32000-1, 14.9.4)."""
        actual = ("\ufeff" + text).encode("utf-16-be").hex().upper()
        code: list[str] = self._canvas._code
        code.append(f"/Span <</ActualText <{actual}>>> BDC")
        yield
        code.append("EMC")


def _unicode_map(name: str, subset: Sequence[Any]) -> str:
    """Write the ToUnicode table of a font subset, every character as UTF-16BE.

    The library writes five hexadecimal digits for a character beyond U+FFFF, which no reader
    takes for what it is (ISO 32000-1, 9.10.3 asks for UTF-16BE).
    """
    pairs = [f"<{index:02X}> <{_utf16(code)}>" for index, code in enumerate(subset)]
    blocks = (pairs[start : start + 100] for start in range(0, len(pairs), 100))
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo\n<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n"
        f"{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def _utf16(code: int | str) -> str:
    character = chr(code) if isinstance(code, int) else code
    return character.encode("utf-16-be").hex().upper()


ttfonts.makeToUnicodeCMap = _unicode_map
