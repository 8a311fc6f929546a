"""Undo and redo (撤销、重做): taking back what was done since the store was opened.

Nothing is deleted that the office's books have seen. A registration is taken back by voiding it
with the reason 撤销登记: its number stays its own. Everything else is put back to what it was,
field by field, and the history tells both. What was changed in between is never overwritten.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, col, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    DOING,
    STAYS,
    ActDone,
    Action,
    Doing,
    Noted,
    Participation,
    Petition,
    Petitioner,
    PetitionLink,
    PetitionState,
    RowChange,
    Step,
)

from . import audit, deadlines, linking, word_index
from .matters import petitioners_of
from .search import WITHDRAWN

__all__ = ["WITHDRAWN", "redo", "undo"]

_NOTHING_TO_UNDO = "没有可以撤销的操作；数据没有改动。"
_NOTHING_TO_REDO = "没有可以重做的操作；数据没有改动。"
_CHANGED_SINCE = "这一步之后内容又有改动，不能撤销，没有改动任何内容。请直接修改登记内容。"


def undo(session: Session, *, by: str, now: datetime) -> str:
    """Take back the latest act of this session and give what it was, in words.

    Raises:
        OfficeError: there is nothing to take back, or it was changed since.
    """
    act = _doing(session).acts.to_undo
    if act is None:
        raise OfficeError(_NOTHING_TO_UNDO)
    return _take_back(session, act, Noted.UNDO, "撤销", by, now)


def redo(session: Session, *, by: str, now: datetime) -> str:
    """Do again what was taken back last and give what it was, in words.

    Raises:
        OfficeError: there is nothing to do again, or it was changed since.
    """
    act = _doing(session).acts.to_redo
    if act is None:
        raise OfficeError(_NOTHING_TO_REDO)
    return _take_back(session, act, Noted.REDO, "重做", by, now)


def _take_back(
    session: Session, act: ActDone, noted: Noted, word: str, by: str, now: datetime
) -> str:
    _doing(session).takes_back = act
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    new = {row.key[0] for row in act.changes if row.kind is Petition and row.before is None}
    touched = set(new)
    for row in reversed(act.changes):
        if row.kind is Step:
            _turn(session, row)
        if row.kind in STAYS or (row.before is None and new and row.kind is not Petition):
            continue
        touched |= _petitions_of(session, row)
        _put_back(session, row)
        touched |= _petitions_of(session, row)
    linked = {int(end) for row in act.changes if row.kind is PetitionLink for end in row.key}
    linking.settle(session, *touched, *linked)
    for petition_id in sorted(touched):
        _tell(session, petition_id, noted, f"{word}：{act.title}", by, now)
    return f"{word}：{act.title}"


def _turn(session: Session, row: RowChange) -> None:
    """An act of a matter's way that is taken back stays in the history and counts no more."""
    step = session.get(Step, row.key[0])
    if step is None:
        raise OfficeError(_CHANGED_SINCE)
    if row.before is not None:
        _set_back(step, row)
    elif step.stage is not None:
        step.taken_back = True


def _put_back(session: Session, row: RowChange) -> None:
    present: Any = session.get(row.kind, row.key if len(row.key) > 1 else row.key[0])
    if row.kind is Petition and row.before is None:
        _withdraw(present)
    elif row.before is None:
        if present is None:
            raise OfficeError(_CHANGED_SINCE)
        session.delete(present)
    elif row.after is None:
        if present is not None:
            raise OfficeError(_CHANGED_SINCE)
        session.add(row.kind(**row.before))
    else:
        _set_back(present, row)
    session.flush()


def _withdraw(petition: Petition | None) -> None:
    if petition is None or petition.state is PetitionState.VOID:
        raise OfficeError(_CHANGED_SINCE)
    petition.state, petition.void_reason = PetitionState.VOID, WITHDRAWN


def _set_back(present: SQLModel | None, row: RowChange) -> None:
    assert row.before is not None and row.after is not None
    fields = {name for name in row.after if row.before.get(name) != row.after[name]}
    if present is None or any(getattr(present, name) != row.after[name] for name in fields):
        raise OfficeError(_CHANGED_SINCE)
    for name in fields:
        setattr(present, name, row.before.get(name))


def _petitions_of(session: Session, row: RowChange) -> set[int]:
    if row.kind is Petition:
        return {int(row.key[0])}
    if row.kind is Petitioner:
        seats = select(Participation.petition_id).where(
            col(Participation.petitioner_id) == row.key[0]
        )
        return set(session.exec(seats))
    names = [column.name for column in inspect(row.kind).primary_key]
    values = {**(row.before or {}), **dict(zip(names, row.key, strict=True)), **(row.after or {})}
    petition_id = values.get("petition_id")
    if petition_id is None and "petition_id" in row.kind.model_fields:
        record: Any = session.get(row.kind, row.key if len(row.key) > 1 else row.key[0])
        petition_id = record.petition_id if record else None
    return set() if petition_id is None else {int(petition_id)}


def _tell(
    session: Session, petition_id: int, noted: Noted, words: str, by: str, now: datetime
) -> None:
    petition = session.get(Petition, petition_id)
    if petition is None:
        return
    action = Action.VOID if petition.void_reason == WITHDRAWN else Action.AMEND
    session.add(
        Step(
            petition_id=petition_id,
            action=action,
            done_on=now.date(),
            done_by=by,
            words=words,
            recorded_at=now,
        )
    )
    audit.note(session, noted, number=petition.number, at=now)
    word_index.refresh(session, petition, petitioners_of(session, petition_id))
    deadlines.refresh(session, petition)


def _doing(session: Session) -> Doing:
    doing: Doing = session.info[DOING]
    return doing
