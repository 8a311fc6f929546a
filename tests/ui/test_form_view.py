"""The paper on the screen: what is typed reaches the record, and nothing else does."""

from datetime import date
from itertools import pairwise
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.helpers.office import OFFICE, TODAY
from tests.helpers.papers import ordinary, very_long
from tests.ui.keyboard import CTRL, SHIFT, parts
from tests.ui.keyboard import compose as compose_text
from tests.ui.keyboard import press as key
from tests.ui.keyboard import write as type_in
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.papers import compose_paper
from xinfang_desktop.models import Matter, Problem, Satisfaction, Weight
from xinfang_desktop.ui.paper.editors import ChoiceBlank
from xinfang_desktop.ui.paper.form_view import FormView
from xinfang_desktop.ui.theme import Theme

VISIT = FORMS["visit_registration"]


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> FormView:
    view = FormView(VISIT, Matter(office=OFFICE), today=TODAY, theme=theme)
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    return view


def line(view: FormView, path: str) -> QLineEdit:
    return cast("QLineEdit", view.findChild(QLineEdit, path))


def test_every_blank_of_the_paper_has_an_editor_under_its_path(view: FormView) -> None:
    assert view.paths == (
        "petitioner.name",
        "petition.headcount",
        "petitioner.document_number",
        "petitioner.phone",
        "petitioner.address",
        "petition.received_on",
        "petition.claim",
        "petition.reception_opinion",
        "follow_up.satisfaction",
        "follow_up.made_on",
        "follow_up.method",
        "petition.weekly_consultation",
        "petition.supervised",
    )
    assert all(view.editor(path).accessibleName() for path in view.paths)


def test_what_is_typed_reaches_the_record(view: FormView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.edited) as told:
        type_in("铍𫖯𠮷", line(view, "petitioner.name"))
    assert told.args == ["petitioner.name"]
    assert view.record.petitioner.name == "铍𫖯𠮷"


def test_showing_a_record_is_not_an_edit(view: FormView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.edited):
        view.show_record(ordinary())
    assert line(view, "petitioner.name").text() == "铍𫖯𠮷"


def test_text_that_the_input_method_still_holds_is_not_taken(view: FormView) -> None:
    name = line(view, "petitioner.name")
    view.take_up("petitioner.name")
    compose_text("zhang", name)
    held = (view.is_composing, view.record.petitioner.name)
    key(Qt.Key.Key_Return, on=name)
    assert name.hasFocus(), "Enter belongs to the input method while it composes"
    type_in("张", name)
    settled = (view.is_composing, view.record.petitioner.name)
    assert (held, settled) == ((True, ""), (False, "张"))


def test_enter_leads_to_the_next_blank_and_shift_enter_back(view: FormView) -> None:
    view.take_up("petitioner.name")
    key(Qt.Key.Key_Return, on=line(view, "petitioner.name"))
    assert line(view, "petition.headcount").hasFocus()
    key(Qt.Key.Key_Return, SHIFT, on=line(view, "petition.headcount"))
    assert line(view, "petitioner.name").hasFocus()


def test_in_long_text_enter_is_a_new_line_and_ctrl_enter_goes_on(view: FormView) -> None:
    view.take_up("petition.claim")
    claim = cast("QPlainTextEdit", view.findChild(QPlainTextEdit, "petition.claim"))
    type_in("一、修渠", claim)
    key(Qt.Key.Key_Return, on=claim)
    type_in("二、补偿", claim)
    assert view.record.petition.claim == "一、修渠\n二、补偿"
    key(Qt.Key.Key_Return, CTRL, on=claim)
    assert view.editor("petition.reception_opinion").hasFocus()


def test_the_last_blank_leads_off_the_paper(view: FormView, qtbot: QtBot) -> None:
    view.take_up(view.paths[-1])
    with qtbot.waitSignal(view.passed_end):
        key(Qt.Key.Key_Return, on=view.editor(view.paths[-1]))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20261008", date(2026, 10, 8)),
        ("2026.10.8", date(2026, 10, 8)),
        ("2026年10月8日", date(2026, 10, 8)),
        ("10-8", date(2026, 10, 8)),
        ("1008", date(2026, 10, 8)),
        ("２０２６／１０／８", date(2026, 10, 8)),
        ("昨天", date(2026, 11, 21)),
        ("", None),
    ],
)
def test_a_day_is_read_however_a_clerk_writes_it(
    view: FormView, typed: str, day: date | None
) -> None:
    type_in(typed or " ", line(view, "petition.received_on"))
    assert view.record.petition.received_on == day
    assert view.troubles == []


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("petition.received_on", "20261399", "没有这一天"),
        ("petition.received_on", "上个月吧", "日期请写成"),
        ("petition.headcount", "三五个", "人数请填数字"),
    ],
)
def test_what_cannot_be_read_stays_as_typed_and_is_told(
    view: FormView, path: str, typed: str, said: str
) -> None:
    type_in(typed, line(view, path))
    assert [(one.path, said in one.text) for one in view.troubles] == [(path, True)]
    view.take_up("petitioner.name")
    view.take_up(path)
    assert line(view, path).text() == typed


