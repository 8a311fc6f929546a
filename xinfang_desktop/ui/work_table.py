"""WorkTable: the work of the day; how pressing a line is stands in colour, sign and words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from xinfang_desktop.casework.due import DueState
from xinfang_desktop.casework.today import WorkLine

from .look import Look
from .theme import Theme
from .widgets.table import TableColumn
from .widgets.tick_table import TickTable

_COLUMNS = (
    TableColumn("编号", "2211〔2026〕1234号"),
    TableColumn("信访人", "欧阳某 等12人"),
    TableColumn("事项"),
    TableColumn("下一步", "由有权限的账户办理"),
    TableColumn("时限", "当天接处等3项"),
    TableColumn("期限", "！12月28日 超期88天"),
)
NUMBER, NAMES, CLAIM, NEXT, LIMIT, DUE = range(1, 7)
_GIVE_WAY = (LIMIT, CLAIM, NAMES)
"""The columns that are left out, one after the other, where the claim would have no room."""

LEAST_CLAIM = 100
CHIP_SIZE = 13
_NAMES_WIDER = 28
_CHIP = Qt.ItemDataRole.UserRole + 1


class Urgency(NamedTuple):
    """How pressing something is: a sign, and the roles of its words, ground and edge."""

    sign: str
    words: str
    ground: str
    edge: str


_PLAIN = Urgency("", "quiet", "surface_quiet", "hairline")
_LATE = Urgency("→ ", "warning", "warning_tint", "warning")
URGENCIES: Mapping[DueState, Urgency] = {
    DueState.OVERDUE: Urgency("！", "overdue", "overdue_tint", "overdue"),
    DueState.TODAY: Urgency("◔ ", "warning", "warning_tint", "warning"),
    DueState.SOON: Urgency("△ ", "accent", "chosen", "accent"),
}
"""One look for each way a limit presses, the same wherever it stands."""


def urgency(line: WorkLine) -> Urgency:
    """Give how pressing a line is."""
    if line.item is not None:
        return URGENCIES.get(line.item.state, _PLAIN)
    return _LATE if line.papers else _PLAIN


def due_words(line: WorkLine) -> str:
    """Say until when: the day and how long is left, or since when a paper is out, or the list."""
    look = urgency(line)
    if line.item is None:
        told = f"送签{line.papers[0].days}天" if line.papers else line.title
    else:
        day = line.item.due_on
        at = f" {line.item.due_at:%H:%M}" if line.item.due_at else ""
        told = f"{day.month}月{day.day}日{at} {line.item.left}"
    return f"{look.sign}{told}"


class WorkTable(TickTable):
    """The lines of work, each ticked by the space bar.

    Signals:
        explained(row): somebody asks why a line is due on its day.
        copied(): the text for the messenger is wanted.
    """

    explained = Signal(int)
    copied = Signal()

    def __init__(self, theme: Theme) -> None:
        self.lines: list[WorkLine] = []
        self._strong = QFont()
        self._widths: dict[int, int] = {}
        super().__init__("今天要办的", _COLUMNS, theme)
        self.setProperty("help", "today")
        self.setItemDelegateForColumn(DUE, _ChipDelegate(theme, self))
        theme.follow(self, self._fit)

    @property
    def line(self) -> WorkLine | None:
        """The line under the bar."""
        row = self.currentRow()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    @property
    def chosen_lines(self) -> list[WorkLine]:
        """The lines that are ticked, or else the one under the bar."""
        wanted = set(self.chosen)
        return [line for line in self.lines if line.petition_id in wanted]

    def show_lines(self, lines: Sequence[WorkLine]) -> None:
        """Show the work; the bar stays on its matter."""
        self.lines = list(lines)
        self.show_ids([line.petition_id for line in lines], [_words(line) for line in lines])
        self.clearSpans()
        for row, line in enumerate(lines):
            self._dress(row, line)
            if line.sealed:
                self.setSpan(row, NAMES, 1, CLAIM - NAMES + 1)

    def event(self, event: QEvent) -> bool:
        """Take F1 before the help does."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and event.key() == Qt.Key.Key_F1 and self.line is not None:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 asks why, Ctrl+C copies the text for the messenger."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_F1 and self.line is not None:
            self.explained.emit(self.currentRow())
        elif event.key() == Qt.Key.Key_C and control:
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave columns out, one after the other, until the claim has room."""
        super().resizeEvent(event)
        if self._widths:
            self._make_room()

    def _dress(self, row: int, line: WorkLine) -> None:
        look, also = urgency(line), "、".join(line.also)
        for column in range(1, self.columnCount()):
            item = self.item(row, column)
            if item is None:
                continue
            if column == NUMBER:
                item.setFont(self._strong)
            elif column in (NEXT, LIMIT):
                item.setToolTip(item.text())
            elif column == DUE:
                item.setData(_CHIP, look)
                item.setToolTip("；".join(filter(None, (line.waits, also and f"也在：{also}"))))
            if line.sealed and column in (NAMES, NEXT):
                item.setForeground(self._theme.colour("quiet"))

    def _fit(self, look: Look) -> None:
        self._strong = QFont(self.font())
        self._strong.setPixelSize(look.px(14))
        self._strong.setBold(True)
        self._widths = {at: self.columnWidth(at) for at in range(self.columnCount())}
        self.show_lines(self.lines)
        self._make_room()

    def _make_room(self) -> None:
        for column in _GIVE_WAY:
            self.setColumnHidden(column, False)
        for column in (NAMES, NEXT):
            self.setColumnWidth(column, self._widths[column])
        for column in _GIVE_WAY:
            shown = [at for at in range(self.columnCount()) if not self.isColumnHidden(at)]
            taken = sum(self.columnWidth(at) for at in shown if at != CLAIM)
            least = 0 if self.isColumnHidden(CLAIM) else self._theme.px(LEAST_CLAIM)
            if taken + least <= self.viewport().width():
                break
            self.setColumnHidden(column, True)
        if self.isColumnHidden(CLAIM):
            self._spread()

    def _spread(self) -> None:
        """Give what the claim does not take to the name and the next step."""
        columns = [at for at in range(self.columnCount()) if not self.isColumnHidden(at)]
        left = self.viewport().width() - sum(map(self.columnWidth, columns))
        if left > 0:
            names = 0 if self.isColumnHidden(NAMES) else min(left, self._theme.px(_NAMES_WIDER))
            self.setColumnWidth(NAMES, self._widths[NAMES] + names)
            self.setColumnWidth(NEXT, self._widths[NEXT] + left - names)


class _ChipDelegate(QStyledItemDelegate):
    """Paints how pressing a line is as a small coloured field with its sign and words."""

    def __init__(self, theme: Theme, parent: WorkTable) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look = index.data(_CHIP) or _PLAIN
        words = str(index.data() or "")
        super().paint(painter, option, index)
        px, colour = self._theme.px, self._theme.colour
        rect = option.rect  # type: ignore[attr-defined]
        font = QFont(option.font)  # type: ignore[attr-defined]
        font.setPixelSize(px(CHIP_SIZE))
        metrics = QFontMetrics(font)
        width = min(metrics.horizontalAdvance(words) + px(16), rect.width() - px(16))
        field = QRectF(rect.left() + px(10), rect.center().y() - px(11), width, px(23))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        painter.setPen(colour(look.edge))
        painter.setBrush(colour(look.ground))
        painter.drawRoundedRect(field, px(4), px(4))
        painter.setPen(colour(look.words))
        painter.drawText(field, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.restore()

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave the words to the chip."""
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined]


def _words(line: WorkLine) -> tuple[str, ...]:
    return (
        line.number,
        line.claim_start if line.sealed else line.names,
        "" if line.sealed else line.claim_start,
        line.next_step,
        line.limit or line.title,
        due_words(line),
    )
