"""By what matters are told apart (分布), what each group is called, and in which order they stand.

Groups stand in the order of their code list, places and bodies in the order of their names: none
of them is ranked by how many matters there are.
"""

from collections.abc import Iterable

from xinfang_desktop.models import (
    Action,
    Channel,
    HandlingOutcome,
    Kind,
    LabelledEnum,
    Route,
    SourceLevel,
    Stage,
)

from .categories import all_names, categories
from .counting import Dimension
from .sealing import SEALED_TITLE

UNTOLD = "未填"
"""What a group without a code is called."""

_FIRST_LEVEL = "iif(instr(p.category, '/'), substr(p.category, 1, instr(p.category, '/') - 1), {})"
_RESULT = (
    "(SELECT s.outcome FROM step AS s WHERE s.petition_id = p.id"
    f" AND s.action = '{Action.PROPOSE.value}' AND s.stage IS NOT NULL AND s.taken_back = 0"
    " ORDER BY s.id DESC LIMIT 1)"
)

CHANNEL = Dimension("channel", "信访形式", "p.channel", Channel, about=False)
KIND = Dimension("kind", "事项类别", "p.kind", Kind, about=False)
SOURCE = Dimension("source", "信访件来源", "p.source_level", SourceLevel)
ROUTE = Dimension("route", "处理途径", "p.route", Route)
CATEGORY = Dimension("category", "内容分类", _FIRST_LEVEL.format("p.category"))
SUBCATEGORY = Dimension("subcategory", "内容分类（二级）", "p.category")
PLACE = Dimension("place", "问题属地", "p.location")
BODY = Dimension("body", "责任单位", "p.responsible_body")
STAGE = Dimension("stage", "办理阶段", "p.stage", Stage)
RESULT = Dimension("result", "处理结果", _RESULT, HandlingOutcome)

DIMENSIONS = {
    dimension.key: dimension
    for dimension in (
        *(CHANNEL, SOURCE, KIND, ROUTE, CATEGORY, SUBCATEGORY),
        *(PLACE, BODY, STAGE, RESULT),
    )
}
"""Every dimension, by its key."""


def label(dimension: Dimension, group: str) -> str:
    """Give what a group is called."""
    if not group:
        return UNTOLD
    choices: Iterable[LabelledEnum] = dimension.choices or ()
    return next((choice.label for choice in choices if choice.value == group), group)


def in_order(dimension: Dimension, groups: Iterable[str]) -> list[str]:
    """Put groups into their order: code list or name, then what was not said, then the sealed."""
    known = {code: place for place, code in enumerate(_codes(dimension))}
    return sorted(
        groups,
        key=lambda group: (
            group == SEALED_TITLE,
            not group,
            known.get(group, len(known)),
            by_name(group),
        ),
    )


def by_name(name: str) -> bytes:
    """Give what sorts names as a Chinese list does: common characters by their sound.

    GB 18030 keeps the order of GB/T 2312, whose first level stands by pinyin.
    """
    return name.encode("gb18030", "replace")


def _codes(dimension: Dimension) -> Iterable[str]:
    if dimension is CATEGORY:
        return (category.name for category in categories())
    if dimension is SUBCATEGORY:
        return all_names()
    return (choice.value for choice in dimension.choices or ())
