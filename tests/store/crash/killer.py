"""Kill a saving program at random moments: ``python -m tests.store.crash.killer 1000``.

The same store is saved to, killed and looked at again and again, so that it also lives through
being killed while it recovers from having been killed.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers.office import ACCOUNT, NOW, OFFICE
from xinfang_desktop.store import keys
from xinfang_desktop.store.database import create_store

from .looking import Found, look

PASSWORD = "随时断掉"
ROOT = Path(__file__).parents[3]
FRESH = 25
"""A new store is begun after so many kills, so that looking stays quick."""


@dataclass
class Outcome:
    """What came of all kills."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def take(self, found: Found, before: int) -> None:
        """Add what was found after one kill."""
        self.kills += 1
        self.acknowledged += found.acknowledged - before
        self.lost += found.lost
        self.broken += found.broken

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.acknowledged} acknowledged saves,"
            f" {len(self.lost)} lost, {len(self.broken)} broken"
        )


def kill(times: int, scratch: Path, *, seed: int = 0, longest: float = 0.25) -> Outcome:
    """Kill a writer ``times`` and give what came of it; each lives at most ``longest`` seconds."""
    chance, outcome = random.Random(seed), Outcome()
    with writers() as lived:
        for first in range(0, times, FRESH):
            folder = scratch / f"数据 {first}"
            new_office(folder)
            acknowledged: list[str] = []
            for number in range(first, min(first + FRESH, times)):
                before = len(acknowledged)
                acknowledged += lived(folder, number, chance.uniform(0.0, longest))
                outcome.take(look(folder, PASSWORD, acknowledged), before)
    return outcome


@contextmanager
def writers() -> Iterator[Callable[[Path, int, float], list[str]]]:
    """Lend what lets a writer save for some seconds, kills it and gives what it acknowledged."""
    with subprocess.Popen(
        (sys.executable, "-m", "tests.store.crash.writer"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as serving:
        assert serving.stdin is not None and serving.stdout is not None
        told, answers = serving.stdin, serving.stdout

        def lived(folder: Path, seed: int, seconds: float) -> list[str]:
            asked = {
                "folder": str(folder),
                "password": PASSWORD,
                "seed": seed,
                "seconds": seconds,
                "awaited": seed % 5 > 0,  # one in five is killed while it opens the store
            }
            told.write(json.dumps(asked) + "\n")
            told.flush()
            answer: list[str] = json.loads(answers.readline())
            return answer

        yield lived


def new_office(folder: Path) -> None:
    """Set up an office whose password is quick to try."""
    usual = dict(keys.ARGON2)
    keys.ARGON2.update(iterations=1, memory_kib=64, lanes=1)
    try:
        store, _ = create_store(folder, password=PASSWORD, profile=OFFICE, account=ACCOUNT, now=NOW)
        store.close()
    finally:
        keys.ARGON2.update(usual)


def main(times: str = "1000", seed: str = "1") -> int:
    """Kill and say what came of it."""
    with tempfile.TemporaryDirectory(prefix="xinfang-kill-") as scratch:
        outcome = kill(int(times), Path(scratch), seed=int(seed))
    print(outcome)
    for line in (*outcome.lost[:10], *outcome.broken[:10]):
        print(" ", line)
    return 1 if outcome.lost or outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
