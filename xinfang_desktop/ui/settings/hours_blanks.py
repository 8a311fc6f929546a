"""HoursBlanks: the hours of the office, of summer and of the rest of the year, as blanks."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from PySide6.QtWidgets import QGridLayout, QWidget

from xinfang_desktop.models import Hours, OfficeHours
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.paper.values import read_time
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.words import label

_SEASONS = (("summer", "夏令"), ("winter", "其余时间"))
_TIMES = (
    ("morning_from", "上午"),
    ("morning_to", "至"),
    ("afternoon_from", "下午"),
    ("afternoon_to", "至"),
)
_WIDTH = 76
_NO_TIME = "{season}的上下班时间请写成 08:30 的样子；没有保存。"
_NO_DAY = "夏令的起止日期请写成 6-1 的样子；没有保存。"
_WRONG = "{reason}；没有保存。"


class HoursBlanks:
    """The blanks, by season and field; ``summer`` are its first and its last day."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.times = {
            (season, field): Line(f"{told}{title}", "08:30")
            for season, told in _SEASONS
            for field, title in _TIMES
        }
        self.summer = (Line("夏令自", "6-1"), Line("夏令至", "9-30"))

    def show_hours(self, hours: OfficeHours) -> None:
        """Show the hours as they are kept."""
        for (season, field), line in self.times.items():
            line.setText(f"{getattr(getattr(hours, season), field):%H:%M}")
        days = (hours.summer_from, hours.summer_to)
        for line, (month, day) in zip(self.summer, days, strict=True):
            line.setText(f"{month}-{day}")

    def typed(self) -> tuple[OfficeHours | None, str]:
        """Give the hours that were typed, or None and why they cannot be."""
        seasons: dict[str, dict[str, Any]] = {}
        for season, told in _SEASONS:
            texts = {field: self.times[season, field].text() for field, _ in _TIMES}
            today = self._desk.today()
            seasons[season] = {name: read_time(text, today).value for name, text in texts.items()}
            if None in seasons[season].values():
                return None, _NO_TIME.format(season=told)
        first, last = (_month_day(line.text()) for line in self.summer)
        if first is None or last is None:
            return None, _NO_DAY
        try:
            made = {season: Hours.model_validate(told) for season, told in seasons.items()}
            return OfficeHours(**made, summer_from=first, summer_to=last), ""
        except ValidationError as error:
            reason = error.errors()[0].get("ctx", {}).get("error", "上班时间不对")
            return None, _WRONG.format(reason=reason)

    def grid(self) -> QGridLayout:
        """Lay the blanks out."""
        grid = QGridLayout()
        self._desk.theme.space(grid, gap=8)
        first, last = self.summer
        days: list[QWidget] = [label("夏令期间", "quiet"), first, label("至"), last]
        for place, part in enumerate(days):
            grid.addWidget(part, 0, place)
        for at, (season, told) in enumerate(_SEASONS, start=1):
            grid.addWidget(label(told, "quiet"), at, 0)
            for place, (field, title) in enumerate(_TIMES):
                if place:
                    grid.addWidget(label(title), at, place * 2)
                grid.addWidget(self.times[season, field], at, place * 2 + 1)
        for line in (*self.times.values(), *self.summer):
            self._desk.theme.fix(line, width=_WIDTH)
        grid.setColumnStretch(8, 1)
        return grid


def _month_day(text: str) -> tuple[int, int] | None:
    month, _, day = text.strip().replace("月", "-").removesuffix("日").partition("-")
    return (int(month), int(day)) if month.isdecimal() and day.isdecimal() else None
