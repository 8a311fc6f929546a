"""The dry run of an import: what would become of every row, and why; nothing is written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from sqlmodel import Session

from xinfang_desktop.casework import numbering
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.casework.sealing import SEALED_CODE, SEALED_TITLE
from xinfang_desktop.casework.search import execute
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Channel, OfficeProfile, PetitionState, Viewer

from .cells import Hints, years_in
from .columns import Arrangement
from .layout import Line, RowKind, Table
from .rows import RowRead, Ways, Written, read_row, sentences
from .workbook import EPOCH_1900

_ALIKE = 85.0
"""How alike two claims of one day and one name must be to be the same entry (0 to 100)."""

_DOUBLE = "与{number}同日、同名、诉求相同"
_SAME_NUMBER = "原编号、日期与{number}相同"
_EVERY = 100

CANCELLED = "已取消，没有导入任何一行；原有数据没有改动。"

Tell = Callable[[int, int], None]
"""Is told how many rows are done, and of how many."""


class Finished(Enum):
    """Which matters are entered as archived, so that no time limit runs for them any more."""

    CONCLUDED = "有办结日期或处理结果的"
    ALL = "全部（旧台账）"
    NONE = "都不，按新登记计时限"


class Fate(Enum):
    """What would become of a row."""

    READY = "将登记"
    REPAIR = "待补正"
    DOUBLE = "已有"
    NO_MATTER = "不是事项"


@dataclass(frozen=True)
class Options:
    """How the import is to be done.

    Attributes:
        keep_numbers: whether a number of the ledger that fits our pattern and is free stays ours.
        finished: which matters are entered as archived.
        with_doubles: whether rows that seem to be in the books are entered all the same.
        blank_damaged: whether a row with damaged cells is entered with these blank; what they said
            stands in its history then.
    """

    keep_numbers: bool = False
    finished: Finished = Finished.CONCLUDED
    with_doubles: bool = False
    blank_damaged: bool = False


@dataclass(frozen=True)
class Part:
    """A sheet that is to be taken in, and how."""

    table: Table
    arrangement: Arrangement
    channel: Channel | None = None
    epoch: date = EPOCH_1900

    def ways(self, today: date) -> Ways:
        """Give how its rows are read; the year it names, where it names but one."""
        years = years_in(self.table.titles)
        year = years.pop() if len(years) == 1 else None
        return Ways(
            Hints(today, self.epoch, year),
            self.arrangement.words,
            self.channel or self.table.channel,
        )


@dataclass(frozen=True)
class Checked:
    """One row (or several that merged cells make one) and what would become of it.

    Attributes:
        row: the number of its first row, as the spreadsheet shows it.
        reason: why it is not simply entered.
        double_of: the number in the books, or the row before, that it seems to repeat.
        number: its number, where that stays ours.
        read: what it says; None for a row that is no matter.
        told: a few words to know it by; nothing of an accusation.
    """

    sheet: str
    row: int
    fate: Fate
    told: str
    reason: str = ""
    double_of: str = ""
    number: str = ""
    read: RowRead | None = field(default=None, repr=False)


def check(
    session: Session,
    parts: Sequence[Part],
    options: Options,
    *,
    viewer: Viewer,
    today: date,
    tell: Tell = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> list[Checked]:
    """Give what would become of every row, in the order of the file.

    Raises:
        OfficeError: somebody cancelled.
    """
    total = sum(len(part.table.sheet.rows) for part in parts)
    books = _Books(session, office_profile(session), viewer)
    checked: list[Checked] = []
    for one in _all_rows(parts, today):
        checked.append(_judged(books, one, options) if one.read else one)
        if len(checked) % _EVERY == 0:
            tell(len(checked), total)
            if is_cancelled():
                raise OfficeError(CANCELLED)
    tell(total, total)
    return checked


def _all_rows(parts: Sequence[Part], today: date) -> Iterator[Checked]:
    for part in parts:
        yield from _rows(part, part.ways(today))


def _rows(part: Part, ways: Ways) -> Iterator[Checked]:
    name = part.table.sheet.name
    for lines in _grouped(part):
        first = lines[0]
        if first.kind is not RowKind.MATTER:
            yield Checked(name, first.row, Fate.NO_MATTER, first.told, first.kind.value)
            continue
        read = read_row([_cells(line, part.arrangement) for line in lines], ways)
        if read.is_empty:
            told = first.told if read.written else ""
            yield Checked(name, first.row, Fate.NO_MATTER, told, RowKind.BLANK.value)
        else:
            yield Checked(name, first.row, Fate.READY, told_of(read), read=read)


def _grouped(part: Part) -> Iterator[list[Line]]:
    """Give the rows, those together that a merged number or claim ties to one matter."""
    taken = part.arrangement.taken
    keys = [taken[key] for key in ("claim", "number") if key in taken]
    last = {row: end for start, end in part.table.tied(keys) for row in range(start, end)}
    group: list[Line] = []
    for line in part.table.lines():
        group.append(line)
        if line.row not in last or line.kind is not RowKind.MATTER:
            yield group
            group = []
    if group:
        yield group


def _cells(line: Line, arrangement: Arrangement) -> Written:
    return {key: line.cells[place] for key, place in arrangement.taken.items()}


def _judged(books: "_Books", one: Checked, options: Options) -> Checked:
    """Say of a row that tells of a matter whether it is entered, waits, or is there already."""
    read = one.read
    assert read is not None
    if not options.with_doubles:
        double_of, reason = books.double_of(one)
        if double_of:
            return replace(one, fate=Fate.DOUBLE, reason=reason, double_of=double_of)
    number = books.own_number(read) if options.keep_numbers else ""
    if not read.troubles:
        return replace(one, number=number)
    fate = Fate.READY if options.blank_damaged else Fate.REPAIR
    return replace(one, fate=fate, number=number, reason=wrong_with(read))


_SAME_DAY = f"""
    SELECT p.number, p.claim FROM petitioner AS person
    JOIN participation AS seat ON seat.petitioner_id = person.id AND seat.position = 1
    JOIN petition AS p ON p.id = seat.petition_id
    WHERE person.name = ? AND p.received_on = ?
        AND p.state = '{PetitionState.REGISTERED.value}' AND (p.kind IS '{SEALED_CODE}') = ?
