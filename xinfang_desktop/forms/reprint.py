"""Marking a reprint: 重印 and the day at the foot of each page, over the kept paper as it is."""

import io
from datetime import date

from .faces import Face
from .sheet import MM_PER_POINT
from .typesetting import set_line
from .wording import shown

SIZE = 9.0
ABOVE_EDGE = 8.0
"""Millimetres from the edge of the page: below the paper's own foot, still inside what prints."""

FROM_LEFT = 28.0


def marked(pdf: bytes, day: date) -> bytes:
    """Give ``pdf`` with the mark laid over every page; ``pdf`` itself is left alone."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as paper:
        marks: dict[tuple[float, float], pikepdf.Pdf] = {}
        for page in paper.pages:
            size = (float(page.mediabox[2]), float(page.mediabox[3]))
            if size not in marks:
                marks[size] = pikepdf.open(io.BytesIO(_mark(*size, f"重印　{shown(day)}")))
            page.add_overlay(marks[size].pages[0], None)
        file = io.BytesIO()
        paper.save(file, deterministic_id=True)
    return file.getvalue()


def _mark(width: float, height: float, text: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(
        file,
        pagesize=(width, height),
        invariant=1,
        initialFontName=Face.SONG.font.fontName,
    )
    x = FROM_LEFT / MM_PER_POINT
    for piece in set_line(text, SIZE).pieces:
        canvas.setFont(piece.face.font.fontName, SIZE)
        canvas.drawString(x, ABOVE_EDGE / MM_PER_POINT, piece.text)
        x += piece.width / MM_PER_POINT
    canvas.save()
    return file.getvalue()
