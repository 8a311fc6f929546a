"""FollowUp (回访): asking the petitioner back after conclusion."""

from datetime import date

from sqlmodel import Field, SQLModel

from .codes import FollowUpMethod, Satisfaction
from .columns import coded


class FollowUp(SQLModel, table=True):
    """回访: one round of asking a petitioner back; the paper shows the latest round."""

    __tablename__ = "follow_up"

    petition_id: int | None = Field(default=None, foreign_key="petition.id", primary_key=True)
    round: int = Field(default=1, primary_key=True)
    satisfaction: Satisfaction | None = Field(
        default=None, sa_type=coded(Satisfaction), title="信访人意见"
    )
    made_on: date | None = Field(default=None, title="回访日期")
    method: FollowUpMethod | None = Field(
        default=None, sa_type=coded(FollowUpMethod), title="回访方式"
    )
