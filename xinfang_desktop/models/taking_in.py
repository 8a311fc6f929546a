"""TakenInLedger (台账导入): a foreign ledger that was taken in, row by row, and how to read it."""

from pydantic import NaiveDatetime
from sqlmodel import Field, SQLModel

from .columns import coded
from .labelled import LabelledEnum


class RowState(LabelledEnum):
    """What became of a row of a foreign ledger."""

    REGISTERED = "registered", "已登记"
    WAITING = "waiting", "待补正"
    LEFT_OUT = "left_out", "不登记"


class TakenInLedger(SQLModel, table=True):
    """台账导入: one file that was taken in, by whom and when; the file itself lies in the vault.

    ``registered``, ``waiting`` and ``left_out`` count its rows on that day. An import that was
    withdrawn says since when; its matters are void.
    """

    __tablename__ = "taken_in_ledger"

    id: int | None = Field(default=None, primary_key=True)
    file_name: str = Field(title="文件名")
    digest: str = Field(title="校验值")
    vault_name: str = Field(title="存档")
    taken_in_at: NaiveDatetime = Field(title="导入时间")
    taken_in_by: str = Field(title="导入人")
    registered: int = Field(default=0, title="已登记")
    waiting: int = Field(default=0, title="待补正")
    left_out: int = Field(default=0, title="不登记")
    sealed: bool = Field(default=False, title="保密")
    withdrawn_at: NaiveDatetime | None = Field(default=None, title="撤回时间")


class TakenInRow(SQLModel, table=True):
    """One row of a ledger that was taken in.

    ``row`` is its number as the spreadsheet shows it. ``content`` keeps, as JSON, what its cells
    said, for as long as the row waits to be put right; a registered row needs it no longer.
    """

    __tablename__ = "taken_in_row"

    id: int | None = Field(default=None, primary_key=True)
    ledger_id: int = Field(foreign_key="taken_in_ledger.id", index=True)
    sheet: str = Field(title="工作表")
    row: int = Field(title="行号")
    petition_id: int | None = Field(default=None, foreign_key="petition.id")
    state: RowState = Field(sa_type=coded(RowState), title="处理情况")
    sealed: bool = Field(default=False, title="保密")
    content: str = Field(default="", title="内容")


class ColumnMap(SQLModel, table=True):
    """How the columns of one layout of a ledger are read, as the clerk settled it."""

    __tablename__ = "column_map"

    layout: str = Field(primary_key=True)
    content: str = Field(title="对应关系")
    saved_at: NaiveDatetime = Field(title="保存时间")
