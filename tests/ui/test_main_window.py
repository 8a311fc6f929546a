"""The window: from room to room by keyboard, nothing lost on the way."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.office import CLEARED, petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.keyboard import ALT, CTRL, compose, focus, parts, press, write
from xinfang_desktop.casework import drafts
from xinfang_desktop.store.database import Store
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.frame import ALL_SAVED, day_in_words
from xinfang_desktop.ui.ledger_page import LedgerPage
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.preferences import KeptPreferences
from xinfang_desktop.ui.widgets import toast

FULL = "磁盘已满，这一步没有保存。"


def answered(window: MainWindow, qtbot: QtBot) -> None:
    finder = window.page("ledger").finder
    if finder.is_busy:
        with qtbot.waitSignal(finder.idle):
            pass


def test_the_day_is_the_first_room_and_says_what_day_it_is(window: MainWindow) -> None:
    assert window.room == "today"
    assert window.header.words == "今日 2026年11月22日 星期日"


@pytest.mark.parametrize(
    ("key", "room"),
    [(Qt.Key.Key_1, "today"), (Qt.Key.Key_2, "registration"), (Qt.Key.Key_3, "ledger")],
)
def test_every_room_has_a_key(window: MainWindow, key: Qt.Key, room: str) -> None:
    window.enter("today" if room == "ledger" else "ledger")
    press(key, ALT, on=window)
    assert window.room == room


def test_a_search_goes_to_the_ledger_while_one_types(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    number = register(visit(petitioner(name="龚㛃"))).number
    register()
    press(Qt.Key.Key_F, CTRL, on=window)
    compose("gong")
    assert window.room == "today"
    write("龚")
    assert window.room == "ledger"
    assert focus() is window.header.search
    answered(window, qtbot)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert (window.room, window.page("matter").number) == ("matter", number)


def test_esc_leads_back_the_way_one_came(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    number = register().number
    window.enter("ledger")
    answered(window, qtbot)
    window.open_matter(number)
    press(Qt.Key.Key_Escape, on=window)
    assert window.room == "ledger"
    press(Qt.Key.Key_Escape, on=window)
    assert window.room == "today"
    press(Qt.Key.Key_Escape, on=window)
    assert window.room == "today"


def test_a_figure_of_the_day_opens_its_list(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    register()
    window.refresh()
    figure = window.page("today").quiet["today"]
    qtbot.waitUntil(lambda: bool(figure.accessibleName() == "今日登记 1 件"))
    figure.setFocus()
    press(Qt.Key.Key_Space)
    answered(window, qtbot)
    page = window.page("ledger")
    assert isinstance(page, LedgerPage)
    assert (window.room, page.table.model().rowCount()) == ("ledger", 1)


def test_a_new_registration_is_one_key_away_and_kept_on_leaving(
    window: MainWindow, desk: Desk
) -> None:
    press(Qt.Key.Key_N, CTRL, on=window)
    assert window.room == "registration"
    write("龚㛃")
    press(Qt.Key.Key_3, ALT, on=window)
    assert window.room == "ledger"
    kept = desk.read(lambda session: drafts.drafts(session, CLEARED))
    assert [line.names for line in kept] == ["龚㛃"]


def test_closing_keeps_the_draft(window: MainWindow, store: Store) -> None:
    press(Qt.Key.Key_N, CTRL, on=window)
    write("龚㛃")
    window.close()
    kept = store.read(lambda session: drafts.drafts(session, CLEARED))
    assert [line.names for line in kept] == ["龚㛃"]


def test_the_size_and_the_look_are_remembered(window: MainWindow, desk: Desk) -> None:
    press(Qt.Key.Key_Equal, CTRL, on=window)
    press(Qt.Key.Key_D, CTRL, on=window)
    assert KeptPreferences(desk.folder).now.look == desk.theme.look
    assert (desk.theme.look.size, desk.theme.look.dark) == (110, True)
    press(Qt.Key.Key_0, CTRL, on=window)
    assert desk.theme.look.size == 100


def test_the_place_of_the_window_is_remembered(window: MainWindow, desk: Desk) -> None:
    window.setGeometry(40, 30, 1200, 700)
    window.close()
    assert KeptPreferences(desk.folder).now.geometry == (40, 30, 1200, 700)


def test_the_status_bar_says_whether_all_is_saved(window: MainWindow) -> None:
    assert window.status.words == ALL_SAVED
    window.status.show_saved("正在输入，草稿随后保存")
    assert (window.status.words, window.status.is_open) == ("正在输入，草稿随后保存", True)
    window.status.show_saved("草稿已存 10:42:07")
    assert not window.status.is_open


def test_a_failure_stays_until_it_is_read(window: MainWindow, desk: Desk) -> None:
    desk.failed.emit(FULL)
    assert window.toast.isVisible()
    assert window.toast.sentence == FULL
    press(Qt.Key.Key_Z, ALT, on=window)
    assert not window.toast.isVisible()


def test_a_failure_goes_with_its_page_and_stays_while_nobody_acts(
    window: MainWindow, desk: Desk
) -> None:
    desk.failed.emit(FULL)
    window.enter("registration")
    assert window.toast.isVisible()
    press(Qt.Key.Key_3, ALT, on=window)
    assert window.room == "ledger"
    assert not window.toast.isVisible()


def test_a_failure_can_be_read_while_the_clerk_goes_on_and_goes_then(
    window: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.enter("registration")
    desk.failed.emit(FULL)
    for key in (Qt.Key.Key_Control, Qt.Key.Key_F1):
        press(key, on=window)
        assert not window.toast._timer.isActive()
    press(Qt.Key.Key_Tab)
    assert window.toast.isVisible()
    assert window.toast._timer.isActive()
    desk.failed.emit(FULL)
    assert not window.toast._timer.isActive()
    monkeypatch.setattr(toast, "READ_MS", 0)
    press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not window.toast.isVisible())


def test_what_succeeds_then_takes_the_place_of_a_failure(window: MainWindow, desk: Desk) -> None:
    desk.failed.emit(FULL)
    desk.told.emit("已保存")
    assert window.toast.sentence == "已保存"
    assert window.toast._timer.isActive()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_what_is_told_does_not_lie_over_the_buttons_at_the_foot(
    window: MainWindow, desk: Desk, register: Registering, size: tuple[int, int], qtbot: QtBot
) -> None:
    number = register().number
    window.resize(*size)
    window.open_matter(number)
    for room in ("matter", "registration", "taking_in"):
        window.enter(room)
        desk.failed.emit(FULL * 4)
        qtbot.waitUntil(lambda: not window.toast._settling.isActive())
        lying = window.toast.geometry()
        for one in parts(window, QPushButton):
            place = QRect(one.mapTo(window, QPoint()), one.size())
            if one.isVisible() and not window.toast.isAncestorOf(one) and lying.intersects(place):
                assert place.top() < window.height() * 0.7, one.text()


def test_what_was_done_can_be_taken_back_by_key(window: MainWindow, desk: Desk) -> None:
    taken_back: list[int] = []
    desk.told_undoable.emit("草稿已丢弃。", lambda: taken_back.append(1))
    press(Qt.Key.Key_Z, ALT, on=window)
    press(Qt.Key.Key_Z, ALT, on=window)
    assert taken_back == [1]


def test_help_opens_at_what_the_keyboard_is_on(window: MainWindow) -> None:
    window.header.search.setFocus()
    press(Qt.Key.Key_F1, on=window)
    assert window.help_topic == "ledger"
    window.enter("registration")
    press(Qt.Key.Key_F1, on=window)
    assert window.help_topic == "registration"


def test_every_control_has_a_name(window: MainWindow, register: Registering) -> None:
    number = register().number
    for room in ("today", "registration", "ledger"):
        window.enter(room)
    window.open_matter(number)
    controls: list[QWidget] = [*parts(window, QAbstractButton), *parts(window, QLineEdit)]
    nameless = [
        f"{type(part).__name__} in {type(part.parent()).__name__}"
        for part in controls
        if not part.accessibleName()
        and not (isinstance(part, QAbstractButton) and part.text())
        and not part.objectName().startswith("qt_")
        and part.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("room", "size"),
    [
        (room, size)
        for room in ("today", "registration", "ledger", "matter", "settings")
        for size in (100, 110, 125, 150)
    ],
)
def test_nothing_is_wider_than_a_small_screen(
    window: MainWindow, desk: Desk, register: Registering, room: str, size: int
) -> None:
    number = register().number
    while desk.theme.look.size < size:
        desk.theme.larger()
    if room == "matter":
        window.open_matter(number)
    else:
        window.enter(room)
    window.resize(1366, 768)
    assert window.centralWidget().minimumSizeHint().width() <= 1366
    assert (window.width(), window.height()) == (1366, 768)
    assert not cut(window.rail)
    assert not cut(window.status)
    assert not cut(window.header)


def test_letters_grow_no_larger_than_the_screen_can_hold(
    window: MainWindow, desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    window.open_matter(register().number)
    window.resize(1366, 768)
    while desk.theme.look.size < 150:
        desk.theme.larger()
    press(Qt.Key.Key_Plus, CTRL, on=window)
    qtbot.waitUntil(lambda: bool(window.toast.sentence))
    assert desk.theme.look.size == 150
    assert "放不下" in window.toast.sentence
    qtbot.waitUntil(lambda: (window.width(), window.height()) == (1366, 768))


def cut(inside: QWidget) -> list[str]:
    return [
        part.text()
        for part in parts(inside, QAbstractButton)
        if part.isVisible() and part.width() < part.minimumSizeHint().width()
    ]


def test_the_day_is_written_out() -> None:
    assert day_in_words(date(2026, 11, 23)) == "2026年11月23日 星期一"
