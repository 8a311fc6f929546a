"""Figures: what the measures came to in a period, before and a year ago, and of which matters.

A figure is kept by its parts, whole numbers both; a rate is divided when it is read, never stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import Session

from xinfang_desktop.casework import dimensions
from xinfang_desktop.casework.counting import Dimension, Matters, Scope, count, count_by, members
from xinfang_desktop.casework.search import Executing
from xinfang_desktop.models.period import Period, read_period
from xinfang_desktop.models.report import Part, Pointer

from .measures import MEASURES, Measure


@dataclass(frozen=True)
class Value:
    """What a measure came to: a whole number, or the two parts of a rate or an average."""

    numerator: int
    denominator: int | None = None

    @property
    def amount(self) -> Fraction | None:
        """The figure itself; None where there is nothing to divide by."""
        if self.denominator is None:
            return Fraction(self.numerator)
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to tell: no matters at all."""
        return not self.numerator and not self.denominator


@dataclass(frozen=True)
class Figure:
    """A measure with what it came to: in the period, in the one before, and a year ago."""

    measure: Measure
    value: Value
    before: Value
    year_ago: Value
    period: Period
    compared: Period
    """The period that ``before`` is of: the one just before, or one that was chosen."""

    def pointer(self, part: Part = Part.WHOLE, period: Period | None = None) -> Pointer:
        """Point at the matters behind it."""
        return Pointer(self.measure.key, (period or self.period).code, part)


@dataclass(frozen=True)
class GroupFigures:
    """The figures of one group of a dimension, by the keys of the measures."""

    dimension: Dimension
    group: str
    figures: Mapping[str, Figure]

    @property
    def label(self) -> str:
        """What the group is called."""
        return dimensions.label(self.dimension, self.group)

    def pointer(self, key: str, part: Part = Part.WHOLE, period: Period | None = None) -> Pointer:
        """Point at the matters behind one of them."""
        figure = self.figures[key]
        code = (period or figure.period).code
        return Pointer(key, code, part, self.dimension.key, self.group)


def figures(
    source: Session | Executing,
    scope: Scope,
    measures: Iterable[Measure] = MEASURES.values(),
    *,
    compared: Period | None = None,
) -> dict[str, Figure]:
    """Work out the measures for the period, for ``compared`` (the one before) and a year ago."""
    asked = tuple(measures)
    periods = _periods(scope, compared)
    known = {one: _values(source, scope.over(one), asked) for one in dict.fromkeys(periods)}
    found = [known[one] for one in periods]
    return {measure.key: _figure(measure, scope, compared, found) for measure in asked}


def figures_by(
    source: Session | Executing,
    scope: Scope,
    dimension: Dimension,
    measures: Iterable[Measure],
    *,
    compared: Period | None = None,
    alone: bool = False,
) -> list[GroupFigures]:
    """Work the measures out for every group of a dimension that has any, in the groups' order.

    ``alone``: for the period only, with nothing before it and nothing a year ago.
    """
    asked = tuple(measures)
    periods = _periods(scope, compared)
    known = {
        one: _group_values(source, scope.over(one), dimension, asked)
        for one in dict.fromkeys(periods[:1] if alone else periods)
    }
    found = [known.get(one, {}) for one in periods]
    groups = dict.fromkeys(group for values in found for group in values)
    return [
        GroupFigures(
            dimension,
            group,
            {
                measure.key: _figure(
                    measure, scope, compared, [values.get(group, {}) for values in found]
                )
                for measure in asked
            },
        )
        for group in dimensions.in_order(dimension, groups)
    ]


def values(
    source: Session | Executing, scope: Scope, measures: Iterable[Measure]
) -> dict[str, Value]:
    """Work the measures out for one period alone."""
    return _values(source, scope, tuple(measures))


def behind(source: Session | Executing, scope: Scope, pointer: Pointer) -> dict[int, int]:
    """Give the ids of the matters that a number counts, each with what it adds, in ledger order.

    A rate opens the matters of its denominator: of what it is a part.
    """
    dimension = dimensions.DIMENSIONS.get(pointer.dimension)
    period = scope.over(read_period(pointer.period))
    matters = _sort_of(MEASURES[pointer.measure], pointer.part)
    return members(source, period, matters, dimension=dimension, group=pointer.group)


def _periods(scope: Scope, compared: Period | None) -> tuple[Period, Period, Period]:
    """Give the period, the one it is compared with, and that of a year ago."""
    return scope.period, compared or scope.period.previous, scope.period.year_ago


def _figure(
    measure: Measure,
    scope: Scope,
    compared: Period | None,
    found: Sequence[Mapping[str, Value]],
) -> Figure:
    value, before, year_ago = (values.get(measure.key) or _nothing(measure) for values in found)
    period, other, _ = _periods(scope, compared)
    return Figure(measure, value, before, year_ago, period, other)


def _sort_of(measure: Measure, part: Part) -> Matters:
    if part is Part.WHOLE:
        return measure.parts[-1]
    return measure.parts[list(Part).index(part) - 1]


def _values(
    source: Session | Executing, scope: Scope, measures: tuple[Measure, ...]
) -> dict[str, Value]:
    parts = dict.fromkeys(part for measure in measures for part in measure.parts)
    counted = dict(zip(parts, count(source, scope, [*parts]), strict=True))
    return {measure.key: _value(measure, counted) for measure in measures}


def _group_values(
    source: Session | Executing,
    scope: Scope,
    dimension: Dimension,
    measures: tuple[Measure, ...],
) -> dict[str, dict[str, Value]]:
    parts = dict.fromkeys(part for measure in measures for part in measure.parts)
    return {
        group: {
            measure.key: _value(measure, dict(zip(parts, row, strict=True))) for measure in measures
        }
        for group, row in count_by(source, scope, dimension, [*parts]).items()
    }


def _value(measure: Measure, counted: Mapping[Matters, int]) -> Value:
    return Value(*(counted[part] for part in measure.parts))


def _nothing(measure: Measure) -> Value:
    return Value(*(0 for _ in measure.parts))
