"""Trouble: one sentence, no traceback, no personal data."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import parts
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.ui import trouble
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.trouble import UNEXPECTED, Trouble, Watch, details_of


def stumble(secret: str) -> BaseException:
    try:
        raise ValueError(secret)
    except ValueError as error:
        return error


def test_details_name_the_kind_and_the_place_and_nothing_personal() -> None:
    details = details_of(stumble("张三 330602198803120355"))
    assert "ValueError" in details
    assert "test_trouble.py:" in details
    assert "张三" not in details
    assert "330602" not in details


def test_details_are_copied(theme: Theme, qtbot: QtBot) -> None:
    window = Trouble(theme, "出了点问题", UNEXPECTED, details="甲")
    qtbot.addWidget(window)
    buttons = parts(window, QPushButton)
    next(button for button in buttons if button.accessibleName() == "复制详情").click()
    assert QGuiApplication.clipboard().text() == "甲"
    assert "不含个人信息" in window.copied.text()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    shown: list[str] = []

    def show(window: Trouble) -> int:
        shown.append(window.sentence.text())
        return 0

    monkeypatch.setattr(trouble.Trouble, "exec", show)
    return shown


def test_an_unexpected_error_keeps_the_draft_first(
    theme: Theme, qtbot: QtBot, shown: list[str]
) -> None:
    kept: list[int] = []
    error = stumble("x")
    Watch(theme, lambda: kept.append(len(shown))).tell(type(error), error, error.__traceback__)
    assert kept == [0]
    assert shown == [UNEXPECTED]


def test_a_draft_that_cannot_be_kept_is_no_second_trouble(
    theme: Theme, qtbot: QtBot, shown: list[str]
) -> None:
    def refuse() -> None:
        raise OfficeError("磁盘已满。")

    error = stumble("x")
    Watch(theme, refuse).tell(type(error), error, error.__traceback__)
    assert shown == [trouble.UNEXPECTED_AND_UNKEPT]


def test_a_failure_of_the_office_is_shown_as_its_sentence(
    theme: Theme, qtbot: QtBot, shown: list[str]
) -> None:
    error = OfficeError("磁盘已满。")
    Watch(theme, pytest.fail).tell(OfficeError, error, None)
    assert shown == ["磁盘已满。"]
