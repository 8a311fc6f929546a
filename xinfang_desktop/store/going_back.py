"""Going back to the data of before an upgrade, for a version of the program that is older.

The upgrade kept the old database. It takes the place of the present one, which is set aside and not
thrown away; what was registered since the upgrade is in the one set aside only. Written down first
and then done, as a restore is, so that a stop in the middle is finished at the next opening.
"""

import re
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.paths import DataFolder

from . import backup_records
from .cipher import connect
from .database import Store
from .failures import told_plainly
from .holding import Holding
from .pending import KEPT, finish_pending, put_in_place, staging

_NAME = re.compile(r"xinfang-schema(\d+)\.db")
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


def go_back(folder: Path, *, schema: int, now: datetime, program: str) -> Path:
    """Put the data of before the upgrade in the place of the present, and give where that is kept.

    Automatic backups rest afterwards, until somebody has looked.

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
            aside = put_in_place(folder, staged, now=now, why="upgraded")
        backup_records.pause(folder, paused=True)
    return aside
