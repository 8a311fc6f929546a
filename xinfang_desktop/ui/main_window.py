"""MainWindow: leads from room to room; the work itself is done by the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Right
from xinfang_desktop.store.backup_records import read_records
from xinfang_desktop.store.going_back import kept_data
from xinfang_desktop.store.migrations import LATEST

from . import placing
from .backing_up import BackupKeeper
from .completing import Completing
from .day_watch import DayWatch
from .desk import Desk
from .fonts import load_paper_fonts
from .frame import Header, Rail, StatusBar, day_in_words
from .index_keeper import IndexKeeper
from .limit_keeper import LimitKeeper
from .locking import Locking
from .look import SIZES, Look
from .page import Page
from .rooms import (
    LEDGER,
    MATTER,
    PAPERS,
    RAIL,
    REGISTRATION,
    ROOMS,
    SETTINGS,
    TAKING_IN,
    TODAY,
    Room,
)
from .tray import DayNotice
from .widgets.banner import Banners
from .widgets.toast import Toast
from .widgets.words import shortcut

if TYPE_CHECKING:
    from xinfang_desktop.versions import Installed

    from .help import HelpWindow
    from .platform_strip import PlatformStrip

_MAY_NOT_WORK = (
    "本账户只能查看，不能登记或修改。需要登记时请换用经办账户（Ctrl+L 锁定后输入密码）。"
)
_OLD_THERE = (
    "数据已由新版程序升级，这一版只能看，不能登记。升级前的数据还留着，要用这一版登记，可以换回去；"
    "现在的数据会另存。"
)
_NO_MATTER_TO_COPY = "先打开要录入上级平台的那一件，再按 Ctrl+U 逐项复制。"
_NO_LARGER = "再大这个屏幕就放不下了，字号{size}%"
_ROOMS_OF_THE_RAIL = frozenset(room.name for room in RAIL)
_PAUSED = (
    "数据是从备份恢复的，自动备份暂停着，原来的数据另存着没有删。"
    "请看看内容对不对，对了就按「确认无误」。"
)


class MainWindow(QMainWindow):
    """The window of the office.

    Signals:
        handed_over(store): another account takes over from the lock screen.
        restore_requested(path, secret): a backup is to take the place of the data.
        version_requested(installed): the other version of the program is to go on.
        old_data_requested(): the data of before an upgrade are to take the place of these.
    """

    handed_over = Signal(object)
    restore_requested = Signal(object, str)
    version_requested = Signal(object)
    old_data_requested = Signal()

    def __init__(self, desk: Desk, rooms: tuple[Room, ...] = ROOMS) -> None:
        super().__init__()
        load_paper_fonts()
        self.desk = desk
        self._rooms = {room.name: room for room in rooms}
        self._pages: dict[str, Page] = {}
        self._room = ""
        self._came_from = TODAY.name
        self._help: HelpWindow | None = None
        self._strip: PlatformStrip | None = None
        self._told_meanwhile: list[str] = []
        self.setWindowTitle("信访案头")
        doors = [room for room in RAIL if desk.may(room.right)]
        self.rail = Rail(desk.theme, doors, desk.office.name)
        self.header = Header(desk.theme)
        self.status = StatusBar(desk.theme, desk.viewer.name)
        self.banners = Banners(desk.theme)
        self.stack = QStackedWidget()
        self.toast = Toast(self, desk.theme)
        self._lay_out()
        self.toast.raise_()
        self.backups = BackupKeeper(desk, self)
        self.limits = LimitKeeper(desk, self)
        self.days = DayWatch(desk, self)
        self.notice = DayNotice(desk, self.days, self)
        self.index = IndexKeeper(desk, self)
        self._tells_of_index = False
        self.locking = Locking(self, desk, self.keep)
        self._connect()
        self._bind_keys()
        placing.place(self, desk.preferences.now)
        self._show_banners()
        self.backups.tell()
        self.enter(TODAY.name)
        self.limits.begin()
        self.index.look()

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
        """Go to a room, if this account may."""
        if not self.desk.may(self._rooms[name].right):
            self.toast.warn(_MAY_NOT_WORK)
            return
        page = self.page(name)
        if name in _ROOMS_OF_THE_RAIL and name != LEDGER.name:
            self._forget_words()
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
        page.look_for(self._words_looked_for)
        self.enter(MATTER.name)

    def open_merging(self, number: str, other: str) -> None:
        """Show one matter, to be merged with another."""
        self.open_matter(number)
        page = self.page(MATTER.name)
        if page.number == number:
            page.begin_merging(other)

    def print_matter(self, number: str) -> None:
        """Show one matter and print its paper."""
        self.open_matter(number)
        self.page(MATTER.name).print_paper()

    def start_new(self) -> None:
        """Begin a new registration."""
        self.enter(REGISTRATION.name)
        if self.room == REGISTRATION.name:
            self.page(REGISTRATION.name).start_new()

    def open_draft(self, draft: int) -> None:
        """Go on with a draft, where its matter is shown."""
        if number := self._number_of_draft(draft):
            self.open_matter(number)
            return
        self.enter(REGISTRATION.name)
        if self.room == REGISTRATION.name:
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
        else:
            self.leave()

    def leave(self) -> None:
        """Go back to where we came from; what the toast offers stays to be had."""
        if self.room != TODAY.name:
            self.enter(self._came_from if self._came_from != self.room else TODAY.name)

    def undo(self) -> None:
        """Ctrl+Z: what the toast offers to take back, or else the latest act."""
        if not self.toast.use_undo() and self.desk.undo():
            self.refresh()

    def redo(self) -> None:
        """Ctrl+Y: do again what was taken back last."""
        if self.desk.redo():
            self.refresh()

    def larger(self) -> None:
        """Go one size up, as far as the screen can hold the window."""
        self._try_larger(otherwise=self.desk.theme.look)

    def lock(self) -> None:
        """Ctrl+L: keep the work and cover it."""
        self.locking.lock()

    def ask_about_left_behind(self) -> None:
        """After a crash: ask what is to become of the drafts that were kept since."""
        from .crash_recovery import CrashRecovery, left_behind

        lines = left_behind(self.desk) if self.desk.may(Right.WORK) else []
        if not lines:
            return
        dialog = CrashRecovery(self.desk, lines, self)
        dialog.chosen.connect(lambda line: self.open_draft(line.id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def check_quickly(self, damaged: Callable[[str], object]) -> None:
        """Look through the pages of the data, off the window's thread."""
        store = self.desk.store

        def work() -> None:
            from xinfang_desktop.store.check import quick_check

            quick_check(store)

        self.desk.run(work, failed=damaged)

    def show_backups(self) -> None:
        """See to the backups."""
        self.enter(SETTINGS.name)
        self.page(SETTINGS.name).show_section("backups").take_focus()

    def show_calendar(self) -> None:
        """See to a year whose holidays are not known."""
        self.enter(SETTINGS.name)
        self.page(SETTINGS.name).show_section("calendar").take_focus()

    def copy_to_platform(self) -> None:
        """Ctrl+U: copy the matter shown field by field, for the platform above."""
        number = self.page(MATTER.name).number if self.room == MATTER.name else ""
        if not number:
            self.toast.tell(_NO_MATTER_TO_COPY)
            return
        from .platform_strip import PlatformStrip

        self._put_strip_away()
        strip = PlatformStrip(self.desk, number, self)
        strip.went.connect(partial(self._forget_strip, strip))
        self._strip = strip
        if strip.is_ready:
            strip.show()
        else:
            strip.close()

    def refresh(self) -> None:
        """Read the page again, and what day it is."""
        self._pages[self.room].refresh()
        self._show_where()

    def show_help(self, topic: str = "") -> None:
        """Open the help at what the keyboard is on."""
        from .help import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self.desk.theme, self, self.desk.folder)
            self._help.version_requested.connect(self._ask_about_version)
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
        closed_at = self.desk.now().isoformat(timespec="seconds")
        self.desk.preferences.keep(
            size=look.size, dark=look.dark, closed_at=closed_at, **placing.where(self)
        )
        self.desk.background.let_go()
        self.desk.closing.emit()
        super().closeEvent(event)

    @property
    def _words_looked_for(self) -> str:
        """What the list is searched for that a matter is opened from; nothing elsewhere."""
        words: str = self.page(LEDGER.name).asked.words if self.room == LEDGER.name else ""
        return words

    def _leave(self) -> None:
        here = self.room
        if here in (room.name for room in (*RAIL, PAPERS, TAKING_IN)):
            self._came_from = here
        self.keep()

    def _forget_words(self) -> None:
        """Look for nothing in another room: whoever comes back finds the whole ledger."""
        self.header.search.show_words("")
        if LEDGER.name in self._pages:
            self.page(LEDGER.name).forget_words()

    def _tell_index(self, sentence: str) -> None:
        """Say above every page that words are still being put in, until all of them are."""
        if not sentence:
            self.banners.drop("index")
        elif not self._tells_of_index:
            self.banners.show_banner("index", sentence)
        self._tells_of_index = bool(sentence)

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
        may_begin = name not in (REGISTRATION.name, SETTINGS.name) and self.desk.may(Right.WORK)
        self.header.show_new(visible=may_begin, strong=name != MATTER.name)

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
            "merging_requested": self.open_merging,
            "new_requested": self.start_new,
            "draft_requested": self.open_draft,
            "list_requested": self.open_ledger,
            "papers_requested": partial(self.enter, PAPERS.name),
            "taking_in_requested": partial(self.enter, TAKING_IN.name),
            "search_requested": self._focus_search,
            "words_shown": self.header.search.show_words,
            "restore_requested": self.restore_requested,
            "backups_changed": self.backups.tell,
            "closed": self.leave,
        }
        for news, act in acts.items():
            if signal := getattr(page, news, None):
                signal.connect(act)

    def _connect(self) -> None:
        self.rail.room_requested.connect(self.enter)
        self.header.new_requested.connect(self.start_new)
        completing = Completing(self.desk, self)
        self.header.search.help_typing(completing.offers, completing.problem)
        self.index.told.connect(self._tell_index)
        self.header.search.settled.connect(self.search)
        self.header.search.list_requested.connect(self._go_into_list)
        self.header.search.left.connect(self.go_back)
        self.status.size_requested.connect(self._next_size)
        self.status.dark_requested.connect(self.desk.theme.switch_dark)
        self.status.help_requested.connect(self.show_help)
        self.status.lock_requested.connect(self.lock)
        self.status.backup_requested.connect(self.show_backups)
        self.backups.told.connect(lambda words, fine: self.status.show_backup(words, fine=fine))
        self.limits.told.connect(self._tell_provisional)
        self.days.turned.connect(self._turn_day)
        self.notice.opened.connect(self._come_forward)
        self.limits.caught_up.connect(self.refresh)
        self.locking.locked.connect(self._cover)
        self.locking.unlocked.connect(self._uncover)
        self.locking.handed_over.connect(self.handed_over)
        self.desk.failed.connect(self._warn)
        self.desk.told.connect(self._tell)
        self.desk.told_undoable.connect(self._tell)
        self.desk.changed.connect(self._changed)
        self.desk.wait_wanted.connect(self._wait_for)
        self.desk.help_wanted.connect(self.show_help)
        self.desk.theme.changed.connect(self._keep_look)

    def _bind_keys(self) -> None:
        theme = self.desk.theme
        self._keys = []
        for keys, act in (
            ("Ctrl+N", self.start_new),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+L", self.lock),
            ("Ctrl+U", self.copy_to_platform),
            ("Ctrl+F", self._focus_search),
            ("F5", self.refresh),
            ("F1", self.show_help),
            ("Ctrl+=", self.larger),
            ("Ctrl++", self.larger),
            ("Ctrl+-", theme.smaller),
            ("Ctrl+0", theme.usual_size),
            ("Ctrl+D", theme.switch_dark),
        ):
            self._keys.append(shortcut(self, keys, act))
        for room in RAIL:
            go = partial(self.enter, room.name)
            self._keys.append(shortcut(self, room.key, go))

    def _cover(self) -> None:
        """Let nothing be told and no key act while the work is covered."""
        self.toast.go()
        self._put_strip_away()
        for key in self._keys:
            key.setEnabled(False)

    def _put_strip_away(self) -> None:
        if self._strip is not None:
            self._strip.close()

    def _forget_strip(self, strip: PlatformStrip) -> None:
        if self._strip is strip:
            self._strip = None

    def _uncover(self) -> None:
        for key in self._keys:
            key.setEnabled(True)
        self.refresh()
        waiting, self._told_meanwhile = self._told_meanwhile, []
        if waiting:
            self.toast.warn(waiting[-1])

    def _warn(self, sentence: str) -> None:
        if self.locking.is_locked:
            self._told_meanwhile.append(sentence)
        else:
            self.toast.warn(sentence)

    def _tell(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        if not self.locking.is_locked:
            self.toast.tell(sentence, partial(self._take_back, undo) if undo else None)

    def _take_back(self, undo: Callable[[], object]) -> None:
        undo()
        self.refresh()

    def _wait_for(
        self, title: str, work: Callable[..., object], done: Callable[..., object]
    ) -> None:
        """Wait for something long that writes: what is typed is kept, and shown anew after it."""
        from .taking_in.working import Working

        def after(answer: object) -> None:
            done(answer)
            self.refresh()

        self.keep()
        Working(self.desk, title, self).begin(work, after)

    def _changed(self, kinds: frozenset[type]) -> None:
        """Show the office as it is called now, and build its papers anew."""
        if not any(kind.__name__ == "Setting" for kind in kinds):
            return
        self.rail.show_office(self.desk.office.name)
        for name in (REGISTRATION.name, MATTER.name):
            if name in self._pages and name != self.room:
                page: Any = self._pages.pop(name)
                page.keep_draft()
                self.stack.removeWidget(page)
                page.deleteLater()

    def _show_banners(self) -> None:
        store, show = self.desk.store, self.banners.show_banner
        if store.notice and kept_data(self.desk.folder, schema=LATEST):
            show("notice", _OLD_THERE, act="用升级前的数据", does=self._ask_about_old_data)
        elif store.notice:
            show("notice", store.notice)
        if doubt := store.clock_doubt:
            show("clock", doubt)
        if read_records(self.desk.folder).paused:
            show("paused", _PAUSED, act="确认无误", does=self._confirm_restore)

    def _turn_day(self) -> None:
        """Show another day; while the work is covered it is shown when it is uncovered."""
        if not self.locking.is_locked:
            self.refresh()

    def _come_forward(self) -> None:
        """Show the window to whoever clicked the notice."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        if not self.locking.is_locked:
            self.enter(TODAY.name)

    def _tell_provisional(self, sentence: str) -> None:
        """Say above every page which days are provisional, until their year is imported."""
        if not sentence:
            self.banners.drop("provisional")
        elif sentence not in self.banners.sentences:
            self.banners.show_banner(
                "provisional", sentence, act="工作日历", does=self.show_calendar
            )

    def _ask_about_version(self, installed: Installed) -> None:
        from .going_back import GoingBack

        dialog = GoingBack(self.desk, installed, self)
        dialog.accepted.connect(lambda: self.version_requested.emit(installed))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_about_old_data(self) -> None:
        from .going_back import GoingBack

        dialog = GoingBack(self.desk, None, self)
        dialog.accepted.connect(self.old_data_requested)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _confirm_restore(self) -> None:
        from xinfang_desktop.store.restore import confirm_restore

        try:
            confirm_restore(self.desk.folder)
        except OfficeError as error:
            self.toast.warn(error.sentence)
            return
        self.banners.drop("paused")
        self.backups.tell()
        self.toast.tell("已确认，自动备份照常进行")

    def _number_of_draft(self, draft: int) -> str:
        """Give the number of the matter that a draft changes; nothing for a new one."""
        from xinfang_desktop.casework.drafts import open_draft

        viewer = self.desk.viewer
        matter = self.desk.look(lambda session: open_draft(session, draft, viewer=viewer))
        return matter.petition.number if matter is not None and matter.petition.id else ""

    def _focus_search(self) -> None:
        self.header.search.setFocus()
        self.header.search.selectAll()

    def _go_into_list(self) -> None:
        if self.room != LEDGER.name:
            self.enter(LEDGER.name)
        self.page(LEDGER.name).take_focus()

    def _next_size(self) -> None:
        look = self.desk.theme.look
        usual = replace(look, size=SIZES[0])
        if look.size == SIZES[-1]:
            self.desk.theme.put_on(usual)
        else:
            self._try_larger(otherwise=usual)

    def _try_larger(self, otherwise: Look) -> None:
        """Go one size up; where the screen cannot hold that, look as told otherwise."""
        former = self.size()
        self.desk.theme.larger()
        QTimer.singleShot(0, self, lambda: self._fit_on_screen(former, otherwise))

    def _fit_on_screen(self, former: QSize, otherwise: Look) -> None:
        wanted, room = self.minimumSizeHint(), self.screen().availableSize().expandedTo(former)
        if wanted.width() > room.width() or wanted.height() > room.height():
            self.desk.theme.put_on(otherwise)
            QTimer.singleShot(0, self, lambda: self.resize(former))
            self.toast.tell(_NO_LARGER.format(size=otherwise.size))

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
        column.addWidget(self.banners)
        column.addWidget(self.stack, 1)
        row.addWidget(self.rail)
        row.addWidget(right, 1)
        outside = QVBoxLayout(whole)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addLayout(row, 1)
        outside.addWidget(self.status)
        self.setCentralWidget(whole)
