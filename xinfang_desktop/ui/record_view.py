"""RecordView: the paper in the middle; quietly beside it what is missing, alike, off paper."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.casework.advice import problems
from xinfang_desktop.casework.duplicates import Proposal
from xinfang_desktop.casework.earlier import Earlier
from xinfang_desktop.forms.letter import Letter
from xinfang_desktop.forms.papers import AnyPaper
from xinfang_desktop.forms.sheet import Sheet
from xinfang_desktop.models import Matter, Problem, Relation, Weight

from .companions import Companions
from .desk import Desk
from .details import Details
from .earlier import EarlierPanel
from .fact_chips import FactChips
from .judging import Judging
from .paper.form_view import FormView
from .side_by_side import SideBySideView
from .widgets.words import label

PANEL_WIDTH = 316
_NOTHING_EARLIER = "没有看来相近的以前事项；填了姓名、电话、证件或诉求以后会自动查。"
_ROLES = {Weight.MISSING: "warning", Weight.ADVICE: "warning", Weight.LAW: ""}


class RecordView(QWidget):
    """A matter being filled in.

    Signals:
        edited(path): a field was changed by hand.
        decided(number): the clerk decided of an earlier matter, or took a decision back.
        links_changed(): decisions of matters in the books were written.
        matter_requested(number): the clerk wants to see that matter.
    """

    edited = Signal(str)
    decided = Signal(str)
    links_changed = Signal()
    matter_requested = Signal(str)

    def __init__(self, desk: Desk, form: AnyPaper, record: Matter) -> None:
        super().__init__()
        self._desk = desk
        self.form = self._new_form(form, record)
        self.details = Details(desk.theme, desk.today())
        self.companions = Companions(desk.theme)
        self.earlier = EarlierPanel(desk.theme)
        self.side = SideBySideView(desk.theme)
        self.facts = FactChips(desk.theme)
        self._shown: int | None = None
        self._problems: list[Problem] = []
        self._came_from: QWidget | None = None
        self._is_read_only = False
        self.judging = Judging(desk, lambda: self.record, self)
        self._lay_out()
        self._listen_to_form()
        self._listen_to_earlier()
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
    def proposals(self) -> tuple[Proposal, ...]:
        """The earlier matters told beside the paper, but for those decided to be others."""
        return self.judging.known.proposals

    @property
    def compared(self) -> str:
        """The number of the earlier matter that is seen side by side; nothing where none is."""
        return self.side.number if self._pages.currentWidget() is self.side else ""

    def take_earlier(self) -> None:
        """Put the keyboard on the earlier matters; Esc leads back to where it came from."""
        if self.is_composing:
            return
        here = QApplication.focusWidget()
        if not self.earlier.has_keyboard and not self.compared:
            self._came_from = here if here is not None and self.isAncestorOf(here) else None
        self._put_side_away()
        if self._panel.isHidden() or not self.earlier.take_up():
            self._desk.told.emit(_NOTHING_EARLIER)

    @property
    def paper(self) -> AnyPaper:
        """The paper that is shown."""
        return self.form.paper

    def show_paper(self, paper: AnyPaper) -> None:
        """Show the matter on another of the office's papers."""
        if paper is self.form.paper:
            return
        self._put_side_away()
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

    def show_record(self, record: Matter) -> None:
        """Show a matter; showing is not editing."""
        if record.petition.id is None or record.petition.id != self._shown:
            self._put_side_away()
            self.judging.forget()
        self._shown = record.petition.id
        self.form.show_record(record)
        self.details.show_record(record)
        self.companions.show_record(record)
        self._check()
        self.judging.look_soon()

    def take_up(self, path: str) -> bool:
        """Put the keyboard on the field of ``path``, wherever it is."""
        self._put_side_away()
        parts = (self.form, self.details, self.companions)
        return any(part.take_up(path) for part in parts)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed, or let it again; on whatever paper."""
        self._is_read_only = read_only
        self.form.set_read_only(read_only)
        self.details.setEnabled(not read_only)
        self.companions.setEnabled(not read_only)
        self._show_earlier(self.judging.known)

    def put_above(self, part: QWidget) -> None:
        """Let something stand at the head of what is beside the paper."""
        self._beside.insertWidget(0, part)

    def show_detail(self, path: str) -> None:
        """Bring a row beside the paper into sight."""
        self._panel.ensureWidgetVisible(self.details.editor(path), 0, self._desk.theme.px(48))

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
            if self._point_out(path):
                return

    def _point_out(self, path: str) -> bool:
        """Put the keyboard on a field that lacks something, and have it say what."""
        is_there = self.take_up(path)
        if is_there and path in self.form.paths:
            self.form.point_out(path)
        return is_there

    def _new_form(self, paper: AnyPaper, record: Matter) -> FormView:
        return FormView(paper, record, today=self._desk.today(), theme=self._desk.theme)

    def _listen_to_form(self) -> None:
        self.form.edited.connect(self._edited)
        self.form.passed_end.connect(self.details.take_first)
        self.form.composed.connect(self._show_pages)

    def _listen_to_earlier(self) -> None:
        self.judging.told.connect(self._show_earlier)
        self.judging.decided.connect(self.decided)
        self.judging.links_changed.connect(self.links_changed)
        self.earlier.decided.connect(self.judging.decide)
        self.earlier.compare_requested.connect(self.compare)
        self.earlier.matter_requested.connect(self.matter_requested)
        self.earlier.left.connect(self._go_back)
        reveal = Qt.ConnectionType.QueuedConnection
        self.earlier.stepped.connect(self._reveal, reveal)
        self.side.decided.connect(self._decide_compared)
        self.side.matter_requested.connect(self.matter_requested)
        self.side.left.connect(self._leave_side)

    # what follows from an edit

    def _edited(self, path: str) -> None:
        self.details.facts_changed()
        self._after(path)

    def _edited_beside(self, path: str) -> None:
        self.form.compose_again()
        self._after(path)

    def _after(self, path: str) -> None:
        self._check()
        self.judging.look_soon()
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

    # what was here before

    def compare(self, number: str) -> None:
        """Put an earlier matter side by side with this one, in the place of the paper."""
        if self._fill_side(self.judging.known.find(number)):
            self._pages.setCurrentWidget(self.side)
            self.side.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_side(self, proposal: Proposal | None) -> bool:
        told = self.judging.pair(proposal) if proposal is not None else None
        if proposal is None or told is None:
            return False
        self.side.show_pair(told, proposal, may_decide=not self._is_read_only)
        return True

    def _decide_compared(self, relation: Relation | None) -> None:
        number = self.side.number
        self._leave_side()
        self.judging.decide(number, relation)

    def _leave_side(self) -> None:
        """Show the paper again, with the keyboard on the card that was put beside it."""
        self._put_side_away()
        if not self.earlier.take_up(self.side.number):
            self._go_back()

    def _put_side_away(self) -> None:
        self._pages.setCurrentWidget(self._area)

    def _go_back(self) -> None:
        """Put the keyboard back on the field that it came from."""
        field = self._came_from
        if field is not None and shiboken6.isValid(field) and field.isVisible():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_up(self.form.paths[0])

    def _reveal(self) -> None:
        if (part := self.earlier.in_hand) is not None:
            self._panel.ensureWidgetVisible(part, 0, self._desk.theme.px(14))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again: matters may have come in while another page was shown."""
        super().showEvent(event)
        self.judging.look_soon()

    def _show_earlier(self, told: Earlier) -> None:
        self.earlier.show_earlier(told, may_decide=not self._is_read_only)
        is_typed = self.record.petition.id is None
        own = [fact for fact in told.facts.told if is_typed and not fact.number]
        self.facts.show_facts(own)
        self._facts_head.setVisible(bool(self.facts.words))
        if self.compared and not self._fill_side(told.find(self.compared)):
            self._leave_side()

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
        self._missing = QVBoxLayout()
        theme.space(self._missing, gap=6)
        self._pages_note = label("", "warning", wrap=True)
        self._missing_head = label("还缺与提醒", "section")
        self._facts_head = label("这一件的情况", "section")
        parts: tuple[QWidget | QVBoxLayout, ...] = (
            self._missing_head,
            self._missing,
            self._pages_note,
            self._facts_head,
            self.facts,
            self.earlier,
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
        self._pages = QStackedWidget()
        self._pages.addWidget(self._area)
        self._pages.addWidget(self.side)
        row.addWidget(self._pages, 1)
        row.addWidget(self._panel)
        self._facts_head.hide()
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
            note.chosen.connect(self._point_out)
            self._missing.addWidget(note)


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
