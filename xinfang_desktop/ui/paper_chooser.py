"""PaperChooser (文书): the papers that belong to the matter first, all the others below."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from xinfang_desktop.forms.papers import AnyPaper

OTHERS = "—— 其他文书 ——"
_FLAGS = Qt.ItemDataRole.UserRole.value - 1
"""The role under which an item of a combo box keeps its flags."""


class PaperChooser(QComboBox):
    """Which paper is shown.

    Signals:
        chosen(key): another paper is wanted.
    """

    chosen = Signal(str)

    def __init__(self, papers: dict[str, AnyPaper]) -> None:
        super().__init__()
        self._papers = papers
        self.setAccessibleName("文书")
        self.setMaxVisibleItems(24)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda _: self.chosen.emit(self.key))
        self.show_papers(())

    @property
    def key(self) -> str:
        """The paper that is chosen."""
        return str(self.currentData() or "")

    @property
    def keys(self) -> list[str]:
        """The papers in their order."""
        return [str(key) for place in range(self.count()) if (key := self.itemData(place))]

    @property
    def first(self) -> list[str]:
        """Those that belong to the matter."""
        divide = self.findText(OTHERS)
        return [str(self.itemData(place)) for place in range(divide if divide >= 0 else 0)]

    def show_papers(self, first: Iterable[str]) -> None:
        """Put these first; the one chosen stays chosen."""
        kept = self.key
        first = [key for key in first if key in self._papers]
        self.clear()
        for key in first:
            self.addItem(self._papers[key].title, key)
        if first:
            self._divide()
        for key, paper in self._papers.items():
            if key not in first:
                self.addItem(paper.title, key)
        self.choose(kept or (first[0] if first else next(iter(self._papers))))

    def choose(self, key: str) -> None:
        """Show that a paper is chosen."""
        self.setCurrentIndex(self.findData(key))

    def _divide(self) -> None:
        """Put a heading in that cannot be chosen.

        Its flags are set by their role: an item asked of the model would outlive the item that Qt
        deletes with the list.
        """
        self.addItem(OTHERS)
        self.setItemData(self.count() - 1, Qt.ItemFlag.NoItemFlags.value, _FLAGS)
