"""Cycles are collected on the window's thread, and by nobody else."""

import gc
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from xinfang_desktop.ui.collecting import Collecting


class Part(QObject):
    """A part of a window that holds itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_what_holds_itself_is_collected_here_and_not_by_chance(qapp: QApplication) -> None:
    home = QObject(qapp)
    collecting = Collecting(home)
    assert not gc.isenabled()
    gone = weakref.ref(Part())
    more = [[] for _ in range(5000)]  # type: ignore[var-annotated]
    assert gone() is not None
    collecting.look()
    assert gone() is None
    assert len(more) == 5000
    home.deleteLater()