def test_a_tick_can_be_moved_and_taken_away(view: FormView) -> None:
    choice = view.editor("follow_up.satisfaction")
    view.take_up("follow_up.satisfaction")
    ticked: list[Satisfaction | None] = []
    for pressed in (Qt.Key.Key_1, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Space):
        key(pressed, on=choice)
        ticked.append(view.record.follow_up.satisfaction)
    assert ticked == [
        Satisfaction.SATISFIED,
        Satisfaction.SATISFIED,
        Satisfaction.MOSTLY_SATISFIED,
        None,
    ]


def test_a_tick_is_set_where_the_paper_prints_its_box(view: FormView) -> None:
    view.fit_width(900)
    choice = view.editor("follow_up.method")
    assert isinstance(choice, ChoiceBlank)
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton, pos=choice.places[1].center().toPoint())
    assert view.record.follow_up.method is not None
    assert view.record.follow_up.method.label == "当面"


def test_the_screen_shows_the_sheet_that_will_be_printed(view: FormView) -> None:
    matter = very_long()
    view.show_record(matter)
    assert view.sheet == compose_paper(VISIT, matter)
    assert view.height() > len(view.sheet.pages) * 297 * 2.6


def test_a_doubtful_blank_says_what_is_doubtful_while_it_is_in_hand(view: FormView) -> None:
    view.set_problems([Problem("petitioner.phone", "手机号码少一位，请核对。", Weight.ADVICE)])
    view.take_up("petitioner.phone")
    assert view.advice == "手机号码少一位，请核对。"
    view.take_up("petitioner.name")
    assert view.advice == ""


NAMELESS = Problem("petitioner.name", "请填写信访人姓名；不愿留名的，请勾选匿名。", Weight.MISSING)


def test_of_a_blank_that_nobody_touched_yet_nothing_is_said(view: FormView) -> None:
    view.set_problems([NAMELESS])
    view.take_up("petitioner.name")
    assert view.advice == ""
    key(Qt.Key.Key_Return)
    view.take_up("petitioner.name")
    assert view.advice == NAMELESS.text
    view.show_record(Matter(office=OFFICE))
    assert view.advice == ""
    type_in("龚")
    assert view.advice == NAMELESS.text


def test_what_is_pointed_out_is_said_at_once(view: FormView) -> None:
    view.set_problems([NAMELESS])
    view.take_up("petitioner.name")
    view.point_out("petitioner.name")
    assert view.advice == NAMELESS.text


@pytest.mark.parametrize("width", [600, 900])
def test_what_is_said_of_a_blank_does_not_cover_the_next(view: FormView, width: int) -> None:
    view.fit_width(width)
    for path, after in pairwise(view.paths):
        view.set_problems([Problem(path, "这一格的内容请再核对一次。", Weight.ADVICE)])
        view.take_up(path)
        [bubble] = [one for one in parts(view, QLabel) if one.text() == view.advice]
        assert view.rect().contains(bubble.geometry()), path
        assert not bubble.geometry().intersects(view.editor(after).geometry()), path


def test_a_record_shown_read_only_cannot_be_typed_in(view: FormView) -> None:
    view.show_record(ordinary())
    view.set_read_only(True)
    assert not line(view, "petitioner.name").isEnabled()


def test_a_day_is_typed_over_and_a_name_is_typed_on(view: FormView) -> None:
    view.show_record(ordinary())
    view.take_up("petition.received_on")
    type_in("20261120", line(view, "petition.received_on"))
    view.take_up("petitioner.name")
    type_in("某", line(view, "petitioner.name"))
    assert view.record.petition.received_on == date(2026, 11, 20)
    assert view.record.petitioner.name == "铍𫖯𠮷某"
