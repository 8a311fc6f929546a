"""OfferList: everything that may be done with a matter now, and why something may not."""

from collections.abc import Callable, Sequence
from string import ascii_uppercase

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework.handling import Offer
from xinfang_desktop.models import Action

from .theme import Theme
from .widgets.words import button, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_MERGING = "同一件事登记了两次的，并成一件"
_HINT = "↑ ↓ 选，Enter 办；或者直接按字母 · Esc 收起"


class OfferList(QFrame):
    """The list, at the side of the paper.

    Signals:
        chosen(action): this is to be done (or ``Action.TAKE_BACK``, ``Action.MERGE``).
        left(): put the list away.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: list[Action] = []
        self.setAccessibleName("其他办理")
        self.setProperty("help", "handling")
        self.list = _Lettered(self._take)
        self.list.setAccessibleName("可以办理的")
        self.list.setProperty("role", "offers")
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        head = QHBoxLayout()
        theme.space(head, gap=8)
        head.addWidget(label("其他办理", "title"))
        head.addStretch(1)
        head.addWidget(button("收起", self.left.emit, role="small", key="Esc"))
        column = QVBoxLayout(self)
        theme.space(column, 16, 12, 16, 10, gap=8)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(label(_HINT, "small", wrap=True))

    @property
    def listed(self) -> list[Action]:
        """What is listed."""
        return list(self._actions)

    def show_offers(self, offers: Sequence[Offer], latest: str) -> None:
        """List what may follow; ``latest`` is the act that may be taken back."""
        self.list.clear()
        self._actions = [offer.action for offer in offers]
        for offer in offers:
            told = f"不能办：{offer.refusal}" if offer.refusal else ""
            self._add(offer.action.label, offer.act.basis, told)
        if offers:
            self._actions.append(Action.MERGE)
            self._add(Action.MERGE.label, _MERGING, "")
        if latest:
            self._actions.append(Action.TAKE_BACK)
            self._add("撤回上一步", latest, "")
        self.list.setCurrentRow(0)

    def _add(self, title: str, basis: str, trouble: str) -> None:
        letter = ascii_uppercase[self.list.count()] if self.list.count() < 26 else ""
        row = _Row(self._theme, letter, title, basis, trouble)
        item = QListWidgetItem()
        told = "，".join(filter(None, (letter, title, basis, trouble)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        self.list.addItem(item)
        self.list.setItemWidget(item, row)
        self._theme.follow(row, lambda _: self.list.fit(item, row))

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._actions):
            self.chosen.emit(self._actions[row])


class _Row(QWidget):
    """One act: its letter, its title, its article, and why it cannot be done."""

    def __init__(self, theme: Theme, letter: str, title: str, basis: str, trouble: str) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        theme.space(row, 8, 6, 8, 6, gap=10)
        key = label(letter, "key")
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.fix(key, width=22)
        row.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        theme.space(words, gap=2)
        words.addWidget(label(title, "quiet" if trouble else "heading"))
        words.addWidget(label(basis, "small", wrap=True))
        if trouble:
            words.addWidget(label(trouble, "warning", wrap=True))
        row.addLayout(words, 1)


class _Lettered(QListWidget):
    """A list whose rows are taken by their letters too."""

    def __init__(self, take: Callable[[int], object]) -> None:
        super().__init__()
        self._take = take
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)

    def fit(self, item: QListWidgetItem, row: QWidget) -> None:
        """Give a row the height that its words need in this width."""
        width = self.viewport().width()
        height = row.heightForWidth(width)
        item.setSizeHint(QSize(width, max(height, row.minimumSizeHint().height())))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        for place in range(self.count()):
            item = self.item(place)
            if (row := self.itemWidget(item)) is not None:
                self.fit(item, row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if event.key() in _ENTER:
            self._take(self.currentRow())
        elif letter and letter in ascii_uppercase and not event.modifiers():
            self._take(ascii_uppercase.index(letter))
        else:
            super().keyPressEvent(event)
