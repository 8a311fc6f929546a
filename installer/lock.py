"""The locked packages: their names and versions, and their wheels fetched by pip into a folder."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_LINE = re.compile(r"^([\w.-]+)==([\w.]+)(?: ; ([^\\]+?))? \\$", re.MULTILINE)

LINUX = (
    *(f"manylinux_2_{minor}_x86_64" for minor in range(31, 4, -1)),
    *("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64"),
)
"""The platforms of wheels that Debian 11 takes: glibc 2.31 and older."""
WINDOWS = ("win_amd64",)


def locked(lock: Path) -> dict[str, str]:
    """Give the packages of a lock with their versions, but for those of other systems.

    Raises:
        ValueError: a package is there for some systems only; nothing we ship is.
    """
    found = {}
    for name, version, marker in _LINE.findall(lock.read_text("utf-8")):
        if "sys_platform" in marker:
            continue
        if marker and "implementation" not in marker:
            raise ValueError(f"{lock.name}: {name} is for some systems only: {marker}")
        found[name] = version
    return found


def fetch(lock: Path, platforms: Sequence[str], to: Path) -> None:
    """Fetch the wheels of a lock for other machines, each checked against its hash."""
    to.mkdir(parents=True, exist_ok=True)
    words = [word for platform in platforms for word in ("--platform", platform)]
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes", "--no-deps"),
            *("--only-binary", ":all:", "--python-version", "3.11", "--implementation", "cp"),
            *words,
            *("--find-links", str(to), "--dest", str(to), "-r", str(lock)),
        ],
        check=True,
    )
