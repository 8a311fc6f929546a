"""Every figure once more, slowly: recomputed from raw rows, one matter at a time, without SQL.

It shares no line with the program's own counting and is written from the definitions in words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial

from xinfang_desktop.models import (
    Action,
    Adoption,
    Advice,
    Channel,
    Deadline,
    Extent,
    FollowUp,
    Kind,
    MediationResult,
    Petition,
    PetitionState,
    ReviewOutcome,
    Satisfaction,
    SourceLevel,
    Step,
    Verification,
    YesNo,
)
from xinfang_desktop.models.deadline import Bearer
from xinfang_desktop.models.period import Period

from .invented_books import Books

A = Action
ENDINGS = (A.TRANSFER, A.REFER, A.REFUSE, A.DECLINE, A.OBJECTION_UPHELD)
CONTENT = (Satisfaction.SATISFIED, Satisfaction.MOSTLY_SATISFIED)


def arrived(matter: Petition) -> date:
    """Give the day a matter came in."""
    assert matter.registered_at is not None
    return matter.received_on or matter.registered_at.date()


@dataclass
class Seen:
    """One matter with its rows, as a period sees it."""

    books: "Slowly"
    matter: Petition

    @property
    def id(self) -> int:
        assert self.matter.id is not None
        return self.matter.id

    @cached_property
    def steps(self) -> list[Step]:
        """The acts that count, in their order."""
        mine = self.books.steps.get(self.id, [])
        return [one for one in mine if one.stage is not None and not one.taken_back]

    def acts(self, *actions: Action) -> list[Step]:
        """Give the acts of these kinds that lie in the period."""
        return [
            one for one in self.steps if one.action in actions and self.books.holds(one.done_on)
        ]

    @cached_property
    def limits(self) -> list[Deadline]:
        """The limits that ran out in the period."""
        first, passed = self.books.period.first, self.books.passed
        return [
            one
            for one in self.books.limits.get(self.id, [])
            if one.paused_on is None and first <= one.due_on <= passed
        ]

    def due(self, *rules: str) -> list[Deadline]:
        """Give the limits of these rules, or all that the office must keep."""
        if rules:
            return [one for one in self.limits if one.rule in rules]
        return [one for one in self.limits if one.bearer is Bearer.DUTY]

    @cached_property
    def asked(self) -> list[FollowUp]:
        """The rounds of asking back that lie in the period."""
        mine = self.books.asked.get(self.id, [])
        return [one for one in mine if one.made_on and self.books.holds(one.made_on)]

    @cached_property
    def all_asked(self) -> list[FollowUp]:
        """The rounds of asking back up to the end of the period."""
        mine = self.books.asked.get(self.id, [])
        return [one for one in mine if one.made_on and one.made_on <= self.books.reached]

    def rating(self, name: str) -> Satisfaction | None:
        """Give the last rating of the period."""
        rated = [getattr(one, name) for one in self.asked if getattr(one, name) is not None]
        return rated[-1] if rated else None

    def rated_again(self) -> Satisfaction | None:
        """Give the last rating of the period, if it is of a later round than the first."""
        rated = [one for one in self.asked if one.satisfaction is not None]
        return rated[-1].satisfaction if rated and rated[-1].round > 1 else None

    @cached_property
    def verification(self) -> Verification | None:
        """The round of verification whose account was issued last in the period."""
        issued = self.acts(A.ISSUE_ACCOUNT)
        if not issued:
            return None
        rounds = [
            one
            for one in self.steps
            if one.action is A.VERIFY and one.id < issued[-1].id  # type: ignore[operator]
        ]
        mine = self.books.verified.get(self.id, [])
        return next((one for one in mine if one.round == len(rounds)), None)

    def has_ended(self, *, before: date) -> bool:
        """Tell whether nothing was left to do before a day."""
        if self.matter.concluded_on is not None and self.matter.concluded_on < before:
            return True
        return any(one.action in ENDINGS and one.done_on < before for one in self.steps)


class Slowly:
    """The books of one period as the office sees them on one day."""

    def __init__(self, books: Books, period: Period, today: date, many: int) -> None:
        self.period, self.many = period, many
        self.reached = min(period.last, today)
        self.passed = min(period.last, today - timedelta(days=1))
        self.all = books.matters
        self.steps = _by_matter(books.steps)
        self.limits = _by_matter(books.limits)
        self.asked = _by_matter(books.asked)
        self.verified = _by_matter(books.verified)
        self.seen = [
            Seen(self, one) for one in books.matters if one.state is PetitionState.REGISTERED
        ]

    def holds(self, day: date | None) -> bool:
        """Tell whether a day lies in the period."""
        return day is not None and self.period.first <= day <= self.period.last

    def figure(self, key: str) -> tuple[dict[int, int], dict[int, int] | None]:
        """Give the matters of a figure's parts, each with what it adds."""
        above, below = FIGURES[key]
        return self._part(above), self._part(below) if below else None

    def _part(self, part: "Adds") -> dict[int, int]:
        found = {one.id: part(one) for one in self.seen}
        return {id: adds for id, adds in found.items() if adds is not None}


