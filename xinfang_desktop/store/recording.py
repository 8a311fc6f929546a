"""What every transaction leaves behind by itself: the history of fields, the steps in the trail.

Whoever writes a step or changes a field needs no further word; nothing can be forgotten.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from xinfang_desktop.models import (
    STAYS,
    ActDone,
    FieldChange,
    IssuedPaper,
    LabelledEnum,
    Merging,
    Note,
    PaperMove,
    Participation,
    Petition,
    Petitioner,
    PetitionLink,
    RowChange,
    TakenInLedger,
    TakenInRow,
)

from .changes import Changes

_NO_FIELDS = (*STAYS, Merging, Participation, PetitionLink, TakenInLedger, TakenInRow, PaperMove)
_NOT_TOLD = {"id", "petition_id", "gaps", "repeat_of", "merged_into"}
_BATCH = 500


def act_done(changes: Changes, numbers: Mapping[int, str]) -> ActDone | None:
    """Give what can be taken back of a transaction: one that wrote steps, or moved papers."""
    rows = tuple(changes.rows())
    title = _title(changes, rows)
    if not title or all(row.kind in STAYS for row in rows):
        return None
    return ActDone(f"{title}（{_what(rows, numbers)}）", rows)


def _what(rows: tuple[RowChange, ...], numbers: Mapping[int, str]) -> str:
    """Say with which matters: by numbers alone, and of many how many they are."""
    merged = {row.key[0] for row in rows if row.kind is Merging}
    if merged and len(numbers) == 2:
        return "并入".join(numbers[id] for id in sorted(numbers, key=lambda id: id not in merged))
    return f"{len(numbers)}件" if len(numbers) > 1 else "".join(numbers.values())


def _title(changes: Changes, rows: tuple[RowChange, ...]) -> str:
    """Say what was done; a sheet that went through the printer once more cannot be taken back."""
    if changes.steps:
        return changes.steps[0].action.label
    if not changes.moves or any(row.kind is IssuedPaper for row in rows):
        return ""
    return changes.moves[0].state.label


def notes_of_steps(changes: Changes, numbers: Mapping[int, str]) -> list[Note]:
    """Give what the trail notes of the steps: the act, the number and the moment, no words."""
    return [
        Note(act=step.action.value, number=numbers[step.petition_id], at=step.recorded_at)
        for step in changes.steps
    ]


def numbers_of(session: Session, changes: Changes) -> dict[int, str]:
    """Give the numbers of the matters that something was done with, by the matters' ids.

    Many are asked for at a time: a whole ledger may be taken in at once.
    """
    ids = {step.petition_id for step in changes.steps}
    ids |= {move.petition_id for move in changes.moves}
    ordered = sorted(ids)
    numbers = dict.fromkeys(ordered, "")
    for start in range(0, len(ordered), _BATCH):
        some = ordered[start : start + _BATCH]
        query = select(Petition.id, Petition.number).where(col(Petition.id).in_(some))
        numbers.update((id, number) for id, number in session.exec(query) if id is not None)
    return numbers


def keep_field_changes(session: Session, changes: Changes, *, by: str, at: datetime) -> None:
    """Write down every field of a matter that is not as it was; a new matter's are not changes."""
    rows = list(changes.rows())
    new = {row.key[0] for row in rows if row.kind is Petition and row.before is None}
    seats = {
        seat["petitioner_id"]: seat["petition_id"]
        for row in rows
        if row.kind is Participation
        for seat in (row.before, row.after)
        if seat and "petition_id" in seat
    }
    kept = [
        {
            "petition_id": petition_id,
            "at": at,
            "by": by,
            "field": f"{row.kind.__tablename__}.{name}",
            "before": before,
            "after": after,
        }
        for row in rows
        if row.kind not in _NO_FIELDS
        if (petition_id := _petition_of(session, row, seats)) is not None and petition_id not in new
        for name, before, after in _fields(session, row)
    ]
    if kept:
        session.connection().execute(insert(FieldChange), kept)


def _fields(session: Session, row: RowChange) -> Iterator[tuple[str, str, str]]:
    if row.before is not None and row.after is not None:
        for name, after in row.after.items():
            before = row.before.get(name)
            if name not in _NOT_TOLD and before != after:
                yield name, _words(before), _words(after)
    elif row.kind is Petitioner:
        before = row.before["name"] if row.before else ""
        after = _name(session, row.key[0]) if row.before is None else ""
        yield "name", before, after


def _petition_of(session: Session, row: RowChange, seats: dict[int, int]) -> int | None:
    if row.kind is Petition:
        return int(row.key[0])
    if row.kind is Petitioner:
        return seats.get(row.key[0]) or _seat_of(session, row)
    if "petition_id" not in row.kind.model_fields:
        return None
    record: Any = session.get(row.kind, row.key)
    values = {**(row.before or {}), **(row.after or {})}
    petition_id = record.petition_id if record else values.get("petition_id")
    return None if petition_id is None else int(petition_id)


def _seat_of(session: Session, row: RowChange) -> int | None:
    seat = select(Participation.petition_id).where(Participation.petitioner_id == row.key[0])
    return session.exec(seat).first()


def _name(session: Session, petitioner_id: int) -> str:
    person = session.get(Petitioner, petitioner_id)
    return person.name if person else ""


def _words(value: object) -> str:
    match value:
        case None:
            return ""
        case LabelledEnum():
            return value.label
        case bool():
            return "是" if value else "否"
        case date():
            return value.isoformat()
        case _:
            return str(value)
