"""A process of its own: the real program from the password to the ledger, and moving in it.

``FOLDER PASSWORD`` is the store. Reported: milliseconds from Enter in the password dialog to the
painted ledger, memory there and after the jumps, and how long each jump took to paint.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from threading import enumerate as threads
from time import perf_counter
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
        self.entered_at = 0.0

    def wait(self) -> None:
        """Wait for the imports that go on behind the dialog, as somebody who types does."""
        if any(thread.name == _AHEAD for thread in threads()):
            QTimer.singleShot(20, self.wait)
            return
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, unlock.Unlock)
        dialog.password.setText(self._password)
        self.entered_at = perf_counter()
        dialog.open()


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
            page = window.page(LEDGER.name)
            page.finder.found.connect(lambda _: QTimer.singleShot(0, lambda: _seen(page, clerk)))
            window.enter(LEDGER.name)
            return window

    unlock.Unlock = Waiting  # type: ignore[misc, assignment]
    app.Start = Going  # type: ignore[misc]
    app.main(["xinfang"], data=Path(folder))


def _seen(page: LedgerPage, clerk: Clerk) -> None:
    """Paint what is there, note the time, and move about."""
    table = page.table
    table.viewport().repaint()
    shown = (perf_counter() - clerk.entered_at) * 1000
    rss = memory("VmRSS")
    frames = _jumps(table)
    report(shown=shown, rss_shown=rss, rows=table.model().rowCount(), frames=frames)


def _jumps(table: LedgerTable) -> list[float]:
    """Jump to places all over the list and give how long each took until painted (ms)."""
    random, bar = Random(1), table.verticalScrollBar()
    frames: list[float] = []
    for _ in range(JUMPS):
        begun = perf_counter()
        bar.setValue(random.randrange(bar.maximum() + 1))
        table.viewport().repaint()
        frames.append((perf_counter() - begun) * 1000)
    return frames


if __name__ == "__main__":
    main(*sys.argv[1:])
