"""补录: both days are kept, it is told where they are told, and limits run from the event."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from tests.helpers.office import ACCOUNT, CLEARED, NOW, TODAY, visit
from xinfang_desktop.casework import registration, search
from xinfang_desktop.casework.facts import facts_of
from xinfang_desktop.casework.ledger import COLUMN
from xinfang_desktop.casework.time_line import Told, time_line
from xinfang_desktop.models import Deadline
from xinfang_desktop.store.database import Store


def entered(store: Store, on: date) -> int:
    """Enter today what came in on a day."""
    petition, _ = store.do(
        lambda s: registration.register(s, visit(received_on=on), by=ACCOUNT, now=NOW)
    )
    assert petition.id is not None
    return petition.id


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (1, False), (2, True), (45, True)])
def test_what_is_entered_the_next_day_is_not_late(store: Store, days: int, is_late: bool) -> None:
    id = entered(store, TODAY - timedelta(days=days))
    facts = store.read(lambda s: facts_of(s, id, viewer=CLEARED))
    assert facts.late_days == (days if is_late else 0)
    found = store.read(lambda s: list(search.find(s, viewer=CLEARED, late=True)))
    typed = store.read(lambda s: list(search.find(s, "补录:是", viewer=CLEARED)))
    assert found == typed == ([id] if is_late else [])


def test_the_history_says_both_days(store: Store) -> None:
    id = entered(store, date(2026, 10, 8))
    (entry,) = store.read(lambda s: time_line(s, id, viewer=CLEARED))
    assert entry.told == (Told("补录", "10-08来访，11-22补录，迟录45天"),)


def test_the_ledger_has_a_column_of_the_day_of_entry(store: Store) -> None:
    id = entered(store, date(2026, 10, 8))
    (line,) = store.read(lambda s: search.rows(s, [id]))
    shown = [COLUMN[key].text(line) for key in ("received_on", "entered_on")]
    assert shown == ["2026-10-08", "2026-11-22"]


def test_limits_run_from_the_event_not_from_the_entry(store: Store) -> None:
    late, punctual = entered(store, date(2026, 10, 8)), entered(store, TODAY)

    def begun(id: int) -> set[date]:
        query = select(Deadline).where(col(Deadline.petition_id) == id)
        return {limit.started_on for limit in store.read(lambda s: list(s.exec(query)))}

    assert begun(late) == {date(2026, 10, 8)}
    assert begun(punctual) == {TODAY}
