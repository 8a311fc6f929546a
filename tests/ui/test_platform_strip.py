"""逐项复制: one key copies the next field; nothing personal is left behind."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.office import UNCLEARED, accusation
from tests.ui.conftest import Registering
from tests.ui.keyboard import CTRL, SHIFT, focus, parts, press, write
from xinfang_desktop.casework import matters
from xinfang_desktop.models import Matter
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.platform_strip import PlatformStrip

F12 = Qt.Key.Key_F12


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


@pytest.fixture
def number(register: Registering) -> str:
    return register().number


@pytest.fixture
def strip(desk: Desk, number: str, qtbot: QtBot) -> Iterator[PlatformStrip]:
    QGuiApplication.clipboard().clear()
    strip = PlatformStrip(desk, number)
    with qtbot.waitExposed(strip):
        strip.show()
    strip.activateWindow()
    strip.setFocus()
    yield strip
    desk.closing.emit()


def test_one_key_copies_field_after_field_and_shows_each(strip: PlatformStrip) -> None:
    assert "F12" in strip.sentence
    press(F12, on=strip)
    assert clipboard() == "铍𫖯𠮷"
    assert strip.sentence == "信访人姓名：已复制 铍𫖯𠮷"
    for _ in range(3):
        press(F12, on=strip)
    assert clipboard() == "13800001234"


def test_one_can_step_back_and_leave_a_field_out(strip: PlatformStrip) -> None:
    press(F12, on=strip)
    press(F12, on=strip)
    assert clipboard() == "居民身份证"
    press(F12, SHIFT, on=strip)
    assert clipboard() == "铍𫖯𠮷"
    press(F12, CTRL, on=strip)
    assert clipboard() == ""
    press(F12, on=strip)
    assert clipboard() == "330602198803120355"


def test_personal_fields_are_covered_until_they_are_copied(strip: PlatformStrip) -> None:
    def said() -> str:
        return " ".join(one.text() for one in parts(strip, QLabel))

    assert "铍" not in said() and "13800001234" not in said()
    press(F12, on=strip)
    assert "铍𫖯𠮷" in said() and "330602198803120355" not in said()


def test_blank_fields_are_passed_over_and_named(strip: PlatformStrip) -> None:
    told = [one.text() for one in parts(strip, QLabel)]
    assert any(words.startswith("没有填、跳过的：涉及人数") for words in told)


def test_at_the_end_the_platforms_number_is_noted(
    strip: PlatformStrip, desk: Desk, number: str, qtbot: QtBot
) -> None:
    while not strip.is_done:
        press(F12, on=strip)
    assert clipboard() == ""
    write("XF2026-88", on=focus())
    with qtbot.waitSignal(strip.destroyed):
        press(Qt.Key.Key_Return)

    def read(session: object) -> Matter:
        return matters.load_matter(session, number, viewer=desk.viewer)  # type: ignore[arg-type]

    assert desk.read(read).petition.superior_number == "XF2026-88"


def test_closing_leaves_nothing_on_the_clipboard_but_what_others_put_there(
    desk: Desk, number: str, qtbot: QtBot
) -> None:
    for theirs in ("", "别处复制的"):
        strip = PlatformStrip(desk, number)
        strip.show()
        strip.copy_next()
        if theirs:
            QGuiApplication.clipboard().setText(theirs)
        with qtbot.waitSignal(strip.destroyed):
            press(Qt.Key.Key_Escape, on=strip)
        assert clipboard() == theirs


def test_the_strip_opens_from_a_matter_and_goes_when_the_window_is_locked(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_U, CTRL, on=window)
    assert "先打开" in window.toast.sentence
    window.open_matter(register().number)
    press(Qt.Key.Key_U, CTRL, on=window)
    strip = window._strip
    assert strip is not None and strip.isVisible()
    strip.copy_next()
    with qtbot.waitSignal(strip.destroyed):
        window.lock()
    assert clipboard() == ""


def test_an_accusation_is_not_copied_without_clearance(
    desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    number = register(accusation()).number
    desk.store.viewer = UNCLEARED
    with qtbot.waitSignal(desk.failed) as told:
        strip = PlatformStrip(desk, number)
    assert not strip.is_ready
    assert told.args is not None and "没有查看权限" in told.args[0]
    strip.close()
