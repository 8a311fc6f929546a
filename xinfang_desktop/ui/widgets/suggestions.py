"""Suggestions: what completes the words being typed, and one sentence on what was not understood.

It lies below its box and never takes the keyboard: the box asks it, and the input method is left
alone.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from xinfang_desktop.ui.theme import Theme

from .words import label

ROW_HEIGHT = 32
MOST_ROWS = 8


class Offer(Protocol):
    """Something that completes what is being typed: shown as ``told``, put in as ``text``."""

    @property
    def text(self) -> str:
        """What is put in."""
        ...

    @property
    def told(self) -> str:
        """What is shown."""
        ...


class Suggestions(QFrame):
    """A list below a box.

    Signals:
        taken(text): one of the offers was clicked.
    """

    taken = Signal(str)

    def __init__(self, box: QWidget, theme: Theme) -> None:
        super().__init__(box)
        self._box = box
        self._theme = theme
        self._offers: list[Offer] = []
        self.setObjectName("suggestions")
        self.setAccessibleName("可以这样写")
        self.list = QListWidget()
        self.list.setAccessibleName("可以这样写")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setProperty("role", "inside")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._clicked)
        self.note = label("", "warning", wrap=True)
        self._column = QVBoxLayout(self)
        theme.space(self._column, 6, gap=4)
        self._column.addWidget(self.list)
        self._column.addWidget(self.note)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def is_offering(self) -> bool:
        """Whether something is offered."""
        return bool(self._offers) and not self.isHidden()

    @property
    def offers_values(self) -> bool:
        """Whether values are offered, and not only that a word may be a field."""
        return self.is_offering and not self._offers[0].text.endswith(":")

    @property
    def chosen(self) -> str:
        """What the bar is on, as it is put in; nothing where it is on none."""
        row = self.list.currentRow()
        return self._offers[row].text if self.is_offering and row >= 0 else ""

    @property
    def first(self) -> str:
        """What Tab puts in: what the bar is on, or else the first."""
        return self.chosen or (self._offers[0].text if self.is_offering else "")

    def tell(self, offers: Sequence[Offer], sentence: str) -> None:
        """Show what may be put in and what was not understood; nothing of both goes away."""
        self._offers = list(offers)
        self.list.clear()
        for offer in self._offers:
            item = QListWidgetItem(offer.told)
            item.setSizeHint(QSize(0, self._theme.px(ROW_HEIGHT)))
            self.list.addItem(item)
        self.list.setCurrentRow(-1)
        self.list.setVisible(bool(self._offers))
        self.note.setText(f"！{sentence}" if sentence else "")
        self.note.setVisible(bool(sentence))
        self.setVisible(bool(self._offers or sentence))
        if not self.isHidden():
            self._place()

    def move_bar(self, step: int) -> None:
        """Move the bar; above the first it is on none again."""
        row = self.list.currentRow() + step
        self.list.setCurrentRow(min(max(row, -1), len(self._offers) - 1))

    def _clicked(self, item: QListWidgetItem) -> None:
        self.taken.emit(self._offers[self.list.row(item)].text)

    def _place(self) -> None:
        """Lie below the box, over whatever is there."""
        window = self._box.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            self.show()
        rows = min(len(self._offers), MOST_ROWS)
        self.list.setFixedHeight(rows * self._theme.px(ROW_HEIGHT) + 4)
        self.setFixedWidth(self._box.width())
        height = self._column.totalHeightForWidth(self.width())
        self.setFixedHeight(max(height, self._column.totalMinimumSize().height()))
        self.move(self._box.mapTo(window, QPoint(0, self._box.height() + self._theme.px(2))))
        self.raise_()
