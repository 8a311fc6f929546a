"""台账 · 导入 by the keyboard: real workbooks come in, wait, are put right, and go again."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from tests.casework.taking_in.ledgers import CANAL, HEADS, LI, ZHANG, xlsx
from tests.helpers.office import UNCLEARED
from tests.ui.keyboard import ALT, CTRL, SHIFT, focus, parts, press, write
from xinfang_desktop.casework import matters
from xinfang_desktop.casework.taking_in.checking import CANCELLED
from xinfang_desktop.models import Kind, Role, Viewer
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.taking_in import working
from xinfang_desktop.ui.taking_in.page import CHECK, COLUMNS, DONE, START, WAITING, TakingInPage
from xinfang_desktop.ui.taking_in.working import Progress, Working

K = Qt.Key
KINDS = (*HEADS, "事项类别")
DAMAGED = (3, "2020-10-24", "王五", 3.30602e17, "13700001234", "新桥村", "路灯不亮。", 1)
NUMBERS = ("330602198803120355", "440524188001010014")


@pytest.fixture
def exports(desk: Desk, tmp_path: Path) -> Path:
    """Let files go out into a folder of the test's own."""
    folder = tmp_path / "导出"
    desk.preferences.keep(export_folder=str(folder))
    return folder


@pytest.fixture
def page(window: MainWindow, exports: Path, qtbot: QtBot) -> Iterator[TakingInPage]:
    """Give the page, reached from the ledger by its key."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(K.Key_3, ALT, on=window)
    press(K.Key_I, CTRL)
    assert window.room == "taking_in"
    page = window.page("taking_in")
    yield page
    qtbot.waitUntil(lambda: not parts(page, Working))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Give a ledger with a row of every fate."""
    rows = [("2020年来访登记台账",), HEADS, ZHANG, LI, DAMAGED, ZHANG, ("合计", 4)]
    return written(tmp_path / "2020年来访台账.xlsx", xlsx(rows))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def choose(page: TakingInPage, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press Ctrl+O and choose a file."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(K.Key_O, CTRL, on=page)
    at_rest(page, qtbot)


def go_on(page: TakingInPage, step: str, qtbot: QtBot) -> None:
    press(K.Key_Return, CTRL, on=page)
    at_rest(page, qtbot)
    assert page.step == step


def at_rest(page: TakingInPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not parts(page, Working))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def cell(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def shown(page: TakingInPage) -> list[tuple[str, ...]]:
    model = page.check.model
    return [
        tuple(str(model.index(row, column).data()) for column in (1, 2, 4))
        for row in range(model.rowCount())
    ]


def registered(page: TakingInPage) -> int:
    from xinfang_desktop.casework.search import count

    return page.desk.read(lambda session: count(session, viewer=page.desk.viewer))


def test_a_ledger_comes_in_by_the_keyboard_and_goes_again_by_one_key(
    window: MainWindow,
    page: TakingInPage,
    ledger: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(page, ledger, qtbot, monkeypatch)
    assert page.step == COLUMNS
    go_on(page, CHECK, qtbot)
    assert [row[:2] for row in shown(page)] == [
        *(("3", "将登记"), ("4", "将登记"), ("5", "待补正"), ("6", "已有"), ("7", "不是事项")),
    ]
    assert page.check.act.accessibleName() == "导入 2 件"
    go_on(page, DONE, qtbot)
    assert page.done.sentence == "已导入《2020年来访台账.xlsx》：登记2件"
    page.done.open.setFocus()
    press(K.Key_Return)
    assert window.room == "ledger"
    qtbot.waitUntil(lambda: window.page("ledger").table.model().rowCount() == 2)
    press(K.Key_Z, CTRL, on=window)
    assert registered(page) == 0
    window.enter("taking_in")
    assert cell(page.start.table, 0, 5) == "已撤回"


def test_a_file_that_is_dropped_is_read(page: TakingInPage, ledger: Path, qtbot: QtBot) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(ledger))])
    page.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            dropped,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    at_rest(page, qtbot)
    assert page.step == COLUMNS
    assert [one.field for one in page.columns.plans[0].columns][:3] == ["", "received_on", "names"]


