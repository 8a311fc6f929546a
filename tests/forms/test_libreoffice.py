"""The DOCX as another program lays it out: the grid where the PDF has it, on as many pages."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.papers import KINDS, sample_matters
from tests.helpers.pdf_reading import page_count, ruled_lines, text_by_pdfium
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.definition import Form
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.papers import AnyPaper, compose_paper
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.models import Matter
from xinfang_desktop.paths import resource

SOFFICE = shutil.which("soffice")
WITHIN = 0.5
"""Millimetres that a ruled line may lie apart."""

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here")

ALIASES = {
    "仿宋": "Zhuque Fangsong (technical preview)",
    "宋体": "Noto Serif SC",
    "SimSun-ExtB": "HanaMinB",
}
"""What stands in for the fonts of a Chinese office PC."""


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Give, for each paper and matter, our PDF and LibreOffice's of our DOCX."""
    folder = tmp_path_factory.mktemp("libreoffice")
    ours: dict[str, bytes] = {}
    for name, form, matter in cases():
        sheet = compose_paper(form, matter)
        ours[name] = pdf_bytes(sheet)
        (folder / f"{name}.docx").write_bytes(docx_bytes(sheet))
    convert(folder)
    return {name: (pdf, (folder / f"{name}.pdf").read_bytes()) for name, pdf in ours.items()}


def cases() -> list[tuple[str, AnyPaper, Matter]]:
    found: list[tuple[str, AnyPaper, Matter]] = []
    for key, form in FORMS.items():
        found += [(f"{key} {kind}", form, make()) for kind, make in KINDS.items()]
    visit = FORMS["visit_registration"]
    found += [(f"sample {n}", visit, one) for n, one in enumerate(sample_matters(), start=1)]
    return found


def convert(folder: Path) -> None:
    """Convert every DOCX of ``folder`` in one run, with the shipped fonts under office names."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for name, ours in ALIASES.items()
    )
    fonts = resource("fonts", "HanaMinB.ttf").parent
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir>'
        f"<cachedir>{folder}/cache</cachedir>{rules}</fontconfig>",
        encoding="utf-8",
    )
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(path) for path in sorted(folder.glob("*.docx"))),
        ],
        check=True,
        capture_output=True,
        timeout=240,
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )


def test_the_grid_lies_where_the_pdf_has_it(pairs: dict[str, tuple[bytes, bytes]]) -> None:
    for name, (ours, theirs) in pairs.items():
        for page in range(page_count(ours) if is_grid(name) else 0):
            for mine, other in zip(ruled_lines(ours, page), ruled_lines(theirs, page), strict=True):
                assert len(mine) == len(other), f"{name}, page {page + 1}"
                apart = max(abs(a - b) for a, b in zip(mine, other, strict=True))
                assert apart <= WITHIN, f"{name}, page {page + 1}: {apart:.2f} mm"


def test_it_has_as_many_pages(pairs: dict[str, tuple[bytes, bytes]]) -> None:
    for name, (ours, theirs) in pairs.items():
        if page_count(ours) == 1 or is_grid(name):
            assert page_count(theirs) == page_count(ours), name


def is_grid(name: str) -> bool:
    """Whether the pages of a paper are our own: Word turns those of a long letter itself."""
    return isinstance(FORMS.get(name.split()[0]), Form) or name.startswith("sample")


def test_it_shows_the_same_words(pairs: dict[str, tuple[bytes, bytes]]) -> None:
    for name, (ours, theirs) in pairs.items():
        mine, other = ("".join(sorted(letters(text_by_pdfium(pdf)))) for pdf in (ours, theirs))
        assert mine == other, name


def letters(text: str) -> str:
    """Leave out blanks and tick boxes, which are drawings in our PDF."""
    words = re.sub(r"— \d+ —", "", text)
    return "".join(character for character in words if character.isalnum())
