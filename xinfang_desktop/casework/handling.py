"""Handling (办理): the one place where a matter moves on, and where a move is taken back.

What may follow is the set of moves in ``flows``; what the law and the office's regulation demand
is checked here before anything is written. Every act is one step that says who did it, on which
day, with which words, and keeps what it wrote over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Action,
    FollowUp,
    LabelledEnum,
    Matter,
    Petition,
    PetitionState,
    Stage,
    Step,
    Verification,
    Viewer,
    Weight,
)
from xinfang_desktop.models.outcomes import HandlingOutcome
from xinfang_desktop.models.way import Act, Actor, Ask, AskKind, Move

from . import deadlines, word_index
from .advice import problems
from .cleaning import clean_text
from .conditions import Facts, Said, holds, refusal
from .flows import ACTS, HANDLING_OUTCOMES, flow_of
from .matters import load_matter, load_matter_by_id
from .written import Writer, put_back

_NOTHING = "没有办理，数据没有改动。"
_VOID = f"这一件已经作废，不能再办理；{_NOTHING}"
_OUT_OF_ORDER = "{stage}时不能“{act}”；" + _NOTHING + "现在可以：{offers}。"
_NO_MOVE = "{stage}时没有可以办理的下一步"
_REFUSED = "“{act}”现在不能办理：{why}。" + _NOTHING
_WANTED = "“{act}”还要写明{title}；" + _NOTHING
_BAD_DAY = "“{act}”的{title}不是日期，请写成2026-10-08的样子；" + _NOTHING
_BAD_CHOICE = "“{act}”的{title}只能是{choices}；" + _NOTHING
_NOT_ASKED = "“{act}”不用填“{key}”；" + _NOTHING
_BEFORE = "“{act}”的日期{day}早于{earlier}（{what}），请核对；" + _NOTHING
_AHEAD = "“{act}”的日期{day}还没有到，请核对；" + _NOTHING
_TOO_LONG = "延期最多到{latest}：延长不得超过30日（条例第三十四条）；" + _NOTHING
_PAST_LIMIT = "“{act}”的{title}{day}早于办理日期{on}，请核对；" + _NOTHING
_NOTHING_TO_TAKE_BACK = "这一件还没有可以撤回的办理步骤；数据没有改动。"
_RECUSAL = (
    "办理或签批的人与信访人或者被反映人同名，有直接利害关系的应当回避（条例第二十八条第三款）；"
    "不是同一人的，"
)
_CONFIRM = "{sentence}确认后可以继续；" + _NOTHING


@dataclass(frozen=True)
class Offer:
    """An act that may follow: the next of the flow, or beside it; ``refusal`` says why not now."""

    act: Act
    is_next: bool
    refusal: str = ""

    @property
    def action(self) -> Action:
        """What it is."""
        return self.act.action


@dataclass(frozen=True)
class Concern:
    """Something to think about before an act; it is done when the concern is confirmed."""

    key: str
    sentence: str


class UnconfirmedError(OfficeError):
    """An act that waits for somebody to think: done again with ``concern.key`` confirmed."""

    def __init__(self, concern: Concern) -> None:
        super().__init__(_CONFIRM.format(sentence=concern.sentence))
        self.concern = concern


@dataclass(frozen=True)
class WayStage:
    """A stage of the way as the window draws it; ``step`` led to it."""

    stage: Stage
    is_done: bool
    is_present: bool
    step: Step | None = None


@dataclass(frozen=True)
class Way:
    """The way of one matter: its flow, the stages passed, where it stands, what is to come."""

    title: str
    basis: str
    stages: tuple[WayStage, ...]
    steps: tuple[Step, ...]


# looking


def offers(session: Session, petition_id: int, *, viewer: Viewer) -> list[Offer]:
    """Give what may follow now, the next act of the flow first; nothing for a void matter.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    facts = facts_of(session, load_matter_by_id(session, petition_id, viewer=viewer))
    return offers_of(facts)


