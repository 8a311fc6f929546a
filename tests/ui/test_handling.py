"""Handling in the window: the next act by key, its blanks beside the paper, and the way back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.office import ACCOUNT, CLEARED, NOW, accusation, visit
from tests.helpers.way import TO_CONCLUSION, TO_FOLLOW_UP, TO_HANDLING, Walk, from_superior
from tests.ui.keyboard import ALT, CTRL, SHIFT, compose, focus, parts, press, write
from xinfang_desktop.models import Action, Kind, Role, Satisfaction, Stage, Viewer
from xinfang_desktop.paths import resource
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.time_line import TimeLine

A = Action
ENTER = Qt.Key.Key_Return
F10, F11, ESC = Qt.Key.Key_F10, Qt.Key.Key_F11, Qt.Key.Key_Escape


def opened(window: MainWindow, walk: Walk) -> MatterPage:
    window.open_matter(walk.number)
    page = window.page("matter")
    assert isinstance(page, MatterPage)
    return page


@pytest.fixture
def walk(desk: Desk) -> Walk:
    """Give an item from the platform that was just registered."""
    return Walk(desk.store)


@pytest.fixture
def page(window: MainWindow, walk: Walk) -> MatterPage:
    return opened(window, walk)


def said(page: MatterPage) -> str:
    return page.acting.panel.trouble


# the way


def test_the_bar_tells_where_the_matter_stands_and_what_is_to_come(
    window: MainWindow, walk: Walk
) -> None:
    walk.do(A.SIGN_IN)
    page = opened(window, walk)
    assert page.way.bar.shown[:3] == ["已登记", "已签收", "交办签批"]
    told = page.way.bar.accessibleDescription()
    assert "现在：已签收，10月9日起" in told
    assert told.endswith("将要：已归档")
    assert page.way.next.text() == "送交办签批  F10"
    assert page.way.paper.text() == "印2211流程办理单"


def test_where_there_is_no_room_the_stages_about_the_present_one_are_shown(
    window: MainWindow, walk: Walk
) -> None:
    walk.do(*TO_CONCLUSION)
    page = opened(window, walk)
    bar = page.way.bar
    bar.resize(320, bar.height())
    assert 1 < len(bar.shown) < 6
    assert "已办结" in bar.shown
    bar.setFocus()
    for _ in range(20):
        press(Qt.Key.Key_Left)
    assert bar.shown[0] == "已登记"
    assert bar.accessibleDescription().startswith("已过：已登记")
    press(ENTER)
    assert page.history.isVisible()


# an act


def test_the_next_act_is_done_by_keys_alone(page: MatterPage, walk: Walk, qtbot: QtBot) -> None:
    press(F10, on=page)
    assert page.acting.panel.blank("until_on").isAncestorOf(focus())
    write("20261120")
    press(ENTER)
    write("钉钉已收")
    press(ENTER)
    assert focus().text() == ACCOUNT  # type: ignore[attr-defined]
    press(ENTER)
    press(Qt.Key.Key_A, CTRL)
    write("10-9")
    press(ENTER)
    assert page.acting.panel.blank("on").raw == "2026年10月9日"
    write("1430")
    with qtbot.waitSignal(page.acting.acted):
        press(ENTER, CTRL)
    step = walk.way.steps[-1]
    assert (step.action, step.done_by, step.words) == (A.SIGN_IN, ACCOUNT, "钉钉已收")
    assert (f"{step.done_on}", f"{step.done_at:%H:%M}") == ("2026-10-09", "14:30")
    assert f"{step.until_on}" == "2026-11-20"
    assert walk.stands_at(Stage.SIGNED_IN)
    assert page.way.next.text() == "送交办签批  F10"
    assert page.view.paper.key == "process_sheet_2211"
    assert not page.acting.is_open


def test_what_was_done_is_taken_back_from_the_toast(
    page: MatterPage, walk: Walk, window: MainWindow
) -> None:
    press(F10, on=page)
    press(ENTER, CTRL)
    assert window.toast.sentence == "已办：签收；按 Ctrl+P 打印2211流程办理单"
    press(Qt.Key.Key_Z, ALT, on=page)
    assert walk.stands_at(Stage.REGISTERED)
    assert page.way.next.text() == "签收  F10"


def test_an_act_of_last_week_is_taken_back_from_the_list_and_from_the_time_line(
    window: MainWindow, walk: Walk
) -> None:
    walk.do(*TO_HANDLING)
    page = opened(window, walk)
    press(F11, on=page)
    assert page.acting.offers.listed[-1] is A.TAKE_BACK
    press(Qt.Key.Key_End)
    press(ENTER)
    assert walk.stands_at(Stage.ASSIGNING)
    page.show_view("history")
    page.history.take_back_requested.emit()
    assert walk.stands_at(Stage.SIGNED_IN)
    struck = [part.text() for part in parts(page.history, QLabel) if _is_struck(part)]
    assert {"交办", "送交办签批"} <= set(struck)


def _is_struck(part: QLabel) -> bool:
    return str(part.property("role")) == "struck"


def test_what_is_wanted_is_said_at_its_blank_and_nothing_is_lost(
    window: MainWindow, walk: Walk
) -> None:
    walk.do(A.SIGN_IN, A.SUBMIT)
    page = opened(window, walk)
    press(F10, on=page)
    panel = page.acting.panel
    panel.blank("words").setFocus()
    write("同意")
    press(ENTER, CTRL)
    assert panel.blank("body").trouble == "还要填承办部室（单位）。"
    assert panel.blank("body").isAncestorOf(focus())
    write("建设管理部")
    assert said(page) == ""
    press(ENTER, CTRL)
    assert walk.way.steps[-1].words == "同意"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("13-40", "没有这一天，请核对日期。"),
        ("2026-12-25", "的日期2026-12-25还没有到，请核对；没有办理，数据没有改动。"),
        ("2026-10-01", "早于2026-10-08（收到日期）"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_the_day(
    page: MatterPage, walk: Walk, typed: str, told: str
) -> None:
    press(F10, on=page)
    panel = page.acting.panel
    panel.blank("on").setFocus()
    press(Qt.Key.Key_A, CTRL)
    write(typed)
    press(ENTER, CTRL)
    assert told in panel.blank("on").trouble
    assert panel.blank("on").isAncestorOf(focus())
    assert walk.stands_at(Stage.REGISTERED)


def test_what_is_typed_stays_when_the_panel_is_put_away(
    page: MatterPage, window: MainWindow, desk: Desk
) -> None:
    other = Walk(desk.store)
    here = page.number
    press(F10, on=page)
    page.acting.panel.blank("words").setFocus()
    write("还没写完")
    press(ESC)
    assert not page.acting.is_open
    window.open_matter(other.number)
    press(F10, on=page)
    assert page.acting.panel.blank("words").raw == ""
    window.open_matter(here)
    press(F10, on=page)
    assert page.acting.panel.blank("words").raw == "还没写完"


def test_esc_and_doing_wait_for_the_input_method(page: MatterPage, walk: Walk) -> None:
    press(F10, on=page)
    page.acting.panel.blank("words").setFocus()
    compose("tong yi")
    press(ENTER, CTRL)
    press(ESC)
    assert page.acting.is_open
    assert walk.stands_at(Stage.REGISTERED)
    write("同意")
    press(ENTER, CTRL)
    assert walk.stands_at(Stage.SIGNED_IN)


def test_shift_and_enter_begin_a_new_line(page: MatterPage) -> None:
    press(F10, on=page)
    page.acting.panel.blank("words").setFocus()
    write("一、")
    press(ENTER, SHIFT)
    write("二、")
    assert page.acting.panel.blank("words").raw == "一、\n二、"


def test_names_are_proposed_and_taken_with_the_arrows(
    window: MainWindow, walk: Walk, desk: Desk
) -> None:
    for leader in ("钱主任", "孙分管"):
        before = Walk(desk.store)
        before.do(A.SIGN_IN, A.SUBMIT)
        before.do(A.ASSIGN, by=leader)
    walk.do(A.SIGN_IN, A.SUBMIT)
    page = opened(window, walk)
    press(F10, on=page)
    press(Qt.Key.Key_Down)
    assert page.acting.panel.blank("body").raw == "建设管理部"
    page.acting.panel.blank("by").setFocus()
    for name in ("孙分管", "钱主任", "孙分管"):
        press(Qt.Key.Key_Down)
        assert page.acting.panel.blank("by").raw == name
    press(Qt.Key.Key_Up)
    assert page.acting.panel.blank("by").raw == "钱主任"
    press(ENTER, CTRL)
    assert walk.way.steps[-1].done_by == "钱主任"


# what may be done besides


def test_the_others_are_taken_by_their_letters(page: MatterPage, walk: Walk) -> None:
    press(F11, on=page)
    listed = page.acting.offers.listed
    assert listed[0] is A.SIGN_IN
    assert A.TAKE_BACK not in listed
    press(Qt.Key(ord("A") + listed.index(A.TRANSFER)))
    assert page.acting.panel.action is A.TRANSFER
    write("市水利局")
    press(ENTER, CTRL)
    assert walk.stands_at(Stage.TRANSFERRED)
    assert page.view.paper.key == "referral_letter"


def test_why_something_cannot_be_done_now_is_told_and_it_cannot_be_done(
    window: MainWindow, desk: Desk
) -> None:
    walk = Walk(desk.store, from_superior(kind=None, route=None))
    walk.do(A.SIGN_IN)
    page = opened(window, walk)
    assert page.way.next.text() == "分类定性  F10"
    press(F11, on=page)
    told = [part.text() for part in parts(page.acting.offers, QLabel)]
    assert any(words.startswith("不能办：还没有分类") for words in told)
    page.acting.open_act(A.SUBMIT)
    press(ENTER, CTRL)
    assert walk.stands_at(Stage.SIGNED_IN)


def test_the_consequences_are_told_while_a_kind_is_chosen(window: MainWindow, desk: Desk) -> None:
    walk = Walk(desk.store, visit(kind=None))
    page = opened(window, walk)
    page.acting.open_act(A.CLASSIFY)
    consequences = page.acting.panel.consequences
    assert consequences.isHidden()
    press(Qt.Key.Key_1)
    assert "认真研究论证" in consequences.accessibleDescription()
    assert page.acting.panel.blank("route").isHidden()
    press(Qt.Key.Key_2)
    assert "封存" in consequences.accessibleDescription()
    press(Qt.Key.Key_3)
    press(ENTER)
    press(Qt.Key.Key_6)
    assert "自受理之日起60日内办结" in consequences.accessibleDescription()
    press(ENTER, CTRL)
    assert walk.matter.petition.kind is Kind.REMEDY


# thinking first


def test_recusal_is_asked_where_the_handler_is_called_as_the_petitioner(
    window: MainWindow, walk: Walk
) -> None:
    walk.do(A.SIGN_IN, A.SUBMIT)
    page = opened(window, walk)
    press(F10, on=page)
    write("建设管理部")
    page.acting.panel.blank("by").setFocus()
    write(walk.matter.petitioner.name)
    press(ENTER, CTRL)
    assert walk.stands_at(Stage.ASSIGNING)
    assert "回避（条例第二十八条第三款）" in page.acting.panel.concern
    assert focus().accessibleName() == "不是同一人，继续"
    press(ENTER)
    assert walk.stands_at(Stage.HANDLING)


def test_who_must_withdraw_is_replaced_at_once(window: MainWindow, walk: Walk) -> None:
    walk.do(*TO_HANDLING)
    page = opened(window, walk)
    press(F10, on=page)
    page.acting.panel.blank("conclusion").setFocus()
    write("已清淤。")
    page.acting.panel.blank("handler").setFocus()
    write(walk.matter.petitioner.name)
    press(ENTER, CTRL)
    press(Qt.Key.Key_Tab)
    press(ENTER)
    assert page.acting.panel.action is A.RECUSE
    press(ESC)
    press(F10, on=page)
    assert page.acting.panel.blank("conclusion").raw == "已清淤。"


def test_another_name_needs_to_be_thought_about_anew(window: MainWindow, walk: Walk) -> None:
    walk.do(A.SIGN_IN, A.SUBMIT)
    page = opened(window, walk)
    press(F10, on=page)
    write("建设管理部")
    page.acting.panel.blank("by").setFocus()
    write(walk.matter.petitioner.name)
    press(ENTER, CTRL)
    page.acting.panel.blank("by").setFocus()
    press(Qt.Key.Key_Backspace)
    assert page.acting.panel.concern == ""


# with the paper


def test_changes_of_the_paper_are_saved_before_an_act(page: MatterPage, walk: Walk) -> None:
    page.view.take_up("petition.claim")
    write("补充：要求月底前动工。")
    press(F10)
    assert page.acting.is_open
    assert "要求月底前动工" in walk.matter.petition.claim
    page.view.take_up("petitioner.phone")
    press(Qt.Key.Key_A, CTRL)
    write("13900005678")
    page.acting.panel.take_focus()
    press(ENTER, CTRL)
    assert walk.matter.petitioner.phone == "13900005678"
    assert walk.stands_at(Stage.SIGNED_IN)


def test_nothing_is_done_while_the_paper_cannot_be_read(
    page: MatterPage, walk: Walk, window: MainWindow
) -> None:
    page.view.take_up("petition.received_on")
    press(Qt.Key.Key_A, CTRL)
    write("不知道")
    press(F10)
    assert not page.acting.is_open
    assert "改正或清空这一格" in window.toast.sentence


def test_what_is_written_on_the_paper_meanwhile_is_not_written_over(
    window: MainWindow, walk: Walk
) -> None:
    walk.do(*TO_HANDLING)
    page = opened(window, walk)
    press(F10, on=page)
    page.acting.panel.blank("handler").setFocus()
    write("周承办")
    page.view.take_up("petition.conclusion")
    write("已清淤，月底前通水。")
    page.acting.panel.take_focus()
    press(ENTER, CTRL)
    assert walk.matter.petition.conclusion == "已清淤，月底前通水。"
    assert walk.stands_at(Stage.MATTER_REVIEW)


def test_the_papers_of_the_matter_stand_first(window: MainWindow, walk: Walk) -> None:
    walk.do(*TO_HANDLING)
    page = opened(window, walk)
    assert page.papers.first[0] == "process_sheet_2211"
    assert {"handling_opinion", "liaison_letter"} <= set(page.papers.first)
    assert "bar_notice" not in page.papers.first
    assert set(page.papers.keys) == set(page.issuing.papers)


# the dissatisfied


def test_dissatisfaction_opens_the_verification_in_one_key(window: MainWindow, walk: Walk) -> None:
    walk.do(*TO_FOLLOW_UP[:-1])
    page = opened(window, walk)
    press(F10, on=page)
    press(Qt.Key.Key_3)
    press(ENTER)
    press(ENTER)
    press(Qt.Key.Key_1)
    press(ENTER)
    write("东头没有清。")
    press(ENTER, CTRL)
    assert walk.matter.follow_up.satisfaction is Satisfaction.DISSATISFIED
    assert page.way.next.text() == "不满意核实  F10"
    press(F10)
    assert "信访人说：东头没有清。" in page.acting.panel.blank("requirement").raw
    press(ENTER, CTRL)
    assert walk.stands_at(Stage.VERIFYING)
    assert page.view.paper.key == "dissatisfaction_verification"
    assert "东头没有清" in page.view.record.verification.requirement


def test_an_earlier_round_is_looked_at_and_left_again(window: MainWindow, walk: Walk) -> None:
    walk.do(*TO_FOLLOW_UP, satisfaction=Satisfaction.DISSATISFIED)
    walk.do(A.VERIFY, A.ASSIGN_VERIFICATION, A.ACCOUNT, A.ISSUE_ACCOUNT)
    walk.do(A.FOLLOW_UP, satisfaction=Satisfaction.SATISFIED)
    page = opened(window, walk)
    page.show_view("history")
    [line] = parts(page.history, TimeLine)
    line.round_requested.emit(1)
    assert rated(page) is Satisfaction.DISSATISFIED
    assert not page.view.form.editor("verification.requirement").isEnabled()
    press(Qt.Key.Key_P, CTRL, on=page)
    assert "以前轮次" in window.toast.sentence
    press(ESC, on=page)
    assert rated(page) is Satisfaction.SATISFIED
    assert page.view.form.editor("petition.claim").isEnabled()


def rated(page: MatterPage) -> Satisfaction | None:
    return page.view.record.follow_up.satisfaction


# the limits


def test_a_limit_tells_how_long_is_left_and_why_it_is_that_day(page: MatterPage) -> None:
    row = page.limits.rows[0]
    assert "超期" in row.accessibleName()
    row.setFocus()
    press(Qt.Key.Key_F1)
    assert row.explains
    told = " ".join(part.text() for part in parts(row, QLabel))
    assert "当日不计入" in told
    assert "依据：" in told
    press(Qt.Key.Key_F1)
    assert not row.explains


def test_the_key_card_knows_the_keys_of_a_matter(page: MatterPage) -> None:
    card = resource("help", "keys.md").read_text(encoding="utf-8")
    keys = [
        child.key().toString(QKeySequence.SequenceFormat.PortableText)
        for part in (page, page.acting.panel)
        for child in part.children()
        if isinstance(child, QShortcut)
    ]
    assert {"F10", "F11", "Ctrl+Return"} <= set(keys)
    for one in keys:
        assert one.replace("Return", "Enter") in card, one


# who may not


def test_who_may_only_read_sees_the_way_and_can_do_nothing(
    desk: Desk, walk: Walk, qtbot: QtBot
) -> None:
    walk.do(A.SIGN_IN)
    desk.store.viewer = Viewer("钱领导", cleared=True, role=Role.LEADER)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    page = opened(window, walk)
    assert "已签收" in page.way.bar.shown
    assert not page.way.next.isVisible()
    assert not page.way.others.isVisible()
    for key in (F10, F11):
        press(key, on=page)
        assert not page.acting.is_open
        assert "只能查看" in window.toast.sentence
    page.show_view("history")
    assert "撤回上一步" not in " ".join(_buttons(page))
    window.close()


def _buttons(page: MatterPage) -> list[str]:
    return [part.text() for part in parts(page.history, QPushButton)]


def test_a_void_matter_is_not_handled(window: MainWindow, walk: Walk) -> None:
    page = opened(window, walk)
    page.void("登记错了")
    assert not page.way.next.isVisible()
    press(F10, on=page)
    assert not page.acting.is_open


def test_an_accusation_is_handled_by_the_cleared_and_hidden_from_the_others(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    walk = Walk(desk.store, accusation())
    page = opened(window, walk)
    press(F10, on=page)
    assert page.acting.panel.action is A.RECEIVE
    assert CLEARED.cleared
    desk.store.viewer = Viewer(ACCOUNT, cleared=False)
    with qtbot.waitSignal(desk.failed):
        page.refresh()


def test_an_act_beside_the_paper_leaves_room_for_it_at_every_size(
    page: MatterPage, window: MainWindow
) -> None:
    press(F10, on=page)
    window.desk.theme.put_on(Look(size=150))
    room = 1366 - window.rail.minimumWidth()
    page.resize(room, 560)
    assert page.minimumSizeHint().width() <= room
    assert page.acting.width() < room / 2


def test_an_act_recorded_later_keeps_its_own_day(page: MatterPage, walk: Walk) -> None:
    press(F10, on=page)
    page.acting.panel.blank("on").setFocus()
    press(Qt.Key.Key_A, CTRL)
    write("昨天")
    press(ENTER, CTRL)
    step = walk.way.steps[-1]
    assert step.done_on == NOW.date() - timedelta(days=1)
    assert step.done_at is None
    assert step.recorded_at == NOW
