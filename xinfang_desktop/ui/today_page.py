"""TodayPage: what the day asks for; every figure opens exactly what it counts."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from .desk import Desk
from .drafts_card import DraftsCard
from .ledger_model import LedgerModel
from .ledger_table import LedgerTable
from .page import Page
from .widgets.cards import Card, EmptyAdvice, FigureCard
from .widgets.words import label

if TYPE_CHECKING:
    from xinfang_desktop.casework.drafts import DraftLine
    from xinfang_desktop.casework.search import LedgerRow
    from xinfang_desktop.casework.today import Count

LATEST = 30
MOST_CARDS = 6
SIDE_BY_SIDE = 1000
_NOTHING_YET = ("还没有信访件", "按 Ctrl+N 登记第一件；登记后会列在这里。")


class TodayPage(Page):
    """The day.

    Signals:
        list_requested(title, filter): somebody wants to see what a figure counts.
        matter_requested(number): somebody wants to see this matter.
        draft_requested(id): somebody wants to go on with this draft.
    """

    title = "今日"
    help_topic = "start"
    list_requested = Signal(str, object)
    matter_requested = Signal(str)
    draft_requested = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.cards: dict[str, FigureCard] = {}
        self._counts: dict[str, Count] = {}
        self._model = LedgerModel(self._read_rows)
        self._model.setParent(self)
        self.latest = LedgerTable(self._model, desk.theme)
        self.latest.setAccessibleName("最近登记")
        self.drafts = DraftsCard(desk)
        self._lay_out()
        self.latest.opened.connect(self._open)
        self.drafts.draft_requested.connect(self.draft_requested)
        self.drafts.matter_requested.connect(self.matter_requested)
        desk.changed.connect(self._changed)

    def refresh(self) -> None:
        """Count and list again."""
        self.desk.run(partial(self.desk.read, self._read), self._show)

    def take_focus(self) -> None:
        """Begin at the latest matters, or where work begins when there are none."""
        if self._model.rowCount():
            self.latest.setFocus()
        else:
            next(iter(self.cards.values()), self.drafts).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the drafts beside the list, or below it where that is too narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= self.desk.theme.px(SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._below.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
        self._below.setAlignment(
            self.drafts, Qt.AlignmentFlag.AlignTop if is_wide else Qt.AlignmentFlag(0)
        )
        self.drafts.stand(aside=is_wide)

    def _read(self, session: Any) -> _Day:  # noqa: ANN401 - the store's own business
        from xinfang_desktop.casework.drafts import drafts
        from xinfang_desktop.casework.search import find
        from xinfang_desktop.casework.today import counts

        viewer = self.desk.viewer
        return (
            counts(session, self.desk.today(), viewer=viewer),
            find(session, viewer=viewer, limit=LATEST),
            drafts(session, viewer),
        )

    def _show(self, day: _Day) -> None:
        counts, ids, drafts = day
        self._counts = {count.key: count for count in counts[:MOST_CARDS]}
        for count in self._counts.values():
            self._card(count).show_figure(count.number)
        self._show_latest(ids)
        self.drafts.show_lines(drafts)

    def _show_latest(self, ids: array[int]) -> None:
        had_focus, row = self.latest.hasFocus(), max(self.latest.currentIndex().row(), 0)
        self._model.show_ids(ids)
        self.latest.choose(min(row, max(len(ids) - 1, 0)))
        self._stack.setCurrentIndex(0 if ids else 1)
        if had_focus and ids:
            self.latest.setFocus()

    def _card(self, count: Count) -> FigureCard:
        if count.key not in self.cards:
            card = FigureCard(count.title, self.desk.theme)
            card.setObjectName(count.key)
            card.clicked.connect(partial(self._open_count, count.key))
            self.cards[count.key] = card
            self._cards_row.insertWidget(self._cards_row.count() - 1, card)
        return self.cards[count.key]

    def _open_count(self, key: str) -> None:
        count = self._counts[key]
        if key == "drafts":
            self.drafts.take_focus()
        else:
            self.list_requested.emit(count.title, count.filter)

    def _open(self, row: int) -> None:
        line = self._model.line(row)
        if line is not None:
            self.matter_requested.emit(line.number)

    def _read_rows(self, ids: Sequence[int]) -> list[LedgerRow]:
        from xinfang_desktop.casework.search import rows

        return self.desk.read(lambda session: rows(session, ids))

    def _changed(self, _: frozenset[type]) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        theme = self.desk.theme
        self._cards_row = QHBoxLayout()
        theme.space(self._cards_row, gap=12)
        self._cards_row.addStretch(1)
        below = self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.space(below, gap=16)
        below.addLayout(self._latest_part(), 1)
        below.addWidget(self.drafts, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        theme.space(column, 20, 12, 20, 12, gap=16)
        column.addLayout(self._cards_row)
        column.addLayout(below, 1)
        theme.follow(below, lambda _: self._arrange())

    def _latest_part(self) -> QVBoxLayout:
        theme = self.desk.theme
        part = QVBoxLayout()
        theme.space(part, gap=8)
        head = QHBoxLayout()
        head.addWidget(label("最近登记", "section"))
        head.addStretch(1)
        head.addWidget(label("Enter 打开", "small"))
        part.addLayout(head)
        listing = QWidget()
        self._stack = QStackedLayout(listing)
        self._stack.addWidget(self.latest)
        empty, advice = Card(theme), EmptyAdvice(theme)
        advice.say(*_NOTHING_YET)
        empty.column.addWidget(advice)
        self._stack.addWidget(empty)
        part.addWidget(listing, 1)
        return part


_Day = tuple["tuple[Count, ...]", "array[int]", "list[DraftLine]"]