def way(session: Session, petition_id: int, *, viewer: Viewer) -> Way:
    """Give the way of a matter: passed, present, and as it will ordinarily go on.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    facts = facts_of(session, load_matter_by_id(session, petition_id, viewer=viewer))
    flow = flow_of(facts.petition)
    passed = _passed(facts.steps)
    present = facts.petition.stage
    stages = [WayStage(stage, True, False, step) for stage, step in passed[:-1]]
    stages.append(WayStage(present, False, True, passed[-1][1]))
    stages += [WayStage(stage, False, False) for stage in _coming(facts)]
    return Way(flow.title, flow.basis, tuple(stages), facts.steps)


def asks_of(act: Act, facts: Facts) -> list[tuple[Ask, tuple[LabelledEnum, ...], object]]:
    """Give what an act asks in this matter: the ask, its choices, what stands there already."""
    return [
        (ask, _choices(ask, facts), _present(ask, facts))
        for ask in act.asks
        if not ask.when or holds(ask.when, facts, {})
    ]


def who_acts(act: Act, facts: Facts) -> str:
    """Name the role that does an act; who endorses follows the office's rule for the kind."""
    return facts.matter.assigning_leader if act.actor is Actor.ENDORSER else act.actor.label


def facts_of(session: Session, matter: Matter) -> Facts:
    """Give a matter with the acts of its way that count."""
    assert matter.petition.id is not None
    return Facts(matter, tuple(steps_of_way(session, matter.petition.id)))


def steps_of_way(session: Session, petition_id: int) -> list[Step]:
    """Give the acts of the way that were not taken back, in the order they were recorded."""
    query = select(Step).where(
        Step.petition_id == petition_id,
        col(Step.stage).is_not(None),
        col(Step.taken_back).is_(False),
    )
    return list(session.exec(query.order_by(col(Step.id))))


def concerns(facts: Facts, action: Action, *, by: str, on: date, said: Said) -> list[Concern]:
    """Give what should be confirmed before an act: withdrawal (article 28), a late request (35)."""
    found = []
    people = [by, str(said.get("handler") or ""), str(said.get("body") or "")]
    if action in _DECIDING and _is_conflicted(facts, people):
        found.append(Concern("recusal", _RECUSAL))
    if (last := _last_day_to_ask(facts, action)) is not None and on > last:
        found.append(
            Concern(
                "late_request",
                f"请求日期晚于{last.isoformat()}，已过30日（条例第三十五条、第三十六条），"
                "是否受理由复查、复核机关决定；",
            )
        )
    return found


# doing


def step(
    session: Session,
    number: str,
    action: Action,
    *,
    viewer: Viewer,
    now: datetime,
    on: date | None = None,
    at: time | None = None,
    by: str = "",
    confirmed: frozenset[str] = frozenset(),
    said: Mapping[str, object] | None = None,
) -> Step:
    """Do one act in the matter of ``number`` and give its step.

    ``on`` is the day it was done (today where it is not given), ``by`` who did it (the account for
    what the desk does), ``said`` what its asks are answered. ``confirmed`` names the concerns that
    were thought about.

    Raises:
        UnconfirmedError: a concern was not confirmed.
        OfficeError: the act may not follow now, something is wanted or wrong, or the law forbids
            it; nothing was written then.
    """
    matter = load_matter(session, number, viewer=viewer)
    facts = facts_of(session, matter)
    on = on or now.date()
    act, answers = _admitted(facts, action, {**(said or {}), "by": by.strip()})
    who = by.strip() or str(answers.get(act.by_from) or "")
    who = who or (viewer.name if act.actor is Actor.DESK else who_acts(act, facts))
    _check_days(facts, act, answers, on, now.date())
    _check_extension(session, facts, action, answers)
    raised = concerns(facts, action, by=who, on=on, said=answers)
    for concern in raised:
        if concern.key not in confirmed:
            raise UnconfirmedError(concern)
    move = _move(facts, action, str(answers.get("outcome") or ""))
    return _done(session, facts, act, move, answers, on=on, at=at, by=who, now=now)


def take_back(session: Session, number: str, *, viewer: Viewer, now: datetime) -> str:
    """Take the latest act back, also days later, and give what it was, in words.

    What was changed by hand since stays as it is.

    Raises:
        OfficeError: there is none, the matter is void, or not for this viewer.
    """
    matter = load_matter(session, number, viewer=viewer)
    if matter.petition.state is PetitionState.VOID:
        raise OfficeError(_VOID)
    facts = facts_of(session, matter)
    if not facts.steps:
        raise OfficeError(_NOTHING_TO_TAKE_BACK)
    last = facts.steps[-1]
    put_back(session, last.written)
    last.taken_back = True
    session.add(last)
    petition = matter.petition
    told = f"撤回：{last.action.label}"
    assert petition.id is not None
    session.add(
        Step(
            petition_id=petition.id,
            action=Action.TAKE_BACK,
            done_on=now.date(),
            done_by=viewer.name,
            words=told,
            recorded_at=now,
        )
    )
    session.flush()
    _bring_up_to_date(session, matter, now.date())
    return told


