"""Rare characters in DOCX: their font travels with the document, and nothing else changes."""

import io
import os
import re
import shutil
import subprocess
import uuid
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from tests.helpers.docx_reading import words
from tests.helpers.papers import RARE, ordinary, rare
from tests.helpers.pdf_reading import text_by_pdfium
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.faces import Face, face_of
from xinfang_desktop.forms.papers import AnyPaper, compose_paper
from xinfang_desktop.forms.printing import docx_paper
from xinfang_desktop.forms.rare_fonts import is_rare, obfuscated, subset, with_rare_fonts
from xinfang_desktop.models import Matter
from xinfang_desktop.paths import resource

VISIT = FORMS["visit_registration"]
every_paper = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
SOFFICE = shutil.which("soffice")


def plain_docx(matter: Matter, form: AnyPaper = VISIT) -> bytes:
    return docx_bytes(compose_paper(form, matter))


def common() -> Matter:
    matter = ordinary()
    matter.petitioner.name = "张三"
    return matter


def part(docx: bytes, name: str) -> str:
    with ZipFile(io.BytesIO(docx)) as package:
        return package.read(name).decode("utf-8")


def embedded(docx: bytes) -> dict[str, TTFont]:
    """Give the embedded fonts by name, read the way a program reads them."""
    table, relations = part(docx, "word/fontTable.xml"), part(docx, "word/_rels/fontTable.xml.rels")
    found = {}
    with ZipFile(io.BytesIO(docx)) as package:
        for name, body in re.findall(r'<w:font w:name="([^"]+)">(.*?)</w:font>', table, re.S):
            if key := re.search(r'embedRegular r:id="(\w+)" w:fontKey="\{(.+?)\}"', body):
                target = re.search(f'Id="{key[1]}"[^>]*Target="([^"]+)"', relations)
                assert target
                content = obfuscated(package.read(f"word/{target[1]}"), uuid.UUID(key[2]))
                found[name] = TTFont(io.BytesIO(content))
    return found


def test_rare_is_what_gbk_lacks_and_a_font_of_ours_draws() -> None:
    assert [character for character in RARE if is_rare(character)] == list("䶮㛃𬭛𫖯𬍛𠅤")
    assert not any(map(is_rare, "张三喆堃昇祎〇，1a□☑é\U0002ebf0"))


@every_paper
def test_every_rare_character_is_set_in_an_embedded_font_that_draws_it(form: AnyPaper) -> None:
    if not any(map(is_rare, compose_paper(form, rare()).text)):
        return
    docx = with_rare_fonts(plain_docx(rare(), form))
    fonts = embedded(docx)
    document = part(docx, "word/document.xml")
    runs = re.findall(r"<w:r>(.*?)</w:r>", document, re.S)
    seen = set()
    for run in runs:
        text = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", run))
        if not any(map(is_rare, text)):
            continue
        name = re.search(r'w:eastAsia="([^"]+)"', run)
        assert name
        drawn = fonts[name[1]].getBestCmap()
        assert all(ord(character) in drawn for character in text), text
        seen |= set(text)
    assert seen


@every_paper
def test_the_words_stay_the_same(form: AnyPaper) -> None:
    before = plain_docx(rare(), form)
    assert words(with_rare_fonts(before)) == words(before)


def test_without_rare_characters_nothing_changes() -> None:
    before = plain_docx(common())
    assert with_rare_fonts(before) == before


def test_the_same_paper_gives_the_same_bytes_and_is_little_larger() -> None:
    before = plain_docx(rare())
    after = with_rare_fonts(before)
    assert after == with_rare_fonts(before)
    assert len(after) - len(before) < 25_000


def test_the_package_says_what_it_holds() -> None:
    matter = rare()
    matter.petitioner.name = "𠮷"
    docx = with_rare_fonts(plain_docx(matter))
    types = part(docx, "[Content_Types].xml")
    assert 'Extension="odttf"' in types
    settings = re.findall(r"<w:(\w+)", part(docx, "word/settings.xml"))[1:]
    place = settings.index("embedTrueTypeFonts")
    assert settings[place + 1] == "saveSubsetFonts"
    assert set(settings[:place]) <= {"view", "zoom", "removePersonalInformation"}
    assert 'w:altName w:val="SimSun-ExtB"' in part(docx, "word/fontTable.xml")


@pytest.mark.parametrize("face", [face for face in Face if face.is_font])
def test_a_subset_is_a_font_of_its_own_name(face: Face) -> None:
    character = next(one for one in "永𠮷" if face.draws(one))
    font = TTFont(io.BytesIO(subset(face, {character})))
    assert list(font.getBestCmap()) == [ord(character)]
    assert str(font["name"].getDebugName(1)).startswith("Xinfang Rare")
    assert font["OS/2"].fsType == 0


@every_paper
def test_no_font_of_a_theme_is_named(form: AnyPaper) -> None:
    docx = docx_paper(form, rare(), rare().office)
    for name in ("word/document.xml", "word/styles.xml", "word/settings.xml"):
        assert not re.findall(r'w:rFonts[^>]*heme="', part(docx, name)), name
    assert "themeFontLang" not in part(docx, "word/settings.xml")


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here")
def test_a_pc_without_the_font_still_shows_the_character(tmp_path: Path) -> None:
    """With no font here but Zhuque, 𠮷 is a box without the embedded font, and itself with it."""
    matter = common()
    matter.petitioner.name = "𠮷"
    assert face_of("𠮷") is Face.RARE
    before = plain_docx(matter)
    without, with_it = (
        converted(docx, tmp_path / name)
        for name, docx in (("without", before), ("with", with_rare_fonts(before)))
    )
    assert not any("Xinfang" in font for font in fonts_of(without))
    assert any("Xinfang" in font for font in fonts_of(with_it))
    assert "𠮷" in text_by_pdfium(with_it)


def converted(docx: bytes, folder: Path) -> bytes:
    """Convert where no font is installed but Zhuque."""
    fonts = folder / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(resource("fonts", Face.FANGSONG.file), fonts)
    (folder / "paper.docx").write_bytes(docx)
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{fonts}</dir>'
        f"<cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    subprocess.run(
        [
            *(str(SOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=240,
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )
    return (folder / "paper.pdf").read_bytes()


def fonts_of(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        return {str(thing.FontName) for thing in things if "/FontName" in thing}
