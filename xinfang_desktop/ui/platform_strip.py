"""PlatformStrip (逐项复制): a small window over all others that copies a matter field by field.

The clerk types into the platform's own page; one key here puts the next field on the clipboard.
Personal fields are covered until they are copied, and nothing stays on the clipboard.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.casework import platform
from xinfang_desktop.casework.platform import PlatformItem, PlatformSheet
from xinfang_desktop.models import Right

from .clipboard import BriefClipboard
from .desk import Desk
from .widgets.line import Line
from .widgets.words import Hint, button, label, restyle

NEXT_KEY, BACK_KEY, SKIP_KEY = "F12", "Shift+F12", "Ctrl+F12"
WIDTH, EDGE = 560, 24
MOST_SHOWN = 120
_BEGIN = f"按 {NEXT_KEY} 复制第一项，到平台里粘贴；回来再按一次是下一项。"
_ALL_DONE = "全部复制完。平台给了编号的，记在下面。"
_ALL_COPIED = "全部复制完。"
_NONE_FILLED = "这一件在这个模板里没有填写的内容。"
_NOTED = "上级编号已记下"


class PlatformStrip(QWidget):
    """The strip of one matter; Esc closes it.

    Signals:
        went(): it was closed.
    """

    went = Signal()

    def __init__(self, desk: Desk, number: str, parent: QWidget | None = None) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(parent, flags)
        self._desk, self._number = desk, number
        self._sheet: PlatformSheet | None = None
        self._items: list[PlatformItem] = []
        self._at = -1
        self._clipboard = BriefClipboard(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("复制到上级平台")
        self.setAccessibleName("复制到上级平台")
        self.setProperty("role", "surface")
        self.setProperty("help", "platform")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self._bind_keys()
        desk.closing.connect(self.close)
        self._choose_usual()

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to copy, for this account."""
        return self._sheet is not None

    @property
    def copied(self) -> PlatformItem | None:
        """The item that lies on the clipboard."""
        return self._items[self._at] if 0 <= self._at < len(self._items) else None

    @property
    def is_done(self) -> bool:
        """Whether everything was copied or skipped."""
        return self._at >= len(self._items)

    @property
    def sentence(self) -> str:
        """What is shown of the item in hand."""
        return f"{self._title.text()} {self._value.text()}".strip()

    def copy_next(self) -> None:
        """Copy the next item that says something; after the last one all is done."""
        self._go(self._at + 1)

    def copy_before(self) -> None:
        """Copy the item before once more."""
        if self._items:
            self._go(max(self._at - 1, 0))

    def skip(self) -> None:
        """Leave the next item out."""
        if not self.is_done:
            self._clipboard.forget()
            self._at += 1
            self._show(is_copied=False)

    def show_template(self, key: str) -> None:
        """Copy by another template, from its first item on."""
        viewer, now = self._desk.viewer, self._desk.now()
        self._clipboard.forget()
        self._sheet = self._desk.look(
            lambda session: platform.sheet(session, self._number, key, viewer=viewer, now=now)
        )
        if self._sheet is None:
            return
        self._items = [item for item in self._sheet.items if item.text]
        blank = "、".join(item.title for item in self._sheet.items if not item.text)
        self._blank.setText(f"没有填、跳过的：{blank}" if blank else "")
        self._blank.setVisible(bool(blank))
        self._given.setText(self._sheet.superior_number)
        self._at = -1
        self._desk.preferences.keep(platform=key)
        self._show(is_copied=False)

    def note_number(self) -> None:
        """Write down the number that the platform gave, and close."""
        if self._given.is_composing:
            return
        viewer, now, given = self._desk.viewer, self._desk.now(), self._given.text()
        done = self._desk.attempt(
            lambda session: platform.note_superior_number(
                session, self._number, given, viewer=viewer, now=now
            )
        )
        if done is not None:
            self._desk.tell_undoable(_NOTED)
            self.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Stand at the lower right of the screen, out of the way of what is typed."""
        super().showEvent(event)
        room = self.screen().availableGeometry()
        edge = self._desk.theme.px(EDGE)
        corner = room.bottomRight()
        self.move(corner.x() - self.width() - edge, corner.y() - self.height() - edge)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Enter and the arrow to the right copy on, the arrow to the left back."""
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Escape: self.close,
            Qt.Key.Key_Return: self.copy_next,
            Qt.Key.Key_Enter: self.copy_next,
            Qt.Key.Key_Right: self.copy_next,
            Qt.Key.Key_Left: self.copy_before,
        }
        if act := keys.get(event.key()):
            act()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing on the clipboard."""
        self._clipboard.forget()
        self.went.emit()
        super().closeEvent(event)

    # inside

    def _choose_usual(self) -> None:
        kept = self._desk.read(platform.templates)
        for template in kept:
            self._templates.addItem(template.title, template.key)
        usual = self._desk.preferences.now.platform
        self._templates.setCurrentIndex(max(self._templates.findData(usual), 0))
        self.show_template(str(self._templates.currentData()))
        self._templates.activated.connect(
            lambda _: self.show_template(str(self._templates.currentData()))
        )

    def _go(self, place: int) -> None:
        self._at = min(place, len(self._items))
        if self.copied is not None:
            self._clipboard.copy(self.copied.text)
        else:
            self._clipboard.forget()
        self._show(is_copied=self.copied is not None)

    def _show(self, *, is_copied: bool) -> None:
        item = self.copied
        many = len(self._items)
        shown = min(max(self._at + 1, 0), many)
        self._count.setText(f"{shown} / {many}")
        restyle(self._value, "role", "heading" if is_copied else "quiet")
        if not many:
            self._say("", _NONE_FILLED)
        elif self._at < 0:
            self._say("", _BEGIN)
        elif item is None:
            self._say("", f"✓ {_ALL_DONE if self._may_note else _ALL_COPIED}")
        else:
            words = _short(item.text) if is_copied else item.shown
            self._say(f"{item.title}：{'已复制' if is_copied else '跳过'}", words)
        following = self._items[self._at + 1] if self._at + 1 < many else None
        self._next.setText(f"下一项：{following.title}　{following.shown}" if following else "")
        self._next.setVisible(following is not None)
        self._copy.setVisible(not self.is_done)
        self._number_row.setVisible(self._may_note and self.is_done)
        if self._number_row.isVisible():
            self._given.setFocus()
        self.adjustSize()

    @property
    def _may_note(self) -> bool:
        return self._desk.may(Right.WORK)

    def _say(self, title: str, words: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._value.setText(words)
        self._value.setAccessibleName(f"{title} {words}".strip())

    def _bind_keys(self) -> None:
        for keys, act in (
            (NEXT_KEY, self.copy_next),
            (BACK_KEY, self.copy_before),
            (SKIP_KEY, self.skip),
        ):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.ApplicationShortcut)
            key.activated.connect(act)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        self._templates = QComboBox()
        self._templates.setAccessibleName("平台模板")
        self._templates.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._count = label("", "quiet")
        self._title = label("", "small")
        self._value = label("", "heading", wrap=True)
        self._value.setMinimumHeight(1)
        self._next = Hint("")
        self._blank = label("", "small", wrap=True)
        head = QHBoxLayout()
        theme.space(head, gap=10)
        head.addWidget(label(self._number, "heading"))
        head.addWidget(self._templates)
        head.addStretch(1)
        head.addWidget(self._count)
        card = QFrame()
        card.setProperty("role", "limit")
        inside = QVBoxLayout(card)
        theme.space(inside, 12, 8, 12, 8, gap=2)
        for part in (self._title, self._value):
            inside.addWidget(part)
        column = QVBoxLayout(self)
        theme.space(column, 16, 12, 16, 12, gap=8)
        column.addLayout(head)
        column.addWidget(card)
        column.addWidget(self._next)
        column.addWidget(self._blank)
        column.addWidget(self._number_part())
        column.addLayout(self._acts())
        theme.fix(self, width=WIDTH)

    def _number_part(self) -> QWidget:
        self._given = Line("平台给的编号", "平台给的编号")
        self._given.entered.connect(self.note_number)
        self._number_row = QWidget()
        row = QHBoxLayout(self._number_row)
        self._desk.theme.space(row, gap=8)
        row.addWidget(self._given, 1)
        row.addWidget(button("记下", self.note_number, role="strong", key="Enter"))
        return self._number_row

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._desk.theme.space(row, gap=8)
        self._copy = button("复制下一项", self.copy_next, role="strong", key=NEXT_KEY)
        acts = (
            self._copy,
            button("上一项", self.copy_before, key=BACK_KEY),
            button("跳过", self.skip, key=SKIP_KEY),
            button("关闭", partial(self.close), key="Esc"),
        )
        for act in acts:
            act.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(act)
        row.addStretch(1)
        return row


def _short(text: str) -> str:
    """Give as much of a text as the strip has room for."""
    words = " ".join(text.split())
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"
