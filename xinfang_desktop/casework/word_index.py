"""Keeping the index of the words in step with the books, in the same transaction.

Nothing of a sealed matter is ever put in: what is not there cannot be found by accident. Nor is a
registration that was taken back, and a matter that was merged into another is found by the words of
that one.

Whoever writes a matter calls ``refresh``. Triggers of the store note every matter whose words may
have changed; what is noted still, after an upgrade or because somebody forgot, ``catch_up`` puts
in.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from sqlmodel import Session, col, select

from xinfang_desktop.models import Participation, Petition, Petitioner, PetitionState

from . import pinyin, words
from .reading import Executing, execute

ID_MASK = (1 << 24) - 1
"""The lower part of a place is the matter's id, the upper the day it was received."""

MATCHING = f"SELECT rowid & {ID_MASK} FROM petition_words WHERE petition_words MATCH ?"
"""The ids of the matters that a query of ``words`` finds."""

WITHDRAWN = "撤销登记"
"""The reason of a matter whose registration was taken back: found by its number, in no list."""

_VERSION_KEY = "words_version"
_BATCH = 200

_FORGET = (
    "DELETE FROM petition_words WHERE rowid IN"
    " (SELECT place FROM ledger_place WHERE petition_id = ?)"
)
PLACE = "INSERT OR REPLACE INTO ledger_place (petition_id, place, name_key) VALUES (?, ?, ?)"
TAKE_IN = (
    f"INSERT INTO petition_words (rowid, {', '.join(words.COLUMNS)})"
    f" VALUES ({', '.join('?' * (1 + len(words.COLUMNS)))})"
)
_DONE = "DELETE FROM not_indexed WHERE petition_id = ?"
_KEEP_VERSION = "INSERT OR IGNORE INTO setting (key, value) VALUES (?, ?)"


def refresh(session: Session, petition: Petition, petitioners: Sequence[Petitioner]) -> None:
    """Put the words of a matter in the index, in place of those of before."""
    refresh_all(session, [(petition, petitioners)])


def refresh_all(session: Session, matters: Sequence[tuple[Petition, Sequence[Petitioner]]]) -> None:
    """Put the words of many matters in the index, in place of those of before."""
    session.flush()
    run = session.connection().exec_driver_sql
    ids = [(petition.id,) for petition, _ in matters]
    words_of_all = [indexed(*matter) for matter in matters if is_indexed(matter[0])]
    for statement, rows in (
        (_FORGET, ids),
        (PLACE, [placed(*matter) for matter in matters]),
        (TAKE_IN, words_of_all),
        (_DONE, ids),
    ):
        if rows:
            run(statement, rows)
    run(_KEEP_VERSION, (_VERSION_KEY, str(words.VERSION)))


def forget(session: Session, ids: Iterable[int | None]) -> None:
    """Take the words of matters that are in no list any more out of the index."""
    session.flush()
    gone = [(id,) for id in ids]
    if gone:
        session.connection().exec_driver_sql(_FORGET, gone)
        session.connection().exec_driver_sql(_DONE, gone)


def catch_up(session: Session, *, at_most: int = _BATCH) -> int:
    """Put in the words of matters that the index does not have as they are, the latest first.

    Gives how many are left; whoever calls it goes on until none is.
    """
    _note_outdated(session)
    run = session.connection().exec_driver_sql
    waiting = run(
        "SELECT petition_id FROM not_indexed ORDER BY petition_id DESC LIMIT ?", (at_most,)
    )
    ids = [row[0] for row in waiting]
    people = _petitioners(session, ids)
    for petition in session.exec(select(Petition).where(col(Petition.id).in_(ids))):
        assert petition.id is not None
        refresh(session, petition, people.get(petition.id, []))
    run(
        "DELETE FROM not_indexed WHERE petition_id IN"
        " (SELECT petition_id FROM not_indexed EXCEPT SELECT id FROM petition)"
    )
    [left] = run("SELECT count(*) FROM not_indexed").scalars()
    return int(left)


