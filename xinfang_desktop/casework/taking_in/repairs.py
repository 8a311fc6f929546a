"""Rows that wait to be put right (待补正): what they said is kept until they are, or let go."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from xinfang_desktop.casework import audit, drafts, numbering, registration
from xinfang_desktop.casework.cleaning import clean_text
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.casework.sealing import NOT_CLEARED, SEALED_TITLE
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Draft,
    Petition,
    Right,
    RowState,
    TakenInLedger,
    TakenInRow,
    Viewer,
)

from .checking import Checked, Fate, Finished, told_of, wrong_with
from .entering import entry_of
from .rows import RowRead, Trouble, read_again

Written = Mapping[str, str]
"""The cells of a row as they are written, by field."""

_GONE = "这一行已经登记或不再登记，没有改动；请刷新列表。"
_NO_REASON = "不登记要写明原因，没有改动；请填写原因，如“重复”“不属于信访事项”。"
_STILL = "还有{count}处没有补正，没有登记：{first}可以补正后再登记，也可以留空登记，原文记入经过。"


@dataclass(frozen=True)
class WaitingLine:
    """A row that waits, as a line of a list; of an accusation nothing but where it stands."""

    id: int
    file_name: str
    sheet: str
    row: int
    told: str
    reason: str
    sealed: bool


@dataclass(frozen=True)
class Waiting:
    """A row that waits, to be put right: what each cell said, and what is wrong with it."""

    line: WaitingLine
    written: Mapping[str, str]
    troubles: tuple[Trouble, ...]


def count_waiting(session: Session, *, viewer: Viewer) -> int:
    """Give how many rows wait to be put right."""
    query = select(func.count()).select_from(_open().subquery())
    return session.exec(query).one() if viewer.may(Right.WORK) else 0


def waiting(session: Session, *, viewer: Viewer, today: date) -> list[WaitingLine]:
    """Give the rows that wait, in the order of their ledgers.

    Raises:
        OfficeError: the viewer may not register.
    """
    audit.require(viewer, Right.WORK)
    return [_line(session, row, _read(row, today)) for row in session.exec(_open())]


def open_row(session: Session, row_id: int, *, viewer: Viewer, today: date) -> Waiting:
    """Give a row to be put right.

    Raises:
        OfficeError: it waits no longer, or is an accusation that the viewer may not read.
    """
    row = _at_hand(session, row_id, viewer)
    read = _read(row, today)
    return Waiting(_line(session, row, read), read.written, read.troubles)


def still_wrong(
    session: Session, row_id: int, written: Written, *, viewer: Viewer, today: date
) -> tuple[Trouble, ...]:
    """Give what is still wrong with a row as it is being put right.

    Raises:
        OfficeError: it waits no longer, or is an accusation that the viewer may not read.
    """
    return _read(_at_hand(session, row_id, viewer), today, written).troubles


def put_right(
    session: Session,
    row_id: int,
    written: Written,
    *,
    viewer: Viewer,
    now: datetime,
    blank_damaged: bool = False,
) -> Petition:
    """Register a row with its cells as they are written now.

    Where ``blank_damaged`` is given, what is still wrong stays blank and is told in the history.

    Raises:
        OfficeError: it waits no longer, something is still wrong, or it is not for this viewer.
    """
    audit.require(viewer, Right.WORK)
    row = _at_hand(session, row_id, viewer)
    read = _read(row, now.date(), written)
    if read.troubles and not blank_damaged:
        first = read.troubles[0].sentence
        raise OfficeError(_STILL.format(count=len(read.troubles), first=first))
    petition = _register(session, row, read, viewer.name, now)
    row.state, row.petition_id, row.content = RowState.REGISTERED, petition.id, ""
    session.flush()
    return petition


def leave_out(session: Session, row_id: int, *, reason: str, viewer: Viewer) -> None:
    """Let a row go that is not to be registered, for a reason; its file and its words stay.

    Raises:
        OfficeError: no reason, it waits no longer, or it is not for this viewer.
    """
    audit.require(viewer, Right.WORK)
    because = clean_text(reason)[0].strip()
    if not because:
        raise OfficeError(_NO_REASON)
    row = _at_hand(session, row_id, viewer)
    row.state, row.content = RowState.LEFT_OUT, _with(row, left_out_because=because)


def to_form(
    session: Session, row_id: int, written: Written, form: str, *, viewer: Viewer, now: datetime
) -> int:
    """Put a row into the registration ``form`` as a draft, with its cells as written now.

    Registering it there takes the row off the list. A row that is opened again leads to the draft
    that it has already.

    Raises:
        OfficeError: it waits no longer, or is not for this viewer.
    """
    audit.require(viewer, Right.WORK)
    row = _at_hand(session, row_id, viewer)
    kept: int | None = json.loads(row.content).get("draft")
    if kept is not None and session.get(Draft, kept) is not None:
        return kept
    matter = _read(row, now.date(), written).given.to_matter(office_profile(session))
    matter.waiting_row = row_id
    draft = drafts.save_draft(session, form, matter, draft_id=None, now=now)
    row.content = _with(row, draft=draft, written=dict(written))
    return draft


def take_up_again(session: Session, row_id: int, *, viewer: Viewer) -> None:
    """Let a row that was left out wait again.

    Raises:
        OfficeError: it was not left out, or is not for this viewer.
    """
    audit.require(viewer, Right.WORK)
    _at_hand(session, row_id, viewer, RowState.LEFT_OUT).state = RowState.WAITING


def _register(session: Session, row: TakenInRow, read: RowRead, by: str, now: datetime) -> Petition:
    ledger, office = session.get(TakenInLedger, row.ledger_id), office_profile(session)
    assert ledger is not None
    content = json.loads(row.content)
    ours = numbering.as_ours(office, read.given.channel, content["number"])
    number = ours.number if ours and numbering.is_free(session, ours) else ""
    one = Checked(row.sheet, row.row, Fate.READY, "", number=number, read=read)
    entry = entry_of(one, ledger.file_name, office, Finished[content["finished"]])
    [petition] = registration.register_all(session, [entry], by=by, now=now)
    return petition


def _with(row: TakenInRow, **more: object) -> str:
    return json.dumps({**json.loads(row.content), **more}, ensure_ascii=False)


def _read(row: TakenInRow, today: date, written: Written | None = None) -> RowRead:
    content = json.loads(row.content)
    return read_again(content if written is None else {**content, "written": written}, today)


def _line(session: Session, row: TakenInRow, read: RowRead) -> WaitingLine:
    ledger = session.get(TakenInLedger, row.ledger_id)
    assert row.id is not None and ledger is not None
    return WaitingLine(
        id=row.id,
        file_name=ledger.file_name,
        sheet=row.sheet,
        row=row.row,
        told=SEALED_TITLE if row.sealed else told_of(read),
        reason=f"有{len(read.troubles)}处要补正" if row.sealed else wrong_with(read),
        sealed=row.sealed,
    )


def _open() -> SelectOfScalar[TakenInRow]:
    return (
        select(TakenInRow)
        .join(TakenInLedger, col(TakenInLedger.id) == col(TakenInRow.ledger_id))
        .where(TakenInRow.state == RowState.WAITING, col(TakenInLedger.withdrawn_at).is_(None))
        .order_by(col(TakenInRow.id))
    )


def _at_hand(
    session: Session, row_id: int, viewer: Viewer, state: RowState = RowState.WAITING
) -> TakenInRow:
    row = session.get(TakenInRow, row_id)
    ledger = session.get(TakenInLedger, row.ledger_id) if row else None
    if row is None or ledger is None or ledger.withdrawn_at or row.state is not state:
        raise OfficeError(_GONE)
    if row.sealed and not viewer.cleared:
        raise OfficeError(NOT_CLEARED)
    return row
