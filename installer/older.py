"""The older build that ``make installer-test`` upgrades from.

As long as there is no release it is the commit before the data got their fourth schema; afterwards
the last release takes its place.
"""

from . import on_linux
from .checkout import BUILD, export

COMMIT = "4840856"
LABEL = "0.0.9"
PLACE = BUILD / "older"


def main() -> None:
    """Make its package, unless it is there."""
    packed = PLACE / f"{on_linux.PACKAGE}_{LABEL}_amd64.deb"
    if packed.exists():
        return
    checkout = export(COMMIT, label=LABEL)
    on_linux.deb(checkout, on_linux.build(checkout), PLACE)
    print(f"{packed.stat().st_size / 1e6:7.1f} MB  {packed}")


if __name__ == "__main__":
    main()
