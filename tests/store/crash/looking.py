"""What must be there after a crash: every acknowledged save, a whole database, a whole trail."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xinfang_desktop.paths import DataFolder
from xinfang_desktop.store.cipher import connect
from xinfang_desktop.store.database import HEAD_FILE
from xinfang_desktop.store.keys import open_key_file
from xinfang_desktop.store.trail import Trail
from xinfang_desktop.store.vault import Vault


@dataclass
class Found:
    """What is missing or broken in a store after a crash."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether nothing is."""
        return not self.lost and not self.broken


def look(folder: Path, password: str, acknowledged: Iterable[str]) -> Found:
    """Open the store in ``folder`` as the program would, and compare it with what was promised."""
    files = DataFolder(folder)
    key = open_key_file(files, password).key
    connection = connect(files.store, key)
    try:
        lines = [line for line in acknowledged if line != "ready"]
        found = Found(acknowledged=len(lines))
        there = _There(connection, Vault(folder, key))
        found.lost = [line for line in lines if not there.has(line)]
        found.broken += _broken(connection, Trail(key, folder / HEAD_FILE))
        return found
    finally:
        connection.close()


class _There:
    """What is in a store, to be asked for one acknowledged save after another."""

    def __init__(self, connection: Any, vault: Vault) -> None:  # noqa: ANN401 - untyped driver
        self._states = dict(connection.execute("SELECT number, state FROM petition"))
        self._claims = dict(connection.execute("SELECT number, claim FROM petition"))
        self._drafts = " ".join(row[0] for row in connection.execute("SELECT content FROM draft"))
        self._vault = vault

    def has(self, line: str) -> bool:
        """Tell whether what the line acknowledges is there."""
        kind, _, what = line.partition(" ")
        match kind:
            case "matter":
                return what in self._states
            case "amended":
                return bool(self._claims.get(what) == f"改过：{what}")
            case "void":
                return bool(self._states.get(what) == "void")
            case "draft":
                return what.encode("ascii", "backslashreplace").decode() in self._drafts
            case _:
                return not self._vault.damaged([what])


def _broken(connection: Any, trail: Trail) -> list[str]:  # noqa: ANN401 - untyped driver
    execute = connection.execute
    broken = []
    # The power may go while pages are brought over from the log: until that is done again, which
    # this does, the log holds them whole and the file, which cipher_integrity_check reads, torn.
    execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for pragma in ("quick_check", "cipher_integrity_check", "foreign_key_check"):
        told = execute(f"PRAGMA {pragma}").fetchall()
        if told not in ([], [("ok",)]):
            broken.append(f"{pragma}: {told[:3]}")
    verdict = trail.verify(execute)
    if not verdict.is_whole:
        broken.append(verdict.sentence)
    torn = (
        "SELECT count(*) FROM petition WHERE id NOT IN (SELECT petition_id FROM step)"
        " OR id NOT IN (SELECT petition_id FROM participation)"
        " OR number NOT IN (SELECT number FROM audit_entry WHERE act = 'register')"
        " OR (state = 'void') <> (id IN (SELECT petition_id FROM step WHERE action = 'void'))"
        " OR id NOT IN (SELECT rowid & 16777215 FROM petition_words)"
    )
    if count := execute(torn).fetchone()[0]:
        broken.append(f"{count} matters half saved")
    return broken
