"""Accounts (账户) as the office sees them: who there is, in which role, with which clearance.

Setting one up, its password and its key are the store's (``store.accounts``): they need the key.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from xinfang_desktop.models import Account, Role, Viewer
from xinfang_desktop.models.account import Right

from .audit import require


@dataclass(frozen=True)
class AccountLine:
    """An account as a line of a list."""

    id: int
    name: str
    role: Role
    cleared: bool
    disabled: bool


def accounts(session: Session, *, viewer: Viewer) -> list[AccountLine]:
    """Give the accounts by name, those that are disabled last.

    Raises:
        OfficeError: the viewer's role may not manage accounts.
    """
    require(viewer, Right.ACCOUNTS)
    query = select(Account).order_by(col(Account.disabled), col(Account.name))
    return [_line(account) for account in session.exec(query)]


def _line(account: Account) -> AccountLine:
    assert account.id is not None
    return AccountLine(account.id, account.name, account.role, account.cleared, account.disabled)
