"""The import itself: every row that is ready becomes a matter, the others wait; all or nothing.

The matters go the way of every registration. The file stays in the vault with the import. All of
it is one act: it is undone at once, and can be withdrawn later for as long as nobody has worked on
what came in.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import insert
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from xinfang_desktop.casework import audit, deadlines, linking, registration, word_index
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.casework.sealing import NOT_CLEARED
from xinfang_desktop.casework.steps import note_step
from xinfang_desktop.casework.undo import REDONE, UNDONE
from xinfang_desktop.casework.word_index import WITHDRAWN
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Action,
    Noted,
    OfficeProfile,
    Petition,
    PetitionState,
    Right,
    RowState,
    Stage,
    Step,
    TakenInLedger,
    TakenInRow,
    Viewer,
)

from .checking import CANCELLED, Checked, Fate, Finished, Options, Tell, counted
from .rows import RowRead, kept
from .waiting import TAKEN_IN
from .workbook import Book

_NOTHING = "没有可以登记的行，没有导入；原有数据没有改动。请看核对结果里的原因。"
_UNKNOWN = "没有找到这次导入，没有撤回；请刷新列表后再试。"
_WITHDRAWN_ALREADY = "这次导入已经撤回过了，没有改动。"
_WORKED_ON = (
    "这次导入的{count}件在导入之后又有办理或修改（如{number}），不能整批撤回，没有改动。"
    "请逐件作废不要的。"
)
_DAMAGED = "原表{told}"
_EVERY = 100
"""Matters that are entered at once; between them it can be cancelled."""


class Vault(Protocol):
    """Where the file that was taken in is kept."""

    def put(self, content: bytes, /) -> "Stored":
        """Keep ``content``, durably."""
        ...


class Stored(Protocol):
    """What the vault says of a file it has taken."""

    @property
    def name(self) -> str:
        """Its name there."""
        ...


@dataclass(frozen=True)
class TakenIn:
    """What an import came to: its record, and the numbers given, in the order of the file."""

    ledger: TakenInLedger
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class LedgerLine:
    """An import as a line of a list; ``is_withdrawn`` also where it was undone."""

    id: int
    file_name: str
    taken_in_at: datetime
    taken_in_by: str
    registered: int
    waiting: int
    left_out: int
    is_withdrawn: bool


def take_in(
    session: Session,
    vault: Vault,
    book: Book,
    checked: Sequence[Checked],
    options: Options,
    *,
    viewer: Viewer,
    now: datetime,
    tell: Tell = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> TakenIn:
    """Enter what was checked, in the caller's transaction.

    Raises:
        OfficeError: there is nothing to enter, the viewer may not register, or somebody cancelled;
            nothing is entered then.
    """
    audit.require(viewer, Right.WORK)
    ready = [one for one in checked if one.fate is Fate.READY]
    waiting = [one for one in checked if one.fate is Fate.REPAIR]
    if not ready and not waiting:
        raise OfficeError(_NOTHING)
    ledger = _ledger(session, vault, book, checked, viewer.name, now)
    office, numbers = office_profile(session), list[str]()
    for start in range(0, len(ready), _EVERY):
        tell(start, len(ready))
        if is_cancelled():
            raise OfficeError(CANCELLED)
        some = ready[start : start + _EVERY]
        entries = [entry_of(one, book.name, office, options.finished) for one in some]
        entered = registration.register_all(session, entries, by=viewer.name, now=now)
        numbers += [petition.number for petition in entered]
        _note_registered(session, ledger, some, entered)
    session.add_all(_waiting_row(ledger, one, options) for one in waiting)
    counts = f"登记{ledger.registered}件，待补正{ledger.waiting}行，未登记{ledger.left_out}行"
    audit.note(session, Noted.TAKE_IN, detail=counts, at=now)
    tell(len(ready), len(ready))
    return TakenIn(ledger, tuple(numbers))


def taken_before(session: Session, digest: str) -> datetime | None:
    """Give when the very same file was taken in the last time and not withdrawn since."""
    query = select(TakenInLedger.taken_in_at).where(
        TakenInLedger.digest == digest, col(TakenInLedger.withdrawn_at).is_(None)
    )
    return session.exec(query.order_by(col(TakenInLedger.id).desc())).first()


def ledgers(session: Session, *, viewer: Viewer) -> list[LedgerLine]:
    """Give the imports, the latest first; who did it and how much, nothing of what it says.

    Raises:
        OfficeError: the viewer may not register.
    """
    audit.require(viewer, Right.WORK)
    query = select(TakenInLedger).order_by(col(TakenInLedger.id).desc())
    return [_line(session, ledger) for ledger in session.exec(query)]


def original(session: Session, ledger_id: int, *, viewer: Viewer) -> tuple[str, str]:
    """Give the name of the file that was taken in, and its name in the vault.

    Raises:
        OfficeError: the import is not there, or holds accusations that the viewer may not read.
    """
    ledger = session.get(TakenInLedger, ledger_id)
    if ledger is None:
        raise OfficeError(_UNKNOWN)
    if ledger.sealed and not viewer.cleared:
        raise OfficeError(NOT_CLEARED)
    return ledger.file_name, ledger.vault_name


def taken_out(session: Session, ledger_id: int, *, viewer: Viewer) -> tuple[str, str]:
    """Give what ``original`` gives, and note that the file goes out.

    Raises:
        OfficeError: as ``original``, or the viewer may not export.
    """
    audit.require(viewer, Right.EXPORT)
    found = original(session, ledger_id, viewer=viewer)
    audit.note(session, Noted.EXPORT, detail=f"第{ledger_id}次导入的原件")
    return found


def matters_of(session: Session, ledger_id: int, *, viewer: Viewer) -> tuple[str, list[int]]:
    """Give the name of the file, and the ids of the matters that came of it, also by repair.

    Raises:
        OfficeError: the import is not there, or the viewer may not register.
    """
    audit.require(viewer, Right.WORK)
    ids = select(TakenInRow.petition_id).where(
        TakenInRow.ledger_id == ledger_id, col(TakenInRow.petition_id).is_not(None)
    )
    return name_of(session, ledger_id), [id for id in session.exec(ids) if id is not None]


def name_of(session: Session, ledger_id: int) -> str:
    """Give the name of a file that was taken in.

    Raises:
        OfficeError: the import is not there.
    """
    ledger = session.get(TakenInLedger, ledger_id)
    if ledger is None:
        raise OfficeError(_UNKNOWN)
    return ledger.file_name


def withdraw(session: Session, ledger_id: int, *, viewer: Viewer, now: datetime) -> int:
    """Withdraw an import: its matters are taken back like registrations. Give how many were.

    Raises:
        OfficeError: it is not there, was withdrawn already, or something of it was worked on
            since; nothing is changed then.
    """
    audit.require(viewer, Right.WORK)
    ledger = session.get(TakenInLedger, ledger_id)
    if ledger is None:
        raise OfficeError(_UNKNOWN)
    if ledger.withdrawn_at is not None:
        raise OfficeError(_WITHDRAWN_ALREADY)
    _refuse_worked_on(session, ledger_id)
    petitions = _matters(session, ledger_id)
    words = f"撤回导入：《{ledger.file_name}》"
    for petition in petitions:
        petition.state, petition.void_reason = PetitionState.VOID, WITHDRAWN
        note_step(session, petition.id, Action.VOID, by=viewer.name, now=now, words=words)
    ledger.withdrawn_at = now
    ids = [petition.id for petition in petitions if petition.id is not None]
    linking.settle(session, *ids)
    deadlines.refresh_many(session, ids)
    word_index.forget(session, ids)
    audit.note(session, Noted.WITHDRAW_TAKEN_IN, detail=f"{len(ids)}件", at=now)
    return len(ids)


def entry_of(
    one: Checked, file_name: str, office: OfficeProfile, finished: Finished
) -> registration.Entry:
    """Give what a row is entered as; what its damaged cells said stands in the history."""
    read = one.read
    assert read is not None
    words = [TAKEN_IN.format(file=file_name, sheet=one.sheet, row=one.row)]
    if read.note:
        words.append(f"备注：{read.note}")
    words += [
        _DAMAGED.format(told=f"{trouble.title}“{trouble.written}”") for trouble in read.troubles
    ]
    matter = read.given.to_matter(office)
    if one.number:
        matter.petition.former_number = ""
    stage, told = _stage(read, finished), "；".join(words)
    return registration.Entry(matter, one.number, stage, told, is_own=True)


def _stage(read: RowRead, finished: Finished) -> Stage:
    is_finished = finished is Finished.ALL or (
        finished is Finished.CONCLUDED
        and (read.given.concluded_on is not None or bool(read.given.conclusion))
    )
    return Stage.ARCHIVED if is_finished else Stage.REGISTERED


def _ledger(
    session: Session,
    vault: Vault,
    book: Book,
    checked: Sequence[Checked],
    by: str,
    now: datetime,
) -> TakenInLedger:
    counts = counted(checked)
    ledger = TakenInLedger(
        file_name=book.name,
        digest=book.digest,
        vault_name=vault.put(book.content).name,
        taken_in_at=now,
        taken_in_by=by,
        registered=counts[Fate.READY],
        waiting=counts[Fate.REPAIR],
        left_out=counts[Fate.DOUBLE],
        sealed=any(one.read.is_sealed for one in checked if one.read),
    )
    session.add(ledger)
    session.flush()
    return ledger


def _note_registered(
    session: Session,
    ledger: TakenInLedger,
    some: Sequence[Checked],
    entered: Sequence[Petition],
) -> None:
    """Keep which row became which matter; undoing the import says so by the matters alone."""
    rows = [
        {
            "ledger_id": ledger.id,
            "sheet": one.sheet,
            "row": one.row,
            "petition_id": petition.id,
            "state": RowState.REGISTERED,
            "sealed": petition.is_sealed,
            "content": "",
        }
        for one, petition in zip(some, entered, strict=True)
    ]
    session.connection().execute(insert(TakenInRow), rows)


def _waiting_row(ledger: TakenInLedger, one: Checked, options: Options) -> TakenInRow:
    assert ledger.id is not None and one.read is not None
    content = {**kept(one.read), "number": one.number, "finished": options.finished.name}
    return TakenInRow(
        ledger_id=ledger.id,
        sheet=one.sheet,
        row=one.row,
        state=RowState.WAITING,
        sealed=one.read.is_sealed,
        content=json.dumps(content, ensure_ascii=False),
    )


def _line(session: Session, ledger: TakenInLedger) -> LedgerLine:
    assert ledger.id is not None
    waiting = select(func.count()).select_from(_rows_of(ledger.id, RowState.WAITING).subquery())
    return LedgerLine(
        id=ledger.id,
        file_name=ledger.file_name,
        taken_in_at=ledger.taken_in_at,
        taken_in_by=ledger.taken_in_by,
        registered=ledger.registered,
        waiting=session.exec(waiting).one(),
        left_out=ledger.left_out,
        is_withdrawn=ledger.withdrawn_at is not None,
    )


def _refuse_worked_on(session: Session, ledger_id: int) -> None:
    """Refuse where a matter has more in its history than that it was taken in."""
    query = (
        select(Petition.number)
        .join(TakenInRow, col(TakenInRow.petition_id) == col(Petition.id))
        .where(
            TakenInRow.ledger_id == ledger_id,
            TakenInRow.state == RowState.REGISTERED,
            col(Petition.state) == PetitionState.REGISTERED,
            select(func.count())
            .where(
                Step.petition_id == Petition.id,
                ~col(Step.words).startswith(f"{UNDONE}："),
                ~col(Step.words).startswith(f"{REDONE}："),
            )
            .correlate(Petition)
            .scalar_subquery()
            > 1,
        )
        .order_by(col(Petition.id))
    )
    worked_on = list(session.exec(query))
    if worked_on:
        raise OfficeError(_WORKED_ON.format(count=len(worked_on), number=worked_on[0]))


def _matters(session: Session, ledger_id: int) -> list[Petition]:
    query = (
        select(Petition)
        .join(TakenInRow, col(TakenInRow.petition_id) == col(Petition.id))
        .where(
            TakenInRow.ledger_id == ledger_id,
            TakenInRow.state == RowState.REGISTERED,
            col(Petition.state) == PetitionState.REGISTERED,
        )
    )
    return list(session.exec(query))


def _rows_of(ledger_id: int, state: RowState) -> SelectOfScalar[TakenInRow]:
    return select(TakenInRow).where(TakenInRow.ledger_id == ledger_id, TakenInRow.state == state)
