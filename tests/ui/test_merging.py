"""Two entries of one matter are made one in the window, by keys, and taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.office import CLEARED, NOW, accusation, petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.keyboard import CTRL, SHIFT, focus, parts, press, write
from xinfang_desktop.casework import linking, matters, merging, record_json
from xinfang_desktop.casework.papers import issue
from xinfang_desktop.casework.registration import amend
from xinfang_desktop.models import Action, Matter, PetitionState, Relation, Role, Viewer
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage

FIRST, SECOND, THIRD = (f"镜访〔2026〕{serial}号" for serial in (1, 2, 3))
M = Qt.Key.Key_M


@pytest.fixture
def two(register: Registering) -> None:
    """Enter one visit twice, the second time more fully, and another matter."""
    register(visit(petitioner(phone=""), claim="村口水渠失修。"))
    register(
        visit(petitioner(phone="13800001234"), claim="村口水渠失修。漫水淹田。", location="解放村")
    )
    register(
        visit(
            petitioner(name="乙", phone="13900005555", document_number="", address="南村"),
            claim="工地夜间打桩，孩子不能入睡。",
        )
    )


@pytest.fixture
def page(window: MainWindow, two: None) -> MatterPage:
    window.open_matter(SECOND)
    page = window.page("matter")
    assert isinstance(page, MatterPage)
    return page


def stored(desk: Desk, number: str) -> Matter:
    return desk.read(lambda session: matters.load_matter(session, number, viewer=CLEARED))


def told(desk: Desk) -> list[object]:
    return [record_json.to_plain(stored(desk, number)) for number in (FIRST, SECOND, THIRD)]


def test_two_are_made_one_by_keys_and_taken_back_by_one(
    page: MatterPage, window: MainWindow, desk: Desk
) -> None:
    before = told(desk)
    press(M, CTRL)
    write("1号")
    press(Qt.Key.Key_Return)
    panel = page.merging
    assert f"{SECOND}（2026-11-22登记）并入{FIRST}" in panel.settling.words
    assert panel.settling.table.hasFocus()
    assert panel.settling.table.choices == {
        "petition.claim": merging.Side.MERGED,
        "petition.location": merging.Side.MERGED,
        "petitioner.phone": merging.Side.MERGED,
    }
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return, CTRL)
    assert (page.number, window.toast.sentence) == (FIRST, f"{SECOND} 已并入 {FIRST}")
    kept = stored(desk, FIRST)
    assert (kept.petition.claim, kept.petition.location) == ("村口水渠失修。", "解放村")
    assert kept.petitioner.phone == "13800001234"
    assert stored(desk, SECOND).petition.state is PetitionState.MERGED
    press(Qt.Key.Key_Z, CTRL, on=window)
    assert told(desk) == before
    press(Qt.Key.Key_Y, CTRL, on=window)
    assert stored(desk, SECOND).petition.merged_into == 1
    assert stored(desk, FIRST).petition.location == "解放村"


def test_what_seems_the_same_is_listed_and_chosen_with_the_arrow(
    page: MatterPage, qtbot: QtBot
) -> None:
    press(M, CTRL)
    qtbot.waitUntil(lambda: page.merging.choosing.numbers == [FIRST])
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.merging.settling.isVisible()
    press(Qt.Key.Key_Escape)
    assert page.merging.comparison is None
    assert page.merging.choosing.line.hasFocus()
    press(Qt.Key.Key_Escape)
    assert page.view.isVisible()


def test_another_persons_matter_and_one_that_was_handled_are_told_before(
    page: MatterPage, register: Registering
) -> None:
    page.begin_merging(THIRD)
    assert "两件的信访人看来不是同一人" in page.merging.settling.words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("镜访〔2026〕9号", "没有找到这个编号"),
        ("镜访〔2026〕4号", "检举控告（保密）不与其他事项并件"),
    ],
)
def test_what_cannot_be_merged_is_told_beside_the_number(
    page: MatterPage, register: Registering, typed: str, sentence: str
) -> None:
    register(accusation())
    press(M, CTRL)
    write(typed)
    press(Qt.Key.Key_Return)
    assert sentence in page.merging.choosing.trouble
    assert page.merging.comparison is None


def test_two_lines_of_the_ledger_are_merged(
    window: MainWindow, two: None, desk: Desk, qtbot: QtBot
) -> None:
    ledger = window.page("ledger")
    with qtbot.waitSignal(ledger.finder.completed):
        window.enter("ledger")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down, SHIFT)
    press(M, CTRL)
    page = window.page("matter")
    assert {
        page.merging.comparison.kept.petition.number,
        page.merging.comparison.merged.petition.number,
    } == {FIRST, SECOND}
    press(Qt.Key.Key_Return, CTRL)
    assert stored(desk, SECOND).petition.standing == "已并入"


def test_three_lines_are_too_many(window: MainWindow, two: None, qtbot: QtBot) -> None:
    ledger = window.page("ledger")
    with qtbot.waitSignal(ledger.finder.completed):
        window.enter("ledger")
    press(Qt.Key.Key_A, CTRL)
    press(M, CTRL)
    assert "并件要选中两件" in window.toast.sentence
    assert window.room == "ledger"


@pytest.fixture
def merged(two: None, desk: Desk) -> None:
    desk.do(lambda s: merging.merge(s, FIRST, SECOND, viewer=CLEARED, by="王", now=NOW))


def test_a_merged_one_leads_to_the_kept_one_and_cannot_be_changed(
    window: MainWindow, merged: None
) -> None:
    window.open_matter(SECOND)
    page = window.page("matter")
    assert f"已并入 {FIRST}" in page._merged_bar.words
    assert not page.view.form.editor("petition.claim").isEnabled()
    press(M, CTRL)
    assert "不能并件" in window.toast.sentence
    assert focus().accessibleName() == f"打开 {FIRST}"
    press(Qt.Key.Key_Return)
    assert (page.number, page._merged_bar.words) == (FIRST, "")


def test_parting_tells_what_was_changed_since_and_is_taken_back(
    window: MainWindow, desk: Desk, merged: None
) -> None:
    kept = stored(desk, FIRST)
    kept.petition.claim = "水渠已经修好。"
    desk.do(lambda session: amend(session, kept, by="李", now=NOW))
    window.open_matter(SECOND)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert window.toast.sentence == (
        f"已取消并件，{SECOND} 又单独成件；{FIRST} 里后来改过的没有动：反映内容及诉求摘要"
    )
    assert stored(desk, FIRST).petition.location == ""
    assert window.page("matter").view.form.editor("petition.claim").isEnabled()
    press(Qt.Key.Key_Z, CTRL, on=window)
    assert stored(desk, SECOND).petition.state is PetitionState.MERGED
    assert stored(desk, FIRST).petition.location == "解放村"
    assert "已并入" in window.page("matter")._merged_bar.words


def test_the_kept_one_lists_what_was_merged_into_it_and_its_papers(
    window: MainWindow, desk: Desk, two: None, qtbot: QtBot
) -> None:
    window.open_matter(SECOND)
    page = window.page("matter")
    maker = page.issuing.makers["process_sheet_2211"]
    desk.do(
        lambda s: issue(s, desk.store.vault, maker, stored(desk, SECOND), viewer=CLEARED, now=NOW)
    )
    desk.do(lambda s: merging.merge(s, FIRST, SECOND, viewer=CLEARED, by="王", now=NOW))
    window.open_matter(FIRST)
    page.show_view("issued")
    said = [one.text() for one in parts(page.issued, QLabel)]
    assert f"并进来的 {SECOND} 的文书" in said
    assert "2211流程办理单　2211〔2026〕1号" in said
    acts = [one.accessibleName() for one in parts(page.issued.cards[0], QPushButton)]
    assert ("重印" in acts, "续打" in acts) == (True, False)
    page.show_view("history")
    link = next(b for b in parts(page.history, QPushButton) if SECOND in b.text())
    link.click()
    assert page.number == SECOND


def test_what_was_judged_a_repeat_is_said_before_and_is_no_card_after(
    page: MatterPage, desk: Desk, qtbot: QtBot
) -> None:
    same = Relation.SAME_MATTER
    desk.do(lambda s: linking.decide(s, SECOND, FIRST, same, viewer=CLEARED, by="王", now=NOW))
    press(M, CTRL)
    write("1号")
    press(Qt.Key.Key_Return)
    assert "已判为同一事项的两次来访（重复件）" in page.merging.settling.words
    press(Qt.Key.Key_Return, CTRL)
    assert page.number == FIRST
    qtbot.waitUntil(lambda: page.view.judging.known.facts.doublets == (SECOND,))
    assert SECOND not in [card.number for card in page.view.earlier.cards]


def test_f11_leads_to_merging(page: MatterPage) -> None:
    press(Qt.Key.Key_F11, on=page)
    press(Qt.Key(ord("A") + page.acting.offers.listed.index(Action.MERGE)))
    assert page.merging.isVisible()


def test_another_matter_or_an_act_puts_the_panel_away(page: MatterPage, window: MainWindow) -> None:
    press(M, CTRL)
    window.open_matter(THIRD)
    assert not page.merging.isVisible()
    press(M, CTRL)
    page.acting.open_next()
    assert not page.merging.isVisible()
    assert page.way.isVisible()


def test_two_accusations_are_merged_by_a_cleared_account_only(
    window: MainWindow, desk: Desk, register: Registering, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(accusation())
    register(accusation(claim="举报有人低价出租集体店面。请查处。"))
    window.open_matter(SECOND)
    press(M, CTRL)
    write(FIRST)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    assert stored(desk, SECOND).petition.merged_into == 1
    monkeypatch.setattr(window.desk.store, "viewer", Viewer("李", cleared=False))
    window.open_matter(SECOND)
    assert "没有查看权限" in window.toast.sentence


def test_who_may_only_look_merges_nothing(
    page: MatterPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.desk.store, "viewer", Viewer("钱", cleared=True, role=Role.LEADER))
    press(M, CTRL)
    assert "只能查看，不能并件" in window.toast.sentence


def test_typing_finds_by_name_too_and_says_when_nothing_is_there(page: MatterPage) -> None:
    press(M, CTRL)
    write("水渠")
    assert page.merging.choosing.numbers == [FIRST]
    press(Qt.Key.Key_A, CTRL)
    write("没有这样的字")
    assert page.merging.choosing.numbers == []
