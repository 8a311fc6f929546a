"""密码和锁定: one's own password, when the window locks by itself, and the recovery code."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from xinfang_desktop.models import Right
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.first_run_steps import LEAST, strength
from xinfang_desktop.ui.recovery_step import RecoveryStep
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.chips import Chips
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.words import button, label, restyle

from .section import Section

MINUTES = (5, 10, 15, 30, 60)
_CHANGED = "密码已改好，下次打开时用新密码"
_UNEQUAL = "两次输入的新密码不一样，请再输一次；密码没有改。"
_SHORT = f"新密码至少 {LEAST} 个字符；密码没有改。"
_WAIT = "正在改…"
_ABOUT_CODE = "恢复码是忘记密码时的最后办法。信封丢失或被人看过时，换一个新的；旧的随即作废。"
_RENEWED = "恢复码已更换，旧的已作废"


def password_trouble(first: str, second: str) -> str:
    """Say why a new password typed twice cannot be taken; nothing if it can."""
    if len(first) < LEAST:
        return _SHORT
    return "" if first == second else _UNEQUAL


def password_line(name: str, hint: str = "") -> Line:
    """Make a blank that shows no letters."""
    line = Line(name, hint)
    line.setEchoMode(Line.EchoMode.Password)
    return line


class PasswordsSection(Section):
    """One's own password, and the lock."""

    title = "密码和锁定"
    help_topic = "lock"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.old = password_line("原密码")
        self.new, self.again = password_line("新密码"), password_line("再输一次新密码")
        self.minutes = Chips(
            "无人操作多久后锁定", [(str(m), f"{m} 分钟") for m in MINUTES], desk.theme
        )
        self._advice = self.note(role="quiet")
        self._change = button("修改密码", self.change, role="strong")
        self._lay_out()
        self.new.settled.connect(self._advise)
        self.old.entered.connect(self.new.setFocus)
        self.new.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.change)
        self.minutes.chosen.connect(self._keep_minutes)
        self._advise("")

    def refresh(self) -> None:
        """Show the minutes that hold."""
        minutes = self.desk.preferences.now.lock_minutes
        self.minutes.mark(str(min(MINUTES, key=lambda one: abs(one - minutes))))
        self._code.setVisible(self.desk.may(Right.ACCOUNTS))

    def take_focus(self) -> None:
        """Begin at the old password."""
        self.old.setFocus()

    def change(self) -> None:
        """Change the password, off the window's thread."""
        old, new = self.old.text(), self.new.text()
        if trouble := password_trouble(new, self.again.text()):
            self.refuse(trouble)
            (self.again if trouble == _UNEQUAL else self.new).setFocus()
            return
        self._change.setEnabled(False)
        self.say(_WAIT)
        store = self.desk.store

        def work() -> None:
            from xinfang_desktop.store.accounts import change_password

            change_password(store, old=old, new=new)

        self.desk.run(work, self._changed, self.refuse).ended.connect(
            partial(self._change.setEnabled, True)
        )

    def renew_code(self) -> None:
        """Make a new recovery code and have it copied."""
        store = self.desk.store

        def work() -> str:
            from xinfang_desktop.store.accounts import renew_recovery_code

            return renew_recovery_code(store)

        self.desk.run(work, self._show_code)

    def _changed(self, _: object) -> None:
        for line in (self.old, self.new, self.again):
            line.clear()
        self.say("")
        self.desk.told.emit(_CHANGED)

    def _show_code(self, code: str) -> None:
        dialog = CodeDialog(self.desk.theme, code, self.desk.office.name, self)
        dialog.accepted.connect(lambda: self.desk.told.emit(_RENEWED))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _advise(self, password: str) -> None:
        role, words = strength(password)
        self._advice.setText(words)
        restyle(self._advice, "role", role)

    def _keep_minutes(self, minutes: str) -> None:
        self.desk.preferences.keep(lock_minutes=int(minutes))

    def _lay_out(self) -> None:
        own = self.card(f"{self.desk.viewer.name} 的密码")
        form = self.form()
        form.addRow("原密码", self.old)
        form.addRow("新密码", self.new)
        form.addRow("再输一次", self.again)
        form.addRow("", self._advice)
        own.column.addLayout(form)
        own.column.addWidget(self.message)
        own.column.addLayout(self.acts(self._change))
        lock = self.card("锁定")
        lock.column.addWidget(
            label("离开座位按 Ctrl+L。这台电脑无人操作满下面的时间，也会自动锁定：", wrap=True)
        )
        lock.column.addWidget(self.minutes)
        code = self.card("恢复码")
        code.column.addWidget(label(_ABOUT_CODE, wrap=True))
        code.column.addLayout(self.acts(button("更换恢复码…", self.renew_code)))
        self._code = code
        for part in (own, lock, code):
            self.column.addWidget(part)
        self.column.addStretch(1)


class CodeDialog(QDialog):
    """Shows a new recovery code until it was typed back once."""

    def __init__(self, theme: Theme, code: str, office: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("信访案头")
        self.step = RecoveryStep(theme)
        self.step.show_code(code, office)
        self.step.finished.connect(self.accept)
        self.message = label("", "overdue", wrap=True)
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        theme.space(column, 28, 24, 28, 20, gap=12)
        column.addWidget(label("新的恢复码", "title"))
        column.addWidget(self.step, 1)
        column.addWidget(self.message)
        done = button("抄好了", self.accept, role="strong", key="Ctrl+Enter")
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)
        outside = QVBoxLayout(self)
        theme.space(outside, 20)
        outside.addWidget(sheet)
        theme.follow(self, lambda look: self.resize(look.px(640), look.px(520)))
        self.step.take_focus()

    def accept(self) -> None:
        """Go when the code was copied right."""
        if missing := self.step.missing():
            self.message.setText(missing)
            return
        super().accept()

    def reject(self) -> None:
        """The old code is void: this one must be on paper."""
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
            return
        super().keyPressEvent(event)
