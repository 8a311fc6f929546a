"""What an act wrote over, kept with its step as JSON, so that it can be taken back on any day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python
from sqlmodel import Session, SQLModel

from xinfang_desktop.models import FollowUp, Petition, Verification

_KINDS: Mapping[str, type[SQLModel]] = {
    "petition": Petition,
    "follow_up": FollowUp,
    "verification": Verification,
}
_KEYS: Mapping[str, tuple[str, ...]] = {
    "petition": ("id",),
    "follow_up": ("petition_id", "round"),
    "verification": ("petition_id", "round"),
}


@dataclass(frozen=True)
class WroteOver:
    """One field that an act wrote, as ``record.field``: what stood there before, what it wrote."""

    field: str
    before: object
    after: object


class Writer:
    """Writes fields of records and remembers what stood there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._entries: dict[tuple[str, tuple[Any, ...]], dict[str, Any]] = {}

    def write(self, of: str, record: SQLModel, **values: object) -> bool:
        """Set fields of a record of the kind ``of``; tells whether anything changed."""
        is_new = record not in self._session
        changed = {n: v for n, v in values.items() if getattr(record, n) != v}
        if not changed and not is_new:
            return False
        key = tuple(getattr(record, name) for name in _KEYS[of])
        entry = self._entries.setdefault(
            (of, key), {"of": of, "key": key, "before": None if is_new else {}, "after": {}}
        )
        if entry["before"] is not None:
            for name in changed:
                entry["before"].setdefault(name, getattr(record, name))
        entry["after"].update(changed)
        for name, value in changed.items():
            setattr(record, name, value)
        self._session.add(record)
        return True

    @property
    def told(self) -> str:
        """Everything that was written over, as JSON."""
        return json.dumps(to_jsonable_python(list(self._entries.values())), ensure_ascii=False)


def put_back(session: Session, written: str) -> None:
    """Put back what an act wrote over; what was changed by hand since stays as it is now."""
    for entry in reversed(json.loads(written) if written else []):
        kind = _KINDS[entry["of"]]
        key = tuple(entry["key"])
        record: Any = session.get(kind, key if len(key) > 1 else key[0])
        if record is None:
            continue
        if entry["before"] is None:
            if _stands(kind, record, entry["after"]):
                session.delete(record)
            continue
        for name, before in entry["before"].items():
            if getattr(record, name) == _value(kind, name, entry["after"][name]):
                setattr(record, name, _value(kind, name, before))


def wrote_over(written: str) -> list[WroteOver]:
    """Give the fields that an act wrote, each with the value before and after."""
    found = []
    for entry in json.loads(written) if written else []:
        kind, before = _KINDS[entry["of"]], entry["before"] or {}
        for name, after in entry["after"].items():
            stood = _value(kind, name, before[name]) if name in before else None
            found.append(WroteOver(f"{entry['of']}.{name}", stood, _value(kind, name, after)))
    return found


def _stands(kind: type[SQLModel], record: SQLModel, after: Mapping[str, Any]) -> bool:
    return all(getattr(record, name) == _value(kind, name, told) for name, told in after.items())


def _value(kind: type[SQLModel], name: str, told: object) -> Any:  # noqa: ANN401 - any field's
    annotation: Any = kind.model_fields[name].annotation
    return TypeAdapter(annotation).validate_python(told)
