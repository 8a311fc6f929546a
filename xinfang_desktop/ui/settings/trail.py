"""操作记录: who did what and when, page by page; and whether the chain is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from xinfang_desktop.casework.audit import AuditLine, count_entries, entries
from xinfang_desktop.models import Action, Noted
from xinfang_desktop.ui.background import Errand
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.paper.values import read_date
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.table import Table, TableColumn
from xinfang_desktop.ui.widgets.words import Hint, button, label, restyle

from .section import Section

PAGE = 200
_COLUMNS = (
    TableColumn("序号", "1000000"),
    TableColumn("时间", "2026-12-30 10:30:00"),
    TableColumn("账户", "某某某某账户"),
    TableColumn("操作", "显示完整证件号码"),
    TableColumn("编号", "2211〔2026〕1234号"),
    TableColumn("说明"),
)
_VERIFYING = "正在逐条核对…"
_SETTLE_MS = 250


@dataclass(frozen=True)
class _Wanted:
    number: str | None = None
    acts: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


class TrailSection(Section):
    """The trail."""

    title = "操作记录"
    help_topic = "safety"
    fills = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[AuditLine] = []
        self._is_all = False
        self._errand: Errand | None = None
        self.table = Table("操作记录", _COLUMNS, desk.theme)
        self.number = Line("编号", "编号，写全")
        self.first, self.last = Line("从哪天", "从 20261101"), Line("到哪天", "到 20261130")
        self.act = QComboBox()
        self.act.setAccessibleName("操作")
        self.act.addItem("全部操作", "")
        for choice in (*Action, *Noted):
            self.act.addItem(choice.label, choice.value)
        self.verdict = label("", "quiet", wrap=True)
        self.verdict.setAccessibleName("核对结果")
        self._summary = label("", "quiet")
        self._verify = button("核对", self.verify, role="strong")
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._lay_out()
        for line in (self.number, self.first, self.last):
            line.settled.connect(self._settle.start)
            line.entered.connect(self.refresh)
        self.act.activated.connect(self.refresh)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.table.currentCellChanged.connect(self._moved)

    @property
    def lines(self) -> list[AuditLine]:
        """The entries shown."""
        return self._lines

    def refresh(self) -> None:
        """Read the first page that is asked for."""
        self._settle.stop()
        wanted = self._wanted()
        if wanted is None:
            return
        if self._errand is not None:
            self._errand.drop()
        self._errand = self.desk.run(partial(self._read, wanted, None), self._show, self.refuse)
        self._errand.ended.connect(self._rest)

    def take_focus(self) -> None:
        """Begin at the list."""
        self.table.setFocus()

    def verify(self) -> None:
        """Verify the chain, off the window's thread."""
        self._verify.setEnabled(False)
        self.verdict.setText(_VERIFYING)
        restyle(self.verdict, "role", "quiet")
        errand = self.desk.run(self.desk.store.verify_trail, self._verified)
        errand.ended.connect(partial(self._verify.setEnabled, True))

    def _verified(self, verdict: object) -> None:
        is_whole, sentence = verdict.is_whole, verdict.sentence  # type: ignore[attr-defined]
        self.verdict.setText(f"{'✓' if is_whole else '！'} {sentence}")
        restyle(self.verdict, "role", "done" if is_whole else "overdue")

    def _wanted(self) -> _Wanted | None:
        days: list[date | None] = []
        for line in (self.first, self.last):
            read = read_date(line.text(), self.desk.today())
            restyle(line, "wrong", "true" if read.trouble else "false")
            if read.trouble:
                self.refuse(read.trouble)
                return None
            days.append(read.value)
        self.say("")
        act = self.act.currentData()
        number = self.number.text().strip() or None
        return _Wanted(number, (act,) if act else (), days[0], days[1])

    def _read(self, wanted: _Wanted, before: int | None) -> tuple[list[AuditLine], int, bool]:
        viewer = self.desk.viewer
        found = self.desk.read(
            lambda session: entries(
                session,
                viewer=viewer,
                number=wanted.number,
                acts=wanted.acts,
                first=wanted.first,
                last=wanted.last,
                before_id=before,
                limit=PAGE,
            )
        )
        count = self.desk.read(lambda session: count_entries(session, viewer=viewer))
        return found, count, before is not None

    def _show(self, found: tuple[list[AuditLine], int, bool]) -> None:
        page, count, is_more = found
        self._lines = [*self._lines, *page] if is_more else page
        self._is_all = len(page) < PAGE
        self.table.show_rows([_words(line) for line in self._lines])
        shown = "" if self._is_all else "，往下翻接着列出"
        self._summary.setText(f"列出 {len(self._lines)} 条{shown}；全部 {count} 条")

    def _moved(self, row: int, *_: int) -> None:
        if row >= len(self._lines) - 1:
            self._go_on()

    def _scrolled(self, value: int) -> None:
        if value and value >= self.table.verticalScrollBar().maximum():
            self._go_on()

    def _go_on(self) -> None:
        wanted = self._wanted() if self._lines and not self._is_all else None
        if wanted is None or self._errand is not None:
            return
        before = self._lines[-1].id
        self._errand = self.desk.run(partial(self._read, wanted, before), self._show, self.refuse)
        self._errand.ended.connect(self._rest)

    def _rest(self) -> None:
        self._errand = None

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        self.desk.theme.space(row, gap=8)
        for part, share in ((self.number, 3), (self.act, 3), (self.first, 2), (self.last, 2)):
            row.addWidget(part, share)
        foot = QHBoxLayout()
        self.desk.theme.space(foot, gap=16)
        foot.addWidget(self._summary)
        foot.addWidget(Hint("只记编号和操作，不记姓名和内容；谁也不能改动或删除。"))
        foot.addStretch(1)
        foot.addWidget(self._verify)
        self.column.addLayout(row)
        self.column.addWidget(self.message)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.verdict)
        self.column.addLayout(foot)


def _words(line: AuditLine) -> tuple[str, ...]:
    return (
        str(line.id),
        f"{line.at:%Y-%m-%d %H:%M:%S}",
        line.by,
        line.title,
        line.number,
        line.detail,
    )
