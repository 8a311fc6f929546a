"""An account that is not cleared never sees a word of an accusation, in any page of the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.office import ACCOUNT, CLEARED, NOW, SEALED_WORDS, accusation, visit
from tests.ui.keyboard import CTRL, parts, press, write
from xinfang_desktop.casework import drafts, registration
from xinfang_desktop.casework.sealing import SEALED_TITLE
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.models import Role, Viewer
from xinfang_desktop.ui.crash_recovery import CrashRecovery
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow

WORDS = (*SEALED_WORDS, "密址五组", "密地")


def everything(inside: QWidget) -> str:
    """Give all that a widget and its parts hold in words, seen or not, tips and names too."""
    told: list[str] = []
    for part in (inside, *parts(inside, QWidget)):
        told += [part.windowTitle(), part.toolTip(), part.statusTip()]
        told += [part.accessibleName(), part.accessibleDescription()]
        if isinstance(part, (QLabel, QAbstractButton, QLineEdit)):
            told.append(part.text())
        elif isinstance(part, (QPlainTextEdit, QTextEdit)):
            told.append(part.toPlainText())
        elif isinstance(part, QComboBox):
            told += [part.itemText(row) for row in range(part.count())]
        elif isinstance(part, QAbstractItemView) and part.model() is not None:
            told += list(cells(part))
    return "\n".join(told)


def cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(columns):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.data(index, role) or "")


def every_window() -> str:
    return "\n".join(everything(one) for one in QApplication.topLevelWidgets())


def leaked() -> list[str]:
    told = every_window()
    return [word for word in WORDS if word in told]


@pytest.fixture
def sealed(desk: Desk) -> str:
    """Leave an accusation with steps and changes, a draft, a discarded draft; then the stranger."""
    number = desk.do(
        lambda session: registration.register(session, accusation(), by="赵", now=NOW)
    ).number
    desk.do(lambda session: registration.register(session, visit(), by="王", now=NOW))

    def leave(session: object) -> None:
        for gone in (False, True):
            kept = drafts.save_draft(
                session,  # type: ignore[arg-type]
                "visit_registration",
                accusation(),
                draft_id=None,
                now=NOW,
            )
            if gone:
                drafts.discard_draft(session, kept, now=NOW)  # type: ignore[arg-type]

    desk.do(leave)
    return number


def stranger(desk: Desk, role: Role) -> None:
    desk.store.viewer = Viewer(name=ACCOUNT, cleared=False, role=role)
    desk.store.acts.forget()


def test_the_test_itself_finds_sealed_words(desk: Desk, sealed: str, window: MainWindow) -> None:
    window.open_matter(sealed)
    assert set(SEALED_WORDS[:3]) <= set(leaked())


@pytest.mark.parametrize("role", tuple(Role))
def test_no_page_shows_a_sealed_word(desk: Desk, sealed: str, role: Role, qtbot: QtBot) -> None:
    stranger(desk, role)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.ask_about_left_behind()
    for dialog in parts(window, CrashRecovery):
        assert leaked() == []
        dialog.reject()
    qtbot.waitUntil(lambda: bool(window.page("today").cards))
    assert leaked() == []
    for card in window.page("today").cards.values():
        card.click()
        settled(window, qtbot)
        assert leaked() == []
    for words in WORDS:
        window.header.search.setText(words)
        settled(window, qtbot)
        assert leaked_in_pages(window) == []
    window.header.search.clear()
    settings = window.page("settings")
    window.enter("settings")
    for key in settings.keys:
        settings.show_section(key)
        desk.background.finish()
        QApplication.processEvents()
        assert leaked() == []
    window.open_matter(sealed)
    assert "没有查看权限" in window.toast.sentence
    for view in ("form", "preview", "history"):
        window.page("matter").show_view(view)
        desk.background.finish()
        QApplication.processEvents()
        assert leaked() == []
    for paper in FORMS:
        window.page("matter").show_paper(paper)
        assert leaked() == []
    window.lock()
    assert leaked() == []
    window.close()


def leaked_in_pages(window: MainWindow) -> list[str]:
    """Leave out the search box: it holds what was just typed."""
    told = everything(window.stack)
    return [word for word in WORDS if word in told]


def settled(window: MainWindow, qtbot: QtBot) -> None:
    finder = window.page("ledger").finder
    if finder.is_busy:
        with qtbot.waitSignal(finder.idle):
            pass


def test_somebody_registering_alike_is_not_told_of_it(
    desk: Desk, sealed: str, qtbot: QtBot
) -> None:
    stranger(desk, Role.CLERK)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    press(Qt.Key.Key_N, CTRL, on=window)
    view = window.page("registration").view
    view.take_up("petitioner.document_number")
    write(SEALED_WORDS[1])
    view.judging.look()
    desk.background.finish()
    QApplication.processEvents()
    assert view.proposals in ((), [])
    assert sealed not in everything(view)
    window.close()


def test_the_trail_names_an_accusation_by_its_number_only(
    desk: Desk, sealed: str, window: MainWindow, qtbot: QtBot
) -> None:
    window.enter("settings")
    section = window.page("settings").show_section("trail")
    qtbot.waitUntil(lambda: bool(section.lines))
    assert sealed in [line.number for line in section.lines]
    assert [word for word in WORDS if word in everything(section)] == []


def test_a_cleared_account_sees_in_lists_only_that_it_is_sealed(
    desk: Desk, sealed: str, window: MainWindow
) -> None:
    assert desk.viewer.cleared is CLEARED.cleared
    window.refresh()
    desk.background.finish()
    QApplication.processEvents()
    told = everything(window.page("today"))
    assert SEALED_TITLE in told
    assert [word for word in WORDS if word in told] == []
