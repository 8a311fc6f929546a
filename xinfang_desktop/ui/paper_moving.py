"""PaperMoving (文书去向): one key notes where papers went next; another asks where and when.

To whom papers go has to be said; that they came back, or were scanned, is noted at once. All of it
can be taken back.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.casework import paper_states
from xinfang_desktop.models import PaperState, Right

from .asked import Asked, AskedChoice, AskedDay, AskedLine
from .desk import Desk
from .paper.values import show_value
from .widgets.words import button, label, shortcut

NEXT_KEY, OTHER_KEY = "Ctrl+T", "Ctrl+Shift+T"
_WIDTH = 460
_MORE = "这几份的下一步不一样，请分开记，或按 Ctrl+Shift+T 选去向。"
_ENDED = "这份文书没有下一步了。"
_NONE = "没有选定文书。"
_READ_ONLY = "本账户只能查看，不能记文书去向。需要时请换用经办账户（Ctrl+L 锁定后输入密码）。"
_MOVED = "{many}份文书已记为「{state}」"
_LONE = "文书已记为「{state}」"


class Movable(Protocol):
    """A paper that may go on: its id, and where to, the usual way first."""

    @property
    def paper_id(self) -> int:
        """Which paper."""
        ...

    @property
    def following(self) -> tuple[PaperState, ...]:
        """Where it may go."""
        ...


class PaperMoving(QObject):
    """Notes where papers went, for a list that shows them."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent

    def go_on(self, papers: Sequence[Movable]) -> None:
        """Note the usual next step of papers; asks to whom, where that is the question."""
        if not self._may(papers):
            return
        following = {paper.following[0] for paper in papers if paper.following}
        if len(following) > 1:
            self._desk.told.emit(_MORE)
        elif not following:
            self._desk.told.emit(_ENDED)
        elif (state := following.pop()) is PaperState.SENT:
            self._ask(papers, (state,))
        else:
            self.note(papers, state)

    def ask(self, papers: Sequence[Movable]) -> None:
        """Ask where papers went, to whom and on which day."""
        if not self._may(papers):
            return
        first, *others = papers
        common = [
            state for state in first.following if all(state in one.following for one in others)
        ]
        if common:
            self._ask(papers, common)
        else:
            self._desk.told.emit(_ENDED if len(papers) == 1 else _MORE)

    def note(
        self,
        papers: Iterable[Movable],
        state: PaperState,
        *,
        on: date | None = None,
        holder: str = "",
        remarks: str = "",
    ) -> bool:
        """Note where papers went; tells whether it was."""
        ids, viewer, now = [paper.paper_id for paper in papers], self._desk.viewer, self._desk.now()
        done = self._desk.attempt(
            lambda session: paper_states.move(
                session, ids, state, viewer=viewer, now=now, on=on, holder=holder, remarks=remarks
            )
        )
        if done is None:
            return False
        told = _MOVED if len(ids) > 1 else _LONE
        self._desk.tell_undoable(told.format(many=len(ids), state=state.label))
        return True

    def _may(self, papers: Sequence[Movable]) -> bool:
        if not self._desk.may(Right.WORK):
            self._desk.failed.emit(_READ_ONLY)
        elif not papers:
            self._desk.told.emit(_NONE)
        else:
            return True
        return False

    def _ask(self, papers: Sequence[Movable], states: Sequence[PaperState]) -> None:
        viewer = self._desk.viewer
        known = self._desk.read(lambda session: paper_states.holders(session, viewer=viewer))
        dialog = MoveDialog(self._desk, len(papers), states, known, self._window)
        dialog.wanted = partial(self.note, tuple(papers))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class MoveDialog(QDialog):
    """Where papers went: the state, to whom, on which day. Enter leads on, and notes at the end."""

    def __init__(
        self,
        desk: Desk,
        many: int,
        states: Sequence[PaperState],
        known: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._states = desk, tuple(states)
        self.wanted: partial[bool] | None = None
        only = self._states[0] if len(self._states) == 1 else None
        self.setWindowTitle(only.label if only else "文书去向")
        self.setProperty("help", "papers")
        theme = desk.theme
        self.state = AskedChoice("state", "去向", theme, self._states, required=True)
        self.state.show_raw(str(self._states[0].value))
        self.state.setVisible(only is None)
        self.holder = AskedLine("holder", "送给谁", theme, required=True, proposals=known)
        self.day = AskedDay("day", "日期", theme, required=True)
        self.day.show_raw(show_value(desk.today()))
        self.remarks = AskedLine("remarks", "说明", theme)
        self._blanks: tuple[Asked, ...] = (self.state, self.holder, self.day, self.remarks)
        self._lay_out(many)
        self._show_holder()
        self.state.edited.connect(self._show_holder)
        for blank in self._blanks:
            blank.left.connect(partial(self._leave, blank))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut(self, keys, self.note)
        next(blank for blank in self._blanks if not blank.isHidden()).setFocus()

    @property
    def chosen(self) -> PaperState:
        """Where the papers went."""
        given = self.state.chosen
        return given if isinstance(given, PaperState) else self._states[0]

    def note(self) -> None:
        """Note it, or say what is still to be filled in."""
        if any(blank.is_composing for blank in self._blanks):
            return
        today = self._desk.today()
        asked = [blank for blank in self._blanks if not blank.isHidden()]
        readings = {blank.key: blank.read(today) for blank in asked}
        for blank in asked:
            blank.show_trouble(readings[blank.key].trouble)
        wrong = next((blank for blank in asked if readings[blank.key].trouble), None)
        if wrong is not None:
            wrong.setFocus()
            return
        holder = readings["holder"].value if "holder" in readings else ""
        assert self.wanted is not None
        if self.wanted(
            self.chosen,
            on=readings["day"].value,
            holder=holder,
            remarks=readings["remarks"].value,
        ):
            self.accept()

    def _leave(self, blank: Asked, step: int) -> None:
        asked = [one for one in self._blanks if not one.isHidden()]
        place = asked.index(blank) + step
        if place >= len(asked):
            self.note()
        elif place >= 0:
            asked[place].setFocus()

    def _show_holder(self) -> None:
        self.holder.setVisible(self.chosen is PaperState.SENT)

    def _lay_out(self, many: int) -> None:
        theme = self._desk.theme
        column = QVBoxLayout(self)
        theme.space(column, 20, 16, 20, 16, gap=12)
        column.addWidget(label(f"{self.windowTitle()}　{many}份文书", "heading"))
        for blank in self._blanks:
            column.addWidget(blank)
        acts = QHBoxLayout()
        theme.space(acts, gap=8)
        acts.addWidget(label("Enter 下一格", "small"))
        acts.addStretch(1)
        acts.addWidget(button("取消", self.reject, key="Esc"))
        acts.addWidget(button("记下", self.note, role="strong", key="Ctrl+Enter"))
        column.addLayout(acts)
        theme.fix(self, width=_WIDTH)
