"""ListsPage: a page of a few lists, one shown at a time; what they hold is the casework's."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework.filters import Filter
from xinfang_desktop.models import Viewer

from .desk import Desk
from .page import Page
from .widgets.cards import EmptyAdvice
from .widgets.chips import Chips
from .widgets.table import Table
from .widgets.words import Hint, button, shortcut

Line = TypeVar("Line", bound="NumberedLine", covariant=True)


class NumberedLine(Protocol):
    """A line of a list: of which matter it is."""

    @property
    def number(self) -> str:
        """The number of the matter."""
        ...


class OneList(Protocol):
    """A list as the casework names it."""

    @property
    def key(self) -> str:
        """What it is asked for by."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def told(self) -> str:
        """What is on it, in a sentence."""
        ...


class Lists(Protocol[Line]):
    """The lists of a room: a module of the casework."""

    @property
    def LISTS(self) -> Sequence[OneList]:
        """The lists in their order."""
        ...

    def lines(self, session: Any, /, key: str, on: date, *, viewer: Viewer) -> Sequence[Line]:  # noqa: ANN401
        """Give the lines of one of them."""
        ...

    def counts(self, session: Any, /, on: date, *, viewer: Viewer) -> dict[str, int]:  # noqa: ANN401
        """Give how many each of them has."""
        ...

    def ids(self, session: Any, /, key: str, on: date, *, viewer: Viewer) -> array[int]:  # noqa: ANN401
        """Give the ids of the matters on one of them."""
        ...


class ListsPage(Page):
    """The lists of a room.

    ``nothing`` says of each list what to tell where it is empty. A page that has them says by
    ``fill()`` how their lines are shown.

    Signals:
        matter_requested(number): somebody wants to see this matter.
        list_requested(title, filter): somebody wants these matters in the ledger.
    """

    matter_requested = Signal(str)
    list_requested = Signal(str, object)

    def __init__(
        self,
        desk: Desk,
        lists: Lists[NumberedLine],
        table: Table,
        nothing: Mapping[str, tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self._lists, self._nothing = lists, nothing
        self._shown: Sequence[NumberedLine] = ()
        self.table = table
        self.chips = Chips("看哪些", [(one.key, one.title) for one in lists.LISTS], desk.theme)
        self.told = Hint("")
        self._empty = EmptyAdvice(desk.theme)
        self._lay_out_lists()
        self.chips.chosen.connect(lambda _: self.chose_list())
        table.opened.connect(self._open)
        desk.changed.connect(self._changed)
        shortcut(self, "Ctrl+Shift+L", self._to_ledger)

    def fill(self, lines: Sequence[Any]) -> None:
        """Put the lines of the list that is shown into the table."""
        raise NotImplementedError

    @property
    def advice(self) -> str:
        """What the empty list says; nothing while there is something in it."""
        return self._empty.title if self._stack.currentIndex() else ""

    def show_list(self, key: str) -> None:
        """Show one of the lists."""
        self.chips.mark(key)
        self.refresh()

    def chose_list(self) -> None:
        """The clerk chose another list."""
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        key, on = self.chips.key, self.desk.today()
        self.desk.run(partial(self.desk.read, partial(self._read, key, on)), self._show)

    def take_focus(self) -> None:
        """Begin in the list, or at the choice where it is empty."""
        (self.table if self._shown else self.chips).setFocus()

    def _read(self, key: str, on: date, session: Any) -> _Answer:  # noqa: ANN401 - the store's own
        viewer = self.desk.viewer
        return (
            key,
            self._lists.lines(session, key, on, viewer=viewer),
            self._lists.counts(session, on, viewer=viewer),
        )

    def _show(self, answer: _Answer) -> None:
        key, lines, counts = answer
        self.chips.show_counts(counts)
        if key != self.chips.key:
            return
        had_focus = self.table.hasFocus() or self.chips.hasFocus()
        self._shown = lines
        self.told.setText(next(one.told for one in self._lists.LISTS if one.key == key))
        self.fill(lines)
        self._empty.say(*self._nothing[key])
        self._stack.setCurrentIndex(0 if lines else 1)
        if had_focus:
            self.take_focus()

    def _open(self, row: int) -> None:
        self.matter_requested.emit(self._shown[row].number)

    def _to_ledger(self) -> None:
        viewer, key, on = self.desk.viewer, self.chips.key, self.desk.today()
        found = self.desk.read(lambda session: self._lists.ids(session, key, on, viewer=viewer))
        self.list_requested.emit(self.chips.title, Filter(among=tuple(found)))

    def _changed(self, _: frozenset[type]) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out_lists(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = self.bar = QHBoxLayout(bar)
        self.desk.theme.space(row, 16, 8, 16, 8, gap=10)
        row.addWidget(self.chips, 1)
        row.addWidget(self._ledger_button())
        listing = QWidget()
        self._stack = QStackedLayout(listing)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(listing, 1)

    def _ledger_button(self) -> QPushButton:
        to_ledger = button("在台账中打开", self._to_ledger, key="Ctrl+Shift+L")
        to_ledger.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return to_ledger


_Answer = tuple[str, Sequence[NumberedLine], dict[str, int]]
