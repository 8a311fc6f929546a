"""DayNotice (提醒): a quiet notice in the corner, once a morning and before an hour ends.

It tells how many, and never what or who: the screen stands where the public sits. Where the desktop
has no place for notices there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from xinfang_desktop.paths import resource

from .day_watch import DayWatch
from .desk import Desk

if TYPE_CHECKING:
    from xinfang_desktop.casework.due import DueItem

MORNING = time(8)
"""Not before this time of day is anything told."""

AHEAD = timedelta(hours=1)
"""How long before its hour a limit in working hours is told."""

SHOWN_MS = 10_000
TITLE = "信访案头"
_HOUR = "有{many}件一小时内到期，请打开「今日」查看。"

Show = Callable[[str, str], object]


def can_show() -> bool:
    """Tell whether this desktop shows notices."""
    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()


class DayNotice(QObject):
    """Tells the numbers of the day; can be switched off in the settings.

    Signals:
        opened(): somebody clicked the notice, or its icon.
    """

    opened = Signal()

    def __init__(
        self, desk: Desk, days: DayWatch, parent: QWidget, show: Show | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told: set[tuple[int, str, int]] = set()
        self._icon: QSystemTrayIcon | None = None
        self._show = show or (self._show_in_tray if can_show() else None)
        if self._show is not None:
            days.passed.connect(self.look)
            desk.closing.connect(self._go)

    def look(self, now: datetime) -> None:
        """Look whether there is something to tell."""
        if not self._desk.preferences.now.day_notice or now.time() < MORNING:
            return
        self._desk.run(partial(self._desk.read, partial(self._read, now)), partial(self._tell, now))

    def _read(self, now: datetime, session: Any) -> _Found:  # noqa: ANN401 - the store's own
        from xinfang_desktop.casework import due, today

        viewer, day = self._desk.viewer, now.date()
        counts = () if self._was_told(now) else today.counts(session, day, viewer=viewer)
        numbers = {count.title: count.number for count in counts if count.key != "drafts"}
        items = due.due(session, day, viewer=viewer, within=0)
        return numbers, [item for item in items if _ends_soon(item, now)]

    def _tell(self, now: datetime, found: _Found) -> None:
        numbers, ending = found
        if not self._was_told(now):
            self._desk.preferences.keep(noticed_on=now.date().isoformat())
            self._say(_sentence(numbers))
        fresh = {(item.petition_id, item.rule, item.occurrence) for item in ending} - self._told
        if fresh:
            self._told |= fresh
            self._say(_HOUR.format(many=len(fresh)))

    def _was_told(self, now: datetime) -> bool:
        return self._desk.preferences.now.noticed_on == now.date().isoformat()

    def _say(self, sentence: str) -> None:
        if sentence and self._show is not None:
            self._show(TITLE, sentence)

    def _show_in_tray(self, title: str, sentence: str) -> None:
        if self._icon is None:
            self._icon = QSystemTrayIcon(QIcon(str(resource("icons", "xinfang.svg"))), self)
            self._icon.setToolTip(TITLE)
            self._icon.messageClicked.connect(self.opened)
            self._icon.activated.connect(lambda _: self.opened.emit())
        self._icon.show()
        no_sign = QSystemTrayIcon.MessageIcon.NoIcon
        self._icon.showMessage(title, sentence, no_sign, SHOWN_MS)

    def _go(self) -> None:
        if self._icon is not None:
            self._icon.hide()


def _sentence(numbers: Mapping[str, int]) -> str:
    """Say the numbers; nothing where all of them are nought."""
    told = "，".join(f"{title}{number}件" for title, number in numbers.items() if number)
    return f"{told}。" if told else ""


def _ends_soon(item: DueItem, now: datetime) -> bool:
    if item.due_at is None:
        return False
    end = datetime.combine(item.due_on, item.due_at)
    return now <= end <= now + AHEAD


_Found = tuple[dict[str, int], "list[DueItem]"]
