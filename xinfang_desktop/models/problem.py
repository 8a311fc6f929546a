"""Problem: what is missing or doubtful in a record, said at the field it concerns."""

from dataclasses import dataclass
from enum import Enum


class Weight(Enum):
    """How much a problem matters; none of them keeps a draft from being saved."""

    MISSING = "还缺"
    ADVICE = "请核对"
    LAW = "提醒"


@dataclass(frozen=True)
class Problem:
    """One sentence about the field at ``path`` (the binding path of the forms)."""

    path: str
    text: str
    weight: Weight = Weight.ADVICE
