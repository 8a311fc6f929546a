"""Papers on the command line: for the archive, and the office's own beside those of the program."""

from pathlib import Path

from tests.helpers.commands import Xinfang
from tests.helpers.pdf_reading import text_by_pdfium
from xinfang_desktop.forms.archive import flaws
from xinfang_desktop.paths import resource

SAMPLE = resource("samples", "office-form.toml").read_text(encoding="utf-8")


def own_form(folder: Path, content: str = SAMPLE) -> None:
    (folder / "forms").mkdir(exist_ok=True)
    (folder / "forms" / "接待单.toml").write_text(content, encoding="utf-8")


def test_a_paper_is_printed_for_the_archive(xinfang: Xinfang, tmp_path: Path) -> None:
    for words, fit in (((), False), (("--archive",), True)):
        to = tmp_path / "单.pdf"
        assert xinfang("print", "2211流程办理单", "--blank", "--to", to, *words).code == 0
        assert (flaws(to.read_bytes()) == []) is fit


def test_only_a_pdf_is_fit_for_the_archive(xinfang: Xinfang, tmp_path: Path) -> None:
    to = tmp_path / "单.docx"
    ran = xinfang("print", "visit_registration", "--blank", "--archive", "--to", to)
    assert ran.code == 1
    assert "只有 .pdf 文件" in ran.sentence
    assert not to.exists()


def test_the_offices_own_form_is_listed_and_printed(xinfang: Xinfang, tmp_path: Path) -> None:
    own_form(xinfang.folder)
    assert "village_reception\t村（社区）接待登记单" in xinfang("forms").out.splitlines()
    to = tmp_path / "单.pdf"
    assert xinfang("print", "village_reception", "--blank", "--to", to).code == 0
    assert "接待登记单" in text_by_pdfium(to.read_bytes())


def test_a_broken_form_is_told_by_line_and_the_others_are_listed(xinfang: Xinfang) -> None:
    own_form(xinfang.folder, SAMPLE.replace("petitioner.phone", "petitioner.fone"))
    ran = xinfang("forms")
    assert ran.code == 1
    assert ran.sentence.startswith("接待单.toml 第")
    assert "visit_registration" in ran.out
    assert "village_reception" not in ran.out
