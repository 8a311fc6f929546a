"""Page: what the main window expects of the pages it shows; all of it may be left as it is."""

from PySide6.QtWidgets import QWidget

from .desk import Desk


class Page(QWidget):
    """One room, or a place reached from a room.

    ``title`` stands in the header; ``help_topic`` is opened by F1 where no smaller thing has one.
    """

    title = ""
    help_topic = "start"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "desk")

    def refresh(self) -> None:
        """Read everything again (F5, and when the page comes to the front)."""

    def take_focus(self) -> None:
        """Put the keyboard where work on this page begins."""
        self.setFocus()
