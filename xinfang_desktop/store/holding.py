"""One program at a time: who holds a store, and since when.

The lock is the operating system's own, on a file beside the database: it goes with the process that
holds it, also when that is killed, so that no stale lock is ever left. The file's words only tell
others who it is.
"""

import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from xinfang_desktop.errors import OfficeError

LOCK_NAME = "xinfang.lock"
_PLACE = 1 << 30
"""The byte that is locked on Windows, far beyond the words, so that others may read them."""


@dataclass(frozen=True)
class Holder:
    """Which program holds a store; ``since`` is a moment in ISO 8601."""

    program: str
    pid: int
    host: str
    since: str

    @property
    def sentence(self) -> str:
        """Who it is, in words."""
        when = self.since.replace("T", " ")[:16]
        since = f"从{when}起" if when else ""
        return (
            f"这份数据正由本机的另一个{self.program}（进程{self.pid}）{since}使用，没有打开；"
            "数据没有改动。请先关闭那一个，再打开。"
        )


class HeldError(OfficeError):
    """Another program holds the store."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder.sentence)
        self.holder = holder


class Holding:
    """A store that is held by this program, until it is released."""

    def __init__(self, handle: int, path: Path) -> None:
        self._handle: int | None = handle
        self._path = path

    @classmethod
    def take(
        cls, folder: Path, *, program: str, now: datetime | None = None, patience: float = 0.0
    ) -> Self:
        """Hold the store in ``folder``; another holder is waited for ``patience`` seconds.

        Raises:
            HeldError: another program holds it; the sentence says who and since when.
            OSError: the folder cannot be written.
        """
        path, until = folder / LOCK_NAME, monotonic() + patience
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if _locked(handle) and _is_still_there(handle, path):
                _tell(handle, program, now)
                return cls(handle, path)
            os.close(handle)
            if monotonic() >= until:
                raise HeldError(holder_of(folder) or Holder("程序", 0, "", ""))
            sleep(0.05)

    def release(self) -> None:
        """Let go; the file goes as well, where the system lets go of a file that is open."""
        if self._handle is None:
            return
        with suppress(OSError):
            os.ftruncate(self._handle, 0)
            self._path.unlink()
        os.close(self._handle)
        self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def holder_of(folder: Path) -> Holder | None:
    """Give who last said to hold the store, or None."""
    try:
        return Holder(**json.loads((folder / LOCK_NAME).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _is_still_there(handle: int, path: Path) -> bool:
    """Tell whether the file that was locked is not one that its holder has just taken away."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _tell(handle: int, program: str, now: datetime | None) -> None:
    since = now.isoformat(timespec="seconds") if now else ""
    words = json.dumps(
        asdict(Holder(program, os.getpid(), socket.gethostname(), since)), ensure_ascii=False
    )
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, words.encode("utf-8"))


if sys.platform == "win32":  # pragma: no cover - proved on Windows only
    import msvcrt

    def _locked(handle: int) -> bool:
        os.lseek(handle, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
