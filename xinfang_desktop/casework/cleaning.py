"""What may be stored: every character of every script, but nothing that is no character.

No normal form is applied: a compatibility ideograph in a name is that person's character.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from sqlmodel import SQLModel

from xinfang_desktop.models import Matter

RecordT = TypeVar("RecordT", bound=SQLModel)

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\v\f]")
_NONCHARACTERS = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_NEVER = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
"""Controls, lone surrogates and noncharacters; tab and line end are kept."""


def clean_text(text: str) -> tuple[str, bool]:
    """Give ``text`` as it may be stored, and whether anything was taken out.

    Line ends become plain ones, which is no loss and is not reported.
    """
    kept = _NEVER.sub("", _LINE_ENDS.sub("\n", text))
    return kept, len(kept) != len(_LINE_ENDS.sub("\n", text))


def unclean_paths(matter: Matter) -> list[str]:
    """Name the fields that hold something which will not be stored."""
    return [path for path, text in _texts(matter) if clean_text(text)[1]]


def cleaned(record: RecordT) -> RecordT:
    """Give a copy of ``record``, tied to no session, with its texts as they may be stored."""
    return type(record)(
        **{
            name: clean_text(value)[0] if type(value) is str else value
            for name, value in _fields(record)
        }
    )


def _texts(matter: Matter) -> Iterator[tuple[str, str]]:
    yield from (
        (f"petition.{name}", value)
        for name, value in _fields(matter.petition)
        if type(value) is str
    )
    for index, petitioner in enumerate(matter.petitioners):
        place = f"petitioners[{index}]" if index else "petitioner"
        yield from (
            (f"{place}.{name}", value) for name, value in _fields(petitioner) if type(value) is str
        )


def _fields(record: SQLModel) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(record, name)) for name in type(record).model_fields)
