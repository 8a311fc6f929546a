"""Today: every figure opens what it counts; the work is gone through by keys, in its order."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.helpers.day import OLD, OUT, SEALED
from tests.helpers.office import CLEARED, UNCLEARED
from tests.helpers.pdf_reading import text_by_pdfium
from tests.ui.day import shown
from tests.ui.keyboard import CTRL, focus, parts, press
from xinfang_desktop.casework.search import find
from xinfang_desktop.casework.today import LISTS
from xinfang_desktop.store.database import Store
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.explanation import Explanation
from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.print_dialog import PDF, PrintDialog
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.today_page import MOST_CARDS, TodayPage
from xinfang_desktop.ui.work_table import DUE, LIMIT, NAMES, NUMBER


@pytest.fixture
def store(busy_store: Store) -> Store:
    """Work in an office with something in every list."""
    return busy_store


@pytest.fixture
def busy(desk: Desk, qtbot: QtBot) -> Iterator[TodayPage]:
    """Give the page of the day."""
    page = shown(desk, qtbot)
    qtbot.waitUntil(lambda: bool(page.work.lines))
    yield page
    QGuiApplication.clipboard().clear()


def cell(page: TodayPage, row: int, column: int) -> str:
    item = page.work.item(row, column)
    assert item is not None
    return item.text()


def numbers(page: TodayPage) -> list[str]:
    return [line.number for line in page.work.lines]


def test_there_are_few_cards_and_each_opens_exactly_what_it_counts(
    busy: TodayPage, desk: Desk, qtbot: QtBot
) -> None:
    assert list(busy.cards) == [*(one.key for one in LISTS), "drafts"]
    assert len(busy.cards) <= MOST_CARDS
    for act in (*busy.cards.values(), *busy.quiet.values()):
        if act is busy.cards["drafts"]:
            continue
        with qtbot.waitSignal(busy.list_requested) as asked:
            act.click()
        assert asked.args is not None
        _, where = asked.args
        ids = desk.read(partial(find, viewer=CLEARED, **where))
        assert act.accessibleName().endswith(f" {len(ids)} 件")
    assert busy.cards["overdue"].figure == 3


def test_what_is_late_stands_in_colour_sign_and_words(busy: TodayPage) -> None:
    assert busy.cards["overdue"].property("tone") == "overdue"
    assert busy.cards["due_today"].property("tone") == ""
    assert cell(busy, 0, DUE) == "！10月13日 超期40天"
    soon = next(row for row, line in enumerate(busy.work.lines) if line.key == "due_soon")
    assert cell(busy, soon, DUE).startswith("△ ")


def test_the_keyboard_is_on_the_work_as_soon_as_it_is_there(busy: TodayPage) -> None:
    assert focus() is busy.work
    assert cell(busy, 0, NUMBER) == SEALED


def test_enter_opens_the_matter_under_the_bar(busy: TodayPage, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(busy.matter_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [OLD]


def test_up_from_the_first_line_leads_to_the_figures(busy: TodayPage) -> None:
    press(Qt.Key.Key_Up)
    assert focus() is busy.cards["overdue"]


def test_the_reasons_of_the_day_stand_beside_and_f1_tells_all(
    busy: TodayPage, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: OLD in busy.why.sentences)
    assert "为什么是10月13日" in busy.why.sentences
    assert "当日办理" in busy.why.sentences
    press(Qt.Key.Key_F1)
    [dialog] = parts(busy, Explanation)
    assert "当天接处" in dialog.text
    dialog.reject()


def test_where_no_day_is_set_f1_says_what_the_line_waits_for(
    busy: TodayPage, desk: Desk, qtbot: QtBot
) -> None:
    row = next(row for row, line in enumerate(busy.work.lines) if line.item is None)
    busy.work.setCurrentCell(row, NUMBER)
    with qtbot.waitSignal(desk.told) as told:
        press(Qt.Key.Key_F1)
    assert told.args is not None and told.args[0].startswith("待核实")


def test_the_reminder_of_the_line_or_of_those_ticked_is_copied(
    busy: TodayPage, desk: Desk, qtbot: QtBot
) -> None:
    busy.work.setCurrentCell(numbers(busy).index(OUT), NUMBER)
    with qtbot.waitSignal(desk.told) as told:
        press(Qt.Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert OUT in text and "建设管理部" in text and "铍" not in text
    assert told.args is not None and told.args[0].startswith("已复制1件")
    press(Qt.Key.Key_A, CTRL)
    with qtbot.waitSignal(desk.told) as told:
        press(Qt.Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert OLD in text and SEALED not in text
    assert told.args is not None and "1件检举控告没有写进去" in told.args[0]


def test_an_accusation_alone_is_not_copied(busy: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("以前的")
    with qtbot.waitSignal(desk.told) as told:
        press(Qt.Key.Key_C, CTRL)
    assert told.args is not None and "当面催办" in told.args[0]
    assert QGuiApplication.clipboard().text() == "以前的"


def test_the_space_bar_ticks_and_what_is_ticked_stays_so(busy: TodayPage, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    chosen = [line.number for line in busy.work.chosen_lines]
    assert chosen == [OLD]
    press(Qt.Key.Key_Down)
    busy.refresh()
    qtbot.waitUntil(lambda: busy.work.currentRow() == 2)
    assert [line.number for line in busy.work.chosen_lines] == [OLD]


def test_the_day_sheet_is_printed_from_the_page(
    busy: TodayPage, tmp_path: Path, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_P, CTRL)
    [dialog] = parts(busy, PrintDialog)
    dialog.choose(PDF)
    dialog.file.set_folder(tmp_path)
    qtbot.waitUntil(dialog.act.isEnabled)
    with qtbot.waitSignal(dialog.printed):
        dialog.act.click()
    [made] = tmp_path.glob("*.pdf")
    assert "每日工作单" in made.name
    assert OLD in text_by_pdfium(made.read_bytes())


def test_the_page_is_the_same_without_clearance_and_tells_nothing_sealed(
    busy: TodayPage, desk: Desk
) -> None:
    before = busy.work.lines
    desk.store.viewer = UNCLEARED
    assert cell(busy, 0, NAMES) == "检举控告（保密）"
    busy.refresh()
    desk.background.finish()
    assert busy.work.lines == before


def test_where_it_is_narrow_columns_and_reasons_give_way(
    desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    theme.put_on(Look(size=150))
    page = shown(desk, qtbot, 1160, 640)
    qtbot.waitUntil(lambda: bool(page.work.lines))
    assert not page.why.isVisible()
    assert page.work.isColumnHidden(LIMIT)
    assert not page.work.isColumnHidden(NUMBER) and not page.work.isColumnHidden(DUE)
    across = sum(page.work.columnWidth(at) for at in range(7) if not page.work.isColumnHidden(at))
    assert across <= page.work.viewport().width()
    for card in page.cards.values():
        assert card.width() >= card.sizeHint().width()
    theme.usual_size()


def test_a_figure_in_the_window_opens_the_ledger_with_its_matters(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.refresh()
    page = window.page("today")
    qtbot.waitUntil(lambda: page.cards["overdue"].figure == 3)
    page.cards["overdue"].setFocus()
    press(Qt.Key.Key_Space)
    assert window.room == "ledger"
    ledger = window.page("ledger")
    qtbot.waitUntil(lambda: ledger.table.model().rowCount() == 3)
