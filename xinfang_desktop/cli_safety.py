"""What the safety commands do: backup, verify, restore, check, accounts, audit.

The words of the command line are ``cli``'s; here is what they stand for, in plain values and lines.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinfang_desktop.errors import OfficeError

if TYPE_CHECKING:
    from xinfang_desktop.casework.accounts import AccountLine
    from xinfang_desktop.store.check import Finding
    from xinfang_desktop.store.container import Contents
    from xinfang_desktop.store.database import Clock, Store

_NO_SUCH_ACCOUNT = "没有名为这个的账户；没有改动。请用 xinfang accounts 查看账户名称。"
_NO_ROLE = "角色应为 clerk（经办）、leader（查看）或 administrator（管理）；没有改动。"


def back_up(store: "Store", to: Path, *, portable: bool, now: datetime) -> list[str]:
    """Make a backup and give its file's path and what is in it."""
    from xinfang_desktop.models import Right
    from xinfang_desktop.store.backup import make_backup

    _require(store, Right.BACKUP)
    made = make_backup(store, to, now=now, portable=portable)
    return [str(made.path), f"已备份并打开核对：{_what(made.contents)}。"]


def verified(path: Path, *, secret: str, folder: Path) -> list[str]:
    """Prove a backup and say what is in it."""
    from xinfang_desktop.store.restore import verify

    manifest = verify(path, secret=secret, folder=folder)
    when = manifest.made_at.replace("T", " ")
    return [f"这份备份可以用来恢复：{when}，{_what(manifest.contents)}。"]


def compared(path: Path, *, secret: str, folder: Path) -> list[str]:
    """Say what is in a backup beside what there is now."""
    from xinfang_desktop.store.restore import compare

    told = compare(path, secret=secret, folder=folder)
    lines = [f"备份时间\t{told.made_at:%Y-%m-%d %H:%M}\t现在"]
    lines += ["\t".join(line) for line in told.lines]
    if told.would_lose:
        lines.append(f"现在比备份多{told.would_lose}件，恢复后要从留存的现有数据里找回。")
    return lines


def rehearsed(path: Path, *, secret: str, folder: Path) -> list[str]:
    """Restore into a scratch place and report."""
    from xinfang_desktop.store.restore import rehearse

    report = rehearse(path, secret=secret, folder=folder)
    return [*report.lines, "演练完成，现有数据没有改动。"]


def restored(path: Path, *, secret: str, folder: Path, clock: "Clock") -> list[str]:
    """Put a backup in the place of the store and say what is there now."""
    from xinfang_desktop.store.restore import restore

    done = restore(path, folder, secret=secret, clock=clock)
    lines = [f"已恢复：{_what(done.contents)}。"]
    if done.kept is not None:
        lines.append(f"原来的数据留在 {done.kept}，没有删除。")
    return [*lines, "自动备份已暂停；核对无误后运行 xinfang restore --confirm 继续备份。"]


def confirmed(folder: Path) -> list[str]:
    """Let automatic backups go on after a restore."""
    from xinfang_desktop.store.restore import confirm_restore

    confirm_restore(folder)
    return ["已确认恢复，自动备份继续。"]


def checked(store: "Store", *, now: datetime) -> "list[Finding]":
    """Look the store through."""
    from xinfang_desktop.store.check import check_store

    return check_store(store, now=now)


def finding_objects(findings: "Sequence[Finding]") -> list[dict[str, Any]]:
    """Give findings as JSON takes them."""
    return [asdict(finding) for finding in findings]


def account_objects(store: "Store") -> list[dict[str, Any]]:
    """Give the accounts as JSON takes them."""
    return [
        {
            "name": line.name,
            "role": line.role.value,
            "cleared": line.cleared,
            "disabled": line.disabled,
        }
        for line in _accounts(store)
    ]


