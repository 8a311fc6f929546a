"""A process of its own: the real program from the password to the ledger, and moving in it.

``FOLDER PASSWORD`` is the store. Reported: milliseconds from Enter in the password dialog to the
painted first page and until every matter is in the list, memory there and after the jumps, and
how long each jump anywhere in the whole list took to paint.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from threading import enumerate as threads
from time import perf_counter, process_time, thread_time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.child import memory, report
from xinfang_desktop.ui import app, unlock
from xinfang_desktop.ui.rooms import LEDGER

if TYPE_CHECKING:
    from xinfang_desktop.store.database import Store
    from xinfang_desktop.ui.ledger_page import LedgerPage
    from xinfang_desktop.ui.ledger_table import LedgerTable
    from xinfang_desktop.ui.main_window import MainWindow

JUMPS = 200
_AHEAD = "import-ahead"


class Clerk:
    """Types the password when the program is ready for it, then goes to the ledger."""

    def __init__(self, password: str) -> None:
        self._password = password
        self.entered_at = self.computed_at = 0.0

    def wait(self) -> None:
        """Wait for the imports that go on behind the dialog, as somebody who types does."""
        if any(thread.name == _AHEAD for thread in threads()):
            QTimer.singleShot(20, self.wait)
            return
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, unlock.Unlock)
        dialog.password.setText(self._password)
        self.entered_at, self.computed_at = perf_counter(), process_time()
        dialog.open()


class Watch:
    """Notes when the first page and when all of the ledger stands there, then moves about."""

    def __init__(self, page: LedgerPage, clerk: Clerk) -> None:
        self._page, self._clerk = page, clerk
        self._told: dict[str, float | None] = {}

    def begin(self) -> None:
        """Wait for the ledger; both answers are painted before they are noted."""
        finder = self._page.finder
        finder.found.connect(lambda _: QTimer.singleShot(0, self._shown))
        finder.completed.connect(lambda _: QTimer.singleShot(0, self._whole))

    def _shown(self) -> None:
        self._paint()
        computing = (process_time() - self._clerk.computed_at) * 1000
        self._told |= {"shown": self._since(), "shown_cpu": computing}
        self._told |= {"rss_shown": memory("VmRSS")}

    def _whole(self) -> None:
        """Wait for what is counted beside the list as well: it is no part of a jump."""
        self._paint()
        self._told |= {"whole": self._since()}
        self._page.counter.idle.connect(self._move)
        if not self._page.counter.is_busy:
            self._move()

    def _move(self) -> None:
        table = self._page.table
        self._told |= {"rss_whole": memory("VmRSS")}
        clock, computing = _jumps(table)
        report(**self._told, rows=table.model().rowCount(), frames=clock, frames_cpu=computing)

    def _paint(self) -> None:
        self._page.table.viewport().repaint()

    def _since(self) -> float:
        return (perf_counter() - self._clerk.entered_at) * 1000


def main(folder: str, password: str) -> None:
    """Open the store in ``folder`` through the program's own start."""
    clerk = Clerk(password)

    class Waiting(unlock.Unlock):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)  # type: ignore[arg-type]
            self.painted.connect(lambda: QTimer.singleShot(0, clerk.wait))

    class Going(app.Start):
        def open_window(self, store: Store) -> MainWindow:
            window = super().open_window(store)
            watch = Watch(window.page(LEDGER.name), clerk)
            watch.begin()
            window.enter(LEDGER.name)
            return window

    unlock.Unlock = Waiting  # type: ignore[misc, assignment]
    app.Start = Going  # type: ignore[misc]
    app.main(["xinfang"], data=Path(folder))


def _jumps(table: LedgerTable) -> tuple[list[float], list[float]]:
    """Jump to places all over the list and give how long each took until painted (ms).

    The second list is the processor time that the window's own thread took for it.
    """
    random, bar = Random(1), table.verticalScrollBar()
    clock: list[float] = []
    computing: list[float] = []
    for _ in range(JUMPS):
        begun, computed = perf_counter(), thread_time()
        bar.setValue(random.randrange(bar.maximum() + 1))
        table.viewport().repaint()
        clock.append((perf_counter() - begun) * 1000)
        computing.append((thread_time() - computed) * 1000)
    return clock, computing


if __name__ == "__main__":
    main(*sys.argv[1:])
