"""Whatever is typed is registered, read back from the store, printed, and read back from paper."""

from hypothesis import given, settings

from tests.helpers.docx_reading import words
from tests.helpers.office import ACCOUNT, NOW, TODAY, petitioner, visit
from tests.helpers.pdf_reading import text_layer
from tests.helpers.writing import ANY_TEXT
from xinfang_desktop.casework.advice import problems
from xinfang_desktop.casework.cleaning import clean_text
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.casework.registration import register
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.papers import compose_paper
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.store.database import Store


def without_breaks(text: str) -> str:
    """Leave out line breaks, which a paper sets where it must."""
    return text.replace("\n", "")


@settings(max_examples=25)
@given(typed=ANY_TEXT, name=ANY_TEXT)
def test_whatever_is_typed_is_stored_printed_and_read_back(
    store: Store, typed: str, name: str
) -> None:
    matter = visit(petitioner(name=name), claim=typed)
    told = [problem.path for problem in problems(matter, TODAY) if "控制字符" in problem.text]
    assert ("petition.claim" in told) == clean_text(typed)[1]
    petition, _ = store.do(lambda session: register(session, matter, by=ACCOUNT, now=NOW))
    kept = store.read(lambda session: load_matter(session, petition.number, viewer=store.viewer))
    assert kept.petition.claim == clean_text(typed)[0]
    assert kept.petitioner.name == clean_text(name)[0]
    sheet = compose_paper(FORMS["visit_registration"], kept)
    for said in (text_layer(pdf_bytes(sheet)), words(docx_bytes(sheet))):
        assert without_breaks(kept.petition.claim) in without_breaks(said)
        assert without_breaks(kept.petitioner.name) in without_breaks(said)
