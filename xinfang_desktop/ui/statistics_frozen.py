"""FrozenView: what was handed in, by whom and when, and which matters changed it since."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from xinfang_desktop.models import Right

from .desk import Desk
from .printing import write_new
from .statistics_paper import export_folder, print_report
from .widgets.cards import Card, EmptyAdvice
from .widgets.flow import Flow
from .widgets.line import Line
from .widgets.table import Table, TableColumn
from .widgets.words import Hint, button, label

if TYPE_CHECKING:
    from xinfang_desktop.models import FrozenSummary
    from xinfang_desktop.models.period import Period
    from xinfang_desktop.reports.snapshot import Change, Frozen

_VERSIONS = (
    TableColumn("版", "第88版"),
    TableColumn("封存时间", "2026-12-30 23:59"),
    TableColumn("封存账户", "欧阳经办员"),
    TableColumn("更正原因"),
    TableColumn("校验值", "0123456789abcdef"),
)
_CHANGES = (
    TableColumn("指标", "督办反馈超期未完成"),
    TableColumn("封存时", "100.0%（1000/1000）"),
    TableColumn("现在", "100.0%（1000/1000）"),
    TableColumn("哪些信访件"),
)
_NEVER = "{title}还没有封存"
_NEVER_ADVICE = "上报时按 Ctrl+Shift+S 封存；以后改动了哪些件、哪些数字跟着变，这里逐项列出。"
_SAME = "第{version}版封存以来没有变化。"
_CHANGED = "第{version}版封存以来有{count}项变化："
_DONE = "已封存：{title}第{version}版"
_WRITTEN = "数据文件已保存：{path}"
_REASON = "再次封存时写明更正原因"


class FrozenView(QWidget):
    """The versions of a period.

    Signals:
        opened(title, ids): somebody wants the matters that changed a figure.
        sum_wanted(): several offices are to be added up.
    """

    opened = Signal(str, object)
    sum_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._period: Period | None = None
        self._kept: list[FrozenSummary] = []
        self._acts: list[QPushButton] = []
        self._found: list[Change] = []
        self.versions = Table("封存的统计", _VERSIONS, desk.theme)
        self.changes = Table("封存以来的变化", _CHANGES, desk.theme)
        self.reason = Line("更正原因", _REASON)
        self.told = label("", "quiet", wrap=True)
        self._lay_out()
        self.changes.opened.connect(self._open)
        self.versions.opened.connect(lambda _: self.print())
        self.versions.currentCellChanged.connect(self._compare)

    def show_period(self, period: Period) -> None:
        """Show what was frozen of a period."""
        self._period = period
        from xinfang_desktop.reports.snapshot import versions

        self._kept = self._desk.look(lambda session: versions(session, period)) or []
        self.versions.blockSignals(True)
        self.versions.show_rows([_words(one) for one in self._kept])
        self.versions.blockSignals(False)
        self._stack.setCurrentIndex(0 if self._kept else 1)
        self._empty.say(_NEVER.format(title=period.title), _NEVER_ADVICE)
        for act in self._acts:
            act.setEnabled(bool(self._kept))
        self._compare()

    def take_focus(self) -> None:
        """Begin with the versions, or with the act where there are none."""
        (self.versions if self._kept else self._act).setFocus()

    def freeze(self) -> None:
        """Freeze the summary of the period."""
        from xinfang_desktop.reports.snapshot import freeze

        period, viewer, now = self._period, self._desk.viewer, self._desk.now()
        reason = self.reason.text()
        if period is None:
            return
        kept = self._desk.attempt(
            lambda session: freeze(session, period, viewer=viewer, now=now, reason=reason)
        )
        if kept is not None:
            self.reason.clear()
            self._desk.told.emit(_DONE.format(title=period.title, version=kept.record.version))
            self.show_period(period)

    def print(self) -> None:
        """Print the version the bar is on, as it was."""
        kept = self._chosen()
        if kept is not None:
            code = f"{kept.record.period} 第{kept.record.version}版"
            print_report(self._desk, kept.report, code, self)

    def export(self) -> None:
        """Write the figures file of the version the bar is on."""
        kept = self._chosen()
        if kept is not None:
            self._desk.run(partial(_write, self._desk, kept), self._desk.told.emit)

    def _chosen(self) -> Frozen | None:
        from xinfang_desktop.reports.snapshot import frozen

        row = self.versions.currentRow()
        if not 0 <= row < len(self._kept):
            return None
        chosen = self._kept[row].id
        assert chosen is not None
        return self._desk.look(lambda session: frozen(session, chosen))

    def _compare(self) -> None:
        """Count again, off the window's thread, and tell what is not as it was."""
        assert self._period is not None
        kept = self._chosen()
        self._found = []
        self.changes.show_rows([])
        if kept is None:
            return
        self._desk.run(
            partial(self._desk.read, partial(_changes, kept, self._desk.today())),
            partial(self._tell, kept),
        )

    def _tell(self, kept: Frozen, found: list[Change]) -> None:
        row = self.versions.currentRow()
        if not 0 <= row < len(self._kept) or self._kept[row].id != kept.record.id:
            return
        from xinfang_desktop.reports.words import with_parts

        self._found = found
        version = kept.record.version
        told = _CHANGED if found else _SAME
        self.told.setText(told.format(version=version, count=len(found)))
        self.changes.show_rows(
            [
                (
                    one.name,
                    with_parts(one.measure, one.was),
                    with_parts(one.measure, one.now),
                    one.reasons,
                )
                for one in found
            ]
        )

    def _open(self, row: int) -> None:
        change = self._found[row]
        self.opened.emit(f"{change.name}的变化", change.ids)

    def _lay_out(self) -> None:
        theme, may = self._desk.theme, self._desk.may(Right.WORK)
        self._act = button("封存本期", self.freeze, role="strong", key="Ctrl+Shift+S")
        self._act.setEnabled(may)
        self.reason.setEnabled(may)
        first = QHBoxLayout()
        theme.space(first, gap=8)
        first.addWidget(self._act)
        first.addWidget(self.reason, 1)
        acts = Flow()
        theme.space(acts, gap=8)
        self._acts = [
            button("打印这一版", self.print, key="Ctrl+P"),
            button("导出数据文件", self.export, key="Ctrl+E"),
        ]
        for act in self._acts:
            acts.addWidget(act)
        acts.addWidget(button("汇总几个单位", self.sum_wanted.emit, key="Ctrl+Shift+A"))
        column = QVBoxLayout(self)
        theme.space(column, 16, 10, 16, 10, gap=10)
        column.addLayout(first)
        column.addLayout(acts)
        column.addWidget(self._listing(), 1)
        column.addWidget(Hint("Enter 打开引起变化的信访件 · 封存的内容不能改，改了就是新的一版"))

    def _listing(self) -> QWidget:
        """Lay out the versions with what changed since, or what to do where there is none."""
        theme = self._desk.theme
        listing = QWidget()
        self._stack = QStackedLayout(listing)
        whole, self._empty = QWidget(), EmptyAdvice(theme)
        column = QVBoxLayout(whole)
        theme.space(column, gap=10)
        column.addWidget(self.versions, 1)
        column.addWidget(self.told)
        column.addWidget(self.changes, 2)
        self._stack.addWidget(whole)
        empty = Card(theme)
        empty.column.addWidget(self._empty)
        self._stack.addWidget(empty)
        return listing


def _changes(kept: Frozen, today: Any, session: Any) -> list[Change]:  # noqa: ANN401
    from xinfang_desktop.reports.snapshot import changes

    return changes(session, kept, today=today)


def _words(record: FrozenSummary) -> Sequence[str]:
    return (
        f"第{record.version}版",
        f"{record.frozen_at:%Y-%m-%d %H:%M}",
        record.frozen_by,
        record.reason,
        record.digest[:16],
    )


def _write(desk: Desk, kept: Frozen) -> str:
    from xinfang_desktop.casework.audit import note, require
    from xinfang_desktop.models import Noted
    from xinfang_desktop.reports.adding_up import figures_file

    require(desk.viewer, Right.EXPORT)
    content = figures_file(kept)
    name = f"{kept.report.office} {kept.record.period} 统计数据 第{kept.record.version}版"
    path = write_new(export_folder(desk), name, ".json", content)
    detail = f"统计{kept.record.period}数据文件"
    desk.read(lambda session: note(session, Noted.EXPORT, detail=detail))
    return _WRITTEN.format(path=path)
