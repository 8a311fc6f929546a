"""The two hands that play a story: one at the window by key events, one at the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class Registered:
    """What a story registers: the clauses are named as the window names its fields."""

    on: date
    channel: str
    name: str
    claim: str
    clauses: Mapping[str, str] = field(default_factory=dict)


class Hand(Protocol):
    """What a story asks to be done and looked at, of the one matter it is about."""

    papers: list[str]
    """The text of every paper printed so far."""

    def call_superior(self, name: str) -> None:
        """Name the superior bureau of the office."""
        ...

    def register(self, given: Registered) -> None:
        """Register the matter of the story."""
        ...

    def act(self, act: str, on: date, by: str, clauses: Mapping[str, str]) -> None:
        """Do an act; the clauses answer its asks by their titles."""
        ...

    def confirm(self, words: str) -> None:
        """Go on after being asked to think."""
        ...

    def take_back(self) -> None:
        """Take the latest act back."""
        ...

    def why_not(self, act: str) -> str:
        """Say why an act cannot be done now."""
        ...

    def write_on_paper(self, paper: str, title: str, words: str) -> None:
        """Write words into a blank of a letter."""
        ...

    def print(self, paper: str) -> str:
        """Print a paper and give its text."""
        ...

    @property
    def stage(self) -> str:
        """Where the matter stands, in words."""
        ...

    @property
    def following(self) -> str:
        """What comes next, in words."""
        ...

    @property
    def offered(self) -> list[str]:
        """What may be done now, in words."""
        ...

    @property
    def history(self) -> str:
        """What the matter's time line tells."""
        ...
