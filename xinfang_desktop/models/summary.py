"""What is kept of summaries: the words the office wrote, and the figures as they were handed in."""

from datetime import date

from pydantic import NaiveDatetime
from sqlmodel import Field, SQLModel


class SummaryWords(SQLModel, table=True):
    """文稿: what the office wrote into the summary of one period, by the part's name."""

    __tablename__ = "summary_words"

    period: str = Field(primary_key=True, title="统计期")
    name: str = Field(primary_key=True, title="段落")
    text: str = Field(title="文字")


class FrozenSummary(SQLModel, table=True):
    """封存的统计: the figures of a period as they were handed in, by whom and when.

    ``content`` is JSON: every figure by its parts with the matters behind it, and the report as it
    read. ``digest`` is its SHA-256. A correction is another ``version``; none is ever changed.
    """

    __tablename__ = "frozen_summary"

    id: int | None = Field(default=None, primary_key=True)
    period: str = Field(index=True, title="统计期")
    version: int = Field(title="版本")
    frozen_at: NaiveDatetime = Field(title="封存时间")
    frozen_by: str = Field(title="封存账户")
    as_of: date = Field(title="统计日")
    reason: str = Field(default="", title="更正原因")
    content: str = Field(title="内容")
    digest: str = Field(title="校验值")
