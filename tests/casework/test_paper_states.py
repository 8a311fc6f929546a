"""Where the papers are: out to be signed, back, scanned; who has them, and what stays away."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, CLEARED, NOW, TODAY, UNCLEARED, accusation, visit
from tests.helpers.way import ANSWERS, Walk
from xinfang_desktop.casework import (
    audit,
    handling,
    matters,
    paper_states,
    papers,
    registration,
    search,
)
from xinfang_desktop.casework.paper_following import follow
from xinfang_desktop.casework.paper_states import FOLLOWING, PaperPlace
from xinfang_desktop.casework.undo import redo, undo
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.issuing import makers
from xinfang_desktop.models import (
    Action,
    IssuedPaper,
    Matter,
    Noted,
    PaperMove,
    PaperState,
    Stage,
)
from xinfang_desktop.store.database import Store

S = PaperState
SHEET = "process_sheet_2211"
WHO = "钱主任"
LATER = NOW + timedelta(days=5)
LATER_DAY = LATER.date()


def printed(store: Store, matter: Matter | None = None, form: str = SHEET) -> IssuedPaper:
    """Register a matter and print one of its papers."""
    number = store.do(
        lambda s: registration.register(s, matter or visit(), by=ACCOUNT, now=NOW).number
    )[0]
    return printed_of(store, number, form)


def printed_of(store: Store, number: str, form: str = SHEET) -> IssuedPaper:
    maker = makers(FORMS)[form]
    return store.do(
        lambda s: (
            papers.issue(
                s,
                store.vault,
                maker,
                matters.load_matter(s, number, viewer=CLEARED),
                viewer=CLEARED,
                now=NOW,
            ).paper
        )
    )[0]


def moved(
    store: Store,
    state: PaperState,
    *which: IssuedPaper,
    holder: str = "",
    on: date | None = None,
    now: datetime = LATER,
) -> Sequence[PaperMove]:
    ids = [paper.id or 0 for paper in which]
    done, _ = store.do(
        lambda s: paper_states.move(
            s, ids, state, viewer=store.viewer, now=now, on=on, holder=holder
        )
    )
    return done


def sent(store: Store, *which: IssuedPaper, on: date | None = None) -> None:
    moved(store, S.SENT, *which, holder=WHO, on=on or TODAY)


def place(store: Store, paper: IssuedPaper) -> PaperPlace:
    found = store.read(lambda s: paper_states.places(s, paper.petition_id, viewer=CLEARED))
    return found[paper.id or 0]


def listed(store: Store, key: str, on: date = LATER_DAY) -> list[int]:
    found = store.read(lambda s: paper_states.lines(s, key, on, viewer=CLEARED))
    return [line.paper_id for line in found]


def test_a_printed_paper_lies_in_the_office_since_it_was_printed(store: Store) -> None:
    found = place(store, printed(store))
    assert (found.state, found.holder, found.since) == (S.PRINTED, "", TODAY)
    assert found.following[0] is S.SENT


def test_a_paper_goes_out_comes_back_and_is_scanned_and_each_stay_is_kept(store: Store) -> None:
    paper = printed(store)
    sent(store, paper)
    assert place(store, paper).told == "送签：钱主任（11月22日）"
    moved(store, S.RETURNED, paper, on=TODAY + timedelta(days=2))
    moved(store, S.SCANNED, paper)
    stays = store.read(lambda s: paper_states.moves_of(s, paper.petition_id, viewer=CLEARED))
    assert [(one.state, one.holder, one.left_on) for one in stays] == [
        (S.SENT, WHO, TODAY + timedelta(days=2)),
        (S.RETURNED, "", LATER_DAY),
        (S.SCANNED, "", None),
    ]


def test_a_paper_goes_from_one_leader_straight_to_the_next(store: Store) -> None:
    paper = printed(store)
    sent(store, paper)
    moved(store, S.SENT, paper, holder="孙书记")
    assert (place(store, paper).holder, place(store, paper).since) == ("孙书记", LATER_DAY)


@pytest.mark.parametrize(
    ("state", "holder", "on", "why"),
    [
        (S.SENT, " ", None, "送给谁"),
        (S.RETURNED, "", None, "现在是“已打印”，不能记为“签回”"),
        (S.SENT, WHO, TODAY - timedelta(days=1), "早于2026-11-22（打印日期）"),
        (S.SENT, WHO, LATER_DAY + timedelta(days=1), "还没有到"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_nothing_is_noted(
    store: Store, state: PaperState, holder: str, on: date | None, why: str
) -> None:
    paper = printed(store)
    with pytest.raises(OfficeError, match=why):
        moved(store, state, paper, holder=holder, on=on)
    assert place(store, paper).state is S.PRINTED


def test_of_several_papers_all_are_moved_or_none(store: Store) -> None:
    first, second = printed(store), printed(store)
    sent(store, first)
    with pytest.raises(OfficeError, match="镜访〔2026〕2号"):
        moved(store, S.RETURNED, first, second)
    assert place(store, first).state is S.SENT
    with pytest.raises(OfficeError, match="没有选定文书"):
        moved(store, S.SENT, holder=WHO)
    with pytest.raises(OfficeError, match="没有找到这份文书"):
        store.do(
            lambda s: paper_states.move(s, [99], S.SENT, viewer=CLEARED, now=LATER, holder=WHO)
        )


def test_several_papers_sent_at_once_are_taken_back_at_once(store: Store) -> None:
    first, second = printed(store), printed(store)
    sent(store, first, second)
    assert listed(store, "papers_out") == [first.id, second.id]
    told, _ = store.do(lambda s: undo(s, by=ACCOUNT, now=LATER))
    assert told == "撤销：送签（2件）"
    assert listed(store, "papers_out") == []
    assert place(store, first).state is S.PRINTED
    told, _ = store.do(lambda s: redo(s, by=ACCOUNT, now=LATER))
    assert (told, listed(store, "papers_out")) == ("重做：送签（2件）", [first.id, second.id])


def test_taking_back_a_return_puts_the_paper_into_the_same_hands_again(store: Store) -> None:
    paper = printed(store)
    sent(store, paper)
    moved(store, S.RETURNED, paper)
    store.do(lambda s: undo(s, by=ACCOUNT, now=LATER))
    assert (place(store, paper).state, place(store, paper).holder) == (S.SENT, WHO)
    store.do(lambda s: undo(s, by=ACCOUNT, now=LATER))
    assert place(store, paper).state is S.PRINTED


def test_printing_is_never_taken_back_with_a_move(store: Store) -> None:
    paper = printed(store)
    sent(store, paper)
    acts = list(store.acts.done)
    printed_of(store, "镜访〔2026〕1号", "visit_registration")
    assert store.acts.done == acts


def test_what_is_out_for_three_days_is_listed_the_longest_first(store: Store) -> None:
    recent, old, oldest = (printed(store) for _ in range(3))
    sent(store, recent, on=LATER_DAY - timedelta(days=2))
    sent(store, old, on=LATER_DAY - timedelta(days=3))
    sent(store, oldest)
    assert listed(store, "papers_late") == [oldest.id, old.id]
    assert listed(store, "papers_out") == [oldest.id, old.id, recent.id]
    lines = store.read(lambda s: paper_states.lines(s, "papers_late", LATER_DAY, viewer=CLEARED))
    assert [(line.days, line.holder) for line in lines] == [(5, WHO), (3, WHO)]
    moved(store, S.RETURNED, oldest)
    assert listed(store, "papers_late") == [old.id]
    assert listed(store, "papers_to_scan") == [oldest.id]


def test_what_leaders_sign_and_was_printed_lately_waits_to_be_sent(store: Store) -> None:
    printed(store)
    again = printed_of(store, "镜访〔2026〕1号")
    printed_of(store, "镜访〔2026〕1号", "archive_cover")
    assert listed(store, "papers_to_send", TODAY) == [again.id]
    assert listed(store, "papers_to_send", TODAY + timedelta(days=13)) == [again.id]
    assert listed(store, "papers_to_send", TODAY + timedelta(days=14)) == []
    sent(store, again)
    assert listed(store, "papers_to_send", TODAY) == []


def test_every_list_counts_its_papers_and_opens_exactly_their_matters(store: Store) -> None:
    several = printed(store)
    another = printed_of(store, "镜访〔2026〕1号", "visit_registration")
    alone, gone = printed(store), printed(store)
    sent(store, several, another, alone, gone)
    store.do(lambda s: registration.void(s, "镜访〔2026〕3号", reason="错", by=ACCOUNT, now=LATER))
    on = LATER_DAY
    counted = store.read(lambda s: paper_states.counts(s, on, viewer=CLEARED))
    assert counted == {
        "papers_out": 3,
        "papers_late": 3,
        "papers_to_send": 0,
        "papers_to_scan": 0,
    }
    for one in paper_states.LISTS:
        found = store.read(lambda s, key=one.key: paper_states.ids(s, key, on, viewer=CLEARED))  # type: ignore[misc]
        opened = store.read(lambda s, ids=found: search.find(s, viewer=CLEARED, among=ids))  # type: ignore[misc]
        assert list(found) == list(opened)
        shown = store.read(lambda s, key=one.key: paper_states.lines(s, key, on, viewer=CLEARED))  # type: ignore[misc]
        assert {line.petition_id for line in shown} == set(found)
        assert len(shown) == counted[one.key]


def test_a_sheet_printed_on_once_more_stays_where_it_is_under_the_later_paper(
    store: Store,
) -> None:
    paper = printed(store)
    sent(store, paper)
    moved(store, S.RETURNED, paper)

    def go_on(session: Session) -> IssuedPaper:
        matter = matters.load_matter(session, "镜访〔2026〕1号", viewer=CLEARED)
        matter.petition.conclusion = "已清淤。"
        registration.amend(session, matter, by=ACCOUNT, now=LATER)
        sheet = makers(FORMS)[SHEET]
        matter = matters.load_matter(session, "镜访〔2026〕1号", viewer=CLEARED)
        return papers.continued(
            session, store.vault, sheet, matter, viewer=CLEARED, now=LATER
        ).paper

    later, _ = store.do(go_on)
    assert place(store, paper).state is S.CARRIED_ON
    assert (place(store, later).state, place(store, later).since) == (S.RETURNED, LATER_DAY)
    assert FOLLOWING[S.CARRIED_ON] == ()


def test_an_endorsement_says_which_papers_must_be_back(store: Store) -> None:
    sheet = printed(store)
    visit_form = printed_of(store, "镜访〔2026〕1号", "visit_registration")
    sent(store, sheet)

    def back(action: Action) -> list[int]:
        found = store.read(
            lambda s: paper_states.returned_with(s, sheet.petition_id, action, viewer=CLEARED)
        )
        return [one.paper_id for one in found]

    assert back(Action.ASSIGN) == back(Action.CONCLUDE) == [sheet.id]
    assert back(Action.FOLLOW_UP) == back(Action.ASSIGN_VERIFICATION) == []
    leaving = store.read(
        lambda s: paper_states.sent_with(s, sheet.petition_id, Action.SUBMIT, viewer=CLEARED)
    )
    assert [one.paper_id for one in leaving] == [visit_form.id]


def test_only_the_latest_paper_of_a_kind_goes_with_an_act(store: Store) -> None:
    printed(store)
    newer = printed_of(store, "镜访〔2026〕1号")
    leaving = store.read(
        lambda s: paper_states.sent_with(s, newer.petition_id, Action.SUBMIT, viewer=CLEARED)
    )
    assert [one.paper_id for one in leaving] == [newer.id]


def test_papers_of_acts_are_papers_of_the_office() -> None:
    for table in (paper_states.ENDORSED_ON, paper_states.SENT_WITH):
        for forms in table.values():
            assert set(forms) <= set(FORMS)
    assert set(FOLLOWING) == set(PaperState)


def test_who_had_papers_lately_is_proposed_before_the_leaders(store: Store) -> None:
    first, second = printed(store), printed(store)
    sent(store, first)
    moved(store, S.SENT, second, holder="孙书记")
    assert store.read(lambda s: paper_states.holders(s, viewer=CLEARED)) == ["孙书记", WHO]


def test_the_trail_tells_the_paper_and_where_it_went_and_nobodys_name(store: Store) -> None:
    sent(store, printed(store))
    found = store.read(lambda s: audit.entries(s, viewer=store.viewer, acts=[Noted.PAPER_MOVE]))
    assert [(one.number, one.detail) for one in found] == [("镜访〔2026〕1号", f"{SHEET} sent")]


def test_of_an_accusation_the_lists_tell_the_number_only_and_it_is_not_moved(
    store: Store,
) -> None:
    paper = printed(store, accusation())
    sent(store, paper)
    [line] = store.read(lambda s: paper_states.lines(s, "papers_out", TODAY, viewer=CLEARED))
    assert line.sealed
    assert (line.form, line.holder, line.paper_number) == ("", "", "")
    assert store.read(lambda s: paper_states.holders(s, viewer=CLEARED)) == []
    store.viewer = UNCLEARED
    with pytest.raises(OfficeError, match="没有查看权限"):
        moved(store, S.RETURNED, paper)


@settings(max_examples=15)
@given(choices=st.lists(st.integers(0, 3), max_size=6))
def test_whatever_is_done_a_paper_is_in_one_place_and_every_step_can_be_taken_back(
    walking: Store, choices: list[int]
) -> None:
    store = walking
    store.acts.forget()
    paper = printed_of(store, "镜访〔2026〕1号")
    passed = [place(store, paper)]
    for choice in choices:
        following = passed[-1].following
        state = following[choice % len(following)]
        moved(store, state, paper, holder=WHO if state is S.SENT else "")
        passed.append(place(store, paper))
        assert passed[-1].state is state
    stays = store.read(lambda s: paper_states.moves_of(s, paper.petition_id, viewer=CLEARED))
    mine = [one for one in stays if one.paper_id == paper.id]
    assert [one.left_on is None for one in mine] == [False] * (len(mine) - 1) + [True] * bool(mine)
    for before in reversed(passed[:-1]):
        store.do(lambda s: undo(s, by=ACCOUNT, now=LATER))
        assert place(store, paper) == before


@pytest.fixture
def walking(store: Store) -> Store:
    """Give an office with one matter."""
    store.do(lambda s: registration.register(s, visit(), by=ACCOUNT, now=NOW))
    return store


def acted(
    store: Store,
    walk: Walk,
    action: Action,
    on: date = LATER_DAY,
) -> list[PaperState]:
    """Do an act with the papers following, and give where they went."""

    def act(session: Session) -> list[PaperMove]:
        step = handling.step(
            session,
            walk.number,
            action,
            viewer=CLEARED,
            now=LATER,
            on=on,
            said=ANSWERS.get(action, {}),
        )
        return follow(session, step, viewer=CLEARED, now=LATER)

    return [move.state for move in store.do(act)[0]]


def test_papers_leave_with_the_act_that_hands_them_on_and_are_back_with_the_endorsement(
    store: Store,
) -> None:
    walk = Walk(store)
    walk.do(Action.SIGN_IN)
    sheet = printed_of(store, walk.number)
    assert acted(store, walk, Action.SUBMIT) == [S.SENT]
    assert place(store, sheet).told == f"送签：{walk.matter.assigning_leader}（11月27日）"
    assert acted(store, walk, Action.ASSIGN) == [S.RETURNED]
    store.do(lambda s: undo(s, by=ACCOUNT, now=LATER))
    assert (place(store, sheet).state, walk.stands_at(Stage.ASSIGNING)) == (S.SENT, True)
    store.do(lambda s: redo(s, by=ACCOUNT, now=LATER))
    assert (place(store, sheet).state, walk.stands_at(Stage.HANDLING)) == (S.RETURNED, True)


def test_an_act_of_an_earlier_day_moves_a_paper_no_earlier_than_it_was_printed(
    store: Store,
) -> None:
    walk = Walk(store)
    walk.do(Action.SIGN_IN)
    sheet = printed_of(store, walk.number)
    acted(store, walk, Action.SUBMIT, on=TODAY - timedelta(days=20))
    assert (place(store, sheet).state, place(store, sheet).since) == (S.SENT, TODAY)


def test_an_act_with_nothing_printed_moves_nothing(store: Store) -> None:
    walk = Walk(store)
    walk.do(Action.SIGN_IN)
    assert acted(store, walk, Action.SUBMIT) == []


def test_the_form_of_a_visit_goes_to_the_department_that_receives(store: Store) -> None:
    walk = Walk(store, visit())
    form = printed_of(store, walk.number, "visit_registration")
    assert acted(store, walk, Action.RECEIVE) == [S.SENT]
    assert place(store, form).holder == "建设管理部"
    assert acted(store, walk, Action.RECORD_RECEPTION) == [S.RETURNED]
