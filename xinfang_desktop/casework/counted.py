"""The sorts of matters that figures count, as data: by receipt, by act, by time limit, by rating.

Words and formulas of the figures are in ``reports.measures``; here is which matters they mean. The
figures of practice follow what petition bureaus print; articles are those of the 条例 (2022).
"""

from collections.abc import Iterable

from xinfang_desktop.models import (
    Action,
    Channel,
    Extent,
    Kind,
    LabelledEnum,
    MediationResult,
    ReviewOutcome,
    Satisfaction,
    SourceLevel,
    YesNo,
)

from .counting import GROUP_VISIT, Basis, Matters
from .facts import BYPASSING, JOINT, REPEATED

ARRIVED_ON = "ifnull(p.received_on, substr(p.registered_at, 1, 10))"
"""收到日期: the day a matter came in; where it is not known, the day it was registered."""

_COUNTS = "s.stage IS NOT NULL AND s.taken_back = 0"
"""Of a step: it is an act of the way and was not taken back."""


def _codes(codes: Iterable[LabelledEnum]) -> str:
    return ", ".join(f"'{code.value}'" for code in codes)


def _is(column: str, *codes: LabelledEnum) -> str:
    return f"{column} IN ({_codes(codes)})"


def _within(day: str) -> str:
    return f"{day} BETWEEN :first AND :last"


# by receipt

_ARRIVED = Basis("按收到日期", "petition AS p", _within(ARRIVED_ON))

RECEIVED = Matters(_ARRIVED)
REPEATS = RECEIVED.that(REPEATED)
FIRST_TIMERS = RECEIVED.that(f"NOT ({REPEATED})")
GROUP_VISITS = RECEIVED.that(GROUP_VISIT)
JOINT_LETTERS = RECEIVED.that(JOINT)
BYPASSERS = RECEIVED.that(BYPASSING)
URGENT = RECEIVED.that("p.urgent")
UNCLASSIFIED = RECEIVED.that("p.kind IS NULL")
PRESENT = "coalesce(p.attending, p.headcount, 1)"
"""人次: who came (实际来访人数); where it was not noted, who petitioned."""


def came_by(channel: Channel) -> Matters:
    """Give those that came in by a channel."""
    return RECEIVED.that(_is("p.channel", channel))


def came_from(level: SourceLevel) -> Matters:
    """Give those handed down, or the office's own."""
    return RECEIVED.that(_is("p.source_level", level))


def of_kind(kind: Kind) -> Matters:
    """Give those of one of the three kinds (articles 29 to 31)."""
    return RECEIVED.that(_is("p.kind", kind))


def again(matters: Matters, *, repeated: bool) -> Matters:
    """Give those of them that came in before, or those that did not."""
    return matters.that(REPEATED if repeated else f"NOT ({REPEATED})")


# by the days of the matter

_ENDINGS = (
    Action.TRANSFER,
    Action.REFER,
    Action.REFUSE,
    Action.DECLINE,
    Action.OBJECTION_UPHELD,
)
"""Acts that end a matter here without a conclusion."""


def _open(rule: str, *, arrived: str, left: str) -> Matters:
    """Give those that had come by then and were left to handle.

    ``arrived`` compares the day of receipt, ``left`` the day of a conclusion that came too late.
    Those without a conclusion and those concluded late are few, and each has an index.
    """
    rows = (
        "(SELECT id FROM petition INDEXED BY petition_open WHERE concluded_on IS NULL UNION ALL"
        f" SELECT id FROM petition INDEXED BY petition_ended WHERE concluded_on {left}) AS unended"
        " JOIN petition AS p ON p.id = unended.id"
    )
    ended = (
        "EXISTS (SELECT 1 FROM step AS s WHERE s.petition_id = p.id"
        f" AND {_is('s.action', *_ENDINGS)} AND s.done_on {arrived} AND {_COUNTS})"
    )
    return Matters(Basis(rule, rows, f"{ARRIVED_ON} {arrived} AND NOT {ended}"))


ACCEPTED = Matters(Basis("按受理日期", "petition AS p", _within("p.accepted_on")))
CONCLUDED = Matters(Basis("按办结日期", "petition AS p", _within("p.concluded_on")))
SERVED = Matters(Basis("按答复送达日期", "petition AS p", _within("p.served_on")))
CONCLUDED_FIRST_TIMERS = again(CONCLUDED, repeated=False)
SETTLED_AT_ONCE = CONCLUDED_FIRST_TIMERS.that(
    "NOT EXISTS (SELECT 1 FROM petition AS later WHERE later.repeat_of = p.id"
    " AND later.state = 'registered' AND"
    f" {ARRIVED_ON.replace('p.', 'later.')} BETWEEN p.concluded_on AND :reached)"
)
CARRIED_IN = _open("以期初为准", arrived="< :first", left=">= :first")
STILL_OPEN = _open("以期末为准", arrived="<= :last", left="> :last")


