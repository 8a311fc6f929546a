"""MatterHead: what stands above a matter: its number, where it stands, its papers and views."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework.facts import Facts
from xinfang_desktop.models import (
    CONCLUDED_STAGES,
    Matter,
    Petition,
    PetitionState,
)
from xinfang_desktop.models.matter import name_on_paper

from .fact_chips import FactChips
from .paper_chooser import PaperChooser
from .theme import Theme
from .widgets.chips import Chips
from .widgets.line import Line
from .widgets.words import Hint, button, label, restyle

VIEWS = (
    ("form", "表单"),
    ("preview", "打印预览"),
    ("issued", "已出文书"),
    ("history", "经过"),
)

ONE_ROW = 1190
"""The width, at 100 %, that the bar needs for all of it in one row."""


class MatterHead(QFrame):
    """The bar above a matter, in one row, or in two where it is narrow, and its facts below.

    Signals:
        matter_requested(number): the clerk wants to see the matter that a fact names.
    """

    matter_requested = Signal(str)

    def __init__(self, theme: Theme, papers: PaperChooser, acts: Iterable[QWidget]) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "bar")
        self.papers = papers
        self.views = Chips("看什么", VIEWS, theme)
        self.views.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._acts = tuple(acts)
        self._number, self._state = label("", "title"), label("", "state")
        self._facts = Hint("")
        self.chips = FactChips(theme)
        self.chips.matter_requested.connect(self.matter_requested)
        whole = QVBoxLayout(self)
        theme.space(whole, 16, 8, 16, 8, gap=8)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        theme.space(self._rows, gap=10)
        whole.addLayout(self._rows)
        whole.addWidget(self.chips)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            theme.space(row, gap=10)
            self._rows.addLayout(row, 1 if row is self._second else 0)
        for words in (self._number, self._state, self._facts):
            self._first.addWidget(words)
        self._first.addStretch(1)
        self._second.addWidget(papers)
        self._second.addWidget(label("F3", "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        self._second.addWidget(self.views, 1)
        for act in self._acts:
            self._first.addWidget(act)
        theme.follow(self, lambda _: self._arrange())

    @property
    def words(self) -> str:
        """What it says of the matter."""
        return " ".join((self._number.text(), self._state.text(), self._facts.text()))

    def show_matter(self, matter: Matter) -> None:
        """Say which matter it is, and where it stands."""
        petition = matter.petition
        self._number.setText(petition.number)
        self._state.setText(petition.standing)
        restyle(self._state, "state", _colour(petition))
        self._facts.setText(" · ".join(_facts(matter)))
        self._facts.setToolTip(self._facts.text())

    def show_facts(self, facts: Facts | None) -> None:
        """Say what is so of it, besides where it stands; an ordinary matter has nothing to say."""
        self.chips.show_facts(facts.told if facts is not None else ())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the papers below the number and the acts where one row is too narrow for all."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(ONE_ROW)
        way = QBoxLayout.Direction
        self._rows.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
        for act in self._acts:
            (self._second if is_wide else self._first).addWidget(act)


class VoidBar(QFrame):
    """Asks why a matter is to be taken out of use.

    Signals:
        void_requested(reason): void it.
    """

    void_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        row = QHBoxLayout(self)
        theme.space(row, 16, 8, 16, 8, gap=10)
        self._reason = Line("作废原因", "写明作废原因；编号保留，不再使用")
        self._reason.entered.connect(self._void)
        row.addWidget(label("作废原因"))
        row.addWidget(self._reason, 1)
        row.addWidget(button("不作废", self.hide))
        row.addWidget(button("作废登记", self._void))
        self.hide()

    def ask(self) -> None:
        """Ask."""
        self._reason.clear()
        self.show()
        self._reason.setFocus()

    def _void(self) -> None:
        self.void_requested.emit(self._reason.text())


class RoundBar(QFrame):
    """Says that the papers are shown as they were in an earlier round, and leads back."""

    def __init__(self, theme: Theme, back: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._words = label("", "warning", wrap=True)
        row = QHBoxLayout(self)
        theme.space(row, 16, 6, 16, 6, gap=10)
        row.addWidget(self._words, 1)
        row.addWidget(button("回到现在", back, key="Esc"))
        self.hide()

    def show_round(self, number: int) -> None:
        """Say which round it is."""
        self._words.setText(f"！文书里的回访和核实是第 {number} 轮的，只看不改。")
        self.show()


def _colour(petition: Petition) -> str:
    if petition.state is not PetitionState.REGISTERED:
        return PetitionState.VOID.value
    return "done" if petition.stage in CONCLUDED_STAGES else ""


def _facts(matter: Matter) -> list[str]:
    """Give what the matter is, in a few words."""
    petition, first = matter.petition, name_on_paper(matter.petitioner)
    count = petition.headcount or len(matter.petitioners)
    facts = [f"{first} 等{count}人" if count > 1 else first, petition.channel.label]
    if petition.kind:
        facts.append(petition.kind.label + ("（保密）" if petition.is_sealed else ""))
    if petition.route:
        facts.append(petition.route.label)
    if petition.responsible_body:
        facts.append(petition.responsible_body)
    if petition.state is PetitionState.VOID:
        facts = [f"作废原因：{petition.void_reason}", *facts]
    return list(filter(None, facts))
