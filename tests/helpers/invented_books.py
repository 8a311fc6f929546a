"""Invented books of an office for figures: matters, acts, limits and ratings, thrown by a die.

What the window would never let happen happens here too: what matters is that every figure is right
on whatever rows there are. Most days lie at the ends of months, where figures go wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlcipher3 import dbapi2 as driver
from sqlmodel import SQLModel

from xinfang_desktop.models import (
    Action,
    Adoption,
    Advice,
    Channel,
    Deadline,
    Extent,
    FollowUp,
    HandlingOutcome,
    Kind,
    LabelledEnum,
    MediationResult,
    Petition,
    PetitionState,
    ReviewOutcome,
    Route,
    Satisfaction,
    SourceLevel,
    Stage,
    Step,
    Verification,
    YesNo,
)
from xinfang_desktop.models.deadline import Bearer
from xinfang_desktop.store.migrations import migrate

CATEGORIES = ("", "城乡建设", "城乡建设/住房保障与房地产", "民政/社会救助", "自编的类/小类")
PLACES = ("", "灵芝街道", "东浦街道")
BODIES = ("", "建设部", "综合事务部", "安居办")
RULES = {
    "route": Bearer.DUTY,
    "notice": Bearer.DUTY,
    "notice_handed_down": Bearer.DUTY,
    "conclude": Bearer.DUTY,
    "follow_up": Bearer.DUTY,
    "supervision": Bearer.DUTY,
    "review": Bearer.DUTY,
    "re_review": Bearer.DUTY,
    "objection": Bearer.OPTION,
    "review_request": Bearer.RIGHT,
}
_EDGES = tuple(
    edge + timedelta(days=shift)
    for edge in (date(2025, 10, 1), date(2025, 11, 1), date(2026, 9, 1), date(2026, 10, 1))
    for shift in (-1, 0)
) + (date(2026, 10, 31), date(2026, 11, 1))
_ACTS = tuple(action for action in Action if action.value not in ("register", "amend", "void"))
_OUTCOMES: dict[Action, type[LabelledEnum]] = {
    Action.ADVISE: Advice,
    Action.ADVICE_ANSWERED: Adoption,
    Action.PROPOSE: HandlingOutcome,
    Action.END_MEDIATION: MediationResult,
    Action.DECIDE_REVIEW: ReviewOutcome,
    Action.DECIDE_RE_REVIEW: ReviewOutcome,
}


@dataclass
class Books:
    """All rows that figures are made of."""

    matters: list[Petition] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    limits: list[Deadline] = field(default_factory=list)
    asked: list[FollowUp] = field(default_factory=list)
    verified: list[Verification] = field(default_factory=list)

    def put_into(self, connection: Any) -> None:  # noqa: ANN401 - untyped driver
        """Let a database hold these books and no others."""
        for kind in (Step, Deadline, FollowUp, Verification, Petition):
            connection.execute(f"DELETE FROM {kind.__tablename__}")
        for rows in (self.matters, self.steps, self.limits, self.asked, self.verified):
            enter(connection, rows)


def empty_database() -> Any:  # noqa: ANN401 - untyped driver
    """Give an empty database of today's schema, in memory."""
    connection = driver.connect(":memory:", isolation_level=None)
    migrate(connection)
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def enter(connection: Any, records: Iterable[SQLModel]) -> None:  # noqa: ANN401
    """Write records of one kind, past every check of the office."""
    rows = list(records)
    if not rows:
        return
    kind = type(rows[0])
    names = [name for name in kind.model_fields]
    marks = ", ".join("?" * len(names))
    columns = ", ".join(f'"{name}"' for name in names)
    connection.executemany(
        f"INSERT INTO {kind.__tablename__} ({columns}) VALUES ({marks})",
        [tuple(_stored(getattr(row, name)) for name in names) for row in rows],
    )


def _stored(value: object) -> object:
    match value:
        case LabelledEnum():
            return value.value
        case datetime():
            return value.isoformat(" ", "microseconds")
        case date() | time():
            return value.isoformat()
        case _:
            return value


def invented_books(random: Random, matters: int) -> Books:
    """Invent the books of so many matters."""
    books = Books()
    for id in range(1, matters + 1):
        petition = _petition(random, id)
        books.matters.append(petition)
        _acts(random, books, id)
        _limits(random, books, id)
        _rounds(random, books, id)
    return books


def _day(random: Random) -> date:
    if random.random() < 0.5:
        return random.choice(_EDGES)
    return date(2026, 8, 20) + timedelta(days=random.randrange(90))


def _maybe(random: Random, chance: float) -> date | None:
    return _day(random) if random.random() < chance else None


