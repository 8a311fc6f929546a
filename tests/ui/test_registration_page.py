"""Registering a visit: typed once, without the mouse, kept at every moment, printed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from tests.helpers.office import PASSWORD
from tests.helpers.pdf_reading import text_by_pdfium
from tests.ui.keyboard import CTRL
from tests.ui.keyboard import compose as compose_text
from tests.ui.keyboard import focus as in_hand
from tests.ui.keyboard import press as key
from tests.ui.keyboard import write as type_in
from xinfang_desktop.casework import drafts, matters
from xinfang_desktop.casework.drafts import DraftLine
from xinfang_desktop.models import Kind, Matter, Petition
from xinfang_desktop.store.database import open_store
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.drafting import DELAY
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.print_dialog import PrintDialog
from xinfang_desktop.ui.registration_page import COMPOSING, RegistrationPage

BLANKS = (
    "铍𫖯𠮷",
    "3",
    "330602198803120355",
    "13800001234",
    "灵芝街道解放村88号",
    "20261120",
)
CLAIM = "村口水渠多年失修，要求清淤。"
Registering = Callable[..., Petition]


@pytest.fixture
def page(window: MainWindow) -> RegistrationPage:
    key(Qt.Key.Key_N, CTRL, on=window)
    page = window.page("registration")
    assert isinstance(page, RegistrationPage)
    return page


def fill_in() -> None:
    """Type an ordinary visit, Enter by Enter, the way a clerk does."""
    for text in BLANKS:
        if isinstance(in_hand().property("role"), str):
            key(Qt.Key.Key_A, CTRL)
        type_in(text)
        key(Qt.Key.Key_Return)
    type_in(CLAIM)


def registered(desk: Desk, number: str) -> Matter:
    return desk.read(lambda session: matters.load_matter(session, number, viewer=desk.viewer))


def kept(desk: Desk) -> list[DraftLine]:
    return desk.read(lambda session: drafts.drafts(session, desk.viewer))


def test_a_visit_is_registered_and_printed_by_keys_alone(
    page: RegistrationPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.desk.preferences.keep(export_folder=str(tmp_path / "打印"))
    fill_in()
    key(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: dialog() is not None)
    printing = dialog()
    assert printing is not None
    qtbot.waitUntil(printing.act.isEnabled)
    with qtbot.waitSignal(printing.printed):
        key(Qt.Key.Key_Return, on=printing)
    paper = tmp_path / "打印" / "镜访〔2026〕1号 来访登记单.pdf"
    said = text_by_pdfium(paper.read_bytes())
    for words in ("铍𫖯𠮷", "镜访〔2026〕1号", "330602198803120355", "2026年11月20日", CLAIM):
        assert words in said.replace("\r\n", "")
    petition = registered(window.desk, "镜访〔2026〕1号").petition
    assert (petition.headcount, petition.claim) == (3, CLAIM)


def dialog() -> PrintDialog | None:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, PrintDialog)]
    return next((one for one in found if one.isVisible()), None)


def test_saving_shows_the_matter_under_its_number(
    page: RegistrationPage, window: MainWindow
) -> None:
    fill_in()
    key(Qt.Key.Key_S, CTRL)
    assert window.room == "matter"
    shown = window.page("matter")
    assert isinstance(shown, MatterPage)
    assert shown.number == "镜访〔2026〕1号"
    assert kept(window.desk) == []


def test_an_incomplete_visit_is_registered_all_the_same(
    page: RegistrationPage, window: MainWindow
) -> None:
    type_in("张某")
    key(Qt.Key.Key_S, CTRL)
    assert registered(window.desk, "镜访〔2026〕1号").petitioner.name == "张某"


def test_what_is_typed_is_kept_within_two_seconds(
    page: RegistrationPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert DELAY < 2000
    with qtbot.waitSignal(page.status_changed, check_params_cb=lambda s: s.startswith("草稿已存")):
        type_in("张某")
    assert [line.names for line in kept(window.desk)] == ["张某"]


def test_what_is_typed_is_kept_also_while_the_typing_goes_on(
    page: RegistrationPage, window: MainWindow, qtbot: QtBot
) -> None:
    for _ in range(12):
        type_in("字")
        qtbot.wait(DELAY // 8)
    assert [line.names for line in kept(window.desk)] != []


def test_closing_the_window_keeps_what_is_typed(page: RegistrationPage, window: MainWindow) -> None:
    type_in("张某")
    folder = window.desk.folder
    window.close()
    again = open_store(folder, password=PASSWORD)
    lines = again.read(lambda session: drafts.drafts(session, again.viewer))
    again.close()
    assert [line.names for line in lines] == ["张某"]


def test_a_draft_is_taken_up_where_it_was_left(page: RegistrationPage, window: MainWindow) -> None:
    fill_in()
    window.enter("today")
    draft = kept(window.desk)[0].id
    page.start_new()
    window.open_draft(draft)
    assert page.view.record.petition.claim == CLAIM
    key(Qt.Key.Key_S, CTRL)
    assert registered(window.desk, "镜访〔2026〕1号").petition.claim == CLAIM
    assert kept(window.desk) == []


def test_a_draft_given_up_can_be_taken_back(
    page: RegistrationPage, window: MainWindow, qtbot: QtBot
) -> None:
    fill_in()
    with qtbot.waitSignal(window.desk.told_undoable) as told:
        key(Qt.Key.Key_Escape)
    assert kept(window.desk) == []
    told.args[1]()
    assert [line.claim_start for line in kept(window.desk)] == [CLAIM]
    assert page.view.record.petitioner.name == "铍𫖯𠮷"


def test_nothing_is_saved_while_the_input_method_is_composing(
    page: RegistrationPage, window: MainWindow, qtbot: QtBot
) -> None:
    compose_text("zhang")
    with qtbot.waitSignal(window.desk.failed) as told:
        key(Qt.Key.Key_S, CTRL)
    assert told.args == [COMPOSING]
    assert window.room == "registration"
    type_in("张")
    key(Qt.Key.Key_S, CTRL)
    assert registered(window.desk, "镜访〔2026〕1号").petitioner.name == "张"


def test_a_day_that_cannot_be_read_is_told_and_stays_as_typed(
    page: RegistrationPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.view.take_up("petition.received_on")
    key(Qt.Key.Key_A, CTRL)
    type_in("上个月吧")
    with qtbot.waitSignal(window.desk.failed) as told:
        key(Qt.Key.Key_S, CTRL)
    assert "日期请写成" in told.args[0]
    assert "草稿" in told.args[0]
    assert in_hand().objectName() == "petition.received_on"
    assert window.room == "registration"


def test_what_is_missing_stands_beside_the_paper_and_f6_goes_there(page: RegistrationPage) -> None:
    type_in("张某")
    missing = [problem.path for problem in page.view.problems]
    assert "petition.claim" in missing
    key(Qt.Key.Key_F6)
    first = in_hand().objectName()
    assert first in missing
    key(Qt.Key.Key_F6)
    assert in_hand().objectName() != first


def test_an_accusation_asks_for_the_accused_and_is_kept_sealed(
    page: RegistrationPage, window: MainWindow, qtbot: QtBot
) -> None:
    fill_in()
    kind = page.view.details.editor("petition.kind")
    assert isinstance(kind, QComboBox)
    assert page.view.details.editor("petition.accused").isHidden()
    kind.setCurrentIndex(kind.findData(Kind.ACCUSATION))
    kind.activated.emit(kind.currentIndex())
    assert not page.view.details.editor("petition.accused").isHidden()
    page.keep_draft()
    assert [(line.names, line.sealed) for line in kept(window.desk)] == [("", True)]


def test_fellow_petitioners_are_named_on_the_paper(
    page: RegistrationPage, window: MainWindow
) -> None:
    type_in("方某")
    key(Qt.Key.Key_F7)
    type_in("沈某妹")
    key(Qt.Key.Key_S, CTRL)
    matter = registered(window.desk, "镜访〔2026〕1号")
    assert matter.names == "方某、沈某妹"
