"""MatterPage: one matter with its paper, the preview of what will be printed, and its history."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework import drafts, matters, registration
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.models import Channel, IssuedPaper, Matter, PetitionState, Right

from .desk import Desk
from .drafting import Drafting
from .drafts_card import take_back_latest
from .history import History
from .issued_list import IssuedList
from .issuing import Issuing
from .page import Page
from .preview import Preview
from .print_dialog import DOCX, PDF, PrintDialog
from .printing import Paper
from .record_view import RecordView
from .registration_page import FORM_KEY, unsettled
from .widgets.chips import Chips
from .widgets.line import Line
from .widgets.words import Hint, button, label, restyle, shortcut

_VIEWS = (
    ("form", "表单"),
    ("preview", "打印预览"),
    ("issued", "已出文书"),
    ("history", "经过"),
)


ONE_ROW = 1190
"""The width, at 100 %, that the bar needs for all of it in one row."""


SHEET_KEY = "process_sheet_2211"
_UNSAVED = "有改动还没有保存，没有打印；请先按 Ctrl+S 保存，或按「放弃修改」，再打印。"
_RESTORED = "这一件有没保存的改动，已经恢复在表单里：Ctrl+S 保存，或按「放弃修改」。"


class MatterPage(Page):
    """A matter that is in the books.

    Signals:
        closed(): the clerk goes back.
        matter_requested(number): the clerk wants to see another matter.
        new_requested(): the clerk wants to register another.
        status_changed(words): what is kept and since when.
    """

    closed = Signal()
    matter_requested = Signal(str)
    new_requested = Signal()
    status_changed = Signal(str)

    title = "信访件"
    help_topic = "matter"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._number = ""
        self.view = RecordView(desk, FORMS[FORM_KEY], Matter(office=desk.office))
        self._drafting = Drafting(desk, self.view, FORM_KEY)
        self._drafting.status_changed.connect(self.status_changed)
        self.view.edited.connect(lambda _: self._show_acts())
        self.view.matter_requested.connect(self.matter_requested)
        self.preview = Preview(desk.theme)
        self.issuing = Issuing(desk)
        self.issued = IssuedList(desk, self.issuing)
        self.issued.look_requested.connect(self._look_at)
        self.issued.reprint_requested.connect(self._reprint)
        self.issued.continue_requested.connect(self._print_onwards)
        self.history = History(desk)
        self.history.matter_requested.connect(self.matter_requested)
        self._lay_out()
        self._bind_keys()

    @property
    def number(self) -> str:
        """The number of the matter shown."""
        return self._number

    def open(self, number: str) -> None:
        """Show the matter of ``number``; what was typed of another stays as its draft."""
        self.keep_draft()
        viewer = self.desk.viewer
        matter = self.desk.look(lambda session: matters.load_matter(session, number, viewer=viewer))
        if matter is None:
            return
        if matter.petition.number != self._number:
            self._show_usual_paper(matter)
        self._number = matter.petition.number
        if self._draft_is_open(matter):
            self.desk.told.emit(_RESTORED)
        else:
            self._drafting.show(matter)
            self.status_changed.emit("全部已保存")
        self._show_matter()

    def keep_draft(self) -> None:
        """Keep what is typed."""
        self._drafting.keep()

    def refresh(self) -> None:
        """Read the matter again, unless it is being changed."""
        if self._number and not self._drafting.is_begun:
            self.open(self._number)

    def take_focus(self) -> None:
        """Begin on the paper, or in the preview."""
        if self._tabs.key == "form":
            self.view.show_head()
            self._tabs.setFocus()
        else:
            self._stack.currentWidget().setFocus()

    def show_paper(self, key: str) -> None:
        """Show the matter on another paper of the office."""
        self._papers.setCurrentIndex(self._papers.findData(key))
        self.view.show_paper(self.issuing.papers[key])
        self._choose(self._tabs.key)

    def _show_usual_paper(self, matter: Matter) -> None:
        """A matter opens on its own paper: the registration form of a visit, else the 2211."""
        usual = FORM_KEY if matter.petition.channel is Channel.VISIT else SHEET_KEY
        self._papers.setCurrentIndex(self._papers.findData(usual))
        self._tabs.mark("form")
        self.view.show_paper(self.issuing.papers[usual])

    def show_view(self, key: str) -> None:
        """Show the form, the preview or the history."""
        self._tabs.choose(key)

    # acts

    def save(self) -> None:
        """Ctrl+S: put the changes in the books."""
        if not self._drafting.is_begun:
            self.desk.told.emit("没有要保存的修改")
            return
        if trouble := unsettled(self.view):
            self.keep_draft()
            self.desk.failed.emit(trouble)
            return
        if self.desk.attempt(self._amend) is not None:
            self._drafting.settled()
            self.open(self._number)
            self.desk.tell_undoable(f"{self._number} 的修改已保存")

    def give_up_changes(self) -> None:
        """Go back to what is in the books."""
        self.keep_draft()
        draft, now = self._drafting.draft, self.desk.now()
        if draft is not None:
            self.desk.attempt(lambda session: drafts.discard_draft(session, draft, now=now))
        self._drafting.settled()
        self.open(self._number)
        if draft is not None:
            self.desk.told_undoable.emit("已放弃修改，在回收站留七天", self._take_back)

    def print_paper(self, place: str = "") -> None:
        """Ctrl+P: print the paper shown, or write it into a file."""
        if self._drafting.is_begun:
            self.keep_draft()
            self.desk.failed.emit(_UNSAVED)
            return
        paper = self.issuing.paper(self.view.paper.key, self.view.record)
        self._print(paper, place)

    def void(self, reason: str) -> None:
        """Void the matter for a reason; its number stays in the books."""
        by, now, number = self.desk.viewer.name, self.desk.now(), self._number
        done = self.desk.attempt(
            lambda session: registration.void(session, number, reason=reason, by=by, now=now)
        )
        if done is not None:
            self._void_bar.hide()
            self.open(number)
            self.desk.tell_undoable(f"{number} 已作废，编号保留")

    # inside

    def _take_back(self) -> None:
        take_back_latest(self.desk)
        self.open(self._number)

    def _print(self, paper: Paper, place: str = "") -> None:
        dialog = PrintDialog(self.desk, paper)
        dialog.setParent(self, dialog.windowFlags())
        if place:
            dialog.choose(place)
        dialog.printed.connect(self._printed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _printed(self, _: str) -> None:
        if self._tabs.key == "issued":
            self.issued.show_matter(self.view.record)

    def _look_at(self, paper: IssuedPaper) -> None:
        self.desk.run(lambda: self.issuing.kept(paper), self._show_kept)

    def _show_kept(self, content: bytes) -> None:
        self.preview.show_pdf(content)
        self._tabs.mark("preview")
        self._stack.setCurrentWidget(self.preview)

    def _reprint(self, paper: IssuedPaper) -> None:
        self._print(self.issuing.again(paper, self.view.record))

    def _print_onwards(self, paper: IssuedPaper) -> None:
        self._print(self.issuing.onwards(paper, self.view.record))

    def _amend(self, session: Any) -> object:  # noqa: ANN401 - the store's, not ours
        petition = registration.amend(
            session, self.view.record, by=self.desk.viewer.name, now=self.desk.now()
        )
        if self._drafting.draft is not None:
            drafts.discard_draft(session, self._drafting.draft)
        return petition

    def _draft_is_open(self, matter: Matter) -> bool:
        viewer = self.desk.viewer
        kept = self.desk.read(lambda session: drafts.drafts(session, viewer))
        mine = next((one for one in kept if one.petition_id == matter.petition.id), None)
        return mine is not None and self._drafting.open(mine.id)

    def _show_matter(self) -> None:
        petition = self.view.record.petition
        is_void = petition.state is PetitionState.VOID
        self._head.setText(petition.number)
        self._state.setText(petition.state.label)
        restyle(self._state, "state", petition.state.value)
        facts = [petition.channel.label]
        if petition.kind:
            facts.append(petition.kind.label + ("（保密）" if petition.is_sealed else ""))
        if is_void:
            facts.append(f"作废原因：{petition.void_reason}")
        self._facts.setText(" · ".join(facts))
        may_work = self.desk.may(Right.WORK)
        self.view.set_read_only(is_void or not may_work)
        self._void.setVisible(may_work and not is_void)
        self._void_bar.hide()
        self._show_acts()
        self._choose(self._tabs.key)

    def _show_acts(self) -> None:
        begun = self._drafting.is_begun
        self._save.setVisible(begun)
        self._give_up.setVisible(begun)

    def _choose(self, key: str) -> None:
        if key == "preview":
            paper = Paper.of(self.view.paper, self.view.record, self.desk.office)
            self.desk.run(paper.pdf, self.preview.show_pdf)
            self._stack.setCurrentWidget(self.preview)
        elif key == "issued":
            self.issued.show_matter(self.view.record)
            self._stack.setCurrentWidget(self.issued)
        elif key == "history":
            self.history.show_matter(self.view.record.petition.id)
            self._stack.setCurrentWidget(self.history)
        else:
            self._stack.setCurrentWidget(self.view)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        column.addWidget(self._reason_bar())
        self._stack = QStackedWidget()
        for part in (self.view, self.preview, self.issued, self.history):
            self._stack.addWidget(part)
        column.addWidget(self._stack, 1)

    def _top(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "bar")
        self._bar = QBoxLayout(QBoxLayout.Direction.TopToBottom, bar)
        self.desk.theme.space(self._bar, 16, 8, 16, 8, gap=10)
        self._head, self._state = label("", "title"), label("", "state")
        self._facts = Hint("")
        self._papers = QComboBox()
        self._papers.setAccessibleName("文书")
        for paper in self.issuing.papers.values():
            self._papers.addItem(paper.title, paper.key)
        self._papers.activated.connect(lambda: self.show_paper(self._papers.currentData()))
        self._tabs = Chips("看什么", _VIEWS, self.desk.theme)
        self._tabs.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._tabs.chosen.connect(self._choose)
        self._save = button("保存修改", self.save, key="Ctrl+S")
        self._give_up = button("放弃修改", self.give_up_changes)
        self._void = button("作废", self._ask_reason, role="plain")
        self._print_button = button("打印", self.print_paper, role="strong", key="Ctrl+P")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            self.desk.theme.space(row, gap=10)
            self._bar.addLayout(row, 1 if row is second else 0)
        for words in (self._head, self._state, self._facts):
            first.addWidget(words)
        first.addStretch(1)
        second.addWidget(self._papers)
        second.addWidget(label("F3", "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        second.addWidget(self._tabs, 1)
        self._first, self._second = first, second
        for act in self._acts():
            first.addWidget(act)
        self.desk.theme.follow(bar, lambda _: self._arrange())
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the papers below the number and the acts where one row is too narrow for all."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= self.desk.theme.px(ONE_ROW)
        way = QBoxLayout.Direction
        self._bar.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
        for act in self._acts():
            (self._second if is_wide else self._first).addWidget(act)

    def _acts(self) -> tuple[QWidget, ...]:
        return self._give_up, self._save, self._void, self._print_button

    def _reason_bar(self) -> QWidget:
        self._void_bar = QFrame()
        self._void_bar.setProperty("role", "bar")
        row = QHBoxLayout(self._void_bar)
        self.desk.theme.space(row, 16, 8, 16, 8, gap=10)
        self._reason = Line("作废原因", "写明作废原因；编号保留，不再使用")
        self._reason.entered.connect(self._void_with_reason)
        row.addWidget(label("作废原因"))
        row.addWidget(self._reason, 1)
        row.addWidget(button("不作废", self._void_bar.hide))
        row.addWidget(button("作废登记", self._void_with_reason, role="strong"))
        self._void_bar.hide()
        return self._void_bar

    def _ask_reason(self) -> None:
        self._reason.clear()
        self._void_bar.show()
        self._reason.setFocus()

    def _void_with_reason(self) -> None:
        self.void(self._reason.text())

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Ctrl+P", self.print_paper),
            ("Ctrl+E", partial(self.print_paper, PDF)),
            ("Ctrl+Shift+E", partial(self.print_paper, DOCX)),
            ("F2", self._edit),
            ("F3", self._choose_paper),
            ("F6", self.view.next_problem),
            ("F7", self.view.companions.add),
            ("F9", partial(self._tabs.choose, "preview")),
            ("Esc", self._escape),
        ):
            shortcut(self, keys, act)

    def _choose_paper(self) -> None:
        self._papers.setFocus()
        self._papers.showPopup()

    def _edit(self) -> None:
        self._tabs.choose("form")
        self.view.take_up(self.view.form.paths[0])

    def _escape(self) -> None:
        if self.view.is_composing:
            return
        if self._void_bar.isVisible():
            self._void_bar.hide()
        elif self._tabs.key != "form":
            self._tabs.choose("form")
        else:
            self.keep_draft()
            self.closed.emit()
