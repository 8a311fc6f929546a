"""The calibration page: true to the millimetre, and what its measures say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.pdf_reading import page_count, ruled_lines, text_by_pdfium
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.calibration import (
    ACROSS,
    DOWN,
    LEFT,
    QUESTIONS,
    TOP,
    Fit,
    Measures,
    calibration_page,
    fit_from,
)


def test_the_page_names_the_printer_and_what_is_to_be_measured() -> None:
    page = calibration_page("惠普 M404（一楼）")
    said = text_by_pdfium(page)
    assert page_count(page) == 1
    assert "打印机：惠普 M404（一楼）" in said
    for _, sign, where, due in QUESTIONS:
        assert f"{sign}　{where}" in said
        assert f"应为 {due:g}" in said


def test_the_arrows_stand_where_the_crosses_are() -> None:
    _, down = ruled_lines(calibration_page("惠普"))
    assert any(x == pytest.approx(LEFT, abs=0.1) for x in down)


def test_a_printer_in_order_needs_no_correction() -> None:
    assert fit_from(Measures()) == Fit()


@given(
    st.floats(-8, 8),
    st.floats(-8, 8),
    st.floats(0.97, 1.03),
)
def test_the_correction_undoes_what_the_printer_does(a: float, b: float, k: float) -> None:
    """A printer puts x at a + k·x; after the correction every point comes out where it is."""
    fit = fit_from(Measures(a + k * LEFT, b + k * TOP, k * ACROSS, k * DOWN))
    for x in (0.0, LEFT, 105.0, 210.0):
        assert a + k * (fit.scale * x + fit.dx) == pytest.approx(x, abs=0.02)
        assert b + k * (fit.scale * x + fit.dy) == pytest.approx(x, abs=0.02)


@pytest.mark.parametrize(
    "measures", [Measures(across=0), Measures(left=60), Measures(down=180), Measures(top=0)]
)
def test_measures_that_cannot_be_are_refused(measures: Measures) -> None:
    with pytest.raises(OfficeError, match="没有采用"):
        fit_from(measures)


def test_a_very_long_name_of_a_printer_stays_on_the_page() -> None:
    assert page_count(calibration_page("很长的名字" * 20)) == 1
