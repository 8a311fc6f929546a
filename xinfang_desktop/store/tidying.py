"""Taking away what a stop has left lying about: half-written files, scratch copies, lost scans.

Everything of it is encrypted, so that it is room and not a secret that is won. Only what is older
than a day goes: younger files may belong to a program that is at work.
"""

import shutil
from contextlib import suppress
from datetime import datetime, timedelta

from xinfang_desktop.errors import OfficeError

from .database import Store
from .pending import MARKER
from .vault import vault_references

_LEFT = (".xinfang-*", ".restoring-*", ".*.part", "xinfang.db.new*", "backups/.*.part")
_AT_WORK = timedelta(days=1)


def tidy(store: Store, *, now: datetime) -> int:
    """Take away what is left over and set aside files nothing refers to; give how many went.

    What cannot be taken away stays, and is no trouble.
    """
    count, folder = 0, store.folder.root
    with suppress(OfficeError):
        with store.reading() as connection:
            referenced = vault_references(connection)
        if store.vault.folder.is_dir():
            count += store.vault.clean_up(referenced, now=now)
    if (folder / MARKER).exists():
        return count
    oldest = (now - _AT_WORK).timestamp()
    for path in (path for pattern in _LEFT for path in folder.glob(pattern)):
        with suppress(OSError):
            if path.stat().st_mtime >= oldest:
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            count += 1
    return count
