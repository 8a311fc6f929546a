"""How this clerk likes the window: a small JSON file beside the data, nothing of the work in it.

A file that cannot be read or written is no trouble: the window then looks as on a first day.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from .look import SIZES, Look

FILE_NAME = "window.json"


@dataclass(frozen=True)
class Preferences:
    """What is remembered from one day to the next."""

    size: int = 100
    dark: bool = False
    geometry: tuple[int, ...] = ()
    maximised: bool = False
    export_folder: str = ""
    printer: str = ""
    lock_minutes: int = 10
    closed_at: str = ""
    ledger: str = ""
    """How each account likes the ledger's columns, as JSON (``ledger_kept``)."""
    platform: str = ""
    day_notice: bool = True
    noticed_on: str = ""

    @property
    def look(self) -> Look:
        """The look that was on last."""
        return Look(dark=self.dark, size=self.size if self.size in SIZES else SIZES[0])


class KeptPreferences:
    """The preferences in their file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._now = _read(self._file)

    @property
    def now(self) -> Preferences:
        """The preferences at present."""
        return self._now

    def keep(self, **changes: object) -> None:
        """Change some of them and write them down, if the folder lets us."""
        changed = replace(self._now, **changes)  # type: ignore[arg-type]
        if changed != self._now:
            self._now = changed
            _write(self._file, asdict(changed))


def _is_numbers(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(number, int) for number in value)


_ACCEPTED: dict[type, Callable[[object], bool]] = {
    bool: lambda value: isinstance(value, bool),
    int: lambda value: isinstance(value, int),
    str: lambda value: isinstance(value, str),
    tuple: _is_numbers,
}


def _read(file: Path) -> Preferences:
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    usual = Preferences()
    found: dict[str, Any] = {}
    for field in fields(usual):
        kind = type(getattr(usual, field.name))
        if isinstance(written, dict) and _ACCEPTED[kind](written.get(field.name)):
            found[field.name] = kind(written[field.name])
    return replace(usual, **found)


def _write(file: Path, values: dict[str, object]) -> None:
    beside = file.with_name(file.name + ".new")
    try:
        beside.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
        beside.replace(file)
    except OSError:
        return
