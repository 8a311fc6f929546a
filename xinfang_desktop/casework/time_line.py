"""The time line of a matter (经过): its steps, what each wrote, its papers and where they went.

One list for whoever shows it. What was taken back stays in it and says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from sqlmodel import Session, col, select

from xinfang_desktop.models import (
    Action,
    FollowUp,
    IssuedPaper,
    Matter,
    PaperMove,
    PaperState,
    Step,
    Verification,
    Viewer,
)

from .audit import FieldChangeLine, field_history, field_title
from .facts import facts_of
from .flows import ACTS
from .matters import history, load_matter_by_id
from .paper_states import moves_of
from .papers import issued
from .written import WroteOver, wrote_over

_OF_THE_ACT = {
    "petition.stage",
    "follow_up.made_on",
    "follow_up.made_by",
    "verification.original_conclusion",
}
"""What an act writes that its line says already, or that stands further down."""

_OF_ROUNDS = {
    Action.CALL_IN_VAIN,
    Action.FOLLOW_UP,
    Action.UNREACHABLE,
    Action.VERIFY,
    Action.ASSIGN_VERIFICATION,
    Action.ACCOUNT,
    Action.ISSUE_ACCOUNT,
}


@dataclass(frozen=True)
class Told:
    """Something that an act said besides its own words, under the title of its field."""

    title: str
    value: object


@dataclass(frozen=True)
class Moved:
    """Where papers went together: in which state they are since ``on``, and with whom."""

    state: PaperState
    on: date
    by: str
    papers: tuple[IssuedPaper, ...]
    holder: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing in the time line: a step, a paper printed or moved, or fields changed by hand.

    ``told`` is what an act of the way said, ``changes`` are fields that were something else
    before; ``round`` counts the rounds of asking back and verifying, from 1.
    """

    at: datetime
    step: Step | None = None
    paper: IssuedPaper | None = None
    moved: Moved | None = None
    told: tuple[Told, ...] = ()
    changes: tuple[FieldChangeLine, ...] = ()
    round: int = 0

    @property
    def is_taken_back(self) -> bool:
        """Whether it counts no more."""
        return self.step is not None and self.step.taken_back

    @property
    def is_of_the_way(self) -> bool:
        """Whether it is an act of the way of the matter."""
        return self.step is not None and self.step.stage is not None


def time_line(session: Session, petition_id: int, *, viewer: Viewer) -> list[Entry]:
    """Give everything that was done with a matter, the latest first.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    steps = history(session, petition_id, viewer=viewer)
    changes = field_history(session, petition_id, viewer=viewer)
    papers = issued(session, petition_id, viewer=viewer)
    of_moment: dict[datetime, list[FieldChangeLine]] = {}
    for change in reversed(changes):
        of_moment.setdefault(change.at, []).append(change)
    late = facts_of(session, petition_id, viewer=viewer).late_entry
    entries = [_with_late_entry(entry, late) for entry in _of_steps(steps, of_moment)]
    entries += [Entry(at, changes=tuple(alone)) for at, alone in of_moment.items()]
    entries += [Entry(paper.issued_at, paper=paper) for paper in reversed(papers)]
    entries += _of_moves(moves_of(session, petition_id, viewer=viewer), papers)
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def rounds_of(session: Session, petition_id: int, *, viewer: Viewer) -> list[int]:
    """Give the rounds that a matter has been asked back or verified in.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    load_matter_by_id(session, petition_id, viewer=viewer)
    found: set[int] = set()
    for kind in (FollowUp, Verification):
        found |= set(session.exec(select(col(kind.round)).where(kind.petition_id == petition_id)))
    return sorted(found)


def in_round(session: Session, petition_id: int, number: int, *, viewer: Viewer) -> Matter:
    """Give a matter as its papers show it in an earlier round of asking back and verifying.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    matter = load_matter_by_id(session, petition_id, viewer=viewer)
    key = (petition_id, number)
    matter.follow_up = session.get(FollowUp, key) or FollowUp(petition_id=key[0], round=number)
    matter.verification = session.get(Verification, key) or Verification(
        petition_id=key[0], round=number
    )
    return matter


def _of_steps(steps: list[Step], of_moment: dict[datetime, list[FieldChangeLine]]) -> list[Entry]:
    """Give an entry for every step, with the changes of its moment; these are taken out.

    Several steps of one moment share it: the fields that none of them wrote as an act are told
    with the last.
    """
    last_of = {step.recorded_at: step for step in steps}
    wrote = {step.id: wrote_over(step.written) for step in steps}
    of_acts: dict[datetime, set[str]] = {}
    for step in steps:
        fields = of_acts.setdefault(step.recorded_at, set())
        if step.stage is not None:
            fields |= {one.field for one in wrote[step.id]} | _OF_THE_ACT
    entries, verifications = [], 0
    for step in steps:
        written = wrote[step.id]
        verifications += step.action is Action.VERIFY and not step.taken_back
        by_hand: list[FieldChangeLine] = []
        if last_of[step.recorded_at] is step:
            changes, fields = of_moment.pop(step.recorded_at, []), of_acts[step.recorded_at]
            by_hand = [change for change in changes if change.field not in fields]
        entries.append(
            Entry(
                at=step.recorded_at,
                step=step,
                told=tuple(_told(step, written)),
                changes=tuple(by_hand),
                round=_round(step, verifications),
            )
        )
    return entries


def _with_late_entry(entry: Entry, late: str) -> Entry:
    """Let the entry that tells of the registration say that it was late."""
    is_registration = entry.step is not None and entry.step.action is Action.REGISTER
    return (
        replace(entry, told=(*entry.told, Told("补录", late)))
        if late and is_registration
        else entry
    )


def _of_moves(moves: Iterable[PaperMove], papers: Iterable[IssuedPaper]) -> Iterator[Entry]:
    """Give an entry for the papers that went to one place at one moment; what is one sheet with
    another (续打) went nowhere."""
    by_id = {paper.id: paper for paper in papers}
    noted = (move for move in moves if move.state is not PaperState.CARRIED_ON)
    for (at, state, holder, on), together in groupby(noted, _whither):
        some = list(together)
        found = (by_id.get(move.paper_id) for move in some)
        yield Entry(
            at,
            moved=Moved(
                state,
                on,
                some[0].moved_by,
                tuple(paper for paper in found if paper is not None),
                holder,
                some[0].remarks,
            ),
        )


def _whither(move: PaperMove) -> tuple[datetime, PaperState, str, date]:
    return move.moved_at, move.state, move.holder, move.moved_on


def _told(step: Step, written: list[WroteOver]) -> list[Told]:
    """Give what an act wrote, as its own asks call it; days and stages stand in its line."""
    act = ACTS.get(step.action)
    own = {ask.lands: ask.title for ask in act.asks} if act else {}
    dates = {f"petition.{act.dates}"} if act and act.dates else set()
    return [
        Told(own.get(one.field) or field_title(one.field), one.after)
        for one in written
        if one.field not in _OF_THE_ACT | dates
        and not _is_said(one, step)
        and one.after not in (None, "", 0)
    ]


def _is_said(one: WroteOver, step: Step) -> bool:
    """Tell whether the line of the step says it: to whom a matter goes."""
    return one.after == step.body and one.field == "petition.responsible_body"


def _round(step: Step, verifications: int) -> int:
    """Give the round that a step belongs to: each verification asks back once more after it."""
    if step.action not in _OF_ROUNDS:
        return 0
    asks_back = (Action.CALL_IN_VAIN, Action.FOLLOW_UP, Action.UNREACHABLE)
    return verifications + 1 if step.action in asks_back else max(verifications, 1)
