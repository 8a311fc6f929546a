"""What must hold for a move or an act: named conditions, each with the sentence of a refusal.

A condition that only says whether a move exists in a matter has no sentence: where it does not
hold, the act is not offered at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xinfang_desktop.models import Action, Kind, Matter, Petition, Route, SourceLevel, Step
from xinfang_desktop.models.outcomes import ReviewOutcome

Said = Mapping[str, object]


@dataclass(frozen=True)
class Facts:
    """A matter and the acts of its way that count, in the order they were recorded."""

    matter: Matter
    steps: tuple[Step, ...]

    @property
    def petition(self) -> Petition:
        """The matter itself."""
        return self.matter.petition

    def did(self, *actions: Action) -> list[Step]:
        """Give the acts of these kinds."""
        return [step for step in self.steps if step.action in actions]

    def is_open(self, begins: Action, ends: Action) -> bool:
        """Tell whether something was begun and has not ended yet."""
        both = self.did(begins, ends)
        return bool(both) and both[-1].action is begins

    @property
    def round(self) -> int:
        """The round of asking back that is due: one more than the verifications begun."""
        return 1 + len(self.did(Action.VERIFY))

    @property
    def answer(self) -> str:
        """What the matter was answered: on the spot, the opinion of who received the visitor."""
        return self.matter.answer

    @property
    def is_assigned(self) -> bool:
        """Whether a department has the matter by an endorsement."""
        return bool(self.did(Action.ASSIGN, Action.HAND_OVER))


@dataclass(frozen=True)
class Condition:
    """A thing that holds or not; ``refusal`` says why an act that needs it cannot be done."""

    holds: Callable[[Facts, Said], bool]
    refusal: str = ""


PAIRS: Mapping[str, tuple[Action, Action]] = {
    "mediation": (Action.MEDIATE, Action.END_MEDIATION),
    "hearing": (Action.OPEN_HEARING, Action.CLOSE_HEARING),
    "consultation": (Action.CONSULT, Action.CONSULTED),
    "supervision": (Action.SUPERVISE, Action.FEED_BACK),
}
"""What is begun by one act and ended by another."""


def _runs_by(*routes: Route) -> Callable[[Facts, Said], bool]:
    return lambda facts, _: facts.petition.kind is Kind.REMEDY and facts.petition.route in routes


def _may_be_reviewed(facts: Facts, _: Said) -> bool:
    """Review exists for 信访程序 only, once a written answer was received (article 35)."""
    served = facts.did(Action.REPLY, Action.REQUEST_REVIEW)
    return (
        _runs_by(Route.PETITION)(facts, {}) and bool(served) and served[-1].action is Action.REPLY
    )


def _was_reviewed(facts: Facts, _: Said) -> bool:
    reviews = facts.did(Action.DECIDE_REVIEW, Action.REQUEST_RE_REVIEW)
    if not reviews or reviews[-1].action is not Action.DECIDE_REVIEW:
        return False
    return reviews[-1].outcome != ReviewOutcome.REVOKED


def _not_the_accused(facts: Facts, said: Said) -> bool:
    """Nothing of an accusation goes to whom it accuses (article 30, paragraph 3)."""
    body, accused = str(said.get("body") or "").strip(), facts.petition.accused.strip()
    if not facts.petition.is_sealed or not body or not accused:
        return True
    return body not in accused and accused not in body


def _awaits_adoption(facts: Facts, _: Said) -> bool:
    """Several pieces of advice may be out at a time; a matter is filed without their answers."""
    return len(facts.did(Action.ADVISE)) > len(facts.did(Action.ADVICE_ANSWERED))


def _is_accepted(facts: Facts, _: Said) -> bool:
    return not _runs_by(Route.PETITION)(facts, {}) or facts.petition.accepted_on is not None


def _has_conclusion(facts: Facts, _: Said) -> bool:
    return bool(facts.answer.strip())


def _opened(begins: Action, ends: Action) -> Condition:
    return Condition(lambda facts, _: facts.is_open(begins, ends))


def _closed(begins: Action, ends: Action) -> Condition:
    return Condition(lambda facts, _: not facts.is_open(begins, ends))


CONDITIONS: Mapping[str, Condition] = {
    **{f"in_{name}": _opened(*pair) for name, pair in PAIRS.items()},
    **{f"no_{name}": _closed(*pair) for name, pair in PAIRS.items()},
    "is_from_superior": Condition(
        lambda facts, _: facts.petition.source_level is SourceLevel.SUPERIOR
    ),
    "is_urgent": Condition(lambda facts, _: facts.petition.urgent),
    "is_remedy": Condition(lambda facts, _: facts.petition.kind is Kind.REMEDY),
    "runs_by_petition": Condition(_runs_by(Route.PETITION)),
    "runs_by_petition_or_duty": Condition(_runs_by(Route.PETITION, Route.DUTY)),
    "needs_no_service": Condition(lambda facts, _: not _runs_by(Route.PETITION)(facts, {})),
    "was_accepted": Condition(lambda facts, _: facts.petition.accepted_on is not None),
    "not_accepted_yet": Condition(lambda facts, _: facts.petition.accepted_on is None),
    "was_assigned": Condition(lambda facts, _: facts.is_assigned),
    "not_assigned": Condition(lambda facts, _: not facts.is_assigned),
    "was_received": Condition(lambda facts, _: bool(facts.did(Action.RECEIVE))),
    "was_not_received": Condition(lambda facts, _: not facts.did(Action.RECEIVE)),
    "is_dissatisfied": Condition(
        lambda facts, _: (
            facts.matter.follow_up.is_dissatisfied and facts.matter.follow_up.round == facts.round
        )
    ),
    "may_be_reviewed": Condition(_may_be_reviewed),
    "was_reviewed": Condition(_was_reviewed),
    "awaits_adoption": Condition(_awaits_adoption),
    "is_classified": Condition(
        lambda facts, said: (said.get("kind") or facts.petition.kind) is not None,
        "还没有分类：请先定建议意见、检举控告或申诉求决（条例第二十九条至第三十一条）",
    ),
    "has_route": Condition(
        lambda facts, _: facts.petition.kind is not Kind.REMEDY or facts.petition.route is not None,
        "申诉求决还没有定处理途径（条例第三十一条），请先分类定性",
    ),
    "is_accepted": Condition(
        _is_accepted, "走信访程序的事项还没有受理（条例第三十四条），请先受理并告知信访人"
    ),
    "has_conclusion": Condition(_has_conclusion, "还没有处理（答复）意见及结论，请先填写"),
    "not_the_accused": Condition(
        _not_the_accused, "检举控告不得透露或者转给被检举的人或者单位（条例第三十条第三款）"
    ),
    "names_who_approved": Condition(
        lambda _, said: bool(str(said.get("by") or "").strip()),
        "延期要由本单位负责人批准（条例第三十四条），请写明批准人",
    ),
    "was_verified_where_dissatisfied": Condition(
        lambda facts, _: (
            not facts.matter.follow_up.is_dissatisfied or bool(facts.did(Action.VERIFY))
        ),
        "信访人不满意，还没有核实；请先开始不满意核实（制度附件5）",
    ),
    "nothing_is_open": Condition(
        lambda facts, _: not any(facts.is_open(*pair) for pair in PAIRS.values()),
        "还有调解、听证、会商或督办没有了结，请先记下结果",
    ),
}
"""Every condition that the flows name."""


def holds(name: str, facts: Facts, said: Said) -> bool:
    """Tell whether a condition holds."""
    return CONDITIONS[name].holds(facts, said)


def refusal(names: tuple[str, ...], facts: Facts, said: Said) -> str:
    """Give why an act cannot be done: the first need that does not hold, or nothing."""
    return next((CONDITIONS[name].refusal for name in names if not holds(name, facts, said)), "")
