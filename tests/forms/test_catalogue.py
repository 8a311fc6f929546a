"""What holds for every paper of the office, whatever stands on it."""

from collections.abc import Callable
from pathlib import Path

import pytest

import xinfang_desktop.forms.catalogue as catalogue
from tests.helpers.docx_reading import page_breaks, words
from tests.helpers.office import OFFICE
from tests.helpers.papers import KINDS, empty, ordinary, very_long
from tests.helpers.pdf_reading import page_count, ruled_lines, text_layer
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.compose import CARRIED_NOTICE
from xinfang_desktop.forms.definition import Choice, Form, Line, Text
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.letter import Letter
from xinfang_desktop.forms.papers import AnyPaper, compose_paper
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.forms.sheet import Sheet, rules
from xinfang_desktop.models import Matter

every_paper = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
GRIDS = {key: form for key, form in FORMS.items() if isinstance(form, Form)}
LETTERS = {key: form for key, form in FORMS.items() if isinstance(form, Letter)}
every_form = pytest.mark.parametrize("form", GRIDS.values(), ids=GRIDS.keys())
every_letter = pytest.mark.parametrize("form", LETTERS.values(), ids=LETTERS.keys())
every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS.keys())

Make = Callable[[], Matter]

CAPTIONS = {
    "visit_registration": (
        "镜湖新区开发办接待群众来访登记单", "编号：", "信访人姓名", "人数", "身份证号码",
        "联系电话", "单位地址", "来访日期", "反映内容及诉求摘要", "接待部室（单位）意见",
        "签名：", "年月日", "事项分管领导意见", "签名：", "年月日", "办主要领导意见", "签名：",
        "年月日", "回访", "信访人意见", "满意□基本满意□不满意□", "回访日期", "年月日",
        "回访人签名：", "回访方式", "电话□当面□", "是否进入周会商", "是□否□",
        "是否进入督查督办", "是□否□", "备注：请相关部室（单位）按此表处理完毕后，交信访办",
    ),
    "process_sheet_2211": (
        "“2211”信访流程办理单", "单位名称（盖章）：", "单号：", "信访人姓名", "人数", "联系电话",
        "身份证号码", "信访日期", "单位及住址", "信访件来源", "上级□（信访件编号：", "）本级",
        "信访形式", "来信□来访", "来电□网上信访□信访代办□", "信访诉求", "信访办签收", "签名：",
        "签收日期：", "年月日", "主职领导交办签批", "签名：", "年月日",
        "处理（答复）意见及结论：", "事项承办人签名：", "年月日", "事项分管领导审核意见：",
        "签名：", "年月日", "信访分管领导审核意见：", "签名：", "年月日",
        "主职领导办结签批意见：", "签名：", "年月日", "信访办回访", "信访人意见",
        "满意□基本满意□不满意□", "回访日期", "年月日", "回访人签名：", "回访方式",
        "电话□当面□", "是否进入周会商", "是□否□", "是否进入督查督办", "是□否□",
        "注：此件扫描录入信访统一平台“其他材料（信访人不可见）”栏。",
    ),
    "dissatisfaction_verification": (
        "号信访件信访人不满意核实件", "信访人姓名", "人数", "联系电话", "身份证号码", "信访日期",
        "单位及住址", "信访件来源", "信访形式", "信访诉求", "核实件要求：",
        "原处理（答复）意见及结论：", "主职领导交办签批：", "签名：", "年月日",
        "事项分管领导批示意见：", "签名：", "年月日", "部长（主任）办理意见：", "签名：",
        "年月日", "信访事项核实情况说明：（可另附页）", "事项承办人签名：", "年月日",
    ),
    "liaison_letter": (
        "信访事项联系函", "编号：", "：", "一、基本情况", "二、协调联系事项", "请予以支持为感。",
        "镜湖新区开发办", "年月日",
    ),
}  # fmt: skip
"""What the regulation prints, in the order in which it is read."""


def plain(text: str) -> str:
    return "".join(text.split())


def test_every_module_of_the_catalogue_is_a_paper_that_is_listed() -> None:
    folder = Path(catalogue.__file__).parent
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert modules == set(FORMS)


