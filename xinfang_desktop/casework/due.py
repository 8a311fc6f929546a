"""What is due (到期): the limits that ask for something today, and the lists of the day.

Reminders go by ``Deadline.alarm_on``; overdue (已超期) is only what is past ``due_on``, the day
rolled over a holiday, and only what is due from the office: the petitioner's own days are a right,
and what the office may do within some days lapses. Sealed matters stand here by their number.
"""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from sqlmodel import Session

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Bearer,
    LabelledEnum,
    LimitEvent,
    LimitRule,
    Petition,
    Satisfaction,
    Stage,
    Viewer,
)

from .deadlines import Limit, derive
from .limit_facts import facts_of
from .limit_rules import RuleBook, rule_book
from .reckoning import Reckoning
from .sealing import SEALED_CODE, SEALED_TITLE, admit
from .search import Executing, execute
from .work_calendar import WorkCalendar, work_calendar

SOON = 3
"""How many working days ahead the day's list looks."""

_GONE = "这一件已不在数据里，请刷新列表后再试。"


class DueState(LabelledEnum):
    """How a limit stands on a day."""

    OVERDUE = "overdue", "已超期"
    TODAY = "today", "到期"
    SOON = "soon", "临期"
    RUNNING = "running", "进行中"
    PAUSED = "paused", "听证中止"
    RIGHT = "right", "信访人的权利"
    LAPSED = "lapsed", "已过期限"
    DONE = "done", "已完成"
    DONE_LATE = "done_late", "超期完成"


class DueList(NamedTuple):
    """A list of the day: its key, what it is called, and what stands in it."""

    key: str
    title: str
    told: str


LISTS: tuple[DueList, ...] = (
    DueList("overdue", "已超期", "过了期限还没有办的"),
    DueList("due_today", "今日到期", "今天是最后一天的，含逢休假顺延、今天起就要办的"),
    DueList("due_soon", "三个工作日内到期", "今天之后三个工作日内到期的"),
    DueList("to_follow_up", "待回访", "已经办结或者核实，还没有回访的"),
    DueList("to_verify", "待核实", "信访人不满意，还没有核实完的"),
)
"""The lists of the day, each with exactly the matters that ``ids`` gives."""


class DueItem(NamedTuple):
    """A limit that asks for something; a sealed matter has its number and no more.

    ``days_left`` counts days of the calendar to ``due_on``, below nought when it is past.
    """

    petition_id: int
    number: str
    rule: str
    title: str
    occurrence: int
    bearer: Bearer
    state: DueState
    started_on: date
    nominal_on: date
    due_on: date
    due_at: time | None
    alarm_on: date
    days_left: int
    provisional: bool
    sealed: bool
    claim_start: str
    responsible_body: str
    handler: str

    @property
    def left(self) -> str:
        """How long is left, in words."""
        return days_in_words(self.days_left)


@dataclass(frozen=True)
class LimitLine:
    """One limit of a matter as its page shows it, with why it is that day."""

    number: str
    rule: LimitRule
    occurrence: int
    state: DueState
    nominal_on: date
    due_on: date
    due_at: time | None
    alarm_on: date
    days_left: int
    provisional: bool
    done_on: date | None
    reckoning: Reckoning

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why it is this day, the article last."""
        return explained(self.rule, self.reckoning)

    @property
    def left(self) -> str:
        """How long is left, or when it was done, in words."""
        if self.done_on is not None:
            late = (self.done_on - self.due_on).days
            told = f"超期{late}天" if late > 0 else "按期"
            return f"{self.done_on.month}月{self.done_on.day}日完成，{told}"
        if self.state is DueState.PAUSED:
            return self.state.label
        if self.state is DueState.LAPSED:
            return "已过期限"
        return days_in_words(self.days_left)


_OPEN = "d.done_on IS NULL AND d.paused_on IS NULL"
_ASKING = f"'{Bearer.DUTY.value}', '{Bearer.OPTION.value}'"
_IS_OVERDUE = f"{_OPEN} AND d.bearer = '{Bearer.DUTY.value}' AND d.alarm_on < ?1 AND d.due_on < ?1"
_IS_TODAY = f"{_OPEN} AND d.bearer IN ({_ASKING}) AND d.alarm_on <= ?1 AND d.due_on >= ?1"
_IS_SOON = f"{_OPEN} AND d.bearer IN ({_ASKING}) AND d.alarm_on > ?1 AND d.alarm_on <= ?2"
_BY_LIMIT = """
    SELECT DISTINCT d.petition_id AS id FROM deadline AS d INDEXED BY deadline_open WHERE {where}
