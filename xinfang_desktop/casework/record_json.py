"""A matter as plain JSON and back again, every field of it exactly.

Drafts are kept so, and ``xinfang show --json`` prints it. A field that an older program did not
know keeps its default; one that this program does not know is left alone.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, TypeVar, get_args

from pydantic import NaiveDatetime
from sqlmodel import SQLModel

from xinfang_desktop.models import (
    FollowUp,
    LabelledEnum,
    Matter,
    OfficeProfile,
    Petition,
    Petitioner,
    Relation,
    Verification,
)

RecordT = TypeVar("RecordT", bound=SQLModel)

_READERS: tuple[tuple[type, Callable[[str], object]], ...] = (
    (NaiveDatetime, datetime.fromisoformat),
    (datetime, datetime.fromisoformat),
    (date, date.fromisoformat),
    (time, time.fromisoformat),
)


def to_plain(matter: Matter) -> dict[str, Any]:
    """Give the records of a matter as dictionaries of texts and figures."""
    row = {} if matter.waiting_row is None else {"waiting_row": matter.waiting_row}
    return {
        **row,
        "petition": fields_of(matter.petition),
        "petitioners": [fields_of(petitioner) for petitioner in matter.petitioners],
        "follow_up": fields_of(matter.follow_up),
        "verification": fields_of(matter.verification),
        "words": dict(matter.words),
        "decisions": {number: told.value for number, told in matter.decisions.items()},
    }


def from_plain(office: OfficeProfile, content: dict[str, Any]) -> Matter:
    """Build the matter again, for ``office`` as it is now."""
    petitioners = [_record(Petitioner, given) for given in content.get("petitioners", [])]
    return Matter(
        office=office,
        petition=_record(Petition, content.get("petition", {})),
        petitioners=petitioners or [Petitioner()],
        follow_up=_record(FollowUp, content.get("follow_up", {})),
        verification=_record(Verification, content.get("verification", {})),
        words=dict(content.get("words", {})),
        decisions={
            number: Relation.from_code(code)
            for number, code in content.get("decisions", {}).items()
        },
        waiting_row=content.get("waiting_row"),
    )


def dump(matter: Matter) -> str:
    """Write a matter as JSON in ASCII, which holds even half a surrogate pair being typed."""
    return json.dumps(to_plain(matter), separators=(",", ":"))


def load(office: OfficeProfile, text: str) -> Matter:
    """Read what ``dump`` wrote."""
    return from_plain(office, json.loads(text))


def fields_of(record: SQLModel) -> dict[str, Any]:
    """Give a record's fields: choices by their code, days and moments in ISO 8601."""
    return {name: _plain(getattr(record, name)) for name in type(record).model_fields}


def _plain(value: object) -> object:
    if isinstance(value, LabelledEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | time) else value


def _record(kind: type[RecordT], content: dict[str, Any]) -> RecordT:
    fields = kind.model_fields
    return kind(
        **{
            name: _value(fields[name].annotation, value)
            for name, value in content.items()
            if name in fields
        }
    )


def _value(annotation: Any, value: object) -> object:  # noqa: ANN401 - a type or a union
    """Bring a JSON value back to what the field's annotation says."""
    if not isinstance(value, str):
        return value
    for kind in get_args(annotation) or (annotation,):
        if not isinstance(kind, type):
            continue
        if issubclass(kind, LabelledEnum):
            return kind.from_code(value)
        for base, read in _READERS:
            if issubclass(kind, base):
                return read(value)
    return value
