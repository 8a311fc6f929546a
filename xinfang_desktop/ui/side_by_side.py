"""SideBySideView (并排看): this matter and an earlier one in two columns, the decision below."""

from html import escape
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework.duplicates import Proposal
from xinfang_desktop.casework.side_by_side import Mark, Row, SideBySide, Words
from xinfang_desktop.models import Relation

from .deciding import DECISIONS, DecisionButtons
from .theme import Theme
from .widgets.own_keys import OwnKeys
from .widgets.words import Hint, button, label

_THIS = "正在登记的这一件"
_HINT = "↑ ↓ 翻看 · 1 2 3 判定，再按收回 · Esc 回去"
_LOOK_HINT = "↑ ↓ 翻看 · Esc 回去"
_SEALED = "检举控告（保密）：这里只写编号、日期、办到哪里和为什么列出。"
_TITLE_WIDTH, _MARK_WIDTH = 112, 72
_LOOKS = {Mark.SAME: "done", Mark.ALIKE: ""}
_STEP = 60
"""Pixels at 100 % that an arrow scrolls by."""


class SideBySideView(QWidget):
    """Both matters, row by row; the keyboard is on the rows.

    Signals:
        decided(relation): this was decided of the earlier one, or nothing any more (None).
        matter_requested(number): its own page is wanted.
        left(): back to the form.
    """

    decided = Signal(object)
    matter_requested = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._number = ""
        self.setProperty("role", "desk")
        self.setProperty("help", "earlier")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(1)
        self._hint = Hint("")
        self._decisions = DecisionButtons(theme, "这一件", role="pick")
        self._decisions.chosen.connect(self.decided)
        self._rows = QScrollArea()
        self._rows.setWidgetResizable(True)
        self._rows.setFrameShape(QFrame.Shape.NoFrame)
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows.setAccessibleName("并排看")
        self._rows.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._rows)
        self._lay_out()
        decide = {one.key: lambda r=one.relation: self._decide(r) for one in DECISIONS}
        keys = OwnKeys(
            self,
            {
                Qt.Key.Key_Escape: self.left.emit,
                Qt.Key.Key_Up: lambda: self._scroll(-1),
                Qt.Key.Key_Down: lambda: self._scroll(1),
                **decide,
            },
        )
        for part in (self._rows, self._open, self._back):
            keys.watch(part)

    @property
    def number(self) -> str:
        """The number of the earlier matter."""
        return self._number

    def show_pair(self, told: SideBySide, proposal: Proposal, *, may_decide: bool) -> None:
        """Show this matter beside an earlier one."""
        at = self._rows.verticalScrollBar().value() if proposal.number == self._number else 0
        self._number = proposal.number
        keys = _HINT if may_decide else _LOOK_HINT
        self._hint.setText(f"相同 {told.same} 项 · 相近 {told.alike} 项　　{keys}")
        self._decisions.show_relation(proposal.relation)
        self._decisions.setVisible(may_decide)
        self._rows.setWidget(self._table(told, is_sealed=proposal.sealed))
        self._rows.verticalScrollBar().setValue(at)

    def _decide(self, relation: Relation) -> None:
        if not self._decisions.isHidden():
            self._decisions.choose(relation)

    def _scroll(self, step: int) -> None:
        bar = self._rows.verticalScrollBar()
        bar.setValue(bar.value() + step * self._theme.px(_STEP))

    # what is shown

    def _table(self, told: SideBySide, *, is_sealed: bool) -> QWidget:
        page, sheet = QWidget(), QFrame()
        page.setProperty("role", "desk")
        sheet.setProperty("role", "sheet")
        grid = QGridLayout(sheet)
        self._theme.space(grid, 16, 10, 16, 12)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        heads = ("", told.mine or _THIS, "", told.theirs)
        for place, words in enumerate(heads):
            grid.addWidget(self._cell(label(words, "heading", wrap=True)), 0, place)
        for row, one in enumerate(told.rows, start=1):
            self._add_row(grid, row, one)
        column = QVBoxLayout(page)
        self._theme.space(column, 24, 12, 24, 16, gap=10)
        if is_sealed:
            column.addWidget(label(_SEALED, "warning", wrap=True))
        column.addWidget(sheet)
        column.addStretch(1)
        return page

    def _add_row(self, grid: QGridLayout, place: int, row: Row) -> None:
        title, mark = label(row.title, "quiet", wrap=True), label(row.mark.label, "mark")
        mark.setProperty("mark", _LOOKS.get(row.mark, "none"))
        self._theme.fix(title, width=_TITLE_WIDTH)
        for column, part in enumerate((title, _worded(row.mine), mark, _worded(row.theirs))):
            grid.addWidget(self._cell(part), place, column)

    def _cell(self, part: QLabel) -> QFrame:
        """Give a part its place in a row, with the line above."""
        part.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        cell = QFrame()
        cell.setProperty("role", "ruled")
        column = QVBoxLayout(cell)
        self._theme.space(column, 0, 7, 12, 7)
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        return cell

    def _lay_out(self) -> None:
        head, foot = QFrame(), QFrame()
        head.setProperty("role", "bar")
        foot.setProperty("role", "foot")
        self._back = button("回到表单", self.left.emit, key="Esc")
        self._open = button("打开这一件", lambda: self.matter_requested.emit(self._number))
        above, below = QHBoxLayout(head), QHBoxLayout(foot)
        self._theme.space(above, 24, 8, 16, 8, gap=14)
        self._theme.space(below, 24, 8, 16, 8, gap=10)
        above.addWidget(label("并排看", "title"))
        above.addWidget(self._hint)
        above.addStretch(1)
        above.addWidget(self._back)
        below.addWidget(self._decisions, 1)
        below.addWidget(self._open, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        self._theme.space(column)
        column.addWidget(head)
        column.addWidget(self._rows, 1)
        column.addWidget(foot)


def _worded(words: Words) -> QLabel:
    """Give one side of a row; what the other has too is underlined and strong."""
    made = label("", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if not words.runs:
        made.setText(words.text or "—")
        return made
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(_marked(words))
    made.setAccessibleName(words.text)
    return made


def _marked(words: Words) -> str:
    """Write the words as markup, in which nothing of their own is markup."""
    ends = [0, *chain.from_iterable(words.runs), len(words.text)]
    parts = [words.text[start:end] for start, end in zip(ends, ends[1:], strict=False)]
    told = (
        f"<b><u>{escape(part)}</u></b>" if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
    return "".join(told).replace("\n", "<br>")
