"""A restore that was begun is finished: the old files go aside, the new ones into their place.

What is to be done stands in a marker before anything is moved; every move may be repeated. So the
store is at any moment the old one or the new one, whenever the power goes.
"""

import json
import shutil
from pathlib import Path

from xinfang_desktop.files import settle_folder

MARKER = "xinfang.restoring"

_MOVED = ("xinfang.db", "xinfang.db-wal", "xinfang.db-shm", "xinfang.head", "xinfang.tries")


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
