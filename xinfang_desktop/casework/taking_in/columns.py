"""Which column of a ledger is what: proposed by its head and by what stands in it, kept by layout.

What was settled once for a layout is proposed again for the same heads. Everything can be changed.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import ColumnMap

from . import cells
from .cells import plain_word, shown
from .headings import FIELDS, NOT_TAKEN, choices_of, meaning, plain_head
from .layout import RowKind, Table, layout_of
from .looks import LOOKS, MOSTLY, fit
from .workbook import Cell, column_letters, is_blank

SAMPLES = 5
"""How many cells of a column are shown beside its proposal."""

_LOOKED_AT = 200
_SURELY, _HARDLY = 0.8, 0.2

BY_HEAD, BY_CONTENT, AS_LAST_TIME = "按表头", "按内容", "按上次"

_NO_SUCH_COLUMN = "对应关系里的“{name}”不是这个台账的列，没有导入。请核对表头或列号。"
_NO_SUCH_FIELD = "对应关系里的“{name}”不是可以导入的项目，没有导入。可用的有：{fields}。"
_TWICE = "“{title}”对应了两列（{one}列和{two}列），没有导入。请只留一列。"


@dataclass(frozen=True)
class Arrangement:
    """How a ledger is read: the field of each column, and what odd words stand for.

    ``words`` gives, for a field that chooses, the code of the choice that a word means.
    """

    fields: Mapping[int, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def column_of(self, wanted: str) -> int | None:
        """Give the column of a field."""
        return next((column for column, key in self.fields.items() if key == wanted), None)

    @property
    def taken(self) -> dict[str, int]:
        """Give every field that is taken in with its column."""
        return {key: column for column, key in self.fields.items() if key != NOT_TAKEN}


@dataclass(frozen=True)
class Column:
    """A column with the field proposed for it, why, and some of what stands in it."""

    place: int
    head: str
    field: str
    because: str
    samples: tuple[str, ...]
    is_hidden: bool = False

    @property
    def name(self) -> str:
        """The column as a clerk points at it."""
        return f"{column_letters(self.place)}列"


def propose(table: Table, kept: Arrangement | None = None) -> list[Column]:
    """Give every column that has a head or content, each with what it seems to be."""
    matters = [line for line in table.lines() if line.kind is RowKind.MATTER][:_LOOKED_AT]
    inside = {
        place: [line.cells[place] for line in matters if not is_blank(line.cells[place])]
        for place in range(table.sheet.width)
    }
    seen = {place: found for place, found in inside.items() if found or table.heads[place]}
    proposed = _as_kept(kept, seen) if kept else _guessed(table, seen)
    return [
        Column(
            place,
            table.heads[place],
            *proposed.get(place, (NOT_TAKEN, "")),
            tuple(shown(cell) for cell in found[:SAMPLES]),
            place in table.sheet.hidden_columns,
        )
        for place, found in seen.items()
    ]


@dataclass(frozen=True)
class OddWord:
    """A word in a column that chooses, which none of the choices is known by, and how often."""

    field: str
    word: str
    count: int


def odd_words(table: Table, arrangement: Arrangement) -> list[OddWord]:
    """Give the words that must be settled once, the most frequent first; settled ones as well.

    Nobody's choice is guessed: a row with an odd word waits until somebody has said what it means.
    """
    written: Counter[tuple[str, Cell]] = Counter()
    choosing = {
        key: place for key, place in arrangement.taken.items() if FIELDS[key].choices is not None
    }
    for line in table.lines() if choosing else ():
        if line.kind is RowKind.MATTER:
            written.update((key, line.cells[place]) for key, place in choosing.items())
    found: Counter[tuple[str, str]] = Counter()
    for (key, cell), count in written.items():
        if is_blank(cell) or cells.broken(cell):
            continue
        if cells.choice(cell, choices_of(key)).trouble:
            found[key, plain_word(shown(cell))] += count
    return [OddWord(key, word, count) for (key, word), count in found.most_common()]


def arranged(
    columns: Iterable[Column], words: Mapping[str, Mapping[str, str]] | None = None
) -> Arrangement:
    """Give the arrangement that columns stand for.

    Raises:
        OfficeError: two columns say the same field.
    """
    fields: dict[int, str] = {}
    for column in columns:
        if column.field != NOT_TAKEN and column.field in fields.values():
            first = next(place for place, key in fields.items() if key == column.field)
            title = FIELDS[column.field].title
            one, two = column_letters(first), column_letters(column.place)
            raise OfficeError(_TWICE.format(title=title, one=one, two=two))
        fields[column.place] = column.field
    return Arrangement(fields, words or {})


def told_by_hand(table: Table, told: Mapping[str, str]) -> Arrangement:
    """Give the arrangement that somebody wrote down: heads or column letters to fields.

    A field is named by its key or its title, and left out by an empty one. Columns that are not
    told of are not taken in.

    Raises:
        OfficeError: a name is no column or no field.
    """
    heads = {plain_head(head): place for place, head in reversed(list(enumerate(table.heads)))}
    letters = {column_letters(place): place for place in range(table.sheet.width)}
    titles = {known.title: key for key, known in FIELDS.items()}
    fields: dict[int, str] = {}
    for name, wanted in told.items():
        place = letters.get(name.upper(), heads.get(plain_head(name)))
        if place is None:
            raise OfficeError(_NO_SUCH_COLUMN.format(name=name[:20]))
        key = titles.get(wanted, wanted)
        if key != NOT_TAKEN and key not in FIELDS:
            raise OfficeError(_NO_SUCH_FIELD.format(name=wanted[:20], fields="、".join(FIELDS)))
        fields[place] = key
    columns = [Column(place, table.heads[place], key, "", ()) for place, key in fields.items()]
    return arranged(columns)


def kept_for(session: Session, table: Table) -> Arrangement | None:
    """Give how this layout was read the last time."""
    kept = session.get(ColumnMap, layout_of(table))
    if kept is None:
        return None
    content = json.loads(kept.content)
    fields = {int(place): key for place, key in content["fields"].items() if key in (*FIELDS, "")}
    return Arrangement(fields, content["words"])


def keep(session: Session, table: Table, arrangement: Arrangement, *, now: datetime) -> None:
    """Keep how this layout is read."""
    layout = layout_of(table)
    content = json.dumps({"fields": dict(arrangement.fields), "words": dict(arrangement.words)})
    kept = session.get(ColumnMap, layout) or ColumnMap(layout=layout, content="", saved_at=now)
    kept.content, kept.saved_at = content, now
    session.add(kept)


Seen = Mapping[int, Sequence[Cell]]
Proposed = dict[int, tuple[str, str]]


def _as_kept(kept: Arrangement, seen: Seen) -> Proposed:
    return {place: (kept.fields[place], AS_LAST_TIME) for place in seen if place in kept.fields}


def _guessed(table: Table, seen: Seen) -> Proposed:
    proposed = _by_heads(table, seen)
    for place, found in seen.items():
        here = proposed.get(place)
        if here is not None and not _is_belied(here[0], found):
            continue
        taken = {key for other, (key, _) in proposed.items() if other != place}
        likely = _likeliest(found, taken)
        if likely:
            proposed[place] = (likely, BY_CONTENT)
    _kind_by_its_words(seen, proposed)
    _longest_is_the_claim(seen, proposed)
    return proposed


def _by_heads(table: Table, seen: Seen) -> Proposed:
    """Give each field to the column whose head says it best; the content decides between equals."""
    best: dict[str, tuple[tuple[float, ...], int]] = {}
    proposed: Proposed = {}
    for place, found in seen.items():
        means = meaning(table.heads[place]) if table.heads[place] else None
        if means is None:
            continue
        if means.field == NOT_TAKEN:
            proposed[place] = (NOT_TAKEN, BY_HEAD)
            continue
        is_open = place not in table.sheet.hidden_columns
        rank = (is_open, bool(found), means.weight, fit(means.field, found), -place)
        if means.field not in best or rank > best[means.field][0]:
            best[means.field] = (rank, place)
    proposed |= {place: (key, BY_HEAD) for key, (_, place) in best.items()}
    return proposed


def _is_belied(key: str, found: Sequence[Cell]) -> bool:
    """Tell whether what stands in a column is plainly something else than its head says."""
    if key not in LOOKS or len(found) < 3 or fit(key, found) > _HARDLY:
        return False
    return any(fit(other, found) >= _SURELY for other in LOOKS if other != key)


def _likeliest(found: Sequence[Cell], taken: set[str]) -> str:
    if len(found) < 2:
        return NOT_TAKEN
    fits = {key: fit(key, found) for key in LOOKS if key not in taken}
    key = max(fits, key=lambda key: fits[key], default=NOT_TAKEN)
    return key if key and fits[key] >= MOSTLY else NOT_TAKEN


def _kind_by_its_words(seen: Seen, proposed: Proposed) -> None:
    """类别 alone means the category, unless words of the three kinds stand in it.

    What else stands there is then an odd word, which is asked about.
    """
    if any(key == "kind" for key, _ in proposed.values()):
        return
    known = choices_of("kind")
    for place, (key, _) in proposed.items():
        of_kind = sum(plain_word(shown(cell)) in known for cell in seen[place])
        if key == "category" and of_kind * 2 >= max(len(seen[place]), 2):
            proposed[place] = ("kind", BY_CONTENT)


def _longest_is_the_claim(seen: Seen, proposed: Proposed) -> None:
    """Where no head says which column is the claim, it is the one with the longest words."""
    if any(key == "claim" for key, _ in proposed.values()):
        return
    lengths = {
        place: sum(len(shown(cell)) for cell in found) / len(found)
        for place, found in seen.items()
        if found and place not in proposed
    }
    longest = max(lengths, key=lambda place: lengths[place], default=None)
    if longest is not None and lengths[longest] >= 12:
        proposed[longest] = ("claim", BY_CONTENT)