"""
_TO_FOLLOW_UP = """
    SELECT DISTINCT d.petition_id AS id FROM deadline AS d
    WHERE d.done_on IS NULL AND d.rule IN (SELECT value FROM json_each(?1))
"""
_VERIFYING = ", ".join(
    f"'{stage.value}'" for stage in (Stage.VERIFYING, Stage.REHANDLING, Stage.ACCOUNTED)
)
_ASKED_BACK = ", ".join(
    f"'{stage.value}'"
    for stage in (Stage.CONCLUDED, Stage.REPLIED, Stage.FOLLOWED_UP, Stage.VERIFIED)
)
_BAD = Satisfaction.DISSATISFIED.value
_TO_VERIFY = f"""
    SELECT p.id AS id FROM petition AS p
    WHERE p.state = 'registered' AND p.stage IN ({_VERIFYING})
    UNION
    SELECT p.id FROM follow_up AS f INDEXED BY follow_up_dissatisfied
    CROSS JOIN petition AS p ON p.id = f.petition_id
    WHERE (f.satisfaction = '{_BAD}' OR f.body_satisfaction = '{_BAD}')
        AND p.state = 'registered' AND p.stage IN ({_ASKED_BACK})
        AND NOT EXISTS (
            SELECT 1 FROM follow_up AS later
            WHERE later.petition_id = f.petition_id AND later.round > f.round
        )
        AND NOT EXISTS (
            SELECT 1 FROM verification AS v
            WHERE v.petition_id = f.petition_id AND v.round >= f.round
        )
"""
_QUERIES = {
    "overdue": _BY_LIMIT.format(where=_IS_OVERDUE),
    "due_today": _BY_LIMIT.format(where=_IS_TODAY),
    "due_soon": _BY_LIMIT.format(where=_IS_SOON),
    "to_follow_up": _TO_FOLLOW_UP,
    "to_verify": _TO_VERIFY,
}
_PROVISIONAL = """
    SELECT petition_id, substr(nominal_on, 1, 4), substr(due_on, 1, 4)
    FROM deadline INDEXED BY deadline_provisional WHERE provisional = 1 AND done_on IS NULL
"""
_NOT_SEALED = f"p.kind IS NOT '{SEALED_CODE}'"
_ITEMS = f"""
    SELECT d.petition_id, p.number, d.rule, d.occurrence, d.bearer, d.started_on, d.nominal_on,
        d.due_on, d.due_at, d.alarm_on, d.provisional, NOT ({_NOT_SEALED}),
        CASE WHEN {_NOT_SEALED} THEN substr(p.claim, 1, 60) ELSE '{SEALED_TITLE}' END,
        CASE WHEN {_NOT_SEALED} THEN p.responsible_body ELSE '' END,
        CASE WHEN {_NOT_SEALED} THEN p.handler ELSE '' END
    FROM deadline AS d INDEXED BY deadline_open CROSS JOIN petition AS p ON p.id = d.petition_id
    WHERE d.done_on IS NULL AND d.paused_on IS NULL AND d.alarm_on <= ?2
        AND (d.bearer = 'duty' OR d.bearer = 'option' AND d.due_on >= ?1)
    ORDER BY d.due_on, d.alarm_on, p.received_on, p.id, d.rule
