"""Dotted paths: how a form, a widget and a problem name one field of a record.

A path such as ``petitioner.name`` is followed through dataclasses, tables and properties; its
type says which editor and which tick boxes, its title is the field's Chinese name.
"""

from dataclasses import dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from xinfang_desktop.models import LabelledEnum

from .wording import shown


@dataclass(frozen=True)
class Binding:
    """A path that has been checked against the type of a record."""

    path: str
    type: type
    title: str
    optional: bool = False
    """Whether the field may hold nothing at all (None)."""

    def read(self, record: object) -> Any:  # noqa: ANN401 - a field may be of any type
        """Give the value at the path; a word not written yet is empty, a row too far is None."""
        parts = self.path.split(".")
        for place, name in enumerate(parts):
            match record:
                case dict():
                    return record.get(".".join(parts[place:]), "")
                case list() | tuple():
                    record = record[int(name)] if int(name) < len(record) else None
                case None:
                    return None
                case _:
                    record = getattr(record, name)
        return record

    def write(self, record: object, value: object) -> None:
        """Set the value at the path."""
        *owners, name = self.path.split(".")
        for place, owner in enumerate(owners):
            if isinstance(record, dict):
                record[".".join([*owners[place:], name])] = value
                return
            record = getattr(record, owner)
        setattr(record, name, value)

    def shown(self, record: object) -> str:
        """Give the value as a paper words it."""
        return shown(self.read(record))

    @property
    def choices(self) -> tuple[LabelledEnum, ...]:
        """The members to choose from, for an enumeration; else nothing."""
        return tuple(self.type) if issubclass(self.type, LabelledEnum) else ()


@lru_cache(maxsize=1024)
def bind(record_type: type, path: str) -> Binding:
    """Follow ``path`` from ``record_type``.

    Raises:
        ValueError: a part of the path names nothing; it says which.
    """
    owner, title, optional = record_type, "", False
    hint: Any = record_type
    for name in path.split("."):
        if issubclass(owner, dict):
            return Binding(path, str, "")
        if issubclass(owner, list | tuple):
            owner = _member(hint)
            continue
        hint = _hint(owner, name)
        if hint is None:
            raise ValueError(f"{path}: {owner.__name__} has no {name}")
        fields = getattr(owner, "model_fields", {})
        title = (fields[name].title or "") if name in fields else ""
        owner, optional = _plain(hint), NoneType in get_args(hint)
    return Binding(path, owner, title, optional)


def _hint(owner: type, name: str) -> Any:  # noqa: ANN401 - a type hint
    member = getattr(owner, name, None)
    if isinstance(member, property):
        return get_type_hints(member.fget).get("return")
    return get_type_hints(owner).get(name)


def _member(hint: Any) -> type:  # noqa: ANN401 - a type hint
    """Give what a list holds."""
    return _plain(get_args(hint)[0])


def _plain(hint: Any) -> type:  # noqa: ANN401 - a type hint
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    plain: type = get_origin(hint) or hint
    return plain
