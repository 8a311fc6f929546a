"""Two matters side by side: what is equal, what is alike, and what is never told."""

from datetime import date

import pytest
from hypothesis import given

from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    SEALED_WORDS,
    TODAY,
    UNCLEARED,
    accusation,
    visit,
)
from tests.helpers.office import petitioner as person
from tests.helpers.writing import ANY_TEXT
from xinfang_desktop.casework.duplicates import Proposal, similar
from xinfang_desktop.casework.likeness import shared_runs
from xinfang_desktop.casework.registration import register
from xinfang_desktop.casework.same_person import Person, by_field
from xinfang_desktop.casework.side_by_side import Mark, Row, SideBySide, side_by_side
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Matter
from xinfang_desktop.store.database import Store

NUMBER = "镜访〔2026〕1号"


def enter(store: Store, matter: Matter) -> None:
    store.do(lambda s: register(s, matter, by=ACCOUNT, now=NOW))


def put(store: Store, matter: Matter) -> SideBySide:
    """Put a matter beside the one that is proposed for it."""

    def work(session: object) -> SideBySide:
        [proposal] = similar(session, matter, viewer=CLEARED)  # type: ignore[arg-type]
        return side_by_side(session, matter, proposal, viewer=CLEARED)  # type: ignore[arg-type]

    return store.read(work)


def rows(told: SideBySide) -> dict[str, Row]:
    return {row.title: row for row in told.rows}


def test_equal_and_alike_fields_are_marked_and_numbers_are_masked(store: Store) -> None:
    enter(store, visit(conclusion="已列入修渠计划。", responsible_body="农业农村办"))
    typed = visit(
        person(phone="13800001243", address="灵芝街道解放村9号"),
        received_on=TODAY,
        claim="村口水渠多年失修，到现在也没人来清淤。",
        category="农村农业/村务管理",
    )
    told = put(store, typed)
    found = rows(told)
    assert {title: row.mark for title, row in found.items() if row.mark is not Mark.NONE} == {
        "信访人": Mark.SAME,
        "证件号码": Mark.SAME,
        "联系电话": Mark.ALIKE,
        "住址（单位）": Mark.ALIKE,
        "信访形式": Mark.SAME,
        "信访诉求": Mark.ALIKE,
    }
    assert found["证件号码"].theirs.text == "330***********0355"
    assert found["联系电话"].mine.text == "138****1243"
    assert found["住址（单位）"].theirs.text == "灵芝街道解放村***"
    assert found["处理结论"].theirs.text == "已列入修渠计划。"
    assert found["来过几次"].theirs.text == "1次"
    assert found["办到哪里"].mine.text == "正在登记"
    assert (told.mine, told.theirs, told.same, told.alike) == ("", NUMBER, 3, 3)


def test_the_words_both_claims_have_are_told(store: Store) -> None:
    enter(store, visit())
    claim = rows(put(store, visit(claim="反映村口水渠多年失修的事。")))["信访诉求"]
    [(start, end)] = claim.mine.runs
    assert claim.mine.text[start:end] == "村口水渠多年失修"
    [(start, end)] = claim.theirs.runs
    assert claim.theirs.text[start:end] == "村口水渠多年失修"


def test_of_several_those_two_are_compared_who_may_be_one(store: Store) -> None:
    enter(store, visit(person(name="甲", document_number="", phone="13900001111"), person()))
    found = rows(put(store, visit(person(name="乙", document_number="", phone=""), person())))
    assert found["信访人"].mine.text == found["信访人"].theirs.text == "铍𫖯𠮷 等2人"
    assert found["联系电话"].mark is Mark.SAME


def test_what_neither_says_has_no_row(store: Store) -> None:
    enter(store, visit())
    assert "上级编号" not in rows(put(store, visit()))
    assert "处理结论" not in rows(put(store, visit()))


def test_of_a_sealed_matter_only_its_proposal_is_told(store: Store) -> None:
    enter(store, accusation(received_on=date(2026, 9, 1)))
    told = put(store, accusation())
    assert {row.title: row.theirs.text for row in told.rows} == {
        "来访（收到）日期": "2026-09-01",
        "办到哪里": "已登记",
        "来过几次": "1次",
        "为什么列出": "证件号码、姓名、联系电话相同",
    }
    assert not any(word in str(told) for word in SEALED_WORDS)


def test_nobody_without_clearance_sees_it_nor_what_is_not_there(store: Store) -> None:
    enter(store, accusation())
    sealed, gone = (Proposal(n, None, "", "", "", 0.0) for n in (NUMBER, "镜访〔2026〕9号"))
    with pytest.raises(OfficeError, match="没有查看权限"):
        store.read(lambda s: side_by_side(s, visit(), sealed, viewer=UNCLEARED))
    with pytest.raises(OfficeError, match="已不在数据里"):
        store.read(lambda s: side_by_side(s, visit(), gone, viewer=CLEARED))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (Person(), Person(), {}),
        (Person("张 三"), Person("张三"), {"name": True}),
        (Person("张三"), Person("章三"), {"name": False}),
        (Person("张三"), Person("李四"), {}),
        (
            Person(document="330602198803120355"),
            Person(document="33060219880312035"),
            {"document": True},
        ),
        (
            Person(document="330602198803120355"),
            Person(document="330602198803120365"),
            {"document": False},
        ),
        (Person(phone="138 0000 1234"), Person(phone="13800001234、88012345"), {"phone": True}),
        (Person(phone="13800001234"), Person(phone="13800001243"), {"phone": False}),
        (
            Person(address="灵芝街道解放村3组88号"),
            Person(address="解放村3组88号"),
            {"address": True},
        ),
        (Person(address="解放村3组"), Person(address="解放村9号"), {"address": False}),
        (Person(address="解放村"), Person(address="解放村"), {"address": True}),
    ],
)
def test_two_petitioners_are_compared_field_by_field(
    one: Person, other: Person, near: dict[str, bool]
) -> None:
    assert by_field(one, other) == by_field(other, one) == near


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_every_shared_run_stands_in_both_and_none_touches_another(
    before: str, both: str, after: str
) -> None:
    one, other = f"{before}，{both}", f"{both}。{after}"
    runs = shared_runs(one, other)
    assert all(end - start >= 4 for start, end in runs)
    assert all(first[1] < second[0] for first, second in zip(runs, runs[1:], strict=False))
    assert all(one[at : at + 4] in other for start, end in runs for at in range(start, end - 3))
