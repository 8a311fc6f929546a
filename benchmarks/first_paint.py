"""A process of its own: opens a window, and ends when the window has been painted.

``ours FOLDER`` is the program as ``xinfang`` starts it, up to the password dialog; ``bare`` is the
least that opens a window with some words in it.
"""

import sys
from pathlib import Path

from benchmarks.child import report


def ours(folder: str) -> None:
    """Start the program on the store in ``folder``."""
    from xinfang_desktop.ui import app, unlock

    class Reporting(unlock.Unlock):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)  # type: ignore[arg-type]
            self.painted.connect(report)

    unlock.Unlock = Reporting  # type: ignore[misc, assignment]
    app.main(["xinfang"], data=Path(folder))


def bare() -> None:
    """Open a window with nothing of ours."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QLabel

    class Bare(QLabel):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, report)

    application = QApplication([])
    window = Bare("信访案头")
    window.resize(480, 396)
    window.show()
    application.exec()


if __name__ == "__main__":
    if sys.argv[1:] == ["bare"]:
        bare()
    else:
        ours(sys.argv[2])
