"""What stands beside a matter of those before it (查重): proposals, decisions, how often it came.

``duplicates`` proposes, ``linking`` keeps what was decided; here both are told together, for a
matter that is being typed and for one in the books. What was decided stays in sight, also where
nothing would propose it any more, so that it can be changed and taken back. What is void or merged
has no card: it did not come in by itself, and the chips at the head tell what was merged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from sqlmodel import Session, col, or_, select

from xinfang_desktop.models import Matter, Petition, PetitionLink, PetitionState, Relation, Viewer

from . import linking
from .duplicates import CONCLUSION_START, Proposal, similar
from .facts import Facts, facts_of, facts_of_draft
from .matters import petitioners_of
from .numbering import find_by_number
from .sealing import SEALED_TITLE
from .search import CLAIM_START

MOST = 60
"""Proposals that are asked for: of a common name there may be many."""

SHOWN = 5
"""Proposals that stand in sight; the further ones are folded."""


@dataclass(frozen=True)
class Coming:
    """One of the times that a matter came in."""

    number: str
    received_on: date | None


@dataclass(frozen=True)
class Earlier:
    """Everything to be told beside a matter of those like it.

    Attributes:
        proposals: those told, what was decided of them with them; not those decided to be others.
        dismissed: those decided to be other matters (不是同一事项).
        facts: what is so of the matter itself, and which time it is.
        later: the same matter as it came in after this one.
    """

    proposals: tuple[Proposal, ...] = ()
    dismissed: tuple[Proposal, ...] = ()
    facts: Facts = Facts()
    later: tuple[Coming, ...] = ()

    @property
    def shown(self) -> tuple[Proposal, ...]:
        """Those that stand in sight: the likeliest, and all of which something was decided."""
        likeliest = [one for one in self.proposals if not _is_only_a_name(one)][:SHOWN]
        return tuple(one for one in self.proposals if one in likeliest or one.relation)

    @property
    def further(self) -> tuple[Proposal, ...]:
        """Those for which more than a name speaks, but less than for those in sight."""
        shown = self.shown
        return tuple(one for one in self.proposals if not _is_only_a_name(one) and one not in shown)

    @property
    def namesakes(self) -> tuple[Proposal, ...]:
        """Those for which only the name speaks (只是同名)."""
        return tuple(one for one in self.proposals if _is_only_a_name(one))

    def find(self, number: str) -> Proposal | None:
        """Give the proposal of a number, dismissed or not."""
        every = chain(self.proposals, self.dismissed)
        return next((one for one in every if one.number == number), None)

    def with_decision(self, number: str, relation: Relation | None) -> "Earlier":
        """Give the same after a decision; every other one stays in its place."""
        told = self.find(number)
        if told is None:
            return self
        decided = replace(told, relation=relation)
        if relation is Relation.UNRELATED:
            left = tuple(one for one in self.proposals if one != told)
            others = tuple(one for one in self.dismissed if one != told)
            return replace(self, proposals=left, dismissed=(*others, decided))
        left = tuple(one for one in self.dismissed if one != told)
        if told in self.dismissed:
            return replace(self, proposals=(decided, *self.proposals), dismissed=left)
        proposals = tuple(decided if one == told else one for one in self.proposals)
        return replace(self, proposals=proposals)


def earlier(session: Session, matter: Matter, *, viewer: Viewer, today: date) -> Earlier:
    """Give what is to be told beside ``matter`` of those like it.

    Of a sealed matter an account without clearance is told nothing, and of an open matter nothing
    that is sealed.
    """
    petition = matter.petition
    if petition.is_sealed and not viewer.cleared:
        return Earlier()
    found = {one.number: one for one in similar(session, matter, viewer=viewer, limit=MOST)}
    decided = {
        other.number: replace(found.get(other.number) or _told(session, other), relation=relation)
        for other, relation in _decisions(session, matter)
    }
    lost = [one for number, one in decided.items() if number not in found]
    proposed = (decided.get(one.number, one) for one in found.values())
    told = [
        *sorted(lost, key=_day, reverse=True),
        *(one for one in proposed if one.relation is None or one.number in decided),
    ]
    return Earlier(
        proposals=tuple(one for one in told if one.relation is not Relation.UNRELATED),
        dismissed=tuple(one for one in told if one.relation is Relation.UNRELATED),
        facts=_facts(session, matter, viewer, today),
        later=tuple(_later(session, petition)),
    )


def _is_only_a_name(proposal: Proposal) -> bool:
    return proposal.is_weak and proposal.relation is None


def _day(proposal: Proposal) -> date:
    return proposal.received_on or date.min


def _facts(session: Session, matter: Matter, viewer: Viewer, today: date) -> Facts:
    if matter.petition.id is None:
        return facts_of_draft(session, matter, viewer=viewer, today=today)
    return facts_of(session, matter.petition.id, viewer=viewer)


def _decisions(session: Session, matter: Matter) -> Iterator[tuple[Petition, Relation]]:
    """Give what was decided of pairs with this matter: in use both, none across the seal."""
    for other, relation in _decided_pairs(session, matter):
        if other is None or other.state is not PetitionState.REGISTERED:
            continue
        if other.is_sealed == matter.petition.is_sealed:
            yield other, relation


def _decided_pairs(session: Session, matter: Matter) -> Iterator[tuple[Petition | None, Relation]]:
    own = matter.petition.id
    if own is None:
        for number, relation in matter.decisions.items():
            yield linking.standing_for(session, find_by_number(session, number)), relation
        return
    ends = or_(col(PetitionLink.petition_id) == own, col(PetitionLink.earlier_id) == own)
    for link in session.exec(select(PetitionLink).where(ends)).all():
        end = link.earlier_id if link.petition_id == own else link.petition_id
        yield session.get(Petition, end), link.relation


def _told(session: Session, petition: Petition) -> Proposal:
    """Tell of a matter that was decided of and is not proposed: nobody knows why any more."""
    assert petition.id is not None
    people: Sequence[str] = ()
    if not petition.is_sealed:
        people = [person.name for person in petitioners_of(session, petition.id)]
    return Proposal(
        number=petition.number,
        received_on=petition.received_on,
        name=people[0] if people else "",
        claim_start=SEALED_TITLE if petition.is_sealed else petition.claim[:CLAIM_START],
        reason="",
        score=0.0,
        standing=petition.standing,
        conclusion_start="" if petition.is_sealed else petition.conclusion[:CONCLUSION_START],
        times=max(len(linking.chain_of(session, petition)), 1),
        sealed=petition.is_sealed,
    )


def _later(session: Session, petition: Petition) -> Iterator[Coming]:
    """Give the same matter as it came in after this one, the earliest first."""
    kept = session.get(Petition, petition.id) if petition.id else None
    if kept is None:
        return
    for one in linking.chain_of(session, kept):
        if linking.arrival(one) > linking.arrival(kept):
            yield Coming(one.number, one.received_on)
