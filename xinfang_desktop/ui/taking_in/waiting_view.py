"""WaitingView (待补正): a row that waits, beside what its cells said; put right, it is a matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework.taking_in import repairs
from xinfang_desktop.casework.taking_in.headings import FIELDS
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.registration_page import FORM_KEY
from xinfang_desktop.ui.widgets.cards import EmptyAdvice
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.table import Table, TableColumn
from xinfang_desktop.ui.widgets.text_box import TextBox
from xinfang_desktop.ui.widgets.words import Hint, button, label, restyle, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.casework.taking_in.repairs import Waiting, WaitingLine

_COLUMNS = (TableColumn("行", "8888行 来访2026"), TableColumn("内容"))
_NOTHING = (
    "没有待补正的行",
    "导入时证件号码被改坏、日期看不出是哪天的行，都列在这里，补正以后再登记。",
)
_LONG = 24
"""Characters from which a cell has a few lines."""

_REASON = "不登记的原因，如：重复、不是信访事项"
_FORM = "在登记表里打开了，保存以后这一行就不再待补正"
_DONE, _LEFT_OUT = "已登记，编号 {number}", "这一行不再登记"


class WaitingView(QWidget):
    """The repair list.

    Signals:
        draft_requested(draft): a row goes on in the registration form.
        changed(): a row waits no longer.
    """

    draft_requested = Signal(int)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: list[WaitingLine] = []
        self._open: Waiting | None = None
        self._blanks: dict[str, Line | TextBox] = {}
        self._shown: dict[str, str] = {}
        self._told: dict[str, QLabel] = {}
        self.table = Table("待补正的行", _COLUMNS, desk.theme)
        self.table.setProperty("help", "taking_in")
        self.where = label("", "heading", wrap=True)
        self.reason = Line("不登记的原因", _REASON)
        self._lay_out()
        self.table.currentCellChanged.connect(lambda *_: self._show_row())
        self.table.opened.connect(lambda _: self._into_first())
        self.reason.entered.connect(self.leave_out)
        for keys, act in (
            ("Ctrl+S", self.register),
            ("Ctrl+Shift+S", self.register_blank),
            ("Ctrl+R", self.open_form),
            ("Ctrl+K", self.reason.setFocus),
        ):
            shortcut(self, keys, act)

    @property
    def written(self) -> dict[str, str]:
        """The cells of the row as they are written now; what nobody touched is as it was."""
        if self._open is None:
            return {}
        return {
            key: blank.text() if blank.text() != self._shown[key] else self._open.written[key]
            for key, blank in self._blanks.items()
        }

    @property
    def troubles(self) -> list[str]:
        """What is said to be wrong with the row, in the order of its blanks."""
        return [told.text() for told in self._told.values() if not told.isHidden()]

    def refresh(self) -> None:
        """Read the list again; the bar stays where it was."""
        desk = self._desk
        viewer, today = desk.viewer, desk.today()
        found = desk.look(lambda s: repairs.waiting(s, viewer=viewer, today=today)) or []
        if found == self._lines and self._open is not None:
            return
        self._lines = found
        self.table.blockSignals(True)
        self.table.show_rows([(f"{one.row}行 {one.sheet}", one.told) for one in found])
        self.table.blockSignals(False)
        self._stack.setCurrentIndex(0 if found else 1)
        self._show_row()

    def take_focus(self) -> None:
        """Begin in the list."""
        self.table.setFocus()

    def register(self) -> None:
        """Ctrl+S: register the row as it is written now."""
        self._put_right(blank_damaged=False)

    def register_blank(self) -> None:
        """Ctrl+Shift+S: register it, what is still wrong blank and told in the history."""
        self._put_right(blank_damaged=True)

    def open_form(self) -> None:
        """Ctrl+R: go on with the row in the registration form."""
        line, desk, written = self._line, self._desk, self.written
        if line is None or self._open is None:
            return
        viewer, now = desk.viewer, desk.now()
        draft = desk.attempt(
            lambda s: repairs.to_form(s, line.id, written, FORM_KEY, viewer=viewer, now=now)
        )
        if draft is not None:
            self.draft_requested.emit(draft)
            desk.told.emit(_FORM)

    def leave_out(self) -> None:
        """Let the row go, for the reason that is written."""
        line, viewer, reason = self._line, self._desk.viewer, self.reason.text()
        if line is None:
            return

        def work(session: Any) -> bool:  # noqa: ANN401 - the store's own
            repairs.leave_out(session, line.id, reason=reason, viewer=viewer)
            return True

        if self._desk.attempt(work):
            self.reason.clear()
            self._desk.told_undoable.emit(_LEFT_OUT, lambda: self._take_up_again(line.id))
            self._gone()

    @property
    def _line(self) -> WaitingLine | None:
        row = self.table.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _put_right(self, *, blank_damaged: bool) -> None:
        line, desk, written = self._line, self._desk, self.written
        if line is None or any(blank.is_composing for blank in self._blanks.values()):
            return
        viewer, now = desk.viewer, desk.now()
        petition = desk.attempt(
            lambda s: repairs.put_right(
                s, line.id, written, viewer=viewer, now=now, blank_damaged=blank_damaged
            )
        )
        if petition is None:
            self._judge()
            return
        desk.tell_undoable(_DONE.format(number=petition.number))
        self._gone()

    def _take_up_again(self, row_id: int) -> None:
        viewer = self._desk.viewer
        self._desk.attempt(lambda s: repairs.take_up_again(s, row_id, viewer=viewer))
        self._gone()

    def _gone(self) -> None:
        self._open = None
        self.refresh()
        self.changed.emit()
        (self.table if self._lines else self).setFocus()

    def _show_row(self) -> None:
        line, desk = self._line, self._desk
        self._clear()
        if line is None:
            return
        viewer, today = desk.viewer, desk.today()
        self.where.setText(f"《{line.file_name}》“{line.sheet}”第{line.row}行")
        if line.sealed and not viewer.cleared:
            self._grid.addWidget(label(line.reason, "quiet", wrap=True), 0, 0, 1, 3)
            return
        self._open = desk.look(lambda s: repairs.open_row(s, line.id, viewer=viewer, today=today))
        if self._open is not None:
            self._show_blanks(self._open.written)
            self._tell(self._open.troubles)

    def _show_blanks(self, written: Mapping[str, str]) -> None:
        """Show a line for every cell, what it said beside it, what is wrong below."""
        assert self._open is not None
        wrong = {trouble.field for trouble in self._open.troubles}
        keys = sorted(written, key=lambda key: key not in wrong)
        for place, key in enumerate(keys):
            title = _title(key)
            blank = self._blank(title, key, written[key])
            was, told = label(written[key], "quiet", wrap=True), label("", "warning", wrap=True)
            was.setAccessibleName(f"{title}，原表写的")
            self._blanks[key], self._told[key] = blank, told
            self._shown[key] = blank.text()
            self._grid.addWidget(label(title), place * 2, 0)
            self._grid.addWidget(was, place * 2, 1)
            self._grid.addWidget(blank, place * 2, 2)
            self._grid.addWidget(told, place * 2 + 1, 1, 1, 2)

    def _blank(self, title: str, key: str, words: str) -> Line | TextBox:
        """Give a line for a cell, or a few lines where it says much."""
        if len(words) > _LONG or "\n" in words:
            box = TextBox(title, self._desk.theme, least=2, most=6)
            box.show_text(words)
            box.left.connect(lambda _: self._go_on())
            return box
        blank = Line(title, _choices(key))
        blank.setText(words)
        blank.setCursorPosition(0)
        blank.entered.connect(self._go_on)
        return blank

    def _judge(self) -> None:
        """Say what is still wrong with what is written now."""
        line, viewer, written = self._line, self._desk.viewer, self.written
        if line is None or not written:
            return
        today = self._desk.today()
        found = self._desk.look(
            lambda s: repairs.still_wrong(s, line.id, written, viewer=viewer, today=today)
        )
        self._tell(found or ())

    def _tell(self, troubles: Any) -> None:  # noqa: ANN401 - a sequence of Trouble
        reasons = {trouble.field: trouble.reason for trouble in troubles}
        for key, told in self._told.items():
            told.setText(" ".join(filter(None, (reasons.get(key, ""), _choices(key)))))
            told.setVisible(key in reasons)
            restyle(self._blanks[key], "state", "warning" if key in reasons else "")

    def _into_first(self) -> None:
        blank = next(iter(self._blanks.values()), None)
        if blank is not None:
            blank.setFocus()
            blank.selectAll()
            self._scroll.ensureWidgetVisible(blank)

    def _go_on(self) -> None:
        """Enter: say what is still wrong, and on to the next blank, from the last to the act."""
        self._judge()
        blanks = list(self._blanks.values())
        here = next((place for place, one in enumerate(blanks) if one.hasFocus()), -1)
        after = blanks[here + 1] if here + 1 < len(blanks) else self._act
        after.setFocus()
        self._scroll.ensureWidgetVisible(after)

    def _clear(self) -> None:
        self._blanks, self._told, self._shown, self._open = {}, {}, {}, None
        self.where.setText("")
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.blockSignals(True)
                widget.hide()
                widget.deleteLater()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        whole = QWidget()
        halves = QHBoxLayout(whole)
        theme.space(halves, gap=12)
        halves.addWidget(self.table, 2)
        halves.addWidget(self._side(), 3)
        empty = EmptyAdvice(theme)
        empty.say(*_NOTHING)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(empty)
        theme.space(halves, 20, 12, 20, 10, gap=12)

    def _side(self) -> QWidget:
        theme = self._desk.theme
        inside = QWidget()
        inside.setProperty("role", "clear")
        self._grid = QGridLayout(inside)
        theme.space(self._grid, 0, 4, 8, 4, gap=6)
        for place, stretch in enumerate((0, 2, 3)):
            self._grid.setColumnStretch(place, stretch)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._act = button("登记", self.register, role="strong", key="Ctrl+S")
        acts, out = QHBoxLayout(), QHBoxLayout()
        for row in (acts, out):
            theme.space(row, gap=8)
        acts.addWidget(self._act)
        acts.addWidget(button("留空登记", self.register_blank, key="Ctrl+Shift+S"))
        acts.addWidget(button("在登记表里打开", self.open_form, key="Ctrl+R"))
        acts.addStretch(1)
        out.addWidget(self.reason, 1)
        out.addWidget(button("不登记", self.leave_out, key="Ctrl+K"))
        side = QFrame()
        side.setProperty("role", "card")
        column = QVBoxLayout(side)
        theme.space(column, 16, 12, 16, 12, gap=8)
        column.addWidget(self.where)
        column.addWidget(Hint("左边是原表写的，右边改正；Enter 到下一格"))
        column.addWidget(scroll, 1)
        column.addLayout(acts)
        column.addLayout(out)
        return side


def _choices(key: str) -> str:
    """Say what a cell that chooses can say."""
    field = FIELDS.get(key)
    if field is None or field.choices is None:
        return ""
    return "可以写：" + "、".join(choice.label for choice in field.choices)


def _title(key: str) -> str:
    place, _, name = key.rpartition(".")
    title = FIELDS[name].title if name in FIELDS else name
    return f"{title}（第{int(place) + 1}人）" if place else title
