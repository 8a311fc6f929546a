"""Merging (并件): a matter that was entered twice, and what the kept one was before."""

from pydantic import NaiveDatetime
from sqlmodel import Field, SQLModel


class Merging(SQLModel, table=True):
    """并件: one matter merged into another, with the kept one as JSON before and after it.

    It lasts as long as the two are one: to part them takes the record away and the history stays.
    """

    merged_id: int = Field(foreign_key="petition.id", primary_key=True)
    kept_id: int = Field(foreign_key="petition.id", index=True)
    merged_at: NaiveDatetime = Field(title="并件时间")
    merged_by: str = Field(title="经办人")
    before: str = Field(title="并件前")
    after: str = Field(title="并件后")
