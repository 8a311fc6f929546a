"""SupervisionPage (会商督办): what should be supervised, what is, what waits for consultation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.casework import supervision

from .desk import Desk
from .page import Page
from .settings.table import Table, TableColumn
from .widgets.cards import EmptyAdvice
from .widgets.chips import Chips
from .widgets.words import Hint, button, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.casework.supervision import SupervisionLine

_COLUMNS = (
    TableColumn("编号", "镜访〔2026〕8888号"),
    TableColumn("收到日期", "2026-12-28"),
    TableColumn("责任单位", "综合行政执法队"),
    TableColumn("诉求"),
    TableColumn("事由"),
    TableColumn("反馈期限", "超期888天"),
)
_NOTHING = {
    "to_supervise": (
        "没有要督办的",
        "超期、期限过半没有办理记录、退单没有重新交办的，会自己列在这里。",
    ),
    "supervised": ("没有督办中的", "在信访件里按 F11 选「督办」，反馈以前都列在这里。"),
    "consulting": ("没有待会商的", "在信访件里按 F11 选「提交周会商」，有会商意见以前都列在这里。"),
}


class SupervisionPage(Page):
    """The three lists.

    Signals:
        matter_requested(number): somebody wants to see this matter.
        list_requested(title, filter): somebody wants these matters in the ledger.
    """

    title = "会商督办"
    help_topic = "supervision"
    matter_requested = Signal(str)
    list_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: list[SupervisionLine] = []
        choices = [(one.key, one.title) for one in supervision.LISTS]
        self.chips = Chips("看哪些", choices, desk.theme)
        self.table = Table("会商督办", _COLUMNS, desk.theme)
        self._told = Hint("")
        self._empty = EmptyAdvice(desk.theme)
        self._lay_out()
        self.chips.chosen.connect(lambda _: self.refresh())
        self.table.opened.connect(self._open)
        self.desk.changed.connect(self._changed)
        shortcut(self, "Ctrl+Shift+L", self._to_ledger)

    def show_list(self, key: str) -> None:
        """Show one of the lists."""
        self.chips.mark(key)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        key, on = self.chips.key, self.desk.today()
        self.desk.run(partial(self.desk.read, partial(self._read, key, on)), self._show)

    def take_focus(self) -> None:
        """Begin in the list, or at the choice where it is empty."""
        (self.table if self._lines else self.chips).setFocus()

    def _read(self, key: str, on: Any, session: Any) -> _Answer:  # noqa: ANN401 - the store's own
        viewer = self.desk.viewer
        return (
            key,
            supervision.lines(session, key, on, viewer=viewer),
            supervision.counts(session, on, viewer=viewer),
        )

    def _show(self, answer: _Answer) -> None:
        key, lines, counts = answer
        self.chips.show_counts(counts)
        if key != self.chips.key:
            return
        had_focus = self.table.hasFocus() or self.chips.hasFocus()
        self._lines = lines
        self._told.setText(next(one.told for one in supervision.LISTS if one.key == key))
        self.table.show_rows([_words(line) for line in lines])
        self._empty.say(*_NOTHING[key])
        self._stack.setCurrentIndex(0 if lines else 1)
        if had_focus and lines:
            self.table.setFocus()

    def _open(self, row: int) -> None:
        self.matter_requested.emit(self._lines[row].number)

    def _to_ledger(self) -> None:
        among = tuple(line.petition_id for line in self._lines)
        self.list_requested.emit(self.chips.title, {"among": among})

    def _changed(self, _: frozenset[type]) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        theme = self.desk.theme
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        theme.space(row, 16, 8, 16, 8, gap=10)
        to_ledger = button("在台账中打开", self._to_ledger, key="Ctrl+Shift+L")
        to_ledger.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self.chips, 1)
        row.addWidget(self._told)
        row.addWidget(to_ledger)
        listing = QWidget()
        self._stack = QStackedLayout(listing)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(listing, 1)


def _words(line: SupervisionLine) -> tuple[str, ...]:
    received = line.received_on.isoformat() if line.received_on else ""
    return line.number, received, line.body, line.claim_start, line.why, line.until


_Answer = tuple[str, "list[SupervisionLine]", "dict[str, int]"]
