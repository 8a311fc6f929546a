"""Drafts: whatever stands in the form is kept, and comes back as it was."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.office import CLEARED, NOW, OFFICE, petitioner, visit
from tests.helpers.writing import ANY_TEXT
from xinfang_desktop.casework import record_json
from xinfang_desktop.casework.drafts import (
    count_drafts,
    discard_draft,
    drafts,
    open_draft,
    save_draft,
)
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Channel,
    DocumentType,
    FollowUp,
    FollowUpMethod,
    Kind,
    Matter,
    Petition,
    PetitionState,
    Satisfaction,
    Sex,
    SourceLevel,
    YesNo,
)
from xinfang_desktop.store.database import Store

FORM = "visit_registration"


def keep(store: Store, matter: Matter, draft_id: int | None = None, now: datetime = NOW) -> int:
    return store.do(lambda s: save_draft(s, FORM, matter, draft_id=draft_id, now=now))[0]


def taken_up(store: Store, draft_id: int) -> Matter:
    return store.read(lambda session: open_draft(session, draft_id, viewer=CLEARED))


def test_a_draft_comes_back_as_it_was_left(store: Store) -> None:
    matter = visit(petitioner(), petitioner(name=""), claim="写到一", headcount=None)
    read = taken_up(store, keep(store, matter))
    assert record_json.to_plain(read) == record_json.to_plain(matter)
    assert read.office == OFFICE


def test_a_draft_is_saved_over_itself(store: Store) -> None:
    first = keep(store, visit(claim="写"))
    assert keep(store, visit(claim="写完"), first) == first
    assert taken_up(store, first).petition.claim == "写完"
    assert store.read(lambda session: count_drafts(session, CLEARED)) == 1


def test_a_draft_that_was_thrown_away_meanwhile_is_begun_anew(store: Store) -> None:
    first = keep(store, visit())
    store.do(lambda session: discard_draft(session, first))
    again = keep(store, visit(claim="还在写"), first)
    assert taken_up(store, again).petition.claim == "还在写"


def test_the_latest_draft_is_listed_first(store: Store) -> None:
    older = keep(store, visit(claim="先写的"))
    newer = keep(store, visit(claim="后写的"), now=NOW + timedelta(seconds=1))
    lines = store.read(lambda session: drafts(session, CLEARED))
    assert [line.id for line in lines] == [newer, older]
    assert (lines[0].names, lines[0].claim_start) == ("铍𫖯𠮷", "后写的")


def test_a_draft_that_is_gone_is_said_to_be(store: Store) -> None:
    with pytest.raises(OfficeError, match="草稿已经不在了"):
        taken_up(store, 7)
    store.do(lambda session: discard_draft(session, 7))


def test_a_draft_of_a_registered_matter_knows_which(store: Store) -> None:
    from xinfang_desktop.casework.registration import register

    petition, _ = store.do(lambda session: register(session, visit(), by="甲", now=NOW))
    matter = Matter(office=OFFICE, petition=petition)
    keep(store, matter)
    [line] = store.read(lambda session: drafts(session, CLEARED))
    assert line.petition_id == petition.id


def test_a_draft_keeps_half_a_character_and_controls(store: Store) -> None:
    matter = visit(petitioner(name="\ud842"), claim="\x00\ud800")
    read = taken_up(store, keep(store, matter))
    assert (read.petitioner.name, read.petition.claim) == ("\ud842", "\x00\ud800")


MATTERS = st.builds(
    Matter,
    office=st.just(OFFICE),
    petition=st.builds(
        Petition,
        number=ANY_TEXT,
        state=st.sampled_from(PetitionState),
        channel=st.sampled_from(Channel),
        source_level=st.sampled_from(SourceLevel),
        kind=st.none() | st.sampled_from(Kind),
        received_on=st.none() | st.dates(),
        received_time=st.none() | st.times(),
        registered_at=st.none() | st.datetimes(),
        headcount=st.none() | st.integers(0, 10**6),
        urgent=st.booleans(),
        supervised=st.none() | st.sampled_from(YesNo),
        claim=ANY_TEXT,
    ),
    petitioners=st.lists(
        st.builds(
            petitioner,
            name=ANY_TEXT,
            anonymous=st.booleans(),
            document_type=st.sampled_from(DocumentType),
            sex=st.none() | st.sampled_from(Sex),
            born_on=st.none() | st.dates(),
        ),
        min_size=1,
        max_size=3,
    ),
    follow_up=st.builds(
        FollowUp,
        round=st.integers(1, 9),
        satisfaction=st.none() | st.sampled_from(Satisfaction),
        made_on=st.none() | st.dates(),
        method=st.none() | st.sampled_from(FollowUpMethod),
    ),
)


@given(MATTERS)
def test_every_field_goes_to_json_and_back(matter: Matter) -> None:
    read = record_json.load(OFFICE, record_json.dump(matter))
    for given_record, read_record in (
        (matter.petition, read.petition),
        (matter.follow_up, read.follow_up),
        *zip(matter.petitioners, read.petitioners, strict=True),
    ):
        for name in type(given_record).model_fields:
            before, after = getattr(given_record, name), getattr(read_record, name)
            assert after == before, name
            assert type(after) is type(before), name


def test_a_draft_of_an_older_program_is_still_read() -> None:
    old = '{"petition":{"claim":"旧","gone_since":"x"},"petitioners":[]}'
    matter = record_json.load(OFFICE, old)
    assert matter.petition.claim == "旧"
    assert matter.petition.channel is Channel.VISIT
    assert len(matter.petitioners) == 1


def test_days_and_times_are_told_apart() -> None:
    matter = visit(
        received_on=date(2026, 10, 8),
        received_time=time(9, 5),
        registered_at=datetime(2026, 10, 8, 9, 6),
    )
    content = record_json.to_plain(matter)["petition"]
    assert content["received_on"] == "2026-10-08"
    assert content["received_time"] == "09:05:00"
    assert content["registered_at"] == "2026-10-08T09:06:00"
