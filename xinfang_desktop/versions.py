"""Which version of the installed program starts, and the way back to the one before.

An installed program is a folder of versions: each in a folder of its own, beside them the launcher
and two small files, ``current`` (the version installed last) and ``previous`` (the one before).
Whoever goes back leaves a word of it in the folder of the data; the launcher honours it for as long
as the very same version is installed.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically
from xinfang_desktop.paths import default_data_folder

CURRENT, PREVIOUS, SCHEMA = "current", "previous", "schema"
CHOSEN = "program-in-use"
"""In the folder of the data: the version installed, a blank, and the one to start instead."""

_NOT_STARTED = (
    "另一版程序没有启动起来，数据没有受影响。请从开始菜单（应用菜单）里打开信访案头，或重新安装。"
)


@dataclass(frozen=True)
class Installed:
    """The installed program as it lies on this PC.

    Attributes:
        root: the folder that holds the versions.
        running: the version that is running.
        current: the version installed last.
        previous: the one before, or nothing where there is none.
    """

    root: Path
    running: str
    current: str
    previous: str

    @property
    def other(self) -> str:
        """The version that one may go to from the running one, or nothing."""
        there = self.previous if self.running == self.current else self.current
        return there if there and (self.root / there).is_dir() else ""

    def schema_of(self, version: str) -> int:
        """Give the newest schema of data that a version can write; 0 where it does not say."""
        return int(_word(self.root / version / SCHEMA) or 0)

    def choose(self, version: str, folder: Path | None = None) -> None:
        """Let the launcher start ``version`` from now on.

        Raises:
            OfficeError: the disk refuses.
        """
        note = (folder or default_data_folder()) / CHOSEN
        content = "" if version == self.current else f"{self.current} {version}\n"
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_file_atomically(note, content.encode("ascii"))

    def start(self, version: str) -> None:
        """Start a version, as a program of its own.

        Raises:
            OfficeError: it does not start.
        """
        program = self.root / version / Path(sys.executable).name
        try:
            subprocess.Popen([program], close_fds=True, cwd=self.root, env=_own_environment())
        except OSError:
            raise OfficeError(_NOT_STARTED) from None


def installed(program: Path | None = None) -> Installed | None:
    """Look how the running program is installed; None where it runs from its source."""
    if program is None:
        if not hasattr(sys, "frozen") and not (Path(sys.executable).parent / SCHEMA).is_file():
            return None
        program = Path(sys.executable)
    here = program.resolve().parent
    root, current = here.parent, _word(here.parent / CURRENT)
    if not current:
        return None
    return Installed(root, here.name, current, _word(root / PREVIOUS))


def _own_environment() -> dict[str, str]:
    """Give the environment without what the bundled libraries of this version put into it."""
    theirs = dict(os.environ)
    for name in ("LD_LIBRARY_PATH", "_PYI_ARCHIVE_FILE", "_PYI_PARENT_PROCESS_LEVEL"):
        original = theirs.pop(f"{name}_ORIG", None)
        theirs.pop(name, None)
        if original:
            theirs[name] = original
    theirs["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    return theirs


def _word(path: Path) -> str:
    try:
        return path.read_text("ascii", "ignore").strip()
    except OSError:
        return ""
