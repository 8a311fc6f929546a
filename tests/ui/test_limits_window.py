"""时限规则, 工作日历 and 为什么是这一天 in the window, by keys."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, NOW, SEALED_WORDS, accusation, visit
from tests.helpers.pdf_reading import text_by_pdfium
from tests.ui.conftest import Registering
from tests.ui.keyboard import ALT, CTRL, focus, parts, press, write
from xinfang_desktop.casework.due import due, limits_of
from xinfang_desktop.casework.limit_rules import rule_book
from xinfang_desktop.casework.work_calendar import WorkCalendar
from xinfang_desktop.models import LimitEvent, LimitUnit, Role, Route, RuleGroup, Viewer
from xinfang_desktop.reports.explanation import explained_line
from xinfang_desktop.store.database import Store
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.explanation import Explanation, explain_item, open_explanation
from xinfang_desktop.ui.limit_keeper import LimitKeeper
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.settings.calendar import CalendarSection
from xinfang_desktop.ui.settings.limits import LimitsSection
from xinfang_desktop.ui.settings.section import Section
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.year_view import YearView

NOTICE = 'year = 2027\nsource = "通知"\n[off]\n"2027-01-01..2027-01-20" = "元旦"\n'


SectionT = TypeVar("SectionT", bound=Section)


@pytest.fixture
def limits(desk: Desk, qtbot: QtBot) -> LimitsSection:
    return shown(LimitsSection(desk), qtbot)


@pytest.fixture
def calendar(desk: Desk, qtbot: QtBot) -> CalendarSection:
    return shown(CalendarSection(desk), qtbot)


def shown(section: SectionT, qtbot: QtBot) -> SectionT:
    """Show a section by itself, with the keyboard in it."""
    qtbot.addWidget(section)
    section.resize(1000, 800)
    with qtbot.waitExposed(section):
        section.show()
    section.activateWindow()
    qtbot.waitUntil(section.isActiveWindow)
    section.refresh()
    section.take_focus()
    return section


def words_of(section: LimitsSection, column: int) -> list[str]:
    table = section.table
    items = (table.item(row, column) for row in range(table.rowCount()))
    return [item.text().strip() if item else "" for item in items]


def versions(section: LimitsSection, key: str) -> int:
    return len(section.desk.read(rule_book).versions(key))


def test_both_are_reached_by_keys(window: MainWindow) -> None:
    press(Qt.Key.Key_9, ALT, on=window)
    page = window.page("settings")
    for key in ("limits", "calendar"):
        page.list.setFocus()
        press(Qt.Key.Key_Down, on=page.list)
        assert page.key == key
        press(Qt.Key.Key_Return, on=page.list)
        assert page.section(key).isAncestorOf(focus())


# rules


def test_the_rules_stand_by_group_and_the_group_of_2211_waits_to_be_filled(
    limits: LimitsSection,
) -> None:
    def column_of(column: int) -> list[str]:
        return words_of(limits, column)

    names = column_of(0)
    assert [name for name in names if name in {group.label for group in RuleGroup}] == [
        group.label for group in RuleGroup
    ]
    assert column_of(4)[names.index("“2211”节点")] == "还没有节点，按 Ins 新增"
    assert column_of(3)[names.index("简易办理决定受理")] == "已停用"


def test_a_figure_is_changed_by_keys_and_holds_from_a_day_on(
    limits: LimitsSection, qtbot: QtBot
) -> None:
    limits.choose("follow_up")
    press(Qt.Key.Key_Return, on=limits.table)
    assert limits.is_editing
    limits.blanks.amount.setFocus()
    limits.blanks.amount.setValue(5)
    press(Qt.Key.Key_S, CTRL, on=limits.blanks.amount)
    qtbot.waitUntil(lambda: not limits.is_editing)
    rule = limits.rule
    assert rule is not None
    assert (rule.amount, rule.version, rule.effective_from) == (5, 2, NOW.date())


def test_space_switches_a_rule_and_reset_brings_the_shipped_one_back(
    limits: LimitsSection, qtbot: QtBot
) -> None:
    limits.choose("same_day")
    press(Qt.Key.Key_Space, on=limits.table)
    qtbot.waitUntil(lambda: versions(limits, "same_day") == 2)
    qtbot.waitUntil(lambda: limits.rule is not None and not limits.rule.enabled)
    limits.reset()
    qtbot.waitUntil(lambda: limits.rule is not None and limits.rule.enabled)
    assert versions(limits, "same_day") == 3


def test_a_change_can_be_taken_back_as_long_as_it_is_the_newest(
    limits: LimitsSection, qtbot: QtBot
) -> None:
    undo: list[Callable[[], object]] = []
    limits.desk.told_undoable.connect(lambda _, act: undo.append(act))
    limits.choose("same_day")
    press(Qt.Key.Key_Space, on=limits.table)
    qtbot.waitUntil(lambda: len(undo) == 1)
    undo[0]()
    qtbot.waitUntil(lambda: limits.rule is not None and limits.rule.enabled)
    assert versions(limits, "same_day") == 3
    with qtbot.waitSignal(limits.desk.failed) as refused:
        undo[0]()
    assert "之后又改过" in refused.args[0]


def test_a_node_of_2211_is_added_by_keys(limits: LimitsSection, qtbot: QtBot) -> None:
    limits.table.setCurrentCell(words_of(limits, 0).index("“2211”节点"), 0)
    press(Qt.Key.Key_Insert, on=limits.table)
    write("两小时签收", limits.blanks.name)
    write("本单位要求", limits.blanks.basis)
    limits.blanks.amount.setValue(2)
    limits.blanks.unit.setCurrentIndex(limits.blanks.unit.findData(LimitUnit.WORKING_HOURS))
    press(Qt.Key.Key_S, CTRL, on=limits.blanks.name)
    qtbot.waitUntil(lambda: limits.rule is not None and limits.rule.title == "两小时签收")
    rule = limits.rule
    assert rule is not None
    assert rule.group is RuleGroup.NODES_2211
    assert rule.stops == (LimitEvent.SIGNED_IN,)


def test_what_cannot_be_is_said_beside_the_blanks_and_nothing_is_lost(
    limits: LimitsSection, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Insert, on=limits.table)
    write("只有名称", limits.blanks.name)
    press(Qt.Key.Key_S, CTRL, on=limits.blanks.name)
    qtbot.waitUntil(lambda: "依据：不能为空" in limits.message.text())
    assert limits.is_editing and limits.blanks.name.text() == "只有名称"
    limits.blanks.since.setText("哪天")
    limits.save()
    assert "自何日起" in limits.message.text()
    assert limits.escape()
    assert not limits.escape()


def test_nothing_is_saved_while_the_input_method_composes(limits: LimitsSection) -> None:
    from tests.ui.keyboard import compose

    press(Qt.Key.Key_Insert, on=limits.table)
    compose("liang", limits.blanks.name)
    limits.save()
    assert limits.message.text() == ""


def test_a_rule_is_tried_out_and_tells_why(limits: LimitsSection) -> None:
    limits.choose("notice")
    limits.start.setFocus()
    write("2026-09-17", limits.start)
    press(Qt.Key.Key_Return, on=limits.start)
    [dialog] = parts(limits, Explanation)
    assert "期限：2026年10月8日（周四）" in dialog.text
    assert "国庆节放假" in dialog.text
    assert "《信访工作条例》第二十三条第二款" in dialog.text
    dialog.reject()
    limits.start.setText("哪天")
    assert limits.try_out() is None
    assert "起算日期请写成" in limits.message.text()


def test_somebody_who_may_only_look_changes_no_rule(store: Store, desk: Desk) -> None:
    store.viewer = Viewer(name=ACCOUNT, cleared=False, role=Role.LEADER)
    section = LimitsSection(desk)
    section.refresh()
    section.choose("same_day")
    section.switch()
    section.start_new()
    section.edit(1)
    assert not section.is_editing
    assert versions(section, "same_day") == 1


# the calendar


def test_the_year_is_walked_by_keys(calendar: CalendarSection) -> None:
    assert focus() is calendar.view
    assert calendar.day == NOW.date()
    press(Qt.Key.Key_Home)
    assert calendar.day == date(2026, 1, 1)
    assert "元旦放假" in calendar.told.text()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        press(key)
    assert calendar.day == date(2026, 2, 9)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Right)
    assert (calendar.year.value(), calendar.day) == (2027, date(2027, 1, 1))
    assert "2027年的放假安排还没有录入" in calendar.state.text()
    press(Qt.Key.Key_Left)
    assert calendar.day == date(2026, 12, 31)


def test_a_day_is_taken_off_and_given_back_by_keys(calendar: CalendarSection, qtbot: QtBot) -> None:
    undo: list[Callable[[], object]] = []
    calendar.desk.told_undoable.connect(lambda _, act: undo.append(act))
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    day = date(2026, 11, 24)
    press(Qt.Key.Key_Space)
    assert focus() is calendar.name
    write("停电检修")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not calendar.calendar.is_working(day))
    assert focus() is calendar.view
    assert "停电检修（本单位设置）" in calendar.told.text()
    undo[-1]()
    qtbot.waitUntil(lambda: calendar.calendar.is_working(day))
    calendar.name.setText("停电检修")
    calendar.how.setCurrentIndex(0)
    calendar.keep_day()
    qtbot.waitUntil(lambda: not calendar.calendar.is_working(day))
    press(Qt.Key.Key_Delete, on=calendar.view)
    qtbot.waitUntil(lambda: calendar.calendar.is_working(day))
    undo[-1]()
    qtbot.waitUntil(lambda: not calendar.calendar.is_working(day))
    calendar.view.setFocus()
    press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: calendar.calendar.is_working(day))


def test_a_day_without_a_reason_is_not_kept(calendar: CalendarSection, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "请写明这一天为什么" in calendar.message.text())
    assert calendar.escape()
    assert focus() is calendar.view and not calendar.escape()


def test_a_click_takes_a_day_in_hand(calendar: CalendarSection) -> None:
    place = calendar.view.place_of(date(2026, 3, 4)) + QPoint(2, 2)
    QTest.mouseClick(calendar.view, Qt.MouseButton.LeftButton, pos=place)
    assert calendar.day == date(2026, 3, 4)
    press(Qt.Key.Key_Return, on=calendar.view)
    assert focus() is calendar.name


def test_the_banner_tells_of_a_year_not_announced_until_it_is_imported(
    window: MainWindow, register: Registering, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.banners.sentences == []
    petition = register(
        visit(received_on=date(2026, 11, 10), accepted_on=date(2026, 11, 18), route=Route.PETITION)
    )
    [told] = window.banners.sentences
    assert "2027年放假安排还没有录入" in told and "1件" in told
    window.show_calendar()
    section = window.page("settings").section("calendar")
    file = tmp_path / "2027.toml"
    file.write_text(NOTICE, "utf-8")
    section.import_file(file)
    qtbot.waitUntil(lambda: window.banners.sentences == [])
    assert section.year.value() == 2027
    assert "请核对" in section.message.text()
    window.open_matter(petition.number)
    viewer, id = window.desk.viewer, petition.id or 0
    lines = window.desk.read(lambda s: limits_of(s, id, viewer=viewer, today=window.desk.today()))
    conclude = next(line for line in lines if line.rule.key == "conclude")
    assert conclude.due_on == date(2027, 1, 21)
    assert not conclude.provisional


def test_a_file_with_a_wrong_line_is_refused_where_it_was_chosen(
    calendar: CalendarSection, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "2027.toml"
    file.write_text(NOTICE + '2027-02-31 = "春节"\n', "utf-8")
    calendar.import_file(file)
    qtbot.waitUntil(lambda: "第5行" in calendar.message.text())
    file.write_bytes("元旦".encode("gbk"))
    calendar.import_file(file)
    assert "不是UTF-8" in calendar.message.text()
    calendar.import_file(tmp_path / "没有.toml")
    assert "找不到" in calendar.message.text()


def test_a_year_is_written_to_a_file_that_can_be_imported(
    calendar: CalendarSection, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "2026.toml"
    calendar.export_file(file)
    assert '2026-10-01 = "国庆节"' in file.read_text("utf-8")
    calendar.import_file(file)
    qtbot.waitUntil(lambda: not calendar.calendar.is_shipped(2026))
    assert calendar.calendar.is_working(date(2026, 10, 10))


def test_the_office_hours_are_typed_and_kept(calendar: CalendarSection, qtbot: QtBot) -> None:
    calendar.hours.times["winter", "morning_from"].setText("8:00")
    calendar.hours.summer[0].setText("5月1日")
    calendar.save_hours()
    qtbot.waitUntil(lambda: calendar.calendar.hours.winter.morning_from == time(8))
    assert calendar.calendar.hours.summer_from == (5, 1)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("morning_from", "早上", "上下班时间请写成"),
        ("morning_from", "13:00", "要依次是"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    calendar: CalendarSection, field: str, typed: str, told: str
) -> None:
    calendar.hours.times["winter", field].setText(typed)
    calendar.save_hours()
    assert told in calendar.message.text()


def test_a_summer_that_is_no_day_is_refused(calendar: CalendarSection) -> None:
    calendar.hours.summer[0].setText("夏天")
    calendar.save_hours()
    assert "夏令的起止日期" in calendar.message.text()


def test_the_months_stand_in_as_many_columns_as_there_is_room_for(
    theme: Theme, qtbot: QtBot
) -> None:
    view = YearView(theme)
    qtbot.addWidget(view)
    view.show_year(WorkCalendar(), date(2026, 2, 28), NOW.date())
    heights = []
    for width in (900, 700, 450, 200):
        view.resize(width, 10)
        view.grab()
        heights.append(view.height())
    assert heights == sorted(heights) and len(set(heights)) == 4
    assert view.accessibleDescription() == "2026-02-28 春节调休上班"


# why it is this day


def test_an_explanation_is_copied_and_printed_on_one_page(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    petition = register(visit(received_on=date(2026, 9, 17)))
    viewer, id = window.desk.viewer, petition.id or 0

    def read(session: Session) -> object:
        return limits_of(session, id, viewer=viewer, today=window.desk.today())

    line = next(one for one in window.desk.read(read) if one.rule.key == "notice")  # type: ignore[attr-defined]
    dialog = open_explanation(window.desk, explained_line(line), window)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_C, CTRL, on=dialog)
    assert petition.number in QGuiApplication.clipboard().text()
    paper = dialog._paper()
    assert paper.name == f"{petition.number} 书面告知时限说明"
    told = text_by_pdfium(paper.pdf()).replace("\n", "")
    assert "国庆节放假" in told and "第二百零三条" in told
    assert paper.docx is not None
    assert paper.docx().startswith(b"PK") and paper.warnings() == []
    press(Qt.Key.Key_P, CTRL, on=dialog)
    assert any(type(child).__name__ == "PrintDialog" for child in dialog.children())
    dialog.reject()


def test_an_older_store_gets_its_limits_when_it_is_opened(
    desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    register(visit(received_on=date(2026, 11, 20)))
    desk.do(lambda s: s.connection().exec_driver_sql("DELETE FROM deadline"))
    keeper = LimitKeeper(desk)
    with qtbot.waitSignal(keeper.caught_up):
        keeper.begin()
    with desk.store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM deadline").fetchone()[0] == 2


def test_a_store_that_is_only_read_is_left_as_it_is(
    store: Store, desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    register(visit(received_on=date(2026, 11, 20)))
    desk.do(lambda s: s.connection().exec_driver_sql("DELETE FROM deadline"))
    store.viewer = Viewer(name=ACCOUNT, cleared=False, role=Role.LEADER)
    keeper = LimitKeeper(desk)
    with qtbot.waitSignal(keeper.told), qtbot.assertNotEmitted(keeper.caught_up):
        keeper.begin()


def test_a_limit_on_the_page_of_its_matter_opens_its_sheet(
    window: MainWindow, register: Registering
) -> None:
    petition = register(visit(received_on=date(2026, 11, 20)))
    window.open_matter(petition.number)
    row = window.page("matter").limits.rows[0]
    row.setFocus()
    press(Qt.Key.Key_F1, on=row)
    assert row.explains
    [sheet] = parts(row, QPushButton)
    sheet.click()
    [dialog] = parts(window, Explanation)
    assert dialog.told.number == petition.number
    dialog.reject()


def test_an_item_of_the_days_lists_tells_why_also_a_sealed_one(
    window: MainWindow, register: Registering
) -> None:
    register(accusation(received_on=date(2026, 11, 20)))
    viewer = window.desk.viewer
    [item, *_] = window.desk.read(lambda s: due(s, NOW.date(), viewer=viewer, within=None))
    dialog = explain_item(window.desk, item, window)
    assert dialog is not None and "书面告知" in dialog.windowTitle()
    assert not any(word in dialog.text for word in SEALED_WORDS)
    dialog.reject()
    gone = item._replace(occurrence=9)
    assert explain_item(window.desk, gone, window) is None
