"""SelfTestPage: every part of the program tried on this PC, typing too, with a report to copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop import selftest
from xinfang_desktop.selftest import Result, State

from .background import Background
from .input_method import in_use
from .selftest_trials import WINDOW_TRIALS
from .theme import Theme
from .widgets.words import button, label, restyle

_HAN = range(0x3400, 0x40000)
_TO_DO = "不动任何登记内容；用一件虚构的信访件，把加密、查找、打印、导出、备份各试一遍，约几秒钟。"
_AT_IT = "正在自检……"
_COPIED = "报告已复制，里面没有个人信息，可以直接发给维护人员。"
_TRY = "切换到中文输入法，在下面打几个字："
_TYPED = "收到了输入法送来的汉字，中文输入正常。"
_COMPOSING = "正在拼字：输入法已接上，选好字就行。"
_LETTERS = (
    "只收到字母。请先按 Ctrl+空格 切换到中文；切换后仍是字母的，说明输入法没有接上，"
    "请复制报告交给维护人员。"
)
_PASTED = "收到了汉字，但不是输入法送来的；请直接打字试试。"


class TypingTrial(QLineEdit):
    """A blank that says by which way its words came.

    Attributes:
        heard: whether an input method has handed over a Chinese character here.
    """

    def __init__(self) -> None:
        super().__init__()
        self.heard = False
        self.is_composing = False
        self.setAccessibleName("在此输入中文")
        self.setPlaceholderText("在此输入中文")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice what an input method does."""
        self.is_composing = bool(event.preeditString())
        self.heard = self.heard or has_han(event.commitString())
        super().inputMethodEvent(event)
        self.textChanged.emit(self.text())

    @property
    def verdict(self) -> str:
        """What is to be said of the typing so far."""
        if self.heard:
            return _TYPED
        if self.is_composing:
            return _COMPOSING
        if has_han(self.text()):
            return _PASTED
        return _LETTERS if self.text() else ""


class SelfTestPage(QWidget):
    """A page of the help."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "clear")
        self._background = Background(self, threads=1)
        self.results: tuple[Result, ...] = ()
        self.start = button("开始自检", self.run, role="strong")
        self.copy = button("复制报告", self._copy)
        self.copy.setEnabled(False)
        self.message = label(_TO_DO, "quiet", wrap=True)
        self.message.setAccessibleName("自检结果")
        self.list = QListWidget()
        self.list.setAccessibleName("自检各项")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.typing = TypingTrial()
        self.told = label("", "quiet", wrap=True)
        self.told.setAccessibleName("输入情况")
        self.typing.textChanged.connect(lambda: self.told.setText(self.typing.verdict))
        self._lay_out(theme)

    def take_focus(self) -> None:
        """Put the keyboard on what begins it."""
        self.start.setFocus()

    def run(self) -> None:
        """Try everything, off the window's thread."""
        self.start.setEnabled(False)
        self.copy.setEnabled(False)
        self.list.clear()
        self._say(_AT_IT, "quiet")
        self._background.run(lambda: selftest.run_trials(WINDOW_TRIALS), self._done, self._refused)

    def report(self) -> str:
        """Give the report: versions, results, the way of typing; nothing of anybody."""
        platform = QGuiApplication.platformName()
        screen = QGuiApplication.primaryScreen()
        scale = f"{screen.devicePixelRatio() * 100:.0f}%" if screen else "无屏幕"
        typing = self.typing.verdict or "没有试"
        lines = (f"窗口：{platform}，缩放 {scale}", f"输入法：{in_use()}；{typing}")
        return "\n".join((selftest.report(self.results), *lines)) + "\n"

    def _done(self, results: tuple[Result, ...]) -> None:
        self.results = results
        for result in results:
            mark = {State.GOOD: "✓", State.BAD: "✗", State.ABSENT: "–"}[result.state]
            item = QListWidgetItem(f"{mark}  {result.title}：{result.told}")
            if result.state is State.BAD:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            self.list.addItem(item)
        is_bad = any(result.state is State.BAD for result in results)
        self._say(selftest.verdict(results), "overdue" if is_bad else "done")
        self._settle()
        self.copy.setEnabled(True)
        self.copy.setFocus()

    def _refused(self, sentence: str) -> None:
        self._say(sentence, "overdue")
        self._settle()

    def _settle(self) -> None:
        self.start.setEnabled(True)
        self.start.setText("再检一遍")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self._say(_COPIED, "quiet")

    def _say(self, sentence: str, role: str) -> None:
        self.message.setText(sentence)
        restyle(self.message, "role", role)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        theme.space(column, 4, 0, 0, 0, gap=8)
        column.addWidget(label("自检", "title"))
        row = QHBoxLayout()
        theme.space(row, gap=8)
        row.addWidget(self.start)
        row.addWidget(self.copy)
        row.addStretch(1)
        column.addWidget(self.message)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addWidget(label("在此输入中文", "heading"))
        hint = label(_TRY, "quiet")
        hint.setBuddy(self.typing)
        for part in (hint, self.typing, self.told):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)


def has_han(text: str) -> bool:
    """Tell whether there is a Chinese character in ``text``."""
    return any(ord(character) in _HAN for character in text)
