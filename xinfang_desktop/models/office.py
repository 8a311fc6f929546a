"""The office profile: the names, the number pattern and the titles that its papers carry."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from .codes import Channel, Kind, LetterHead


def _number_pattern(pattern: str) -> str:
    """Refuse a pattern that would give two matters one number."""
    try:
        first, second = (pattern.format(year=2026, serial=serial) for serial in (1, 2))
        another_year = pattern.format(year=2027, serial=1)
    except (KeyError, IndexError, ValueError):
        raise ValueError("编号格式只能用 {year}（年份）和 {serial}（序号）两处空") from None
    if first in (second, another_year):
        raise ValueError("编号格式里 {year}（年份）和 {serial}（序号）都不能少")
    return pattern


NumberPattern = Annotated[str, AfterValidator(_number_pattern)]


ENDORSERS = {
    Kind.ACCUSATION: "主职领导",
    Kind.REMEDY: "信访分管领导",
    Kind.SUGGESTION: "信访分管领导",
}
"""Whose endorsement assigns and concludes a matter (annex 1 of the office's regulation)."""


class Leader(BaseModel):
    """A leader who endorses papers by hand; the name is never printed as if signed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(title="职务")
    name: str = Field(default="", title="姓名")


class OfficeProfile(BaseModel):
    """单位资料: what makes the regulation's papers this office's papers.

    Kept as one row of the store, exchanged as one TOML file (``xinfang init --office``).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(default="镜湖新区开发办", min_length=1, title="单位简称")
    full_name: str = Field(default="", title="单位全称")
    desk: str = Field(default="信访办", min_length=1, title="信访机构名称")
    superior_bureau: str = Field(default="", title="上级信访局")
    number_pattern: NumberPattern = Field(default="镜访〔{year}〕{serial}号", title="编号格式")
    channel_patterns: dict[Channel, NumberPattern] = Field(
        default_factory=dict, title="按信访形式另设的编号格式"
    )
    reception_caption: str = Field(default="接待部室（单位）意见", title="接待意见栏名称")
    matter_leader_caption: str = Field(default="事项分管领导意见", title="分管领导栏名称")
    principal_caption: str = Field(default="办主要领导意见", title="主要领导栏名称")
    endorsers: dict[Kind, str] = Field(
        default_factory=lambda: dict(ENDORSERS), title="按事项类别由谁交办、办结签批"
    )
    usual_endorser: str = Field(default="主职领导", title="类别未定时由谁签批")
    paper_patterns: dict[str, NumberPattern] = Field(
        default_factory=dict, title="文书另设的编号格式"
    )
    letter_head: LetterHead = Field(default=LetterHead.PLAIN, title="函件红头")
    red_head_room: int = Field(default=80, ge=37, le=150, title="留白高度（毫米）")
    leaders: tuple[Leader, ...] = Field(default=(), title="领导")
    group_threshold: int = Field(default=5, ge=2, title="集体访人数（含本数）")

    def pattern_for(self, channel: Channel) -> str:
        """Give the number pattern of matters that come in by ``channel``."""
        return self.channel_patterns.get(channel, self.number_pattern)

    def endorser(self, kind: Kind | None) -> str:
        """Say whose endorsement assigns and concludes a matter of ``kind``."""
        return self.endorsers.get(kind, self.usual_endorser) if kind else self.usual_endorser

    @property
    def signature(self) -> str:
        """The name the office signs letters with."""
        return self.full_name or self.name

    @property
    def blank_number(self) -> str:
        """The number as an empty paper shows it, with room to write."""
        return self.number_pattern.format(year=_Room(3), serial=_Room(3))


class _Room:
    """Stands for a figure that is still to be written by hand."""

    def __init__(self, characters: int) -> None:
        self._characters = characters

    def __format__(self, specification: str) -> str:
        return "\N{IDEOGRAPHIC SPACE}" * self._characters
