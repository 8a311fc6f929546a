"""文书去向: what is out and with whom; several papers are noted at once, by one key."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.day import FRESH, OLD, OUT, SHEET, entered, sent
from tests.helpers.office import CLEARED, NOW, TODAY, UNCLEARED, accusation
from tests.ui.keyboard import CTRL, SHIFT, focus, parts, press, write
from xinfang_desktop.casework import matters, paper_states, papers
from xinfang_desktop.casework.paper_states import PaperLine
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.issuing import makers
from xinfang_desktop.models import PaperState, Role, Viewer
from xinfang_desktop.store.database import Store
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.issued_list import IssuedList
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.paper_moving import MoveDialog
from xinfang_desktop.ui.papers_page import PapersPage

S = PaperState
T = Qt.Key.Key_T


@pytest.fixture
def store(busy_store: Store) -> Store:
    """Work in an office with a paper that is out."""
    return busy_store


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> PapersPage:
    """Give the page of an office with a paper out and two to be sent."""
    for number in (OLD, FRESH):
        desk.store.do(
            lambda s, number=number: papers.issue(  # type: ignore[misc]
                s,
                desk.store.vault,
                makers(FORMS)[SHEET],
                matters.load_matter(s, number, viewer=CLEARED),
                viewer=CLEARED,
                now=NOW,
            )
        )
    page = PapersPage(desk)
    qtbot.addWidget(page)
    page.resize(1230, 680)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.refresh()
    page.take_focus()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    page.take_focus()
    return page


def listed(page: PapersPage, key: str) -> list[PaperLine]:
    return page.desk.read(lambda s: paper_states.lines(s, key, TODAY, viewer=CLEARED))


def show(page: PapersPage, key: str, rows: int, qtbot: QtBot) -> None:
    page.show_list(key)
    qtbot.waitUntil(lambda: [line.paper_id for line in page._lines] == ids(listed(page, key)))
    assert page.table.rowCount() == rows
    page.take_focus()


def ids(lines: list[PaperLine]) -> list[int]:
    return [line.paper_id for line in lines]


def dialog_of(page: PapersPage, qtbot: QtBot) -> MoveDialog:
    found = parts(page, MoveDialog)[-1]
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def test_one_key_notes_that_a_paper_came_back_and_it_can_be_taken_back(
    page: PapersPage, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.told_undoable) as told:
        press(T, CTRL)
    assert told.args is not None and told.args[0] == "文书已记为「签回」"
    assert [line.state for line in listed(page, "papers_to_scan")] == [S.RETURNED]
    qtbot.waitUntil(lambda: page.advice == "没有送签在外的文书")
    told.args[1]()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1 and not page.advice)


def test_several_are_sent_to_one_leader_at_once(page: PapersPage, qtbot: QtBot) -> None:
    show(page, "papers_to_send", 2, qtbot)
    press(Qt.Key.Key_A, CTRL)
    press(T, CTRL)
    dialog = dialog_of(page, qtbot)
    write("孙书记", on=dialog.holder.editor.line)
    press(Qt.Key.Key_Return, on=dialog.holder.editor.line)
    press(Qt.Key.Key_Return, CTRL, on=dialog)
    out = listed(page, "papers_out")
    assert sorted(line.number for line in out if line.holder == "孙书记") == [OLD, FRESH]


def test_whom_is_proposed_and_nobody_is_asked_for(page: PapersPage, qtbot: QtBot) -> None:
    show(page, "papers_to_send", 2, qtbot)
    press(T, CTRL)
    dialog = dialog_of(page, qtbot)
    press(Qt.Key.Key_Return, CTRL, on=dialog)
    assert "送给谁" in dialog.holder.trouble
    press(Qt.Key.Key_Down, on=dialog.holder.editor.line)
    assert dialog.holder.raw == "钱主任"
    dialog.day.show_raw("2026-12-30")
    with qtbot.waitSignal(page.desk.failed) as told:
        press(Qt.Key.Key_Return, CTRL, on=dialog)
    assert told.args is not None and "还没有到" in told.args[0]
    press(Qt.Key.Key_Escape, on=dialog)
    assert len(listed(page, "papers_out")) == 1


def test_another_way_and_another_day_are_asked_for(page: PapersPage, qtbot: QtBot) -> None:
    press(T, CTRL | SHIFT)
    dialog = dialog_of(page, qtbot)
    assert not dialog.state.isHidden() and dialog.holder.isHidden()
    press(Qt.Key.Key_3, on=dialog.state.editor)
    assert dialog.chosen is S.LOST
    write("找不到了", on=dialog.remarks.editor.line)
    press(Qt.Key.Key_Return, CTRL, on=dialog)
    assert listed(page, "papers_out") == []


def test_papers_that_go_different_ways_are_not_noted_together(
    page: PapersPage, desk: Desk, qtbot: QtBot
) -> None:
    out, [to_send, *_] = listed(page, "papers_out"), listed(page, "papers_to_send")
    with qtbot.waitSignal(desk.told) as told:
        page.moving.go_on([*out, to_send])
    assert told.args is not None and "不一样" in told.args[0]


def test_the_list_opens_in_the_ledger_and_its_matter_by_enter(
    page: PapersPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.matter_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [OUT]
    with qtbot.waitSignal(page.list_requested) as asked:
        press(Qt.Key.Key_L, CTRL | SHIFT)
    assert asked.args is not None
    assert (asked.args[0], len(asked.args[1]["among"])) == ("送签未回", 1)


def test_every_empty_list_says_what_to_do(page: PapersPage, qtbot: QtBot) -> None:
    for key in ("papers_late", "papers_to_scan"):
        page.show_list(key)
        qtbot.waitUntil(lambda: bool(page.advice))
        assert focus() is not page.table


def test_who_only_reads_notes_nothing(page: PapersPage, desk: Desk, qtbot: QtBot) -> None:
    desk.store.viewer = Viewer(name="钱领导", cleared=False, role=Role.LEADER)
    with qtbot.waitSignal(desk.failed) as told:
        press(T, CTRL)
    assert told.args is not None and "只能查看" in told.args[0]
    assert len(listed(page, "papers_out")) == 1


def test_a_sealed_paper_is_listed_by_its_number(desk: Desk, page: PapersPage, qtbot: QtBot) -> None:
    walk = entered(desk.store, matter=accusation())
    sent(desk.store, walk.number, holder="密领导")
    page.refresh()
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)
    words = " ".join(page.table.item(1, at).text() for at in range(1, 7))  # type: ignore[union-attr]
    assert walk.number in words and "检举控告（保密）" in words
    assert "密领导" not in words and "2211流程办理单" not in words
    desk.store.viewer = UNCLEARED
    page.table.setCurrentCell(1, 1)
    with qtbot.waitSignal(desk.failed) as told:
        press(T, CTRL)
    assert told.args is not None and "没有查看权限" in told.args[0]


def test_in_a_matter_each_paper_tells_where_it_is_and_the_key_notes_the_next_step(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.open_matter(OUT)
    matter = window.page("matter")
    matter.show_view("issued")
    issued: IssuedList = matter.issued
    issued.setFocus()
    [card] = issued.cards
    assert focus() is card
    assert card.accessibleName().endswith("送签：钱主任（11月22日）")
    press(T, CTRL)
    [card] = issued.cards
    assert card.place.state is S.RETURNED
    assert focus() is card
    press(Qt.Key.Key_Z, CTRL, on=window)
    qtbot.waitUntil(lambda: issued.cards[0].place.state is S.SENT)


def test_the_arrows_lead_from_paper_to_paper(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    sent(desk.store, OUT, holder="孙书记")
    window.open_matter(OUT)
    matter = window.page("matter")
    matter.show_view("issued")
    issued: IssuedList = matter.issued
    issued.setFocus()
    first, second = issued.cards
    press(Qt.Key.Key_Down)
    assert focus() is second
    press(T, CTRL)
    assert [card.place.state for card in issued.cards] == [S.SENT, S.RETURNED]
    assert focus() is issued.cards[1]


def test_the_page_is_reached_from_today_and_left_by_esc(window: MainWindow, qtbot: QtBot) -> None:
    press(T, CTRL, on=window.page("today"))
    assert window.room == "papers"
    page = window.page("papers")
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    press(Qt.Key.Key_Escape, on=page)
    assert window.room == "today"
