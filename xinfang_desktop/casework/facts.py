"""Facts of a matter that follow from what is recorded: 初次、重复, 集体访, 联名, 越级, 补录, 并件.

The same facts stand here twice: for one matter, in words, and as conditions over many for figures
and lists. A condition is SQL about the table ``petition AS p``. They are facts of matters: none of
them counts against a person or a village.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Channel,
    Matter,
    OfficeProfile,
    Petition,
    PetitionState,
    Relation,
    Viewer,
)

from . import linking
from .filters import USUAL_DAYS_TO_ENTER
from .matters import office_profile
from .numbering import find_by_number
from .sealing import admit

LEAST_SIGNERS = 5
"""From how many who sign a letter or a web entry is 联名; usage of the bureaus, five included."""

_JOINT = (Channel.LETTER, Channel.ONLINE)
_GONE = "这一件已不在数据里，请刷新列表后再试。"

COUNTED = f"p.state = '{PetitionState.REGISTERED.value}'"
"""What figures count: not the void ones, and a doublet once, with the matter it was merged into."""

REPEATED = "p.repeat_of IS NOT NULL"
"""重复: the same matter came in before; every other one is 初次."""

BYPASSING = "p.bypassing"
"""越级: marked by the clerk (article 20), told in aggregate figures only."""

JOINT = (
    f"p.channel IN ({', '.join(repr(channel.value) for channel in _JOINT)})"
    f" AND p.headcount >= {LEAST_SIGNERS}"
)
"""联名信、联名网上信访."""


def group_visits(office: OfficeProfile) -> str:
    """Give the condition of 集体访: a visit of as many as the office counts, inclusive."""
    return f"p.channel = '{Channel.VISIT.value}' AND p.headcount >= {office.group_threshold:d}"


@dataclass(frozen=True)
class Fact:
    """One fact in words, and the number of the matter that it leads to, where it leads to one."""

    words: str
    number: str = ""


@dataclass(frozen=True)
class Facts:
    """What is so of one matter.

    Attributes:
        times: how often the same matter came in so far, this time included; 1 is 初次.
        which: the how-manieth time this one is.
        first_number: the number of the first of them, empty where this is it.
        first_on: the day of the first, or None.
        late_days: days from the day it came in to the day it was entered, of one entered late.
        merged_into: the number of the matter it was merged into, or empty.
        doublets: the numbers of the matters merged into it.
    """

    times: int = 1
    which: int = 1
    first_number: str = ""
    first_on: date | None = None
    is_group_visit: bool = False
    is_joint: bool = False
    is_bypassing: bool = False
    received_on: date | None = None
    entered_on: date | None = None
    visited: bool = True
    merged_into: str = ""
    doublets: tuple[str, ...] = ()
    former_number: str = ""

    @property
    def is_repeat(self) -> bool:
        """Whether the same matter came in before."""
        return bool(self.first_number)

    @property
    def late_days(self) -> int:
        """Days from the day it came in to the day it was entered, where it was entered late."""
        if self.received_on is None or self.entered_on is None:
            return 0
        days = (self.entered_on - self.received_on).days
        return days if days > USUAL_DAYS_TO_ENTER else 0

    @property
    def words(self) -> tuple[str, ...]:
        """The facts as a matter's page says them, one by one; an ordinary matter has none."""
        return tuple(fact.words for fact in self.told)

    @property
    def told(self) -> tuple[Fact, ...]:
        """The same, each with the number of the matter that it leads to."""
        return tuple(self._told())

    def _told(self) -> Iterator[Fact]:
        if self.merged_into:
            yield Fact(f"已并入{self.merged_into}", self.merged_into)
        if self.is_repeat:
            since = f"{self.first_on:%Y-%m-%d}，" if self.first_on else ""
            words = f"重复件：第{self.which}次，首次{since}{self.first_number}"
            yield Fact(words, self.first_number)
        elif self.times > 1:
            yield Fact(f"初次件，之后又来{self.times - 1}次")
        for holds, words in (
            (self.is_group_visit, "集体访"),
            (self.is_joint, "联名"),
            (self.is_bypassing, "越级走访"),
        ):
            if holds:
                yield Fact(words)
        if self.late_entry:
            yield Fact(self.late_entry)
        if self.former_number:
            yield Fact(f"原编号 {self.former_number}")
        for number in self.doublets:
            yield Fact(f"并入了{number}", number)

    @property
    def late_entry(self) -> str:
        """Both days and what lies between, of a matter that was entered late (补录)."""
        if not self.late_days or self.received_on is None or self.entered_on is None:
            return ""
        shape = "%m-%d" if self.received_on.year == self.entered_on.year else "%Y-%m-%d"
        came = "来访" if self.visited else "收到"
        return (
            f"{self.received_on:{shape}}{came}，{self.entered_on:{shape}}补录，"
            f"迟录{self.late_days}天"
        )


def facts_of(session: Session, petition_id: int, *, viewer: Viewer) -> Facts:
    """Give the facts of a matter.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    petition = session.get(Petition, petition_id)
    if petition is None:
        raise OfficeError(_GONE)
    admit(petition, viewer)
    entered = petition.registered_at.date() if petition.registered_at else None
    into = linking.standing_for(session, petition) if petition.merged_into else None
    own = _of_itself(petition, petition.headcount or 0, office_profile(session), entered)
    chain = linking.chain_of(session, petition)
    before = [one for one in chain if linking.arrival(one) < linking.arrival(petition)]
    return replace(
        _in_chain(own, before, len(chain)) if petition in chain else own,
        merged_into=into.number if into else "",
        doublets=tuple(one.number for one in linking.doublets(session, petition_id)),
    )


def facts_of_draft(session: Session, matter: Matter, *, viewer: Viewer, today: date) -> Facts:
    """Give the facts that a matter would have, were it registered ``today`` as it stands.

    Which time it is follows from what was decided of earlier matters while it was typed.
    """
    petition = matter.petition
    heads = petition.headcount or sum(bool(person.name) for person in matter.petitioners)
    own = _of_itself(petition, heads, matter.office, today)
    if petition.is_sealed and not viewer.cleared:
        return own
    chain = {
        one.id: one
        for number, relation in matter.decisions.items()
        if relation is Relation.SAME_MATTER
        and (earlier := linking.standing_for(session, find_by_number(session, number)))
        and earlier.is_sealed == petition.is_sealed
        for one in linking.chain_of(session, earlier)
    }
    arrived = petition.received_on or today
    before = [one for one in chain.values() if linking.arrival(one)[0] <= arrived]
    return _in_chain(own, sorted(before, key=linking.arrival), len(chain) + 1)


def _of_itself(
    petition: Petition, heads: int, office: OfficeProfile, entered_on: date | None
) -> Facts:
    """Give what is so of a matter whatever came before it."""
    return Facts(
        is_group_visit=petition.channel is Channel.VISIT and heads >= office.group_threshold,
        is_joint=petition.channel in _JOINT and heads >= LEAST_SIGNERS,
        is_bypassing=petition.bypassing,
        received_on=petition.received_on,
        entered_on=entered_on,
        visited=petition.channel is Channel.VISIT,
        former_number=petition.former_number,
    )


def _in_chain(own: Facts, before: Sequence[Petition], times: int) -> Facts:
    """Say of a matter that came in ``times`` times which of them it is, after those ``before``."""
    if not before:
        return replace(own, times=times)
    first = before[0]
    return replace(
        own,
        times=times,
        which=len(before) + 1,
        first_number=first.number,
        first_on=first.received_on,
    )
