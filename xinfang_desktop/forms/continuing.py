"""续打: on a paper that is signed already, print only what was filled in since, at its place.

The paper lies as it was printed, so the sheet it was drawn from is kept inside its PDF (in the
page-piece dictionary, ISO 32000-1, 14.5), and what is new is placed in *its* boxes. Whatever was
printed then must still be what the matter says: nothing can be unprinted.
"""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any

from xinfang_desktop.errors import OfficeError

from .definition import Choice, Inline, Label, Line, Margins, Signature, Text
from .faces import Face
from .sheet import MM_PER_POINT, Align, Block, Box, Page, Piece, Sheet, TextLine
from .typesetting import line_height, set_line

_CLASSES: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *(Sheet, Page, Box, Block, TextLine, Piece, Margins),
        *(Label, Line, Text, Choice, Inline, Signature),
    )
}
_ENUMS: dict[str, type[Enum]] = {"Face": Face, "Align": Align}
_OWNER = "/XinfangDesktop"
_WITHIN = 0.05
"""Millimetres that make no difference."""

_EDGE = 0.6
"""Millimetres that keep a figure off the rule of its cell."""

_MOVED = "版面和上次打印时不一样，不能续打；上次的文书没有变动。请重新打印一份。"
_CHANGED = "“{where}”上次已经印在纸上，现在改动了，不能续打；请重新打印一份，或改回原来的内容。"
_NO_ROOM = "“{where}”新填的内容在原来的纸上放不下，不能续打；请重新打印一份，或另附页。"
_NOTHING = "上次打印以来没有新填的内容，没有打印。"
_HEAD = "标题"


def continuing(before: Sheet, now: Sheet) -> Sheet:
    """Give a sheet with what ``now`` says and ``before`` left blank, where ``before`` has room.

    It has no grid and no captions. What is drawn is meant for the very paper of ``before``.

    Raises:
        OfficeError: something printed then is not what the matter says now, what is new has no
            room, the definition is another, or there is nothing new.
    """
    _refuse_overflow(before, now)
    if not _is_alike(before, now):
        raise OfficeError(_MOVED)
    pages = tuple(map(_page, before.pages, now.pages))
    if not any(line.text for page in pages for line in page.text_lines):
        raise OfficeError(_NOTHING)
    return replace(before, pages=pages, missing=now.missing)


def _refuse_overflow(before: Sheet, now: Sheet) -> None:
    """Name the box whose text goes on on a page that was not printed."""
    page, boxes = before.pages[0], now.pages[0].boxes
    if len(now.pages) > len(before.pages) and len(page.boxes) == len(boxes):
        for was, box in zip(page.boxes, boxes, strict=True):
            if box.carried and was.cell == box.cell and not was.carried:
                raise OfficeError(_NO_ROOM.format(where=_name(page, was)))


def _is_alike(before: Sheet, now: Sheet) -> bool:
    def shape(sheet: Sheet) -> object:
        pages = [
            (page.columns, len(page.heights), [(box.cell, box.row, box.col) for box in page.boxes])
            for page in sheet.pages
        ]
        return sheet.key, sheet.width, sheet.height, sheet.margins, pages

    return shape(before) == shape(now)


def _page(before: Page, now: Page) -> Page:
    boxes = []
    for was, box in zip(before.boxes, now.boxes, strict=True):
        if lines := tuple(_added(before, was, box)):
            boxes.append(replace(was, lines=lines, ruled=False))
    return replace(
        before,
        boxes=tuple(boxes),
        head=tuple(_blocks(before.head, now.head)),
        foot=tuple(_blocks(before.foot, now.foot)),
    )


def _blocks(before: Sequence[Block], now: Sequence[Block]) -> Iterator[Block]:
    if len(before) != len(now):
        raise OfficeError(_MOVED)
    for was, block in zip(before, now, strict=True):
        if was.line.text != block.line.text:
            sides = was.line.x, was.line.x + was.line.width
            where = was.line.text.strip() or _HEAD
            yield from (
                replace(was, line=line) for line in _filled(was.line, block.line, sides, where)
            )


def _added(page: Page, was: Box, box: Box) -> Iterator[TextLine]:
    """Give the lines that are new in a box, placed in the box as it was printed."""
    if was.text == box.text:
        return
    where = _name(page, was)
    known = [line.text for line in was.lines if line.text.strip()]
    said = [line.text for line in box.lines]
    if known == said[: len(known)] and not (known and isinstance(was.cell, Line)):
        if _used(box) > was.height + _WITHIN:
            raise OfficeError(_NO_ROOM.format(where=where))
        yield from (_settled(line, was, box) for line in box.lines[len(known) :])
    elif len(known) == len(said):
        sides = was.x + _EDGE, was.x + was.width - _EDGE
        for line, other in zip(was.lines, box.lines, strict=True):
            yield from _filled(line, other, sides, where)
    else:
        raise OfficeError(_CHANGED.format(where=where))


def _used(box: Box) -> float:
    if not box.ruled:
        return box.height
    return len(box.lines) * line_height(box.size)


