"""Finding: any run of characters, any part of a number, in the order of the ledger."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.office import ACCOUNT, CLEARED, NOW, TODAY, petitioner, visit
from tests.helpers.writing import ANY_TEXT, CLAIMS, HAN_RANGES, NAMES
from xinfang_desktop.casework.registration import register, void
from xinfang_desktop.casework.search import Filter, count, find, rows
from xinfang_desktop.models import Channel, Matter, PetitionState
from xinfang_desktop.store.database import Store


def enter(store: Store, matter: Matter, now: datetime = NOW) -> str:
    return store.do(lambda session: register(session, matter, by=ACCOUNT, now=now))[0].number


def numbers(store: Store, words: str = "", **where: object) -> list[str]:
    with store.reading() as connection:
        found = find(connection, words, viewer=CLEARED, **where)  # type: ignore[arg-type]
        return [row.number for row in rows(connection, found)]


@pytest.fixture
def canal(store: Store) -> Store:
    """Give a store with one matter about a canal."""
    enter(
        store,
        visit(
            petitioner(phone="0575-88001234"),
            petitioner(name="MEHMET·阿依古丽", document_number="C1234567", phone="138 0000 5678"),
            claim="村口水渠多年失修。要求清淤，坐36路公交到镇里，共计 18.6 万元。",
            location="灵芝街道",
            superior_number="12345-20261019-0031",
        ),
    )
    enter(store, visit(petitioner(name="乙", document_number="", phone="", address="")))
    return store


@pytest.mark.parametrize(
    "words",
    [
        "渠",
        "失修",
        "多年失修",
        "失修 清淤",
        "清淤 失修",
        "𫖯",
        "𠮷",
        "铍𫖯𠮷",
        "阿依古丽",
        "mehmet",
        "MEH",
        "36路",
        "坐36",
        "18.6",
        "灵芝街道",
        "解放村88号",
        "12345-20261019-0031",
        "20261019",
        "330602198803120355",
        "33060219",
        "0355",
        "19880312",
        "C1234567",
        "c123",
        "1234567",
        "0575-88001234",
        "057588001234",
        "88001234",
        "8800",
        "138 0000 5678",
        "13800005678",
        "5678",
        "镜访〔2026〕1号",
        "镜访[2026]1号",
        "３６路",
        "失修。要求清淤",
    ],
)
def test_a_matter_is_found_by_any_part_of_it(canal: Store, words: str) -> None:
    assert "镜访〔2026〕1号" in numbers(canal, words)


@pytest.mark.parametrize(
    "words",
    ["修失", "失修要求", "渠 电梯", "6路公交车", "9999", "铍𠮷", "，", '"', "镜访〔2026〕9号"],
)
def test_what_does_not_stand_there_is_not_found(canal: Store, words: str) -> None:
    assert "镜访〔2026〕1号" not in numbers(canal, words)


def test_no_words_find_everything(canal: Store) -> None:
    assert numbers(canal) == numbers(canal, "  ") == ["镜访〔2026〕2号", "镜访〔2026〕1号"]


def test_the_latest_received_comes_first(store: Store) -> None:
    days = [date(2026, 10, 8), date(2026, 10, 20), date(2026, 10, 8), None, date(2025, 1, 1)]
    entered = [enter(store, visit(received_on=day)) for day in days]
    order = [entered[place] for place in (1, 2, 0, 4, 3)]
    assert numbers(store) == order
    assert numbers(store, "水渠") == order


def test_the_first_page_is_the_beginning_of_all(store: Store) -> None:
    for serial in range(7):
        enter(store, visit(received_on=date(2026, 10, 1) + timedelta(days=serial)))
    assert numbers(store, "水渠", limit=3) == numbers(store, "水渠")[:3]
    assert numbers(store, limit=3) == numbers(store)[:3]


def test_a_line_says_who_and_how_many(canal: Store) -> None:
    with canal.reading() as connection:
        [other, row] = rows(connection, find(connection, viewer=CLEARED))
    assert row.names == "铍𫖯𠮷 等2人"
    assert (row.headcount, row.channel, row.sealed) == (2, Channel.VISIT, False)
    assert row.claim_start.startswith("村口水渠")
    assert other.names == "乙"


def test_somebody_who_gave_no_name_is_anonymous_in_the_list(store: Store) -> None:
    enter(store, visit(petitioner(name="", anonymous=True)))
    enter(store, visit(petitioner(name="")))
    with store.reading() as connection:
        names = [row.names for row in rows(connection, find(connection, viewer=CLEARED))]
    assert names == ["", "匿名"]


def test_lines_come_in_the_order_they_are_asked_for(canal: Store) -> None:
    with canal.reading() as connection:
        assert [row.id for row in rows(connection, [1, 99, 2])] == [1, 2]
        assert rows(connection, []) == []


FILTERS: list[tuple[Filter, list[int]]] = [
    ({"state": PetitionState.VOID}, [2]),
    ({"state": PetitionState.REGISTERED}, [3, 1]),
    ({"state": None}, [3, 2, 1]),
    ({"channel": Channel.LETTER}, [3]),
    ({"received_from": date(2026, 10, 10)}, [3, 2]),
    ({"received_to": date(2026, 10, 10)}, [2, 1]),
    ({"received_from": date(2026, 10, 10), "received_to": date(2026, 10, 10)}, [2]),
    ({"registered_from": TODAY, "registered_to": TODAY}, [3, 2]),
    ({"registered_to": TODAY - timedelta(days=1)}, [1]),
    ({"with_gaps": True}, [1]),
]


@pytest.mark.parametrize(("where", "expected"), FILTERS)
@pytest.mark.parametrize("words", ["", "修"])
def test_a_list_is_narrowed(store: Store, where: Filter, expected: list[int], words: str) -> None:
    yesterday = NOW - timedelta(days=1)
    people = petitioner(phone="", address="")
    enter(store, visit(people, received_on=date(2026, 10, 8)), now=yesterday)
    enter(store, visit(received_on=date(2026, 10, 10)), now=NOW.replace(hour=0, minute=0))
    enter(store, visit(received_on=date(2026, 10, 12), channel=Channel.LETTER))
    store.do(lambda s: void(s, "镜访〔2026〕2号", reason="错", by=ACCOUNT, now=NOW))
    with store.reading() as connection:
        assert list(find(connection, words, viewer=CLEARED, **where)) == expected
        assert count(connection, words, viewer=CLEARED, **where) == len(expected)


def test_what_a_transaction_wrote_is_found_within_it(store: Store) -> None:
    def work(session: object) -> int:
        register(session, visit(), by=ACCOUNT, now=NOW)  # type: ignore[arg-type]
        return count(session, "水渠", viewer=CLEARED)  # type: ignore[arg-type]

    assert store.do(work)[0] == 1


@given(st.one_of(ANY_TEXT, CLAIMS))
def test_whatever_is_typed_in_the_search_box_is_an_answer(canal: Store, typed: str) -> None:
    found = numbers(canal, typed)
    assert len(found) <= 2


@given(NAMES)
def test_every_name_is_found_again(store: Store, name: str) -> None:
    number = enter(store, visit(petitioner(name=name), received_on=TODAY))
    assert number in numbers(store, name)
    assert number in numbers(store, name[:1])


def test_characters_of_every_block_are_found(store: Store) -> None:
    sample = [chr(code) for first, last in HAN_RANGES for code in range(first, last + 1, 997)]
    numbered = {sign: enter(store, visit(petitioner(name=f"某{sign}"))) for sign in sample[:40]}
    enter(store, visit(claim="".join(sample)))
    for sign, number in numbered.items():
        assert number in numbers(store, sign)
    for sign in sample:
        assert numbers(store, sign)
