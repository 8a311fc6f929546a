"""Two entries of one matter become one, and can be parted again; nothing is lost either way."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    UNCLEARED,
    accusation,
    petitioner,
    visit,
)
from xinfang_desktop.casework import linking, merging, record_json
from xinfang_desktop.casework.facts import COUNTED, facts_of
from xinfang_desktop.casework.matters import history, links, load_matter
from xinfang_desktop.casework.merging import Difference, Parted, Side
from xinfang_desktop.casework.registration import amend, register, void
from xinfang_desktop.casework.search import count, execute, find
from xinfang_desktop.casework.undo import redo, undo
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Kind, Matter, Petition, PetitionState, Relation, Role, Viewer
from xinfang_desktop.store.database import Store

KEPT, MERGED = Side.KEPT, Side.MERGED


def number(serial: int) -> str:
    return f"镜访〔2026〕{serial}号"


FIRST, SECOND = number(1), number(2)


def enter(store: Store, *matters: Matter) -> None:
    for matter in matters:
        store.do(lambda s, m=matter: register(s, m, by=ACCOUNT, now=NOW))  # type: ignore[misc]


def loaded(store: Store, serial: int = 1) -> Matter:
    return store.read(lambda s: load_matter(s, number(serial), viewer=CLEARED))


def told(store: Store, serial: int = 1) -> dict[str, Any]:
    """Give everything a matter says, but for what a copy does not keep."""
    return record_json.to_plain(loaded(store, serial))


def differ(store: Store) -> dict[str, Difference]:
    found = store.read(lambda s: merging.differences(s, FIRST, SECOND, viewer=CLEARED))
    return {one.path: one for one in found}


def merge(store: Store, one: str = FIRST, other: str = SECOND, **how: Any) -> Petition:  # noqa: ANN401
    choices: Mapping[str, Side] | None = how.pop("choices", None)
    viewer = how.pop("viewer", CLEARED)
    return store.do(
        lambda s: merging.merge(s, one, other, choices, viewer=viewer, by=ACCOUNT, now=NOW)
    )[0]


def part(store: Store, serial: int = 2) -> Parted:
    return store.do(
        lambda s: merging.unmerge(s, number(serial), viewer=CLEARED, by=ACCOUNT, now=NOW)
    )[0]


def found(store: Store, words: str) -> list[int]:
    return list(store.read(lambda s: find(s, words, viewer=CLEARED)))


def counted(store: Store) -> int:
    sql = f"SELECT count(*) FROM petition AS p WHERE {COUNTED}"
    return int(store.read(lambda s: next(iter(execute(s, sql, ())))[0]))


def two(store: Store) -> None:
    """Enter one visit twice: the second time with another day, a fuller claim and one more."""
    enter(
        store,
        visit(petitioner(phone=""), claim="村口水渠失修。", superior_number=""),
        visit(
            petitioner(phone="13800001234"),
            petitioner(name="乙", document_number="", phone="13900001234", address=""),
            claim="村口水渠失修。雨季漫水淹田。",
            superior_number="绍信17号",
            received_on=date(2026, 10, 7),
            location="解放村",
        ),
    )


def test_the_later_is_merged_into_the_earlier_whichever_is_named_first(store: Store) -> None:
    two(store)
    assert merge(store, SECOND, FIRST).number == FIRST
    later = loaded(store, 2).petition
    assert (later.state, later.merged_into, later.standing) == (PetitionState.MERGED, 1, "已并入")
    assert later.number == SECOND


def compared(store: Store) -> tuple[str, ...]:
    return store.read(lambda s: merging.compare(s, FIRST, SECOND, viewer=CLEARED)).concerns


def judge(store: Store, serial: int, other: int, relation: Relation | None) -> None:
    store.do(
        lambda s: linking.decide(
            s, number(serial), number(other), relation, viewer=CLEARED, by=ACCOUNT, now=NOW
        )
    )


def test_what_was_judged_a_repeat_is_told_before_it_is_merged_and_can_be(store: Store) -> None:
    enter(store, visit(), visit())
    assert compared(store) == ()
    judge(store, 2, 1, Relation.SAME_MATTER)
    [told] = compared(store)
    assert told == (
        "已判为同一事项的两次来访（重复件）；并件只用于同一次信访登记了两遍的，并了以后少计一次。"
    )
    assert merge(store).number == FIRST


def test_a_repeat_by_way_of_a_third_is_told_as_one(store: Store) -> None:
    enter(store, visit(), visit(), visit())
    judge(store, 3, 1, Relation.SAME_MATTER)
    judge(store, 3, 2, Relation.SAME_MATTER)
    assert "重复件" in compared(store)[0]


def test_what_was_judged_otherwise_is_no_repeat(store: Store) -> None:
    enter(store, visit(), visit())
    judge(store, 2, 1, Relation.SAME_PERSON)
    assert compared(store) == ()


def test_two_days_of_receipt_are_told_as_what_may_be_two_visits(store: Store) -> None:
    two(store)
    [told] = compared(store)
    assert told.startswith("两件的来访（收到）日期不同") and told.endswith("少计一次。")


def test_what_differs_is_shown_with_the_side_that_suggests_itself(store: Store) -> None:
    two(store)
    differences = differ(store)
    assert {path: one.default for path, one in differences.items()} == {
        "petition.superior_number": MERGED,
        "petition.received_on": MERGED,
        "petition.claim": MERGED,
        "petition.headcount": KEPT,
        "petition.location": MERGED,
        "petitioner.phone": MERGED,
        "people.1": MERGED,
    }
    claim = differences["petition.claim"]
    assert (claim.title, claim.kept) == ("反映内容及诉求摘要", "村口水渠失修。")


def test_the_kept_one_takes_what_is_chosen_and_the_other_keeps_all_it_said(store: Store) -> None:
    two(store)
    before = told(store, 2)
    merge(store, choices={"petition.received_on": KEPT, "petition.headcount": MERGED})
    kept = loaded(store)
    assert kept.petition.received_on == date(2026, 10, 8)
    assert (kept.petition.headcount, kept.petition.claim) == (2, "村口水渠失修。雨季漫水淹田。")
    assert [(p.name, p.phone) for p in kept.petitioners] == [
        ("铍𫖯𠮷", "13800001234"),
        ("乙", "13900001234"),
    ]
    after = told(store, 2)
    for part_of in ("petitioners", "follow_up", "verification", "words"):
        assert after[part_of] == before[part_of]
    assert after["petition"] == {**before["petition"], "state": "merged", "merged_into": 1}


def test_a_merged_matter_is_in_no_list_and_no_figure_but_found_by_its_number(store: Store) -> None:
    two(store)
    merge(store)
    assert store.read(lambda s: count(s, viewer=CLEARED)) == 1
    assert found(store, "漫水淹田") == [1]
    assert found(store, SECOND) == [2]
    assert counted(store) == 1
    assert store.read(lambda s: facts_of(s, 2, viewer=CLEARED)).words[0] == f"已并入{FIRST}"
    assert store.read(lambda s: facts_of(s, 1, viewer=CLEARED)).doublets == (SECOND,)


def test_both_histories_tell(store: Store) -> None:
    two(store)
    merge(store)
    part(store)
    told_of = {
        id: [step.words for step in store.read(lambda s, id=id: history(s, id, viewer=CLEARED))]  # type: ignore[misc]
        for id in (1, 2)
    }
    assert told_of == {
        1: ["", f"并入了{SECOND}", f"与{SECOND}取消并件"],
        2: ["", f"并入{FIRST}", f"与{FIRST}取消并件"],
    }


def test_parting_puts_both_back_exactly(store: Store) -> None:
    two(store)
    before = [told(store, serial) for serial in (1, 2)]
    merge(store)
    store.acts.forget()
    parted = part(store)
    assert parted == Parted(SECOND, FIRST, ())
    assert [told(store, serial) for serial in (1, 2)] == before
    assert (found(store, "漫水淹田"), counted(store)) == ([2], 2)
    with pytest.raises(OfficeError, match="没有并入别的事项"):
        part(store)


def test_what_was_changed_since_stays_and_is_named(store: Store) -> None:
    two(store)
    merge(store)
    matter = loaded(store)
    matter.petition.claim, matter.petition.category = "水渠已经修好。", "其他"
    matter.petitioners[1].phone = "13711112222"
    store.do(lambda s: amend(s, matter, by="李", now=NOW))
    assert part(store).left == ("反映内容及诉求摘要", "信访人")
    kept = loaded(store)
    assert (kept.petition.claim, kept.petition.category) == ("水渠已经修好。", "其他")
    assert kept.petition.superior_number == ""
    assert [person.phone for person in kept.petitioners] == ["", "13711112222"]


def test_taking_it_back_names_the_two_by_their_numbers(store: Store) -> None:
    two(store)
    merge(store)
    two_named = f"{SECOND}并入{FIRST}"
    back = store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))[0]
    again = store.do(lambda s: redo(s, by=ACCOUNT, now=NOW))[0]
    assert (back, again) == (f"撤销：并件（{two_named}）", f"重做：并件（{two_named}）")
    part(store)
    assert store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))[0] == f"撤销：取消并件（{two_named}）"


def test_merging_and_parting_are_undone_and_done_again(store: Store) -> None:
    two(store)
    before = [told(store, serial) for serial in (1, 2)]
    merge(store)
    merged = [told(store, serial) for serial in (1, 2)]
    store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))
    assert [told(store, serial) for serial in (1, 2)] == before
    assert (found(store, "漫水淹田"), counted(store)) == ([2], 2)
    store.do(lambda s: redo(s, by=ACCOUNT, now=NOW))
    assert (loaded(store, 2).petition.merged_into, found(store, "漫水淹田")) == (1, [1])
    assert told(store)["petition"] == merged[0]["petition"]
    part(store)
    store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))
    assert (loaded(store, 2).petition.merged_into, counted(store)) == (1, 1)


def test_links_of_the_merged_one_are_links_of_the_kept_one(store: Store) -> None:
    enter(store, visit(received_on=date(2026, 9, 1)))
    enter(store, visit(), visit())
    same = Relation.SAME_MATTER
    store.do(
        lambda s: linking.decide(s, number(3), FIRST, same, viewer=CLEARED, by=ACCOUNT, now=NOW)
    )
    merge(store, SECOND, number(3))
    assert [one.number for one in store.read(lambda s: links(s, 2, viewer=CLEARED))] == [FIRST]
    assert (loaded(store, 2).petition.repeat_of, loaded(store, 3).petition.repeat_of) == (1, None)
    part(store, 3)
    assert (loaded(store, 2).petition.repeat_of, loaded(store, 3).petition.repeat_of) == (None, 1)


def test_a_matter_can_be_merged_on_and_leads_to_the_last(store: Store) -> None:
    enter(store, visit(), visit(), visit())
    merge(store, SECOND, number(3))
    merge(store, FIRST, SECOND)
    assert store.read(lambda s: facts_of(s, 3, viewer=CLEARED)).merged_into == FIRST
    assert store.read(lambda s: facts_of(s, 1, viewer=CLEARED)).doublets == (SECOND, number(3))


def test_a_merged_matter_is_not_changed_voided_or_merged_again(store: Store) -> None:
    two(store)
    merge(store)
    later = loaded(store, 2)
    for act in (
        lambda s: amend(s, later, by="李", now=NOW),
        lambda s: void(s, SECOND, reason="错", by="李", now=NOW),
    ):
        with pytest.raises(OfficeError, match="已经并入另一件"):
            store.do(act)
    with pytest.raises(OfficeError, match="已经作废或并入别的事项"):
        merge(store)


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        (FIRST, FIRST, "不能与自己并件"),
        (FIRST, number(9), "没有找到这个编号"),
        (FIRST, number(3), "检举控告（保密）不与其他事项并件"),
    ],
)
def test_what_cannot_be_merged_is_refused(
    store: Store, one: str, other: str, sentence: str
) -> None:
    two(store)
    enter(store, accusation())
    with pytest.raises(OfficeError, match=sentence):
        merge(store, one, other)
    assert counted(store) == 3


def test_who_may_not_read_or_write_merges_nothing(store: Store) -> None:
    two(store)
    enter(store, accusation(), accusation())
    with pytest.raises(OfficeError, match="没有查看权限"):
        merge(store, number(3), number(4), viewer=UNCLEARED)
    with pytest.raises(OfficeError, match="权限"):
        merge(store, viewer=Viewer(name="钱", cleared=True, role=Role.LEADER))


def test_a_doublet_is_sealed_with_the_matter_it_was_merged_into(store: Store) -> None:
    two(store)
    merge(store)
    matter = loaded(store)
    matter.petition.kind = Kind.ACCUSATION
    store.do(lambda s: amend(s, matter, by=ACCOUNT, now=NOW))
    with pytest.raises(OfficeError, match="没有查看权限"):
        store.read(lambda s: load_matter(s, SECOND, viewer=UNCLEARED))
