"""Going back to the data of before an upgrade, for a version of the program that is older.

The upgrade kept the old database. It takes the place of the present one, which is set aside and not
thrown away; what was registered since the upgrade is in the one set aside only. Written down first
and then done, as a restore is, so that a stop in the middle is finished at the next opening. The
trail of the data that come back says who brought them, and when.
"""

import re
import shutil
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Note, Noted
from xinfang_desktop.paths import DataFolder

from . import backup_records
from .cipher import connect
from .database import HEAD_FILE, Store
from .failures import told_plainly
from .holding import Holding
from .pending import KEPT, finish_pending, put_in_place, staging
from .trail import Trail

_NAME = re.compile(r"xinfang-schema(\d+)\.db")
_HAS_TRAIL = "SELECT count(*) FROM sqlite_master WHERE name = 'audit_entry'"
_ENTRIES = "SELECT count(*) FROM audit_entry"
_TOLD = "换回升级前的数据；换回前操作记录{count}条"
_NONE = "没有留着升级前的数据，没有改动。上一版程序只能查看现在的数据，不能登记。"


@dataclass(frozen=True)
class KeptData:
    """The data as it was before an upgrade.

    Attributes:
        path: where it lies.
        schema: which schema it has.
        kept_at: when it was set aside: nothing later is in it.
    """

    path: Path
    schema: int
    kept_at: datetime


@dataclass(frozen=True)
class OnBehalf:
    """Who goes back, taken down while the store is still open: the account, the key of the data."""

    by: str
    key: bytes = field(repr=False)

    @classmethod
    def of(cls, store: Store) -> Self:
        """Take it down."""
        return cls(store.viewer.name, store.key_for_slots())


def kept_data(folder: Path, *, schema: int) -> KeptData | None:
    """Find the newest data of before an upgrade that a program of ``schema`` can write."""
    found = []
    for path in (folder / KEPT).glob("xinfang-schema*.db"):
        name = _NAME.fullmatch(path.name)
        if name and int(name[1]) <= schema:
            kept_at = datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)
            found.append(KeptData(path, int(name[1]), kept_at))
    return max(found, key=lambda kept: kept.schema, default=None)


def registered_since(store: Store, kept: KeptData) -> int:
    """Count the matters that are in an open store and not in what was kept before its upgrade."""
    count = "SELECT count(*) FROM petition"
    with told_plainly(), closing(connect(kept.path, store.key_for_slots(), writing=False)) as old:
        before = int(old.execute(count).fetchone()[0])
    with store.reading() as connection:
        return max(int(connection.execute(count).fetchone()[0]) - before, 0)


def go_back(folder: Path, *, schema: int, now: datetime, program: str, on_behalf: OnBehalf) -> Path:
    """Put the data of before the upgrade in the place of the present, and give where that is kept.

    Their trail notes it, as it does a restore. Automatic backups rest afterwards, until somebody
    has looked.

    Raises:
        OfficeError: nothing was kept, the disk refuses, or another program holds the store.
    """
    kept = kept_data(folder, schema=schema)
    if kept is None:
        raise OfficeError(_NONE)
    with told_plainly(), Holding.take(folder, program=program, now=now, patience=2.0):
        finish_pending(folder)
        with staging(folder) as staged:
            copy = Path(shutil.copyfile(kept.path, staged / DataFolder(staged).store.name))
            copy.chmod(0o600)
            _note(copy, on_behalf, now=now, left=DataFolder(folder).store)
            aside = put_in_place(folder, staged, now=now, why="upgraded")
        backup_records.pause(folder, paused=True)
    return aside


def _note(copy: Path, on_behalf: OnBehalf, *, now: datetime, left: Path) -> None:
    """Note in the trail of what comes back how long the trail is that is ``left`` behind."""
    with closing(connect(left, on_behalf.key, writing=False)) as present:
        note = Note(
            Noted.RESTORE, detail=_TOLD.format(count=present.execute(_ENTRIES).fetchone()[0])
        )
    with closing(connect(copy, on_behalf.key)) as back:
        if not back.execute(_HAS_TRAIL).fetchone()[0]:
            return

        def execute(words: str, rows: Any = None) -> Any:  # noqa: ANN401 - the driver's own
            return back.execute(words) if rows is None else back.executemany(words, rows)

        trail = Trail(on_behalf.key, copy.with_name(HEAD_FILE))
        head = trail.append(execute, [note], by=on_behalf.by, at=now)
    if head is not None:
        trail.keep_head(head)
