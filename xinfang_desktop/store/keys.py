"""The key of the store: random, wrapped once for every account and once for the recovery code.

The database is encrypted with a random key that never changes hands. A password only opens one
slot of the key file, so it can be changed without encrypting anything again. The slot's own tag
tells a wrong password; the digest of the file tells a damaged key file; the key-check value and
the store's first bytes, kept here as well, tell a damaged store from a foreign one.

The vault and the trail have keys of their own, derived from the database key by HKDF with another
purpose each; ``VERSION`` rises when the file's shape does.
"""

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically
from xinfang_desktop.paths import DataFolder

from .recovery_code import is_miscopied, read_recovery_code

FORMAT: Final = "xinfang-key"
VERSION: Final = 1
KEY_BYTES: Final = 32

ARGON2: Final = {"iterations": 3, "memory_kib": 64 * 1024, "lanes": 4}

_NO_KEY = (
    "密钥文件不见了，数据没有改动，但没有它谁也打不开数据。"
    "请把 xinfang.key 从备份放回数据文件夹，切勿新建。"
)
_DAMAGED = "两份密钥文件都已损坏，数据没有改动。请从备份取回 xinfang.key 放进数据文件夹后再试。"
_TOO_NEW = "密钥文件是更新版本的程序建立的，没有打开，数据没有改动。请换用新版程序。"
_WRONG = "密码不对，没有打开；数据没有改动。请核对大小写和输入法后再试，或改用恢复码。"
_MISCOPIED = "恢复码里有抄错的字符，没有打开；数据没有改动。请对照纸上的恢复码逐组核对。"
_EMPTY = "密码不能为空，请设一个密码。"

SHORT_PASSWORD = "密码不足8个字符，容易被试出来，建议设得长一些。"


class WrongSecretError(OfficeError):
    """What was typed opens no slot; everything that could be wrong with the files is not."""


@dataclass(frozen=True)
class Slot:
    """One wrap of the database key: for an account's password, or for the recovery code."""

    kind: str
    account: str
    kdf: dict[str, Any]
    salt: str
    nonce: str
    wrapped: str

    @property
    def associated(self) -> bytes:
        """What the wrap is bound to, so that slots cannot be exchanged."""
        return _canonical({"kind": self.kind, "account": self.account, "kdf": self.kdf})

    def open(self, secret: str) -> bytes | None:
        """Give the database key, or None when the secret is not this slot's."""
        wrapping = _wrapping_key(self.kdf, secret, _from_text(self.salt))
        try:
            return AESGCM(wrapping).decrypt(
                _from_text(self.nonce), _from_text(self.wrapped), self.associated
            )
        except InvalidTag:
            return None


@dataclass(frozen=True)
class KeyFile:
    """What stands in the key file; it holds no key that could be used without a secret."""

    store: str
    check: str
    slots: tuple[Slot, ...] = ()
    header: str = ""
    generation: int = 1
    version: int = VERSION
    extra: dict[str, Any] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Write it as JSON with a digest over everything else."""
        content = {"format": FORMAT, **asdict(self)}
        return json.dumps({**content, "digest": _digest(content)}, indent=1).encode("ascii")

    @classmethod
    def from_bytes(cls, content: bytes) -> Self | None:
        """Read it, or give None when a single bit of it is not as written."""
        try:
            read = json.loads(content.decode("ascii"))
            digest, form = read.pop("digest"), read.pop("format")
            if form != FORMAT or digest != _digest({"format": form, **read}):
                return None
            if read["version"] > VERSION:
                raise OfficeError(_TOO_NEW)
            slots = tuple(Slot(**slot) for slot in read.pop("slots"))
            return cls(slots=slots, **read)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def holds(self, key: bytes) -> bool:
        """Tell whether ``key`` is the one this file was made for."""
        return hmac.compare_digest(self.check, _check_value(key, self.store))


@dataclass(frozen=True)
class Opened:
    """A key file that was opened: with the key, and on whose slot."""

    key: bytes
    key_file: KeyFile
    account: str | None
    """The account's name, or None when the recovery code opened it."""


def new_key() -> bytes:
    """Make a database key."""
    return secrets.token_bytes(KEY_BYTES)


def new_key_file(key: bytes, *, account: str, password: str, code: str) -> KeyFile:
    """Make the key file of a new store, with slots for the first account and the recovery code."""
    store = secrets.token_hex(16)
    return KeyFile(
        store=store,
        check=_check_value(key, store),
        slots=(account_slot(key, account, password), recovery_slot(key, code)),
    )


def account_slot(key: bytes, account: str, password: str) -> Slot:
    """Wrap ``key`` with an account's password (Argon2id)."""
    if not password:
        raise OfficeError(_EMPTY)
    kdf = {"name": "argon2id", **ARGON2}
    return _wrap(key, Slot("account", account, kdf, _random(16), _random(12), ""), password)


