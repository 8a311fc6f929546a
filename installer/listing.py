"""What is in a program's folder: content list, checksums of files, the glibc it asks for."""

import hashlib
import re
import subprocess
from difflib import unified_diff
from pathlib import Path

from .checkout import DIST

_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")
_COMMIT = "commit "


def sha256(path: Path) -> str:
    """Give the checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def contents(tree: Path, *, commit: str) -> str:
    """List every file with its checksum, in order, below the commit: the same gives the same."""
    lines = [f"{_COMMIT + commit:<64}  ."]
    for path in sorted(tree.rglob("*"), key=lambda path: path.relative_to(tree).as_posix()):
        name = path.relative_to(tree).as_posix()
        if path.is_symlink():
            lines.append(f"{'-> ' + str(path.readlink()):<64}  {name}")
        elif path.is_file():
            lines.append(f"{sha256(path)}  {name}")
    return "\n".join(lines) + "\n"


def listing_of(system: str) -> Path | None:
    """Give the newest content list in dist/ for a system."""
    found = DIST.glob(f"*-{system}-*.contents.txt")
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def commit_of(listing: Path) -> str:
    """Give the commit that a content list is of."""
    with listing.open(encoding="utf-8") as lines:
        first = next(lines, "")
    return first.partition(_COMMIT)[2].partition(" ")[0]


def differences(one: str, other: str) -> list[str]:
    """Give the lines that only one of two content lists has, marked as ``diff`` marks them."""
    lines = unified_diff(one.splitlines(), other.splitlines(), n=0, lineterm="")
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def size(tree: Path) -> int:
    """Give the bytes of all files below a folder."""
    files = (path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def glibc_asked(tree: Path) -> tuple[tuple[int, int], str]:
    """Give the newest glibc that a binary in a folder asks for, and the name of that binary."""
    newest, asks = (0, 0), ""
    for path in sorted(tree.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.open("rb").read(4) != b"\x7fELF":
            continue
        told = subprocess.run(
            ["objdump", "-T", str(path)], capture_output=True, text=True, check=True
        ).stdout
        for found in _GLIBC.findall(told):
            version = (int(found[0]), int(found[1]))
            if version > newest:
                newest, asks = version, path.relative_to(tree).as_posix()
    return newest, asks


def write_checksums(folder: Path) -> Path:
    """Write SHA256SUMS over the files of a folder, as ``sha256sum -c`` reads it."""
    sums = folder / "SHA256SUMS"
    files = sorted(path for path in folder.iterdir() if path.is_file() and path != sums)
    sums.write_text("".join(f"{sha256(path)}  {path.name}\n" for path in files), "utf-8")
    return sums
