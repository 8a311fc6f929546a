"""Cards: a figure that opens what it counts, a framed part of a page, an empty list's advice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from xinfang_desktop.ui.theme import Theme

from .words import label


class FigureCard(QPushButton):
    """A number and what it counts; pressing it opens exactly these."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.setProperty("role", "card")
        self.setAutoDefault(True)
        self._figure = label("–", "figure")
        column = QVBoxLayout(self)
        theme.space(column, 14, 8, 14, 10)
        for words in (self._figure, label(title, "quiet")):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(words)

    @property
    def figure(self) -> int:
        """The number shown."""
        return int(self._figure.text()) if self._figure.text().isdigit() else 0

    def show_figure(self, figure: int) -> None:
        """Show another number."""
        self._figure.setText(str(figure))
        self.setAccessibleName(f"{self._title} {figure} 件")


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
