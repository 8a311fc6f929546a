"""History (经过): what was done with a matter, by whom and when, and what was changed to what."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from xinfang_desktop.casework import audit, matters
from xinfang_desktop.casework.audit import FieldChangeLine
from xinfang_desktop.models import Step

from .desk import Desk
from .widgets.cards import Card
from .widgets.words import button, label

_NOTHING = "（空）"


class History(QScrollArea):
    """The steps of one matter with the fields they changed, the latest first, and its links.

    Signals:
        matter_requested(number): the clerk wants to see a linked matter.
    """

    matter_requested = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("经过")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_matter(self, petition: int | None) -> None:
        """Show the history of a petition."""
        page = QWidget()
        page.setProperty("role", "desk")
        column = QVBoxLayout(page)
        self._desk.theme.space(column, 24, 20, 24, 20, gap=12)
        if petition is not None:
            viewer = self._desk.viewer
            steps = self._desk.read(
                lambda session: matters.history(session, petition, viewer=viewer)
            )
            links = self._desk.read(lambda session: matters.links(session, petition, viewer=viewer))
            if links:
                card = Card(self._desk.theme, "关联的事项")
                for link in links:
                    self._link(card, link)
                column.addWidget(card)
            changes = self._desk.read(
                lambda session: audit.field_history(session, petition, viewer=viewer)
            )
            for card in self._cards(steps, changes):
                column.addWidget(card)
        column.addStretch(1)
        self.setWidget(page)

    def _cards(self, steps: Iterable[Step], changes: Iterable[FieldChangeLine]) -> list[Card]:
        """Give a card for every step, with the changes of its moment, the latest first."""
        of_moment: dict[datetime, list[FieldChangeLine]] = defaultdict(list)
        for change in changes:
            of_moment[change.at].append(change)
        cards = [
            (step.recorded_at, self._step(step, of_moment.pop(step.recorded_at, ())))
            for step in reversed(list(steps))
        ]
        cards += [(at, self._changed(at, alone)) for at, alone in of_moment.items()]
        return [card for _, card in sorted(cards, key=lambda one: one[0], reverse=True)]

    def _link(self, card: Card, link: matters.Link) -> None:
        number = link.number
        words = f"{link.relation.label}　{number}"
        act = button(words, lambda: self.matter_requested.emit(number), role="plain")
        card.column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)

    def _step(self, step: Step, changes: Iterable[FieldChangeLine]) -> Card:
        card = Card(self._desk.theme)
        head = f"{step.done_on:%Y-%m-%d}　{step.action.label}　{step.done_by}"
        card.column.addWidget(label(head, "heading"))
        if step.words:
            card.column.addWidget(label(step.words, wrap=True))
        self._list(card, changes)
        card.column.addWidget(label(f"记录于 {step.recorded_at:%Y-%m-%d %H:%M}", "small"))
        return card

    def _changed(self, at: datetime, changes: Iterable[FieldChangeLine]) -> Card:
        changes = list(changes)
        card = Card(self._desk.theme)
        card.column.addWidget(label(f"{at:%Y-%m-%d %H:%M}　{changes[0].by}", "heading"))
        self._list(card, changes)
        return card

    def _list(self, card: Card, changes: Iterable[FieldChangeLine]) -> None:
        """Say of every field what it was and what it became."""
        changes = list(changes)
        if not changes:
            return
        grid = QGridLayout()
        self._desk.theme.space(grid, 0, 4, 0, 4, gap=6)
        grid.setHorizontalSpacing(self._desk.theme.px(20))
        heads = ("改了什么", "原来", "改为")
        for place, words in enumerate(heads):
            grid.addWidget(label(words, "small"), 0, place)
        for row, change in enumerate(reversed(changes), start=1):
            told = (change.title, change.before or _NOTHING, change.after or _NOTHING)
            for place, words in enumerate(told):
                part = label(words, "" if place else "quiet", wrap=bool(place))
                part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(part, row, place, Qt.AlignmentFlag.AlignTop)
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
        card.column.addLayout(grid)
