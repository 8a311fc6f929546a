"""DiscardedDraft (草稿回收站): a draft that was thrown away, kept a week."""

from pydantic import NaiveDatetime
from sqlmodel import Field, SQLModel


class DiscardedDraft(SQLModel, table=True):
    """A draft thrown away at ``discarded_at``; the rest is as it was in the draft."""

    __tablename__ = "discarded_draft"

    id: int | None = Field(default=None, primary_key=True)
    form: str = Field(title="表单")
    petition_id: int | None = Field(default=None, foreign_key="petition.id")
    content: str = Field(title="内容")
    sealed: bool = Field(default=False, title="保密")
    saved_at: NaiveDatetime = Field(title="保存时间")
    discarded_at: NaiveDatetime = Field(title="丢弃时间")
