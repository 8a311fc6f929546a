"""FollowUp (回访): asking the petitioner back after conclusion."""

from datetime import date

from sqlmodel import Field, SQLModel

from .codes import FollowUpMethod, Satisfaction
from .columns import coded


class FollowUp(SQLModel, table=True):
    """回访: one round of asking a petitioner back; the paper shows the latest round.

    ``satisfaction`` rates the handling as the paper asks it, ``body_satisfaction`` the responsible
    body apart, as the upper platform does. ``attempts`` counts the calls that nobody answered.
    """

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
    body_satisfaction: Satisfaction | None = Field(
        default=None, sa_type=coded(Satisfaction), title="对责任单位的评价"
    )
    made_by: str = Field(default="", title="回访人")
    attempts: int = Field(default=0, title="未接通次数")
    unreachable_reason: str = Field(default="", title="无法回访原因")
    remarks: str = Field(default="", title="回访情况")

    @property
    def is_dissatisfied(self) -> bool:
        """Whether one of the two ratings is 不满意."""
        return Satisfaction.DISSATISFIED in (self.satisfaction, self.body_satisfaction)
