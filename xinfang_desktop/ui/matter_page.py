"""MatterPage: one matter: where it stands, what comes next, its papers, its time line."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xinfang_desktop.casework import drafts, facts, guiding, matters, registration, time_line
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.models import IssuedPaper, Matter, PetitionState, Right

from .acting import Acting
from .desk import Desk
from .drafting import Drafting
from .drafts_card import take_back_latest
from .earlier import EARLIER_KEY
from .history import History
from .issued_list import IssuedList
from .issuing import Issuing
from .limits_card import LimitsCard
from .marks_bar import LAST_MARK_KEY, NEXT_MARK_KEY, MarksBar
from .matter_head import MatterHead, RoundBar, VoidBar
from .merged_bar import MergedBar
from .merging import MergePanel
from .page import Page
from .paper_chooser import PaperChooser
from .preview import Preview
from .print_dialog import DOCX, PDF, PrintDialog
from .printing import Paper
from .record_view import RecordView
from .registration_page import FORM_KEY, unsettled
from .way_bar import NEXT_KEY, OTHERS_KEY, WayRow
from .widgets.words import button, shortcut

_UNSAVED = "有改动还没有保存，没有打印；请先按 Ctrl+S 保存，或按「放弃修改」，再打印。"
_RESTORED = "这一件有没保存的改动，已经恢复在表单里：Ctrl+S 保存，或按「放弃修改」。"
_UNSAVED_ROUND = "有改动还没有保存，没有换轮次；请先按 Ctrl+S 保存，或按「放弃修改」。"
_NOT_IN_USE = "这一件已经作废或并入别的事项，不能并件；没有改动。"
_MAY_NOT_MERGE = "本账户只能查看，不能并件。需要时请换用经办账户（Ctrl+L 锁定后输入密码）。"
_EARLIER_ROUND = "这是以前轮次的文书，只看不改；重印请到「已出文书」，要改请按 Esc 回到现在。"


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
        self._round = 0
        self.view = RecordView(desk, FORMS[FORM_KEY], Matter(office=desk.office))
        self._drafting = Drafting(desk, self.view, FORM_KEY)
        self._drafting.status_changed.connect(self.status_changed)
        self.view.edited.connect(lambda _: self._show_acts())
        self.view.matter_requested.connect(self.matter_requested)
        self.view.links_changed.connect(self._show_facts)
        self.preview = Preview(desk.theme)
        self.issuing = Issuing(desk)
        self.issued = IssuedList(desk, self.issuing)
        self.issued.look_requested.connect(self._look_at)
        self.issued.reprint_requested.connect(self._reprint)
        self.issued.continue_requested.connect(self._print_onwards)
        self.history = History(desk, self.issuing.papers)
        self.history.matter_requested.connect(self.matter_requested)
        self.history.round_requested.connect(self.show_round)
        self.way = WayRow(desk.theme)
        self.way.bar.history_requested.connect(lambda: self.show_view("history"))
        self.acting = Acting(desk, self.way, self.issuing.papers, self.settle)
        self.acting.acted.connect(self._acted)
        self.acting.shown.connect(self._make_room)
        self.acting.merging_requested.connect(self.begin_merging)
        self.merging = MergePanel(desk)
        self.merging.merged.connect(self._show_kept_one)
        self.merging.left.connect(self._leave_merging)
        self._merged_bar = MergedBar(desk)
        self._merged_bar.matter_requested.connect(self.matter_requested)
        self._merged_bar.parted.connect(self.refresh)
        self.history.take_back_requested.connect(self.acting.take_back)
        self.marks = MarksBar(desk, self.view)
        self.limits = LimitsCard(desk)
        self.view.put_above(self.limits)
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
        is_another = matter.petition.number != self._number
        self._number, self._round = matter.petition.number, 0
        if self._draft_is_open(matter):
            self.desk.told.emit(_RESTORED)
        else:
            self._drafting.show(matter)
            self.status_changed.emit("全部已保存")
        self.acting.show_matter(self._number)
        self._offer_papers()
        if is_another:
            self._show_usual_paper()
        self._show_matter()

    def look_for(self, words: str) -> None:
        """Mark on the page what the matter was found by; nothing takes the marks away."""
        self.marks.look_for(words)

    def keep_draft(self) -> None:
        """Keep what is typed."""
        self._drafting.keep()

    def refresh(self) -> None:
        """Read the matter again, unless it is being changed."""
        if self._number and not self._drafting.is_begun and not self._round:
            self.open(self._number)

    def take_focus(self) -> None:
        """Begin on the paper, or in the preview."""
        if self._is_merging:
            self._stack.currentWidget().setFocus()
        elif self._merged_bar.isVisible():
            self._merged_bar.open.setFocus()
        elif self._tabs.key == "form":
            self.view.show_head()
            self._tabs.setFocus()
        else:
            self._stack.currentWidget().setFocus()

    def show_paper(self, key: str) -> None:
        """Show the matter on another paper of the office."""
        self.papers.choose(key)
        self.view.show_paper(self.issuing.papers[key])
        self.marks.renew()
        self._choose(self._tabs.key)

    def show_view(self, key: str) -> None:
        """Show the form, the preview or the history."""
        self._tabs.choose(key)

    def show_round(self, number: int) -> None:
        """Show the papers as they stood in an earlier round of asking back and verifying."""
        petition, viewer = self.view.record.petition.id, self.desk.viewer
        if self._drafting.is_begun:
            self.desk.failed.emit(_UNSAVED_ROUND)
            return
        matter = self.desk.look(
            lambda session: time_line.in_round(session, petition or 0, number, viewer=viewer)
        )
        if matter is None:
            return
        self._round = number
        self._drafting.show(matter)
        self.view.set_read_only(True)
        self._round_bar.show_round(number)
        self.acting.put_away()
        self.show_paper("dissatisfaction_verification")
        self._tabs.choose("form")

    # acts

    def save(self) -> None:
        """Ctrl+S: put the changes in the books."""
        if not self._drafting.is_begun:
            self.desk.told.emit("没有要保存的修改")
        elif self._save():
            self.desk.tell_undoable(f"{self._number} 的修改已保存")

    def settle(self) -> bool:
        """Save what was changed before an act is done; False where it cannot be saved yet."""
        return not self._drafting.is_begun or self._save()

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
        if self._drafting.is_begun or self._round:
            self.keep_draft()
            self.desk.failed.emit(_EARLIER_ROUND if self._round else _UNSAVED)
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

    def begin_merging(self, other: str = "") -> None:
        """Ctrl+M: make this matter and another one; ask which, unless it is known or compared."""
        other = other or self.view.compared
        if not self.desk.may(Right.WORK):
            self.desk.failed.emit(_MAY_NOT_MERGE)
        elif self.view.record.petition.state is not PetitionState.REGISTERED:
            self.desk.failed.emit(_NOT_IN_USE)
        elif not self._round and self.settle():
            self.acting.put_away()
            self.way.hide()
            self._stack.setCurrentWidget(self.merging)
            self.merging.show_matter(self.view.record)
            if other:
                self.merging.compare(other)

    # inside

    @property
    def _is_merging(self) -> bool:
        return self._stack.currentWidget() is self.merging

    def _show_kept_one(self, number: str) -> None:
        self._leave_merging()
        self.open(number)
        self.take_focus()

    def _leave_merging(self) -> None:
        self._choose(self._tabs.key)
        self._tabs.setFocus()

    def _save(self) -> bool:
        if trouble := unsettled(self.view):
            self.keep_draft()
            self.desk.failed.emit(trouble)
            return False
        if self.desk.attempt(self._amend) is None:
            return False
        self._drafting.settled()
        self.open(self._number)
        return True

    def _acted(self, paper: str) -> None:
        """Show what an act led to, on the paper that it prints."""
        self._drafting.settled()
        self.open(self._number)
        key = (
            paper or guiding.own_paper(self.acting.situation.facts) if self.acting.situation else ""
        )
        if key:
            self.show_paper(key)
        (self.way.next if self.way.next.isVisible() else self._tabs).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.acting.fit(self.width())

    def _make_room(self, acting: bool) -> None:
        if acting and self._is_merging:
            self._choose(self._tabs.key)
        self.view.show_beside(visible=not acting)
        if not acting:
            self._tabs.setFocus()

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
        if self._tabs.key in ("issued", "history"):
            self._choose(self._tabs.key)

    def _look_at(self, paper: IssuedPaper) -> None:
        self.desk.run(lambda: self.issuing.kept(paper), self._show_kept)

    def _show_kept(self, content: bytes) -> None:
        self.preview.show_pdf(content)
        self._tabs.mark("preview")
        self._stack.setCurrentWidget(self.preview)

    def _reprint(self, paper: IssuedPaper, record: Matter) -> None:
        self._print(self.issuing.again(paper, record))

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

    def _offer_papers(self) -> None:
        """Put the papers of this matter before the others."""
        if (situation := self.acting.situation) is not None:
            self.papers.show_papers(guiding.papers_of(situation.facts, situation.offers))

    def _show_usual_paper(self) -> None:
        """A matter opens on its own paper: the registration form of a visit, else the 2211."""
        if (situation := self.acting.situation) is not None:
            usual = guiding.own_paper(situation.facts)
            self.papers.choose(usual)
            self._tabs.mark("form")
            self.view.show_paper(self.issuing.papers[usual])

    def _show_matter(self) -> None:
        record = self.view.record
        is_there = record.petition.state is PetitionState.REGISTERED
        self._head.show_matter(record)
        self._show_facts()
        may_work = self.desk.may(Right.WORK)
        self.view.set_read_only(not is_there or not may_work)
        self._void.setVisible(may_work and is_there)
        self._merged_bar.show_matter(record.petition)
        self._void_bar.hide()
        self._round_bar.hide()
        self.marks.renew()
        self.limits.show_matter(record.petition.id)
        self._show_acts()
        if not self._is_merging or self.merging.number != self._number:
            self._choose(self._tabs.key)

    def _show_facts(self) -> None:
        petition, viewer = self.view.record.petition.id, self.desk.viewer
        if petition is not None:
            self._head.show_facts(
                self.desk.look(lambda session: facts.facts_of(session, petition, viewer=viewer))
            )

    def _show_acts(self) -> None:
        begun = self._drafting.is_begun
        self._save_button.setVisible(begun)
        self._give_up.setVisible(begun)
        self._merge.setVisible(self._void.isVisibleTo(self._head) and not begun)

    def _choose(self, key: str) -> None:
        self.way.show()
        if key == "preview":
            paper = Paper.of(self.view.paper, self.view.record, self.desk.office)
            self.desk.run(paper.pdf, self.preview.show_pdf)
            self._stack.setCurrentWidget(self.preview)
        elif key == "issued":
            self.issued.show_matter(self.view.record)
            self._stack.setCurrentWidget(self.issued)
        elif key == "history":
            self.history.show_matter(self.view.record.petition.id, self.acting.latest)
            self._stack.setCurrentWidget(self.history)
        else:
            self._stack.setCurrentWidget(self.view)

    def _lay_out(self) -> None:
        theme = self.desk.theme
        self.papers = PaperChooser(self.issuing.papers)
        self.papers.chosen.connect(self.show_paper)
        self._save_button = button("保存修改", self.save, key="Ctrl+S")
        self._give_up = button("放弃修改", self.give_up_changes)
        self._void = button("作废", lambda: self._void_bar.ask(), role="plain")
        self._merge = button("并件", self.begin_merging, role="plain", key="Ctrl+M")
        self._print_button = button("打印", self.print_paper, key="Ctrl+P")
        acts = (self._give_up, self._save_button, self._merge, self._void, self._print_button)
        self._head = MatterHead(theme, self.papers, acts)
        self._head.matter_requested.connect(self.matter_requested)
        self._tabs = self._head.views
        self._tabs.chosen.connect(self._choose)
        self._void_bar = VoidBar(theme)
        self._void_bar.void_requested.connect(self.void)
        self._round_bar = RoundBar(theme, self._leave_round)
        self._stack = QStackedWidget()
        for part in (self.view, self.preview, self.issued, self.history, self.merging):
            self._stack.addWidget(part)
        row = QHBoxLayout()
        column = QVBoxLayout(self)
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self._stack, 1)
        row.addWidget(self.acting)
        theme.follow(self.acting, lambda _: self.acting.fit(self.width()))
        bars = (self._merged_bar, self._void_bar, self._round_bar, self.marks)
        for bar in (self._head, self.way, *bars):
            column.addWidget(bar)
        column.addLayout(row, 1)

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
            (EARLIER_KEY, self._to_earlier),
            ("F9", partial(self._tabs.choose, "preview")),
            (NEXT_KEY, self.acting.open_next),
            (OTHERS_KEY, self.acting.open_others),
            ("Ctrl+M", self.begin_merging),
            (NEXT_MARK_KEY, partial(self._walk_marks, 1)),
            (LAST_MARK_KEY, partial(self._walk_marks, -1)),
            ("Esc", self._escape),
        ):
            shortcut(self, keys, act)

    def _to_earlier(self) -> None:
        self.acting.put_away()
        self._tabs.mark("form")
        self._choose("form")
        self.view.take_earlier()

    def _choose_paper(self) -> None:
        self.papers.setFocus()
        self.papers.showPopup()

    def _edit(self) -> None:
        self._tabs.choose("form")
        self.view.take_up(self.view.form.paths[0])

    def _walk_marks(self, step: int) -> None:
        """F4: to the next place of what was looked for; it stands on the form."""
        if self.marks.is_on and not self._is_merging:
            self._tabs.choose("form")
            self.marks.go_on(step)

    def _leave_round(self) -> None:
        self._round = 0
        self.open(self._number)

    def _escape(self) -> None:
        if self.view.is_composing or self.acting.is_composing or self.merging.is_composing:
            return
        if self._is_merging:
            self.merging.step_back()
        elif self._void_bar.isVisible():
            self._void_bar.hide()
        elif self.acting.is_open:
            self.acting.put_away()
        elif self._round:
            self._leave_round()
        elif self._tabs.key != "form":
            self._tabs.choose("form")
        elif self.marks.is_on:
            self.marks.clear()
        else:
            self.keep_draft()
            self.closed.emit()
