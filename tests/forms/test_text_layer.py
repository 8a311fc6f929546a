"""Whatever is typed is printed, and can be read back from the PDF and the DOCX."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.docx_reading import words
from tests.helpers.office import OFFICE
from tests.helpers.papers import ordinary, sample_matters
from tests.helpers.pdf_reading import text_by_pdfium, text_layer
from xinfang_desktop.casework.cleaning import clean_text
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.cells import CARRIED_NOTICE
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.papers import compose_paper as compose
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.printing import warnings
from xinfang_desktop.models import Matter

VISIT = FORMS["visit_registration"]
SAMPLES = sample_matters()

every_sample = pytest.mark.parametrize(
    "matter", SAMPLES, ids=[f"sample {n}" for n in range(1, len(SAMPLES) + 1)]
)


def plain(text: str) -> str:
    return "".join(text.split())


@every_sample
def test_pdf_and_docx_of_every_sample_matter_say_the_same(matter: Matter) -> None:
    sheet = compose(VISIT, matter)
    assert plain(text_layer(pdf_bytes(sheet))) == plain(words(docx_bytes(sheet)))


@every_sample
def test_a_common_viewer_copies_every_name_exactly(matter: Matter) -> None:
    copied = plain(text_by_pdfium(pdf_bytes(compose(VISIT, matter))))
    for person in matter.petitioners:
        assert plain(person.name) in copied
    assert "\ufffd" not in copied


def test_the_three_rarest_characters_of_the_month_come_back() -> None:
    matter = next(one for one in SAMPLES if one.petitioner.name.startswith("铍"))
    assert "铍𫖯𠮷" in text_by_pdfium(pdf_bytes(compose(VISIT, matter)))


def test_the_very_long_claim_of_the_month_loses_no_character() -> None:
    matter = max(SAMPLES, key=lambda one: len(one.petition.claim))
    sheet = compose(VISIT, matter)
    claim = plain(matter.petition.claim)
    for said in (text_layer(pdf_bytes(sheet)), words(docx_bytes(sheet))):
        printed = plain(said)
        begin, notice, rest = printed.partition(CARRIED_NOTICE)
        assert notice
        kept = next(n for n in range(len(claim), 0, -1) if claim[:n] in begin)
        assert rest_of_claim(rest, claim[kept:])


def rest_of_claim(printed: str, rest: str) -> bool:
    """Follow the rest of the claim through the continuation pages, over their heads."""
    place = 0
    while rest:
        step = next((n for n in range(len(rest), 9, -1) if rest[:n] in printed[place:]), 0)
        if not step:
            return False
        place = printed.index(rest[:step], place) + step
        rest = rest[step:]
    return True


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=60))
def test_whatever_is_typed_is_printed_and_read_back(typed: str) -> None:
    text, _ = clean_text(typed)
    matter = ordinary()
    matter.petition.claim = text
    sheet = compose(VISIT, matter)
    claim = next(box.text for box in sheet.pages[0].boxes if box.row == 3 and box.col == 2)
    assert claim == text.removesuffix("\n")
    assert squeezed(text) in squeezed(text_layer(pdf_bytes(sheet)))
    assert squeezed(text) in squeezed(words(docx_bytes(sheet)))


def squeezed(text: str) -> str:
    """Leave out line breaks, which a paper sets where it must."""
    return text.replace("\n", "")


def test_a_character_in_no_font_is_told_before_printing_and_still_read_back() -> None:
    matter = ordinary()
    matter.petitioner.name = "张\ue000\U00033000"
    told = warnings(VISIT, matter, OFFICE)
    assert [problem.text for problem in told] == [
        "字库里没有这些字，纸上印成编码方框，请在纸上手写补正："
        "\ue000（U+E000）、\U00033000（U+33000）"
    ]
    assert "张\ue000\U00033000" in text_layer(pdf_bytes(compose(VISIT, matter)))


def test_an_ordinary_matter_needs_no_warning() -> None:
    assert warnings(VISIT, ordinary(), OFFICE) == []


def test_the_pdf_names_its_title_its_language_and_the_office() -> None:
    pdf = pdf_bytes(compose(VISIT, ordinary()))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo.Title) == "镜湖新区开发办接待群众来访登记单"
        assert str(document.docinfo.Author) == "镜湖新区开发办"
        assert str(document.Root.Lang) == "zh-CN"
        fonts = {str(font.BaseFont) for font in document.pages[0].Resources.Font.values()}
        assert all("+" in name for name in fonts), "every font is embedded as a subset"


def test_no_personal_data_stands_in_the_properties_of_the_papers() -> None:
    matter = ordinary()
    with pikepdf.open(io.BytesIO(pdf_bytes(compose(VISIT, matter)))) as document:
        said = " ".join(str(value) for value in document.docinfo.values())
    assert matter.petitioner.name not in said