def _by_matter(rows: list) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list] = {}  # type: ignore[type-arg]
    for row in rows:
        found.setdefault(row.petition_id, []).append(row)
    return found


Adds = Callable[[Seen], int | None]
"""What a matter adds to a figure; None where it is not counted."""


def each(is_counted: Callable[[Seen], object]) -> Adds:
    return lambda one: 1 if is_counted(one) else None


def received(one: Seen) -> bool:
    return one.books.holds(arrived(one.matter))


def came(**wanted: object) -> Adds:
    return each(
        lambda one: (
            received(one)
            and all(getattr(one.matter, name) is value for name, value in wanted.items())
        )
    )


def people(one: Seen) -> int:
    if one.matter.attending is not None:
        return one.matter.attending
    return one.matter.headcount if one.matter.headcount is not None else 1


def visited(one: Seen) -> bool:
    return received(one) and one.matter.channel is Channel.VISIT


def in_a_group(one: Seen) -> bool:
    return visited(one) and (one.matter.headcount or 0) >= one.books.many


def adding(is_counted: Callable[[Seen], bool], amount: Callable[[Seen], int]) -> Adds:
    return lambda one: amount(one) if is_counted(one) else None


def is_repeat(one: Seen) -> bool:
    return one.matter.repeat_of is not None


def came_again(channel: Channel, again: bool, one: Seen) -> bool:
    return received(one) and one.matter.channel is channel and is_repeat(one) is again


def signed_by_many(one: Seen) -> bool:
    joint = one.matter.channel in (Channel.LETTER, Channel.ONLINE)
    return received(one) and joint and (one.matter.headcount or 0) >= 5


def concluded(one: Seen) -> bool:
    return one.books.holds(one.matter.concluded_on)


def settled(one: Seen) -> bool:
    if not concluded(one) or is_repeat(one):
        return False
    ended = one.matter.concluded_on
    return not any(
        other.repeat_of == one.id
        and other.state is PetitionState.REGISTERED
        and ended is not None
        and ended <= arrived(other) <= one.books.reached
        for other in one.books.all
    )


def carried_in(one: Seen) -> bool:
    first = one.books.period.first
    return arrived(one.matter) < first and not one.has_ended(before=first)


def still_open(one: Seen) -> bool:
    after = one.books.period.last + timedelta(days=1)
    return arrived(one.matter) < after and not one.has_ended(before=after)


def overdue(one: Seen) -> bool:
    return any(
        limit.bearer is Bearer.DUTY
        and limit.paused_on is None
        and limit.due_on <= one.books.passed
        and (limit.done_on is None or limit.done_on > one.books.reached)
        for limit in one.books.limits.get(one.id, [])
    )


def was_kept(limit: Deadline) -> bool:
    return limit.done_on is not None and limit.done_on <= limit.due_on


def ran_out(*rules: str) -> Adds:
    return each(lambda one: one.due(*rules))


def kept(*rules: str) -> Adds:
    return each(lambda one: one.due(*rules) and all(map(was_kept, one.due(*rules))))


def not_kept(*rules: str, done: bool) -> Adds:
    def is_so(one: Seen) -> bool:
        limits = one.due(*rules)
        if not limits or all(map(was_kept, limits)):
            return False
        reached = one.books.reached
        return done is all(
            limit.done_on is not None and limit.done_on <= reached for limit in limits
        )

    return each(is_so)


def answered(one: Seen) -> bool:
    limits, served = one.due("conclude"), one.matter.served_on
    return bool(limits) and served is not None and served <= max(one.due_on for one in limits)


def between(begun: date | None, ended: date | None) -> int | None:
    if begun is None or ended is None or ended < begun:
        return None
    return (ended - begun).days


def days_to_accept(one: Seen) -> int | None:
    matter = one.matter
    return (
        between(arrived(matter), matter.accepted_on)
        if one.books.holds(matter.accepted_on)
        else None
    )


