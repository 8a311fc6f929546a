"""A row that waits, and the matter that was registered from it in the registration form."""

from sqlmodel import Session

from xinfang_desktop.models import Petition, RowState, TakenInLedger, TakenInRow

TAKEN_IN = "自《{file}》“{sheet}”第{row}行导入"
"""What the history of a matter says of where it came from."""


def settle(session: Session, row_id: int | None, petition: Petition) -> str:
    """Let a row wait no longer that became a matter, and give where it came from, in words."""
    row = session.get(TakenInRow, row_id) if row_id is not None else None
    ledger = session.get(TakenInLedger, row.ledger_id) if row is not None else None
    if row is None or ledger is None or row.state is not RowState.WAITING:
        return ""
    row.state, row.petition_id, row.content = RowState.REGISTERED, petition.id, ""
    row.sealed = petition.is_sealed
    return TAKEN_IN.format(file=ledger.file_name, sheet=row.sheet, row=row.row)
