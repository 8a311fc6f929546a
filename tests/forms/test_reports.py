"""Reports on paper: PDF and DOCX say the same, tables go on under their heads, nothing runs out."""

import io
from itertools import pairwise

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import docx_reading, pdf_reading
from tests.helpers.writing import CLAIMS
from xinfang_desktop.forms.compose_report import compose_report
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.drawing import COLOURS, drawn
from xinfang_desktop.forms.letter import LETTER_MARGINS
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.printing import docx_report, pdf_report
from xinfang_desktop.forms.sheet import SHADE, Box, Drawing, Grid, fills
from xinfang_desktop.models.report import (
    Bar,
    Block,
    Chart,
    Paragraph,
    Report,
    Said,
    Section,
    Table,
)

WIDTH = 156.0
FOOT = 297 - LETTER_MARGINS.bottom


def report(*blocks: Block, annex: tuple[Block, ...] = ()) -> Report:
    sections = [Section("来件情况", blocks)]
    if annex:
        sections.append(Section("统计口径", annex, is_annex=True))
    return Report(
        key="monthly",
        title="镜湖新区开发办2026年10月信访工作月报",
        office="镜湖新区开发办",
        signature="镜湖新区开发办信访办",
        period="2026年10月",
        days="2026年10月1日至31日",
        made_on="2026年11月2日",
        sections=tuple(sections),
        remarks=("作废的不计。",),
    )


def paragraph(text: str) -> Paragraph:
    return Paragraph((Said(text),))


def table(rows: int, note: str = "") -> Table:
    told = tuple((Said(f"第{n}项"), Said(f"{n}件"), Said(f"{n / 7:.1f}%")) for n in range(rows))
    return Table("来件", ("指标", "本月", "上月"), told, (40, 20, 20), note=note)


def chart(*, lying: bool = True) -> Chart:
    bars = (Bar("来信", (3, 5)), Bar("来访", (12, 0)), Bar("网上信访（含手机）", (0, 1)))
    return Chart("信访形式", ("本月", "上月"), bars, lying=lying)


WHOLE = report(
    paragraph("本月共收到信访事项22件次，铍𫖯𠮷等反映的问题已办结。" * 12),
    table(60, note="按名称排列，不排名次。"),
    chart(),
    chart(lying=False),
    annex=(table(3),),
)


def bare(text: str) -> str:
    return "".join(text.split())


def test_pdf_and_docx_say_the_same() -> None:
    sheet = compose_report(WHOLE)
    in_docx = bare(docx_reading.words(docx_bytes(sheet)))
    in_pdf = bare(pdf_reading.text_layer(pdf_bytes(sheet)))
    for line in WHOLE.text.splitlines():
        for word in line.split():
            assert bare(word) in in_docx, word
            assert bare(word) in in_pdf, word


def test_the_signature_stands_before_the_annex() -> None:
    said = bare(compose_report(WHOLE).text)
    places = [said.index(words) for words in ("本月共收到", "信访办2026年11月2日", "附：统计口径")]
    assert places == sorted(places)


def test_a_table_goes_on_under_its_head_and_word_has_it_in_one_piece() -> None:
    sheet = compose_report(WHOLE)
    grids = [part for page in sheet.pages for part in page.flow if isinstance(part, Grid)]
    assert [grid.goes_on for grid in grids] == [False, True, True, False]
    for grid in grids:
        assert [box.text for box in grid.boxes if box.row == 0] == ["指标", "本月", "上月"]
    document = Document(io.BytesIO(docx_bytes(sheet)))
    assert [len(one.rows) for one in document.tables] == [61, 4]
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") for row in document.tables[0].rows]
    assert [bool(head) for head in heads] == [True] + [False] * 60


def test_nothing_stands_below_the_page_or_over_another() -> None:
    for page in compose_report(WHOLE).pages:
        spans = [(part.y, part.y + height(part)) for part in page.flow]
        assert spans[0][0] >= LETTER_MARGINS.top
        assert spans[-1][1] <= FOOT + 0.1
        for (_, foot), (top, _) in pairwise(spans):
            assert top >= foot - 0.01


