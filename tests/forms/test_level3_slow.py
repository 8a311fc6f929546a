"""All 87,887 Han of GB 18030-2022 level 3: set by the printer, and read back from the PDF.

The set is the one measured for the project: the blocks of the standard's third level, and the
twelve unified characters among the compatibility ideographs.
"""

import pytest

from tests.helpers.pdf_reading import page_count, text_by_pdfium, text_layer
from xinfang_desktop.forms import faces
from xinfang_desktop.forms.definition import Label, Margins
from xinfang_desktop.forms.faces import Face
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.sheet import MM_PER_POINT, Align, Box, Page, Sheet, TextLine
from xinfang_desktop.forms.typesetting import set_line

pytestmark = pytest.mark.slow

BLOCKS = (
    *((0x4E00, 0x9FEF), (0x3400, 0x4DB5), (0x20000, 0x2A6D6), (0x2A700, 0x2B734)),
    *((0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0)),
)
TWELVE = (
    *(0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F),
    *(0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29),
)
LEVEL_3 = "".join(chr(code) for first, last in BLOCKS for code in range(first, last + 1)) + "".join(
    map(chr, TWELVE)
)
SIZE, ACROSS, DOWN = 9.0, 50, 70
EM = SIZE * MM_PER_POINT


@pytest.fixture(scope="module")
def printed() -> bytes:
    """Print all of them, 3,500 to a page."""
    return pdf_bytes(
        Sheet(
            key="level3",
            title="GB 18030-2022 三级",
            office="",
            width=210,
            height=297,
            margins=Margins(),
            pages=tuple(map(page, range(0, len(LEVEL_3), ACROSS * DOWN))),
        )
    )


def page(start: int) -> Page:
    characters = LEVEL_3[start : start + ACROSS * DOWN]
    rows = (characters[n : n + ACROSS] for n in range(0, len(characters), ACROSS))
    lines = tuple(line(row, number) for number, row in enumerate(rows))
    box = Box(
        Label(""), 0, 0, 25, 20, ACROSS * EM, DOWN * EM * 1.2, SIZE, Align.LEFT, lines, ruled=False
    )
    return Page((), (165.0,), (), (box,), (), 20)


def line(text: str, number: int) -> TextLine:
    made = set_line(text, SIZE)
    return TextLine(made.pieces, 25, 25 + number * EM * 1.2, SIZE)


def test_the_set_is_the_one_of_the_standard() -> None:
    assert len(LEVEL_3) == len(set(LEVEL_3)) == 87_887


def test_every_one_has_a_glyph_that_draws_something_one_em_wide() -> None:
    assert faces.missing(LEVEL_3) == []
    for character in LEVEL_3:
        face = faces.face_of(character)
        assert face.is_font
        assert face.font.face.charToGlyph[ord(character)] != 0
        assert face.advance(character) == pytest.approx(1.0, abs=0.03), f"U+{ord(character):04X}"


def test_none_of_the_glyphs_is_empty() -> None:
    from fontTools.ttLib import TTFont

    from xinfang_desktop.paths import resource

    for face in (Face.FANGSONG, Face.SONG, Face.RARE):
        with TTFont(resource("fonts", face.file), lazy=True) as font:
            drawn, outlines = font.getBestCmap(), font["loca"].locations
            order = font.getReverseGlyphMap()
            for character in LEVEL_3:
                if faces.face_of(character) is face:
                    glyph = order[drawn[ord(character)]]
                    assert outlines[glyph + 1] > outlines[glyph], f"U+{ord(character):04X}"


def test_all_are_read_back_as_the_standard_of_pdf_says(printed: bytes) -> None:
    assert text_layer(printed) == LEVEL_3


def test_all_are_read_back_by_a_common_viewer(printed: bytes) -> None:
    assert page_count(printed) == -(-len(LEVEL_3) // (ACROSS * DOWN))
    assert "".join(text_by_pdfium(printed).split()) == LEVEL_3
