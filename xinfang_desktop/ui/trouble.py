"""Trouble: what went wrong, in one sentence, with what to do; never a traceback on the screen."""

import sys
import traceback
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from xinfang_desktop import __version__
from xinfang_desktop.errors import OfficeError

from .theme import Theme
from .widgets.words import button, label

UNEXPECTED = (
    "程序出了一个没有料到的问题，刚才的这一步可能没有完成。"
    "已保存的数据没有受影响，正在填写的内容已留作草稿。可以接着用；若再出现，请复制详情交给管理员。"
)
UNEXPECTED_AND_UNKEPT = (
    "程序出了一个没有料到的问题，正在填写的内容也没能留作草稿。已保存的数据没有受影响。"
    "请先把屏幕上还没保存的内容抄下来，再关闭程序重新打开；并复制详情交给管理员。"
)
FIRST_AID = (
    "数据文件请保持原样，不要删除、改名或覆盖。",
    "按上面的话处理后，按「再试一次」。",
    "仍打不开时，把这句话告诉管理员。",
)


class Trouble(QDialog):
    """A calm window with one sentence, some advice, and what can be done from here."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        sentence: str,
        *,
        advice: tuple[str, ...] = (),
        details: str = "",
        again: str = "",
    ) -> None:
        super().__init__()
        self.setWindowTitle("信访案头")
        self.details = details
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        theme.space(column, 32, 28, 32, 24, gap=12)
        column.addWidget(label(title, "title"))
        self.sentence = label(sentence, wrap=True)
        column.addWidget(self.sentence)
        for line in advice:
            column.addWidget(label(f"·  {line}", "quiet", wrap=True))
        column.addStretch(1)
        column.addLayout(self._foot(theme, again))
        outside = QVBoxLayout(self)
        theme.space(outside, 24)
        outside.addWidget(sheet)
        theme.follow(self, lambda look: self.setFixedWidth(look.px(560)))
        self.setMinimumHeight(theme.px(300))
        self._strong.setFocus()

    def _foot(self, theme: Theme, again: str) -> QHBoxLayout:
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        self.copied: QLabel = label("", "quiet")
        if self.details:
            foot.addWidget(button("复制详情", self._copy, role="plain"))
            foot.addWidget(self.copied)
        foot.addStretch(1)
        if again:
            foot.addWidget(button("退出", self.reject, key="Esc"))
        self._strong = button(again or "知道了", self.accept, role="strong", key="Enter")
        self._strong.setDefault(True)
        foot.addWidget(self._strong)
        return foot

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details)
        self.copied.setText("已复制，不含个人信息")


class Watch:
    """Stands at ``sys.excepthook``: keeps the draft, then says one sentence."""

    def __init__(self, theme: Theme, keep: Callable[[], object]) -> None:
        self._theme = theme
        self._keep = keep
        self._is_telling = False

    def install(self) -> None:
        """Take over unexpected errors of this program run."""
        sys.excepthook = self.tell

    def tell(
        self,
        kind: type[BaseException],
        error: BaseException,
        where: TracebackType | None,
    ) -> None:
        """Show an error that nobody caught; errors while one is shown are not piled on it."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            return
        if self._is_telling:
            return
        self._is_telling = True
        try:
            self._show(error)
        finally:
            self._is_telling = False

    def _show(self, error: BaseException) -> None:
        if isinstance(error, OfficeError):
            Trouble(self._theme, "这一步没有完成", error.sentence).exec()
            return
        try:
            self._keep()
            sentence = UNEXPECTED
        except Exception:  # the clerk hears of it in the sentence
            sentence = UNEXPECTED_AND_UNKEPT
        Trouble(self._theme, "出了点问题", sentence, details=details_of(error)).exec()


def details_of(error: BaseException) -> str:
    """Name the kind and the place of an error; its words may hold personal data, so they stay."""
    lines = [f"信访案头 {__version__} · Python {sys.version.split()[0]} · {sys.platform}"]
    lines.append(type(error).__name__)
    for frame in traceback.extract_tb(error.__traceback__):
        place = "/".join(PurePath(frame.filename).parts[-2:])
        lines.append(f"  {place}:{frame.lineno} {frame.name}")
    return "\n".join(lines)
