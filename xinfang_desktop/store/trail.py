"""The trail (操作记录): every entry sealed to the one before, and the last one known elsewhere too.

An entry's digest is an HMAC over the entry and the digest before it, under a key derived from the
database key: who changes, drops or inserts an entry anywhere breaks the chain there. Entries cut
off at the end, or a whole older database put in the place of the present one, would leave a chain
that holds; they are told by the head: how many entries there were and the digest of the last, in a
small file beside the database, sealed in the same way. The head is written after the transaction
and may lag behind it by a crash; it never runs ahead.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from xinfang_desktop.models import Note

FIRST = "0" * 64
"""What stands for the digest before the first entry."""

_LAST = "SELECT id, digest FROM audit_entry ORDER BY id DESC LIMIT 1"
_INSERT = (
    "INSERT INTO audit_entry (id, at, by, act, number, detail, previous, digest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_ALL = "SELECT id, at, by, act, number, detail, previous, digest FROM audit_entry ORDER BY id"
_RECORD = 120
"""Bytes of one place of the head file; it has two, written in turn, so that one is always whole."""


@dataclass(frozen=True)
class Head:
    """The last entry: its number, which is also how many there are, and its digest."""

    count: int = 0
    digest: str = FIRST


@dataclass(frozen=True)
class TrailVerdict:
    """Whether the trail is whole, and where it breaks.

    Attributes:
        count: how many entries were read.
        broken_at: the number of the first entry that does not hold, or None.
        sentence: the same in words.
    """

    count: int
    broken_at: int | None
    sentence: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, dropped, inserted or cut off."""
        return self.broken_at is None


class Trail:
    """Writing and proving the trail of one store."""

    def __init__(self, key: bytes, head_file: Path) -> None:
        self._key = HKDF(SHA256(), length=32, salt=None, info=b"xinfang trail").derive(key)
        self._head_file = head_file

    def append(
        self,
        execute: Any,  # noqa: ANN401 - the driver's own
        notes: Iterable[Note],
        *,
        by: str,
        at: datetime,
    ) -> Head | None:
        """Write ``notes`` at the end, in the caller's transaction, and give the new head."""
        notes = list(notes)
        if not notes:
            return None
        last = execute(_LAST).fetchone()
        head = Head(*last) if last else Head()
        rows = []
        for note in notes:
            row = (
                head.count + 1,
                (note.at or at).isoformat(" ", "microseconds"),
                by if note.by is None else note.by,
                note.act,
                note.number,
                note.detail,
                head.digest,
            )
            head = Head(head.count + 1, self._digest(row))
            rows.append((*row, head.digest))
        execute(_INSERT, rows)
        return head

    def keep_head(self, head: Head) -> None:
        """Write the head beside the database; a disk that refuses costs nothing but this proof."""
        content = f"{head.count} {head.digest}"
        seal = hmac.new(self._key, content.encode("ascii"), hashlib.sha256).hexdigest()[:32]
        record = f"{content} {seal}".encode("ascii").ljust(_RECORD)
        with suppress(OSError):
            handle = os.open(self._head_file, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.lseek(handle, head.count % 2 * _RECORD, os.SEEK_SET)
                os.write(handle, record)
            finally:
                os.close(handle)

    def forget_head(self) -> None:
        """Begin a new head: the database was put back to an earlier day on purpose."""
        with suppress(OSError):
            self._head_file.unlink(missing_ok=True)

    def kept_head(self) -> Head | None:
        """Give the head that was kept, or None where there is none that can be trusted."""
        try:
            content = self._head_file.read_bytes()
        except OSError:
            return None
        places = (content[start : start + _RECORD] for start in (0, _RECORD))
        return max(filter(None, map(self._read_head, places)), key=lambda h: h.count, default=None)

    def verify(self, execute: Any) -> TrailVerdict:  # noqa: ANN401 - the driver's own
        """Read the whole trail and say whether it is whole."""
        kept, before = self.kept_head(), Head()
        for row in execute(_ALL):
            broken = self._broken(row, before)
            if broken:
                return _verdict(before.count, before.count + 1, broken)
            before = Head(row[0], row[7])
            if kept and kept.count == before.count and kept.digest != before.digest:
                return _verdict(before.count, before.count, "与另存的校验值不符")
        if kept and kept.count > before.count:
            missing = f"末尾少了{kept.count - before.count}条"
            return _verdict(before.count, before.count + 1, missing)
        return _verdict(before.count, None, "")

    def _broken(self, row: Sequence[Any], before: Head) -> str:
        if row[0] != before.count + 1:
            return "中间有记录被删去"
        if row[6] != before.digest or not hmac.compare_digest(self._digest(row[:7]), row[7]):
            return "内容与校验值不符"
        return ""

    def _digest(self, row: Sequence[Any]) -> str:
        content = json.dumps(list(row), ensure_ascii=True, separators=(",", ":"))
        return hmac.new(self._key, content.encode("ascii"), hashlib.sha256).hexdigest()

    def _read_head(self, record: bytes) -> Head | None:
        try:
            count, digest, seal = record.decode("ascii").split()
        except ValueError:
            return None
        content = f"{count} {digest}".encode("ascii")
        true = hmac.new(self._key, content, hashlib.sha256).hexdigest()[:32]
        return Head(int(count), digest) if hmac.compare_digest(seal, true) else None


def _verdict(count: int, broken_at: int | None, why: str) -> TrailVerdict:
    if broken_at is None:
        return TrailVerdict(count, None, f"操作记录共{count}条，首尾相接，没有改动过。")
    return TrailVerdict(
        count,
        broken_at,
        f"操作记录从第{broken_at}条起对不上（{why}），此前{broken_at - 1}条完好；登记内容不受影响。"
        "请保留现在的数据文件，并与备份核对。",
    )
