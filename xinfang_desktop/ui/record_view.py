"""RecordView: the paper in the middle; quietly beside it what is missing, alike, off paper."""

from collections.abc import Sequence
from copy import deepcopy

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from xinfang_desktop.casework.advice import problems
from xinfang_desktop.casework.duplicates import Proposal, similar
from xinfang_desktop.forms.letter import Letter
from xinfang_desktop.forms.papers import AnyPaper
from xinfang_desktop.forms.sheet import Sheet
from xinfang_desktop.models import Matter, Problem, Weight

from .background import Errand
from .companions import Companions
from .desk import Desk
from .details import Details
from .paper.form_view import FormView
from .widgets.words import button, label

SETTLE = 350
"""Milliseconds after the last key before similar matters are looked for."""

PANEL_WIDTH = 316
_ROLES = {Weight.MISSING: "warning", Weight.ADVICE: "warning", Weight.LAW: ""}


class RecordView(QWidget):
    """A matter being filled in.

    Signals:
        edited(path): a field was changed by hand.
        relation_chosen(number): the clerk said that this is the same matter ("" takes it back).
        matter_requested(number): the clerk wants to see that matter.
    """

    edited = Signal(str)
    relation_chosen = Signal(str)
    matter_requested = Signal(str)

    def __init__(self, desk: Desk, form: AnyPaper, record: Matter) -> None:
        super().__init__()
        self._desk = desk
        self.form = self._new_form(form, record)
        self.details = Details(desk.theme, desk.today())
        self.companions = Companions(desk.theme)
        self._problems: list[Problem] = []
        self._proposals: Sequence[Proposal] = ()
        self._relation = ""
        self._is_read_only = False
        self._errand: Errand | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._look_for_similar)
        self._lay_out()
        self._listen_to_form()
        self.details.edited.connect(self._edited_beside)
        self.companions.edited.connect(self._edited_beside)
        self.show_record(record)

    @property
    def record(self) -> Matter:
        """The matter as it stands."""
        return self.form.record

    @property
    def is_composing(self) -> bool:
        """Whether the input method still holds text somewhere."""
        parts = (self.form, self.details, self.companions)
        return any(part.is_composing for part in parts)

    @property
    def problems(self) -> list[Problem]:
        """What is missing or doubtful."""
        return self._problems

    @property
    def relation(self) -> str:
        """The number of the earlier matter that this one repeats, as the clerk decided."""
        return self._relation

    @property
    def proposals(self) -> Sequence[Proposal]:
        """The earlier matters proposed beside the paper."""
        return self._proposals

    def relate(self, number: str) -> None:
        """Say that this is the same matter as an earlier one, or take that back."""
        self._relation = "" if self._relation == number else number
        self.relation_chosen.emit(self._relation)
        self._settle.start()

    @property
    def paper(self) -> AnyPaper:
        """The paper that is shown."""
        return self.form.paper

    def show_paper(self, paper: AnyPaper) -> None:
        """Show the matter on another of the office's papers."""
        if paper is self.form.paper:
            return
        former, self.form = self.form, self._new_form(paper, self.record)
        self._area.takeWidget()
        former.deleteLater()
        self._area.setWidget(self.form)
        self._listen_to_form()
        self._fit()
        self.form.set_read_only(self._is_read_only)
        self.form.compose_again()
        self._check()
        self.show_head()

    def show_record(self, record: Matter, *, relation: str = "") -> None:
        """Show a matter; showing is not editing."""
        self._relation = relation
        self.form.show_record(record)
        self.details.show_record(record)
        self.companions.show_record(record)
        self._check()
        self._settle.start()

    def take_up(self, path: str) -> bool:
        """Put the keyboard on the field of ``path``, wherever it is."""
        parts = (self.form, self.details, self.companions)
        return any(part.take_up(path) for part in parts)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed, or let it again; on whatever paper."""
        self._is_read_only = read_only
        self.form.set_read_only(read_only)
        self.details.setEnabled(not read_only)
        self.companions.setEnabled(not read_only)

    def put_above(self, part: QWidget) -> None:
        """Let something stand at the head of what is beside the paper."""
        self._beside.insertWidget(0, part)

    def show_beside(self, *, visible: bool) -> None:
        """Show what is beside the paper, or leave the room to something else."""
        self._panel.setVisible(visible)

    def next_problem(self) -> None:
        """Go to the next field that lacks something or is doubtful, from the one in hand."""
        paths = [problem.path for problem in self._problems if problem.path]
        here = self.focusWidget()
        name = here.objectName() if here else ""
        after = paths[paths.index(name) + 1 :] + paths if name in paths else paths
        for path in after:
            if self.take_up(path):
                return

    def _new_form(self, paper: AnyPaper, record: Matter) -> FormView:
        return FormView(paper, record, today=self._desk.today(), theme=self._desk.theme)

    def _listen_to_form(self) -> None:
        self.form.edited.connect(self._edited)
        self.form.passed_end.connect(self.details.take_first)
        self.form.composed.connect(self._show_pages)

    # what follows from an edit

    def _edited(self, path: str) -> None:
        self.details.facts_changed()
        self._after(path)

    def _edited_beside(self, path: str) -> None:
        self.form.compose_again()
        self._after(path)

    def _after(self, path: str) -> None:
        self._check()
        self._settle.start()
        self.edited.emit(path)

    def _check(self) -> None:
        unread = {problem.path: problem for problem in self.form.troubles}
        found = [
            problem
            for problem in problems(self.record, self._desk.today())
            if problem.path not in unread
        ]
        unwritten = self.paper.missing(self.record) if isinstance(self.paper, Letter) else []
        self._problems = [*unread.values(), *unwritten, *found]
        self.form.set_problems(self._problems)
        self._show_problems()

    def _look_for_similar(self) -> None:
        if self._errand is not None:
            self._errand.drop()
        desk, record, viewer = self._desk, deepcopy(self.record), self._desk.viewer
        self._errand = desk.run(
            lambda: desk.read(lambda session: similar(session, record, viewer=viewer)),
            self._show_similar,
        )
        self._errand.ended.connect(self._forget_errand)

    def _forget_errand(self) -> None:
        self._errand = None

    # the panel

    def _lay_out(self) -> None:
        theme = self._desk.theme
        self._area = QScrollArea()
        self._area.setWidget(self.form)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().installEventFilter(self)
        panel = QWidget()
        panel.setProperty("role", "clear")
        column = self._beside = QVBoxLayout(panel)
        theme.space(column, 14, 14, 14, 14, gap=8)
        self._missing, self._alike = QVBoxLayout(), QVBoxLayout()
        theme.space(self._missing, gap=6)
        theme.space(self._alike, gap=6)
        self._pages_note = label("", "warning", wrap=True)
        self._missing_head = label("还缺与提醒", "section")
        self._alike_head = label("以前的事项", "section")
        parts: tuple[QWidget | QVBoxLayout, ...] = (
            self._missing_head,
            self._missing,
            self._pages_note,
            self._alike_head,
            self._alike,
            label("登记要素（不印在纸上）", "section"),
            self.details,
            label("同行信访人", "section"),
            self.companions,
        )
        for part in parts:
            _put(column, part)
        column.addStretch(1)
        self._panel = QScrollArea()
        self._panel.setWidget(panel)
        self._panel.setWidgetResizable(True)
        self._panel.setFrameShape(QFrame.Shape.NoFrame)
        self._panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panel.setProperty("role", "panel")
        theme.fix(self._panel, width=PANEL_WIDTH)
        self._panel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._area, 1)
        row.addWidget(self._panel)
        self._alike_head.hide()
        theme.follow(self, lambda _: self._fit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area.viewport() and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        self.form.fit_width(self._area.viewport().width())

    def show_head(self) -> None:
        """Scroll so that the paper begins at its title, not at its white edge."""
        self._area.verticalScrollBar().setValue(self.form.head_offset)

    def _show_pages(self, sheet: Sheet) -> None:
        pages = len(sheet.pages)
        words = []
        if pages > 1:
            words.append(f"内容超出一页，打印时自动附续页（共 {pages} 页），不会丢字。")
        if sheet.missing:
            words.append(f"字库里没有“{'、'.join(sheet.missing)}”，纸上印成编码方框，请手写补正。")
        self._pages_note.setText("\n".join(words))
        self._pages_note.setVisible(bool(words))

    def _show_problems(self) -> None:
        _clear(self._missing)
        self._missing_head.setVisible(True)
        if not self._problems:
            self._missing.addWidget(label("✓ 可以打印，没有缺项", "done"))
        for problem in self._problems:
            note = _Note(problem)
            note.chosen.connect(self.take_up)
            self._missing.addWidget(note)

    def _show_similar(self, proposals: Sequence[Proposal]) -> None:
        self._proposals = proposals
        _clear(self._alike)
        self._alike_head.setVisible(bool(proposals))
        self._alike_head.setText(f"以前的事项　{len(proposals)} 件")
        for proposal in proposals:
            self._alike.addWidget(self._card(proposal))

    def _card(self, proposal: Proposal) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        self._desk.theme.space(column, 10, 8, 10, 8, gap=4)
        head = QHBoxLayout()
        head.addWidget(label(proposal.number, "heading"))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(label(proposal.reason, "warning", wrap=True))
        day = proposal.received_on.isoformat() if proposal.received_on else ""
        told = "　".join(filter(None, (day, proposal.name, proposal.claim_start)))
        column.addWidget(label(told, "small", wrap=True))
        acts = QHBoxLayout()
        if not self.record.petition.id:
            same = button("同一事项", lambda: self.relate(proposal.number), role="small")
            same.setCheckable(True)
            same.setChecked(self._relation == proposal.number)
            acts.addWidget(same)
        acts.addWidget(
            button("打开", lambda: self.matter_requested.emit(proposal.number), role="small")
        )
        acts.addStretch(1)
        column.addLayout(acts)
        return card


class _Note(QFrame):
    """One problem; a click goes to its field."""

    chosen = Signal(str)

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self._path = problem.path
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        text = label(f"{problem.weight.value}　{problem.text}", _ROLES[problem.weight], wrap=True)
        column.addWidget(text)
        if self._path:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: object) -> None:
        self.chosen.emit(self._path)


def _put(column: QVBoxLayout, part: QWidget | QVBoxLayout) -> None:
    if isinstance(part, QWidget):
        column.addWidget(part)
    else:
        column.addLayout(part)


def _clear(layout: QVBoxLayout) -> None:
    while layout.count():
        widget = layout.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
