"""Papers follow an act: what a leader wrote on is back in the office, what is handed on has left.

An endorsement is known once the sheet that it stands on is here again; nobody should have to say
so twice. With whom a sheet is then follows from the act: the body that it names, or whoever acts
next. Where a sheet really is can be noted otherwise at any time (``paper_states.move``).
"""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from xinfang_desktop.models import Action, PaperMove, PaperState, Step, Viewer

from .flows import ACTS
from .handling import facts_of, who_acts
from .matters import load_matter_by_id
from .paper_states import PaperPlace, move, returned_with, sent_with

GOES_TO: Mapping[Action, Action] = {
    Action.SUBMIT: Action.ASSIGN,
    Action.VERIFY: Action.ASSIGN_VERIFICATION,
}
"""Whoever does the second has the papers that left with the first; else it is the body named."""


def follow(session: Session, step: Step, *, viewer: Viewer, now: datetime) -> list[PaperMove]:
    """Note where papers went with an act that was just done, on its day, and give these moves.

    A paper that came to where it is after that day is noted as of the day it came. What leaves
    for nobody in particular stays where it is.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    holder = _holder(session, step, viewer)
    going = [
        *((one, PaperState.RETURNED, "") for one in _returned(session, step, viewer)),
        *((one, PaperState.SENT, holder) for one in _sent(session, step, viewer) if holder),
    ]
    return [
        made
        for place, state, whom in going
        for made in move(
            session,
            [place.paper_id],
            state,
            viewer=viewer,
            now=now,
            on=max(step.done_on, place.since),
            holder=whom,
        )
    ]


def _returned(session: Session, step: Step, viewer: Viewer) -> list[PaperPlace]:
    return returned_with(session, step.petition_id, step.action, viewer=viewer)


def _sent(session: Session, step: Step, viewer: Viewer) -> list[PaperPlace]:
    return sent_with(session, step.petition_id, step.action, viewer=viewer)


def _holder(session: Session, step: Step, viewer: Viewer) -> str:
    """Name who has the papers that leave with an act; nothing where the act names nobody."""
    following = GOES_TO.get(step.action)
    if following is None:
        return step.body
    matter = load_matter_by_id(session, step.petition_id, viewer=viewer)
    return who_acts(ACTS[following], facts_of(session, matter))
