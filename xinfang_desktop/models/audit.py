"""AuditEntry (操作记录) and FieldChange (字段修改记录): who did what, and what a field was before.

An entry of the trail holds numbers and kinds of things, never a name or a claim of a petitioner.
A field change holds what stood in the field: it is read as its matter is.
"""

from dataclasses import dataclass
from datetime import datetime

from pydantic import NaiveDatetime
from sqlmodel import Field, SQLModel

from .codes import Action
from .labelled import LabelledEnum


class Noted(LabelledEnum):
    """What the trail notes besides the steps of a matter, which it notes by their action."""

    LOGIN = "login", "登录"
    FAILED_LOGIN = "failed_login", "登录失败"
    VIEW_SEALED = "view_sealed", "查看检举控告"
    UNMASK = "unmask", "显示完整证件号码"
    PRINT = "print", "打印"
    PAPER_MOVE = "paper_move", "文书去向"
    PLATFORM = "platform", "复制到上级平台"
    EXPORT = "export", "导出"
    UNDO = "undo", "撤销操作"
    REDO = "redo", "重做操作"
    BACKUP = "backup", "备份"
    RESTORE = "restore", "恢复备份"
    UPGRADE = "upgrade", "数据升级"
    ACCOUNT_ADDED = "account_added", "新增账户"
    ACCOUNT_CHANGED = "account_changed", "修改账户"
    ACCOUNT_DISABLED = "account_disabled", "停用账户"
    PASSWORD = "password", "修改密码"
    RECOVERY_CODE = "recovery_code", "更换恢复码"
    SETTINGS = "settings", "修改设置"
    FREEZE = "freeze", "封存统计"
    TAKE_IN = "take_in", "导入台账"
    WITHDRAW_TAKEN_IN = "withdraw_taken_in", "撤回导入"


class AuditEntry(SQLModel, table=True):
    """One line of the trail, sealed to the line before; the store refuses to change or delete it.

    ``act`` is a code of ``Noted`` or of ``Action``; ``number`` that of the matter, where there is
    one; ``detail`` a key or a count.
    """

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: NaiveDatetime = Field(title="时间")
    by: str = Field(title="账户")
    act: str = Field(title="操作")
    number: str = Field(default="", title="编号")
    detail: str = Field(default="", title="说明")
    previous: str = Field(title="上一条校验值")
    digest: str = Field(title="校验值")

    @property
    def title(self) -> str:
        """The act in words."""
        return act_title(self.act)


class FieldChange(SQLModel, table=True):
    """One field of a matter that was changed: by whom, from what, to what."""

    __tablename__ = "field_change"

    id: int | None = Field(default=None, primary_key=True)
    petition_id: int = Field(foreign_key="petition.id", index=True)
    at: NaiveDatetime = Field(title="时间")
    by: str = Field(title="账户")
    field: str = Field(title="字段")
    before: str = Field(title="原来")
    after: str = Field(title="改为")


@dataclass(frozen=True)
class Note:
    """Something the trail is to note when the transaction ends."""

    act: str
    number: str = ""
    detail: str = ""
    by: str | None = None
    at: datetime | None = None


def act_title(act: str) -> str:
    """Give an act's code in words; a code of another day reads as itself."""
    for choices in (Noted, Action):
        for choice in choices:
            if choice.value == act:
                return choice.label
    return act