@every_paper
def test_a_blank_paper_has_every_caption_of_the_regulation_in_order(form: AnyPaper) -> None:
    said = plain(compose_paper(form, empty()).text)
    for caption in CAPTIONS[form.key]:
        before, found, said = said.partition(caption)
        assert found, f"{caption} is missing or out of order, after {before[-20:]}"


@every_paper
@every_kind
def test_pdf_and_docx_say_what_the_sheet_says(form: AnyPaper, make: Make) -> None:
    sheet = compose_paper(form, make())
    assert plain(text_layer(pdf_bytes(sheet))) == plain(sheet.text)
    assert plain(words(docx_bytes(sheet))) == plain(without_folios(sheet))


def without_folios(sheet: Sheet) -> str:
    """Leave out the page numbers of a letter, which Word writes by itself."""
    folios = {id(b.line) for page in sheet.pages for b in page.foot if b.is_folio}
    return "\n".join(
        line.text for page in sheet.pages for line in page.text_lines if id(line) not in folios
    )


@every_paper
@every_kind
def test_no_line_runs_out_of_its_cell(form: AnyPaper, make: Make) -> None:
    for page in compose_paper(form, make()).pages:
        for box in page.boxes:
            for line in box.lines:
                assert line.x >= box.x
                assert line.x + line.width <= box.x + box.width + 0.01, line.text
                assert box.y <= line.baseline - 0.7 * line.size * 25.4 / 72
                assert line.baseline + 0.1 * line.size * 25.4 / 72 <= box.y + box.height + 0.01


@every_paper
@every_kind
def test_every_character_has_a_glyph_in_a_shipped_font(form: AnyPaper, make: Make) -> None:
    assert compose_paper(form, make()).missing == ()


@every_paper
def test_an_ordinary_paper_is_one_page(form: AnyPaper) -> None:
    sheet = compose_paper(form, ordinary())
    assert len(sheet.pages) == 1
    assert page_count(pdf_bytes(sheet)) == 1
    assert page_breaks(docx_bytes(sheet)) == 0


@every_form
def test_what_does_not_fit_goes_on_under_title_number_and_page(form: Form) -> None:
    sheet = compose_paper(form, very_long())
    count = len(sheet.pages)
    assert count > 1
    assert page_count(pdf_bytes(sheet)) == count
    assert page_breaks(docx_bytes(sheet)) == count - 1
    for number, page in enumerate(sheet.pages[1:], start=2):
        head = " ".join(block.line.text for block in page.head)
        assert sheet.title in head
        assert "镜访〔2026〕118号" in head
        assert f"续页　第 {number} 页　共 {count} 页" in head


@every_form
def test_nothing_that_was_typed_is_lost_on_the_way_to_the_last_page(form: Form) -> None:
    matter = very_long()
    sheet = compose_paper(form, matter)
    for cell in form.cells:
        if isinstance(cell, Text):
            typed = form.bindings[cell.path].shown(matter)
            assert whole_text(sheet, cell) == typed.replace("\n", "")


def whole_text(sheet: Sheet, cell: Text) -> str:
    """Join what a cell holds with what was carried over from it, page by page."""
    first = next(box for box in sheet.pages[0].boxes if box.cell == cell)
    caption = next(b for b in sheet.pages[0].boxes if b.row == first.row and b.col == 0).text
    parts = [first.text.removeprefix(cell.caption).removesuffix(CARRIED_NOTICE)]
    for page in sheet.pages[1:]:
        for label, text in zip(page.boxes[::2], page.boxes[1::2], strict=True):
            if plain(label.text) == plain(cell.caption or caption) + "（续）":
                parts.append(text.text)
    return "".join(parts).replace("\n", "")


@every_form
def test_a_signature_cell_keeps_its_height_whatever_is_written_above_it(form: Form) -> None:
    short, full = compose_paper(form, ordinary()), compose_paper(form, very_long())
    assert signature_heights(full) == signature_heights(short)
    assert all(height >= 8 for height in signature_heights(full))


