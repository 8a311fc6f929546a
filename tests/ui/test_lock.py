"""Locking: nothing of the work is left on the screen, and only a password brings it back."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.office import ACCOUNT, CLEARED, NOW, PASSWORD
from tests.ui.conftest import Registering
from tests.ui.keyboard import CTRL, focus, parts, press, write
from xinfang_desktop.casework import audit, drafts
from xinfang_desktop.models import Noted, Role
from xinfang_desktop.store.accounts import add_account
from xinfang_desktop.store.database import Store
from xinfang_desktop.store.tries import FREE
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.idle import IdleWatch
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.theme import Theme

LEADER_PASSWORD = "领导自己的密码 5678"


class Clock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, theme: Theme, clock: Clock) -> Iterator[Desk]:
    desk = Desk(store, theme=theme, clock=clock)
    yield desk
    desk.background.let_go()
    desk.closing.emit()


def seen(inside: QWidget) -> str:
    """Give everything that is to be read in a window."""
    shown: list[QLabel | QAbstractButton | QLineEdit] = [
        *parts(inside, QLabel),
        *parts(inside, QAbstractButton),
        *parts(inside, QLineEdit),
    ]
    words = [part.text() for part in shown if part.isVisible()]
    return " ".join((inside.windowTitle(), *words))


def unlock(window: MainWindow, password: str, qtbot: QtBot) -> None:
    screen = window.locking.screen
    write(password, screen.password)
    with qtbot.waitSignal(screen.opened):
        press(Qt.Key.Key_Return, on=screen.password)


def test_ctrl_l_leaves_nothing_of_the_work_on_the_screen(
    window: MainWindow, register: Registering
) -> None:
    number = register().number
    window.open_matter(number)
    assert number in seen(window)
    press(Qt.Key.Key_L, CTRL, on=window)
    told = seen(window)
    assert number not in told
    assert "镜湖" not in told
    assert ACCOUNT not in told
    assert window.windowTitle() == "信访案头"
    assert not window.centralWidget().isVisible()


def test_the_draft_is_kept_before_it_locks(window: MainWindow, store: Store) -> None:
    press(Qt.Key.Key_N, CTRL, on=window)
    write("龚㛃")
    press(Qt.Key.Key_L, CTRL, on=window)
    kept = store.read(lambda session: drafts.drafts(session, CLEARED))
    assert [line.names for line in kept] == ["龚㛃"]


def test_the_password_leads_back_to_where_one_was(window: MainWindow, qtbot: QtBot) -> None:
    press(Qt.Key.Key_N, CTRL, on=window)
    was = focus()
    press(Qt.Key.Key_L, CTRL, on=window)
    assert focus() is window.locking.screen.password
    unlock(window, PASSWORD, qtbot)
    assert not window.locking.is_locked
    assert window.room == "registration"
    assert focus() is was


def test_no_key_reaches_the_work_while_it_is_covered(window: MainWindow) -> None:
    press(Qt.Key.Key_L, CTRL, on=window)
    for key in (Qt.Key.Key_N, Qt.Key.Key_F, Qt.Key.Key_Z, Qt.Key.Key_P):
        press(key, CTRL)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    assert window.room == "today"
    assert window.locking.screen.isAncestorOf(focus())


def test_other_windows_go_too_and_nothing_is_told_over_the_lock(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.show_help("start")
    dialog = QDialog(window)
    dialog.open()
    press(Qt.Key.Key_L, CTRL, on=window)
    assert not dialog.isVisible()
    assert window.help_topic == ""
    desk.failed.emit("磁盘已满，这一步没有保存。")
    desk.told.emit("已登记")
    assert not window.toast.isVisible()
    unlock(window, PASSWORD, qtbot)
    assert window.toast.sentence == "磁盘已满，这一步没有保存。"


def test_a_wrong_password_opens_nothing(window: MainWindow, qtbot: QtBot) -> None:
    press(Qt.Key.Key_L, CTRL, on=window)
    screen = window.locking.screen
    write("不是这个", screen.password)
    with qtbot.assertNotEmitted(screen.opened):
        press(Qt.Key.Key_Return, on=screen.password)
        qtbot.waitUntil(lambda: "密码不对" in screen.message.text())
    assert window.locking.is_locked
    assert not window.centralWidget().isVisible()


def test_five_wrong_tries_have_to_wait_and_see_how_long(
    window: MainWindow, clock: Clock, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_L, CTRL, on=window)
    screen = window.locking.screen
    for _ in range(FREE):
        screen.password.setText("不是这个")
        screen.open()
        qtbot.waitUntil(lambda: screen.message.text() not in ("", "正在核对…"))
    assert "还要等30秒" in screen.message.text()
    assert not screen.password.isEnabled()
    clock.pass_by(20)
    qtbot.waitUntil(lambda: "还要等10秒" in screen.message.text())
    clock.pass_by(10)
    qtbot.waitUntil(screen.password.isEnabled)
    unlock(window, PASSWORD, qtbot)
    told = store.read(lambda session: audit.entries(session, viewer=store.viewer))
    assert [line.act for line in told].count(Noted.FAILED_LOGIN.value) == FREE


def test_another_account_takes_over_without_closing_the_program(
    window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    add_account(store, name="李领导", password=LEADER_PASSWORD, role=Role.LEADER, cleared=False)
    press(Qt.Key.Key_L, CTRL, on=window)
    with qtbot.waitSignal(window.handed_over) as handed:
        write(LEADER_PASSWORD, window.locking.screen.password)
        press(Qt.Key.Key_Return, on=window.locking.screen.password)
    assert handed.args is not None
    assert handed.args[0].viewer.name == "李领导"
    assert window.locking.is_locked
    handed.args[0].close()


def test_it_locks_when_nobody_was_there_for_as_long_as_is_set(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.preferences.keep(lock_minutes=5)
    with qtbot.waitSignal(window.locking.locked):
        window.locking.watch.idle.emit()
    assert window.locking.is_locked


@pytest.fixture
def watch() -> Callable[..., IdleWatch]:
    def make(minutes: int, **given: object) -> IdleWatch:
        return IdleWatch(lambda: minutes, **given)  # type: ignore[arg-type]

    return make


@pytest.mark.parametrize(("seconds", "locks"), [(599, False), (600, True)])
def test_the_system_tells_how_long_nobody_was_there(
    watch: Callable[..., IdleWatch], seconds: int, locks: bool
) -> None:
    moment = [0.0]
    watching = watch(10, system=lambda: float(seconds), clock=lambda: moment[0])
    told: list[int] = []
    watching.idle.connect(lambda: told.append(1))
    moment[0] = 10_000.0
    watching.look()
    assert bool(told) is locks


def test_where_nothing_tells_the_keys_of_the_program_count(
    window: MainWindow, qtbot: QtBot
) -> None:
    moment = [0.0]
    watching = IdleWatch(lambda: 10, system=lambda: None, clock=lambda: moment[0])
    watching.start()
    moment[0] = 599.0
    press(Qt.Key.Key_Down, on=window)
    moment[0] = 700.0
    with qtbot.assertNotEmitted(watching.idle):
        watching.look()
    moment[0] = 599.0 + 600.0
    with qtbot.waitSignal(watching.idle):
        watching.look()
    watching.stop()


def test_no_minutes_mean_never(watch: Callable[..., IdleWatch], qtbot: QtBot) -> None:
    watching = watch(0, system=lambda: 1e9)
    with qtbot.assertNotEmitted(watching.idle):
        watching.look()


def test_the_lock_screen_says_nothing_of_the_folder(window: MainWindow, tmp_path: Path) -> None:
    press(Qt.Key.Key_L, CTRL, on=window)
    assert str(tmp_path) not in seen(window)
