"""Locking (锁定): the work is kept, then covered, until a password opens it again.

By Ctrl+L, when nobody touched the machine for a while, and when its session is locked. Another
account's password takes the window over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget

from .desk import Desk
from .idle import IdleWatch
from .lock_screen import LockScreen

if TYPE_CHECKING:
    from xinfang_desktop.store.database import Store


class Locking(QObject):
    """Locks one window and opens it again.

    Signals:
        locked(): the work is covered now.
        unlocked(): the same account goes on.
        handed_over(store): another account opened the store and takes over.
    """

    locked = Signal()
    unlocked = Signal()
    handed_over = Signal(object)

    def __init__(self, window: QMainWindow, desk: Desk, keep: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._desk, self._keep = window, desk, keep
        self._focus: QWidget | None = None
        self.screen = LockScreen(window, desk.theme, desk.folder, self._open, desk.now)
        self.screen.opened.connect(self._opened)
        self.watch = IdleWatch(lambda: desk.preferences.now.lock_minutes, parent=self)
        self.watch.idle.connect(self.lock)
        self.watch.left.connect(self.lock)
        self.watch.start()
        desk.closing.connect(self._go)

    @property
    def is_locked(self) -> bool:
        """Whether the work is covered."""
        return self._focus is not None

    def lock(self) -> None:
        """Keep what is being typed, and cover everything."""
        if self.is_locked:
            return
        self._keep()
        self._focus = QApplication.focusWidget() or self._window
        self._put_away_other_windows()
        self._window.centralWidget().hide()
        self.locked.emit()
        self.screen.cover()

    def _open(self, secret: str) -> Store:
        from xinfang_desktop.store.database import open_store

        return open_store(self._desk.folder, password=secret, clock=self._desk.now)

    def _opened(self, store: Store) -> None:
        if store.slot != self._desk.store.slot:
            self.handed_over.emit(store)
            return
        store.close()
        focus, self._focus = self._focus, None
        self.screen.uncover()
        self._window.centralWidget().show()
        self.watch.touch()
        self.unlocked.emit()
        if focus is not None and shiboken6.isValid(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away_other_windows(self) -> None:
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for other in QApplication.topLevelWidgets():
            if other is self._window or not other.isVisible():
                continue
            if isinstance(other, QDialog):
                other.reject()
            else:
                other.hide()

    def _go(self) -> None:
        self.watch.stop()
        self.screen.let_go()
