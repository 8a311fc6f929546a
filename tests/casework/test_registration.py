"""Entering, amending and voiding a matter."""

from datetime import date, datetime

import pytest
from hypothesis import given
from sqlmodel import select

from tests.helpers.office import ACCOUNT, CLEARED, NOW, accusation, petitioner, visit
from tests.helpers.writing import ANY_TEXT
from xinfang_desktop.casework.cleaning import clean_text
from xinfang_desktop.casework.matters import history, links, load_matter
from xinfang_desktop.casework.registration import amend, register, void
from xinfang_desktop.casework.search import count, find
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Action,
    DocumentType,
    FollowUpMethod,
    Kind,
    Matter,
    Petition,
    Petitioner,
    PetitionState,
    Relation,
    Satisfaction,
    Sex,
    YesNo,
)
from xinfang_desktop.store.database import Store

LATER = datetime(2026, 11, 23, 9, 0)


def enter(store: Store, matter: Matter, relates_to: str | None = None) -> Petition:
    return store.do(
        lambda session: register(session, matter, by=ACCOUNT, now=NOW, relates_to=relates_to)
    )[0]


def kept(store: Store, number: str = "镜访〔2026〕1号") -> Matter:
    return store.read(lambda session: load_matter(session, number, viewer=CLEARED))


def change(store: Store, matter: Matter) -> Petition:
    return store.do(lambda session: amend(session, matter, by="李经办", now=LATER))[0]


def actions(store: Store, petition_id: int | None = 1) -> list[tuple[Action, str, str]]:
    steps = store.read(lambda session: history(session, petition_id or 0, viewer=CLEARED))
    return [(step.action, step.done_by, step.words) for step in steps]


def found(store: Store, words: str) -> int:
    return store.read(lambda session: count(session, words, viewer=CLEARED))


def test_a_matter_is_kept_as_it_was_entered(store: Store) -> None:
    matter = visit(
        petitioner(),
        petitioner(name="张某英", document_number="330602199011050429", phone="13800001235"),
        headcount=3,
        involved=7,
        attending=3,
        weekly_consultation=YesNo.YES,
        reception_opinion="请农办阅处。",
    )
    matter.follow_up.satisfaction = Satisfaction.MOSTLY_SATISFIED
    matter.follow_up.made_on = date(2026, 11, 1)
    enter(store, matter)
    read = kept(store)
    for name in ("claim", "channel", "received_on", "kind", "headcount", "weekly_consultation"):
        assert getattr(read.petition, name) == getattr(matter.petition, name), name
    assert [person.name for person in read.petitioners] == ["铍𫖯𠮷", "张某英"]
    assert read.follow_up.satisfaction is Satisfaction.MOSTLY_SATISFIED
    assert read.petition.registered_by == ACCOUNT
    assert read.petition.registered_at == NOW
    assert actions(store) == [(Action.REGISTER, ACCOUNT, "")]


def test_what_the_window_holds_is_left_as_it_was(store: Store) -> None:
    matter = visit(petitioner(sex=None))
    enter(store, matter)
    assert matter.petition.id is None
    assert matter.petition.number == ""
    assert matter.petition.headcount is None
    assert matter.petitioner.sex is None
    assert matter.petitioner.id is None


def test_the_same_form_can_be_registered_twice(store: Store) -> None:
    matter = visit()
    assert [enter(store, matter).serial for _ in range(2)] == [1, 2]


def test_a_matter_opened_from_the_store_is_registered_as_a_new_one(store: Store) -> None:
    enter(store, visit())
    assert enter(store, kept(store)).number == "镜访〔2026〕2号"
    assert found(store, "水渠") == 2


def test_sex_and_birth_date_are_filled_in_from_the_number(store: Store) -> None:
    enter(store, visit())
    person = kept(store).petitioner
    assert (person.sex, person.born_on) == (Sex.MALE, date(1988, 3, 12))


def test_what_was_said_about_sex_is_not_overwritten(store: Store) -> None:
    enter(store, visit(petitioner(sex=Sex.FEMALE)))
    assert kept(store).petitioner.sex is Sex.FEMALE


