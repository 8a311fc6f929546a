"""LedgerPage: every matter of the office, found as one types."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from .desk import Desk
from .finder import Finder
from .ledger_choices import ALL, CHOICES, SPECIAL, choice_of, filters
from .ledger_export import export
from .ledger_model import LedgerModel
from .ledger_table import LedgerTable
from .page import Page
from .widgets.cards import EmptyAdvice
from .widgets.chips import Chips
from .widgets.words import Hint, button, label, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.casework.search import Filter, LedgerRow

BATCH_PAPER = "visit_registration"
MOST_IN_A_BATCH = 200
_NOTHING_YET = ("台账里还没有信访件", "按 Ctrl+N 登记第一件。")
_NOTHING_FOUND = (
    "没有找到",
    "换几个字再试：姓名、证件尾号、电话、编号、诉求里的字都可以；按 Esc 清空。",
)
_NONE_SUCH = ("这一类没有信访件", "按上面的「全部」看整本台账。")


class LedgerPage(Page):
    """The ledger.

    Signals:
        matter_requested(number): somebody wants to see this matter.
        search_requested(): the keyboard goes back to the search box.
    """

    title = "台账"
    help_topic = "ledger"
    matter_requested = Signal(str)
    search_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._words = ""
        self._special: Filter = {}
        self._kept_id: int | None = None
        self._model = LedgerModel(self._read_rows)
        self._model.setParent(self)
        self._finder = Finder(desk, self)
        self.table = LedgerTable(self._model, desk.theme)
        titles = [(key, title) for key, title, _ in CHOICES]
        self.chips = Chips("筛选", [*titles, (SPECIAL, "所选")], desk.theme)
        self.chips.show_choice(SPECIAL, visible=False)
        self._empty = EmptyAdvice(desk.theme)
        self._summary = label("", "quiet")
        self._lay_out()
        self._connect()

    @property
    def finder(self) -> Finder:
        """What looks matters up; it says when an answer is there."""
        return self._finder

    @property
    def advice(self) -> str:
        """What the empty list says; nothing while there is something in it."""
        return self._empty.title if self._stack.currentIndex() else ""

    def search(self, words: str) -> None:
        """Show the matters that hold these words, in the choice made."""
        if words != self._words:
            self._words = words
            self._ask()

    def show_only(self, title: str, where: Filter) -> None:
        """Show exactly these matters, whatever was searched before."""
        self._words = ""
        key = choice_of(where, self.desk.today())
        if key == SPECIAL:
            self._special = where
            self.chips.rename(SPECIAL, title)
        self._choose(key)
        self._ask()

    def refresh(self) -> None:
        """Ask again; the bar stays on its matter."""
        self._ask()
        self._finder.count(filters(self.desk.today()))

    def take_focus(self) -> None:
        """Put the keyboard on the list."""
        if not self.table.currentIndex().isValid():
            self.table.choose(0)
        self.table.setFocus()

    def export(self) -> None:
        """Write the shown list to a spreadsheet (Ctrl+E)."""
        if self._model.rowCount():
            title = "" if self.chips.key == ALL else self.chips.title
            export(self.desk, title, self._words, self._where())

    def print_all(self) -> None:
        """Print the registration form of every matter shown (Ctrl+Shift+P)."""
        from xinfang_desktop.models import PetitionState

        from .batch_print import BatchDialog, issuing_job
        from .issuing import Issuing

        shown = self._read_rows(self._model.ids[:MOST_IN_A_BATCH])
        numbers = [row.number for row in shown if row.state is PetitionState.REGISTERED]
        if not numbers:
            self.desk.told.emit("这里没有可以打印的事项")
            return
        maker = Issuing(self.desk).makers[BATCH_PAPER]
        jobs = [issuing_job(self.desk, maker, number) for number in numbers]
        dialog = BatchDialog(self.desk, jobs, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_rows(self, ids: Sequence[int]) -> list[LedgerRow]:
        from xinfang_desktop.casework.search import rows

        return self.desk.read(lambda session: rows(session, ids))

    def _where(self) -> Filter:
        key = self.chips.key
        return self._special if key == SPECIAL else filters(self.desk.today())[key]

    def _ask(self) -> None:
        self._finder.find(self._words, self._where())

    def _choose(self, key: str) -> None:
        self.chips.show_choice(SPECIAL, visible=key == SPECIAL)
        self.chips.mark(key)

    def _chosen(self, key: str) -> None:
        self._choose(key)
        self._ask()

    def _show(self, ids: array[int]) -> None:
        kept = self._current_id()
        self._model.show_ids(ids)
        row = ids.index(kept) if kept is not None and kept in ids else 0
        self.table.choose(row)
        self._summary.setText(f"共 {len(ids)} 件")
        self._stack.setCurrentIndex(0 if ids else 1)
        if not ids:
            self._empty.say(*self._advice())

    def _advice(self) -> tuple[str, str]:
        if self._words.strip():
            return _NOTHING_FOUND
        return _NOTHING_YET if self.chips.key == ALL else _NONE_SUCH

    def _current_id(self) -> int | None:
        row = self.table.currentIndex().row()
        return self._model.ids[row] if 0 <= row < len(self._model.ids) else None

    def _open(self, row: int) -> None:
        line = self._model.line(row)
        if line is not None:
            self.matter_requested.emit(line.number)

    def _changed(self, kinds: frozenset[type]) -> None:
        if self.isVisible() and any(kind.__name__ in ("Petition", "Petitioner") for kind in kinds):
            self.refresh()

    def _connect(self) -> None:
        self._finder.found.connect(self._show)
        self._finder.counted.connect(self.chips.show_counts)
        self.chips.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.table.left_upwards.connect(self.search_requested)
        self.desk.changed.connect(self._changed)
        shortcut(self, "Ctrl+E", self.export)
        shortcut(self, "Ctrl+Shift+P", self.print_all)

    def _lay_out(self) -> None:
        listing = QWidget()
        self._stack = QStackedLayout(listing)
        self._stack.addWidget(self.table)
        empty = QFrame()
        empty.setProperty("role", "card")
        inside = QVBoxLayout(empty)
        inside.addWidget(self._empty)
        self._stack.addWidget(empty)
        foot = QHBoxLayout()
        self.desk.theme.space(foot, gap=16)
        foot.addWidget(self._summary)
        foot.addWidget(Hint("↑↓ 移动 · Enter 打开 · Ctrl+F 查找"))
        foot.addStretch(1)
        foot.addWidget(button("批量打印", self.print_all, key="Ctrl+Shift+P"))
        foot.addWidget(button("导出 Excel", self.export, key="Ctrl+E"))
        column = QVBoxLayout(self)
        self.desk.theme.space(column, 20, 14, 20, 10, gap=10)
        column.addWidget(self.chips)
        column.addWidget(listing, 1)
        column.addLayout(foot)