def days(matters: Matters, begun: str, ended: str) -> Matters:
    """Give those with both days, each with the days between; the first day is not counted."""
    between = f"julianday({ended}) - julianday({begun})"
    return matters.that(f"{ended} >= {begun}").adding(f"CAST({between} AS INTEGER)")


DAYS_TO_ACCEPT = days(ACCEPTED, ARRIVED_ON, "p.accepted_on")
DAYS_TO_HANDLE = days(CONCLUDED, "p.accepted_on", "p.concluded_on")
DAYS_IN_ALL = days(CONCLUDED, ARRIVED_ON, "p.concluded_on")


# by what was done


def did(*actions: Action) -> Matters:
    """Give those with which something was done in the period; the latest of it tells the rest."""
    return _by_act(_latest(*actions))


def did_as(action: Action, *outcomes: LabelledEnum) -> Matters:
    """Give those with an act in the period that came to one of these, whatever came after it."""
    return _by_act(_latest(action, came_to=f" AND {_is('s.outcome', *outcomes)}"))


def _by_act(acts: str) -> Matters:
    rows = f"{acts} AS act JOIN petition AS p ON p.id = act.petition_id"
    return Matters(Basis("按办理日期", rows, "TRUE"))


def _latest(*actions: Action, came_to: str = "") -> str:
    """Give the latest of these acts in the period, one for each matter."""
    return (
        "(SELECT s.petition_id, s.done_on, max(s.id) AS step_id FROM step AS s"
        f" WHERE {_is('s.action', *actions)} AND {_within('s.done_on')} AND {_COUNTS}{came_to}"
        " GROUP BY s.petition_id)"
    )


def came_to(matters: Matters, *outcomes: LabelledEnum) -> Matters:
    """Give those whose act came to one of these."""
    outcome = "(SELECT s.outcome FROM step AS s WHERE s.id = act.step_id)"
    return matters.that(_is(outcome, *outcomes))


ENDED_OTHERWISE = did(*_ENDINGS).that("p.concluded_on IS NULL")


def leg(begins: tuple[Action, ...], ends: Action) -> Matters:
    """Give those that came from one act to another, each with the days it took.

    The latest end in the period counts, from the latest beginning before it; with no ``begins``
    from the day the matter came in.
    """
    if not begins:
        return days(did(ends), ARRIVED_ON, "act.done_on")
    begun = (
        "(SELECT s.done_on FROM step AS s INDEXED BY step_counted"
        " WHERE s.petition_id = act.petition_id AND s.id < act.step_id"
        f" AND {_is('s.action', *begins)} AND {_COUNTS} ORDER BY s.id DESC LIMIT 1)"
    )
    legs = f"SELECT act.petition_id, act.done_on, {begun} AS begun_on FROM {_latest(ends)} AS act"
    rows = (
        f"(WITH leg AS MATERIALIZED ({legs}) SELECT * FROM leg) AS leg"
        " JOIN petition AS p ON p.id = leg.petition_id"
    )
    whole = Matters(Basis("按办理日期", rows, "TRUE"))
    return days(whole, "leg.begun_on", "leg.done_on")


# by time limit


def limit(*rules: str) -> Matters:
    """Give those with a time limit that ran out in the period, of the rules of these keys.

    One that stands still for a hearing has not run out. Of a matter with several of them all must
    have been kept.
    """
    keys = ", ".join(f"'{rule}'" for rule in rules)
    every = "d.rule IN (SELECT DISTINCT rule FROM deadline) AND d.bearer = 'duty'"
    chosen = f"d.rule IN ({keys})" if rules else every
    latest = (
        "(SELECT d.petition_id, max(d.due_on) AS due_on, min(d.started_on) AS started_on,"
        " min(ifnull(d.done_on <= d.due_on, 0)) AS kept,"
        " min(ifnull(d.done_on <= :reached, 0)) AS done"
        f" FROM deadline AS d WHERE {chosen} AND d.due_on BETWEEN :first AND :passed"
        " AND d.paused_on IS NULL GROUP BY d.petition_id) AS due"
        " JOIN petition AS p ON p.id = due.petition_id"
    )
    return Matters(Basis("按期限届满日", latest, "TRUE"))


def kept(matters: Matters) -> Matters:
    """Give those whose limit was kept."""
    return matters.that("due.kept = 1")


def late(matters: Matters) -> Matters:
    """Give those that were done after the limit, as far as the period reaches."""
    return matters.that("due.kept = 0 AND due.done = 1")


def missed(matters: Matters) -> Matters:
    """Give those that were not done when the period ended."""
    return matters.that("due.kept = 0 AND due.done = 0")


