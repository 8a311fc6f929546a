"""``python -m installer linux|windows``: what is installed, from the last commit into dist/."""

import argparse
import sys

from . import on_linux, on_windows
from .checkout import DIST, export
from .listing import write_checksums

_MAKERS = {"linux": on_linux.make, "windows": on_windows.make}


def main(arguments: list[str]) -> int:
    """Build for one system."""
    parser = argparse.ArgumentParser(prog="installer", description=__doc__)
    parser.add_argument("system", choices=_MAKERS)
    parser.add_argument("--commit", default="HEAD", help="what is built (default: the last commit)")
    parser.add_argument("--label", default="", help="the version it is given, in place of its own")
    args = parser.parse_args(arguments)
    _MAKERS[args.system](export(args.commit, label=args.label))
    print(f"         {write_checksums(DIST)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
