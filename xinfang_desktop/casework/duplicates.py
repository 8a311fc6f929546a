"""What was here before (查重判重): earlier matters that may be the one being typed.

A matter is proposed because a petitioner of it has the same document number, telephone number or
name; how alike the claims are decides the order. It is a proposal about matters for the clerk to
judge, and nothing is kept about a person. Sealed and void matters are never proposed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from xinfang_desktop.models import Matter, PetitionState, Viewer

from .identity import plain
from .sealing import SEALED_CODE
from .search import CLAIM_START, execute

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
    for id, *candidate in execute(session, *_query(keys, matter.petition.id)):
        proposal = _judged(keys, matter.petition.claim, *candidate)
        if id not in best or proposal.score > best[id].score:
            best[id] = proposal
    return sorted(best.values(), key=lambda proposal: -proposal.score)[:limit]


@dataclass(frozen=True)
class _Keys:
    """What identifies the petitioners of a matter, as typed and as compared."""

    documents: frozenset[str]
    phones: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, matter: Matter) -> "_Keys":
        people = matter.petitioners
        return cls(
            documents=_both(person.document_number for person in people),
            phones=_both(person.phone for person in people),
            names=frozenset(filter(None, (person.name.strip() for person in people))),
        )


def _both(typed: Iterable[str]) -> frozenset[str]:
    return frozenset(form for text in typed for form in (text, plain(text)) if form.strip())


def _query(keys: _Keys, own_id: int | None) -> tuple[str, list[Any]]:
    """Look up every key by its index; a common name cannot crowd out a document number."""
    lookups = []
    parameters: list[Any] = []
    for column in ("documents", "phones", "names"):
        values = sorted(getattr(keys, column))
        marks = ", ".join("?" * len(values))
        lookups.append(f"""SELECT * FROM (
            SELECT p.id, p.number, p.received_on, person.name, p.claim,
                person.document_number, person.phone
            FROM petitioner AS person
            JOIN participation AS seat ON seat.petitioner_id = person.id
            JOIN petition AS p ON p.id = seat.petition_id
            WHERE person.{_COLUMNS[column]} IN ({marks})
                AND p.kind IS NOT '{SEALED_CODE}'
                AND p.state = '{PetitionState.REGISTERED.value}' AND p.id IS NOT ?
            ORDER BY p.received_on DESC, p.id DESC LIMIT {_CANDIDATES})""")
        parameters += [*values, own_id]
    return " UNION ".join(lookups), parameters


_COLUMNS = {"documents": "document_number", "phones": "phone", "names": "name"}


def _judged(
    keys: _Keys,
    claim: str,
    number: str,
    received_on: str | None,
    name: str,
    earlier_claim: str,
    document: str,
    phone: str,
) -> Proposal:
    base, why = _ground(keys, document, phone)
    likeness = _likeness(claim, earlier_claim)
    if likeness >= _CLOSE:
        why += "，诉求相近"
    return Proposal(
        number=number,
        received_on=date.fromisoformat(received_on) if received_on else None,
        name=name,
        claim_start=earlier_claim[:CLAIM_START],
        reason=why,
        score=round(base + likeness / 2, 1),
    )


def _ground(keys: _Keys, document: str, phone: str) -> tuple[float, str]:
    if plain(document) in keys.documents:
        return _SAME_DOCUMENT, "证件号码相同"
    if plain(phone) in keys.phones:
        return _SAME_PHONE, "联系电话相同"
    return _SAME_NAME, "姓名相同"


def _likeness(claim: str, earlier: str) -> float:
    """Give how alike two claims are, 0 to 100."""
    from rapidfuzz import fuzz

    return fuzz.ratio(claim[:_COMPARED], earlier[:_COMPARED]) if claim and earlier else 0.0
