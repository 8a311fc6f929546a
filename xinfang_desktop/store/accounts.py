"""Setting accounts up and changing them: the row in the database and the slot in the key file.

The order is chosen so that a stop in between leaves nothing open that should be closed: a slot is
made before the row that lets it in, and a row is closed before its slot goes.
"""

from sqlmodel import Session, col, func, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import DOING, Account, Note, Noted, Right, Role

from . import keys
from .database import Store
from .failures import told_plainly
from .recovery_code import new_recovery_code

_NO_NAME = "请填写账户名称；没有改动。"
_TAKEN = "已有同名的账户（也可能已停用），请换一个名称；没有改动。"
_SAME_PASSWORD = "这个密码不合用，请换一个；没有改动。"
_UNKNOWN = "没有这个账户；没有改动。请刷新列表后再试。"
_LAST = "这是最后一个管理账户，不能停用或改为其他角色，否则再没有人能管理账户；没有改动。"
_WRONG_OLD = "原密码不对，密码没有改。请核对大小写和输入法后再试。"
_ONLY_ACCOUNTS = "现在是用恢复码打开的，没有自己的密码可改。请用“管理账户”给自己的账户设新密码。"
_NOT_ALLOWED = "只有管理账户能新增、修改或停用账户；没有改动任何内容。请用管理账户操作。"


def add_account(store: Store, *, name: str, password: str, role: Role, cleared: bool) -> None:
    """Add an account that opens the store with ``password``.

    Raises:
        OfficeError: not by an administrator, no name, a name that is taken, an empty password, or
            one that opens the store already.
    """
    _by_administrator(store)
    name = name.strip()
    if not name:
        raise OfficeError(_NO_NAME)
    if store.read(lambda session: _is_taken(session, name)):
        raise OfficeError(_TAKEN)
    slot = store.read(lambda session: _free_slot(session, name))
    _put_slot(store, slot, password)

    def work(session: Session) -> None:
        session.add(Account(name=name, slot=slot, role=role, cleared=cleared))
        _note(
            session, Noted.ACCOUNT_ADDED, name, f"{role.label}{'、可阅检举控告' if cleared else ''}"
        )

    try:
        store.do(work)
    except BaseException:
        _drop_slot(store, slot)
        raise


def change_account(
    store: Store,
    account_id: int,
    *,
    name: str | None = None,
    role: Role | None = None,
    cleared: bool | None = None,
) -> None:
    """Rename an account, or give it another role or clearance; what is None stays.

    Raises:
        OfficeError: not by an administrator, no such account, a name that is taken, or no
            administrator would be left.
    """
    _by_administrator(store)

    def work(session: Session) -> None:
        account = _account(session, account_id)
        if name is not None and name.strip() != account.name:
            _rename(session, account, name.strip())
        if role is not None and role is not account.role:
            _keep_an_administrator(session, account)
            account.role = role
            _note(session, Noted.ACCOUNT_CHANGED, account.name, f"角色：{role.label}")
        if cleared is not None and cleared != account.cleared:
            account.cleared = cleared
            told = "可阅检举控告" if cleared else "不可阅检举控告"
            _note(session, Noted.ACCOUNT_CHANGED, account.name, told)
        session.add(account)

    store.do(work)


def disable_account(store: Store, account_id: int) -> None:
    """Close an account: its password opens nothing any more; what it did stays under its name.

    Raises:
        OfficeError: not by an administrator, no such account, or the last administrator.
    """
    _by_administrator(store)

    def work(session: Session) -> str:
        account = _account(session, account_id)
        _keep_an_administrator(session, account)
        account.disabled = True
        session.add(account)
        _note(session, Noted.ACCOUNT_DISABLED, account.name)
        return account.slot

    slot, _ = store.do(work)
    _drop_slot(store, slot)


def reset_password(store: Store, account_id: int, *, password: str) -> None:
    """Give an account a new password; a disabled one may then be used again.

    Raises:
        OfficeError: not by an administrator, no such account, or a password that cannot be used.
    """
    _by_administrator(store)
    slot = store.read(lambda session: _account(session, account_id).slot)
    _put_slot(store, slot, password)

    def work(session: Session) -> None:
        account = _account(session, account_id)
        account.disabled = False
        session.add(account)
        _note(session, Noted.PASSWORD, account.name)

    store.do(work)


