"""RegistrationPage (登记): one registration, typed once, without the mouse.

What is typed is kept as a draft within two seconds; saving is never refused for what is missing.
"""

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.casework import drafts, registration
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.models import Channel, Kind, Matter, Petition, Petitioner

from .desk import Desk
from .page import Page
from .record_view import RecordView
from .widgets.words import button, label, shortcut

DRAFT_DELAY = 1500
"""Milliseconds after the last key until the draft is kept."""

FORM_KEY = "visit_registration"
_COMPOSING = "输入法里还有没选定的字，请先选定或按 Esc 取消，再保存。"


class RegistrationPage(Page):
    """A new matter on the paper's own form.

    Signals:
        registered(number): it is in the books under this number.
        print_requested(number): it is to be printed now.
        matter_requested(number): the clerk wants to see an earlier matter.
        status_changed(words): what is kept and since when.
        closed(): the clerk leaves.
    """

    registered = Signal(str)
    print_requested = Signal(str)
    matter_requested = Signal(str)
    status_changed = Signal(str)
    closed = Signal()

    title = "来访登记"
    help_topic = "registration"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._draft: int | None = None
        self._is_kept = True
        self.view = RecordView(desk, FORMS[FORM_KEY], self._new_matter())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_DELAY)
        self._timer.timeout.connect(self.keep_draft)
        self.view.edited.connect(self._edited)
        self.view.relation_chosen.connect(lambda _: self._edited(""))
        self.view.matter_requested.connect(self.matter_requested)
        self._lay_out()
        self._bind_keys()

    # what the window asks for

    def start_new(self) -> None:
        """Begin a new registration; what was being typed stays as a draft."""
        self.keep_draft()
        self._show(self._new_matter(), None)

    def open_draft(self, draft: int) -> None:
        """Go on with a draft."""
        self.keep_draft()
        matter = self._attempt(
            lambda session: drafts.open_draft(session, draft, viewer=self.desk.viewer)
        )
        if isinstance(matter, Matter):
            self._show(matter, draft)
            self.status_changed.emit("草稿已恢复")

    def keep_draft(self) -> None:
        """Keep what is typed, if anything was since it was kept last."""
        self._timer.stop()
        if self._is_kept:
            return
        self._draft = self._keep() or self._draft
        self._is_kept = self._draft is not None
        moment = self.desk.now()
        self.status_changed.emit(f"草稿已存 {moment:%H:%M:%S}" if self._is_kept else "草稿未能保存")

    def refresh(self) -> None:
        """Nothing here goes stale but the office's names."""

    def take_focus(self) -> None:
        """Begin at the first blank."""
        self.view.take_up(self.view.form.paths[0])

    # acts

    def register(self) -> str:
        """Put the matter in the books; gives its number, or nothing where it could not be."""
        if self.view.is_composing:
            self.desk.failed.emit(_COMPOSING)
            return ""
        if unread := self.view.form.troubles:
            self.keep_draft()
            self.view.take_up(unread[0].path)
            self.desk.failed.emit(f"{unread[0].text}；草稿已保存，改正或清空这一格后再保存。")
            return ""
        petition = self._attempt(self._enter_in_books)
        if not isinstance(petition, Petition):
            return ""
        self._timer.stop()
        self._is_kept = True
        self._show(self._new_matter(), None)
        self.status_changed.emit("全部已保存")
        self.desk.told.emit(f"已登记，编号 {petition.number}")
        return petition.number

    def save(self) -> None:
        """Ctrl+S: register and show the matter."""
        if number := self.register():
            self.registered.emit(number)

    def save_and_print(self) -> None:
        """Ctrl+P: register and print the form."""
        if number := self.register():
            self.print_requested.emit(number)

    def discard(self) -> None:
        """Throw away what is typed; it can be taken back from the toast."""
        self.keep_draft()
        draft = self._draft
        if draft is None:
            self.closed.emit()
            return
        matter, relation = self.view.record, self.view.relation
        self._attempt(lambda session: drafts.discard_draft(session, draft))
        self._show(self._new_matter(), None)
        self.status_changed.emit("全部已保存")
        self.desk.told_undoable.emit("草稿已放弃", partial(self._take_back, matter, relation))
        self.closed.emit()

    # inside

    def _new_matter(self) -> Matter:
        petition = Petition(channel=Channel.VISIT, kind=Kind.REMEDY, received_on=self.desk.today())
        return Matter(office=self.desk.office, petition=petition, petitioners=[Petitioner()])

    def _show(self, matter: Matter, draft: int | None, relation: str = "") -> None:
        self._timer.stop()
        self._draft, self._is_kept = draft, True
        self.view.show_record(matter, relation=relation)
        self.take_focus()

    def _take_back(self, matter: Matter, relation: str) -> None:
        self._show(matter, None, relation)
        self._is_kept = False
        self.keep_draft()

    def _edited(self, _path: str) -> None:
        self._is_kept = False
        self.status_changed.emit("正在输入，草稿随后保存")
        self._timer.start()

    def _keep(self) -> int | None:
        record, draft, now = self.view.record, self._draft, self.desk.now()
        kept = self._attempt(
            lambda session: drafts.save_draft(session, FORM_KEY, record, draft_id=draft, now=now)
        )
        return kept if isinstance(kept, int) else None

    def _enter_in_books(self, session: Any) -> Petition:  # noqa: ANN401 - the store's, not ours
        now: datetime = self.desk.now()
        petition = registration.register(
            session,
            self.view.record,
            by=self.desk.viewer.name,
            now=now,
            relates_to=self.view.relation or None,
        )
        if self._draft is not None:
            drafts.discard_draft(session, self._draft)
        return petition

    def _attempt(self, work: Any) -> object:  # noqa: ANN401 - a piece of casework
        return self.desk.attempt(work)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        bar = QWidget()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        self.desk.theme.space(row, 16, 8, 16, 8, gap=12)
        hint = label("Enter 下一格 · 长文中 Ctrl+Enter · F6 下一处要补的 · F7 加同行人", "quiet")
        row.addWidget(hint)
        row.addStretch(1)
        row.addWidget(button("放弃草稿", self.discard, key="Esc"))
        row.addWidget(button("保存", self.save, key="Ctrl+S"))
        row.addWidget(button("保存并打印", self.save_and_print, role="strong", key="Ctrl+P"))
        column.addWidget(bar)

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Ctrl+P", self.save_and_print),
            ("F6", self.view.next_problem),
            ("F7", self.view.companions.add),
            ("Esc", self._escape),
        ):
            made = shortcut(self, keys, act)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _escape(self) -> None:
        if not self.view.is_composing:
            self.discard()
