"""Cards: a figure that opens what it counts, a framed part of a page, an empty list's advice."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from xinfang_desktop.ui.theme import Theme

from .words import label, restyle


class FigureCard(QPushButton):
    """A number and what it counts; pressing it opens exactly these."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._number = title, 0
        self.setProperty("role", "card")
        self.setAutoDefault(True)
        self._figure = label("–", "figure")
        column = self._column = QVBoxLayout(self)
        theme.space(column, 10, 6, 8, 8)
        for words in (self._figure, label(title, "quiet")):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(words)

    @property
    def figure(self) -> int:
        """The number shown."""
        return self._number

    def show_figure(self, figure: int, sign: str = "", tone: str = "") -> None:
        """Show another number; ``tone`` is the role of its colour, ``sign`` goes with it."""
        self._number = figure
        self._figure.setText(f"{figure} {sign}".rstrip())
        for part in (self, self._figure):
            restyle(part, "tone", tone)
        self.setAccessibleName(f"{self._title} {figure} 件")

    def sizeHint(self) -> QSize:
        """As much as its words need; a button knows of its text only."""
        return self._column.sizeHint()


class Card(QFrame):
    """A framed part of a page with a heading."""

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        theme.space(self.column, 16, 12, 16, 14, gap=8)
        if title:
            self.column.addWidget(label(title, "heading"))


class EmptyAdvice(QWidget):
    """What an empty list says: that it is empty, and what to do next."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "heading")
        self._advice = label("", "quiet", wrap=True)
        column = QVBoxLayout(self)
        theme.space(column, 24, gap=8)
        column.addStretch(2)
        for words in (self._title, self._advice):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        column.addStretch(3)

    @property
    def title(self) -> str:
        """What it says first."""
        return self._title.text()

    def say(self, title: str, advice: str) -> None:
        """Show these words."""
        self._title.setText(title)
        self._advice.setText(advice)
