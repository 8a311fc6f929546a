"""A new PC and a backup on a stick: the clerk goes on where the broken PC stopped, by keyboard."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.helpers.office import NOW, PASSWORD, Office, visit
from tests.ui.keyboard import CTRL, focus, parts, press, write
from xinfang_desktop.casework import registration
from xinfang_desktop.casework.today import quiet_counts
from xinfang_desktop.store.backup import make_backup
from xinfang_desktop.store.backup_records import read_records
from xinfang_desktop.store.database import open_store
from xinfang_desktop.ui import sticks
from xinfang_desktop.ui.app import Start
from xinfang_desktop.ui.backup_dialog import BackupDialog
from xinfang_desktop.ui.first_run import FirstRun
from xinfang_desktop.ui.first_run_restore import reachable_backups
from xinfang_desktop.ui.help import HelpWindow
from xinfang_desktop.ui.sticks import Volume
from xinfang_desktop.ui.theme import Theme


@pytest.fixture
def stick(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a stick with two portable backups of an office, the later one with a matter."""
    root = tmp_path / "A盘"
    (root / sticks.FOLDER).mkdir(parents=True)
    store = open_store(office.folder, password=PASSWORD, clock=lambda: NOW)
    make_backup(store, root, now=NOW - timedelta(days=9), portable=True)
    store.do(lambda session: registration.register(session, visit(), by="王", now=NOW))
    make_backup(store, root / sticks.FOLDER, now=NOW, portable=True)
    store.close()
    monkeypatch.setattr(sticks, "volumes", lambda _: [Volume(root, "A盘（剩余 3.0 GB）")])
    return root


@pytest.fixture
def new_pc(theme: Theme, tmp_path: Path) -> Iterator[Start]:
    """Give the program on a PC that has no data."""
    start = Start(theme, tmp_path / "新电脑", clock=lambda: NOW)
    yield start
    if start._store is not None:
        start._store.close()
    start._let_go()


@pytest.fixture
def run(new_pc: Start, qtbot: QtBot) -> FirstRun:
    run = new_pc._first_run()
    assert isinstance(run, FirstRun)
    qtbot.addWidget(run)
    with qtbot.waitExposed(run):
        run.show()
    return run


def looked_into(run: FirstRun, qtbot: QtBot, secret: str) -> BackupDialog:
    """Open the backup under the bar and see what is in it."""
    press(Qt.Key.Key_Return, on=run.backups.table)
    (dialog,) = parts(run, BackupDialog)
    qtbot.waitExposed(dialog)
    write(secret, dialog.secret)
    press(Qt.Key.Key_Return, on=dialog.secret)
    qtbot.waitUntil(lambda: bool(dialog.words) or "密码" in dialog.message.text())
    return dialog


def found(run: FirstRun, qtbot: QtBot) -> None:
    press(Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: run.backups.table.rowCount() > 0)


def test_a_broken_pc_is_followed_by_a_new_one_with_the_keyboard_alone(
    run: FirstRun, new_pc: Start, stick: Path, qtbot: QtBot
) -> None:
    found(run, qtbot)
    model = run.backups.table.model()
    places = [model.data(model.index(row, 2)) for row in range(model.rowCount())]
    assert places == ["A盘（剩余 3.0 GB）"] * 2
    dialog = looked_into(run, qtbot, PASSWORD)
    place = dialog.words.index("信访事项")
    assert dialog.words[place : place + 3] == ["信访事项", "1件", "（没有）"]
    assert "还没有数据" in dialog.message.text()
    assert focus() is dialog.restore_button
    with qtbot.waitSignal(run.accepted, timeout=20_000):
        press(Qt.Key.Key_Space)
    store = new_pc._store
    assert store is not None
    counted = store.read(lambda session: quiet_counts(session, NOW.date(), viewer=store.viewer))
    assert next(one.number for one in counted if one.key == "today") == 1
    assert read_records(new_pc._folder).paused


def test_the_recovery_code_opens_the_backup_as_well(
    run: FirstRun, office: Office, new_pc: Start, stick: Path, qtbot: QtBot
) -> None:
    found(run, qtbot)
    dialog = looked_into(run, qtbot, office.recovery_code)
    with qtbot.waitSignal(run.accepted, timeout=20_000):
        press(Qt.Key.Key_Space, on=dialog.restore_button)
    assert new_pc._store is not None


def test_a_wrong_password_leaves_the_new_pc_as_it_was(
    run: FirstRun, new_pc: Start, stick: Path, qtbot: QtBot
) -> None:
    found(run, qtbot)
    dialog = looked_into(run, qtbot, "不是这个")
    assert "密码不对" in dialog.message.text()
    press(Qt.Key.Key_Escape, on=dialog)
    press(Qt.Key.Key_Escape, on=run.backups.table)
    assert run.office.isVisible()
    assert not (new_pc._folder / "xinfang.db").exists()


def test_a_backup_that_breaks_off_lets_the_clerk_try_another(
    run: FirstRun, new_pc: Start, stick: Path, qtbot: QtBot
) -> None:
    found(run, qtbot)
    dialog = looked_into(run, qtbot, PASSWORD)
    whole = dialog._path.read_bytes()
    dialog._path.write_bytes(whole[: len(whole) // 2])

    def read_it() -> None:
        doing = QApplication.activeModalWidget()
        act = getattr(doing, "act", None)
        if act is not None and act.isVisible():
            press(Qt.Key.Key_Return, on=act)
        else:
            QTimer.singleShot(20, read_it)

    QTimer.singleShot(20, read_it)
    press(Qt.Key.Key_Space, on=dialog.restore_button)
    assert new_pc._store is None
    assert run.isVisible()
    assert run.backups.isVisible()


def test_a_backup_in_another_folder_is_chosen_by_its_file(
    run: FirstRun, stick: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = next(stick.glob("*.xfbak")).rename(tmp_path / "带来的.xfbak")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    found(run, qtbot)
    press(Qt.Key.Key_O, CTRL, on=run.backups.table)
    (dialog,) = parts(run, BackupDialog)
    assert dialog._path == path
    dialog.done(0)


def test_without_a_backup_it_says_what_to_do(
    run: FirstRun, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "volumes", lambda _: [])
    press(Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: "没有找到备份" in run.backups.message.text())
    press(Qt.Key.Key_Return, CTRL)
    assert "请先选一份备份" in run.message.text()
    press(Qt.Key.Key_Escape, on=run.backups.table)
    assert run.office.isVisible()


def test_a_stick_plugged_in_later_is_found_by_f5(
    run: FirstRun, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged: Callable[[Path], list[Volume]] = sticks.volumes
    monkeypatch.setattr(sticks, "volumes", lambda _: [])
    press(Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: "没有找到备份" in run.backups.message.text())
    monkeypatch.setattr(sticks, "volumes", plugged)
    press(Qt.Key.Key_F5, on=run.backups.table)
    qtbot.waitUntil(lambda: run.backups.table.rowCount() == 2)


def test_the_latest_backup_is_first_wherever_it_lies(stick: Path, tmp_path: Path) -> None:
    lines = reachable_backups(tmp_path / "新电脑")
    assert [line.moment for line in lines] == [NOW, NOW - timedelta(days=9)]
    assert lines[0].path.parent.name == sticks.FOLDER


def test_f1_explains_how_a_backup_comes_back(run: FirstRun, stick: Path, qtbot: QtBot) -> None:
    found(run, qtbot)
    press(Qt.Key.Key_F1, on=run.backups.table)
    (help_window,) = parts(run, HelpWindow)
    assert "新电脑" in help_window.text.toPlainText()
