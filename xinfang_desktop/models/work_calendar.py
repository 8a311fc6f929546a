"""The work calendar (工作日历): which days are worked, and at which hours of the day.

The store keeps what the office imported or set by hand; the years that are shipped stand behind.
"""

from datetime import date, time

from pydantic import BaseModel, ConfigDict, NaiveDatetime, model_validator
from pydantic import Field as Asked
from sqlmodel import Field, SQLModel

OFFICE_HOURS_SETTING = "office_hours"
"""The setting that holds the office's hours."""


class CalendarYear(SQLModel, table=True):
    """A year whose holidays (放假安排) were imported; it takes the place of the shipped one."""

    __tablename__ = "calendar_year"

    year: int = Field(primary_key=True)
    source: str = Field(title="依据")
    entered_at: NaiveDatetime = Field(title="录入时间")
    entered_by: str = Field(title="录入人")


class CalendarDay(SQLModel, table=True):
    """A day that is worked or off otherwise than its weekday says.

    ``by_hand`` days were set by the office itself: they go before the notice and outlast an import.
    """

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True, title="日期")
    by_hand: bool = Field(default=False, primary_key=True, title="本单位设置")
    is_working: bool = Field(title="上班")
    name: str = Field(title="名称")


class Hours(BaseModel):
    """The hours of one season, on its working days: a morning and an afternoon."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    morning_from: time = Asked(title="上午上班")
    morning_to: time = Asked(title="上午下班")
    afternoon_from: time = Asked(title="下午上班")
    afternoon_to: time = Asked(title="下午下班")

    @model_validator(mode="after")
    def _in_order(self) -> "Hours":
        order = (self.morning_from, self.morning_to, self.afternoon_from, self.afternoon_to)
        if any(earlier >= later for earlier, later in zip(order, order[1:], strict=False)):
            raise ValueError("上下班时间要依次是上午上班、上午下班、下午上班、下午下班")
        return self

    @property
    def spans(self) -> tuple[tuple[time, time], ...]:
        """The two spans of the day."""
        return (
            (self.morning_from, self.morning_to),
            (self.afternoon_from, self.afternoon_to),
        )


class OfficeHours(BaseModel):
    """上班时间: the hours of summer and of the rest of the year.

    ``summer_from`` and ``summer_to`` are (month, day), both days included.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    summer_from: tuple[int, int] = Asked(default=(6, 1), title="夏令时间自")
    summer_to: tuple[int, int] = Asked(default=(9, 30), title="夏令时间至")
    summer: Hours = Hours(
        morning_from=time(8, 30),
        morning_to=time(12),
        afternoon_from=time(14),
        afternoon_to=time(17, 30),
    )
    winter: Hours = Hours(
        morning_from=time(8, 30),
        morning_to=time(12),
        afternoon_from=time(13, 30),
        afternoon_to=time(17),
    )

    @model_validator(mode="after")
    def _real_days(self) -> "OfficeHours":
        for month, day in (self.summer_from, self.summer_to):
            try:
                date(2024, month, day)
            except ValueError:
                raise ValueError("夏令时间的起止日期不存在") from None
        return self

    def on(self, day: date) -> Hours:
        """Give the hours of a working day."""
        place = (day.month, day.day)
        if self.summer_from <= self.summer_to:
            is_summer = self.summer_from <= place <= self.summer_to
        else:
            is_summer = place >= self.summer_from or place <= self.summer_to
        return self.summer if is_summer else self.winter