def _settled(line: TextLine, was: Box, box: Box) -> TextLine:
    """Move a line with its box: text hangs from the head, a short blank stands in the middle."""
    moved = was.y - box.y
    if box.ruled and not isinstance(box.cell, Text):
        moved += (was.height - box.height) / 2
    return replace(line, baseline=line.baseline + moved)


def _name(page: Page, box: Box) -> str:
    """Name a box by its caption, or by the caption at its left."""
    if isinstance(box.cell, Text) and box.cell.caption:
        return box.cell.caption.rstrip("：")
    labels = [
        other
        for other in page.boxes
        if isinstance(other.cell, Label)
        and other.x < box.x + _WITHIN
        and other.y < box.y + box.height
        and box.y < other.y + other.height
    ]
    beside = max(labels, key=lambda other: other.x, default=None)
    return "".join(beside.text.split()) if beside and beside.text.strip() else "正文"


# one line, some of it printed


@dataclass(frozen=True)
class _Character:
    text: str
    face: Face
    x: float
    width: float

    @property
    def end(self) -> float:
        return self.x + self.width


def _filled(
    was: TextLine, line: TextLine, sides: tuple[float, float], where: str
) -> Iterator[TextLine]:
    """Give what stands between the printed characters of a line now, each run in its gap."""
    if was.text == line.text:
        return
    printed = [one for one in _characters(was) if one.text.strip()]
    rest = [one for one in _characters(line) if one.text.strip()]
    before = sides[0]
    for place, character in enumerate(printed):
        run = []
        while rest and not _is_same(character, rest[0]):
            run.append(rest.pop(0))
        if not rest:
            raise OfficeError(_CHANGED.format(where=where))
        yield from _run(run, before, character.x, line, was, "first" if place == 0 else "", where)
        if rest.pop(0).text != character.text:
            yield _tick(character, was)
        before = character.end
    yield from _run(rest, before, sides[1], line, was, "last", where)


def _is_same(printed: _Character, said: _Character) -> bool:
    return printed.text == said.text or (printed.text in "□☐" and said.text == "☑")


def _run(
    run: Sequence[_Character],
    left: float,
    right: float,
    line: TextLine,
    was: TextLine,
    place: str,
    where: str,
) -> Iterator[TextLine]:
    if not run:
        return
    made = set_line("".join(one.text for one in run), line.size)
    free = right - left - made.width
    if free < -_WITHIN:
        raise OfficeError(_NO_ROOM.format(where=where))
    start = {"first": left + free, "last": left}.get(place, left + free / 2)
    yield replace(made, x=start, baseline=was.baseline)


def _tick(box: _Character, line: TextLine) -> TextLine:
    return replace(line, pieces=(Piece("☑", Face.BOX, box.width),), x=box.x)


def _characters(line: TextLine) -> Iterator[_Character]:
    x = line.x
    for piece in line.pieces:
        for text in piece.text:
            width = piece.face.advance(text) * line.size * MM_PER_POINT
            yield _Character(text, piece.face, x, width)
            x += width


# the sheet inside the PDF


def with_sheet(pdf: bytes, sheet: Sheet) -> bytes:
    """Give ``pdf`` with the sheet it was drawn from inside; it looks and prints as before."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as paper:
        told = json.dumps(_told(sheet), ensure_ascii=False, separators=(",", ":"))
        kept = pikepdf.Dictionary(
            LastModified="D:20000101000000Z",
            Private=paper.make_stream(told.encode("utf-8", "surrogatepass")),
        )
        paper.Root.PieceInfo = pikepdf.Dictionary({_OWNER: kept})
        file = io.BytesIO()
        paper.save(file, deterministic_id=True)
    return file.getvalue()


def kept_sheet(pdf: bytes) -> Sheet:
    """Give the sheet that a kept paper was drawn from.

    Raises:
        OfficeError: there is none in it that this program reads.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as paper:
            told = paper.Root.PieceInfo[_OWNER].Private.read_bytes()
        sheet = _read(json.loads(told.decode("utf-8", "surrogatepass")))
    except (AttributeError, KeyError, TypeError, ValueError, pikepdf.PdfError):
        raise OfficeError(_MOVED) from None
    if not isinstance(sheet, Sheet):
        raise OfficeError(_MOVED)
    return sheet


def _told(value: Any) -> Any:  # noqa: ANN401 - any part of a sheet
    if is_dataclass(value):
        said = {one.name: _told(getattr(value, one.name)) for one in fields(value)}
        return {"": type(value).__name__, **said}
    if isinstance(value, Enum):
        return {"": type(value).__name__, "name": value.name}
    if isinstance(value, tuple):
        return [_told(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value


def _read(told: Any) -> Any:  # noqa: ANN401 - any part of a sheet
    if isinstance(told, list):
        return tuple(map(_read, told))
    if not isinstance(told, dict):
        return told
    kind = told[""]
    if kind in _ENUMS:
        return _ENUMS[kind][told["name"]]
    return _CLASSES[kind](**{name: _read(one) for name, one in told.items() if name})
