"""YearView (全年): twelve small months, with the days off and the weekends that are worked.

One day is in hand. The arrows move it by a day and a week, Page by a month, Home and End to the
ends of the year.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from .look import Look
from .theme import Theme

if TYPE_CHECKING:
    from xinfang_desktop.casework.work_calendar import WorkCalendar

_COLUMNS = (4, 3, 2, 1)
"""In how many columns the months may stand: what there is room for."""

_CELL_WIDTH, _CELL_HEIGHT = 28, 20
_HEAD, _WEEK = 24, 18
_GAP_X, _GAP_Y = 26, 16
_WEEKS = 6
_WEEKDAYS = "一二三四五六日"
_MONTH_WIDTH = 7 * _CELL_WIDTH
_MONTH_HEIGHT = _HEAD + _WEEK + _WEEKS * _CELL_HEIGHT
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class YearView(QWidget):
    """A year at a glance.

    Signals:
        moved(day): another day is in hand.
        opened(day): Enter or a double click on a day.
        switched(day): Space on a day.
        cleared(day): Delete on a day.
        left(years): the keyboard went past the end of the year, back or on.
    """

    moved = Signal(object)
    opened = Signal(object)
    switched = Signal(object)
    cleared = Signal(object)
    left = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._calendar: WorkCalendar | None = None
        self._day = date(2000, 1, 1)
        self._today = self._day
        self._columns = _COLUMNS[0]
        self.setAccessibleName("全年日历")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self._measure)

    @property
    def day(self) -> date:
        """The day in hand."""
        return self._day

    def show_year(self, calendar: WorkCalendar, day: date, today: date) -> None:
        """Show the year of ``day``, with that day in hand."""
        self._calendar, self._today = calendar, today
        self._take(day)

    def place_of(self, day: date) -> QPoint:
        """Give where a day is drawn."""
        return self._cell(day).center().toPoint()

    def sizeHint(self) -> QSize:
        return QSize(self._width(_COLUMNS[0]), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(1), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in as many columns as there is room for, and be as high as that needs."""
        self._settle()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the day in hand, or ask for something to be done with it."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._go(self._day + timedelta(_STEPS[key]))
        elif key in _MONTHS:
            self._go(_months_on(self._day, _MONTHS[key]))
        elif key == Qt.Key.Key_Home:
            self._go(self._day.replace(month=1, day=1))
        elif key == Qt.Key.Key_End:
            self._go(self._day.replace(month=12, day=31))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._day)
        elif key == Qt.Key.Key_Space:
            self.switched.emit(self._day)
        elif key == Qt.Key.Key_Delete:
            self.cleared.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().x(), event.position().y())
        if day is not None:
            self._take(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._day_at(event.position().x(), event.position().y()) is not None:
            self.opened.emit(self._day)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(2, 2)
        for month in range(1, 13):
            self._paint_month(painter, month)

    def _go(self, day: date) -> None:
        if day.year == self._day.year:
            self._take(day)
        else:
            self.left.emit(1 if day > self._day else -1)

    def _take(self, day: date) -> None:
        self._day = day
        self.setAccessibleDescription(self._told(day))
        self.update()
        self.moved.emit(day)

    def _told(self, day: date) -> str:
        if self._calendar is None:
            return day.isoformat()
        why = self._calendar.why_off(day) or self._calendar.why_worked(day) or "工作日"
        return f"{day.isoformat()} {why}"

    def _paint_month(self, painter: QPainter, month: int) -> None:
        theme, left, top = self._theme, *self._place(month)
        px = theme.px
        painter.setPen(theme.colour("text"))
        painter.setFont(self._font(13, bold=True))
        painter.drawText(
            QRectF(left, top, px(_MONTH_WIDTH), px(_HEAD)),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            f" {month}月",
        )
        painter.setFont(self._font(11))
        painter.setPen(theme.colour("quiet"))
        for place, weekday in enumerate(_WEEKDAYS):
            cell = QRectF(
                left + place * px(_CELL_WIDTH), top + px(_HEAD), px(_CELL_WIDTH), px(_WEEK)
            )
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), weekday)
        for number in range(1, monthrange(self._day.year, month)[1] + 1):
            self._paint_day(painter, date(self._day.year, month, number))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        """A day off stands in its tint, a weekend that is worked in a frame with 班."""
        theme, calendar, cell = self._theme, self._calendar, self._cell(day)
        if calendar is None:
            return
        note = calendar.note(day)
        is_off = not calendar.is_working(day)
        inner = cell.adjusted(1, 1, -1, -1)
        radius = theme.px(4)
        painter.setPen(Qt.PenStyle.NoPen)
        if note is not None:
            tint = "overdue_tint" if is_off else "done_tint"
            painter.setBrush(theme.colour(tint))
            painter.drawRoundedRect(inner, radius, radius)
        role = "overdue" if is_off and note else "quiet" if is_off else "text"
        if note is not None and not is_off:
            role = "done"
        painter.setPen(theme.colour(role))
        is_marked = note is not None
        painter.setFont(self._font(12, bold=is_marked or day == self._today))
        painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), str(day.day))
        if note is not None and note.by_hand:
            painter.setBrush(theme.colour(role))
            painter.setPen(Qt.PenStyle.NoPen)
            dot = theme.px(3)
            painter.drawEllipse(QRectF(inner.right() - dot - 1, inner.top() + 2, dot, dot))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if day == self._today:
            painter.setPen(QPen(theme.colour("outline"), 1))
            painter.drawRoundedRect(inner, radius, radius)
        if day == self._day:
            width = 2.0 if self.hasFocus() else 1.2
            painter.setPen(QPen(theme.colour("accent"), width))
            painter.drawRoundedRect(inner, radius, radius)

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(size))
        font.setBold(bold)
        return font

    def _place(self, month: int) -> tuple[int, int]:
        row, column = divmod(month - 1, self._columns)
        px = self._theme.px
        return column * px(_MONTH_WIDTH + _GAP_X), row * px(_MONTH_HEIGHT + _GAP_Y)

    def _cell(self, day: date) -> QRectF:
        left, top = self._place(day.month)
        px = self._theme.px
        week = (day.day + date(day.year, day.month, 1).weekday() - 1) // 7
        return QRectF(
            left + day.weekday() * px(_CELL_WIDTH),
            top + px(_HEAD + _WEEK) + week * px(_CELL_HEIGHT),
            px(_CELL_WIDTH),
            px(_CELL_HEIGHT),
        )

    def _day_at(self, x: float, y: float) -> date | None:
        for month in range(1, 13):
            for number in range(1, monthrange(self._day.year, month)[1] + 1):
                day = date(self._day.year, month, number)
                if self._cell(day).translated(2, 2).contains(x, y):
                    return day
        return None

    def _width(self, columns: int) -> int:
        px = self._theme.px
        return columns * px(_MONTH_WIDTH + _GAP_X) - px(_GAP_X) + 4

    def _height(self) -> int:
        px = self._theme.px
        return 12 // self._columns * px(_MONTH_HEIGHT + _GAP_Y) - px(_GAP_Y) + 4

    def _settle(self) -> None:
        room = self.width()
        self._columns = next((n for n in _COLUMNS if self._width(n) <= room), _COLUMNS[-1])
        self.setFixedHeight(self._height())
        self.update()

    def _measure(self, look: Look) -> None:
        self.setMinimumWidth(self._width(1))
        self._settle()
        self.updateGeometry()


def _months_on(day: date, months: int) -> date:
    """Give the same day of another month, or its last."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
