"""Consequences: what a classification leads to, said before it is decided, with its articles."""

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.casework.routes import Consequence

from .theme import Theme
from .widgets.words import label


class Consequences(QFrame):
    """One line for each thing that follows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "card")
        self.setAccessibleName("这样分类以后")
        self._column = QVBoxLayout(self)
        theme.space(self._column, 12, 10, 12, 10, gap=8)
        self.hide()

    def show_lines(self, lines: Iterable[Consequence]) -> None:
        """Show what follows; nothing hides all of it."""
        lines = tuple(lines)
        while self._column.count():
            part = self._column.takeAt(0).widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        if lines:
            self._column.addWidget(label("这样分类以后", "section"))
        for line in lines:
            self._column.addWidget(self._line(line))
        told = (f"{line.title}：{line.text}（{line.basis}）" for line in lines)
        self.setAccessibleDescription("\n".join(told))
        self.setVisible(bool(lines))

    def _line(self, line: Consequence) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        self._theme.space(column, gap=2)
        head = QHBoxLayout()
        self._theme.space(head, gap=8)
        head.addWidget(label(line.title, "heading"))
        head.addStretch(1)
        head.addWidget(label(line.basis, "small"))
        column.addLayout(head)
        column.addWidget(label(line.text, wrap=True))
        return part