# what may follow


def offers_of(facts: Facts) -> list[Offer]:
    """Give what may follow in a matter whose facts are at hand, the next act of the flow first."""
    if facts.petition.state is PetitionState.VOID:
        return []
    moves = list(_moves(facts))
    following = next((move.action for move in moves if move.is_main), None)
    found = {
        move.action: Offer(
            ACTS[move.action],
            move.action is following,
            refusal(_known_needs(ACTS[move.action]), facts, {}),
        )
        for move in moves
    }
    order = list(ACTS)
    return sorted(found.values(), key=lambda one: (not one.is_next, order.index(one.action)))


def _known_needs(act: Act) -> tuple[str, ...]:
    """Give the needs that can be judged before anything is said."""
    return tuple(need for need in act.needs if need not in _ON_ANSWERS)


_ON_ANSWERS = {"not_the_accused", "names_who_approved"}


def _moves(facts: Facts) -> Iterator[Move]:
    stage = facts.petition.stage
    for move in flow_of(facts.petition).moves:
        if move.source is stage and all(holds(name, facts, {}) for name in move.when):
            yield move


def _move(facts: Facts, action: Action, outcome: str) -> Move:
    for move in _moves(facts):
        if move.action is action and (not move.outcomes or outcome in move.outcomes):
            return move
    raise OfficeError(_out_of_order(facts, ACTS[action]))


def _admitted(facts: Facts, action: Action, said: Mapping[str, object]) -> tuple[Act, Said]:
    """Give the act and its answers as they are kept, or refuse."""
    if facts.petition.state is PetitionState.VOID:
        raise OfficeError(_VOID)
    act = ACTS.get(action)
    if act is None or not any(move.action is action for move in _moves(facts)):
        raise OfficeError(_out_of_order(facts, act or action))
    answers = _answers(act, facts, said)
    if why := refusal(act.needs, facts, answers):
        raise OfficeError(_REFUSED.format(act=action.label, why=why))
    return act, answers


def _out_of_order(facts: Facts, what: Act | Action) -> str:
    label = what.action.label if isinstance(what, Act) else what.label
    possible = "、".join(offer.action.label for offer in offers_of(facts))
    stage = facts.petition.stage.label
    return _OUT_OF_ORDER.format(
        stage=f"“{stage}”", act=label, offers=possible or _NO_MOVE.format(stage=stage)
    )


# answers


def _answers(act: Act, facts: Facts, said: Mapping[str, object]) -> dict[str, object]:
    asked = asks_of(act, facts)
    known = {ask.key for ask, _, _ in asked} | {"by"}
    for key in said:
        if key not in known:
            raise OfficeError(_NOT_ASKED.format(act=act.action.label, key=key))
    answers: dict[str, object] = {"by": said.get("by", "")}
    for ask, choices, present in asked:
        given = said.get(ask.key)
        value = _answer(act, ask, choices, present if given is None else given)
        if ask.required and value in (None, ""):
            raise OfficeError(_WANTED.format(act=act.action.label, title=ask.title))
        answers[ask.key] = value
    return answers


def _answer(act: Act, ask: Ask, choices: tuple[LabelledEnum, ...], given: object) -> object:
    if ask.kind is AskKind.DAY:
        return _day(act, ask, given)
    if ask.kind is AskKind.CHOICE:
        if given in (None, ""):
            return None
        for choice in choices:
            if given == choice or given == choice.label:
                return choice
        labels = "、".join(choice.label for choice in choices)
        raise OfficeError(_BAD_CHOICE.format(act=act.action.label, title=ask.title, choices=labels))
    return clean_text(str(given or ""))[0].strip()


def _day(act: Act, ask: Ask, given: object) -> date | None:
    if given in (None, ""):
        return None
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given).strip())
    except ValueError:
        raise OfficeError(_BAD_DAY.format(act=act.action.label, title=ask.title)) from None


def _choices(ask: Ask, facts: Facts) -> tuple[LabelledEnum, ...]:
    if ask.choices is HandlingOutcome and facts.petition.kind is not None:
        return HANDLING_OUTCOMES[facts.petition.kind]
    return tuple(ask.choices) if ask.choices else ()


