"""Act, Move and Flow: what the way of a matter is made of; the office's flows are data of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from .codes import Action
from .labelled import LabelledEnum
from .stage import Stage


class Actor(LabelledEnum):
    """Who acts, as annexes 1 and 2 of the office's regulation name them."""

    DESK = "desk", "信访办"
    DEPARTMENT = "department", "承办部室（单位）"
    HANDLER = "handler", "事项承办人"
    MATTER_LEADER = "matter_leader", "事项分管领导"
    PETITION_LEADER = "petition_leader", "信访分管领导"
    PRINCIPAL = "principal", "主职领导"
    ENDORSER = "endorser", "签批领导"
    OTHER_BODY = "other_body", "其他机关、单位"
    PETITIONER = "petitioner", "信访人"


class AskKind(Enum):
    """How something is answered: a line, a long text, a day, or one of some choices."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Ask:
    """One thing that an act wants to be told, and where it is kept.

    ``lands`` is ``record.field`` of the step, the petition, the latest follow-up or the latest
    verification; what stands there already is offered again. ``when`` names the condition under
    which it is asked at all.
    """

    key: str
    title: str
    lands: str
    kind: AskKind = AskKind.LINE
    choices: type[LabelledEnum] | None = None
    required: bool = False
    when: str = ""


@dataclass(frozen=True)
class Act:
    """One act of handling: who does it, what it asks, what it prints and what it rests on.

    ``dates`` names the day of the petition that the act sets, ``marks`` what it sets besides;
    ``papers`` are the keys of what is printed with it, the usual one first. ``needs`` names the
    conditions without which it is refused with a reason. ``by_title`` is what whoever does it is
    called; where ``by_from`` names an ask, its answer says who did it, and nobody is asked twice.
    """

    action: Action
    actor: Actor
    basis: str
    asks: tuple[Ask, ...] = ()
    papers: tuple[str, ...] = ()
    dates: str = ""
    marks: Mapping[str, object] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    by_title: str = "经办人"
    by_from: str = ""


@dataclass(frozen=True)
class Move:
    """From which stage an act leads to which; without a target the stage stays.

    It exists where all of ``when`` holds; ``outcomes`` narrows it to what the act came to.
    ``is_main`` marks the ordinary way on.
    """

    action: Action
    source: Stage
    target: Stage | None = None
    when: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    is_main: bool = False


@dataclass(frozen=True)
class Flow:
    """The way of one sort of matter: for which it is, and every move that is allowed."""

    key: str
    title: str
    basis: str
    moves: tuple[Move, ...]
