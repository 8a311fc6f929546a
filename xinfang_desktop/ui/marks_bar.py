"""MarksBar (查找): says where the words that a matter was found by stand, and leads on."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from xinfang_desktop.casework import marking
from xinfang_desktop.casework.grammar import Typed, read

from .desk import Desk
from .paper.marks import SpansOf
from .record_view import RecordView
from .widgets.words import button, label

NEXT_MARK_KEY, LAST_MARK_KEY = "F4", "Shift+F4"
_FOUND = "查找：{words}　共 {many} 处"
_AT = "，这是第 {place} 处"
_NOWHERE = "查找：{words}　这一页上没有；可能在别的文书、经过里，或是按编号、读音找到的"


class MarksBar(QFrame):
    """Stands above a matter that was opened from a search, until Esc."""

    def __init__(self, desk: Desk, view: RecordView) -> None:
        super().__init__()
        self._desk, self._view = desk, view
        self._typed: Typed | None = None
        self._words = ""
        self._details: tuple[str, ...] = ()
        self._at = -1
        self.setProperty("role", "bar")
        self._told = label("", "quiet")
        row = QHBoxLayout(self)
        desk.theme.space(row, 16, 4, 16, 4, gap=8)
        row.addWidget(self._told)
        row.addStretch(1)
        self._on = button("下一处", self.go_on, role="small", key=NEXT_MARK_KEY)
        row.addWidget(self._on)
        row.addWidget(button("不再标出", self.clear, role="small", key="Esc"))
        self.hide()

    @property
    def words(self) -> str:
        """What it says; nothing while nothing is looked for."""
        return "" if self._typed is None else self._told.text()

    @property
    def is_on(self) -> bool:
        """Whether words are looked for."""
        return self._typed is not None

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self._view.form.marks) + len(self._details)

    def look_for(self, words: str) -> None:
        """Mark what was typed in the search box; of what only narrows the list nothing."""
        typed = read(words, self._desk.today())
        self._typed = typed if typed.needles else None
        self._words = " ".join(words.split())
        self.renew()

    def renew(self) -> None:
        """Mark what is on the page now: another paper, or another record."""
        self._at = -1
        spans_of = self._spans_of()
        self._view.form.mark(spans_of)
        self._details = self._view.details.mark(spans_of, but=self._view.form.paths)
        self._tell()

    def clear(self) -> None:
        """Esc: mark nothing any more."""
        self._typed = None
        self.renew()

    def go_on(self, step: int = 1) -> None:
        """F4 and Shift+F4: go to the next place or the one before, round and round."""
        if not self.count:
            return
        on_paper = len(self._view.form.marks)
        begun = self._at if self._at >= 0 else min(-step, 0)
        self._at = (begun + step) % self.count
        self._view.form.show_mark(self._at if self._at < on_paper else -1)
        if self._at >= on_paper:
            self._view.show_detail(self._details[self._at - on_paper])
        self._tell()

    def _spans_of(self) -> SpansOf | None:
        typed = self._typed
        if typed is None or self._view.record.petition.is_sealed:
            return None
        return lambda path, shown: marking.in_field(typed, path, shown)

    def _tell(self) -> None:
        many = self.count
        told = (
            _FOUND.format(words=self._words, many=many)
            if many
            else _NOWHERE.format(words=self._words)
        )
        if self._at >= 0:
            told += _AT.format(place=self._at + 1)
        self._told.setText(told)
        self._on.setVisible(many > 0)
        self.setVisible(self.is_on)
