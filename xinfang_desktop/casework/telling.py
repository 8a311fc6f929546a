"""A matter told outside the window: as a JSON object, and as lines of text."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from xinfang_desktop.models import FollowUp, LabelledEnum, Matter, Petition, Petitioner, Step

from .ledger import COLUMN, LedgerLine
from .matters import Link
from .record_json import fields_of

_INTERNAL = {"id", "petition_id", "series", "year", "serial", "gaps", "written"}


def line_object(
    row: LedgerLine, columns: Sequence[str] = (), *, full: bool = False
) -> dict[str, Any]:
    """Give a line of the ledger; besides what every line tells, the ``columns`` as they read.

    Numbers of documents and telephones, and addresses, are masked unless ``full``.
    """
    return {
        "number": row.number,
        "received_on": row.received_on.isoformat() if row.received_on else None,
        "petitioner": row.names,
        "state": row.state.value,
        "status": row.status.label,
        "channel": row.channel.value,
        "category": row.category,
        "headcount": row.headcount,
        "claim_start": row.claim_start,
        "sealed": row.sealed,
        **{key: COLUMN[key].text(row, full=full) for key in columns},
    }


def matter_object(matter: Matter, steps: Sequence[Step], links: Sequence[Link]) -> dict[str, Any]:
    """Give everything that is recorded of a matter."""
    return {
        "number": matter.petition.number,
        "received_on": None,
        "petitioner": matter.names,
        **_outward(matter.petition),
        "standing": matter.petition.standing,
        "sealed": matter.petition.is_sealed,
        "petitioners": [_outward(person) for person in matter.petitioners],
        "follow_up": _outward(matter.follow_up),
        "links": [
            {"number": link.number, "relation": link.relation.value, "earlier": link.is_earlier}
            for link in links
        ],
        "history": [_outward(step) for step in steps],
    }


def matter_lines(matter: Matter, steps: Sequence[Step], links: Sequence[Link]) -> Iterator[str]:
    """Give what is recorded of a matter, one field to a line, blank fields left out."""
    yield from _told(matter.petition)
    for person in matter.petitioners:
        yield ""
        yield from _told(person)
    if any(_told(matter.follow_up)):
        yield ""
        yield from _told(matter.follow_up)
    if links or steps:
        yield ""
    yield from (f"关联：{link.number}（{link.relation.label}）" for link in links)
    for step in steps:
        yield " ".join(
            filter(None, (str(step.done_on), step.action.label, step.done_by, step.words))
        )


def _outward(record: Petition | Petitioner | FollowUp | Step) -> dict[str, Any]:
    return {name: value for name, value in fields_of(record).items() if name not in _INTERNAL}


def _told(record: Petition | Petitioner | FollowUp) -> Iterator[str]:
    for name, field in type(record).model_fields.items():
        words = _words(getattr(record, name))
        if words and name not in _INTERNAL and name != "round":
            yield f"{field.title or name}：{words}"


def _words(value: object) -> str:
    match value:
        case LabelledEnum():
            return value.label
        case bool():
            return "是" if value else ""
        case datetime():
            return value.isoformat(" ", "minutes")
        case time():
            return value.isoformat("minutes")
        case None:
            return ""
        case _:
            return str(value)
