"""The vault: attachments and issued papers, encrypted, each a file of its own.

A file is named by what is in it (an HMAC, so that nobody can ask the folder whether it holds a
paper he knows), written beside, made durable and renamed *before* the database says that it is
there. It is a stream of chunks, each sealed with its place and with whether it is the last: nothing
can be cut off, exchanged or moved between files without being noticed. Plain text is never written.

A table that refers to a file does so in a column called ``vault_name``; files that none refers to
are left over from an act that did not happen.
"""

import hashlib
import hmac
import os
import secrets
import struct
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import settle_folder

from .failures import told_plainly

FOLDER = "vault"
CHUNK: Final = 64 * 1024
_MAGIC: Final = b"XFV1"
_SALT: Final = 16
_TAG: Final = 16
_LEFT_OVER_DAYS = 30
_ABOUT_TO_BE_USED = timedelta(hours=1)
_ORPHANS = "orphans"

_MISSING = "有一份附件或存档文书的文件不见了，登记内容不受影响。请从备份取回后再试。"
_DAMAGED = "有一份附件或存档文书的文件已经损坏，没有打开，登记内容不受影响。请从备份取回后再试。"


@dataclass(frozen=True)
class Stored:
    """A file in the vault: its name, and the bytes of what is in it."""

    name: str
    size: int


class Vault:
    """The encrypted files of one store."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder / FOLDER
        self._key = key
        self._naming = HKDF(SHA256(), length=32, salt=None, info=b"xinfang vault names").derive(key)

    def put(self, content: bytes | IO[bytes]) -> Stored:
        """Keep ``content``, durably, and give its name; what is there already is not kept twice.

        Raises:
            OfficeError: the disk is full or refuses; nothing is left behind.
        """
        source = BytesIO(content) if isinstance(content, bytes) else content
        with told_plainly():
            self.folder.mkdir(mode=0o700, exist_ok=True)
            beside = self.folder / f".{secrets.token_hex(8)}.part"
            try:
                stored = self._write(beside, source)
                self._settle(beside, stored.name)
            finally:
                with suppress(OSError):
                    beside.unlink()
        return stored

    def read(self, name: str) -> bytes:
        """Give what is in a file, wholly verified.

        Raises:
            OfficeError: the file is missing or damaged.
        """
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """Give what is in a file, piece by piece, each piece verified before it is given.

        Raises:
            OfficeError: the file is missing or damaged; said at the piece where it is met.
        """
        path = self.path(name)
        if not path.is_file():
            raise OfficeError(_MISSING)
        digest = hmac.new(self._naming, digestmod=hashlib.sha256)
        with told_plainly(), path.open("rb") as file:
            for piece in self._opened(file):
                digest.update(piece)
                yield piece
        if digest.hexdigest() != name:
            raise OfficeError(_DAMAGED)

    def path(self, name: str) -> Path:
        """Give where a file lies; two signs of its name are the folder."""
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise OfficeError(_MISSING)
        return self.folder / name[:2] / name[2:]

    def names(self) -> Iterator[str]:
        """Give the names of all files, in order."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if len(path.name) == 62:
                yield path.parent.name + path.name

    def damaged(self, names: Iterable[str]) -> list[str]:
        """Read ``names`` through and give those that are missing or damaged."""
        return [name for name in names if not self._is_whole(name)]

    def clean_up(self, referenced: Collection[str], *, now: datetime) -> int:
        """Set aside files that nothing refers to, and give how many.

        One that is younger than an hour may be about to be referred to. They are kept for thirty
        days more, because a database may be restored that refers to them.
        """
        aside, count = self.folder / _ORPHANS, 0
        settled = (now - _ABOUT_TO_BE_USED).timestamp()
        with told_plainly():
            for part in self.folder.glob(".*.part"):
                if part.stat().st_mtime < settled:
                    part.unlink(missing_ok=True)
            for name in set(self.names()) - set(referenced):
                path = self.path(name)
                if path.stat().st_mtime >= settled:
                    continue
                aside.mkdir(mode=0o700, exist_ok=True)
                os.utime(path, (now.timestamp(), now.timestamp()))
                path.replace(aside / name)
                count += 1
            oldest = (now - timedelta(days=_LEFT_OVER_DAYS)).timestamp()
            for left in aside.glob("*"):
                if left.stat().st_mtime < oldest:
                    left.unlink()
        return count

    def take_back(self, name: str) -> bool:
        """Put a file that was set aside back to its place; tells whether it is there."""
        left, path = self.folder / _ORPHANS / name, self.path(name)
        if left.is_file() and not path.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            left.replace(path)
        return path.is_file()

    def _write(self, beside: Path, source: IO[bytes]) -> Stored:
        salt, size = secrets.token_bytes(_SALT), 0
        cipher, digest = self._cipher(salt), hmac.new(self._naming, digestmod=hashlib.sha256)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + salt)
            for index, piece, last in _pieces(source):
                digest.update(piece)
                size += len(piece)
                file.write(cipher.encrypt(_nonce(index, last), piece, _MAGIC + salt))
            file.flush()
            os.fsync(file.fileno())
        return Stored(digest.hexdigest(), size)

    def _settle(self, beside: Path, name: str) -> None:
        path = self.path(name)
        if self._is_whole(name):
            return
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700)
            settle_folder(self.folder)
        beside.replace(path)
        settle_folder(path.parent)

    def _is_whole(self, name: str) -> bool:
        try:
            for _ in self.stream(name):
                pass
        except OfficeError:
            return False
        return True

    def _opened(self, file: IO[bytes]) -> Iterator[bytes]:
        head = file.read(len(_MAGIC) + _SALT)
        if len(head) < len(_MAGIC) + _SALT or not head.startswith(_MAGIC):
            raise OfficeError(_DAMAGED)
        cipher = self._cipher(head[len(_MAGIC) :])
        try:
            for index, sealed, last in _pieces(file, CHUNK + _TAG):
                yield cipher.decrypt(_nonce(index, last), sealed, head)
        except InvalidTag:
            raise OfficeError(_DAMAGED) from None

    def _cipher(self, salt: bytes) -> AESGCM:
        """Give the cipher of one file, under a key that no other file has."""
        derived = HKDF(SHA256(), length=32, salt=salt, info=b"xinfang vault file").derive(self._key)
        return AESGCM(derived)


def vault_references(connection: Any) -> set[str]:  # noqa: ANN401 - untyped driver
    """Give the names of all files that the store refers to."""
    tables = connection.execute(
        "SELECT s.name FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c"
        " WHERE s.type = 'table' AND c.name = 'vault_name'"
    ).fetchall()
    return {
        name
        for (table,) in tables
        for (name,) in connection.execute(f'SELECT vault_name FROM "{table}"')
        if name
    }


def _pieces(source: IO[bytes], size: int = CHUNK) -> Iterator[tuple[int, bytes, bool]]:
    """Give every piece with its index and whether it is the last; an empty source has one."""
    index, piece = 0, source.read(size)
    while True:
        following = source.read(size) if piece else b""
        yield index, piece, not following
        if not following:
            return
        index, piece = index + 1, following


def _nonce(index: int, last: bool) -> bytes:
    return struct.pack(">3xBQ", last, index)
