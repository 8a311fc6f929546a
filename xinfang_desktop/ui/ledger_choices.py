"""What the ledger can be narrowed to, as data; each choice is a filter of casework."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xinfang_desktop.casework.search import Filter
    from xinfang_desktop.models import Channel, PetitionState

ALL = "all"
SPECIAL = "special"


def _everything(_: date) -> Filter:
    return {}


def _this_month(today: date) -> Filter:
    month = today.replace(day=1)
    return {"state": _state("registered"), "registered_from": month, "registered_to": today}


def _with_gaps(_: date) -> Filter:
    return {"state": _state("registered"), "with_gaps": True}


def _void(_: date) -> Filter:
    return {"state": _state("void")}


def _by(channel: str) -> Callable[[date], Filter]:
    def narrowed(_: date) -> Filter:
        return {"channel": _channel(channel)}

    return narrowed


def _state(code: str) -> PetitionState:
    from xinfang_desktop.models import PetitionState

    return PetitionState.from_code(code)


def _channel(code: str) -> Channel:
    from xinfang_desktop.models import Channel

    return Channel.from_code(code)


CHOICES: tuple[tuple[str, str, Callable[[date], Filter]], ...] = (
    (ALL, "全部", _everything),
    ("month", "本月", _this_month),
    ("visit", "来访", _by("visit")),
    ("letter", "来信", _by("letter")),
    ("phone", "来电", _by("phone")),
    ("online", "网上", _by("online")),
    ("agent", "代办", _by("agent")),
    ("gaps", "尚欠内容", _with_gaps),
    ("void", "已作废", _void),
)


def filters(today: date) -> dict[str, Filter]:
    """Give every choice's filter on that day."""
    return {key: narrowed(today) for key, _, narrowed in CHOICES}


def choice_of(where: Filter, today: date) -> str:
    """Give the choice that narrows exactly so, or the special one."""
    return next((key for key, known in filters(today).items() if known == where), SPECIAL)
