"""Writing an .xls as Excel 97 wrote it: what a test needs of BIFF8 in a compound file, no more."""

import struct
from collections.abc import Sequence

OldCell = str | float | None

_GENERAL, _A_DAY = 0, 14
"""Formats that every Excel has built in: a plain figure, a day."""

_ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}


def old_workbook(
    rows: Sequence[Sequence[OldCell]],
    *,
    sheet: str = "台账",
    counts_from_1904: bool = False,
    days: Sequence[tuple[int, int]] = (),
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden: Sequence[int] = (),
) -> bytes:
    """Give the bytes of a workbook of one sheet.

    ``days`` are the places (row, column) of figures that are shown as days; ``merged`` are ranges
    (first row, last row, first column, last column). A cell that begins with ``#`` is an error: of
    its own, or, where its column is an odd one, what a formula came to. ``hidden`` are columns.
    """
    head = [
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)),
        _record(0x0022, struct.pack("<H", counts_from_1904)),
        *(_record(0x00E0, _format(number)) for number in (_GENERAL, _A_DAY)),
    ]
    name = _record(0x0085, struct.pack("<IBB", 0, 0, 0) + _text(sheet, "<B"))
    end = _record(0x000A)
    begins = sum(map(len, head)) + len(name) + len(end)
    name = _record(0x0085, struct.pack("<IBB", begins, 0, 0) + _text(sheet, "<B"))
    return _compound(b"".join([*head, name, end, *_sheet(rows, days, merged, hidden), end]))


def _sheet(
    rows: Sequence[Sequence[OldCell]],
    days: Sequence[tuple[int, int]],
    merged: Sequence[tuple[int, int, int, int]],
    hidden: Sequence[int],
) -> list[bytes]:
    width = max(map(len, rows))
    made = [
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)),
        *(_record(0x007D, struct.pack("<HHHHHH", one, one, 2048, 15, 1, 0)) for one in hidden),
        _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)),
    ]
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = struct.pack("<HHH", place, column, (place, column) in days)
            if isinstance(cell, str) and cell in _ERRORS:
                made.append(_error(at, _ERRORS[cell], of_a_formula=column % 2 == 1))
            elif isinstance(cell, str):
                made.append(_record(0x0204, at + _text(cell, "<H")))
            elif cell is not None:
                made.append(_record(0x0203, at + struct.pack("<d", cell)))
    if merged:
        ranges = b"".join(struct.pack("<HHHH", *one) for one in merged)
        made.append(_record(0x00E5, struct.pack("<H", len(merged)) + ranges))
    return made


def _error(at: bytes, code: int, *, of_a_formula: bool) -> bytes:
    if not of_a_formula:
        return _record(0x0205, at + struct.pack("<BB", code, 1))
    came_to = struct.pack("<BxBxxxH", 2, code, 0xFFFF)
    formula = struct.pack("<HIHBB", 0, 0, 2, 0x1C, code)
    return _record(0x0006, at + came_to + formula)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _format(number: int) -> bytes:
    return struct.pack("<HHH", 0, number, 0) + bytes(14)


def _text(text: str, length: str) -> bytes:
    written = text.encode("utf-16-le")
    return struct.pack(length, len(written) // 2) + b"\x01" + written


def _compound(stream: bytes) -> bytes:
    """Put one stream into a compound file: header, table of sectors, directory, stream."""
    size = max(len(stream), 4096)
    sectors = -(-size // 512)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    assert len(table) == 512, "one sector of the table is enough for a test"
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack(
            "<HHHHH6xIIIIIIIII",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            1,
            1,
            0,
            4096,
            0xFFFFFFFE,
            0,
            0xFFFFFFFE,
            0,
        )
        + struct.pack("<I", 0)
        + b"\xff" * 432
    )
    root = _entry("Root Entry", 5, child=1, start=0xFFFFFFFE, size=0)
    book = _entry("Workbook", 2, child=0xFFFFFFFF, start=2, size=size)
    directory = (root + book).ljust(512, b"\0")
    return header[:512] + table + directory + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
