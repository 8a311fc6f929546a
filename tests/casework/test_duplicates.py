"""What was here before: proposals with their reasons, the likeliest first."""

from datetime import date

import pytest
from hypothesis import given

from tests.helpers.office import ACCOUNT, CLEARED, NOW, petitioner, visit
from tests.helpers.writing import ANY_TEXT
from xinfang_desktop.casework.duplicates import Proposal, similar
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.casework.registration import register, void
from xinfang_desktop.models import Matter
from xinfang_desktop.store.database import Store

CANAL = "村口水渠多年失修，雨季漫水淹田，要求清淤修渠。"
LIFT = "电梯半年停运九次，要求公布维修资金动用方案。"


def person(name: str = "", document: str = "", phone: str = "") -> Matter:
    return visit(petitioner(name=name, document_number=document, phone=phone), claim=CANAL)


def enter(store: Store, *matters: Matter) -> None:
    for matter in matters:
        store.do(lambda s, m=matter: register(s, m, by=ACCOUNT, now=NOW))  # type: ignore[misc]


def proposals(store: Store, matter: Matter, limit: int = 5) -> list[Proposal]:
    return store.read(lambda session: similar(session, matter, viewer=CLEARED, limit=limit))


@pytest.mark.parametrize(
    ("earlier", "typed", "reason"),
    [
        (person("甲", "C1234567"), person("乙", "C1234567"), "证件号码相同"),
        (person("甲", "c1234567"), person("乙", "C1234567"), "证件号码相同"),
        (person("甲", phone="13800001234"), person("乙", phone="138 0000 1234"), "联系电话相同"),
        (person("甲"), person("甲"), "姓名相同"),
    ],
)
def test_a_matter_is_proposed_with_its_reason(
    store: Store, earlier: Matter, typed: Matter, reason: str
) -> None:
    enter(store, earlier)
    [proposal] = proposals(store, typed)
    assert proposal.number == "镜访〔2026〕1号"
    assert proposal.reason == f"{reason}，诉求相近"
    assert proposal.received_on == date(2026, 10, 8)
    assert (proposal.name, proposal.claim_start) == ("甲", CANAL)


def test_strangers_are_not_proposed(store: Store) -> None:
    enter(store, person("甲", "C1234567", "13800001234"))
    assert proposals(store, person("乙", "C7654321", "13900001234")) == []
    assert proposals(store, person()) == []


def test_blank_numbers_are_not_the_same_number(store: Store) -> None:
    enter(store, person("甲"))
    assert proposals(store, person("乙")) == []


def test_the_same_document_outweighs_the_same_name(store: Store) -> None:
    enter(store, person("甲"), person("乙", "C1234567"))
    numbers = [proposal.number for proposal in proposals(store, person("甲", "C1234567"))]
    assert numbers == ["镜访〔2026〕2号", "镜访〔2026〕1号"]


def test_of_one_persons_matters_the_same_claim_comes_first(store: Store) -> None:
    lift = visit(petitioner(), claim=LIFT)
    enter(store, visit(petitioner(), claim=CANAL), lift)
    found = proposals(store, lift)
    assert [proposal.number for proposal in found] == ["镜访〔2026〕2号", "镜访〔2026〕1号"]
    assert found[0].score > found[1].score
    assert found[1].reason == "证件号码相同"


def test_any_petitioner_of_either_counts_and_each_matter_once(store: Store) -> None:
    enter(store, visit(petitioner(), petitioner(name="乙", document_number="", phone="")))
    both = visit(petitioner(name="乙", document_number="", phone=""), petitioner())
    assert [proposal.reason for proposal in proposals(store, both)] == ["证件号码相同，诉求相近"]


def test_only_the_likeliest_are_proposed(store: Store) -> None:
    enter(store, *(visit() for _ in range(7)))
    assert len(proposals(store, visit())) == 5
    assert len(proposals(store, visit(), limit=1)) == 1


def test_a_matter_is_not_proposed_to_itself(store: Store) -> None:
    enter(store, visit())
    own = store.read(lambda s: load_matter(s, "镜访〔2026〕1号", viewer=CLEARED))
    assert proposals(store, own) == []


def test_a_void_matter_is_not_proposed(store: Store) -> None:
    enter(store, visit())
    store.do(lambda s: void(s, "镜访〔2026〕1号", reason="错", by=ACCOUNT, now=NOW))
    assert proposals(store, visit()) == []


def test_a_common_name_cannot_crowd_out_a_document_number(store: Store) -> None:
    enter(store, person("李女士", "C1234567"))
    enter(store, *(person("李女士") for _ in range(210)))
    found = proposals(store, person("李女士", "C1234567"))
    assert found[0].number == "镜访〔2026〕1号"


@given(ANY_TEXT)
def test_whatever_is_being_typed_is_looked_for_without_harm(store: Store, text: str) -> None:
    matter = visit(petitioner(name=text, document_number=text, phone=text), claim=text)
    assert len(proposals(store, matter)) <= 5