def _present(ask: Ask, facts: Facts) -> object:
    """Give what stands already where the answer would be kept; a new round begins empty."""
    of, _, name = ask.lands.partition(".")
    matter = facts.matter
    if of == "petition":
        return getattr(matter.petition, name)
    if of == "follow_up" and matter.follow_up.round == facts.round:
        return getattr(matter.follow_up, name)
    if of == "verification" and matter.verification.round == facts.round - 1:
        return getattr(matter.verification, name)
    return None


# days


def _check_days(facts: Facts, act: Act, answers: Said, on: date, today: date) -> None:
    label = act.action.label
    if on > today:
        raise OfficeError(_AHEAD.format(act=label, day=on))
    for earlier, what in _earlier_days(facts, act):
        if on < earlier:
            raise OfficeError(
                _BEFORE.format(act=label, day=on, earlier=earlier.isoformat(), what=what)
            )
    for ask in act.asks:
        day = answers.get(ask.key)
        if ask.kind is AskKind.DAY and isinstance(day, date) and day < on:
            raise OfficeError(
                _PAST_LIMIT.format(act=label, title=ask.title, day=day, on=on.isoformat())
            )


def _earlier_days(facts: Facts, act: Act) -> Iterator[tuple[date, str]]:
    """Give the days that an act may not lie before: receipt, what led here, what it ends."""
    if facts.petition.received_on is not None:
        yield facts.petition.received_on, "收到日期"
    moved = [one for one in facts.steps if one.stage is not one.from_stage]
    if moved:
        yield moved[-1].done_on, f"{moved[-1].action.label}日期"
    for begins, ends in _ENDING.items():
        if act.action is begins and (begun := facts.did(ends)):
            yield begun[-1].done_on, f"{ends.label}日期"


_ENDING = {
    Action.END_MEDIATION: Action.MEDIATE,
    Action.CLOSE_HEARING: Action.OPEN_HEARING,
    Action.CONSULTED: Action.CONSULT,
    Action.FEED_BACK: Action.SUPERVISE,
    Action.ADVICE_ANSWERED: Action.ADVISE,
    Action.EXTEND: Action.ACCEPT,
}


def _check_extension(session: Session, facts: Facts, action: Action, answers: Said) -> None:
    """Extend by at most 30 days beyond the limit, once and for all (article 34)."""
    until = answers.get("until_on")
    if action is not Action.EXTEND or not isinstance(until, date):
        return
    latest = deadlines.latest_extension(session, facts.petition)
    if until > latest:
        raise OfficeError(_TOO_LONG.format(latest=latest.isoformat()))


# concerns

_DECIDING = {
    Action.RECEIVE,
    Action.RECORD_RECEPTION,
    Action.ASSIGN,
    Action.PROPOSE,
    Action.REVIEW_MATTER,
    Action.REVIEW_PETITION,
    Action.CONCLUDE,
    Action.ASSIGN_VERIFICATION,
    Action.ACCOUNT,
    Action.ISSUE_ACCOUNT,
    Action.RECUSE,
}


_DAYS_TO_ASK = 30
"""A petitioner's days to ask for review, and for re-examination (articles 35 and 36)."""


def _is_conflicted(facts: Facts, people: list[str]) -> bool:
    """Tell whether one of ``people`` is called as a petitioner or stands among the accused."""
    petitioners = {person.name.strip() for person in facts.matter.petitioners} - {""}
    accused = facts.petition.accused
    names = filter(None, (name.strip() for name in people))
    return any(name in petitioners or (len(name) > 1 and name in accused) for name in names)


def _last_day_to_ask(facts: Facts, action: Action) -> date | None:
    """Give the last of the 30 days in which review or re-examination may be asked for."""
    if action is Action.REQUEST_REVIEW:
        served = facts.petition.served_on
    elif action is Action.REQUEST_RE_REVIEW:
        decided = facts.did(Action.DECIDE_REVIEW)
        served = decided[-1].done_on if decided else None
    else:
        return None
    return served + timedelta(days=_DAYS_TO_ASK) if served else None


# writing


