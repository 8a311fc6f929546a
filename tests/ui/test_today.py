"""Today: every figure opens exactly what it counts; drafts are gone on with or thrown away."""

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.office import CLEARED, NOW, petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.keyboard import press
from xinfang_desktop.casework import drafts, registration
from xinfang_desktop.casework.search import find
from xinfang_desktop.models import Matter
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.today_page import MOST_CARDS, TodayPage


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> TodayPage:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1230, 680)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.cards))
    return page


def keep_draft(desk: Desk, matter: Matter) -> int:
    return desk.do(
        lambda session: drafts.save_draft(
            session, "visit_registration", matter, draft_id=None, now=NOW
        )
    )


def kept(desk: Desk) -> list[str]:
    lines = desk.read(lambda session: drafts.drafts(session, CLEARED))
    return [line.names for line in lines]


def test_there_are_few_cards_and_each_opens_exactly_what_it_counts(
    page: TodayPage, desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    register()
    register(claim="")
    long_ago = NOW - timedelta(days=40)
    desk.do(lambda session: registration.register(session, visit(), by="王", now=long_ago))
    qtbot.waitUntil(lambda: page.cards["gaps"].figure == 1)
    assert 1 <= len(page.cards) <= MOST_CARDS
    for key, card in page.cards.items():
        if key == "drafts":
            continue
        with qtbot.waitSignal(page.list_requested) as asked:
            card.click()
        assert asked.args is not None
        _, where = asked.args
        ids = desk.read(partial(find, viewer=CLEARED, **where))
        assert card.figure == len(ids)
    assert page.cards["today"].figure == 2


def test_the_latest_matters_are_listed_and_opened_with_enter(
    page: TodayPage, register: Registering, qtbot: QtBot
) -> None:
    number = register().number
    qtbot.waitUntil(lambda: page.latest.model().rowCount() == 1)
    page.take_focus()
    with qtbot.waitSignal(page.matter_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [number]


def test_a_draft_is_gone_on_with(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    draft = keep_draft(desk, visit(petitioner(name="龚㛃")))
    qtbot.waitUntil(lambda: page.drafts.list.count() == 1)
    assert "龚㛃" in page.drafts.list.item(0).text()
    page.cards["drafts"].click()
    with qtbot.waitSignal(page.draft_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [draft]


def test_a_draft_thrown_away_can_be_taken_back(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    keep_draft(desk, visit(petitioner(name="龚㛃")))
    qtbot.waitUntil(lambda: page.drafts.list.count() == 1)
    page.drafts.take_focus()
    with qtbot.waitSignal(desk.told_undoable) as told:
        press(Qt.Key.Key_Delete)
    assert kept(desk) == []
    assert told.args is not None
    told.args[1]()
    assert kept(desk) == ["龚㛃"]


def test_the_draft_of_a_matter_in_the_books_opens_that_matter(
    page: TodayPage, desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    petition = register()
    matter = visit(claim="改过的诉求")
    matter.petition.id = petition.id
    keep_draft(desk, matter)
    qtbot.waitUntil(lambda: page.drafts.list.count() == 1)
    with qtbot.waitSignal(page.matter_requested) as asked:
        page.drafts.resume()
    assert asked.args == [petition.number]


def test_without_drafts_the_card_says_how_they_come_about(page: TodayPage) -> None:
    assert not page.drafts.list.isVisible()
    page.drafts.resume()
    page.drafts.discard()
