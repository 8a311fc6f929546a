"""AboutPage: which version this is, where its data lies, whose works it brings, the way back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop import __version__
from xinfang_desktop.licences import works
from xinfang_desktop.versions import Installed, installed

from .theme import Theme
from .widgets.words import button, label

_BACK = "回到上一版 {version}"
_FORWARD = "用新版 {version}"
_TWO = "本机还留着{other}。新版用着不顺时可以回到它，数据会先另存，不会丢。"
_ONE = "本机只装了这一版。"


class AboutPage(QWidget):
    """A page of the help.

    Signals:
        version_requested(installed): somebody wants to go on with the other version.
    """

    version_requested = Signal(object)

    def __init__(
        self,
        theme: Theme,
        folder: Path | None = None,
        look: Callable[[], Installed | None] = installed,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "clear")
        self._installed = look()
        self._works = works()
        self.list = QListWidget()
        self.list.setAccessibleName("所用软件和字体")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("许可证全文")
        self.text.setTabChangesFocus(True)
        self.other = button("", self._ask)
        self._versions = label("", "quiet", wrap=True)
        self._lay_out(theme, folder)
        self._tell_versions()
        self.list.currentItemChanged.connect(self._show_licence)
        for work in self._works:
            item = QListWidgetItem(f"{work.name} {work.version}".strip())
            item.setToolTip(work.licence)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def take_focus(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus()

    def _tell_versions(self) -> None:
        here = self._installed
        other = here.other if here else ""
        self.other.setVisible(bool(other))
        self._versions.setVisible(here is not None)
        if here is None:
            return
        if not other:
            self._versions.setText(_ONE)
            return
        is_back = here.running == here.current
        self.other.setText((_BACK if is_back else _FORWARD).format(version=other))
        self.other.setAccessibleName(self.other.text())
        self._versions.setText(_TWO.format(other=other))

    def _ask(self) -> None:
        if self._installed is not None:
            self.version_requested.emit(self._installed)

    def _show_licence(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            work = self._works[row]
            self.text.setPlainText(f"{work.name}：{work.licence}\n\n{work.read()}")

    def _lay_out(self, theme: Theme, folder: Path | None) -> None:
        column = QVBoxLayout(self)
        theme.space(column, 4, 0, 0, 0, gap=8)
        column.addWidget(label("关于信访案头", "title"))
        column.addWidget(label(f"版本 {__version__}，按 MIT 许可证发布，只在本机使用，不联网。"))
        if folder is not None:
            where = label(f"数据在：{folder}", "quiet", wrap=True)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(where)
        row = QHBoxLayout()
        theme.space(row, gap=8)
        row.addWidget(self._versions, 1)
        row.addWidget(self.other)
        column.addLayout(row)
        column.addWidget(label("所用软件和字体，及其许可证", "heading"))
        lists = QHBoxLayout()
        theme.space(lists, gap=12)
        lists.addWidget(self.list)
        lists.addWidget(self.text, 1)
        column.addLayout(lists, 1)
        theme.fix(self.list, width=210)
