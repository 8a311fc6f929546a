"""What was here before: how fast it is said, how much of it is found, how often for nothing."""

import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from statistics import mean

from sqlmodel import Session

from xinfang_desktop.casework.duplicates import Proposal, similar
from xinfang_desktop.casework.registration import register
from xinfang_desktop.models import Matter, Viewer
from xinfang_desktop.store.database import Store

from .bench import Bench
from .generator import opened
from .measuring import AtMost, Row, Times, side_by_side, together
from .planted import Fresh, Pair, fresh, pairs

SHOWN = 5
_BY = "王经办"
_OF_EACH, _OF_EACH_QUICK = 40, 10


def measure(bench: Bench) -> Iterator[Row]:
    """Measure the time of a check, the recall of every trouble, and alarms for nothing."""
    each = _OF_EACH_QUICK if bench.quick else _OF_EACH
    folder = bench.scratch / "planted"
    shutil.copytree(bench.store(), folder)
    planted, new = list(pairs(each)), list(fresh(each))
    with closing(opened(folder)) as store:
        numbers = plant(store, planted)
        yield _speed(store, [*(one.typed for one in planted), *(one.typed for one in new)], bench)
        yield from _recall(store, planted, numbers)
        yield from _alarms(store, new)


def plant(store: Store, planted: Sequence[Pair]) -> list[str]:
    """Register the earlier matters of all pairs and give their numbers."""
    at = store.moment()

    def work(session: Session) -> list[str]:
        return [
            register(session, one.earlier, by=_BY, now=at, future_is_told=True).number
            for one in planted
        ]

    return store.do(work)[0]


def proposed(store: Store, matter: Matter) -> list[Proposal]:
    """Give what stands beside the form."""
    viewer = Viewer(name=_BY, cleared=False)
    return store.read(lambda session: similar(session, matter, viewer=viewer, limit=SHOWN))


def found(store: Store, planted: Sequence[Pair], numbers: Sequence[str]) -> dict[str, list[bool]]:
    """Give for every trouble whether the earlier matter of each pair is proposed."""
    recalled: dict[str, list[bool]] = defaultdict(list)
    for one, number in zip(planted, numbers, strict=True):
        shown = proposed(store, one.typed)
        recalled[one.trouble].append(number in {proposal.number for proposal in shown})
    return recalled


def alarmed(store: Store, new: Sequence[Fresh]) -> dict[str, list[tuple[bool, bool]]]:
    """Give for every new matter whether anything is proposed, and whether a name alone is."""
    told: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one in new:
        shown = proposed(store, one.typed)
        strong = any(not proposal.is_weak for proposal in shown)
        told[one.trouble].append((strong, bool(shown) and not strong))
    return told


def _speed(store: Store, typed: Sequence[Matter], bench: Bench) -> Row:
    acts = [partial(proposed, store, matter) for matter in typed[:: max(len(typed) // 60, 1)]]
    times: Times = together(side_by_side(*acts, runs=bench.runs(4)))
    return Row(
        f"before: one check among {bench.matters:,}",
        times.median,
        target=AtMost(100),
        note=f"p95 {times.p95:.0f} ms, worst run {times.worst:.0f} ms",
        processor=times.processor,
    )


def _recall(store: Store, planted: Sequence[Pair], numbers: Sequence[str]) -> Iterator[Row]:
    recalled = found(store, planted, numbers)
    for trouble, hits in recalled.items():
        yield Row(f"before: found, {trouble}", 100 * mean(hits), "of 100")
    whole = [hit for hits in recalled.values() for hit in hits]
    yield Row("before: found, all of them", 100 * mean(whole), "of 100", note=f"{len(whole)} pairs")


def _alarms(store: Store, new: Sequence[Fresh]) -> Iterator[Row]:
    for trouble, told in alarmed(store, new).items():
        weak = 100 * mean(is_weak for _, is_weak in told)
        yield Row(
            f"before: false alarms, {trouble}",
            100 * mean(strong for strong, _ in told),
            "of 100",
            note=f"and {weak:.0f} of 100 shown as a mere namesake",
        )
