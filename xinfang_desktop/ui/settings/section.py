"""Section: what the settings page expects of its parts, and the pieces they are laid out with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.widgets.cards import Card
from xinfang_desktop.ui.widgets.words import label, restyle

WIDE = 860
"""The widest a part with blanks is, so that captions stay near what they name."""

NOTE = 420
"""The narrowest a note is: a form asks a wrapped label for its height before it knows its width."""


class Section(QWidget):
    """One section of the settings.

    ``fills`` sections take all the room there is; others are as high as they need.
    """

    title = ""
    help_topic = "data"
    fills = False

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "clear")
        self.column = QVBoxLayout(self)
        desk.theme.space(self.column, 20, 16, 20, 16, gap=16)
        self.message = label("", "quiet", wrap=True)
        self.message.setAccessibleName("提示")
        self.message.hide()

    def refresh(self) -> None:
        """Read again what is shown."""

    def take_focus(self) -> None:
        """Put the keyboard where work begins."""
        self.setFocus()

    def escape(self) -> bool:
        """Take Esc for something smaller than the section; False where there is nothing."""
        return False

    def say(self, sentence: str, role: str = "quiet") -> None:
        """Say how something went, beside where it was done."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        restyle(self.message, "role", role)

    def refuse(self, sentence: str) -> None:
        """Say why something was not done."""
        self.say(sentence, "overdue")

    def card(self, title: str, *, wide: bool = False) -> Card:
        """Make a framed part of this section."""
        card = Card(self.desk.theme, title)
        if not wide:
            self.desk.theme.follow(card, lambda look: card.setMaximumWidth(look.px(WIDE)))
        return card

    def form(self) -> QFormLayout:
        """Make a layout of captions and blanks."""
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

        def apply(look: Look) -> None:
            form.setHorizontalSpacing(look.px(16))
            form.setVerticalSpacing(look.px(8))

        self.desk.theme.follow(form, apply)
        return form

    def note(self, text: str = "", role: str = "small") -> QLabel:
        """Make words that stand below a blank; they wrap where it is narrow."""
        made = label(text, role, wrap=True)
        self.desk.theme.follow(made, lambda look: made.setMinimumWidth(look.px(NOTE)))
        return made

    def acts(self, *parts: QWidget) -> QLayout:
        """Put buttons in a row, at the left."""
        row = QHBoxLayout()
        self.desk.theme.space(row, gap=8)
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        return row
