"""The program with its window: from the first painted dialog to the end.

Until the password dialog is on the screen nothing heavy is imported; while the clerk types, a
thread imports the rest.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.paths import default_data_folder, resource
from xinfang_desktop.store.presence import store_exists

from . import input_method
from .preferences import KeptPreferences
from .qt_words import speak_chinese
from .theme import Theme
from .trouble import FIRST_AID, Trouble, Watch

if TYPE_CHECKING:
    from xinfang_desktop.models import OfficeProfile
    from xinfang_desktop.store.database import Store
    from xinfang_desktop.store.going_back import OnBehalf
    from xinfang_desktop.store.holding import Holding
    from xinfang_desktop.versions import Installed

    from .backup_dialog import BackupDialog
    from .desk import Clock
    from .main_window import MainWindow
    from .unlock import Unlock

HEAVY = (
    "xinfang_desktop.store.database",
    "xinfang_desktop.casework.search",
    "xinfang_desktop.ui.main_window",
    "xinfang_desktop.ui.today_page",
    "xinfang_desktop.ui.registration_page",
    "xinfang_desktop.forms.printing",
    "xinfang_desktop.forms.catalogue",
)
PROGRAM = "信访案头"
_NOT_WRITABLE = (
    "数据文件夹不能写入（只读，或没有权限），没有打开，数据没有改动。请改正文件夹的权限后再试。"
)
_RESTORED = "已恢复到备份时的样子；恢复前的数据另存在 {kept}"
_RESTORED_NEW = "已从备份恢复"


def main(argv: Sequence[str] | None = None, *, data: Path | None = None) -> int:
    """Open the window on the office in ``data`` and give the exit code."""
    input_method.prepare()
    application = QApplication.instance() or QApplication(list(argv or sys.argv))
    assert isinstance(application, QApplication)
    application.setApplicationName("xinfang")
    application.setApplicationDisplayName("信访案头")
    application.setDesktopFileName("xinfang-desktop")
    application.setWindowIcon(QIcon(str(resource("icons", "xinfang.svg"))))
    speak_chinese(application)
    folder = data or default_data_folder()
    theme = Theme(application, KeptPreferences(folder).now.look)
    start = Start(theme, folder)
    watch = Watch(theme, start.keep)
    watch.install()
    return start.run(application)


class Start(QObject):
    """From nothing to the open window, and to the next one where another account takes over."""

    def __init__(self, theme: Theme, folder: Path, clock: Clock = datetime.now) -> None:
        super().__init__()
        self._theme = theme
        self._folder = folder
        self._clock = clock
        self._store: Store | None = None
        self._holding: Holding | None = None
        self._refusal: OfficeError | None = None
        self._next: Callable[[], None] | None = None
        self._after_opening = ""
        self._is_broken = False
        self._is_over = False
        self._code = 0
        self.window: MainWindow | None = None

    def run(self, application: QApplication) -> int:
        """Run the program to its end."""
        application.setQuitOnLastWindowClosed(True)
        code = 0
        while not self._is_over and (self._store is not None or self._is_let_in()):
            assert self._store is not None
            self.open_window(self._store)
            QTimer.singleShot(0, self, self._greet)
            code = application.exec()
            then, self._next = self._next, None
            if then is None:
                self._leave(self._store)
                break
            then()
        self._let_go()
        return code or self._code

    def open_window(self, store: Store) -> MainWindow:
        """Show the main window on an open store."""
        from .collecting import Collecting
        from .desk import Desk
        from .main_window import MainWindow

        desk = Desk(store, theme=self._theme, clock=self._clock)
        self.window = MainWindow(desk)
        desk.setParent(self.window)
        self.window.handed_over.connect(self.hand_over)
        self.window.restore_requested.connect(self.restore)
        self.window.version_requested.connect(self.change_version)
        self.window.old_data_requested.connect(self.use_old_data)
        self.window.show()
        Collecting(self.window)
        gc.freeze()  # what the program is made of stays: to look through it stops the window 0.1 s
        return self.window

    def keep(self) -> None:
        """Keep what is being typed."""
        if self.window is not None:
            self.window.keep()

    def hand_over(self, store: Store) -> None:
        """Let another account go on, in a window of its own."""

        def take_over() -> None:
            if self._store is not None:
                self._store.close()
            self._store = store

        self._close_window(take_over)

    def restore(self, path: Path, secret: str) -> None:
        """Put a backup in the place of the data, and open a window on it."""
        self._close_window(lambda: self._restore(path, secret))

    def change_version(self, installed: Installed) -> None:
        """End this program and let the other version go on, with the data it can work on."""

        def change() -> None:
            from .going_back import change_version

            on_behalf = self._on_behalf()
            self._close_store()
            self._is_over = True
            try:
                change_version(installed, self._folder, now=self._now(), on_behalf=on_behalf)
            except OfficeError as error:
                Trouble(self._theme, "没有换成", error.sentence).exec()

        self._close_window(change)

    def use_old_data(self) -> None:
        """Put the data of before an upgrade in place, and ask for the password."""

        def use() -> None:
            from .going_back import use_old_data

            on_behalf = self._on_behalf()
            self._close_store()
            try:
                use_old_data(self._folder, now=self._now(), on_behalf=on_behalf)
            except OfficeError as error:
                Trouble(self._theme, "没有换成", error.sentence).exec()

        self._close_window(use)

    def _on_behalf(self) -> OnBehalf:
        from xinfang_desktop.store.going_back import OnBehalf

        assert self._store is not None
        return OnBehalf.of(self._store)

    # opening

    def _hold_folder(self) -> None:
        """Hold the data, so that no second program opens it; refuse a place that is not fit."""
        from xinfang_desktop.store.holding import Holding
        from xinfang_desktop.store.places import unfit_for_store

        if self._holding is not None:
            return
        if unfit := unfit_for_store(self._folder):
            raise OfficeError(unfit)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._holding = Holding.take(self._folder, program=PROGRAM, now=self._clock())
        except OSError:
            raise OfficeError(_NOT_WRITABLE) from None

    def _let_go(self) -> None:
        if self._holding is not None:
            self._holding.release()
            self._holding = None

    def _is_let_in(self) -> bool:
        """Ask until the data is open, or nobody wants to go on."""
        while True:
            try:
                return self._ask()
            except OfficeError as error:
                if not self._told(error):
                    self._code = 1
                    return False

    def _ask(self) -> bool:
        """Ask for the password, or set an office up; False where nobody wants to go on."""
        if self._is_restoring_left():
            self._finish_restore()
        dialog = self._unlock() if store_exists(self._folder) else self._first_run()
        dialog.exec()
        dialog.deleteLater()
        refusal, self._refusal = self._refusal, None
        if refusal is not None:
            raise refusal
        return self._store is not None

    def _unlock(self) -> Unlock:
        from .unlock import Unlock

        dialog = Unlock(self._theme, self._open, self._wait)
        dialog.painted.connect(lambda: self._hold_behind(dialog))
        dialog.painted.connect(import_ahead)
        dialog.opened.connect(self._hold_store)
        dialog.opened.connect(dialog.accept)
        dialog.refused.connect(lambda sentence: self._offer_repair(dialog, sentence))
        return dialog

    def _wait(self) -> str:
        from .waiting import wait_in_words

        return wait_in_words(self._folder, self._now())

    def _first_run(self) -> QDialog:
        from .first_run import FirstRun

        self._hold_folder()
        dialog = FirstRun(self._theme, self._found, folder=self._folder, year=self._clock().year)
        dialog.ready.connect(self._hold_store)
        dialog.restore_requested.connect(partial(self._bring_back, dialog))
        import_ahead()
        return dialog

    def _bring_back(self, dialog: QDialog, path: Path, secret: str) -> None:
        """Let a backup be the first data of this PC; where it is refused, nothing was begun."""
        self._restore(path, secret)
        if self._store is not None:
            dialog.accept()

    def _hold_behind(self, dialog: QDialog) -> None:
        """Take the lock, which waits for the disk, when the dialog is on the screen already."""
        try:
            self._hold_folder()
        except OfficeError as refusal:
            self._refusal = refusal
            dialog.reject()

    def _hold_store(self, store: Store) -> None:
        self._store = store

    def _open(self, password: str) -> Store:
        from xinfang_desktop.store.database import open_store

        self._is_broken = False
        try:
            return open_store(self._folder, password=password, clock=self._now)
        except OfficeError:
            self._is_broken = not self._wait() and self._is_right(password)
            raise

    def _is_right(self, password: str) -> bool:
        """Tell whether a password is right, so that it is the data that does not open."""
        from xinfang_desktop.paths import DataFolder
        from xinfang_desktop.store.keys import open_key_file

        with suppress(OfficeError, OSError):
            open_key_file(DataFolder(self._folder), password)
            return True
        return False

    def _found(self, profile: OfficeProfile, account: str, password: str) -> tuple[Store, str]:
        from xinfang_desktop.store.database import create_store

        return create_store(
            self._folder,
            password=password,
            profile=profile,
            account=account,
            now=self._now(),
            clock=self._now,
        )

    def _now(self) -> datetime:
        return self._clock().replace(microsecond=0)

    def _told(self, error: OfficeError) -> bool:
        told = Trouble(
            self._theme, "现在不能打开", error.sentence, advice=FIRST_AID, again="再试一次"
        )
        return told.exec() == QDialog.DialogCode.Accepted

    # after a stop, and where the data is damaged

    def _is_restoring_left(self) -> bool:
        from xinfang_desktop.store.pending import MARKER

        return (self._folder / MARKER).is_file()

    def _finish_restore(self) -> None:
        """Finish a restore that was stopped in the middle, while we hold the data ourselves."""
        from xinfang_desktop.store.failures import told_plainly
        from xinfang_desktop.store.pending import finish_pending

        self._hold_folder()
        with told_plainly():
            finish_pending(self._folder)

    def _offer_repair(self, dialog: Unlock, sentence: str) -> None:
        """Where the password is right and the data does not open: offer the last proven backup."""
        if self._is_broken and self._last_backup() is not None:
            dialog.offer_repair(lambda: self._repair(dialog, sentence))

    def _repair(self, dialog: Unlock, sentence: str) -> None:
        offer = self._backup_dialog(sentence, dialog)
        if offer is None:
            return
        offer.secret.setText(dialog.password.text())
        offer.look()
        taken: list[tuple[Path, str]] = []
        offer.restore_requested.connect(lambda path, secret: taken.append((path, secret)))
        offer.exec()
        offer.deleteLater()
        for path, secret in taken:
            self._restore(path, secret)
        if self._store is not None:
            dialog.accept()

    def _last_backup(self) -> Path | None:
        from xinfang_desktop.store.backup_records import read_records

        last = read_records(self._folder).last_within_reach
        return Path(last.path) if last else None

    def _backup_dialog(self, sentence: str, parent: QWidget) -> BackupDialog | None:
        from .backup_dialog import BackupDialog

        last = self._last_backup()
        if last is None:
            return None
        return BackupDialog(self._theme, last, self._folder, reason=sentence, parent=parent)

    def _restore(self, path: Path, secret: str) -> None:
        """Restore, with a small window meanwhile, and open what is there then."""
        from .restoring import Restoring

        self._close_store()
        doing = Restoring(self._theme, path, self._folder, secret, self._now)
        restored = doing.exec_to_end()
        try:
            self._hold_folder()
            if restored is None and not store_exists(self._folder):
                return
            self._store = self._open(secret)
        except OfficeError as error:
            Trouble(self._theme, "现在不能打开", error.sentence, advice=FIRST_AID).exec()
            return
        if restored is not None:
            kept = restored.kept
            where = _RESTORED.format(kept=kept.name) if kept else _RESTORED_NEW
            self._after_opening = where

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
        self._let_go()

    # the window

    def _greet(self) -> None:
        """When the window is on the screen: the drafts a crash left, then a look at the pages."""
        window, told = self.window, self._after_opening
        self._after_opening = ""
        if window is None:
            return
        if told:
            window.desk.told.emit(told)
        window.ask_about_left_behind()
        window.check_quickly(self._damaged_at_work)

    def _damaged_at_work(self, sentence: str) -> None:
        if self.window is None:
            return
        offer = self._backup_dialog(sentence, self.window)
        if offer is None:
            Trouble(self._theme, "数据文件有损坏", sentence, advice=FIRST_AID).exec()
            return
        offer.restore_requested.connect(self.restore)
        offer.finished.connect(offer.deleteLater)
        offer.open()

    def _close_window(self, then: Callable[[], None]) -> None:
        """Close the window and go on with something else when it is gone."""
        self._next = then
        window, self.window = self.window, None
        if window is not None:
            window.close()
            window.deleteLater()
        QApplication.exit(0)

    def _leave(self, store: Store) -> None:
        """Back up on the way out, and let go."""
        from .leaving import Leaving

        if not store.is_read_only:
            leaving = Leaving(self._theme, store, self._now())
            leaving.exec_when_needed()
            leaving.deleteLater()
        store.close()
        self._store = None


def import_ahead() -> None:
    """Import what the main window will need, while nobody waits for it."""
    Thread(target=import_all, args=(HEAVY,), name="import-ahead", daemon=True).start()


def import_all(names: Sequence[str]) -> None:
    """Import modules by name."""
    for name in names:
        with suppress(ImportError):  # raised again, and told, where it is needed
            importlib.import_module(name)
