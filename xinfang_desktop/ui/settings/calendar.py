"""工作日历: a year at a glance, days of the office's own, a year's notice, the office hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFileDialog, QScrollArea, QSpinBox

from xinfang_desktop.casework import calendar_editing
from xinfang_desktop.casework.holiday_years import FIRST_YEAR, LAST_YEAR, text_of
from xinfang_desktop.casework.limit_upkeep import CALENDAR_KINDS
from xinfang_desktop.casework.work_calendar import WorkCalendar, weekday, work_calendar
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import read_file, write_file_atomically
from xinfang_desktop.models import Right
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.words import button, label, restyle, shortcut
from xinfang_desktop.ui.year_view import YearView

from .hours_blanks import HoursBlanks
from .section import Section

if TYPE_CHECKING:
    from xinfang_desktop.casework.calendar_editing import Imported
    from xinfang_desktop.casework.holiday_years import DayNote

_KNOWN = "{year}年：{source}"
_UNKNOWN = "{year}年的放假安排还没有录入，按周末和法定节假日推算，涉及这一年的期限都是暂算。"
_KEYS = "方向键选日期，PageUp、PageDown 换月；空格 上班与放假互换，Enter 改名称，Del 恢复"
_LEGEND = "红底：放假　绿底：周末调休上班　圆点：本单位自己设置的"
_IMPORTED = "已录入{year}年的放假安排，{moved}个时限随之改动"
_CHECK = "请核对：{missing}没有列为放假。"
_NOT_UTF8 = "放假安排文件不是UTF-8编码的文字，没有导入；请另存为UTF-8后再试。"
_WAIT = "正在重新计算时限…"
_ON_OFF = ("放假", "上班")


class CalendarSection(Section):
    """The work calendar of the office."""

    title = "工作日历"
    help_topic = "limits"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._calendar = WorkCalendar()
        self.year = QSpinBox()
        self.year.setRange(FIRST_YEAR, LAST_YEAR)
        self.year.setAccessibleName("年份")
        self.year.setValue(desk.today().year)
        self.view = YearView(desk.theme)
        self.state = self.note(role="quiet")
        self.told = label("", "strong")
        self.how = QComboBox()
        self.how.setAccessibleName("上班还是放假")
        self.how.addItems(_ON_OFF)
        self.name = Line("名称", "例：停电检修、本单位调休")
        self._keep = button("保存这一天", self.keep_day, role="strong")
        self._clear = button("恢复", self.clear_day, key="Del")
        self._import = button("导入放假安排…", self.import_file, key="Ctrl+O")
        self._export = button("另存为文件…", self.export_file)
        self.hours = HoursBlanks(desk)
        self._keep_hours = button("保存上班时间", self.save_hours)
        self._lay_out()
        self.year.valueChanged.connect(self._year_chosen)
        self.view.moved.connect(self._show_day)
        self.view.left.connect(self._turn)
        self.view.opened.connect(lambda _: self.name.setFocus())
        self.view.switched.connect(lambda _: self.switch_day())
        self.view.cleared.connect(lambda _: self.clear_day())
        self.name.entered.connect(self.keep_day)
        shortcut(self, "Ctrl+O", self.import_file)

    @property
    def day(self) -> date:
        """The day in hand."""
        return self.view.day

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar as it is shown."""
        return self._calendar

    def refresh(self) -> None:
        """Read the calendar again."""
        self._calendar = self.desk.read(work_calendar)
        may = self.desk.may(Right.WORK)
        for part in (self._keep, self._clear, self._import, self._keep_hours, self.how, self.name):
            part.setEnabled(may)
        today = self.desk.today()
        day = self.day if self.day.year == self.year.value() else _in_year(today, self.year.value())
        self.view.show_year(self._calendar, day, today)
        self._show_state()
        self.hours.show_hours(self._calendar.hours)

    def take_focus(self) -> None:
        """Begin at the year."""
        self.view.setFocus()

    def show_year(self, year: int) -> None:
        """Show another year."""
        self.year.setValue(year)

    def switch_day(self) -> None:
        """Let the day in hand be worked instead of off, or off instead of worked."""
        is_working = self._calendar.is_working(self.day)
        self.how.setCurrentIndex(int(not is_working))
        note = self._calendar.note(self.day)
        if note is not None and note.by_hand:
            self.clear_day()
            return
        self.name.setText("")
        self.name.setFocus()
        told = "放假" if is_working else "上班"
        self.say(f"请写明{self.day.month}月{self.day.day}日为什么{told}，按 Enter 保存。")

    def keep_day(self) -> None:
        """Keep what was chosen for the day in hand."""
        if self.name.is_composing or not self.desk.may(Right.WORK):
            return
        day, by, now = self.day, self.desk.viewer.name, self.desk.now()
        act = partial(
            calendar_editing.set_day,
            day=day,
            is_working=bool(self.how.currentIndex()),
            name=self.name.text(),
            by=by,
            now=now,
        )
        how = _ON_OFF[self.how.currentIndex()]
        self._run(act, partial(self._day_kept, day, self._calendar.note(day), how))

    def clear_day(self) -> None:
        """Let the day in hand be as the notice says."""
        note = self._calendar.note(self.day)
        if note is None or not note.by_hand or not self.desk.may(Right.WORK):
            return
        day, by, now = self.day, self.desk.viewer.name, self.desk.now()
        act = partial(calendar_editing.clear_day, day=day, by=by, now=now)
        self._run(act, partial(self._day_kept, day, note, "原来的"))

    def import_file(self, path: Path | None = None) -> None:
        """Take a year's holidays from a file; open limits are worked out again."""
        if not self.desk.may(Right.WORK):
            return
        chosen = path or self._ask_file()
        if chosen is None:
            return
        try:
            text = read_file(chosen, what="放假安排文件", limit=2**20).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.refuse(_NOT_UTF8)
            return
        except OfficeError as error:
            self.refuse(error.sentence)
            return
        by, now = self.desk.viewer.name, self.desk.now()
        act = partial(calendar_editing.import_year, text=text, by=by, now=now)
        self._run(act, self._imported)

    def export_file(self, path: Path | None = None) -> None:
        """Write the year shown as a file that can be imported elsewhere."""
        year = self.year.value()
        chosen = path or self._ask_place(year)
        if chosen is None:
            return
        text = text_of(calendar_editing.year_of(self._calendar, year))
        try:
            write_file_atomically(chosen, text.encode("utf-8"))
        except OfficeError as error:
            self.refuse(error.sentence)
            return
        self.say(f"{year}年已存为 {chosen.name}。")

    def save_hours(self) -> None:
        """Keep the hours, if they can be."""
        if not self.desk.may(Right.WORK):
            return
        hours, trouble = self.hours.typed()
        if hours is None:
            self.refuse(trouble)
            return
        by, now = self.desk.viewer.name, self.desk.now()
        act = partial(calendar_editing.save_office_hours, hours=hours, by=by, now=now)
        self._run(act, lambda moved: self._told(f"上班时间已保存，{moved}个时限随之改动"))

    def escape(self) -> bool:
        """Leave the name of a day for the year."""
        if self.name.hasFocus() or self.how.hasFocus():
            self.refresh()
            self.view.setFocus()
            self.say("")
            return True
        return False

    def _run(self, act: Callable[..., Any], done: Callable[[Any], object]) -> None:
        """Do it off the window's thread: a calendar may move many limits."""
        self.say(_WAIT)
        store = self.desk.store
        self.desk.run(lambda: store.do(act)[0], done, self.refuse)

    def _day_kept(self, day: date, before: DayNote | None, how: str, moved: int) -> None:
        told = f"{day.month}月{day.day}日已改为{how}，{moved}个时限随之改动"
        self._told(told, partial(self._put_back, day, before))
        self.view.setFocus()

    def _put_back(self, day: date, before: DayNote | None) -> None:
        """Let a day be as it was before it was set or cleared."""
        act = partial(
            calendar_editing.put_back_day,
            day=day,
            before=before,
            by=self.desk.viewer.name,
            now=self.desk.now(),
        )
        self._run(act, lambda moved: self._told(f"{day.month}月{day.day}日已改回"))

    def _imported(self, done: Imported) -> None:
        self.year.setValue(done.year)
        self._told(_IMPORTED.format(year=done.year, moved=done.moved))
        if done.missing:
            self.say(_CHECK.format(missing="、".join(done.missing)), "warning")

    def _told(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        self.say("")
        self.refresh()
        if undo is None:
            self.desk.told.emit(sentence)
        else:
            self.desk.told_undoable.emit(sentence, undo)
        self.desk.changed.emit(CALENDAR_KINDS)

    def _year_chosen(self, year: int) -> None:
        self.view.show_year(self._calendar, _in_year(self.day, year), self.desk.today())
        self._show_state()

    def _turn(self, years: int) -> None:
        year = self.year.value() + years
        if FIRST_YEAR <= year <= LAST_YEAR:
            day = date(year, 1, 1) if years > 0 else date(year, 12, 31)
            with QSignalBlocker(self.year):
                self.year.setValue(year)
            self.view.show_year(self._calendar, day, self.desk.today())
            self._show_state()

    def _show_day(self, day: date) -> None:
        calendar = self._calendar
        why = calendar.why_off(day) or calendar.why_worked(day) or "工作日"
        why = "休息" if why == weekday(day) else why
        self.told.setText(f"{day.month}月{day.day}日（{weekday(day)}）{why}")
        self._keep_in_sight()
        note = calendar.note(day)
        self.how.setCurrentIndex(int(calendar.is_working(day)))
        self.name.setText(note.name if note else "")
        self._clear.setVisible(bool(note and note.by_hand))

    def _keep_in_sight(self) -> None:
        """Scroll to the day in hand."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.view.hasFocus():
            place = self.view.mapTo(self, self.view.place_of(self.day))
            area.ensureVisible(place.x(), place.y(), 0, self.desk.theme.px(40))

    def _show_state(self) -> None:
        year, calendar = self.year.value(), self._calendar
        known = calendar.is_known(year)
        words = _KNOWN.format(year=year, source=calendar.source(year))
        self.state.setText(words if known else _UNKNOWN.format(year=year))
        restyle(self.state, "role", "quiet" if known else "warning")

    def _ask_file(self) -> Path | None:
        told = "放假安排 (*.toml);;所有文件 (*)"
        path, _ = QFileDialog.getOpenFileName(self, "导入放假安排", str(Path.home()), told)
        return Path(path) if path else None

    def _ask_place(self, year: int) -> Path | None:
        start = str(Path.home() / f"{year}年放假安排.toml")
        path, _ = QFileDialog.getSaveFileName(self, "另存为", start, "放假安排 (*.toml)")
        return Path(path) if path else None

    def _lay_out(self) -> None:
        year = self.card("一年的上班和放假", wide=True)
        head = self.acts(self.year, self._import, self._export)
        year.column.addLayout(head)
        year.column.addWidget(self.state)
        self.desk.theme.fix(self.year, width=110)
        self.desk.theme.follow(self.name, lambda look: self.name.setMaximumWidth(look.px(320)))
        self.desk.theme.fix(self.how, width=100)
        year.column.addWidget(self.told)
        day = self.acts(self.how, self.name, self._keep, self._clear)
        year.column.addLayout(day)
        year.column.addWidget(self.message)
        year.column.addWidget(self.view)
        year.column.addWidget(self.note(_LEGEND))
        year.column.addWidget(self.note(_KEYS))
        hours = self.card("上班时间")
        hours.column.addWidget(label("按工作小时计的时限照这个时间算。", "quiet", wrap=True))
        hours.column.addLayout(self.hours.grid())
        hours.column.addLayout(self.acts(self._keep_hours))
        for part in (year, hours):
            self.column.addWidget(part)
        self.column.addStretch(1)


def _in_year(day: date, year: int) -> date:
    """Give the same day of another year, or the one before 29 February."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