"""


def due(
    source: Session | Executing, on: date, *, viewer: Viewer, within: int | None = SOON
) -> list[DueItem]:
    """Give what is overdue on a day or due within so many working days, the earliest day first.

    Without ``within`` everything that runs is given. What the office may do within some days
    stands here until its day, the petitioner's own days never. ``viewer`` is on whose behalf it is
    asked; sealed matters are the same for everybody.
    """
    book = rule_book(source)
    until = date.max if within is None else _until(work_calendar(source), on, within)
    found = execute(source, _ITEMS, (on.isoformat(), until.isoformat()))
    return [_item(book, on, *row) for row in found]


def ids(source: Session | Executing, key: str, on: date, *, viewer: Viewer) -> "array[int]":
    """Give the ids of the matters in a list of ``LISTS``, the latest received first."""
    ordered = (
        f"SELECT p.id AS id FROM petition AS p WHERE p.id IN ({_QUERIES[key]})"
        " ORDER BY p.received_on DESC, p.id DESC"
    )
    sql = f"SELECT json_group_array(id) FROM ({ordered})"
    found = execute(source, sql, _parameters(source, key, on))
    return array("q", json.loads(next(iter(found))[0]))


def counts(source: Session | Executing, on: date, *, viewer: Viewer) -> dict[str, int]:
    """Give how many matters each list of ``LISTS`` has, by its key."""
    counted = {}
    for key in (one.key for one in LISTS):
        sql = f"SELECT count(*) FROM ({_QUERIES[key]})"
        counted[key] = int(next(iter(execute(source, sql, _parameters(source, key, on))))[0])
    return counted


class Provisional(NamedTuple):
    """What is provisional (暂算): the years not announced that open limits reach, how many matters.

    It counts matters of all kinds alike, and tells of none.
    """

    years: tuple[int, ...]
    matters: int


def provisional(source: Session | Executing) -> Provisional:
    """Tell which years are to be imported, because open limits reach into them."""
    calendar = work_calendar(source)
    found = list(execute(source, _PROVISIONAL, ()))
    reached = {int(year) for row in found for year in row[1:]}
    years = tuple(sorted(year for year in reached if not calendar.is_known(year)))
    return Provisional(years, len({row[0] for row in found}) if years else 0)


def limits_of(
    session: Session, petition_id: int, *, viewer: Viewer, today: date
) -> list[LimitLine]:
    """Give every limit of a matter, what is open first, each with why it is that day.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    petition = session.get(Petition, petition_id)
    if petition is None:
        raise OfficeError(_GONE)
    admit(petition, viewer)
    book, calendar = rule_book(session), work_calendar(session)
    [facts] = facts_of(session, [petition_id])
    lines = [_line(petition.number, limit, today) for limit in derive(facts, book, calendar)]
    return sorted(lines, key=lambda line: (line.done_on is not None, line.due_on, line.rule.key))


def line_of(session: Session, item: DueItem, *, viewer: Viewer, today: date) -> LimitLine | None:
    """Give the limit behind an item of a list, with why it is that day; None once it is gone.

    It tells of days and articles only, and so the same of a sealed matter.
    """
    book, calendar = rule_book(session), work_calendar(session)
    for facts in facts_of(session, [item.petition_id]):
        for limit in derive(facts, book, calendar):
            if limit.key == (item.rule, item.occurrence):
                return _line(item.number, limit, today)
    return None


def explanations(
    session: Session, items: Sequence[DueItem], *, viewer: Viewer
) -> dict[tuple[int, str, int], str]:
    """Give why each of ``items`` is due on its day, by matter, rule and occurrence.

    The words are of days and articles only, and so the same for a sealed matter.
    """
    book, calendar = rule_book(session), work_calendar(session)
    wanted = sorted({item.petition_id for item in items})
    return {
        (facts.petition_id, *limit.key): "".join(explained(limit.rule, limit.reckoning))
        for facts in facts_of(session, wanted)
        for limit in derive(facts, book, calendar)
    }


