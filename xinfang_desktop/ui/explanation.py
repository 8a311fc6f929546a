"""Explanation (为什么是这一天): one time limit with its reasons, opened by F1 on any day of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from .desk import Desk
from .look import Look
from .widgets.cards import Card
from .widgets.words import button, label, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.casework.due import DueItem, LimitLine
    from xinfang_desktop.reports.explanation import ExplainedLimit

    from .printing import Paper

TITLE = "为什么是这一天"
_WIDTH, _HEIGHT = 620, 500
_COPIED = "已复制"
_PAPER = "时限说明"


class Explanation(QDialog):
    """Tells why a limit ends on its day; Ctrl+P prints it, Ctrl+C copies it, Esc closes it."""

    def __init__(self, desk: Desk, told: ExplainedLimit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.told = told
        self.setWindowTitle(f"{TITLE} · {told.title}")
        self.setProperty("help", "limits")
        self._reasons = QScrollArea()
        self.message = label("", "quiet")
        self._lay_out()
        shortcut(self, "Ctrl+P", self.print_sheet)
        shortcut(self, "Ctrl+C", self.copy)
        desk.theme.follow(self, self._measure)

    @property
    def text(self) -> str:
        """Everything it says, a line each."""
        facts = [f"{name}：{value}" for name, value in self.told.facts]
        return "\n".join((*facts, *self.told.sentences))

    def copy(self) -> None:
        """Put the words on the clipboard."""
        QGuiApplication.clipboard().setText(self.text)
        self.message.setText(_COPIED)

    def print_sheet(self) -> None:
        """Print it on a page."""
        from .print_dialog import PrintDialog

        dialog = PrintDialog(self._desk, self._paper())
        dialog.setParent(self, dialog.windowFlags())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _paper(self) -> Paper:
        from xinfang_desktop.forms.printing import docx_report, pdf_report
        from xinfang_desktop.reports.explanation import explanation_report

        from .printing import Paper

        office, today = self._desk.office, self._desk.today()
        report = explanation_report(self.told, office=office, made_on=today)
        return Paper(
            number=self.told.number,
            title=f"{self.told.title}{_PAPER}",
            pdf=partial(pdf_report, report),
            docx=partial(docx_report, report),
            warnings=list,
        )

    def _lay_out(self) -> None:
        told, theme = self.told, self._desk.theme
        column = QVBoxLayout(self)
        theme.space(column, 16, 16, 16, 16, gap=12)
        card = Card(theme)
        card.column.addWidget(label(told.title, "title", wrap=True))
        facts = QGridLayout()
        theme.space(facts, gap=4)
        facts.setHorizontalSpacing(theme.px(20))
        facts.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(told.facts):
            facts.addWidget(label(name, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            words = label(value, "strong" if name == "期限" else "", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAccessibleName(f"{name}：{value}")
            facts.addWidget(words, row, 1)
        card.column.addLayout(facts)
        card.column.addWidget(self._reasons, 1)
        column.addWidget(card, 1)
        self._fill_reasons()
        foot = QGridLayout()
        theme.space(foot, gap=8)
        foot.setColumnStretch(0, 1)
        acts = (
            button("打印", self.print_sheet, key="Ctrl+P"),
            button("复制", self.copy, key="Ctrl+C"),
            button("关闭", self.reject, role="strong", key="Esc"),
        )
        foot.addWidget(self.message, 0, 0)
        for place, act in enumerate(acts, start=1):
            foot.addWidget(act, 0, place)
        column.addLayout(foot)

    def _fill_reasons(self) -> None:
        page = QWidget()
        page.setProperty("role", "clear")
        column = QVBoxLayout(page)
        self._desk.theme.space(column, 0, 4, 12, 4, gap=8)
        for sentence in self.told.sentences:
            words = label(sentence, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        column.addStretch(1)
        self._reasons.setWidget(page)
        self._reasons.setWidgetResizable(True)
        self._reasons.setFrameShape(QFrame.Shape.NoFrame)
        self._reasons.setAccessibleName("怎样算出来的")
        self._reasons.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _measure(self, look: Look) -> None:
        screen = self.screen().availableSize()
        width, height = look.px(_WIDTH), look.px(_HEIGHT)
        self.resize(min(width, screen.width() - 40), min(height, screen.height() - 80))


def explain_line(desk: Desk, line: LimitLine, parent: QWidget) -> Explanation:
    """Open why a limit of a matter ends on its day, over ``parent``."""
    from xinfang_desktop.reports.explanation import explained_line

    return open_explanation(desk, explained_line(line), parent)


def explain_item(desk: Desk, item: DueItem, parent: QWidget) -> Explanation | None:
    """Open why an item of the day's lists is due on its day; nothing where it is gone."""
    from xinfang_desktop.casework.due import line_of

    viewer, today = desk.viewer, desk.today()
    line = desk.look(lambda session: line_of(session, item, viewer=viewer, today=today))
    return explain_line(desk, line, parent) if line is not None else None


def open_explanation(desk: Desk, told: ExplainedLimit, parent: QWidget) -> Explanation:
    """Open why a limit ends on its day, over ``parent``."""
    dialog = Explanation(desk, told, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