def signature_heights(sheet: Sheet) -> list[float]:
    boxes = sheet.pages[0].boxes
    return [round(b.height, 3) for b in boxes if "签名" in b.text or "年　　月　　日" in b.text]


@every_form
@every_kind
def test_the_grid_stays_inside_the_margins(form: Form, make: Make) -> None:
    sheet = compose_paper(form, make())
    for page in sheet.pages:
        for rule in rules(page):
            assert rule.x1 >= form.margins.left - 0.01
            assert rule.x2 <= form.page[0] - form.margins.right + 0.01
            assert rule.y2 <= form.page[1] - form.margins.bottom + 0.01


@every_form
def test_the_pdf_rules_the_grid_where_the_sheet_puts_it(form: Form) -> None:
    sheet = compose_paper(form, ordinary())
    across, down = ruled_lines(pdf_bytes(sheet))
    wanted = {round(r.y1, 1) for r in rules(sheet.pages[0]) if r.y1 == r.y2}
    assert all(min(abs(y - w) for w in wanted) < 0.1 for y in across)
    assert len(across) == len(wanted)
    assert down


@every_paper
def test_the_same_record_gives_the_same_bytes(form: AnyPaper) -> None:
    assert pdf_bytes(compose_paper(form, ordinary())) == pdf_bytes(compose_paper(form, ordinary()))


@every_paper
def test_every_blank_has_a_chinese_name(form: AnyPaper) -> None:
    for path in blanks(form):
        assert form.bindings[path].title


def blanks(paper: AnyPaper) -> list[str]:
    if isinstance(paper, Letter):
        return [paper.path(part) for part in paper.written]
    return [cell.path for cell in paper.cells if isinstance(cell, Line | Text | Choice)]


@every_paper
def test_a_paper_carries_the_names_of_the_office_it_is_printed_for(form: AnyPaper) -> None:
    other = OFFICE.model_copy(update={"name": "某某镇人民政府", "desk": "镇信访室"})
    said = compose_paper(form, Matter(office=other)).text
    assert "镜湖" not in said


def test_the_visit_registration_names_office_and_desk() -> None:
    other = OFFICE.model_copy(update={"name": "某某镇人民政府", "desk": "镇信访室"})
    said = compose_paper(FORMS["visit_registration"], Matter(office=other)).text
    assert "某某镇人民政府接待群众来访登记单" in said
    assert "交镇信访室" in said


@every_letter
def test_a_letter_names_what_it_rests_on(form: Letter) -> None:
    assert form.articles


@every_letter
def test_a_letter_stands_on_the_grid_of_the_standard(form: Letter) -> None:
    """22 lines of 28 characters in 156 × 225 mm (GB/T 9704-2012, 5.2)."""
    sheet = compose_paper(form, ordinary())
    assert (sheet.margins.top, sheet.margins.left, sheet.margins.right) == (37, 28, 26)
    for box in sheet.pages[0].boxes:
        for line in box.lines:
            place = (line.baseline - 37) / (225 / 22)
            assert 0 < place < 22
            if not box.is_bold:
                assert line.width <= 156.1
                assert line.size == pytest.approx(16, abs=0.25)


@every_letter
def test_a_letter_says_which_required_part_is_missing(form: Letter) -> None:
    told = [problem.path for problem in form.missing(empty())]
    usual = [
        form.path(p) for p in form.written if p.required and not form.words(p, empty()).strip()
    ]
    assert told == usual


@every_letter
def test_what_the_clerk_writes_takes_the_place_of_the_usual_words(form: Letter) -> None:
    matter = ordinary()
    for part in form.written:
        form.bindings[form.path(part)].write(matter, f"改写的{part.title}")
    said = compose_paper(form, matter).text
    assert all(f"改写的{part.title}" in said for part in form.written)
    assert form.missing(matter) == []


@every_letter
def test_usual_words_are_not_kept_so_that_the_letter_follows_the_matter(form: Letter) -> None:
    matter = ordinary()
    for part in form.written:
        form.bindings[form.path(part)].write(matter, form.words(part, matter))
    assert not any(matter.words.values())
