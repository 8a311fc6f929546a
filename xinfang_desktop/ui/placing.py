"""Where the window stands: remembered, and brought back onto a screen that is there today."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from .preferences import Preferences

USUAL = QSize(1366, 768)
SEEN = QSize(240, 120)


def place(window: QWidget, preferences: Preferences) -> None:
    """Put the window where it was, if enough of it would be seen there."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    where = placed(preferences.geometry, screens)
    window.setGeometry(where)
    if preferences.maximised:
        window.showMaximized()


def placed(geometry: tuple[int, ...], screens: list[QRect]) -> QRect:
    """Give the place for a window that stood at ``geometry`` (x, y, width, height)."""
    wanted = QRect(*geometry) if len(geometry) == 4 else QRect()
    for screen in screens:
        seen = screen.intersected(wanted)
        if seen.width() >= SEEN.width() and seen.height() >= SEEN.height():
            return wanted
    screen = screens[0] if screens else QRect(0, 0, USUAL.width(), USUAL.height())
    size = USUAL.boundedTo(screen.size())
    centred = QRect(screen.topLeft(), size)
    centred.moveCenter(screen.center())
    return centred


def where(window: QWidget) -> dict[str, object]:
    """Give what is to be remembered."""
    usual = window.normalGeometry()
    geometry = (usual.x(), usual.y(), usual.width(), usual.height())
    return {"geometry": geometry, "maximised": window.isMaximized()}
