"""What papers tell besides the matter itself: rounds, latest acts, the words of letters."""

from dataclasses import fields
from typing import TypeVar

from sqlmodel import Session, col, select

from xinfang_desktop.models import Action, FollowUp, LatestActs, PaperWords, Step, Verification

from .deadlines import due_before_extension

RoundT = TypeVar("RoundT", FollowUp, Verification)
_KEYS = {"petition_id", "round"}


def latest(session: Session, kind: type[RoundT], petition_id: int) -> RoundT:
    """Give the latest round, or an empty first one."""
    rounds = select(kind).where(kind.petition_id == petition_id).order_by(col(kind.round).desc())
    return session.exec(rounds).first() or kind(petition_id=petition_id)


def keep_round(session: Session, given: RoundT, petition_id: int) -> list[str]:
    """Bring a round to what ``given`` says and give the titles of the fields that changed.

    An empty round that was never kept is not kept now either.
    """
    kind = type(given)
    stored = session.get(kind, (petition_id, given.round))
    before = stored or kind(petition_id=petition_id, round=given.round)
    changed = [
        field.title or name
        for name, field in kind.model_fields.items()
        if name not in _KEYS and getattr(before, name) != getattr(given, name)
    ]
    if changed:
        for name in set(kind.model_fields) - _KEYS:
            setattr(before, name, getattr(given, name))
        session.add(before)
    return changed


def latest_acts(session: Session, petition_id: int) -> LatestActs:
    """Give the latest act of each kind that papers tell of, of those not taken back."""
    told = {field.name for field in fields(LatestActs)} & {action.value for action in Action}
    steps = select(Step).where(
        Step.petition_id == petition_id,
        col(Step.action).in_(sorted(told)),
        col(Step.stage).is_not(None),
        col(Step.taken_back).is_(False),
    )
    acts = LatestActs()
    for step in session.exec(steps.order_by(col(Step.id))):
        setattr(acts, step.action.value, step)
    if acts.extend is not None:
        acts.due_before_extension = due_before_extension(session, petition_id)
    return acts


def words_of(session: Session, petition_id: int) -> dict[str, str]:
    """Give what was written into the letters of a matter, by letter and blank."""
    written = session.exec(select(PaperWords).where(PaperWords.petition_id == petition_id))
    return {one.name: one.text for one in written}


def keep_words(session: Session, given: dict[str, str], petition_id: int) -> list[str]:
    """Bring the words to what ``given`` says; empty words are those nobody wrote."""
    before = words_of(session, petition_id)
    changed = False
    for name in before.keys() | given.keys():
        text = given.get(name, "")
        if text == before.get(name, ""):
            continue
        changed = True
        stored = session.get(PaperWords, (petition_id, name))
        if text:
            stored = stored or PaperWords(petition_id=petition_id, name=name, text=text)
            stored.text = text
            session.add(stored)
        elif stored is not None:
            session.delete(stored)
    return ["文书内容"] if changed else []
