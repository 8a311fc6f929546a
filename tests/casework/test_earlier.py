"""What stands beside a matter of those like it: proposed, decided, folded, and told again."""

from datetime import date

import pytest

from tests.helpers.office import ACCOUNT, CLEARED, NOW, TODAY, UNCLEARED, accusation, visit
from tests.helpers.office import petitioner as person
from xinfang_desktop.casework import linking, merging
from xinfang_desktop.casework.duplicates import Proposal
from xinfang_desktop.casework.earlier import SHOWN, Coming, Earlier, earlier
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.casework.registration import register, void
from xinfang_desktop.models import Channel, Matter, Petitioner, Relation, Viewer
from xinfang_desktop.store.database import Store

SAME, OTHER, NOT = Relation.SAME_MATTER, Relation.SAME_PERSON, Relation.UNRELATED
LIFT = "电梯半年停运九次，要求公布维修资金动用方案。"


def number(serial: int) -> str:
    return f"镜访〔2026〕{serial}号"


def enter(store: Store, *entered: Matter) -> None:
    for matter in entered:
        store.do(lambda s, m=matter: register(s, m, by=ACCOUNT, now=NOW))  # type: ignore[misc]


def beside(store: Store, matter: Matter, viewer: Viewer = CLEARED) -> Earlier:
    return store.read(lambda s: earlier(s, matter, viewer=viewer, today=TODAY))


def registered(store: Store, serial: int) -> Matter:
    return store.read(lambda s: load_matter(s, number(serial), viewer=CLEARED))


def decide(store: Store, one: int, two: int, relation: Relation | None) -> None:
    store.do(
        lambda s: linking.decide(
            s, number(one), number(two), relation, viewer=CLEARED, by=ACCOUNT, now=NOW
        )
    )


def numbers(told: tuple[Proposal, ...]) -> list[str]:
    return [one.number for one in told]


def namesake(name: str = "铍𫖯𠮷") -> Petitioner:
    return person(name=name, document_number="", phone="", address="")


def test_what_only_a_name_speaks_for_is_folded(store: Store) -> None:
    enter(store, visit(), visit(namesake(), claim=LIFT))
    told = beside(store, visit(received_on=TODAY))
    assert (numbers(told.shown), numbers(told.namesakes)) == ([number(1)], [number(2)])
    assert told.further == told.dismissed == ()


def test_of_very_many_only_the_likeliest_stand_in_sight(store: Store) -> None:
    enter(store, *(visit() for _ in range(SHOWN + 2)))
    told = beside(store, visit(received_on=TODAY))
    assert (len(told.shown), len(told.further)) == (SHOWN, 2)


def test_what_was_decided_of_a_draft_stays_in_sight_whatever_is_typed_then(store: Store) -> None:
    enter(store, visit(), visit(claim=LIFT))
    draft = visit(received_on=TODAY)
    draft.decisions = {number(1): SAME, number(2): NOT}
    told = beside(store, draft)
    assert [(one.number, one.relation) for one in told.shown] == [(number(1), SAME)]
    assert [(one.number, one.relation) for one in told.dismissed] == [(number(2), NOT)]
    draft.petitioners, draft.petition.claim = [namesake("乙")], "别的事。"
    told = beside(store, draft)
    [kept] = told.shown
    assert (kept.number, kept.relation, kept.reason, kept.times) == (number(1), SAME, "", 1)
    assert (kept.name, kept.standing) == ("铍𫖯𠮷", "已登记")


def test_a_draft_decided_to_be_the_same_tells_which_time_it_is(store: Store) -> None:
    enter(store, visit(), visit(received_on=date(2026, 10, 15)))
    decide(store, 2, 1, SAME)
    draft = visit(received_on=date(2026, 11, 1))
    draft.decisions = {number(2): SAME}
    assert beside(store, draft).facts.words == (
        "重复件：第3次，首次2026-10-08，镜访〔2026〕1号",
        "11-01来访，11-22补录，迟录21天",
    )
    draft.petition.received_on = date(2026, 10, 1)
    assert beside(store, draft).facts.words[0] == "初次件，之后又来2次"
    draft.decisions = {number(2): OTHER}
    assert beside(store, draft).facts.times == 1


@pytest.mark.parametrize(
    ("matter", "words"),
    [
        (visit(headcount=5, received_on=TODAY), ("集体访",)),
        (visit(*(person(name=n) for n in "甲乙丙丁戊"), received_on=TODAY), ("集体访",)),
        (visit(headcount=5, channel=Channel.LETTER, received_on=TODAY), ("联名",)),
        (visit(bypassing=True, received_on=TODAY), ("越级走访",)),
        (visit(headcount=4, received_on=TODAY), ()),
    ],
)
def test_a_draft_has_the_facts_it_will_have_in_the_books(
    store: Store, matter: Matter, words: tuple[str, ...]
) -> None:
    assert beside(store, matter).facts.words == words
    enter(store, matter)
    assert beside(store, registered(store, 1)).facts.words == words


def test_a_draft_tells_what_registering_it_makes_true(store: Store) -> None:
    enter(store, visit(), visit(received_on=date(2026, 11, 2)))
    decide(store, 2, 1, SAME)
    draft = visit(received_on=date(2026, 10, 20))
    draft.decisions = {number(2): SAME}
    before = beside(store, draft).facts
    enter(store, draft)
    after = beside(store, registered(store, 3)).facts
    assert before == after
    assert (after.which, after.times) == (2, 3)


