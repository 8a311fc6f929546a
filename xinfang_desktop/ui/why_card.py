"""WhyCard (为什么是这一天): beside a list, why the line under its bar is due on its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .theme import Theme
from .widgets.cards import Card
from .widgets.words import label

if TYPE_CHECKING:
    from xinfang_desktop.casework.due import LimitLine
    from xinfang_desktop.casework.today import WorkLine

_WIDTH = 288
_MOST = 5
"""How many reasons stand here; F1 tells all of them."""

_NONE = "选中的这一件没有在走的时限。"
_NOBODY = "选一件，这里说它为什么是这一天到期。"


class WhyCard(Card):
    """The limit of one line, and its reasons in short."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._title = label("", "heading", wrap=True)
        self._limit = label("", "small", wrap=True)
        self._reasons = label("", wrap=True)
        self._more = label("", "small", wrap=True)
        for part in (self._title, self._limit, self._reasons, self._more):
            self.column.addWidget(part)
        self.setAccessibleName("为什么是这一天")
        theme.fix(self, width=_WIDTH)
        self.show_limit(None, None)

    @property
    def sentences(self) -> str:
        """What it says."""
        return "\n".join((self._title.text(), self._limit.text(), self._reasons.text()))

    def show_limit(self, line: WorkLine | None, limit: LimitLine | None) -> None:
        """Show why a line is due, as far as a limit presses."""
        told = "" if line is None else line.number
        self._title.setText(f"为什么是{_day(limit)}" if limit else "为什么是这一天")
        self._limit.setText(f"{told} · {limit.rule.title} · {limit.left}" if limit else told)
        sentences = limit.sentences if limit else ()
        shown = list(sentences[:_MOST])
        if line is not None and line.waits:
            shown.append(f"文书{line.waits}。")
        nothing = _NOBODY if line is None else _NONE
        self._reasons.setText("\n".join(shown) or nothing)
        self._limit.setVisible(bool(self._limit.text()))
        hidden = len(sentences) - _MOST
        self._more.setText(f"还有{hidden}条，按 F1 看全部。" if hidden > 0 else "")
        self._more.setVisible(hidden > 0)


def _day(limit: LimitLine) -> str:
    return f"{limit.due_on.month}月{limit.due_on.day}日"