def days_to_handle(one: Seen) -> int | None:
    return between(one.matter.accepted_on, one.matter.concluded_on) if concluded(one) else None


def days_in_all(one: Seen) -> int | None:
    return between(arrived(one.matter), one.matter.concluded_on) if concluded(one) else None


def leg(begins: tuple[Action, ...], ends: Action, one: Seen) -> int | None:
    ended = one.acts(ends)
    if not ended:
        return None
    last = ended[-1]
    if not begins:
        return between(arrived(one.matter), last.done_on)
    before = [
        step for step in one.steps if step.action in begins and (step.id or 0) < (last.id or 0)
    ]
    return between(before[-1].done_on, last.done_on) if before else None


def average(days: Adds) -> tuple[Adds, Adds]:
    return days, each(lambda one: days(one) is not None)


def did(*actions: Action) -> tuple[Adds, None]:
    return each(lambda one: one.acts(*actions)), None


def came_to(action: Action, *outcomes: str) -> Adds:
    return each(lambda one: one.acts(action) and one.acts(action)[-1].outcome in outcomes)


def did_as(action: Action, outcome: str) -> tuple[Adds, None]:
    return each(lambda one: any(act.outcome == outcome for act in one.acts(action))), None


def rated(name: str, *ratings: Satisfaction) -> Adds:
    wanted = ratings or tuple(Satisfaction)
    return each(lambda one: one.rating(name) in wanted)


def verification(name: str, value: object) -> tuple[Adds, None]:
    return each(
        lambda one: one.verification is not None and getattr(one.verification, name) is value
    ), None


def limits(key: str, *rules: str) -> dict[str, tuple[Adds, Adds | None]]:
    return {
        f"{key}_rate": (kept(*rules), ran_out(*rules)),
        f"{key}_late": (not_kept(*rules, done=True), None),
        f"{key}_missed": (not_kept(*rules, done=False), None),
    }


