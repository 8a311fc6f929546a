"""Drafts (草稿): a form as it is being typed, kept until it is saved or thrown away.

A draft is never refused: it may be empty, wrong, or hold what could not be registered.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Draft, Matter, Viewer

from . import record_json
from .bin import put_in_bin
from .matters import office_profile
from .rounds import latest_acts
from .sealing import NOT_CLEARED, SEALED_TITLE
from .search import CLAIM_START

_GONE = "这份草稿已经不在了，可能已登记或已丢弃；其他内容没有改动。"


@dataclass(frozen=True)
class DraftLine:
    """A draft as a line of a list; a sealed one says only that it is."""

    id: int
    form: str
    petition_id: int | None
    names: str
    claim_start: str
    saved_at: datetime
    sealed: bool


def save_draft(
    session: Session, form: str, matter: Matter, *, draft_id: int | None, now: datetime
) -> int:
    """Keep ``matter`` as it stands in ``form``, in place of the draft before, and give its id."""
    draft = session.get(Draft, draft_id) if draft_id is not None else None
    draft = draft or Draft(form=form, content="", saved_at=now)
    draft.form, draft.content, draft.saved_at = form, record_json.dump(matter), now
    draft.petition_id, draft.sealed = matter.petition.id, matter.petition.is_sealed
    session.add(draft)
    session.flush()
    assert draft.id is not None
    return draft.id


def drafts(session: Session, viewer: Viewer) -> list[DraftLine]:
    """Give the drafts, the latest first; sealed ones only to those who are cleared."""
    query = select(Draft).order_by(col(Draft.saved_at).desc(), col(Draft.id).desc())
    if not viewer.cleared:
        query = query.where(col(Draft.sealed).is_(False))
    office = office_profile(session)
    return [_line(draft, record_json.load(office, draft.content)) for draft in session.exec(query)]


def count_drafts(session: Session, viewer: Viewer) -> int:
    """Give how many drafts ``drafts`` would give."""
    query = select(func.count()).select_from(Draft)
    if not viewer.cleared:
        query = query.where(col(Draft.sealed).is_(False))
    return session.exec(query).one()


def open_draft(session: Session, draft_id: int, *, viewer: Viewer) -> Matter:
    """Give the matter as it was left.

    Raises:
        OfficeError: the draft is gone, or sealed and ``viewer`` is not cleared.
    """
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise OfficeError(_GONE)
    if draft.sealed and not viewer.cleared:
        raise OfficeError(NOT_CLEARED)
    matter = record_json.load(office_profile(session), draft.content)
    if draft.petition_id is not None:
        matter.done = latest_acts(session, draft.petition_id)
    return matter


def discard_draft(session: Session, draft_id: int, *, now: datetime | None = None) -> None:
    """Throw a draft away; one that is gone already is no matter.

    With ``now`` it lies in the bin for seven days. Without, it is gone: so ends the draft of what
    was registered.
    """
    draft = session.get(Draft, draft_id)
    if draft is not None:
        if now is not None:
            put_in_bin(session, draft, now=now)
        session.delete(draft)


def _line(draft: Draft, matter: Matter) -> DraftLine:
    assert draft.id is not None
    return DraftLine(
        id=draft.id,
        form=draft.form,
        petition_id=draft.petition_id,
        names="" if draft.sealed else matter.names,
        claim_start=SEALED_TITLE if draft.sealed else matter.petition.claim[:CLAIM_START],
        saved_at=draft.saved_at,
        sealed=draft.sealed,
    )
