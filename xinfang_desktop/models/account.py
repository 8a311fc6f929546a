"""Account: who works with the store, what that person may see, and what a role may do."""

from dataclasses import dataclass

from sqlmodel import Field, SQLModel

from .codes import Role
from .columns import coded
from .labelled import LabelledEnum

OFFICE_SETTING = "office"
"""The setting that holds the office's profile."""


class Right(LabelledEnum):
    """权限: a kind of thing an account may do or not."""

    READ = "read", "查看"
    WORK = "work", "登记和办理"
    PRINT = "print", "打印"
    UNMASK = "unmask", "显示完整证件号码"
    EXPORT = "export", "导出"
    BACKUP = "backup", "备份"
    TRAIL = "trail", "查看操作记录"
    ACCOUNTS = "accounts", "管理账户"
    RESTORE = "restore", "恢复备份"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: frozenset(
        {Right.READ, Right.WORK, Right.PRINT, Right.UNMASK, Right.EXPORT, Right.BACKUP}
    ),
    Role.LEADER: frozenset({Right.READ, Right.PRINT, Right.UNMASK, Right.TRAIL}),
    Role.ADMINISTRATOR: frozenset(Right),
}
"""What each role may do; 查看 reads only. Clearance for accusations is apart from the role."""


class Account(SQLModel, table=True):
    """A person who opens the store; ``cleared`` accounts may read accusations (article 30).

    ``slot`` is the account's place in the key file and never changes; ``name`` may.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, title="账户")
    role: Role = Field(default=Role.CLERK, sa_type=coded(Role), title="角色")
    cleared: bool = Field(default=False, title="可阅检举控告")
    slot: str = Field(default="", title="密钥位")
    disabled: bool = Field(default=False, title="已停用")


class Setting(SQLModel, table=True):
    """One setting of the office, as JSON, under its key."""

    key: str = Field(primary_key=True)
    value: str = Field(title="内容")


@dataclass(frozen=True)
class Viewer:
    """On whose behalf something is read or done."""

    name: str
    cleared: bool
    role: Role = Role.CLERK

    def may(self, right: Right) -> bool:
        """Tell whether this person's role has the right."""
        return right in RIGHTS[self.role]
