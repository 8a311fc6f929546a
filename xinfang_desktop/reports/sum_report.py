"""The sum of several offices as a report: who is in it, who is missing, and every figure added."""

from collections.abc import Iterator, Sequence

from xinfang_desktop.casework import dimensions
from xinfang_desktop.models.report import Block, Paragraph, Report, Said, Section, Table

from .adding_up import Added
from .measures import GROUPS, Measure
from .words import with_parts

TITLE = "信访工作数据汇总"
_RULE = "率和平均数按各单位的分子、分母分别相加后再相除，不是各单位百分数的平均。"
_MOST_BESIDE = 3
"""Up to how many offices stand beside the sum; more than these are in the sum only."""


def sum_report(added: Added) -> Report:
    """Compose the report of a sum."""
    blocks = (*_offices(added), *_figures(added))
    sections = [
        Section("参加汇总的单位", tuple(_given(added))),
        Section("汇总数据", blocks),
        Section("来件分布", tuple(_groups(added))),
    ]
    names = "、".join(added.given)
    return Report(
        key="sum",
        title=f"{added.period.title}{TITLE}",
        office=names,
        signature=f"共{len(added.given)}个单位",
        period=added.period.title,
        days=added.period.days,
        made_on="",
        sections=tuple(section for section in sections if section.blocks),
        remarks=(_RULE,),
    )


def _given(added: Added) -> Iterator[Block]:
    rows = tuple(
        (
            Said(office),
            Said(f"第{one.version}版"),
            Said(one.frozen_on.isoformat()),
            Said(one.digest[:16]),
        )
        for office, one in added.given.items()
    )
    head = ("单位", "版本", "封存日期", "校验值")
    yield Table("单位", head, rows, (60, 20, 30, 40), numbers=len(head))
    for words, names in (
        ("没有报送的单位", added.missing),
        ("报送了几份的单位", added.doubled),
        ("不在名单里的单位", added.unexpected),
        ("各单位口径不同、没有相加的指标", tuple(one.name for one in added.differing)),
    ):
        if names:
            yield Paragraph((Said(f"{words}：{'、'.join(names)}。"),))


def _offices(added: Added) -> Iterator[Block]:
    if added.missing:
        yield Paragraph((Said(f"以下数据不含{'、'.join(added.missing)}。"),))


def _figures(added: Added) -> Iterator[Table]:
    beside = [*added.given] if len(added.given) <= _MOST_BESIDE else []
    for group in GROUPS:
        rows = [
            _row(added, measure, beside)
            for measure in group.measures
            if measure.key in added.values and not added.values[measure.key].is_nothing
        ]
        if rows:
            widths = (40.0, 30.0, *(30.0 for _ in beside))
            yield Table(group.title, ("指标", "合计", *beside), tuple(rows), widths)


def _row(added: Added, measure: Measure, beside: Sequence[str]) -> tuple[Said, ...]:
    own = (added.value_of(office, measure.key) for office in beside)
    values = (added.values[measure.key], *own)
    return (Said(measure.name), *(Said(with_parts(measure, value)) for value in values))


def _groups(added: Added) -> Iterator[Table]:
    for key, counts in added.groups.items():
        dimension = dimensions.DIMENSIONS.get(key)
        if dimension is None or not counts:
            continue
        ordered = dimensions.in_order(dimension, counts)
        rows = tuple(
            (Said(dimensions.label(dimension, group)), Said(f"{counts[group]}件次"))
            for group in ordered
        )
        yield Table(dimension.title, (dimension.title, "件次"), rows, (80.0, 30.0))
