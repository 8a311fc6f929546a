"""EarlierPanel (以前的事项): what was here before, beside the form, for the clerk to judge."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from xinfang_desktop.casework.duplicates import Proposal
from xinfang_desktop.casework.earlier import Coming, Earlier
from xinfang_desktop.models import Relation

from .deciding import DECISIONS, DecisionButtons
from .theme import Theme
from .widgets.own_keys import OwnKeys
from .widgets.words import button, label

EARLIER_KEY = "Alt+B"
_HINT = "↑ ↓ 换一件 · 1 2 3 判定，再按收回 · Enter 并排看 · Esc 回去接着填"
_LOOK_HINT = "↑ ↓ 换一件 · Enter 并排看 · Esc 回去"
_SEALED = "保密，只写编号和办到哪里"


class EarlierPanel(QWidget):
    """How often the matter came in, the earlier ones like it, and those that are folded.

    One of its parts has the keyboard at a time: the arrows go from one to the next.

    Signals:
        decided(number, relation): this was decided of an earlier matter, or nothing more (None).
        compare_requested(number): it is to be put side by side with this one.
        matter_requested(number): the clerk wants to see that matter.
        stepped(): another part has the keyboard.
        left(): back to where the keyboard came from.
    """

    decided = Signal(str, object)
    compare_requested = Signal(str)
    matter_requested = Signal(str)
    stepped = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._told = Earlier()
        self._may_decide = True
        self._unfolded: set[str] = set()
        self._stops: dict[str, QWidget] = {}
        self._body = QWidget()
        self._column = QVBoxLayout(self)
        theme.space(self._column)
        self._column.addWidget(self._body)
        self.setAccessibleName("以前的事项")
        self.setProperty("help", "earlier")
        decide = {one.key: partial(self._decide_in_hand, one.relation) for one in DECISIONS}
        self._keys = OwnKeys(
            self,
            {
                Qt.Key.Key_Up: partial(self._walk, -1),
                Qt.Key.Key_Down: partial(self._walk, 1),
                Qt.Key.Key_Return: self._enter,
                Qt.Key.Key_Enter: self._enter,
                Qt.Key.Key_Escape: self.left.emit,
                **decide,
            },
        )
        self.hide()

    @property
    def told(self) -> Earlier:
        """What is shown."""
        return self._told

    @property
    def cards(self) -> list["EarlierCard"]:
        """The earlier matters in sight, from the top."""
        return [stop for stop in self._stops.values() if isinstance(stop, EarlierCard)]

    @property
    def has_keyboard(self) -> bool:
        """Whether one of its parts has the keyboard."""
        return self.in_hand is not None

    @property
    def in_hand(self) -> QWidget | None:
        """The part that has the keyboard."""
        focus = QApplication.focusWidget()
        return next((stop for stop in self._stops.values() if stop is focus), None)

    def show_earlier(self, told: Earlier, *, may_decide: bool = True) -> None:
        """Show these; what has the keyboard keeps it, or the next part has it."""
        if (told, may_decide) == (self._told, self._may_decide):
            return
        self._told, self._may_decide = told, may_decide
        self._build()

    def take_up(self, number: str = "") -> bool:
        """Put the keyboard on a matter, or on the first; False where there is nothing."""
        stop = self._stops.get(number, self._first)
        if stop is not None:
            self._hand(stop)
        return stop is not None

    # keys

    def _walk(self, step: int) -> None:
        stops = list(self._stops.values())
        here = self.in_hand
        if here is not None:
            place = stops.index(here) + step
            self._hand(stops[max(0, min(place, len(stops) - 1))])

    def _enter(self) -> None:
        match self.in_hand:
            case EarlierCard() as card:
                self.compare_requested.emit(card.number)
            case QPushButton() as stop:
                stop.click()

    def _decide_in_hand(self, relation: Relation) -> None:
        card = self.in_hand
        if isinstance(card, EarlierCard) and self._may_decide:
            card.decide(relation)

    @property
    def _first(self) -> QWidget | None:
        """The first card; where all are folded, what unfolds them."""
        return next(iter(self.cards), next(iter(self._stops.values()), None))

    def _hand(self, stop: QWidget) -> None:
        self._give_tab(stop)
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stepped.emit()

    # what is shown

    def _build(self) -> None:
        """Build everything anew beside the old, so that the keyboard never goes elsewhere."""
        keys = list(self._stops)
        here = next((key for key, stop in self._stops.items() if stop is self.in_hand), "")
        old, self._body, self._stops = self._body, QWidget(), {}
        column = QVBoxLayout(self._body)
        self._theme.space(column, gap=6)
        for part in self._parts():
            column.addWidget(part)
        self._column.addWidget(self._body)
        self._body.show()
        stops = list(self._stops.values())
        for stop in stops:
            self._keys.watch(stop)
        self._put_in_order(stops)
        self.setVisible(bool(stops))
        if here:
            self._take_up_again(here, keys.index(here))
        self._column.removeWidget(old)
        old.hide()
        old.deleteLater()

    def _put_in_order(self, stops: Sequence[QWidget]) -> None:
        """Let Tab come by here after what stands above, and go on after one stop."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # else Qt puts nothing behind it
        for before, after in pairwise((self, *stops)):
            QWidget.setTabOrder(before, after)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if (first := self._first) is not None:
            self._give_tab(first)

    def _give_tab(self, stop: QWidget) -> None:
        for one in self._stops.values():
            policy = Qt.FocusPolicy.StrongFocus if one is stop else Qt.FocusPolicy.ClickFocus
            one.setFocusPolicy(policy)

    def _take_up_again(self, key: str, place: int) -> None:
        stops = list(self._stops.values())
        if not stops:
            self.left.emit()
            return
        self._hand(self._stops.get(key, stops[min(place, len(stops) - 1)]))

    def _parts(self) -> Iterator[QWidget]:
        told = self._told
        yield from self._times()
        count = len(told.proposals) - len(told.namesakes)
        if told.proposals or told.dismissed:
            yield self._head(f"以前的事项　{count} 件" if count else "以前的事项")
            yield label(_HINT if self._may_decide else _LOOK_HINT, "small", wrap=True)
        yield from map(self._card, told.shown)
        for key, title, folded in (
            ("further", "还有 {} 件相近的", told.further),
            ("namesakes", "只是同名 {} 件", told.namesakes),
            ("dismissed", "已判不是 {} 件", told.dismissed),
        ):
            if folded:
                yield from self._fold(key, title.format(len(folded)), folded)

    def _head(self, words: str) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        self._theme.space(row, gap=6)
        row.addWidget(label(words, "section"))
        row.addStretch(1)
        row.addWidget(label(EARLIER_KEY, "key"))
        return head

    def _times(self) -> Iterator[QWidget]:
        """Say which time the matter comes in, and lead to the others."""
        facts, later = self._told.facts, self._told.later
        if not facts.is_repeat and not later:
            return
        words = f"重复件：第 {facts.which} 次" if facts.is_repeat else "初次件"
        yield label(words, "strong")
        if facts.is_repeat:
            yield self._link("首次", Coming(facts.first_number, facts.first_on))
        for coming in later:
            yield self._link("之后", coming)

    def _link(self, when: str, coming: Coming) -> QWidget:
        day = f"{coming.received_on:%Y-%m-%d}" if coming.received_on else ""
        words = "　".join(filter(None, (when, day, coming.number)))
        made = button(words, partial(self.matter_requested.emit, coming.number), role="link")
        made.setAccessibleDescription("打开这一件")
        self._stops[f"{when}{coming.number}"] = made
        return made

    def _fold(self, key: str, title: str, folded: Sequence[Proposal]) -> Iterator[QWidget]:
        is_open = key in self._unfolded
        made = button(f"{'－' if is_open else '＋'} {title}", role="small")
        made.setAccessibleName(f"{title}，{'收起' if is_open else '展开'}")
        made.clicked.connect(lambda: self._toggle(key))
        self._stops[key] = made
        row = QWidget()
        across = QHBoxLayout(row)
        self._theme.space(across)
        across.addWidget(made)
        across.addStretch(1)
        yield row
        if is_open:
            yield from map(self._card, folded)

    def _toggle(self, key: str) -> None:
        self._unfolded ^= {key}
        self._build()

    def _card(self, proposal: Proposal) -> QWidget:
        card = EarlierCard(self._theme, proposal, may_decide=self._may_decide)
        number = proposal.number
        card.decided.connect(lambda relation: self.decided.emit(number, relation))
        card.compare_requested.connect(lambda: self.compare_requested.emit(number))
        card.matter_requested.connect(lambda: self.matter_requested.emit(number))
        self._stops[number] = card
        return card


