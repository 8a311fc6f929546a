"""LimitKeeper: works out what an older store has no limits for, and tells what is provisional."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from xinfang_desktop.models import Right

from .desk import Desk

if TYPE_CHECKING:
    from xinfang_desktop.casework.due import Provisional

_PROVISIONAL = (
    "{years}年放假安排还没有录入，有{matters}件事项的期限是按周末和法定节假日暂算的；"
    "国务院办公厅的通知公布后请导入，期限会重新计算。"
)
_TOLD_BY = ("CalendarDay", "Deadline", "Petition", "Step")


class LimitKeeper(QObject):
    """Keeps the limits of a store up to date with the program, off the window's thread.

    Signals:
        told(sentence): what is provisional; nothing where nothing is.
        caught_up(): limits were worked out that were not there before.
    """

    told = Signal(str)
    caught_up = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.changed.connect(self._changed)

    def begin(self) -> None:
        """Work out what is missing, then tell."""
        self._desk.run(self._catch_up, self._done, lambda _: self.tell())

    def tell(self) -> None:
        """Look which limits are provisional; an index of their own makes that nothing."""
        from xinfang_desktop.casework.due import provisional

        found = self._desk.look(provisional)
        if found is not None:
            self.told.emit(_sentence(found))

    def _catch_up(self) -> bool:
        """Work out everything that is missing, a chunk to a transaction; tells whether any was."""
        from xinfang_desktop.casework.limit_upkeep import catch_up, is_behind

        desk = self._desk
        if not desk.may(Right.WORK) or not desk.read(is_behind):
            return False
        by, now, over = desk.viewer.name, desk.now(), False
        while not over:
            progress, _ = desk.store.do(lambda session: catch_up(session, by=by, at=now))
            over = progress.is_over
        return True

    def _done(self, any_were: bool) -> None:
        if any_were:
            from xinfang_desktop.casework.limit_upkeep import CALENDAR_KINDS

            self._desk.changed.emit(CALENDAR_KINDS)
            self.caught_up.emit()
        self.tell()

    def _changed(self, kinds: frozenset[type]) -> None:
        """Look again when the calendar, a rule or a matter was changed."""
        if any(kind.__name__ in _TOLD_BY for kind in kinds):
            self.tell()


def _sentence(found: Provisional) -> str:
    years = "、".join(map(str, found.years))
    return _PROVISIONAL.format(years=years, matters=found.matters) if found.years else ""