COUNTED = each(received)
ASKING = ran_out("follow_up")
FIGURES: Mapping[str, tuple[Adds, Adds | None]] = {
    "received": (COUNTED, None),
    "letters": (came(channel=Channel.LETTER), None),
    "visits": (each(visited), None),
    "visitors": (adding(visited, people), None),
    "calls": (came(channel=Channel.PHONE), None),
    "online": (came(channel=Channel.ONLINE), None),
    "by_agent": (came(channel=Channel.AGENT), None),
    "online_share": (came(channel=Channel.ONLINE), COUNTED),
    "from_superior": (came(source_level=SourceLevel.SUPERIOR), None),
    "own": (came(source_level=SourceLevel.OWN), None),
    "suggestions": (came(kind=Kind.SUGGESTION), None),
    "accusations": (came(kind=Kind.ACCUSATION), None),
    "remedies": (came(kind=Kind.REMEDY), None),
    "unclassified": (came(kind=None), None),
    "group_visits": (each(in_a_group), None),
    "group_visitors": (adding(in_a_group, people), None),
    "joint_letters": (each(signed_by_many), None),
    "bypassing": (came(bypassing=True), None),
    "urgent": (came(urgent=True), None),
    "petitioners": (adding(received, lambda one: one.matter.headcount or 0), None),
    "involved": (adding(received, lambda one: one.matter.involved or 0), None),
    "first_time": (each(lambda one: received(one) and not is_repeat(one)), None),
    "repeated": (each(lambda one: received(one) and is_repeat(one)), None),
    "repeat_rate": (each(lambda one: received(one) and is_repeat(one)), COUNTED),
    **{
        f"{prefix}_{name}": (each(partial(came_again, channel, again)), None)
        for name, channel in (("letters", Channel.LETTER), ("visits", Channel.VISIT))
        for prefix, again in (("first", False), ("repeated", True))
    },
    "settled_at_once": (
        each(settled),
        each(lambda one: concluded(one) and not is_repeat(one)),
    ),
    "carried_in": (each(carried_in), None),
    "accepted": (each(lambda one: one.books.holds(one.matter.accepted_on)), None),
    "informed": did(A.INFORM),
    "transferred": did(A.TRANSFER),
    "assigned": did(A.ASSIGN, A.HAND_OVER),
    "handed_over": did(A.HAND_OVER),
    "referred": did(A.REFER),
    "refused": did(A.REFUSE),
    "declined": did(A.DECLINE),
    "returned": did(A.RETURN),
    "objected": did(A.OBJECT),
    "extended": did(A.EXTEND),
    "concluded": (each(concluded), None),
    "ended_otherwise": (
        each(lambda one: one.acts(*ENDINGS) and one.matter.concluded_on is None),
        None,
    ),
    "replied": (each(lambda one: one.books.holds(one.matter.served_on)), None),
    "still_open": (each(still_open), None),
    "overdue": (each(overdue), None),
    **limits("routing", "route"),
    **limits("notice", "notice", "notice_handed_down"),
    **limits("conclusion", "conclude"),
    "reply_rate": (each(answered), ran_out("conclude")),
    **limits("feedback", "supervision"),
    **limits("review", "review", "re_review"),
    "all_limits_rate": (kept(), ran_out()),
    "days_to_accept": average(days_to_accept),
    "days_to_handle": average(days_to_handle),
    "days_in_all": average(days_in_all),
    "days_to_sign_in": average(partial(leg, (), A.SIGN_IN)),
    "days_to_assign": average(partial(leg, (A.SIGN_IN,), A.ASSIGN)),
    "days_to_propose": average(partial(leg, (A.ASSIGN, A.HAND_OVER), A.PROPOSE)),
    "days_to_conclude": average(partial(leg, (A.PROPOSE,), A.CONCLUDE)),
    "days_to_reply": average(partial(leg, (A.CONCLUDE,), A.REPLY)),
    "days_to_follow_up": average(partial(leg, (A.REPLY,), A.FOLLOW_UP)),
    "asked_back": (each(lambda one: one.asked), None),
    "follow_up_rate": (each(lambda one: one.due("follow_up") and one.all_asked), ASKING),
    "timely_follow_up_rate": (kept("follow_up"), ASKING),
    "unreached": did(A.UNREACHABLE),
    "rating_rate": (
        each(
            lambda one: (
                one.due("follow_up")
                and any(asked.satisfaction is not None for asked in one.all_asked)
            )
        ),
        ASKING,
    ),
    "rated": (rated("satisfaction"), None),
    "satisfied": (rated("satisfaction", Satisfaction.SATISFIED), None),
    "mostly_satisfied": (rated("satisfaction", Satisfaction.MOSTLY_SATISFIED), None),
    "dissatisfied": (rated("satisfaction", Satisfaction.DISSATISFIED), None),
    "satisfaction_rate": (rated("satisfaction", *CONTENT), rated("satisfaction")),
    "body_satisfaction_rate": (rated("body_satisfaction", *CONTENT), rated("body_satisfaction")),
    "verifying": did(A.VERIFY),
    "verified": did(A.ISSUE_ACCOUNT),
    **{
        f"{name}_{extent.value}": verification(name, extent)
        for name in ("substantiated", "reasonable")
        for extent in Extent
    },
    "understanding": verification("understanding", YesNo.YES),
    "may_rate_again": verification("may_rate_again", YesNo.YES),
    "satisfied_after": (
        each(lambda one: one.rated_again() in CONTENT),
        each(lambda one: one.rated_again() is not None),
    ),
    "supervised": did(A.SUPERVISE),
    "fed_back": did(A.FEED_BACK),
    "advised": did(A.ADVISE),
    "advice_answered": did(A.ADVICE_ANSWERED),
    **{f"advised_{kind.value}": did_as(A.ADVISE, kind) for kind in Advice},
    **{f"advice_{adoption.value}": did_as(A.ADVICE_ANSWERED, adoption) for adoption in Adoption},
    "consulted": did(A.CONSULT),
    "discussed": did(A.CONSULTED),
    "urgent_reports": did(A.REPORT_URGENT),
    "hearings": did(A.CLOSE_HEARING),
    "mediated": did(A.END_MEDIATION),
    "agreement_rate": (
        came_to(A.END_MEDIATION, MediationResult.MEDIATED, MediationResult.SETTLED),
        did(A.END_MEDIATION)[0],
    ),
    "review_requests": did(A.REQUEST_REVIEW),
    "reviews": did(A.DECIDE_REVIEW),
    "re_review_requests": did(A.REQUEST_RE_REVIEW),
    "re_reviews": did(A.DECIDE_RE_REVIEW),
    **{
        f"{prefix}_{outcome.value}": (came_to(action, outcome), None)
        for prefix, action in (("review", A.DECIDE_REVIEW), ("re_review", A.DECIDE_RE_REVIEW))
        for outcome in ReviewOutcome
    },
}
"""Every figure by its key: what is above the line, and what is below where there is a line."""
