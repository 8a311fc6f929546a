"""SupervisionPage (会商督办): what should be supervised, what is, what waits for consultation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from xinfang_desktop.casework import supervision

from .desk import Desk
from .lists_page import ListsPage
from .widgets.table import Table, TableColumn

if TYPE_CHECKING:
    from xinfang_desktop.casework.supervision import SupervisionLine

_COLUMNS = (
    TableColumn("编号", "镜访〔2026〕8888号"),
    TableColumn("收到日期", "2026-12-28"),
    TableColumn("责任单位", "综合行政执法队"),
    TableColumn("诉求"),
    TableColumn("事由"),
    TableColumn("反馈期限", "超期888天"),
)
_NOTHING = {
    "to_supervise": (
        "没有要督办的",
        "超期、期限过半没有办理记录、退单没有重新交办的，会自己列在这里。",
    ),
    "supervised": ("没有督办中的", "在信访件里按 F11 选「督办」，反馈以前都列在这里。"),
    "consulting": ("没有待会商的", "在信访件里按 F11 选「提交周会商」，有会商意见以前都列在这里。"),
}


class SupervisionPage(ListsPage):
    """The three lists."""

    title = "会商督办"
    help_topic = "supervision"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        table = Table("会商督办", _COLUMNS, desk.theme)
        super().__init__(desk, supervision, table, _NOTHING, parent)
        self.bar.insertWidget(1, self.told)

    def fill(self, lines: Sequence[SupervisionLine]) -> None:
        """Show the lines, each with why it stands there."""
        self.table.show_rows([_words(line) for line in lines])


def _words(line: SupervisionLine) -> tuple[str, ...]:
    received = line.received_on.isoformat() if line.received_on else ""
    return line.number, received, line.body, line.claim_start, line.why, line.until
