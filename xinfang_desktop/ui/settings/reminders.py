"""提醒: whether the numbers of the day are told in the corner of the screen."""

from PySide6.QtWidgets import QCheckBox

from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.tray import can_show

from .section import Section

_TOLD = (
    "每天第一次打开时提示一次今天要办的件数，有按工作小时到期的，到期前一小时再提示一次。"
    "提示里只有件数，没有编号、姓名和内容。"
)
_CANNOT = "这台电脑的桌面没有通知区域，提示显示不出来；打开「今日」看就可以。"
_ON, _OFF = "提示已打开", "提示已关闭"


class RemindersSection(Section):
    """The notice, switched on or off; what is chosen holds at once."""

    title = "提醒"
    help_topic = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.notice = QCheckBox("在屏幕角上提示今天要办的件数")
        self.notice.toggled.connect(self._keep)
        card = self.card("提醒")
        card.column.addWidget(self.note(_TOLD, "quiet"))
        card.column.addWidget(self.notice)
        if not can_show():
            card.column.addWidget(self.note(_CANNOT))
        self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what was chosen."""
        self.notice.blockSignals(True)
        self.notice.setChecked(self.desk.preferences.now.day_notice)
        self.notice.blockSignals(False)

    def take_focus(self) -> None:
        """Begin at the choice."""
        self.notice.setFocus()

    def _keep(self, wanted: bool) -> None:
        self.desk.preferences.keep(day_notice=wanted)
        self.desk.told.emit(_ON if wanted else _OFF)
