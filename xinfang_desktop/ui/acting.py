"""Acting (办理): what may be done with a matter: the next act, the others, taking one back.

The page says which matter; here it is asked what may follow, an act is filled in and done, and what
was typed for an act stays until it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from xinfang_desktop.casework import guiding, handling, names_used
from xinfang_desktop.casework.conditions import Facts
from xinfang_desktop.casework.flows import ACTS
from xinfang_desktop.casework.handling import Offer, UnconfirmedError, Way
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.casework.paper_following import follow
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.papers import AnyPaper
from xinfang_desktop.models import Action, PaperMove, Petition, PetitionState, Right, Step
from xinfang_desktop.models.way import Act, AskKind

from .act_panel import BY, ActDraft, ActPanel, ActSheet, Answers
from .desk import Desk
from .offer_list import OfferList
from .way_bar import WayRow

WIDTH, MOST_ROOM = 372, 0.43
_NOTHING = "这一件现在没有可以办理的；已归档、已作废的件在「经过」里看。"
_READ_ONLY = "本账户只能查看，不能办理。需要办理时请换用经办账户（Ctrl+L 锁定后输入密码）。"


@dataclass(frozen=True)
class Situation:
    """Where a matter stands and what may follow."""

    facts: Facts
    way: Way
    offers: tuple[Offer, ...]

    @property
    def petition(self) -> Petition:
        """The matter."""
        return self.facts.petition

    @property
    def following(self) -> Offer | None:
        """What to do next."""
        return guiding.next_offer(self.offers, self.facts)


class Acting(QStackedWidget):
    """The side of a matter's page where it is handled; hidden while nothing is being done.

    Signals:
        acted(paper): an act was done, or taken back; the key of the paper to print, or nothing.
        shown(visible): the side was opened or put away.
        merging_requested(): the matter is to be merged with another.
    """

    acted = Signal(str)
    shown = Signal(bool)
    merging_requested = Signal()

    def __init__(
        self, desk: Desk, row: WayRow, papers: dict[str, AnyPaper], settle: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._desk, self._row, self._papers, self._settle = desk, row, papers, settle
        self._number = ""
        self._situation: Situation | None = None
        self._drafts: dict[tuple[str, Action], ActDraft] = {}
        self.panel = ActPanel(desk.theme)
        self.offers = OfferList(desk.theme)
        for part in (self.offers, self.panel):
            self.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setProperty("role", "surface")
        row.next_requested.connect(self.open_next)
        row.others_requested.connect(self.open_others)
        self.offers.chosen.connect(self._chosen)
        self.offers.left.connect(self.put_away)
        self.panel.left.connect(self.put_away)
        self.panel.done_requested.connect(self._do)
        self.panel.recusal_requested.connect(lambda: self.open_act(Action.RECUSE))
        self.hide()

    @property
    def situation(self) -> Situation | None:
        """Where the matter stands."""
        return self._situation

    @property
    def is_open(self) -> bool:
        """Whether something is being done."""
        return not self.isHidden()

    @property
    def is_composing(self) -> bool:
        """Whether the input method still holds text here."""
        return self.is_open and self.panel.is_composing

    @property
    def latest(self) -> Step | None:
        """The latest act, which may be taken back."""
        steps = self._situation.facts.steps if self._situation else ()
        return steps[-1] if steps and self._may_act else None

    def fit(self, room: int) -> None:
        """Take the width that is usual, or as much of ``room`` as the paper can spare."""
        self.setFixedWidth(min(self._desk.theme.px(WIDTH), round(room * MOST_ROOM)))

    def show_matter(self, number: str) -> None:
        """Show where a matter stands; what is being typed for it stays."""
        if number != self._number:
            self._keep()
            self.put_away()
            self._number = number
        self._situation = self._desk.look(self._read)
        situation = self._situation
        if situation is None:
            self.put_away()
            return
        registered = situation.petition.registered_at
        self._row.bar.show_way(situation.way, registered.date() if registered else None)
        following = situation.following if self._may_act else None
        paper = (
            self._title(guiding.papers_of_act(following.act, situation.facts)) if following else ""
        )
        self._row.show_acts(
            following.action if following else None, paper, others=bool(self._listed)
        )
        if self.is_open and self.currentWidget() is self.panel:
            self._renew()
        elif self.is_open:
            self.offers.show_offers(self._listed, self._latest_words)

    def open_next(self) -> None:
        """Open the next act; asked for once more, begin at its first blank."""
        following = self._situation.following if self._situation else None
        if not self._desk.may(Right.WORK):
            self._desk.failed.emit(_READ_ONLY)
        elif following is None:
            self._desk.told.emit(_NOTHING)
        else:
            self.open_act(following.action)

    def open_act(self, action: Action) -> None:
        """Open an act with its blanks; changes of the paper are saved before."""
        self._keep()
        if not self._settle():
            return
        sheet = self._sheet(action)
        if sheet is None:
            return
        draft = self._drafts.get((self._number, action), ActDraft())
        self.panel.show_act(sheet, draft, self._desk.today())
        self._open(self.panel)
        self.panel.take_focus()

    def open_others(self) -> None:
        """List everything that may be done."""
        if not self._desk.may(Right.WORK):
            self._desk.failed.emit(_READ_ONLY)
            return
        self._keep()
        if not self._listed and self.latest is None:
            self._desk.told.emit(_NOTHING)
            return
        self.offers.show_offers(self._listed, self._latest_words)
        self._open(self.offers)
        self.offers.list.setFocus()

    def put_away(self) -> None:
        """Hide the side; what was typed is kept."""
        self._keep()
        if self.is_open:
            self.hide()
            self._row.step_back(back=False)
            self.shown.emit(False)

    def take_back(self) -> None:
        """Take the latest act back, also days later."""
        viewer, now, number = self._desk.viewer, self._desk.now(), self._number
        told = self._desk.attempt(
            lambda session: handling.take_back(session, number, viewer=viewer, now=now)
        )
        if told is not None:
            self.put_away()
            self.acted.emit("")
            self._desk.tell_undoable(f"已{told}")

    # inside

    @property
    def _may_act(self) -> bool:
        situation = self._situation
        return (
            situation is not None
            and self._desk.may(Right.WORK)
            and situation.petition.state is PetitionState.REGISTERED
        )

    @property
    def _listed(self) -> tuple[Offer, ...]:
        return self._situation.offers if self._situation and self._may_act else ()

    @property
    def _latest_words(self) -> str:
        last = self.latest
        return (
            f"{last.action.label}，{last.done_on:%Y-%m-%d} {last.done_by}".strip() if last else ""
        )

    def _read(self, session: Any) -> Situation:  # noqa: ANN401 - the store's, not ours
        viewer = self._desk.viewer
        matter = load_matter(session, self._number, viewer=viewer)
        id = matter.petition.id
        assert id is not None
        return Situation(
            handling.facts_of(session, matter),
            handling.way(session, id, viewer=viewer),
            tuple(handling.offers(session, id, viewer=viewer)),
        )

    def _open(self, part: ActPanel | OfferList) -> None:
        self.setCurrentWidget(part)
        self._row.step_back(back=part is self.panel)
        if not self.is_open:
            self.show()
            self.shown.emit(True)

    def _chosen(self, action: Action) -> None:
        if action is Action.TAKE_BACK:
            self.take_back()
        elif action is Action.MERGE:
            self.merging_requested.emit()
        else:
            self.open_act(action)

    def _renew(self) -> None:
        """Show in the open act what the matter says now, or put away what may no longer be done."""
        sheet = self._sheet(self.panel.action) if self.panel.action else None
        if sheet is None:
            self.put_away()
        else:
            self.panel.renew(sheet, self._desk.today())

    def _sheet(self, action: Action) -> ActSheet | None:
        situation = self._situation
        offer = next((one for one in self._listed if one.action is action), None)
        if situation is None or offer is None:
            return None
        facts, act = situation.facts, offer.act
        target = guiding.leads_to(action, facts)
        return ActSheet(
            act=act,
            asks=handling.asks_of(act, facts),
            office=facts.matter.office,
            who=handling.who_acts(act, facts),
            by=guiding.usual_by(act, facts, self._desk.viewer),
            leads_to=target.label if target else "",
            papers=tuple(self._papers[key].title for key in guiding.papers_of_act(act, facts)),
            refusal=offer.refusal,
            usual=guiding.usual_words(action, facts),
            proposals=self._proposals(act),
        )

    def _proposals(self, act: Act) -> dict[str, list[str]]:
        """Give what was written before in the short blanks of an act; leaders by their names."""
        viewer = self._desk.viewer
        office = self._desk.office

        def read(session: Any) -> dict[str, list[str]]:  # noqa: ANN401 - the store's
            found = {
                ask.key: names_used.answers_used(session, ask, viewer=viewer)
                for ask in act.asks
                if ask.kind is AskKind.LINE
            }
            return {**found, BY: names_used.names_used(session, act, viewer=viewer)}

        found = self._desk.read(read)
        if guiding.is_leaders(act):
            named = [leader.name for leader in office.leaders if leader.name]
            found[BY] = list(dict.fromkeys((*found[BY], *named)))[: names_used.MOST]
        return found

    def _title(self, keys: tuple[str, ...]) -> str:
        return self._papers[keys[0]].title if keys else ""

    def _keep(self) -> None:
        """Keep what is typed for the act that is open."""
        if self.is_open and self.panel.action and self.currentWidget() is self.panel:
            self._drafts[self._number, self.panel.action] = self.panel.draft

    def _do(self, confirmed: frozenset[str]) -> None:
        action = self.panel.action
        if action is None or not self._settle():
            return
        answers = self.panel.answers()
        if answers is None:
            return
        try:
            done = self._desk.do(lambda session: self._step(session, action, answers, confirmed))
        except UnconfirmedError as error:
            offered = {offer.action for offer in self._listed}
            self.panel.ask_about(error.concern, may_recuse=Action.RECUSE in offered)
        except OfficeError as error:
            self.panel.refuse(error.sentence)
        else:
            self._done(*done)

    def _step(
        self,
        session: Any,  # noqa: ANN401 - the store's
        action: Action,
        answers: Answers,
        confirmed: frozenset[str],
    ) -> tuple[Step, list[PaperMove]]:
        viewer, now = self._desk.viewer, self._desk.now()
        done = handling.step(
            session,
            self._number,
            action,
            viewer=viewer,
            now=now,
            on=answers.on,
            at=answers.at,
            by=answers.by,
            confirmed=confirmed,
            said=answers.said,
        )
        return done, follow(session, done, viewer=viewer, now=now)

    def _done(self, done: Step, moves: Sequence[PaperMove]) -> None:
        """Put the act away, show what it led to, say where papers went, and offer its paper."""
        situation = self._situation
        assert situation is not None
        self.hide()
        self._row.step_back(back=False)
        self._drafts.pop((self._number, done.action), None)
        keys = guiding.papers_of_act(ACTS[done.action], situation.facts)
        self.shown.emit(False)
        self.acted.emit(keys[0] if keys else "")
        told = f"已办：{done.action.label}"
        states = dict.fromkeys(move.state.label for move in moves)
        if states:
            told += f"；文书随之记为「{'」「'.join(states)}」"
        if keys:
            told += f"；按 Ctrl+P 打印{self._title(keys)}"
        self._desk.tell_undoable(told)
