"""What the office does, in Chinese: each story by key in the window, and by the command line."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.commands import Xinfang
from tests.helpers.office import NOW
from tests.stories.command_hand import CommandHand
from tests.stories.reading import LANGUAGE, Sentence, Story, read_stories, stories
from tests.stories.sentences import all_meanings, meaning_of, play, used_meanings
from tests.stories.window_hand import WindowHand
from xinfang_desktop import cli
from xinfang_desktop.ui.main_window import MainWindow

FILES = sorted(Path(__file__).parent.glob("*.feature"))
STORIES = [story for path in FILES for story in read_stories(path)]
EVERY = pytest.mark.parametrize("story", STORIES, ids=[story.title for story in STORIES])


@EVERY
def test_by_key_in_the_window(
    story: Story, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "纸"
    folder.mkdir()
    play(story, WindowHand(window, qtbot, folder))


@EVERY
def test_by_the_command_line(
    story: Story, xinfang: Xinfang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_now", lambda: NOW)
    folder = tmp_path / "纸"
    folder.mkdir()
    play(story, CommandHand(xinfang, folder))


def test_every_meaning_is_used() -> None:
    assert {one.__name__ for one in all_meanings() - used_meanings(STORIES)} == set()


def test_a_sentence_without_a_meaning_fails() -> None:
    with pytest.raises(LookupError, match="来访.feature:3 有0种意思"):
        meaning_of(Sentence("领导很高兴", "来访.feature:3"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("功能: 来访", "来访:1"),
        (f"{LANGUAGE}\n功能: 来访\n  随便一句", "来访:3"),
        (f"{LANGUAGE}\n功能: 来访\n  当 没有场景", "来访:3"),
        (f"{LANGUAGE}\n功能: 来访\n  场景: 空的", "空的"),
        (f"{LANGUAGE}\n场景: 没有功能", "来访:2"),
    ],
)
def test_a_line_that_cannot_be_understood_is_told(text: str, place: str) -> None:
    with pytest.raises(ValueError, match=place):
        stories(text, "来访")
