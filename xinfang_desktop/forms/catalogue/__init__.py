"""The papers of the office, by key."""

from xinfang_desktop.forms.papers import AnyPaper

from .dissatisfaction_verification import DISSATISFACTION_VERIFICATION
from .liaison_letter import LIAISON_LETTER
from .process_sheet_2211 import PROCESS_SHEET_2211
from .visit_registration import VISIT_REGISTRATION

PAPERS: tuple[AnyPaper, ...] = (
    VISIT_REGISTRATION,
    PROCESS_SHEET_2211,
    DISSATISFACTION_VERIFICATION,
    LIAISON_LETTER,
)
FORMS: dict[str, AnyPaper] = {paper.key: paper for paper in PAPERS}
