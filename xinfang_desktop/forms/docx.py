"""The DOCX printer: the sheet's boxes as one fixed table a page, for Word and WPS.

Paragraphs are written whole, so that the program that opens them breaks lines in the font it has.
Row heights are least heights: an exact height would hide words on paper.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from .definition import Label, Signature, Text
from .docx_drawing import drawing_run
from .faces import Face
from .sheet import (
    INSET,
    LINE_HEIGHT,
    MM_PER_POINT,
    PADDING,
    SHADE,
    Align,
    Block,
    Box,
    Drawing,
    Flowing,
    Grid,
    Page,
    Sheet,
    TextLine,
)

RULE_EIGHTHS = 6
"""Width of the grid's lines in eighths of a point, as the PDF draws them."""

FOOT_SPARED = 6.0
"""Millimetres that the bottom margin is less than the PDF's, so that a line broken earlier by Word
or WPS still stays on the page."""

LETTER_SIZE = 16.0
LETTER_TIGHTER = -5
"""三号 is a little wider than 156 mm ÷ 28: its characters stand closer (twentieths of a point)."""

_ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
_LATIN = Face.SONG.office_name


def docx_bytes(sheet: Sheet) -> bytes:
    """Write ``sheet`` as a Word document with fixed grids and East Asian fonts."""
    document = _base_document(sheet)
    if sheet.pages[0].flow:
        _report(document, sheet)
    elif sheet.pages[0].is_flow:
        _letter(document, sheet)
    else:
        for number, page in enumerate(sheet.pages):
            _page(document, page, sheet.grid_width, starts_page=number > 0)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _base_document(sheet: Sheet) -> Any:  # noqa: ANN401 - python-docx gives its class no public name
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.top_margin = Mm(sheet.margins.top)
    section.bottom_margin = Mm(sheet.margins.bottom - FOOT_SPARED)
    section.left_margin, section.right_margin = Mm(sheet.margins.left), Mm(sheet.margins.right)
    section.header_distance = section.footer_distance = Mm(5)
    _plain_fonts(document)
    about = document.core_properties
    about.title, about.author, about.language = sheet.title, sheet.office, "zh-CN"
    about.subject, about.comments = sheet.key, ""
    about.created = about.modified = datetime(2000, 1, 1)
    return document


