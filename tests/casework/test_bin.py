"""The bin of drafts: what was thrown away can be had back for seven days, and then is gone."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, CLEARED, NOW, UNCLEARED, accusation, visit
from xinfang_desktop.casework.bin import discarded, take_from_bin
from xinfang_desktop.casework.drafts import discard_draft, drafts, open_draft, save_draft
from xinfang_desktop.casework.registration import register
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Matter
from xinfang_desktop.store.database import Store

FORM = "visit_registration"


def thrown_away(store: Store, matter: Matter) -> None:
    def work(session: Session) -> None:
        draft = save_draft(session, FORM, matter, draft_id=None, now=NOW)
        discard_draft(session, draft, now=NOW)

    store.do(work)


def in_bin(store: Store, days: float = 0) -> list[str]:
    moment = NOW + timedelta(days=days)
    found = store.read(lambda session: discarded(session, viewer=CLEARED, now=moment))
    return [line.claim_start for line in found]


def test_a_draft_thrown_away_is_had_back_as_it_was(store: Store) -> None:
    thrown_away(store, visit(claim="写到一半"))
    assert store.read(lambda session: drafts(session, CLEARED)) == []
    [line] = store.read(lambda session: discarded(session, viewer=CLEARED, now=NOW))
    assert (line.claim_start, line.gone_on) == ("写到一半", NOW + timedelta(days=7))
    id, _ = store.do(lambda s: take_from_bin(s, line.id, viewer=CLEARED, now=NOW))
    matter = store.read(lambda session: open_draft(session, id, viewer=CLEARED))
    assert matter.petition.claim == "写到一半"
    assert in_bin(store) == []


def test_a_draft_of_a_registered_matter_is_had_back_too(store: Store) -> None:
    petition, _ = store.do(lambda s: register(s, visit(), by=ACCOUNT, now=NOW))
    matter = visit(claim="改到一半")
    matter.petition.id = petition.id
    thrown_away(store, matter)
    [line] = store.read(lambda session: discarded(session, viewer=CLEARED, now=NOW))
    assert line.petition_id == petition.id


def test_after_seven_days_it_is_gone(store: Store) -> None:
    thrown_away(store, visit(claim="旧的"))
    assert in_bin(store, 6.9) == ["旧的"]
    assert in_bin(store, 7) == []


def test_the_draft_of_what_was_registered_is_not_kept(store: Store) -> None:
    def work(session: Session) -> None:
        discard_draft(session, save_draft(session, FORM, visit(), draft_id=None, now=NOW))

    store.do(work)
    assert in_bin(store) == []


def test_a_sealed_draft_lies_there_for_the_cleared_only(store: Store) -> None:
    thrown_away(store, accusation())
    assert store.read(lambda session: discarded(session, viewer=UNCLEARED, now=NOW)) == []
    assert in_bin(store) == ["检举控告（保密）"]
    with pytest.raises(OfficeError, match="没有查看权限"):
        store.do(lambda session: take_from_bin(session, 1, viewer=UNCLEARED, now=NOW))


def test_what_is_gone_is_told(store: Store) -> None:
    with pytest.raises(OfficeError, match="已经不在回收站里"):
        store.do(lambda session: take_from_bin(session, 1, viewer=CLEARED, now=NOW))


def test_drafts_leave_no_history_and_cannot_be_undone(store: Store) -> None:
    thrown_away(store, visit())
    assert store.acts.to_undo is None
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM field_change").fetchone() == (0,)
