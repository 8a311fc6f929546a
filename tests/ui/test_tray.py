"""The turn of the day, and the quiet notice in the corner: numbers only, and only when wanted."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.day import OUT, busy_day, entered
from tests.helpers.office import NOW, SEALED_WORDS, petitioner
from tests.ui.keyboard import press
from xinfang_desktop.models import Action
from xinfang_desktop.store.database import Store
from xinfang_desktop.ui.day_watch import DayWatch
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.settings.reminders import RemindersSection
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.tray import DayNotice, can_show

Clock = list[datetime]


@pytest.fixture
def clock() -> Clock:
    """Give a clock that a test may set: its last entry is now."""
    return [NOW]


@pytest.fixture
def desk(store: Store, theme: Theme, clock: Clock) -> Desk:
    return Desk(store, theme=theme, clock=lambda: clock[-1])


Looking = Callable[[datetime], list[str]]


@pytest.fixture
def looking(desk: Desk, clock: Clock, qtbot: QtBot) -> Looking:
    """Give the act of letting time come, and what was told by then."""
    told: list[str] = []
    home = QWidget()
    qtbot.addWidget(home)
    days = DayWatch(desk, home)
    notice = DayNotice(desk, days, home, lambda _, sentence: told.append(sentence))

    def look(now: datetime) -> list[str]:
        clock.append(now)
        notice.look(now)
        desk.background.finish()
        qtbot.wait(1)
        return told

    return look


def test_the_numbers_of_the_day_are_told_once_a_morning(desk: Desk, looking: Looking) -> None:
    busy_day(desk.store)
    assert looking(NOW.replace(hour=7)) == []
    assert looking(NOW.replace(hour=8)) == [
        "已超期3件，三个工作日内到期3件，待回访1件，待核实1件。"
    ]
    assert len(looking(NOW.replace(hour=12))) == 1
    [_, next_day] = looking(NOW.replace(hour=8) + timedelta(days=1))
    assert next_day.startswith("已超期3件，今日到期")


def test_it_tells_nobodys_name_and_nothing_of_any_matter(desk: Desk, looking: Looking) -> None:
    busy_day(desk.store)
    told = "".join(looking(NOW))
    for word in (*SEALED_WORDS, petitioner().name, "水渠", "镜访", OUT):
        assert word not in told


def test_what_ends_within_the_hour_is_told_once(desk: Desk, looking: Looking) -> None:
    monday = NOW + timedelta(days=1)
    desk.preferences.keep(noticed_on=monday.date().isoformat())
    walk = entered(desk.store)
    walk.now = monday.replace(hour=9, minute=0)
    walk.do(Action.SUBMIT, Action.ASSIGN, on=monday.date())
    assert looking(monday.replace(hour=10)) == []
    assert looking(monday.replace(hour=11, minute=40)) == [
        "有1件一小时内到期，请打开「今日」查看。"
    ]
    assert len(looking(monday.replace(hour=11, minute=50))) == 1


def test_a_quiet_day_is_quiet_and_the_notice_can_be_switched_off(
    desk: Desk, looking: Looking
) -> None:
    assert looking(NOW) == []
    desk.preferences.keep(day_notice=False, noticed_on="")
    busy_day(desk.store)
    assert looking(NOW) == []


def test_the_switch_is_in_the_settings(desk: Desk, qtbot: QtBot) -> None:
    section = RemindersSection(desk)
    qtbot.addWidget(section)
    with qtbot.waitExposed(section):
        section.show()
    section.refresh()
    section.take_focus()
    assert section.notice.isChecked()
    with qtbot.waitSignal(desk.told):
        press(Qt.Key.Key_Space, on=section.notice)
    assert not desk.preferences.now.day_notice
    section.refresh()
    assert not section.notice.isChecked()


def test_where_the_desktop_shows_no_notices_nothing_is_asked(desk: Desk, qtbot: QtBot) -> None:
    assert not can_show()
    home = QWidget()
    qtbot.addWidget(home)
    days = DayWatch(desk, home)
    DayNotice(desk, days, home)
    days.look()


def test_a_window_left_open_overnight_shows_the_new_day(
    desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    busy_day(desk.store)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    page = window.page("today")
    qtbot.waitUntil(lambda: bool(page.work.lines))
    assert page.cards["due_today"].figure == 0
    clock.append(NOW + timedelta(days=3))
    window.days.look()
    qtbot.waitUntil(lambda: page.cards["due_today"].figure == 1)
    assert "11月25日" in window.header.words
    window.close()


def test_a_click_on_the_notice_leads_to_the_day(desk: Desk, qtbot: QtBot) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.enter("ledger")
    window.notice.opened.emit()
    assert window.room == "today"
    window.close()
