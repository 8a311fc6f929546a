"""Account: who works with the store, and what that person may see."""

from dataclasses import dataclass

from sqlmodel import Field, SQLModel

from .codes import Role
from .columns import coded


class Account(SQLModel, table=True):
    """A person who opens the store; ``cleared`` accounts may read accusations (article 30)."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, title="账户")
    role: Role = Field(default=Role.CLERK, sa_type=coded(Role), title="角色")
    cleared: bool = Field(default=False, title="可阅检举控告")


OFFICE_SETTING = "office"
"""The key of the office profile among the settings."""


class Setting(SQLModel, table=True):
    """One setting of the office, as JSON, under its key."""

    key: str = Field(primary_key=True)
    value: str = Field(title="内容")


@dataclass(frozen=True)
class Viewer:
    """On whose behalf something is read or done."""

    name: str
    cleared: bool