def test_of_a_matter_in_the_books_every_pair_is_told_as_it_was_decided(store: Store) -> None:
    enter(store, visit(), visit(received_on=date(2026, 10, 15)), visit(claim=LIFT), visit())
    decide(store, 2, 1, SAME)
    decide(store, 2, 3, OTHER)
    decide(store, 4, 2, NOT)
    told = beside(store, registered(store, 2))
    assert {one.number: one.relation for one in told.shown} == {number(1): SAME, number(3): OTHER}
    assert numbers(told.dismissed) == [number(4)]
    assert beside(store, registered(store, 1)).later == (Coming(number(2), date(2026, 10, 15)),)
    assert told.later == ()


def test_a_repeat_by_way_of_another_is_no_decision_of_this_matter(store: Store) -> None:
    enter(store, visit(), visit(received_on=date(2026, 10, 15)), visit(received_on=TODAY))
    decide(store, 2, 1, SAME)
    decide(store, 3, 2, SAME)
    told = beside(store, registered(store, 3))
    assert numbers(told.shown) == [number(2)]
    assert told.facts.first_number == number(1)
    first = beside(store, registered(store, 1))
    assert [one.number for one in first.later] == [number(2), number(3)]


def test_a_void_matter_decided_of_is_no_card_any_more(store: Store) -> None:
    enter(store, visit(), visit())
    decide(store, 2, 1, SAME)
    store.do(lambda s: void(s, number(1), reason="错", by=ACCOUNT, now=NOW))
    told = beside(store, registered(store, 2))
    assert told.proposals == told.dismissed == ()


def test_a_merged_matter_stands_in_the_chips_and_is_no_card(store: Store) -> None:
    enter(store, visit(), visit())
    decide(store, 2, 1, SAME)
    store.do(lambda s: merging.merge(s, number(1), number(2), viewer=CLEARED, by=ACCOUNT, now=NOW))
    told = beside(store, registered(store, 1))
    assert (told.proposals, told.dismissed, told.later) == ((), (), ())
    assert (told.facts.times, told.facts.doublets) == (1, (number(2),))


def test_a_merged_matter_that_a_draft_was_judged_by_leads_to_the_kept_one(store: Store) -> None:
    enter(store, visit(), visit())
    draft = visit(received_on=TODAY)
    draft.decisions = {number(2): SAME}
    store.do(lambda s: merging.merge(s, number(1), number(2), viewer=CLEARED, by=ACCOUNT, now=NOW))
    [told] = beside(store, draft).shown
    assert (told.number, told.relation) == (number(1), SAME)


def test_a_decision_leaves_every_other_one_in_its_place(store: Store) -> None:
    enter(store, visit(), visit(), visit())
    told = beside(store, visit(received_on=TODAY))
    first, second, third = numbers(told.shown)
    decided = told.with_decision(second, SAME)
    assert numbers(decided.shown) == [first, second, third]
    gone = decided.with_decision(second, NOT)
    assert (numbers(gone.shown), numbers(gone.dismissed)) == ([first, third], [second])
    back = gone.with_decision(second, None)
    assert (sorted(numbers(back.shown)), back.dismissed) == (sorted([first, second, third]), ())
    assert back.with_decision("没有这一件", SAME) == back


def test_a_namesake_decided_of_is_no_longer_only_one(store: Store) -> None:
    enter(store, visit(namesake(), claim=LIFT))
    told = beside(store, visit(received_on=TODAY))
    decided = told.with_decision(number(1), OTHER)
    assert (numbers(decided.shown), decided.namesakes) == ([number(1)], ())


def test_nothing_sealed_stands_beside_an_open_matter_nor_the_other_way(store: Store) -> None:
    enter(store, accusation(), visit())
    open_draft, sealed_draft = visit(received_on=TODAY), accusation(received_on=TODAY)
    open_draft.decisions = {number(1): SAME}
    sealed_draft.decisions = {number(2): SAME}
    assert beside(store, open_draft).find(number(1)) is None
    assert beside(store, sealed_draft).find(number(2)) is None
    assert beside(store, sealed_draft).facts.times == 1
    assert beside(store, accusation(), UNCLEARED) == Earlier()
    sealed_draft.decisions = {number(1): SAME}
    [told] = beside(store, sealed_draft).shown
    assert (told.sealed, told.name, told.claim_start) == (True, "", "检举控告（保密）")


@pytest.mark.parametrize("relation", [SAME, OTHER, NOT])
@pytest.mark.parametrize("place", range(4))
def test_what_is_shown_at_once_is_what_the_books_would_say(
    store: Store, relation: Relation, place: int
) -> None:
    enter(store, visit(), visit(namesake(), claim=LIFT), visit(received_on=TODAY), visit())
    decide(store, 3, 1, SAME)
    draft = visit(received_on=TODAY)
    draft.decisions = {number(4): NOT}
    told = beside(store, draft)
    every = (*told.proposals, *told.dismissed)
    chosen = every[min(place, len(every) - 1)].number
    at_once = told.with_decision(chosen, relation)
    draft.decisions[chosen] = relation
    in_the_books = beside(store, draft)
    for part in ("shown", "further", "namesakes", "dismissed"):
        shown, kept = getattr(at_once, part), getattr(in_the_books, part)
        assert sorted(numbers(shown)) == sorted(numbers(kept))
