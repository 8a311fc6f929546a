"""PapersPage (文书去向): the papers that are out, for how long and with whom; several at once."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.casework import paper_states
from xinfang_desktop.casework.filters import Filter
from xinfang_desktop.casework.paper_states import PaperLine
from xinfang_desktop.casework.sealing import SEALED_TITLE
from xinfang_desktop.forms.office_forms import all_papers

from .desk import Desk
from .page import Page
from .paper_moving import NEXT_KEY, OTHER_KEY, PaperMoving
from .settings.table import TableColumn
from .widgets.cards import EmptyAdvice
from .widgets.chips import Chips
from .widgets.tick_table import TickTable
from .widgets.words import Hint, button, shortcut

_COLUMNS = (
    TableColumn("编号", "镜访〔2026〕8888号"),
    TableColumn("文书"),
    TableColumn("文书编号", "镜访联系函〔2026〕88号"),
    TableColumn("在谁手里", "钱主任（分管）"),
    TableColumn("自", "2026-12-28"),
    TableColumn("已", "888天"),
)
_NOTHING = {
    "papers_out": (
        "没有送签在外的文书",
        "在「待送签」里选上，按 Ctrl+T 记送给谁；签回以前都列在这里。",
    ),
    "papers_late": (
        "没有送签满三天的文书",
        "送出去三天还没有签回的，会自己列在这里，今日里也会提醒。",
    ),
    "papers_to_send": (
        "没有待送签的文书",
        "在信访件里按 Ctrl+P 打印办理单、登记单，还没有送签的列在这里。",
    ),
    "papers_to_scan": ("没有等扫描的文书", "签回的文书列在这里，扫描后按 Ctrl+T 记下。"),
}


class PapersPage(Page):
    """The lists of papers.

    Signals:
        matter_requested(number): somebody wants to see this matter.
        list_requested(title, filter): somebody wants these matters in the ledger.
        closed(): Esc.
    """

    title = "文书去向"
    help_topic = "papers"
    matter_requested = Signal(str)
    list_requested = Signal(str, object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: list[PaperLine] = []
        self._titles = {key: paper.title for key, paper in all_papers(desk.folder).items()}
        choices = [(one.key, one.title) for one in paper_states.LISTS]
        self.chips = Chips("看哪些", choices, desk.theme)
        self.table = TickTable("文书去向", _COLUMNS, desk.theme)
        self.table.setProperty("help", "papers")
        self.moving = PaperMoving(desk, self)
        self._told = Hint("")
        self._empty = EmptyAdvice(desk.theme)
        self._next = button("", self.go_on, role="strong", key=NEXT_KEY)
        self._lay_out()
        self._connect()

    @property
    def advice(self) -> str:
        """What the empty list says; nothing while there is something in it."""
        return self._empty.title if self._stack.currentIndex() else ""

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

    def go_on(self) -> None:
        """Ctrl+T: note the usual next step of what is chosen."""
        self.moving.go_on(self.chosen)

    def ask(self) -> None:
        """Ctrl+Shift+T: ask where what is chosen went, and when."""
        self.moving.ask(self.chosen)

    @property
    def chosen(self) -> list[PaperLine]:
        """The papers that an act is for: those ticked, or else the one under the bar."""
        wanted = set(self.table.chosen)
        return [line for line in self._lines if line.paper_id in wanted]

    # inside

    def _read(self, key: str, on: date, session: Any) -> _Answer:  # noqa: ANN401 - the store's own
        viewer = self.desk.viewer
        return (
            key,
            paper_states.lines(session, key, on, viewer=viewer),
            paper_states.counts(session, on, viewer=viewer),
        )

    def _show(self, answer: _Answer) -> None:
        key, lines, counts = answer
        self.chips.show_counts(counts)
        if key != self.chips.key:
            return
        had_focus = self.table.hasFocus() or self.chips.hasFocus()
        self._lines = lines
        self._told.setText(next(one.told for one in paper_states.LISTS if one.key == key))
        self.table.show_ids([line.paper_id for line in lines], list(map(self._words, lines)))
        self._empty.say(*_NOTHING[key])
        self._stack.setCurrentIndex(0 if lines else 1)
        if had_focus:
            self.take_focus()

    def _words(self, line: PaperLine) -> tuple[str, ...]:
        title = SEALED_TITLE if line.sealed else self._titles.get(line.form, line.form)
        return (
            line.number,
            title,
            line.paper_number,
            line.holder,
            line.since.isoformat(),
            f"{line.days}天" if line.days else "今天",
        )

    def _show_next(self) -> None:
        """Say on the button what the key notes, and of how many."""
        chosen = self.chosen
        states = {line.following[0] for line in chosen if line.following}
        state = states.pop() if len(states) == 1 else None
        many = f" {len(chosen)}份" if len(chosen) > 1 else ""
        self._next.setText(f"记{state.label}{many}  {NEXT_KEY}" if state else f"下一步  {NEXT_KEY}")
        self._next.setAccessibleName(f"记{state.label}{many}" if state else "下一步")
        self._next.setEnabled(bool(chosen))

    def _open(self, row: int) -> None:
        self.matter_requested.emit(self._lines[row].number)

    def _to_ledger(self) -> None:
        viewer, key, on = self.desk.viewer, self.chips.key, self.desk.today()
        found = self.desk.read(lambda session: paper_states.ids(session, key, on, viewer=viewer))
        self.list_requested.emit(self.chips.title, Filter(among=tuple(found)))

    def _chosen_list(self, _: str) -> None:
        self.table.untick()
        self.refresh()

    def _changed(self, _: frozenset[type]) -> None:
        if self.isVisible():
            self.refresh()

    def _connect(self) -> None:
        self.chips.chosen.connect(self._chosen_list)
        self.table.opened.connect(self._open)
        self.table.ticks_changed.connect(self._show_next)
        self.table.currentCellChanged.connect(lambda *_: self._show_next())
        self.table.left_upwards.connect(self.chips.setFocus)
        self.desk.changed.connect(self._changed)
        for keys, act in (
            (NEXT_KEY, self.go_on),
            (OTHER_KEY, self.ask),
            ("Ctrl+Shift+L", self._to_ledger),
            ("Esc", self.closed.emit),
        ):
            shortcut(self, keys, act)

    def _lay_out(self) -> None:
        theme = self.desk.theme
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        theme.space(row, 16, 8, 16, 8, gap=10)
        row.addWidget(self.chips, 1)
        row.addWidget(button("在台账中打开", self._to_ledger, key="Ctrl+Shift+L"))
        listing = QWidget()
        self._stack = QStackedLayout(listing)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        foot = QHBoxLayout()
        theme.space(foot, 16, 8, 16, 8, gap=8)
        foot.addWidget(self._next)
        foot.addWidget(button("别的去向", self.ask, key=OTHER_KEY))
        foot.addWidget(self._told)
        foot.addStretch(1)
        foot.addWidget(Hint("空格 选 · Ctrl+A 全选 · Enter 打开这一件"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(listing, 1)
        column.addLayout(foot)


_Answer = tuple[str, list[PaperLine], dict[str, int]]
