"""How figures read: with their units and parts, and how they changed. One home for all formats."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from .figures import Figure, Value
from .measures import Measure, Unit

NOTHING = "—"
"""What stands where there is nothing to divide by."""

_PLACES = Decimal("0.1")


def rounded(amount: Fraction) -> str:
    """Write an amount with one decimal, halves up."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return str(exact.quantize(_PLACES, ROUND_HALF_UP))


def per_cent(amount: Fraction) -> str:
    """Write a part of one as per cent."""
    return f"{rounded(amount * 100)}%"


def told(measure: Measure, value: Value) -> str:
    """Give a figure with its unit: 22件次, 90.5%, 12.4天."""
    amount = value.amount
    if amount is None:
        return NOTHING
    if measure.unit is Unit.PER_CENT:
        return per_cent(amount)
    shown = rounded(amount) if measure.is_ratio else str(value.numerator)
    return shown + measure.unit.label


def parts(measure: Measure, value: Value) -> str:
    """Give the parts of a rate or an average, 19/21; nothing for a count."""
    return f"{value.numerator}/{value.denominator}" if measure.is_ratio else ""


def with_parts(measure: Measure, value: Value) -> str:
    """Give a figure that carries its parts: 90.5%（19/21）."""
    shown = told(measure, value)
    return f"{shown}（{parts(measure, value)}）" if measure.is_ratio else shown


def change(measure: Measure, value: Value, base: Value) -> str:
    """Give how a figure changed, as a table says it; a base of nothing gives no change.

    A count changes by per cent of the base, a rate by points, an average by days.
    """
    now, then = value.amount, base.amount
    if now is None or then is None or (not measure.is_ratio and not then):
        return NOTHING
    match measure.unit:
        case Unit.PER_CENT:
            return f"{_signed((now - then) * 100)}点"
        case Unit.DAYS:
            return f"{_signed(now - then)}天"
        case _:
            return f"{_signed((now - then) / then * 100)}%"


def changed(figure: Figure, base: Value, name: str) -> str:
    """Give how a figure changed, as a sentence says it: 比上月增加3件次（+15.8%）."""
    measure, value = figure.measure, figure.value
    now, then = value.amount, base.amount
    if now is None or then is None:
        return f"{name}{with_parts(measure, base)}"
    if now == then:
        return f"与{name}持平"
    grown = now > then
    match measure.unit:
        case Unit.PER_CENT:
            points = rounded(abs(now - then) * 100)
            return f"比{name}{'提高' if grown else '下降'}{points}个百分点"
        case Unit.DAYS:
            return f"比{name}{'增加' if grown else '减少'}{rounded(abs(now - then))}天"
        case unit:
            more = f"{'增加' if grown else '减少'}{abs(now - then)}{unit.label}"
            share = change(measure, value, base)
            in_brackets = f"{name}为0" if share == NOTHING else share
            return f"比{name}{more}（{in_brackets}）"


def _signed(amount: Fraction) -> str:
    shown = rounded(abs(amount))
    if shown == "0.0":
        return "0"
    return f"{'+' if amount > 0 else '−'}{shown}"
