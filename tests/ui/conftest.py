"""Fixtures of the window: a theme, a desk on a real encrypted store, and the whole window."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.office import NOW, visit
from xinfang_desktop.casework import registration
from xinfang_desktop.models import Matter, Petition
from xinfang_desktop.store.database import Store
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.theme import Theme

OFFSCREEN_CANNOT = "This plugin does not support (propagateSizeHints|raise|grabbing)"
"""What Qt says of the screen that is none; no fault of the window."""

Registering = Callable[..., Petition]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the missing screen not count as a warning, in these tests only."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_CANNOT, extend=True))


@pytest.fixture(autouse=True)
def _collected_on_this_thread() -> Iterator[None]:
    """Collect what a test leaves here: a widget collected on a worker's thread crashes Qt."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """Give the usual look."""
    return Theme(qapp)


@pytest.fixture
def desk(store: Store, theme: Theme) -> Iterator[Desk]:
    """Give a desk on the day of the tests."""
    desk = Desk(store, theme=theme, clock=lambda: NOW)
    yield desk
    desk.background.let_go()
    desk.closing.emit()


@pytest.fixture
def register(desk: Desk) -> Registering:
    """Give the act of putting a matter in the books."""

    def act(matter: Matter | None = None, **changes: object) -> Petition:
        entered = matter or visit(**changes)
        return desk.do(lambda session: registration.register(session, entered, by="王", now=NOW))

    return act


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """Give the whole window, shown and at rest."""
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: bool(window.page("today").cards))
    yield window
    window.close()
