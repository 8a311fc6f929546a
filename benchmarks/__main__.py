"""``python -m benchmarks [NAME…] [--matters N] [--quick]``: measure, and print one table."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from . import (
    day,
    duplicates,
    forms,
    importing,
    ledger,
    limits,
    safety,
    saving,
    searching,
    start,
    summaries,
)
from .bench import Bench, Measurement
from .measuring import Row, table

MEASUREMENTS: dict[str, Measurement] = {
    "forms": forms.measure,
    "save": saving.measure,
    "search": searching.measure,
    "before": duplicates.measure,
    "ledger": ledger.measure,
    "import": importing.measure,
    "limits": limits.measure,
    "day": day.measure,
    "summary": summaries.measure,
    "start": start.measure,
    "memory": start.measure_memory,
    "safety": safety.measure,
}
_MATTERS, _QUICK_MATTERS = 100_000, 10_000


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what is named, or everything."""
    args = _parser().parse_args(argv)
    matters = args.matters or (_QUICK_MATTERS if args.quick else _MATTERS)
    with _folders(args.cache) as (cache, scratch):
        bench = Bench(matters, args.quick, cache, scratch)
        rows = [row for name in args.names or MEASUREMENTS for row in _measured(name, bench)]
    print(f"{date.today()}, {_machine()}")
    print(f"{matters:,} matters; medians; what is compared was measured in turns\n")
    print(table(rows))
    return 0


def _machine() -> str:
    """Tell what the figures were measured on, and whether it had other things to do."""
    busy = ""
    if sys.platform != "win32":
        one, *_, quarter = os.getloadavg()
        busy = f", load {one:.1f} now and {quarter:.1f} over the last quarter of an hour"
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{system}, {os.cpu_count()} cores{busy}"


def _measured(name: str, bench: Bench) -> Iterator[Row]:
    for row in MEASUREMENTS[name](bench):
        print(f"{row.name}: {row.cells[1]}", file=sys.stderr, flush=True)
        yield row


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", type=_name, help=", ".join(MEASUREMENTS) + "; all"
    )
    parser.add_argument("--matters", type=_count, metavar="N", help="size of the large store")
    parser.add_argument("--quick", action="store_true", help="10,000 matters and fewer runs")
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="keep generated stores here for the next run"
    )
    return parser


def _name(given: str) -> str:
    if given not in MEASUREMENTS:
        raise argparse.ArgumentTypeError(f"{given!r} is none of {', '.join(MEASUREMENTS)}")
    return given


def _count(given: str) -> int:
    if not given.isdecimal() or int(given) < 100:
        raise argparse.ArgumentTypeError("a number from 100")
    return int(given)


@contextmanager
def _folders(cache: Path | None) -> Iterator[tuple[Path, Path]]:
    """Give the folder of stores and an empty one; what was not asked to be kept goes again."""
    with tempfile.TemporaryDirectory(prefix="xinfang-bench-") as folder:
        scratch = Path(folder) / "scratch"
        scratch.mkdir()
        kept = cache or Path(folder) / "stores"
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve(), scratch


if __name__ == "__main__":
    sys.exit(main())