def _done(
    session: Session,
    facts: Facts,
    act: Act,
    move: Move,
    answers: Said,
    *,
    on: date,
    at: time | None,
    by: str,
    now: datetime,
) -> Step:
    petition = session.get(Petition, facts.petition.id)
    assert petition is not None and petition.id is not None
    writer = Writer(session)
    kept: dict[str, Any] = {}
    for ask in act.asks:
        if ask.key in answers:
            of, _, name = ask.lands.partition(".")
            kept.setdefault(of, {})[name] = answers[ask.key]
    own = kept.pop("step", {})
    told: dict[str, Any] = {**act.marks, **kept.pop("petition", {})}
    if act.dates:
        told[act.dates] = on
    source, target = petition.stage, move.target or petition.stage
    writer.write("petition", petition, stage=target, **told)
    _write_rounds(session, writer, facts, act, kept, on=on, by=by)
    done = Step(
        petition_id=petition.id,
        action=act.action,
        done_on=on,
        done_at=at or (now.time() if on == now.date() else None),
        done_by=by,
        words=str(own.get("words") or ""),
        recorded_at=now,
        from_stage=source,
        stage=target,
        body=str(own.get("body") or answers.get("body") or ""),
        until_on=own.get("until_on"),
        outcome=str(own.get("outcome") or ""),
        written=writer.told,
    )
    session.add(done)
    session.flush()
    _bring_up_to_date(session, facts.matter, now.date())
    return done


def _write_rounds(
    session: Session,
    writer: Writer,
    facts: Facts,
    act: Act,
    kept: Mapping[str, dict[str, Any]],
    *,
    on: date,
    by: str,
) -> None:
    """Write what belongs to the round of asking back, or of verification, that is under way."""
    petition_id = facts.petition.id
    assert petition_id is not None
    if act.action in _ASKING_BACK:
        follow_up = _round(session, FollowUp, petition_id, facts.round)
        values: dict[str, Any] = {**kept.get("follow_up", {}), "made_by": by}
        if act.action is Action.FOLLOW_UP:
            values["made_on"] = on
        elif act.action is Action.CALL_IN_VAIN:
            values["attempts"] = follow_up.attempts + 1
        writer.write("follow_up", follow_up, **values)
    elif act.action is Action.VERIFY:
        verification = _round(session, Verification, petition_id, facts.round)
        original = verification.original_conclusion or facts.answer
        told = kept.get("verification", {})
        writer.write("verification", verification, **{**told, "original_conclusion": original})
    elif "verification" in kept:
        verification = _round(session, Verification, petition_id, facts.round - 1)
        writer.write("verification", verification, **kept["verification"])


_ASKING_BACK = {Action.FOLLOW_UP, Action.CALL_IN_VAIN, Action.UNREACHABLE}


def _round(session: Session, kind: type, petition_id: int, number: int) -> Any:  # noqa: ANN401
    found: SQLModel | None = session.get(kind, (petition_id, number))
    return found or kind(petition_id=petition_id, round=number)


def _bring_up_to_date(session: Session, matter: Matter, today: date) -> None:
    """Bring what hangs on a matter's dates and words up to date: gaps, index, time limits."""
    session.flush()
    petition = matter.petition
    petition.gaps = sum(one.weight is Weight.MISSING for one in problems(matter, today))
    word_index.refresh(session, petition, matter.petitioners)
    deadlines.refresh(session, petition)
    session.flush()


# the way


def _passed(steps: tuple[Step, ...]) -> list[tuple[Stage, Step | None]]:
    """Give the stages passed, without the loops, each with the step that led to it."""
    passed: list[tuple[Stage, Step | None]] = [(Stage.REGISTERED, None)]
    for one in steps:
        assert one.stage is not None
        stages = [stage for stage, _ in passed]
        if one.stage is stages[-1]:
            continue
        if one.stage in stages and one.stage is not Stage.FOLLOWED_UP:
            del passed[stages.index(one.stage) + 1 :]
        else:
            passed.append((one.stage, one))
    return passed


def _coming(facts: Facts) -> Iterator[Stage]:
    """Give the stages to come, as the ordinary way goes on from here."""
    moves = [move for move in flow_of(facts.petition).moves if move.is_main]
    stage, seen = facts.petition.stage, {facts.petition.stage}
    while True:
        assigned = facts.is_assigned or Stage.HANDLING in seen
        ahead = [
            move.target
            for move in moves
            if move.source is stage
            and move.target not in seen
            and all(_will_hold(name, facts, assigned=assigned) for name in move.when)
        ]
        if not ahead or ahead[0] is None:
            return
        stage = ahead[0]
        seen.add(stage)
        yield stage


def _will_hold(name: str, facts: Facts, *, assigned: bool) -> bool:
    """Tell whether a condition holds when the matter comes there by the ordinary way."""
    if name in ("was_assigned", "not_assigned"):
        return assigned is (name == "was_assigned")
    return holds(name, facts, {})
