"""TodayPage (今日): what the day asks for, in order; every figure opens exactly what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from .desk import Desk
from .drafts_card import DraftsCard
from .page import Page
from .why_card import WhyCard
from .widgets.cards import Card, EmptyAdvice, FigureCard
from .widgets.words import Hint, button, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.casework.drafts import DraftLine
    from xinfang_desktop.casework.due import LimitLine
    from xinfang_desktop.casework.today import Count, WorkLine

    from .work_table import WorkTable

MOST_CARDS = 7
SIDE_BY_SIDE = 1000
FEW_IN_A_ROW = 4
"""How many figures stand in a row where there is no room for all."""

_GAP = 8
_WAIT_MS = 60
_TONES = {"overdue": ("！", "overdue"), "due_today": ("◔", "warning")}
_SHORT = {"due_soon": "三个工作日内"}
_NOTHING = (
    "今天没有要办的",
    "超期、到期、待回访、送签未回、待核实的会自己列在这里。按 Ctrl+N 登记，按 Alt+3 看台账。",
)
_NO_MATTER = "检举控告不写进催办文本，请当面催办。"
_COPIED = "已复制{many}件的催办文本，到钉钉里粘贴即可"
_LEFT_OUT = "；{many}件检举控告没有写进去，请当面催办"


class TodayPage(Page):
    """The day.

    Signals:
        list_requested(title, filter): somebody wants to see what a figure counts.
        matter_requested(number): somebody wants to see this matter.
        draft_requested(id): somebody wants to go on with this draft.
        papers_requested(): somebody wants to see where the papers are.
    """

    title = "今日"
    help_topic = "today"
    list_requested = Signal(str, object)
    matter_requested = Signal(str)
    draft_requested = Signal(int)
    papers_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        from .work_table import WorkTable

        self.cards: dict[str, FigureCard] = {}
        self.quiet: dict[str, QPushButton] = {}
        self._counts: dict[str, Count] = {}
        self._waits_for_work = False
        self.work: WorkTable = WorkTable(desk.theme)
        self.why = WhyCard(desk.theme)
        self.drafts = DraftsCard(desk)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_WAIT_MS)
        self._waiting.timeout.connect(self._ask_why)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Count and list again."""
        self.desk.run(partial(self.desk.read, self._read), self._show)

    def take_focus(self) -> None:
        """Begin at the work, or at the figures where there is none."""
        self._waits_for_work = not self.cards
        if self.work.lines:
            self.work.setFocus()
        else:
            next(iter(self.cards.values()), self).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what stands beside the work below it, or away, where that is too narrow."""
        super().resizeEvent(event)
        self._arrange()

    def copy_reminder(self) -> None:
        """Ctrl+C: put the text for the messenger on the clipboard, of what is chosen."""
        from xinfang_desktop.casework.today import reminder

        chosen = self.work.chosen_lines
        told = reminder(chosen, self.desk.today())
        if not chosen:
            return
        if not told.told:
            self.desk.told.emit(_NO_MATTER)
            return
        QGuiApplication.clipboard().setText(told.text)
        left_out = _LEFT_OUT.format(many=told.left_out) if told.left_out else ""
        self.desk.told.emit(_COPIED.format(many=told.told) + left_out)

    def print_day_sheet(self) -> None:
        """Ctrl+P: print the work of the day on paper, with boxes to tick."""
        from xinfang_desktop.casework import audit
        from xinfang_desktop.forms.printing import docx_report, pdf_report
        from xinfang_desktop.models import Noted, Right
        from xinfang_desktop.reports.day_sheet import KEY, TITLE, day_sheet

        from .print_dialog import PrintDialog
        from .printing import Paper

        viewer = self.desk.viewer

        def noted(session: Any) -> None:  # noqa: ANN401 - the store's own business
            audit.require(viewer, Right.PRINT)
            audit.note(session, Noted.PRINT, detail=KEY)

        report = day_sheet(self.work.lines, self.desk.office, self.desk.today())
        paper = Paper(
            number="",
            title=TITLE,
            pdf=partial(pdf_report, report),
            docx=partial(docx_report, report),
            warnings=list,
        )
        dialog = PrintDialog(self.desk, paper)
        dialog.setParent(self, dialog.windowFlags())
        dialog.printed.connect(lambda _: self.desk.look(noted))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # reading

    def _read(self, session: Any) -> _Day:  # noqa: ANN401 - the store's own business
        from xinfang_desktop.casework import today
        from xinfang_desktop.casework.drafts import drafts

        viewer, day = self.desk.viewer, self.desk.today()
        return (
            today.counts(session, day, viewer=viewer),
            today.quiet_counts(session, day, viewer=viewer),
            today.work(session, day, viewer=viewer),
            drafts(session, viewer),
        )

    def _show(self, day: _Day) -> None:
        counts, quiet, lines, drafts = day
        self._counts = {count.key: count for count in (*counts[:MOST_CARDS], *quiet)}
        for count in counts[:MOST_CARDS]:
            self._show_card(count)
        for count in quiet:
            self._show_quiet(count)
        self._arrange()
        self._show_work(lines)
        self.drafts.show_lines(drafts)
        self._arrange()

    def _show_work(self, lines: Sequence[WorkLine]) -> None:
        had_focus = self.work.hasFocus() or (self._waits_for_work and self.hasFocus())
        self.work.show_lines(lines)
        self._stack.setCurrentIndex(0 if lines else 1)
        if had_focus:
            self.take_focus()
        self._ask_why()

    def _show_card(self, count: Count) -> None:
        if count.key not in self.cards:
            card = FigureCard(_SHORT.get(count.key, count.title), self.desk.theme)
            card.setObjectName(count.key)
            card.setToolTip(count.told)
            card.clicked.connect(partial(self._open_count, count.key))
            self.cards[count.key] = card
        sign, tone = _TONES.get(count.key, ("", ""))
        self.cards[count.key].show_figure(
            count.number, sign if count.number else "", tone if count.number else ""
        )

    def _show_quiet(self, count: Count) -> None:
        words = f"{count.title} {count.number}"
        if count.key not in self.quiet:
            made = button(words, partial(self._open_count, count.key), role="small")
            self.quiet[count.key] = made
            self._quiet_row.addWidget(made)
        self.quiet[count.key].setText(words)
        self.quiet[count.key].setAccessibleName(f"{words} 件")

    # why

    def _ask_why(self) -> None:
        """Show beside the work why the line under the bar is due on its day."""
        line = self.work.line
        if line is None or line.item is None:
            self.why.show_limit(line, None)
            return
        from xinfang_desktop.casework.due import line_of

        item, viewer, today = line.item, self.desk.viewer, self.desk.today()

        def read(session: Any) -> LimitLine | None:  # noqa: ANN401 - the store's own business
            return line_of(session, item, viewer=viewer, today=today)

        self.desk.run(partial(self.desk.read, read), partial(self._show_why, line))

    def _show_why(self, line: WorkLine, limit: LimitLine | None) -> None:
        if line == self.work.line:
            self.why.show_limit(line, limit)

    def _explain(self, row: int) -> None:
        """F1: tell why the line is due on its day; where no day is set, what its list is."""
        from .explanation import explain_item

        line = self.work.lines[row]
        if line.item is not None:
            explain_item(self.desk, line.item, self)
        else:
            self.desk.told.emit(f"{line.title}：{line.waits or self._counts[line.key].told}")

    # going on

    def _open_count(self, key: str) -> None:
        count = self._counts[key]
        if key == "drafts":
            self.drafts.show()
            self.drafts.take_focus()
        else:
            self.list_requested.emit(count.title, count.filter)

    def _open(self, row: int) -> None:
        self.matter_requested.emit(self.work.lines[row].number)

    def _changed(self, _: frozenset[type]) -> None:
        if self.isVisible():
            self.refresh()

    def _connect(self) -> None:
        self.work.opened.connect(self._open)
        self.work.explained.connect(self._explain)
        self.work.copied.connect(self.copy_reminder)
        self.work.currentCellChanged.connect(lambda *_: self._waiting.start())
        self.work.left_upwards.connect(lambda: next(iter(self.cards.values())).setFocus())
        self.work.ticks_changed.connect(self._show_chosen)
        self.drafts.draft_requested.connect(self.draft_requested)
        self.drafts.matter_requested.connect(self.matter_requested)
        self.desk.changed.connect(self._changed)
        shortcut(self, "Ctrl+P", self.print_day_sheet)
        shortcut(self, "Ctrl+T", self.papers_requested.emit)

    def _show_chosen(self) -> None:
        many = len(self.work.ticked)
        self._copy.setText(f"复制催办文本{f' {many}件' if many else ''}  Ctrl+C")

    # room

    def _arrange(self) -> None:
        theme = self.desk.theme
        is_wide = self.width() >= theme.px(SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._below.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
        self.why.setVisible(is_wide)
        self._hint.setVisible(is_wide)
        has_drafts = self.drafts.list.count() > 0
        self.drafts.setVisible(is_wide or (has_drafts and not self.work.lines))
        self.drafts.stand(aside=is_wide)
        self._arrange_cards()

    def _arrange_cards(self) -> None:
        cards = list(self.cards.values())
        room = self.width() - self.desk.theme.px(40)
        widest = max((card.sizeHint().width() for card in cards), default=0)
        needed = len(cards) * widest + self.desk.theme.px(_GAP) * max(len(cards) - 1, 0)
        columns = len(cards) if needed <= room else FEW_IN_A_ROW
        for place, card in enumerate(cards):
            row, column = divmod(place, max(columns, 1))
            self._cards_grid.addWidget(card, row, column)
        for column in range(MOST_CARDS):
            self._cards_grid.setColumnStretch(column, int(column < columns))

    def _lay_out(self) -> None:
        theme = self.desk.theme
        self._cards_grid = QGridLayout()
        theme.space(self._cards_grid, gap=_GAP)
        side = self._side = QVBoxLayout()
        theme.space(side, gap=12)
        side.addWidget(self.why)
        side.addWidget(self.drafts)
        side.addStretch(1)
        below = self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.space(below, gap=12)
        below.addWidget(self._listing(), 1)
        below.addLayout(side)
        column = QVBoxLayout(self)
        theme.space(column, 20, 12, 20, 8, gap=12)
        column.addLayout(self._cards_grid)
        column.addLayout(below, 1)
        column.addLayout(self._foot())
        theme.follow(below, lambda _: self._arrange())

    def _listing(self) -> QWidget:
        listing = QWidget()
        self._stack = QStackedLayout(listing)
        self._stack.addWidget(self.work)
        empty, advice = Card(self.desk.theme), EmptyAdvice(self.desk.theme)
        advice.say(*_NOTHING)
        empty.column.addWidget(advice)
        self._stack.addWidget(empty)
        return listing

    def _foot(self) -> QHBoxLayout:
        theme = self.desk.theme
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        self._quiet_row = QHBoxLayout()
        theme.space(self._quiet_row, gap=2)
        foot.addLayout(self._quiet_row)
        foot.addStretch(1)
        self._hint = Hint("空格 选 · F1 为什么 · Enter 打开")
        foot.addWidget(self._hint)
        self._copy = button("复制催办文本", self.copy_reminder, key="Ctrl+C")
        for act in (
            self._copy,
            button("文书去向", self.papers_requested.emit, key="Ctrl+T"),
            button("每日工作单", self.print_day_sheet, key="Ctrl+P"),
        ):
            foot.addWidget(act)
        return foot


_Day = tuple["tuple[Count, ...]", "tuple[Count, ...]", "list[WorkLine]", "list[DraftLine]"]
