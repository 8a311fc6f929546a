"""账户: who works here, in which role; adding, changing and closing accounts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox

from xinfang_desktop.casework.accounts import AccountLine, accounts
from xinfang_desktop.models import Account, Right, Role
from xinfang_desktop.models.account import RIGHTS
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.table import Table, TableColumn
from xinfang_desktop.ui.widgets.words import button, label, shortcut

from .passwords import password_line, password_trouble
from .section import Section

_COLUMNS = (
    TableColumn("账户"),
    TableColumn("角色", "经办人"),
    TableColumn("检举控告", "可以查看"),
    TableColumn("状态", "已停用"),
)
_ASK_AGAIN = "停用后“{name}”的密码随即失效，他做过的记录都保留。再按一次「停用」确认。"
_WAIT = "正在保存…"
_NO_NAME = "请填写账户名称；没有保存。"


class AccountsSection(Section):
    """The accounts, and one of them in hand below."""

    title = "账户"
    help_topic = "accounts"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[AccountLine] = []
        self._in_hand: AccountLine | None = None
        self._asked: int | None = None
        self.table = Table("账户", _COLUMNS, desk.theme)
        self.name = Line("账户名称", "例：张三")
        self.role = QComboBox()
        self.role.setAccessibleName("角色")
        for role in Role:
            self.role.addItem(role.label)
        self.cleared = QCheckBox("可以查看检举控告（保密）")
        self.first, self.second = password_line("密码"), password_line("再输一次密码")
        self._may = self.note()
        self._save = button("保存", self.save, role="strong", key="Ctrl+S")
        self._disable = button("停用", self.disable, key="Del")
        self._lay_out()
        self.table.opened.connect(self.edit)
        self.table.removed.connect(lambda _: self.disable())
        self.table.currentCellChanged.connect(self._moved)
        self.role.currentIndexChanged.connect(self._show_rights)
        for line, after in (
            (self.name, self.role.setFocus),
            (self.first, self.second.setFocus),
            (self.second, self.save),
        ):
            line.entered.connect(after)
        shortcut(self, "Ctrl+S", self.save)
        shortcut(self, "Ins", self.start_new)

    @property
    def _role(self) -> Role:
        return tuple(Role)[self.role.currentIndex()]

    @property
    def lines(self) -> list[AccountLine]:
        """The accounts shown."""
        return self._lines

    def refresh(self) -> None:
        """Read the accounts again."""
        viewer = self.desk.viewer
        self._lines = self.desk.read(lambda session: accounts(session, viewer=viewer))
        closed = [place for place, line in enumerate(self._lines) if line.disabled]
        self.table.show_rows([self._words(line) for line in self._lines], quiet=closed)
        self.table.fit_rows(8)

    def take_focus(self) -> None:
        """Begin at the list."""
        self.table.setFocus()

    def start_new(self) -> None:
        """Begin a new account."""
        self._take_in_hand(None)
        self.name.setFocus()

    def edit(self, row: int) -> None:
        """Take an account in hand."""
        self._take_in_hand(self._lines[row])
        self.name.setFocus()

    def save(self) -> None:
        """Add the account, or change the one in hand."""
        if self._editor.isHidden() or self.name.is_composing:
            return
        name, first = self.name.text().strip(), self.first.text()
        trouble = "" if name else _NO_NAME
        if first or self._in_hand is None:
            trouble = trouble or password_trouble(first, self.second.text())
        if trouble:
            self.refuse(trouble)
            (self.name if trouble == _NO_NAME else self.first).setFocus()
            return
        role, cleared = self._role, self.cleared.isChecked()
        self._run(partial(_keep, self.desk, self._in_hand, name, role, cleared, first), "已保存")

    def disable(self) -> None:
        """Close the account under the bar; asks once more, because its password is lost by it."""
        row = self.table.currentRow()
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        if line is None or line.disabled:
            return
        if self._asked != line.id:
            self._asked = line.id
            self.say(_ASK_AGAIN.format(name=line.name), "warning")
            return
        from xinfang_desktop.store.accounts import disable_account

        self._run(partial(disable_account, self.desk.store, line.id), f"账户“{line.name}”已停用")

    def _run(self, work: Callable[[], object], told: str) -> None:
        self._save.setEnabled(False)
        self.say(_WAIT)
        errand = self.desk.run(work, lambda _: self._done(told), self.refuse)
        errand.ended.connect(partial(self._save.setEnabled, True))

    def _done(self, told: str) -> None:
        self.say("")
        self._editor.hide()
        self._asked = None
        self.refresh()
        self.table.setFocus()
        self.desk.told.emit(told)
        self.desk.changed.emit(frozenset({Account}))

    def _moved(self, *_: int) -> None:
        if self._asked is not None:
            self._asked = None
            self.say("")

    def escape(self) -> bool:
        """Put the account in hand away."""
        if self._editor.isHidden():
            return False
        self._editor.hide()
        self.say("")
        self.table.setFocus()
        return True

    def _take_in_hand(self, line: AccountLine | None) -> None:
        self._in_hand = line
        self._title.setText(f"账户 {line.name}" if line else "新账户")
        self.name.setText(line.name if line else "")
        self.role.setCurrentIndex(tuple(Role).index(line.role if line else Role.CLERK))
        self.cleared.setChecked(bool(line and line.cleared))
        for blank in (self.first, self.second):
            blank.clear()
        self.first.setPlaceholderText("不改密码就空着" if line else "")
        self._show_rights()
        self.say("")
        self._editor.show()

    def _show_rights(self) -> None:
        role = self._role
        told = [right.label for right in Right if right in RIGHTS[role]]
        self._may.setText("可以：" + "、".join(told))

    def _words(self, line: AccountLine) -> tuple[str, ...]:
        own = "（现在使用的）" if line.name == self.desk.viewer.name else ""
        return (
            line.name + own,
            line.role.label,
            "可以查看" if line.cleared else "不可",
            "已停用" if line.disabled else "在用",
        )

    def _lay_out(self) -> None:
        listing = self.card("账户")
        listing.column.addWidget(self.table)
        add = button("新增账户", self.start_new, key="Ins")
        change = button("修改", lambda: self.edit(max(self.table.currentRow(), 0)), key="Enter")
        listing.column.addLayout(self.acts(add, change, self._disable))
        listing.column.addWidget(self.message)
        self._editor = self.card("")
        self._title = label("", "heading")
        form = self.form()
        form.addRow("名称", self.name)
        form.addRow("角色", self.role)
        form.addRow("", self._may)
        form.addRow("", self.cleared)
        form.addRow("密码", self.first)
        form.addRow("再输一次", self.second)
        self._editor.column.addWidget(self._title)
        self._editor.column.addLayout(form)
        close = button("取消", self.escape, key="Esc")
        self._editor.column.addLayout(self.acts(self._save, close))
        self._editor.hide()
        for part in (listing, self._editor):
            self.column.addWidget(part)
        self.column.addStretch(1)


def _keep(
    desk: Desk, line: AccountLine | None, name: str, role: Role, cleared: bool, password: str
) -> None:
    from xinfang_desktop.store.accounts import add_account, change_account, reset_password

    if line is None:
        add_account(desk.store, name=name, password=password, role=role, cleared=cleared)
        return
    change_account(desk.store, line.id, name=name, role=role, cleared=cleared)
    if password:
        reset_password(desk.store, line.id, password=password)
