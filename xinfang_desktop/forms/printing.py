"""From a form and a record to a file: the one door to both printers."""

from pathlib import Path

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically
from xinfang_desktop.models import Matter, OfficeProfile, Problem, Weight, blank_matter
from xinfang_desktop.models.report import Report

from .letter import Letter
from .papers import AnyPaper, compose_paper
from .sheet import Sheet


def pdf_paper(form: AnyPaper, record: Matter | None, office: OfficeProfile) -> bytes:
    """Print ``form`` as PDF, filled from ``record`` or blank for ``office``."""
    from .pdf import pdf_bytes

    return pdf_bytes(_sheet(form, record, office))


def docx_paper(form: AnyPaper, record: Matter | None, office: OfficeProfile) -> bytes:
    """Print ``form`` as DOCX, filled from ``record`` or blank for ``office``.

    Rare characters bring their font.

    Raises:
        OfficeError: the letter would tell others who accuses, or goes to the accused.
    """
    refuse_what_tells(form, record)
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
        OfficeError: another ending, the file cannot be written, or a letter would tell others who
            accuses.
    """
    printer = PRINTERS.get(to.suffix.lower())
    if archive and printer is not pdf_paper:
        raise OfficeError(_NO_ARCHIVE)
    if printer is None:
        raise OfficeError(
            f"不能打印成“{to.suffix}”文件，登记内容没有变动，请把文件名改为以 .pdf 或 .docx 结尾。"
        )
    refuse_what_tells(form, record)
    content = printer(form, record, office)
    if archive:
        from .archive import archived

        content = archived(content)
    write_file_atomically(to, content)
    return warnings(form, record, office)


def pdf_report(report: Report) -> bytes:
    """Print a report as PDF."""
    from .pdf import pdf_bytes

    return pdf_bytes(_report_sheet(report))


def docx_report(report: Report) -> bytes:
    """Print a report as DOCX; rare characters bring their font."""
    from .docx import docx_bytes
    from .rare_fonts import with_rare_fonts, without_theme_fonts

    return with_rare_fonts(without_theme_fonts(docx_bytes(_report_sheet(report))))


REPORT_PRINTERS = {".pdf": pdf_report, ".docx": docx_report}
"""What prints which kind of file of a report."""


def refuse_what_tells(form: AnyPaper, record: Matter | None) -> None:
    """Refuse a letter that would tell others who accuses, or that goes to the accused.

    Raises:
        OfficeError: it would (《信访工作条例》第三十条第三款).
    """
    if record is None or not isinstance(form, Letter):
        return
    for problem in form.missing(record):
        if problem.weight is Weight.LAW:
            raise OfficeError(f"{problem.text.rstrip('。')}；没有打印，登记内容没有变动。")


def warnings(form: AnyPaper, record: Matter | None, office: OfficeProfile) -> list[Problem]:
    """Tell before printing what a letter lacks, and which characters no font draws."""
    lacks = form.missing(record) if record is not None and isinstance(form, Letter) else []
    missing = _sheet(form, record, office).missing
    if not missing:
        return lacks
    codes = "、".join(f"{character}（U+{ord(character):04X}）" for character in missing)
    text = f"字库里没有这些字，纸上印成编码方框，请在纸上手写补正：{codes}"
    return [*lacks, Problem("", text)]


def _report_sheet(report: Report) -> Sheet:
    from .compose_report import compose_report

    return compose_report(report)


def _sheet(form: AnyPaper, record: Matter | None, office: OfficeProfile) -> Sheet:
    return compose_paper(form, record or blank_matter(office))
