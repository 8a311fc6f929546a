"""Preferences: remembered from day to day, never in the way."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect

from xinfang_desktop.ui.placing import USUAL, placed
from xinfang_desktop.ui.preferences import FILE_NAME, KeptPreferences, Preferences


def test_what_is_kept_is_there_the_next_day(tmp_path: Path) -> None:
    KeptPreferences(tmp_path).keep(size=125, dark=True, geometry=(1, 2, 800, 600))
    assert KeptPreferences(tmp_path).now == Preferences(
        size=125, dark=True, geometry=(1, 2, 800, 600)
    )


@pytest.mark.parametrize("content", ["", "[]", "{", '{"size": "big", "geometry": ["x"]}', "\x00"])
def test_a_spoilt_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    assert KeptPreferences(tmp_path).now == Preferences()


def test_a_size_that_does_not_exist_is_the_usual_one(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"size": 999, "dark": true}')
    look = KeptPreferences(tmp_path).now.look
    assert (look.size, look.dark) == (100, True)


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    kept = KeptPreferences(tmp_path / "nowhere")
    kept.keep(size=150)
    assert kept.now.size == 150


SCREEN = QRect(0, 0, 1920, 1040)


def test_a_window_comes_back_where_it_was() -> None:
    assert placed((100, 50, 1200, 700), [SCREEN]) == QRect(100, 50, 1200, 700)


@pytest.mark.parametrize("geometry", [(), (5000, 50, 1200, 700), (1900, 1030, 900, 600)])
def test_a_window_on_a_screen_that_is_gone_is_brought_back(geometry: tuple[int, ...]) -> None:
    place = placed(geometry, [SCREEN])
    assert SCREEN.contains(place)
    assert place.size() == USUAL


def test_a_small_screen_gets_a_window_that_fits() -> None:
    small = QRect(0, 0, 1024, 600)
    assert placed((), [small]) == small
