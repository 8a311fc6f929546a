"""The bin of drafts (草稿回收站): a draft that was thrown away can be had back for seven days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import DiscardedDraft, Draft, Viewer

from . import record_json
from .matters import office_profile
from .sealing import NOT_CLEARED, SEALED_TITLE
from .search import CLAIM_START

KEPT_DAYS = 7

_GONE = "这份草稿已经不在回收站里，可能已取回，或已满七天；其他内容没有改动。"


@dataclass(frozen=True)
class BinLine:
    """A discarded draft as a line of a list; a sealed one says only that it is."""

    id: int
    form: str
    petition_id: int | None
    names: str
    claim_start: str
    saved_at: datetime
    discarded_at: datetime
    gone_on: datetime
    sealed: bool


def put_in_bin(session: Session, draft: Draft, *, now: datetime) -> None:
    """Keep a draft that is thrown away, and let go of those that have lain their seven days."""
    session.add(
        DiscardedDraft(
            form=draft.form,
            petition_id=draft.petition_id,
            content=draft.content,
            sealed=draft.sealed,
            saved_at=draft.saved_at,
            discarded_at=now,
        )
    )
    empty_bin(session, now=now)


def discarded(session: Session, *, viewer: Viewer, now: datetime) -> list[BinLine]:
    """Give what lies in the bin, the latest first; sealed drafts only to those who are cleared."""
    since = now - timedelta(days=KEPT_DAYS)
    query = select(DiscardedDraft).where(col(DiscardedDraft.discarded_at) > since)
    if not viewer.cleared:
        query = query.where(col(DiscardedDraft.sealed).is_(False))
    found = session.exec(query.order_by(col(DiscardedDraft.id).desc()))
    return [_line(session, draft) for draft in found]


def take_from_bin(session: Session, discarded_id: int, *, viewer: Viewer, now: datetime) -> int:
    """Make a discarded draft a draft again and give the draft's id.

    Raises:
        OfficeError: it is gone, or sealed and ``viewer`` is not cleared.
    """
    found = session.get(DiscardedDraft, discarded_id)
    if found is None:
        raise OfficeError(_GONE)
    if found.sealed and not viewer.cleared:
        raise OfficeError(NOT_CLEARED)
    draft = Draft(
        form=found.form,
        petition_id=found.petition_id,
        content=found.content,
        sealed=found.sealed,
        saved_at=now,
    )
    session.add(draft)
    session.delete(found)
    session.flush()
    assert draft.id is not None
    return draft.id


def empty_bin(session: Session, *, now: datetime) -> int:
    """Let go of what has lain in the bin for seven days, and give how many."""
    old = select(DiscardedDraft).where(
        col(DiscardedDraft.discarded_at) <= now - timedelta(days=KEPT_DAYS)
    )
    gone = list(session.exec(old))
    for draft in gone:
        session.delete(draft)
    return len(gone)


def _line(session: Session, draft: DiscardedDraft) -> BinLine:
    assert draft.id is not None
    matter = record_json.load(office_profile(session), draft.content)
    return BinLine(
        id=draft.id,
        form=draft.form,
        petition_id=draft.petition_id,
        names="" if draft.sealed else matter.names,
        claim_start=SEALED_TITLE if draft.sealed else matter.petition.claim[:CLAIM_START],
        saved_at=draft.saved_at,
        discarded_at=draft.discarded_at,
        gone_on=draft.discarded_at + timedelta(days=KEPT_DAYS),
        sealed=draft.sealed,
    )
