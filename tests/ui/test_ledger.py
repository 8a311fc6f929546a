"""The ledger: a fast list of everything, found as one types."""

from array import array
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.office import NOW, SEALED_WORDS, TODAY, accusation, petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.keyboard import CTRL, press
from xinfang_desktop.casework import registration
from xinfang_desktop.casework.search import LedgerRow
from xinfang_desktop.models import Channel, Kind, PetitionState, Stage
from xinfang_desktop.ui.batch_print import BatchDialog
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.ledger_choices import CHOICES, SPECIAL, choice_of, filters
from xinfang_desktop.ui.ledger_model import (
    CLAIM,
    COLUMNS,
    NUMBER,
    PAGE_ROWS,
    PAGES_KEPT,
    LedgerModel,
)
from xinfang_desktop.ui.ledger_page import LedgerPage
from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.theme import Theme


def line(id: int, *, sealed: bool = False) -> LedgerRow:
    return LedgerRow(
        id=id,
        number=f"镜访〔2026〕{id}号",
        state=PetitionState.REGISTERED,
        stage=Stage.REGISTERED,
        kind=Kind.ACCUSATION if sealed else None,
        channel=Channel.VISIT,
        received_on=TODAY,
        registered_at=NOW,
        registered_by="王经办",
        petitioner="王某",
        claim="诉求",
    )


class Books:
    """Counts how often rows are read."""

    def __init__(self) -> None:
        self.readings = 0
        self.gone: set[int] = set()

    def rows(self, ids: Sequence[int]) -> list[LedgerRow]:
        self.readings += 1
        return [line(id) for id in ids if id not in self.gone]


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def model(books: Books) -> LedgerModel:
    return LedgerModel(books.rows)


def shown(model: LedgerModel, row: int, column: int) -> object:
    return model.data(model.index(row, column))


def test_the_model_keeps_the_rules_of_models(model: LedgerModel) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    model.show_ids(array("q", range(300)))
    model.show_ids(array("q"))
    assert tester.model() is model


def test_rows_are_read_by_pages_and_only_a_few_pages_are_kept(
    model: LedgerModel, books: Books
) -> None:
    model.show_ids(array("q", range(1, 100_001)))
    assert books.readings == 0
    assert shown(model, 99_999, NUMBER) == "镜访〔2026〕100000号"
    for row in range(PAGE_ROWS):
        shown(model, row, NUMBER)
    assert books.readings == 2
    for page in range(PAGES_KEPT + 5):
        shown(model, page * PAGE_ROWS, NUMBER)
    assert len(model._pages) == PAGES_KEPT


def test_a_matter_that_is_gone_says_so_and_shifts_nobody(model: LedgerModel, books: Books) -> None:
    books.gone = {2}
    model.show_ids(array("q", [1, 2, 3]))
    assert [shown(model, row, NUMBER) for row in range(3)] == [
        "镜访〔2026〕1号",
        "（已不在）",
        "镜访〔2026〕3号",
    ]
    assert model.line(1) is None


def test_cells_have_sides_headings_and_hints(model: LedgerModel) -> None:
    model.show_ids(array("q", [1]))
    assert model.columnCount() == len(COLUMNS)
    assert model.columnCount(model.index(0, 0)) == model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None
    heading = model.headerData(NUMBER, Qt.Orientation.Horizontal)
    assert (heading, model.headerData(0, Qt.Orientation.Vertical)) == ("编号", 1)
    tip = Qt.ItemDataRole.ToolTipRole
    assert model.data(model.index(0, CLAIM), tip) == "诉求"
    assert model.data(model.index(0, NUMBER), tip) is None


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> LedgerPage:
    page = LedgerPage(desk)
    qtbot.addWidget(page)
    page.resize(1230, 680)
    with qtbot.waitExposed(page):
        page.show()
    return page


def numbers(page: LedgerPage) -> list[str]:
    model = page.table.model()
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def answered(page: LedgerPage, qtbot: QtBot) -> None:
    if page.finder.is_busy:
        with qtbot.waitSignal(page.finder.idle):
            pass


