"""Where in a sheet the heads are, and which of its rows are matters.

A ledger has title rows above, heads in one to three rows with merged cells, heads again in the
middle where a page began, totals and notes. Every row that is no matter says why; above the heads,
too, no row but titles goes without a word.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from xinfang_desktop.models import Channel

from .cells import shown
from .headings import meaning, plain_head
from .looks import LOOKS, MOSTLY, fit
from .workbook import Cell, Sheet, Span, is_blank

_LOOKED_AT = 30
"""Rows from the top in which heads are looked for."""

_DEEPEST = 3
_HEADS_AT_LEAST = 2
"""How much rows must weigh to be heads."""

_FIELDS_AT_LEAST = 3
"""How many columns must be known by their content where no head is known."""

_CELLS_AT_LEAST = 3
"""How much a row must tell to part the heads above it from those below it."""

_LONG_FOR_A_HEAD = 16
_LABEL = re.compile("[^:：]{1,12}[:：]")
_TOTAL = re.compile(r"(?:本[页月年季周次日]|全[年月]|累计)?(?:合|总|小|共|累)计")
_FOOT = re.compile(
    r"(?:注|说明|备注|填表|制表|填报|审核|复核|单位负责人|分管领导|负责人|联系人)[^:：]{0,12}[:：]"
    r"|第[0-9一二三四五六七八九十]+页"
)
_MONTH = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月份?"
_SECTION = re.compile(
    rf"(?:[0-9]{{4}}年度?)?(?:{_MONTH})?(?:[(（].{{0,12}}[)）])?|[一二三四五六七八九十]{{1,3}}[、.].{{1,30}}"
    r"|.{0,30}(?:台账|登记簿|登记表|汇总表|明细表|一览表)"
)


class RowKind(Enum):
    """What a row of a sheet is."""

    MATTER = "事项"
    BLANK = "空行"
    HEAD = "重复的表头"
    TOTAL = "合计行"
    TITLE = "标题行"
    FOOT = "表尾说明"
    ABOVE = "表头以上的行"


@dataclass(frozen=True)
class Line:
    """A row that is no title and no head: its number as the spreadsheet shows it, its cells."""

    row: int
    kind: RowKind
    cells: tuple[Cell, ...]

    @property
    def told(self) -> str:
        """What can be seen in it, shortened."""
        return " ".join(filter(None, (shown(cell).strip() for cell in self.cells)))[:40]


@dataclass(frozen=True)
class Table:
    """A sheet as a ledger: heads in rows ``top`` to ``bottom`` (from 0), each column's head.

    Where there are no heads, ``top`` is the first row of the matters and ``bottom`` the one before.
    """

    sheet: Sheet
    top: int
    bottom: int
    heads: tuple[str, ...]

    @property
    def has_heads(self) -> bool:
        """Whether any row says what the columns are."""
        return self.bottom >= self.top

    @property
    def titles(self) -> tuple[str, ...]:
        """What stands above the heads, and the name of the sheet."""
        above = (shown(cell).strip() for row in self.sheet.rows[: self.top] for cell in row)
        return (self.sheet.name, *filter(None, above))

    @property
    def channel(self) -> Channel:
        """By what the matters of a ledger came in that has no column for it."""
        told = "".join(self.titles)
        return next((channel for word, channel in _CHANNELS if word in told), Channel.VISIT)

    def lines(self) -> Iterator[Line]:
        """Give every row below the heads; what is merged downwards stands in each of its rows.

        Before them come the rows above the heads that are more than titles.
        """
        yield from self._lines

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        rows = _filled_down(self.sheet)
        above = (
            Line(place + 1, RowKind.ABOVE, rows[place])
            for place in range(self.top)
            if not _is_title(self.sheet.rows[place])
        )
        below = (
            Line(place + 1, self._kind(self.sheet.rows[place], rows[place]), rows[place])
            for place in range(self.bottom + 1, len(rows))
        )
        return (*above, *below)

    def tied(self, columns: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Give the rows, first and last, that a merged cell in one of the columns ties to one."""
        for span in self.sheet.spans:
            if span.left in columns and span.bottom > span.top > self.bottom:
                yield span.top + 1, span.bottom + 1

    def _kind(self, seen: tuple[Cell, ...], cells: tuple[Cell, ...]) -> RowKind:
        told = [_bare(cell) for cell in seen if not is_blank(cell)]
        if not told:
            return RowKind.MATTER if any(not is_blank(cell) for cell in cells) else RowKind.BLANK
        if self._repeats_heads(seen, told):
            return RowKind.HEAD
        if _TOTAL.match(told[0]) or (len(told) > 1 and _TOTAL.fullmatch(told[1])):
            return RowKind.TOTAL
        if _FOOT.match(told[0]):
            return RowKind.FOOT
        if len(told) == 1 and (told[0] in self._bare_titles or _SECTION.fullmatch(told[0])):
            return RowKind.TITLE
        return RowKind.MATTER

    def _repeats_heads(self, seen: tuple[Cell, ...], told: list[str]) -> bool:
        heads = [
            {_bare(row[place]) for row in self.sheet.rows[self.top : self.bottom + 1]}
            for place in range(self.sheet.width)
        ]
        same = sum(
            not is_blank(cell) and _bare(cell) in heads[place] for place, cell in enumerate(seen)
        )
        return same >= 2 and same * 2 >= len(told)

    @property
    def _bare_titles(self) -> set[str]:
        return {_bare(title) for title in self.titles}


