"""A step that is done when it is noted: one line of a matter's history, by whom, when, in words."""

from datetime import datetime

from sqlmodel import Session

from xinfang_desktop.models import Action, Step


def note_step(
    session: Session,
    petition_id: int | None,
    action: Action,
    *,
    by: str,
    now: datetime,
    words: str = "",
) -> None:
    """Write down that ``action`` was done with a matter; the trail notes it by itself."""
    assert petition_id is not None
    session.add(
        Step(
            petition_id=petition_id,
            action=action,
            done_on=now.date(),
            done_by=by,
            words=words,
            recorded_at=now,
        )
    )
