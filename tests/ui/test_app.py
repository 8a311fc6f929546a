"""The program's start: the lock, the password, the window, and every way it can fail."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.helpers.office import NOW, PASSWORD, Office
from xinfang_desktop.store.holding import Holding
from xinfang_desktop.ui import app
from xinfang_desktop.ui.app import Start
from xinfang_desktop.ui.first_run import FirstRun
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.trouble import Trouble
from xinfang_desktop.ui.unlock import Unlock


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Read what the calm window says, and leave."""
    told: list[str] = []

    def leave(window: Trouble) -> int:
        told.append(window.sentence.text())
        return 0

    monkeypatch.setattr(Trouble, "exec", leave)
    return told


def noted_in(asked: list[QDialog]) -> Callable[[QDialog], int]:
    """Note that a dialog was shown, and leave it."""

    def leave(dialog: QDialog) -> int:
        asked.append(dialog)
        return 0

    return leave


@pytest.fixture
def start(office: Office, theme: Theme) -> Iterator[Start]:
    start = Start(theme, office.folder, clock=lambda: NOW)
    yield start
    if start.window is not None:
        start.window.close()
        start.window.deleteLater()


def test_the_right_password_leads_to_the_window(
    start: Start, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_password(dialog: Unlock) -> int:
        dialog.opened.connect(lambda _: dialog.done(1))
        dialog.password.setText(PASSWORD)
        QTimer.singleShot(0, dialog.open)
        return Unlock.__base__.exec(dialog)  # type: ignore[no-any-return,union-attr]

    def look_and_leave() -> int:
        shown.append(start.window is not None and start.window.isVisible())
        return 0

    shown: list[bool] = []
    monkeypatch.setattr(app, "import_ahead", lambda: None)
    monkeypatch.setattr(Unlock, "exec", type_password)
    monkeypatch.setattr(qapp, "exec", look_and_leave, raising=False)
    assert start.run(qapp) == 0
    assert shown == [True]


def test_leaving_the_password_dialog_leaves_the_program(
    start: Start, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, office: Office
) -> None:
    monkeypatch.setattr(Unlock, "exec", lambda _: 0)
    assert start.run(qapp) == 0
    assert start.window is None
    Holding.take(office.folder, program="试").release()


def test_an_empty_folder_leads_to_the_first_run(
    theme: Theme, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QDialog] = []
    monkeypatch.setattr(app, "import_ahead", lambda: None)
    monkeypatch.setattr(FirstRun, "exec", noted_in(asked))
    assert Start(theme, tmp_path / "新").run(qapp) == 0
    assert [type(dialog) for dialog in asked] == [FirstRun]


def test_a_second_window_on_the_same_data_is_refused(
    start: Start, qapp: QApplication, office: Office, told: list[str]
) -> None:
    with Holding.take(office.folder, program="信访案头", now=NOW):
        assert start.run(qapp) == 1
    assert f"（进程{os.getpid()}）从2026-11-22 10:30起使用" in told[0]


def test_a_folder_that_cannot_be_written_is_told(
    theme: Theme, qapp: QApplication, tmp_path: Path, told: list[str]
) -> None:
    (tmp_path / "文件").write_text("")
    assert Start(theme, tmp_path / "文件" / "里").run(qapp) == 1
    assert "不能写入" in told[0]


def test_the_key_alone_asks_for_the_password_and_never_for_a_new_office(
    start: Start, office: Office, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.folder / "xinfang.db").unlink()
    asked: list[QDialog] = []
    monkeypatch.setattr(Unlock, "exec", noted_in(asked))
    start.run(qapp)
    assert [type(dialog) for dialog in asked] == [Unlock]


def test_what_is_imported_ahead_is_all_there() -> None:
    app.import_all(app.HEAVY)
    assert set(app.HEAVY) <= set(sys.modules)


def test_without_a_window_there_is_nothing_to_keep(start: Start, qtbot: QtBot) -> None:
    start.keep()
