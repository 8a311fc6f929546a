"""The blanks of an act: one for each thing it asks, by how that is answered.

Each has the caption of its ask above it and, where something is wrong, one sentence below it. What
is typed is told raw, so that it can be put back as it was.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from xinfang_desktop.models import LabelledEnum
from xinfang_desktop.models.way import Ask, AskKind

from .paper.values import Reading, read_date, read_time, show_value
from .theme import Theme
from .widgets.pick_one import PickOne
from .widgets.proposing import Proposing
from .widgets.text_box import TextBox
from .widgets.words import label, restyle

_REQUIRED = "＊"
_WANTED = "还要填{title}。"


class Asked(QWidget):
    """One blank with its caption.

    Signals:
        edited(): it was changed by hand.
        left(step): go on to the next blank (1) or back (-1).
    """

    edited = Signal()
    left = Signal(int)

    def __init__(self, key: str, title: str, theme: Theme, *, required: bool = False) -> None:
        super().__init__()
        self.key, self.title, self.required = key, title, required
        self.setObjectName(f"asked.{key}")
        self.editor = self._make(theme)
        self.setFocusProxy(self.editor)
        caption = label(f"{title} {_REQUIRED}" if required else title, "quiet")
        caption.setBuddy(self.editor)
        self._trouble = label("", "overdue", wrap=True)
        self._trouble.hide()
        self._column = QVBoxLayout(self)
        theme.space(self._column, gap=4)
        for part in (caption, self.editor, self._trouble):
            self._column.addWidget(part)

    @property
    def raw(self) -> str:
        """What is typed, as it is."""
        raise NotImplementedError

    @property
    def is_composing(self) -> bool:
        """Whether the input method still holds text."""
        return False

    @property
    def trouble(self) -> str:
        """What is said to be wrong here."""
        return self._trouble.text().removeprefix("！")

    def show_raw(self, raw: str) -> None:
        """Show what was typed before."""
        raise NotImplementedError

    def read(self, today: date) -> Reading:
        """Read what is typed; ``trouble`` where it cannot be, or is wanted and not there."""
        reading = self._read(today)
        if reading.trouble:
            return Reading(None, f"{reading.trouble}。")
        if self.required and reading.value in (None, ""):
            return Reading(None, _WANTED.format(title=self.title))
        return reading

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong, or that nothing is."""
        self._trouble.setText(f"！{sentence}" if sentence else "")
        self._trouble.setVisible(bool(sentence))
        restyle(self._inner, "wrong", bool(sentence))
        self._inner.setAccessibleDescription(sentence)

    @property
    def _inner(self) -> QWidget:
        return self.editor

    def _make(self, theme: Theme) -> QWidget:
        raise NotImplementedError

    def _read(self, today: date) -> Reading:
        return Reading(self.raw.strip())

    def _next(self) -> None:
        self.left.emit(1)


class AskedWords(Asked):
    """An answer in words, typed."""

    editor: Proposing | TextBox

    @property
    def raw(self) -> str:
        return self.editor.text()

    @property
    def is_composing(self) -> bool:
        return self.editor.is_composing

    def show_raw(self, raw: str) -> None:
        self.editor.show_text(raw)


class AskedLine(AskedWords):
    """A short answer; what was written before is proposed."""

    editor: Proposing
    usual_hint = ""

    def __init__(
        self,
        key: str,
        title: str,
        theme: Theme,
        *,
        required: bool = False,
        hint: str = "",
        proposals: Sequence[str] = (),
    ) -> None:
        self._hint = hint or self.usual_hint
        super().__init__(key, title, theme, required=required)
        self.editor.propose(proposals)

    @property
    def _inner(self) -> QWidget:
        return self.editor.line

    def _make(self, theme: Theme) -> QWidget:
        made = Proposing(self.title, theme, self._hint)
        made.edited.connect(self.edited)
        made.entered.connect(self._next)
        return made


class AskedText(AskedWords):
    """A long answer."""

    editor: TextBox

    def _make(self, theme: Theme) -> QWidget:
        made = TextBox(self.title, theme)
        made.edited.connect(self.edited)
        made.left.connect(self.left)
        return made


class AskedDay(AskedLine):
    """A day, as a clerk writes it; it is written out once it is left."""

    usual_hint = "例：10-8、20261008、昨天"

    def write_out(self, today: date) -> None:
        """Write it out in full, where it can be read."""
        reading = self._read(today)
        if reading.value is not None:
            self.show_raw(self._written(reading.value))

    def _written(self, value: Any) -> str:  # noqa: ANN401 - a day, or a time
        return show_value(value)

    def _read(self, today: date) -> Reading:
        return read_date(self.raw, today)


class AskedTime(AskedDay):
    """A time of day, where it matters."""

    usual_hint = "可不填"

    def _written(self, value: Any) -> str:  # noqa: ANN401 - a day, or a time
        return f"{value:%H:%M}"

    def _read(self, today: date) -> Reading:
        return read_time(self.raw, today)


class AskedChoice(Asked):
    """One of some choices."""

    editor: PickOne

    def __init__(
        self,
        key: str,
        title: str,
        theme: Theme,
        choices: Sequence[LabelledEnum],
        *,
        required: bool = False,
    ) -> None:
        self._choices = tuple(choices)
        super().__init__(key, title, theme, required=required)

    @property
    def raw(self) -> str:
        return self.editor.key

    @property
    def choices(self) -> tuple[LabelledEnum, ...]:
        """What may be chosen, in its order."""
        return self._choices

    @property
    def chosen(self) -> LabelledEnum | None:
        """The choice made."""
        return next((one for one in self._choices if one.value == self.raw), None)

    def show_raw(self, raw: str) -> None:
        self.editor.show_key(raw)

    def _make(self, theme: Theme) -> QWidget:
        choices = [(str(one.value), one.label) for one in self._choices]
        made = PickOne(self.title, choices, theme)
        made.chosen.connect(lambda _: self.edited.emit())
        made.left.connect(self.left)
        return made

    def _read(self, today: date) -> Reading:
        return Reading(self.chosen)


def asked(
    ask: Ask, choices: Sequence[LabelledEnum], theme: Theme, proposals: Sequence[str]
) -> Asked:
    """Make the blank of an ask."""
    match ask.kind:
        case AskKind.LINE:
            return AskedLine(ask.key, ask.title, theme, required=ask.required, proposals=proposals)
        case AskKind.TEXT:
            return AskedText(ask.key, ask.title, theme, required=ask.required)
        case AskKind.DAY:
            return AskedDay(ask.key, ask.title, theme, required=ask.required)
        case AskKind.CHOICE:
            return AskedChoice(ask.key, ask.title, theme, choices, required=ask.required)


def raw_of(value: object) -> str:
    """Write a value as its blank shows it."""
    return str(value.value) if isinstance(value, LabelledEnum) else show_value(value)
