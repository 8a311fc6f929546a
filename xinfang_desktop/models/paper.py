"""Issued papers (已出文书) as evidence, where each of them is, and words written into papers."""

from datetime import date

from pydantic import NaiveDatetime
from sqlmodel import Field, SQLModel

from .columns import coded
from .labelled import LabelledEnum


class PaperWords(SQLModel, table=True):
    """What one blank of a letter says instead of its usual words; ``name`` is paper and blank."""

    __tablename__ = "paper_words"

    petition_id: int = Field(foreign_key="petition.id", primary_key=True)
    name: str = Field(primary_key=True)
    text: str = Field(title="内容")


class IssuedPaper(SQLModel, table=True):
    """A paper as it went out: the very PDF (in the vault), its hash, who issued it and when.

    ``form_version`` is the version of the definition it was made from; ``composed`` the hash of
    what it said, by which a later change of the matter is noticed.
    """

    __tablename__ = "issued_paper"

    id: int | None = Field(default=None, primary_key=True)
    petition_id: int = Field(foreign_key="petition.id", index=True)
    form: str = Field(title="文书")
    form_version: int = Field(default=1, title="版式")
    number: str = Field(default="", title="文书编号")
    issued_on: date = Field(title="日期")
    issued_at: NaiveDatetime = Field(title="制作时间")
    issued_by: str = Field(default="", title="制作人")
    pages: int = Field(default=1, title="页数")
    digest: str = Field(title="SHA-256")
    composed: str = Field(title="内容指纹")
    vault_name: str = Field(title="存档文件")


class PaperState(LabelledEnum):
    """文书去向: where a printed sheet of paper is on its way over the leaders' desks.

    ``CARRIED_ON`` is a sheet that was printed on once more (续打): it goes on under the later one.
    """

    PRINTED = "printed", "已打印"
    SENT = "sent", "送签"
    RETURNED = "returned", "签回"
    SCANNED = "scanned", "已扫描"
    LOST = "lost", "遗失"
    VOID = "void", "作废"
    CARRIED_ON = "carried_on", "已续打"


class PaperMove(SQLModel, table=True):
    """One stay of an issued paper: in which state, with whom, from which day to which.

    A paper without one lies printed in the office. The stay without ``left_on`` is the present one;
    there is one for each paper at most. ``moved_at`` and ``moved_by`` say when it was noted, and by
    whom.
    """

    __tablename__ = "paper_move"

    id: int | None = Field(default=None, primary_key=True)
    paper_id: int = Field(foreign_key="issued_paper.id", index=True)
    petition_id: int = Field(foreign_key="petition.id", index=True)
    state: PaperState = Field(sa_type=coded(PaperState), title="去向")
    holder: str = Field(default="", title="在谁手里")
    moved_on: date = Field(title="日期")
    left_on: date | None = Field(default=None, title="离开日期")
    moved_at: NaiveDatetime = Field(title="记录时间")
    moved_by: str = Field(default="", title="经办人")
    remarks: str = Field(default="", title="说明")
