"""Banners: what holds for the whole window, above the page, until it is seen to."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.ui.theme import Theme

from .words import button, label


class Banners(QWidget):
    """The banners, one below the other; each is known by its key."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: dict[str, QFrame] = {}
        self._sentences: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What they say."""
        return list(self._sentences.values())

    def show_banner(
        self, key: str, sentence: str, *, act: str = "", does: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence with one act; without an act of its own it can be put away."""
        self.drop(key)
        banner = QFrame()
        banner.setProperty("role", "banner")
        row = QHBoxLayout(banner)
        self._theme.space(row, 20, 6, 20, 6, gap=12)
        row.addWidget(label("！", "warning"))
        words = label(sentence, "warning", wrap=True)
        words.setAccessibleName("须知")
        row.addWidget(words, 1)
        row.addWidget(button(act or "知道了", does or (lambda: self.drop(key))))
        self._shown[key], self._sentences[key] = banner, sentence
        self._column.addWidget(banner)
        self.show()

    def drop(self, key: str) -> None:
        """Take a banner away."""
        banner = self._shown.pop(key, None)
        self._sentences.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._shown))
