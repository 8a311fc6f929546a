"""The acts of one session, each with what it changed, so that it can be taken back.

They live as long as the open store and are never written down: what a field was before stands in
the store itself, encrypted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import SQLModel

from .account import Viewer
from .audit import Note
from .bin import DiscardedDraft
from .history import Draft, Step
from .paper import IssuedPaper
from .petition import NumberSeries

Values = Mapping[str, Any]

REMEMBERED = 50
"""How many acts can be taken back."""


STAYS: tuple[type[SQLModel], ...] = (Step, NumberSeries, Draft, DiscardedDraft, IssuedPaper)
"""What is never taken back: the history, numbers once given, drafts, papers that went out."""


@dataclass(frozen=True)
class RowChange:
    """One row before and after an act: None before it was made, None after it was deleted."""

    kind: type[SQLModel]
    key: tuple[Any, ...]
    before: Values | None
    after: Values | None


@dataclass(frozen=True)
class ActDone:
    """One act: what it is called (an action and a number, nothing else) and what it changed."""

    title: str
    changes: tuple[RowChange, ...]


@dataclass
class Acts:
    """What was done and what was taken back, the latest last."""

    done: list[ActDone] = field(default_factory=list)
    undone: list[ActDone] = field(default_factory=list)

    @property
    def to_undo(self) -> ActDone | None:
        """The act that would be taken back next."""
        return self.done[-1] if self.done else None

    @property
    def to_redo(self) -> ActDone | None:
        """The act that would be done again next."""
        return self.undone[-1] if self.undone else None

    def remember(self, act: ActDone) -> None:
        """Put a new act on the pile; what was taken back before can no longer be done again."""
        self.done.append(act)
        del self.done[:-REMEMBERED]
        self.undone.clear()

    def took_back(self, act: ActDone, inverse: ActDone) -> None:
        """Note that ``act`` was undone, or done again, by ``inverse``."""
        source, target = (
            (self.done, self.undone)
            if self.done and self.done[-1] is act
            else (self.undone, self.done)
        )
        if source and source[-1] is act:
            source.pop()
            target.append(inverse)

    def forget(self) -> None:
        """Take nothing back any more."""
        self.done.clear()
        self.undone.clear()


@dataclass
class Doing:
    """What one transaction is: on whose behalf, what the trail is to note, what it takes back.

    The store puts it into the session's ``info`` under ``DOING``; casework writes to it.
    """

    viewer: Viewer
    acts: Acts
    notes: list[Note] = field(default_factory=list)
    takes_back: ActDone | None = None


DOING = "doing"
