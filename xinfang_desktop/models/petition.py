"""Petition (信访事项): the matter itself, with its number, its dates and its claim."""

from datetime import date, time

from pydantic import NaiveDatetime
from sqlmodel import Field, SQLModel

from .codes import Channel, Kind, PetitionState, Relation, SourceLevel, YesNo
from .columns import coded
from .route import Route
from .stage import Stage


class Petition(SQLModel, table=True):
    """信访事项: one matter of one or more petitioners, registered under one number.

    ``received_on`` is the day the matter reached the office and starts its time limits;
    ``registered_at`` is when it was typed. The three head counts are the national system's:
    信访人数, 涉及人数, 实际来访人数. ``gaps`` counts what was missing when it was last saved.

    ``repeat_of`` is the first of the matters that are the same (初次), for every later one (重复):
    worked out by ``casework.linking`` from the links, never typed. ``merged_into`` is the matter
    that a doublet was merged into; ``former_number`` its number in the ledger it was taken from.
    ``bypassing`` marks a visit past the level with authority (article 20), for figures only.
    """

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(default="", unique=True, index=True, title="编号")
    series: str = Field(default="", title="编号系列")
    year: int = Field(default=0, title="编号年份")
    serial: int = Field(default=0, title="序号")
    state: PetitionState = Field(
        default=PetitionState.REGISTERED, sa_type=coded(PetitionState), title="状态"
    )
    channel: Channel = Field(default=Channel.VISIT, sa_type=coded(Channel), title="信访形式")
    source_level: SourceLevel = Field(
        default=SourceLevel.OWN, sa_type=coded(SourceLevel), title="信访件来源"
    )
    superior_number: str = Field(default="", title="信访件编号")
    kind: Kind | None = Field(default=None, sa_type=coded(Kind), title="信访事项类别")
    category: str = Field(default="", title="内容分类")
    received_on: date | None = Field(default=None, title="来访日期")
    received_time: time | None = Field(default=None, title="来访时间")
    registered_at: NaiveDatetime | None = Field(default=None, title="登记时间")
    registered_by: str = Field(default="", title="登记人")
    claim: str = Field(default="", title="反映内容及诉求摘要")
    headcount: int | None = Field(default=None, title="人数")
    involved: int | None = Field(default=None, title="涉及人数")
    attending: int | None = Field(default=None, title="实际来访人数")
    location: str = Field(default="", title="问题属地")
    agent: str = Field(default="", title="代办人")
    accused: str = Field(default="", title="被反映人或单位")
    urgent: bool = Field(default=False, title="重大紧急")
    confidential: bool = Field(default=False, title="要求保密")
    reception_opinion: str = Field(default="", title="接待部室（单位）意见")
    weekly_consultation: YesNo | None = Field(
        default=None, sa_type=coded(YesNo), title="是否进入周会商"
    )
    supervised: YesNo | None = Field(default=None, sa_type=coded(YesNo), title="是否进入督查督办")
    void_reason: str = Field(default="", title="作废原因")
    route: Route | None = Field(default=None, sa_type=coded(Route), title="处理途径")
    responsible_body: str = Field(default="", title="责任单位")
    handler: str = Field(default="", title="事项承办人")
    accepted_on: date | None = Field(default=None, title="受理日期")
    concluded_on: date | None = Field(default=None, title="办结日期")
    conclusion: str = Field(default="", title="处理（答复）意见及结论")
    gaps: int = Field(default=0, title="欠缺项数")
    stage: Stage = Field(default=Stage.REGISTERED, sa_type=coded(Stage), title="办理阶段")
    served_on: date | None = Field(default=None, title="答复送达日期")
    bypassing: bool = Field(default=False, title="越级走访")
    former_number: str = Field(default="", title="原编号")
    repeat_of: int | None = Field(default=None, foreign_key="petition.id", title="首次事项")
    merged_into: int | None = Field(default=None, foreign_key="petition.id", title="并入事项")

    @property
    def standing(self) -> str:
        """Where the matter stands, in words: 已作废, or the stage of its way."""
        return self.stage.label if self.state is PetitionState.REGISTERED else self.state.label

    @property
    def is_sealed(self) -> bool:
        """Whether only cleared accounts may read it (检举控告: articles 30 and 46)."""
        return self.kind is Kind.ACCUSATION


class PetitionLink(SQLModel, table=True):
    """A clerk's decision about a matter and one registered before it; one for each pair."""

    __tablename__ = "petition_link"

    petition_id: int = Field(foreign_key="petition.id", primary_key=True)
    earlier_id: int = Field(foreign_key="petition.id", primary_key=True, index=True)
    relation: Relation = Field(sa_type=coded(Relation), title="关系")


class NumberSeries(SQLModel, table=True):
    """The last number given in one series and year; it only ever rises."""

    __tablename__ = "number_series"

    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int = Field(default=0)
