"""Undo and redo: what was done is put back, what the books have seen stays, nothing is lost."""

import pytest
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, CLEARED, NOW, petitioner, visit
from xinfang_desktop.casework.audit import field_history
from xinfang_desktop.casework.matters import history, load_matter
from xinfang_desktop.casework.registration import amend, register, void
from xinfang_desktop.casework.search import WITHDRAWN, count
from xinfang_desktop.casework.undo import redo, undo
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Matter, PetitionState
from xinfang_desktop.store.database import Store

FIRST = "镜访〔2026〕1号"


def enter(store: Store) -> str:
    return store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))[0].number


def loaded(store: Store, number: str = FIRST) -> Matter:
    return store.read(lambda session: load_matter(session, number, viewer=CLEARED))


def amended(store: Store, matter: Matter) -> None:
    store.do(lambda session: amend(session, matter, by=ACCOUNT, now=NOW))


def taken_back(store: Store) -> str:
    return store.do(lambda session: undo(session, by=ACCOUNT, now=NOW))[0]


def done_again(store: Store) -> str:
    return store.do(lambda session: redo(session, by=ACCOUNT, now=NOW))[0]


def found(store: Store, words: str) -> int:
    return store.read(lambda session: count(session, words, viewer=CLEARED))


def test_a_registration_is_taken_back_by_voiding_it_and_its_number_stays(store: Store) -> None:
    enter(store)
    assert taken_back(store) == f"撤销：登记（{FIRST}）"
    petition = loaded(store).petition
    assert (petition.state, petition.void_reason) == (PetitionState.VOID, WITHDRAWN)
    assert enter(store) == "镜访〔2026〕2号"


def test_a_registration_taken_back_can_be_done_again(store: Store) -> None:
    enter(store)
    taken_back(store)
    assert done_again(store) == f"重做：登记（{FIRST}）"
    petition = loaded(store).petition
    assert (petition.state, petition.void_reason) == (PetitionState.REGISTERED, "")
    taken_back(store)
    assert loaded(store).petition.state is PetitionState.VOID


def test_a_withdrawn_matter_is_in_no_list_but_found_by_its_number(store: Store) -> None:
    enter(store)
    taken_back(store)
    assert (found(store, ""), found(store, "水渠"), found(store, FIRST)) == (0, 0, 1)
    done_again(store)
    assert (found(store, ""), found(store, "水渠")) == (1, 1)


def test_amended_fields_are_put_back_and_forth(store: Store) -> None:
    enter(store)
    matter = loaded(store)
    before = matter.petition.claim
    matter.petition.claim, matter.petitioner.phone = "桥塌了。", "13900000000"
    amended(store, matter)
    taken_back(store)
    assert (loaded(store).petition.claim, loaded(store).petitioner.phone) == (before, "13800001234")
    assert (found(store, "桥塌"), found(store, "水渠")) == (0, 1)
    done_again(store)
    assert (loaded(store).petition.claim, loaded(store).petitioner.phone) == (
        "桥塌了。",
        "13900000000",
    )
    assert (found(store, "桥塌"), found(store, "水渠")) == (1, 0)


def test_petitioners_added_and_taken_away_are_put_back(store: Store) -> None:
    enter(store)
    matter = loaded(store)
    matter.petitioners.append(petitioner(name="𬭛某", document_number=""))
    amended(store, matter)
    taken_back(store)
    assert loaded(store).names == "铍𫖯𠮷"
    done_again(store)
    assert loaded(store).names == "铍𫖯𠮷、𬭛某"
    matter = loaded(store)
    del matter.petitioners[0]
    amended(store, matter)
    assert loaded(store).names == "𬭛某"
    taken_back(store)
    assert loaded(store).names == "铍𫖯𠮷、𬭛某"


def test_a_void_is_taken_back(store: Store) -> None:
    enter(store)
    store.do(lambda session: void(session, FIRST, reason="重复", by=ACCOUNT, now=NOW))
    taken_back(store)
    assert loaded(store).petition.state is PetitionState.REGISTERED
    assert loaded(store).petition.void_reason == ""


def test_acts_are_taken_back_in_the_order_they_were_done(store: Store) -> None:
    enter(store)
    for claim in ("一", "二", "三"):
        matter = loaded(store)
        matter.petition.claim = claim
        amended(store, matter)
    taken_back(store)
    taken_back(store)
    assert loaded(store).petition.claim == "一"
    done_again(store)
    assert loaded(store).petition.claim == "二"


def test_a_new_act_ends_what_could_be_done_again(store: Store) -> None:
    enter(store)
    taken_back(store)
    enter(store)
    with pytest.raises(OfficeError, match="没有可以重做的操作"):
        done_again(store)


def test_nothing_done_is_nothing_to_take_back(store: Store) -> None:
    with pytest.raises(OfficeError, match="没有可以撤销的操作"):
        taken_back(store)
    store.read(lambda session: count(session, viewer=CLEARED))
    assert store.acts.to_undo is None


def test_what_was_changed_since_is_not_overwritten(store: Store) -> None:
    enter(store)
    matter = loaded(store)
    matter.petition.claim = "第一次修改"
    amended(store, matter)

    def behind_its_back(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE petition SET claim = '别处改的'")

    store.do(behind_its_back)
    with pytest.raises(OfficeError, match="又有改动，不能撤销"):
        taken_back(store)
    assert loaded(store).petition.claim == "别处改的"


def test_many_registered_at_once_are_taken_back_at_once(store: Store) -> None:
    def several(session: Session) -> None:
        for _ in range(3):
            register(session, visit(), by=ACCOUNT, now=NOW)

    store.do(several)
    assert taken_back(store) == "撤销：登记（3件）"
    states = {loaded(store, f"镜访〔2026〕{n}号").petition.state for n in (1, 2, 3)}
    assert states == {PetitionState.VOID}


def test_the_history_tells_what_was_taken_back(store: Store) -> None:
    enter(store)
    taken_back(store)
    done_again(store)
    words = [step.words for step in store.read(lambda s: history(s, 1, viewer=CLEARED))]
    assert words == ["", f"撤销：登记（{FIRST}）", f"重做：登记（{FIRST}）"]


def test_a_field_tells_who_changed_it_from_what_to_what(store: Store) -> None:
    enter(store)
    matter = loaded(store)
    matter.petition.urgent, matter.petitioner.phone = True, "13900000000"
    amended(store, matter)
    taken_back(store)
    told = store.read(lambda session: field_history(session, 1, viewer=CLEARED))
    assert {line.by for line in told} == {ACCOUNT}
    assert {(line.title, line.before, line.after) for line in told[:2]} == {
        ("重大紧急", "是", "否"),
        ("联系电话", "13900000000", "13800001234"),
    }
    assert {(line.title, line.before, line.after) for line in told[2:]} == {
        ("重大紧急", "否", "是"),
        ("联系电话", "13800001234", "13900000000"),
    }


def test_a_new_matter_has_no_history_of_fields(store: Store) -> None:
    enter(store)
    assert store.read(lambda session: field_history(session, 1, viewer=CLEARED)) == []
