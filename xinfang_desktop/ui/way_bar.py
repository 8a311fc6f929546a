"""WayBar (办理阶段): the stages of a matter, passed, present and to come, with the next act.

Where there is no room for all of them those about the present one are shown, and how many stand
before and after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolTip, QWidget

from xinfang_desktop.casework.handling import Way, WayStage
from xinfang_desktop.models import Action

from .theme import Theme
from .widgets.words import Hint, button, restyle

HEIGHT = 54
NEXT_KEY, OTHERS_KEY = "F10", "F11"
_DOT, _TOP, _LABEL, _DAY = 5.5, 13, 13, 12
_PADDING, _MORE = 9, 34
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


@dataclass(frozen=True)
class _Stop:
    """A stage as it is drawn."""

    stage: WayStage
    day: str
    told: str


class WayBar(QWidget):
    """The stages in a row. The arrows walk along them, Enter asks to see the time line.

    Signals:
        history_requested(): somebody wants to read how the matter came here.
    """

    history_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._stops: tuple[_Stop, ...] = ()
        self._present = 0
        self._at = 0
        self._places: dict[int, QRectF] = {}
        self.setAccessibleName("办理阶段")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.fix(self, height=HEIGHT)
        theme.follow(self, lambda _: self._place())

    @property
    def shown(self) -> list[str]:
        """The stages there is room for, in words."""
        return [self._stops[place].stage.stage.label for place in self._places]

    def show_way(self, way: Way, registered_on: date | None) -> None:
        """Show a way; the matter was registered on this day."""
        self._stops = tuple(_stop(stage, _begun(way, registered_on)) for stage in way.stages)
        self._present = next(
            (place for place, stop in enumerate(self._stops) if stop.stage.is_present), 0
        )
        self._at = self._present
        self._describe(f"{way.title}（{way.basis}）。" + "，".join(s.told for s in self._stops))
        self._place()

    def sizeHint(self) -> QSize:
        """Wide enough for the present stage and its neighbours."""
        return QSize(self._theme.px(360), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Wide enough for one stage."""
        return QSize(self._theme.px(170), self._theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the stages."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step and self._stops:
            self._at = min(max(self._at + step, 0), len(self._stops) - 1)
            self._describe(self._stops[self._at].told)
            self._place()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.history_requested.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.history_requested.emit()

    def event(self, event: QEvent) -> bool:
        """Tell of a stage what there is no room for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            where = QPointF(event.pos())
            over = [place for place, area in self._places.items() if area.contains(where)]
            QToolTip.showText(event.globalPos(), self._stops[over[0]].told if over else "", self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._at = self._present
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._line(painter)
        for place, area in self._places.items():
            self._stop(painter, self._stops[place], area, has_focus=place == self._at)
        for words, area in self._more():
            self._words(painter, words, area, _DAY, "quiet", below=False)

    # where everything stands

    def _place(self) -> None:
        """Give every stage its room, from the one in hand outwards, as far as it reaches."""
        widths = [self._width(stop) for stop in self._stops]
        first = last = self._at if self._stops else 0
        if not widths:
            self._places = {}
            return
        while True:
            grown = [
                (low, high)
                for low, high in ((first, last + 1), (first - 1, last))
                if low >= 0 and high < len(widths) and self._fits(widths, low, high)
            ]
            if not grown:
                break
            first, last = min(grown, key=lambda one: abs(one[0] + one[1] - 2 * self._at))
        self._places = self._laid(widths, first, last)
        self.update()

    def _fits(self, widths: Sequence[float], first: int, last: int) -> bool:
        return sum(widths[first : last + 1]) + self._margins(first, last) <= self.width()

    def _margins(self, first: int, last: int) -> float:
        hidden = (first > 0) + (last < len(self._stops) - 1)
        return float(hidden * self._theme.px(_MORE))

    def _laid(self, widths: Sequence[float], first: int, last: int) -> dict[int, QRectF]:
        room = self.width() - self._margins(first, last)
        used = sum(widths[first : last + 1])
        extra = min(max(room - used, 0) / (last - first + 1), self._theme.px(26))
        left = float(self._theme.px(_MORE) if first else 0)
        places = {}
        for place in range(first, last + 1):
            wide = widths[place] + extra
            places[place] = QRectF(left, 0, wide, self.height())
            left += wide
        return places

    def _width(self, stop: _Stop) -> float:
        label = self._font(_LABEL, bold=True)
        day = self._font(_DAY)
        words = max(self._advance(label, stop.stage.stage.label), self._advance(day, stop.day))
        return words + 2 * self._theme.px(_PADDING)

    def _advance(self, font: QFont, words: str) -> float:
        return QFontMetricsF(font).horizontalAdvance(words)

    def _more(self) -> list[tuple[str, QRectF]]:
        """Give how many stages stand before and after those that are shown, and where."""
        if not self._places:
            return []
        first, last = min(self._places), max(self._places)
        wide, high = self._theme.px(_MORE), 2 * self._theme.px(_TOP)
        told = []
        if first:
            told.append((f"‹ {first}", QRectF(0, 0, wide, high)))
        if after := len(self._stops) - 1 - last:
            left = self._places[last].right()
            told.append((f"{after} ›", QRectF(left, 0, wide, high)))
        return told

    # drawing

    def _line(self, painter: QPainter) -> None:
        if not self._places:
            return
        y = self._theme.px(_TOP)
        centres = [area.center().x() for area in self._places.values()]
        here = self._places.get(self._present)
        turn = here.center().x() if here else (centres[-1] if self._at < self._present else 0)
        for start, end, role in ((centres[0], turn, "done"), (turn, centres[-1], "hairline")):
            if end > start:
                painter.setPen(QPen(self._theme.colour(role), self._theme.px(2)))
                painter.drawLine(QPointF(start, y), QPointF(end, y))

    def _stop(self, painter: QPainter, stop: _Stop, area: QRectF, *, has_focus: bool) -> None:
        stage = stop.stage
        middle = QPointF(area.center().x(), self._theme.px(_TOP))
        self._dot(painter, stage, middle)
        role = "accent" if stage.is_present else "text" if stage.is_done else "quiet"
        top = 2 * self._theme.px(_TOP) - self._theme.px(5)
        words = QRectF(area.left(), top, area.width(), self._theme.px(18))
        self._words(painter, stage.stage.label, words, _LABEL, role, bold=stage.is_present)
        if stop.day:
            below = words.translated(0, words.height() - self._theme.px(1))
            self._words(painter, stop.day, below, _DAY, "quiet")
        if has_focus and self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 4, 4)

    def _dot(self, painter: QPainter, stage: WayStage, middle: QPointF) -> None:
        """Passed with a tick, present as a ring, to come as an empty circle."""
        colour, radius = self._theme.colour, self._theme.px(_DOT * 2) / 2
        if stage.is_present:
            painter.setPen(QPen(colour("accent"), self._theme.px(2)))
            painter.setBrush(colour("surface"))
            painter.drawEllipse(middle, radius + 1, radius + 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawEllipse(middle, radius / 2, radius / 2)
            return
        painter.setPen(QPen(colour("done" if stage.is_done else "outline"), 1.2))
        painter.setBrush(colour("done" if stage.is_done else "surface"))
        painter.drawEllipse(middle, radius, radius)
        if stage.is_done:
            painter.setPen(QPen(colour("surface"), max(radius / 3.5, 1.2)))
            marks = ((-0.5, 0.05), (-0.12, 0.42), (0.52, -0.38))
            painter.drawPolyline([middle + QPointF(u * radius, v * radius) for u, v in marks])

    def _words(
        self,
        painter: QPainter,
        words: str,
        area: QRectF,
        size: int,
        role: str,
        *,
        bold: bool = False,
        below: bool = True,
    ) -> None:
        painter.setFont(self._font(size, bold=bold))
        painter.setPen(self._theme.colour(role))
        where = Qt.AlignmentFlag.AlignTop if below else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter | where), words)

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(size))
        font.setBold(bold)
        return font

    def _describe(self, words: str) -> None:
        self.setAccessibleDescription(words)


class WayRow(QFrame):
    """The way bar, and at its end the next act as the one strong button, with the others.

    Signals:
        next_requested(): the next act is to be done.
        others_requested(): something else is to be done.
    """

    next_requested = Signal()
    others_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.bar = WayBar(theme)
        self.paper = Hint("")
        self.others = button("其他办理", self.others_requested.emit, key=OTHERS_KEY)
        self.next = button("", self.next_requested.emit, role="strong")
        row = QHBoxLayout(self)
        theme.space(row, 8, 6, 16, 4, gap=10)
        row.addWidget(self.bar, 1)
        row.addWidget(self.paper)
        row.addWidget(self.others)
        row.addWidget(self.next)

    def show_acts(self, following: Action | None, paper: str, *, others: bool) -> None:
        """Show what comes next and what it prints; nothing for who may not work."""
        self.next.setVisible(following is not None)
        self.others.setVisible(others)
        self.paper.setText(f"印{paper}" if paper else "")
        self.paper.setVisible(bool(paper and following))
        if following is not None:
            self.next.setText(f"{following.label}  {NEXT_KEY}")
            self.next.setAccessibleName(f"下一步：{following.label}")

    def step_back(self, *, back: bool) -> None:
        """One strong button a window: while an act is open its own is."""
        restyle(self.next, "role", "" if back else "strong")


def _begun(way: Way, registered_on: date | None) -> date | None:
    """Give the day of the first stage; none where the matter was entered after it was begun."""
    first = way.steps[0].done_on if way.steps else None
    return None if first and registered_on and registered_on > first else registered_on


def _stop(stage: WayStage, registered_on: date | None) -> _Stop:
    """Give a stage with its day, and all of it in words."""
    label = stage.stage.label
    if not (stage.is_done or stage.is_present):
        return _Stop(stage, "", f"将要：{label}")
    standing = f"{'现在' if stage.is_present else '已过'}：{label}"
    day = stage.step.done_on if stage.step else registered_on
    if day is None:
        return _Stop(stage, "", standing)
    by = f"，{stage.step.done_by}" if stage.step and stage.step.done_by else ""
    return _Stop(stage, f"{day.month}-{day.day}", f"{standing}，{day.month}月{day.day}日起{by}")