def height(part: Box | Grid | Drawing) -> float:
    return sum(part.heights) if isinstance(part, Grid) else part.height


def test_a_caption_is_never_left_alone_at_the_foot() -> None:
    for lines in range(1, 40):
        sheet = compose_report(report(paragraph("情况说明。" * 6 * lines), table(5), chart()))
        for page in sheet.pages:
            last = page.flow[-1]
            assert not (isinstance(last, Box) and last.keeps_next)


@pytest.mark.parametrize("lying", [True, False])
def test_a_chart_draws_every_number_inside_its_width(lying: bool) -> None:
    drawing = drawn(chart(lying=lying), WIDTH)
    texts = [line.text for line in drawing.lines]
    for word in ("3", "5", "12", "1", "来信", "来访", "本月", "上月"):
        assert word in texts
    for line in drawing.lines:
        assert line.x >= -0.01 and line.x + line.width <= WIDTH + 0.01, line.text
        assert 0 <= line.baseline <= drawing.height
    for fill in drawing.fills:
        assert fill.x >= 0 and fill.x + fill.width <= WIDTH + 0.01
        assert fill.y >= 0 and fill.y + fill.height <= drawing.height


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = (Bar("甲", (10,)), Bar("乙", (5,)), Bar("丙", (0,)))
    drawing = drawn(Chart("图", ("本月",), bars), WIDTH)
    long, half = (fill.width for fill in drawing.fills if fill.height < 3.5 and fill.width > 4)
    assert half == pytest.approx(long / 2)


def test_a_label_that_is_too_long_is_cut_and_never_printed_over_its_bar() -> None:
    bars = (Bar("很长很长很长很长很长很长很长很长很长很长很长的名称", (7,)),)
    drawing = drawn(Chart("图", ("本月",), bars), WIDTH)
    [bar] = [fill for fill in drawing.fills if fill.colour == COLOURS[0] and fill.width > 10]
    [label] = [line for line in drawing.lines if line.text.startswith("很长")]
    assert label.text.endswith("…")
    assert label.x + label.width <= bar.x


def test_charts_and_heads_are_filled_in_the_pdf_and_shapes_in_the_docx() -> None:
    sheet = compose_report(WHOLE)
    filled = [fill for page in sheet.pages for fill in fills(page)]
    assert {COLOURS[0], COLOURS[1], SHADE} <= {fill.colour for fill in filled}
    document = Document(io.BytesIO(docx_bytes(sheet)))
    body = document.element.body
    groups = body.xpath(".//*[local-name()='wgp']")
    assert len(groups) == 2
    shapes = body.xpath(".//*[local-name()='wsp']")
    drawings = [part for page in sheet.pages for part in page.flow if isinstance(part, Drawing)]
    assert len(shapes) == sum(len(one.fills) + len(one.lines) for one in drawings)
    ids = body.xpath(".//@id")
    assert len(set(ids)) == len(ids)


def test_numbers_stand_at_the_right_and_words_at_the_left() -> None:
    sheet = compose_report(report(table(2)))
    [grid] = [part for part in sheet.pages[0].flow if isinstance(part, Grid)]
    assert [box.align.value for box in grid.boxes[3:6]] == ["left", "right", "right"]


@given(words=st.lists(CLAIMS, min_size=1, max_size=5))
@settings(max_examples=25)
def test_whatever_is_written_is_printed(words: list[str]) -> None:
    written = [text.strip() for text in "\n".join(words).split("\n") if text.strip()]
    sheet = compose_report(report(*map(paragraph, written)))
    said = bare(sheet.text)
    for text in written:
        assert bare(text) in said


def test_the_same_report_gives_the_same_bytes() -> None:
    assert pdf_report(WHOLE) == pdf_report(WHOLE)


def test_rare_characters_bring_their_font() -> None:
    sheet = compose_report(WHOLE)
    assert sheet.missing == ()
    with io.BytesIO(docx_report(WHOLE)) as file:
        assert "𠮷" in docx_reading.words(file.getvalue())


def test_one_page_has_no_number_and_several_have() -> None:
    assert not compose_report(report(paragraph("零报告。"))).pages[0].foot
    assert all(page.foot for page in compose_report(WHOLE).pages)
