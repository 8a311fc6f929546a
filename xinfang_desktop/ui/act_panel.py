"""ActPanel: one act of handling with its blanks, beside the paper; never in its way.

What is typed stays until the act is done, also when the panel is put away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework.handling import Concern
from xinfang_desktop.casework.routes import consequences
from xinfang_desktop.models import Action, Kind, LabelledEnum, OfficeProfile, Route
from xinfang_desktop.models.way import Act, Ask

from .asked import Asked, AskedDay, AskedLine, AskedTime, asked, raw_of
from .consequences import Consequences
from .paper.values import Reading
from .theme import Theme
from .widgets.words import button, label, shortcut

BY, ON, AT = "by", "on", "at"
"""The blanks that every act has: who did it, on which day, at what time."""

_KEYS = "Enter 下一格 · Shift+Enter 换行 · Esc 收起"
_GO_ON: Mapping[str, str] = {
    "recusal": "不是同一人，继续",
    "late_request": "已告知，照记",
}
"""What the button says that confirms a concern."""


@dataclass(frozen=True)
class ActSheet:
    """What an act is in one matter: what it asks, who does it, what it leads to and prints.

    ``usual`` are the words it begins with, by the keys of its asks; ``proposals`` what was written
    there before.
    """

    act: Act
    asks: Sequence[tuple[Ask, tuple[LabelledEnum, ...], object]]
    office: OfficeProfile
    who: str
    by: str = ""
    leads_to: str = ""
    papers: tuple[str, ...] = ()
    refusal: str = ""
    usual: Mapping[str, str] = field(default_factory=dict)
    proposals: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ActDraft:
    """What was typed for an act, as it was; only what was touched by hand."""

    raws: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """What an act was told."""

    said: Mapping[str, object]
    by: str
    on: date | None
    at: time | None


class ActPanel(QFrame):
    """The blanks of an act, what it rests on, and the button that does it.

    Signals:
        done_requested(confirmed): do it; the keys of the concerns that were thought about.
        recusal_requested(): somebody else is to handle the matter.
        left(): put the panel away.
    """

    done_requested = Signal(object)
    recusal_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sheet: ActSheet | None = None
        self._today = date.min
        self._blanks: dict[str, Asked] = {}
        self._touched: set[str] = set()
        self._confirmed: frozenset[str] = frozenset()
        self.setAccessibleName("办理")
        self.setProperty("help", "handling")
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut(self, keys, self.do)

    @property
    def action(self) -> Action | None:
        """The act that is shown."""
        return self._sheet.act.action if self._sheet else None

    @property
    def is_composing(self) -> bool:
        """Whether the input method still holds text."""
        return any(blank.is_composing for blank in self._blanks.values())

    @property
    def draft(self) -> ActDraft:
        """What was typed by hand so far."""
        return ActDraft({key: self._blanks[key].raw for key in self._touched})

    @property
    def trouble(self) -> str:
        """What is said to be wrong, wherever it stands."""
        said = [self._wrong.text(), *(blank.trouble for blank in self._blanks.values())]
        return next(filter(None, said), "")

    @property
    def concern(self) -> str:
        """What should be thought about before the act; nothing where nothing is asked."""
        return "" if self._concern_box.isHidden() else self._concern.text()

    def blank(self, key: str) -> Asked:
        """Give the blank of an ask, or of who, when and at what time."""
        return self._blanks[key]

    def show_act(self, sheet: ActSheet, draft: ActDraft, today: date) -> None:
        """Show an act with what was typed for it before."""
        self._sheet, self._today = sheet, today
        self._confirmed = frozenset()
        self._touched = set()
        self._build()
        self._show_head()
        self._fill(sheet, draft.raws)
        self._touched = set(draft.raws) & set(self._blanks)
        self._show_consequences()
        self._show_wrong("")
        self.drop_concern()
        self._area.verticalScrollBar().setValue(0)

    def renew(self, sheet: ActSheet, today: date) -> None:
        """Show what the matter says now where nothing was typed by hand."""
        self._sheet, self._today = sheet, today
        self._show_head()
        self._fill(sheet, {})
        self._show_consequences()

    def take_focus(self) -> None:
        """Begin at the first blank that is wanted and says nothing, or at the first."""
        empty = (one for one in self._blanks.values() if one.required and not one.raw)
        first = next(iter(self._blanks.values()))
        next(empty, first).setFocus(Qt.FocusReason.OtherFocusReason)

    def answers(self) -> Answers | None:
        """Read everything; where something cannot be read say so there and give nothing."""
        assert self._sheet is not None
        read = {
            key: Reading(None) if blank.isHidden() else blank.read(self._today)
            for key, blank in self._blanks.items()
        }
        wrong = [key for key, reading in read.items() if reading.trouble]
        for key, blank in self._blanks.items():
            blank.show_trouble(read[key].trouble)
        if wrong:
            self._go_to(self._blanks[wrong[0]])
            return None
        said = {ask.key: read[ask.key].value for ask, _, _ in self._sheet.asks}
        return Answers(said, read[BY].value or "", read[ON].value, read[AT].value)

    def do(self) -> None:
        """Ask for the act to be done."""
        if self.is_composing or self._sheet is None or not self._do.isEnabled():
            return
        self._show_wrong("")
        self.done_requested.emit(self._confirmed)

    def refuse(self, sentence: str) -> None:
        """Say why it was not done, at the blank that the sentence names, or at the foot."""
        _, _, told = sentence.partition("”")
        named = [blank for blank in self._blanks.values() if blank.title in told]
        if not named:
            self._show_wrong(sentence)
            return
        first = min(named, key=lambda blank: (told.index(blank.title), -len(blank.title)))
        first.show_trouble(sentence)
        self._go_to(first)

    def ask_about(self, concern: Concern, *, may_recuse: bool) -> None:
        """Say what should be thought about, with a button that goes on."""
        self._concern.setText(f"！{concern.sentence.rpartition('；')[0]}。")
        self._go_on.setText(_GO_ON[concern.key])
        self._go_on.setAccessibleName(_GO_ON[concern.key])
        self._pending = concern.key
        self._recuse.setVisible(may_recuse and concern.key == "recusal")
        self._show_concern(visible=True)
        self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop_concern(self) -> None:
        """Ask about nothing any more."""
        self._show_concern(visible=False)
        self._confirmed = frozenset()

    # inside

    def _build(self) -> None:
        """Make the blanks of the act anew."""
        assert self._sheet is not None
        sheet = self._sheet
        for blank in self._blanks.values():
            blank.hide()
            blank.deleteLater()
        blanks = [
            asked(ask, choices, self._theme, sheet.proposals.get(ask.key, ()))
            for ask, choices, _ in sheet.asks
        ]
        by = AskedLine(
            BY,
            sheet.act.by_title,
            self._theme,
            hint=f"空着就记作“{sheet.who}”",
            proposals=[name for name in sheet.proposals.get(BY, ()) if name != sheet.by],
        )
        on = AskedDay(ON, "日期", self._theme)
        at = AskedTime(AT, "时刻", self._theme)
        self._blanks = {blank.key: blank for blank in (*blanks, by, on, at)}
        for place, blank in enumerate((*blanks, by)):
            self._asks.insertWidget(place, blank)
        by.setHidden(bool(sheet.act.by_from))
        if "route" in self._blanks:
            self._asks.insertWidget(list(self._blanks).index("route") + 1, self.consequences)
        self._when.addWidget(on, 3)
        self._when.addWidget(at, 2)
        before: QWidget = self._close
        for blank in self._blanks.values():
            blank.edited.connect(partial(self._edited, blank.key))
            blank.left.connect(partial(self._leave, blank.key))
            QWidget.setTabOrder(before, blank)
            before = blank

    def _fill(self, sheet: ActSheet, raws: Mapping[str, str]) -> None:
        begun = {BY: "" if sheet.act.by_from else sheet.by, ON: raw_of(self._today), AT: ""}
        begun |= {ask.key: raw_of(present) for ask, _, present in sheet.asks}
        for key, words in sheet.usual.items():
            begun[key] = begun.get(key) or words
        for key, blank in self._blanks.items():
            if key not in self._touched:
                blank.show_raw(raws.get(key, begun.get(key, "")))

    def _show_head(self) -> None:
        assert self._sheet is not None
        sheet, act = self._sheet, self._sheet.act
        self._title.setText(act.action.label)
        told = [f"由{sheet.who}", f"办后：{sheet.leads_to}" if sheet.leads_to else "阶段不变"]
        if sheet.papers:
            told.append(f"打印：{'、'.join(sheet.papers)}")
        self._facts.setText(" · ".join(told))
        self._basis.setText(f"依据：{act.basis}")
        self._refusal.setText(f"！{sheet.refusal}。" if sheet.refusal else "")
        self._refusal.setVisible(bool(sheet.refusal))
        self._do.setEnabled(not sheet.refusal)
        self._do.setText(f"{act.action.label}  Ctrl+Enter")
        self._do.setAccessibleName(act.action.label)
        self.setAccessibleDescription(f"{act.action.label}，{self._facts.text()}，{act.basis}")

    def _edited(self, key: str) -> None:
        self._touched.add(key)
        self._blanks[key].show_trouble("")
        self.drop_concern()
        self._show_consequences()

    def _leave(self, key: str, step: int) -> None:
        blank = self._blanks[key]
        if isinstance(blank, AskedDay):
            blank.write_out(self._today)
        order = [one for one, shown in self._blanks.items() if not shown.isHidden()]
        place = order.index(key) + step
        if place >= len(order):
            self._do.setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= 0:
            self._go_to(self._blanks[order[place]])

    def _go_to(self, blank: Asked) -> None:
        blank.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(blank)

    def _show_consequences(self) -> None:
        """Say what a classification leads to, as it is being chosen."""
        assert self._sheet is not None
        if self.action is not Action.CLASSIFY:
            self.consequences.show_lines(())
            return
        kind, route = self._blanks["kind"].raw, self._blanks["route"].raw
        is_remedy = kind == Kind.REMEDY.value
        self._blanks["route"].setVisible(is_remedy)
        chosen = (
            Kind.from_code(kind) if kind else None,
            Route.from_code(route) if is_remedy and route else None,
        )
        self.consequences.show_lines(consequences(*chosen, self._sheet.office))

    def _show_concern(self, *, visible: bool) -> None:
        """Let the question stand where the act is done: it is answered first."""
        self._concern_box.setVisible(visible)
        for part in (self._do, self._keys):
            part.setVisible(not visible)

    def _show_wrong(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def _confirm(self) -> None:
        self._confirmed |= {self._pending}
        self._show_concern(visible=False)
        self.do()

    def _lay_out(self) -> None:
        theme = self._theme
        self._title = label("", "title")
        self._close = button("收起", self.left.emit, role="small", key="Esc")
        self._facts, self._basis = label("", "quiet", wrap=True), label("", "small", wrap=True)
        self._refusal = label("", "warning_box", wrap=True)
        head = QHBoxLayout()
        theme.space(head, gap=8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._close)
        self._asks, self._when = QVBoxLayout(), QHBoxLayout()
        theme.space(self._asks, gap=10)
        theme.space(self._when, gap=10)
        self.consequences = Consequences(theme)
        inside = QWidget()
        inside.setProperty("role", "clear")
        column = QVBoxLayout(inside)
        theme.space(column, 16, 12, 16, 12, gap=8)
        column.addLayout(head)
        for words in (self._facts, self._basis, self._refusal):
            column.addWidget(words)
        column.addSpacing(4)
        column.addLayout(self._asks)
        column.addLayout(self._when)
        column.addWidget(self.consequences)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setProperty("role", "panel")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot())

    def _concern_part(self) -> QWidget:
        self._concern_box = QFrame()
        self._concern_box.setProperty("role", "concern")
        column = QVBoxLayout(self._concern_box)
        self._theme.space(column, 12, 10, 12, 10, gap=8)
        self._concern = label("", "warning", wrap=True)
        self._pending = ""
        self._go_on: QPushButton = button("确认，继续", self._confirm)
        self._go_on.setAutoDefault(True)
        self._recuse = button("要回避，改由他人承办", self.recusal_requested.emit)
        self._recuse.setAutoDefault(True)
        column.addWidget(self._concern)
        for act in (self._go_on, self._recuse):
            column.addWidget(act)
        self._concern_box.hide()
        return self._concern_box

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("role", "foot")
        column = QVBoxLayout(foot)
        self._theme.space(column, 16, 10, 16, 10, gap=6)
        self._wrong = label("", "overdue", wrap=True)
        self._wrong.hide()
        self._do = button("办理", self.do, role="strong")
        self._do.setAutoDefault(True)
        column.addWidget(self._concern_part())
        column.addWidget(self._wrong)
        column.addWidget(self._do)
        self._keys = label(_KEYS, "small", wrap=True)
        column.addWidget(self._keys)
        return foot
