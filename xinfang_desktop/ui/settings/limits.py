"""时限规则: what runs for how long and on what ground; changed from a day on, tried out, reset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QWidget

from xinfang_desktop.casework import limit_editing
from xinfang_desktop.casework.limit_rules import RuleBook, preset, rule_book
from xinfang_desktop.casework.limit_upkeep import RULE_KINDS
from xinfang_desktop.casework.reckoning import Span, reckon
from xinfang_desktop.casework.work_calendar import work_calendar
from xinfang_desktop.models import (
    AppliesWhen,
    Channel,
    Kind,
    LabelledEnum,
    LimitEvent,
    LimitRule,
    LimitUnit,
    Nature,
    Right,
    RuleGroup,
    SourceLevel,
)
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.explanation import Explanation, open_explanation
from xinfang_desktop.ui.paper.values import read_date, read_time
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.words import button, label, shortcut

from .section import Section
from .table import Table, TableColumn

_COLUMNS = (
    TableColumn("时限", "本单位信访工作制度"),
    TableColumn("长短", "20个工作日"),
    TableColumn("自何时起", "收到信访事项"),
    TableColumn("状态", "已停用"),
    TableColumn("依据"),
)
_ROWS, _ROWS_EDITING = 10, 4
"""How many rules are seen at once."""

_NONE_YET = "还没有节点，按 Ins 新增"
_ABOUT = "事项按收到那天的规则办，以后改规则不影响以前收到的。改动从“自何日起”收到的事项开始适用。"
_WAIT = "正在重新计算时限…"
_SAVED = "“{title}”已保存，自{since}起收到的事项适用，{moved}"
_NO_DAY = "“自何日起”请写成 2026-11-01 的样子；没有保存。"
_NO_START = "起算日期请写成 2026-11-01 或者 2026-11-01 9:30 的样子。"
_ALL = "全部"
_TOO_FAR = "这个时限超出了日历，请把日期写近一些。"


class LimitsSection(Section):
    """The rules of time limits, and one of them in hand below."""

    title = "时限规则"
    help_topic = "limits"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._book = RuleBook()
        self._rows: list[LimitRule | RuleGroup] = []
        self._in_hand: LimitRule | None = None
        self.table = Table("时限规则", _COLUMNS, desk.theme)
        self.blanks = _Blanks(desk)
        self.start = Line("起算", "例：今天，或 2026-11-01 9:30")
        self._switch = button("启用或停用", self.switch, key="Space")
        self._reset = button("恢复默认", self.reset)
        self._save = button("保存", self.save, role="strong", key="Ctrl+S")
        self._lay_out()
        self.table.opened.connect(self.edit)
        self.table.currentCellChanged.connect(lambda *_: self._moved())
        self.start.entered.connect(self.try_out)
        shortcut(self, "Ctrl+S", self.save)
        shortcut(self, "Ins", self.start_new)
        shortcut(self.table, "Space", self.switch)

    @property
    def rule(self) -> LimitRule | None:
        """The rule under the bar."""
        row = self.table.currentRow()
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, LimitRule) else None

    @property
    def is_editing(self) -> bool:
        """Whether a rule is in hand."""
        return not self._editor.isHidden()

    def choose(self, key: str) -> None:
        """Put the bar on a rule."""
        for row, found in enumerate(self._rows):
            if isinstance(found, LimitRule) and found.key == key:
                self.table.setCurrentCell(row, 0)

    def refresh(self) -> None:
        """Read the rules again."""
        self._book = self.desk.read(rule_book)
        rules = self._book.present()
        self._rows = []
        for group in RuleGroup:
            self._rows += [group, *(rule for rule in rules if rule.group is group)]
        quiet = [
            row
            for row, found in enumerate(self._rows)
            if not isinstance(found, LimitRule) or not found.enabled
        ]
        self.table.show_rows(list(self._words()), quiet=quiet)
        if self.table.currentRow() == 0:
            self.table.setCurrentCell(1, 0)
        self._fit()
        for part in (self._switch, self._reset, self._add, self._change, self._save):
            part.setEnabled(self.desk.may(Right.WORK))
        self._moved()

    def take_focus(self) -> None:
        """Begin at the list."""
        self.table.setFocus()

    def start_new(self) -> None:
        """Begin a node of the office's own, in the group under the bar if that is one."""
        if not self.desk.may(Right.WORK):
            return
        row = self.table.currentRow()
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        group = found.group if isinstance(found, LimitRule) else found
        own = limit_editing.OWN_GROUPS
        self._take_in_hand(None, group if group in own else RuleGroup.OWN)

    def edit(self, row: int) -> None:
        """Take a rule in hand; on the name of a group of the office's own, begin a new one."""
        if not self.desk.may(Right.WORK):
            return
        found = self._rows[row]
        if isinstance(found, LimitRule):
            self._take_in_hand(found, found.group)
        elif found in limit_editing.OWN_GROUPS:
            self.start_new()

    def save(self) -> None:
        """Keep the rule in hand as a new version."""
        if not self.is_editing or self.blanks.is_composing or not self.desk.may(Right.WORK):
            return
        since = read_date(self.blanks.since.text(), self.desk.today()).value
        if not isinstance(since, date):
            self.refuse(_NO_DAY)
            self.blanks.since.setFocus()
            return
        fields = self.blanks.fields(self._in_hand)
        if self._in_hand is None:
            act = partial(limit_editing.add_node, **fields)
        else:
            act = partial(limit_editing.change_rule, key=self._in_hand.key, **fields)
        self._run(act, since)

    def switch(self) -> None:
        """Turn the rule under the bar on or off, for matters received from today on."""
        rule = self.rule
        if rule is not None and self.desk.may(Right.WORK):
            act = partial(limit_editing.switch_rule, key=rule.key, enabled=not rule.enabled)
            self._run(act, self.desk.today())

    def reset(self) -> None:
        """Give the rule under the bar its shipped figures again, from today on."""
        rule = self.rule
        if rule is not None and self.desk.may(Right.WORK):
            self._run(partial(limit_editing.reset_rule, key=rule.key), self.desk.today())

    def try_out(self) -> Explanation | None:
        """Work the rule under the bar out from a day, and tell why it ends when it does."""
        rule = self.rule
        if self.start.is_composing or rule is None or rule.amount is None:
            return None
        begun = _moment(self.start.text() or "今天", self.desk.today())
        if begun is None:
            self.refuse(_NO_START)
            return None
        from xinfang_desktop.reports.explanation import explained_reckoning

        calendar = self.desk.read(work_calendar)
        span = Span(rule.amount, rule.unit, rule.rolls_over, warn_before=rule.warn_before)
        try:
            reckoning = reckon(span, begun, calendar, begun_by=rule.start.label)
        except OverflowError:
            self.refuse(_TOO_FAR)
            return None
        self.say("")
        return open_explanation(self.desk, explained_reckoning(reckoning, rule), self)

    def escape(self) -> bool:
        """Put the rule in hand away."""
        if not self.is_editing:
            return False
        self._editor.hide()
        self._fit()
        self.say("")
        self.table.setFocus()
        return True

    def _run(self, act: Callable[..., LimitRule], since: date) -> None:
        """Keep a version, off the window's thread: it may move many limits."""
        self.say(_WAIT)
        store, by, now = self.desk.store, self.desk.viewer.name, self.desk.now()

        def work() -> LimitRule:
            return store.do(lambda session: act(session, effective_from=since, by=by, now=now))[0]

        self.desk.run(work, self._done, self.refuse)

    def _done(self, rule: LimitRule) -> None:
        self.say("")
        self._editor.hide()
        self.refresh()
        self.choose(rule.key)
        self._fit()
        self.table.setFocus()
        moved = "启用" if rule.enabled else "停用"
        since = rule.effective_from.isoformat()
        self.desk.told.emit(_SAVED.format(title=rule.title, since=since, moved=moved))
        self.desk.changed.emit(RULE_KINDS)

    def _take_in_hand(self, rule: LimitRule | None, group: RuleGroup) -> None:
        self._in_hand = rule
        versions = self._book.versions(rule.key) if rule else ()
        told = "；".join(f"第{one.version}版自{one.effective_from.isoformat()}" for one in versions)
        self._title.setText(f"{rule.title}" if rule else f"新节点（{group.label}）")
        self._versions.setText(told)
        self._versions.setVisible(bool(told))
        self.blanks.show_rule(rule, group, self.desk.today())
        self.say("")
        self._editor.show()
        self._fit()
        self.blanks.name.setFocus()

    def _fit(self) -> None:
        """Leave room for the rule in hand."""
        self.table.fit_rows(_ROWS_EDITING if self.is_editing else _ROWS)
        if (item := self.table.currentItem()) is not None:
            self.table.scrollToItem(item)

    def _moved(self) -> None:
        rule = self.rule
        self._reset.setVisible(bool(rule and preset(rule.key)))
        self._told.setText(_told(rule) if rule else "")
        self._told.setVisible(bool(rule))

    def _words(self) -> Sequence[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = []
        filled = {found.group for found in self._rows if isinstance(found, LimitRule)}
        for found in self._rows:
            if isinstance(found, LimitRule):
                state = "启用" if found.enabled else "已停用"
                told = (found.title, found.length, found.start.label, state, found.basis)
                rows.append((f"　{told[0]}", *told[1:]))
            else:
                hint = "" if found in filled else _NONE_YET
                rows.append((found.label, "", "", "", hint))
        return rows

    def _lay_out(self) -> None:
        listing = self.card("时限规则", wide=True)
        listing.column.addWidget(self.note(_ABOUT, "quiet"))
        listing.column.addWidget(self.table)
        self._told = self.note()
        listing.column.addWidget(self._told)
        self._change = button(
            "修改", lambda: self.edit(max(self.table.currentRow(), 0)), key="Enter"
        )
        self._add = button("新增节点", self.start_new, key="Ins")
        listing.column.addLayout(self.acts(self._change, self._switch, self._add, self._reset))
        self.desk.theme.fix(self.start, width=220)
        trial = self.acts(label("试算：自"), self.start, button("算一算", self.try_out))
        listing.column.addLayout(trial)
        listing.column.addWidget(self.message)
        self._editor = self.card("")
        self._title = label("", "heading")
        self._versions = self.note()
        for part in (self._title, self._versions):
            self._editor.column.addWidget(part)
        self._editor.column.addLayout(self.blanks.form(self))
        self._editor.column.addLayout(
            self.acts(self._save, button("不改了", self.escape, key="Esc"))
        )
        self._editor.hide()
        self.column.addWidget(listing)
        self.column.addWidget(self._editor)
        self.column.addStretch(1)


class _Blanks:
    """What can be said of a rule; of a shipped one its start, its end and its matters stand."""

    def __init__(self, desk: Desk) -> None:
        self._group = RuleGroup.OWN
        self.name = Line("名称", "例：两小时签收")
        self.basis = Line("依据", "例：本单位要求；哪份文件第几条")
        self.remark = Line("备注")
        self.since = Line("自何日起", "2026-11-01")
        self.amount = QSpinBox()
        self.amount.setRange(0, 3650)
        self.amount.setAccessibleName("时限")
        self.unit = _choice("单位", LimitUnit)
        self.rolls_over = QCheckBox("届满日遇休假，顺延到之后的第一个工作日")
        self.warn_before = QSpinBox()
        self.warn_before.setRange(0, 60)
        self.warn_before.setAccessibleName("提前提醒（工作日）")
        self.start = _choice("起算", LimitEvent)
        self.stop = _choice("截止", LimitEvent)
        self.ends_with_answer = QCheckBox("办结或者答复送达后也不再计")
        self.nature = _choice("性质", Nature)
        self.kind = _choice("类别", Kind, all_of_them=True)
        self.source = _choice("来源", SourceLevel, all_of_them=True)
        self.channel = _choice("形式", Channel, all_of_them=True)
        self._desk = desk
        self._own_rows: list[QWidget | QHBoxLayout] = []

    @property
    def is_composing(self) -> bool:
        """Whether the input method still holds something."""
        return any(line.is_composing for line in (self.name, self.basis, self.remark, self.since))

    def form(self, section: Section) -> Any:  # noqa: ANN401 - a layout of Qt
        """Lay the blanks out."""
        self._form = section.form()
        self._facts = section.note(role="quiet")
        length = self._row(self.amount, self.unit)
        matters = self._row(self.kind, self.source, self.channel)
        self._own_rows = [self.start, self.stop, self.ends_with_answer, self.nature, matters]
        for title, part in (
            ("名称", self.name),
            ("时限", length),
            ("", self.rolls_over),
            ("起算", self.start),
            ("截止", self.stop),
            ("", self.ends_with_answer),
            ("性质", self.nature),
            ("适用", matters),
            ("起止和适用", self._facts),
            ("提前提醒", self.warn_before),
            ("依据", self.basis),
            ("备注", self.remark),
            ("自何日起", self.since),
        ):
            self._form.addRow(title, part)
        for spin in (self.amount, self.warn_before):
            self._desk.theme.fix(spin, width=90)
        self.amount.setSpecialValueText("当日")
        self.warn_before.setSuffix(" 个工作日")
        self._desk.theme.fix(self.warn_before, width=130)
        return self._form

    def show_rule(self, rule: LimitRule | None, group: RuleGroup, today: date) -> None:
        """Show a rule, or the blanks of a new one."""
        self._group = group
        is_own = rule is None or group in limit_editing.OWN_GROUPS
        shown = rule or _new_rule(group, today)
        self.name.setText(rule.title if rule else "")
        self.basis.setText(rule.basis if rule else "")
        self.remark.setText(shown.remark)
        self.since.setText(today.isoformat())
        self.amount.setValue(shown.amount or 0)
        self.amount.setEnabled(shown.amount is not None)
        self.unit.setEnabled(shown.amount is not None)
        _choose(self.unit, shown.unit)
        self.rolls_over.setChecked(shown.rolls_over)
        self.warn_before.setValue(shown.warn_before)
        _choose(self.start, shown.start)
        _choose(self.stop, shown.stops[0] if shown.stops else None)
        self.ends_with_answer.setChecked(LimitEvent.SERVED in shown.stops[1:])
        _choose(self.nature, shown.nature)
        when = shown.applies
        _choose(self.kind, when.kinds[0] if when.kinds else None)
        _choose(self.source, when.source_levels[0] if when.source_levels else None)
        _choose(self.channel, when.channels[0] if when.channels else None)
        self._facts.setText(_told(shown))
        for part in self._own_rows:
            self._form.setRowVisible(part, is_own)
        self._form.setRowVisible(self._facts, not is_own)

    def fields(self, rule: LimitRule | None) -> dict[str, Any]:
        """Give what was said, as the fields of a rule."""
        said: dict[str, Any] = {
            "title": self.name.text().strip(),
            "basis": self.basis.text().strip(),
            "remark": self.remark.text().strip(),
            "unit": self.unit.currentData(),
            "rolls_over": self.rolls_over.isChecked(),
            "warn_before": self.warn_before.value(),
        }
        if self.amount.isEnabled():
            said["amount"] = self.amount.value()
        if rule is not None and rule.group not in limit_editing.OWN_GROUPS:
            return said
        answered = (LimitEvent.CONCLUDED, LimitEvent.SERVED)
        stops = [self.stop.currentData()]
        stops += [one for one in answered if self.ends_with_answer.isChecked()]
        said |= {
            "start": self.start.currentData(),
            "stops": tuple(dict.fromkeys(stops)),
            "nature": self.nature.currentData(),
            "applies": AppliesWhen(
                kinds=_some(self.kind),
                source_levels=_some(self.source),
                channels=_some(self.channel),
            ),
        }
        return said if rule else {**said, "group": self._group}

    def _row(self, *parts: QWidget) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        self._desk.theme.space(row, gap=8)
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        return holder


def _new_rule(group: RuleGroup, today: date) -> LimitRule:
    return LimitRule(
        key="own_0",
        group=group,
        title="新节点",
        basis="本单位要求",
        nature=Nature.OFFICE,
        start=LimitEvent.RECEIVED,
        stops=(LimitEvent.SIGNED_IN,),
        amount=1,
        unit=LimitUnit.WORKING_DAYS,
        effective_from=today,
    )


def _told(rule: LimitRule) -> str:
    """Tell what starts and ends a rule, for which matters it is, and its remark."""
    when = rule.applies
    chosen: list[LabelledEnum | None] = [
        *when.kinds,
        *when.routes,
        *when.source_levels,
        *when.channels,
        *when.receptions,
        *when.tests,
    ]
    labels = list(dict.fromkeys(one.label for one in chosen if one is not None))
    matters = f"适用：{'、'.join(labels)}。" if labels else ""
    stops = "、".join(stop.label for stop in rule.stops)
    ends = f"到{stops}为止" if stops else "没有截止的一步"
    remark = f"{rule.remark}。" if rule.remark else ""
    ground = f"依据：{rule.basis}（{rule.nature.label}）。"
    return f"自{rule.start.label}起，{ends}。{matters}{ground}{remark}"


def _choice(name: str, choices: type[LabelledEnum], *, all_of_them: bool = False) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    if all_of_them:
        made.addItem(f"{name}：{_ALL}", None)
    for one in choices:
        made.addItem(one.label, one)
    return made


def _choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(max(box.findData(value), 0))


def _some(box: QComboBox) -> tuple[Any, ...]:
    value = box.currentData()
    return () if value is None else (value,)


def _moment(text: str, today: date) -> date | datetime | None:
    """Read a day, with a time of day behind it or not."""
    words = text.strip().split()
    if not words:
        return None
    day = read_date(words[0], today).value
    if not isinstance(day, date):
        return None
    if len(words) == 1:
        return day
    at = read_time(words[1], today).value
    return datetime.combine(day, at) if isinstance(at, time) else None
