"""The three steps of the first run: each asks, and says in one sentence what is still missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QGridLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from .look import Look
from .number_example import example_of, pattern_from_example
from .theme import Theme
from .widgets.line import Line
from .widgets.words import label, restyle

if TYPE_CHECKING:
    from xinfang_desktop.models import OfficeProfile

LEAST = 8
LEADER_ROWS = 3
CAPTIONS = (
    ("reception_caption", "接待意见栏", "接待部室（单位）意见"),
    ("matter_leader_caption", "分管领导栏", "事项分管领导意见"),
    ("principal_caption", "主要领导栏", "办主要领导意见"),
)


class Step(QWidget):
    """One step.

    Signals:
        finished(): Ctrl+Enter, or Enter in the last blank.
    """

    finished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._order: list[Line] = []

    def missing(self) -> str:
        """Say what is missing, or nothing."""
        raise NotImplementedError

    def go_to_missing(self) -> None:
        """Put the keyboard where it is missing."""
        self.take_focus()

    def take_focus(self) -> None:
        """Begin at the first blank."""
        self._order[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on from everywhere."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def _blank(self, name: str, text: str = "", hint: str = "") -> Line:
        line = Line(name, hint)
        line.setText(text)
        line.entered.connect(lambda: self._after(line))
        self._order.append(line)
        return line

    def _after(self, line: Line) -> None:
        place = self._order.index(line) + 1
        if place < len(self._order):
            self._order[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

        def apply(look: Look) -> None:
            form.setHorizontalSpacing(look.px(16))
            form.setVerticalSpacing(look.px(8))
            form.setContentsMargins(0, 0, look.px(8), 0)

        self._theme.follow(form, apply)
        return form


class OfficeStep(Step):
    """一: who the office is and how it numbers."""

    def __init__(self, theme: Theme, *, year: int) -> None:
        super().__init__(theme)
        self._year = year
        self._name = self._blank("单位简称", hint="例：镜湖新区开发办（印在登记单题头）")
        self._number = self._blank("编号格式", f"镜访〔{year}〕1号")
        self._example = label("", "quiet")
        self._desk = self._blank("信访机构名称", "信访办")
        self._leaders = [
            (self._blank(f"领导{i}职务", hint="职务"), self._blank(f"领导{i}姓名", hint="姓名"))
            for i in range(1, LEADER_ROWS + 1)
        ]
        self._captions = {field: self._blank(title, usual) for field, title, usual in CAPTIONS}
        self._number.settled.connect(self._show_example)
        self._show_example()
        self._lay_out()

    @property
    def office_name(self) -> str:
        """The name typed."""
        return self._name.text().strip()

    def profile(self) -> OfficeProfile:
        """Give the office as it was typed."""
        from xinfang_desktop.models import Leader, OfficeProfile

        leaders = [(title.text().strip(), name.text().strip()) for title, name in self._leaders]
        captions = {field: line.text().strip() for field, line in self._captions.items()}
        profile = OfficeProfile(
            name=self.office_name,
            desk=self._desk.text().strip(),
            number_pattern=self._pattern() or "",
            leaders=tuple(Leader(title=t or "领导", name=n) for t, n in leaders if t or n),
        )
        return profile.model_copy(
            update={field: words for field, words in captions.items() if words}
        )

    def missing(self) -> str:
        """The name, the desk and a number that can be counted on."""
        if not self.office_name:
            return "请填写单位简称，它印在每张单子的题头。"
        if self._pattern() is None:
            return f"编号格式里要有年份 {self._year} 和后面的序号，例如：镜访〔{self._year}〕1号。"
        if not self._desk.text().strip():
            return "请填写信访机构名称，例如：信访办。"
        return ""

    def go_to_missing(self) -> None:
        """Put the keyboard at the first blank that is not right."""
        blanks = (self._name, self._number if self._pattern() is None else self._desk)
        next((line for line in blanks if not line.text().strip()), self._number).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the blank in hand in sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._area.ensureWidgetVisible(watched, 0, self._theme.px(48))
        return super().eventFilter(watched, event)

    def _pattern(self) -> str | None:
        return pattern_from_example(self._number.text().strip(), self._year)

    def _show_example(self) -> None:
        pattern = self._pattern()
        restyle(self._example, "role", "quiet" if pattern else "warning")
        if pattern is None:
            self._example.setText(f"照第一件的样子写：年份写 {self._year}，后面写序号 1。")
            return
        first, second = (example_of(pattern, self._year, serial) for serial in (1, 2))
        following = example_of(pattern, self._year + 1)
        self._example.setText(f"依次编为 {first}、{second} …　明年从 {following} 起。")

    def _lay_out(self) -> None:
        form = self._form()
        form.addRow("单位简称", self._name)
        form.addRow("编号格式", self._number)
        form.addRow("", self._example)
        form.addRow("信访机构名称", self._desk)
        form.addRow("领导", self._leader_grid())
        form.addRow("", label("领导姓名只供查对，单子上的签名一律手签。没有的可空着。", "small"))
        for field, title, _ in CAPTIONS:
            form.addRow(title, self._captions[field])
        form.addRow("", label("栏目名称与本单位的纸质表不同时才改。", "small"))
        inside = QWidget()
        inside.setProperty("role", "clear")
        inside.setLayout(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        for line in self._order:
            line.installEventFilter(self)
        column = QVBoxLayout(self)
        self._theme.space(column)
        column.addWidget(area)

    def _leader_grid(self) -> QLayout:
        grid = QGridLayout()
        self._theme.space(grid, gap=8)
        for row, (title, name) in enumerate(self._leaders):
            grid.addWidget(title, row, 0)
            grid.addWidget(name, row, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        return grid


class PasswordStep(Step):
    """二: the password and the account."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._account = self._blank("账户名称", "经办人")
        self._first = self._blank("密码")
        self._second = self._blank("再输一次")
        for line in (self._first, self._second):
            line.setEchoMode(Line.EchoMode.Password)
            line.settled.connect(self._advise)
        self._advice = label("", "quiet")
        form = self._form()
        form.addRow("账户名称", self._account)
        form.addRow("密码", self._first)
        form.addRow("再输一次", self._second)
        form.addRow("", self._advice)
        column = QVBoxLayout(self)
        theme.space(column, 0, 8, 0, 0, gap=12)
        column.addWidget(
            label(
                "全部数据加密保存在本机，每次打开都要输入密码。"
                "密码不存放在任何地方，忘记时只有下一步的恢复码能打开。",
                wrap=True,
            )
        )
        column.addLayout(form)
        column.addStretch(1)
        self._advise()

    @property
    def account_name(self) -> str:
        """The account's name."""
        return self._account.text().strip()

    @property
    def password(self) -> str:
        """The password."""
        return self._first.text()

    def missing(self) -> str:
        """A name, eight characters, and the same twice."""
        if not self.account_name:
            return "请填写账户名称，例如：经办人。"
        if len(self.password) < LEAST:
            return f"密码至少 {LEAST} 个字符。"
        if self._second.text() != self.password:
            return "两次输入的密码不一样，请再输一次。"
        return ""

    def go_to_missing(self) -> None:
        """Put the keyboard at the first blank that is not right."""
        line = self._second if len(self.password) >= LEAST else self._first
        (line if self.account_name else self._account).setFocus()
        line.selectAll()

    def take_focus(self) -> None:
        """Begin at the password; the account's name is usually right."""
        self._first.setFocus()

    def _advise(self) -> None:
        role, words = strength(self.password)
        self._advice.setText(words)
        restyle(self._advice, "role", role)


_KINDS: tuple[Callable[[str], bool], ...] = (
    str.islower,
    str.isupper,
    str.isdigit,
    lambda sign: not sign.isalnum(),
    lambda sign: not sign.isascii(),
)


def strength(password: str) -> tuple[str, str]:
    """Give the role and the words of an advice on a password."""
    kinds = sum(any(map(test, password)) for test in _KINDS)
    if not password:
        return "quiet", f"至少 {LEAST} 个字符；用几个不相干的词连起来，又长又好记。"
    if len(password) < LEAST:
        return "warning", f"还差 {LEAST - len(password)} 个字符。"
    if len(set(password)) < 5 or (password.isdigit() and len(password) < 12):
        return "warning", "可以用，但容易猜到；不要用生日、电话或重复的字。"
    if len(password) >= 12 or kinds >= 3:
        return "done", "✓ 很好。"
    return "quiet", "可以用；再长几个字符更稳妥。"
