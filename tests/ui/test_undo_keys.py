"""Ctrl+Z and Ctrl+Y: the acts of the session outside a field, the field's own words inside it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.office import CLEARED, NOW, petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.keyboard import ALT, CTRL, focus, parts, press, write
from xinfang_desktop.casework import drafts, matters, registration, undo
from xinfang_desktop.casework.bin import discarded
from xinfang_desktop.casework.undo import WITHDRAWN
from xinfang_desktop.models import Matter, PetitionState
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.taking_in.working import Progress, Working


def matter_of(desk: Desk, number: str) -> Matter:
    return desk.read(lambda session: matters.load_matter(session, number, viewer=CLEARED))


@pytest.fixture
def registered(window: MainWindow) -> str:
    """Register one by keys; the window shows it then."""
    press(Qt.Key.Key_N, CTRL, on=window)
    write("龚㛃")
    press(Qt.Key.Key_S, CTRL)
    number: str = window.page("matter").number
    return number


def test_a_registration_is_taken_back_and_done_again(
    window: MainWindow, desk: Desk, registered: str
) -> None:
    window.toast.go()
    press(Qt.Key.Key_Z, CTRL, on=window)
    taken_back = matter_of(desk, registered).petition
    assert (taken_back.state, taken_back.void_reason) == (PetitionState.VOID, WITHDRAWN)
    assert window.toast.sentence == f"撤销：登记（{registered}）"
    press(Qt.Key.Key_Y, CTRL, on=window)
    assert matter_of(desk, registered).petition.state is PetitionState.REGISTERED
    assert window.toast.sentence == f"重做：登记（{registered}）"


def test_the_toast_takes_back_what_it_tells_of(
    window: MainWindow, desk: Desk, registered: str
) -> None:
    assert window.toast.sentence == f"已登记，编号 {registered}"
    press(Qt.Key.Key_Z, ALT, on=window)
    assert matter_of(desk, registered).petition.state is PetitionState.VOID


def test_the_toast_never_takes_back_something_else(
    window: MainWindow, desk: Desk, registered: str
) -> None:
    desk.do(lambda session: registration.register(session, visit(), by="王", now=NOW))
    press(Qt.Key.Key_Z, ALT, on=window)
    assert "又做了别的操作" in window.toast.sentence
    assert matter_of(desk, registered).petition.state is PetitionState.REGISTERED


def test_a_change_is_taken_back_and_shown_as_it_was(
    window: MainWindow, desk: Desk, register: Registering
) -> None:
    number = register(visit(petitioner(phone="13800001234"))).number
    window.open_matter(number)
    page = window.page("matter")
    page.view.take_up("petitioner.phone")
    press(Qt.Key.Key_A, CTRL)
    write("13900005678")
    press(Qt.Key.Key_S, CTRL)
    assert matter_of(desk, number).petitioner.phone == "13900005678"
    window.setFocus()
    press(Qt.Key.Key_Z, CTRL, on=window)
    assert matter_of(desk, number).petitioner.phone == "13800001234"
    assert page.view.record.petitioner.phone == "13800001234"


def test_something_large_is_taken_back_while_the_window_waits(
    window: MainWindow,
    desk: Desk,
    registered: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(undo, "_LARGE", 0)
    window.toast.go()
    with qtbot.waitSignal(desk.told) as told:
        press(Qt.Key.Key_Z, CTRL, on=window)
        (waiting,) = parts(window, Working)
        assert waiting.windowTitle() == "正在撤销"
    assert told.args == [f"撤销：登记（{registered}）"]
    assert matter_of(desk, registered).petition.state is PetitionState.VOID
    assert not window.page("matter").view.form.editor("petition.claim").isEnabled()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(desk.told):
        press(Qt.Key.Key_Y, CTRL, on=window)
    assert matter_of(desk, registered).petition.state is PetitionState.REGISTERED


def test_something_large_that_is_broken_off_stays_whole(
    window: MainWindow,
    desk: Desk,
    registered: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(undo, "_LARGE", 0)
    monkeypatch.setattr(Progress, "is_cancelled", lambda _: True)
    window.toast.go()
    with qtbot.waitSignal(desk.failed) as failed:
        press(Qt.Key.Key_Z, CTRL, on=window)
    assert "已停下" in str(failed.args)
    assert matter_of(desk, registered).petition.state is PetitionState.REGISTERED
    assert desk.store.acts.to_undo is not None


def test_a_voided_matter_comes_back(window: MainWindow, desk: Desk, register: Registering) -> None:
    number = register().number
    window.open_matter(number)
    window.page("matter").void("登记错了")
    press(Qt.Key.Key_Z, CTRL, on=window)
    assert matter_of(desk, number).petition.state is PetitionState.REGISTERED


def test_inside_a_field_it_is_the_fields_own(
    window: MainWindow, desk: Desk, register: Registering
) -> None:
    number = register().number
    press(Qt.Key.Key_N, CTRL, on=window)
    write("龚")
    write("㛃")
    field = focus()
    press(Qt.Key.Key_Z, CTRL)
    assert focus() is field
    assert "㛃" not in str(field.property("text") or field.property("plainText"))
    assert matter_of(desk, number).petition.state is PetitionState.REGISTERED


def test_with_nothing_done_it_says_so(window: MainWindow) -> None:
    press(Qt.Key.Key_Z, CTRL, on=window)
    assert "没有可以撤销的操作" in window.toast.sentence


def test_a_discarded_draft_lies_in_the_bin_and_comes_back_by_key(
    window: MainWindow, desk: Desk
) -> None:
    press(Qt.Key.Key_N, CTRL, on=window)
    write("龚㛃")
    press(Qt.Key.Key_Escape)
    assert window.room == "today"
    lines = desk.read(lambda session: discarded(session, viewer=CLEARED, now=NOW))
    assert [line.names for line in lines] == ["龚㛃"]
    press(Qt.Key.Key_Z, CTRL, on=window)
    kept = desk.read(lambda session: drafts.drafts(session, CLEARED))
    assert [line.names for line in kept] == ["龚㛃"]


def test_the_history_tells_from_what_to_what(window: MainWindow, register: Registering) -> None:
    number = register(visit(petitioner(phone="13800001234"))).number
    window.open_matter(number)
    page = window.page("matter")
    page.view.take_up("petitioner.phone")
    press(Qt.Key.Key_A, CTRL)
    write("13900005678")
    press(Qt.Key.Key_S, CTRL)
    page.show_view("history")
    words = [part.text() for part in parts(page.history, QLabel)]
    assert words[words.index("改为") :][1:4] == ["联系电话", "13800001234", "13900005678"]
