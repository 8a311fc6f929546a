"""A dry run as others read it: row by row, with the reason in words and without full numbers."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from xinfang_desktop.casework import masking

from .checking import Checked, Fate, counted
from .planning import SheetPlan
from .rows import Trouble, sentences
from .workbook import column_letters

_MASKED = {"document": masking.document, "phone": masking.phone, "address": masking.address}
_MOBILE = 11
_DIGITS = re.compile("[0-9]{7}")
_LONG = re.compile(r"(?<![0-9])[0-9]{11,18}[Xx]?(?![0-9])")


def reason(one: Checked, *, full: bool = False) -> str:
    """Say why a row is not simply entered."""
    if full or one.read is None or one.read.is_sealed or not one.read.troubles:
        return one.reason
    if one.fate not in (Fate.REPAIR, Fate.READY):
        return one.reason
    return sentences(map(_masked, one.read.troubles))


def told(one: Checked, *, full: bool = False) -> str:
    """Give a few words to know a row by."""
    return one.told if full else hide_numbers(one.told)


def row_object(one: Checked, *, full: bool = False) -> dict[str, Any]:
    """Give a row of the dry run as an object; its fate is told by a code."""
    return {
        "sheet": one.sheet,
        "row": one.row,
        "fate": one.fate.name.lower(),
        "told": told(one, full=full),
        "reason": reason(one, full=full),
        "duplicate_of": one.double_of,
        "number": one.number,
    }


def counts_object(checked: Iterable[Checked]) -> dict[str, int]:
    """Give how many rows have each fate, by its code."""
    return {fate.name.lower(): count for fate, count in counted(checked).items()}


def plan_object(plan: SheetPlan) -> dict[str, Any]:
    """Give how a sheet is read as an object."""
    return {
        "sheet": plan.name,
        "channel": plan.channel.value,
        "has_heads": plan.table.has_heads,
        "columns": [
            {
                "column": column_letters(column.place),
                "head": column.head,
                "field": column.field,
                "because": column.because,
                "hidden": column.is_hidden,
            }
            for column in plan.columns
        ],
    }


def summary(checked: Sequence[Checked]) -> str:
    """Tell a dry run in a line."""
    counts = counted(checked)
    return "，".join(f"{fate.value}{counts[fate]}行" for fate in Fate)


def _masked(trouble: Trouble) -> Trouble:
    field = trouble.field.rpartition(".")[2]
    hide = _MASKED.get(field, hide_numbers) if _DIGITS.search(trouble.written) else str
    written = "、".join(map(hide, re.split("[、，,;；]", trouble.written)))
    return Trouble(trouble.field, trouble.title, written, hide_numbers(trouble.reason))


def hide_numbers(text: str) -> str:
    """Hide the middle of every long number in a text."""
    return _LONG.sub(lambda found: _hidden(found[0]), text)


def _hidden(number: str) -> str:
    return masking.phone(number) if len(number) == _MOBILE else masking.document(number)
