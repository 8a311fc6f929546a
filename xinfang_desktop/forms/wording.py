"""How values read on paper, and where a line of Chinese may be broken (避头尾)."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from xinfang_desktop.models import LabelledEnum

CANNOT_START = frozenset("、。，．·：；？！…—～〜,.:;?!%‰％℃°）］｝〉》」』】〕〗〙’”)]}>·々ー")
"""Characters that never begin a line (GB/T 15834 on punctuation)."""

CANNOT_END = frozenset("（［｛〈《「『【〔〖〘‘“([{<￥＄$№")
"""Characters that never end a line."""

_HANGING = " \n\t\u00a0"
"""Blanks that may hang over the end of a line; an ideographic space is room and keeps its place."""

_UNIT = re.compile(r"[0-9A-Za-z]+(?:[-_./:@~×&'+#=·,][0-9A-Za-z]+)*[%‰℃]?|.", re.DOTALL)

Measure = Callable[[str], float]


def shown(value: object) -> str:
    """Word a value the way the papers do; nothing is the empty string."""
    match value:
        case None:
            return ""
        case LabelledEnum(label=label):
            return label
        case bool():
            return "是" if value else "否"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case _:
            return str(value)


def stacked(text: str) -> str:
    """Set a caption one character to a line."""
    return "\n".join(text)


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """Break ``text`` into lines no wider than ``width``; joined they are the text again.

    A line never begins or ends with the wrong punctuation and never splits a number or a Latin
    word, unless the column is too narrow for it. A line break in the text stays at the line's end.
    """
    lines: list[str] = []
    for paragraph in _paragraphs(text):
        lines += _broken(paragraph, width, measure)
    return lines


def _paragraphs(text: str) -> list[str]:
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] or not text else [])


def _broken(paragraph: str, width: float, measure: Measure) -> list[str]:
    lines, line, used = [], "", 0.0
    for cluster in _clusters(paragraph):
        size = measure(cluster.rstrip(_HANGING))
        if line and used + size > width:
            lines.append(line)
            line, used = "", 0.0
        if size > width:
            *whole, cluster = _forced(cluster, width, measure)
            lines += whole
        line += cluster
        used += measure(cluster)
    return [*lines, line]


def _forced(cluster: str, width: float, measure: Measure) -> list[str]:
    """Break a cluster that no line can hold: between its units, then between characters."""
    lines, line = [], ""
    for unit in _UNIT.findall(cluster):
        for part in (unit,) if measure(unit) <= width else tuple(unit):
            if line and measure(line + part) > width:
                lines.append(line)
                line = ""
            line += part
    return [*lines, line]


def _clusters(text: str) -> Iterator[str]:
    """Group the units that must stay on one line."""
    cluster = ""
    for unit in _UNIT.findall(text):
        if cluster and not _holds(cluster[-1], unit[0]):
            yield cluster
            cluster = ""
        cluster += unit
    if cluster:
        yield cluster


def _holds(before: str, after: str) -> bool:
    return (
        after in CANNOT_START
        or (after == "号" and before.isdecimal())
        or before in CANNOT_END
        or after in _HANGING
        or unicodedata.category(after) in ("Mn", "Me", "Mc", "Cf")
    )