def recovery_slot(key: bytes, code: str) -> Slot:
    """Wrap ``key`` with the recovery code; its 150 bits need no slow hashing."""
    secret = read_recovery_code(code)
    assert secret is not None, "a recovery code is made by new_recovery_code"
    kdf = {"name": "hkdf-sha256"}
    return _wrap(key, Slot("recovery", "", kdf, _random(16), _random(12), ""), secret)


def write_key_file(folder: DataFolder, key_file: KeyFile) -> None:
    """Write both copies, each atomically, one after the other."""
    for path in (folder.key_copy, folder.key_file):
        write_file_atomically(path, key_file.to_bytes(), private=True)


def read_key_file(folder: DataFolder) -> KeyFile:
    """Read the newer good copy, and mend the other one from it where it can be written.

    Raises:
        OfficeError: both are missing, or none of them can be trusted.
    """
    paths = (folder.key_file, folder.key_copy)
    contents = [path.read_bytes() if path.is_file() else None for path in paths]
    if not any(content is not None for content in contents):
        raise OfficeError(_NO_KEY)
    copies = [KeyFile.from_bytes(content) if content else None for content in contents]
    good = [copy for copy in copies if copy]
    if not good:
        raise OfficeError(_DAMAGED)
    newest = max(good, key=lambda copy: copy.generation)
    for path, copy in zip(paths, copies, strict=True):
        if copy != newest:
            _mend(folder, path.name, newest)
    return newest


def open_key_file(folder: DataFolder, secret: str) -> Opened:
    """Open the key file with a password or the recovery code.

    Raises:
        OfficeError: wrong password, miscopied recovery code, missing or damaged key file.
    """
    return open_with(read_key_file(folder), secret)


def open_with(key_file: KeyFile, secret: str) -> Opened:
    """Open a key file that was read.

    Raises:
        WrongSecretError: wrong password, or miscopied recovery code.
    """
    code = read_recovery_code(secret)
    for slot in key_file.slots:
        given = code if slot.kind == "recovery" else secret
        key = slot.open(given) if given else None
        if key is not None and key_file.holds(key):
            return Opened(key, key_file, slot.account if slot.kind == "account" else None)
    raise WrongSecretError(_MISCOPIED if code and is_miscopied(code) else _WRONG)


def with_slot(key_file: KeyFile, slot: Slot) -> KeyFile:
    """Put a slot in, in place of one of the same kind and account."""
    others = without_slot(key_file, slot.kind, slot.account).slots
    return replace(key_file, slots=(*others, slot), generation=key_file.generation + 1)


def without_slot(key_file: KeyFile, kind: str, account: str) -> KeyFile:
    """Take the slot of an account away; what its password opened stays encrypted as it is."""
    kept = tuple(slot for slot in key_file.slots if (slot.kind, slot.account) != (kind, account))
    return replace(key_file, slots=kept, generation=key_file.generation + 1)


def with_header(key_file: KeyFile, header: bytes) -> KeyFile:
    """Note the store's first bytes, by which a foreign file is told from a damaged one."""
    return replace(key_file, header=header.hex())


def password_advice(password: str) -> str | None:
    """Say what is weak about a new password; advice, never a refusal."""
    return SHORT_PASSWORD if 0 < len(password) < 8 else None


def _mend(folder: DataFolder, name: str, key_file: KeyFile) -> None:
    try:
        write_file_atomically(folder.root / name, key_file.to_bytes(), private=True)
    except OfficeError:
        return  # the other copy is good; opening must not fail for want of a second one


def _wrap(key: bytes, slot: Slot, secret: str) -> Slot:
    wrapping = _wrapping_key(slot.kdf, secret, _from_text(slot.salt))
    sealed = AESGCM(wrapping).encrypt(_from_text(slot.nonce), key, slot.associated)
    return replace(slot, wrapped=_to_text(sealed))


def _wrapping_key(kdf: dict[str, Any], secret: str, salt: bytes) -> bytes:
    material = unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
    if kdf["name"] == "hkdf-sha256":
        purpose = b"xinfang recovery slot"
        return HKDF(SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(material)
    return Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=kdf["iterations"],
        lanes=kdf["lanes"],
        memory_cost=kdf["memory_kib"],
    ).derive(material)


def _check_value(key: bytes, store: str) -> str:
    purpose = f"xinfang key check {store}".encode("ascii")
    return hmac.new(key, purpose, hashlib.sha256).hexdigest()[:32]


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")


def _random(count: int) -> str:
    return _to_text(secrets.token_bytes(count))


def _to_text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _from_text(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
