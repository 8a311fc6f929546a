"""A matter that was found by words shows where they stand; F4 leads from one to the next."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.office import accusation, petitioner, visit
from tests.ui.conftest import Registering
from tests.ui.keyboard import CTRL, SHIFT, press, write
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.papers import compose_paper
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.paper.marks import Mark

F4 = Qt.Key.Key_F4
NUMBER = "镜访〔2026〕1号"


@pytest.fixture
def opened(window: MainWindow, register: Registering, qtbot: QtBot) -> MatterPage:
    """Open the matter that is found by 稻田, as a clerk does."""
    register(
        visit(
            petitioner(name="单雄信", address="稻田村88号"),
            claim="漫水淹了稻田，去年也淹过稻田，要求赔偿。",
            location="稻田村",
            reception_opinion="请水利站核实。",
        )
    )
    return search(window, qtbot, "稻田")


def search(window: MainWindow, qtbot: QtBot, words: str) -> MatterPage:
    press(Qt.Key.Key_F, CTRL, on=window)
    with qtbot.waitSignal(window.page("ledger").finder.completed):
        write(words)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    page = window.page("matter")
    assert isinstance(page, MatterPage)
    assert page.number == NUMBER
    return page


def width(mark: Mark) -> float:
    return sum(strip.width for strip in mark)


def test_words_are_marked_on_the_paper_and_beside_it(opened: MatterPage) -> None:
    form = opened.view.form
    assert opened.marks.words == "查找：稻田　共 4 处"
    assert len(form.marks) == 3
    em = form.marks[0][0].height / 1.3
    assert all(1.5 * em < width(mark) < 2.7 * em for mark in form.marks)
    caption = opened.view.details._captions["petition.location"]
    assert caption.property("role") == "marked"


def test_f4_leads_round_and_esc_takes_the_marks_away(
    opened: MatterPage, window: MainWindow
) -> None:
    for place in (1, 2, 3, 4, 1):
        press(F4, on=opened)
        assert opened.marks.words.endswith(f"，这是第 {place} 处")
    press(F4, SHIFT, on=opened)
    assert opened.marks.words.endswith("，这是第 4 处")
    press(Qt.Key.Key_Escape, on=opened)
    assert (opened.marks.words, opened.view.form.marks) == ("", ())
    assert window.room == "matter"
    press(Qt.Key.Key_Escape, on=opened)
    assert window.room == "ledger"


def test_another_paper_is_marked_anew_and_nothing_of_it_is_printed(opened: MatterPage) -> None:
    opened.show_paper("process_sheet_2211")
    assert opened.view.form.marks
    assert opened.view.form.sheet == compose_paper(FORMS["process_sheet_2211"], opened.view.record)


def test_a_name_found_by_its_sound_is_marked(
    opened: MatterPage, window: MainWindow, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Escape, on=opened)
    press(Qt.Key.Key_Escape, on=opened)
    press(Qt.Key.Key_A, CTRL, on=window.header.search)
    page = search(window, qtbot, "sxx")
    assert page.marks.words == "查找：sxx　共 1 处"


def test_what_is_opened_from_elsewhere_has_no_marks(opened: MatterPage, window: MainWindow) -> None:
    window.enter("today")
    window.open_matter(NUMBER)
    assert (opened.marks.words, opened.view.form.marks) == ("", ())


def test_of_a_sealed_matter_nothing_is_marked(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    register(accusation())
    page = search(window, qtbot, NUMBER)
    assert page.view.form.marks == ()
