"""会商督办, by key: three lists, each figure the length of its list, each line its matter."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.way import TO_HANDLING, Walk
from tests.ui.keyboard import ALT, CTRL, SHIFT, press
from xinfang_desktop.models import Action
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.supervision_page import SupervisionPage


def entered(window: MainWindow, qtbot: QtBot) -> SupervisionPage:
    press(Qt.Key.Key_4, ALT, on=window)
    page = window.page("supervision")
    assert isinstance(page, SupervisionPage)
    qtbot.waitUntil(lambda: page.chips.text("to_supervise").endswith(("0", "1", "2")))
    return page


def test_nothing_to_supervise_says_what_would_stand_here(window: MainWindow, qtbot: QtBot) -> None:
    page = entered(window, qtbot)
    assert page.chips.text("to_supervise") == "建议督办 0"
    assert not page.table.isVisible()


def test_a_supervised_matter_is_found_and_opened_by_key(window: MainWindow, qtbot: QtBot) -> None:
    walk = Walk(window.desk.store)
    walk.do(*TO_HANDLING, Action.SUPERVISE)
    page = entered(window, qtbot)
    press(Qt.Key.Key_Right, on=page.chips)
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    assert page.chips.text("supervised") == "督办中 1"
    item = page.table.item(0, 4)
    assert item is not None and "督办：请三日内办理。" in item.text()
    press(Qt.Key.Key_Return, on=page.table)
    assert window.room == "matter"
    assert window.page("matter").number == walk.number


def test_a_list_opens_in_the_ledger_with_exactly_its_matters(
    window: MainWindow, qtbot: QtBot
) -> None:
    walk = Walk(window.desk.store)
    Walk(window.desk.store)
    walk.do(Action.CONSULT)
    page = entered(window, qtbot)
    page.show_list("consulting")
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    press(Qt.Key.Key_L, CTRL | SHIFT, on=page)
    qtbot.waitUntil(lambda: window.room == "ledger")
    ledger = window.page("ledger")
    qtbot.waitUntil(lambda: ledger.table.model().rowCount() == 1)