def test_the_whole_ledger_is_listed_the_latest_received_first(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    first = register(received_on=date(2026, 10, 1)).number
    second = register(received_on=date(2026, 11, 1)).number
    page.refresh()
    answered(page, qtbot)
    assert numbers(page) == [second, first]


def test_the_list_follows_every_key_and_only_the_last_answer_counts(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    found = register(visit(petitioner(name="龚㛃"))).number
    register()
    for words in ("水", "水渠", "龚"):
        page.search(words)
    answered(page, qtbot)
    assert numbers(page) == [found]
    page.search("")
    answered(page, qtbot)
    assert len(numbers(page)) == 2


def test_what_cannot_be_found_says_what_to_try(page: LedgerPage, qtbot: QtBot) -> None:
    page.search("没有这样的")
    answered(page, qtbot)
    assert page.advice == "没有找到"


def test_an_empty_ledger_says_what_to_do(page: LedgerPage, qtbot: QtBot) -> None:
    page.refresh()
    answered(page, qtbot)
    assert page.advice == "台账里还没有信访件"


def test_a_sealed_matter_shows_its_number_and_one_word(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    number = register(accusation()).number
    page.refresh()
    answered(page, qtbot)
    model = page.table.model()
    cells = " ".join(
        str(model.data(model.index(0, column)) or "") for column in range(len(COLUMNS))
    )
    assert number in cells
    assert "检举控告（保密）" in cells
    assert not any(word in cells for word in SEALED_WORDS)
    page.search(SEALED_WORDS[0])
    answered(page, qtbot)
    assert numbers(page) == []


def test_every_chip_counts_what_it_lists(
    page: LedgerPage, desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    for channel in Channel:
        register(channel=channel)
    void = register(claim="").number
    desk.do(lambda session: registration.void(session, void, reason="重复登记", by="王", now=NOW))
    page.refresh()
    answered(page, qtbot)
    for key, title, _ in CHOICES:
        page.chips.choose(key)
        answered(page, qtbot)
        assert page.chips.text(key) == f"{title} {len(numbers(page))}"


def test_choices_are_recognised_by_their_filter() -> None:
    for key, where in filters(TODAY).items():
        assert choice_of(where, TODAY) == key
    assert choice_of({"received_from": TODAY}, TODAY) == SPECIAL


def test_a_special_list_has_a_chip_of_its_own_while_it_is_shown(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    register()
    page.show_only("今日登记", {"registered_from": TODAY, "registered_to": TODAY})
    answered(page, qtbot)
    assert (page.chips.key, page.chips.title, len(numbers(page))) == (SPECIAL, "今日登记", 1)
    page.chips.choose("all")
    assert page.chips.text(SPECIAL) == ""


def test_enter_opens_the_matter_under_the_bar(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    numbers_given = [register().number for _ in range(3)]
    page.refresh()
    answered(page, qtbot)
    page.take_focus()
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(page.matter_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [numbers_given[1]]


def test_up_from_the_first_row_goes_back_to_the_search_box(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    register()
    page.refresh()
    answered(page, qtbot)
    page.take_focus()
    with qtbot.waitSignal(page.search_requested):
        press(Qt.Key.Key_Up)


def test_the_bar_stays_on_its_matter_when_the_list_changes(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    kept = register(received_on=date(2026, 10, 1)).number
    page.refresh()
    answered(page, qtbot)
    register(received_on=date(2026, 11, 1))
    answered(page, qtbot)
    row = page.table.currentIndex().row()
    assert (len(numbers(page)), numbers(page)[row]) == (2, kept)


def test_the_shown_list_is_exported_and_nothing_is_overwritten(
    page: LedgerPage, desk: Desk, register: Registering, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.preferences.keep(export_folder=str(tmp_path / "导出"))
    found = register(visit(petitioner(name="龚㛃"))).number
    register()
    page.search("龚㛃")
    answered(page, qtbot)
    for name in ("台账 2026-11-22.xlsx", "台账 2026-11-22（2）.xlsx"):
        with qtbot.waitSignal(desk.told) as told:
            press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier, on=page.table)
        assert told.args is not None
        assert "已导出 1 件" in told.args[0]
        sheet = openpyxl.load_workbook(tmp_path / "导出" / name).active
        assert sheet is not None
        assert sheet.cell(3, 1).value == found


@pytest.mark.parametrize("size", [100, 125, 150, 175])
def test_numbers_and_dates_are_never_cut(page: LedgerPage, theme: Theme, size: int) -> None:
    theme.put_on(Look(size=size))
    font = page.table.font()
    font.setBold(True)
    metrics = QFontMetrics(font)
    for column in (0, 1):
        wanted = metrics.horizontalAdvance(COLUMNS[column].widest)
        assert page.table.columnWidth(column) >= wanted + theme.px(24)


def test_columns_give_way_to_the_claim_where_it_is_narrow(page: LedgerPage, theme: Theme) -> None:
    assert not any(page.table.isColumnHidden(column) for column in range(len(COLUMNS)))
    theme.put_on(Look(size=150))
    hidden = {COLUMNS[c].title for c in range(len(COLUMNS)) if page.table.isColumnHidden(c)}
    assert "人数" in hidden
    assert not hidden & {"编号", "收到日期", "信访人", "反映内容及诉求"}
    assert page.table.columnWidth(CLAIM) >= theme.px(200)


def test_the_papers_of_a_whole_list_are_printed_as_a_batch(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    numbers = [register(), register()]
    window.enter("ledger")
    page = window.page("ledger")
    qtbot.waitUntil(lambda: page.table.model().rowCount() == len(numbers))
    press(Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier, page)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, BatchDialog))
    listed = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert len(listed) == len(numbers)
    assert all("来访登记单" in line for line in listed)
    dialog.reject()
