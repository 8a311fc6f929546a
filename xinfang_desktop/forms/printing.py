"""From a form and a record to a file: the one door to both printers."""

from pathlib import Path

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically
from xinfang_desktop.models import Matter, OfficeProfile, Problem

from .papers import AnyPaper, compose_paper
from .sheet import Sheet


def pdf_paper(form: AnyPaper, record: Matter | None, office: OfficeProfile) -> bytes:
    """Print ``form`` as PDF, filled from ``record`` or blank for ``office``."""
    from .pdf import pdf_bytes

    return pdf_bytes(_sheet(form, record, office))


def docx_paper(form: AnyPaper, record: Matter | None, office: OfficeProfile) -> bytes:
    """Print ``form`` as DOCX, filled from ``record`` or blank for ``office``.

    Rare characters bring their font.
    """
    from .docx import docx_bytes
    from .rare_fonts import with_rare_fonts, without_theme_fonts

    return with_rare_fonts(without_theme_fonts(docx_bytes(_sheet(form, record, office))))


PRINTERS = {".pdf": pdf_paper, ".docx": docx_paper}
"""What prints which kind of file."""


_NO_ARCHIVE = "只有 .pdf 文件能按归档格式（PDF/A）打印，没有打印；请把文件名改为以 .pdf 结尾。"


def print_paper(
    form: AnyPaper,
    record: Matter | None,
    office: OfficeProfile,
    to: Path,
    *,
    archive: bool = False,
) -> list[Problem]:
    """Print to the file ``to``; its ending decides the kind. Gives what the clerk should know.

    With ``archive`` a PDF is made for keeping (PDF/A-2b).

    Raises:
        OfficeError: another ending, or the file cannot be written.
    """
    printer = PRINTERS.get(to.suffix.lower())
    if archive and printer is not pdf_paper:
        raise OfficeError(_NO_ARCHIVE)
    if printer is None:
        raise OfficeError(
            f"不能打印成“{to.suffix}”文件，登记内容没有变动，请把文件名改为以 .pdf 或 .docx 结尾。"
        )
    content = printer(form, record, office)
    if archive:
        from .archive import archived

        content = archived(content)
    write_file_atomically(to, content)
    return warnings(form, record, office)


def warnings(form: AnyPaper, record: Matter | None, office: OfficeProfile) -> list[Problem]:
    """Tell before printing which characters no font draws."""
    missing = _sheet(form, record, office).missing
    if not missing:
        return []
    codes = "、".join(f"{character}（U+{ord(character):04X}）" for character in missing)
    text = f"字库里没有这些字，纸上印成编码方框，请在纸上手写补正：{codes}"
    return [Problem("", text)]


def _sheet(form: AnyPaper, record: Matter | None, office: OfficeProfile) -> Sheet:
    return compose_paper(form, record or Matter(office=office))
