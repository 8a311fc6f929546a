"""Making what is installed, run by the recipe of the exported commit: ``checkout.hand_over``."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import on_linux, on_windows
from .checkout import DIST, Checkout
from .listing import commit_of, contents, differences, size, write_checksums


@dataclass(frozen=True)
class System:
    """How the program is built and packed for one system; ``machine`` is said in file names."""

    machine: str
    build: Callable[[Checkout], Path]
    pack: Callable[[Checkout, Path, Path], tuple[Path, ...]]
    packages: tuple[str, ...]

    def listing(self, checkout: Checkout) -> Path:
        """Give the file that lists what is in it."""
        return DIST / f"{on_linux.PACKAGE}-{checkout.version}-{self.machine}.contents.txt"

    def is_made(self, checkout: Checkout) -> bool:
        """Tell whether it lies in dist/ already, of this very commit."""
        listing = self.listing(checkout)
        there = all((DIST / name.format(checkout.version)).exists() for name in self.packages)
        return there and listing.exists() and commit_of(listing) == checkout.commit


SYSTEMS = {
    "linux": System("linux-x86_64", on_linux.build, on_linux.pack, on_linux.PACKAGES),
    "windows": System("windows-x64", on_windows.build, on_windows.pack, on_windows.PACKAGES),
}


def make(system: System, checkout: Checkout) -> None:
    """Build and pack into dist/, and say what came of it."""
    root = system.build(checkout)
    DIST.mkdir(exist_ok=True)
    listing = system.listing(checkout)
    listing.unlink(missing_ok=True)
    print(f"{size(root) / 1e6:7.1f} MB  unpacked, of commit {checkout.commit[:12]}")
    show(system.pack(checkout, root, DIST))
    listing.write_text(contents(root, commit=checkout.commit), "utf-8")
    print(f"         {write_checksums(DIST).name}")


def make_again(system: System, checkout: Checkout) -> bool:
    """Build once more and tell whether every file came out as the list in dist/ has it."""
    listed = system.listing(checkout).read_text("utf-8")
    now = contents(system.build(checkout), commit=checkout.commit)
    changed = differences(listed, now)
    for line in changed:
        print(line)
    count = len(now.splitlines()) - 1
    told = f"{len(changed)} lines differ" if changed else "the same content list"
    print(f"   {count} files for {system.machine}, built twice from {checkout.commit[:12]}: {told}")
    return not changed


def show(packed: tuple[Path, ...]) -> None:
    """Say how large the packages became."""
    for path in packed:
        print(f"{path.stat().st_size / 1e6:7.1f} MB  {path.name}")


def main(arguments: list[str]) -> int:
    """Make, or make again, or only pack somewhere else what older builds need."""
    parser = argparse.ArgumentParser(prog="installer.making", description=__doc__)
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("--version", required=True)
    parser.add_argument("--when", required=True, type=int)
    parser.add_argument("--commit", required=True)
    parser.add_argument("--unless-made", action="store_true")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--to", type=Path, help="a folder for the packages, without a list")
    args = parser.parse_args(arguments)
    system, checkout = (
        SYSTEMS[args.system],
        Checkout(Path.cwd(), args.version, args.when, args.commit),
    )
    if args.again:
        return 0 if make_again(system, checkout) else 1
    if args.to is not None:
        show(system.pack(checkout, system.build(checkout), args.to))
    elif args.unless_made and system.is_made(checkout):
        print(f"         {args.system} is in dist/ already, of commit {checkout.commit[:12]}")
    else:
        make(system, checkout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
