"""LimitsCard (时限): the time limits of a matter, how long is left, and why it is that day."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.casework.due import DueState, LimitLine, limits_of
from xinfang_desktop.models import Bearer

from .desk import Desk
from .explanation import explain_line
from .theme import Theme
from .widgets.words import button, label

_LOOKS: Mapping[DueState, tuple[str, str]] = {
    DueState.OVERDUE: ("！", "overdue"),
    DueState.TODAY: ("！", "warning"),
    DueState.SOON: ("△", "warning"),
    DueState.RUNNING: ("", "quiet"),
    DueState.PAUSED: ("‖", "quiet"),
    DueState.RIGHT: ("", "quiet"),
    DueState.LAPSED: ("", "quiet"),
    DueState.DONE: ("✓", "done"),
    DueState.DONE_LATE: ("✓", "overdue"),
}
"""A sign and the role of a colour for each way a limit stands; the words are its own."""

_PROVISIONAL = "暂算"
_NONE = "现在没有在走的时限。"
_EXPLAIN = (Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_ENDED = (DueState.DONE, DueState.DONE_LATE, DueState.LAPSED)


class LimitsCard(QWidget):
    """The limits that run, and at a press those that are over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shows_ended = False
        self._lines: list[LimitLine] = []
        self.setAccessibleName("时限")
        self._column = QVBoxLayout(self)
        desk.theme.space(self._column, gap=6)

    @property
    def rows(self) -> list["LimitRow"]:
        """The limits that are shown."""
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        parts = (item.widget() for item in items if item is not None)
        return [part for part in parts if isinstance(part, LimitRow)]

    def show_matter(self, petition: int | None) -> None:
        """Show the limits of a matter."""
        viewer, today = self._desk.viewer, self._desk.today()
        self._shows_ended = False
        self._lines = []
        if petition is not None:
            found = self._desk.look(
                lambda session: limits_of(session, petition, viewer=viewer, today=today)
            )
            self._lines = found or []
        self._show()

    def _show(self) -> None:
        while self._column.count():
            part = self._column.takeAt(0).widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        running = [line for line in self._lines if line.state not in _ENDED]
        ended = [line for line in self._lines if line.state in _ENDED]
        self.setVisible(bool(self._lines))
        head = QWidget()
        row = QHBoxLayout(head)
        self._desk.theme.space(row, gap=6)
        row.addWidget(label("时限", "section"))
        row.addStretch(1)
        row.addWidget(label("F1 为什么是这天", "small"))
        self._column.addWidget(head)
        for line in running:
            self._column.addWidget(self._row(line))
        if not running:
            self._column.addWidget(label(_NONE, "small"))
        if ended and not self._shows_ended:
            more = button(f"已了的 {len(ended)} 项", self._show_ended, role="small")
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        for line in ended if self._shows_ended else ():
            self._column.addWidget(self._row(line))

    def _row(self, line: LimitLine) -> "LimitRow":
        row = LimitRow(self._desk.theme, line)
        row.sheet_requested.connect(partial(explain_line, self._desk, line, self))
        return row

    def _show_ended(self) -> None:
        self._shows_ended = True
        self._show()
        if self.rows:
            self.rows[-1].setFocus(Qt.FocusReason.OtherFocusReason)


class LimitRow(QFrame):
    """One limit; F1, Enter or a click tells why it is that day.

    Signals:
        sheet_requested(): the reasons are wanted on a sheet of their own, to be printed.
    """

    sheet_requested = Signal()

    def __init__(self, theme: Theme, line: LimitLine) -> None:
        super().__init__()
        self.line = line
        self.setProperty("role", "limit")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        sign, role = _LOOKS[line.state]
        day = f"{line.due_on.month}月{line.due_on.day}日"
        if line.due_at is not None:
            day += f" {line.due_at:%H:%M}"
        left = f"{sign} {line.left}".strip()
        self._why = label("\n".join(line.sentences), "small", wrap=True)
        self._sheet = button("说明单…", self.sheet_requested.emit, role="small")
        self._sheet.setAccessibleName(f"{line.rule.title}的说明单，可以打印")
        self._why.hide()
        self._sheet.hide()
        column = QVBoxLayout(self)
        theme.space(column, 10, 6, 10, 6, gap=2)
        for first, second in (
            (label(line.rule.title, "strong", wrap=True), label(day, "strong")),
            (label(self._whose(), "small"), label(left, role)),
        ):
            row = QHBoxLayout()
            theme.space(row, gap=8)
            row.addWidget(first, 1)
            row.addWidget(second, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        column.addWidget(self._why)
        column.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(f"{line.rule.title}，{day}，{line.left}")
        self.setAccessibleDescription(f"{self._whose()}。按 F1 看为什么是这一天")

    @property
    def explains(self) -> bool:
        """Whether it tells why it is that day."""
        return not self._why.isHidden()

    def explain(self) -> None:
        """Tell why it is that day, or no more."""
        explains = not self.explains
        self._why.setVisible(explains)
        self._sheet.setVisible(explains)

    def event(self, event: QEvent) -> bool:
        """Take F1 before the help does."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and event.key() == Qt.Key.Key_F1:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _EXPLAIN:
            self.explain()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.explain()

    def _whose(self) -> str:
        line = self.line
        told = [line.rule.length]
        if line.rule.bearer is not Bearer.DUTY:
            told.append(line.rule.bearer.label)
        if line.provisional:
            told.append(_PROVISIONAL)
        return " · ".join(told)
