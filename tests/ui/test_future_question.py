"""A matter of a day to come is asked about once, beside the form."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.helpers.office import CLEARED
from tests.ui.keyboard import CTRL, focus, press, write
from xinfang_desktop.casework import matters
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.registration_page import RegistrationPage

DAY = "petition.received_on"


@pytest.fixture
def page(window: MainWindow) -> RegistrationPage:
    """Give a registration of tomorrow, typed by keys."""
    press(Qt.Key.Key_N, CTRL, on=window)
    write("龚㛃")
    page = window.page("registration")
    assert isinstance(page, RegistrationPage)
    typed(page, "2026-11-23")
    return page


def typed(page: RegistrationPage, day: str) -> None:
    page.view.take_up(DAY)
    press(Qt.Key.Key_A, CTRL)
    write(day)


def received(window: MainWindow) -> list[date | None]:
    desk = window.desk
    number = window.page("matter").number
    return [
        desk.read(
            lambda session: matters.load_matter(session, number, viewer=CLEARED)
        ).petition.received_on
    ]


def test_a_coming_day_is_asked_about_and_changed(
    page: RegistrationPage, window: MainWindow
) -> None:
    press(Qt.Key.Key_S, CTRL)
    assert window.room == "registration"
    assert "收到日期2026-11-23在今天之后，是不是写错了？" in page.future.words
    press(Qt.Key.Key_Return)
    assert (focus().objectName(), page.future.words) == (DAY, "")
    typed(page, "2026-11-20")
    press(Qt.Key.Key_S, CTRL)
    assert received(window) == [date(2026, 11, 20)]


def test_it_is_this_very_day(page: RegistrationPage, window: MainWindow) -> None:
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert received(window) == [date(2026, 11, 23)]


def test_another_coming_day_is_asked_about_again(
    page: RegistrationPage, window: MainWindow
) -> None:
    press(Qt.Key.Key_S, CTRL)
    typed(page, "2026-11-24")
    press(Qt.Key.Key_S, CTRL)
    assert "2026-11-24" in page.future.words


def test_esc_leads_to_the_day_and_throws_nothing_away(
    page: RegistrationPage, window: MainWindow
) -> None:
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_Escape)
    assert (focus().objectName(), window.room) == (DAY, "registration")
    assert page.view.record.petitioner.name == "龚㛃"
