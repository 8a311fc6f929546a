"""Reading a matter whole, its history and its links, and the office's own profile."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    OFFICE_SETTING,
    FollowUp,
    Matter,
    Noted,
    OfficeProfile,
    Participation,
    Petition,
    Petitioner,
    PetitionLink,
    Relation,
    Setting,
    Step,
    Verification,
    Viewer,
)

from . import linking
from .audit import note
from .numbering import find_by_number
from .rounds import latest, latest_acts, words_of
from .sealing import admit

_UNKNOWN = "没有找到这个编号的信访事项，请核对编号。"
_GONE = "这一件已不在数据里，请刷新列表后再试。"


@dataclass(frozen=True)
class Link:
    """Another matter that a clerk decided hangs together with this one."""

    number: str
    received_on: date | None
    relation: Relation
    is_earlier: bool


def load_matter(session: Session, number: str, *, viewer: Viewer) -> Matter:
    """Read the matter of ``number`` with everything its papers show.

    Raises:
        OfficeError: no matter has the number, or it is sealed and ``viewer`` is not cleared.
    """
    petition = find_by_number(session, number)
    if petition is None:
        raise OfficeError(_UNKNOWN)
    return _whole(session, petition, viewer)


def load_matter_by_id(session: Session, petition_id: int, *, viewer: Viewer) -> Matter:
    """Read the matter a list points to.

    Raises:
        OfficeError: it is gone, or sealed and ``viewer`` is not cleared.
    """
    petition = session.get(Petition, petition_id)
    if petition is None:
        raise OfficeError(_GONE)
    return _whole(session, petition, viewer)


def petitioners_of(session: Session, petition_id: int) -> list[Petitioner]:
    """Give the petitioners of a matter, the primary one first."""
    return list(
        session.exec(
            select(Petitioner)
            .join(Participation, col(Participation.petitioner_id) == col(Petitioner.id))
            .where(Participation.petition_id == petition_id)
            .order_by(col(Participation.position))
        )
    )


def office_profile(session: Session) -> OfficeProfile:
    """Give the office's profile."""
    setting = session.get(Setting, OFFICE_SETTING)
    return OfficeProfile.model_validate_json(setting.value) if setting else OfficeProfile()


def save_office_profile(session: Session, profile: OfficeProfile) -> None:
    """Keep the office's profile; numbers already given stay as they are."""
    setting = session.get(Setting, OFFICE_SETTING) or Setting(key=OFFICE_SETTING, value="")
    setting.value = profile.model_dump_json()
    session.add(setting)


def history(session: Session, petition_id: int, *, viewer: Viewer | None = None) -> list[Step]:
    """Give what was done with a matter, in the order it was recorded.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    _admitted(session, petition_id, viewer)
    steps = select(Step).where(Step.petition_id == petition_id).order_by(col(Step.id))
    return list(session.exec(steps))


def links(session: Session, petition_id: int, *, viewer: Viewer | None = None) -> list[Link]:
    """Give the matters linked with one, by number only, the earlier ones first.

    Links of a doublet that was merged into it count as its own. A sealed matter is not named to
    those who may not read it: its link would tell whose it is.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    matter = _admitted(session, petition_id, viewer)
    own = {petition_id, *(one.id for one in linking.doublets(session, petition_id))}
    seen: dict[str, Link] = {}
    for decided in session.exec(_links_of(own)):
        end = decided.earlier_id if decided.petition_id in own else decided.petition_id
        other = linking.standing_for(session, session.get(Petition, end))
        if other is None or other.id in own or not _may_be_named(other, matter, viewer):
            continue
        is_earlier = _order(other) < _order(matter)
        if other.number not in seen or decided.relation is Relation.SAME_MATTER:
            link = Link(other.number, other.received_on, decided.relation, is_earlier)
            seen[other.number] = link
    return sorted(
        seen.values(), key=lambda link: (not link.is_earlier, link.received_on or date.max)
    )


def _links_of(ids: set[int | None]) -> SelectOfScalar[PetitionLink]:
    ends = or_(col(PetitionLink.petition_id).in_(ids), col(PetitionLink.earlier_id).in_(ids))
    return select(PetitionLink).where(ends, PetitionLink.relation != Relation.UNRELATED)


def _order(petition: Petition) -> tuple[date, int]:
    return petition.received_on or date.max, petition.id or 0


def _may_be_named(other: Petition, beside: Petition, viewer: Viewer | None) -> bool:
    return other.is_sealed == beside.is_sealed or bool(viewer and viewer.cleared)


def _admitted(session: Session, petition_id: int, viewer: Viewer | None) -> Petition:
    petition = session.get(Petition, petition_id)
    if petition is None:
        raise OfficeError(_GONE)
    admit(petition, viewer)
    return petition


def _whole(session: Session, petition: Petition, viewer: Viewer) -> Matter:
    admit(petition, viewer)
    if petition.is_sealed:
        note(session, Noted.VIEW_SEALED, number=petition.number)
    assert petition.id is not None
    return Matter(
        office=office_profile(session),
        petition=petition,
        petitioners=petitioners_of(session, petition.id) or [Petitioner()],
        follow_up=latest(session, FollowUp, petition.id),
        verification=latest(session, Verification, petition.id),
        words=words_of(session, petition.id),
        done=latest_acts(session, petition.id),
    )