"""
_SAME_NUMBER_SQL = f"""
    SELECT p.number FROM petition AS p
    WHERE p.former_number = ? AND p.former_number <> '' AND p.received_on = ?
        AND p.state = '{PetitionState.REGISTERED.value}' AND (p.kind IS '{SEALED_CODE}') = ?
"""


class _Books:
    """What the books hold already, and what the rows before have said."""

    def __init__(self, session: Session, office: OfficeProfile, viewer: Viewer) -> None:
        self._session, self._office, self._viewer = session, office, viewer
        self._seen: dict[tuple[str, ...], Checked] = {}
        self._numbers: set[str] = set()

    def double_of(self, one: Checked) -> tuple[str, str]:
        """Give what a row repeats, and why it is thought so; nothing where it is new."""
        read = one.read
        assert read is not None
        day = read.given.received_on.on.isoformat() if read.given.received_on else ""
        name = read.given.petitioners[0].name if read.given.petitioners else ""
        claim = "".join(read.given.claim.split())
        if before := self._before(one, (day, name, claim)):
            return before
        if read.is_sealed and not self._viewer.cleared:
            return "", ""
        return self._in_books(read, day, name)

    def own_number(self, read: RowRead) -> str:
        """Give the ledger's number where it fits our pattern, and nobody has it."""
        ours = numbering.as_ours(self._office, read.given.channel, read.number)
        if ours is None or ours.number in self._numbers:
            return ""
        if not numbering.is_free(self._session, ours):
            return ""
        self._numbers.add(ours.number)
        return ours.number

    def _before(self, one: Checked, key: tuple[str, ...]) -> tuple[str, str] | None:
        before = self._seen.setdefault(key, one) if all(key) else one
        if before is one:
            return None
        place = f"“{before.sheet}”第{before.row}行"
        return place, f"与{place}相同"

    def _in_books(self, read: RowRead, day: str, name: str) -> tuple[str, str]:
        if not day:
            return "", ""
        sealed = read.is_sealed
        for (number,) in execute(self._session, _SAME_NUMBER_SQL, (read.number, day, sealed)):
            return number, _SAME_NUMBER.format(number=number)
        if name:
            for number, claim in execute(self._session, _SAME_DAY, (name, day, sealed)):
                if _alike(claim, read.given.claim):
                    return number, _DOUBLE.format(number=number)
        return "", ""


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return (not one and not other) or fuzz.ratio(one[:2000], other[:2000]) >= _ALIKE


def wrong_with(read: RowRead) -> str:
    """Say what must be put right; of an accusation only how much."""
    if read.is_sealed:
        return f"有{len(read.troubles)}处要补正"
    return sentences(read.troubles)


def told_of(read: RowRead) -> str:
    """Give a few words to know a row by; of an accusation only that it is one."""
    if read.is_sealed:
        return SEALED_TITLE
    names = "、".join(person.name for person in read.given.petitioners if person.name)
    return " ".join(filter(None, (names, " ".join(read.given.claim.split())[:30])))


def counted(checked: Iterable[Checked]) -> dict[Fate, int]:
    """Give how many rows have each fate."""
    counts = dict.fromkeys(Fate, 0)
    for one in checked:
        counts[one.fate] += 1
    return counts
