"""The office's own papers: as good as the built-in ones, and told by line where they are wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.docx_reading import words
from tests.helpers.papers import KINDS, ordinary
from tests.helpers.pdf_reading import text_layer
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.definition import Form
from xinfang_desktop.forms.docx import docx_bytes
from xinfang_desktop.forms.office_forms import (
    all_papers,
    load_office_forms,
    parse_office_form,
    read_office_form,
)
from xinfang_desktop.forms.papers import compose_paper
from xinfang_desktop.forms.pdf import pdf_bytes
from xinfang_desktop.paths import resource

SAMPLE = resource("samples", "office-form.toml").read_text(encoding="utf-8")


def sample() -> Form:
    form, problems = parse_office_form(SAMPLE, "样例.toml")
    assert problems == []
    assert form is not None
    return form


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS.keys())
def test_the_sample_prints_as_the_built_in_papers_do(make: object) -> None:
    sheet = compose_paper(sample(), make())  # type: ignore[operator]
    assert plain(text_layer(pdf_bytes(sheet))) == plain(sheet.text)
    assert plain(words(docx_bytes(sheet))) == plain(sheet.text)


def test_the_sample_says_what_was_typed_and_its_captions() -> None:
    said = plain(compose_paper(sample(), ordinary()).text)
    for expected in (
        "镜湖新区开发办村（社区）接待登记单",
        "铍𫖯𠮷",
        "反映事项",
        "来访☑",
        "驻村领导意见",
    ):
        assert expected in said


def test_they_stand_beside_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "接待单.toml").write_text(SAMPLE, encoding="utf-8")
    papers = all_papers(tmp_path)
    assert list(papers)[: len(FORMS)] == list(FORMS)
    assert papers["village_reception"] == sample()
    assert all_papers(tmp_path / "没有") == FORMS


def test_a_broken_file_is_left_out_and_the_others_are_used(tmp_path: Path) -> None:
    (tmp_path / "好.toml").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "坏.toml").write_text('key = "x"\ntitle = 3\n', encoding="utf-8")
    (tmp_path / "乱.toml").write_bytes(b'title = "\xd5\xc5"')
    (tmp_path / "另一个.toml").write_text(SAMPLE, encoding="utf-8")
    forms, problems = load_office_forms(tmp_path)
    assert list(forms) == ["village_reception"]
    told = {problem.file: problem.sentence for problem in problems}
    assert told["乱.toml"] == "乱.toml 第1行：不是UTF-8编码的文字，请另存为UTF-8。"
    assert "坏.toml" in told
    assert "已有名称（key）为“village_reception”的文书" in " ".join(told.values())


def test_a_key_of_the_program_cannot_be_taken(tmp_path: Path) -> None:
    taken = SAMPLE.replace('"village_reception"', '"visit_registration"')
    (tmp_path / "a.toml").write_text(taken, encoding="utf-8")
    forms, problems = load_office_forms(tmp_path)
    assert forms == {}
    assert problems[0].sentence.startswith("a.toml 第5行：已有名称（key）为“visit_registration”")


def line_of(words_: str) -> int:
    return next(n for n, line in enumerate(SAMPLE.splitlines(), 1) if words_ in line)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('title = "村', 'titel = "村', "没有“titel”这个键，可能写错了"),
        ("version = 1", "version = 0", "version 应为整数，从1起"),
        ("version = 1", 'version = "一"', "version 应为整数，从1起"),
        ('key = "village_reception"', 'key = "村表"', "key 只能用小写英文字母"),
        ("[24, 58, 27, 56]", "[24, 58, 27, 50]", "各栏合计159毫米，纸上可用的宽度是165毫米"),
        ("[24, 58, 27, 56]", '[24, "宽", 27, 56]', "每一项都应为大于0的毫米数"),
        ("[24, 58, 27, 56]", "165", "columns 应为各栏宽度"),
        ('"{office.name}村', '"{office.nmae}村', "没有“office.nmae”这一项，请核对写法"),
        ('交{office.desk}', '交{office.dsk}', "没有“office.dsk”这一项"),
        ('{ line = "petitioner.phone" }', '{ line = "petitioner.fone" }', "没有“petitioner.fone”"),
        ('{ line = "petitioner.phone" }', '{ lien = "petitioner.phone" }', "写明是哪一种"),
        ('{ line = "petitioner.phone" }', '{ line = "petition.number" }', "由程序给出"),
        ('{ line = "petitioner.phone" }', '{ line = "names" }', "由程序给出"),
        ('{ line = "petitioner.phone" }', '{ line = "petition.kind" }', "请改用 choice"),
        ('printed = "whereabouts"', 'printed = "wherabouts"', "没有“wherabouts”这一项"),
        ('printed = "whereabouts"', 'shown = "whereabouts"', "line 格子没有“shown”这个键"),
        ("vertical = true", 'vertical = "是"', "vertical 应为true 或 false"),
        ('text = "petition.claim", cols = 3', 'text = "petition.headcount", cols = 3', "不是文字"),
        ('choice = "petition.channel"', 'choice = "petition.claim"', "没有可勾选的项"),
        ('"petition.channel", cols = 3', '"petition.channel", cols = 0', "cols 最小是1"),
        (
            'choice = "petition.channel", cols = 3',
            'choice = "petition.channel", cols = 3, '
            'inline = [{ choice = "x", caption = "：", path = "petition.superior_number" }]',
            "没有“x”这个选项，只有 letter、visit",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(before: str, after: str, reason: str) -> None:
    line = line_of(before)
    form, problems = parse_office_form(SAMPLE.replace(before, after, 1), "单.toml")
    assert form is None
    told = [problem for problem in problems if reason in problem.reason]
    assert [problem.line for problem in told] == [line], [p.sentence for p in problems]


@pytest.mark.parametrize(
    ("before", "after", "at", "reason"),
    [
        ('text = "petition.claim", cols = 3', 'text = "petition.claim", cols = 2',
         "height = 70", "这一行的第4栏没有格子"),
        ('text = "petition.claim", cols = 3', 'text = "petition.claim", cols = 4',
         "height = 70", "这一行放不下这些格子"),
        ("height = 70", "height = 170", "columns =", "各行加起来太高"),
        ("height = 70", 'height = "高"', "height = 70", "height 应为大于0的毫米数"),
        ('{ choice = "petition.supervised" }', '{ choice = "petition.supervised", rows = 2 }',
         "是否报镇", "跨到了最后一行之外"),
    ],
)  # fmt: skip
def test_the_grid_is_checked_row_by_row(before: str, after: str, at: str, reason: str) -> None:
    form, problems = parse_office_form(SAMPLE.replace(before, after, 1), "单.toml")
    assert form is None
    told = next(problem for problem in problems if reason in problem.reason)
    assert abs(told.line - line_of(at)) <= 3


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('title = "村', "title = 村", "写法不对"),
        ("version = 1", "version = 1\nversion = 2", "写了两次"),
        ("[24, 58, 27, 56]", "[24, 58, 27, 56", "写法不对"),
    ],
)
def test_a_fault_of_syntax_has_its_line_too(before: str, after: str, reason: str) -> None:
    _, problems = parse_office_form(SAMPLE.replace(before, after, 1), "单.toml")
    assert len(problems) == 1
    assert reason in problems[0].reason
    assert 0 <= problems[0].line - line_of(before) <= 3


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    wrong = SAMPLE.replace("petitioner.phone", "petitioner.fone").replace(
        "version = 1", "version = 0"
    )
    _, problems = parse_office_form(wrong, "单.toml")
    assert [problem.line for problem in problems] == sorted(
        [line_of("version = 1"), line_of("petitioner.phone")]
    )


def test_an_empty_file_says_what_is_needed() -> None:
    _, problems = parse_office_form("", "空.toml")
    told = [problem.reason for problem in problems]
    for key in ("key", "title", "headline", "columns", "rows"):
        assert f"缺少“{key}”" in told


def test_a_file_of_windows_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "单.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SAMPLE.replace("\n", "\r\n").encode("utf-8"))
    form, problems = read_office_form(file)
    assert (form, problems) == (sample(), [])
    assert read_office_form(tmp_path / "没有.toml")[1][0].reason.startswith("找不到表单文件")


@given(st.integers(0, len(SAMPLE) - 1), st.sampled_from(["", "x", "[", '"', "{", "=", "0", "\n"]))
def test_whatever_is_mistyped_is_told_and_never_raises(place: int, typed: str) -> None:
    wrong = SAMPLE[:place] + typed + SAMPLE[place + 1 :]
    form, problems = parse_office_form(wrong, "单.toml")
    assert (form is None) == bool(problems)
    assert all(1 <= problem.line <= wrong.count("\n") + 2 for problem in problems)
