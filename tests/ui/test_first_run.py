"""First run: three steps, by keyboard only."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.conftest import QUICK_ARGON2
from tests.helpers.office import NOW
from tests.ui.keyboard import CTRL, focus, parts, press, write
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.models import OfficeProfile
from xinfang_desktop.store import keys
from xinfang_desktop.store.database import Store, create_store, open_store
from xinfang_desktop.ui.first_run import FirstRun
from xinfang_desktop.ui.first_run_steps import strength
from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.number_example import example_of, pattern_from_example
from xinfang_desktop.ui.recovery_paper import NO_PRINTER, paint_code
from xinfang_desktop.ui.theme import Theme
from xinfang_desktop.ui.widgets.line import Line

GOOD = "青山绿水 2026"


@pytest.fixture
def run(theme: Theme, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FirstRun:
    monkeypatch.setattr(keys, "ARGON2", QUICK_ARGON2)

    def found(profile: OfficeProfile, account: str, password: str) -> tuple[Store, str]:
        return create_store(
            tmp_path / "新办", password=password, profile=profile, account=account, now=NOW
        )

    run = FirstRun(theme, found, folder=tmp_path / "新办", year=2026)
    qtbot.addWidget(run)
    with qtbot.waitExposed(run):
        run.show()
    return run


def type_into(words: str) -> None:
    line = focus()
    assert isinstance(line, Line)
    line.clear()
    write(words)
    press(Qt.Key.Key_Return)


def go_on() -> None:
    press(Qt.Key.Key_Return, CTRL)


def shown_code(run: FirstRun) -> str:
    labels = parts(run.recovery, QLabel)
    code = next(part for part in labels if part.property("role") == "code")
    return code.text().replace("\n", " ")


def test_an_office_is_set_up_with_the_keyboard_alone(
    run: FirstRun, qtbot: QtBot, tmp_path: Path
) -> None:
    type_into("东浦镇")
    type_into("东访〔2026〕001号")
    go_on()
    for _ in range(2):
        type_into(GOOD)
    qtbot.waitUntil(lambda: bool(run.recovery.isVisible()))
    with qtbot.waitSignal(run.ready) as ready:
        type_into(shown_code(run).lower())
    assert ready.args is not None
    store = ready.args[0]
    profile = store.read(office_profile)
    assert (profile.name, profile.number_pattern) == ("东浦镇", "东访〔{year}〕{serial:03d}号")
    assert store.viewer.name == "经办人"
    store.close()
    open_store(tmp_path / "新办", password=GOOD).close()


def test_a_wrong_copy_of_the_recovery_code_does_not_pass(run: FirstRun, qtbot: QtBot) -> None:
    run.recovery.show_code("-".join(["AAAA"] * 8), "东浦镇")
    run._show(2)
    with qtbot.assertNotEmitted(run.ready):
        type_into("-".join(["AAAB"] * 8))
    assert "恢复码" in run.message.text()


def test_the_code_is_printed_by_key_where_there_is_a_printer(run: FirstRun) -> None:
    run.recovery.show_code("-".join(["AAAA"] * 8), "东浦镇")
    run._show(2)
    press(Qt.Key.Key_P, CTRL)
    assert any(part.text() == NO_PRINTER for part in parts(run.recovery, QLabel))


@pytest.mark.parametrize("size", [100, 150, 175])
def test_the_code_is_shown_whole_at_every_size(run: FirstRun, theme: Theme, size: int) -> None:
    theme.put_on(Look(size=size))
    run.recovery.show_code("-".join(["AAAA"] * 8), "东浦镇")
    run._show(2)
    code = next(part for part in parts(run.recovery, QLabel) if part.property("role") == "code")
    assert code.height() >= code.sizeHint().height()


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("短", "短", "至少 8"), (GOOD, GOOD + "x", "不一样"), ("", "", "至少 8")],
)
def test_a_password_that_will_not_do_is_said(
    run: FirstRun, qtbot: QtBot, first: str, second: str, said: str
) -> None:
    run._show(1)
    for words in (first, second):
        type_into(words)
    assert said in run.message.text()


def test_the_office_needs_a_name_and_a_number_that_counts(run: FirstRun, qtbot: QtBot) -> None:
    run.next()
    assert "单位简称" in run.message.text()
    type_into("东浦镇")
    type_into("东访")
    run.next()
    assert "编号格式" in run.message.text()


def test_closing_before_the_code_is_copied_is_warned_of_once(
    run: FirstRun, qtbot: QtBot, tmp_path: Path
) -> None:
    type_into("东浦镇")
    go_on()
    for _ in range(2):
        type_into(GOOD)
    qtbot.waitUntil(lambda: bool(run.recovery.isVisible()))
    assert not run.close()
    assert "恢复码还没有核对" in run.message.text()
    assert run.close()
    open_store(tmp_path / "新办", password=GOOD).close()


@pytest.mark.parametrize(
    ("example", "pattern"),
    [
        ("镜访〔2026〕1号", "镜访〔{year}〕{serial}号"),
        ("2211〔2026〕1号", "2211〔{year}〕{serial}号"),
        ("东访2026-0001", "东访{year}-{serial:04d}"),
        ("{访}〔2026〕1号", "{{访}}〔{year}〕{serial}号"),
        ("镜访1号", None),
        ("镜访〔2026〕号", None),
        ("", None),
    ],
)
def test_the_pattern_is_read_from_an_example(example: str, pattern: str | None) -> None:
    assert pattern_from_example(example, 2026) == pattern
    if pattern is not None:
        assert example_of(pattern, 2026) == example
        assert OfficeProfile(number_pattern=pattern).number_pattern == pattern


def test_the_advice_on_passwords_is_worded() -> None:
    assert [strength(word)[0] for word in ("", "1234", "11111111", "镜湖春天真好看吧", GOOD)] == [
        "quiet",
        "warning",
        "warning",
        "quiet",
        "done",
    ]


def test_the_recovery_code_fits_its_page(tmp_path: Path, qapp: QApplication) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "code.pdf"))
    assert paint_code(printer, "-".join(["7K3M"] * 8), "东浦镇", QFont(qapp.font()))
    assert (tmp_path / "code.pdf").stat().st_size > 1000
