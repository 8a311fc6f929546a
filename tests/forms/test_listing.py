"""The list on paper: every line is there, the head on every page, and nothing is cut in half."""

import io

import pypdfium2 as pdfium
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.pdf_reading import text_by_pdfium
from tests.helpers.writing import CLAIMS
from xinfang_desktop.forms.listing import MARGINS, MOST_LINES, PAPER, Listing, compose_listing
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.sheet import Grid, Sheet


def listing(*rows: tuple[str, str]) -> Listing:
    return Listing(
        title="信访事项台账",
        note="本月　2026-11-22　共几件",
        office="镜湖新区开发办",
        headings=("序", "反映内容"),
        widths=(1, 6),
        rows=rows,
        numbers=frozenset({0}),
    )


def grids(sheet: Sheet) -> list[Grid]:
    return [part for page in sheet.pages for part in page.flow if isinstance(part, Grid)]


def test_the_page_lies_on_its_side_with_title_note_and_number() -> None:
    pdf = pdf_bytes(compose_listing(listing(("1", "铍𫖯𠮷家的水渠"))))
    document = pdfium.PdfDocument(io.BytesIO(pdf))
    width, height = document[0].get_size()
    document.close()
    assert width > height
    text = text_by_pdfium(pdf)
    for words in ("信访事项台账", "共几件", "水渠", "第 1 页", "共 1 页"):
        assert words in text


def test_the_head_stands_on_every_page_and_every_line_once() -> None:
    sheet = compose_listing(listing(*((str(n), f"第{n}件") for n in range(1, 121))))
    found = grids(sheet)
    assert len(found) == len(sheet.pages) > 2
    lines = [box.text for grid in found for box in grid.boxes if box.row and not box.col]
    assert lines == [str(n) for n in range(1, 121)]
    assert all(grid.boxes[1].text == "反映内容" for grid in found)
    assert [grid.goes_on for grid in found] == [False, *[True] * (len(found) - 1)]


def test_an_empty_list_is_its_head() -> None:
    assert [len(grid.heights) for grid in grids(compose_listing(listing()))] == [1]


@settings(max_examples=30)
@given(st.lists(CLAIMS, max_size=30), st.integers(1, 40))
def test_nothing_reaches_over_the_edge_of_the_page(texts: list[str], times: int) -> None:
    sheet = compose_listing(listing(*((str(n), text * times) for n, text in enumerate(texts))))
    for grid in grids(sheet):
        assert grid.y + sum(grid.heights) <= PAPER[1] - MARGINS.bottom
        for box in grid.boxes:
            assert len(box.lines) <= MOST_LINES
            for line in box.lines:
                assert box.x <= line.x
                assert line.x + line.width <= box.x + box.width + 0.01
