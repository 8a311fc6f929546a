"""The agenda of the weekly consultation (周会商): matters by number, day, claim, body and limit.

A sealed matter stands there by its number; nothing else of it is told.
"""

import json
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from .counting import Matters, Scope, members
from .filters import OPEN
from .sealing import SEALED_TITLE
from .search import Executing, execute

CLAIM_START = 60
"""How many characters of a claim are told."""

_LINES = f"""
    SELECT p.id, p.number, p.received_on,
        iif({OPEN}, substr(p.claim, 1, {CLAIM_START}), '{SEALED_TITLE}'),
        iif({OPEN}, p.responsible_body, ''),
        (SELECT min(d.due_on) FROM deadline AS d WHERE d.petition_id = p.id
            AND d.bearer = 'duty' AND d.done_on IS NULL AND d.paused_on IS NULL)
    FROM petition AS p WHERE p.id IN (SELECT value FROM json_each(?))
"""


class AgendaLine(NamedTuple):
    """A matter on the agenda; ``due_on`` is its nearest open limit."""

    number: str
    received_on: date | None
    claim: str
    body: str
    due_on: date | None


def agenda(
    source: Session | Executing, scope: Scope, matters: Matters
) -> list[tuple[int, AgendaLine]]:
    """Give the matters of a sort with their ids, those whose limit is nearest first."""
    ids = [*members(source, scope, matters)]
    rows = execute(source, _LINES, (json.dumps(ids),))
    lines = [(row[0], _line(*row[1:])) for row in rows]
    return sorted(lines, key=lambda one: (one[1].due_on or date.max, one[0]))


def _line(
    number: str, received_on: str | None, claim: str, body: str, due_on: str | None
) -> AgendaLine:
    return AgendaLine(
        number,
        date.fromisoformat(received_on) if received_on else None,
        " ".join(claim.split()),
        body,
        date.fromisoformat(due_on) if due_on else None,
    )