def is_behind(source: Session | Executing) -> bool:
    """Tell whether the index lacks words, or has those of another program."""
    behind = (
        "SELECT EXISTS (SELECT 1 FROM not_indexed)"
        " OR EXISTS (SELECT 1 FROM setting WHERE key = ? AND value <> ?)"
    )
    [(told,)] = execute(source, behind, (_VERSION_KEY, str(words.VERSION)))
    return bool(told)


def place_of(petition: Petition) -> int:
    """Give the place of a matter in the ledger: the later received, the higher; then by its id.

    Raises:
        ValueError: there are more matters than places.
    """
    assert petition.id is not None
    if petition.id > ID_MASK:
        raise ValueError("more matters than the ledger has places")
    day = petition.received_on.toordinal() if petition.received_on else 0
    return day * (ID_MASK + 1) + petition.id


def places_of(first: date | None, last: date | None) -> tuple[int, int]:
    """Give the lowest and the highest place of matters received from one day to another."""
    lowest = first.toordinal() if first else 1
    highest = last.toordinal() if last else date.max.toordinal()
    return lowest * (ID_MASK + 1), (highest + 1) * (ID_MASK + 1) - 1


def placed(petition: Petition, petitioners: Sequence[Petitioner]) -> tuple[object, ...]:
    """Give the row of a matter in the ledger's order; a sealed one is called nothing."""
    name = petitioners[0].name if petitioners and not petition.is_sealed else ""
    return petition.id, place_of(petition), pinyin.sort_key(name)


def is_indexed(petition: Petition) -> bool:
    """Tell whether the index has the words of a matter."""
    withdrawn = petition.state is PetitionState.VOID and petition.void_reason == WITHDRAWN
    return not (petition.is_sealed or withdrawn or petition.state is PetitionState.MERGED)


def indexed(petition: Petition, petitioners: Sequence[Petitioner]) -> tuple[object, ...]:
    """Give the row of a matter in the index; fields never run into each other."""
    return (
        place_of(petition),
        words.of_names(person.name for person in petitioners),
        _text(text for person in petitioners for text in (person.address, person.unit)),
        words.of_text(petition.claim),
        _text((petition.conclusion, petition.reception_opinion)),
        _text((petition.responsible_body, petition.handler, petition.agent)),
        words.of_text(petition.location),
        _numbers(petition),
        words.of_text(petition.category),
        words.of_numbers(person.phone for person in petitioners),
        words.of_numbers(person.document_number for person in petitioners),
    )


def _text(texts: Iterable[str]) -> str:
    return words.of_text("。".join(filter(None, texts)))


def _numbers(petition: Petition) -> str:
    """Give the words of the numbers that others gave; our own are looked up by themselves."""
    others = (petition.superior_number, petition.former_number)
    return f"{_text(others)} {' '.join(map(words.of_whole, others))}"


def _petitioners(session: Session, ids: Sequence[int]) -> dict[int, list[Petitioner]]:
    """Give the petitioners of several matters, each matter's in their order."""
    query = (
        select(Participation.petition_id, Petitioner)
        .join(Petitioner, col(Petitioner.id) == col(Participation.petitioner_id))
        .where(col(Participation.petition_id).in_(ids))
        .order_by(col(Participation.petition_id), col(Participation.position))
    )
    by_matter = groupby(session.exec(query), key=lambda row: row[0])
    return {id: [person for _, person in rows] for id, rows in by_matter}


def _note_outdated(session: Session) -> None:
    """Note every matter where the words of the index are those of another program."""
    run = session.connection().exec_driver_sql
    version = (str(words.VERSION), _VERSION_KEY)
    run(_KEEP_VERSION, version[::-1])
    changed = "UPDATE setting SET value = ? WHERE key = ? AND value <> ? RETURNING key"
    if run(changed, (*version, version[0])).fetchall():
        run("INSERT OR IGNORE INTO not_indexed (petition_id) SELECT id FROM petition")
