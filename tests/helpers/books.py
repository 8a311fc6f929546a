"""One matter in a real store, and what happens to it: its limits as they are stored."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session, col, select

from tests.helpers.office import NOW, visit
from xinfang_desktop.casework import registration
from xinfang_desktop.casework.deadlines import refresh
from xinfang_desktop.models import (
    Action,
    Deadline,
    Matter,
    Petition,
    Route,
    SourceLevel,
    Stage,
    Step,
)
from xinfang_desktop.store.database import Store

RECEIVED = date(2026, 9, 17)
SUPERIOR: dict[str, Any] = {"source_level": SourceLevel.SUPERIOR}
BY_PETITION: dict[str, Any] = {"route": Route.PETITION}


class Books:
    """One matter in a real store, and what happens to it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.petition = Petition()

    def enter(self, matter: Matter | None = None, **changes: Any) -> "Books":  # noqa: ANN401
        """Register a matter on the day it was received."""
        given = matter or visit(**{"received_on": RECEIVED, **changes})
        day = given.petition.received_on or NOW.date()
        now = datetime.combine(day, time(9))
        self.petition, _ = self.store.do(
            lambda session: registration.register(session, given, by="王", now=now)
        )
        return self

    def act(self, action: Action, on: date, at: time | None = None, **more: Any) -> "Books":  # noqa: ANN401
        """Let an act be done, or leave the matter in a stage."""
        stage = more.pop("stage", Stage.HANDLING)
        recorded = datetime.combine(on, at or time(10))

        def work(session: Session) -> None:
            petition = self._row(session)
            assert petition.id is not None
            petition.stage = stage
            session.add(
                Step(
                    petition_id=petition.id,
                    action=action,
                    done_on=on,
                    done_at=at,
                    recorded_at=more.pop("recorded_at", recorded),
                    from_stage=stage,
                    stage=stage,
                    **more,
                )
            )
            refresh(session, petition)

        self.store.do(work)
        return self

    def write(self, **fields: Any) -> "Books":  # noqa: ANN401
        """Write into the matter itself."""

        def work(session: Session) -> None:
            petition = self._row(session)
            for name, value in fields.items():
                setattr(petition, name, value)
            refresh(session, petition)

        self.store.do(work)
        return self

    def do(self, work: Callable[[Session, Petition], object]) -> "Books":
        """Do something else and bring the limits up to date."""

        def whole(session: Session) -> None:
            petition = self._row(session)
            work(session, petition)
            refresh(session, petition)

        self.store.do(whole)
        return self

    @property
    def limits(self) -> dict[str, Deadline]:
        """The stored limits; of several of one rule, the last."""
        return {one.rule: one for one in self.all}

    @property
    def all(self) -> list[Deadline]:
        """Every stored limit."""
        query = select(Deadline).where(col(Deadline.petition_id) == self.petition.id)
        ordered = query.order_by(col(Deadline.rule), col(Deadline.occurrence))
        return self.store.read(lambda session: list(session.exec(ordered)))

    def running(self) -> set[str]:
        """Name what still runs."""
        return {one.rule for one in self.all if one.done_on is None}

    def _row(self, session: Session) -> Petition:
        found = session.get(Petition, self.petition.id)
        assert found is not None
        return found
