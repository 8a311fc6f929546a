"""Printing: at 100 %, into files that overwrite nothing, and told when it fails."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QListWidgetItem
from pytestqt.qtbot import QtBot

from tests.helpers.office import OFFICE, visit
from tests.ui.keyboard import press
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.ui import printing
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.pdf_pages import PdfPages
from xinfang_desktop.ui.print_dialog import DOCX, PDF, PrintDialog
from xinfang_desktop.ui.printing import Paper, free_path, paint, print_on, safe_name, write_new

FORM = FORMS["visit_registration"]


def paper_of(**changes: object) -> Paper:
    record = visit(number="镜访〔2026〕1号", **changes)
    return Paper.of(FORM, record, OFFICE)


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot, tmp_path: Path) -> PrintDialog:
    return ready(PrintDialog(desk, paper_of()), desk, qtbot, tmp_path)


def ready(dialog: PrintDialog, desk: Desk, qtbot: QtBot, folder: Path) -> PrintDialog:
    qtbot.addWidget(dialog)
    dialog.file.set_folder(folder / "导出")
    with qtbot.waitExposed(dialog):
        dialog.show()
    qtbot.waitUntil(dialog.act.isEnabled)
    return dialog


def test_a_paper_is_named_by_number_and_title() -> None:
    assert paper_of().name == f"镜访〔2026〕1号 {FORM.title}"
    assert Paper.of(FORM, None, OFFICE).name == FORM.title


def test_without_a_printer_enter_saves_a_pdf(
    dialog: PrintDialog, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    assert dialog.place == PDF
    with qtbot.waitSignals([dialog.printed, desk.told]):
        press(Qt.Key.Key_Return)
    file = tmp_path / "导出" / f"镜访〔2026〕1号 {FORM.title}.pdf"
    assert pypdfium2.PdfDocument(file.read_bytes()).get_metadata_dict()["Title"]
    assert desk.preferences.now.export_folder == str(tmp_path / "导出")


def test_a_document_for_wps_is_written_beside_and_overwrites_nothing(
    dialog: PrintDialog, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "导出"
    folder.mkdir()
    taken = folder / f"镜访〔2026〕1号 {FORM.title}.docx"
    taken.write_text("早先的")
    dialog.choose(DOCX)
    with qtbot.waitSignal(dialog.printed) as printed:
        press(Qt.Key.Key_Return)
    assert printed.args == [str(folder / f"镜访〔2026〕1号 {FORM.title}（2）.docx")]
    assert taken.read_text() == "早先的"


def test_a_folder_that_cannot_be_written_is_told_and_the_dialog_stays(
    dialog: PrintDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("")
    dialog.file.set_folder(tmp_path / "文件" / "里面")
    with qtbot.assertNotEmitted(dialog.printed):
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "没有导出" in dialog.warning.text())
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.act.isEnabled)


def test_characters_that_no_font_draws_are_listed_before_printing(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = ready(PrintDialog(desk, paper_of(claim="这个字\U0002ebf0没有")), desk, qtbot, tmp_path)
    assert "U+2EBF0" in dialog.warning.text()
    assert dialog.warning.isVisible()


def test_a_printer_that_vanished_is_told_in_one_sentence(dialog: PrintDialog, qtbot: QtBot) -> None:
    item = QListWidgetItem("老打印机")
    item.setData(Qt.ItemDataRole.UserRole, "老打印机")
    dialog.places.insertItem(0, item)
    dialog.choose("老打印机")
    assert dialog.printer.isVisible()
    with qtbot.assertNotEmitted(dialog.printed):
        dialog.print()
        qtbot.waitUntil(lambda: "「老打印机」" in dialog.warning.text())
    qtbot.waitUntil(dialog.act.isEnabled)


def test_the_last_choice_is_the_first_offer_next_time(
    dialog: PrintDialog, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.choose(DOCX)
    with qtbot.waitSignal(dialog.printed):
        dialog.print()
    again = ready(PrintDialog(desk, paper_of()), desk, qtbot, tmp_path)
    assert again.place == DOCX


def test_pages_can_be_chosen_where_there_are_several(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    long = paper_of(claim="水渠多年失修，要求清淤。" * 300)
    dialog = ready(PrintDialog(desk, long), desk, qtbot, tmp_path)
    pages = dialog.printer.pages
    assert pages.start == 1
    assert len(pages) > 1
    assert dialog.printer.copies == 1


def on_file(path: Path, dots: int) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(dots)
    return printer


@pytest.mark.parametrize("dots", [203, 300])
def test_a_page_is_painted_point_for_point(qapp: QApplication, tmp_path: Path, dots: int) -> None:
    content = paper_of().pdf()
    assert paint(on_file(tmp_path / "p.pdf", dots), content)
    wanted, painted = PdfPages(content), PdfPages((tmp_path / "p.pdf").read_bytes())
    assert len(painted) == len(wanted) == 1
    assert painted.size(0).width() == pytest.approx(wanted.size(0).width(), abs=1)
    assert painted.size(0).height() == pytest.approx(wanted.size(0).height(), abs=1)
    one, other = (pages.render(0, 72).scaled(298, 421) for pages in (wanted, painted))
    differing = sum(
        abs((one.pixel(x, y) & 0xFF) - (other.pixel(x, y) & 0xFF)) > 110
        for x in range(298)
        for y in range(421)
    )
    assert differing < 0.01 * 298 * 421


def test_only_the_pages_asked_for_are_painted(qapp: QApplication, tmp_path: Path) -> None:
    content = paper_of(claim="水渠多年失修，要求清淤。" * 300).pdf()
    assert paint(on_file(tmp_path / "p.pdf", 100), content, range(2, 3))
    assert len(PdfPages((tmp_path / "p.pdf").read_bytes())) == 1


def test_no_printer_is_faster_than_six_hundred_dots(qapp: QApplication, tmp_path: Path) -> None:
    printer = on_file(tmp_path / "p.pdf", 1200)
    assert paint(printer, paper_of().pdf())
    assert printer.resolution() == printing.MOST_DOTS_PER_INCH


def test_a_printer_nobody_knows_is_refused(qapp: QApplication) -> None:
    with pytest.raises(OfficeError, match="没有打印"):
        print_on("没有这台", b"", "题", copies=1, pages=None)


def test_names_are_made_fit_for_every_file_system(tmp_path: Path) -> None:
    assert safe_name('镜/访:"1"号. ') == "镜_访__1_号"
    assert safe_name(" . ") == "未命名"
    first = write_new(tmp_path / "新" / "夹", "单", ".pdf", b"1")
    assert free_path(first.parent, "单", ".pdf").name == "单（2）.pdf"
