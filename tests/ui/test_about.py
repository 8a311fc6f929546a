"""帮助 → 关于: version, data, licences, and the way to the other version, asked once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.helpers.office import NOW
from tests.test_versions import at, lay
from tests.ui.conftest import Registering
from tests.ui.keyboard import parts, press
from xinfang_desktop import versions
from xinfang_desktop.store.going_back import OnBehalf, kept_data
from xinfang_desktop.store.migrations import LATEST
from xinfang_desktop.ui.about import AboutPage
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.going_back import GoingBack, change_version, use_old_data
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.versions import Installed


@pytest.fixture
def two(tmp_path: Path) -> Installed:
    """Give the newer of two installed versions; the older one has an older schema."""
    root = tmp_path / "程序"
    lay(root, "0.1.0", "0.2.0", current="0.2.0", previous="0.1.0")
    (root / "0.2.0/schema").write_text(str(LATEST))
    return at(root, "0.2.0")


def keep_old_data(folder: Path, schema: int) -> None:
    """Leave the data as an upgrade from ``schema`` leaves them."""
    (folder / "kept").mkdir()
    old = (folder / "xinfang.db").read_bytes()
    (folder / f"kept/xinfang-schema{schema}.db").write_bytes(old)


def test_every_licence_can_be_read_by_the_keyboard(theme: Theme, qtbot: QtBot) -> None:
    page = AboutPage(theme, Path("数据"))
    qtbot.addWidget(page)
    page.show()
    page.take_focus()
    assert page.focusWidget() is page.list
    assert "MIT License" in page.text.toPlainText()
    press(Qt.Key.Key_Down, on=page.list)
    assert "SIL OPEN FONT LICENSE" in page.text.toPlainText()
    assert not page.other.isVisible()


def test_the_way_back_is_offered_where_there_is_one(
    theme: Theme, qtbot: QtBot, two: Installed
) -> None:
    page = AboutPage(theme, look=lambda: two)
    qtbot.addWidget(page)
    page.show()
    assert page.other.text() == "回到上一版 0.1.0"
    with qtbot.waitSignal(page.version_requested) as asked:
        press(Qt.Key.Key_Space, on=page.other)
    assert asked.args == [two]


def test_the_old_version_offers_the_new_one(theme: Theme, qtbot: QtBot, two: Installed) -> None:
    page = AboutPage(theme, look=lambda: at(two.root, "0.1.0"))
    qtbot.addWidget(page)
    assert page.other.text() == "用新版 0.2.0"


def asked_in(window: MainWindow) -> GoingBack:
    (dialog,) = parts(window, GoingBack)
    return dialog


def test_it_is_said_what_would_stay_behind_and_esc_changes_nothing(
    window: MainWindow, desk: Desk, two: Installed, register: Registering, qtbot: QtBot
) -> None:
    keep_old_data(desk.folder, 3)
    register()
    window._ask_about_version(two)
    dialog = asked_in(window)
    assert "升级后登记的1件" in dialog.words.text()
    with qtbot.assertNotEmitted(window.version_requested):
        press(Qt.Key.Key_Escape, on=dialog)


def test_one_key_goes_back(window: MainWindow, desk: Desk, two: Installed, qtbot: QtBot) -> None:
    window._ask_about_version(two)
    dialog = asked_in(window)
    assert "只能查看" in dialog.words.text()
    with qtbot.waitSignal(window.version_requested) as asked:
        press(Qt.Key.Key_Return, on=dialog.go)
    assert asked.args == [two]
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_versions_with_the_same_data_say_that_nothing_is_lost(
    window: MainWindow, two: Installed
) -> None:
    (two.root / "0.1.0/schema").write_text(str(LATEST))
    window._ask_about_version(two)
    assert "登记的内容都在" in asked_in(window).words.text()


def test_going_back_puts_the_data_back_and_starts_the_old_program(
    desk: Desk, two: Installed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[str] = []
    monkeypatch.setattr(Installed, "start", lambda _, version: started.append(version))
    monkeypatch.setattr(versions, "default_data_folder", lambda: tmp_path / "默认")
    folder = desk.folder
    keep_old_data(folder, 3)
    on_behalf = OnBehalf.of(desk.store)
    desk.store.close()
    change_version(two, folder, now=NOW, on_behalf=on_behalf)
    assert started == ["0.1.0"]
    assert (tmp_path / "默认" / versions.CHOSEN).read_text() == "0.2.0 0.1.0\n"
    assert [path.name for path in (folder / "kept").glob("upgraded-*")] == [
        "upgraded-20261122-103000"
    ]


def test_an_older_program_on_newer_data_offers_those_of_before(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    keep_old_data(desk.folder, LATEST)
    desk.store.notice = "只读"
    window._show_banners()
    assert any("升级前的数据" in told for told in window.banners.sentences)
    window._ask_about_old_data()
    with qtbot.waitSignal(window.old_data_requested):
        press(Qt.Key.Key_Return, on=asked_in(window).go)


def test_the_data_of_before_are_put_in_place_for_this_version(desk: Desk) -> None:
    keep_old_data(desk.folder, LATEST)
    on_behalf = OnBehalf.of(desk.store)
    desk.store.close()
    use_old_data(desk.folder, now=NOW, on_behalf=on_behalf)
    assert kept_data(desk.folder, schema=LATEST) is not None
