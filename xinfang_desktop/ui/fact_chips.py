"""FactChips: what is so of a matter (重复件, 集体访, 联名, 越级走访, 补录), in a quiet row."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from xinfang_desktop.casework.facts import Fact

from .theme import Theme
from .widgets.flow import Flow
from .widgets.words import button, label


class FactChips(QWidget):
    """The facts, one chip each; a fact about another matter leads there.

    Signals:
        matter_requested(number): the clerk wants to see that matter.
    """

    matter_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._facts: tuple[Fact, ...] = ()
        self.setAccessibleName("这一件的情况")
        self.setProperty("help", "earlier")
        self._row = Flow(self)
        theme.space(self._row, gap=8)
        self.hide()

    @property
    def words(self) -> list[str]:
        """What the chips say."""
        return [fact.words for fact in self._facts]

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these; an ordinary matter has none, and the row takes no room."""
        if self._facts == tuple(facts):
            return
        self._facts = tuple(facts)
        while item := self._row.takeAt(0):
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for fact in self._facts:
            self._row.addWidget(self._chip(fact))
        self.setVisible(bool(self._facts))

    def _chip(self, fact: Fact) -> QWidget:
        if not fact.number:
            return label(fact.words, "fact")
        chip = button(fact.words, partial(self.matter_requested.emit, fact.number), role="fact")
        chip.setAccessibleDescription(f"打开{fact.number}")
        return chip
