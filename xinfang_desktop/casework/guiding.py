"""What the window and the papers offer by themselves: the act to do next, its papers, its words.

Nothing is decided here: what may be done stands in ``flows``, whether it may in ``handling``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from xinfang_desktop.models import Action, Satisfaction, Stage, Viewer
from xinfang_desktop.models.way import Act, Actor

from .conditions import CONDITIONS, Facts, holds
from .flows import ACTS, VISIT, flow_of
from .handling import Offer

VISIT_FORM = "visit_registration"
PROCESS_SHEET = "process_sheet_2211"

_CLEARS: Mapping[str, tuple[Action, ...]] = {
    "is_classified": (Action.CLASSIFY,),
    "has_route": (Action.CLASSIFY,),
    "is_accepted": (Action.ACCEPT,),
    "was_verified_where_dissatisfied": (Action.VERIFY,),
    "nothing_is_open": (
        Action.END_MEDIATION,
        Action.CLOSE_HEARING,
        Action.CONSULTED,
        Action.FEED_BACK,
    ),
}
"""Which acts bring about what another one needs."""

_ONLY_WHERE: Mapping[str, str] = {"handling_opinion": "runs_by_petition"}
"""Papers that belong to an act under a condition only (article 31, item 6)."""

_BESIDE: Mapping[str, tuple[Stage, ...]] = {
    "liaison_letter": (Stage.ASSIGNING, Stage.HANDLING, Stage.REHANDLING)
}
"""Papers of no act: while handling is under way another unit may be asked for help (annex 7)."""


def next_offer(offers: Sequence[Offer], facts: Facts) -> Offer | None:
    """Give what to do next: the next act of the flow, or the one that clears the way for it."""
    following = next((offer for offer in offers if offer.is_next), None)
    if following is None or not following.refusal:
        return following
    wanted = _what_clears(following.act, facts)
    return next((offer for offer in offers if offer.action in wanted), following)


def own_paper(facts: Facts) -> str:
    """Give the paper that a matter lives on: a visitor's own form, else the process sheet."""
    return VISIT_FORM if flow_of(facts.petition) is VISIT else PROCESS_SHEET


def papers_of_act(act: Act, facts: Facts) -> tuple[str, ...]:
    """Give the papers that an act prints in this matter, the usual one first."""
    return tuple(
        key for key in act.papers if key not in _ONLY_WHERE or holds(_ONLY_WHERE[key], facts, {})
    )


def papers_of(facts: Facts, offers: Iterable[Offer]) -> tuple[str, ...]:
    """Give the papers that belong to a matter as it stands: its own, of what was and may be done.

    Papers of what can only be begun later, or never in such a matter, are not among them.
    """
    acts = [ACTS[step.action] for step in facts.steps if step.action in ACTS]
    acts = [*(offer.act for offer in offers), *acts]
    papers = [own_paper(facts), *(key for act in acts for key in papers_of_act(act, facts))]
    papers += [key for key, stages in _BESIDE.items() if facts.petition.stage in stages]
    return tuple(dict.fromkeys(papers))


def is_leaders(act: Act) -> bool:
    """Tell whether a leader does an act, by hand on the paper."""
    return act.actor in _LEADERS


_LEADERS = (Actor.MATTER_LEADER, Actor.PETITION_LEADER, Actor.PRINCIPAL, Actor.ENDORSER)


def usual_by(act: Act, facts: Facts, viewer: Viewer) -> str:
    """Name who ordinarily does an act, as far as it is known; a leader is never guessed."""
    if act.actor is Actor.DESK:
        return viewer.name
    asked = facts.did(*_ANSWERED_BY.get(act.action, ()))
    return asked[-1].body if asked else ""


_ANSWERED_BY: Mapping[Action, tuple[Action, ...]] = {
    Action.DECIDE_REVIEW: (Action.REQUEST_REVIEW,),
    Action.DECIDE_RE_REVIEW: (Action.REQUEST_RE_REVIEW,),
    Action.OBJECTION_UPHELD: (Action.OBJECT,),
    Action.OBJECTION_REJECTED: (Action.OBJECT,),
    Action.FEED_BACK: (Action.SUPERVISE,),
    Action.ADVICE_ANSWERED: (Action.ADVISE,),
}
"""Acts of a body that an earlier act was addressed to."""


def usual_words(action: Action, facts: Facts) -> dict[str, str]:
    """Give what the asks of an act are ordinarily answered, by their keys; the clerk may change it.

    The words of a leader are never made up.
    """
    return {
        key: text
        for (of, key), words in _USUAL_WORDS.items()
        if of is action and (text := words(facts))
    }


def _superior(facts: Facts) -> str:
    return facts.matter.office.superior_bureau


def _requirement(facts: Facts) -> str:
    """What a verification must answer (annex 5), from what the petitioner said when asked back."""
    said = facts.matter.follow_up
    rated = {"信访办": said.satisfaction, "责任单位": said.body_satisfaction}
    whom = "、".join(who for who, how in rated.items() if how is Satisfaction.DISSATISFIED)
    when = f"{said.made_on.month}月{said.made_on.day}日" if said.made_on else ""
    told = f"信访人说：{said.remarks.strip()}\n" if said.remarks.strip() else ""
    return (
        f"{when}回访，信访人对{whom or '办理情况'}不满意。\n{told}"
        "请重新核实并说明：一、反映的问题是否属实；二、诉求是否合理；"
        "三、原处理（答复）意见是否落实到位；四、与信访人沟通的情况。"
    )


_USUAL_WORDS: Mapping[tuple[Action, str], Callable[[Facts], str]] = {
    (Action.OBJECT, "body"): _superior,
    (Action.REPORT, "body"): _superior,
    (Action.SUPERVISE, "body"): lambda facts: facts.petition.responsible_body,
    (Action.ADVISE, "body"): lambda facts: facts.petition.responsible_body,
    (Action.VERIFY, "requirement"): _requirement,
}


def _what_clears(act: Act, facts: Facts) -> tuple[Action, ...]:
    """Name the acts that bring about the first thing which ``act`` needs and does not have."""
    for name in act.needs:
        if CONDITIONS[name].refusal and not holds(name, facts, {}):
            return _CLEARS.get(name, ())
    return ()


def leads_to(action: Action, facts: Facts) -> Stage | None:
    """Give the stage that an act ordinarily leads to; None where the matter stays where it is."""
    for move in flow_of(facts.petition).moves:
        if (
            move.action is action
            and move.source is facts.petition.stage
            and all(holds(name, facts, {}) for name in move.when)
        ):
            return move.target
    return None
