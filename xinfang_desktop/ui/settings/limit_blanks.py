"""LimitBlanks: what can be said of a time limit's rule, as the blanks of a form."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QWidget

from xinfang_desktop.casework.limit_editing import OWN_GROUPS
from xinfang_desktop.models import (
    AppliesWhen,
    Channel,
    Kind,
    LabelledEnum,
    LimitEvent,
    LimitRule,
    LimitUnit,
    Nature,
    RuleGroup,
    SourceLevel,
)
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.widgets.line import Line

from .section import Section

_ALL = "全部"


class LimitBlanks:
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
        is_own = rule is None or group in OWN_GROUPS
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
        self._facts.setText(told_of(shown))
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
        if rule is not None and rule.group not in OWN_GROUPS:
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


def told_of(rule: LimitRule) -> str:
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