def test_a_column_and_an_odd_word_are_settled_once_and_remembered(
    page: TakingInPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [KINDS, (*ZHANG, "其他类诉请"), (*LI, "其他类诉请")]
    path = written(tmp_path / "一.xlsx", xlsx(rows))
    choose(page, path, qtbot, monkeypatch)
    table, words = page.columns.columns, page.columns.words
    assert words.table.rowCount() == 1
    table.table.setFocus()
    for _ in range(5):
        press(K.Key_Down)
    assert table.box.currentText() == "住址"
    press(K.Key_Return)
    assert focus() is table.box
    press(K.Key_Down)
    press(K.Key_Return)
    assert focus() is table.table
    assert cell(table.table, 5, 2) == "工作单位"
    words.table.setFocus()
    press(K.Key_Return)
    press(K.Key_Down)
    press(K.Key_Return)
    go_on(page, CHECK, qtbot)
    assert [row[1] for row in shown(page)] == ["将登记", "将登记"]
    other = written(
        tmp_path / "二.xlsx", xlsx([*rows, (*ZHANG[:2], "赵六", *ZHANG[3:], "其他类诉请")])
    )
    choose(page, other, qtbot, monkeypatch)
    assert {one.because for one in page.columns.plans[0].columns} == {"按上次"}
    assert cell(page.columns.columns.table, 5, 2) == "工作单位"
    go_on(page, CHECK, qtbot)
    go_on(page, DONE, qtbot)
    matter = page.desk.read(
        lambda s: matters.load_matter(s, "镜访〔2020〕1号", viewer=page.desk.viewer)
    )
    assert (matter.petitioner.unit, matter.petition.kind) == ("解放村88号", next(iter(Kind)))


def test_esc_breaks_the_import_off_and_leaves_nothing(
    page: TakingInPage, ledger: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, ledger, qtbot, monkeypatch)
    go_on(page, CHECK, qtbot)
    pressed = Event()

    def wait(progress: Progress, done: int, total: int) -> None:
        pressed.wait(10)

    monkeypatch.setattr(working.Progress, "tell", wait)
    with qtbot.waitSignal(page.desk.failed) as told:
        press(K.Key_Return, CTRL, on=page)
        [dialog] = parts(page, Working)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        press(K.Key_Escape, on=dialog)
        pressed.set()
    assert told.args == [CANCELLED]
    assert registered(page) == 0
    assert page.step == CHECK


def test_the_rows_of_one_fate_are_seen_alone_and_the_list_is_kept_without_full_numbers(
    page: TakingInPage, tmp_path: Path, exports: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = (*ZHANG[:3], "、".join(NUMBERS), *ZHANG[4:])
    path = written(tmp_path / "一.xlsx", xlsx([HEADS, two, LI, DAMAGED]))
    choose(page, path, qtbot, monkeypatch)
    go_on(page, CHECK, qtbot)
    page.check.chips.setFocus()
    for _ in range(2):
        press(K.Key_Right, on=page.check.chips)
    assert [row[:2] for row in shown(page)] == [("2", "待补正"), ("4", "待补正")]
    page.check.take_focus()
    assert "分不清是谁的" in page.check.told.text()
    for key, ending in ((CTRL, "xlsx"), (CTRL | SHIFT, "txt")):
        with qtbot.waitSignal(page.desk.told):
            press(K.Key_E, key, on=page.check)
        [kept] = exports.glob(f"*.{ending}")
        told = kept.read_text("utf-8-sig") if ending == "txt" else cells_of(kept)
        assert "分不清是谁的" in told
        assert "已被表格软件改过" in told
        assert not any(number in told for number in NUMBERS)


def cells_of(path: Path) -> str:
    [sheet] = load_workbook(path)
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_a_ledger_without_heads_is_asked_about(
    page: TakingInPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("2020-10-22", "张三", CANAL), ("2020-10-23", "李四", "电梯停运多日，要求尽快修复。")]
    choose(page, written(tmp_path / "一.xlsx", xlsx(rows)), qtbot, monkeypatch)
    assert page.step == START
    assert not page.start.no_heads.isHidden()
    press(K.Key_H, CTRL, on=page.start)
    at_rest(page, qtbot)
    assert page.step == COLUMNS
    page.columns.without_heads.setFocus()
    with qtbot.waitSignal(page.desk.failed) as told:
        press(K.Key_Space)
    at_rest(page, qtbot)
    assert "没有找到表头" in told.args[0]
    assert page.columns.without_heads.isChecked()
    go_on(page, CHECK, qtbot)
    assert [row[1] for row in shown(page)] == ["将登记", "将登记"]


def test_a_file_that_is_no_ledger_is_told_of(
    page: TakingInPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(page.desk.failed) as told:
        choose(page, written(tmp_path / "一.xlsx", b"x"), qtbot, monkeypatch)
    assert "不是电子表格" in told.args[0]
    assert page.step == START


def test_the_same_file_again_is_told_and_an_import_is_withdrawn_from_the_list(
    page: TakingInPage, ledger: Path, exports: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    came_in(page, ledger, qtbot, monkeypatch)
    choose(page, ledger, qtbot, monkeypatch)
    go_on(page, CHECK, qtbot)
    assert "2026-11-22 10:30 导入过" in page.check.before.text()
    press(K.Key_Escape, on=page)
    assert page.step == COLUMNS
    press(K.Key_Escape, on=page)
    assert page.step == START
    page.start.table.setFocus()
    with qtbot.waitSignal(page.desk.told):
        press(K.Key_O, CTRL | SHIFT)
    [kept] = exports.glob("*.xlsx")
    assert kept.read_bytes() == ledger.read_bytes()
    page.start.table.setFocus()
    press(K.Key_Delete)
    at_rest(page, qtbot)
    assert cell(page.start.table, 0, 5) == "已撤回"
    assert registered(page) == 0
    assert page.steps.text(WAITING) == "待补正"


def came_in(
    page: TakingInPage, ledger: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, ledger, qtbot, monkeypatch)
    go_on(page, CHECK, qtbot)
    go_on(page, DONE, qtbot)


def test_a_row_that_waits_is_put_right_beside_what_it_said(
    page: TakingInPage, ledger: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    came_in(page, ledger, qtbot, monkeypatch)
    page.show_step(WAITING)
    assert page.steps.text(WAITING) == "待补正 1"
    waiting = page.waiting
    assert "丢失" in waiting.troubles[0]
    waiting.table.setFocus()
    press(K.Key_Return)
    assert focus().accessibleName() == "证件号码"
    with qtbot.waitSignal(page.desk.failed) as told:
        press(K.Key_S, CTRL)
    assert "还有1处没有补正" in told.args[0]
    focus().selectAll()  # type: ignore[attr-defined]
    write("330602198803120355")
    press(K.Key_Return)
    assert waiting.troubles == []
    press(K.Key_S, CTRL)
    assert registered(page) == 3
    assert waiting.table.rowCount() == 0
    matter = page.desk.read(
        lambda s: matters.load_matter(s, "镜访〔2020〕3号", viewer=page.desk.viewer)
    )
    assert matter.petitioner.document_number == "330602198803120355"
    page.desk.undo()
    page.refresh()
    assert waiting.table.rowCount() == 1


def test_a_refusal_lies_over_no_button_of_the_row(
    window: MainWindow,
    page: TakingInPage,
    ledger: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    came_in(page, ledger, qtbot, monkeypatch)
    page.show_step(WAITING)
    for size in ((1366, 768), (1920, 1080)):
        window.resize(*size)
        press(K.Key_S, CTRL, on=page.waiting)
        qtbot.waitUntil(lambda: not window.toast._settling.isActive())
        lying = window.toast.geometry()
        assert "还有1处没有补正" in window.toast.sentence
        buttons = [one for one in parts(page.waiting, QPushButton) if one.isVisible()]
        places = [QRect(one.mapTo(window, QPoint()), one.size()) for one in buttons]
        assert len(places) == 4
        assert not any(lying.intersects(place) for place in places)


def test_a_refusal_goes_when_a_file_is_taken_up_that_can_be_read(
    window: MainWindow,
    page: TakingInPage,
    ledger: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(page, written(ledger.with_name("坏.xlsx"), b"PK"), qtbot, monkeypatch)
    qtbot.waitUntil(window.toast.isVisible)
    choose(page, ledger, qtbot, monkeypatch)
    assert page.step == COLUMNS
    assert not window.toast.isVisible()


def test_what_nobody_touched_stays_as_it_was_typed(
    page: TakingInPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = f"一、{CANAL}\n\n二、{CANAL}\u2028完"
    rows = [HEADS, (*DAMAGED[:6], claim, 1)]
    came_in(page, written(tmp_path / "一.xlsx", xlsx(rows)), qtbot, monkeypatch)
    page.show_step(WAITING)
    before = page.waiting.written
    page.waiting.register_blank()
    matter = page.desk.read(
        lambda s: matters.load_matter(s, "镜访〔2020〕1号", viewer=page.desk.viewer)
    )
    assert before["claim"] == claim
    assert matter.petition.claim == claim.replace("\u2028", "\n")


def test_a_row_goes_on_in_the_registration_form_and_waits_no_longer(
    window: MainWindow,
    page: TakingInPage,
    ledger: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    came_in(page, ledger, qtbot, monkeypatch)
    page.show_step(WAITING)
    page.waiting.table.setFocus()
    press(K.Key_R, CTRL)
    assert window.room == "registration"
    form = window.page("registration")
    assert (form.view.record.petition.claim, form.view.record.petitioner.document_number) == (
        *("路灯不亮。", ""),
    )
    window.enter("taking_in")
    assert page.waiting.table.rowCount() == 1
    page.waiting.table.setFocus()
    press(K.Key_R, CTRL)
    number = form.register()
    window.enter("taking_in")
    assert page.waiting.table.rowCount() == 0
    told = page.desk.read(lambda s: matters.history(s, 3, viewer=page.desk.viewer))
    assert (number, told[0].words) == (
        "镜访〔2020〕3号",
        "自《2020年来访台账.xlsx》“台账”第5行导入",
    )


def test_a_row_is_let_go_for_a_reason_and_taken_up_again(
    page: TakingInPage, ledger: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    came_in(page, ledger, qtbot, monkeypatch)
    page.show_step(WAITING)
    page.waiting.table.setFocus()
    press(K.Key_K, CTRL)
    with qtbot.waitSignal(page.desk.failed) as told:
        press(K.Key_Return)
    assert "写明原因" in told.args[0]
    write("重复")
    with qtbot.waitSignal(page.desk.told_undoable) as offered:
        press(K.Key_Return)
    assert page.waiting.table.rowCount() == 0
    offered.args[1]()
    assert page.waiting.table.rowCount() == 1


def test_a_sealed_row_is_opened_by_the_cleared_only(
    page: TakingInPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [KINDS, (*ZHANG, "申诉求决"), (*DAMAGED[:2], "赵检举", *DAMAGED[3:], "检举控告")]
    came_in(page, written(tmp_path / "一.xlsx", xlsx(rows)), qtbot, monkeypatch)
    page.show_step(WAITING)
    assert cell(page.waiting.table, 0, 1) == "检举控告（保密）"
    assert page.waiting.written["names"] == "赵检举"
    page.desk.store.viewer = Viewer(name=UNCLEARED.name, cleared=False, role=Role.CLERK)
    page.waiting._lines = []
    page.refresh()
    assert page.waiting.written == {}
    assert page.waiting.table.rowCount() == 1