_CHANNELS = (
    ("来信", Channel.LETTER),
    ("来电", Channel.PHONE),
    ("热线", Channel.PHONE),
    ("网上", Channel.ONLINE),
    ("网信", Channel.ONLINE),
    ("代办", Channel.AGENT),
)


def find_table(sheet: Sheet) -> Table | None:
    """Give the sheet as a ledger, or None where no row looks like heads.

    Heads that come again below matters are never its heads, however plain they are.
    """
    best: tuple[float, int, int] = (0.0, 0, 0)
    for top in range(min(_LOOKED_AT, len(sheet.rows))):
        if best[0] >= _HEADS_AT_LEAST and _has_matters(sheet, best[2] + 1, top):
            break
        for deep in range(1, min(_DEEPEST, len(sheet.rows) - top) + 1):
            score = _looks_like_heads(sheet, top, top + deep - 1)
            if score > best[0]:
                best = (score, top, top + deep - 1)
    if best[0] >= _HEADS_AT_LEAST:
        return table_at(sheet, best[1], best[2])
    above = (top for top in range(_LOOKED_AT) if _stand_above_matters(sheet, top))
    head = next(above, None)
    return None if head is None else table_at(sheet, head, head)


def table_at(sheet: Sheet, top: int, bottom: int) -> Table:
    """Give the sheet as a ledger whose heads stand in these rows (from 0)."""
    return Table(sheet, top, bottom, _heads(sheet, top, bottom))


def table_without_heads(sheet: Sheet, first: int = 0) -> Table:
    """Give the sheet as a ledger that has no heads: its matters begin in row ``first`` (from 0)."""
    return Table(sheet, first, first - 1, ("",) * sheet.width)


def _has_matters(sheet: Sheet, first: int, end: int) -> bool:
    """Tell whether rows from ``first`` up to ``end`` hold what heads and titles do not."""
    return any(
        len(told) >= _CELLS_AT_LEAST
        and not _LABEL.match(_bare(told[0]))
        and _looks_like_heads(sheet, row, row) < _HEADS_AT_LEAST
        for row in range(first, end)
        for told in [_told(sheet.rows[row])]
    )


def _is_title(row: tuple[Cell, ...]) -> bool:
    """Tell whether a row above the heads is a title or blank, or says who reports (填报单位：…)."""
    told = _told(row)
    return len(told) < 2 or _LABEL.match(_bare(told[0])) is not None


def _told(row: tuple[Cell, ...]) -> list[Cell]:
    return [cell for cell in row if not is_blank(cell)]