class EarlierCard(QFrame):
    """One earlier matter: what it is, why it is proposed, and what was decided of it.

    Signals:
        decided(relation): this was decided, or nothing any more (None).
        compare_requested(): it is to be seen side by side.
        matter_requested(): its own page is wanted.
    """

    decided = Signal(object)
    compare_requested = Signal()
    matter_requested = Signal()

    def __init__(self, theme: Theme, proposal: Proposal, *, may_decide: bool) -> None:
        super().__init__()
        self._proposal = proposal
        self.setProperty("role", "earlier")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._decisions = DecisionButtons(theme, proposal.number)
        self._decisions.show_relation(proposal.relation)
        self._decisions.chosen.connect(self.decided)
        column = QVBoxLayout(self)
        theme.space(column, 9, 7, 9, 7, gap=4)
        head = QHBoxLayout()
        theme.space(head, gap=6)
        head.addWidget(label(proposal.number, "heading"))
        head.addStretch(1)
        head.addWidget(label(proposal.standing, "state"))
        column.addLayout(head)
        column.addWidget(label(self._when, "small", wrap=True))
        if proposal.reason:
            column.addWidget(label(proposal.reason, "reason", wrap=True))
        column.addWidget(label(self._what, "small", wrap=True))
        if may_decide:
            column.addWidget(self._decisions)
        acts = QHBoxLayout()
        theme.space(acts, gap=4)
        for made in (
            button("并排看", self.compare_requested.emit, role="small", key="Enter"),
            button("打开", self.matter_requested.emit, role="small"),
        ):
            made.setAccessibleName(f"{proposal.number}：{made.accessibleName()}")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            acts.addWidget(made)
        acts.addStretch(1)
        column.addLayout(acts)
        told = (proposal.number, self._when, proposal.standing, proposal.reason, self._decided)
        self.setAccessibleName("，".join(filter(None, told)))
        self.setAccessibleDescription(self._what)

    @property
    def number(self) -> str:
        """The number of the earlier matter."""
        return self._proposal.number

    @property
    def proposal(self) -> Proposal:
        """The earlier matter."""
        return self._proposal

    def decide(self, relation: Relation) -> None:
        """Decide; the decision that was made is taken back."""
        self._decisions.choose(relation)

    @property
    def _when(self) -> str:
        day = self._proposal.received_on
        times = f"来过 {self._proposal.times} 次"
        return " · ".join(filter(None, (day.isoformat() if day else "", times)))

    @property
    def _what(self) -> str:
        if self._proposal.sealed:
            return _SEALED
        return "　".join(filter(None, (self._proposal.name, self._proposal.claim_start)))

    @property
    def _decided(self) -> str:
        relation = self._proposal.relation
        return f"已判{relation.label}" if relation else ""
