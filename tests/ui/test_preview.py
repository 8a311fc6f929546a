"""Preview: the very PDF, sharp, on white."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.office import OFFICE, visit
from tests.ui.keyboard import parts, press
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.printing import pdf_paper
from xinfang_desktop.ui.pdf_pages import PdfPages
from xinfang_desktop.ui.preview import Preview, Sheet
from xinfang_desktop.ui.theme import Theme

FORM = FORMS["visit_registration"]


@pytest.fixture(scope="module")
def paper() -> bytes:
    return pdf_paper(FORM, visit(), OFFICE)


@pytest.fixture(scope="module")
def long_paper() -> bytes:
    return pdf_paper(FORM, visit(claim="水渠多年失修，要求清淤。" * 300), OFFICE)


@pytest.fixture
def preview(theme: Theme, qtbot: QtBot) -> Preview:
    preview = Preview(theme)
    qtbot.addWidget(preview)
    preview.resize(900, 700)
    with qtbot.waitExposed(preview):
        preview.show()
    return preview


def darkest(image: QImage) -> int:
    small = image.scaled(60, 60)
    return min(QColor(small.pixel(x, y)).lightness() for x in range(60) for y in range(60))


def test_a_page_is_painted_on_white_at_any_resolution(paper: bytes) -> None:
    pages = PdfPages(paper)
    for dots in (72, 150):
        image = pages.render(0, dots)
        assert image.width() == pytest.approx(pages.size(0).width() * dots / 72, abs=1)
        assert image.pixelColor(2, 2) == QColor("white")
        assert darkest(image) < 200
    pages.close()


def test_a_part_is_the_same_as_that_part_of_the_whole(paper: bytes) -> None:
    pages = PdfPages(paper)
    whole = pages.render(0, 72)
    part = pages.render(0, 72, QRectF(0, 100, pages.size(0).width(), 200))
    cut = whole.copy(0, 100, part.width(), 200)
    assert abs(part.height() - 200) <= 1
    same = sum(part.pixel(x, y) == cut.pixel(x, y) for x in range(0, 590, 7) for y in range(200))
    assert same > 0.95 * 85 * 200
    pages.close()


def test_the_paper_appears_without_a_file(preview: Preview, paper: bytes, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.rendered, check_params_cb=lambda page: page == 1):
        preview.show_pdf(paper)
    assert preview.pages == 1
    assert darkest(preview.grab().toImage()) < 200


def test_pages_are_counted_as_one_moves(preview: Preview, long_paper: bytes, qtbot: QtBot) -> None:
    preview.show_pdf(long_paper)
    assert preview.pages > 1
    last = [preview.pages, preview.pages]
    qtbot.waitUntil(lambda: preview.widget().height() > 700 * preview.pages)
    with qtbot.waitSignal(preview.page_changed, check_params_cb=lambda *told: list(told) == last):
        preview.verticalScrollBar().setValue(preview.verticalScrollBar().maximum())


def test_keys_and_the_wheel_change_the_size(preview: Preview, paper: bytes, qtbot: QtBot) -> None:
    preview.show_pdf(paper)
    sheet = parts(preview, Sheet)[0]
    fitting = sheet.width()
    preview.zoom_to(100)
    assert sheet.width() == pytest.approx(PdfPages(paper).size(0).width() * 96 / 72, abs=1)
    press(Qt.Key.Key_Plus, on=preview)
    press(Qt.Key.Key_Plus, on=preview)
    press(Qt.Key.Key_Minus, on=preview)
    assert preview.zoom == 110
    turn(preview, -120)
    assert preview.zoom == 100
    press(Qt.Key.Key_0, on=preview)
    assert (preview.zoom, sheet.width()) == (0, fitting)


def turn(preview: Preview, angle: int) -> None:
    middle = QPointF(preview.viewport().rect().center())
    wheel = QWheelEvent(
        middle,
        preview.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    assert wheel.type() == QEvent.Type.Wheel
    QApplication.sendEvent(preview.viewport(), wheel)


def test_another_paper_takes_the_place_of_the_first(
    preview: Preview, paper: bytes, long_paper: bytes, qtbot: QtBot
) -> None:
    preview.show_pdf(long_paper)
    with qtbot.waitSignal(preview.rendered):
        preview.show_pdf(paper)
    assert preview.pages == 1
