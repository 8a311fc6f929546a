"""Chips: one choice out of a few, in a quiet row; the arrow keys move along it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from xinfang_desktop.ui.theme import Theme

from .flow import Flow

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Chips(QWidget):
    """A row of choices.

    Signals:
        chosen(key): another choice was made.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Iterable[tuple[str, str]],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._titles = dict(choices)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._row = Flow(self)
        theme.space(self._row, gap=8)
        for key, title in self._titles.items():
            self._row.addWidget(self._add(key, title))
        next(iter(self._buttons.values())).setChecked(True)

    @property
    def key(self) -> str:
        """The choice made."""
        return next(key for key, chip in self._buttons.items() if chip.isChecked())

    @property
    def title(self) -> str:
        """What the choice made is called."""
        return self._titles[self.key]

    def text(self, key: str) -> str:
        """Give what a choice reads; nothing where it is not offered."""
        chip = self._buttons[key]
        return "" if chip.isHidden() else chip.text()

    def choose(self, key: str) -> None:
        """Make a choice; nothing is announced when it is made already."""
        if key != self.key:
            self._buttons[key].setChecked(True)
            self.chosen.emit(key)

    def mark(self, key: str) -> None:
        """Show that a choice is made, without announcing it."""
        self._buttons[key].setChecked(True)

    def show_choice(self, key: str, *, visible: bool) -> None:
        """Offer a choice, or do not."""
        self._buttons[key].setVisible(visible)

    def offer(self, key: str, title: str) -> None:
        """Offer one more choice, at the end."""
        if key not in self._buttons:
            self._titles[key] = title
            self._row.addWidget(self._add(key, title))
        self.rename(key, title)

    def take_away(self, key: str) -> None:
        """Offer a choice no more; where it was made, the first is made instead, unannounced."""
        chip = self._buttons.pop(key)
        del self._titles[key]
        if chip.isChecked():
            next(iter(self._buttons.values())).setChecked(True)
        self._row.removeWidget(chip)
        chip.deleteLater()

    def rename(self, key: str, title: str) -> None:
        """Give a choice another name."""
        self._titles[key] = title
        self._buttons[key].setText(title)
        self._buttons[key].setAccessibleName(title)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Write beside each choice how many there are, where that is known."""
        for key, chip in self._buttons.items():
            count = counts.get(key)
            chip.setText(self._titles[key] if count is None else f"{self._titles[key]} {count}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the row."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = [key for key, chip in self._buttons.items() if not chip.isHidden()]
        key = keys[(keys.index(self.key) + step) % len(keys)]
        self.choose(key)
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, key: str, title: str) -> QPushButton:
        chip = QPushButton(title)
        chip.setObjectName(key)
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setProperty("role", "chip")
        chip.setAccessibleName(title)
        chip.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(chip)
        self._buttons[key] = chip
        return chip
