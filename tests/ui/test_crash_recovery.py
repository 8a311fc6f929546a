"""After a crash: what was being typed is shown, and restored or thrown away as one decides."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.office import ACCOUNT, CLEARED, NOW, accusation, petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.keyboard import press
from xinfang_desktop.casework import drafts, matters
from xinfang_desktop.casework.bin import discarded
from xinfang_desktop.casework.sealing import SEALED_TITLE
from xinfang_desktop.models import Matter, Viewer
from xinfang_desktop.ui.crash_recovery import CrashRecovery, left_behind
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow

FORM = "visit_registration"


def leave_draft(desk: Desk, matter: Matter, *, minutes: int = 0) -> int:
    when = NOW + timedelta(minutes=minutes)
    return desk.do(
        lambda session: drafts.save_draft(session, FORM, matter, draft_id=None, now=when)
    )


def asked(window: MainWindow) -> CrashRecovery:
    window.ask_about_left_behind()
    dialog: CrashRecovery | None = window.findChild(CrashRecovery)
    assert dialog is not None
    return dialog


@pytest.fixture
def crashed(desk: Desk) -> int:
    """Leave a draft behind after the last orderly end."""
    desk.preferences.keep(closed_at=(NOW - timedelta(hours=1)).isoformat())
    return leave_draft(desk, visit(petitioner(name="龚㛃")))


def test_enter_goes_on_with_what_was_being_typed(
    window: MainWindow, crashed: int, qtbot: QtBot
) -> None:
    dialog = asked(window)
    assert "龚㛃" in dialog.list.item(0).text()
    assert "水渠" in dialog.list.item(0).text()
    press(Qt.Key.Key_Return, on=dialog.list)
    assert window.room == "registration"
    assert window.page("registration").view.record.petitioner.name == "龚㛃"


def test_delete_puts_it_into_the_bin(window: MainWindow, crashed: int, desk: Desk) -> None:
    dialog = asked(window)
    press(Qt.Key.Key_Delete, on=dialog.list)
    assert not dialog.isVisible()
    assert desk.read(lambda session: drafts.drafts(session, CLEARED)) == []
    lines = desk.read(lambda session: discarded(session, viewer=CLEARED, now=NOW))
    assert [line.names for line in lines] == ["龚㛃"]


def test_esc_leaves_it_with_the_drafts_of_the_day(
    window: MainWindow, crashed: int, desk: Desk
) -> None:
    dialog = asked(window)
    press(Qt.Key.Key_Escape, on=dialog.list)
    assert not dialog.isVisible()
    kept = desk.read(lambda session: drafts.drafts(session, CLEARED))
    assert [line.id for line in kept] == [crashed]


def test_after_an_orderly_end_nothing_is_asked(window: MainWindow, desk: Desk) -> None:
    leave_draft(desk, visit(petitioner(name="龚㛃")))
    window.close()
    assert left_behind(desk) == []


def test_a_change_of_a_matter_opens_that_matter(
    window: MainWindow, desk: Desk, register: Registering
) -> None:
    desk.preferences.keep(closed_at=(NOW - timedelta(hours=1)).isoformat())
    number = register().number
    matter = desk.read(lambda session: matters.load_matter(session, number, viewer=CLEARED))
    matter.petition.claim = "改到一半"
    leave_draft(desk, matter)
    press(Qt.Key.Key_Return, on=asked(window).list)
    assert (window.room, window.page("matter").number) == ("matter", number)
    assert window.page("matter").view.record.petition.claim == "改到一半"


def test_a_sealed_draft_shows_only_that_it_is_sealed(window: MainWindow, desk: Desk) -> None:
    leave_draft(desk, accusation())
    text = asked(window).list.item(0).text()
    assert SEALED_TITLE in text
    assert "赵检举" not in text


def test_an_uncleared_account_is_not_asked_about_sealed_drafts(desk: Desk) -> None:
    leave_draft(desk, accusation())
    desk.store.viewer = Viewer(name=ACCOUNT, cleared=False)
    assert left_behind(desk) == []
