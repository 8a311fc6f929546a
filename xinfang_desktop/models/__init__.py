"""Tables and enumerations of petition work; no session, no window.

Importing this package imports every table, so that ``SQLModel.metadata`` is complete.
"""

from .account import OFFICE_SETTING, RIGHTS, Account, Right, Setting, Viewer
from .acts import DOING, STAYS, ActDone, Acts, Doing, RowChange
from .audit import AuditEntry, FieldChange, Note, Noted, act_title
from .bin import DiscardedDraft
from .codes import (
    Action,
    Channel,
    DocumentType,
    FollowUpMethod,
    Kind,
    LetterHead,
    PetitionState,
    Relation,
    Role,
    Satisfaction,
    Sex,
    SourceLevel,
    YesNo,
)
from .follow_up import FollowUp
from .history import Draft, Step
from .labelled import LabelledEnum
from .matter import IssuedFacts, Matter, blank_matter, name_on_paper
from .office import Leader, OfficeProfile
from .outcomes import (
    Extent,
    HandlingOutcome,
    MediationResult,
    MediationTier,
    ReceptionBy,
    RefusalGround,
    ReviewOutcome,
    ServiceMethod,
    SupervisionReason,
    VerificationMethod,
)
from .paper import IssuedPaper, PaperWords
from .petition import NumberSeries, Petition, PetitionLink
from .petitioner import Participation, Petitioner
from .problem import Problem, Weight
from .route import Route
from .stage import CONCLUDED_STAGES, Stage
from .verification import Verification

__all__ = [
    "Account",
    "ActDone",
    "Action",
    "Acts",
    "AuditEntry",
    "CONCLUDED_STAGES",
    "Channel",
    "DOING",
    "DiscardedDraft",
    "DocumentType",
    "Doing",
    "Draft",
    "Extent",
    "FieldChange",
    "FollowUp",
    "FollowUpMethod",
    "HandlingOutcome",
    "IssuedFacts",
    "IssuedPaper",
    "Kind",
    "LabelledEnum",
    "Leader",
    "LetterHead",
    "Matter",
    "MediationResult",
    "MediationTier",
    "Note",
    "Noted",
    "NumberSeries",
    "OFFICE_SETTING",
    "OfficeProfile",
    "PaperWords",
    "Participation",
    "Petition",
    "PetitionLink",
    "PetitionState",
    "Petitioner",
    "Problem",
    "RIGHTS",
    "ReceptionBy",
    "RefusalGround",
    "Relation",
    "ReviewOutcome",
    "Right",
    "Role",
    "Route",
    "RowChange",
    "STAYS",
    "Satisfaction",
    "ServiceMethod",
    "Setting",
    "Sex",
    "SourceLevel",
    "Stage",
    "Step",
    "SupervisionReason",
    "Verification",
    "VerificationMethod",
    "Viewer",
    "Weight",
    "YesNo",
    "act_title",
    "blank_matter",
    "name_on_paper",
]
