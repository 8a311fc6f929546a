"""TakingInPage (台账·导入): a foreign ledger comes in, step by step, and nothing is guessed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xinfang_desktop.casework.taking_in import checking, columns, entering, repairs
from xinfang_desktop.casework.taking_in.planning import NoHeadsError, plan
from xinfang_desktop.casework.taking_in.workbook import Book, read_book
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.page import Page
from xinfang_desktop.ui.printing import write_new
from xinfang_desktop.ui.statistics_paper import export_folder
from xinfang_desktop.ui.widgets.chips import Chips
from xinfang_desktop.ui.widgets.words import label, shortcut

from .check_view import CheckView
from .columns_view import ColumnsView
from .done_view import DoneView
from .start_view import CHOOSE_KEY, StartView
from .waiting_view import WaitingView
from .working import Progress, Working

if TYPE_CHECKING:
    from xinfang_desktop.casework.taking_in.checking import Checked
    from xinfang_desktop.casework.taking_in.entering import TakenIn
    from xinfang_desktop.casework.taking_in.planning import SheetPlan

START, COLUMNS, CHECK, DONE, WAITING = "start", "columns", "check", "done", "waiting"
STEPS = (
    (START, "1 选文件"),
    (COLUMNS, "2 各列是什么"),
    (CHECK, "3 核对"),
    (DONE, "4 导入"),
    (WAITING, "待补正"),
)
_FILES = "台账 (*.xlsx *.xlsm *.xls *.csv *.txt);;所有文件 (*)"
_NO_SHEET = "没有要导入的工作表，没有核对；请至少选一张。"
_KEPT = "已保存：{path}"
_STAYS = "已取消，这次导入没有撤回；数据没有改动。"
_WITHDRAWN = "已撤回《{file}》的导入"


class _Opened(NamedTuple):
    """A file that was read, and how; no plans where it has no heads."""

    book: Book
    plans: list[SheetPlan]


class _Found(NamedTuple):
    """A dry run, and when the very same file came in before."""

    checked: list[Checked]
    before: datetime | None


class TakingInPage(Page):
    """The import of ledgers.

    Signals:
        list_requested(title, filter): somebody wants to see what came in.
        draft_requested(draft): a row goes on in the registration form.
        closed(): Esc in the first step.
    """

    title = "导入台账"
    help_topic = "taking_in"
    list_requested = Signal(str, object)
    draft_requested = Signal(int)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._book: Book | None = None
        self._is_stale = False
        self.steps = Chips("步骤", STEPS, desk.theme)
        self.start = StartView(desk.theme)
        self.columns = ColumnsView(desk.theme)
        self.check = CheckView(desk.theme)
        self.done = DoneView(desk.theme)
        self.waiting = WaitingView(desk)
        self._file = label("", "quiet")
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._allow()

    @property
    def step(self) -> str:
        """The step that is shown."""
        return self.steps.key

    def refresh(self) -> None:
        """Read the imports and what waits again."""
        viewer = self.desk.viewer
        ledgers = self.desk.look(lambda session: entering.ledgers(session, viewer=viewer))
        self.start.show_ledgers(ledgers or [])
        self.waiting.refresh()
        self._count_waiting()

    def take_focus(self) -> None:
        """Put the keyboard where the step begins."""
        self._views[self.step].take_focus()

    def choose(self) -> None:
        """Ctrl+O: choose a file."""
        kept = self.desk.preferences.now.export_folder
        chosen, _ = QFileDialog.getOpenFileName(self, "选要导入的台账", kept or "", _FILES)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Read a file and propose what its columns are."""
        work = partial(self._read_file, path)
        Working(self.desk, "正在读取", self).begin(work, self._opened)

    def check_rows(self) -> None:
        """Check every row; how the columns are read is kept for the next time."""
        plans = [one for one in self.columns.plans if one.is_wanted]
        if not plans or self._book is None:
            self.desk.failed.emit(_NO_SHEET)
            return
        self._keep_columns(plans)
        options = self.check.options(self.columns.options)
        work = partial(self._check, self._book, [one.part() for one in plans], options)
        Working(self.desk, "正在核对", self).begin(work, self._checked)

    def take_in(self) -> None:
        """Enter what is ready; all of it or nothing."""
        if self._book is None or not self.check.act.isEnabled():
            return
        if self._is_stale:
            self.check_rows()
            return
        options = self.check.options(self.columns.options)
        work = partial(self._enter, self._book, self.check.checked, options)
        Working(self.desk, "正在导入", self).begin(work, self._entered)

    def go_back(self) -> None:
        """Esc: one step back; from the first, leave."""
        before = {COLUMNS: START, CHECK: COLUMNS}.get(self.step, START)
        if self.step == START:
            self.closed.emit()
        else:
            self.show_step(before)

    def show_step(self, key: str) -> None:
        """Show a step."""
        self.steps.mark(key)
        self._switch(key)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.open(Path(files[0]))

    # in the thread

    def _read_file(self, path: Path, progress: Progress) -> _Opened:
        book = read_book(path)
        try:
            plans = self._planned(book)
        except NoHeadsError:
            plans = []
        if progress.is_cancelled():
            raise OfficeError(checking.CANCELLED)
        return _Opened(book, plans)

    def _planned(self, book: Book, *, without_heads: bool = False) -> list[SheetPlan]:
        return self.desk.read(
            lambda s: plan(book, partial(columns.kept_for, s), without_heads=without_heads)
        )

    def _check(
        self,
        book: Book,
        parts: list[checking.Part],
        options: checking.Options,
        progress: Progress,
    ) -> _Found:
        viewer, today = self.desk.viewer, self.desk.today()

        def work(session: Any) -> _Found:  # noqa: ANN401 - the store's own
            rows = checking.check(
                session,
                parts,
                options,
                viewer=viewer,
                today=today,
                tell=progress.tell,
                is_cancelled=progress.is_cancelled,
            )
            return _Found(rows, entering.taken_before(session, book.digest))

        return self.desk.read(work)

    def _enter(
        self, book: Book, rows: list[Checked], options: checking.Options, progress: Progress
    ) -> tuple[TakenIn, frozenset[type]]:
        store, viewer, now = self.desk.store, self.desk.viewer, self.desk.now()
        return store.do(
            lambda session: entering.take_in(
                session,
                store.vault,
                book,
                rows,
                options,
                viewer=viewer,
                now=now,
                tell=progress.tell,
                is_cancelled=progress.is_cancelled,
            )
        )

    # back on the window's thread

    def _opened(self, opened: _Opened) -> None:
        self._book = opened.book
        self._file.setText(opened.book.name)
        if opened.plans:
            self._show_plans(opened.plans)
        else:
            self.start.ask_about_heads(True)
            self._allow()
            self.show_step(START)

    def _read_without_heads(self, without: bool = True) -> None:
        book = self._book
        if book is not None:
            Working(self.desk, "正在读取", self).begin(
                lambda _: self._planned(book, without_heads=without),
                self._show_plans,
                self._stays_as_read,
            )

    def _stays_as_read(self, sentence: str) -> None:
        self.desk.failed.emit(sentence)
        self.columns.show_plans(self.columns.plans)

    def _show_plans(self, plans: list[SheetPlan]) -> None:
        self.start.ask_about_heads(False)
        self.columns.show_plans(plans)
        self._allow(COLUMNS)
        self.show_step(COLUMNS)

    def _checked(self, found: _Found) -> None:
        self._is_stale = False
        self.check.show_checked(found.checked, found.before)
        self._allow(COLUMNS, CHECK)
        self.show_step(CHECK)

    def _entered(self, outcome: tuple[TakenIn, frozenset[type]]) -> None:
        taken, kinds = outcome
        self.done.show_taken(taken.ledger)
        self._book = None
        self._file.setText("")
        self._allow(DONE)
        self.show_step(DONE)
        self.desk.changed.emit(kinds)
        self.desk.tell_undoable(self.done.sentence)

    def _withdrawn(self, outcome: tuple[Any, frozenset[type]]) -> None:
        (name, _), kinds = outcome
        self.desk.changed.emit(kinds)
        self.desk.tell_undoable(_WITHDRAWN.format(file=name))
        self.take_focus()

    # acts beside the steps

    def _withdraw(self, ledger_id: int) -> None:
        store, viewer, now = self.desk.store, self.desk.viewer, self.desk.now()

        def work(progress: Progress, session: Any) -> tuple[str, int]:  # noqa: ANN401
            count = entering.withdraw(session, ledger_id, viewer=viewer, now=now)
            if progress.is_cancelled():
                raise OfficeError(_STAYS)
            return entering.name_of(session, ledger_id), count

        Working(self.desk, "正在撤回", self).begin(
            lambda progress: store.do(partial(work, progress)), self._withdrawn
        )

    def _show_matters(self, ledger_id: int) -> None:
        viewer = self.desk.viewer
        found = self.desk.look(lambda s: entering.matters_of(s, ledger_id, viewer=viewer))
        if found is not None:
            title, ids = found
            self.list_requested.emit(f"导入：{title}", {"among": tuple(ids)})

    def _keep_original(self, ledger_id: int) -> None:
        """Write the file that was taken in beside the exports, as it was."""
        desk, viewer = self.desk, self.desk.viewer

        def work() -> str:
            name, kept = desk.read(lambda s: entering.taken_out(s, ledger_id, viewer=viewer))
            path = Path(name)
            content = desk.store.vault.read(kept)
            return str(write_new(export_folder(desk), path.stem, path.suffix, content))

        desk.run(work, lambda path: desk.told.emit(_KEPT.format(path=path)))

    def _keep_report(self, ending: str) -> None:
        from xinfang_desktop.reports.taking_in import report

        if self._book is None:
            return
        desk, rows, now = self.desk, self.check.checked, self.desk.now()
        name, stem = self._book.name, f"导入核对 {now:%Y-%m-%d %H%M}"

        def work() -> str:
            content = report(rows, name, ending, at=now)
            return str(write_new(export_folder(desk), stem, ending, content))

        desk.run(work, lambda path: desk.told.emit(_KEPT.format(path=path)))

    def _keep_columns(self, plans: list[SheetPlan]) -> None:
        now = self.desk.now()

        def work(session: Any) -> None:  # noqa: ANN401 - the store's own
            for one in plans:
                part = one.part()
                columns.keep(session, part.table, part.arrangement, now=now)

        self.desk.attempt(work)

    def _count_waiting(self) -> None:
        viewer = self.desk.viewer
        waiting = self.desk.look(lambda s: repairs.count_waiting(s, viewer=viewer)) or 0
        self.steps.show_counts({WAITING: waiting} if waiting else {})

    # inside

    def _allow(self, *steps: str) -> None:
        """Offer these steps besides the first and the list of what waits."""
        for key, _ in STEPS:
            self.steps.show_choice(key, visible=key in (START, WAITING, *steps))

    def _switch(self, key: str) -> None:
        self._stack.setCurrentWidget(self._views[key])
        self._views[key].take_focus()

    def _go_on(self) -> None:
        """Ctrl+Enter: the act of the step."""
        acts = {START: self.choose, COLUMNS: self.check_rows, CHECK: self.take_in}
        if act := acts.get(self.step):
            act()

    def _changed(self, kinds: frozenset[type]) -> None:
        names = {kind.__name__ for kind in kinds}
        if "Petition" in names:
            self._is_stale = True
        if self.isVisible() and names & _SHOWN_KINDS:
            self.refresh()

    def _connect(self) -> None:
        self.steps.chosen.connect(self._switch)
        self.start.choose_wanted.connect(self.choose)
        self.start.without_heads_wanted.connect(self._read_without_heads)
        self.start.opened.connect(self._show_matters)
        self.start.original_wanted.connect(self._keep_original)
        self.start.withdraw_wanted.connect(self._withdraw)
        self.columns.wanted.connect(self.check_rows)
        self.columns.heads_changed.connect(self._read_without_heads)
        self.check.again_wanted.connect(self.check_rows)
        self.check.import_wanted.connect(self.take_in)
        self.check.report_wanted.connect(self._keep_report)
        self.done.open_wanted.connect(self._show_matters)
        self.done.waiting_wanted.connect(partial(self.show_step, WAITING))
        self.waiting.draft_requested.connect(self.draft_requested)
        self.waiting.changed.connect(self._count_waiting)
        self.desk.changed.connect(self._changed)
        for keys, act in (
            (CHOOSE_KEY, self.choose),
            ("Ctrl+Return", self._go_on),
            ("Ctrl+Enter", self._go_on),
            ("Esc", self.go_back),
        ):
            shortcut(self, keys, act)

    def _lay_out(self) -> None:
        theme = self.desk.theme
        self._views: dict[str, Any] = {
            START: self.start,
            COLUMNS: self.columns,
            CHECK: self.check,
            DONE: self.done,
            WAITING: self.waiting,
        }
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        theme.space(row, 16, 8, 16, 8, gap=12)
        row.addWidget(self.steps, 1)
        row.addWidget(self._file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)


_SHOWN_KINDS = {"Petition", "TakenInLedger", "TakenInRow"}
