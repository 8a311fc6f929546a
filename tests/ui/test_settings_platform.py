"""设置 · 上级平台: order and names of what is copied are the office's own, set by keys."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import ALT, CTRL, press, write
from xinfang_desktop.casework import platform
from xinfang_desktop.casework.platform import PRESETS
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.settings.platform import PlatformSection


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> PlatformSection:
    section = PlatformSection(desk)
    qtbot.addWidget(section)
    section.resize(1000, 700)
    with qtbot.waitExposed(section):
        section.show()
    section.activateWindow()
    section.refresh()
    section.take_focus()
    return section


def titles(section: PlatformSection) -> list[str]:
    return [title for title, _ in section.fields]


def kept(desk: Desk) -> list[str]:
    first, *_ = desk.read(platform.templates)
    return [field.title for field in first.fields]


def test_fields_are_moved_taken_out_and_renamed_and_kept_by_saving(
    section: PlatformSection, desk: Desk
) -> None:
    shipped = titles(section)
    press(Qt.Key.Key_Down, ALT)
    assert titles(section)[:2] == [shipped[1], shipped[0]]
    press(Qt.Key.Key_Delete)
    assert titles(section) == [shipped[1], *shipped[2:]]
    press(Qt.Key.Key_Return)
    section.field_title.selectAll()
    write("诉求人证号")
    press(Qt.Key.Key_Return)
    assert titles(section)[1] == "诉求人证号"
    assert kept(desk) == shipped
    press(Qt.Key.Key_S, CTRL)
    assert kept(desk) == titles(section)


def test_a_field_is_put_in_under_its_own_name(section: PlatformSection) -> None:
    section.source.setCurrentIndex(section.source.findData("agent"))
    section.source.activated.emit(section.source.currentIndex())
    assert section.field_title.text() == "代办人"
    section.add()
    assert section.fields[1] == ("代办人", "agent")


def test_a_template_is_made_from_another_renamed_and_left_out(
    section: PlatformSection, desk: Desk
) -> None:
    section.name.setText("市热线")
    section.new_template()
    assert section.templates.count() == len(PRESETS) + 1
    assert section.templates.currentText() == "市热线"
    section.name.setText("12345")
    section.rename_template()
    section.save()
    assert [one.title for one in desk.read(platform.templates)][-1] == "12345"
    section.templates.setCurrentIndex(section.templates.count() - 1)
    section.templates.activated.emit(section.templates.count() - 1)
    section.remove_template()
    section.save()
    assert desk.read(platform.templates) == PRESETS


def test_nothing_is_kept_of_what_cannot_be(section: PlatformSection, qtbot: QtBot) -> None:
    section.field_title.setText(" ")
    section.change()
    assert "请写平台上的名称" in section.message.text()
    while section.fields:
        section.remove()
    with qtbot.waitSignal(section.desk.failed) as told:
        section.save()
    assert told.args is not None and "一项也没有" in told.args[0]


def test_the_shipped_templates_can_be_had_back(section: PlatformSection, desk: Desk) -> None:
    section.remove()
    section.save()
    section.show_shipped()
    section.save()
    assert desk.read(platform.templates) == PRESETS
