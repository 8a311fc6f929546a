"""``xinfang summary``: every figure opens its matters, and every format says the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.helpers import docx_reading, pdf_reading
from tests.helpers.commands import Xinfang
from tests.helpers.office import OFFICE
from xinfang_desktop.paths import resource

SAMPLES = resource("samples", "october-2026.json")


@pytest.fixture
def month(xinfang: Xinfang) -> Xinfang:
    """Give an office with the sample month registered and a little of it worked on."""
    assert xinfang("register", SAMPLES).code == 0
    for number, acts in (
        ("镜访〔2026〕3号", ("submit",)),
        ("镜访〔2026〕4号", ("sign_in", "inform")),
    ):
        for act in acts:
            assert xinfang("step", number, act, "--on", "2026-10-12").code == 0
    return xinfang


def objects(month: Xinfang, period: str = "2026-10") -> dict[str, dict[str, Any]]:
    ran = month("summary", period, "--json")
    assert ran.code == 0, ran.err
    return {told["key"]: told for told in json.loads(ran.out)}


def test_every_figure_of_the_sample_month_equals_the_list_it_opens(month: Xinfang) -> None:
    for told in objects(month).values():
        assert told["matters"] == len(told["numbers"]) + told["sealed"]
        if told["denominator"] is None and told["unit"] not in ("人", "人次"):
            assert told["value"] == told["numerator"] == told["matters"], told["key"]
        if told["unit"] == "%":
            assert told["numerator"] == told["matters"]
            assert told["denominator"] == told["denominator_matters"]
            assert set(told["numbers"]) <= set(told["denominator_numbers"])
            share = told["denominator"] and round(told["numerator"] / told["denominator"] * 100, 1)
            assert told["value"] == (share if told["denominator"] else None)


def test_the_sample_month_is_what_was_registered(month: Xinfang) -> None:
    told = objects(month)
    records = json.loads(SAMPLES.read_text("utf-8"))
    assert told["received"]["value"] == len(records) == 22
    assert told["received"]["sealed"] == told["accusations"]["value"] == 1
    assert told["visits"]["value"] == sum(one["channel"] == "visit" for one in records)
    assert told["group_visits"]["numbers"] == ["镜访〔2026〕9号"]
    assert told["repeated"]["numbers"] == ["镜访〔2026〕12号"]
    assert told["urgent"]["numbers"] == ["镜访〔2026〕17号"]
    assert told["from_superior"]["value"] == 3
    assert told["informed"]["numbers"] == ["镜访〔2026〕4号"]
    assert told["notice_rate"]["numerator"] == 1
    assert told["received"]["previous"] == {"value": 0, "numerator": 0, "denominator": None}
    assert told["repeat_rate"]["previous"]["value"] is None


def test_every_object_says_what_it_counts(month: Xinfang) -> None:
    for told in objects(month, "2026-W42").values():
        assert told["period"] == "2026-W42"
        assert told["name"] and told["definition"] and told["rule"] and told["source"]
    assert "5人以上" in objects(month)["group_visits"]["definition"]


def test_pdf_docx_and_xlsx_say_the_same(month: Xinfang, tmp_path: Path) -> None:
    said = month("summary", "2026-10").out.splitlines()
    files = [tmp_path / f"月报.{ending}" for ending in ("pdf", "docx", "xlsx")]
    for file in files:
        assert month("summary", "2026-10", "--to", file).code == 0
    pdf, docx, xlsx = files
    printed = {
        "pdf": bare(pdf_reading.text_layer(pdf.read_bytes())),
        "docx": bare(docx_reading.words(docx.read_bytes())),
        "xlsx": bare(" ".join(cells(xlsx, "文稿"))),
    }
    sentences = [line for line in said if "。" in line and len(line) > 30]
    assert len(sentences) > 3
    for form, words in printed.items():
        for line in sentences:
            assert bare(line) in words, (form, line)
        for word in ("信访工作月报", "重复信访率4.5%（1/22）", "检举控告（保密）"):
            assert bare(word) in words, (form, word)
    assert pdf_reading.page_count(pdf.read_bytes()) <= 10


def test_the_workbook_holds_every_figure_as_a_number_with_its_list(
    month: Xinfang, tmp_path: Path
) -> None:
    told = objects(month)
    file = tmp_path / "月报.xlsx"
    assert month("summary", "2026-10", "--to", file).code == 0
    book = load_workbook(file)
    figures = {row[1].value: row for row in book["指标"].iter_rows(min_row=2)}
    for one in told.values():
        row = figures[one["name"]]
        value = row[2].value
        if one["value"] is None:
            assert value == "—"
        elif one["unit"] == "%":
            assert round(float(value) * 100, 1) == one["value"]
        else:
            assert value == one["value"]
    lists = [row[0].value for row in book["清单"].iter_rows()]
    at = int(figures["来信"][9].hyperlink.location.rpartition("A")[2])
    assert lists[at - 1] == "来信（3件）"
    assert lists[at + 1 : at + 4] == ["镜访〔2026〕15号", "镜访〔2026〕10号", "镜访〔2026〕4号"]
    assert len(book["文稿"]._charts) == 3


def test_a_sealed_matter_stands_in_the_lists_by_its_number_only(
    month: Xinfang, tmp_path: Path
) -> None:
    file = tmp_path / "月报.xlsx"
    assert month("summary", "2026-10", "--to", file).code == 0
    rows = [
        [cell.value or "" for cell in row]
        for row in load_workbook(file)["清单"].iter_rows()
        if row[0].value == "镜访〔2026〕5号"
    ]
    assert rows
    for number, day, names, channel, kind, category, claim, body, status in rows:
        assert (number, day, channel, status) == (
            "镜访〔2026〕5号",
            "2026-10-10",
            "来访",
            "已登记",
        )
        assert (names, category, body) == ("", "", "")
        assert (kind, claim) == ("检举控告", "检举控告（保密）")


def test_a_year_has_the_four_parts_of_article_41(month: Xinfang) -> None:
    said = month("summary", "2026").out.splitlines()
    for part in (
        "信访事项的数据统计、涉及领域和责任单位",
        "转送、交办、督办情况",
        "改进工作、完善政策、追究责任建议以及被采纳情况",
    ):
        assert part in said
    assert "信访情况年度报告" in said[0]


def test_a_week_without_a_matter_is_a_zero_report(month: Xinfang) -> None:
    assert "本周没有新收到信访事项（零报告）。" in month("summary", "2026-W38").out
    assert "镜访〔2026〕1号" in month("summary", "2026-W42").out


def test_freezing_and_handing_in(month: Xinfang, tmp_path: Path) -> None:
    file = tmp_path / "上报.json"
    assert "还没有封存" in month("summary", "2026-10", "--to", file).sentence
    ran = month("summary", "2026-10", "--freeze", "--to", file)
    assert ran.code == 0 and "已封存：2026年10月，第1版" in ran.out
    assert json.loads(file.read_text("utf-8"))["office"] == OFFICE.name
    assert "没有变化" in month("summary", "2026-10", "--freeze").sentence
    month("void", "镜访〔2026〕3号", "--reason", "重复")
    told = month("summary", "2026-10", "--changes").out
    assert "信访总量\t22件次 → 21件次\t减镜访〔2026〕3号" in told
    assert "写明更正原因" in month("summary", "2026-10", "--freeze").sentence
    assert month("summary", "2026-10", "--freeze", "--reason", "作废一件").code == 0
    for edition, count in ((1, "22件次"), (2, "21件次")):
        page = tmp_path / f"{edition}.pdf"
        assert month("summary", "2026-10", "--edition", str(edition), "--to", page).code == 0
        assert f"信访事项{count}" in bare(pdf_reading.text_layer(page.read_bytes()))
    book = tmp_path / "1.xlsx"
    assert month("summary", "2026-10", "--edition", "1", "--to", book).code == 0
    assert "没有第7版" in month("summary", "2026-10", "--edition", "7", "--to", book).sentence


def test_offices_are_added_up(month: Xinfang, tmp_path: Path) -> None:
    one = tmp_path / "甲.json"
    month("summary", "2026-10", "--freeze", "--to", one)
    ran = month("summary", "--add", one, one, "--offices", OFFICE.name, "丙镇", data=False)
    assert ran.code == 0
    assert "没有报送的单位：丙镇。" in ran.out
    assert f"报送了几份的单位：{OFFICE.name}（2份，取第1版）。" in ran.out
    assert "信访总量 22件次 22件次" in ran.out
    for ending in ("docx", "pdf", "xlsx"):
        to = tmp_path / f"汇总.{ending}"
        assert month("summary", "--add", one, "--to", to, data=False).code == 0
        assert to.stat().st_size
    wrong = month("summary", "--add", SAMPLES, data=False)
    assert "不是单位上报的统计数据文件" in wrong.sentence


def test_what_cannot_be_done_is_said(month: Xinfang, tmp_path: Path) -> None:
    assert "统计期没有看懂" in month("summary", "2026-13").sentence
    assert "不能写成" in month("summary", "2026-10", "--to", tmp_path / "月报.txt").sentence
    assert month("summary").code == 2


def bare(text: str) -> str:
    """Leave out blanks, which every format breaks lines by."""
    return "".join(text.split())


def cells(file: Path, sheet: str) -> list[str]:
    rows = load_workbook(file)[sheet].iter_rows()
    return [str(cell.value) for row in rows for cell in row if cell.value is not None]
