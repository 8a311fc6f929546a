"""What was here before (查重判重): earlier matters that may be the one being typed.

A matter is proposed because a petitioner of it has the same document number, telephone number or
name; how alike the claims are decides the order. It is a proposal about matters for the clerk to
judge, and nothing is kept about a person. Sealed and void matters are never proposed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from xinfang_desktop.models import Matter, PetitionState, Viewer

from .identity import plain
from .sealing import SEALED_CODE
from .search import CLAIM_START, execute
from .word_index import MATCHING
from .words import exactly

_COMPARED = 2000
"""Characters of a claim that are compared; more changes nothing and takes time."""

_CANDIDATES = 200
_CLOSE = 60.0

_SAME_DOCUMENT, _SAME_PHONE, _SAME_NAME = 50.0, 35.0, 20.0


@dataclass(frozen=True)
class Proposal:
    """An earlier matter, why it is proposed, and how strongly (0 to 100)."""

    number: str
    received_on: date | None
    name: str
    claim_start: str
    reason: str
    score: float


def similar(session: Session, matter: Matter, *, viewer: Viewer, limit: int = 5) -> list[Proposal]:
    """Give the earlier matters most like ``matter``, the likeliest first."""
    keys = _Keys.of(matter)
    best: dict[int, Proposal] = {}
    for candidate in _candidates(session, keys, matter.petition.id):
        proposal = _judged(keys, matter.petition.claim, candidate)
        if candidate.id not in best or proposal.score > best[candidate.id].score:
            best[candidate.id] = proposal
    return sorted(best.values(), key=lambda proposal: -proposal.score)[:limit]


@dataclass(frozen=True)
class _Keys:
    """What identifies the petitioners of a matter: numbers made plain, and names."""

    documents: frozenset[str]
    phones: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, matter: Matter) -> "_Keys":
        people = matter.petitioners
        return cls(
            documents=_set(plain(person.document_number) for person in people),
            phones=_set(plain(person.phone) for person in people),
            names=_set(person.name.strip() for person in people),
        )


class _Candidate(NamedTuple):
    """A petitioner in an earlier matter."""

    id: int
    number: str
    received_on: str | None
    name: str
    claim: str
    document: str
    phone: str


def _set(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, keys))


_LOOKUP = f"""
    SELECT p.id, p.number, p.received_on, person.name, p.claim,
        person.document_number, person.phone
    FROM petition AS p
    JOIN participation AS seat ON seat.petition_id = p.id
    JOIN petitioner AS person ON person.id = seat.petitioner_id
    WHERE {{found}} AND p.id IS NOT ? AND p.kind IS NOT '{SEALED_CODE}'
        AND p.state = '{PetitionState.REGISTERED.value}'
    ORDER BY p.received_on DESC, p.id DESC LIMIT {_CANDIDATES}
"""
_BY_WORDS = f"p.id IN ({MATCHING})"
_BY_NAMES = "person.name IN ({marks})"


def _candidates(session: Session, keys: _Keys, own_id: int | None) -> Iterator[_Candidate]:
    """Look numbers up in the index of the words, which knows them however they were written.

    Numbers and names are looked up apart, so that a common name cannot crowd out a number.
    """
    numbers = " OR ".join(exactly(number) for number in sorted(keys.documents | keys.phones))
    names = sorted(keys.names)
    marks = ", ".join("?" * len(names))
    for found, values in ((_BY_WORDS, [numbers]), (_BY_NAMES.format(marks=marks), names)):
        if values and values[0]:
            rows = execute(session, _LOOKUP.format(found=found), (*values, own_id))
            yield from (one for one in map(_Candidate._make, rows) if _ground(keys, one))


def _judged(keys: _Keys, claim: str, earlier: _Candidate) -> Proposal:
    base, why = _ground(keys, earlier) or (0.0, "")
    likeness = _likeness(claim, earlier.claim)
    return Proposal(
        number=earlier.number,
        received_on=date.fromisoformat(earlier.received_on) if earlier.received_on else None,
        name=earlier.name,
        claim_start=earlier.claim[:CLAIM_START],
        reason=f"{why}，诉求相近" if likeness >= _CLOSE else why,
        score=round(base + likeness / 2, 1),
    )


def _ground(keys: _Keys, earlier: _Candidate) -> tuple[float, str] | None:
    """Give how strongly and why a petitioner of an earlier matter is one of these."""
    if plain(earlier.document) in keys.documents:
        return _SAME_DOCUMENT, "证件号码相同"
    if plain(earlier.phone) in keys.phones:
        return _SAME_PHONE, "联系电话相同"
    return (_SAME_NAME, "姓名相同") if earlier.name.strip() in keys.names else None


def _likeness(claim: str, earlier: str) -> float:
    """Give how alike two claims are, 0 to 100."""
    from rapidfuzz import fuzz

    return fuzz.ratio(claim[:_COMPARED], earlier[:_COMPARED]) if claim and earlier else 0.0
