"""What was here before, in the window: told beside the form, judged by keys, taken back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.office import ACCOUNT, NOW, SEALED_WORDS, TODAY, accusation, petitioner, visit
from tests.ui.keyboard import ALT, CTRL, compose, focus, parts, press, write
from xinfang_desktop.casework import linking, matters
from xinfang_desktop.casework.facts import facts_of
from xinfang_desktop.casework.time_line import time_line
from xinfang_desktop.models import Kind, Matter, Petition, Relation, Role, Viewer
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.earlier import EarlierCard
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.record_view import RecordView
from xinfang_desktop.ui.registration_page import RegistrationPage

Registering = Callable[..., Petition]
SAME, OTHER, NOT = Relation.SAME_MATTER, Relation.SAME_PERSON, Relation.UNRELATED
LIFT = "电梯半年停运九次，要求公布维修资金动用方案。"
SECOND = "镜访〔2026〕2号"


@pytest.fixture
def page(window: MainWindow) -> RegistrationPage:
    press(Qt.Key.Key_N, CTRL, on=window)
    page = window.page("registration")
    assert isinstance(page, RegistrationPage)
    return page


@pytest.fixture
def earlier(page: RegistrationPage, register: Registering, qtbot: QtBot) -> Petition:
    """Leave a matter in the books that stands beside the one being typed."""
    made = register(visit(conclusion="已列入修渠计划。"))
    type_document(page.view)
    told(page.view, qtbot, made.number)
    return made


def to_earlier() -> None:
    press(Qt.Key.Key_B, ALT)


def told(view: RecordView, qtbot: QtBot, *numbers: str) -> None:
    """Wait until these stand beside the paper."""
    qtbot.waitUntil(lambda: [card.number for card in view.earlier.cards] == list(numbers))


def type_document(view: RecordView) -> None:
    view.take_up("petitioner.document_number")
    write(petitioner().document_number)


def tabbed(start: QWidget) -> Iterator[QWidget]:
    """Give what Tab comes to after a part, once round the window."""
    here = start.nextInFocusChain()
    while here is not None and here is not start:
        yield here
        here = here.nextInFocusChain()


def words_in(part: QWidget) -> str:
    shown: list[QLabel | QPushButton] = [*parts(part, QLabel), *parts(part, QPushButton)]
    return "\n".join(one.text() for one in shown if one.isVisible())


def kept(desk: Desk, number: str) -> Matter:
    return desk.read(lambda session: matters.load_matter(session, number, viewer=desk.viewer))


def relation(desk: Desk, one: str, other: str) -> Relation | None:
    ids = [kept(desk, number).petition.id or 0 for number in (one, other)]
    return desk.read(lambda session: linking.relation_of(session, *ids))


def opened(window: MainWindow, number: str) -> MatterPage:
    window.open_matter(number)
    page = window.page("matter")
    assert isinstance(page, MatterPage)
    return page


def link(desk: Desk, one: str, other: str, made: Relation) -> None:
    desk.do(lambda s: linking.decide(s, one, other, made, viewer=desk.viewer, by=ACCOUNT, now=NOW))


def test_the_same_matter_is_judged_by_keys_and_registered_as_a_repeat(
    page: RegistrationPage, window: MainWindow, earlier: Petition, qtbot: QtBot
) -> None:
    to_earlier()
    press(Qt.Key.Key_1)
    assert page.view.record.decisions == {earlier.number: SAME}
    qtbot.waitUntil(lambda: "重复件：第 2 次" in words_in(page.view.earlier))
    assert f"首次　2026-10-08　{earlier.number}" in words_in(page.view.earlier)
    press(Qt.Key.Key_Escape)
    assert focus().objectName() == "petitioner.document_number"
    press(Qt.Key.Key_S, CTRL)
    assert relation(window.desk, SECOND, earlier.number) is SAME
    assert window.page("matter").number == SECOND


def test_a_card_says_what_the_matter_is_and_why_it_stands_there(
    page: RegistrationPage, earlier: Petition
) -> None:
    words = words_in(page.view.earlier)
    for part in (earlier.number, "2026-10-08", "来过 1 次", "已登记", "证件号码相同", "村口水渠"):
        assert part in words
    [card] = page.view.earlier.cards
    assert earlier.number in card.accessibleName()
    assert "证件号码相同" in card.accessibleName()


def test_a_decision_is_changed_taken_back_and_kept_in_the_draft(
    page: RegistrationPage, window: MainWindow, earlier: Petition, qtbot: QtBot
) -> None:
    to_earlier()
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_2)
    assert page.view.record.decisions == {earlier.number: OTHER}
    window.keep()
    draft = page._drafting.draft
    assert draft is not None
    page.start_new()
    assert page.view.earlier.cards == []
    window.open_draft(draft)
    told(page.view, qtbot, earlier.number)
    to_earlier()
    assert "已判同一人另一事项" in focus().accessibleName()
    press(Qt.Key.Key_2)
    assert page.view.record.decisions == {}


def test_what_is_another_matter_goes_out_of_sight_and_comes_back(
    page: RegistrationPage, register: Registering, qtbot: QtBot
) -> None:
    first, second = register(), register()
    type_document(page.view)
    told(page.view, qtbot, first.number, second.number)
    to_earlier()
    press(Qt.Key.Key_3)
    assert [card.number for card in page.view.earlier.cards] == [second.number]
    in_hand = focus()
    assert isinstance(in_hand, EarlierCard)
    assert in_hand.number == second.number
    press(Qt.Key.Key_Down)
    assert "已判不是 1 件" in focus().accessibleName()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_3)
    assert page.view.record.decisions == {}
    qtbot.waitUntil(lambda: page.view.earlier.told.dismissed == ())
    assert len(page.view.earlier.cards) == 2


def test_namesakes_are_folded_until_they_are_wanted(
    page: RegistrationPage, register: Registering, qtbot: QtBot
) -> None:
    nobody = petitioner(document_number="", phone="", address="")
    namesake = register(visit(nobody, claim=LIFT))
    page.view.take_up("petitioner.name")
    write(nobody.name)
    qtbot.waitUntil(lambda: "只是同名 1 件" in words_in(page.view.earlier))
    assert page.view.earlier.cards == []
    to_earlier()
    press(Qt.Key.Key_Return)
    assert [card.number for card in page.view.earlier.cards] == [namesake.number]
    press(Qt.Key.Key_Return)
    assert page.view.earlier.cards == []


def test_side_by_side_leads_back_to_the_card_and_to_the_field(
    page: RegistrationPage, earlier: Petition
) -> None:
    to_earlier()
    press(Qt.Key.Key_Return)
    assert page.view.side.isVisible()
    words = words_in(page.view.side)
    for part in ("并排看", "330***********0355", "＝ 相同", "138****1234", "已列入修渠计划。"):
        assert part in words
    assert "330602198803120355" not in words
    press(Qt.Key.Key_Escape)
    assert not page.view.side.isVisible()
    assert isinstance(focus(), EarlierCard)
    press(Qt.Key.Key_Escape)
    assert focus().objectName() == "petitioner.document_number"
    assert page.isVisible()


def test_a_decision_is_made_side_by_side(page: RegistrationPage, earlier: Petition) -> None:
    to_earlier()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    assert page.view.record.decisions == {earlier.number: OTHER}
    assert not page.view.side.isVisible()
    in_hand = focus()
    assert isinstance(in_hand, EarlierCard)
    assert in_hand.proposal.relation is OTHER


def test_words_that_look_like_markup_stay_words(
    page: RegistrationPage, register: Registering, qtbot: QtBot
) -> None:
    claim = "村口水渠多年失修<b>要求</b>清淤 & 修渠。"
    earlier = register(visit(claim=claim))
    type_document(page.view)
    page.view.take_up("petition.claim")
    write("反映村口水渠多年失修的事情。")
    told(page.view, qtbot, earlier.number)
    page.view.compare(earlier.number)
    marked = [one for one in parts(page.view.side, QLabel) if "<u>" in one.text()]
    assert "&lt;b&gt;" in marked[1].text()
    assert marked[1].accessibleName() == claim


def test_where_nothing_is_alike_the_key_says_so(
    page: RegistrationPage, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.desk.told) as heard:
        to_earlier()
    assert "没有看来相近的" in heard.args[0]
    assert focus().objectName() == "petitioner.name"


def test_of_a_matter_in_the_books_a_decision_is_written_and_undone(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    first, second = register(), register(visit(received_on=date(2026, 10, 15)))
    page = opened(window, second.number)
    told(page.view, qtbot, first.number)
    to_earlier()
    press(Qt.Key.Key_1)
    assert relation(window.desk, second.number, first.number) is SAME
    repeat = f"重复件：第2次，首次2026-10-08，{first.number}"
    assert repeat in page._head.chips.words
    steps = window.desk.read(
        lambda session: time_line(session, second.id or 0, viewer=window.desk.viewer)
    )
    assert "关联" in {one.step.action.label for one in steps if one.step}
    press(Qt.Key.Key_Z, CTRL)
    assert relation(window.desk, second.number, first.number) is None
    assert repeat not in page._head.chips.words
    qtbot.waitUntil(lambda: not page.view.earlier.told.facts.is_repeat)


def test_the_first_lists_those_that_came_later_and_leads_there(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    first, second = register(), register(visit(received_on=date(2026, 10, 15)))
    link(window.desk, second.number, first.number, SAME)
    page = opened(window, first.number)
    later = f"之后　2026-10-15　{second.number}"
    qtbot.waitUntil(lambda: later in words_in(page.view.earlier))
    assert "初次件，之后又来1次" in page._head.chips.words
    to_earlier()
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert page.number == second.number


def test_what_was_entered_twice_is_merged_from_side_by_side(
    window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    first, second = register(), register()
    page = opened(window, second.number)
    told(page.view, qtbot, first.number)
    to_earlier()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_M, CTRL)
    assert page.merging.comparison is not None
    assert first.number in page.merging.settling.words
    press(Qt.Key.Key_B, ALT)
    assert isinstance(focus(), EarlierCard)


def test_a_fact_at_the_head_leads_to_the_matter_it_names(
    window: MainWindow, register: Registering
) -> None:
    first, second = register(visit(headcount=6)), register(visit(received_on=TODAY))
    link(window.desk, second.number, first.number, SAME)
    page = opened(window, second.number)
    [chip] = parts(page._head.chips, QPushButton)
    chip.click()
    assert page.number == first.number
    assert "集体访" in page._head.chips.words


def test_a_draft_says_what_it_is_before_it_is_registered(
    page: RegistrationPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.view.take_up("petition.headcount")
    write("5")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.view.facts.words == ["集体访"])
    page.view.details.editor("petition.bypassing").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: page.view.facts.words == ["集体访", "越级走访"])
    press(Qt.Key.Key_S, CTRL)
    facts = window.desk.read(lambda s: facts_of(s, 1, viewer=window.desk.viewer))
    assert facts.words == ("集体访", "越级走访")


def test_whoever_may_only_look_compares_and_decides_nothing(
    desk: Desk, register: Registering, qtbot: QtBot
) -> None:
    first, second = register(), register()
    desk.store.viewer = Viewer(name="钱领导", cleared=False, role=Role.LEADER)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    page = opened(window, second.number)
    told(page.view, qtbot, first.number)
    to_earlier()
    press(Qt.Key.Key_1)
    assert relation(desk, second.number, first.number) is None
    assert "同一事项" not in words_in(page.view.earlier)
    press(Qt.Key.Key_Return)
    assert page.view.side.isVisible()
    press(Qt.Key.Key_3)
    assert relation(desk, second.number, first.number) is None
    window.close()


def test_of_a_sealed_matter_the_window_tells_no_more_than_its_proposal(
    page: RegistrationPage, window: MainWindow, register: Registering, qtbot: QtBot
) -> None:
    sealed = register(accusation())
    page.view.record.petition.kind = Kind.ACCUSATION
    page.view.take_up("petitioner.document_number")
    write(SEALED_WORDS[1])
    told(page.view, qtbot, sealed.number)
    to_earlier()
    press(Qt.Key.Key_Return)
    shown = words_in(page.view.earlier) + words_in(page.view.side)
    assert "保密" in shown
    assert [word for word in SEALED_WORDS if word in shown] == []


def test_the_help_of_it_is_at_hand(
    page: RegistrationPage, window: MainWindow, earlier: Petition
) -> None:
    to_earlier()
    press(Qt.Key.Key_F1, on=window)
    assert window.help_topic == "earlier"


def test_tab_goes_by_the_cards_between_the_paper_and_what_stands_below(
    page: RegistrationPage, earlier: Petition
) -> None:
    after = list(tabbed(page.view.earlier.cards[0]))
    below = after.index(page.view.details.editor("petition.channel"))
    assert below < after.index(focus())


def test_side_by_side_fits_a_small_screen_in_large_letters(
    page: RegistrationPage, window: MainWindow, earlier: Petition
) -> None:
    page.view.compare(earlier.number)
    window.desk.theme.put_on(replace(window.desk.theme.look, size=150))
    least = page.minimumSizeHint()
    window.desk.theme.usual_size()
    assert least.width() <= 1366 - window.rail.minimumWidth()
    assert least.height() <= 400


def test_a_draft_given_up_and_taken_back_has_its_decisions(
    page: RegistrationPage, window: MainWindow, earlier: Petition, qtbot: QtBot
) -> None:
    to_earlier()
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.desk.told_undoable) as heard:
        press(Qt.Key.Key_Escape)
    assert page.view.record.decisions == {}
    heard.args[1]()
    assert page.view.record.decisions == {earlier.number: SAME}
    qtbot.waitUntil(lambda: page.view.earlier.told.facts.is_repeat)


def test_nothing_is_decided_while_the_input_method_is_composing(
    page: RegistrationPage, earlier: Petition
) -> None:
    compose("shuiqu")
    to_earlier()
    assert focus().objectName() == "petitioner.document_number"


def test_what_is_typed_on_changes_what_stands_beside_it(
    page: RegistrationPage, register: Registering, earlier: Petition, qtbot: QtBot
) -> None:
    other = register(visit(petitioner(name="乙", document_number="", phone="13911112222")))
    to_earlier()
    press(Qt.Key.Key_Escape)
    page.view.take_up("petitioner.phone")
    write("13911112222")
    told(page.view, qtbot, earlier.number, other.number)
