"""IssuedList (已出文书): the papers that went out in a matter, as evidence.

Each is shown with its number, day and hand; one that no longer says what the matter says is told.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xinfang_desktop.forms.definition import Form
from xinfang_desktop.models import IssuedPaper, Matter

from .desk import Desk
from .issuing import Issuing
from .widgets.cards import Card, EmptyAdvice
from .widgets.words import button, label

OUTDATED = "登记内容后来有改动，与这份文书不一致"


class IssuedList(QScrollArea):
    """The issued papers of one matter, the latest first.

    Signals:
        look_requested(paper): show the kept paper.
        reprint_requested(paper): print it once more, marked.
        continue_requested(paper): print only what was filled in since.
    """

    look_requested = Signal(object)
    reprint_requested = Signal(object)
    continue_requested = Signal(object)

    def __init__(self, desk: Desk, issuing: Issuing) -> None:
        super().__init__()
        self._desk = desk
        self._issuing = issuing
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("已出文书")
        self.setProperty("help", "papers")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_matter(self, record: Matter) -> None:
        """List the papers of a matter."""
        page = QWidget()
        page.setProperty("role", "desk")
        column = QVBoxLayout(page)
        self._desk.theme.space(column, 24, 20, 24, 20, gap=12)
        listed = self._issuing.issued(record)
        latest: set[str] = set()
        for paper, outdated in listed:
            is_latest = paper.form not in latest
            latest.add(paper.form)
            column.addWidget(self._card(paper, outdated=outdated, is_latest=is_latest))
        if not listed:
            empty = EmptyAdvice(self._desk.theme)
            empty.say("还没有打印过文书", "按 F3 选文书，按 Ctrl+P 打印；印出的每一份都原样存档。")
            column.addWidget(empty)
        column.addStretch(1)
        self.setWidget(page)

    def _card(self, paper: IssuedPaper, *, outdated: bool, is_latest: bool) -> Card:
        card = Card(self._desk.theme)
        title = self._issuing.title(paper)
        card.column.addWidget(label("　".join(filter(None, (title, paper.number))), "heading"))
        told = f"{paper.issued_on:%Y-%m-%d}　{paper.issued_by}　共 {paper.pages} 页"
        card.column.addWidget(label(f"{told}　校验值 {paper.digest[:12]}", "small"))
        if outdated:
            card.column.addWidget(label(f"！{OUTDATED}", "warning", wrap=True))
        acts = QHBoxLayout()
        self._desk.theme.space(acts, gap=8)
        acts.addWidget(button("查看", lambda: self.look_requested.emit(paper)))
        if paper.form in self._issuing.makers:
            acts.addWidget(button("重印", lambda: self.reprint_requested.emit(paper)))
            if is_latest and isinstance(self._issuing.papers[paper.form], Form):
                acts.addWidget(button("续打", lambda: self.continue_requested.emit(paper)))
        acts.addStretch(1)
        card.column.addLayout(acts)
        return card
