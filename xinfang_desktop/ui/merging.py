"""MergePanel (并件): the other matter is named, what differs is settled, and two become one.

Nothing is done before it was told in plain words, and everything can be taken back: at once by
Ctrl+Z, later by 取消并件.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework import duplicates, merging
from xinfang_desktop.casework.merging import Comparison, Side
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Matter, Petition

from .background import Errand
from .desk import Desk
from .differences import DifferenceTable
from .theme import Theme
from .widgets.cards import Card
from .widgets.line import Line
from .widgets.table import Table, TableColumn
from .widgets.words import Hint, button, label, shortcut

_COLUMNS = (
    TableColumn("编号", "2211〔2026〕1234号"),
    TableColumn("收到日期", "2026-12-30"),
    TableColumn("信访人", "欧阳某 等12人"),
    TableColumn("反映内容"),
)
_PROPOSED, _FOUND = "看来相近的", "找到的"
_NONE_PROPOSED = "没有看来相近的；请在上面写另一件的编号。"
_NOT_FOUND = "没有找到在用的信访件；请核对编号，或换几个字。"
_HINT = "另一件的编号，如 5号；也可以写姓名、诉求里的字"
_CHOOSING = "Enter 选第一件 · ↓ 到列表 · Esc 收起"
_SETTLING = "↑ ↓ 换一项 · ← 取保留件的 · → 取并入件的 · 空格 换一边 · Esc 换一件"


class MergePanel(QWidget):
    """First the other matter is chosen, then what differs is settled.

    Signals:
        merged(number): two are one now; this is the one that was kept.
        left(): put the panel away.
    """

    merged = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._record = Matter(office=desk.office)
        self._comparison: Comparison | None = None
        self._errand: Errand | None = None
        self.setProperty("role", "desk")
        self.setProperty("help", "merging")
        self.setAccessibleName("并件")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.choosing = _Choosing(desk.theme)
        self.settling = _Settling(desk.theme)
        self._stack = QStackedWidget()
        for part in (self.choosing, self.settling):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        desk.theme.space(column, 24, 16, 24, 16)
        column.addWidget(self._stack)
        self.choosing.typed.connect(self._look_for)
        self.choosing.chosen.connect(self.compare)
        self.choosing.left.connect(self.left)
        self.settling.done_requested.connect(self.merge)
        self.settling.left.connect(self.step_back)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut(self, keys, self.merge)

    @property
    def number(self) -> str:
        """The number of the matter that was open when merging was begun."""
        return self._record.petition.number

    @property
    def comparison(self) -> Comparison | None:
        """The two matters that are being settled; None while the other is being chosen."""
        return self._comparison

    @property
    def is_composing(self) -> bool:
        """Whether the input method still holds text here."""
        return self.isVisible() and self.choosing.line.is_composing

    def show_matter(self, record: Matter) -> None:
        """Ask with which matter this one is to be merged."""
        self._record, self._comparison = record, None
        self.choosing.begin(record.petition.number)
        self._stack.setCurrentWidget(self.choosing)
        self.choosing.line.setFocus()
        self._propose()

    def compare(self, other: str) -> None:
        """Show what differs from another matter; where they cannot be merged say why."""
        number, viewer = self._record.petition.number, self._desk.viewer
        try:
            self._comparison = self._desk.read(
                lambda session: merging.compare(session, number, other, viewer=viewer)
            )
        except OfficeError as error:
            self.choosing.refuse(error.sentence)
            return
        self.settling.show_comparison(self._comparison)
        self._stack.setCurrentWidget(self.settling)
        self.settling.table.setFocus()

    def merge(self) -> None:
        """Ctrl+Enter: do it, with what was chosen."""
        comparison = self._comparison
        if comparison is None:
            return
        numbers = comparison.kept.petition.number, comparison.merged.petition.number
        choices = self.settling.table.choices
        if self._desk.attempt(lambda session: self._merge(session, numbers, choices)) is None:
            return
        self._comparison = None
        self.merged.emit(numbers[0])
        self._desk.tell_undoable(f"{numbers[1]} 已并入 {numbers[0]}")

    def step_back(self) -> None:
        """Esc: choose another matter, or put the panel away."""
        if self._comparison is None:
            self.left.emit()
            return
        self._comparison = None
        self._stack.setCurrentWidget(self.choosing)
        self.choosing.line.setFocus()

    # inside

    def _merge(
        self,
        session: Any,  # noqa: ANN401 - the store's, not ours
        numbers: tuple[str, str],
        choices: Mapping[str, Side],
    ) -> Petition:
        viewer = self._desk.viewer
        return merging.merge(
            session, *numbers, choices, viewer=viewer, by=viewer.name, now=self._desk.now()
        )

    def _propose(self) -> None:
        """List what seems to be the same matter, looked for off the window's thread."""
        if self._errand is not None:
            self._errand.drop()
        desk, record, viewer = self._desk, self._record, self._desk.viewer
        self._errand = desk.run(
            lambda: desk.read(lambda session: duplicates.similar(session, record, viewer=viewer)),
            self._show_proposals,
        )
        self._errand.ended.connect(self._forget_errand)

    def _forget_errand(self) -> None:
        self._errand = None

    def _show_proposals(self, proposals: Sequence[duplicates.Proposal]) -> None:
        if not self.choosing.line.text().strip():
            self.choosing.show_proposals(proposals)

    def _look_for(self, words: str) -> None:
        if not words.strip():
            self._propose()
            return
        number, viewer, today = self._record.petition.number, self._desk.viewer, self._desk.today()
        found = self._desk.read(
            lambda session: merging.candidates(session, number, words, viewer=viewer, today=today)
        )
        self.choosing.show_found(
            [(line.number, _day(line.received_on), line.names, line.claim_start) for line in found]
        )


