"""The older build that ``make installer-test`` upgrades from, for both systems.

As long as there is no release it is the commit before the data got their fourth schema; afterwards
the last release takes its place. That commit knew nothing of installers: the last one packs it.
"""

import sys

from .checkout import BUILD, export, hand_over
from .on_linux import PACKAGE

COMMIT = "4840856"
LABEL = "0.0.9"
PLACE = BUILD / "older"
MADE = {
    "linux": f"{PACKAGE}_{LABEL}_amd64.deb",
    "windows": f"{PACKAGE}-{LABEL}-windows-x64-setup.exe",
}


def main() -> int:
    """Make its packages, those that are not there."""
    for system, name in MADE.items():
        if not (PLACE / name).exists():
            checkout = export(COMMIT, label=LABEL, packed_by="HEAD")
            if code := hand_over(checkout, system, "--to", str(PLACE)):
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
