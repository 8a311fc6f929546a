"""A restore that was begun is finished: the old files go aside, the new ones into their place.

What is to be done stands in a marker before anything is moved; every move may be repeated. So the
store is at any moment the old one or the new one, whenever the power goes.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from xinfang_desktop.files import settle_folder, write_file_atomically

MARKER = "xinfang.restoring"
KEPT = "kept"
"""The folder, beside the database, of what was set aside."""

_MOVED = ("xinfang.db", "xinfang.db-wal", "xinfang.db-shm", "xinfang.head", "xinfang.tries")


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Lend a folder for the new files; it goes with them, or is taken away."""
    staged = Path(tempfile.mkdtemp(prefix=".restoring-", dir=folder))
    try:
        yield staged
    finally:
        if not (folder / MARKER).exists():
            shutil.rmtree(staged, ignore_errors=True)


def put_in_place(folder: Path, staged: Path, *, now: datetime, why: str = "restore") -> Path:
    """Let the staged files take the place of the present ones; give where those are kept."""
    _settle(staged)
    aside = _aside(folder, f"{why}-{now:%Y%m%d-%H%M%S}")
    marker = {"staged": staged.name, "kept": aside.relative_to(folder).as_posix()}
    write_file_atomically(folder / MARKER, json.dumps(marker).encode("utf-8"), private=True)
    finish_pending(folder)
    return aside


def finish_pending(folder: Path) -> bool:
    """Finish a restore that was begun in ``folder``; tells whether there was one."""
    marker = folder / MARKER
    if not marker.is_file():
        return False
    told = json.loads(marker.read_text("utf-8"))
    staged, kept = folder / told["staged"], folder / told["kept"]
    kept.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = sorted(path.name for path in staged.iterdir()) if staged.is_dir() else []
    if "xinfang.db" in new:
        for name in dict.fromkeys((*_MOVED, *new)):
            if (folder / name).exists():
                (folder / name).replace(kept / name)
        settle_folder(kept)
    for name in sorted(new, key=lambda name: name == "xinfang.db"):
        (staged / name).replace(folder / name)
    settle_folder(folder)
    marker.unlink()
    settle_folder(folder)
    shutil.rmtree(staged, ignore_errors=True)
    return True


def _aside(folder: Path, stem: str) -> Path:
    aside, number = folder / KEPT / stem, 1
    while aside.exists():
        number += 1
        aside = folder / KEPT / f"{stem}-{number}"
    aside.mkdir(parents=True, mode=0o700)
    return aside


def _settle(staged: Path) -> None:
    for path in staged.rglob("*"):
        if path.is_dir():
            settle_folder(path)
            continue
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    settle_folder(staged)
