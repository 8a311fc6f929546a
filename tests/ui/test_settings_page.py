"""设置: what an account may do decides what there is, and all of it is reached by keys."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.office import ACCOUNT, CLEARED, NOW, petitioner, visit
from tests.ui.keyboard import ALT, CTRL, focus, press, write
from xinfang_desktop.casework import drafts
from xinfang_desktop.casework.audit import entries
from xinfang_desktop.casework.matters import save_office_profile
from xinfang_desktop.models import Channel, Kind, Note, Noted, Right, Role, Viewer
from xinfang_desktop.store.cipher import connect
from xinfang_desktop.store.database import Store
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.settings.bin import BinSection
from xinfang_desktop.ui.settings.office import OfficeSection
from xinfang_desktop.ui.settings.trail import PAGE, TrailSection
from xinfang_desktop.ui.settings_page import SECTIONS, SettingsPage

LATER = ("reminders", "backups")


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    press(Qt.Key.Key_9, ALT, on=window)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def office_of(page: SettingsPage) -> OfficeSection:
    section = page.show_section("office")
    assert isinstance(section, OfficeSection)
    return section


def trail_of(page: SettingsPage, qtbot: QtBot) -> TrailSection:
    section = page.show_section("trail")
    assert isinstance(section, TrailSection)
    qtbot.waitUntil(lambda: bool(section.lines))
    return section


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (Role.ADMINISTRATOR, ["accounts", "passwords", "platform", *LATER, "trail", "bin"]),
        (Role.CLERK, ["passwords", "platform", *LATER, "bin"]),
        (Role.LEADER, ["passwords", *LATER, "trail"]),
    ],
)
def test_each_role_finds_what_it_may_do(desk: Desk, role: Role, keys: list[str]) -> None:
    desk.store.viewer = Viewer(name=ACCOUNT, cleared=False, role=role)
    assert SettingsPage(desk).keys == ["office", "limits", "calendar", *keys]


def test_every_section_asks_for_a_right_that_somebody_has() -> None:
    assert all(isinstance(entry.right, Right) for entry in SECTIONS)


def test_the_keys_lead_in_and_out(window: MainWindow, page: SettingsPage) -> None:
    assert focus() is page.list
    press(Qt.Key.Key_Down)
    assert page.key == page.keys[1]
    press(Qt.Key.Key_Return)
    assert page.section(page.key).isAncestorOf(focus())
    press(Qt.Key.Key_Escape)
    assert focus() is page.list
    press(Qt.Key.Key_Escape)
    assert window.room == "today"


def test_a_leader_finds_no_way_to_register(desk: Desk, qtbot: QtBot) -> None:
    desk.store.viewer = Viewer(name="李领导", cleared=False, role=Role.LEADER)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert window.header.new_button.isHidden()
    press(Qt.Key.Key_N, CTRL, on=window)
    assert window.room == "today"
    assert "只能查看" in window.toast.sentence
    press(Qt.Key.Key_2, ALT, on=window)
    assert window.room == "today"


# 本单位


def test_the_office_is_changed_and_shown_at_once(
    window: MainWindow, page: SettingsPage, desk: Desk
) -> None:
    section = office_of(page)
    section.take_focus()
    press(Qt.Key.Key_A, CTRL)
    write("灵芝街道")
    press(Qt.Key.Key_S, CTRL)
    assert desk.office.name == "灵芝街道"
    assert "灵芝街道" in window.rail._office.text()
    press(Qt.Key.Key_2, ALT, on=window)
    assert window.page("registration").view.record.office.name == "灵芝街道"


def test_what_the_page_does_not_show_stays_as_it_was(page: SettingsPage, desk: Desk) -> None:
    kept = desk.office.model_copy(
        update={"channel_patterns": {Channel.LETTER: "信〔{year}〕{serial}号"}}
    )
    desk.do(lambda session: save_office_profile(session, kept))
    section = office_of(page)
    section.refresh()
    section.line("full_name").setText("某市灵芝街道办事处")
    section.save()
    assert desk.office.channel_patterns == kept.channel_patterns
    assert desk.office.full_name == "某市灵芝街道办事处"


def test_a_number_without_a_serial_is_not_kept(page: SettingsPage, desk: Desk) -> None:
    section = office_of(page)
    before = desk.office.number_pattern
    section.line("number_pattern").setFocus()
    press(Qt.Key.Key_A, CTRL)
    write("镜访〔2026〕号")
    press(Qt.Key.Key_S, CTRL)
    assert desk.office.number_pattern == before
    assert "没有保存" in section.message.text()


def test_leaders_and_endorsers_are_kept(page: SettingsPage, desk: Desk) -> None:
    section = office_of(page)
    post, person = section._leaders[0]
    post.setText("镇长")
    person.setText("周某")
    section.line(f"endorsers.{Kind.ACCUSATION.value}").setText("书记")
    section.save()
    assert [(one.title, one.name) for one in desk.office.leaders][:1] == [("镇长", "周某")]
    assert desk.office.endorser(Kind.ACCUSATION) == "书记"


def test_only_an_administrator_changes_the_office(desk: Desk, qtbot: QtBot) -> None:
    desk.store.viewer = Viewer(name="某经办", cleared=False, role=Role.CLERK)
    section = OfficeSection(desk)
    qtbot.addWidget(section)
    section.refresh()
    assert section.line("name").isReadOnly()
    section.line("name").setText("别的单位")
    section.save()
    assert desk.office.name != "别的单位"


def test_changing_the_office_is_in_the_trail(page: SettingsPage, desk: Desk) -> None:
    office_of(page).save()
    told = desk.read(lambda session: entries(session, viewer=desk.viewer))
    assert told[0].act == Noted.SETTINGS.value


# 操作记录


def test_the_trail_is_read_page_by_page(page: SettingsPage, store: Store, qtbot: QtBot) -> None:
    store.note(*(Note(Noted.PRINT, number=f"第{n}号") for n in range(PAGE + 5)))
    section = trail_of(page, qtbot)
    assert len(section.lines) == PAGE
    section.table.setCurrentCell(PAGE - 1, 0)
    qtbot.waitUntil(lambda: len(section.lines) > PAGE)
    ids = [line.id for line in section.lines]
    assert ids == sorted(set(ids), reverse=True)


def test_the_trail_is_narrowed_by_number_act_and_day(
    page: SettingsPage, store: Store, qtbot: QtBot
) -> None:
    store.note(
        Note(Noted.PRINT, number="甲1号", at=NOW), Note(Noted.EXPORT, number="乙1号", at=NOW)
    )
    section = trail_of(page, qtbot)
    write("甲1号", section.number)
    qtbot.waitUntil(lambda: [line.number for line in section.lines] == ["甲1号"])
    section.number.clear()
    section.act.setCurrentIndex(section.act.findData(Noted.EXPORT.value))
    section.refresh()
    qtbot.waitUntil(lambda: [line.number for line in section.lines] == ["乙1号"])
    section.act.setCurrentIndex(0)
    write("20200101", section.last)
    qtbot.waitUntil(lambda: section.lines == [])
    write("不是", section.first)
    qtbot.waitUntil(lambda: "日期" in section.message.text())


def test_the_chain_is_verified_and_a_break_is_told(
    page: SettingsPage, store: Store, qtbot: QtBot
) -> None:
    store.note(Note(Noted.PRINT, number="甲1号", at=NOW))
    section = trail_of(page, qtbot)
    section.verify()
    qtbot.waitUntil(lambda: section.verdict.text().startswith("✓"))
    connection = connect(store.folder.store, store.key_for_slots())
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
    ).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE audit_entry SET by = '别人' WHERE id = 1")
    connection.close()
    section.verify()
    qtbot.waitUntil(lambda: section.verdict.text().startswith("！"))
    assert "从第1条起" in section.verdict.text()


# 草稿回收站


def test_a_discarded_draft_is_taken_back_by_enter(
    window: MainWindow, page: SettingsPage, desk: Desk
) -> None:
    def leave(session: object) -> None:
        kept = drafts.save_draft(
            session,  # type: ignore[arg-type]
            "visit_registration",
            visit(petitioner(name="龚㛃")),
            draft_id=None,
            now=NOW,
        )
        drafts.discard_draft(session, kept, now=NOW)  # type: ignore[arg-type]

    desk.do(leave)
    section = page.show_section("bin")
    assert isinstance(section, BinSection)
    section.take_focus()
    press(Qt.Key.Key_Return, on=section.table)
    assert window.room == "registration"
    assert window.page("registration").view.record.petitioner.name == "龚㛃"
    assert [one.names for one in desk.read(lambda s: drafts.drafts(s, CLEARED))] == ["龚㛃"]
