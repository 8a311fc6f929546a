"""The way of before: a Word template filled by docxtpl, turned into PDF by LibreOffice.

The template has the rows, captions and fonts of our own form, written with python-docx. Both
programs get the same text for every blank.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from xinfang_desktop.forms.definition import Label
from xinfang_desktop.forms.sheet import Box, Sheet
from xinfang_desktop.paths import resource

_FONT, _TITLE_FONT = "Zhuque Fangsong (technical preview)", "Noto Serif SC"
_SIZE, _TITLE_SIZE = 12, 18

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""

Blanks = dict[str, str]


def office_program() -> str | None:
    """Give the LibreOffice there is, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def write_template(blank: Sheet, to: Path) -> None:
    """Write the template of a form from its blank paper, a placeholder in every blank."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(blank.width), Mm(blank.height)
    section.left_margin, section.right_margin = Mm(blank.margins.left), Mm(blank.margins.right)
    section.top_margin, section.bottom_margin = Mm(blank.margins.top), Mm(9)
    page = blank.pages[0]
    _words(document.add_paragraph(), page.head[0].line.text, _TITLE_FONT, _TITLE_SIZE)
    _words(document.add_paragraph(), "{{ heading }}")
    table = document.add_table(rows=len(page.heights), cols=len(page.columns))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, page.columns, strict=True):
        column.width = Mm(width)
    for row, height in zip(table.rows, page.heights, strict=True):
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(height)
        for cell, width in zip(row.cells, page.columns, strict=True):
            cell.width = Mm(width)
    for box in page.boxes:
        _cell(table, box)
    for block in page.foot:
        _words(document.add_paragraph(), block.line.text)
    document.save(str(to))


def blanks_of(sheet: Sheet) -> Blanks:
    """Give what a filled paper says in every blank of its first page."""
    page = sheet.pages[0]
    blanks = {_key(box): box.text for box in page.boxes if not isinstance(box.cell, Label)}
    return {"heading": page.head[1].line.text, **blanks}


def filled(template: Path, blanks: Blanks) -> bytes:
    """Fill the template in: one Word document."""
    document = DocxTemplate(template)
    document.render(blanks, autoescape=True)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


class LibreOffice:
    """LibreOffice without a window, with a profile of its own and the fonts of our papers."""

    def __init__(self, program: str, scratch: Path) -> None:
        self._program = program
        self._profile = (scratch / "profile").as_uri()
        self._out = scratch / "out"
        fonts = scratch / "fonts.conf"
        fonts.write_text(
            _FONTS.format(fonts=resource("fonts"), cache=scratch / "fonts"), encoding="utf-8"
        )
        self._environment = {
            **os.environ,
            "SAL_USE_VCLPLUGIN": "svp",
            "FONTCONFIG_FILE": str(fonts),
        }

    def convert(self, documents: Sequence[Path]) -> list[Path]:
        """Turn the documents into PDF in one process and give the files.

        Raises:
            RuntimeError: LibreOffice left a document out.
        """
        shutil.rmtree(self._out, ignore_errors=True)
        subprocess.run(
            (
                self._program,
                f"-env:UserInstallation={self._profile}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(self._out),
                *map(str, documents),
            ),
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        made = [self._out / f"{document.stem}.pdf" for document in documents]
        if not all(path.exists() for path in made):
            raise RuntimeError("LibreOffice did not convert every document")
        return made


def _cell(table: Table, box: Box) -> None:
    rows, cols = box.cell.rows, box.cell.cols
    cell = table.cell(box.row, box.col).merge(table.cell(box.row + rows - 1, box.col + cols - 1))
    text = box.text if isinstance(box.cell, Label) else f"{{{{ {_key(box)} }}}}"
    _words(cell.paragraphs[0], text)


def _key(box: Box) -> str:
    return f"blank_{box.row}_{box.col}"


def _words(paragraph: Paragraph, text: str, font: str = _FONT, size: float = _SIZE) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
