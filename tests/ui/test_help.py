"""Help: short true pages, found by their words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import press, write
from xinfang_desktop.paths import resource
from xinfang_desktop.ui.help import TOPICS, HelpWindow, topics
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.theme import Theme


@pytest.fixture
def help_window(theme: Theme, qtbot: QtBot) -> HelpWindow:
    window = HelpWindow(theme)
    qtbot.addWidget(window)
    window.open_topic("printing")
    return window


def test_every_page_is_listed_and_every_listed_page_is_there() -> None:
    files = {path.stem for path in resource("help").glob("*.md")}
    assert files == set(TOPICS)
    assert all(topic.title and len(topic.text) > 100 for topic in topics())


def test_a_topic_opens_at_its_page(help_window: HelpWindow) -> None:
    assert help_window.topic == "printing"
    assert "打印" in help_window.text.toPlainText()
    help_window.open_topic("不知道的")
    assert help_window.topic == TOPICS[0]


def test_words_narrow_the_list(help_window: HelpWindow) -> None:
    write("倒数", help_window.filter)
    titles = [help_window.list.item(row).text() for row in range(help_window.list.count())]
    assert titles == ["锁定"]
    write("没有的", help_window.filter)
    assert (help_window.list.count(), help_window.topic) == (0, "")


def test_esc_closes_it(help_window: HelpWindow, qtbot: QtBot) -> None:
    qtbot.waitExposed(help_window)
    press(Qt.Key.Key_Escape, on=help_window.list)
    assert not help_window.isVisible()


def test_the_key_card_knows_the_keys_of_the_window(window: MainWindow) -> None:
    card = resource("help", "keys.md").read_text(encoding="utf-8")
    shortcuts = [child for child in window.children() if isinstance(child, QShortcut)]
    assert len(shortcuts) > 8
    for child in shortcuts:
        keys = child.key().toString(QKeySequence.SequenceFormat.PortableText)
        assert keys in card or keys in ("Ctrl++", "Ctrl+-", "Ctrl+="), keys
