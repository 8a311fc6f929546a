"""Theme: puts a Look on the application, and tells widgets that lay themselves out by hand."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from xinfang_desktop.paths import resource

from .fonts import sans_families
from .look import SIZES, Look, colours

TEXT_SIZE = 14
_LENGTH = re.compile(r"\b(\d+)px")
_ROLE = re.compile(r"@(\w+)")
_PALETTE = (
    (QPalette.ColorRole.Window, "desk"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "surface_quiet"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.PlaceholderText, "quiet"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.ToolTipBase, "toast"),
    (QPalette.ColorRole.ToolTipText, "toast_text"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.Accent, "accent"),
)


class Theme(QObject):
    """The look of the running application.

    Signals:
        changed(look): another look was put on.
    """

    changed = Signal(object)

    def __init__(self, application: QApplication, look: Look | None = None) -> None:
        super().__init__(application)
        self._application = application
        self._families = sans_families()
        application.setStyle("Fusion")
        self.put_on(look or Look())

    @property
    def look(self) -> Look:
        """The look at present."""
        return self._look

    def put_on(self, look: Look) -> None:
        """Dress the whole application."""
        self._look = look
        font = QFont()
        font.setFamilies(self._families)
        font.setPixelSize(look.px(TEXT_SIZE))
        self._application.setFont(font)
        self._application.setPalette(_palette(look))
        self._application.setStyleSheet(style_sheet(look))
        self.changed.emit(look)

    def larger(self) -> None:
        """Go one size up."""
        self.put_on(self._look.resized(1))

    def smaller(self) -> None:
        """Go one size down."""
        self.put_on(self._look.resized(-1))

    def usual_size(self) -> None:
        """Go back to 100 %."""
        self.put_on(replace(self._look, size=SIZES[0]))

    def switch_dark(self) -> None:
        """Change between light and dark."""
        self.put_on(replace(self._look, dark=not self._look.dark))

    def colour(self, role: str) -> QColor:
        """Give the colour of a role, for widgets that paint themselves."""
        return QColor(getattr(self._look.roles, role))

    def px(self, length: float) -> int:
        """Give a length that is ``length`` pixels at 100 %."""
        return self._look.px(length)

    def follow(self, owner: QObject, apply: Callable[[Look], object]) -> None:
        """Apply the look now and at every change, for as long as ``owner`` lives."""
        follower = _Follower(owner, apply)
        follower.put_on(self._look)
        self.changed.connect(follower.put_on)

    def space(self, layout: QLayout, *margins: int, gap: int = 0) -> None:
        """Give a layout its margins (all, or left, top, right, bottom) and gap at every size."""
        sides = margins * 4 if len(margins) == 1 else margins or (0, 0, 0, 0)

        def apply(look: Look) -> None:
            layout.setContentsMargins(*(look.px(side) for side in sides))
            layout.setSpacing(look.px(gap))

        self.follow(layout, apply)

    def fix(self, widget: QWidget, *, width: int = 0, height: int = 0) -> None:
        """Hold a widget at a width or height of so many pixels at 100 %."""

        def apply(look: Look) -> None:
            if width:
                widget.setFixedWidth(look.px(width))
            if height:
                widget.setFixedHeight(look.px(height))

        self.follow(widget, apply)


class _Follower(QObject):
    """Dies with its owner, and with it the connection to the theme."""

    def __init__(self, owner: QObject, apply: Callable[[Look], object]) -> None:
        super().__init__(owner)
        self._apply = apply

    @Slot(object)
    def put_on(self, look: Look) -> None:
        self._apply(look)


def style_sheet(look: Look) -> str:
    """Write the style sheet of a look."""
    template = Path(__file__).with_name("style.qss").read_text(encoding="utf-8")
    shade = "dark" if look.dark else "light"
    words = colours(look.roles) | {"icons": resource("icons").as_posix(), "shade": shade}
    coloured = _ROLE.sub(lambda role: words[role[1]], template)
    return _LENGTH.sub(lambda length: _scaled(int(length[1]), look), coloured)


def _scaled(length: int, look: Look) -> str:
    return f"{length if length <= 2 else look.px(length)}px"


def _palette(look: Look) -> QPalette:
    palette = QPalette()
    for role, name in _PALETTE:
        palette.setColor(role, QColor(getattr(look.roles, name)))
    quiet = QColor(look.roles.quiet)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, quiet)
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, quiet)
    return palette
