"""草稿回收站: drafts that were thrown away, for seven days."""

from __future__ import annotations

from PySide6.QtCore import Signal

from xinfang_desktop.casework.bin import BinLine, discarded, take_from_bin
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.models import Right
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.widgets.table import Table, TableColumn
from xinfang_desktop.ui.widgets.words import button, label

from .section import Section

_COLUMNS = (
    TableColumn("信访人", "欧阳某 等12人"),
    TableColumn("反映内容及诉求"),
    TableColumn("表单", "来访登记单"),
    TableColumn("丢弃时间", "2026-12-30 10:30"),
    TableColumn("保留到", "2026-12-30"),
)
_NOTHING = "回收站是空的。丢弃的草稿在这里留七天，随时可以取回。"


class BinSection(Section):
    """The bin.

    Signals:
        draft_requested(id): a draft was taken back, and is to be gone on with.
    """

    title = "草稿回收站"
    help_topic = "drafts"
    draft_requested = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[BinLine] = []
        self.table = Table("草稿回收站", _COLUMNS, desk.theme)
        self._take = button("取回", self.take_back, role="strong", key="Enter")
        self._none = label(_NOTHING, "quiet", wrap=True)
        card = self.card("丢弃的草稿", wide=True)
        for part in (self._none, self.table):
            card.column.addWidget(part)
        card.column.addLayout(self.acts(self._take))
        card.column.addWidget(self.message)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.table.opened.connect(lambda _: self.take_back())

    @property
    def lines(self) -> list[BinLine]:
        """What lies in the bin."""
        return self._lines

    def refresh(self) -> None:
        """Look into the bin again."""
        viewer, now = self.desk.viewer, self.desk.now()
        self._lines = self.desk.read(lambda session: discarded(session, viewer=viewer, now=now))
        self.table.show_rows([_words(line) for line in self._lines])
        self.table.fit_rows(12)
        self._none.setVisible(not self._lines)
        self.table.setVisible(bool(self._lines))
        self._take.setVisible(bool(self._lines) and self.desk.may(Right.WORK))

    def take_focus(self) -> None:
        """Begin at the list."""
        (self.table if self._lines else self).setFocus()

    def take_back(self) -> None:
        """Make the draft under the bar a draft again, and go on with it."""
        row = self.table.currentRow()
        if not 0 <= row < len(self._lines) or not self.desk.may(Right.WORK):
            return
        line, viewer, now = self._lines[row], self.desk.viewer, self.desk.now()
        draft = self.desk.attempt(
            lambda session: take_from_bin(session, line.id, viewer=viewer, now=now)
        )
        self.refresh()
        if draft is not None:
            self.draft_requested.emit(draft)


def _words(line: BinLine) -> tuple[str, ...]:
    form = FORMS.get(line.form)
    return (
        line.names,
        " ".join(line.claim_start.split()),
        form.title if form else line.form,
        f"{line.discarded_at:%Y-%m-%d %H:%M}",
        f"{line.gone_on:%Y-%m-%d}",
    )
