"""Names that were written before in the same place: proposed again, so that they are typed once.

They are names of offices and of those who work in them, never of petitioners. What was written in
accusations is proposed to cleared accounts only.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, or_, select

from xinfang_desktop.models import Action, Kind, Petition, Step, Viewer
from xinfang_desktop.models.way import Act, Actor, Ask

from .flows import ACTS
from .matters import office_profile

MOST = 5
_LATEST = 5_000
"""How many of the latest rows are looked at: what was usual lately is proposed."""


def names_used(session: Session, act: Act, *, viewer: Viewer) -> list[str]:
    """Give who lately did what falls to the same role as ``act``, the latest first."""
    alike = [one.action for one in ACTS.values() if one.by_title == act.by_title]
    return _of_steps(session, col(Step.done_by), alike, viewer)


def answers_used(session: Session, ask: Ask, *, viewer: Viewer) -> list[str]:
    """Give what an ask for a body or a handler was lately answered, the latest first."""
    if ask.lands == "petition.handler":
        return _handlers(session, viewer)
    if ask.key == "body":
        alike = [
            act.action
            for act in ACTS.values()
            if any(one.key == "body" and one.lands == ask.lands for one in act.asks)
        ]
        return _of_steps(session, col(Step.body), alike, viewer)
    return []


def _of_steps(
    session: Session,
    column: Mapped[str],
    actions: Iterable[Action],
    viewer: Viewer,
) -> list[str]:
    newest = session.exec(select(func.max(Step.id))).one() or 0
    query = (
        select(column)
        .join(Petition, col(Petition.id) == col(Step.petition_id))
        .where(
            col(Step.id) > newest - _LATEST,
            col(Step.action).in_(list(actions)),
            col(Step.taken_back).is_(False),
            column.not_in(_no_names(session)),
            _open_to(viewer),
        )
        .group_by(column)
        .order_by(func.max(Step.id).desc())
        .limit(MOST)
    )
    return list(session.exec(query))


def _handlers(session: Session, viewer: Viewer) -> list[str]:
    newest = session.exec(select(func.max(Petition.id))).one() or 0
    query = (
        select(Petition.handler)
        .where(
            col(Petition.id) > newest - _LATEST,
            col(Petition.handler).not_in(_no_names(session)),
            _open_to(viewer),
        )
        .group_by(col(Petition.handler))
        .order_by(func.max(Petition.id).desc())
        .limit(MOST)
    )
    return list(session.exec(query))


def _no_names(session: Session) -> list[str]:
    """Give what stands in the place of a name where nobody was named: a role."""
    office = office_profile(session)
    roles = (actor.label for actor in Actor)
    return ["", *roles, office.usual_endorser, *office.endorsers.values()]


def _open_to(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.cleared:
        return true()
    return or_(col(Petition.kind).is_(None), col(Petition.kind) != Kind.ACCUSATION)
