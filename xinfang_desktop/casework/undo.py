"""Undo and redo (撤销、重做): taking back what was done since the store was opened.

Nothing is deleted that the office's books have seen. A registration is taken back by voiding it
with the reason 撤销登记: its number stays its own. Everything else is put back to what it was,
field by field, and the history tells both. What was changed in between is never overwritten.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

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
    TakenInLedger,
)

from . import audit, deadlines, linking, word_index
from .matters import petitioners_of
from .search import WITHDRAWN
from .steps import note_step

__all__ = ["REDONE", "UNDONE", "WITHDRAWN", "Watch", "is_large", "redo", "undo"]

T = TypeVar("T")

UNDONE, REDONE = "撤销", "重做"
"""With what the step begins that tells of it."""

_BATCH = 500
_LARGE = 2000
"""How many rows an act changed that takes a second or more to take back."""

_BROKEN_OFF = "已停下，没有撤销，也没有重做；数据没有改动。"
_NOTHING_TO_UNDO = "没有可以撤销的操作；数据没有改动。"
_NOTHING_TO_REDO = "没有可以重做的操作；数据没有改动。"
_CHANGED_SINCE = "这一步之后内容又有改动，不能撤销，没有改动任何内容。请直接修改登记内容。"


class Watch(Protocol):
    """Whoever waits: is told how many of how many are done, and says whether to break it off."""

    def tell(self, done: int, total: int) -> None:
        """So much is done."""
        ...

    def is_cancelled(self) -> bool:
        """Whether it is to be broken off."""
        ...


def undo(session: Session, *, by: str, now: datetime, watch: Watch | None = None) -> str:
    """Take back the latest act of this session and give what it was, in words.

    ``watch`` is told how far a large one is, and may break it off.

    Raises:
        OfficeError: there is nothing to take back, it was changed since, or it was broken off.
    """
    act = _doing(session).acts.to_undo
    if act is None:
        raise OfficeError(_NOTHING_TO_UNDO)
    return _take_back(session, act, Noted.UNDO, UNDONE, by, now, watch)


def redo(session: Session, *, by: str, now: datetime, watch: Watch | None = None) -> str:
    """Do again what was taken back last and give what it was, in words.

    ``watch`` is told how far a large one is, and may break it off.

    Raises:
        OfficeError: there is nothing to do again, it was changed since, or it was broken off.
    """
    act = _doing(session).acts.to_redo
    if act is None:
        raise OfficeError(_NOTHING_TO_REDO)
    return _take_back(session, act, Noted.REDO, REDONE, by, now, watch)


def is_large(act: ActDone) -> bool:
    """Tell whether taking an act back takes long enough to be watched: an import of a ledger."""
    return len(act.changes) > _LARGE


def _take_back(
    session: Session,
    act: ActDone,
    noted: Noted,
    word: str,
    by: str,
    now: datetime,
    watch: Watch | None,
) -> str:
    _doing(session).takes_back = act
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    new = {row.key[0] for row in act.changes if row.kind is Petition and row.before is None}
    touched = set(new)
    at_hand = _at_hand(session, new)
    for row in _watched(tuple(reversed(act.changes)), watch):
        if row.kind is Step:
            _turn(session, row)
        if row.kind in STAYS or (row.before is None and new and row.kind not in _WITHDRAWN):
            continue
        touched |= _petitions_of(session, row)
        _put_back(session, row, now)
        touched |= _petitions_of(session, row)
    linked = {int(end) for row in act.changes if row.kind is PetitionLink for end in row.key}
    linking.settle(session, *touched, *linked)
    for petition_id in _watched(sorted(touched), watch):
        _tell(session, petition_id, noted, f"{word}：{act.title}", by, now)
    word_index.forget(session, [petition.id for petition in at_hand if _is_withdrawn(petition)])
    deadlines.refresh_many(session, sorted(touched))
    return f"{word}：{act.title}"


def _watched(all_of_them: Sequence[T], watch: Watch | None) -> Iterator[T]:
    """Give one after the other, and say now and then how many are done."""
    for place, one in enumerate(all_of_them):
        if watch is not None and place % _BATCH == 0:
            if watch.is_cancelled():
                raise OfficeError(_BROKEN_OFF)
            watch.tell(place, len(all_of_them))
        yield one


def _at_hand(session: Session, ids: set[int]) -> list[Petition]:
    """Read many matters at once; as long as they are held they are not read one by one again."""
    wanted = sorted(ids)
    return [
        petition
        for start in range(0, len(wanted), _BATCH)
        for petition in session.exec(
            select(Petition).where(col(Petition.id).in_(wanted[start : start + _BATCH]))
        )
    ]


def _turn(session: Session, row: RowChange) -> None:
    """An act of a matter's way that is taken back stays in the history and counts no more."""
    step = session.get(Step, row.key[0])
    if step is None:
        raise OfficeError(_CHANGED_SINCE)
    if row.before is not None:
        _set_back(step, row)
    elif step.stage is not None:
        step.taken_back = True


def _put_back(session: Session, row: RowChange, now: datetime) -> None:
    present: Any = session.get(row.kind, row.key if len(row.key) > 1 else row.key[0])
    if row.before is None and (withdraw := _WITHDRAWN.get(row.kind)):
        withdraw(present, now)
        return
    if row.before is None:
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


def _withdraw(petition: Petition | None, now: datetime) -> None:
    if petition is None or petition.state is not PetitionState.REGISTERED:
        raise OfficeError(_CHANGED_SINCE)
    petition.state, petition.void_reason = PetitionState.VOID, WITHDRAWN


def _withdraw_ledger(ledger: TakenInLedger | None, now: datetime) -> None:
    if ledger is None or ledger.withdrawn_at is not None:
        raise OfficeError(_CHANGED_SINCE)
    ledger.withdrawn_at = now


_WITHDRAWN: Mapping[type, Callable[[Any, datetime], None]] = {
    Petition: _withdraw,
    TakenInLedger: _withdraw_ledger,
}
"""What is never taken out once it was in: it is marked as taken back."""


def _is_withdrawn(petition: Petition) -> bool:
    return petition.state is PetitionState.VOID and petition.void_reason == WITHDRAWN


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
    action = Action.VOID if _is_withdrawn(petition) else Action.AMEND
    note_step(session, petition_id, action, by=by, now=now, words=words)
    audit.note(session, noted, number=petition.number, at=now)
    if action is Action.AMEND:
        word_index.refresh(session, petition, petitioners_of(session, petition_id))


def _doing(session: Session) -> Doing:
    doing: Doing = session.info[DOING]
    return doing
