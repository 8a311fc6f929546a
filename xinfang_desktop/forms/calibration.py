"""Calibration (打印校准): a page of rulers, and what its measures say about a printer.

Every printer lays the page a little beside and a little too large or too small. The page is
printed without any correction; four measures taken from it with a ruler give the correction.
"""

import io
from dataclasses import dataclass
from typing import Any

from xinfang_desktop.errors import OfficeError

from .faces import Face
from .sheet import MM_PER_POINT
from .typesetting import measured as text_width
from .typesetting import set_line

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP = 25.0, 30.0
ACROSS, DOWN = 160.0, 240.0
"""Where the crosses stand: the first from the edges of the paper, the others from the first."""

MOST_OFF = 15.0
MOST_SCALED = 0.05
_LINE = 0.15
_RULER_TOP, _RULER_LEFT = 15.0, 12.0
_IMPLAUSIBLE = (
    "量得的数相差太大（偏移超过15毫米，或大小差5%以上），没有采用；原来的校准没有变动。"
    "请核对是否量了正确的地方，打印时是否选了“适合页面”。"
)


@dataclass(frozen=True)
class Fit:
    """How a page is laid so that it comes out right: moved by millimetres, after being scaled."""

    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True)
class Measures:
    """What a ruler says of a printed calibration page, in millimetres."""

    left: float = LEFT
    top: float = TOP
    across: float = ACROSS
    down: float = DOWN


QUESTIONS = (
    ("left", "甲", "纸的左边缘到左上十字", LEFT),
    ("top", "乙", "纸的上边缘到左上十字", TOP),
    ("across", "丙", "左上十字到右上十字", ACROSS),
    ("down", "丁", "左上十字到左下十字", DOWN),
)
"""What is measured: the field, its sign on the page, where, and what it should be."""


def fit_from(measures: Measures) -> Fit:
    """Work out the correction for a printer.

    Raises:
        OfficeError: the measures cannot come from a printer that is in order.
    """
    if min(measures.across, measures.down) <= 0:
        raise OfficeError(_IMPLAUSIBLE)
    scale = (ACROSS / measures.across + DOWN / measures.down) / 2
    fit = Fit(
        dx=round(LEFT - scale * measures.left, 2),
        dy=round(TOP - scale * measures.top, 2),
        scale=round(scale, 5),
    )
    if max(abs(fit.dx), abs(fit.dy)) > MOST_OFF or abs(fit.scale - 1) > MOST_SCALED:
        raise OfficeError(_IMPLAUSIBLE)
    return fit


def calibration_page(printer: str) -> bytes:
    """Draw the page of rulers and crosses for the printer of this name."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(
        file,
        pagesize=(WIDTH / MM_PER_POINT, HEIGHT / MM_PER_POINT),
        invariant=1,
        lang="zh-CN",
        initialFontName=Face.SONG.font.fontName,
    )
    canvas.setTitle("打印校准页")
    canvas.setCreator("信访案头")
    canvas.setLineWidth(_LINE / MM_PER_POINT)
    drawing = _Drawing(canvas)
    drawing.rulers()
    drawing.crosses()
    drawing.words(printer)
    canvas.save()
    return file.getvalue()


class _Drawing:
    def __init__(self, canvas: Any) -> None:  # noqa: ANN401 - reportlab has no types
        self._canvas = canvas

    def rulers(self) -> None:
        """Rule both edges by the millimetre, from edge to edge: what is cut off does not print."""
        self._line(0, _RULER_TOP, WIDTH, _RULER_TOP)
        self._line(_RULER_LEFT, 0, _RULER_LEFT, HEIGHT)
        for place in range(round(WIDTH) + 1):
            self._line(place, _RULER_TOP, place, _RULER_TOP - _tick(place))
            if place % 10 == 0 and place > _RULER_TOP:
                self._text(str(place), place, _RULER_TOP - 5, 7, middle=True)
        for place in range(round(HEIGHT) + 1):
            self._line(_RULER_LEFT, place, _RULER_LEFT - _tick(place), place)
            if place % 10 == 0 and place > _RULER_TOP:
                self._text(str(place), _RULER_LEFT - 7, place + 0.9, 7, middle=True)

    def crosses(self) -> None:
        """Draw the four crosses, and name what is measured between them."""
        for x in (LEFT, LEFT + ACROSS):
            for y in (TOP, TOP + DOWN):
                self._line(x - 6, y, x + 6, y)
                self._line(x, y - 6, x, y + 6)
        self._arrow(0, TOP + 10, LEFT, TOP + 10, "甲")
        self._arrow(LEFT + 10, 0, LEFT + 10, TOP, "乙")
        self._arrow(LEFT + 14, TOP, LEFT + ACROSS - 8, TOP, "丙")
        self._arrow(LEFT, TOP + 16, LEFT, TOP + DOWN - 8, "丁")

    def words(self, printer: str) -> None:
        """Say what the page is for, and what is to be measured."""
        middle = LEFT + ACROSS / 2
        self._text("打印校准页", middle, 80, 22, middle=True)
        size = 14.0
        while size > 8 and text_width(f"打印机：{printer}", size) > ACROSS - 30:
            size -= 1
        self._text(f"打印机：{printer}", middle, 95, size, middle=True)
        lines = [
            "这一页按原样打印，没有经过校准。请用直尺量下面四处，精确到半毫米，",
            "填入“打印校准”窗口：",
            "",
            *(
                f"{sign}　{where}：＿＿＿＿＿＿毫米（应为 {due:g}）"
                for _, sign, where, due in QUESTIONS
            ),
            "",
            "上方和左方的直尺从纸的边缘量起，印不出来的刻度，就是打印机印不到的地方。",
        ]
        for row, line in enumerate(lines):
            self._text(line, LEFT + 10, 115 + row * 9, 12)

    def _arrow(self, x1: float, y1: float, x2: float, y2: float, sign: str) -> None:
        self._canvas.setDash(2, 2)
        self._line(x1, y1, x2, y2)
        self._canvas.setDash()
        across = y1 == y2
        x, y = ((x1 + x2) / 2, y1 - 1.5) if across else (x1 + 3, (y1 + y2) / 2)
        self._text(sign, max(x, 16.0), max(y, 22.0), 12, middle=True)

    def _line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        x1, y1, x2, y2 = (one / MM_PER_POINT for one in (x1, HEIGHT - y1, x2, HEIGHT - y2))
        self._canvas.line(x1, y1, x2, y2)

    def _text(self, text: str, x: float, y: float, size: float, *, middle: bool = False) -> None:
        line = set_line(text, size)
        x -= line.width / 2 if middle else 0
        for piece in line.pieces:
            if piece.face.is_font:
                self._canvas.setFont(piece.face.font.fontName, size)
                self._canvas.drawString(x / MM_PER_POINT, (HEIGHT - y) / MM_PER_POINT, piece.text)
            x += piece.width


def _tick(place: int) -> float:
    """Give how long a tick of the ruler is (millimetres)."""
    return 4.5 if place % 10 == 0 else 3.2 if place % 5 == 0 else 2.0
