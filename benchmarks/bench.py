"""What every measurement is given: how large, how thorough, where stores are kept."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from json import loads
from os import environ
from pathlib import Path
from typing import Any

from .generator import generated
from .measuring import Row

ROOT = Path(__file__).parent.parent

_PATIENCE = 120
"""Seconds after which a window that does not report is given up, and the run with it."""


@dataclass(frozen=True)
class Bench:
    """The settings of one run of the benchmarks.

    Attributes:
        matters: how many the large store holds.
        quick: whether fewer runs will do.
        cache: the folder of generated stores.
        scratch: an empty folder for everything else; it goes with the run.
    """

    matters: int
    quick: bool
    cache: Path
    scratch: Path

    def runs(self, usual: int) -> int:
        """Give how often something is measured, a quarter as often when quick."""
        return max(usual // 4, 3) if self.quick else usual

    def store(self, count: int | None = None) -> Path:
        """Give the folder of a generated store, not to be written to."""
        return generated(self.cache, count or self.matters)


Measurement = Callable[[Bench], Iterator[Row]]


def measured_child(script: str, *words: str) -> dict[str, Any]:
    """Run a script of this package in a process of its own and give what it reports as JSON.

    Qt draws into memory there, so that it is measured the same with and without a display.
    """
    ran = subprocess.run(
        (sys.executable, "-m", f"{__package__}.{script}", *words),
        cwd=ROOT,
        env={**environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
    )
    if ran.returncode or not ran.stdout:
        raise RuntimeError(f"{script} did not report:\n{ran.stderr}")
    report: dict[str, Any] = loads(ran.stdout)
    return report
