"""GroupsView and BodiesView: the figures told apart, by what matters are and by who handles them.

Places and bodies stand in the order of their names. A body's figures say how it handles matters,
in time and to whose satisfaction; nobody is ranked by how many matters there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from .statistics_table import NumberCell, NumberRow, NumberTable
from .theme import Theme
from .widgets.chips import Chips
from .widgets.words import Hint

if TYPE_CHECKING:
    from xinfang_desktop.models.report import Pointer
    from xinfang_desktop.reports.figures import Figure, GroupFigures
    from xinfang_desktop.reports.summary import Summary

_KEYS = "Enter 打开这个数字的信访件"
_BODIES = "按名称排列，不排名次；括号里是分子/分母，期限未到的都不计；检举控告不分单位。"


class GroupsView(QWidget):
    """How many of each sort came in.

    Signals:
        opened(pointer): somebody wants the matters behind a number.
        wanted(dimension): another dimension is to be shown.
    """

    opened = Signal(object)
    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from xinfang_desktop.casework.dimensions import DIMENSIONS

        titles = [(key, dimension.title) for key, dimension in DIMENSIONS.items()]
        self.chips = Chips("分布", titles, theme)
        self.table = NumberTable("分布", theme)
        self.table.setProperty("help", "statistics")
        self.chips.chosen.connect(self.wanted)
        self.table.opened.connect(self.opened)
        column = QVBoxLayout(self)
        theme.space(column, 16, 10, 16, 10, gap=8)
        column.addWidget(self.chips)
        column.addWidget(self.table, 1)
        column.addWidget(Hint(_KEYS))

    @property
    def dimension(self) -> str:
        """The key of the dimension shown."""
        return self.chips.key

    def show_groups(self, summary: Summary, groups: Sequence[GroupFigures]) -> None:
        """Show the groups of the dimension, with all of them below."""
        rows = [_group_row(summary, group) for group in groups]
        if rows:
            rows.append(_whole(summary))
        self.table.show_rows(_heads(summary, self.chips.title), rows)

    def take_focus(self) -> None:
        """Put the keyboard on the groups."""
        (self.table if self.table.rows else self.chips).setFocus()


class BodiesView(QWidget):
    """How each responsible body handled its matters.

    Signals:
        opened(pointer): somebody wants the matters behind a number.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = NumberTable("责任单位办理质量", theme)
        self.table.setProperty("help", "statistics")
        self.table.opened.connect(self.opened)
        column = QVBoxLayout(self)
        theme.space(column, 16, 10, 16, 10, gap=8)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(Hint(_BODIES))
        foot.addStretch(1)
        foot.addWidget(Hint(_KEYS))
        column.addLayout(foot)

    def show_bodies(self, bodies: Sequence[GroupFigures]) -> None:
        """Show the bodies."""
        from xinfang_desktop.reports.outline import BODY_HEADS
        from xinfang_desktop.reports.words import with_parts

        rows = [
            NumberRow(
                (
                    NumberCell(group.label),
                    *(
                        NumberCell(
                            with_parts(group.figures[key].measure, group.figures[key].value)
                            if group.figures[key].measure.is_ratio
                            else str(group.figures[key].value.numerator),
                            group.pointer(key),
                        )
                        for key in BODY_HEADS
                    ),
                ),
                about=group.label,
            )
            for group in bodies
        ]
        self.table.show_rows(("责任单位", *BODY_HEADS.values()), rows)

    def take_focus(self) -> None:
        """Put the keyboard on the bodies."""
        self.table.setFocus()


def _group_row(summary: Summary, group: GroupFigures) -> NumberRow:
    figure = group.figures["received"]
    total = summary.figures["received"].value.numerator
    share = Fraction(figure.value.numerator, total) if total else None
    point = partial(group.pointer, "received")
    return NumberRow(_cells(summary, group.label, figure, point, share), about=group.label)


def _whole(summary: Summary) -> NumberRow:
    total = summary.figures["received"]
    cells = _cells(summary, "合计", total, total.pointer, None)
    return NumberRow(cells, about="合计", is_total=True)


def _cells(
    summary: Summary,
    name: str,
    figure: Figure,
    point: Callable[..., Pointer],
    share: Fraction | None,
) -> tuple[NumberCell, ...]:
    """Give a group: how many, which share, how many before and a year ago."""
    from xinfang_desktop.reports.words import per_cent, told

    measure, period = figure.measure, summary.period
    part = per_cent(share) if share is not None else "100%" if figure.value.numerator else "—"
    cells = [
        NumberCell(name),
        NumberCell(told(measure, figure.value), point(), share=share),
        NumberCell(part, quiet=True),
        NumberCell(told(measure, figure.before), point(period=summary.compared), quiet=True),
    ]
    if summary.compared != period.year_ago:
        pointer = point(period=period.year_ago)
        cells.append(NumberCell(told(measure, figure.year_ago), pointer, quiet=True))
    return tuple(cells)


def _heads(summary: Summary, title: str) -> tuple[str, ...]:
    is_usual = summary.compared == summary.period.previous
    before = summary.period.previous_name if is_usual else summary.compared.title
    found = (title, summary.period.name, "占比", before)
    return found if summary.compared == summary.period.year_ago else (*found, "上年同期")