def _plain_fonts(document: Any) -> None:  # noqa: ANN401 - see above
    """Take the theme's fonts out of the defaults; WPS would report them as missing."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(properties):
        properties.remove(child)
    properties.append(_fonts(Face.FANGSONG))
    language = OxmlElement("w:lang")
    for name, value in (("val", "en-US"), ("eastAsia", "zh-CN"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{name}"), value)
    properties.append(language)
    settings = document.settings.element
    for name in ("w:themeFontLang", "w:compat"):
        for element in settings.findall(qn(name)):
            settings.remove(element)
    compat = OxmlElement("w:compat")
    uri = "http://schemas.microsoft.com/office/word"
    compat.append(
        _element("w:compatSetting", {"name": "compatibilityMode", "uri": uri, "val": "15"})
    )
    _before(settings, compat, ("w:rsids", "m:mathPr", "w:clrSchemeMapping", "w:shapeDefaults"))


def _page(document: Any, page: Page, width: float, *, starts_page: bool) -> None:  # noqa: ANN401
    for index, (_, blocks) in enumerate(groupby(page.head, key=lambda block: block.y)):
        paragraph = _blocks(document, tuple(blocks), width)
        paragraph.paragraph_format.page_break_before = starts_page and index == 0
    _grid(document, page, width)
    feet = page.foot
    for block in feet:
        _block(document, block)
    if not feet:
        _format(document.add_paragraph(), 1.0, Align.LEFT, exact=Pt(2))


def _blocks(document: Any, blocks: Sequence[Block], width: float) -> Paragraph:  # noqa: ANN401
    """Write what stands on one line: alone, or left and right with a tab between."""
    paragraph = _block(document, blocks[0])
    for block in blocks[1:]:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("\t")
        _runs(paragraph, (block.line,))
    return paragraph


def _block(document: Any, block: Block) -> Paragraph:  # noqa: ANN401 - see above
    paragraph: Paragraph = document.add_paragraph()
    _format(paragraph, block.line.size, block.align, exact=Mm(block.height))
    _runs(paragraph, (block.line,), bold=block.bold)
    return paragraph


# letters


def _letter(document: Any, sheet: Sheet) -> None:  # noqa: ANN401 - see above
    """Write the paragraphs one after another; Word turns the pages and numbers them itself."""
    for block in sheet.pages[0].head:
        _red_mark(_block(document, block))
    boxes = [box for page in sheet.pages for box in page.boxes]
    paragraph: list[TextLine] = []
    for box in boxes:
        for line in box.lines:
            paragraph.append(line)
            if line.ends_paragraph:
                _letter_paragraph(document, sheet, box, paragraph)
                paragraph = []
    if len(sheet.pages) > 1:
        _page_number(document, sheet.pages[-1].foot[0].line.size)


def _letter_paragraph(
    document: Any,  # noqa: ANN401 - see above
    sheet: Sheet,
    box: Box,
    lines: Sequence[TextLine],
) -> Paragraph:
    paragraph: Paragraph = document.add_paragraph()
    step = box.height / max(len(box.lines), 1)
    _format(paragraph, box.size, box.align, exact=Mm(step))
    if box.align is Align.RIGHT and lines[0].pieces:
        edge = sheet.margins.left + sheet.grid_width - lines[0].x - lines[0].width
        paragraph.paragraph_format.right_indent = Mm(max(edge, 0.0))
    _runs(paragraph, lines, bold=box.is_bold)
    if not box.is_bold:
        for run in paragraph.runs:
            run.font.size = Pt(LETTER_SIZE)
            _before(
                run._element.get_or_add_rPr(),
                _element("w:spacing", {"val": str(LETTER_TIGHTER)}),
                ("w:w", "w:kern", "w:position", "w:sz", "w:szCs"),
            )
    return paragraph


def _red_mark(paragraph: Paragraph) -> None:
    """Set the name of the office in red over a double line."""
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor(0xD6, 0x00, 0x0F)
    borders = OxmlElement("w:pBdr")
    line = {"val": "thickThinSmallGap", "sz": "18", "space": "8", "color": "D6000F"}
    borders.append(_element("w:bottom", line))
    _insert_before_spacing(paragraph._element.get_or_add_pPr(), borders)


def _page_number(document: Any, size: float) -> None:  # noqa: ANN401 - see above
    """Let Word write — 1 — at the foot (GB/T 9704-2012, 7.5)."""
    footer = document.sections[0].footer
    paragraph = footer.paragraphs[0]
    _format(paragraph, size, Align.CENTRE)
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run._element.get_or_add_rPr().insert(0, _fonts(Face.SONG))
        if field:
            for kind in ("begin", "", "end"):
                run._element.append(_field_part(kind, field))


def _field_part(kind: str, field: str) -> Any:  # noqa: ANN401 - an XML element
    if kind:
        return _element("w:fldChar", {"fldCharType": kind})
    instruction = OxmlElement("w:instrText")
    instruction.text = field
    return instruction


# reports


def _report(document: Any, sheet: Sheet) -> None:  # noqa: ANN401 - see above
    """Write paragraphs, tables and charts one below the other; Word turns the pages itself."""
    paragraph: list[TextLine] = []
    drawings = 0
    for part in _joined(part for page in sheet.pages for part in page.flow):
        match part:
            case Box():
                for line in part.lines:
                    paragraph.append(line)
                    if line.ends_paragraph:
                        _report_paragraph(document, sheet, part, paragraph)
                        paragraph = []
            case Grid():
                _table(document, part)
            case Drawing():
                drawings += 1
                _format(made := document.add_paragraph(), 1.0, Align.LEFT)
                made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
                made._element.append(drawing_run(part, drawings))
    if len(sheet.pages) > 1:
        _page_number(document, sheet.pages[-1].foot[0].line.size)


def _joined(parts: Iterable[Flowing]) -> Iterator[Flowing]:
    """Give the parts with every table in one piece: Word parts it, and repeats its head."""
    table: Grid | None = None
    for part in parts:
        if isinstance(part, Grid) and part.goes_on and table is not None:
            below = len(table.heights) - part.heads
            rest = (
                replace(box, row=box.row + below) for box in part.boxes if box.row >= part.heads
            )
            heights = (*table.heights, *part.heights[part.heads :])
            table = replace(table, heights=heights, boxes=(*table.boxes, *rest))
            continue
        if table is not None:
            yield table
        table = part if isinstance(part, Grid) else None
        if table is None:
            yield part
    if table is not None:
        yield table


def _report_paragraph(
    document: Any,  # noqa: ANN401 - see above
    sheet: Sheet,
    box: Box,
    lines: Sequence[TextLine],
) -> None:
    if box.keeps_next or box.is_bold or abs(box.size - LETTER_SIZE) > 1:
        paragraph = document.add_paragraph()
        _format(paragraph, box.size, box.align, exact=Mm(box.height / len(box.lines)))
        _runs(paragraph, lines, bold=box.is_bold)
    else:
        paragraph = _letter_paragraph(document, sheet, box, lines)
    paragraph.paragraph_format.keep_with_next = box.keeps_next or None


def _table(document: Any, grid: Grid) -> None:  # noqa: ANN401 - see above
    table = _grid(document, grid, sum(grid.columns))
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number < grid.heads:
            properties.append(OxmlElement("w:tblHeader"))
            for cell in row.cells:
                shading = {"val": "clear", "color": "auto", "fill": _hexadecimal(SHADE)}
                followers = ("w:noWrap", "w:tcMar", "w:vAlign")
                _before(cell._tc.get_or_add_tcPr(), _element("w:shd", shading), followers)
        if number < grid.heads + 1:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True


def _hexadecimal(colour: tuple[float, float, float]) -> str:
    return "".join(f"{round(part * 255):02X}" for part in colour)


# the grid


def _grid(document: Any, page: Page | Grid, width: float) -> Table:  # noqa: ANN401 - see above
    table: Table = document.add_table(rows=len(page.heights), cols=len(page.columns))
    table.autofit = False
    _table_properties(table, width, page.padding if isinstance(page, Grid) else PADDING)
    for column, column_width in zip(table.columns, page.columns, strict=True):
        column.width = Mm(column_width)
    for row, height in zip(table.rows, page.heights, strict=True):
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(height)
        for cell, column_width in zip(row.cells, page.columns, strict=True):
            cell.width = Mm(column_width)
    joined = {(box.row, box.col) for box in page.boxes if box.cell.joined}
    cells = [tuple(row.cells) for row in table.rows]
    for box in page.boxes:
        below = (box.row + box.cell.rows, box.col)
        _box(table, cells, box, open_foot=below in joined)
    return table


def _box(table: Table, cells: Sequence[Sequence[Cell]], box: Box, *, open_foot: bool) -> None:
    rows, cols = box.cell.rows, box.cell.cols
    cell = cells[box.row][box.col]
    if rows > 1 or cols > 1:
        cell = cell.merge(cells[box.row + rows - 1][box.col + cols - 1])
        for extra in cell.paragraphs[1:]:
            extra._element.getparent().remove(extra._element)
    _borders(table, box, open_foot=open_foot)
    cell.vertical_alignment = _vertical(box)
    paragraphs = [*_paragraphs(box)] or [()]
    for index, lines in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        _format(paragraph, box.size, box.align)
        _runs(paragraph, lines)
    _inset(cell, box)
    if isinstance(box.cell, Signature) and box.cell.head:
        _part_head_and_foot(cell, box)


def _part_head_and_foot(cell: Cell, box: Box) -> None:
    """Keep the question at the head of a signature cell and the signature at its foot."""
    *head, foot = cell.paragraphs
    for paragraph in head:
        paragraph.alignment = _ALIGNMENTS[Align.LEFT]
    taken = len(box.lines) * box.size * MM_PER_POINT * LINE_HEIGHT + 2 * INSET
    foot.paragraph_format.space_before = Mm(max(box.height - taken - 0.5, 0.0))


def _inset(cell: Cell, box: Box) -> None:
    """Keep text off the rule that it is aligned to."""
    match _vertical(box):
        case WD_CELL_VERTICAL_ALIGNMENT.TOP:
            cell.paragraphs[0].paragraph_format.space_before = Mm(INSET)
        case WD_CELL_VERTICAL_ALIGNMENT.BOTTOM:
            cell.paragraphs[-1].paragraph_format.space_after = Mm(INSET)


def _paragraphs(box: Box) -> Iterator[Sequence[TextLine]]:
    """Group the lines of each paragraph; a caption keeps the lines it was broken into."""
    if isinstance(box.cell, Label):
        yield from ((line,) for line in box.lines)
        return
    paragraph: list[TextLine] = []
    for line in box.lines:
        paragraph.append(line)
        if line.ends_paragraph:
            yield tuple(paragraph)
            paragraph = []


def _vertical(box: Box) -> Any:  # noqa: ANN401 - python-docx enumerations have no types
    match box.cell:
        case Text() | Signature(dated=False):
            return WD_CELL_VERTICAL_ALIGNMENT.TOP
        case Signature(head=head):
            top, bottom = WD_CELL_VERTICAL_ALIGNMENT.TOP, WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
            return top if head else bottom
        case _:
            return WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _runs(paragraph: Paragraph, lines: Sequence[TextLine], *, bold: bool = False) -> None:
    pieces = [(piece.face, line.size, piece.text) for line in lines for piece in line.pieces]
    for (face, size), group in groupby(pieces, key=lambda piece: (_written_in(piece[0]), piece[1])):
        run = paragraph.add_run("".join(text for _, _, text in group))
        run.font.size = Pt(size)
        run.bold = bold or None
        properties = run._element.get_or_add_rPr()
        properties.insert(0, _fonts(face))


def _written_in(face: Face) -> Face:
    """Join runs that Word sets in the same font anyway."""
    return Face.FANGSONG if face in (Face.CODE, Face.UNSEEN) else face


# formats


def _fonts(face: Face) -> Any:  # noqa: ANN401 - an XML element
    """Name the font for every script: without ``w:eastAsia`` Han falls back to the theme's."""
    fonts = OxmlElement("w:rFonts")
    latin = face.office_name if face is Face.BOX else _LATIN
    fonts.set(qn("w:hint"), "eastAsia")
    for name, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", face.office_name)):
        fonts.set(qn(f"w:{name}"), font)
    fonts.set(qn("w:cs"), latin)
    return fonts


