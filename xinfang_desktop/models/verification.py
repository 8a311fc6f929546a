"""Verification (不满意核实): looking into a concluded matter once more."""

from sqlmodel import Field, SQLModel

from .codes import YesNo
from .columns import coded
from .outcomes import Extent, VerificationMethod


class Verification(SQLModel, table=True):
    """不满意核实件: one round of verifying; the paper shows the latest round."""

    petition_id: int | None = Field(default=None, foreign_key="petition.id", primary_key=True)
    round: int = Field(default=1, primary_key=True)
    requirement: str = Field(default="", title="核实件要求")
    original_conclusion: str = Field(default="", title="原处理（答复）意见及结论")
    account: str = Field(default="", title="信访事项核实情况说明")
    method: VerificationMethod | None = Field(
        default=None, sa_type=coded(VerificationMethod), title="核实方式"
    )
    substantiated: Extent | None = Field(default=None, sa_type=coded(Extent), title="是否属实")
    reasonable: Extent | None = Field(default=None, sa_type=coded(Extent), title="诉求是否合理")
    understanding: YesNo | None = Field(default=None, sa_type=coded(YesNo), title="是否理解件")
    may_rate_again: YesNo | None = Field(default=None, sa_type=coded(YesNo), title="可否再评价")
