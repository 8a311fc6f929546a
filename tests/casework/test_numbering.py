"""Numbers: per series and year, rising, never given twice."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, NOW, visit
from xinfang_desktop.casework.matters import office_profile, save_office_profile
from xinfang_desktop.casework.numbering import find_by_number, next_number
from xinfang_desktop.casework.registration import register, void
from xinfang_desktop.models import Channel, Matter, OfficeProfile, Petition
from xinfang_desktop.store.database import Store


def enter(store: Store, matter: Matter) -> Petition:
    return store.do(
        lambda session: register(session, matter, by=ACCOUNT, now=NOW, future_is_told=True)
    )[0]


def test_numbers_rise_by_one(store: Store) -> None:
    numbers = [enter(store, visit()).number for _ in range(11)]
    assert numbers == [f"镜访〔2026〕{serial}号" for serial in range(1, 12)]


def test_every_year_begins_with_one(store: Store) -> None:
    enter(store, visit(received_on=date(2026, 12, 31)))
    assert enter(store, visit(received_on=date(2027, 1, 1))).number == "镜访〔2027〕1号"
    assert enter(store, visit(received_on=date(2026, 12, 30))).number == "镜访〔2026〕2号"


def test_a_late_entry_is_numbered_in_the_year_it_was_received(store: Store) -> None:
    petition = enter(store, visit(received_on=date(2024, 3, 1)))
    assert (petition.number, petition.year) == ("镜访〔2024〕1号", 2024)


def test_a_matter_without_a_day_is_numbered_in_the_year_it_is_entered(store: Store) -> None:
    assert enter(store, visit(received_on=None)).number == "镜访〔2026〕1号"


def test_a_void_keeps_its_number(store: Store) -> None:
    first = enter(store, visit())
    store.do(lambda session: void(session, first.number, reason="错登", by=ACCOUNT, now=NOW))
    assert enter(store, visit()).number == "镜访〔2026〕2号"
    kept = store.read(lambda session: find_by_number(session, first.number))
    assert kept is not None
    assert kept.id == first.id


def test_all_channels_share_the_default_series(store: Store) -> None:
    numbers = [enter(store, visit(channel=channel)).serial for channel in Channel]
    assert numbers == [1, 2, 3, 4, 5]


def test_a_channel_may_have_a_series_of_its_own(store: Store) -> None:
    office = OfficeProfile(channel_patterns={Channel.LETTER: "镜信[{year}]{serial}号"})
    letter = Matter(office=office, petition=visit(channel=Channel.LETTER).petition)
    enter(store, visit())
    assert enter(store, letter).number == "镜信[2026]1号"
    assert enter(store, visit()).number == "镜访〔2026〕2号"


def test_a_number_that_another_pattern_gave_is_passed_over(store: Store) -> None:
    def change_and_take(session: Session) -> str:
        profile = office_profile(session).model_copy(
            update={"number_pattern": "镜访〔{year}〕{serial:d}号"}
        )
        save_office_profile(session, profile)
        return next_number(session, profile, Channel.VISIT, 2026)[2]

    enter(store, visit())
    number, _ = store.do(change_and_take)
    assert number == "镜访〔2026〕2号"


@pytest.mark.parametrize(
    "typed",
    [
        "镜访〔2026〕1号",
        "镜访[2026]1号",
        "镜访(2026)1号",
        "镜访（2026）1号",
        "镜访【2026】 1 号",
        "镜访［２０２６］１号",
        " 镜访 〔2026〕 1号\n",
    ],
)
def test_a_number_is_found_however_it_is_typed(store: Store, typed: str) -> None:
    petition = enter(store, visit())
    found = store.read(lambda session: find_by_number(session, typed))
    assert found is not None
    assert found.id == petition.id


@pytest.mark.parametrize("typed", ["", "1", "镜访〔2026〕2号", "镜访2026 1号", "镜访〔2026〕1"])
def test_what_is_no_number_of_ours_finds_nothing(store: Store, typed: str) -> None:
    enter(store, visit())
    assert store.read(lambda session: find_by_number(session, typed)) is None
