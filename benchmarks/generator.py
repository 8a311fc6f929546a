"""A store with any number of invented matters, written at once and not one by one.

What is written is what registration would have written, down to the index of the words: the same
models give the rows, and ``tests/benchmarks`` compares the two. Only the time differs. All but the
latest of the matters are then settled.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, partial
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

import xinfang_desktop
from xinfang_desktop.casework import identity, word_index
from xinfang_desktop.casework.advice import problems
from xinfang_desktop.casework.deadlines import refresh_all
from xinfang_desktop.casework.limit_rules import rule_book
from xinfang_desktop.casework.limit_upkeep import catch_up
from xinfang_desktop.casework.work_calendar import work_calendar
from xinfang_desktop.models import (
    DOING,
    Action,
    Note,
    NumberSeries,
    Participation,
    Petition,
    Petitioner,
    Step,
    Weight,
)
from xinfang_desktop.store.database import Store, create_store, open_store

from .invented import OFFICE, SEED, Arrival, arrivals

T = TypeVar("T")

PASSWORD = "量一量用的密码 1234"
ACCOUNT = "王经办"

_BATCH, _TRANSACTION = 2_000, 20_000
_INDEXED = "DELETE FROM not_indexed"
_ROOMY = "PRAGMA cache_size = -300000"
"""Kilobytes of pages kept while a store is filled: all of those that rows go in between others."""

_UNDER_WAY = timedelta(days=45)
_LATEST = "SELECT max(received_on), max(id) FROM petition"
_SETTLED = (
    """
    UPDATE petition SET stage = 'archived', accepted_on = date(received_on, '+3 days'),
        concluded_on = date(received_on, '+30 days'), served_on = date(received_on, '+31 days')
    WHERE id BETWEEN :first AND :last AND received_on <= :until
    """,
    """
    UPDATE deadline SET done_on = due_on
    WHERE petition_id BETWEEN :first AND :last AND petition_id IN
        (SELECT id FROM petition WHERE id BETWEEN :first AND :last AND received_on <= :until)
    """,
)
_TABLES: tuple[type[SQLModel], ...] = (Petition, Petitioner, Participation, Step)
_SOURCES = (
    "casework/words.py",
    "casework/word_index.py",
    "casework/pinyin.py",
    "casework/deadlines.py",
    "casework/limit_facts.py",
    "casework/limit_rules.py",
    "casework/limit_upkeep.py",
    "casework/reckoning.py",
    "casework/work_calendar.py",
    "models/*.py",
    "store/migrations/*.py",
    "store/trail.py",
)
"""What decides the bytes of a generated store, besides this package."""


def generated(kept_in: Path, count: int, seed: int = SEED) -> Path:
    """Give the folder of a store with ``count`` matters; it is made where ``kept_in`` has none.

    The folder's name tells the number, the seed and the code it was made by, so that a store of
    another day's schema is never measured; that one is thrown away. Whoever writes to a store
    works on a copy.
    """
    folder = kept_in / f"matters-{count}-{seed}-{_digest()}"
    if not folder.exists():
        for outdated in kept_in.glob(f"matters-{count}-{seed}-*"):
            shutil.rmtree(outdated)
        unfinished = kept_in / f"{folder.name}.unfinished"
        store = new_store(unfinished)
        fill(store, arrivals(count, seed))
        settle(store)
        store.close()
        unfinished.rename(folder)
    return folder


def new_store(folder: Path) -> Store:
    """Set up the office of the invented matters, empty, and as the window leaves it once opened.

    Limits that nobody had worked out would be, behind whatever is measured in the window.
    """
    first = next(arrivals(1))
    store, _ = create_store(
        folder, password=PASSWORD, profile=OFFICE, account=ACCOUNT, now=first.at
    )
    store.do(lambda session: catch_up(session, by=ACCOUNT, at=first.at))
    return store


def opened(folder: Path) -> Store:
    """Open a generated store as the program does."""
    return open_store(folder, password=PASSWORD)


def fill(store: Store, given: Iterable[Arrival]) -> None:
    """Write all of ``given`` into an empty store, many in one transaction.

    The log of a million matters would be larger than the store, and slower with every page. A
    transaction keeps its notes until it ends, and no more of the matters than a batch.
    """
    rows = _Rows()
    remaining = iter(given)
    for first in remaining:
        some = chain((first,), islice(remaining, _TRANSACTION - 1))
        store.do(partial(_write, given=some, rows=rows))
    store.do(lambda session: session.connection().execute(insert(NumberSeries), rows.series))


def settle(store: Store) -> None:
    """Let all matters but those of the last weeks have come to their end, their limits kept.

    An office in which a hundred thousand matters are overdue does not exist, and its page of the
    day would be measured with everything else.
    """
    with store.reading() as connection:
        [latest, last] = connection.execute(_LATEST).fetchone()
    until = (date.fromisoformat(latest) - _UNDER_WAY).isoformat()
    for first in range(1, last + 1, _TRANSACTION):
        store.do(partial(_settle, first=first, until=until))


def _settle(session: Session, *, first: int, until: str) -> None:
    connection = session.connection()
    connection.exec_driver_sql(_ROOMY)
    given = {"first": first, "last": first + _TRANSACTION - 1, "until": until}
    for statement in _SETTLED:
        connection.exec_driver_sql(statement, given)


def _write(session: Session, given: Iterable[Arrival], rows: "_Rows") -> None:
    connection = session.connection()
    connection.exec_driver_sql(_ROOMY)
    book, calendar = rule_book(session), work_calendar(session)
    for some in _batches(given, _BATCH):
        for arrival in some:
            rows.take(arrival)
        for table in _TABLES:
            connection.execute(insert(table), rows.tables[table])
        connection.exec_driver_sql(word_index.TAKE_IN, rows.words)
        connection.exec_driver_sql(word_index.PLACE, rows.places)
        connection.exec_driver_sql(_INDEXED)
        refresh_all(session, rows.ids, book, calendar)
        session.info[DOING].notes.extend(rows.notes)
        rows.clear()


class _Rows:
    """The rows of the matters taken, and the numbers given so far."""

    def __init__(self) -> None:
        self._last: Counter[tuple[str, int]] = Counter()
        self._petitions = self._petitioners = 0
        self.clear()

    def clear(self) -> None:
        """Begin the next batch."""
        self.tables: dict[type[SQLModel], list[dict[str, Any]]] = {table: [] for table in _TABLES}
        self.words: list[tuple[object, ...]] = []
        self.places: list[tuple[object, ...]] = []
        self.notes: list[Note] = []

    @property
    def ids(self) -> list[int]:
        """The ids of this batch."""
        return [row["id"] for row in self.tables[Petition]]

    @property
    def series(self) -> list[dict[str, Any]]:
        """The number series as they stand."""
        return [
            {"series": name, "year": year, "last": last}
            for (name, year), last in self._last.items()
        ]

    def take(self, arrival: Arrival) -> None:
        """Do with one matter what registration does, without a database."""
        matter, petition = arrival.matter, arrival.matter.petition
        for person in matter.petitioners:
            identity.fill_in(person)
        petition.gaps = sum(
            problem.weight is Weight.MISSING for problem in problems(matter, arrival.at.date())
        )
        self._number(arrival)
        self._add(petition)
        self._seat(petition, matter.petitioners)
        self.tables[Step].append(_registered(arrival))
        self.notes.append(Note(Action.REGISTER.value, petition.number, at=arrival.at))
        self.places.append(word_index.placed(petition, matter.petitioners))
        if word_index.is_indexed(petition):
            self.words.append(word_index.indexed(petition, matter.petitioners))

    def _number(self, arrival: Arrival) -> None:
        petition = arrival.matter.petition
        assert petition.received_on is not None
        self._petitions += 1
        petition.id = self._petitions
        petition.registered_at, petition.registered_by = arrival.at, arrival.by
        petition.year = petition.received_on.year
        petition.series = arrival.matter.office.pattern_for(petition.channel)
        self._last[petition.series, petition.year] += 1
        petition.serial = self._last[petition.series, petition.year]
        petition.number = petition.series.format(year=petition.year, serial=petition.serial)

    def _seat(self, petition: Petition, petitioners: list[Petitioner]) -> None:
        assert petition.id is not None
        for position, person in enumerate(petitioners, start=1):
            self._petitioners += 1
            person.id = self._petitioners
            self._add(person)
            seat = {"petition_id": petition.id, "position": position, "petitioner_id": person.id}
            self.tables[Participation].append(_defaults(Participation) | seat)

    def _add(self, record: SQLModel) -> None:
        values = vars(record)
        self.tables[type(record)].append({name: values[name] for name in _defaults(type(record))})


def _registered(arrival: Arrival) -> dict[str, Any]:
    return _defaults(Step) | {
        "petition_id": arrival.matter.petition.id,
        "action": Action.REGISTER,
        "done_on": arrival.at.date(),
        "done_by": arrival.by,
        "recorded_at": arrival.at,
    }


@cache
def _defaults(table: type[SQLModel]) -> dict[str, Any]:
    """Give the row of a record that nothing was said of; to make a record takes ten times longer.

    What a row must have and has no default is None here.
    """
    fields = table.model_fields.items()
    return {name: None if field.is_required() else field.get_default() for name, field in fields}


def _batches(given: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(given)
    while some := list(islice(remaining, size)):
        yield some


@cache
def _digest() -> str:
    """Give a few signs that change with the code that decides what is in a generated store."""
    package = Path(xinfang_desktop.__file__).parent
    own = (
        Path(__file__),
        *(Path(__file__).with_name(f"{n}.py") for n in ("invented", "vocabulary")),
    )
    sources = (*own, *(path for pattern in _SOURCES for path in sorted(package.glob(pattern))))
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]
