"""The papers of the office, by key."""

from xinfang_desktop.forms.papers import AnyPaper

from .liaison_letter import LIAISON_LETTER
from .visit_registration import VISIT_REGISTRATION

PAPERS: tuple[AnyPaper, ...] = (VISIT_REGISTRATION, LIAISON_LETTER)
FORMS: dict[str, AnyPaper] = {paper.key: paper for paper in PAPERS}
