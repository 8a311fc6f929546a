"""Enumerations that are stored by a code and shown by a Chinese label."""

from enum import StrEnum
from typing import Self


class LabelledEnum(StrEnum):
    """A choice on paper: its code is kept in the store and in records, its label is read."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        """Make a member whose value is its code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def from_code(cls, code: str) -> Self:
        """Give the member stored as ``code``; ValueError when there is none."""
        found = cls._value2member_map_.get(code)
        if not isinstance(found, cls):
            raise ValueError(f"{cls.__name__} has no code {code!r}")
        return found

    @classmethod
    def from_label(cls, label: str) -> Self | None:
        """Give the member that reads ``label`` on paper, or None."""
        return next((member for member in cls if member.label == label), None)
