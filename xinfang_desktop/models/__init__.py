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
from .paper import IssuedPaper, PaperWords
from .petition import NumberSeries, Petition, PetitionLink
from .petitioner import Participation, Petitioner
from .problem import Problem, Weight
from .route import Route
from .verification import Verification

__all__ = [
    "DOING",
    "OFFICE_SETTING",
    "RIGHTS",
    "STAYS",
    "Account",
    "ActDone",
    "Action",
    "Acts",
    "AuditEntry",
    "Channel",
    "DiscardedDraft",
    "DocumentType",
    "Doing",
    "Draft",
    "FieldChange",
    "FollowUp",
    "FollowUpMethod",
    "IssuedFacts",
    "IssuedPaper",
    "Kind",
    "LabelledEnum",
    "Leader",
    "LetterHead",
    "Matter",
    "Note",
    "Noted",
    "NumberSeries",
    "OfficeProfile",
    "PaperWords",
    "Participation",
    "Petition",
    "PetitionLink",
    "PetitionState",
    "Petitioner",
    "Problem",
    "Relation",
    "Right",
    "Role",
    "Route",
    "RowChange",
    "Satisfaction",
    "Setting",
    "Sex",
    "SourceLevel",
    "Step",
    "Verification",
    "Viewer",
    "Weight",
    "YesNo",
    "act_title",
    "blank_matter",
    "name_on_paper",
]
