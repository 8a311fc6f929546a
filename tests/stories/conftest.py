"""The fixtures of the window, for stories that are played in it."""

from pathlib import Path

import pytest

from tests.ui.conftest import OFFSCREEN_CANNOT, desk, theme, window

__all__ = ["desk", "theme", "window"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the missing screen not count as a warning, in these tests only."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_CANNOT, extend=True))
