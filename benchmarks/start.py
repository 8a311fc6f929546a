"""Start: from the spawned process to the painted window, and memory there."""

from collections.abc import Iterator
from functools import partial
from statistics import median
from typing import Any

from .bench import Bench, measured_child
from .generator import PASSWORD
from .measuring import AtMost, Row, TimesTheOther, side_by_side

_SMALL = 100
"""Matters of the store that the password dialog stands before; it reads none of them."""


def measure(bench: Bench) -> Iterator[Row]:
    """Measure the password dialog beside a bare window."""
    folder = str(bench.store(_SMALL))
    reports: dict[str, dict[str, Any]] = {}

    def start(which: str, *words: str) -> None:
        reports[which] = measured_child("first_paint", which, *words)

    ours, bare = side_by_side(
        partial(start, "ours", folder), partial(start, "bare"), runs=bench.runs(40)
    )
    yield Row(
        "start: spawn to the painted password dialog",
        ours.median,
        other=bare.median,
        other_name="bare PySide6 window",
        target=TimesTheOther(1.5),
        note=f"worst {ours.worst:.0f} ms, bare {bare.worst:.0f} ms",
    )
    for key, what, unit in (("modules", "modules imported", ""), ("rss", "memory", "MB")):
        if reports["ours"][key] is not None:
            yield Row(
                f"start: {what} at the password dialog",
                reports["ours"][key],
                unit,
                other=reports["bare"][key],
                other_name="bare PySide6 window",
            )


def measure_memory(bench: Bench) -> Iterator[Row]:
    """Measure the memory of the program at the ledger, after moving about in it."""
    folder = str(bench.store())
    runs = [measured_child("at_the_ledger", folder, PASSWORD) for _ in range(3)]
    if runs[0]["rss"] is None:
        return
    bare = measured_child("first_paint", "bare")
    shown, peak = (median(run[key] for run in runs) for key in ("rss_shown", "peak"))
    yield Row(
        f"memory: ledger of {bench.matters:,} shown and moved in",
        median(run["rss"] for run in runs),
        "MB",
        other=bare["rss"],
        other_name="bare PySide6 window",
        target=AtMost(200),
        note=f"{shown:.0f} MB when shown, peak {peak:.0f} MB (deriving the key)",
    )