def _stand_above_matters(sheet: Sheet, top: int) -> bool:
    """Tell whether words that nobody calls a field by stand above what looks like matters."""
    below = sheet.rows[top + 1 : top + 1 + _LOOKED_AT]
    heads = sheet.rows[top] if below else ()
    if sum(isinstance(cell, str) and not is_blank(cell) for cell in heads) < _FIELDS_AT_LEAST:
        return False
    columns = (
        [row[place] for row in below if not is_blank(row[place])] for place in range(len(heads))
    )
    known = [_looks_like(cells) if len(cells) >= 2 else "" for cells in columns]
    if len({*known} - {""}) < _FIELDS_AT_LEAST:
        return False
    alike = (key and fit(key, [head]) for key, head in zip(known, heads, strict=True))
    return sum(map(bool, alike)) < 2  # heads do not look like what stands below them


def _looks_like(cells: list[Cell]) -> str:
    return next((key for key in LOOKS if cells and fit(key, cells) >= MOSTLY), "")


def _looks_like_heads(sheet: Sheet, top: int, bottom: int) -> float:
    """Weigh rows as heads: fields they name, less what looks like data in them."""
    heads = _heads(sheet, top, bottom)
    known: dict[str, float] = {}
    others = 0
    for head in heads:
        found = meaning(head)
        if found is None or not found.field:
            others += found is not None
        else:
            known[found.field] = max(known.get(found.field, 0), found.weight)
    cells = [cell for row in sheet.rows[top : bottom + 1] for cell in row if not is_blank(cell)]
    odd = sum(not isinstance(cell, str) or len(cell) > _LONG_FOR_A_HEAD for cell in cells)
    titles = sum(span.right - span.left >= 3 for span in _wide(sheet.spans, top, bottom))
    return sum(known.values()) + others / 4 - odd - titles / 2 - (bottom - top) / 20


def _wide(spans: Sequence[Span], top: int, bottom: int) -> Iterator[Span]:
    return (span for span in spans if top <= span.top and span.bottom <= bottom)


def _heads(sheet: Sheet, top: int, bottom: int) -> tuple[str, ...]:
    """Give each column's head: what stands above a merged part belongs to every column of it.

    The lowest words alone where they name a field by themselves and those above do not.
    """
    levels = [list(sheet.rows[row]) for row in range(top, bottom + 1)]
    for span in sheet.spans:
        if span.top in range(top, bottom + 1):
            words = sheet.rows[span.top][span.left] if span.left < sheet.width else ""
            for row in range(span.top, min(span.bottom, bottom) + 1):
                for column in range(span.left, min(span.right, sheet.width - 1) + 1):
                    levels[row - top][column] = words
    return tuple(_head([shown(level[column]) for level in levels]) for column in range(sheet.width))


def _head(levels: list[str]) -> str:
    words = list(dict.fromkeys(" ".join(level.split()) for level in levels if level.strip()))
    if len(words) < 2:
        return words[0] if words else ""
    joined = "".join(words)
    whole = meaning(joined)
    lowest = meaning(words[-1])
    if lowest is not None and not (whole and whole.whole) and not _is_of_another(words[0]):
        return words[-1]
    return joined


def _is_of_another(words: str) -> bool:
    """Tell whether heads below speak of somebody else than the petitioner."""
    found = meaning(words)
    return found is not None and found.field not in ("names", "claim")


def _filled_down(sheet: Sheet) -> list[tuple[Cell, ...]]:
    rows = [list(row) for row in sheet.rows]
    for span in sheet.spans:
        if span.bottom > span.top < len(rows) and span.left < sheet.width:
            for row in range(span.top + 1, min(span.bottom + 1, len(rows))):
                rows[row][span.left] = rows[span.top][span.left]
    return [tuple(row) for row in rows]


def _bare(cell: Cell) -> str:
    return "".join(unicodedata.normalize("NFKC", shown(cell)).split())


def layout_of(table: Table) -> str:
    """Give the fingerprint of a layout: the same heads in the same order have the same.

    Where there are no heads at all, it is what the columns look like.
    """
    from hashlib import sha256

    told = [*map(plain_head, table.heads)]
    if not any(told):
        told = ["", *map(_looks_like, _columns_of(table))]
    return sha256("\x1f".join(told).encode()).hexdigest()


def _columns_of(table: Table) -> Iterator[list[Cell]]:
    rows = table.sheet.rows[table.bottom + 1 : table.bottom + 1 + _LOOKED_AT]
    for place in range(table.sheet.width):
        yield [row[place] for row in rows if not is_blank(row[place])]
