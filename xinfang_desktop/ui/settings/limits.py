"""时限规则: what runs for how long and on what ground; changed from a day on, tried out, reset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial

from xinfang_desktop.casework import limit_editing
from xinfang_desktop.casework.limit_rules import RuleBook, preset, rule_book
from xinfang_desktop.casework.limit_upkeep import RULE_KINDS
from xinfang_desktop.casework.reckoning import Span, reckon
from xinfang_desktop.casework.work_calendar import work_calendar
from xinfang_desktop.models import LimitRule, Right, RuleGroup
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.explanation import Explanation, open_explanation
from xinfang_desktop.ui.paper.values import read_date, read_time
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.table import Table, TableColumn
from xinfang_desktop.ui.widgets.words import button, label, shortcut

from .limit_blanks import LimitBlanks, told_of
from .section import Section

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
_SAVED = "“{title}”已保存，自{since}起收到的事项适用，{state}"
_TAKEN_BACK = "“{title}”已改回原来的"
_NOT_THE_NEWEST = "这条规则之后又改过，没有撤销；需要时请直接修改，或恢复默认。"
_NO_DAY = "“自何日起”请写成 2026-11-01 的样子；没有保存。"
_NO_START = "起算日期请写成 2026-11-01 或者 2026-11-01 9:30 的样子。"
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
        self.blanks = LimitBlanks(desk)
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
        state = "启用" if rule.enabled else "停用"
        since = rule.effective_from.isoformat()
        told = _SAVED.format(title=rule.title, since=since, state=state)
        self.desk.told_undoable.emit(told, partial(self._take_back, rule))
        self.desk.changed.emit(RULE_KINDS)

    def _take_back(self, rule: LimitRule) -> None:
        """Take the version back that was just made, if it is still the newest."""
        newest = self.desk.read(rule_book).rule(rule.key)
        if newest is None or newest.version != rule.version:
            self.desk.failed.emit(_NOT_THE_NEWEST)
            return
        by, now = self.desk.viewer.name, self.desk.now()
        act = partial(limit_editing.take_back, key=rule.key, by=by, now=now)
        store = self.desk.store
        self.desk.run(lambda: store.do(act)[0], self._taken_back)

    def _taken_back(self, rule: LimitRule) -> None:
        self.refresh()
        self.choose(rule.key)
        self.desk.told.emit(_TAKEN_BACK.format(title=rule.title))
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
        self._told.setText(told_of(rule) if rule else "")
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