def test_the_head_count_defaults_to_those_who_are_named(store: Store) -> None:
    two = (petitioner(), petitioner(name="乙"))
    assert enter(store, visit(*two)).headcount == 2
    assert enter(store, visit(*two, headcount=16)).headcount == 16
    assert enter(store, visit(petitioner(name="", anonymous=True))).headcount is None
    assert enter(store, visit(petitioner(name=""))).headcount is None


def test_a_matter_without_anything_is_registered_with_its_gaps(store: Store) -> None:
    petition = enter(store, Matter(office=visit().office))
    assert petition.number == "镜访〔2026〕1号"
    assert petition.gaps >= 3


def test_blank_lines_under_the_petitioners_are_left_out(store: Store) -> None:
    enter(store, visit(petitioner(), Petitioner(), petitioner(name="乙"), Petitioner()))
    assert [person.name for person in kept(store).petitioners] == ["铍𫖯𠮷", "乙"]


@pytest.mark.parametrize("kind", list(DocumentType))
def test_no_document_keeps_anybody_out(store: Store, kind: DocumentType) -> None:
    person = petitioner(document_type=kind, document_number="不肯出示")
    enter(store, visit(person))
    assert kept(store).petitioner.document_number == "不肯出示"


@given(ANY_TEXT)
def test_whatever_is_typed_is_kept(store: Store, text: str) -> None:
    number = enter(store, visit(petitioner(name=text, address=text), claim=text)).number
    read = kept(store, number)
    expected, _ = clean_text(text)
    assert (read.petitioner.name, read.petitioner.address) == (expected, expected)
    assert read.petition.claim == expected


def test_a_repeat_is_linked_with_the_earlier_matter(store: Store) -> None:
    enter(store, visit())
    second = enter(store, visit(), relates_to="镜访[2026]1号")
    [link] = store.read(lambda session: links(session, second.id or 0))
    assert (link.number, link.relation, link.is_earlier) == (
        "镜访〔2026〕1号",
        Relation.SAME_MATTER,
        True,
    )
    [back] = store.read(lambda session: links(session, 1))
    assert (back.number, back.is_earlier) == ("镜访〔2026〕2号", False)
    assert actions(store, second.id)[1][0] is Action.LINK


def test_a_link_to_nowhere_registers_nothing(store: Store) -> None:
    with pytest.raises(OfficeError, match="要关联的编号没有找到"):
        enter(store, visit(), relates_to="镜访〔2026〕9号")
    assert found(store, "") == 0
    assert enter(store, visit()).serial == 1


def test_an_amended_matter_is_found_by_its_new_words_only(store: Store) -> None:
    enter(store, visit())
    matter = kept(store)
    matter.petition.claim = "要求公布电梯维修方案。"
    matter.petitioner.name = "𬭛某"
    change(store, matter)
    assert (found(store, "水渠"), found(store, "电梯"), found(store, "𬭛")) == (0, 1, 1)
    assert kept(store).petition.claim == "要求公布电梯维修方案。"


def test_the_history_names_the_fields_and_not_what_stood_in_them(store: Store) -> None:
    enter(store, visit())
    matter = kept(store)
    matter.petition.claim = "别的诉求"
    matter.petitioner.phone = "13900009999"
    change(store, matter)
    assert actions(store)[1] == (Action.AMEND, "李经办", "反映内容及诉求摘要、联系电话")


def test_an_amendment_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    enter(store, visit())
    before = store.read(lambda session: session.exec(select(Petition)).one())
    change(store, kept(store))
    assert store.read(lambda session: session.exec(select(Petition)).one()) == before
    assert len(actions(store)) == 1


def test_the_number_and_who_registered_stay_through_an_amendment(store: Store) -> None:
    enter(store, visit())
    matter = kept(store)
    matter.petition.number, matter.petition.year = "镜访〔2020〕9号", 2020
    matter.petition.registered_by = "别人"
    matter.petition.received_on = date(2025, 1, 2)
    petition = change(store, matter)
    assert (petition.number, petition.year) == ("镜访〔2026〕1号", 2026)
    assert petition.registered_by == ACCOUNT
    assert petition.received_on == date(2025, 1, 2)


