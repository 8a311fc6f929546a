"""One backup as one file: a plain tar archive of parts that are all encrypted already.

The manifest comes last and names every part with its size and SHA-256: an archive that was cut off
has none and is no backup. Attachments lie either inside (the file that moves to another PC) or
beside, in a folder that all backups of the place share, so that none is copied twice.
"""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Self

from xinfang_desktop.errors import OfficeError

SUFFIX = ".xfbak"
FORMAT = "xinfang-backup"
VERSION = 1
MANIFEST = "manifest.json"
STORE, KEY_FILE, VAULT = "xinfang.db", "xinfang.key", "vault/"
_BLOCK = 1 << 20

NOT_ONE = "这个文件不是信访案头的备份，或没有写完；没有读取，现有数据没有改动。请换一份备份。"
BROKEN = "这份备份已经损坏（内容与清单不符），不能用来恢复；现有数据没有改动。请换一份备份。"
_TOO_NEW = "这份备份是更新版本的程序做的，没有读取，现有数据没有改动。请换用新版程序。"


@dataclass(frozen=True)
class Part:
    """One part of a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Contents:
    """What is in a store or in a backup of it: numbers and days, nothing of any matter."""

    petitions: int
    newest_number: str
    newest_day: str
    petitioners: int
    drafts: int
    files: int
    audit_entries: int
    schema: int


@dataclass(frozen=True)
class Manifest:
    """The list of a backup; ``made_at`` is in ISO 8601."""

    made_at: str
    store: str
    contents: Contents
    parts: tuple[Part, ...]
    vault: tuple[str, ...] = ()
    vault_is_inside: bool = False
    label: str = ""
    version: int = VERSION
    extra: dict[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Write it as JSON."""
        content = {"format": FORMAT, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read it.

        Raises:
            OfficeError: it is no manifest, or one of a newer program.
        """
        try:
            read = json.loads(content)
            if read.pop("format") != FORMAT:
                raise OfficeError(NOT_ONE)
            if read["version"] > VERSION:
                raise OfficeError(_TOO_NEW)
            parts = tuple(Part(**part) for part in read.pop("parts"))
            contents = Contents(**read.pop("contents"))
            return cls(parts=parts, contents=contents, vault=tuple(read.pop("vault")), **read)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise OfficeError(NOT_ONE) from None


class Packing:
    """Writing a container; the manifest is added with ``finish``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._tar = tarfile.TarFile(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)
        self.parts: list[Part] = []

    def add(self, name: str, source: Path) -> None:
        """Put a file in."""
        with source.open("rb") as file:
            size = source.stat().st_size
            self._put(name, _Counting(file), size)

    def add_bytes(self, name: str, content: bytes) -> None:
        """Put some bytes in."""
        self._put(name, _Counting(BytesIO(content)), len(content))

    def finish(self, manifest: Manifest) -> None:
        """Put the manifest in and end the archive."""
        content = manifest.to_bytes()
        self._tar.addfile(_member(MANIFEST, len(content)), BytesIO(content))
        self._tar.close()

    def _put(self, name: str, source: "_Counting", size: int) -> None:
        self._tar.addfile(_member(name, size), source)
        self.parts.append(Part(name, size, source.digest.hexdigest()))


class Container:
    """A backup that was opened for reading."""

    def __init__(self, path: Path) -> None:
        with ExitStack() as opening:
            file = opening.enter_context(path.open("rb"))
            try:
                self._tar = tarfile.TarFile(fileobj=file, mode="r")
                self._members = {member.name: member for member in self._tar.getmembers()}
                self.manifest = Manifest.from_bytes(self._read(MANIFEST))
            except (tarfile.TarError, EOFError, KeyError):
                raise OfficeError(NOT_ONE) from None
            self._opened = opening.pop_all()
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tar.close()
        self._opened.close()

    def read(self, name: str) -> bytes:
        """Give a small part, verified.

        Raises:
            OfficeError: it is not as the manifest says.
        """
        return b"".join(self.stream(name))

    def extract(self, name: str, to: Path) -> None:
        """Write a part to a file, verified while it is written.

        Raises:
            OfficeError: it is not as the manifest says.
        """
        with to.open("xb") as file:
            to.chmod(0o600)
            for block in self.stream(name):
                file.write(block)

    def stream(self, name: str) -> Iterator[bytes]:
        """Give a part block by block; what is wrong with it is said at the end."""
        part = next((part for part in self.manifest.parts if part.name == name), None)
        source = self._tar.extractfile(name) if part and name in self._members else None
        if part is None or source is None:
            raise OfficeError(BROKEN)
        digest, size = hashlib.sha256(), 0
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            yield block
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            raise OfficeError(BROKEN)

    def _read(self, name: str) -> bytes:
        source = self._tar.extractfile(self._members[name])
        if source is None:
            raise OfficeError(NOT_ONE)
        return source.read()


class _Counting:
    """A source that digests what is read from it."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        block = self._source.read(size)
        self.digest.update(block)
        return block


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member
