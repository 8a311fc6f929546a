"""The ledger (台账) in full: every column of many matters, streamed, sealed ones only by number."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from xinfang_desktop.models import Channel, Kind, PetitionState, SourceLevel

from .sealing import SEALED_CODE, SEALED_TITLE
from .search import Executing, execute

_BATCH = 500
_OPEN = f"p.kind IS NOT '{SEALED_CODE}'"


class LedgerLine(NamedTuple):
    """A matter as the ledger on paper lists it; the petitioner is the primary one."""

    number: str
    received_on: date | None
    channel: Channel
    source_level: SourceLevel
    superior_number: str
    petitioner: str
    headcount: int | None
    document_number: str
    phone: str
    whereabouts: str
    kind: Kind | None
    category: str
    claim: str
    location: str
    state: PetitionState
    registered_by: str


_LINES = f"""
    SELECT p.id, p.number, p.received_on, p.channel,
        iif({_OPEN}, p.source_level, 'own'),
        iif({_OPEN}, p.superior_number, ''),
        iif({_OPEN}, iif(person.name = '' AND person.anonymous, '匿名', person.name), ''),
        iif({_OPEN}, (SELECT count(*) FROM participation AS s WHERE s.petition_id = p.id), 1),
        iif({_OPEN}, p.headcount, NULL),
        iif({_OPEN}, person.document_number, ''),
        iif({_OPEN}, person.phone, ''),
        iif({_OPEN}, trim(person.unit || ' ' || person.address), ''),
        p.kind,
        iif({_OPEN}, p.category, ''),
        iif({_OPEN}, p.claim, '{SEALED_TITLE}'),
        iif({_OPEN}, p.location, ''),
        p.state, p.registered_by
    FROM petition AS p
    LEFT JOIN participation AS seat ON seat.petition_id = p.id AND seat.position = 1
    LEFT JOIN petitioner AS person ON person.id = seat.petitioner_id
    WHERE p.id IN
"""


def lines(source: Session | Executing, ids: Sequence[int]) -> Iterator[LedgerLine]:
    """Give the lines of ``ids`` in their order, a few hundred read at a time."""
    for start in range(0, len(ids), _BATCH):
        some = tuple(ids[start : start + _BATCH])
        marks = ", ".join("?" * len(some))
        found = {row[0]: row[1:] for row in execute(source, f"{_LINES} ({marks})", some)}
        yield from (_line(*found[id]) for id in some if id in found)


def masked(number: str) -> str:
    """Hide the middle of a document number: 前3后4, less of a short one."""
    head, tail = (3, 4) if len(number) >= 14 else (1, 2)
    hidden = len(number) - head - tail
    return number[:head] + "*" * hidden + number[-tail:] if hidden > 2 else "*" * len(number)


def _line(
    number: str,
    received_on: str | None,
    channel: str,
    source_level: str,
    superior_number: str,
    petitioner: str | None,
    seats: int,
    headcount: int | None,
    document_number: str | None,
    phone: str | None,
    whereabouts: str | None,
    kind: str | None,
    category: str,
    claim: str,
    location: str,
    state: str,
    registered_by: str,
) -> LedgerLine:
    several = f" 等{seats}人" if petitioner and seats > 1 else ""
    return LedgerLine(
        number,
        date.fromisoformat(received_on) if received_on else None,
        Channel.from_code(channel),
        SourceLevel.from_code(source_level),
        superior_number,
        (petitioner or "") + several,
        headcount,
        document_number or "",
        phone or "",
        whereabouts or "",
        Kind.from_code(kind) if kind else None,
        category,
        claim,
        location,
        PetitionState.from_code(state),
        registered_by,
    )
