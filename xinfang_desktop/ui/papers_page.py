"""PapersPage (文书去向): the papers that are out, for how long and with whom; several at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from xinfang_desktop.casework import paper_states
from xinfang_desktop.casework.paper_states import PaperLine
from xinfang_desktop.casework.sealing import SEALED_TITLE
from xinfang_desktop.forms.office_forms import all_papers

from .desk import Desk
from .lists_page import ListsPage
from .paper_moving import NEXT_KEY, OTHER_KEY, PaperMoving
from .widgets.table import TableColumn
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


class PapersPage(ListsPage):
    """The lists of papers.

    Signals:
        closed(): Esc.
    """

    title = "文书去向"
    help_topic = "papers"
    closed = Signal()
    table: TickTable

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        table = TickTable("文书去向", _COLUMNS, desk.theme)
        table.setProperty("help", "papers")
        super().__init__(desk, paper_states, table, _NOTHING, parent)
        self._lines: Sequence[PaperLine] = ()
        self._titles = {key: paper.title for key, paper in all_papers(desk.folder).items()}
        self.moving = PaperMoving(desk, self)
        self._next = button("", self.go_on, role="strong", key=NEXT_KEY)
        self._lay_out()
        self._connect()

    def fill(self, lines: Sequence[PaperLine]) -> None:
        """Show the papers; what was ticked stays so."""
        self._lines = lines
        self.table.show_ids([line.paper_id for line in lines], list(map(self._words, lines)))

    def chose_list(self) -> None:
        """The clerk chose another list: nothing is ticked there."""
        self.table.untick()
        super().chose_list()

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

    def _connect(self) -> None:
        self.table.ticks_changed.connect(self._show_next)
        self.table.currentCellChanged.connect(lambda *_: self._show_next())
        self.table.left_upwards.connect(self.chips.setFocus)
        for keys, act in (
            (NEXT_KEY, self.go_on),
            (OTHER_KEY, self.ask),
            ("Esc", self.closed.emit),
        ):
            shortcut(self, keys, act)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        self.desk.theme.space(foot, 16, 8, 16, 8, gap=8)
        foot.addWidget(self._next)
        foot.addWidget(button("别的去向", self.ask, key=OTHER_KEY))
        foot.addWidget(self.told)
        foot.addStretch(1)
        foot.addWidget(Hint("空格 选 · Ctrl+A 全选 · Enter 打开这一件"))
        self.column.addLayout(foot)
