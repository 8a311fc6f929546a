"""FirstRun: the office, the password, the recovery code; three quiet steps by keyboard.

Or, instead of them, a backup of the office that there was on another PC.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from .background import Background
from .backup_dialog import BackupDialog
from .first_run_restore import RestoreStep
from .first_run_steps import OfficeStep, PasswordStep, Step
from .recovery_step import RecoveryStep
from .theme import Theme
from .widgets.words import button, label, restyle, shortcut

if TYPE_CHECKING:
    from xinfang_desktop.models import OfficeProfile
    from xinfang_desktop.store.database import Store

    from .help import HelpWindow

Found = Callable[["OfficeProfile", str, str], "tuple[Store, str]"]
TITLES = ("一　本单位", "二　密码", "三　恢复码")
OFFICE, PASSWORD, RECOVERY, RESTORE = range(4)
"""The places of the steps; the last is the way round the others."""

_ONWARD = {RECOVERY: "开始使用", RESTORE: "看这份备份"}
_EXPLAIN = "F1 帮助"
_SET_UP, _BRING_BACK = "设立信访案头", "从备份恢复"
CREATING = "正在建立加密数据，请稍候…"
NOT_COPIED = "恢复码还没有核对。忘记密码时只有它能打开数据；请抄下并核对，再关一次则不再提醒。"


class FirstRun(QDialog):
    """Sets an office up.

    Signals:
        ready(store): the office is set up and its store is open.
        restore_requested(path, secret): a backup is to be the data of this PC.
    """

    ready = Signal(object)
    restore_requested = Signal(object, str)

    def __init__(self, theme: Theme, found: Found, *, folder: Path, year: int) -> None:
        super().__init__()
        self.setWindowTitle("信访案头 · 首次使用")
        self._theme = theme
        self._found = found
        self._folder = folder
        self._background = Background(self, threads=1)
        self._store: Store | None = None
        self._warned = False
        self._help: HelpWindow | None = None
        self.office = OfficeStep(theme, year=year)
        self.password = PasswordStep(theme)
        self.recovery = RecoveryStep(theme)
        self.backups = RestoreStep(theme, folder)
        self._steps: tuple[Step, ...] = (self.office, self.password, self.recovery, self.backups)
        self._lay_out()
        self._show(OFFICE)

    def next(self) -> None:
        """Go on, or say what is missing."""
        step = self._steps[self._place]
        missing = step.missing()
        self.message.setText(missing)
        restyle(self.message, "role", "overdue")
        if missing:
            step.go_to_missing()
        elif step is self.password:
            self._create()
        elif step is self.recovery:
            self._finish()
        elif step is self.backups:
            self._look_into()
        else:
            self._show(self._place + 1)

    def back(self) -> None:
        """Go back a step; once the store is made there is no way back."""
        self._show(OFFICE)

    def bring_back(self) -> None:
        """Show the backups that there are, in place of setting an office up."""
        if self._place == OFFICE:
            self._show(RESTORE)

    def explain(self) -> None:
        """Open the help beside it, at what is being done."""
        from .help import HelpWindow

        self._help = self._help or HelpWindow(self._theme, self)
        self._help.open_topic("restore" if self._place == RESTORE else "start")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do not let the recovery code go by unread."""
        if self._may_go():
            self._let_go()
            super().closeEvent(event)
        else:
            event.ignore()

    def reject(self) -> None:
        """Esc: back a step, or out at the first."""
        if self._place in (PASSWORD, RESTORE) and self.back_button.isEnabled():
            self.back()
        elif self._may_go():
            self._let_go()
            super().reject()

    @property
    def _place(self) -> int:
        return self._stack.currentIndex()

    def _may_go(self) -> bool:
        if self._store is None:
            return self.next_button.isEnabled()
        if self._warned:
            return True
        self._warned = True
        self.message.setText(NOT_COPIED)
        return False

    def _look_into(self) -> None:
        assert self.backups.chosen is not None
        dialog = BackupDialog(self._theme, self.backups.chosen, self._folder, parent=self)
        dialog.restore_requested.connect(self.restore_requested)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _let_go(self) -> None:
        self.backups.let_go()
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _create(self) -> None:
        self._busy(True)
        profile, account = self.office.profile(), self.password.account_name
        password = self.password.password
        errand = self._background.run(
            lambda: self._found(profile, account, password), self._created, self._refused
        )
        errand.ended.connect(self._no_longer_busy)

    def _created(self, made: tuple[Store, str]) -> None:
        self._store, code = made
        self.recovery.show_code(code, self.office.office_name)
        self._show(RECOVERY)

    def _refused(self, sentence: str) -> None:
        self.message.setText(sentence)

    def _finish(self) -> None:
        store, self._store = self._store, None
        self.ready.emit(store)
        self.accept()

    def _busy(self, yes: bool) -> None:
        for widget in (self._stack, self.next_button, self.back_button):
            widget.setEnabled(not yes)
        if yes:
            self.message.setText(CREATING)
            restyle(self.message, "role", "quiet")

    def _no_longer_busy(self) -> None:
        self._busy(False)
        self.message.setText("")
        restyle(self.message, "role", "overdue")

    def _show(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        for number, title in enumerate(self._titles):
            restyle(title, "role", "heading" if number == place else "quiet")
            title.setVisible(place != RESTORE)
        self._hint.setText(_EXPLAIN if place == RESTORE else f"Enter 下一格　{_EXPLAIN}")
        self._title.setText(_BRING_BACK if place == RESTORE else _SET_UP)
        self.back_button.setVisible(place in (PASSWORD, RESTORE))
        self.bring_back_button.setVisible(place == OFFICE)
        onward = _ONWARD.get(place, "下一步")
        self.next_button.setText(f"{onward}  Ctrl+Enter")
        self.next_button.setAccessibleName(onward)
        self.message.setText("")
        self._steps[place].take_focus()

    def _lay_out(self) -> None:
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        self._theme.space(column, 32, 24, 32, 20, gap=16)
        column.addLayout(self._head())
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
            step.finished.connect(self.next)
        column.addWidget(self._stack, 1)
        self.message = label("", "overdue", wrap=True)
        self.message.setAccessibleName("提示")
        column.addWidget(self.message)
        column.addLayout(self._foot())
        outside = QVBoxLayout(self)
        self._theme.space(outside, 20)
        outside.addWidget(sheet)
        self._theme.follow(self, lambda look: self.resize(look.px(760), min(look.px(680), 728)))

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self._theme.space(head, gap=24)
        shortcut(self, "F1", self.explain)
        self._title = label(_SET_UP, "title")
        head.addWidget(self._title)
        head.addStretch(1)
        self._titles = [label(title, "quiet") for title in TITLES]
        for title in self._titles:
            head.addWidget(title)
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self._theme.space(foot, gap=8)
        self._hint = label("", "small")
        foot.addWidget(self._hint)
        foot.addStretch(1)
        self.bring_back_button = button("已有备份，从备份恢复…", self.bring_back, key="Ctrl+O")
        foot.addWidget(self.bring_back_button)
        shortcut(self.office, "Ctrl+O", self.bring_back)
        self.back_button = button("上一步", self.back, key="Esc")
        self.next_button = button("下一步", self.next, role="strong", key="Ctrl+Enter")
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        return foot