ROUTING = limit("route")
NOTICE = limit("notice", "notice_handed_down")
CONCLUSION = limit("conclude")
_SERVED = "(SELECT a.served_on FROM petition AS a INDEXED BY petition_answer WHERE a.id = p.id)"
ANSWERED = CONCLUSION.that(f"{_SERVED} <= due.due_on")
ASKING_BACK = limit("follow_up")
FEEDBACK = limit("supervision")
REVIEWING = limit("review", "re_review")
ALL_LIMITS = limit()
_PAST_DUE = (
    "SELECT d.petition_id FROM deadline AS d INDEXED BY {index} WHERE d.bearer = 'duty'"
    " AND d.due_on <= :passed AND d.paused_on IS NULL AND d.done_on {done}"
)
OVERDUE = Matters(
    Basis(
        "以期末为准",
        "petition AS p",
        f"p.id IN ({_PAST_DUE.format(index='deadline_open', done='IS NULL')}"
        f" UNION {_PAST_DUE.format(index='deadline_done', done='> :reached')})",
    )
)

_ASKED = "SELECT 1 FROM follow_up AS f WHERE f.petition_id = p.id AND f.made_on <= :reached"
ASKED_BACK_WHEN_DUE = ASKING_BACK.that(f"EXISTS ({_ASKED})")
RATED_WHEN_DUE = ASKING_BACK.that(f"EXISTS ({_ASKED} AND f.satisfaction IS NOT NULL)")


# by rating


def _asked(column: str) -> Matters:
    latest = (
        f"(SELECT f.petition_id, f.{column} AS rating, max(f.round) AS round FROM follow_up AS f"
        f" WHERE {_within('f.made_on')} AND f.{column} IS NOT NULL GROUP BY f.petition_id) AS rated"
        " JOIN petition AS p ON p.id = rated.petition_id"
    )
    return Matters(Basis("按回访日期", latest, "TRUE"))


RATED = _asked("satisfaction")
BODY_RATED = _asked("body_satisfaction")
ASKED_BACK = _asked("made_on")
RATED_AGAIN = RATED.that("rated.round > 1")
UNREACHED = did(Action.UNREACHABLE)
_CONTENT = _is("rated.rating", Satisfaction.SATISFIED, Satisfaction.MOSTLY_SATISFIED)


def content(rated: Matters) -> Matters:
    """Give those who were content: 满意 and 基本满意."""
    return rated.that(_CONTENT)


def rating(rated: Matters, satisfaction: Satisfaction) -> Matters:
    """Give those with one rating."""
    return rated.that(_is("rated.rating", satisfaction))


# 不满意核实, 督办, 会商, 调解, 复查复核

VERIFYING = did(Action.VERIFY)


def _verified() -> Matters:
    basis = did(Action.ISSUE_ACCOUNT).basis
    rounds = (
        " LEFT JOIN verification AS v ON v.petition_id = p.id AND v.round ="
        " (SELECT count(*) FROM step AS s WHERE s.petition_id = p.id AND s.id < act.step_id"
        f" AND {_is('s.action', Action.VERIFY)} AND {_COUNTS})"
    )
    return Matters(Basis(basis.rule, basis.rows + rounds, basis.when))


VERIFIED = _verified()
UNDERSTANDING = VERIFIED.that(_is("v.understanding", YesNo.YES))
MAY_RATE_AGAIN = VERIFIED.that(_is("v.may_rate_again", YesNo.YES))


def found(column: str, *extents: Extent) -> Matters:
    """Give those of which the verification found that something holds, in part, or not."""
    return VERIFIED.that(_is(f"v.{column}", *extents))


MEDIATED = did(Action.END_MEDIATION)
AGREED = came_to(MEDIATED, MediationResult.MEDIATED, MediationResult.SETTLED)
REVIEWED = did(Action.DECIDE_REVIEW)
RE_REVIEWED = did(Action.DECIDE_RE_REVIEW)


def reviewed_as(outcome: ReviewOutcome) -> tuple[Matters, Matters]:
    """Give those whose review, and those whose re-examination, came to this."""
    return came_to(REVIEWED, outcome), came_to(RE_REVIEWED, outcome)


# what the week's consultation looks at

IN_CONSULTATION = Matters(
    Basis(
        "以期末为准",
        "petition AS p",
        f"(SELECT s.action FROM step AS s WHERE s.petition_id = p.id AND s.done_on <= :reached"
        f" AND {_is('s.action', Action.CONSULT, Action.CONSULTED)} AND {_COUNTS}"
        f" ORDER BY s.id DESC LIMIT 1) = '{Action.CONSULT.value}'",
    )
)
DUE_NEXT = Matters(
    Basis(
        "以期末为准",
        "petition AS p",
        "p.id IN (SELECT d.petition_id FROM deadline AS d WHERE d.bearer = 'duty'"
        " AND d.due_on > :last AND d.due_on <= date(:last, '+7 days') AND d.paused_on IS NULL"
        " AND d.done_on IS NULL)",
    )
)
