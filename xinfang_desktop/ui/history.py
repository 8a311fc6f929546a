"""History (经过): what was done with a matter, what hangs together with it, and the way back."""

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xinfang_desktop.casework import matters
from xinfang_desktop.casework.facts import facts_of
from xinfang_desktop.casework.time_line import time_line
from xinfang_desktop.forms.papers import AnyPaper
from xinfang_desktop.models import Step

from .desk import Desk
from .time_line import TimeLine
from .widgets.cards import Card
from .widgets.words import button, label


class History(QScrollArea):
    """The time line of one matter, and its links.

    Signals:
        matter_requested(number): the clerk wants to see a linked matter.
        round_requested(number): the papers of an earlier round are to be shown.
        take_back_requested(): the latest act is to be taken back.
    """

    matter_requested = Signal(str)
    round_requested = Signal(int)
    take_back_requested = Signal()

    def __init__(self, desk: Desk, papers: Mapping[str, AnyPaper]) -> None:
        super().__init__()
        self._desk, self._papers = desk, papers
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("经过")
        self.setProperty("help", "handling")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_matter(self, petition: int | None, latest: Step | None = None) -> None:
        """Show the history of a petition; ``latest`` is the act that may be taken back."""
        page = QWidget()
        page.setProperty("role", "desk")
        column = QVBoxLayout(page)
        self._desk.theme.space(column, 24, 16, 24, 20, gap=12)
        if petition is not None:
            viewer = self._desk.viewer
            links = self._desk.read(lambda session: matters.links(session, petition, viewer=viewer))
            entries = self._desk.read(lambda session: time_line(session, petition, viewer=viewer))
            facts = self._desk.read(lambda session: facts_of(session, petition, viewer=viewer))
            if latest is not None:
                column.addLayout(self._way_back(latest))
            told = [(link.relation.label, link.number) for link in links]
            for title, listed in (
                ("关联的事项", told),
                ("并进来的事项", [("已并入", number) for number in facts.doublets]),
            ):
                if listed:
                    column.addWidget(self._others(title, listed))
            line = TimeLine(self._desk.theme, self._papers)
            line.round_requested.connect(self.round_requested)
            line.show_entries(entries)
            column.addWidget(line)
        column.addStretch(1)
        self.setWidget(page)

    def _way_back(self, latest: Step) -> QHBoxLayout:
        row = QHBoxLayout()
        self._desk.theme.space(row, gap=10)
        words = f"撤回上一步：{latest.action.label}（{latest.done_on:%Y-%m-%d}）"
        row.addWidget(button(words, self.take_back_requested.emit))
        row.addWidget(label("撤回后这一步划掉留痕，填过的内容恢复成办理以前的样子。", "small"))
        row.addStretch(1)
        return row

    def _others(self, title: str, listed: Iterable[tuple[str, str]]) -> Card:
        """List other matters, each as what it is to this one and its number, which leads there."""
        card = Card(self._desk.theme, title)
        for what, number in listed:
            go = partial(self.matter_requested.emit, number)
            act = button(f"{what}　{number}", go, role="plain")
            card.column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        return card
