"""Placing lines in a box as its cell asks: centred, from the head, or at the foot."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from .definition import AnyCell, Choice, Label, Line, Signature, Text
from .sheet import INSET, MM_PER_POINT, PADDING, Align, Box
from .typesetting import HAN_MIDDLE, line_height, set_line, start


def alignment(cell: AnyCell, lines: Sequence[str]) -> Align:
    """Say where the lines of a cell lie between its sides."""
    match cell:
        case Label():
            return Align.CENTRE
        case Line():
            return Align.CENTRE if len(lines) < 2 else Align.LEFT
        case Signature(dated=True):
            return Align.RIGHT
        case Text() | Choice() | Signature():
            return Align.LEFT
        case _:
            assert_never(cell)


def with_lines(box: Box, texts: Sequence[str]) -> Box:
    """Place ``texts`` in ``box`` as its cell asks: centred, from the head, or at the foot."""
    lines = []
    for index, text in enumerate(texts):
        align = _alignment_of_line(box, index, len(texts))
        line = set_line(text.removesuffix("\n"), box.size)
        x = start(line, box.x + PADDING, box.width - 2 * PADDING, align)
        top = box.y + _top_of_line(box, index, len(texts))
        baseline = top + line_height(box.size) / 2 + HAN_MIDDLE * box.size * MM_PER_POINT
        ends = text.endswith("\n") or index == len(texts) - 1
        lines.append(replace(line, x=x, baseline=baseline, ends_paragraph=ends))
    return replace(box, lines=tuple(lines))


def _top_of_line(box: Box, index: int, count: int) -> float:
    """Give how far below the head of its box a line begins."""
    step = line_height(box.size)
    at_foot = box.height - INSET - (count - index) * step
    match box.cell:
        case Text() | Signature(dated=False):
            return INSET + index * step
        case Signature(head=head):
            return INSET + index * step if head and index < count - 1 else at_foot
        case Label() | Line() | Choice():
            return (box.height - count * step) / 2 + index * step
        case _:
            assert_never(box.cell)


def _alignment_of_line(box: Box, index: int, count: int) -> Align:
    match box.cell:
        case Signature(head=head) if head and index < count - 1:
            return Align.LEFT
        case _:
            return box.align
