"""Collecting: cycles that hold parts of the window are collected on the window's thread only.

Python collects on whatever thread happens to need memory. A widget that goes with a cycle on a
worker's thread takes Qt down with it; so collecting by itself is switched off while there is a
window, and done from time to time where widgets belong.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000
"""Milliseconds between two looks at whether there is anything to collect."""


class Collecting(QObject):
    """Collects instead of Python, by Python's own thresholds; for as long as ``parent`` lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, with the younger ones."""
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        for generation in (2, 1, 0):
            if due[generation]:
                gc.collect(generation)
                return
