"""PickOne: one choice out of a few, or none yet; taken by its figure, the arrows or a click."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from xinfang_desktop.ui.theme import Theme

from .flow import Flow
from .words import restyle

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PickOne(QWidget):
    """Choices in a row that goes on below; one place for the keyboard.

    Signals:
        chosen(key): another choice was made, or taken away ("").
        left(step): go on to the next blank (1) or back (-1).
    """

    chosen = Signal(str)
    left = Signal(int)

    def __init__(self, name: str, choices: Iterable[tuple[str, str]], theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._titles = dict(choices)
        self._key = ""
        self._at = 0
        row = Flow(self)
        theme.space(row, gap=6)
        self._chips: dict[str, QPushButton] = {}
        for place, (key, title) in enumerate(self._titles.items(), start=1):
            row.addWidget(self._add(place, key, title))
        self._describe()

    @property
    def key(self) -> str:
        """The choice made; nothing where none is."""
        return self._key

    def show_key(self, key: str) -> None:
        """Show a choice, or none, without announcing it."""
        self._key = key if key in self._chips else ""
        if self._key:
            self._at = list(self._chips).index(self._key)
        for of, chip in self._chips.items():
            chip.setChecked(of == self._key)
        self._describe()

    def choose(self, key: str) -> None:
        """Make a choice; the one made already is taken away."""
        self.show_key("" if key == self._key else key)
        self.chosen.emit(self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a figure, walk with the arrows, tick with the space bar, go on with Enter."""
        keys = list(self._chips)
        if event.key() in _ENTER:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.left.emit(-1 if back else 1)
        elif step := _STEPS.get(Qt.Key(event.key())):
            self._walk(step)
        elif event.key() == Qt.Key.Key_Space:
            self.choose(keys[self._at])
        elif event.text().isdecimal() and 0 < int(event.text()) <= len(keys):
            self.show_key(keys[int(event.text()) - 1])
            self.chosen.emit(self._key)
            self._mark()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark()

    def _walk(self, step: int) -> None:
        """Move along; the choice goes along once one is made."""
        keys = list(self._chips)
        self._at = (self._at + step) % len(keys)
        if self._key:
            self.show_key(keys[self._at])
            self.chosen.emit(self._key)
        self._mark()

    def _add(self, place: int, key: str, title: str) -> QPushButton:
        chip = QPushButton(f"{place} {title}" if place < 10 else title)
        chip.setObjectName(key)
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setProperty("role", "pick")
        chip.setAccessibleName(title)
        chip.clicked.connect(lambda: self._clicked(key))
        self._chips[key] = chip
        return chip

    def _clicked(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._at = list(self._chips).index(key)
        self.choose(key)
        self._mark()

    def _mark(self) -> None:
        """Frame the chip that the keyboard is on."""
        for place, chip in enumerate(self._chips.values()):
            restyle(chip, "here", self.hasFocus() and place == self._at)

    def _describe(self) -> None:
        told = "、".join(f"{place} {title}" for place, title in enumerate(self._titles.values(), 1))
        made = self._titles.get(self._key, "无")
        self.setAccessibleDescription(f"{told}；已选：{made}。按数字键或方向键选")
