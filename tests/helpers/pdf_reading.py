"""Reading a PDF back: its ruled lines, and its text layer as the standard says it is to be read."""

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


def _strokes(item: Any) -> Iterator[tuple[float, float, float, float]]:
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
