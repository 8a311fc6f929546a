"""A drawing in a Word document: a group of shapes (DrawingML), so that it stays sharp on paper.

Every rectangle of the sheet is a shape, every line of words a text box without a frame; Word 2010,
WPS and LibreOffice draw them from vectors.
"""

from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml

from .faces import Face
from .sheet import MM_PER_POINT, Drawing, Fill, TextLine
from .typesetting import HAN_MIDDLE

_EMU_PER_MM = 36_000
_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    )
)
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_TALL = 1.5
"""Height of a text box, as a multiple of the size of its words."""

_SPARE = 2.0
"""Millimetres that a text box is wider than its words, for a font that runs wider."""


def drawing_run(drawing: Drawing, number: int) -> Any:  # noqa: ANN401 - an XML element
    """Give the run that holds a drawing; ``number`` is its own in the document, from 1."""
    first = number * 1000
    shapes = "".join(
        _shape(first + place, drawing, shape) for place, shape in enumerate(_shapes(drawing), 1)
    )
    width, height = _emu(drawing.width), _emu(drawing.height)
    size = f'<a:ext cx="{width}" cy="{height}"/>'
    title = _escaped(drawing.title)
    return parse_xml(
        f"<w:r {_NAMES}><mc:AlternateContent>"
        '<mc:Choice Requires="wpg"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{first}" name="图{number}" descr="{title}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>'
        f'<a:xfrm><a:off x="0" y="0"/>{size}<a:chOff x="0" y="0"/>'
        f'<a:chExt cx="{width}" cy="{height}"/></a:xfrm></wpg:grpSpPr>{shapes}'
        "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>"
    )


def _shapes(drawing: Drawing) -> Iterator[Fill | TextLine]:
    yield from drawing.fills
    yield from drawing.lines


def _shape(number: int, drawing: Drawing, shape: Fill | TextLine) -> str:
    named = f'<wps:cNvPr id="{number}" name="{number}"/>'
    if isinstance(shape, Fill):
        colour = "".join(f"{round(part * 255):02X}" for part in shape.colour)
        place = _place(
            shape.x - drawing.x, shape.y - drawing.y, shape.width, max(shape.height, 0.05)
        )
        painted = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        return f"<wps:wsp>{named}<wps:cNvSpPr/>{_properties(place, painted)}<wps:bodyPr/></wps:wsp>"
    em = shape.size * MM_PER_POINT
    height = _TALL * em
    top = shape.baseline - HAN_MIDDLE * em - height / 2
    place = _place(shape.x - drawing.x, top - drawing.y, shape.width + _SPARE, height)
    return (
        f'<wps:wsp>{named}<wps:cNvSpPr txBox="1"/>{_properties(place, "<a:noFill/>")}'
        f"<wps:txbx><w:txbxContent>{_paragraph(shape)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
    )


def _properties(place: str, painted: str) -> str:
    rectangle = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return f"<wps:spPr>{place}{rectangle}{painted}<a:ln><a:noFill/></a:ln></wps:spPr>"


def _place(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<a:xfrm><a:off x="{_emu(x)}" y="{_emu(y)}"/>'
        f'<a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>'
    )


def _paragraph(line: TextLine) -> str:
    spacing = round(line.size * _TALL * 20)
    runs = "".join(
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{Face.SONG.office_name}"'
        f' w:hAnsi="{Face.SONG.office_name}" w:eastAsia="{piece.face.office_name}"/>'
        f'<w:sz w:val="{round(line.size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{_escaped(piece.text)}</w:t></w:r>'
        for piece in line.pieces
    )
    return (
        '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{spacing}" w:lineRule="exact"/></w:pPr>'
        f"{runs}</w:p>"
    )


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(text, {'"': "&quot;"})


def _emu(millimetres: float) -> int:
    return round(millimetres * _EMU_PER_MM)