def account_lines(store: "Store") -> list[str]:
    """Give the accounts, one to a line."""
    return [
        "\t".join(
            (
                line.name,
                line.role.label,
                "可阅检举控告" if line.cleared else "",
                "已停用" if line.disabled else "",
            )
        ).rstrip()
        for line in _accounts(store)
    ]


def add(store: "Store", name: str, *, role: str, cleared: bool, password: str) -> None:
    """Add an account."""
    from xinfang_desktop.store.accounts import add_account

    add_account(store, name=name, password=password, role=_role(role), cleared=cleared)


def change(
    store: "Store", name: str, *, new_name: str | None, role: str | None, cleared: bool | None
) -> None:
    """Rename an account, or give it another role or clearance."""
    from xinfang_desktop.store.accounts import change_account

    id = _account(store, name).id
    change_account(store, id, name=new_name, role=_role(role) if role else None, cleared=cleared)


def disable(store: "Store", name: str) -> None:
    """Close an account."""
    from xinfang_desktop.store.accounts import disable_account

    disable_account(store, _account(store, name).id)


def set_password(store: "Store", name: str, *, old: str, new: str) -> None:
    """Change one's own password, or set another account's."""
    from xinfang_desktop.store.accounts import change_password, reset_password

    if name == store.viewer.name and store.slot is not None:
        change_password(store, old=old, new=new)
    else:
        reset_password(store, _account(store, name).id, password=new)


def new_recovery_code(store: "Store") -> list[str]:
    """Make a new recovery code."""
    from xinfang_desktop.store.accounts import renew_recovery_code

    code = renew_recovery_code(store)
    return ["新的恢复码（只显示这一次，请抄在纸上封存；旧的恢复码已作废）：", code]


def trail_objects(store: "Store", *, number: str | None, last: int) -> list[dict[str, Any]]:
    """Give the latest entries of the trail as JSON takes them, the latest first."""
    from xinfang_desktop.casework.audit import entries

    viewer = store.viewer
    found = store.read(lambda session: entries(session, viewer=viewer, number=number, limit=last))
    return [{**asdict(line), "at": line.at.isoformat()} for line in found]


def trail_lines(store: "Store", *, number: str | None, last: int) -> list[str]:
    """Give the latest entries of the trail, one to a line, the latest first."""
    return [
        "\t".join(
            (
                str(entry["id"]),
                entry["at"].replace("T", " ")[:19],
                entry["by"],
                entry["title"],
                entry["number"],
                entry["detail"],
            )
        ).rstrip()
        for entry in trail_objects(store, number=number, last=last)
    ]


def verified_trail(store: "Store") -> list[str]:
    """Say that the trail is whole.

    Raises:
        OfficeError: it is not; the sentence says where it breaks.
    """
    verdict = store.verify_trail()
    if not verdict.is_whole:
        raise OfficeError(verdict.sentence)
    return [verdict.sentence]


def _what(contents: "Contents") -> str:
    newest = f"，最新编号{contents.newest_number}" if contents.newest_number else ""
    files = f"，附件和存档文书{contents.files}份" if contents.files else ""
    return f"信访事项{contents.petitions}件{newest}{files}"


def _require(store: "Store", right: Any) -> None:  # noqa: ANN401 - imported late
    from xinfang_desktop.casework.audit import require

    require(store.viewer, right)


def _accounts(store: "Store") -> "list[AccountLine]":
    from xinfang_desktop.casework.accounts import accounts

    return store.read(lambda session: accounts(session, viewer=store.viewer))


def _account(store: "Store", name: str) -> "AccountLine":
    found = next((line for line in _accounts(store) if line.name == name), None)
    if found is None:
        raise OfficeError(_NO_SUCH_ACCOUNT)
    return found


def _role(code: str) -> Any:  # noqa: ANN401 - imported late
    from xinfang_desktop.models import Role

    for role in Role:
        if code in (role.value, role.label):
            return role
    raise OfficeError(_NO_ROLE)
