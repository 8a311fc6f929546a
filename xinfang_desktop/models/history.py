"""Step (办理过程) and Draft (草稿): what was done with a matter, and what is still being typed."""

from datetime import date, time

from pydantic import NaiveDatetime
from sqlmodel import Field, SQLModel

from .codes import Action
from .columns import coded
from .labelled import LabelledEnum
from .outcomes import OUTCOMES
from .stage import Stage


class Step(SQLModel, table=True):
    """Who did what with a matter on which day, with the words of the opinion.

    An act of the way of a matter also says from which stage to which it led; ``body`` is who it
    goes to, ``until_on`` a day that it sets, ``outcome`` the code of what it came to. ``written``
    keeps, as JSON, what it wrote over, so that it can be taken back on another day too.
    """

    id: int | None = Field(default=None, primary_key=True)
    petition_id: int = Field(foreign_key="petition.id", index=True)
    action: Action = Field(sa_type=coded(Action), title="事项")
    done_on: date = Field(title="日期")
    done_by: str = Field(default="", title="经办人")
    words: str = Field(default="", title="说明")
    recorded_at: NaiveDatetime = Field(title="记录时间")
    done_at: time | None = Field(default=None, title="时刻")
    from_stage: Stage | None = Field(default=None, sa_type=coded(Stage), title="原阶段")
    stage: Stage | None = Field(default=None, sa_type=coded(Stage), title="阶段")
    body: str = Field(default="", title="单位")
    until_on: date | None = Field(default=None, title="期限日")
    outcome: str = Field(default="", title="结果")
    written: str = Field(default="", title="改动前内容")
    taken_back: bool = Field(default=False, title="已撤回")

    @property
    def came_to(self) -> LabelledEnum | None:
        """What the act came to; a code of another day reads as nothing."""
        choices = OUTCOMES.get(self.action, ())
        return next((choice for choice in choices if choice.value == self.outcome), None)


class Draft(SQLModel, table=True):
    """A form that is being filled in: the record as JSON, kept until it is saved or thrown away."""

    id: int | None = Field(default=None, primary_key=True)
    form: str = Field(title="表单")
    petition_id: int | None = Field(default=None, foreign_key="petition.id")
    content: str = Field(title="内容")
    sealed: bool = Field(default=False, title="保密")
    saved_at: NaiveDatetime = Field(title="保存时间")
