"""Reading a DOCX back: its words in the order a reader meets them, and what its cells hold."""

import io
from collections.abc import Iterator

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def words(docx: bytes) -> str:
    """Give all text of the body, paragraph by paragraph and cell by cell, a line each."""
    return "\n".join(_lines(docx))


def _lines(docx: bytes) -> Iterator[str]:
    document = Document(io.BytesIO(docx))
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            yield item.text
            for box in item._element.xpath(".//w:txbxContent/w:p"):
                yield "".join(_texts(box))
        elif isinstance(item, Table):
            yield from _cells(item)


def _cells(table: Table) -> Iterator[str]:
    for row in table.rows:
        for cell in row._tr.tc_lst:
            if cell.vMerge == "continue":
                continue
            yield from ("".join(_texts(p)) for p in cell.p_lst)


def _texts(paragraph: object) -> Iterator[str]:
    for node in paragraph.iter():  # type: ignore[attr-defined]
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.tag == qn("w:tab"):
            yield "\t"
        elif node.tag == qn("w:br"):
            yield "\n"


def page_breaks(docx: bytes) -> int:
    """Give how many paragraphs ask for a new page."""
    document = Document(io.BytesIO(docx))
    return sum(bool(p.paragraph_format.page_break_before) for p in document.paragraphs)
