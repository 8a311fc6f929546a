"""Unlock: the password and nothing of the work."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.office import PASSWORD, Office
from tests.ui.keyboard import compose, parts, press, write
from xinfang_desktop.store.database import Store, open_store
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.unlock import Unlock, caps_lock


@pytest.fixture
def dialog(office: Office, theme: Theme, qtbot: QtBot) -> Unlock:
    dialog = Unlock(theme, lambda password: open_store(office.folder, password=password))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_the_right_password_and_enter_open(dialog: Unlock, qtbot: QtBot) -> None:
    write(PASSWORD, dialog.password)
    with qtbot.waitSignal(dialog.opened) as opened:
        press(Qt.Key.Key_Return, on=dialog.password)
    assert opened.args is not None
    assert isinstance(opened.args[0], Store)
    opened.args[0].close()


def test_the_recovery_code_opens_too(dialog: Unlock, office: Office, qtbot: QtBot) -> None:
    write(office.recovery_code, dialog.password)
    with qtbot.waitSignal(dialog.opened) as opened:
        dialog.open()
    assert opened.args is not None
    opened.args[0].close()


def test_a_wrong_password_is_said_and_may_be_typed_again(dialog: Unlock, qtbot: QtBot) -> None:
    write("不是这个", dialog.password)
    with qtbot.assertNotEmitted(dialog.opened):
        dialog.open()
        qtbot.waitUntil(lambda: "密码不对" in dialog.message.text())
    assert dialog.password.selectedText()
    write("再", dialog.password)
    assert not dialog.message.text()


def test_damage_is_told_apart_from_a_wrong_password(
    dialog: Unlock, office: Office, qtbot: QtBot
) -> None:
    (office.folder / "xinfang.db").write_bytes(b"")
    write(PASSWORD, dialog.password)
    dialog.open()
    qtbot.waitUntil(lambda: "数据文件是空的" in dialog.message.text())


def test_an_empty_password_is_not_tried(dialog: Unlock, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Return, on=dialog.password)
    assert dialog.message.text() == "请输入密码。"


def test_nothing_opens_on_text_that_is_being_composed(dialog: Unlock, qtbot: QtBot) -> None:
    dialog.password.setText("abc")
    compose("mima", dialog.password)
    press(Qt.Key.Key_Return, on=dialog.password)
    assert dialog.password.isEnabled()
    assert not dialog.message.text()


@pytest.mark.parametrize(
    ("letter", "shift", "on"), [("A", False, True), ("a", True, True), ("a", False, False)]
)
def test_the_keys_tell_whether_caps_lock_is_on(letter: str, shift: bool, on: bool) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, letter)
    assert caps_lock(key) is on


def test_caps_lock_is_told_while_typing(dialog: Unlock, qtbot: QtBot) -> None:
    press(Qt.Key.Key_A, on=dialog.password)
    assert dialog.caps.isHidden()
    shouted = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(dialog.password, shouted)
    assert dialog.caps.isVisible()


def test_the_dialog_says_nothing_of_the_office(dialog: Unlock) -> None:
    words = "".join(part.text() for part in parts(dialog, QLabel))
    words += "".join(part.text() for part in parts(dialog, QPushButton))
    assert "镜湖" not in words
    assert "经办" not in words
