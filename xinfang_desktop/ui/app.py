"""The program with its window: from the first painted dialog to the end.

Until the password dialog is on the screen nothing heavy is imported; while the clerk types, a
thread imports the rest.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject
from PySide6.QtWidgets import QApplication, QDialog

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.paths import default_data_folder
from xinfang_desktop.store.presence import store_exists

from . import input_method
from .preferences import KeptPreferences
from .theme import Theme
from .trouble import FIRST_AID, Trouble, Watch

if TYPE_CHECKING:
    from xinfang_desktop.models import OfficeProfile
    from xinfang_desktop.store.database import Store

    from .desk import Clock
    from .main_window import MainWindow

HEAVY = (
    "xinfang_desktop.store.database",
    "xinfang_desktop.casework.search",
    "xinfang_desktop.ui.main_window",
    "xinfang_desktop.ui.today_page",
    "xinfang_desktop.ui.registration_page",
    "xinfang_desktop.forms.printing",
    "xinfang_desktop.forms.catalogue",
)
LOCK_NAME = "xinfang.lock"
_OPEN_ALREADY = (
    "信访案头已经在本机打开着（进程 {process}），没有再打开一次，数据没有改动。"
    "请切换到已打开的窗口；找不到时请重新启动电脑。"
)
_NOT_WRITABLE = (
    "数据文件夹不能写入（只读，或没有权限），没有打开，数据没有改动。请改正文件夹的权限后再试。"
)


def main(argv: Sequence[str] | None = None, *, data: Path | None = None) -> int:
    """Open the window on the office in ``data`` and give the exit code."""
    input_method.prepare()
    application = QApplication.instance() or QApplication(list(argv or sys.argv))
    assert isinstance(application, QApplication)
    application.setApplicationName("xinfang")
    application.setApplicationDisplayName("信访案头")
    application.setQuitOnLastWindowClosed(True)
    folder = data or default_data_folder()
    theme = Theme(application, KeptPreferences(folder).now.look)
    start = Start(theme, folder)
    watch = Watch(theme, start.keep)
    watch.install()
    return start.run(application)


class Start(QObject):
    """From nothing to the open window: the lock, then the first run or the password."""

    def __init__(self, theme: Theme, folder: Path, clock: Clock = datetime.now) -> None:
        super().__init__()
        self._theme = theme
        self._folder = folder
        self._clock = clock
        self._store: Store | None = None
        self._lock = QLockFile(str(folder / LOCK_NAME))
        self._lock.setStaleLockTime(0)
        self._refusal: OfficeError | None = None
        self.window: MainWindow | None = None

    def run(self, application: QApplication) -> int:
        """Run the program to its end."""
        while True:
            try:
                self._ask()
                break
            except OfficeError as error:
                if not self._told(error.sentence):
                    return 1
        if self._store is None:
            self._lock.unlock()
            return 0
        self.open_window(self._store)
        code = application.exec()
        self._store.close()
        self._lock.unlock()
        return code

    def open_window(self, store: Store) -> MainWindow:
        """Show the main window on an open store."""
        from .desk import Desk
        from .main_window import MainWindow

        desk = Desk(store, theme=self._theme, clock=self._clock)
        self.window = MainWindow(desk)
        desk.setParent(self.window)
        self.window.show()
        return self.window

    def keep(self) -> None:
        """Keep what is being typed."""
        if self.window is not None:
            self.window.keep()

    def _hold_folder(self) -> None:
        if self._lock.isLocked():
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            raise OfficeError(_NOT_WRITABLE) from None
        if self._lock.tryLock(0):
            return
        if self._lock.error() is QLockFile.LockError.LockFailedError:
            process, *_ = self._lock.getLockInfo()
            raise OfficeError(_OPEN_ALREADY.format(process=process))
        raise OfficeError(_NOT_WRITABLE)

    def _ask(self) -> None:
        dialog = self._unlock() if store_exists(self._folder) else self._first_run()
        dialog.exec()
        dialog.deleteLater()
        refusal, self._refusal = self._refusal, None
        if refusal is not None:
            raise refusal

    def _unlock(self) -> QDialog:
        from .unlock import Unlock

        dialog = Unlock(self._theme, self._open)
        dialog.painted.connect(lambda: self._hold_behind(dialog))
        dialog.painted.connect(import_ahead)
        dialog.opened.connect(self._hold_store)
        dialog.opened.connect(dialog.accept)
        return dialog

    def _first_run(self) -> QDialog:
        from .first_run import FirstRun

        self._hold_folder()
        dialog = FirstRun(self._theme, self._found, year=self._clock().year)
        dialog.ready.connect(self._hold_store)
        import_ahead()
        return dialog

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

        return open_store(self._folder, password=password)

    def _found(self, profile: OfficeProfile, account: str, password: str) -> tuple[Store, str]:
        from xinfang_desktop.store.database import create_store

        now = self._clock().replace(microsecond=0)
        return create_store(
            self._folder, password=password, profile=profile, account=account, now=now
        )

    def _told(self, sentence: str) -> bool:
        told = Trouble(self._theme, "现在不能打开", sentence, advice=FIRST_AID, again="再试一次")
        return told.exec() == QDialog.DialogCode.Accepted


def import_ahead() -> None:
    """Import what the main window will need, while nobody waits for it."""
    Thread(target=import_all, args=(HEAVY,), name="import-ahead", daemon=True).start()


def import_all(names: Sequence[str]) -> None:
    """Import modules by name."""
    for name in names:
        with suppress(ImportError):  # raised again, and told, where it is needed
            importlib.import_module(name)
