"""Backups in the window: made by key and by themselves, looked into, restored without fear."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.office import NOW, PASSWORD, Office, petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.keyboard import CTRL, press, write
from xinfang_desktop.casework import drafts
from xinfang_desktop.casework.today import quiet_counts
from xinfang_desktop.store.backup import FOLDER, backups_in, make_backup
from xinfang_desktop.store.backup_records import name_stick, pause, read_records
from xinfang_desktop.store.database import NEWER, Store, open_store
from xinfang_desktop.ui.app import Start
from xinfang_desktop.ui.backing_up import Cancelled, Progress
from xinfang_desktop.ui.backup_dialog import BackupDialog
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.leaving import Leaving, back_up_on_leaving
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.restoring import Restoring
from xinfang_desktop.ui.settings.backups import BackupsSection
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.trouble import Trouble


@pytest.fixture
def section(window: MainWindow) -> BackupsSection:
    window.enter("settings")
    section = window.page("settings").show_section("backups")
    assert isinstance(section, BackupsSection)
    section.take_focus()
    return section


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "U盘 甲"
    place.mkdir()
    return place


def own(store: Store) -> Path:
    place = store.folder.root / FOLDER
    place.mkdir(exist_ok=True)
    return place


def numbers(store: Store) -> int:
    told = store.read(lambda session: quiet_counts(session, NOW.date(), viewer=store.viewer))
    return next(one.number for one in told if one.key == "today")


# by hand


def test_ctrl_b_makes_a_backup_that_is_proven_and_listed(
    window: MainWindow, section: BackupsSection, store: Store, qtbot: QtBot
) -> None:
    assert "还没有可用的备份" in window.status.backup_words
    press(Qt.Key.Key_B, CTRL)
    qtbot.waitUntil(lambda: len(section.lines) == 1)
    assert section.lines[0].where == "本机"
    assert len(backups_in(own(store))) == 1
    assert window.status.backup_words == "✓ 刚刚备份过"


def test_a_cancelled_backup_leaves_nothing_half(
    section: BackupsSection, store: Store, qtbot: QtBot
) -> None:
    section.back_up()
    press(Qt.Key.Key_Escape, on=section.now_button)
    qtbot.waitUntil(lambda: not section.is_busy)
    left = [path.name for path in own(store).iterdir() if not path.name.endswith(".xfbak")]
    assert left == []


def test_progress_stops_at_the_next_step() -> None:
    progress = Progress()
    progress.say("正在复制")
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.say("正在核对")
    assert progress.words == "正在复制"


def test_a_stick_is_named_and_backed_up_to_at_once(
    section: BackupsSection, store: Store, stick: Path, qtbot: QtBot
) -> None:
    write("A盘", section.name)
    section.name_stick(stick)
    qtbot.waitUntil(lambda: section.stick_table.rowCount() == 1)
    model = section.stick_table.model()
    words = [model.data(model.index(0, place)) for place in range(4)]
    assert words == ["A盘", "2026-11-22 10:30", "刚刚备份过", "插着"]
    assert [one.name for one in read_records(store.folder.root).sticks] == ["A盘"]


def test_a_place_without_a_name_is_not_taken(section: BackupsSection, stick: Path) -> None:
    section.name_stick(stick)
    assert "起个名字" in section.message.text()


def test_a_stick_that_waited_two_weeks_is_told_in_the_status_bar(
    window: MainWindow, section: BackupsSection, store: Store, stick: Path
) -> None:
    make_backup(store, own(store), now=NOW)
    name_stick(store.folder.root, stick, "B盘")
    make_backup(store, stick, now=NOW - timedelta(days=14))
    window.backups.tell()
    assert window.status.backup_words == "！ 刚刚备份过 · B盘已14天未备份"


def test_a_portable_file_opens_elsewhere(
    section: BackupsSection, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    section.make_portable(stick)
    qtbot.waitUntil(lambda: len(backups_in(stick)) == 1)
    from xinfang_desktop.store.restore import restore

    path = backups_in(stick)[0][0]
    restored = restore(path, tmp_path / "新电脑", secret=PASSWORD, clock=lambda: NOW)
    assert restored.contents.petitions == 0


# by itself


def test_after_half_an_hour_one_is_made_only_if_something_changed(
    desk: Desk, store: Store, register: Registering, qtbot: QtBot
) -> None:
    moment = [NOW]
    desk._clock = lambda: moment[0]
    window = MainWindow(desk)
    qtbot.addWidget(window)
    register()
    window.backups.look()
    assert backups_in(own(store)) == []
    moment[0] = NOW + timedelta(minutes=31)
    with qtbot.waitSignal(window.backups.changed):
        window.backups.look()
    assert len(backups_in(own(store))) == 1
    moment[0] = NOW + timedelta(minutes=65)
    with qtbot.waitSignal(window.backups.told), qtbot.assertNotEmitted(window.backups.changed):
        window.backups.look()
        desk.background.finish()
    assert len(backups_in(own(store))) == 1
    window.close()


def test_on_the_way_out_it_is_made_here_and_on_the_stick(
    store: Store, register: Registering, stick: Path
) -> None:
    name_stick(store.folder.root, stick, "A盘")
    make_backup(store, stick, now=NOW - timedelta(days=1))
    register()
    progress = Progress()
    back_up_on_leaving(store, now=NOW, progress=progress)
    assert len(backups_in(own(store))) == 1
    assert len(list(stick.rglob("*.xfbak"))) == 2
    back_up_on_leaving(store, now=NOW + timedelta(minutes=1), progress=progress)
    assert len(list(stick.rglob("*.xfbak"))) == 2


def test_leaving_shows_nothing_where_it_is_quick_and_its_trouble_where_it_fails(
    store: Store, theme: Theme, register: Registering, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    register()
    quick = Leaving(theme, store, NOW)
    qtbot.addWidget(quick)
    quick.exec_when_needed()
    assert len(backups_in(own(store))) == 1
    register(visit(petitioner(name="某乙")))
    nothing_free = SimpleNamespace(free=0)
    monkeypatch.setattr("shutil.disk_usage", lambda _: nothing_free)
    slow = Leaving(theme, store, NOW + timedelta(minutes=1))
    qtbot.addWidget(slow)
    seen: list[str] = []

    def read_and_leave() -> None:
        if slow._again.isVisible():
            seen.append(slow.message.text())
            press(Qt.Key.Key_Escape, on=slow)
        else:
            QTimer.singleShot(20, slow, read_and_leave)

    QTimer.singleShot(20, slow, read_and_leave)
    slow.exec_when_needed()
    assert "空间不够" in seen[0]


# looking into one


@pytest.fixture
def dialog(
    store: Store, theme: Theme, register: Registering, qtbot: QtBot
) -> Iterator[BackupDialog]:
    """Give a backup of one matter, looked into when there are two."""
    register()
    made = make_backup(store, own(store), now=NOW)
    register(visit(petitioner(name="某乙")))
    dialog = BackupDialog(theme, made.path, store.folder.root)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.done(0)


def look(dialog: BackupDialog, qtbot: QtBot) -> None:
    write(PASSWORD, dialog.secret)
    press(Qt.Key.Key_Return, on=dialog.secret)
    qtbot.waitUntil(lambda: bool(dialog.words))


def test_it_shows_what_is_in_it_against_now(dialog: BackupDialog, qtbot: QtBot) -> None:
    look(dialog, qtbot)
    place = dialog.words.index("信访事项")
    assert dialog.words[place : place + 3] == ["信访事项", "1件", "2件"]
    assert "多 1 件" in dialog.message.text()


def test_a_wrong_password_shows_nothing(dialog: BackupDialog, qtbot: QtBot) -> None:
    write("不是这个", dialog.secret)
    dialog.look()
    qtbot.waitUntil(lambda: "密码不对" in dialog.message.text())
    assert dialog.words == []
    assert not dialog.restore_button.isVisible()


def test_it_is_verified_and_rehearsed_without_touching_the_data(
    dialog: BackupDialog, store: Store, qtbot: QtBot
) -> None:
    look(dialog, qtbot)
    dialog.verify()
    qtbot.waitUntil(lambda: "✓ 备份完好" in dialog.message.text())
    dialog.rehearse()
    qtbot.waitUntil(lambda: "✓ 演练成功" in dialog.message.text())
    assert numbers(store) == 2


def test_who_may_not_restore_is_not_offered_it(
    dialog: BackupDialog, theme: Theme, store: Store, qtbot: QtBot
) -> None:
    other = BackupDialog(theme, dialog._path, store.folder.root, may_restore=False)
    qtbot.addWidget(other)
    other.show()
    look(other, qtbot)
    assert not other.restore_button.isVisible()
    with qtbot.assertNotEmitted(other.restore_requested):
        other.restore()
    other.done(0)


# the whole way round


@pytest.fixture
def start(office: Office, theme: Theme) -> Iterator[Start]:
    start = Start(theme, office.folder, clock=lambda: NOW)
    yield start
    if start.window is not None:
        start.window.close()
        start.window.deleteLater()
    if start._store is not None:
        start._store.close()
    start._let_go()


def backed_up(office: Office) -> Path:
    """Leave a backup of no matter, and one matter registered after it."""
    store = open_store(office.folder, password=PASSWORD)
    made = make_backup(store, own(store), now=NOW)
    store.do(
        lambda session: drafts.save_draft(
            session, "visit_registration", visit(), draft_id=None, now=NOW
        )
    )
    store.close()
    return made.path


def test_a_backup_is_restored_from_the_window_and_the_window_comes_back(
    start: Start, office: Office, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backed_up(office)
    windows: list[MainWindow] = []

    def work() -> int:
        assert start.window is not None
        windows.append(start.window)
        if len(windows) == 1:
            start.window.restore_requested.emit(path, PASSWORD)
        return 0

    monkeypatch.setattr(qapp, "exec", work, raising=False)
    monkeypatch.setattr(QApplication, "exit", lambda *_: None)
    start._store = start._open(PASSWORD)
    start._hold_folder()
    assert start.run(qapp) == 0
    assert len(windows) == 2
    assert any("自动备份暂停着" in sentence for sentence in windows[1].banners.sentences)
    store = open_store(office.folder, password=PASSWORD)
    assert store.read(lambda session: drafts.count_drafts(session, store.viewer)) == 0
    store.close()
    assert (office.folder / "kept").exists() or list(office.folder.rglob("restore-*"))


def test_the_banner_is_confirmed_and_backups_go_on(desk: Desk, qtbot: QtBot) -> None:
    pause(desk.folder, paused=True)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    assert len(window.banners.sentences) == 1
    window._confirm_restore()
    assert window.banners.sentences == []
    assert not read_records(desk.folder).paused
    window.close()


def test_damaged_data_offers_the_last_proven_backup(
    start: Start, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backed_up(office)
    content = bytearray((office.folder / "xinfang.db").read_bytes())
    content[100:4000] = bytes(3900)
    (office.folder / "xinfang.db").write_bytes(content)

    def accept(dialog: BackupDialog) -> int:
        qtbot.waitUntil(lambda: bool(dialog.words))
        offered.append(dialog._path)
        dialog.restore()
        return 1

    offered: list[Path] = []
    monkeypatch.setattr(BackupDialog, "exec", accept)
    start._hold_folder()
    unlock = start._unlock()
    qtbot.addWidget(unlock)
    unlock.painted.disconnect()
    unlock.show()
    write(PASSWORD, unlock.password)
    press(Qt.Key.Key_Return, on=unlock.password)
    qtbot.waitUntil(unlock.repair_button.isVisible)
    assert "损坏" in unlock.message.text()
    press(Qt.Key.Key_Space, on=unlock.repair_button)
    assert offered == [path]
    assert start._store is not None
    assert [kept for kept in office.folder.rglob("xinfang.db") if kept.parent != office.folder]


def test_a_wrong_password_offers_no_backup(start: Start, office: Office, qtbot: QtBot) -> None:
    backed_up(office)
    unlock = start._unlock()
    qtbot.addWidget(unlock)
    unlock.painted.disconnect()
    unlock.show()
    write("不是这个", unlock.password)
    with qtbot.waitSignal(unlock.refused):
        unlock.open()
    assert not unlock.repair_button.isVisible()


def test_a_refused_restore_says_why_and_changes_nothing(
    theme: Theme, office: Office, qtbot: QtBot
) -> None:
    path = backed_up(office)
    doing = Restoring(theme, path, office.folder, "不是这个", lambda: NOW)
    qtbot.addWidget(doing)

    def read_it() -> None:
        if doing.act.isVisible():
            seen.append(doing.message.text())
            press(Qt.Key.Key_Return, on=doing.act)
        else:
            QTimer.singleShot(20, doing, read_it)

    seen: list[str] = []
    QTimer.singleShot(20, doing, read_it)
    assert doing.exec_to_end() is None
    assert "密码不对" in seen[0]


def test_another_account_gets_a_window_of_its_own(
    start: Start, office: Office, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows: list[MainWindow] = []

    def work() -> int:
        assert start.window is not None
        windows.append(start.window)
        if len(windows) == 1:
            start.window.handed_over.emit(start._open(PASSWORD))
        return 0

    monkeypatch.setattr(qapp, "exec", work, raising=False)
    monkeypatch.setattr(QApplication, "exit", lambda *_: None)
    start._store = start._open(PASSWORD)
    start._hold_folder()
    assert start.run(qapp) == 0
    assert len(windows) == 2
    assert windows[0] is not windows[1]


# banners and refusals


def test_a_newer_store_is_shown_to_be_only_read(
    desk: Desk, store: Store, register: Registering, qtbot: QtBot
) -> None:
    number = register().number
    store.is_read_only, store.notice = True, NEWER
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert window.banners.sentences == [NEWER]
    assert window.header.new_button.isHidden()
    window.open_matter(number)
    assert not window.page("matter").view.details.isEnabled()
    window.close()


def test_a_doubtful_clock_is_told_and_can_be_put_away(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    store.clock_doubt = "电脑上的日期是2020-01-01，可能不准。"
    window = MainWindow(desk)
    qtbot.addWidget(window)
    assert window.banners.sentences == [store.clock_doubt]
    window.banners.drop("clock")
    assert window.banners.sentences == []
    window.close()


def test_a_place_that_is_not_fit_is_refused_before_the_password(
    theme: Theme, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def leave(window: Trouble) -> int:
        told.append(window.sentence.text())
        return 0

    monkeypatch.setattr(Trouble, "exec", leave)
    assert Start(theme, tmp_path / "坚果云" / "信访").run(qapp) == 1
    assert "网盘" in told[0]


def test_a_damaged_page_found_at_work_is_told(
    window: MainWindow, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinfang_desktop.store import check
    from xinfang_desktop.store.failures import DAMAGED, DamagedError

    def broken(_: Store) -> None:
        raise DamagedError

    monkeypatch.setattr(check, "quick_check", broken)
    told: list[str] = []
    window.check_quickly(told.append)
    qtbot.waitUntil(lambda: told == [DAMAGED])
