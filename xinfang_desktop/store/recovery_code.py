"""The recovery code: a second way to the key, printed once and kept in a sealed envelope.

Thirty random characters and two that check them, in eight groups of four. The alphabet leaves out
letters that are mistaken for digits; they are read as the digit when somebody types them.
"""

import hashlib
import secrets
import unicodedata

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_RANDOM, _LENGTH, _GROUP = 30, 32, 4


def new_recovery_code() -> str:
    """Make a code of 150 random bits, written in groups: ``7K3M-…``."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))
    code = body + _check(body)
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read_recovery_code(typed: str) -> str | None:
    """Give the 32 characters of a code however it was typed, or None when it is no such code."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(sign for sign in plain if sign.isalnum()).translate(_MISREAD)
    if len(code) != _LENGTH or not set(code) <= set(_ALPHABET):
        return None
    return code


def is_miscopied(code: str) -> bool:
    """Tell whether the check characters say that something was copied wrongly."""
    return _check(code[:_RANDOM]) != code[_RANDOM:]


def _check(body: str) -> str:
    first, second = hashlib.sha256(body.encode("ascii")).digest()[:2]
    return _ALPHABET[first % 32] + _ALPHABET[second % 32]
