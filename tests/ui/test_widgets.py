"""The small widgets: choices, flowing rows, hints that give way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import focus, press
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.chips import Chips
from xinfang_desktop.ui.widgets.words import Hint, label


@pytest.fixture
def chips(theme: Theme, qtbot: QtBot) -> Chips:
    chips = Chips("筛选", [("all", "全部"), ("visit", "来访"), ("letter", "来信")], theme)
    qtbot.addWidget(chips)
    chips.resize(400, 40)
    with qtbot.waitExposed(chips):
        chips.show()
    return chips


def test_arrow_keys_move_along_the_choices_that_are_offered(chips: Chips, qtbot: QtBot) -> None:
    chips.show_choice("visit", visible=False)
    with qtbot.waitSignal(chips.chosen, check_params_cb=lambda key: key == "letter"):
        press(Qt.Key.Key_Right, on=chips)
    assert focus().accessibleName() == "来信"
    press(Qt.Key.Key_Right)
    assert chips.key == "all"


def test_a_choice_that_is_made_already_is_not_announced(chips: Chips, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(chips.chosen):
        chips.choose("all")
        chips.mark("visit")
    assert chips.title == "来访"


def test_counts_stand_beside_the_choices_they_are_known_of(chips: Chips) -> None:
    chips.show_counts({"visit": 12})
    assert [chips.text(key) for key in ("all", "visit", "letter")] == ["全部", "来访 12", "来信"]


def test_a_row_goes_on_in_the_next_line_where_it_is_narrow(chips: Chips) -> None:
    one_line = chips.heightForWidth(400)
    assert chips.heightForWidth(100) > one_line
    chips.resize(100, 200)
    assert chips.minimumSizeHint().width() <= 100


def test_a_hint_gives_way_and_a_label_does_not(qtbot: QtBot) -> None:
    words = "Enter 下一格 · 长文中 Ctrl+Enter · F6 下一处要补的"
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    row.addWidget(Hint(words))
    assert holder.minimumSizeHint().width() < 40 < label(words).minimumSizeHint().width()
    holder.resize(60, 30)
    assert not holder.grab().isNull()
