"""DayWatch: tells the window when the day turns, and every now and then that time has passed."""

from PySide6.QtCore import QObject, QTimer, Signal

from .desk import Desk

EVERY_MS = 30_000


class DayWatch(QObject):
    """Looks at the desk's clock; a window that stays open overnight shows the new day.

    Signals:
        turned(day): it is another day than it was.
        passed(now): time has passed (every half minute).
    """

    turned = Signal(object)
    passed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._day = desk.today()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.closing.connect(self._timer.stop)

    def look(self) -> None:
        """Look at the clock now."""
        day = self._desk.today()
        if day != self._day:
            self._day = day
            self.turned.emit(day)
        self.passed.emit(self._desk.now())
