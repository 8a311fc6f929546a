"""What the heads of foreign ledgers mean: the fields a column can fill, and how they are called.

The names are data: ``resources/codes/ledger_headings.json``.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from xinfang_desktop.models import Channel, Kind, LabelledEnum, Satisfaction, Sex, SourceLevel
from xinfang_desktop.paths import resource


class Says(Enum):
    """How the cells of a column are read."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    COUNT = "count"
    NAMES = "names"
    CHOICE = "choice"


@dataclass(frozen=True)
class Field:
    """Something that a column of a ledger can tell of a matter; ``choices`` where it chooses."""

    key: str
    title: str
    says: Says = Says.TEXT
    choices: type[LabelledEnum] | None = None


NOT_TAKEN = ""
"""The field of a column that is not taken in."""

FIELDS: Mapping[str, Field] = {
    field.key: field
    for field in (
        Field("received_on", "来访（收到）日期", Says.DAY),
        Field("received_time", "来访时间", Says.TIME),
        Field("number", "原编号", Says.NUMBER),
        Field("names", "信访人姓名", Says.NAMES),
        Field("document", "证件号码", Says.NUMBER),
        Field("phone", "联系电话", Says.NUMBER),
        Field("address", "住址"),
        Field("unit", "工作单位"),
        Field("sex", "性别", Says.CHOICE, Sex),
        Field("headcount", "人数", Says.COUNT),
        Field("involved", "涉及人数", Says.COUNT),
        Field("attending", "实际来访人数", Says.COUNT),
        Field("claim", "反映内容及诉求"),
        Field("channel", "信访形式", Says.CHOICE, Channel),
        Field("source", "信访件来源", Says.CHOICE, SourceLevel),
        Field("superior_number", "上级编号", Says.NUMBER),
        Field("kind", "事项类别", Says.CHOICE, Kind),
        Field("category", "内容分类"),
        Field("location", "问题属地"),
        Field("accused", "被反映人或单位"),
        Field("agent", "代办人"),
        Field("reception_opinion", "接待意见"),
        Field("responsible_body", "责任单位"),
        Field("handler", "承办人"),
        Field("accepted_on", "受理日期", Says.DAY),
        Field("concluded_on", "办结日期", Says.DAY),
        Field("conclusion", "处理结果"),
        Field("satisfaction", "满意度", Says.CHOICE, Satisfaction),
        Field("note", "备注（记入经过）"),
    )
}

_ENDINGS = frozenset({"姓名", "电话", "手机", "住址", "地址", "性别", "诉求", "属地"})
"""Names of two characters by which a longer head may end; others of two stand alone only."""

_BRACKETED = re.compile(r"[(\[{【〔<《].*?[)\]}】〕>》]")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Meaning:
    """What a head means: a field, or that it is not taken in; ``whole`` where it is just that."""

    field: str
    whole: bool

    @property
    def weight(self) -> float:
        """How sure it is."""
        return 1.0 if self.whole else 0.6


def meaning(head: str) -> Meaning | None:
    """Give what a head means, or None where nobody calls anything so."""
    names, plain = _names(), plain_head(head)
    if plain in names:
        return Meaning(names[plain], whole=True)
    ends = (plain[start:] for start in range(1, len(plain) - 1))
    end = next((end for end in ends if end in names and (len(end) > 2 or end in _ENDINGS)), None)
    return Meaning(names[end], whole=False) if end else None


def plain_head(head: str) -> str:
    """Give a head as it is compared: without blanks, brackets and what is in them."""
    wide = unicodedata.normalize("NFKC", head).casefold()
    bare = _NO_LETTER.sub("", _BRACKETED.sub("", wide))
    return bare or _NO_LETTER.sub("", wide)


@cache
def choices_of(key: str) -> Mapping[str, LabelledEnum]:
    """Give the choices of a field by everything that a ledger may call them."""
    choices = FIELDS[key].choices
    assert choices is not None
    written: dict[str, LabelledEnum] = {choice.label: choice for choice in choices}
    for code, names in _table()["choices"][key].items():
        written |= dict.fromkeys(names, choices.from_code(code))
    return written


@cache
def _names() -> Mapping[str, str]:
    return {plain_head(name): field for field, names in _table()["heads"].items() for name in names}


@cache
def _table() -> Any:  # noqa: ANN401 - JSON
    return json.loads(resource("codes", "ledger_headings.json").read_text("utf-8"))
