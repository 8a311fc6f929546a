"""The page of the day, shown and at rest."""

from pytestqt.qtbot import QtBot

from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.today_page import TodayPage


def shown(desk: Desk, qtbot: QtBot, width: int = 1230, height: int = 680) -> TodayPage:
    """Show the page of the day with the keyboard on it."""
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(width, height)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.refresh()
    page.take_focus()
    qtbot.waitUntil(lambda: bool(page.cards))
    return page
