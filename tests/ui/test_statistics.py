"""Statistics in the window: every number opens what it counts, by key; words are kept."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    OFFICE,
    SEALED_WORDS,
    UNCLEARED,
    accusation,
    petitioner,
    visit,
)
from tests.ui.conftest import Registering
from tests.ui.keyboard import CTRL, SHIFT, focus, parts, press, write
from xinfang_desktop.casework import registration
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.casework.search import find
from xinfang_desktop.models import Channel, Role, Viewer
from xinfang_desktop.models.period import read_period
from xinfang_desktop.reports.adding_up import expected_offices, figures_file
from xinfang_desktop.reports.snapshot import freeze
from xinfang_desktop.reports.summary import prose_of
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.statistics_figures import DefinitionDialog
from xinfang_desktop.ui.statistics_page import VIEWS, StatisticsPage
from xinfang_desktop.ui.statistics_sum import SumDialog
from xinfang_desktop.ui.statistics_table import NumberTable

OCTOBER = read_period("2026-10")
Showing = Callable[..., StatisticsPage]


@pytest.fixture
def month(register: Registering) -> None:
    """Give a few matters of October and one of November."""
    register(visit(petitioner(), headcount=6, attending=5))
    register(visit(petitioner(name="龚㛃"), channel=Channel.LETTER, location="灵芝街道"))
    register(accusation(received_on=date(2026, 10, 9)))
    register(visit(received_on=date(2026, 11, 3)))


@pytest.fixture
def show(desk: Desk, qtbot: QtBot) -> Showing:
    """Give the page on October."""

    def act(view: str = "figures") -> StatisticsPage:
        page = StatisticsPage(desk)
        qtbot.addWidget(page)
        page.resize(1230, 680)
        with qtbot.waitExposed(page):
            page.show()
        page.bar.turn(-1)
        counted(page, qtbot)
        page.show_view(view)
        return page

    return act


def counted(page: StatisticsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.summary is not None and not page.is_counting)


def opened(page: StatisticsPage, table: NumberTable, qtbot: QtBot) -> dict[str, tuple[int, Any]]:
    """Open every number of a table by Enter, and give how many matters each opened."""
    found = {}
    for row, told in enumerate(table.rows):
        for column, cell in enumerate(told.cells):
            if cell.pointer is None:
                continue
            table.setCurrentCell(row, column)
            with qtbot.waitSignal(page.list_requested) as asked:
                press(Qt.Key.Key_Return, on=table)
            assert asked.args is not None
            _, where = asked.args
            ids = page.desk.read(partial(find, viewer=CLEARED, **where))
            assert sorted(ids) == sorted(where["among"])
            found[f"{told.about} {column}"] = (len(ids), cell)
    return found


@pytest.mark.usefixtures("month")
def test_every_figure_opens_exactly_what_it_counts(show: Showing, qtbot: QtBot) -> None:
    page = show()
    found = opened(page, page.figures.table, qtbot)
    for name, (matters, cell) in found.items():
        if cell.text.endswith(("件", "件次", "批次")) or cell.text.isdigit():
            assert matters == int("".join(filter(str.isdigit, cell.text))), name
    assert found["received 1"][0] == 3
    assert found["visitors 1"][0] == 2
    assert found["visitors 1"][1].text == "8人次"
    assert found["repeat_rate 3"][1].text == "3"


@pytest.mark.usefixtures("month")
def test_every_group_opens_exactly_what_it_counts(show: Showing, qtbot: QtBot) -> None:
    page = show("groups")
    for key in ("channel", "place", "category", "stage"):
        page.groups.chips.choose(key)
        counted(page, qtbot)
        qtbot.waitUntil(lambda: bool(page.groups.table.rows))
        for matters, cell in opened(page, page.groups.table, qtbot).values():
            assert matters == int("".join(filter(str.isdigit, cell.text)))
    page.show_view("bodies")
    for matters, cell in opened(page, page.bodies.table, qtbot).values():
        if cell.text.isdigit():
            assert matters == int(cell.text)


def test_pages_turn_the_period_and_a_period_can_be_typed(show: Showing, qtbot: QtBot) -> None:
    page = show()
    for key, code in ((Qt.Key.Key_PageUp, "2026-09"), (Qt.Key.Key_PageDown, "2026-10")):
        press(key, on=page.figures.table)
        counted(page, qtbot)
        assert page.summary is not None and page.summary.period.code == code
    page.bar.kinds.choose("quarter")
    counted(page, qtbot)
    assert page.bar.line.text() == "2026-Q4"
    page.bar.line.setText("2026-10-01..2026-10-15")
    press(Qt.Key.Key_Return, on=page.bar.line)
    counted(page, qtbot)
    assert page.summary is not None and page.summary.period.days == "2026年10月1日至15日"
    assert page.bar.kinds.key == "range"


def test_what_is_no_period_is_said_and_nothing_changes(
    show: Showing, desk: Desk, qtbot: QtBot
) -> None:
    page = show()
    page.bar.line.setText("十月")
    with qtbot.waitSignal(desk.failed) as told:
        press(Qt.Key.Key_Return, on=page.bar.line)
    assert told.args is not None and "统计期没有看懂" in told.args[0]
    assert page.bar.period == OCTOBER


@pytest.mark.usefixtures("month")
def test_two_periods_are_compared(show: Showing, qtbot: QtBot) -> None:
    page = show()
    page.bar.against.setText("2026-11")
    press(Qt.Key.Key_Return, on=page.bar.against)
    counted(page, qtbot)
    assert page.summary is not None
    assert page.summary.figures["received"].before.numerator == 1
    heads = [head_of(page.figures.table, place) for place in range(6)]
    assert heads[4:6] == ["2026年11月", "增减"]
    press(Qt.Key.Key_PageUp, on=page.figures.table)
    counted(page, qtbot)
    assert page.bar.compared is None


@pytest.mark.usefixtures("month")
def test_f1_says_what_a_figure_is(show: Showing, qtbot: QtBot) -> None:
    page = show()
    page.take_focus()
    press(Qt.Key.Key_F1, on=page.figures.table)
    [dialog] = parts(page, DefinitionDialog)
    told = " ".join(words.text() for words in labels(dialog))
    for words in ("信访总量", "每登记一件计一件次", "按收到日期", "条例第二十二条", "3件次"):
        assert words in told
    assert page.figures.definition.startswith("本期收到并登记")
    press(Qt.Key.Key_Return, on=dialog)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def words_in(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def head_of(table: QTableWidget, column: int) -> str:
    item = table.horizontalHeaderItem(column)
    assert item is not None
    return item.text()


def labels(inside: QWidget) -> list[Any]:
    return parts(inside, QLabel)


@pytest.mark.usefixtures("month")
def test_the_last_periods_stand_beside_a_figure(show: Showing, qtbot: QtBot) -> None:
    page = show()
    qtbot.waitUntil(lambda: len(page.figures.chart.sticks) == 12)
    last = page.figures.chart.sticks[-1]
    assert (last.label, last.text, last.strong) == ("10月", "3", True)
    table = page.figures.table
    row = next(at for at, one in enumerate(table.rows) if one.about == "letters")
    table.setCurrentCell(row, 1)
    qtbot.waitUntil(lambda: page.figures.chart.sticks[-1].text == "1")


@pytest.mark.usefixtures("month")
def test_words_are_kept_for_the_period_and_printed(show: Showing, desk: Desk, qtbot: QtBot) -> None:
    page = show("paper")
    blank = page.paper.blanks["analysis"]
    write("来访集中在水利。", on=blank)
    page.keep_draft()
    counted(page, qtbot)
    assert desk.read(lambda session: prose_of(session, OCTOBER)) == {"analysis": "来访集中在水利。"}
    assert page.summary is not None and "来访集中在水利。" in page.summary.report.text
    page.bar.turn(-1)
    counted(page, qtbot)
    assert page.paper.blanks["analysis"].toPlainText() == ""
    page.bar.turn(1)
    counted(page, qtbot)
    assert page.paper.blanks["analysis"].toPlainText() == "来访集中在水利。"
    qtbot.waitUntil(lambda: page.paper.preview.pages >= 3)


@pytest.mark.usefixtures("month")
def test_the_workbook_is_exported_by_key(
    show: Showing, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.preferences.keep(export_folder=str(tmp_path))
    page = show()
    with qtbot.waitSignal(desk.told):
        press(Qt.Key.Key_E, CTRL, on=page)
    assert [path.name for path in tmp_path.glob("*.xlsx")] == [
        f"{OFFICE.name}2026年10月信访工作月报.xlsx"
    ]


@pytest.mark.usefixtures("month")
def test_what_is_handed_in_is_frozen_and_what_changed_is_opened(
    show: Showing, desk: Desk, qtbot: QtBot
) -> None:
    page = show("frozen")
    press(Qt.Key.Key_S, CTRL | SHIFT, on=page)
    view = page.frozen
    qtbot.waitUntil(lambda: "没有变化" in view.told.text())
    assert words_in(view.versions, 0, 0) == "第1版"
    desk.do(lambda s: registration.void(s, "镜访〔2026〕2号", reason="重复", by=ACCOUNT, now=NOW))
    page.refresh()
    qtbot.waitUntil(lambda: view.changes.rowCount() > 3)
    names = [words_in(view.changes, row, 0) for row in range(view.changes.rowCount())]
    view.changes.setCurrentCell(names.index("信访总量"), 0)
    assert words_in(view.changes, names.index("信访总量"), 3) == "减镜访〔2026〕2号"
    with qtbot.waitSignal(page.list_requested) as asked:
        press(Qt.Key.Key_Return, on=view.changes)
    assert asked.args == ["信访总量的变化", {"among": (2,)}]
    with qtbot.waitSignal(desk.failed):
        press(Qt.Key.Key_S, CTRL | SHIFT, on=page)
    write("作废一件", on=view.reason)
    press(Qt.Key.Key_S, CTRL | SHIFT, on=page)
    assert [words_in(view.versions, row, 0) for row in range(2)] == ["第2版", "第1版"]


@pytest.mark.usefixtures("month")
def test_a_figures_file_is_written_and_added_up(
    show: Showing, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.preferences.keep(export_folder=str(tmp_path))
    page = show("frozen")
    press(Qt.Key.Key_S, CTRL | SHIFT, on=page)
    with qtbot.waitSignal(desk.told, check_params_cb=lambda words: "数据文件" in words):
        press(Qt.Key.Key_E, CTRL, on=page)
    [path] = tmp_path.glob("*.json")
    press(Qt.Key.Key_A, CTRL | SHIFT, on=page)
    [dialog] = parts(page, SumDialog)
    dialog.offices.setPlainText(f"{OFFICE.name}\n丙镇")
    dialog.take([path, path.with_name("没有这个.json")])
    assert dialog.files.count() == 1
    assert "没有这个.json" in dialog.warning.text()
    qtbot.waitUntil(lambda: dialog.preview.pages > 0)
    dialog.reject()
    assert desk.read(expected_offices) == (OFFICE.name, "丙镇")


def test_a_leader_looks_and_writes_nothing(show: Showing, desk: Desk, qtbot: QtBot) -> None:
    desk.store.viewer = Viewer(name="钱领导", cleared=False, role=Role.LEADER)
    page = show("paper")
    assert all(blank.isReadOnly() for blank in page.paper.blanks.values())
    page.show_view("frozen")
    with qtbot.waitSignal(desk.failed):
        page.frozen.freeze()


@pytest.mark.usefixtures("month")
def test_nothing_of_an_accusation_stands_on_the_page(
    show: Showing, desk: Desk, qtbot: QtBot
) -> None:
    desk.store.viewer = UNCLEARED
    page = show()
    told = []
    for key, _ in VIEWS:
        page.show_view(key)
        told += [words.text() for words in labels(page)]
    for table in parts(page, NumberTable):
        told += [cell.text for row in table.rows for cell in row.cells]
    assert page.summary is not None
    told.append(page.summary.report.text)
    for word in (*SEALED_WORDS, "密地", "密址", "纪检监察"):
        assert word not in "".join(told)


def test_the_room_is_entered_by_key_and_a_number_leads_into_the_ledger(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    register(visit(received_on=date(2026, 11, 3)))
    press(Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier, on=window)
    page = window.page("statistics")
    assert isinstance(page, StatisticsPage)
    counted(page, qtbot)
    page.take_focus()
    press(Qt.Key.Key_Return, on=focus())
    assert window.room == "ledger"
    press(Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier, on=window)
    press(Qt.Key.Key_PageDown, CTRL, on=focus())
    assert page.chips.key == "groups"


def test_a_file_of_another_office_is_added_to_ours(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    kept = desk.do(lambda s: freeze(s, OCTOBER, viewer=CLEARED, now=datetime(2026, 11, 2, 9)))
    path = tmp_path / "甲.json"
    path.write_bytes(figures_file(kept))
    dialog = SumDialog(desk)
    qtbot.addWidget(dialog)
    dialog.take([path])
    assert dialog.files.item(0).text() == f"{OFFICE.name}　2026-10　第1版"
    dialog.files.setCurrentRow(0)
    dialog.remove()
    assert dialog.files.count() == 0


def test_a_matter_amended_elsewhere_is_counted_again(
    show: Showing, desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    register()
    page = show()

    def urgent(session: Any) -> None:  # noqa: ANN401
        matter = load_matter(session, "镜访〔2026〕1号", viewer=CLEARED)
        matter.petition.urgent = True
        registration.amend(session, matter, by=ACCOUNT, now=NOW)

    desk.do(urgent)
    counted(page, qtbot)
    assert page.summary is not None
    assert page.summary.figures["urgent"].value.numerator == 1


@pytest.mark.parametrize("size", [100, 125, 150])
@pytest.mark.parametrize("view", [key for key, _ in VIEWS])
def test_nothing_is_cut_on_a_small_screen(
    window: MainWindow, desk: Desk, qtbot: QtBot, view: str, size: int
) -> None:
    while desk.theme.look.size < size:
        desk.theme.larger()
    window.enter("statistics")
    page = window.page("statistics")
    counted(page, qtbot)
    page.show_view(view)
    window.resize(1366, 768)
    least, frame = page.minimumSizeHint(), window.header.height() + window.status.height()
    assert least.width() <= 1366 - window.rail.width()
    assert least.height() <= 768 - frame
    for part in parts(page, QAbstractButton):
        assert not part.isVisible() or part.width() >= part.minimumSizeHint().width(), part.text()


def test_every_control_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    window.enter("statistics")
    page = window.page("statistics")
    counted(page, qtbot)
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, NumberTable):
        for part in parts(page, kind):
            if part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert part.accessibleName(), part
