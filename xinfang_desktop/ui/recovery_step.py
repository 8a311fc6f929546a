"""三: the recovery code, shown once and typed back once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from .first_run_steps import Step
from .theme import Theme
from .widgets.words import button, label, restyle, shortcut


class RecoveryStep(Step):
    """三: the recovery code, shown once and typed back once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._code = label("", "code")
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._code.setAccessibleName("恢复码")
        theme.fix(self._code, height=104)
        self._typed = self._blank("恢复码核对", hint="照抄下的恢复码输入一遍，横线可省")
        self._typed.settled.connect(self._check)
        self._state = label("", "quiet")
        self._print_button = button("打印恢复码…", self._print, key="Ctrl+P")
        self._office = ""
        self._right = ""
        shortcut(self, "Ctrl+P", self._print)
        column = QVBoxLayout(self)
        theme.space(column, 0, 8, 0, 0, gap=12)
        column.addWidget(
            label(
                "这是恢复码，只显示这一次。请抄下或打印，装入信封封好，交单位保管。"
                "忘记密码时，只有它能打开数据；谁拿到它，谁就能打开数据。",
                wrap=True,
            )
        )
        column.addWidget(self._code)
        row = QHBoxLayout()
        theme.space(row, gap=8)
        row.addWidget(label("抄好以后，照纸上的输入一遍："), 1)
        row.addWidget(self._print_button)
        column.addLayout(row)
        column.addWidget(self._typed)
        column.addWidget(self._state)
        column.addStretch(1)

    def show_code(self, code: str, office: str) -> None:
        """Show the code, in two rows of four groups."""
        groups = code.split("-")
        half = (len(groups) + 1) // 2
        self._right = code
        self._office = office
        self._code.setText("  ".join(groups[:half]) + "\n" + "  ".join(groups[half:]))

    def missing(self) -> str:
        """The code as it was shown."""
        return "" if self._is_right() else "输入的恢复码与上面的不同，请对照纸上抄的逐组核对。"

    def _is_right(self) -> bool:
        from xinfang_desktop.store.recovery_code import read_recovery_code

        typed = read_recovery_code(self._typed.text())
        return typed is not None and typed == read_recovery_code(self._right)

    def _check(self) -> None:
        right = self._is_right()
        self._state.setText("✓ 核对无误。" if right else "")
        restyle(self._state, "role", "done" if right else "quiet")

    def _print(self) -> None:
        from .recovery_paper import print_code

        self._state.setText(print_code(self, self._right, self._office))
