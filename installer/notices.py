"""Licences of the system libraries in the Linux program: run in the room, where dpkg knows them.

``python -m installer.notices PARTS TREE``: PARTS is where PyInstaller wrote what it took where.
"""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

_SYSTEM = ("/lib/", "/usr/lib/")
_PLACE = "_internal/resources/licences/system"


def libraries(parts: Path, tree: Path) -> list[Path]:
    """Give the system's libraries that went into the program."""
    found = set()
    for listing in parts.rglob("COLLECT-*.toc"):
        for entry in ast.literal_eval(listing.read_text("utf-8"))[-1]:
            to, source, *_ = entry
            shipped = (tree / "_internal" / to).exists()
            if shipped and source.startswith(_SYSTEM) and ".so" in source:
                found.add(Path(source).resolve())
    return sorted(found)


def owner(library: Path) -> str:
    """Give the Debian package that a library comes from.

    Raises:
        LookupError: it comes from none, so that nobody knows its licence.
    """
    for path in (str(library), str(library).removeprefix("/usr")):
        told = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
        if told.returncode == 0:
            return told.stdout.partition(":")[0]
    raise LookupError(f"{library} belongs to no package")


def main(arguments: list[str]) -> None:
    """Copy the licence texts of just those packages into the program."""
    parts, tree = map(Path, arguments)
    place = tree / _PLACE
    place.mkdir(parents=True, exist_ok=True)
    for package in sorted({owner(library) for library in libraries(parts, tree)}):
        shutil.copyfile(f"/usr/share/doc/{package}/copyright", place / f"{package}.txt")


if __name__ == "__main__":
    main(sys.argv[1:])
