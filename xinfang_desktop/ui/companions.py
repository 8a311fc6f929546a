"""Companions (同行信访人): the petitioners of a matter besides the primary one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from xinfang_desktop.casework.cleaning import clean_text
from xinfang_desktop.models import Matter, Petitioner

from .theme import Theme
from .widgets.line import Line
from .widgets.words import button

_FIELDS = (("name", "姓名"), ("phone", "电话"), ("document_number", "证件号码"))
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Companions(QWidget):
    """One block of fields for each further petitioner, and a button for one more.

    Signals:
        edited(path): a field of the record was changed by hand.
    """

    edited = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._record: Matter | None = None
        self._column = QVBoxLayout(self)
        theme.space(self._column, gap=8)
        self._blocks: list[_Companion] = []
        self._more = button("添加一名同行信访人", self.add, role="plain", key="F7")
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_record(self, record: Matter) -> None:
        """Show the further petitioners of a record."""
        self._record = record
        for block in self._blocks:
            self._column.removeWidget(block)
            block.deleteLater()
        self._blocks.clear()
        for place, person in enumerate(record.petitioners[1:], start=1):
            self._block(place, person)

    def add(self) -> None:
        """Make room for one more, and put the keyboard there."""
        if self._record is None:
            return
        person = Petitioner()
        self._record.petitioners.append(person)
        self._block(len(self._record.petitioners) - 1, person).take_up("name")

    def take_up(self, path: str) -> bool:
        """Put the keyboard on the field of a path such as ``petitioners[1].phone``."""
        head, _, field = path.partition("].")
        if not head.startswith("petitioners["):
            return False
        place = int(head.removeprefix("petitioners["))
        if not 0 < place <= len(self._blocks):
            return False
        self._blocks[place - 1].take_up(field)
        return True

    @property
    def is_composing(self) -> bool:
        """Whether the input method still holds text."""
        return any(block.is_composing for block in self._blocks)

    def _block(self, place: int, person: Petitioner) -> "_Companion":
        block = _Companion(self._theme, place, person)
        block.edited.connect(lambda field: self.edited.emit(f"petitioners[{place}].{field}"))
        block.dropped.connect(lambda: self._drop(person))
        self._blocks.append(block)
        self._column.insertWidget(len(self._blocks) - 1, block)
        return block

    def _drop(self, person: Petitioner) -> None:
        if self._record is None:
            return
        self._record.petitioners.remove(person)
        self.show_record(self._record)
        self.edited.emit("petitioners")


class _Companion(QWidget):
    """The fields of one further petitioner."""

    edited = Signal(str)
    dropped = Signal()

    def __init__(self, theme: Theme, place: int, person: Petitioner) -> None:
        super().__init__()
        self._person = person
        self._lines: dict[str, Line] = {}
        grid = QGridLayout(self)
        theme.space(grid, gap=4)
        for field, caption in _FIELDS:
            self._lines[field] = self._line(field, f"第{place + 1}名信访人{caption}", caption)
        grid.addWidget(self._lines["name"], 0, 0)
        grid.addWidget(self._lines["phone"], 0, 1)
        grid.addWidget(self._lines["document_number"], 1, 0)
        remove = button("移除", self.dropped.emit, role="small")
        remove.setAccessibleName(f"移除第{place + 1}名信访人")
        grid.addWidget(remove, 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)

    @property
    def is_composing(self) -> bool:
        return any(line.is_composing for line in self._lines.values())

    def take_up(self, field: str) -> None:
        """Put the keyboard on a field."""
        self._lines.get(field, self._lines["name"]).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)

    def _line(self, field: str, name: str, hint: str) -> Line:
        line = Line(name, hint)
        line.setText(getattr(self._person, field))
        line.textEdited.connect(lambda text: self._take(field, text))
        return line

    def _take(self, field: str, text: str) -> None:
        setattr(self._person, field, clean_text(text)[0])
        self.edited.emit(field)
