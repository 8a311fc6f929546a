"""督办和会商: what should be supervised and why, what is, and what waits for the consultation.

Grounds (督办条件) are data: article 40 asks for supervision where a body handles a matter against
the rules, puts it off or does not carry out what was decided. They speak of how a matter is
handled, never of who petitions. Sealed matters stand here by their number.
"""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from xinfang_desktop.models import Action, Stage, Viewer

from .due import days_in_words
from .sealing import SEALED_CODE, SEALED_TITLE
from .search import Executing, execute
from .work_calendar import work_calendar

RETURNED_DAYS = 5
"""Working days after which a matter that was given back should have been assigned anew."""


@dataclass(frozen=True)
class Ground:
    """One reason to supervise a matter, with what it rests on and the condition over ``p``.

    In a condition ``?1`` is the day and ``?2`` the day some working days before it.
    """

    key: str
    title: str
    basis: str
    condition: str


class SupervisionList(NamedTuple):
    """A list of the room: its key, what it is called, what stands in it."""

    key: str
    title: str
    told: str


class SupervisionLine(NamedTuple):
    """A matter on one of the lists; a sealed one has its number and no more."""

    petition_id: int
    number: str
    received_on: date | None
    body: str
    claim_start: str
    sealed: bool
    why: str
    until: str


LISTS: tuple[SupervisionList, ...] = (
    SupervisionList("to_supervise", "建议督办", "有督办条件、还没有督办的"),
    SupervisionList("supervised", "督办中", "已经督办，还没有反馈的"),
    SupervisionList("consulting", "待会商", "已提交周会商，还没有会商意见的"),
)

_UNDER_WAY = ", ".join(
    f"'{stage.value}'"
    for stage in (
        Stage.SIGNED_IN,
        Stage.RECEIVING,
        Stage.ASSIGNING,
        Stage.HANDLING,
        Stage.MATTER_REVIEW,
        Stage.PETITION_REVIEW,
        Stage.CONCLUSION,
        Stage.VERIFYING,
        Stage.REHANDLING,
        Stage.ACCOUNTED,
    )
)
_STEPS = "step AS s WHERE s.petition_id = p.id AND s.stage IS NOT NULL AND s.taken_back = 0"
_BEGUN = ", ".join(
    f"'{action.value}'"
    for action in (Action.ASSIGN, Action.HAND_OVER, Action.ACCEPT, Action.INFORM, Action.CLASSIFY)
)


def _last(column: str, *actions: Action) -> str:
    """Give the column of the latest act of these kinds, of all acts where none is named."""
    codes = ", ".join(f"'{action.value}'" for action in actions)
    among = f" AND s.action IN ({codes})" if actions else ""
    return f"(SELECT s.{column} FROM {_STEPS}{among} ORDER BY s.id DESC LIMIT 1)"


_SUPERVISED = f"ifnull({_last('action', Action.SUPERVISE, Action.FEED_BACK)} = 'supervise', 0)"
_CONSULTING = f"ifnull({_last('action', Action.CONSULT, Action.CONSULTED)} = 'consult', 0)"

GROUNDS: tuple[Ground, ...] = (
    Ground(
        "overdue",
        "超过期限还没有办理",
        "条例第四十条、第四十五条第一项",
        "EXISTS (SELECT 1 FROM deadline AS d WHERE d.petition_id = p.id AND d.bearer = 'duty'"
        " AND d.done_on IS NULL AND d.paused_on IS NULL AND d.due_on < ?1"
        " AND d.rule <> 'supervision')",
    ),
    Ground(
        "silent",
        "期限过半，交办后没有办理记录",
        "条例第四十条",
        f"p.stage IN ('handling', 'rehandling') AND {_last('action')} IN ({_BEGUN})"
        " AND EXISTS (SELECT 1 FROM deadline AS d WHERE d.petition_id = p.id"
        " AND d.bearer = 'duty' AND d.done_on IS NULL AND d.paused_on IS NULL"
        " AND d.rule IN ('conclude', 'handed_over', 'handed_down')"
        " AND julianday(?1) - julianday(d.started_on) >"
        " (julianday(d.due_on) - julianday(d.started_on)) / 2)",
    ),
    Ground(
        "returned",
        f"退单后{RETURNED_DAYS}个工作日没有重新交办",
        "条例第四十条；制度二（二）2",
        f"p.stage = 'signed_in' AND {_last('action')} = 'return' AND {_last('done_on')} <= ?2",
    ),
    Ground(
        "again",
        "办理期间信访人就同一事项再次反映",
        "条例第四十条",
        "EXISTS (SELECT 1 FROM petition AS later WHERE later.id > p.id"
        " AND later.state = 'registered'"
        " AND later.repeat_of = ifnull(p.repeat_of, p.id))",
    ),
    Ground(
        "dissatisfied",
        "核实后信访人仍不满意",
        "条例第四十条；制度附件5",
        "(SELECT count(*) FROM follow_up AS f WHERE f.petition_id = p.id"
        " AND (f.satisfaction = 'dissatisfied' OR f.body_satisfaction = 'dissatisfied')) > 1",
    ),
)
"""Why a matter should be supervised."""

