"""ColumnsView: what each column of each sheet is, what odd words mean, how matters are entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xinfang_desktop.casework.taking_in.checking import Finished, Options
from xinfang_desktop.casework.taking_in.columns import OddWord, odd_words
from xinfang_desktop.casework.taking_in.headings import FIELDS, NOT_TAKEN
from xinfang_desktop.casework.taking_in.telling import hide_numbers
from xinfang_desktop.models import Channel
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.chips import Chips
from xinfang_desktop.ui.widgets.flow import Flow
from xinfang_desktop.ui.widgets.table import TableColumn
from xinfang_desktop.ui.widgets.words import button, label

from .choosing import ChoiceBox, ChoiceTable

if TYPE_CHECKING:
    from xinfang_desktop.casework.taking_in.planning import SheetPlan

_COLUMNS = (
    TableColumn("列", "AB列"),
    TableColumn("表头", "家庭住址（详细到门牌）"),
    TableColumn("导入为", "来访（收到）日期"),
    TableColumn("依据", "按上次"),
    TableColumn("前几格的内容"),
)
_WORDS = (
    TableColumn("原表写的", "原表里写的八个字"),
    TableColumn("在哪一项", "信访件来源"),
    TableColumn("几行", "8888"),
    TableColumn("算作"),
)
_LEFT_OUT = "不导入"
_NOT_SETTLED = ("", "还没有定，待补正")
_FIELDS = ((NOT_TAKEN, _LEFT_OUT), *((field.key, field.title) for field in FIELDS.values()))
_CHANNELS = tuple((channel.value, channel.label) for channel in Channel)
_FINISHED = tuple((one.name, one.value) for one in Finished)
_MANY_WORDS = 3


class ColumnsView(QWidget):
    """How a file is to be read.

    Signals:
        wanted(): the columns are settled, go on.
        heads_changed(without): the file has no heads, or has them after all.
    """

    wanted = Signal()
    heads_changed = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._plans: list[SheetPlan] = []
        self._odd: list[OddWord] = []
        self._chips: Chips | None = None
        self._at = 0
        self.is_wanted = QCheckBox("导入这张工作表")
        self.without_heads = QCheckBox("没有表头（第一行就是内容）")
        self.keep_numbers = QCheckBox("原编号合本单位格式的沿用")
        self.channel, self.finished = ChoiceBox("信访形式"), ChoiceBox("已办结的怎样登记")
        self.columns = ChoiceTable("各列是什么", _COLUMNS, theme)
        self.words = ChoiceTable("认不出的词", _WORDS, theme)
        self._words_title = label("认不出的词：定一次，以后同样的台账不再问", "section")
        self.act = button("下一步：核对", self.wanted.emit, role="strong", key="Ctrl+Enter")
        self._lay_out()
        self._connect()

    @property
    def plans(self) -> list[SheetPlan]:
        """How the sheets are to be read, as it is settled now."""
        return list(self._plans)

    @property
    def options(self) -> Options:
        """How matters are to be entered, as far as it is settled here."""
        finished = Finished[self.finished.key]
        return Options(keep_numbers=self.keep_numbers.isChecked(), finished=finished)

    def show_plans(self, plans: Sequence[SheetPlan]) -> None:
        """Show how a file would be read."""
        self._plans, self._at = list(plans), 0
        if self._chips is not None:
            self._row.removeWidget(self._chips)
            self._chips.deleteLater()
        titles = [(str(place), plan.name) for place, plan in enumerate(plans)]
        self._chips = Chips("工作表", titles, self._theme)
        self._chips.chosen.connect(lambda key: self._turn(int(key)))
        self._row.insertWidget(0, self._chips, 1)
        self._chips.setVisible(len(plans) > 1)
        self.is_wanted.setVisible(len(plans) > 1)
        _tick(self.without_heads, not plans[0].table.has_heads)
        self._show()

    def take_focus(self) -> None:
        """Begin with the columns."""
        self.columns.table.setFocus()

    @property
    def _plan(self) -> SheetPlan:
        return self._plans[self._at]

    def _turn(self, place: int) -> None:
        self._at = place
        self._show()

    def _put(self, plan: SheetPlan) -> None:
        self._plans[self._at] = plan
        self._show()

    def _show(self) -> None:
        plan = self._plan
        _tick(self.is_wanted, plan.is_wanted)
        self.channel.offer(_CHANNELS, plan.channel.value)
        has_channel = any(column.field == "channel" for column in plan.columns)
        self.channel.setEnabled(not has_channel)
        rows = [
            (
                column.name,
                f"{column.head}（隐藏列）" if column.is_hidden else column.head or "（没有表头）",
                FIELDS[column.field].title if column.field else _LEFT_OUT,
                column.because or "手工选定",
                "　".join(hide_numbers(" ".join(sample.split())[:24]) for sample in column.samples),
            )
            for column in plan.columns
        ]
        quiet = [place for place, column in enumerate(plan.columns) if not column.field]
        keys = [column.field for column in plan.columns]
        self.columns.show_rows(rows, [_FIELDS] * len(rows), keys, quiet=quiet)
        self._show_words()

    def _show_words(self) -> None:
        plan = self._plan
        self._odd = odd_words(plan.table, plan.part().arrangement)
        keys = [plan.words.get(odd.field, {}).get(odd.word, "") for odd in self._odd]
        choices = [(_NOT_SETTLED, *_choices(odd.field)) for odd in self._odd]
        rows = [
            (odd.word[:20], FIELDS[odd.field].title, str(odd.count), dict(offered)[key])
            for odd, key, offered in zip(self._odd, keys, choices, strict=True)
        ]
        self.words.show_rows(rows, choices, keys)
        self.words.table.fit_rows(_MANY_WORDS)
        for part in (self.words, self._words_title):
            part.setVisible(bool(rows))

    def _choose_field(self, row: int, key: str) -> None:
        self._put(self._plan.with_field(self._plan.columns[row].place, key))

    def _choose_word(self, row: int, key: str) -> None:
        odd, words = self._odd[row], {key: dict(told) for key, told in self._plan.words.items()}
        told = words.setdefault(odd.field, {})
        if key:
            told[odd.word] = key
        else:
            told.pop(odd.word, None)
        self._put(replace(self._plan, words=words))

    def _connect(self) -> None:
        self.columns.chosen.connect(self._choose_field)
        self.words.chosen.connect(self._choose_word)
        self.without_heads.toggled.connect(self.heads_changed)
        self.is_wanted.toggled.connect(lambda on: self._put(replace(self._plan, is_wanted=on)))
        self.channel.currentIndexChanged.connect(
            lambda _: self._put(replace(self._plan, channel=Channel.from_code(self.channel.key)))
        )
        for box in (self.channel, self.finished):
            box.left.connect(self.take_focus)

    def _lay_out(self) -> None:
        theme = self._theme
        self.finished.offer(_FINISHED, Finished.CONCLUDED.name)
        self._row = QHBoxLayout()
        theme.space(self._row, gap=12)
        self._row.addWidget(self.is_wanted)
        self._row.addStretch(1)
        self._row.addWidget(self.without_heads)
        entering, foot = Flow(), QHBoxLayout()
        theme.space(entering, gap=8)
        theme.space(foot, gap=8)
        for words, part in (
            ("信访形式（没有这一列时）", self.channel),
            ("按已归档登记", self.finished),
        ):
            entering.addWidget(self._captioned(words, part))
        entering.addWidget(self.keep_numbers)
        foot.addLayout(entering, 1)
        foot.addWidget(self.act)
        column = QVBoxLayout(self)
        theme.space(column, 20, 12, 20, 10, gap=8)
        column.addLayout(self._row)
        column.addWidget(self._tables(), 1)
        column.addLayout(foot)

    def _captioned(self, words: str, part: QWidget) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        self._theme.space(row, gap=8)
        row.addWidget(label(words, "quiet"))
        row.addWidget(part)
        return both

    def _tables(self) -> QWidget:
        """Lay out both tables; where the window is low they scroll."""
        theme = self._theme
        inside = QWidget()
        inside.setProperty("role", "clear")
        column = QVBoxLayout(inside)
        theme.space(column, gap=8)
        column.addWidget(self.columns, 1)
        column.addWidget(self._words_title)
        column.addWidget(self.words)
        theme.follow(inside, lambda look: self.columns.setMinimumHeight(look.px(200)))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll


def _tick(box: QCheckBox, on: bool) -> None:
    """Show a tick without announcing it."""
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)


def _choices(field: str) -> tuple[tuple[str, str], ...]:
    choices = FIELDS[field].choices
    assert choices is not None
    return tuple((choice.value, choice.label) for choice in choices)
