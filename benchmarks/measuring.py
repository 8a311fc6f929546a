"""Timing two things side by side, and one table of what came out.

Runs are interleaved (ours, the other, ours, the other), so that a machine that slows down slows
both; the median is told. Nothing here asserts anything: a ratio is for people to judge.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Protocol

Act = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """How long each run took, in milliseconds.

    ``cpu`` is the processor time of this process alone: what a busy machine does not change much.
    """

    runs: tuple[float, ...]
    cpu: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run."""
        return median(self.runs)

    @property
    def p95(self) -> float:
        """What 95 of 100 runs stay within."""
        return quantiles(self.runs, n=20, method="inclusive")[-1]

    @property
    def worst(self) -> float:
        """The slowest run."""
        return max(self.runs)

    @property
    def processor(self) -> float:
        """The processor time of the middle run."""
        return median(self.cpu)

    @property
    def computing(self) -> str:
        """The processor time of the middle run, in words."""
        return f"{rounded(self.processor)} ms of processor time"

    def each(self, count: int) -> "Times":
        """Give the times of one of ``count`` equal pieces of work done in a run."""
        return Times(
            tuple(run / count for run in self.runs), tuple(run / count for run in self.cpu)
        )


def together(several: Iterable[Times]) -> Times:
    """Give all runs of the same act as one series."""
    series = list(several)
    return Times(
        tuple(run for times in series for run in times.runs),
        tuple(run for times in series for run in times.cpu),
    )


def timed(act: Act) -> tuple[float, float]:
    """Do ``act`` once and give the milliseconds it took, and those of processor time."""
    begun, computed = perf_counter(), process_time()
    act()
    return (perf_counter() - begun) * 1000, (process_time() - computed) * 1000


def side_by_side(*acts: Act, runs: int, warm: bool = True) -> tuple[Times, ...]:
    """Do every act ``runs`` times in turn; with ``warm`` once more before, uncounted."""
    if warm:
        for act in acts:
            act()
    rounds = [[timed(act) for act in acts] for _ in range(runs)]
    return tuple(Times(*zip(*taken, strict=True)) for taken in zip(*rounds, strict=True))


class Target(Protocol):
    """What is promised of a row."""

    def __str__(self) -> str:
        """The promise in words."""
        ...

    def is_met(self, row: "Row") -> bool:
        """Tell whether the row keeps it."""
        ...


@dataclass(frozen=True)
class AtMost:
    """Our own value stays within a limit, in the row's unit."""

    limit: float

    def __str__(self) -> str:
        return f"ours ≤ {self.limit:g}"

    def is_met(self, row: "Row") -> bool:
        """Tell whether our value is within the limit."""
        return row.ours <= self.limit


@dataclass(frozen=True)
class TimesTheOther:
    """We take at most so many times what the other takes."""

    limit: float

    def __str__(self) -> str:
        return f"ours/other ≤ {self.limit:g}"

    def is_met(self, row: "Row") -> bool:
        """Tell whether the ratio is within the limit."""
        return row.other is not None and row.ours <= self.limit * row.other


@dataclass(frozen=True)
class TimesFaster:
    """The other takes at least so many times what we take."""

    least: float

    def __str__(self) -> str:
        return f"other/ours ≥ {self.least:g}"

    def is_met(self, row: "Row") -> bool:
        """Tell whether the ratio is large enough."""
        return row.other is not None and row.other >= self.least * row.ours


@dataclass(frozen=True)
class Row:
    """One line of the table: a quantity of ours, the same of the other, what was promised.

    ``processor`` is the processor time of ours: where the clock misses a promise that the processor
    keeps, other work on the machine missed it.
    """

    name: str
    ours: float
    unit: str = "ms"
    other: float | None = None
    other_name: str = ""
    target: Target | None = None
    note: str = ""
    processor: float | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the table."""
        return (
            self.name,
            _figure(self.ours, self.unit),
            "" if self.processor is None else _figure(self.processor, self.unit),
            "–" if self.other is None else _figure(self.other, self.unit),
            self.other_name,
            self._ratio(),
            str(self.target or ""),
            self._verdict(),
            self.note,
        )

    def _ratio(self) -> str:
        if not self.other or not self.ours:
            return ""
        if self.other >= self.ours:
            return f"other/ours {rounded(self.other / self.ours)}"
        return f"ours/other {rounded(self.ours / self.other)}"

    def _verdict(self) -> str:
        if self.target is None:
            return ""
        if isinstance(self.target, TimesTheOther | TimesFaster) and self.other is None:
            return "not measured"
        if self.target.is_met(self):
            return "met"
        if self.processor is None or not self.target.is_met(replace(self, ours=self.processor)):
            return "NOT MET"
        return "met but for the load"


HEADINGS = ("what", "ours", "processor", "the other", "which is", "ratio", "target", "", "note")


def table(rows: Iterable[Row]) -> str:
    """Lay the rows out as one table, in Markdown and in columns."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    ruled = [_line(line, widths) for line in lines]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([ruled[0], rule, *ruled[1:]])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return f"| {' | '.join(padded)} |"


def _width(text: str) -> int:
    """Count the columns of a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _figure(value: float, unit: str) -> str:
    return f"{rounded(value)} {unit}"


def rounded(value: float) -> str:
    """Write a figure with three digits that count."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
