"""The page of the day: each figure is exactly the list it opens."""

from datetime import date, timedelta

from tests.helpers.office import ACCOUNT, CLEARED, NOW, TODAY, UNCLEARED, accusation, visit
from xinfang_desktop.casework.drafts import save_draft
from xinfang_desktop.casework.registration import register, void
from xinfang_desktop.casework.search import find
from xinfang_desktop.casework.today import Count, counts
from xinfang_desktop.models import Viewer
from xinfang_desktop.store.database import Store


def figures(store: Store, viewer: Viewer = CLEARED, today: date = TODAY) -> dict[str, Count]:
    found = store.read(lambda session: counts(session, today, viewer=viewer))
    return {count.key: count for count in found}


def test_an_empty_office_has_nothing_to_do(store: Store) -> None:
    assert {key: count.number for key, count in figures(store).items()} == {
        "today": 0,
        "month": 0,
        "gaps": 0,
        "drafts": 0,
    }


def test_the_figures_count_and_open_the_same_matters(store: Store) -> None:
    days = [0, 0, 1, 21, 22, 400]
    for number, ago in enumerate(days):
        now = NOW - timedelta(days=ago)
        matter = visit(claim="" if number % 2 else "要求修渠。", received_on=now.date())
        store.do(lambda s, matter=matter, now=now: register(s, matter, by=ACCOUNT, now=now))  # type: ignore[misc]
    store.do(lambda s: void(s, "镜访〔2026〕2号", reason="错登", by=ACCOUNT, now=NOW))
    read = figures(store)
    assert [read[key].number for key in ("today", "month", "gaps")] == [1, 3, 2]
    for count in read.values():
        if count.key != "drafts":
            opened = store.read(lambda s, c=count: find(s, viewer=CLEARED, **c.filter))  # type: ignore[misc]
            assert len(opened) == count.number, count.title


def test_drafts_are_counted_for_whoever_may_see_them(store: Store) -> None:
    for matter in (visit(), accusation()):
        store.do(lambda s, m=matter: save_draft(s, "visit_registration", m, draft_id=None, now=NOW))  # type: ignore[misc]
    assert figures(store, CLEARED)["drafts"].number == 2
    assert figures(store, UNCLEARED)["drafts"].number == 1


def test_the_last_minute_of_a_day_belongs_to_it(store: Store) -> None:
    late = NOW.replace(hour=23, minute=59, second=59)
    store.do(lambda session: register(session, visit(), by=ACCOUNT, now=late))
    assert figures(store)["today"].number == 1
    assert figures(store, today=TODAY + timedelta(days=1))["today"].number == 0
