"""The trail (操作记录) as the office reads it, and what casework asks to be noted in it.

Steps of a matter are noted by the store itself. Here is what has no step: a look at a sealed
matter, an unmasked number, a print, an export. An entry holds a number and a kind of thing; no name
of a petitioner, no claim, no words that were searched for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, SQLModel, col, func, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    DOING,
    AuditEntry,
    Doing,
    FieldChange,
    Note,
    Petition,
    Right,
    Viewer,
)
from xinfang_desktop.models.account import RIGHTS

from .sealing import admit

_NOT_ALLOWED = "本账户没有“{right}”的权限，没有执行；数据没有改动。请由有权限的账户操作。"
_GONE = "这一件已不在数据里，请刷新列表后再试。"


@dataclass(frozen=True)
class AuditLine:
    """An entry of the trail as a line of a list."""

    id: int
    at: datetime
    by: str
    act: str
    title: str
    number: str
    detail: str


@dataclass(frozen=True)
class FieldChangeLine:
    """One field that was changed: by whom, from what, to what."""

    at: datetime
    by: str
    field: str
    title: str
    before: str
    after: str


def note(
    session: Session,
    act: str,
    *,
    number: str = "",
    detail: str = "",
    by: str | None = None,
    at: datetime | None = None,
) -> None:
    """Have the trail note ``act`` (a ``Noted``) when this transaction or reading ends.

    ``number`` is a matter's, ``detail`` a form's key, a count or an ending: never what somebody
    said or is called. Who and when are the store's own where they are not given.
    """
    doing: Doing | None = session.info.get(DOING)
    if doing is not None:
        doing.notes.append(Note(act=act, number=number, detail=detail, by=by, at=at))


def require(viewer: Viewer, right: Right) -> None:
    """Refuse what the viewer's role may not do.

    Raises:
        OfficeError: the role has not the right; the sentence names it.
    """
    if not viewer.may(right):
        raise OfficeError(_NOT_ALLOWED.format(right=right.label))


def entries(
    session: Session,
    *,
    viewer: Viewer,
    number: str | None = None,
    by: str | None = None,
    acts: Sequence[str] = (),
    first: date | None = None,
    last: date | None = None,
    before_id: int | None = None,
    limit: int = 200,
) -> list[AuditLine]:
    """Give the entries of the trail, the latest first, a page of ``limit`` at a time.

    ``before_id`` is the last id of the page before; days are inclusive.

    Raises:
        OfficeError: the viewer's role may not read the trail.
    """
    require(viewer, Right.TRAIL)
    query = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(limit)
    for wanted, column in ((number, AuditEntry.number), (by, AuditEntry.by)):
        if wanted is not None:
            query = query.where(col(column) == wanted)
    if acts:
        query = query.where(col(AuditEntry.act).in_(acts))
    if first is not None:
        query = query.where(col(AuditEntry.at) >= datetime.combine(first, time.min))
    if last is not None:
        end = datetime.combine(last + timedelta(days=1), time.min)
        query = query.where(col(AuditEntry.at) < end)
    if before_id is not None:
        query = query.where(col(AuditEntry.id) < before_id)
    return [_line(entry) for entry in session.exec(query)]


def count_entries(session: Session, *, viewer: Viewer) -> int:
    """Give how many entries the trail has.

    Raises:
        OfficeError: the viewer's role may not read the trail.
    """
    require(viewer, Right.TRAIL)
    return session.exec(select(func.count()).select_from(AuditEntry)).one()


def field_history(session: Session, petition_id: int, *, viewer: Viewer) -> list[FieldChangeLine]:
    """Give what was changed in a matter's fields, the latest first.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    petition = session.get(Petition, petition_id)
    if petition is None:
        raise OfficeError(_GONE)
    admit(petition, viewer)
    query = select(FieldChange).where(FieldChange.petition_id == petition_id)
    return [
        FieldChangeLine(
            at=change.at,
            by=change.by,
            field=change.field,
            title=field_title(change.field),
            before=change.before,
            after=change.after,
        )
        for change in session.exec(query.order_by(col(FieldChange.id).desc()))
    ]


def field_title(field: str) -> str:
    """Give the title of a field that is written ``table.column``."""
    table, _, name = field.partition(".")
    kind = _kinds().get(table)
    found = kind.model_fields.get(name) if kind else None
    return (found.title if found else None) or name


def rights_of(viewer: Viewer) -> frozenset[Right]:
    """Give what the viewer's role may do."""
    return RIGHTS[viewer.role]


def _kinds() -> dict[str, type[SQLModel]]:
    """Give every table's model by the table's name."""
    return {
        str(mapper.class_.__tablename__): mapper.class_
        for mapper in SQLModel._sa_registry.mappers  # the one list of all tables
    }


def _line(entry: AuditEntry) -> AuditLine:
    assert entry.id is not None
    return AuditLine(
        entry.id, entry.at, entry.by, entry.act, entry.title, entry.number, entry.detail
    )
