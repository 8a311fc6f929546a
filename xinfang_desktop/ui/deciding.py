"""The three decisions of an earlier matter (判重): their keys, and the buttons that make them."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from xinfang_desktop.models import Relation

from .theme import Theme
from .widgets.flow import Flow
from .widgets.words import button


class Decision(NamedTuple):
    """What may be decided, what its button says, and the figure that is its key."""

    relation: Relation
    title: str
    key: Qt.Key

    @property
    def figure(self) -> str:
        """The key as it stands on the button."""
        return chr(self.key.value)


DECISIONS = (
    Decision(Relation.SAME_MATTER, "同一事项", Qt.Key.Key_1),
    Decision(Relation.SAME_PERSON, "同一人另一事项", Qt.Key.Key_2),
    Decision(Relation.UNRELATED, "不是", Qt.Key.Key_3),
)

MADE = "✓"
"""Before the decision that was made: it is not told by its colour alone."""


class DecisionButtons(QWidget):
    """One button for each decision; that which was made is marked, and takes itself back.

    Signals:
        chosen(relation): this was decided, or nothing any more (None).
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, about: str, role: str = "decide") -> None:
        super().__init__()
        self._relation: Relation | None = None
        self._buttons: dict[Relation, QPushButton] = {}
        row = Flow(self)
        theme.space(row, gap=4)
        for one in DECISIONS:
            made = button("", role=role)
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setAccessibleName(f"{about}：{one.title}")
            made.clicked.connect(lambda _=False, relation=one.relation: self.choose(relation))
            self._buttons[one.relation] = made
            row.addWidget(made)
        self.show_relation(None)

    def choose(self, relation: Relation) -> None:
        """Make a decision; the one that was made is taken back."""
        self.chosen.emit(None if relation is self._relation else relation)
        self.show_relation(self._relation)

    def show_relation(self, relation: Relation | None) -> None:
        """Show what was decided."""
        self._relation = relation
        for one in DECISIONS:
            is_made = one.relation is relation
            words = f"{one.title} {one.figure}"
            self._buttons[one.relation].setText(f"{MADE} {words}" if is_made else words)
            self._buttons[one.relation].setChecked(is_made)
