"""The frame round the pages: rail, header and status bar; they show and ask, and decide nothing."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .look import Look
from .rooms import Room
from .theme import Theme
from .widgets.search_box import SearchBox
from .widgets.words import button, label, restyle

ALL_SAVED = "全部已保存"
_WEEKDAYS = "一二三四五六日"
_NOT_YET = ("未", "正在")


def day_in_words(day: date) -> str:
    """Write a day as the header does."""
    return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


class Rail(QFrame):
    """The rooms, at the left.

    Signals:
        room_requested(name): somebody wants to enter a room.
    """

    room_requested = Signal(str)

    def __init__(self, theme: Theme, rooms: Iterable[Room], office: str) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("rail")
        self.setAccessibleName("栏目")
        self._group = QButtonGroup(self)
        self._doors: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        theme.space(column, 0, 14, 0, 12)
        head = QVBoxLayout()
        theme.space(head, 16, 0, 8, 14, gap=2)
        head.addWidget(label("信访案头", "title"))
        self._office = label(office, "small", wrap=True)
        head.addWidget(self._office)
        column.addLayout(head)
        rooms = tuple(rooms)
        for room in rooms:
            if not room.at_foot:
                column.addWidget(self._door(room))
        column.addStretch(1)
        for room in rooms:
            if room.at_foot:
                column.addWidget(self._door(room))
        theme.fix(self, width=136)

    def show_room(self, name: str) -> None:
        """Mark the room we are in; None of them for a place off the rail."""
        self._group.setExclusive(False)
        for key, door in self._doors.items():
            door.setChecked(key == name)
        self._group.setExclusive(True)

    def show_office(self, name: str) -> None:
        """Show the office's name."""
        self._office.setText(name)

    def _door(self, room: Room) -> QPushButton:
        door = QPushButton()
        door.setCheckable(True)
        door.setProperty("role", "room")
        door.setObjectName(room.name)
        door.setAccessibleName(room.title)
        row = QHBoxLayout(door)
        self._theme.space(row, 16, 0, 12, 0)
        for words in (label(room.title), label(room.key.replace("+", " "), "small")):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(words, 0 if words.property("role") else 1)
        door.clicked.connect(lambda: self.room_requested.emit(room.name))
        self._group.addButton(door)
        self._doors[room.name] = door
        return door


class Header(QFrame):
    """The page's title, the search box, and the way to a new registration.

    Signals:
        new_requested(): somebody wants to register.
    """

    new_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("header")
        self._title = label("", "title")
        self._detail = label("", "quiet")
        self._tools = QHBoxLayout()
        theme.space(self._tools)
        self._tool: QWidget | None = None
        self.search = SearchBox(theme)
        self.new_button = button("新登记", self.new_requested.emit, role="strong", key="Ctrl+N")
        row = QHBoxLayout(self)
        theme.space(row, 20, 0, 20, 0, gap=14)
        row.addWidget(self._title)
        row.addWidget(self._detail)
        row.addLayout(self._tools)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addWidget(self.new_button)
        theme.fix(self, height=52)

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self._title.text()} {self._detail.text()}".strip()

    def show_page(self, title: str, detail: str, tool: QWidget | None) -> None:
        """Show what page this is; a page may bring a small tool of its own."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        if self._tool is not None and self._tool is not tool:
            self._tool.hide()
        self._tool = tool
        if tool is not None:
            self._tools.addWidget(tool)
            tool.show()

    def show_new(self, *, visible: bool, strong: bool) -> None:
        """One strong button a window: where a page has its own, this one steps back."""
        self.new_button.setVisible(visible)
        restyle(self.new_button, "role", "strong" if strong else "")


class StatusBar(QFrame):
    """Whether the work is saved and backed up, who is working, and how it looks.

    Signals:
        backup_requested(): somebody wants to see to the backups.
        lock_requested(): somebody leaves the desk.
        size_requested(): another size of everything.
        dark_requested(): the other of light and dark.
        help_requested(): help.
    """

    backup_requested = Signal()
    lock_requested = Signal()
    size_requested = Signal()
    dark_requested = Signal()
    help_requested = Signal()

    def __init__(self, theme: Theme, viewer: str) -> None:
        super().__init__()
        self.setObjectName("status")
        self._sign = label("●", "done")
        self._saved = label("", "done")
        self._saved.setAccessibleName("保存情况")
        self._backup = button("", self.backup_requested.emit, role="small")
        self._backup.hide()
        self._size = button("", self.size_requested.emit, role="small")
        self._dark = button("", self.dark_requested.emit, role="small")
        row = QHBoxLayout(self)
        theme.space(row, 16, 0, 12, 0, gap=6)
        row.addWidget(self._sign)
        row.addWidget(self._saved)
        row.addSpacing(theme.px(8))
        row.addWidget(self._backup)
        row.addStretch(1)
        row.addWidget(label(viewer))
        for tool in (
            button("锁定", self.lock_requested.emit, role="small", key="Ctrl+L"),
            button("帮助", self.help_requested.emit, role="small", key="F1"),
            self._size,
            self._dark,
        ):
            row.addWidget(tool)
        theme.fix(self, height=30)
        theme.follow(self, self._show_look)
        self.show_saved("")

    @property
    def words(self) -> str:
        """What it says of the work."""
        return self._saved.text()

    @property
    def is_open(self) -> bool:
        """Whether something is not saved yet."""
        return self._sign.text() == "○"

    def show_saved(self, words: str) -> None:
        """Say how the work stands; nothing means that all of it is saved."""
        is_open = words.startswith(_NOT_YET)
        self._sign.setText("○" if is_open else "●")
        self._saved.setText(words or ALL_SAVED)
        for part in (self._sign, self._saved):
            restyle(part, "role", "warning" if is_open else "done")

    @property
    def backup_words(self) -> str:
        """What it says of the backups."""
        return self._backup.text()

    def show_backup(self, words: str, *, fine: bool) -> None:
        """Say how old the last proven backup is, and which stick has waited too long."""
        self._backup.setText(f"{'✓' if fine else '！'} {words}")
        self._backup.setAccessibleName(f"备份：{words}")
        restyle(self._backup, "state", "done" if fine else "warning")
        self._backup.setVisible(bool(words))

    def _show_look(self, look: Look) -> None:
        self._size.setText(f"字号 {look.size}%  Ctrl +/-")
        self._size.setAccessibleName(f"字号 百分之{look.size}")
        self._dark.setText("浅色  Ctrl+D" if look.dark else "深色  Ctrl+D")
        self._dark.setAccessibleName("换成浅色" if look.dark else "换成深色")
