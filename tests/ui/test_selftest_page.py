"""帮助 → 自检: begun by a key, read on the screen, copied for whoever maintains the PC."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import compose, focus, press, write
from xinfang_desktop import selftest
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.selftest import Bench, FaultError, Trial
from xinfang_desktop.ui import fonts
from xinfang_desktop.ui.help import HelpWindow
from xinfang_desktop.ui.selftest_page import SelfTestPage
from xinfang_desktop.ui.theme import Theme


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> SelfTestPage:
    window = HelpWindow(theme)
    qtbot.addWidget(window)
    window.open_topic("selftest")
    qtbot.waitExposed(window)
    page = window.part("selftest")
    assert isinstance(page, SelfTestPage)
    page.take_focus()
    return page


def run(page: SelfTestPage, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Space, on=page.start)
    qtbot.waitUntil(page.start.isEnabled, timeout=30_000)


def test_everything_is_tried_and_the_report_can_be_copied(page: SelfTestPage, qtbot: QtBot) -> None:
    assert focus() is page.start
    run(page, qtbot)
    lines = [page.list.item(row).text() for row in range(page.list.count())]
    assert page.message.text() == "全部正常，可以使用。"
    assert "✓  加密存储：" in lines[0]
    assert any(line.startswith("–  扫描识别") for line in lines)
    assert focus() is page.copy
    press(Qt.Key.Key_Space)
    copied = QGuiApplication.clipboard().text()
    assert "全部正常" in copied
    assert "窗口：offscreen" in copied
    assert "没有个人信息" in page.message.text()


def test_a_part_that_fails_is_named(
    page: SelfTestPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_: Bench) -> NoReturn:
        raise FaultError("字体不全")

    monkeypatch.setattr(selftest, "TRIALS", (Trial("fonts", "字体", faulty),))
    run(page, qtbot)
    assert page.list.item(0).text() == "✗  字体：字体不全"
    assert page.message.text().startswith("有1项不正常：字体")


def test_where_it_cannot_be_begun_it_says_why(
    page: SelfTestPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> NoReturn:
        raise OfficeError("临时文件夹不能写入。")

    monkeypatch.setattr(selftest, "run_trials", refuse)
    run(page, qtbot)
    assert page.message.text() == "临时文件夹不能写入。"
    assert not page.copy.isEnabled()


def test_chinese_from_the_input_method_is_told_from_letters(page: SelfTestPage) -> None:
    page.typing.setFocus()
    press(Qt.Key.Key_X)
    assert "只收到字母" in page.told.text()
    page.typing.clear()
    compose("xin")
    assert "正在拼字" in page.told.text()
    write("新房")
    assert page.typing.text() == "新房"
    assert "中文输入正常" in page.told.text()
    assert "中文输入正常" in page.report()


def test_pasted_words_prove_no_input_method(page: SelfTestPage) -> None:
    page.typing.setText("新房")
    assert "不是输入法送来的" in page.told.text()


WITHOUT_FONTS = """
from xinfang_desktop.ui import selftest_trials
selftest_trials.application()
print(selftest_trials._window(None))
"""


def test_a_pc_without_a_font_of_its_own_shows_chinese_by_the_shipped_ones(tmp_path: Path) -> None:
    none = tmp_path / "fonts.conf"
    none.write_text("<fontconfig></fontconfig>")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "FONTCONFIG_FILE": str(none), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.stdout.startswith("图标和汉字都能显示"), done.stderr


def test_shipped_fonts_that_were_damaged_are_told(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fonts.unreadable() == []
    damaged = tmp_path / "damaged.ttf"
    damaged.write_bytes(b"no font")
    monkeypatch.setattr(fonts, "resource", lambda *_: damaged)
    assert fonts.SHIPPED_SANS in fonts.unreadable()
