"""What an .xls says beside its values: cells that are an error, hidden columns, how days count.

The reading library leaves these out. The file is a compound file (a small file system, MS-CFB) with
a stream of records (MS-XLS); only the few kinds that matter here are looked at. A file that is odd
tells nothing: its values are read all the same.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_NO_SECTOR = 0xFFFFFFFA
"""From here on a number of a sector is a mark: the end of a chain, a free sector."""

_HEADER, _ENTRY = 512, 128
_STREAMS = ("Workbook", "Book")
_BOF, _EOF = 0x0809, 0x000A
_DATEMODE, _BOUNDSHEET = 0x0022, 0x0085
_COLINFO, _BOOLERR, _FORMULA = 0x007D, 0x0205, 0x0006
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass
class OldSheet:
    """A sheet: hidden columns, and cells (row, column, words) that are an error, all from 0."""

    hidden_columns: set[int] = field(default_factory=set)
    errors: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass
class OldBook:
    """A workbook: its sheets in their order, and whether day 0 is the first of 1904."""

    sheets: list[OldSheet] = field(default_factory=list)
    counts_from_1904: bool = False


def look_into(content: bytes) -> OldBook:
    """Read what an .xls says beside its values; nothing where it is odd."""
    try:
        return _book(_stream(content))
    except (struct.error, LookupError, ValueError):
        return OldBook()


def _book(stream: bytes) -> OldBook:
    book = OldBook()
    begins: list[int] = []
    for kind, said in _records(stream, 0):
        if kind == _DATEMODE:
            book.counts_from_1904 = said[:2] == b"\x01\x00"
        elif kind == _BOUNDSHEET:
            begins.append(_number(said, 0, "I"))
    book.sheets = [_sheet(stream, begin) for begin in begins]
    return book


def _sheet(stream: bytes, begin: int) -> OldSheet:
    sheet = OldSheet()
    for kind, said in _records(stream, begin):
        if kind == _COLINFO and said[8] & 1:
            sheet.hidden_columns |= set(range(_number(said, 0, "H"), _number(said, 2, "H") + 1))
        elif code := _error_code(kind, said):
            row, column = struct.unpack_from("<HH", said)
            sheet.errors.append((row, column, _ERRORS.get(code[0], "#N/A")))
    return sheet


def _error_code(kind: int, said: bytes) -> bytes:
    """Give the code of a cell that is an error, or whose formula came to one; else nothing."""
    if kind == _BOOLERR and said[7] == 1:
        return said[6:7]
    if kind == _FORMULA and said[12:14] == b"\xff\xff" and said[6] == 2:
        return said[8:9]
    return b""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from one that begins a part as far as the one that ends it."""
    deep = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        deep += (kind == _BOF) - (kind == _EOF)
        if deep <= 0:
            return
        if deep == 1:  # a chart inside a sheet has records of its own
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


# the compound file


def _stream(content: bytes) -> bytes:
    """Give the stream of the workbook."""
    size = 1 << _number(content, 30, "H")
    table = _table(content, size)
    entries = list(_entries(_chained(content, table, _number(content, 48, "I"), size)))
    [root, *_] = [entry for entry in entries if entry.kind == 5]
    [found, *_] = [entry for name in _STREAMS for entry in entries if entry.name == name]
    if found.size >= _number(content, 56, "I"):
        return _chained(content, table, found.start, size)[: found.size]
    small = _chained(content, table, root.start, size)
    links = _numbers(_chained(content, table, _number(content, 60, "I"), size))
    small_size = 1 << _number(content, 32, "H")
    return _joined(small, links, found.start, small_size, 0)[: found.size]


@dataclass(frozen=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def _entries(directory: bytes) -> Iterator[_Entry]:
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length = _number(directory, at + 64, "H")
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        yield _Entry(name, directory[at + 66], start, size)


def _table(content: bytes, size: int) -> tuple[int, ...]:
    """Give which sector follows which; the sectors that say so are listed in the header."""
    listed = list(_numbers(content[76:_HEADER]))
    more = _number(content, 68, "I")
    for _ in range(_number(content, 72, "I")):
        *some, more = _numbers(_sector(content, more, size))
        listed += some
    return _numbers(b"".join(_sector(content, one, size) for one in listed if one < _NO_SECTOR))


def _chained(content: bytes, table: tuple[int, ...], start: int, size: int) -> bytes:
    return _joined(content, table, start, size, size)


def _joined(content: bytes, links: tuple[int, ...], start: int, size: int, first: int) -> bytes:
    """Put the pieces of a chain together; one that leads back into itself is odd."""
    pieces: list[bytes] = []
    while start < _NO_SECTOR:
        if len(pieces) > len(links):
            raise ValueError("a chain without an end")
        at = first + start * size
        pieces.append(content[at : at + size])
        start = links[start]
    return b"".join(pieces)


def _sector(content: bytes, place: int, size: int) -> bytes:
    return content[(place + 1) * size : (place + 2) * size]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _number(content: bytes, at: int, shape: str) -> int:
    [number] = struct.unpack_from(f"<{shape}", content, at)
    return int(number)
