"""Today in an office without work: what stands there then, and the drafts."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.office import CLEARED, NOW, petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.day import shown
from tests.ui.keyboard import CTRL, focus, press
from xinfang_desktop.casework import drafts
from xinfang_desktop.models import Matter
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.today_page import TodayPage


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> TodayPage:
    return shown(desk, qtbot)


def keep_draft(desk: Desk, matter: Matter) -> int:
    return desk.do(
        lambda session: drafts.save_draft(
            session, "visit_registration", matter, draft_id=None, now=NOW
        )
    )


def kept(desk: Desk) -> list[str]:
    lines = desk.read(lambda session: drafts.drafts(session, CLEARED))
    return [line.names for line in lines]


def test_the_day_is_read_again_when_something_changes(
    page: TodayPage, register: Registering, qtbot: QtBot
) -> None:
    assert page.work.lines == []
    register()
    qtbot.waitUntil(lambda: bool(page.work.lines))
    assert focus() is page.work or focus() is not page


def test_an_empty_day_says_what_comes_here(page: TodayPage) -> None:
    assert not page.work.isVisible()
    press(Qt.Key.Key_C, CTRL, on=page.work)


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
