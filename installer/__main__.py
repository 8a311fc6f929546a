"""``python -m installer linux|windows``: what is installed, from one commit into dist/."""

import argparse
import sys

from .checkout import export, hand_over
from .listing import commit_of, listing_of

SYSTEMS = ("linux", "windows")


def main(arguments: list[str]) -> int:
    """Build for one system, or prove that what was built is built alike again."""
    parser = argparse.ArgumentParser(prog="installer", description=__doc__)
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("--commit", default="HEAD", help="what is built (default: the last commit)")
    parser.add_argument("--label", default="", help="the version it is given, in place of its own")
    parser.add_argument(
        "--unless-made", action="store_true", help="do nothing where dist/ has it of this commit"
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="build what dist/ has once more, and compare the content lists",
    )
    args = parser.parse_args(arguments)
    if args.again:
        listed = listing_of(args.system)
        if listed is None:
            parser.error(f"nothing in dist/ for {args.system}")
        return hand_over(export(commit_of(listed), label=args.label), args.system, "--again")
    words = ("--unless-made",) if args.unless_made else ()
    return hand_over(export(args.commit, label=args.label), args.system, *words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
