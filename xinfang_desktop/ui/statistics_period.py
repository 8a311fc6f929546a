"""PeriodBar: which period is shown, and what it is compared with; all of it by key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models.period import Period, PeriodKind, read_period, within_reach

from .desk import Desk
from .theme import Theme
from .widgets.chips import Chips
from .widgets.line import Line
from .widgets.words import button, label, restyle

_HINT = "2026-10、2026-Q4、2026-10-01..2026-10-15"
_USUAL = "上一期"


class PeriodBar(QFrame):
    """The choice of a period.

    Signals:
        changed(): another period was chosen, or another one to compare it with.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.period = Period.month(desk.today())
        self.compared: Period | None = None
        self.kinds = Chips("统计期", [(kind.value, kind.label) for kind in PeriodKind], desk.theme)
        self.line = Line("统计期", _HINT)
        self.against = Line("对比期", _USUAL)
        self._lay_out(desk.theme)
        self.kinds.chosen.connect(self._choose_kind)
        self.line.entered.connect(self._typed)
        self.line.editingFinished.connect(self._typed)
        self.against.entered.connect(self._typed_against)
        self.against.editingFinished.connect(self._typed_against)
        self._show()

    def turn(self, steps: int) -> None:
        """Go to the period before or after."""
        period = self.period.previous if steps < 0 else self.period.following
        if within_reach(period) and within_reach(period.previous):
            self._set(period)

    def _choose_kind(self, key: str) -> None:
        """Give the period of another kind that ends with the one shown, as far as it has come."""
        day = min(self.period.last, max(self._desk.today(), self.period.first))
        self._set(Period.of(PeriodKind.from_code(key), day))

    def _typed(self) -> None:
        period = self._read(self.line)
        if period is not None and period != self.period:
            self._set(period)
        elif not self.line.text().strip():
            self._show()

    def _typed_against(self) -> None:
        text = self.against.text().strip()
        period = self._read(self.against) if text else None
        if (period is not None or not text) and period != self.compared:
            self.compared = period
            self.changed.emit()

    def _read(self, line: Line) -> Period | None:
        if not line.text().strip():
            return None
        try:
            period = read_period(line.text())
        except OfficeError as error:
            restyle(line, "wrong", "true")
            self._desk.failed.emit(error.sentence)
            return None
        restyle(line, "wrong", "false")
        return period

    def _set(self, period: Period) -> None:
        self.period, self.compared = period, None
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        restyle(self.line, "wrong", "false")
        restyle(self.against, "wrong", "false")
        self.kinds.mark(self.period.kind.value)
        self.line.setText(self.period.code)
        self._title.setText(self.period.title)
        self.against.setText("" if self.compared is None else self.compared.code)
        self.against.setPlaceholderText(self.period.previous.code)

    def _lay_out(self, theme: Theme) -> None:
        self.setProperty("role", "bar")
        self._title = label("", "heading")
        row = QHBoxLayout(self)
        theme.space(row, 16, 6, 16, 6, gap=8)
        row.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(theme.px(4))
        before = button("‹", lambda: self.turn(-1), key="PgUp")
        before.setAccessibleName("上一期")
        after = button("›", lambda: self.turn(1), key="PgDn")
        after.setAccessibleName("下一期")
        for part in (before, self._title, after):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            row.addWidget(part)
        row.addStretch(1)
        for name, line, width in (("统计期", self.line, 168), ("对比", self.against, 110)):
            row.addWidget(label(name, "quiet"))
            theme.fix(line, width=width)
            row.addWidget(line)
