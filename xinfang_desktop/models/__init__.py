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
from .deadline import (
    AppliesWhen,
    Bearer,
    Deadline,
    LimitEvent,
    LimitRule,
    LimitRuleVersion,
    LimitTest,
    LimitUnit,
    Nature,
    RuleGroup,
)
from .finding import ExportLayout, LedgerPlace, NotIndexed, SavedView
from .follow_up import FollowUp
from .history import Draft, Step
from .labelled import LabelledEnum
from .matter import IssuedFacts, LatestActs, Matter, blank_matter, name_on_paper
from .merging import Merging
from .office import Leader, OfficeProfile
from .outcomes import (
    OUTCOMES,
    Adoption,
    Advice,
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
from .paper import IssuedPaper, PaperMove, PaperState, PaperWords
from .petition import NumberSeries, Petition, PetitionLink
from .petitioner import Participation, Petitioner
from .problem import Problem, Weight
from .route import Route
from .stage import CONCLUDED_STAGES, Stage
from .summary import FrozenSummary, SummaryWords
from .taking_in import ColumnMap, RowState, TakenInLedger, TakenInRow
from .verification import Verification
from .work_calendar import OFFICE_HOURS_SETTING, CalendarDay, CalendarYear, Hours, OfficeHours

__all__ = [
    "Account",
    "ActDone",
    "Action",
    "Acts",
    "Adoption",
    "Advice",
    "AppliesWhen",
    "AuditEntry",
    "Bearer",
    "CONCLUDED_STAGES",
    "CalendarDay",
    "CalendarYear",
    "Channel",
    "ColumnMap",
    "DOING",
    "Deadline",
    "DiscardedDraft",
    "DocumentType",
    "Doing",
    "Draft",
    "ExportLayout",
    "Extent",
    "FieldChange",
    "FollowUp",
    "FollowUpMethod",
    "FrozenSummary",
    "HandlingOutcome",
    "Hours",
    "TakenInRow",
    "IssuedFacts",
    "IssuedPaper",
    "Kind",
    "LabelledEnum",
    "LatestActs",
    "LedgerPlace",
    "Leader",
    "TakenInLedger",
    "LetterHead",
    "LimitEvent",
    "LimitRule",
    "LimitRuleVersion",
    "LimitTest",
    "LimitUnit",
    "Matter",
    "MediationResult",
    "MediationTier",
    "Merging",
    "Nature",
    "Note",
    "Noted",
    "NotIndexed",
    "NumberSeries",
    "OFFICE_HOURS_SETTING",
    "OFFICE_SETTING",
    "OUTCOMES",
    "OfficeHours",
    "OfficeProfile",
    "PaperMove",
    "PaperState",
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
    "RowState",
    "RuleGroup",
    "STAYS",
    "Satisfaction",
    "SavedView",
    "ServiceMethod",
    "Setting",
    "Sex",
    "SourceLevel",
    "Stage",
    "Step",
    "SummaryWords",
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
