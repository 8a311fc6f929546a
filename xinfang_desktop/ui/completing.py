"""Completing: what the search box offers while somebody types, and what it did not understand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from .desk import Desk

if TYPE_CHECKING:
    from xinfang_desktop.casework.grammar import Offer


class Completing(QObject):
    """Knows the fields, and reads what the books hold of their values off the window's thread."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[str, tuple[str, ...]] = {}
        self._asked: set[str] = set()
        desk.changed.connect(self._forget)

    def offers(self, before: str) -> Sequence[Offer]:
        """Give what may complete the text before the cursor."""
        from xinfang_desktop.casework.grammar import completions

        return completions(before, self._values)

    def problem(self, typed: str) -> str:
        """Say what was not understood, or nothing."""
        from xinfang_desktop.casework.grammar import read

        return read(typed, self._desk.today()).problem

    def _values(self, kind: str) -> Sequence[str]:
        if kind not in self._asked:
            self._asked.add(kind)
            self._desk.run(partial(self._desk.read, partial(_read, self._desk, kind)), self._learn)
        return self._known.get(kind, ())

    def _learn(self, told: tuple[str, tuple[str, ...]]) -> None:
        kind, values = told
        self._known[kind] = values

    def _forget(self, _: frozenset[type]) -> None:
        """Ask again when it is needed next; what is known stays until then."""
        self._asked.clear()


def _read(desk: Desk, kind: str, session: object) -> tuple[str, tuple[str, ...]]:
    from xinfang_desktop.casework.known_values import known_values

    return kind, known_values(session, kind, viewer=desk.viewer)  # type: ignore[arg-type]
