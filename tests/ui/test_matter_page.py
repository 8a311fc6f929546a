"""A matter's page: it opens, shows what will be printed, and changes go into the books."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.office import accusation
from tests.helpers.pdf_reading import text_by_pdfium
from tests.ui.keyboard import CTRL, SHIFT, parts
from tests.ui.keyboard import press as key
from tests.ui.keyboard import write as type_in
from xinfang_desktop.casework import drafts, matters
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.definition import Choice, Line, Text
from xinfang_desktop.forms.letter import Letter
from xinfang_desktop.forms.papers import AnyPaper, compose_paper
from xinfang_desktop.models import Matter, Petition, PetitionState
from xinfang_desktop.paths import resource
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.issued_list import OUTDATED
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.print_dialog import PrintDialog

Registering = Callable[..., Petition]


@pytest.fixture
def page(window: MainWindow, register: Registering) -> MatterPage:
    petition = register()
    window.open_matter(petition.number)
    page = window.page("matter")
    assert isinstance(page, MatterPage)
    return page


def stored(desk: Desk, number: str) -> Matter:
    return desk.read(lambda session: matters.load_matter(session, number, viewer=desk.viewer))


def test_a_change_is_a_draft_until_it_is_saved(page: MatterPage, window: MainWindow) -> None:
    before = stored(window.desk, page.number).petition.claim
    key(Qt.Key.Key_F2)
    page.view.take_up("petition.reception_opinion")
    type_in("已转水利站")
    page.keep_draft()
    assert stored(window.desk, page.number).petition.reception_opinion == ""
    key(Qt.Key.Key_S, CTRL)
    petition = stored(window.desk, page.number).petition
    assert (petition.reception_opinion, petition.claim) == ("已转水利站", before)
    lines = window.desk.read(lambda session: drafts.drafts(session, window.desk.viewer))
    assert lines == []


def test_changes_can_be_given_up(page: MatterPage, window: MainWindow) -> None:
    page.view.take_up("petition.claim")
    type_in("写错了")
    page.give_up_changes()
    assert "写错了" not in page.view.record.petition.claim
    assert "写错了" not in stored(window.desk, page.number).petition.claim


def test_the_preview_is_the_pdf_that_will_be_printed(page: MatterPage, qtbot: QtBot) -> None:
    key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.preview.pages == 1)
    key(Qt.Key.Key_Escape)
    assert page.view.isVisible()


@pytest.mark.parametrize(
    ("held", "ending"),
    [(CTRL, ".pdf"), (CTRL | SHIFT, ".docx")],
)
def test_the_paper_is_exported_by_keys(
    page: MatterPage,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    held: Qt.KeyboardModifier,
    ending: str,
) -> None:
    window.desk.preferences.keep(export_folder=str(tmp_path))
    key(Qt.Key.Key_E, held)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PrintDialog))
    qtbot.waitUntil(dialog.act.isEnabled)
    with qtbot.waitSignal(dialog.printed):
        key(Qt.Key.Key_Return, on=dialog)
    assert (tmp_path / f"{page.number} 来访登记单{ending}").stat().st_size > 10_000


def test_a_void_needs_a_reason_and_keeps_its_number(
    page: MatterPage, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.desk.failed):
        page.void("  ")
    page.void("重复登记")
    petition = stored(window.desk, page.number).petition
    assert (petition.state, petition.number) == (PetitionState.VOID, page.number)
    assert not page.view.form.editor("petition.claim").isEnabled()


def test_the_history_tells_what_was_changed(page: MatterPage, window: MainWindow) -> None:
    page.view.take_up("petition.reception_opinion")
    type_in("已转水利站")
    page.save()
    steps = window.desk.read(
        lambda session: matters.history(session, page.view.record.petition.id or 0)
    )
    assert [step.action.label for step in steps] == ["登记", "修改登记内容"]
    page.show_view("history")
    assert page.history.isVisible()


def test_an_accusation_is_not_shown_to_who_is_not_cleared(
    window: MainWindow, register: Registering, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    petition = register(accusation())
    viewer = window.desk.viewer
    monkeypatch.setattr(window.desk.store, "viewer", type(viewer)(viewer.name, cleared=False))
    with qtbot.waitSignal(window.desk.failed):
        window.open_matter(petition.number)
    page = window.page("matter")
    assert page.view.record.petition.claim == ""


def test_esc_leads_back(page: MatterPage, window: MainWindow) -> None:
    key(Qt.Key.Key_Escape, on=page)
    assert window.room == "today"


def test_every_paper_of_the_office_is_drawn_in_the_window(page: MatterPage) -> None:
    for name, paper in FORMS.items():
        page.show_paper(name)
        assert page.view.form.sheet == compose_paper(paper, page.view.record)
        assert page.view.form.paths == tuple(blanks(paper))


def test_a_letter_says_beside_it_what_it_still_lacks(page: MatterPage) -> None:
    page.show_paper("liaison_letter")
    assert "还没有写“协调联系事项”。" in [problem.text for problem in page.view.problems]
    page.view.take_up("words.liaison_letter.request")
    type_in("请派员核实水渠权属。")
    assert "还没有写“协调联系事项”。" not in [problem.text for problem in page.view.problems]


def test_the_words_of_a_letter_are_kept_with_the_matter(
    page: MatterPage, window: MainWindow
) -> None:
    page.show_paper("liaison_letter")
    page.view.take_up("words.liaison_letter.addressee")
    type_in("某某街道办事处")
    page.save()
    words = stored(window.desk, page.number).words
    assert words == {"liaison_letter.addressee": "某某街道办事处"}
    page.open(page.number)
    assert page.view.record.words == words


def blanks(paper: AnyPaper) -> list[str]:
    if isinstance(paper, Letter):
        return [paper.path(part) for part in paper.written]
    return [cell.path for cell in paper.cells if isinstance(cell, Line | Text | Choice)]


def printed(page: MatterPage, qtbot: QtBot) -> None:
    """Print what is shown into a PDF file, as Enter in the dialog does."""
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PrintDialog))
    qtbot.waitUntil(dialog.act.isEnabled)
    with qtbot.waitSignal(dialog.printed):
        key(Qt.Key.Key_Return, on=dialog)
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_what_is_printed_is_kept_as_evidence_and_can_be_printed_again(
    page: MatterPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.desk.preferences.keep(export_folder=str(tmp_path), printer=".pdf")
    page.show_paper("process_sheet_2211")
    page.print_paper()
    printed(page, qtbot)
    file = tmp_path / f"{page.number} 2211流程办理单.pdf"
    assert "单号：2211〔2026〕1号" in text_by_pdfium(file.read_bytes())
    ((paper, outdated),) = page.issuing.issued(page.view.record)
    assert (paper.number, outdated) == ("2211〔2026〕1号", False)
    assert page.issuing.kept(paper) == file.read_bytes()
    page.issued.reprint_requested.emit(paper, page.view.record)
    printed(page, qtbot)
    again = tmp_path / f"{page.number} 2211流程办理单（2）.pdf"
    assert "重印" in text_by_pdfium(again.read_bytes())
    assert len(page.issuing.issued(page.view.record)) == 1


def test_a_changed_matter_tells_which_papers_no_longer_agree(
    page: MatterPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.desk.preferences.keep(export_folder=str(tmp_path), printer=".pdf")
    page.print_paper()
    printed(page, qtbot)
    type_in("补充：还要求赔偿。", page.view.form.editor("petition.claim"))
    page.save()
    assert [outdated for _, outdated in page.issuing.issued(page.view.record)] == [True]
    page.show_view("issued")
    said = [one.text() for one in parts(page.issued, QLabel)]
    assert f"！{OUTDATED}" in said


def test_a_letter_that_lacks_a_part_is_not_issued(
    page: MatterPage, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.desk.preferences.keep(export_folder=str(tmp_path), printer=".pdf")
    page.show_paper("liaison_letter")
    page.print_paper()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PrintDialog))
    qtbot.waitUntil(dialog.act.isEnabled)
    key(Qt.Key.Key_Return, on=dialog)
    qtbot.waitUntil(lambda: "没有占用编号" in dialog.warning.text())
    dialog.reject()
    assert page.issuing.issued(page.view.record) == []
    assert list(tmp_path.glob("*.pdf")) == []


def test_an_offices_own_form_stands_beside_the_built_in_ones(
    window: MainWindow, register: Registering
) -> None:
    own = window.desk.folder / "forms"
    own.mkdir()
    sample = resource("samples", "office-form.toml").read_text(encoding="utf-8")
    (own / "own.toml").write_text(sample, encoding="utf-8")
    window.open_matter(register().number)
    page = window.page("matter")
    added = set(page.issuing.papers) - set(FORMS)
    assert len(added) == 1
    page.show_paper(added.pop())
    assert page.view.form.paths
