"""MainWindow: leads from room to room; the work itself is done by the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from . import placing
from .desk import Desk
from .fonts import load_paper_fonts
from .frame import Header, Rail, StatusBar, day_in_words
from .look import SIZES
from .page import Page
from .rooms import LEDGER, MATTER, RAIL, REGISTRATION, ROOMS, TODAY, Room
from .widgets.toast import Toast
from .widgets.words import shortcut

if TYPE_CHECKING:
    from .help import HelpWindow


class MainWindow(QMainWindow):
    """The window of the office."""

    def __init__(self, desk: Desk, rooms: tuple[Room, ...] = ROOMS) -> None:
        super().__init__()
        load_paper_fonts()
        self.desk = desk
        self._rooms = {room.name: room for room in rooms}
        self._pages: dict[str, Page] = {}
        self._room = ""
        self._came_from = TODAY.name
        self._help: HelpWindow | None = None
        self.setWindowTitle("信访案头")
        self.rail = Rail(desk.theme, RAIL, desk.office.name)
        self.header = Header(desk.theme)
        self.status = StatusBar(desk.theme, desk.viewer.name)
        self.stack = QStackedWidget()
        self.toast = Toast(self, desk.theme)
        self._lay_out()
        self.toast.raise_()
        self._connect()
        self._bind_keys()
        placing.place(self, desk.preferences.now)
        self.enter(TODAY.name)

    @property
    def room(self) -> str:
        """The name of the place we are in."""
        return self._room

    def page(self, name: str) -> Any:  # noqa: ANN401 - pages have acts of their own
        """Give a page, built on its first use."""
        if name not in self._pages:
            page = self._rooms[name].build(self.desk)
            self._pages[name] = page
            self.stack.addWidget(page)
            self._listen_to(page)
        return self._pages[name]

    def enter(self, name: str) -> None:
        """Go to a room."""
        page = self.page(name)
        if name != self._room:
            self._leave()
            self._room = name
            self.stack.setCurrentWidget(page)
            page.refresh()
        self._show_where()
        page.take_focus()

    def open_matter(self, number: str) -> None:
        """Show one matter; Esc comes back to where we are now."""
        page = self.page(MATTER.name)
        page.open(number)
        self.enter(MATTER.name)

    def print_matter(self, number: str) -> None:
        """Show one matter and print its paper."""
        self.open_matter(number)
        self.page(MATTER.name).print_paper()

    def start_new(self) -> None:
        """Begin a new registration."""
        self.enter(REGISTRATION.name)
        self.page(REGISTRATION.name).start_new()

    def open_draft(self, draft: int) -> None:
        """Go on with a draft."""
        self.enter(REGISTRATION.name)
        self.page(REGISTRATION.name).open_draft(draft)

    def open_ledger(self, title: str, where: object) -> None:
        """Show exactly the matters of a filter."""
        with QSignalBlocker(self.header.search):
            self.header.search.clear()
        self.page(LEDGER.name).show_only(title, where)
        self.enter(LEDGER.name)

    def search(self, words: str) -> None:
        """Look for words in the ledger, as they are typed."""
        if self.room != LEDGER.name:
            if not words:
                return
            self._open_behind_search()
        self.page(LEDGER.name).search(words)

    def go_back(self) -> None:
        """Esc: put the toast away, or go back to where we came from."""
        if self.toast.isVisible():
            self.toast.go()
        elif self.room != TODAY.name:
            self.enter(self._came_from if self._came_from != self.room else TODAY.name)

    def refresh(self) -> None:
        """Read the page again, and what day it is."""
        self._pages[self.room].refresh()
        self._show_where()

    def show_help(self, topic: str = "") -> None:
        """Open the help at what the keyboard is on."""
        from .help import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self.desk.theme, self)
        self._help.open_topic(topic or self._topic())

    @property
    def help_topic(self) -> str:
        """The page of the help that is open; nothing while it is closed."""
        return self._help.topic if self._help and self._help.isVisible() else ""

    def keep(self) -> None:
        """Keep what is being typed, whatever happens next."""
        for page in self._pages.values():
            if hasattr(page, "keep_draft"):
                page.keep_draft()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the Esc that no page wanted."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the draft and the look before going."""
        self.keep()
        look = self.desk.theme.look
        self.desk.preferences.keep(size=look.size, dark=look.dark, **placing.where(self))
        self.desk.background.let_go()
        self.desk.closing.emit()
        super().closeEvent(event)

    def _leave(self) -> None:
        here = self.room
        if here in (room.name for room in RAIL):
            self._came_from = here
        self.keep()

    def _open_behind_search(self) -> None:
        search = self.header.search
        self.enter(LEDGER.name)
        search.setFocus()
        search.setCursorPosition(len(search.text()))

    def _show_where(self) -> None:
        name, page = self.room, self._pages[self.room]
        self.rail.show_room(name if name != MATTER.name else self._came_from)
        detail = day_in_words(self.desk.today()) if name == TODAY.name else ""
        title = page.title or self._rooms[name].title
        self.header.show_page(title, detail, getattr(page, "header_tool", None))
        self.header.show_new(visible=name != REGISTRATION.name, strong=name != MATTER.name)

    def _topic(self) -> str:
        widget = QApplication.focusWidget()
        while widget is not None and widget is not self:
            if topic := widget.property("help"):
                return str(topic)
            widget = widget.parentWidget()
        return self._pages[self.room].help_topic

    def _listen_to(self, page: Page) -> None:
        acts = {
            "status_changed": self.status.show_saved,
            "registered": self.open_matter,
            "print_requested": self.print_matter,
            "matter_requested": self.open_matter,
            "new_requested": self.start_new,
            "draft_requested": self.open_draft,
            "list_requested": self.open_ledger,
            "search_requested": self._focus_search,
            "closed": self.go_back,
        }
        for news, act in acts.items():
            if signal := getattr(page, news, None):
                signal.connect(act)

    def _connect(self) -> None:
        self.rail.room_requested.connect(self.enter)
        self.header.new_requested.connect(self.start_new)
        self.header.search.settled.connect(self.search)
        self.header.search.list_requested.connect(self._go_into_list)
        self.header.search.left.connect(self.go_back)
        self.status.size_requested.connect(self._next_size)
        self.status.dark_requested.connect(self.desk.theme.switch_dark)
        self.status.help_requested.connect(self.show_help)
        self.desk.failed.connect(self.toast.warn)
        self.desk.told.connect(self.toast.tell)
        self.desk.told_undoable.connect(self.toast.tell)
        self.desk.help_wanted.connect(self.show_help)
        self.desk.theme.changed.connect(self._keep_look)

    def _bind_keys(self) -> None:
        theme = self.desk.theme
        for keys, act in (
            ("Ctrl+N", self.start_new),
            ("Ctrl+F", self._focus_search),
            ("F5", self.refresh),
            ("F1", self.show_help),
            ("Ctrl+=", theme.larger),
            ("Ctrl++", theme.larger),
            ("Ctrl+-", theme.smaller),
            ("Ctrl+0", theme.usual_size),
            ("Ctrl+D", theme.switch_dark),
        ):
            shortcut(self, keys, act)
        for place, room in enumerate(RAIL, start=1):
            shortcut(self, f"Alt+{place}", lambda name=room.name: self.enter(name))  # type: ignore[misc]

    def _focus_search(self) -> None:
        self.header.search.setFocus()
        self.header.search.selectAll()

    def _go_into_list(self) -> None:
        if self.room != LEDGER.name:
            self.enter(LEDGER.name)
        self.page(LEDGER.name).take_focus()

    def _next_size(self) -> None:
        theme = self.desk.theme
        if theme.look.size == SIZES[-1]:
            theme.usual_size()
        else:
            theme.larger()

    def _keep_look(self) -> None:
        look = self.desk.theme.look
        self.desk.preferences.keep(size=look.size, dark=look.dark)

    def _lay_out(self) -> None:
        whole, right = QWidget(), QWidget()
        row, column = QHBoxLayout(), QVBoxLayout(right)
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        row.addWidget(self.rail)
        row.addWidget(right, 1)
        outside = QVBoxLayout(whole)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addLayout(row, 1)
        outside.addWidget(self.status)
        self.setCentralWidget(whole)
