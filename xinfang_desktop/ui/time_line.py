"""TimeLine (经过): what was done with a matter, along a line, the latest first."""

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from xinfang_desktop.casework.audit import FieldChangeLine
from xinfang_desktop.casework.time_line import Entry, Moved, Told
from xinfang_desktop.forms.papers import AnyPaper
from xinfang_desktop.models import Action, IssuedPaper, Satisfaction, Step

from .paper.values import show_value
from .theme import Theme
from .widgets.words import button, label

_NOTHING = "（空）"
_DAY_WIDTH, _LINE_AT, _DOT, _HEAD = 92, 108, 4.5, 19
_BAD = (Satisfaction.DISSATISFIED,)
_TAKEN_BACK = "已撤回"


class TimeLine(QFrame):
    """The entries, in one sheet.

    Signals:
        round_requested(number): the papers of an earlier round are to be shown.
    """

    round_requested = Signal(int)

    def __init__(self, theme: Theme, papers: Mapping[str, AnyPaper]) -> None:
        super().__init__()
        self._theme, self._papers = theme, papers
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        theme.space(self._column, 12, 8, 16, 8)

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Show these, the latest first."""
        entries = tuple(entries)
        rounds = max((entry.round for entry in entries), default=0)
        day = ""
        for place, entry in enumerate(entries):
            row = _Row(self._theme, entry, is_last=place == len(entries) - 1)
            told = f"{_day_of(entry):%Y-%m-%d}"
            row.show_day(told if told != day else "")
            day = told
            self._fill(row, entry, has_later=0 < entry.round < rounds)
            self._column.addWidget(row)

    def _fill(self, row: "_Row", entry: Entry, *, has_later: bool) -> None:
        if entry.paper is not None:
            self._paper(row, entry.paper)
        elif entry.moved is not None:
            self._moved(row, entry.moved)
        elif entry.step is not None:
            self._step(row, entry, entry.step)
        else:
            by = entry.changes[0].by
            row.head(label("修改", "quiet" if entry.is_taken_back else "strong"), by)
        for told in entry.told:
            row.add(self._told(told, is_quiet=entry.is_taken_back))
        if entry.changes:
            row.add_layout(self._changes(entry.changes))
        if has_later and not entry.is_taken_back and _is_rated(entry):
            number = entry.round
            show = button(
                f"看第 {number} 轮的文书", lambda: self.round_requested.emit(number), role="small"
            )
            row.add(show, left=True)

    def _step(self, row: "_Row", entry: Entry, step: Step) -> None:
        role = "struck" if step.taken_back else "strong"
        parts = [step.done_by]
        if step.done_at is not None and entry.is_of_the_way:
            parts.append(f"{step.done_at:%H:%M}")
        if entry.round > 1:
            parts.append(f"第 {entry.round} 轮")
        outcome = step.came_to.label if step.came_to else ""
        row.head(label(step.action.label, role), "　".join(filter(None, parts)), outcome)
        if step.taken_back:
            row.tell(_TAKEN_BACK)
        if step.body:
            row.add(label(f"→ {step.body}", "quiet" if step.taken_back else ""))
        if step.until_on is not None:
            row.add(label(f"期限 {show_value(step.until_on)}", "quiet"))
        if step.words:
            row.add(_text(step.words, "struck" if step.taken_back else ""))
        if step.recorded_at.date() != step.done_on:
            row.note(f"记录于 {step.recorded_at:%Y-%m-%d %H:%M}")

    def _paper(self, row: "_Row", paper: IssuedPaper) -> None:
        words = f"打印 {self._named(paper)}"
        row.head(label(words), f"{paper.issued_by}　{paper.issued_at:%H:%M}")

    def _moved(self, row: "_Row", moved: Moved) -> None:
        whom = f"给{moved.holder}" if moved.holder else ""
        papers = "、".join(map(self._named, moved.papers))
        row.head(label(f"{moved.state.label}{whom}：{papers}"), moved.by)
        if moved.remarks:
            row.note(moved.remarks)

    def _named(self, paper: IssuedPaper) -> str:
        found = self._papers.get(paper.form)
        title = found.title if found else paper.form
        return "　".join(filter(None, (title, paper.number)))

    def _told(self, told: Told, *, is_quiet: bool) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        self._theme.space(row, gap=8)
        is_bad = told.value in _BAD
        words = _text(("！" if is_bad else "") + show_value(told.value))
        if is_quiet or is_bad:
            words.setProperty("role", "struck" if is_quiet else "overdue")
        row.addWidget(label(f"{told.title}：", "quiet"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return part

    def _changes(self, changes: Iterable[FieldChangeLine]) -> QGridLayout:
        """Say of every field what it was and what it became."""
        grid = QGridLayout()
        self._theme.space(grid, 0, 4, 0, 4, gap=6)
        grid.setHorizontalSpacing(self._theme.px(20))
        for place, words in enumerate(("改了什么", "原来", "改为")):
            grid.addWidget(label(words, "small"), 0, place)
        for row, change in enumerate(changes, start=1):
            told = (change.title, change.before or _NOTHING, change.after or _NOTHING)
            for place, words in enumerate(told):
                part = _text(words, "" if place else "quiet", wrap=bool(place))
                grid.addWidget(part, row, place, Qt.AlignmentFlag.AlignTop)
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
        return grid


class _Row(QWidget):
    """One entry: its day at the left, a dot on the line, what was done at the right."""

    def __init__(self, theme: Theme, entry: Entry, *, is_last: bool) -> None:
        super().__init__()
        self._theme, self._entry, self._is_last = theme, entry, is_last
        row = QHBoxLayout(self)
        theme.space(row, 0, 8, 0, 8, gap=0)
        self._day = label("", "strong")
        self._day.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        theme.fix(self._day, width=_DAY_WIDTH)
        room = QWidget()
        theme.fix(room, width=2 * (_LINE_AT - _DAY_WIDTH))
        row.addWidget(self._day, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(room)
        self._words = QVBoxLayout()
        theme.space(self._words, gap=3)
        row.addLayout(self._words, 1)

    def show_day(self, day: str) -> None:
        """Show the day; nothing where the entry above has the same."""
        self._day.setText(day)

    def head(self, title: QLabel, by: str, outcome: str = "") -> None:
        """Say what was done, what it came to, and by whom."""
        self._head = QHBoxLayout()
        self._theme.space(self._head, gap=10)
        self._head.addWidget(title)
        if outcome:
            self._head.addWidget(label(outcome, "state"))
        self._head.addWidget(label(by, "quiet"))
        self._head.addStretch(1)
        self._words.addLayout(self._head)

    def tell(self, words: str) -> None:
        """Say something more of it, at the end of its head."""
        self._head.insertWidget(1, label(words, "small"))

    def note(self, words: str) -> None:
        """Say something quietly at the right."""
        self._head.addWidget(label(words, "small"))

    def add(self, part: QWidget, *, left: bool = False) -> None:
        """Put a part below."""
        if left:
            self._words.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._words.addWidget(part)

    def add_layout(self, part: QGridLayout) -> None:
        """Put a table below."""
        self._words.addLayout(part)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, colour = self._theme.px, self._theme.colour
        x, y = px(_LINE_AT), px(_HEAD)
        painter.setPen(QPen(colour("hairline"), px(2)))
        foot = y if self._is_last else self.height()
        painter.drawLine(QPointF(x, 0), QPointF(x, foot))
        entry = self._entry
        counts = entry.is_of_the_way and not entry.is_taken_back
        painter.setPen(QPen(colour("accent" if counts else "outline"), px(2)))
        painter.setBrush(colour("accent" if counts else "surface"))
        painter.drawEllipse(QPointF(x, y), px(_DOT * 2) / 2, px(_DOT * 2) / 2)


def _text(words: str, role: str = "", *, wrap: bool = True) -> QLabel:
    made = label(words, role, wrap=wrap)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _day_of(entry: Entry) -> date:
    if entry.moved is not None:
        return entry.moved.on
    return entry.step.done_on if entry.step else entry.at.date()


def _is_rated(entry: Entry) -> bool:
    return entry.step is not None and entry.step.action is Action.FOLLOW_UP
