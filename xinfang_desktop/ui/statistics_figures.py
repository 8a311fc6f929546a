"""FiguresView: every figure of the period, what it is, and how it went over the last periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xinfang_desktop.models.report import Part

from .statistics_table import NumberCell, NumberRow, NumberTable
from .theme import Theme
from .widgets.bars import BarChart, Stick
from .widgets.cards import Card
from .widgets.chips import Chips
from .widgets.words import Hint, button, label

if TYPE_CHECKING:
    from xinfang_desktop.models.period import Period
    from xinfang_desktop.reports.figures import Figure, Value
    from xinfang_desktop.reports.measures import Measure
    from xinfang_desktop.reports.summary import Summary

WITH_ANYTHING, ALL = "with", "all"
_SIDE, _SIDE_BY_SIDE = 330, 960
_KEYS = "Enter 打开这个数字的信访件 · F1 口径"


class FiguresView(QWidget):
    """The figures.

    Signals:
        opened(pointer): somebody wants the matters behind a number.
        trend_wanted(key): the bar is on this figure.
    """

    opened = Signal(object)
    trend_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._summary: Summary | None = None
        self.table = NumberTable("指标", theme)
        self.table.setProperty("help", "statistics")
        self.chips = Chips("显示", [(WITH_ANYTHING, "有数的"), (ALL, "全部指标")], theme)
        self.chart = BarChart("", theme)
        self._name = label("", "heading", wrap=True)
        self._value = label("", "figure")
        self._parts = label("", "quiet", wrap=True)
        self._definition = label("", "", wrap=True)
        self._source = label("", "small", wrap=True)
        self._lay_out()
        self.chips.chosen.connect(lambda _: self._fill())
        self.table.opened.connect(self.opened)
        self.table.explained.connect(self._explain)
        self.table.moved.connect(self._tell)

    @property
    def definition(self) -> str:
        """What the side panel says the figure is."""
        return self._definition.text()

    def show_summary(self, summary: Summary) -> None:
        """Show the figures of a summary."""
        self._summary = summary
        self._fill()

    def show_trend(self, key: str, found: Sequence[tuple[Period, Value]]) -> None:
        """Show how a figure went; the period itself stands out."""
        from xinfang_desktop.reports.measures import MEASURES
        from xinfang_desktop.reports.words import told

        if key != self.table.about or self._summary is None:
            return
        measure, shown = MEASURES[key], self._summary.period
        self.chart.show_sticks(
            f"{measure.name}，最近{len(found)}期",
            [
                Stick(
                    _short(period),
                    None if value.amount is None else float(value.amount),
                    told(measure, value).removesuffix(measure.unit.label)
                    if measure.unit.label != "%"
                    else told(measure, value),
                    strong=period == shown,
                )
                for period, value in found
            ],
        )

    def take_focus(self) -> None:
        """Put the keyboard on the figures."""
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the panel out where the table needs its room; F1 tells the same."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= self._theme.px(_SIDE_BY_SIDE))

    def _fill(self) -> None:
        if self._summary is None:
            return
        everything = self.chips.key == ALL
        self.table.show_rows(heads(self._summary), [*figure_rows(self._summary, everything)])

    def _tell(self, key: str) -> None:
        figure = self._summary.figures.get(key) if self._summary else None
        if figure is None or self._summary is None:
            return
        from xinfang_desktop.reports.words import parts, told

        measure = figure.measure
        self._name.setText(measure.name)
        self._value.setText(told(measure, figure.value))
        shown = parts(measure, figure.value)
        self._parts.setText(f"分子/分母 {shown}" if shown else self._summary.period.days)
        self._definition.setText(measure.defined(self._summary.scope.office))
        self._source.setText(f"{measure.rule} · {measure.source}")
        self.trend_wanted.emit(key)

    def _explain(self, key: str) -> None:
        if self._summary is not None:
            dialog = DefinitionDialog(self._summary, self._summary.figures[key], self)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _lay_out(self) -> None:
        theme = self._theme
        left = QVBoxLayout()
        theme.space(left, gap=8)
        head = QHBoxLayout()
        theme.space(head, gap=12)
        head.addWidget(self.chips)
        head.addStretch(1)
        head.addWidget(Hint(_KEYS))
        left.addLayout(head)
        left.addWidget(self.table, 1)
        side = QWidget()
        panel = QVBoxLayout(side)
        theme.space(panel, gap=12)
        told = Card(theme)
        for words in (self._name, self._value, self._parts, self._definition, self._source):
            told.column.addWidget(words)
        panel.addWidget(told)
        trend = Card(theme, "近来")
        trend.column.addWidget(self.chart)
        panel.addWidget(trend)
        panel.addStretch(1)
        side.setProperty("role", "clear")
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.fix(scroll, width=_SIDE)
        self._side = scroll
        row = QHBoxLayout(self)
        theme.space(row, 16, 10, 16, 10, gap=14)
        row.addLayout(left, 1)
        row.addWidget(scroll)


class DefinitionDialog(QDialog):
    """What a figure is, whole: its definition, its parts, its days, what it rests on."""

    def __init__(self, summary: Summary, figure: Figure, parent: FiguresView) -> None:
        super().__init__(parent)
        theme = parent._theme
        measure = figure.measure
        self.setWindowTitle(f"口径：{measure.name}")
        column = QVBoxLayout(self)
        theme.space(column, 24, gap=12)
        column.addWidget(label(measure.name, "title"))
        for name, words in definition_lines(summary, figure):
            row = QHBoxLayout()
            theme.space(row, gap=12)
            title = label(name, "quiet")
            theme.fix(title, width=72)
            row.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(words, wrap=True), 1)
            column.addLayout(row)
        close = button("知道了", self.accept, role="strong", key="Enter")
        close.setDefault(True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        theme.fix(self, width=560)


def definition_lines(summary: Summary, figure: Figure) -> list[tuple[str, str]]:
    """Say what a figure is and what it came to, line by line."""
    from xinfang_desktop.reports.words import with_parts

    measure = figure.measure
    return [
        ("口径", measure.defined(summary.scope.office)),
        ("归期", f"{measure.rule}，{summary.period.days}"),
        ("单位", measure.unit.label),
        ("依据", measure.source),
        ("本期", with_parts(measure, figure.value)),
        (summary.compared.title, with_parts(measure, figure.before)),
        (summary.period.year_ago.title, with_parts(measure, figure.year_ago)),
    ]


def heads(summary: Summary) -> list[str]:
    """Give the headings of the table of figures."""
    found = ["指标", summary.period.name, "分子", "分母", _before(summary), "增减"]
    if summary.compared == summary.period.previous:
        found[5] = "环比"
    return found if _has_one_base(summary) else [*found, "上年同期", "同比"]


def figure_rows(summary: Summary, everything: bool) -> Iterator[NumberRow]:
    """Give the figures group by group; those that are nought throughout are spared."""
    from xinfang_desktop.reports.measures import GROUPS

    for group in GROUPS:
        figures = [summary.figures[measure.key] for measure in group.measures]
        shown = [one for one in figures if everything or not _is_nothing(one)]
        if shown:
            yield NumberRow((NumberCell(group.title),), is_heading=True)
        yield from (_figure_row(summary, figure) for figure in shown)


def _figure_row(summary: Summary, figure: Figure) -> NumberRow:
    from xinfang_desktop.reports.words import change, told

    measure, period = figure.measure, summary.period
    bases = [(figure.before, summary.compared)]
    if not _has_one_base(summary):
        bases.append((figure.year_ago, period.year_ago))
    cells = [
        NumberCell(measure.name),
        NumberCell(told(measure, figure.value), figure.pointer()),
        *_parts_of(measure, figure),
    ]
    for value, base in bases:
        pointer = figure.pointer(period=base)
        cells.append(NumberCell(told(measure, value), pointer, quiet=True))
        cells.append(NumberCell(change(measure, figure.value, value), quiet=True))
    return NumberRow(tuple(cells), about=measure.key)


def _parts_of(measure: Measure, figure: Figure) -> Iterator[NumberCell]:
    if not measure.is_ratio:
        yield from (NumberCell(""), NumberCell(""))
        return
    value = figure.value
    for part, amount in (
        (Part.NUMERATOR, value.numerator),
        (Part.DENOMINATOR, value.denominator),
    ):
        yield NumberCell(str(amount), figure.pointer(part), quiet=True)


def _before(summary: Summary) -> str:
    if summary.compared == summary.period.previous:
        return summary.period.previous_name
    return summary.compared.title


def _has_one_base(summary: Summary) -> bool:
    return summary.compared == summary.period.year_ago


def _is_nothing(figure: Figure) -> bool:
    return figure.value.is_nothing and figure.before.is_nothing and figure.year_ago.is_nothing


def _short(period: Period) -> str:
    """Name a period below its bar."""
    from xinfang_desktop.models.period import PeriodKind

    match period.kind:
        case PeriodKind.MONTH:
            return f"{period.first.month}月"
        case PeriodKind.QUARTER:
            return f"{period.first.year % 100:02}Q{(period.first.month + 2) // 3}"
        case PeriodKind.YEAR:
            return str(period.first.year)
        case PeriodKind.WEEK:
            return f"{period.first.isocalendar()[1]}周"
        case _:
            return f"{period.first.month}.{period.first.day}"
