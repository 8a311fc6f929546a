"""The papers of the office, by key, in the order in which a matter meets them."""

from xinfang_desktop.forms.papers import AnyPaper

from .acceptance_notice import ACCEPTANCE_NOTICE
from .archive_cover import ARCHIVE_COVER
from .assignment_letter import ASSIGNMENT_LETTER
from .bar_notice import BAR_NOTICE
from .conclusion_report import CONCLUSION_REPORT
from .decline_notice import DECLINE_NOTICE
from .dissatisfaction_verification import DISSATISFACTION_VERIFICATION
from .extension_notice import EXTENSION_NOTICE
from .file_contents import FILE_CONTENTS
from .handling_opinion import HANDLING_OPINION
from .hearing_notice import HEARING_NOTICE
from .liaison_letter import LIAISON_LETTER
from .mediation_agreement import MEDIATION_AGREEMENT
from .process_sheet_2211 import PROCESS_SHEET_2211
from .proof_of_service import PROOF_OF_SERVICE
from .reception_notice import RECEPTION_NOTICE
from .reexamination_opinion import REEXAMINATION_OPINION
from .referral_letter import REFERRAL_LETTER
from .review_opinion import REVIEW_OPINION
from .settlement_agreement import SETTLEMENT_AGREEMENT
from .supervision_letter import SUPERVISION_LETTER
from .supervision_tracking import SUPERVISION_TRACKING
from .verification_report import VERIFICATION_REPORT
from .visit_registration import VISIT_REGISTRATION

PAPERS: tuple[AnyPaper, ...] = (
    VISIT_REGISTRATION,
    PROCESS_SHEET_2211,
    DISSATISFACTION_VERIFICATION,
    VERIFICATION_REPORT,
    LIAISON_LETTER,
    RECEPTION_NOTICE,
    ACCEPTANCE_NOTICE,
    DECLINE_NOTICE,
    BAR_NOTICE,
    REFERRAL_LETTER,
    ASSIGNMENT_LETTER,
    SUPERVISION_LETTER,
    SUPERVISION_TRACKING,
    EXTENSION_NOTICE,
    HEARING_NOTICE,
    MEDIATION_AGREEMENT,
    SETTLEMENT_AGREEMENT,
    HANDLING_OPINION,
    REVIEW_OPINION,
    REEXAMINATION_OPINION,
    PROOF_OF_SERVICE,
    CONCLUSION_REPORT,
    FILE_CONTENTS,
    ARCHIVE_COVER,
)
FORMS: dict[str, AnyPaper] = {paper.key: paper for paper in PAPERS}
