"""The older build that ``make installer-test`` upgrades from, for both systems.

As long as there is no release it is the commit before the data got their fourth schema; afterwards
the last release takes its place. That commit knew nothing of installers: the last one packs it.
"""

import json
import sys
from pathlib import Path

from .checkout import BUILD, export, hand_over
from .on_linux import PACKAGE

COMMIT = "4840856"
LABEL = "0.0.9"
TIMES = 30
PLACE = BUILD / "older"
MADE = {
    "linux": f"{PACKAGE}_{LABEL}_amd64.deb",
    "windows": f"{PACKAGE}-{LABEL}-windows-x64-setup.exe",
}


def make() -> int:
    """Make its packages, those that are not there."""
    for system, name in MADE.items():
        if not (PLACE / name).exists():
            checkout = export(COMMIT, label=LABEL, packed_by="HEAD")
            if code := hand_over(checkout, system, "--to", str(PLACE)):
                return code
    return 0


def fill(sample: Path, to: Path) -> None:
    """Write a file of many matters, to be registered by it: those of its own sample, often."""
    matters = json.loads(sample.read_text("utf-8")) * TIMES
    to.write_text(json.dumps(matters, ensure_ascii=False), "utf-8")


def main(arguments: list[str]) -> int:
    """Make the packages, or with ``SAMPLE TO`` a file of matters."""
    if arguments:
        fill(*map(Path, arguments))
        return 0
    return make()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
