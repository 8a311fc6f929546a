"""BarChart: a few quiet bars, each with its label and its number, painted without a library."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from xinfang_desktop.ui.theme import Theme

_HEIGHT, _HEAD, _FOOT, _SIZE = 180, 20, 22, 12


@dataclass(frozen=True)
class Stick:
    """One bar: its label, how long it is, what is written above it; ``strong`` stands out."""

    label: str
    amount: float | None
    text: str
    strong: bool = False


class BarChart(QWidget):
    """Bars in a row; where they have no room for their words, every other label is left out."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._theme = theme
        self._sticks: tuple[Stick, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, lambda look: self.setFixedHeight(look.px(_HEIGHT)))

    @property
    def sticks(self) -> tuple[Stick, ...]:
        """The bars shown."""
        return self._sticks

    def show_sticks(self, name: str, sticks: Sequence[Stick]) -> None:
        """Show other bars."""
        self._name, self._sticks = name, tuple(sticks)
        told = "；".join(f"{stick.label} {stick.text}" for stick in self._sticks)
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for a side panel."""
        return QSize(self._theme.px(300), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars on one line, the longest as high as there is room."""
        if not self._sticks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(_SIZE))
        painter.setFont(font)
        foot = self.height() - self._theme.px(_FOOT)
        room = self.width() / len(self._sticks)
        most = max((stick.amount or 0.0 for stick in self._sticks), default=0.0) or 1.0
        painter.fillRect(QRectF(0, foot, self.width(), 1), self._theme.colour("hairline"))
        step = self._step(QFontMetricsF(font), room)
        for place, stick in enumerate(self._sticks):
            is_told = stick.strong or (len(self._sticks) - 1 - place) % step == 0
            self._stick(painter, stick, QRectF(place * room, 0, room, foot), most, told=is_told)

    def _step(self, metrics: QFontMetricsF, room: float) -> int:
        """Give of how many labels one has room."""
        widest = max(
            metrics.horizontalAdvance(words)
            for one in self._sticks
            for words in (one.text, one.label)
        )
        return max(1, -(-int(widest + self._theme.px(4)) // max(int(room), 1)))

    def _stick(
        self, painter: QPainter, stick: Stick, space: QRectF, most: float, *, told: bool
    ) -> None:
        px, colour = self._theme.px, self._theme.colour
        top = px(_HEAD)
        height = (space.height() - top) * (stick.amount or 0.0) / most
        width = min(space.width() * 0.6, px(28))
        bar = QRectF(space.center().x() - width / 2, space.bottom() - height, width, height)
        painter.fillRect(bar, _painted(colour("accent"), strong=stick.strong))
        if not told:
            return
        wide = space.adjusted(-space.width(), 0, space.width(), 0)
        painter.setPen(colour("text" if stick.strong else "quiet"))
        above = QRectF(wide.left(), bar.top() - px(18), wide.width(), px(18))
        below = QRectF(wide.left(), space.bottom() + px(3), wide.width(), px(_FOOT) - px(3))
        painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), stick.text)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), stick.label)


def _painted(accent: QColor, *, strong: bool) -> QColor:
    """Let what is beside the matter stand back."""
    shown = QColor(accent)
    if not strong:
        shown.setAlphaF(0.38)
    return shown
