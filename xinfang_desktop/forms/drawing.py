"""Charts for paper: bars as filled rectangles with every number written beside them.

No axes, no lines, no third dimension: a bar, its label and its number. Dark is the period itself,
light what it is compared with; the two differ in print without colour as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xinfang_desktop.models.report import Bar, Chart

from .faces import Role
from .sheet import MM_PER_POINT, Align, Drawing, Fill, TextLine
from .typesetting import HAN_MIDDLE, measured, set_line, start

COLOURS = ((0.17, 0.36, 0.54), (0.70, 0.79, 0.87), (0.45, 0.55, 0.45))
"""The period, what it is compared with, and one more."""

SIZE = 9.0
_LEGEND = 6.0
_LABEL_MOST = 46.0
_LYING_BAR, _LYING_GAP = 3.6, 2.6
_STANDING_HEIGHT = 42.0
_GAP = 1.4


def drawn(chart: Chart, width: float) -> Drawing:
    """Draw a chart so many millimetres wide, at the corner of the page."""
    made = _lying(chart, width) if chart.lying else _standing(chart, width)
    legend_fills, legend_lines = _legend(chart.series, width)
    return Drawing(
        x=0.0,
        y=0.0,
        width=width,
        height=made.height,
        title=chart.title,
        fills=(*legend_fills, *made.fills),
        lines=(*legend_lines, *made.lines),
    )


@dataclass(frozen=True)
class _Made:
    """The bars of a chart with their words."""

    fills: tuple[Fill, ...]
    lines: tuple[TextLine, ...]
    height: float


def _legend(series: Sequence[str], width: float) -> tuple[list[Fill], list[TextLine]]:
    """Say at the right above which colour is what."""
    fills: list[Fill] = []
    lines: list[TextLine] = []
    x = width
    for colour, name in reversed([*zip(COLOURS, series, strict=False)]):
        x -= measured(name, SIZE)
        lines.insert(0, _words(name, x, _LEGEND / 2))
        x -= 4.2
        fills.insert(0, Fill(x, _LEGEND / 2 - 1.4, 3.0, 2.8, colour))
        x -= 4.0
    return fills, lines


def _lying(chart: Chart, width: float) -> _Made:
    labels = min(max(measured(bar.label, SIZE) for bar in chart.bars), _LABEL_MOST)
    numbers = max(measured(str(value), SIZE) for bar in chart.bars for value in bar.values)
    left = labels + 2 * _GAP
    longest = width - left - numbers - 2 * _GAP
    most = _most(chart.bars)
    fills: list[Fill] = []
    lines: list[TextLine] = []
    y = _LEGEND + _GAP
    for bar in chart.bars:
        height = _LYING_BAR * len(bar.values)
        label = _fitting(bar.label, labels)
        lines.append(_words(label, left - _GAP - measured(label, SIZE), y + height / 2))
        for value, colour in zip(bar.values, COLOURS, strict=False):
            length = longest * value / most
            if value:
                fills.append(Fill(left, y + 0.2, length, _LYING_BAR - 0.4, colour))
            lines.append(_words(str(value), left + length + _GAP, y + _LYING_BAR / 2))
            y += _LYING_BAR
        y += _LYING_GAP
    return _Made(tuple(fills), tuple(lines), y)


def _standing(chart: Chart, width: float) -> _Made:
    most = _most(chart.bars)
    foot = _LEGEND + SIZE * MM_PER_POINT + _GAP + _STANDING_HEIGHT
    room = width / len(chart.bars)
    fills = [Fill(0.0, foot, width, 0.2, (0.6, 0.65, 0.7))]
    lines: list[TextLine] = []
    for place, bar in enumerate(chart.bars):
        middle = room * (place + 0.5)
        each = min(room * 0.8 / len(bar.values), 9.0)
        x = middle - each * len(bar.values) / 2
        for value, colour in zip(bar.values, COLOURS, strict=False):
            height = _STANDING_HEIGHT * value / most
            if value:
                fills.append(Fill(x + 0.3, foot - height, each - 0.6, height, colour))
            lines.append(_centred(str(value), x + each / 2, foot - height - 2.2))
            x += each
        lines.append(_centred(_fitting(bar.label, room), middle, foot + 3.2))
    return _Made(tuple(fills), tuple(lines), foot + 7.0)


def _most(bars: Sequence[Bar]) -> int:
    return max(1, *(value for bar in bars for value in bar.values))


def _fitting(label: str, room: float) -> str:
    """Leave out the end of a label that is too long."""
    if measured(label, SIZE) <= room + 0.01:
        return label
    while label and measured(label + "…", SIZE) > room:
        label = label[:-1]
    return label + "…"


def _words(text: str, x: float, middle: float) -> TextLine:
    line = set_line(text, SIZE, Role.BODY)
    return replace(line, x=x, baseline=middle + HAN_MIDDLE * SIZE * MM_PER_POINT)


def _centred(text: str, x: float, middle: float) -> TextLine:
    line = _words(text, 0.0, middle)
    return replace(line, x=start(line, x, 0.0, Align.CENTRE))
