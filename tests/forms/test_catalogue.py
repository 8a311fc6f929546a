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
from xinfang_desktop.forms.cells import CARRIED_NOTICE
from xinfang_desktop.forms.definition import Choice, Form, Line, Text
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.letter import Letter, has_room
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
        "身份证号码", "信访日期", "单位及住址", "信访件来源", "上级□（信访件编号：", "）本级□",
        "信访形式", "来信□来访□来电□网上信访□信访代办□", "信访诉求", "信访办签收", "签名：",
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
    "verification_report": (
        "关于", "（编号", "）", "信访事项核实情况说明", "签发人：", "（需责任分管领导手签）", "：",
        "不满意", "再次调查核实", "一、基本情况", "二、调查核实情况", "三、目前处理沟通情况",
        "已与信访人", "进行了联系沟通，", "镜湖新区开发办", "年月日",
    ),
    "reception_notice": (
        "信访事项接收情况和处理途径告知书", "编号：", "：", "一、信访诉求",
        "二、处理途径和程序", "三、处理单位和联系方式", "镜湖新区开发办", "年月日",
    ),
    "acceptance_notice": (
        "信访事项受理告知书", "编号：", "：", "一、信访诉求", "二、承办单位和办理期限",
        "镜湖新区开发办", "年月日",
    ),
    "decline_notice": (
        "信访事项不予受理告知书", "编号：", "：", "一、信访诉求", "二、不予受理的理由和依据",
        "三、您可以选择的途径", "镜湖新区开发办", "年月日",
    ),
    "bar_notice": (
        "信访事项不再受理告知书", "编号：", "：", "不再受理。", "新的事实和理由", "社会救助。",
        "镜湖新区开发办", "年月日",
    ),
    "referral_letter": (
        "信访事项转送函", "编号：", "：", "一、信访诉求", "二、办理要求", "附件：",
        "镜湖新区开发办", "年月日",
    ),
    "assignment_letter": (
        "信访事项交办函", "编号：", "：", "一、信访诉求", "二、办理要求", "镜湖新区开发办",
        "年月日",
    ),
    "supervision_letter": (
        "信访事项督办函", "编号：", "：", "一、信访诉求", "二、督办原因",
        "三、督办要求和改进建议", "镜湖新区开发办", "年月日",
    ),
    "supervision_tracking": (
        "信访事项跟踪督办情况表", "督办单位：", "信访事项编号：", "信访人姓名", "人数",
        "信访日期", "责任单位", "承办人", "受理日期", "年月日", "办理期限", "年月日前",
        "信访诉求", "督办原因", "违反规定受理、办理□推诿□敷衍□拖延□弄虚作假□",
        "拒不执行信访处理意见□其他□：", "督办要求和反馈期限", "督办人签名：", "年月日",
        "督办日期", "督办方式", "办理进展和反馈情况", "记录人", "办理结果", "承办人签名：",
        "年月日", "督办意见", "签名：", "年月日", "注：依照《信访工作条例》第四十条督办；",
    ),
    "extension_notice": (
        "信访事项延期办理告知书", "编号：", "：", "一、延期理由", "二、延长的期限",
        "给您带来不便，请予谅解；", "镜湖新区开发办", "年月日",
    ),
    "hearing_notice": (
        "信访事项听证通知书", "编号：", "：", "一、听证事项", "二、时间、地点和人员", "时间：",
        "地点：", "主持人：", "参加人：", "三、您的权利和注意事项", "镜湖新区开发办", "年月日",
    ),
    "mediation_agreement": (
        "信访事项调解协议书", "编号：", "甲方（信访人）：", "乙方：", "一、争议事项",
        "二、协议内容和履行期限", "履行期限：", "本协议一式三份，", "甲方（签名）：",
        "乙方（签名盖章）：", "调解单位：镜湖新区开发办", "年月日",
    ),
    "settlement_agreement": (
        "信访事项和解协议书", "编号：", "甲方（信访人）：", "乙方：", "一、争议事项",
        "二、协议内容和履行期限", "履行期限：", "本协议一式三份，", "甲方（签名）：",
        "乙方（签名盖章）：", "见证单位：镜湖新区开发办", "年月日",
    ),
    "handling_opinion": (
        "信访处理意见书", "编号：", "：", "一、投诉请求", "二、事实和理由", "三、处理意见",
        "四、法律法规依据", "镜湖新区开发办", "年月日",
    ),
    "review_opinion": (
        "信访事项复查意见书", "编号：", "：", "一、复查请求", "二、复查查明的事实",
        "三、复查意见和依据", "请求我单位的上一级机关、单位复核。", "镜湖新区开发办", "年月日",
    ),
    "reexamination_opinion": (
        "信访事项复核意见书", "编号：", "：", "一、复核请求", "二、复核查明的事实",
        "三、复核意见和依据", "不再受理。", "镜湖新区开发办", "年月日",
    ),
    "proof_of_service": (
        "信访事项送达回证", "送达单位（盖章）：", "信访事项编号：", "受送达人", "送达地点",
        "联系电话", "送达文书名称", "文号", "份数", "送达方式",
        "直接送达□留置送达□邮寄送达□电子送达□其他□：", "受送达人签收",
        "受送达人签名（盖章）：", "年月日", "代收人签收", "与受送达人的关系：", "代收人签名：",
        "年月日", "拒收或者不能送达的事由和见证人", "见证人签名：", "年月日", "送达人",
        "送达人签名：", "年月日", "注：请求复查、复核的期限自收到书面答复之日起算",
    ),
    "conclusion_report": (
        "关于信访事项办理情况的报告", "编号：", "：", "一、基本情况", "二、调查核实情况",
        "三、处理意见和落实情况", "四、答复和回访情况", "镜湖新区开发办", "年月日",
    ),
    "file_contents": (
        "卷内目录", "立卷单位：", "信访事项编号：", "序号", "文号", "责任者", "题名", "日期",
        "页号", "备注", *map(str, range(1, 16)),
    ),
    "archive_cover": (
        "镜湖新区开发办信访档案", "全宗号", "目录号", "案卷号", "题名", "信访人", "人数",
        "信访事项类别", "内容分类", "登记编号", "收到日期", "责任单位", "办结日期", "件数",
        "共件", "页数", "共页", "保管期限", "本卷需要说明的情况", "立卷人", "签名：", "年月日",
        "检查人", "签名：", "年月日",
    ),
}  # fmt: skip
"""What is printed on each paper, in the order in which it is read."""


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
    if not any(isinstance(cell, Text) for cell in form.cells):
        return  # short blanks only: nothing grows beyond its row
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
    words = {part: form.words(part, empty()) for part in form.written if part.required}
    usual = [form.path(p) for p, said in words.items() if not said.strip() or has_room(said)]
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
