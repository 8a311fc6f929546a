"""Reading a PDF back: its ruled lines, and its text layer as the standard says it is to be read."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

MM = 25.4 / 72


def ruled_lines(pdf: bytes | Path, page_number: int = 0) -> tuple[list[float], list[float]]:
    """Give where the horizontal lines (y from the top) and the vertical ones (x) lie, in mm."""
    document = pdfium.PdfDocument(pdf)
    page = document[page_number]
    height = page.get_height()
    ys: set[float] = set()
    xs: set[float] = set()
    for item in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_PATH,)):
        for left, bottom, right, top in _strokes(item):
            if right - left > 20 and top - bottom < 3:
                ys.add((height - (top + bottom) / 2) * MM)
            elif top - bottom > 15 and right - left < 3:
                xs.add((left + right) / 2 * MM)
    document.close()
    return _merged(ys), _merged(xs)


def _strokes(item: Any) -> Iterator[tuple[float, float, float, float]]:  # noqa: ANN401
    """Give each straight part of a path, or the bounds of a filled bar."""
    matrix = item.get_matrix()
    points: list[tuple[float, float]] = []
    last: tuple[float, float] | None = None
    for index in range(pdfium_c.FPDFPath_CountSegments(item.raw)):
        segment = pdfium_c.FPDFPath_GetPathSegment(item.raw, index)
        x, y = pdfium_c.c_float(), pdfium_c.c_float()
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_LINETO and last is not None:
            (x1, y1), (x2, y2) = last, point
            yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
        last = point
        points.append(point)
    left, bottom, right, top = item.get_bounds()
    yield left, bottom, right, top


def _merged(places: set[float], within: float = 0.35) -> list[float]:
    merged: list[list[float]] = []
    for place in sorted(places):
        if merged and place - merged[-1][-1] < within:
            merged[-1].append(place)
        else:
            merged.append([place])
    return [sum(group) / len(group) for group in merged]


def text_layer(pdf: bytes) -> str:
    """Give the text in the order it is set: by ToUnicode, or by ActualText where there is one.

    ISO 32000-1, 9.10 and 14.9.4; every string that is shown ends a piece, so that pieces are
    joined without anything between them.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return "".join(piece for page in document.pages for piece in _pieces(page))


def _pieces(page: Any) -> Iterator[str]:  # noqa: ANN401
    tables = {
        name: _to_unicode(font.ToUnicode.read_bytes().decode("ascii"))
        for name, font in page.Resources.Font.items()
        if "/ToUnicode" in font
    }
    table: dict[int, str] = {}
    stands_for = False
    for step in pikepdf.parse_content_stream(page):
        operands = list(step.operands)
        match str(step.operator):
            case "Tf":
                table = tables.get(str(operands[0]), {})
            case "BDC":
                stands_for = True
                yield bytes(operands[1].ActualText).decode("utf-16")
            case "EMC":
                stands_for = False
            case "Tj" if not stands_for:
                yield "".join(table[code] for code in bytes(operands[0]))


def _to_unicode(table: str) -> dict[int, str]:
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]+)>", table.split("endcodespacerange")[1])
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def text_by_pdfium(pdf: bytes) -> str:
    """Give the text as a common viewer copies it."""
    document = pdfium.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return "\n".join(pages)


def page_count(pdf: bytes) -> int:
    """Give how many pages there are."""
    document = pdfium.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count
