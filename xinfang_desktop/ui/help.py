"""HelpWindow: short pages on how the work is done here, opened at what the keyboard is on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.paths import resource

from .look import Look
from .theme import Theme
from .widgets.line import Line
from .widgets.words import label, shortcut

if TYPE_CHECKING:
    from .about import AboutPage
    from .selftest_page import SelfTestPage

_HEADINGS = {1: 18, 2: 15}
TOPICS = (
    *("start", "keys", "today", "registration", "earlier", "matter", "merging"),
    *(
        "handling",
        "limits",
        "papers",
        "ledger",
        "taking_in",
        "supervision",
        "statistics",
        "platform",
        "printing",
        "drafts",
    ),
    *("safety", "accounts", "lock", "backup", "restore", "office", "data"),
)
PARTS = {"selftest": "自检", "about": "关于"}
"""Pages that do something, below those that are read."""


@dataclass(frozen=True)
class Topic:
    """One page of the help."""

    key: str
    title: str
    text: str


def topics() -> tuple[Topic, ...]:
    """Read the pages; the first heading of each is its title."""
    pages = []
    for key in TOPICS:
        text = resource("help", f"{key}.md").read_text(encoding="utf-8")
        pages.append(Topic(key, text.splitlines()[0].lstrip("# "), text))
    return tuple(pages)


class HelpWindow(QWidget):
    """The help beside the work; Esc closes it.

    Signals:
        version_requested(installed): somebody wants to go on with the other version.
    """

    version_requested = Signal(object)

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, folder: Path | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("帮助 · 信访案头")
        self.setProperty("role", "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._folder = folder
        self._topics = topics()
        self._parts: dict[str, AboutPage | SelfTestPage] = {}
        self.stack = QStackedWidget()
        self.filter = Line("查找帮助", "查找帮助里的字…")
        self.list = QListWidget()
        self.list.setAccessibleName("帮助目录")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QTextBrowser()
        self.text.setAccessibleName("帮助内容")
        self.text.setOpenLinks(False)
        self._none = label("没有这几个字，换一个说法再找。", "quiet", wrap=True)
        self._lay_out(theme)
        self.filter.settled.connect(self._narrow)
        self.filter.entered.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._show_current)
        shortcut(self, "Esc", self.close)
        shortcut(self, "Ctrl+F", self.filter.setFocus)
        theme.follow(self, self._measure)
        self._narrow("")

    @property
    def topic(self) -> str:
        """The page shown."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def open_topic(self, key: str) -> None:
        """Show a page, in front."""
        self.filter.clear()
        places = (*TOPICS, *PARTS)
        place = places.index(key) if key in places else 0
        self.list.setCurrentRow(place)
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def _narrow(self, words: str) -> None:
        kept = self.topic
        self.list.clear()
        parts = (Topic(key, title, title) for key, title in PARTS.items())
        for topic in (*self._topics, *parts):
            if all(word in topic.text for word in words.split()):
                item = QListWidgetItem(topic.title)
                item.setData(Qt.ItemDataRole.UserRole, topic.key)
                self.list.addItem(item)
                if topic.key == kept:
                    self.list.setCurrentItem(item)
        self._none.setVisible(not self.list.count())
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def part(self, key: str) -> AboutPage | SelfTestPage:
        """Give a page that does something, built on its first use."""
        if key not in self._parts:
            from .about import AboutPage
            from .selftest_page import SelfTestPage

            if key == "about":
                about = AboutPage(self._theme, self._folder)
                about.version_requested.connect(self.version_requested)
                self._parts[key] = about
            else:
                self._parts[key] = SelfTestPage(self._theme)
            self.stack.addWidget(self._parts[key])
        return self._parts[key]

    def _show_current(self) -> None:
        if self.topic in PARTS:
            self.stack.setCurrentWidget(self.part(self.topic))
            return
        self.stack.setCurrentWidget(self.text)
        text = next((topic.text for topic in self._topics if topic.key == self.topic), "")
        self.text.setMarkdown(text)
        self._calm_headings()
        words = self.filter.text().strip()
        if words:
            self.text.find(words.split()[0])

    def _calm_headings(self) -> None:
        """Give headings the sizes of the window, and room above and below."""
        px = self._theme.px
        block = self.text.document().begin()
        while block.isValid():
            size = _HEADINGS.get(block.blockFormat().headingLevel())
            cursor = QTextCursor(block)
            room = QTextBlockFormat()
            room.setTopMargin(px(16 if size else 4))
            room.setBottomMargin(px(6))
            room.setLineHeight(150, 1)
            cursor.mergeBlockFormat(room)
            if size:
                face = QTextCharFormat()
                face.setProperty(QTextFormat.Property.FontPixelSize, px(size))
                face.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                face.setFontWeight(QFont.Weight.Bold)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.setCharFormat(face)
            block = block.next()

    def _measure(self, look: Look) -> None:
        self.resize(look.px(820), min(look.px(600), 700))
        self.list.setFixedWidth(look.px(200))
        self.filter.setFixedWidth(look.px(200))
        font = QFont(self.font())
        font.setPixelSize(look.px(14))
        self.text.document().setDefaultFont(font)
        self._show_current()

    def _lay_out(self, theme: Theme) -> None:
        left = QVBoxLayout()
        theme.space(left, gap=8)
        left.addWidget(self.filter)
        left.addWidget(self.list, 1)
        left.addWidget(self._none)
        left.addWidget(label("Esc 关闭 · Ctrl+F 查找", "small"))
        row = QHBoxLayout(self)
        theme.space(row, 16, gap=16)
        row.addLayout(left)
        self.stack.addWidget(self.text)
        row.addWidget(self.stack, 1)
