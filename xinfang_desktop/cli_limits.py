"""Time limits on the command line: what is due, one limit worked out, and the work calendar."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from xinfang_desktop.casework import calendar_editing, due, limit_upkeep
from xinfang_desktop.casework.due import DueItem, explained
from xinfang_desktop.casework.holiday_years import (
    FIRST_YEAR,
    LAST_YEAR,
    shipped_years,
    text_of,
)
from xinfang_desktop.casework.limit_rules import RuleBook, rule_book
from xinfang_desktop.casework.reckoning import Reckoning, Span, reckon
from xinfang_desktop.casework.work_calendar import WorkCalendar, work_calendar
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import read_file
from xinfang_desktop.models import LimitRule, LimitUnit, Right
from xinfang_desktop.store.database import Store

_UNKNOWN_RULE = "没有“{what}”这条时限规则；请用 xinfang deadline --list 查看规则的名称。"
_TWO_RULES = "有几条时限都叫“{what}”，请写明是哪一条：{keys}。"
_NO_AMOUNT = "“{title}”按指定的日期，没有固定的长短，算不出来；请看这一件的时限。"
_BAD_MOMENT = "“{given}”不是日期，没有计算；请写成2026-10-08或者2026-10-08T09:30的样子。"
_BAD_DAY = "“{given}”不是日期，请写成2026-10-08的样子；数据没有改动。"
_BAD_YEAR = f"“{{given}}”不是{FIRST_YEAR}至{LAST_YEAR}之间的年份，请写成2027的样子。"
_TOO_FAR = "这个时限超出了日历，没有计算；请把日期或者天数写小一些。"
_NOT_UTF8 = "放假安排文件不是UTF-8编码的文字，没有导入；请另存为UTF-8后再试。"
_BEHIND = "有的事项还没有算出时限，请用经办账户运行一次 xinfang due。"

Reading = tuple[RuleBook, WorkCalendar]


def shipped() -> Reading:
    """Give the rules and the calendar as they are shipped, where there is no office yet."""
    return RuleBook(), WorkCalendar()


def reading_of(store: Store) -> Reading:
    """Give the rules and the calendar of an office."""
    return store.read(lambda session: (rule_book(session), work_calendar(session)))


# due


def due_objects(store: Store, on: date, *, within: int | None) -> list[dict[str, Any]]:
    """Tell what is overdue and what runs, the earliest day first, each with why it is that day."""

    def read(session: Session) -> list[dict[str, Any]]:
        items = due.due(session, on, viewer=store.viewer, within=within)
        why = due.explanations(session, items, viewer=store.viewer)
        return [_item_object(item, why) for item in items]

    return store.read(read)


def due_line(item: dict[str, Any]) -> str:
    """Tell one limit in a line: day, how it stands, number, what is to be done."""
    mark = "暂算" if item["provisional"] else ""
    at = f" {item['due_at']}" if item["due_at"] else ""
    words = (f"{item['due_on']}{at}", item["left"], item["number"], item["title"], mark)
    return "\t".join(words).rstrip()


def caught_up(store: Store, now: datetime) -> str:
    """Work out what an older store has no limits for; say so where this account may not."""
    if not store.read(limit_upkeep.is_behind):
        return ""
    if store.is_read_only or not store.viewer.may(Right.WORK):
        return _BEHIND
    by, over = store.viewer.name, False
    while not over:
        progress, _ = store.do(lambda session: limit_upkeep.catch_up(session, by=by, at=now))
        over = progress.is_over
    return ""


def _item_object(item: DueItem, why: dict[tuple[int, str, int], str]) -> dict[str, Any]:
    return {
        "number": item.number,
        "rule": item.rule,
        "title": item.title,
        "state": item.state.value,
        "started_on": item.started_on.isoformat(),
        "nominal_on": item.nominal_on.isoformat(),
        "due_on": item.due_on.isoformat(),
        "due_at": f"{item.due_at:%H:%M}" if item.due_at else None,
        "alarm_on": item.alarm_on.isoformat(),
        "days_left": item.days_left,
        "left": item.left,
        "provisional": item.provisional,
        "explanation": why.get((item.petition_id, item.rule, item.occurrence), ""),
    }


# one limit


def rule_objects(reading: Reading) -> list[dict[str, Any]]:
    """Tell the rules as they stand now."""
    return [
        {
            "rule": rule.key,
            "title": rule.title,
            "group": rule.group.label,
            "length": rule.length,
            "start": rule.start.label,
            "stops": [stop.label for stop in rule.stops],
            "nature": rule.nature.label,
            "basis": rule.basis,
            "enabled": rule.enabled,
            "effective_from": rule.effective_from.isoformat(),
            "remark": rule.remark,
        }
        for rule in reading[0].present()
    ]


def rule_line(rule: dict[str, Any]) -> str:
    """Tell one rule in a line."""
    switched = "" if rule["enabled"] else "停用"
    words = (rule["rule"], rule["title"], rule["length"], f"自{rule['start']}起", rule["basis"])
    return "\t".join((*words, switched)).rstrip()


def rule_worked_out(reading: Reading, start: str, what: str) -> dict[str, Any]:
    """Work out the limit of a rule, named by its key or its title.

    Raises:
        OfficeError: the start is no day, there is no such rule, or it has no length of its own.
    """
    rule = _rule(reading[0], what)
    span = Span(rule.amount or 0, rule.unit, rule.rolls_over)
    return _worked_out(span, start, reading[1], rule)


def amount_worked_out(reading: Reading, start: str, unit: str, amount: int) -> dict[str, Any]:
    """Work out a plain amount of ``days``, ``working_days`` or ``working_hours``.

    Raises:
        OfficeError: the start is no day, or the end lies beyond the calendar.
    """
    return _worked_out(Span(amount, LimitUnit.from_code(unit)), start, reading[1], None)


def reckoned_lines(told: dict[str, Any]) -> list[str]:
    """Tell a limit worked out, line by line."""
    at = f" {told['due_at']}" if told["due_at"] else ""
    mark = "（暂算）" if told["provisional"] else ""
    return [f"{told['due_on']}{at}{mark}", *told["sentences"]]


def _worked_out(
    span: Span, start: str, calendar: WorkCalendar, rule: LimitRule | None
) -> dict[str, Any]:
    try:
        return _reckoned(
            reckon(span, _moment(start), calendar, begun_by=rule.start.label if rule else "起算"),
            rule,
        )
    except OverflowError:
        raise OfficeError(_TOO_FAR) from None


def _reckoned(reckoning: Reckoning, rule: LimitRule | None) -> dict[str, Any]:
    sentences = explained(rule, reckoning) if rule else reckoning.sentences
    return {
        "rule": rule.key if rule else None,
        "title": rule.title if rule else None,
        "from": reckoning.start_on.isoformat(),
        "nominal_on": reckoning.nominal_on.isoformat(),
        "due_on": reckoning.due_on.isoformat(),
        "due_at": f"{reckoning.due_at:%H:%M}" if reckoning.due_at else None,
        "provisional": reckoning.provisional,
        "explanation": "".join(sentences),
        "sentences": list(sentences),
    }


def _rule(book: RuleBook, what: str) -> LimitRule:
    found = [rule for rule in book.present() if what == rule.key]
    found = found or [rule for rule in book.present() if what == rule.title]
    if not found:
        raise OfficeError(_UNKNOWN_RULE.format(what=what))
    if len(found) > 1:
        keys = "、".join(rule.key for rule in found)
        raise OfficeError(_TWO_RULES.format(what=what, keys=keys))
    if found[0].amount is None:
        raise OfficeError(_NO_AMOUNT.format(title=found[0].title))
    return found[0]


def _moment(given: str) -> date | datetime:
    try:
        moment = datetime.fromisoformat(given.strip())
    except ValueError:
        raise OfficeError(_BAD_MOMENT.format(given=given)) from None
    has_time = len(given.strip()) > len("2026-10-08")
    return moment.replace(tzinfo=None) if has_time else moment.date()


# the calendar


def import_year(store: Store, path: Path, *, now: datetime) -> list[str]:
    """Take a year's holidays from a file and say what that did."""
    try:
        text = read_file(path, what="放假安排文件", limit=2**20).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OfficeError(_NOT_UTF8) from None
    caught_up(store, now)
    by = store.viewer.name
    done, _ = store.do(lambda session: calendar_editing.import_year(session, text, by=by, now=now))
    lines = [f"已录入{done.year}年的放假安排，{done.moved}个时限随之改动。"]
    if done.missing:
        lines.append(f"请核对：{'、'.join(done.missing)}没有列为放假。")
    return lines


