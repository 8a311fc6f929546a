"""What the index lacks is put in behind the work, and a line says so."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.office import CLEARED, NOW
from tests.store.make_old import OLD, OLD_PASSWORD
from tests.ui.conftest import Registering
from xinfang_desktop.casework.search import find
from xinfang_desktop.store.database import open_store
from xinfang_desktop.ui import index_keeper
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.theme import Theme


@pytest.fixture
def old(tmp_path: Path, theme: Theme) -> Desk:
    """Give a desk on a store of the first schema, just upgraded."""
    shutil.copytree(OLD / "schema1", tmp_path / "旧")
    return Desk(open_store(tmp_path / "旧", password=OLD_PASSWORD), theme=theme, clock=lambda: NOW)


def test_an_old_store_is_put_in_and_the_line_goes_away(
    old: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_keeper, "_AT_ONCE", 1)
    window = MainWindow(old)
    qtbot.addWidget(window)
    told: list[str] = []
    window.index.told.connect(told.append)
    with qtbot.waitSignal(window.index.finished):
        pass
    assert told[-1] == ""
    assert any("还有" in sentence for sentence in told)
    assert not any("索引" in sentence for sentence in window.banners.sentences)
    ids = old.read(lambda session: find(session, "水渠", viewer=CLEARED))
    assert list(ids) == [3, 1]
    window.close()
    old.store.close()


def test_what_somebody_forgot_is_put_in_after_the_next_save(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    register()
    desk = window.desk
    change = "UPDATE petition SET conclusion = '已修好'"
    desk.store.do(lambda session: session.connection().exec_driver_sql(change))
    register()
    qtbot.waitUntil(
        lambda: desk.read(lambda session: len(find(session, "修好", viewer=CLEARED))) == 1
    )