class _Choosing(Card):
    """Which is the other matter?

    Signals:
        typed(words): something was typed, and nothing is being composed.
        chosen(number): this one.
        left(): none.
    """

    typed = Signal(str)
    chosen = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._title = label("", "title")
        self.line = Line("另一件的编号", _HINT)
        self._wrong = label("", "overdue", wrap=True)
        self._head = label("", "section")
        self.table = Table("可以并件的", _COLUMNS, theme)
        self.line.settled.connect(self._tell)
        self.line.entered.connect(self._take_first)
        self.table.opened.connect(self._take)
        shortcut(self.line, "Down", self._go_down)
        head = QHBoxLayout()
        theme.space(head, gap=8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(button("收起", self.left.emit, role="small", key="Esc"))
        self.column.addLayout(head)
        self.column.addWidget(label("登记了两次的同一件事并成一件：先登记的保留。", "quiet"))
        for part in (self.line, self._wrong, self._head):
            self.column.addWidget(part)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(label(_CHOOSING, "small"))

    @property
    def numbers(self) -> list[str]:
        """The matters that are listed."""
        items = (self.table.item(row, 0) for row in range(self.table.rowCount()))
        return [item.text() for item in items if item is not None]

    @property
    def trouble(self) -> str:
        """What is said to be wrong."""
        return self._wrong.text()

    def begin(self, number: str) -> None:
        """Ask anew."""
        self._title.setText(f"并件：{number} 与哪一件是同一件？")
        self.line.clear()
        self.refuse("")
        self._list("", ())

    def refuse(self, sentence: str) -> None:
        """Say why the two cannot be merged."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def show_proposals(self, proposals: Sequence[duplicates.Proposal]) -> None:
        """List what seems to be the same."""
        rows = [(one.number, _day(one.received_on), one.name, one.claim_start) for one in proposals]
        self._list(_PROPOSED if rows else _NONE_PROPOSED, rows)

    def show_found(self, rows: Sequence[Sequence[str]]) -> None:
        """List what was found by what is typed."""
        self._list(_FOUND if rows else _NOT_FOUND, rows)

    def _list(self, head: str, rows: Sequence[Sequence[str]]) -> None:
        self._head.setText(head)
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        if rows:
            self.table.setCurrentCell(0, 0)

    def _tell(self, words: str) -> None:
        self.refuse("")
        self.typed.emit(words)

    def _take_first(self) -> None:
        """Take what is listed first; a number that is not listed is told why."""
        if self.table.rowCount() and self.line.text().strip():
            self._take(0)
        elif words := self.line.text().strip():
            self.chosen.emit(words)
        else:
            self._go_down()

    def _take(self, row: int) -> None:
        self.chosen.emit(self.numbers[row])

    def _go_down(self) -> None:
        if self.table.rowCount():
            self.table.setFocus()


class _Settling(Card):
    """What will happen, what differs, and the button that does it.

    Signals:
        done_requested(): do it.
        left(): choose another matter.
    """

    done_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._title = label("", "title")
        self._told = label("", wrap=True)
        self._concerns = label("", "warning_box", wrap=True)
        self.table = DifferenceTable(theme)
        self._do = button("并件", self.done_requested.emit, role="strong", key="Ctrl+Enter")
        self._do.setAutoDefault(True)
        inside = QWidget()
        inside.setProperty("role", "surface")
        column = QVBoxLayout(inside)
        theme.space(column, gap=8)
        for part in (self._title, self._told, self._concerns, self.table):
            column.addWidget(part)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self._area, 1)
        self.table.currentCellChanged.connect(lambda *_: self._follow())
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        foot.addWidget(Hint(_SETTLING))
        foot.addStretch(1)
        foot.addWidget(button("换一件", self.left.emit, key="Esc"))
        foot.addWidget(self._do)
        self.column.addLayout(foot)

    @property
    def words(self) -> str:
        """What is said will happen, and what should be thought about."""
        return f"{self._told.text()}\n{self._concerns.text()}".strip()

    def show_comparison(self, comparison: Comparison) -> None:
        """Show two matters; what suggests itself is chosen."""
        kept, merged = comparison.kept.petition.number, comparison.merged.petition.number
        self._title.setText(f"{merged} 并入 {kept}")
        self._told.setText("\n".join(comparison.told))
        self._concerns.setText("\n".join(f"！{words}" for words in comparison.concerns))
        self._concerns.setVisible(bool(comparison.concerns))
        self.table.show_differences(kept, merged, comparison.differences)
        self.table.setVisible(bool(comparison.differences))
        self._area.verticalScrollBar().setValue(0)
        (self.table if comparison.differences else self._do).setFocus()

    def _follow(self) -> None:
        """Bring the row in hand into sight; with the first what is said above the rows."""
        if self.table.currentRow() == 0:
            self._area.verticalScrollBar().setValue(0)
            return
        row = self.table.row_in_hand().translated(self.table.pos())
        self._area.ensureVisible(row.center().x(), row.center().y(), 0, row.height())


def _day(day: object) -> str:
    return str(day) if day else ""