def change_password(store: Store, *, old: str, new: str) -> None:
    """Change the password of whoever opened the store; nothing is encrypted anew.

    Raises:
        OfficeError: the old password is wrong, the new one is empty or opens the store already.
    """
    if store.slot is None:
        raise OfficeError(_ONLY_ACCOUNTS)
    with told_plainly():
        key_file = keys.read_key_file(store.folder)
    opened = _slot_of(key_file, store.slot)
    if opened is None or opened.open(old) is None:
        raise OfficeError(_WRONG_OLD)
    if new != old:
        _put_slot(store, store.slot, new)
    store.note(Note(Noted.PASSWORD, detail=store.viewer.name))


def renew_recovery_code(store: Store) -> str:
    """Make a new recovery code and give it; the old one opens nothing any more.

    Raises:
        OfficeError: not by an administrator, or the key file cannot be written.
    """
    _by_administrator(store)
    code = new_recovery_code()
    with told_plainly():
        key_file = keys.read_key_file(store.folder)
        slot = keys.recovery_slot(store.key_for_slots(), code)
        keys.write_key_file(store.folder, keys.with_slot(key_file, slot))
    store.note(Note(Noted.RECOVERY_CODE))
    return code


def is_recovery_code(store: Store, typed: str) -> bool:
    """Tell whether ``typed`` is the recovery code of this store, as set-up asks once."""
    with told_plainly():
        key_file = keys.read_key_file(store.folder)
    try:
        return keys.open_with(key_file, typed).account is None
    except keys.WrongSecretError:
        return False


def _by_administrator(store: Store) -> None:
    if not store.viewer.may(Right.ACCOUNTS):
        raise OfficeError(_NOT_ALLOWED)


def _account(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise OfficeError(_UNKNOWN)
    return account


def _rename(session: Session, account: Account, name: str) -> None:
    if not name:
        raise OfficeError(_NO_NAME)
    if _is_taken(session, name):
        raise OfficeError(_TAKEN)
    _note(session, Noted.ACCOUNT_CHANGED, name, f"原名：{account.name}")
    account.name = name


def _keep_an_administrator(session: Session, account: Account) -> None:
    others = (
        select(func.count())
        .select_from(Account)
        .where(
            Account.role == Role.ADMINISTRATOR,
            col(Account.disabled).is_(False),
            col(Account.id) != account.id,
        )
    )
    if account.role is Role.ADMINISTRATOR and session.exec(others).one() == 0:
        raise OfficeError(_LAST)


def _is_taken(session: Session, name: str) -> bool:
    return session.exec(select(Account.id).where(Account.name == name)).first() is not None


def _free_slot(session: Session, name: str) -> str:
    taken = set(session.exec(select(Account.slot)))
    slot, number = name, 2
    while slot in taken:
        slot, number = f"{name} {number}", number + 1
    return slot


def _put_slot(store: Store, name: str, password: str) -> None:
    with told_plainly():
        key_file = keys.read_key_file(store.folder)
        slot = keys.account_slot(store.key_for_slots(), name, password)
        _refuse_known(key_file, password)
        keys.write_key_file(store.folder, keys.with_slot(key_file, slot))


def _drop_slot(store: Store, name: str) -> None:
    with told_plainly():
        key_file = keys.read_key_file(store.folder)
        keys.write_key_file(store.folder, keys.without_slot(key_file, "account", name))


def _refuse_known(key_file: keys.KeyFile, password: str) -> None:
    """Refuse a password that opens a slot already: it would not be told who opened the store."""
    try:
        keys.open_with(key_file, password)
    except keys.WrongSecretError:
        return
    raise OfficeError(_SAME_PASSWORD)


def _slot_of(key_file: keys.KeyFile, name: str) -> keys.Slot | None:
    return next(
        (slot for slot in key_file.slots if (slot.kind, slot.account) == ("account", name)), None
    )


def _note(session: Session, act: Noted, name: str, detail: str = "") -> None:
    told = f"{name}（{detail}）" if detail else name
    session.info[DOING].notes.append(Note(act, detail=told))