def _format(
    paragraph: Paragraph, size: float, align: Align, *, exact: Length | None = None
) -> None:
    form = paragraph.paragraph_format
    form.alignment = _ALIGNMENTS[align]
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = exact or Mm(size * MM_PER_POINT * LINE_HEIGHT)
    form.widow_control = False
    properties = paragraph._element.get_or_add_pPr()
    for name in ("w:snapToGrid", "w:autoSpaceDE", "w:autoSpaceDN"):
        element = OxmlElement(name)
        element.set(qn("w:val"), "0")
        _insert_before_spacing(properties, element)


def _insert_before_spacing(properties: Any, element: Any) -> None:  # noqa: ANN401 - XML elements
    """Keep the order of the schema: these switches stand before ``w:spacing``."""
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(element)


def _table_properties(table: Table, width: float, padding: float) -> None:
    properties = table._element.tblPr
    for name in ("w:tblW", "w:tblLook", "w:tblStyle"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    for name, attributes in (
        ("w:tblW", {"w": str(_dxa(width)), "type": "dxa"}),
        ("w:tblInd", {"w": "0", "type": "dxa"}),
        ("w:tblLayout", {"type": "fixed"}),
    ):
        for old in properties.findall(qn(name)):
            properties.remove(old)
        properties.append(_element(name, attributes))
    margins = OxmlElement("w:tblCellMar")
    for side, space in (("top", 0.0), ("left", padding), ("bottom", 0.0), ("right", padding)):
        margins.append(_element(f"w:{side}", {"w": str(_dxa(space)), "type": "dxa"}))
    properties.append(margins)


def _borders(table: Table, box: Box, *, open_foot: bool) -> None:
    """Rule every part of a merged cell; between joined cells there is no rule."""
    unruled = {"top"} if box.cell.joined else set()
    if open_foot:
        unruled.add("bottom")
    ruled = {"val": "single", "sz": str(RULE_EIGHTHS), "space": "0", "color": "000000"}
    for r in range(box.row, box.row + box.cell.rows):
        for element in table.rows[r]._tr.tc_lst:
            if not (box.col <= element.grid_offset < box.col + box.cell.cols):
                continue
            properties = element.get_or_add_tcPr()
            borders = OxmlElement("w:tcBorders")
            for side in ("top", "left", "bottom", "right"):
                style = {"val": "nil"} if side in unruled else ruled
                borders.append(_element(f"w:{side}", style))
            _before(properties, borders, ("w:shd", "w:noWrap", "w:tcMar", "w:vAlign"))


def _before(parent: Any, element: Any, followers: Sequence[str]) -> None:  # noqa: ANN401
    following = [child for child in parent if child.tag in {qn(name) for name in followers}]
    if following:
        following[0].addprevious(element)
    else:
        parent.append(element)


def _element(name: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401 - an XML element
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _dxa(millimetres: float) -> int:
    """Twentieths of a point, as Word counts."""
    return round(millimetres / MM_PER_POINT * 20)