def set_day(store: Store, day: str, *, is_working: bool, name: str, now: datetime) -> list[str]:
    """Have a day worked or off and say what that did."""
    caught_up(store, now)
    by, on = store.viewer.name, day_of(day)
    moved, _ = store.do(
        lambda session: calendar_editing.set_day(
            session, on, is_working=is_working, name=name, by=by, now=now
        )
    )
    return [f"{on.isoformat()}{'上班' if is_working else '放假'}：{name}；{moved}个时限随之改动。"]


def clear_day(store: Store, day: str, *, now: datetime) -> list[str]:
    """Let a day be as the notice says again."""
    by, on = store.viewer.name, day_of(day)
    moved, _ = store.do(lambda session: calendar_editing.clear_day(session, on, by=by, now=now))
    return [f"{on.isoformat()}恢复为放假安排所定；{moved}个时限随之改动。"]


def year_text(reading: Reading, year: int) -> str:
    """Write a year as a file that can be imported again."""
    calendar = reading[1]
    mark = "" if calendar.is_known(year) else "# 这一年的放假安排还没有录入，以下是法定节假日\n"
    return mark + text_of(calendar_editing.year_of(calendar, year))


def day_objects(reading: Reading, year: int) -> list[dict[str, Any]]:
    """Tell the days of a year that are not as their weekday says."""
    return [
        {
            "day": day.isoformat(),
            "working": note.is_working,
            "name": note.name,
            "by_hand": note.by_hand,
            "provisional": not reading[1].is_known(year),
        }
        for day, note in sorted(reading[1].notes(year).items())
    ]


def year_objects(reading: Reading, today: date) -> list[dict[str, Any]]:
    """Tell which years are known and from where, up to the next one."""
    calendar = reading[1]
    years = {one.year for one in shipped_years()} | {today.year, today.year + 1}
    return [
        {
            "year": year,
            "known": calendar.is_known(year),
            "shipped": calendar.is_shipped(year),
            "source": calendar.source(year),
        }
        for year in sorted(years | set(calendar.imported))
    ]


def year_line(year: dict[str, Any]) -> str:
    """Tell one year in a line."""
    state = "随程序" if year["shipped"] else "已录入" if year["known"] else "暂算"
    return f"{year['year']}\t{state}\t{year['source']}"


def day_of(given: str) -> date:
    """Read a day.

    Raises:
        OfficeError: it is none.
    """
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise OfficeError(_BAD_DAY.format(given=given)) from None


def year_named(given: str) -> int:
    """Read a year.

    Raises:
        OfficeError: it is none that the calendar reaches.
    """
    if given.isdecimal() and FIRST_YEAR <= int(given) <= LAST_YEAR:
        return int(given)
    raise OfficeError(_BAD_YEAR.format(given=given))