_STANDS = {
    "to_supervise": f"(p.stage IN ({_UNDER_WAY}) OR p.stage = 'followed_up')"
    f" AND NOT {_SUPERVISED} AND ({' OR '.join(f'({one.condition})' for one in GROUNDS)})",
    "supervised": _SUPERVISED,
    "consulting": _CONSULTING,
}
_IDS = "SELECT p.id AS id FROM petition AS p WHERE p.state = 'registered' AND {stands}"
_OPEN = f"p.kind IS NOT '{SEALED_CODE}'"
_GROUNDS_HELD = ", ".join(f"({one.condition})" for one in GROUNDS)
_LINES = f"""
    SELECT p.id, p.number, p.received_on, iif({_OPEN}, p.responsible_body, ''),
        iif({_OPEN}, substr(p.claim, 1, 60), '{SEALED_TITLE}'), NOT ({_OPEN}),
        iif({_OPEN}, {_last("words", Action.SUPERVISE)}, ''),
        iif({_OPEN}, {_last("words", Action.CONSULT)}, ''),
        {_last("done_on", Action.SUPERVISE)}, {_last("done_on", Action.CONSULT)},
        (SELECT min(d.due_on) FROM deadline AS d WHERE d.petition_id = p.id
            AND d.rule = 'supervision' AND d.done_on IS NULL),
        {_GROUNDS_HELD}
    FROM petition AS p WHERE p.id IN (SELECT value FROM json_each(?3)) AND ?2 = ?2
"""


def ids(source: Session | Executing, key: str, on: date, *, viewer: Viewer) -> "array[int]":
    """Give the ids of the matters on one of ``LISTS``, the earliest received first."""
    ordered = f"{_IDS.format(stands=_STANDS[key])} AND ?1 = ?1 AND ?2 = ?2"
    sql = f"SELECT json_group_array(id) FROM ({ordered} ORDER BY p.received_on, p.id)"
    found = execute(source, sql, _days(source, on))
    return array("q", json.loads(next(iter(found))[0]))


def counts(source: Session | Executing, on: date, *, viewer: Viewer) -> dict[str, int]:
    """Give how many matters each of ``LISTS`` has, by its key."""
    return {one.key: len(ids(source, one.key, on, viewer=viewer)) for one in LISTS}


def lines(
    source: Session | Executing, key: str, on: date, *, viewer: Viewer
) -> list[SupervisionLine]:
    """Give the lines of one of ``LISTS`` in its order, each with why it stands there."""
    wanted = ids(source, key, on, viewer=viewer)
    found = execute(source, _LINES, (*_days(source, on), json.dumps(list(wanted))))
    by_id = {row[0]: _line(key, on, row) for row in found}
    return [by_id[one] for one in wanted if one in by_id]


def _days(source: Session | Executing, on: date) -> tuple[str, str]:
    before = work_calendar(source).before(on, RETURNED_DAYS)
    return on.isoformat(), before.isoformat()


def _line(key: str, on: date, row: Sequence[object]) -> SupervisionLine:
    identity, number, received_on, body, claim, sealed, demanded, asked = row[:8]
    supervised_on, consulted_on, feedback_due = row[8:11]
    why, until = "", ""
    if key == "to_supervise":
        held = zip(GROUNDS, row[11:], strict=True)
        why = "；".join(ground.title for ground, holds in held if holds)
    elif key == "supervised":
        why, until = _since(supervised_on, "督办", demanded), _until(feedback_due, on)
    else:
        why = _since(consulted_on, "提交", asked)
    return SupervisionLine(
        int(str(identity)),
        str(number),
        date.fromisoformat(str(received_on)) if received_on else None,
        str(body or ""),
        " ".join(str(claim or "").split()),
        bool(sealed),
        why,
        until,
    )


def _since(day: object, what: str, words: object) -> str:
    on = date.fromisoformat(str(day))
    told = f"{on.month}月{on.day}日{what}"
    return f"{told}：{words}" if words else told


def _until(day: object, on: date) -> str:
    return days_in_words((date.fromisoformat(str(day)) - on).days) if day else ""
