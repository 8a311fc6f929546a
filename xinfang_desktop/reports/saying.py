"""Saying what was summed up: sentences, tables and charts, by the outline of the period's kind."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import assert_never

from xinfang_desktop.casework.dimensions import BODY
from xinfang_desktop.models.period import Period
from xinfang_desktop.models.report import Bar, Block, Chart, Paragraph, Report, Said, Section, Table

from .figures import Figure, GroupFigures, Value
from .measures import MEASURES
from .outline import (
    BodyTable,
    Definitions,
    FigureChart,
    FigureTable,
    GroupChart,
    GroupTable,
    Item,
    MatterTable,
    MonthsChart,
    Sentence,
    Written,
)
from .summary import Summary
from .words import change, changed, parts, per_cent, told, with_parts

_NAMED = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_FOLDED_FROM = 15
"""From how many rows on a table of groups stands in two columns."""


def say(summary: Summary) -> Report:
    """Compose the report of a summary."""
    return _Composer(summary).report()


class _Composer:
    """Says what was gathered, in the order of the outline."""

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._figures = summary.figures
        self._period = summary.period
        self._told: dict[str, None] = {}
        """The figures told so far, in their order."""

    def report(self) -> Report:
        """Compose the whole report; a section with nothing in it is left out."""
        office, scope = self._summary.scope.office, self._summary.scope
        sections = [
            Section(part.title, blocks, part.is_annex)
            for part in self._summary.outline.parts
            if (blocks := tuple(self._blocks(part.items)))
        ]
        outline = self._summary.outline
        return Report(
            key=outline.key,
            title=f"{office.name}{self._period.title}{outline.title}",
            office=office.name,
            signature=f"{office.signature}{office.desk}",
            period=self._period.title,
            days=self._period.days,
            made_on=_day(scope.today),
            sections=tuple(sections),
            remarks=(
                f"统计期{self._period.days}，按{_day(scope.today)}的登记内容统计。"
                "作废的和并入其他事项的不计；检举控告只计件数，不反映内容。",
            ),
        )

    def _blocks(self, items: Sequence[Item]) -> Iterator[Block]:
        sentences: list[Said] = []
        for item in items:
            if isinstance(item, Sentence):
                sentences += self._sentence(item)
                continue
            if sentences:
                yield Paragraph(tuple(sentences))
                sentences = []
            yield from self._block(item)
        if sentences:
            yield Paragraph(tuple(sentences))

    def _block(self, item: Item) -> Iterator[Block]:
        match item:
            case FigureTable():
                yield from self._figure_table(item)
            case GroupTable():
                yield from self._group_table(item)
            case BodyTable():
                yield from self._body_table(item)
            case MatterTable():
                yield from self._matter_table(item)
            case FigureChart() | GroupChart():
                yield from self._chart(item)
            case MonthsChart():
                yield from self._months_chart(item)
            case Definitions():
                yield self._definitions(item)
            case Written():
                yield from self._written(item)
            case Sentence():
                return
            case _:
                assert_never(item)

    # sentences

    def _sentence(self, sentence: Sentence) -> Iterator[Said]:
        clauses = [
            clause for clause in sentence.clauses if sentence.always or self._has_anything(clause)
        ]
        if sentence.always and self._is_zero_report(sentence):
            yield Said(f"{self._period.name}没有新收到信访事项（零报告）。")
            return
        clauses = [clause for clause in clauses if self._is_told(clause)]
        for place, clause in enumerate(clauses):
            yield Said("，") if place else Said("")
            yield from self._clause(clause)
        if clauses:
            yield Said("。")

    def _is_zero_report(self, sentence: Sentence) -> bool:
        names = "".join(sentence.clauses)
        return "{received}" in names and self._figures["received"].value.is_nothing

    def _has_anything(self, clause: str) -> bool:
        """Tell whether something was counted; a rate alone is told where it has a whole."""
        named = [self._figures[key] for key, _ in _NAMED.findall(clause) if key in self._figures]
        counts = [one for one in named if not one.measure.is_ratio]
        return any(not one.value.is_nothing for one in counts or named)

    def _is_told(self, clause: str) -> bool:
        """Leave out what a year ago was where that is the period before."""
        return ".year}" not in clause or not self._has_one_base

    @property
    def _has_one_base(self) -> bool:
        return self._summary.compared == self._period.year_ago

    def _clause(self, clause: str) -> Iterator[Said]:
        at = 0
        for found in _NAMED.finditer(clause):
            if words := clause[at : found.start()]:
                yield Said(words)
            yield self._named(found[1], found[2])
            at = found.end()
        if words := clause[at:]:
            yield Said(words)

    def _named(self, key: str, which: str | None) -> Said:
        if key == "name":
            return Said(self._period.name)
        figure = self._figures[key]
        self._told[key] = None
        match which:
            case "change":
                return Said(changed(figure, figure.before, self._before_name))
            case "year":
                return Said(changed(figure, figure.year_ago, "上年同期"))
            case _:
                return Said(with_parts(figure.measure, figure.value), figure.pointer())

    @property
    def _before_name(self) -> str:
        is_chosen = self._summary.compared != self._period.previous
        return self._summary.compared.title if is_chosen else self._period.previous_name

    # tables

    def _figure_table(self, item: FigureTable) -> Iterator[Table]:
        figures = [self._figures[key] for key in item.keys]
        if item.spare:
            figures = [one for one in figures if not _is_nothing(one)]
        if not figures:
            return
        self._told.update(dict.fromkeys(one.measure.key for one in figures))
        yield Table(
            item.title,
            ("指标", self._period.name, *self._heads()),
            tuple(self._row(figure) for figure in figures),
            (34, 30, *self._widths()),
        )

    def _heads(self) -> tuple[str, ...]:
        if self._has_one_base:
            return self._before_name, "增减"
        return self._before_name, "环比" if self._is_usual else "增减", "上年同期", "同比"

    @property
    def _is_usual(self) -> bool:
        return self._summary.compared == self._period.previous

    def _widths(self) -> tuple[float, ...]:
        return (30, 20) if self._has_one_base else (28, 18, 28, 18)

    def _row(self, figure: Figure) -> tuple[Said, ...]:
        measure, period = figure.measure, self._period
        cells = [
            Said(measure.name),
            Said(with_parts(measure, figure.value), figure.pointer()),
            Said(
                with_parts(measure, figure.before),
                figure.pointer(period=self._summary.compared),
            ),
            Said(change(measure, figure.value, figure.before)),
        ]
        if not self._has_one_base:
            cells += [
                Said(
                    with_parts(measure, figure.year_ago),
                    figure.pointer(period=period.year_ago),
                ),
                Said(change(measure, figure.value, figure.year_ago)),
            ]
        return tuple(cells)

    def _group_table(self, item: GroupTable) -> Iterator[Table]:
        groups = self._summary.groups[item.dimension.key]
        total = self._figures[item.key]
        if not groups:
            return
        rows = [self._group_row(group, item.key, total) for group in groups]
        head, widths = self._group_heads(item)
        if len(rows) >= _FOLDED_FROM:
            rows, head, widths = _folded(rows, head, widths)
        whole = [
            Said("合计"),
            Said(told(total.measure, total.value), total.pointer()),
            Said("100%" if total.value.numerator else "—"),
            Said(told(total.measure, total.before), total.pointer(period=self._summary.compared)),
        ]
        rows.append(tuple(whole + [Said("")] * (len(head) - len(whole))))
        yield Table(item.title, head, tuple(rows), widths, note=item.note)

    def _group_heads(self, item: GroupTable) -> tuple[tuple[str, ...], tuple[float, ...]]:
        return (item.dimension.title, self._period.name, "占比", self._before_name), (
            40,
            20,
            18,
            20,
        )

    def _group_row(self, group: GroupFigures, key: str, total: Figure) -> tuple[Said, ...]:
        figure, before = group.figures[key], self._summary.compared
        share = Value(figure.value.numerator, total.value.numerator).amount
        return (
            Said(group.label),
            Said(told(figure.measure, figure.value), group.pointer(key)),
            Said("—" if share is None else per_cent(share)),
            Said(told(figure.measure, figure.before), group.pointer(key, period=before)),
        )

    def _body_table(self, item: BodyTable) -> Iterator[Table]:
        bodies = self._summary.bodies
        if not bodies:
            return
        self._told.update(dict.fromkeys(item.heads))
        rows = tuple(
            (Said(group.label), *(self._body_cell(group, key) for key in item.heads))
            for group in bodies
        )
        widths = tuple(22.0 if MEASURES[key].is_ratio else 12.5 for key in item.heads)
        heads = (BODY.title, *item.heads.values())
        yield Table(item.title, heads, rows, (24.0, *widths), note=item.note)

    def _body_cell(self, group: GroupFigures, key: str) -> Said:
        """Give a figure of a body; the parts of a rate stand below it."""
        figure = group.figures[key]
        if not figure.measure.is_ratio:
            return Said(str(figure.value.numerator), group.pointer(key))
        shown = told(figure.measure, figure.value)
        return Said(f"{shown}\n{parts(figure.measure, figure.value)}", group.pointer(key))

    def _matter_table(self, item: MatterTable) -> Iterator[Block]:
        lines = self._summary.agenda[item.name]
        if not lines:
            yield Paragraph((Said(item.empty),))
            return
        rows = tuple(
            (
                Said(line.number, matter=line.number),
                Said(line.received_on.isoformat() if line.received_on else ""),
                Said(line.claim),
                Said(line.body),
                Said(line.due_on.isoformat() if line.due_on else ""),
            )
            for _, line in lines
        )
        head = ("编号", "收到日期", "反映内容及诉求", "责任单位", "最近期限")
        title = f"{item.title}（{len(lines)}件）"
        yield Table(title, head, rows, (40, 24, 44, 24, 24), numbers=len(head))

    def _definitions(self, item: Definitions) -> Table:
        told = {**dict.fromkeys(item.besides), **self._told}
        measures = [
            measure
            for key, measure in MEASURES.items()
            if key in told and (measure.is_ratio or key in item.besides)
        ]
        office = self._summary.scope.office
        rows = tuple(
            (Said(one.name), Said(f"{one.defined(office)}（{one.rule}）"), Said(one.source))
            for one in measures
        )
        return Table(item.title, ("指标", "口径", "依据"), rows, (30, 92, 34), numbers=3)

    # charts and words

    def _chart(self, item: FigureChart | GroupChart) -> Iterator[Chart]:
        bars = [
            Bar(label, (figure.value.numerator, figure.before.numerator))
            for label, figure in self._charted(item)
        ]
        bars = [bar for bar in bars if any(bar.values)]
        series: tuple[str, ...] = (self._period.name, self._before_name)
        if not any(bar.values[1] for bar in bars):
            bars, series = [Bar(bar.label, bar.values[:1]) for bar in bars], series[:1]
        if bars:
            yield Chart(item.title, series, tuple(bars))

    def _charted(self, item: FigureChart | GroupChart) -> Iterator[tuple[str, Figure]]:
        if isinstance(item, FigureChart):
            for key in item.keys:
                yield self._figures[key].measure.name, self._figures[key]
            return
        for group in self._summary.groups[item.dimension.key]:
            yield group.label, group.figures[item.key]

    def _months_chart(self, item: MonthsChart) -> Iterator[Chart]:
        months = self._summary.months
        bars = tuple(
            Bar(_month(month, months[0][0]), tuple(found[key].numerator for key in item.keys))
            for month, found in months
        )
        if any(any(bar.values) for bar in bars):
            names = tuple(MEASURES[key].name for key in item.keys)
            yield Chart(item.title, names, bars, lying=False)

    def _written(self, item: Written) -> Iterator[Paragraph]:
        words = self._summary.words.get(item.name, item.usual)
        for line in filter(str.strip, words.split("\n")):
            yield Paragraph((Said(line.strip()),), name=item.name)


def _is_nothing(figure: Figure) -> bool:
    return figure.value.is_nothing and figure.before.is_nothing and figure.year_ago.is_nothing


def _folded(
    rows: list[tuple[Said, ...]], head: tuple[str, ...], widths: tuple[float, ...]
) -> tuple[list[tuple[Said, ...]], tuple[str, ...], tuple[float, ...]]:
    """Set a long table in two halves side by side."""
    half = (len(rows) + 1) // 2
    blank = tuple(Said("") for _ in head)
    right = rows[half:] + [blank] * (2 * half - len(rows))
    return (
        [(*one, *other) for one, other in zip(rows[:half], right, strict=True)],
        (*head, *head),
        (*widths, *widths),
    )


def _month(month: Period, first: Period) -> str:
    """Name a month below its bar; the year stands with the first, and with every January."""
    named = f"{month.first.month}月"
    is_first = month == first or month.first.month == 1
    return f"{month.first.year % 100:02}年{named}" if is_first else named


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
