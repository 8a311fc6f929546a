"""Calibrating a printer: four measures, kept for this printer, applied to every page."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.pdf_reading import ruled_lines
from tests.ui.test_printing import on_file, paper_of
from xinfang_desktop.forms.calibration import Fit, calibration_page
from xinfang_desktop.ui import printing
from xinfang_desktop.ui.calibration_dialog import CalibrationDialog, told
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.pdf_pages import PdfPages
from xinfang_desktop.ui.printer_fits import FILE_NAME, PrinterFits
from xinfang_desktop.ui.printing import paint

DOTS = 300


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> CalibrationDialog:
    made = CalibrationDialog(desk, PrinterFits(desk.folder), "老惠普")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_what_was_measured_is_kept_for_this_printer_only(
    dialog: CalibrationDialog, desk: Desk, qtbot: QtBot
) -> None:
    for name, value in (("left", 26.0), ("top", 28.5), ("across", 160.0), ("down", 240.0)):
        dialog.fields[name].setValue(value)
    with qtbot.waitSignals([dialog.calibrated, desk.told]):
        dialog.keep()
    fits = PrinterFits(desk.folder)
    assert fits.of("老惠普") == Fit(dx=-1.0, dy=1.5, scale=1.0)
    assert fits.of("新惠普") == Fit()


def test_measures_that_cannot_be_are_refused_and_the_old_ones_stay(
    dialog: CalibrationDialog, desk: Desk
) -> None:
    PrinterFits(desk.folder).keep("老惠普", Fit(dx=1.0))
    dialog.fields["across"].setValue(16)
    dialog.keep()
    assert "没有采用" in dialog.warning.text()
    assert dialog.isVisible()
    assert PrinterFits(desk.folder).of("老惠普") == Fit(dx=1.0)


def test_a_calibration_can_be_forgotten(dialog: CalibrationDialog, desk: Desk) -> None:
    PrinterFits(desk.folder).keep("老惠普", Fit(dx=1.0))
    dialog.forget()
    assert PrinterFits(desk.folder).of("老惠普") == Fit()


def test_the_page_is_sent_as_it_is_drawn(
    dialog: CalibrationDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, bytes, dict[str, object]]] = []

    def note(name: str, content: bytes, title: str, **rest: object) -> None:
        sent.append((name, content, rest))

    monkeypatch.setattr(printing, "print_on", note)
    dialog.print_page()
    qtbot.waitUntil(lambda: "已送打印机" in dialog.message.text())
    assert sent[0][:2] == ("老惠普", calibration_page("老惠普"))
    assert "fit" not in sent[0][2]


def test_a_missing_printer_is_told(dialog: CalibrationDialog, qtbot: QtBot) -> None:
    dialog.print_page()
    qtbot.waitUntil(lambda: "「老惠普」" in dialog.warning.text())


@pytest.mark.parametrize("content", ["", "[]", "{", '{"甲": 1, "乙": {"dx": "x"}}'])
def test_a_damaged_file_is_no_trouble(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    fits = PrinterFits(tmp_path)
    assert fits.of("甲") == fits.of("乙") == Fit()
    fits.keep("甲", Fit(1, 2, 1.01))
    assert PrinterFits(tmp_path).of("甲") == Fit(1, 2, 1.01)


def test_a_correction_is_said_in_words() -> None:
    assert told(Fit()) == "未校准，按原样打印"
    assert told(Fit(-1.5, 2, 0.995)) == "向左移 1.5 毫米，向下移 2 毫米，大小 99.5%"


def test_a_page_is_painted_moved_and_scaled(qapp: QApplication, tmp_path: Path) -> None:
    """The darkest column and row of the painted page are the rules of the grid, moved."""
    content = paper_of().pdf()
    across, down = ruled_lines(content)
    fit = Fit(dx=2.0, dy=-3.0, scale=0.98)
    assert paint(on_file(tmp_path / "p.pdf", DOTS), content, None, fit)
    pages = PdfPages((tmp_path / "p.pdf").read_bytes())
    image = pages.render(0, DOTS)
    pages.close()
    dots = DOTS / 25.4
    middle = round((down[0] + down[-1]) / 2 * 0.5 * dots)
    for y in (across[0], across[-1]):
        wanted = (y * fit.scale + fit.dy) * dots
        strip = range(round(wanted) - 20, round(wanted) + 20)
        darkest = min(strip, key=lambda row: image.pixelColor(middle, row).lightness())
        assert darkest == pytest.approx(wanted, abs=4)
