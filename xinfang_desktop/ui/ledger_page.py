"""LedgerPage: every matter of the office, found as one types, narrowed, ordered, given out."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.models import Right

from .desk import Desk
from .finder import Asked, Finder
from .ledger_filters import OTHERS, FilterBar
from .ledger_kept import Liking, keep_liking, liking
from .ledger_model import LedgerModel
from .ledger_table import LedgerTable
from .ledger_views import ALL, SPECIAL, ViewsBar
from .page import Page
from .widgets.cards import EmptyAdvice
from .widgets.words import Hint, button, label, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.casework.ledger import LedgerLine
    from xinfang_desktop.casework.search import Filter, Totals
    from xinfang_desktop.casework.views import View

BATCH_PAPER = "visit_registration"
MOST_IN_A_BATCH = 200
MOST_ADDED_UP = 200_000
_TOTALS, _VIEWS = "totals", "views"
_NOTHING_YET = ("台账里还没有信访件", "按 Ctrl+N 登记第一件。")
_NOTHING_FOUND = (
    "没有找到",
    "换几个字再试：姓名、拼音、证件尾号、电话、编号、诉求里的字都可以；按 Esc 清空。",
)
_NONE_SUCH = ("这一类没有信访件", "按 Alt+0 清除筛选，或按上面的「全部」看整本台账。")
_NOT_TWO = "并件要选中两件（Shift+↑↓，或按住 Ctrl 点选），也可以只选一件再写另一件的编号。"
_NOTHING_TO_PRINT = "这里没有可以打印的事项"


class LedgerPage(Page):
    """The ledger.

    Signals:
        matter_requested(number): somebody wants to see this matter.
        merging_requested(number, other): these two are to become one; ``other`` may be open still.
        search_requested(): the keyboard goes back to the search box.
        words_shown(words): these words are looked for now; the search box is to show them.
        taking_in_requested(): a foreign ledger is to be taken in.
    """

    title = "台账"
    help_topic = "ledger"
    matter_requested = Signal(str)
    merging_requested = Signal(str, str)
    search_requested = Signal()
    words_shown = Signal(str)
    taking_in_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._words = ""
        self._kept_id: int | None = None
        self._is_whole = True
        self._liking = liking(desk)
        self._model = LedgerModel(self._read_rows, self._liking.columns)
        self._model.setParent(self)
        self._finder, self._counter = Finder(desk, self), Finder(desk, self)
        self.table = LedgerTable(self._model, desk.theme, many=True)
        self.views = ViewsBar(desk)
        self.filters = FilterBar(desk.theme)
        self._empty = EmptyAdvice(desk.theme)
        self._summary = label("", "quiet")
        self._totals = label("", "quiet")
        self._lay_out()
        self._show_liking()
        self._connect()

    @property
    def finder(self) -> Finder:
        """What looks matters up; it says when an answer is there."""
        return self._finder

    @property
    def counter(self) -> Finder:
        """What counts: views, values of facets, the selection."""
        return self._counter

    @property
    def advice(self) -> str:
        """What the empty list says; nothing while there is something in it."""
        return self._empty.title if self._stack.currentIndex() else ""

    @property
    def asked(self) -> Asked:
        """What the list shows: words, filter and order."""
        from xinfang_desktop.casework.filters import both

        return Asked(self._words, both(self.views.view.where, self.filters.where), self._sort)

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of the columns that are shown."""
        return tuple(column.key for column in self._model.columns)

    @property
    def is_whole(self) -> bool:
        """Whether every matter that was asked for is in the list already."""
        return self._is_whole

    @property
    def told(self) -> str:
        """What the list is narrowed to, as it is read: the view, the filters, never the words."""
        view = "" if self.views.key == ALL else self.views.view.name
        return "　".join(filter(None, (view, self.filters.words)))

    @property
    def file_title(self) -> str:
        """What a file of the list is called: nothing that somebody typed is in it."""
        ready = self.views.view.id is None and self.views.key not in (ALL, SPECIAL)
        return f"台账 {self.views.view.name}" if ready else "台账"

    def search(self, words: str) -> None:
        """Show the matters that hold these words, in the view and filters that are on."""
        if words != self._words:
            self._words = words
            self._ask(stays=False)

    def show_only(self, title: str, where: Filter) -> None:
        """Show exactly these matters, whatever was searched before."""
        self._words = ""
        self.filters.forget()
        self.views.show_special(title, where)
        self._ask()

    def forget_words(self) -> None:
        """Look for nothing any more: whoever comes back finds the whole list."""
        self._words = ""
        if self.views.view.words:
            self.views.mark(ALL)

    def refresh(self) -> None:
        """Ask again; the bar stays on its matter."""
        self.views.refresh()
        self._ask()
        self._count_views()

    def take_focus(self) -> None:
        """Put the keyboard on the list."""
        if not self.table.currentIndex().isValid():
            self.table.choose(0)
        self.table.setFocus()

    def chosen_ids(self) -> array[int] | None:
        """Give the selected matters where several are, else None: all of the list is meant."""
        ids = array("q")
        for rows in self.table.selected:
            ids.extend(self._model.ids[rows.start : rows.stop])
        return ids if len(ids) > 1 else None

    def export(self) -> None:
        """Write what is shown, or selected, to a file (Ctrl+E)."""
        from .ledger_export import ExportDialog

        if self._model.rowCount():
            ExportDialog(self, self).open()

    def print_list(self) -> None:
        """Print what is shown, or selected, as a table (Ctrl+P)."""
        from .ledger_print import print_list

        if self._model.rowCount():
            print_list(self)

    def print_all(self) -> None:
        """Print the registration form of every matter shown, or selected (Ctrl+Shift+P)."""
        from xinfang_desktop.models import PetitionState

        from .batch_print import BatchDialog, issuing_job
        from .issuing import Issuing

        ids = self.chosen_ids() or self._model.ids
        shown = self._read_rows(ids[:MOST_IN_A_BATCH])
        numbers = [row.number for row in shown if row.state is PetitionState.REGISTERED]
        if not numbers:
            self.desk.told.emit(_NOTHING_TO_PRINT)
            return
        maker = Issuing(self.desk).makers[BATCH_PAPER]
        jobs = [issuing_job(self.desk, maker, number) for number in numbers]
        dialog = BatchDialog(self.desk, jobs, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def merge(self) -> None:
        """Make the two matters that are selected one, or ask for the other one (Ctrl+M)."""
        chosen = self.chosen_ids() or array("q", [self._current_id() or 0])
        numbers = [row.number for row in self._read_rows(chosen[:3])]
        if len(numbers) in (1, 2):
            self.merging_requested.emit(numbers[0], "".join(numbers[1:]))
        else:
            self.desk.told.emit(_NOT_TWO)

    def choose_columns(self) -> None:
        """Choose the columns and the order (Ctrl+Shift+L)."""
        from .ledger_columns import ColumnsDialog

        dialog = ColumnsDialog(self.desk.theme, self.columns, self._sort, self)
        dialog.decided.connect(self.show_columns)
        dialog.open()

    def show_columns(self, columns: Sequence[str], sort: object) -> None:
        """Show these columns in this order of lines, and remember it for this account."""
        from xinfang_desktop.casework.ledger import SHOWN
        from xinfang_desktop.casework.search import Sort

        usual = tuple(columns) == SHOWN
        order = sort if isinstance(sort, Sort) else None
        changed = replace(self._liking, columns=() if usual else tuple(columns), sort=order)
        self._like(changed)
        self._ask()

    def sort_by(self, key: str) -> None:
        """Order the list by a column; again the other way round, and once more as it was."""
        from xinfang_desktop.casework.search import Sort

        turns: dict[Sort | None, Sort | None] = {
            Sort(key): Sort(key, descending=True),
            Sort(key, descending=True): None,
        }
        self._like(replace(self._liking, sort=turns.get(self._sort, Sort(key))))
        self._ask()

    def keep_view(self) -> None:
        """Keep what is shown as a view (Ctrl+Shift+S)."""
        from xinfang_desktop.casework.views import View

        asked = self.asked
        self.views.keep(View("", asked.words, asked.where, self._liking.columns, sort=self._sort))

    @property
    def _sort(self) -> Any:  # noqa: ANN401 - Sort, which is imported late
        return self._liking.sort

    def _read_rows(self, ids: Sequence[int]) -> list[LedgerLine]:
        from xinfang_desktop.casework.search import rows

        return self.desk.read(lambda session: rows(session, ids))

    # asking and showing

    def _ask(self, *, stays: bool = True) -> None:
        """Ask again; the bar stays on its matter, or begins at the top."""
        from xinfang_desktop.casework.grammar import read

        self._kept_id = self._current_id() if stays else None
        self._model.mark(read(self._words, self.desk.today()) if self._words.strip() else None)
        self._finder.find(self.asked)

    def _show_first(self, ids: array[int]) -> None:
        self._is_whole = False
        self._model.show_ids(ids)
        self.table.choose(self._row_of_kept())
        self._stack.setCurrentIndex(0 if ids else 1)
        self._summary.setText("正在数…")
        if not ids:
            self._empty.say(*self._advice())

    def _show_all(self, ids: array[int]) -> None:
        shown = self._model.ids
        row = self.table.currentIndex().row()
        if ids[: len(shown)] == shown:
            self._model.add_ids(ids[len(shown) :])
        else:
            self._model.show_ids(ids)
        self._is_whole = True
        if row <= 0:
            self.table.choose(self._row_of_kept())
        self._summary.setText(f"共 {len(ids)} 件")

    def _row_of_kept(self) -> int:
        ids, kept = self._model.ids, self._kept_id
        return ids.index(kept) if kept is not None and kept in ids else 0

    def _advice(self) -> tuple[str, str]:
        if self._words.strip():
            return _NOTHING_FOUND
        is_all = self.views.key == ALL and not self.filters.where
        return _NOTHING_YET if is_all else _NONE_SUCH

    def _current_id(self) -> int | None:
        row = self.table.currentIndex().row()
        return self._model.ids[row] if 0 <= row < len(self._model.ids) else None

    def _open(self, row: int) -> None:
        line = self._model.line(row)
        if line is not None:
            self.matter_requested.emit(line.number)

    def _changed(self, kinds: frozenset[type]) -> None:
        if self.isVisible() and any(kind.__name__ in _SHOWN_KINDS for kind in kinds):
            self.refresh()

    # views, filters, columns

    def _show_view(self, view: View) -> None:
        """Show a view: its words, its filter, its columns and order where it has its own."""
        self.filters.forget()
        self._words = view.words
        self.words_shown.emit(view.words)
        own = liking(self.desk)
        if view.id is not None:
            own = replace(own, columns=view.columns or own.columns, sort=view.sort)
        self._liking = own
        self._show_liking()
        self._ask()

    def _like(self, liked: Liking) -> None:
        """Show the list so; a kept view has columns of its own, else they are the account's."""
        self._liking = liked
        if self.views.view.id is None:
            keep_liking(self.desk, liked)
        self._show_liking()

    def _show_liking(self) -> None:
        self._model.show_columns(self._liking.columns)
        self.table.show_widths(self._liking.widths, usual=not self._liking.columns)
        self._model.show_order(self._sort)

    def _keep_widths(self, widths: dict[str, int]) -> None:
        self._liking = replace(self._liking, widths=widths)
        keep_liking(self.desk, replace(liking(self.desk), widths=widths))

    # counting

    def _count_views(self) -> None:
        from xinfang_desktop.casework.search import count

        viewer, today = self.desk.viewer, self.desk.today()
        views = self.views.filters
        self._counter.ask(
            _VIEWS,
            lambda source: {
                key: count(source, view.words, viewer=viewer, today=today, **view.where)
                for key, view in views.items()
            },
        )

    def _count_facet(self, key: str) -> None:
        from xinfang_desktop.casework.search import facet_counts, flag_counts

        viewer, today, asked = self.desk.viewer, self.desk.today(), self.asked
        counted = flag_counts if key == OTHERS else partial(facet_counts, facet=key)
        self._counter.ask(
            key,
            lambda source: counted(
                source, words=asked.words, viewer=viewer, today=today, **asked.where
            ),
        )

    def _add_up(self) -> None:
        """Add up what is selected, where several are."""
        ids = self.chosen_ids()
        self._merge.setVisible(ids is not None and len(ids) == 2)
        self._counter.drop(_TOTALS)
        self._totals.setText("")
        if ids is None:
            return
        if len(ids) > MOST_ADDED_UP:
            self._totals.setText(f"选中 {len(ids)} 件")
            return
        from xinfang_desktop.casework.search import totals

        viewer = self.desk.viewer
        self._counter.ask(_TOTALS, lambda source: totals(source, ids, viewer=viewer))

    def _answered(self, key: str, answer: Any) -> None:  # noqa: ANN401 - by its key
        if key == _VIEWS:
            self.views.chips.show_counts(answer)
        elif key == _TOTALS:
            self._totals.setText(_added_up(answer))
        else:
            self.filters.show_counts(key, answer)

    def _connect(self) -> None:
        self._finder.found.connect(self._show_first)
        self._finder.completed.connect(self._show_all)
        self._counter.answered.connect(self._answered)
        self.views.chosen.connect(self._show_view)
        self.views.keeping_wanted.connect(self.keep_view)
        self.filters.changed.connect(lambda: self._ask(stays=False))
        self.filters.counts_wanted.connect(self._count_facet)
        self.table.opened.connect(self._open)
        self.table.left_upwards.connect(self.search_requested)
        self.table.sort_requested.connect(self.sort_by)
        self.table.widths_changed.connect(self._keep_widths)
        self.table.selection_moved.connect(self._add_up)
        self.desk.changed.connect(self._changed)
        for keys, act in (
            ("Ctrl+E", self.export),
            ("Ctrl+I", self.taking_in_requested.emit),
            ("Ctrl+P", self.print_list),
            ("Ctrl+Shift+P", self.print_all),
            ("Ctrl+Shift+L", self.choose_columns),
            ("Ctrl+Shift+S", self.keep_view),
            ("Alt+0", self.filters.clear),
            ("Ctrl+M", self.merge),
        ):
            shortcut(self, keys, act)

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
        self.desk.theme.space(foot, gap=12)
        foot.addWidget(self._summary)
        foot.addWidget(self._totals)
        foot.addWidget(Hint("↑↓ 移动 · Enter 打开 · Shift+↑↓ 多选 · Ctrl+F 查找"))
        foot.addStretch(1)
        self._merge = button("并件", self.merge, key="Ctrl+M")
        self._merge.hide()
        foot.addWidget(self._merge)
        foot.addWidget(button("列", self.choose_columns, key="Ctrl+Shift+L"))
        foot.addWidget(button("批量打印", self.print_all, key="Ctrl+Shift+P"))
        foot.addWidget(button("打印列表", self.print_list, key="Ctrl+P"))
        foot.addWidget(button("导出", self.export, key="Ctrl+E"))
        if self.desk.may(Right.WORK):
            foot.addWidget(button("导入", self.taking_in_requested.emit))
        column = QVBoxLayout(self)
        self.desk.theme.space(column, 20, 12, 20, 10, gap=8)
        column.addWidget(self.views)
        column.addWidget(self.filters)
        column.addWidget(listing, 1)
        column.addLayout(foot)


_SHOWN_KINDS = ("Petition", "Petitioner", "FollowUp")


def _added_up(totals: Totals) -> str:
    channels = "　".join(f"{one.label} {number}" for one, number in totals.channels.items())
    return f"选中 {totals.matters} 件 · {totals.headcount} 人 · {channels}"
