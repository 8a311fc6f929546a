"""PDF/A-2b: every paper has what the standard asks, and each named check finds its own flaw."""

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.helpers.papers import KINDS, ordinary
from tests.helpers.pdf_reading import page_count, text_by_pdfium
from xinfang_desktop.forms.archive import archived, flaws, srgb_profile
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.continuing import with_sheet
from xinfang_desktop.forms.papers import AnyPaper, compose_paper
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.reprint import marked
from xinfang_desktop.models import Matter

every_paper = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS.keys())
QPDF = shutil.which("qpdf")


def plain(
    make: Callable[[], Matter] = ordinary, form: AnyPaper = FORMS["visit_registration"]
) -> bytes:
    return pdf_bytes(compose_paper(form, make()))


@every_paper
@every_kind
def test_every_paper_is_fit_for_the_archive(form: AnyPaper, make: Callable[[], Matter]) -> None:
    sheet = compose_paper(form, make())
    printed = pdf_bytes(sheet)
    kept = archived(printed)
    assert flaws(kept) == []
    assert flaws(archived(with_sheet(printed, sheet))) == []
    assert flaws(marked(kept, date(2026, 11, 25))) == []
    assert text_by_pdfium(kept) == text_by_pdfium(printed)
    assert page_count(kept) == page_count(printed)


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert archived(plain()) == archived(plain())


def test_a_plain_pdf_is_told_what_it_lacks() -> None:
    told = " ".join(flaws(plain()))
    assert "6.6.4" in told
    assert "6.2.3" in told
    assert flaws(b"no PDF")[0].startswith("not a PDF")


@pytest.mark.skipif(QPDF is None, reason="qpdf is not installed here")
def test_qpdf_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    file = tmp_path / "p.pdf"
    file.write_bytes(archived(plain()))
    done = subprocess.run([str(QPDF), "--check", str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def spoiled(change: Callable[[Any], None], **saving: Any) -> list[str]:  # noqa: ANN401
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(archived(plain()))) as paper:
        change(paper)
        paper.save(file, **saving)
    return flaws(file.getvalue())


def nothing(paper: Any) -> None:  # noqa: ANN401
    return None


def first_font(paper: Any) -> Any:  # noqa: ANN401
    return next(iter(paper.pages[0].Resources.Font.values()))


def not_embedded(paper: Any) -> None:  # noqa: ANN401
    del first_font(paper).FontDescriptor["/FontFile2"]


def encoded(paper: Any) -> None:  # noqa: ANN401
    first_font(paper).Encoding = pikepdf.Name.WinAnsiEncoding


def too_wide(paper: Any) -> None:  # noqa: ANN401
    first_font(paper).Widths[1] = 333


def a_script(paper: Any) -> None:  # noqa: ANN401
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    paper.Root.OpenAction = paper.make_indirect(action)


def see_through(paper: Any) -> None:  # noqa: ANN401
    state = paper.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0.5))
    paper.pages[0].Resources.ExtGState = pikepdf.Dictionary(G0=state)


def hidden_note(paper: Any) -> None:  # noqa: ANN401
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, F=2, Rect=[0, 0, 9, 9]
    )
    paper.pages[0].Annots = pikepdf.Array([paper.make_indirect(note)])


def another_title(paper: Any) -> None:  # noqa: ANN401
    paper.docinfo["/Title"] = "另一个"


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        (not_embedded, "6.2.11.4"),
        (encoded, "6.2.11.6"),
        (too_wide, "6.2.11.5"),
        (a_script, "6.5.1"),
        (see_through, "6.2.10"),
        (hidden_note, "6.3.2"),
        (another_title, "6.6.3"),
    ],
)
def test_each_check_finds_its_flaw(change: Callable[[Any], None], clause: str) -> None:
    assert [flaw for flaw in spoiled(change) if flaw.startswith(clause)]


def test_an_encrypted_paper_is_found() -> None:
    told = spoiled(nothing, encryption=pikepdf.Encryption(owner="a", user=""))
    assert any("encrypted" in flaw for flaw in told)


def test_the_colour_profile_is_srgb() -> None:
    from PIL import Image, ImageCms

    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    theirs = ImageCms.createProfile("sRGB")
    change = ImageCms.buildTransform(ours, theirs, "RGB", "RGB")
    for colour in ((0, 0, 0), (255, 255, 255), (200, 30, 60), (10, 120, 240)):
        pixel = Image.new("RGB", (1, 1), colour)
        made = ImageCms.applyTransform(pixel, change)
        assert made is not None
        assert all(abs(a - b) <= 1 for a, b in zip(made.tobytes(), colour, strict=True))
