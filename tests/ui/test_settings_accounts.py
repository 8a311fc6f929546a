"""账户 and 密码: added, changed, closed and opened with, in the window."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.office import ACCOUNT, PASSWORD, Office
from tests.ui.keyboard import CTRL, parts, press, write
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Role
from xinfang_desktop.store.database import open_store
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.settings.accounts import AccountsSection
from xinfang_desktop.ui.settings.passwords import CodeDialog, PasswordsSection

NEW = "另一个很长的密码 9"


@pytest.fixture
def accounts(window: MainWindow) -> AccountsSection:
    window.enter("settings")
    section = window.page("settings").show_section("accounts")
    assert isinstance(section, AccountsSection)
    section.take_focus()
    return section


@pytest.fixture
def passwords(window: MainWindow) -> PasswordsSection:
    window.enter("settings")
    section = window.page("settings").show_section("passwords")
    assert isinstance(section, PasswordsSection)
    return section


def opens(office: Office, secret: str) -> bool:
    """Tell whether a password opens the data."""
    try:
        open_store(office.folder, password=secret).close()
    except OfficeError:
        return False
    return True


def add(section: AccountsSection, name: str, qtbot: QtBot, *, role: Role = Role.CLERK) -> None:
    press(Qt.Key.Key_Insert, on=section.table)
    write(name, section.name)
    section.role.setCurrentIndex(tuple(Role).index(role))
    write(NEW, section.first)
    write(NEW, section.second)
    press(Qt.Key.Key_S, CTRL, on=section.second)
    qtbot.waitUntil(lambda: name in [line.name for line in section.lines])


def test_an_account_is_added_by_keys_and_opens_the_data(
    accounts: AccountsSection, office: Office, qtbot: QtBot
) -> None:
    add(accounts, "李领导", qtbot, role=Role.LEADER)
    opened = open_store(office.folder, password=NEW)
    assert (opened.viewer.name, opened.viewer.role) == ("李领导", Role.LEADER)
    assert not opened.viewer.cleared
    opened.close()


def test_passwords_that_differ_add_nothing(accounts: AccountsSection) -> None:
    press(Qt.Key.Key_Insert, on=accounts.table)
    write("李领导", accounts.name)
    write(NEW, accounts.first)
    write("另一个", accounts.second)
    press(Qt.Key.Key_S, CTRL, on=accounts.second)
    assert "不一样" in accounts.message.text()
    assert [line.name for line in accounts.lines] == [ACCOUNT]


def test_a_name_that_is_taken_is_refused_in_words(accounts: AccountsSection, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Insert, on=accounts.table)
    write(ACCOUNT, accounts.name)
    write(NEW, accounts.first)
    write(NEW, accounts.second)
    accounts.save()
    qtbot.waitUntil(lambda: "同名" in accounts.message.text())


def test_a_role_and_the_clearance_are_changed(accounts: AccountsSection, qtbot: QtBot) -> None:
    add(accounts, "张三", qtbot)
    row = [line.name for line in accounts.lines].index("张三")
    accounts.edit(row)
    accounts.cleared.setChecked(True)
    accounts.save()
    qtbot.waitUntil(lambda: any(line.name == "张三" and line.cleared for line in accounts.lines))


def test_delete_closes_an_account_when_pressed_twice(
    accounts: AccountsSection, office: Office, qtbot: QtBot
) -> None:
    add(accounts, "张三", qtbot)
    row = [line.name for line in accounts.lines].index("张三")
    accounts.table.setCurrentCell(row, 0)
    press(Qt.Key.Key_Delete, on=accounts.table)
    assert "再按一次" in accounts.message.text()
    assert not accounts.lines[row].disabled
    press(Qt.Key.Key_Delete, on=accounts.table)
    qtbot.waitUntil(lambda: any(line.name == "张三" and line.disabled for line in accounts.lines))
    assert not opens(office, NEW)


def test_the_last_administrator_stays(accounts: AccountsSection, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Delete, on=accounts.table)
    press(Qt.Key.Key_Delete, on=accounts.table)
    qtbot.waitUntil(lambda: "最后一个管理账户" in accounts.message.text())


def test_ones_own_password_is_changed_with_the_old_one(
    window: MainWindow, passwords: PasswordsSection, office: Office, qtbot: QtBot
) -> None:
    write(PASSWORD, passwords.old)
    write(NEW, passwords.new)
    write(NEW, passwords.again)
    press(Qt.Key.Key_Return, on=passwords.again)
    qtbot.waitUntil(lambda: "密码已改好" in window.toast.sentence)
    assert not passwords.old.text()
    assert opens(office, NEW)
    assert not opens(office, PASSWORD)


def test_a_wrong_old_password_changes_nothing(
    passwords: PasswordsSection, office: Office, qtbot: QtBot
) -> None:
    write("不是这个", passwords.old)
    write(NEW, passwords.new)
    write(NEW, passwords.again)
    passwords.change()
    qtbot.waitUntil(lambda: "原密码不对" in passwords.message.text())
    assert opens(office, PASSWORD)


def test_the_minutes_before_locking_are_remembered(passwords: PasswordsSection, desk: Desk) -> None:
    assert passwords.minutes.key == "10"
    passwords.minutes.choose("30")
    assert desk.preferences.now.lock_minutes == 30


def test_a_new_recovery_code_is_typed_back_before_it_goes(
    passwords: PasswordsSection, office: Office, qtbot: QtBot
) -> None:
    passwords.renew_code()
    qtbot.waitUntil(lambda: bool(parts(passwords, CodeDialog)))
    dialog = parts(passwords, CodeDialog)[0]
    press(Qt.Key.Key_Escape, on=dialog)
    assert dialog.isVisible()
    code = dialog.step._right
    write(code, dialog.step._typed)
    press(Qt.Key.Key_Return, CTRL, on=dialog.step._typed)
    assert not dialog.isVisible()
    assert opens(office, code)
    assert not opens(office, office.recovery_code)