def test_petitioners_are_added_removed_and_reordered(store: Store) -> None:
    enter(store, visit(petitioner(name="甲"), petitioner(name="乙"), petitioner(name="丙")))
    matter = kept(store)
    first, second, third = matter.petitioners
    matter.petitioners = [third, petitioner(name="丁"), first]
    change(store, matter)
    assert [person.name for person in kept(store).petitioners] == ["丙", "丁", "甲"]
    people = store.read(lambda session: session.exec(select(Petitioner)).all())
    assert sorted(person.name for person in people) == ["丁", "丙", "甲"]
    assert actions(store)[1][2].endswith("信访人")


def test_a_gap_that_is_filled_is_no_gap_any_more(store: Store) -> None:
    assert enter(store, visit(claim="")).gaps == 1
    matter = kept(store)
    matter.petition.claim = "要求修渠。"
    assert change(store, matter).gaps == 0


def test_the_follow_up_is_amended_with_the_matter(store: Store) -> None:
    enter(store, visit())
    matter = kept(store)
    matter.follow_up.satisfaction = Satisfaction.DISSATISFIED
    matter.follow_up.method = FollowUpMethod.PHONE
    change(store, matter)
    assert kept(store).follow_up.satisfaction is Satisfaction.DISSATISFIED
    assert actions(store)[1][2] == "信访人意见、回访方式"


def test_a_matter_that_becomes_an_accusation_leaves_the_index(store: Store) -> None:
    enter(store, visit())
    matter = kept(store)
    matter.petition.kind = Kind.ACCUSATION
    change(store, matter)
    assert found(store, "水渠") == 0
    matter = kept(store)
    matter.petition.kind = Kind.REMEDY
    change(store, matter)
    assert found(store, "水渠") == 1


def test_only_what_is_registered_can_be_amended(store: Store) -> None:
    with pytest.raises(OfficeError, match="还没有登记"):
        change(store, visit())


def test_a_void_matter_keeps_everything_and_says_why(store: Store) -> None:
    enter(store, visit())
    store.do(lambda session: void(session, "镜访[2026]1号", reason="重复登记", by="乙", now=LATER))
    read = kept(store)
    assert read.petition.state is PetitionState.VOID
    assert read.petition.void_reason == "重复登记"
    assert read.petition.claim == visit().petition.claim
    assert actions(store)[1] == (Action.VOID, "乙", "重复登记")


@pytest.mark.parametrize("reason", ["", "  ", "\x00"])
def test_nothing_is_voided_without_a_reason(store: Store, reason: str) -> None:
    enter(store, visit())
    with pytest.raises(OfficeError, match="要写明原因"):
        store.do(lambda s: void(s, "镜访〔2026〕1号", reason=reason, by="乙", now=NOW))
    assert kept(store).petition.state is PetitionState.REGISTERED


def test_a_void_matter_is_neither_voided_again_nor_amended(store: Store) -> None:
    enter(store, visit())
    store.do(lambda s: void(s, "镜访〔2026〕1号", reason="错登", by="乙", now=NOW))
    with pytest.raises(OfficeError, match="已经作废"):
        store.do(lambda s: void(s, "镜访〔2026〕1号", reason="再废", by="乙", now=NOW))
    with pytest.raises(OfficeError, match="已经作废"):
        change(store, kept(store))


def test_a_number_that_does_not_exist_cannot_be_voided(store: Store) -> None:
    with pytest.raises(OfficeError, match="没有找到这个编号"):
        store.do(lambda s: void(s, "镜访〔2026〕1号", reason="错登", by="乙", now=NOW))


def test_an_accusation_is_registered_like_any_matter(store: Store) -> None:
    enter(store, accusation())
    assert kept(store).petition.accused == "某村负责人"
    assert len(store.read(lambda session: find(session, viewer=CLEARED))) == 1
