"""SettingsPage (设置): quiet sections; what an account may do decides which there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from xinfang_desktop.models import Right

from .desk import Desk
from .page import Page
from .settings.section import Section
from .widgets.words import shortcut

_WIDTH = 148


def _office(desk: Desk) -> Section:
    from .settings.office import OfficeSection

    return OfficeSection(desk)


def _accounts(desk: Desk) -> Section:
    from .settings.accounts import AccountsSection

    return AccountsSection(desk)


def _passwords(desk: Desk) -> Section:
    from .settings.passwords import PasswordsSection

    return PasswordsSection(desk)


def _backups(desk: Desk) -> Section:
    from .settings.backups import BackupsSection

    return BackupsSection(desk)


def _trail(desk: Desk) -> Section:
    from .settings.trail import TrailSection

    return TrailSection(desk)


def _bin(desk: Desk) -> Section:
    from .settings.bin import BinSection

    return BinSection(desk)


def _limits(desk: Desk) -> Section:
    from .settings.limits import LimitsSection

    return LimitsSection(desk)


def _calendar(desk: Desk) -> Section:
    from .settings.calendar import CalendarSection

    return CalendarSection(desk)


def _platform(desk: Desk) -> Section:
    from .settings.platform import PlatformSection

    return PlatformSection(desk)


def _reminders(desk: Desk) -> Section:
    from .settings.reminders import RemindersSection

    return RemindersSection(desk)


@dataclass(frozen=True)
class Entry:
    """A section that may be entered by whoever has the right."""

    key: str
    title: str
    build: Callable[[Desk], Section]
    right: Right = Right.READ


SECTIONS = (
    Entry("office", "本单位", _office),
    Entry("limits", "时限规则", _limits),
    Entry("calendar", "工作日历", _calendar),
    Entry("accounts", "账户", _accounts, Right.ACCOUNTS),
    Entry("passwords", "密码和锁定", _passwords),
    Entry("platform", "上级平台", _platform, Right.WORK),
    Entry("reminders", "提醒", _reminders),
    Entry("backups", "备份", _backups),
    Entry("trail", "操作记录", _trail, Right.TRAIL),
    Entry("bin", "草稿回收站", _bin, Right.WORK),
)


class SettingsPage(Page):
    """The settings.

    Signals:
        draft_requested(id): a draft was taken back and is to be gone on with.
        restore_requested(path, secret): a backup is to take the place of the data.
        backups_changed(): there is a new backup, or a new stick.
        closed(): Esc.
    """

    title = "设置"
    draft_requested = Signal(int)
    restore_requested = Signal(object, str)
    backups_changed = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._entries = [entry for entry in SECTIONS if desk.may(entry.right)]
        self._sections: dict[str, Section] = {}
        self._places: dict[str, int] = {}
        self.list = QListWidget()
        self.list.setProperty("role", "sections")
        self.list.setAccessibleName("设置栏目")
        self.list.installEventFilter(self)
        for entry in self._entries:
            self.list.addItem(QListWidgetItem(entry.title))
        self.stack = QStackedWidget()
        desk.theme.fix(self.list, width=_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.list.currentRowChanged.connect(self._show_row)
        shortcut(self, "Esc", self._escape)
        shortcut(self, "F6", self.list.setFocus)

    @property
    def key(self) -> str:
        """Which section is shown."""
        row = self.list.currentRow()
        return self._entries[row].key if row >= 0 else ""

    @property
    def keys(self) -> list[str]:
        """Which sections there are for this account."""
        return [entry.key for entry in self._entries]

    @property
    def help_topic(self) -> str:  # type: ignore[override]
        """The page of the help for the section shown."""
        return self._sections[self.key].help_topic if self.key in self._sections else "safety"

    def section(self, key: str) -> Section:
        """Give a section, built on its first use."""
        if key not in self._sections:
            entry = next(entry for entry in self._entries if entry.key == key)
            section = entry.build(self.desk)
            self._listen_to(section)
            self._sections[key] = section
            self._places[key] = self.stack.addWidget(self._framed(section))
        return self._sections[key]

    def show_section(self, key: str) -> Section:
        """Go to a section."""
        self.list.setCurrentRow(self.keys.index(key))
        return self.section(key)

    def refresh(self) -> None:
        """Read the section again."""
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        elif self.key:
            self.section(self.key).refresh()

    def take_focus(self) -> None:
        """Begin at the list of sections."""
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the arrow to the right lead from the list into the section."""
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)
        ):
            self.section(self.key).take_focus()
            return True
        return super().eventFilter(watched, event)

    def _show_row(self, row: int) -> None:
        if row < 0:
            return
        section = self.section(self.key)
        self.stack.setCurrentIndex(self._places[self.key])
        section.refresh()

    def _escape(self) -> None:
        if self.key in self._sections and self._sections[self.key].escape():
            return
        if self.list.hasFocus() or QApplication.focusWidget() is None:
            self.closed.emit()
        else:
            self.list.setFocus()

    def _listen_to(self, section: Section) -> None:
        for news, told in (
            ("draft_requested", self.draft_requested),
            ("restore_requested", self.restore_requested),
            ("changed", self.backups_changed),
        ):
            if signal := getattr(section, news, None):
                signal.connect(told)

    def _framed(self, section: Section) -> QWidget:
        if section.fills:
            return section
        area = QScrollArea()
        area.setWidget(section)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        follow = QApplication.instance()
        assert isinstance(follow, QApplication)
        follow.focusChanged.connect(lambda _, now: _keep_in_sight(area, section, now))
        return area


def _keep_in_sight(area: QScrollArea, section: QWidget, widget: QWidget | None) -> None:
    import shiboken6

    if widget is not None and shiboken6.isValid(area) and section.isAncestorOf(widget):
        area.ensureWidgetVisible(widget, 0, 48)
