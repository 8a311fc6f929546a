"""The search box: fields and values are offered below it, and never while something is composed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.office import petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.keyboard import compose, focus, press, write
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.widgets.search_box import SearchBox


@pytest.fixture
def box(window: MainWindow) -> SearchBox:
    box = window.header.search
    box.setFocus()
    return box


def offered(box: SearchBox) -> list[str]:
    if not box.suggestions.is_offering:
        return []
    listed = box.suggestions.list
    return [listed.item(row).text() for row in range(listed.count())]


def found(window: MainWindow, qtbot: QtBot) -> list[str]:
    finder = window.page("ledger").finder
    if finder.is_busy:
        with qtbot.waitSignal(finder.idle):
            pass
    model = window.page("ledger").table.model()
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def test_values_of_a_field_are_offered_and_taken_by_keyboard(box: SearchBox) -> None:
    write("水渠 形式:", box)
    assert offered(box) == ["来信", "来访", "来电", "网上信访", "信访代办"]
    press(Qt.Key.Key_Down, on=box)
    press(Qt.Key.Key_Down, on=box)
    press(Qt.Key.Key_Return, on=box)
    assert box.text() == "水渠 形式:来访 "
    assert offered(box) == []


def test_tab_takes_the_first_and_goes_on_where_nothing_is_offered(box: SearchBox) -> None:
    write("状态：复", box)
    press(Qt.Key.Key_Tab, on=box)
    assert box.text() == "状态:已答复 "
    press(Qt.Key.Key_Tab, on=box)
    assert focus() is not box


def test_the_name_of_a_field_is_offered_and_takes_no_arrow(
    window: MainWindow, box: SearchBox, register: Registering, qtbot: QtBot
) -> None:
    register()
    write("电话", box)
    assert offered(box) == ["电话:　只查电话"]
    press(Qt.Key.Key_Tab, on=box)
    assert box.text() == "电话:"
    box.setText("编号")
    assert offered(box)
    press(Qt.Key.Key_Down, on=box)
    assert focus() is window.page("ledger").table


def test_nothing_is_offered_while_something_is_composed(box: SearchBox) -> None:
    write("形式:", box)
    assert offered(box)
    compose("lai", box)
    assert offered(box) == []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape):
        press(key, on=box)
        assert focus() is box
        assert box.text() == "形式:"
    write("来信", box)
    assert box.text() == "形式:来信"


def test_what_is_not_understood_is_told_below_the_box(box: SearchBox) -> None:
    write("电压:高", box)
    assert "没有“电压”这一项" in box.suggestions.note.text()
    assert "没有“电压”这一项" in box.accessibleDescription()
    box.clear()
    assert box.suggestions.isHidden()


def test_esc_puts_the_offers_away_then_the_words_then_the_room(
    window: MainWindow, box: SearchBox
) -> None:
    write("形式:", box)
    press(Qt.Key.Key_Escape, on=box)
    assert (offered(box), box.text()) == ([], "形式:")
    press(Qt.Key.Key_Escape, on=box)
    assert box.text() == ""
    press(Qt.Key.Key_Escape, on=box)
    assert window.room == "today"


def test_an_offer_is_taken_by_a_click(box: SearchBox) -> None:
    write("来源:", box)
    box.suggestions.list.itemClicked.emit(box.suggestions.list.item(1))
    assert box.text() == "来源:本级 "


def test_what_the_books_know_is_offered(
    window: MainWindow, box: SearchBox, register: Registering, qtbot: QtBot
) -> None:
    register(responsible_body="建设管理部")
    write("承办:", box)
    window.desk.background.finish()
    qtbot.waitUntil(lambda: _told_again(box, ["建设管理部"]))


def _told_again(box: SearchBox, values: list[str]) -> bool:
    box._suggest()
    return offered(box) == values


Going = Callable[[MainWindow], object]


@pytest.mark.parametrize("room", ["today", "registration", "settings"])
def test_words_are_forgotten_in_another_room(
    window: MainWindow, box: SearchBox, register: Registering, qtbot: QtBot, room: str
) -> None:
    register(visit(petitioner(name="龚㛃")))
    register()
    write("龚", box)
    assert len(found(window, qtbot)) == 1
    window.enter(room)
    assert box.text() == ""
    window.enter("ledger")
    assert len(found(window, qtbot)) == 2


def test_words_stay_while_a_matter_is_looked_at(
    window: MainWindow, box: SearchBox, register: Registering, qtbot: QtBot
) -> None:
    number = register(visit(petitioner(name="龚㛃"))).number
    register()
    write("龚", box)
    assert found(window, qtbot) == [number]
    window.open_matter(number)
    window.leave()
    assert (window.room, box.text()) == ("ledger", "龚")
    assert found(window, qtbot) == [number]


def test_a_kept_view_brings_its_words_back_to_the_box(
    window: MainWindow, box: SearchBox, register: Registering, qtbot: QtBot
) -> None:
    from xinfang_desktop.casework.views import View, save_view

    register()
    window.desk.do(lambda session: save_view(session, View("渠", words="水渠")))
    window.enter("ledger")
    page = window.page("ledger")
    page.views.chips.choose(next(key for key in page.views.filters if key.startswith("kept-")))
    assert len(found(window, qtbot)) == 1
    assert box.text() == "水渠"
    window.enter("today")
    assert page.views.key == "all"
