"""Verification (不满意核实): looking into a concluded matter once more."""

from sqlmodel import Field, SQLModel


class Verification(SQLModel, table=True):
    """不满意核实件: one round of verifying; the paper shows the latest round."""

    petition_id: int | None = Field(default=None, foreign_key="petition.id", primary_key=True)
    round: int = Field(default=1, primary_key=True)
    requirement: str = Field(default="", title="核实件要求")
    original_conclusion: str = Field(default="", title="原处理（答复）意见及结论")
    account: str = Field(default="", title="信访事项核实情况说明")
