"""今日: what the day asks for, each figure with the list that it counts."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from xinfang_desktop.models import PetitionState, Viewer

from .drafts import count_drafts
from .search import Filter, count

_NOBODY = Viewer(name="", cleared=False)


@dataclass(frozen=True)
class Count:
    """A figure of the day; ``search.find(…, **filter)`` gives exactly what it counts.

    ``drafts`` has no filter: its list is that of ``drafts.drafts``.
    """

    key: str
    title: str
    number: int
    filter: Filter = field(default_factory=Filter)


def counts(session: Session, today: date, *, viewer: Viewer = _NOBODY) -> tuple[Count, ...]:
    """Count what ``viewer`` finds on the page of the day."""
    return (
        *(
            Count(key, title, count(session, viewer=viewer, **within), within)
            for key, title, within in _lists(today)
        ),
        Count("drafts", "草稿", count_drafts(session, viewer)),
    )


def _lists(today: date) -> tuple[tuple[str, str, Filter], ...]:
    registered = PetitionState.REGISTERED
    month = today.replace(day=1)
    return (
        (
            "today",
            "今日登记",
            Filter(state=registered, registered_from=today, registered_to=today),
        ),
        (
            "month",
            "本月登记",
            Filter(state=registered, registered_from=month, registered_to=today),
        ),
        ("gaps", "尚欠内容", Filter(state=registered, with_gaps=True)),
    )
