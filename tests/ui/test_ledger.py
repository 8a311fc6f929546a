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
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.helpers.office import NOW, SEALED_WORDS, TODAY, accusation, petitioner, visit
from tests.helpers.pdf_reading import text_by_pdfium
from tests.ui.conftest import Registering
from tests.ui.keyboard import ALT, CTRL, SHIFT, W, press, write
from xinfang_desktop.casework import registration
from xinfang_desktop.casework.layouts import layouts
from xinfang_desktop.casework.ledger import COLUMN, SHOWN
from xinfang_desktop.casework.search import LedgerRow, Sort
from xinfang_desktop.casework.views import READY
from xinfang_desktop.models import Channel, Kind, PetitionState, Stage, YesNo
from xinfang_desktop.ui.batch_print import BatchDialog
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.ledger_columns import ColumnsDialog
from xinfang_desktop.ui.ledger_export import ExportDialog
from xinfang_desktop.ui.ledger_kept import liking
from xinfang_desktop.ui.ledger_layouts import LayoutsDialog
from xinfang_desktop.ui.ledger_model import PAGE_ROWS, PAGES_KEPT, LedgerModel
from xinfang_desktop.ui.ledger_page import LedgerPage
from xinfang_desktop.ui.ledger_views import SPECIAL, NameDialog
from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.print_dialog import PrintDialog
from xinfang_desktop.ui.theme import Theme

NUMBER, CLAIM = SHOWN.index("number"), SHOWN.index("claim")
TITLES = [COLUMN[key].title for key in SHOWN]


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
    assert model.columnCount() == len(SHOWN)
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
    cells = " ".join(str(model.data(model.index(0, column)) or "") for column in range(len(SHOWN)))
    assert number in cells
    assert "检举控告（保密）" in cells
    assert not any(word in cells for word in SEALED_WORDS)
    page.search(SEALED_WORDS[0])
    answered(page, qtbot)
    assert numbers(page) == []


def counted(page: LedgerPage, qtbot: QtBot) -> None:
    answered(page, qtbot)
    if page.counter.is_busy:
        with qtbot.waitSignal(page.counter.idle):
            pass


