"""MergedBar (已并入): says of a merged matter where it went, leads there, and parts it again."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from xinfang_desktop.casework import merging
from xinfang_desktop.casework.facts import facts_of
from xinfang_desktop.casework.merging import Parted
from xinfang_desktop.models import Petition, PetitionState, Right

from .desk import Desk
from .widgets.words import button, label

_TOLD = "已并入 {number}，只看不改；经过和已出文书都在。"
_PARTED = "已取消并件，{number} 又单独成件"
_LEFT = "；{kept} 里后来改过的没有动：{fields}"


class MergedBar(QFrame):
    """The bar above a matter that was merged into another.

    Signals:
        matter_requested(number): the matter that was kept is to be shown.
        parted(): the two are two again.
    """

    matter_requested = Signal(str)
    parted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._number = self._kept = ""
        self.setProperty("role", "banner")
        self.setProperty("help", "merging")
        self._words = label("", "warning", wrap=True)
        self.open = button("打开保留件", self._open)
        self.open.setAutoDefault(True)
        self.part = button("取消并件", self.unmerge)
        self.part.setAutoDefault(True)
        row = QHBoxLayout(self)
        desk.theme.space(row, 16, 6, 16, 6, gap=10)
        row.addWidget(self._words, 1)
        row.addWidget(self.open)
        row.addWidget(self.part)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; nothing while it is not shown."""
        return "" if self.isHidden() else self._words.text()

    def show_matter(self, petition: Petition) -> None:
        """Say where a merged matter went; of any other say nothing."""
        is_merged = petition.state is PetitionState.MERGED and petition.id is not None
        if is_merged:
            self._number = petition.number
            self._kept = self._desk.read(lambda session: self._kept_of(session, petition))
            self._words.setText(_TOLD.format(number=self._kept))
            words = f"打开 {self._kept}"
            self.open.setText(words)
            self.open.setAccessibleName(words)
            self.part.setVisible(self._desk.may(Right.WORK))
        self.setVisible(is_merged)

    def unmerge(self) -> None:
        """Part it again, and say which fields stay as they are now."""
        number, viewer, now = self._number, self._desk.viewer, self._desk.now()
        parted = self._desk.attempt(
            lambda session: merging.unmerge(session, number, viewer=viewer, by=viewer.name, now=now)
        )
        if parted is not None:
            self.parted.emit()
            self._desk.tell_undoable(_told(parted))

    def _kept_of(self, session: Any, petition: Petition) -> str:  # noqa: ANN401 - the store's
        return facts_of(session, petition.id or 0, viewer=self._desk.viewer).merged_into

    def _open(self) -> None:
        self.matter_requested.emit(self._kept)


def _told(parted: Parted) -> str:
    told = _PARTED.format(number=parted.number)
    if parted.left:
        told += _LEFT.format(kept=parted.kept_number, fields="、".join(parted.left))
    return told
