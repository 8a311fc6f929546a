"""StatisticsPage (统计): a period summed up; every figure opens the matters that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xinfang_desktop.models.report import Part, Pointer

from .background import Errand
from .desk import Desk
from .page import Page
from .statistics_figures import FiguresView
from .statistics_frozen import FrozenView
from .statistics_groups import BodiesView, GroupsView
from .statistics_paper import PaperView
from .statistics_period import PeriodBar
from .widgets.chips import Chips
from .widgets.words import label, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.models.period import Period
    from xinfang_desktop.reports.figures import GroupFigures, Value
    from xinfang_desktop.reports.summary import Summary

FIGURES, GROUPS, BODIES, PAPER, FROZEN = "figures", "groups", "bodies", "paper", "frozen"
VIEWS = (
    (FIGURES, "指标"),
    (GROUPS, "分布"),
    (BODIES, "责任单位"),
    (PAPER, "文稿"),
    (FROZEN, "封存上报"),
)
TREND = 12
"""How many periods a trend shows."""

_COUNTING = "正在统计…"


class _Gathered(NamedTuple):
    """What was read for the page."""

    summary: Summary
    groups: Sequence[GroupFigures]
    bodies: Sequence[GroupFigures]


class StatisticsPage(Page):
    """The statistics of the office.

    Signals:
        list_requested(title, filter): somebody wants to see the matters behind a number.
        status_changed(words): how the words of the office stand.
    """

    title = "统计"
    help_topic = "statistics"
    list_requested = Signal(str, object)
    status_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._gathered: _Gathered | None = None
        self._errand: Errand | None = None
        self._trend: Errand | None = None
        self.bar = PeriodBar(desk)
        self.chips = Chips("看什么", VIEWS, desk.theme)
        self.figures = FiguresView(desk.theme)
        self.groups = GroupsView(desk.theme)
        self.bodies = BodiesView(desk.theme)
        self.paper = PaperView(desk)
        self.frozen = FrozenView(desk)
        self._told = label("", "small")
        self._lay_out()
        self._connect()
        self._bind_keys()

    @property
    def summary(self) -> Summary | None:
        """The summary shown."""
        return self._gathered.summary if self._gathered else None

    @property
    def is_counting(self) -> bool:
        """Whether the figures of the period are still being worked out."""
        return self._errand is not None

    def show_view(self, key: str) -> None:
        """Show the figures, the groups, the bodies, the paper, or what was frozen."""
        self.chips.mark(key)
        self._switch(key)

    def refresh(self) -> None:
        """Sum up again."""
        if self._errand is not None:
            self._errand.drop()
        period, compared = self.bar.period, self.bar.compared
        dimension, today = self.groups.dimension, self.desk.today()
        self._told.setText(_COUNTING)
        work = partial(_gather, period, compared, dimension, today)
        self._errand = self.desk.run(partial(self.desk.read, work), self._show, self._failed)

    def take_focus(self) -> None:
        """Put the keyboard where the view's work begins."""
        self._view.take_focus()

    def keep_draft(self) -> None:
        """Keep what is being written."""
        self.paper.keep()

    def print(self) -> None:
        """Ctrl+P: print the document, or the frozen version."""
        (self.frozen if self.chips.key == FROZEN else self.paper).print()

    def export(self) -> None:
        """Ctrl+E: the figures with their lists, or the figures file of a frozen version."""
        (self.frozen if self.chips.key == FROZEN else self.paper).export()

    @property
    def _view(self) -> Any:  # noqa: ANN401 - the five views have take_focus alike
        return self._views[self.chips.key]

    def _show(self, gathered: _Gathered) -> None:
        self._errand = None
        self._gathered = gathered
        self._told.setText("")
        self.figures.show_summary(gathered.summary)
        self.groups.show_groups(gathered.summary, gathered.groups)
        self.bodies.show_bodies(gathered.bodies)
        self.paper.show_summary(gathered.summary)
        if self.chips.key == FROZEN:
            self.frozen.show_period(gathered.summary.period)

    def _failed(self, sentence: str) -> None:
        self._errand = None
        self._told.setText("")
        self.desk.failed.emit(sentence)

    def _turn_view(self, step: int) -> None:
        keys = [key for key, _ in VIEWS]
        self.show_view(keys[(keys.index(self.chips.key) + step) % len(keys)])

    def _switch(self, key: str) -> None:
        self._stack.setCurrentWidget(self._views[key])
        if key == FROZEN and self.summary is not None:
            self.frozen.show_period(self.summary.period)
        self._view.take_focus()

    def _period_changed(self) -> None:
        self.paper.keep()
        self.refresh()

    def _open(self, pointer: Pointer) -> None:
        """Open the very matters that a number counts."""
        if self.summary is None:
            return
        from xinfang_desktop.reports.figures import behind

        scope = self.summary.scope
        ids = self.desk.look(lambda session: [*behind(session, scope, pointer)])
        if ids is not None:
            self.list_requested.emit(_title(pointer), {"among": tuple(ids)})

    def _open_among(self, title: str, ids: Sequence[int]) -> None:
        self.list_requested.emit(title, {"among": tuple(ids)})

    def _show_trend(self, key: str) -> None:
        if self.summary is None:
            return
        if self._trend is not None:
            self._trend.drop()
        work = partial(_trend_of, self.summary.period, key, self.desk.today())
        self._trend = self.desk.run(partial(self.desk.read, work), partial(self._trend_found, key))

    def _trend_found(self, key: str, found: list[tuple[Period, Value]]) -> None:
        self._trend = None
        self.figures.show_trend(key, found)

    def _changed(self, kinds: frozenset[type]) -> None:
        names = {kind.__name__ for kind in kinds}
        if self.isVisible() and names & _COUNTED:
            self.refresh()

    def _sum_up(self) -> None:
        from .statistics_sum import SumDialog

        dialog = SumDialog(self.desk, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _connect(self) -> None:
        self.bar.changed.connect(self._period_changed)
        self.chips.chosen.connect(self._switch)
        self.groups.wanted.connect(lambda _: self.refresh())
        for view in (self.figures, self.groups, self.bodies):
            view.opened.connect(self._open)
        self.figures.trend_wanted.connect(self._show_trend)
        self.frozen.opened.connect(self._open_among)
        self.frozen.sum_wanted.connect(self._sum_up)
        self.paper.status_changed.connect(self.status_changed)
        self.paper.written.connect(self.refresh)
        self.desk.changed.connect(self._changed)

    def _bind_keys(self) -> None:
        shortcut(self, "Ctrl+P", self.print)
        shortcut(self, "Ctrl+E", self.export)
        shortcut(self, "Ctrl+Shift+S", self.frozen.freeze)
        shortcut(self, "Ctrl+Shift+A", self._sum_up)
        for view in (self.bar, self.chips, self.figures, self.groups, self.bodies, self.frozen):
            shortcut(view, "PgUp", partial(self.bar.turn, -1))
            shortcut(view, "PgDown", partial(self.bar.turn, 1))
        shortcut(self, "Ctrl+PgUp", partial(self._turn_view, -1))
        shortcut(self, "Ctrl+PgDown", partial(self._turn_view, 1))

    def _lay_out(self) -> None:
        theme = self.desk.theme
        self._views: dict[str, QWidget] = {
            FIGURES: self.figures,
            GROUPS: self.groups,
            BODIES: self.bodies,
            PAPER: self.paper,
            FROZEN: self.frozen,
        }
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        tabs = QWidget()
        tabs.setProperty("role", "bar")
        row = QHBoxLayout(tabs)
        theme.space(row, 16, 6, 16, 6, gap=12)
        row.addWidget(self.chips, 1)
        row.addWidget(self._told)
        row.addWidget(label("Ctrl PgUp/PgDn 换一页", "small"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(tabs)
        column.addWidget(self._stack, 1)


_COUNTED = {
    *("Petition", "Petitioner", "PetitionLink", "Step", "FollowUp", "Verification", "Deadline"),
    "Setting",
}
"""Kinds of record that figures are made of."""


def _gather(
    period: Period,
    compared: Period | None,
    dimension: str,
    today: Any,  # noqa: ANN401 - a day
    session: Any,  # noqa: ANN401 - the store's own business
) -> _Gathered:
    from xinfang_desktop.casework.dimensions import DIMENSIONS
    from xinfang_desktop.reports.figures import figures_by
    from xinfang_desktop.reports.measures import MEASURES
    from xinfang_desktop.reports.outline import BODY_HEADS
    from xinfang_desktop.reports.summary import body_figures, summarise

    summary = summarise(session, period, today=today, compared=compared)
    groups = figures_by(
        session, summary.scope, DIMENSIONS[dimension], [MEASURES["received"]], compared=compared
    )
    bodies = summary.bodies or body_figures(session, summary.scope, BODY_HEADS)
    return _Gathered(summary, groups, bodies)


def _trend_of(period: Period, key: str, today: Any, session: Any) -> list[tuple[Period, Value]]:  # noqa: ANN401
    from xinfang_desktop.casework.counting import Scope
    from xinfang_desktop.casework.matters import office_profile
    from xinfang_desktop.reports.figures import values
    from xinfang_desktop.reports.measures import MEASURES

    scope = Scope(period, today, office_profile(session))
    periods = [period]
    while len(periods) < TREND:
        periods.insert(0, periods[0].previous)
    return [(one, values(session, scope.over(one), [MEASURES[key]])[key]) for one in periods]


def _title(pointer: Pointer) -> str:
    """Name a list by the figure, its part and its group."""
    from xinfang_desktop.casework.dimensions import DIMENSIONS
    from xinfang_desktop.casework.dimensions import label as label_of
    from xinfang_desktop.reports.measures import MEASURES

    named = MEASURES[pointer.measure].name
    parts = {Part.NUMERATOR: "（分子）", Part.DENOMINATOR: "（分母）"}.get(pointer.part, "")
    dimension = DIMENSIONS.get(pointer.dimension)
    group = f" {label_of(dimension, pointer.group)}" if dimension else ""
    return f"{pointer.period} {named}{parts}{group}"