def test_every_view_counts_what_it_lists(
    page: LedgerPage, desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    for channel in Channel:
        register(channel=channel, supervised=YesNo.YES if channel is Channel.VISIT else None)
    void = register(claim="").number
    desk.do(lambda session: registration.void(session, void, reason="重复登记", by="王", now=NOW))
    page.refresh()
    counted(page, qtbot)
    for ready in READY:
        page.views.chips.choose(ready.key)
        answered(page, qtbot)
        assert page.views.chips.text(ready.key) == f"{ready.title} {len(numbers(page))}"


def test_a_special_list_has_a_chip_of_its_own_while_it_is_shown(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    register()
    page.show_only("今日登记", {"registered_from": TODAY, "registered_to": TODAY})
    answered(page, qtbot)
    chips = page.views.chips
    assert (chips.key, chips.title, len(numbers(page))) == (SPECIAL, "今日登记", 1)
    chips.choose("all")
    assert chips.text(SPECIAL) == ""
    page.show_only("什么", {"state": PetitionState.VOID})
    assert page.views.key == "void"


def test_a_filter_opens_its_values_with_numbers_and_is_ticked_by_keyboard(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    for channel in (Channel.VISIT, Channel.VISIT, Channel.LETTER):
        register(channel=channel)
    page.refresh()
    counted(page, qtbot)
    page.filters.open("channels")
    counted(page, qtbot)
    values = page.filters.values
    listed = [values.list.item(row).text() for row in range(values.list.count())]
    assert listed == ["来信　1", "来访　2"]
    press(Qt.Key.Key_Down, on=values.list)
    press(Qt.Key.Key_Return, on=values.list)
    answered(page, qtbot)
    assert (len(numbers(page)), page.filters.text("channels")) == (2, "形式：来访 ▾")
    assert values.isHidden()
    press(Qt.Key.Key_0, ALT, on=page.table)
    answered(page, qtbot)
    assert (len(numbers(page)), page.filters.where) == (3, {})


def test_several_values_and_other_marks_are_ticked_with_space(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    register(channel=Channel.LETTER, supervised=YesNo.YES)
    register(channel=Channel.PHONE)
    register(channel=Channel.VISIT)
    page.refresh()
    counted(page, qtbot)
    page.filters.open("channels")
    counted(page, qtbot)
    values = page.filters.values
    press(Qt.Key.Key_Space, on=values.list)
    values.list.setCurrentRow(2)
    press(Qt.Key.Key_Space, on=values.list)
    press(Qt.Key.Key_Escape, on=values.list)
    answered(page, qtbot)
    assert page.filters.where == {"channels": ("letter", "phone")}
    page.filters.open("others")
    counted(page, qtbot)
    assert [values.list.item(row).text() for row in range(3)] == [
        "尚欠内容　0",
        "督查督办　1",
        "周会商　0",
    ]
    values.list.setCurrentRow(1)
    press(Qt.Key.Key_Return, on=values.list)
    answered(page, qtbot)
    assert len(numbers(page)) == 1
    assert page.told == "形式：来信、来电　其他：督查督办"


def test_what_was_searched_for_is_marked(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    register(visit(petitioner(name="张三")))
    page.search("zs 水渠")
    answered(page, qtbot)
    model = page.table.model()
    assert isinstance(model, LedgerModel)
    names, claim = model.cell(0, 2), model.cell(0, CLAIM)
    assert [names.text[start:end] for start, end in names.spans] == ["张三"]
    assert [claim.text[start:end] for start, end in claim.spans] == ["水渠"]
    page.table.viewport().repaint()


def test_a_heading_orders_the_list_turns_it_round_and_lets_it_be(
    page: LedgerPage, register: Registering, qtbot: QtBot
) -> None:
    names = {
        name: register(visit(petitioner(name=name))).number for name in ("周某", "阿某", "李某")
    }
    page.refresh()
    for heading, order in (
        ("信访人 ↑", "阿李周"),
        ("信访人 ↓", "周李阿"),
        ("信访人", "李阿周"),
    ):
        page.table.horizontalHeader().sectionClicked.emit(2)
        answered(page, qtbot)
        assert numbers(page) == [names[f"{sign}某"] for sign in order]
        shown = page.table.model().headerData(2, Qt.Orientation.Horizontal)
        assert shown == heading


def in_front(window: QWidget, qtbot: QtBot) -> None:
    """Let a window have the keyboard, as it has when somebody looks at it."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def dialog_of(kind: type[W]) -> W:
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    )


def test_columns_are_chosen_moved_and_ordered_by_keyboard_and_remembered(
    page: LedgerPage, desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    register()
    page.refresh()
    answered(page, qtbot)
    press(Qt.Key.Key_L, CTRL | SHIFT, on=page.table)
    dialog = dialog_of(ColumnsDialog)
    dialog.list.setCurrentRow(1)
    press(Qt.Key.Key_Space, on=dialog.list)
    dialog.list.setCurrentRow(2)
    press(Qt.Key.Key_Up, ALT, on=dialog.list)
    press(Qt.Key.Key_Up, ALT, on=dialog.list)
    dialog.orders.setCurrentIndex(dialog.orders.findData("name"))
    dialog.decide()
    answered(page, qtbot)
    assert page.columns == ("names", "number", "headcount", "channel", "claim", "status")
    kept = liking(desk)
    assert (kept.columns, kept.sort) == (page.columns, Sort("name"))
    assert "王" not in desk.preferences.now.ledger
    other = LedgerPage(desk)
    qtbot.addWidget(other)
    assert other.columns == page.columns
    page.show_columns(SHOWN, None)
    assert (liking(desk).columns, liking(desk).sort) == ((), None)


def test_a_column_stays_as_wide_as_it_was_made(page: LedgerPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.table.widths_changed):
        page.table.setColumnWidth(2, 260)
    assert liking(desk).widths == {"names": 260}
    page.resize(1200, 600)
    assert page.table.columnWidth(2) == 260


def test_a_view_is_kept_with_all_of_it_shown_again_renamed_and_taken_back(
    page: LedgerPage, desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    register(channel=Channel.LETTER)
    register(channel=Channel.VISIT)
    page.refresh()
    page.search("水渠")
    page.filters.choose("channels", ("letter",))
    page.sort_by("name")
    answered(page, qtbot)
    press(Qt.Key.Key_S, CTRL | SHIFT, on=page.table)
    naming = dialog_of(NameDialog)
    write("全部", naming.line)
    press(Qt.Key.Key_Return, on=naming.line)
    assert "已有叫“全部”" in naming.warning.text()
    naming.line.clear()
    write("水渠来信", naming.line)
    press(Qt.Key.Key_Return, on=naming.line)
    counted(page, qtbot)
    assert page.views.view.name == "水渠来信"
    page.views.chips.choose("all")
    page.search("")
    answered(page, qtbot)
    assert len(numbers(page)) == 2
    with qtbot.waitSignal(page.words_shown) as told:
        page.views.chips.choose(_kept(page))
    answered(page, qtbot)
    assert told.args == ["水渠"]
    assert len(numbers(page)) == 1
    assert page.asked.sort == Sort("name")
    page.views.rename()
    naming = dialog_of(NameDialog)
    naming.line.setText("来信")
    press(Qt.Key.Key_Return, on=naming.line)
    assert page.views.view.name == "来信"
    with qtbot.waitSignal(desk.told_undoable) as offered:
        page.views.delete()
    assert page.views.key == "all"
    assert offered.args is not None
    offered.args[1]()
    qtbot.waitUntil(lambda: page.views.chips.text(_kept(page)) == "来信")


def _kept(page: LedgerPage) -> str:
    return next(key for key in page.views.filters if key.startswith("kept-"))


def test_a_selection_is_added_up(page: LedgerPage, register: Registering, qtbot: QtBot) -> None:
    for heads, channel in ((1, Channel.VISIT), (7, Channel.LETTER), (2, Channel.VISIT)):
        register(headcount=heads, channel=channel)
    page.refresh()
    answered(page, qtbot)
    page.take_focus()
    press(Qt.Key.Key_Down, SHIFT)
    counted(page, qtbot)
    assert page._totals.text() == "选中 2 件 · 9 人 · 来信 1　来访 1"
    press(Qt.Key.Key_A, CTRL)
    counted(page, qtbot)
    assert page._totals.text() == "选中 3 件 · 10 人 · 来信 1　来访 2"
    press(Qt.Key.Key_Up)
    assert page._totals.text() == ""


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
        in_front(page, qtbot)
        press(Qt.Key.Key_E, CTRL, on=page.table)
        dialog = dialog_of(ExportDialog)
        with qtbot.waitSignal(desk.told) as told:
            press(Qt.Key.Key_Return, on=dialog.act)
        assert told.args is not None
        assert "已导出 1 件" in told.args[0]
        sheet = openpyxl.load_workbook(tmp_path / "导出" / name).active
        assert sheet is not None
        assert [cell.value for cell in sheet[2]] == TITLES
        assert sheet.cell(3, 1).value == found


def test_only_what_is_selected_goes_out_in_full_for_a_purpose(
    page: LedgerPage, desk: Desk, register: Registering, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.preferences.keep(export_folder=str(tmp_path))
    for _ in range(3):
        register()
    page.refresh()
    answered(page, qtbot)
    page.take_focus()
    press(Qt.Key.Key_Down, SHIFT)
    page.export()
    dialog = dialog_of(ExportDialog)
    dialog.shape.setCurrentIndex(1)
    dialog.masked.setChecked(False)
    assert "用途会记入操作记录" in dialog.warning.text()
    dialog.purpose.setEditText("")
    dialog.export()
    qtbot.waitUntil(lambda: "写明用途" in dialog.warning.text())
    dialog.purpose.setEditText("核对")
    with qtbot.waitSignal(desk.told) as told:
        dialog.export()
    assert told.args is not None
    assert "已导出 2 件" in told.args[0]
    sheet = openpyxl.load_workbook(tmp_path / "台账 2026-11-22.xlsx").active
    assert sheet is not None
    assert sheet.cell(3, 8).value == "330602198803120355"


def test_a_writing_that_is_broken_off_leaves_nothing(
    page: LedgerPage, desk: Desk, register: Registering, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.preferences.keep(export_folder=str(tmp_path / "出"))
    register()
    page.refresh()
    answered(page, qtbot)
    page.export()
    dialog = dialog_of(ExportDialog)
    dialog.export()
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog) or dialog.act.isEnabled())
    came_too_late = not isValid(dialog) or "已取消" not in dialog.warning.text()
    assert bool(list((tmp_path / "出").glob("*"))) == came_too_late
    if isValid(dialog):
        dialog.done(0)


def test_a_layout_is_learned_in_the_window_and_used(
    page: LedgerPage, desk: Desk, register: Registering, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.preferences.keep(export_folder=str(tmp_path / "出"))
    register()
    page.refresh()
    answered(page, qtbot)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["序号", "信访人姓名", "来访日期", "主要诉求", "备注"])
    book.save(tmp_path / "空表.xlsx")
    page.export()
    export = dialog_of(ExportDialog)
    export.edit_layouts()
    dialog = dialog_of(LayoutsDialog)
    dialog.learn_from(tmp_path / "没有.xlsx")
    assert dialog.warning.text().startswith("！")
    dialog.learn_from(tmp_path / "空表.xlsx")
    dialog.name.setText("月报")
    dialog.table.setCurrentCell(4, 0)
    press(Qt.Key.Key_Up, ALT, on=dialog.table)
    in_front(dialog, qtbot)
    press(Qt.Key.Key_S, CTRL, on=dialog.table)
    assert [column.heading for column in dialog.layout_shown.columns][3] == "备注"
    dialog.accept()
    assert export.shape.currentText() == "报表样式：月报"
    with qtbot.waitSignal(desk.told):
        export.export()
    sheet = openpyxl.load_workbook(tmp_path / "出" / "台账 2026-11-22.xlsx").active
    assert sheet is not None
    told = [cell.value for cell in sheet[1]]
    assert told == ["序号", "信访人姓名", "来访日期", "备注", "主要诉求"]
    assert [cell.value for cell in sheet[2]][:2] == [1, "铍𫖯𠮷"]
    page.export()
    again = dialog_of(ExportDialog)
    again.edit_layouts()
    dialog = dialog_of(LayoutsDialog)
    with qtbot.waitSignal(desk.told_undoable) as offered:
        dialog.delete()
    assert again.shape.findData("月报") < 0
    assert offered.args is not None
    offered.args[1]()
    dialog.accept()
    again.reject()
    assert [layout.name for layout in desk.read(layouts)] == ["月报"]


def test_the_list_is_printed_as_it_is_shown_masked_and_noted(
    page: LedgerPage, desk: Desk, register: Registering, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.preferences.keep(export_folder=str(tmp_path))
    register(visit(petitioner(name="龚㛃")))
    page.show_columns(("number", "names", "phone"), None)
    page.refresh()
    answered(page, qtbot)
    press(Qt.Key.Key_P, CTRL, on=page.table)
    dialog = dialog_of(PrintDialog)
    qtbot.waitUntil(dialog.act.isEnabled)
    places = [dialog.places.item(row).text() for row in range(dialog.places.count())]
    assert not any("DOCX" in place for place in places)
    dialog.choose(".pdf")
    with qtbot.waitSignal(desk.told):
        dialog.print()
    [file] = tmp_path.glob("*.pdf")
    text = text_by_pdfium(file.read_bytes())
    for words in ("信访事项台账", "龚㛃", "138****1234", "第 1 页", "共 1 件"):
        assert words in text
    with desk.store.reading() as connection:
        noted = connection.execute("SELECT detail FROM audit_entry WHERE act = 'print'")
        assert [row[0] for row in noted] == ["台账列表1件"]


def test_too_many_lines_are_not_printed(
    page: LedgerPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = page.table.model()
    assert isinstance(model, LedgerModel)
    model.show_ids(array("q", range(3_000)))
    with qtbot.waitSignal(desk.failed) as told:
        page.print_list()
    assert told.args is not None
    assert "一次最多打印2000件" in told.args[0]
    model.show_ids(array("q"))


def test_the_first_page_is_there_before_all_the_rest(
    page: LedgerPage, register: Registering, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinfang_desktop.ui.finder.FIRST_PAGE", 2)
    for _ in range(5):
        register()
    with (
        qtbot.waitSignal(page.finder.found) as first,
        qtbot.waitSignal(page.finder.completed) as all,
    ):
        page.refresh()
    assert first.args is not None
    assert all.args is not None
    assert (len(first.args[0]), len(all.args[0])) == (2, 5)
    counted(page, qtbot)
    assert len(numbers(page)) == 5
    assert page.is_whole


@pytest.mark.parametrize("size", [100, 125, 150, 175])
def test_numbers_and_dates_are_never_cut(page: LedgerPage, theme: Theme, size: int) -> None:
    theme.put_on(Look(size=size))
    font = page.table.font()
    font.setBold(True)
    metrics = QFontMetrics(font)
    for column in (0, 1):
        wanted = metrics.horizontalAdvance(COLUMN[SHOWN[column]].widest)
        assert page.table.columnWidth(column) >= wanted + theme.px(24)


def test_usual_columns_give_way_to_the_claim_and_chosen_ones_do_not(
    page: LedgerPage, theme: Theme
) -> None:
    def hidden() -> set[str]:
        return {SHOWN[at] for at in range(len(SHOWN)) if page.table.isColumnHidden(at)}

    assert not hidden()
    theme.put_on(Look(size=150))
    assert "headcount" in hidden()
    assert not hidden() & {"number", "received_on", "names", "claim"}
    assert page.table.columnWidth(CLAIM) >= theme.px(200)
    page.show_columns((*SHOWN, "phone"), None)
    assert not hidden()


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
