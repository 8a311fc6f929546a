"""DraftsCard: what was begun and not registered; to go on with, or to throw away and take back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from .desk import Desk
from .look import Look
from .widgets.cards import Card
from .widgets.words import button, label

if TYPE_CHECKING:
    from xinfang_desktop.casework.drafts import DraftLine

_NONE = "没有草稿。填写中的登记随时自动留作草稿，停电也不丢。"
_DISCARDED = "草稿已丢弃，在回收站留七天"
_NAMELESS = "（未填姓名）"
_WIDTH = 288
_SEEN, _SEEN_BELOW = 6, 1


QWIDGETSIZE_MAX = 16_777_215


class DraftList(QListWidget):
    """Enter goes on, Delete throws away."""

    entered_line = Signal()
    discarded_line = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_line.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.discarded_line.emit()
        else:
            super().keyPressEvent(event)


class DraftsCard(Card):
    """The drafts.

    Signals:
        draft_requested(id): somebody wants to go on with this one.
        matter_requested(number): the same, where it is a change to a matter in the books.
    """

    draft_requested = Signal(int)
    matter_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "草稿", parent)
        self._desk = desk
        self._lines: list[DraftLine] = []
        self._is_aside = True
        self._none = label(_NONE, "quiet", wrap=True)
        self.list = DraftList()
        self.list.setAccessibleName("草稿")
        self.list.setProperty("help", "registration")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setProperty("role", "inside")
        self.list.entered_line.connect(self.resume)
        self.list.discarded_line.connect(self.discard)
        self.list.itemDoubleClicked.connect(self.resume)
        self._acts = QWidget()
        acts = QHBoxLayout(self._acts)
        desk.theme.space(acts, gap=8)
        acts.addWidget(button("恢复", self.resume, key="Enter"))
        acts.addWidget(button("丢弃", self.discard, key="Del"))
        acts.addStretch(1)
        for part in (self._none, self.list, self._acts):
            self.column.addWidget(part)
        desk.theme.follow(self, self._measure)
        self.show_lines([])

    def show_lines(self, lines: list[DraftLine]) -> None:
        """Show these drafts."""
        row = max(self.list.currentRow(), 0)
        self._lines = lines
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(draft_words(line, self._desk.now()))
            item.setToolTip(line.claim_start)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(lines) - 1))
        self._none.setVisible(not lines)
        self.list.setVisible(bool(lines))
        self._acts.setVisible(bool(lines))
        self._measure(self._desk.theme.look)

    def take_focus(self) -> None:
        """Put the keyboard on the drafts."""
        self.list.setFocus()

    def stand(self, *, aside: bool) -> None:
        """Stand beside the list of matters, or below it in its width."""
        if aside != self._is_aside:
            self._is_aside = aside
            self._measure(self._desk.theme.look)

    def resume(self) -> None:
        """Go on with the draft under the bar."""
        if (line := self._current()) is None:
            return
        if line.petition_id is None:
            self.draft_requested.emit(line.id)
        elif number := self._number_of(line.petition_id):
            self.matter_requested.emit(number)

    def discard(self) -> None:
        """Put the draft under the bar into the bin; it can be taken back from the toast."""
        from xinfang_desktop.casework.drafts import discard_draft

        if (line := self._current()) is None:
            return
        now = self._desk.now()
        self._desk.attempt(partial(discard_draft, draft_id=line.id, now=now))
        self._desk.told_undoable.emit(_DISCARDED, partial(take_back_latest, self._desk))

    def _number_of(self, petition: int) -> str:
        from xinfang_desktop.casework.matters import load_matter_by_id

        viewer = self._desk.viewer
        work = partial(load_matter_by_id, petition_id=petition, viewer=viewer)
        matter = self._desk.look(work)
        return matter.number if matter is not None else ""

    def _current(self) -> DraftLine | None:
        row = self.list.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _measure(self, look: Look) -> None:
        self.setMinimumWidth(look.px(_WIDTH))
        self.setMaximumWidth(look.px(_WIDTH) if self._is_aside else QWIDGETSIZE_MAX)
        line = self.list.sizeHintForRow(0) if self.list.count() else 0
        seen = min(self.list.count(), _SEEN if self._is_aside else _SEEN_BELOW)
        self.list.setFixedHeight(line * seen + look.px(4))


def draft_words(line: DraftLine, now: datetime) -> str:
    """Write a draft as a line of a list: whose and what, and when it was kept."""
    day = "" if line.saved_at.date() == now.date() else f"{line.saved_at:%m-%d} "
    names = line.names or ("" if line.sealed else _NAMELESS)
    first = " · ".join(filter(None, (names, " ".join(line.claim_start.split()))))
    return f"{first}\n{day}{line.saved_at:%H:%M} 保存"


def take_back_latest(desk: Desk) -> int | None:
    """Make the draft that was thrown away last a draft again, and give its id."""
    from xinfang_desktop.casework.bin import discarded, take_from_bin

    viewer, now = desk.viewer, desk.now()
    lines = desk.read(lambda session: discarded(session, viewer=viewer, now=now))
    if not lines:
        return None
    latest = lines[0].id
    return desk.attempt(lambda session: take_from_bin(session, latest, viewer=viewer, now=now))