def explained(rule: LimitRule, reckoning: Reckoning) -> tuple[str, ...]:
    """Give why a limit ends when it does, with what it rests on at the end."""
    remark = f"{rule.remark}。" if rule.remark else ""
    return (*reckoning.sentences, f"依据：{rule.basis}（{rule.nature.label}）。{remark}")


def state_of(
    bearer: Bearer,
    on: date,
    *,
    due_on: date,
    alarm_on: date,
    warn_on: date,
    done_on: date | None = None,
    is_paused: bool = False,
) -> DueState:
    """Say how a limit stands on a day."""
    if done_on is not None:
        return DueState.DONE_LATE if done_on > due_on else DueState.DONE
    if is_paused:
        return DueState.PAUSED
    if on > due_on:
        return DueState.OVERDUE if bearer is Bearer.DUTY else DueState.LAPSED
    if bearer is Bearer.RIGHT:
        return DueState.RIGHT
    if on >= alarm_on:
        return DueState.TODAY
    return DueState.SOON if on >= warn_on else DueState.RUNNING


def days_in_words(days: int) -> str:
    """Say how long is left: 还有3天, 今天到期, 超期2天."""
    if days < 0:
        return f"超期{-days}天"
    return f"还有{days}天" if days else "今天到期"


def _line(number: str, limit: Limit, today: date) -> LimitLine:
    reckoning, rule = limit.reckoning, limit.rule
    state = state_of(
        rule.bearer,
        today,
        due_on=reckoning.due_on,
        alarm_on=reckoning.alarm_on,
        warn_on=reckoning.warn_on,
        done_on=limit.done_on,
        is_paused=reckoning.paused_on is not None,
    )
    return LimitLine(
        number=number,
        rule=rule,
        occurrence=limit.occurrence,
        state=state,
        nominal_on=reckoning.nominal_on,
        due_on=reckoning.due_on,
        due_at=reckoning.due_at,
        alarm_on=reckoning.alarm_on,
        days_left=(reckoning.due_on - today).days,
        provisional=reckoning.provisional,
        done_on=limit.done_on,
        reckoning=reckoning,
    )


def _item(
    book: RuleBook,
    on: date,
    petition_id: int,
    number: str,
    rule: str,
    occurrence: int,
    bearer: str,
    started_on: str,
    nominal_on: str,
    due_on: str,
    due_at: str | None,
    alarm_on: str,
    provisional: int,
    sealed: int,
    claim_start: str,
    responsible_body: str,
    handler: str,
) -> DueItem:
    whose, until, alarm = (
        Bearer.from_code(bearer),
        date.fromisoformat(due_on),
        date.fromisoformat(alarm_on),
    )
    return DueItem(
        petition_id=petition_id,
        number=number,
        rule=rule,
        title=book.title(rule),
        occurrence=occurrence,
        bearer=whose,
        state=state_of(whose, on, due_on=until, alarm_on=alarm, warn_on=date.min),
        started_on=date.fromisoformat(started_on),
        nominal_on=date.fromisoformat(nominal_on),
        due_on=until,
        due_at=time.fromisoformat(due_at) if due_at else None,
        alarm_on=alarm,
        days_left=(until - on).days,
        provisional=bool(provisional),
        sealed=bool(sealed),
        claim_start=claim_start,
        responsible_body=responsible_body,
        handler=handler,
    )


def _until(calendar: WorkCalendar, on: date, within: int) -> date:
    return calendar.after(on, within) if within > 0 else on


def _parameters(source: Session | Executing, key: str, on: date) -> tuple[str, ...]:
    """Give what the query of a list asks for."""
    if key == "to_verify":
        return ()
    if key == "to_follow_up":
        asking = {r.key for r in rule_book(source).all() if r.stops == (LimitEvent.FOLLOWED_UP,)}
        return (json.dumps(sorted(asking)),)
    if key == "due_soon":
        return on.isoformat(), _until(work_calendar(source), on, SOON).isoformat()
    return (on.isoformat(),)
