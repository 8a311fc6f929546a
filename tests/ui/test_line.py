"""Line: nothing acts on text that the input method is still composing."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import compose, press, write
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.search_box import SearchBox


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> Line:
    line = Line("姓名")
    qtbot.addWidget(line)
    return line


def test_what_is_being_composed_is_no_text_yet(line: Line, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(line.settled):
        compose("zhang", line)
    with qtbot.waitSignal(line.settled, check_params_cb=lambda text: text == "张"):
        write("张", line)
    assert not line.is_composing


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down])
def test_no_key_acts_while_composing(line: Line, qtbot: QtBot, key: Qt.Key) -> None:
    compose("zhang", line)
    with qtbot.assertNotEmitted(line.entered):
        press(key, on=line)
    compose("", line)
    with qtbot.waitSignal(line.entered):
        press(Qt.Key.Key_Return, on=line)


@pytest.fixture
def box(qtbot: QtBot, theme: Theme) -> SearchBox:
    box = SearchBox(theme)
    qtbot.addWidget(box)
    return box


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_the_search_box_leads_into_the_list(box: SearchBox, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(box.list_requested):
        press(key, on=box)
    compose("gong", box)
    with qtbot.assertNotEmitted(box.list_requested):
        press(key, on=box)


def test_esc_empties_the_search_box_and_then_leaves_it(box: SearchBox, qtbot: QtBot) -> None:
    write("水渠", box)
    with qtbot.assertNotEmitted(box.left):
        press(Qt.Key.Key_Escape, on=box)
    assert not box.text()
    with qtbot.waitSignal(box.left):
        press(Qt.Key.Key_Escape, on=box)


def test_esc_while_composing_keeps_what_was_typed(box: SearchBox) -> None:
    write("水渠", box)
    compose("gong", box)
    press(Qt.Key.Key_Escape, on=box)
    assert box.text() == "水渠"