def _either(random: Random, choices: type[LabelledEnum], none: float = 0.2) -> Any:  # noqa: ANN401
    return None if random.random() < none else random.choice(list(choices))


def _petition(random: Random, id: int) -> Petition:
    state = random.choice(
        [PetitionState.REGISTERED] * 8 + [PetitionState.VOID, PetitionState.MERGED]
    )
    repeats = id > 1 and random.random() < 0.3
    return Petition(
        id=id,
        number=f"镜访〔2026〕{id}号",
        series="镜访",
        year=2026,
        serial=id,
        state=state,
        void_reason="重复登记" if state is PetitionState.VOID else "",
        channel=random.choice(list(Channel)),
        source_level=random.choice(list(SourceLevel)),
        kind=_either(random, Kind, 0.1),
        route=_either(random, Route),
        category=random.choice(CATEGORIES),
        location=random.choice(PLACES),
        responsible_body=random.choice(BODIES),
        received_on=_maybe(random, 0.9),
        registered_at=datetime.combine(_day(random), time(9, 30)),
        headcount=random.choice((None, 0, 1, 2, 4, 5, 6, 30)),
        attending=random.choice((None, None, 0, 1, 5)),
        involved=random.choice((None, 3, 50)),
        urgent=random.random() < 0.2,
        bypassing=random.random() < 0.2,
        accepted_on=_maybe(random, 0.6),
        concluded_on=_maybe(random, 0.5),
        served_on=_maybe(random, 0.4),
        stage=random.choice(list(Stage)),
        repeat_of=random.randrange(1, id) if repeats else None,
    )


_USUAL = (
    (
        Action.SIGN_IN,
        Action.ASSIGN,
        Action.PROPOSE,
        Action.CONCLUDE,
        Action.REPLY,
        Action.FOLLOW_UP,
    ),
    (Action.VERIFY, Action.ISSUE_ACCOUNT, Action.VERIFY, Action.ISSUE_ACCOUNT),
    (Action.ADVISE, Action.ADVISE, Action.ADVICE_ANSWERED, Action.ADVICE_ANSWERED),
    (Action.MEDIATE, Action.END_MEDIATION, Action.REQUEST_REVIEW, Action.DECIDE_REVIEW),
    (Action.REQUEST_RE_REVIEW, Action.DECIDE_RE_REVIEW),
)
"""Acts that follow each other; thrown singly, they hardly ever would."""


def _acts(random: Random, books: Books, matter: int) -> None:
    """Do some of the usual acts one after the other, and some at random."""
    usual = random.choice(_USUAL)
    days = sorted(_day(random) for _ in usual)
    acts = [*zip(usual, days, strict=True)]
    acts += [(random.choice(_ACTS), _day(random)) for _ in range(random.randrange(6))]
    if random.random() < 0.3:
        random.shuffle(acts)
    for action, day in acts:
        of_the_way = random.random() < 0.9
        outcomes = _OUTCOMES.get(action)
        books.steps.append(
            Step(
                id=len(books.steps) + 1,
                petition_id=matter,
                action=action,
                done_on=day,
                recorded_at=datetime.combine(day, time(10)),
                from_stage=Stage.REGISTERED if of_the_way else None,
                stage=Stage.HANDLING if of_the_way else None,
                outcome=random.choice(list(outcomes)).value if outcomes else "",
                taken_back=random.random() < 0.15,
            )
        )


def _limits(random: Random, books: Books, matter: int) -> None:
    for rule, bearer in RULES.items():
        for occurrence in range(1, random.choice((0, 0, 1, 1, 2)) + 1):
            due, extended = _day(random), random.random() < 0.15
            books.limits.append(
                Deadline(
                    petition_id=matter,
                    rule=rule,
                    occurrence=occurrence,
                    bearer=bearer,
                    started_on=due - timedelta(days=15),
                    nominal_on=due,
                    due_on=due,
                    alarm_on=due,
                    warn_on=due,
                    extended_to=due if extended else None,
                    paused_on=due if random.random() < 0.1 else None,
                    done_on=_maybe(random, 0.7),
                )
            )


def _rounds(random: Random, books: Books, matter: int) -> None:
    for number in range(1, random.choice((0, 1, 1, 2, 3)) + 1):
        books.asked.append(
            FollowUp(
                petition_id=matter,
                round=number,
                made_on=_maybe(random, 0.9),
                satisfaction=_either(random, Satisfaction),
                body_satisfaction=_either(random, Satisfaction, 0.4),
            )
        )
        books.verified.append(
            Verification(
                petition_id=matter,
                round=number,
                substantiated=_either(random, Extent),
                reasonable=_either(random, Extent),
                understanding=_either(random, YesNo),
                may_rate_again=_either(random, YesNo),
            )
        )
