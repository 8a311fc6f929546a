"""Matter: everything the papers of one petition show, read together and tied to no session.

The forms are bound to its paths (``petition.claim``, ``petitioner.name``), the window edits it,
casework stores it.
"""

from dataclasses import dataclass, field
from datetime import date

from .codes import Relation
from .follow_up import FollowUp
from .history import Step
from .office import OfficeProfile
from .outcomes import RefusalGround
from .petition import Petition
from .petitioner import Petitioner
from .verification import Verification

ANONYMOUS = "匿名"
SEALED_NAME = "检举控告人（保密）"


@dataclass
class IssuedFacts:
    """What a paper is given when it is issued: its own number, its day, who signs it out."""

    number: str = ""
    issued_on: date | None = None
    signer: str = ""
    is_reprint: bool = False


@dataclass
class LatestActs:
    """The latest act of each kind that a paper tells of, of those that were not taken back."""

    assign: Step | None = None
    hand_over: Step | None = None
    transfer: Step | None = None
    refer: Step | None = None
    refuse: Step | None = None
    extend: Step | None = None
    supervise: Step | None = None
    request_review: Step | None = None
    request_re_review: Step | None = None
    due_before_extension: date | None = None

    @property
    def ground(self) -> RefusalGround | None:
        """Why the matter is not taken on."""
        ground = self.refuse.came_to if self.refuse else None
        return ground if isinstance(ground, RefusalGround) else None


@dataclass
class Matter:
    """One petition with its petitioners, its latest follow-up and the office that handles it."""

    office: OfficeProfile
    petition: Petition = field(default_factory=Petition)
    petitioners: list[Petitioner] = field(default_factory=lambda: [Petitioner()])
    follow_up: FollowUp = field(default_factory=FollowUp)
    verification: Verification = field(default_factory=Verification)
    words: dict[str, str] = field(default_factory=dict)
    """What the clerk wrote into the papers of this matter, by paper and blank."""
    decisions: dict[str, Relation] = field(default_factory=dict)
    """What the clerk decided of earlier matters, by number, while this one is not registered."""
    waiting_row: int | None = None
    """The row of a foreign ledger that this matter is being registered from."""
    done: LatestActs = field(default_factory=LatestActs)
    """What was done last in the matter, of what its papers tell."""
    paper: IssuedFacts = field(default_factory=IssuedFacts)
    """The paper being printed; empty while it is only looked at."""

    @property
    def petitioner(self) -> Petitioner:
        """The primary petitioner, the one who is written to and called."""
        return self.petitioners[0]

    @property
    def number(self) -> str:
        """The number, or room to write one by hand."""
        return self.petition.number or self.office.blank_number

    @property
    def names(self) -> str:
        """All petitioners as a paper names them, the primary one first."""
        return "、".join(filter(None, map(name_on_paper, self.petitioners)))

    @property
    def names_outside(self) -> str:
        """The petitioners on papers for another body, which are never told who accuses (30)."""
        return SEALED_NAME if self.petition.is_sealed else self.names

    @property
    def whereabouts(self) -> str:
        """Unit and address of the primary petitioner, as the cell 单位地址 takes them."""
        return " ".join(filter(None, (self.petitioner.unit, self.petitioner.address)))

    @property
    def assigning_leader(self) -> str:
        """Whose endorsement assigns the matter, by the office's rule for its kind."""
        return self.office.endorser(self.petition.kind)

    @property
    def answer(self) -> str:
        """What was answered: the conclusion, or what a visitor was told on the spot.

        Once a department has the matter by an endorsement, what was said on the day is no answer
        to it any more.
        """
        is_assigned = self.done.assign is not None or self.done.hand_over is not None
        return self.petition.conclusion or ("" if is_assigned else self.petition.reception_opinion)

    @property
    def original_conclusion(self) -> str:
        """The reply that is being verified: as noted for the verification, else of the matter."""
        return self.verification.original_conclusion or self.petition.conclusion

    @property
    def relief(self) -> str:
        """What the petitioner is told about relief, by the route of the matter."""
        route = self.petition.route
        return route.relief.format(body=self.office.signature) if route else ""


def blank_matter(office: OfficeProfile) -> Matter:
    """Give the record of an empty paper: nothing is ticked and nothing is written."""
    petition = Petition()
    petition.channel = petition.source_level = None  # type: ignore[assignment]
    return Matter(office=office, petition=petition)


def name_on_paper(petitioner: Petitioner) -> str:
    """Give the name, or 匿名 for somebody who gave none on purpose."""
    return petitioner.name or (ANONYMOUS if petitioner.anonymous else "")
