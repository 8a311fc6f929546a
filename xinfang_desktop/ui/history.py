"""History (经过): what was done with a matter, by whom and when, and what it belongs with."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from xinfang_desktop.casework import matters
from xinfang_desktop.models import Step

from .desk import Desk
from .widgets.cards import Card
from .widgets.words import button, label


class History(QScrollArea):
    """The steps of one matter, the latest first, and its links.

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
            for step in reversed(steps):
                column.addWidget(self._step(step))
        column.addStretch(1)
        self.setWidget(page)

    def _link(self, card: Card, link: matters.Link) -> None:
        number = link.number
        words = f"{link.relation.label}　{number}"
        act = button(words, lambda: self.matter_requested.emit(number), role="plain")
        card.column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)

    def _step(self, step: Step) -> Card:
        card = Card(self._desk.theme)
        head = f"{step.done_on:%Y-%m-%d}　{step.action.label}　{step.done_by}"
        card.column.addWidget(label(head, "heading"))
        if step.words:
            card.column.addWidget(label(step.words, wrap=True))
        card.column.addWidget(label(f"记录于 {step.recorded_at:%Y-%m-%d %H:%M}", "small"))
        return card
