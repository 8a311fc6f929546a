"""RegistrationPage (登记): one registration, typed once, without the mouse.

What is typed is kept as a draft within two seconds; saving is never refused for what is missing.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.casework import drafts, registration
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.models import Channel, Matter, Petition, Petitioner

from .desk import Desk
from .drafting import Drafting
from .drafts_card import take_back_latest
from .earlier import EARLIER_KEY
from .future_question import FutureQuestion
from .page import Page
from .record_view import RecordView
from .widgets.words import Hint, button, shortcut

FORM_KEY = "visit_registration"
_RECEIVED_ON = "petition.received_on"
_HINT = (
    f"Enter 下一格 · 长文中 Ctrl+Enter · F6 下一处要补的 · F7 加同行人 · {EARLIER_KEY} 以前的事项"
)
COMPOSING = "输入法里还有没选定的字，请先选定或按 Esc 取消，再保存。"


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
        self.view = RecordView(desk, FORMS[FORM_KEY], self._new_matter())
        self._drafting = Drafting(desk, self.view, FORM_KEY)
        self._drafting.status_changed.connect(self.status_changed)
        self.view.decided.connect(lambda _: self._drafting.touch())
        self.view.matter_requested.connect(self.matter_requested)
        self.future = FutureQuestion(desk.theme)
        self.future.change_requested.connect(lambda: self.view.take_up(_RECEIVED_ON))
        self.future.confirmed.connect(lambda: self._asked_for())
        self.view.edited.connect(self._edited)
        self._asked_for: Callable[[], None] = self.save
        self._lay_out()
        self._bind_keys()

    # what the window asks for

    def start_new(self) -> None:
        """Begin a new registration; what was being typed stays as a draft."""
        self.keep_draft()
        self._show_blank()
        self.take_focus()

    def open_draft(self, draft: int) -> None:
        """Go on with a draft."""
        self.keep_draft()
        self.future.forget()
        if self._drafting.open(draft):
            self.take_focus()

    def keep_draft(self) -> None:
        """Keep what is typed."""
        self._drafting.keep()

    def take_focus(self) -> None:
        """Begin at the first blank."""
        self.view.show_head()
        self.view.take_up(self.view.form.paths[0])

    # acts

    def register(self) -> str:
        """Put the matter in the books; gives its number, or nothing where it could not be."""
        if trouble := unsettled(self.view):
            self.keep_draft()
            self.desk.failed.emit(trouble)
            return ""
        if self._is_doubted:
            self.keep_draft()
            self.future.ask(self.view.record.petition.received_on or self.desk.today())
            return ""
        petition = self.desk.attempt(self._enter_in_books)
        if petition is None:
            return ""
        self._show_blank()
        self._drafting.settled()
        self.desk.tell_undoable(f"已登记，编号 {petition.number}")
        return petition.number

    def save(self) -> None:
        """Ctrl+S: register and show the matter."""
        self._asked_for = self.save
        if number := self.register():
            self.registered.emit(number)

    def save_and_print(self) -> None:
        """Ctrl+P: register and print the form."""
        self._asked_for = self.save_and_print
        if number := self.register():
            self.print_requested.emit(number)

    def discard(self) -> None:
        """Throw away what is typed; it can be taken back from the toast."""
        self.keep_draft()
        if (draft := self._drafting.draft) is not None:
            now = self.desk.now()
            self.desk.attempt(lambda session: drafts.discard_draft(session, draft, now=now))
            self._show_blank()
            self._drafting.settled()
            self.desk.told_undoable.emit("草稿已放弃，在回收站留七天", self._take_back)
        self.closed.emit()

    # inside

    @property
    def _is_doubted(self) -> bool:
        """Whether the day received is to come, and nobody said that it is right."""
        record = self.view.record
        is_to_come = bool(registration.future_day(record, self.desk.today()))
        return is_to_come and not self.future.is_answered(record.petition.received_on)

    def _edited(self, path: str) -> None:
        if path == _RECEIVED_ON:
            self.future.forget()

    def _show_blank(self) -> None:
        self.future.forget()
        self._drafting.show(self._new_matter())

    def _new_matter(self) -> Matter:
        petition = Petition(channel=Channel.VISIT, received_on=self.desk.today())
        return Matter(office=self.desk.office, petition=petition, petitioners=[Petitioner()])

    def _take_back(self) -> None:
        draft = take_back_latest(self.desk)
        if draft is not None:
            self._drafting.open(draft)

    def _enter_in_books(self, session: Any) -> Petition:  # noqa: ANN401 - the store's, not ours
        petition = registration.register(
            session,
            self.view.record,
            by=self.desk.viewer.name,
            now=self.desk.now(),
            future_is_told=self.future.is_answered(self.view.record.petition.received_on),
        )
        if self._drafting.draft is not None:
            drafts.discard_draft(session, self._drafting.draft)
        return petition

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.future)
        bar = QWidget()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        self.desk.theme.space(row, 16, 8, 16, 8, gap=12)
        hint = Hint(_HINT)
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
            (EARLIER_KEY, self.view.take_earlier),
            ("Esc", self._escape),
        ):
            shortcut(self, keys, act)

    def _escape(self) -> None:
        if self.view.is_composing:
            return
        if self.future.isVisible():
            self.future.leave()
        else:
            self.discard()


def unsettled(view: RecordView) -> str:
    """Say why a view cannot be put in the books just now, and go there; nothing if it can."""
    if view.is_composing:
        return COMPOSING
    if unread := view.form.troubles:
        view.take_up(unread[0].path)
        return f"{unread[0].text}；内容已存为草稿，改正或清空这一格后再保存。"
    return ""
