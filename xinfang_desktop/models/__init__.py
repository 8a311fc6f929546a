"""Tables and enumerations of petition work; no session, no window.

Importing this package imports every table, so that ``SQLModel.metadata`` is complete.
"""

from .account import OFFICE_SETTING, Account, Setting, Viewer
from .codes import (
    Action,
    Channel,
    DocumentType,
    FollowUpMethod,
    Kind,
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
from .matter import Matter, name_on_paper
from .office import Leader, OfficeProfile
from .petition import NumberSeries, Petition, PetitionLink
from .petitioner import Participation, Petitioner
from .problem import Problem, Weight

__all__ = [
    "OFFICE_SETTING",
    "Account",
    "Action",
    "Channel",
    "DocumentType",
    "Draft",
    "FollowUp",
    "FollowUpMethod",
    "Kind",
    "LabelledEnum",
    "Leader",
    "Matter",
    "NumberSeries",
    "OfficeProfile",
    "Participation",
    "Petition",
    "PetitionLink",
    "PetitionState",
    "Petitioner",
    "Problem",
    "Relation",
    "Role",
    "Satisfaction",
    "Setting",
    "Sex",
    "SourceLevel",
    "Step",
    "Viewer",
    "Weight",
    "YesNo",
    "name_on_paper",
]
