"""Accusations are sealed: nothing of one is in any list, search, proposal or export."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlmodel import Session

from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    SEALED_WORDS,
    TODAY,
    UNCLEARED,
    accusation,
    petitioner,
    visit,
)
from xinfang_desktop.casework import ledger, telling
from xinfang_desktop.casework.drafts import drafts, open_draft, save_draft
from xinfang_desktop.casework.duplicates import similar
from xinfang_desktop.casework.matters import history, links, load_matter, load_matter_by_id
from xinfang_desktop.casework.registration import register
from xinfang_desktop.casework.search import count, find, rows
from xinfang_desktop.casework.today import counts
from xinfang_desktop.casework.word_index import ID_MASK
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import PetitionLink, Relation, Viewer
from xinfang_desktop.reports.ledger import export_ledger
from xinfang_desktop.store.database import Store

NUMBER = "镜访〔2026〕1号"
SEALED_TITLE = "检举控告（保密）"
ALL_WORDS = (*SEALED_WORDS, "密址", "密地", "纪检监察", "举报", "3330", "0003333", "330602197205")

VIEWERS = pytest.mark.parametrize("viewer", [CLEARED, UNCLEARED], ids=["cleared", "uncleared"])


@pytest.fixture
def sealed(store: Store) -> Store:
    """Give a store with an accusation and an ordinary matter of the same person, linked."""

    def fill(session: Session) -> None:
        register(session, accusation(), by=ACCOUNT, now=NOW)
        register(session, visit(), by=ACCOUNT, now=NOW)
        session.add(PetitionLink(petition_id=2, earlier_id=1, relation=Relation.SAME_PERSON))
        save_draft(session, "visit_registration", accusation(), draft_id=None, now=NOW)

    store.do(fill)
    return store


def _ids(session: Session, viewer: Viewer) -> list[int]:
    return list(find(session, viewer=viewer))


def _export(session: Session, viewer: Viewer) -> str:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "台账.xlsx"
        export_ledger(session, target, viewer=viewer)
        with zipfile.ZipFile(target) as book:
            return b"".join(book.read(name) for name in book.namelist()).decode("utf-8")


EVERYTHING_LISTED: dict[str, Callable[[Session, Viewer], object]] = {
    "the ledger's rows": lambda s, v: rows(s, _ids(s, v)),
    "the ledger in full": lambda s, v: list(ledger.lines(s, _ids(s, v))),
    "the spreadsheet": _export,
    "the command line's list": lambda s, v: [
        telling.line_object(row) for row in rows(s, _ids(s, v))
    ],
    "the drafts": lambda s, v: drafts(s, v),
    "the figures of the day": lambda s, v: counts(s, TODAY, viewer=v),
    "the links of another matter": lambda s, v: links(s, 2, viewer=v),
    "the history of another matter": lambda s, v: history(s, 2, viewer=v),
    "the proposals": lambda s, v: similar(s, accusation(), viewer=v, limit=50),
}


@VIEWERS
@pytest.mark.parametrize("what", EVERYTHING_LISTED)
def test_nothing_that_lists_matters_tells_of_an_accusation(
    sealed: Store, what: str, viewer: Viewer
) -> None:
    told = str(sealed.read(lambda session: EVERYTHING_LISTED[what](session, viewer)))
    for word in (*SEALED_WORDS, "密址", "密地"):
        assert word not in told


@VIEWERS
@pytest.mark.parametrize("word", ALL_WORDS)
def test_no_word_finds_an_accusation(sealed: Store, word: str, viewer: Viewer) -> None:
    def look(session: Session) -> tuple[list[int], int]:
        return list(find(session, word, viewer=viewer)), count(session, word, viewer=viewer)

    assert sealed.read(look) == ([], 0)


@VIEWERS
def test_an_accusation_stands_in_the_ledger_by_its_number(sealed: Store, viewer: Viewer) -> None:
    [row] = sealed.read(lambda s: rows(s, find(s, NUMBER, viewer=viewer)))
    assert (row.number, row.sealed, row.claim_start) == (NUMBER, True, SEALED_TITLE)
    assert (row.names, row.category, row.headcount) == ("", "", None)


def test_the_index_of_the_words_holds_nothing_of_it(sealed: Store) -> None:
    with sealed.reading() as connection:
        ids = [
            row[0] for row in connection.execute(f"SELECT rowid & {ID_MASK} FROM petition_words")
        ]
    assert ids == [2]


REFUSED: dict[str, Callable[[Session, Viewer], object]] = {
    "opened by its number": lambda s, v: load_matter(s, NUMBER, viewer=v),
    "opened from a list": lambda s, v: load_matter_by_id(s, 1, viewer=v),
    "its history": lambda s, v: history(s, 1, viewer=v),
    "its links": lambda s, v: links(s, 1, viewer=v),
    "its draft": lambda s, v: open_draft(s, 1, viewer=v),
}


@pytest.mark.parametrize("what", REFUSED)
def test_an_accusation_opens_to_the_cleared_only(sealed: Store, what: str) -> None:
    assert sealed.read(lambda session: REFUSED[what](session, CLEARED))
    with pytest.raises(OfficeError, match="没有查看权限") as told:
        sealed.read(lambda session: REFUSED[what](session, UNCLEARED))
    assert not any(word in told.value.sentence for word in SEALED_WORDS)


@pytest.mark.parametrize("ask", [history, links])
def test_who_does_not_say_on_whose_behalf_sees_nothing_sealed(
    sealed: Store, ask: Callable[[Session, int], object]
) -> None:
    with pytest.raises(OfficeError, match="没有查看权限"):
        sealed.read(lambda session: ask(session, 1))


def test_a_cleared_account_reads_it_in_full(sealed: Store) -> None:
    matter = sealed.read(lambda session: load_matter(session, NUMBER, viewer=CLEARED))
    assert matter.petitioner.name == SEALED_WORDS[0]
    assert matter.petition.accused == SEALED_WORDS[4]


def test_a_sealed_draft_is_listed_for_the_cleared_only(sealed: Store) -> None:
    assert sealed.read(lambda session: drafts(session, UNCLEARED)) == []
    [draft] = sealed.read(lambda session: drafts(session, CLEARED))
    assert (draft.sealed, draft.names, draft.claim_start) == (True, "", SEALED_TITLE)


def test_an_accusation_of_the_same_person_is_not_proposed(sealed: Store) -> None:
    name, document, phone, *_ = SEALED_WORDS
    matter = visit(petitioner(name=name, document_number=document, phone=phone))
    found = sealed.read(lambda session: similar(session, matter, viewer=CLEARED))
    assert NUMBER not in [proposal.number for proposal in found]
