"""Keeping the index of the words in step with the books, in the same transaction.

Nothing of a sealed matter is ever put in: what is not there cannot be found by accident. A matter
that was merged into another is found by the words of that one.
"""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from xinfang_desktop.models import Petition, Petitioner, PetitionState

from . import words
from .identity import plain

_FORGET = "DELETE FROM petition_words WHERE rowid = ?"
_TAKE_IN = "INSERT INTO petition_words (rowid, words) VALUES (?, ?)"


def refresh(session: Session, petition: Petition, petitioners: Sequence[Petitioner]) -> None:
    """Put the words of a matter in the index, in place of those of before."""
    session.flush()
    connection = session.connection()
    connection.exec_driver_sql(_FORGET, (petition.id,))
    if not petition.is_sealed and petition.state is not PetitionState.MERGED:
        connection.exec_driver_sql(_TAKE_IN, (petition.id, text_of(petition, petitioners)))


def text_of(petition: Petition, petitioners: Sequence[Petitioner]) -> str:
    """Give the words of a matter as the index takes them; fields never run into each other."""
    return words.indexed("。".join(filter(None, _texts(petition, petitioners))))


def _texts(petition: Petition, petitioners: Sequence[Petitioner]) -> Iterator[str]:
    yield from (petition.number, petition.claim, petition.superior_number, petition.location)
    yield from (petition.agent, petition.category, petition.reception_opinion)
    yield petition.former_number
    for person in petitioners:
        yield from (person.name, person.address, person.unit)
        for number in (person.document_number, person.phone):
            yield number
            if plain(number) != number:
                yield plain(number)
