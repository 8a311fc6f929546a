"""Reading a matter whole, its history and its links, and the office's own profile."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

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

from .audit import note
from .numbering import find_by_number
from .rounds import latest, words_of
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

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    _admitted(session, petition_id, viewer)
    earlier = select(Petition, PetitionLink).join(
        PetitionLink, col(PetitionLink.earlier_id) == col(Petition.id)
    )
    later = select(Petition, PetitionLink).join(
        PetitionLink, col(PetitionLink.petition_id) == col(Petition.id)
    )
    found = [
        Link(petition.number, petition.received_on, link.relation, is_earlier)
        for is_earlier, rows in (
            (True, session.exec(earlier.where(PetitionLink.petition_id == petition_id))),
            (False, session.exec(later.where(PetitionLink.earlier_id == petition_id))),
        )
        for petition, link in rows
    ]
    return sorted(found, key=lambda link: (not link.is_earlier, link.received_on or date.max))


def _admitted(session: Session, petition_id: int, viewer: Viewer | None) -> None:
    petition = session.get(Petition, petition_id)
    if petition is None:
        raise OfficeError(_GONE)
    admit(petition, viewer)


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
    )
