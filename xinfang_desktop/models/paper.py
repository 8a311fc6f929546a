"""Issued papers (已出文书) as evidence, and the words a clerk wrote into the papers of a matter."""

from datetime import date

from pydantic import NaiveDatetime
from sqlmodel import Field, SQLModel


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
