"""The ledger on the command line: fields, columns, order, layouts, masks and what they cost."""

import csv
import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.helpers.commands import Xinfang
from tests.store.make_old import OLD, OLD_PASSWORD
from xinfang_desktop import cli
from xinfang_desktop.paths import resource


@pytest.fixture
def month(xinfang: Xinfang) -> Xinfang:
    """Give the command line of an office with the sample month registered."""
    ran = xinfang("register", resource("samples", "october-2026.json"))
    assert ran.code == 0
    return xinfang


def numbers(month: Xinfang, *words: str) -> list[str]:
    return [row["number"] for row in json.loads(month("search", *words, "--json").out)]


def test_fields_and_names_as_they_sound_find_matters(month: Xinfang) -> None:
    everything = numbers(month)
    letters = numbers(month, "形式:来信")
    assert 0 < len(letters) < len(everything)
    assert numbers(month, "日期:2026-10", "水渠") == numbers(month, "水渠")
    assert numbers(month, "编号:12号")[0] == "镜访〔2026〕12号"
    assert len(numbers(month, "--limit", "3")) == 3


def test_what_is_not_understood_is_told_and_still_looked_for(month: Xinfang) -> None:
    ran = month("search", "电压:高")
    assert (ran.code, ran.out) == (0, "")
    assert "没有“电压”这一项" in ran.sentence


def test_columns_are_given_as_they_read_and_masked(month: Xinfang) -> None:
    [row] = json.loads(
        month("search", "镜访〔2026〕1号", "--columns", "证件号码,phone", "--json").out
    )
    assert "*" in row["document"]
    assert "*" in row["phone"]
    ran = month("search", "镜访〔2026〕1号", "--columns", "编号、状态")
    assert ran.out == "镜访〔2026〕1号\t已登记\n"
    ran = month("search", "--columns", "电压")
    assert ran.code == 1
    assert "没有“电压”这一栏" in ran.sentence


def test_all_of_a_number_is_shown_for_a_purpose_and_noted(month: Xinfang) -> None:
    ask = ("search", "镜访〔2026〕1号", "--columns", "证件号码", "--full")
    assert "写明用途" in month(*ask).sentence
    assert "*" not in month(*ask, "--purpose", "核对身份").out
    entries = json.loads(month("audit", "--json").out)
    told = [entry["detail"] for entry in entries if entry["act"] == "unmask"]
    assert told == ["1件，用途：核对身份"]


def test_the_order_is_that_of_a_column(month: Xinfang) -> None:
    upwards = numbers(month, "--sort", "编号")
    assert upwards[0] == "镜访〔2026〕1号"
    assert numbers(month, "--sort=-编号") == upwards[::-1]
    assert "不能按“claim”排序" in month("search", "--sort", "claim").sentence


def test_export_takes_words_columns_and_order(month: Xinfang, tmp_path: Path) -> None:
    target = tmp_path / "来信.xlsx"
    ran = month(
        "export",
        "形式:来信",
        "--to",
        target,
        "--columns",
        "编号,信访人",
        "--sort",
        "编号",
        "--json",
    )
    [report] = json.loads(ran.out)
    sheet = load_workbook(target).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["编号", "信访人"]
    assert report == {
        "file": str(target),
        "count": sheet.max_row - 1,
        "masked": True,
        "layout": None,
    }
    assert report["count"] == len(numbers(month, "形式:来信"))


def test_export_as_text_says_what_excel_makes_of_it(month: Xinfang, tmp_path: Path) -> None:
    target = tmp_path / "台账.csv"
    ran = month("export", "--to", target, "--full", "--purpose", "移交")
    assert ran.out == "已导出22件。\n"
    assert "会被改成别的数" in ran.sentence
    rows = list(csv.reader(StringIO(target.read_bytes().decode("utf-8-sig"))))
    assert len(rows) == 23
    assert not any("***" in cell for row in rows for cell in row)


def test_a_layout_is_learned_from_an_empty_table_and_used(month: Xinfang, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["信访事项月报表"])
    sheet.append(["序号", "姓名", "联系电话", "来访日期", "主要诉求", "承办科室", "备注"])
    book.save(tmp_path / "月报表.xlsx")
    ran = month("layouts", "--learn", tmp_path / "月报表.xlsx", "--name", "月报")
    assert ran.out.startswith(
        "月报\t序号＝序号、姓名＝信访人、联系电话＝联系电话、来访日期＝收到日期"
    )
    target = tmp_path / "十月.xlsx"
    assert month("export", "--to", target, "--layout", "月报").code == 0
    written = load_workbook(target).active
    assert written is not None
    assert [cell.value for cell in written[1]][0] == "信访事项月报表"
    assert [cell.value for cell in written[2]] == [cell.value for cell in sheet[2]]
    assert [written.cell(row, 1).value for row in (3, 24)] == [1, 22]
    assert (
        "只能用一个" in month("export", "--to", target, "--layout", "月报", "--columns", "编号").err
    )
    [kept] = json.loads(month("layouts", "--json").out)
    assert (kept["name"], kept["title"]) == ("月报", "信访事项月报表")
    assert month("layouts", "--drop", "月报").code == 0
    assert month("layouts").out == ""
    assert "没有叫“月报”的报表样式" in month("export", "--to", target, "--layout", "月报").sentence


def test_a_file_without_heads_is_no_layout(month: Xinfang, tmp_path: Path) -> None:
    Workbook().save(tmp_path / "空.xlsx")
    assert month("layouts", "--learn", tmp_path / "空.xlsx").code == 1


@pytest.mark.parametrize("command", ["search", "export"])
def test_an_old_store_is_found_in_at_once(
    xinfang: Xinfang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    shutil.copytree(OLD / "schema1", tmp_path / "旧")
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, OLD_PASSWORD)
    words: list[str | Path] = [command, "水渠", "--data", tmp_path / "旧", "--json"]
    if command == "export":
        words += ["--to", tmp_path / "旧.xlsx"]
    [told, *_] = json.loads(xinfang(*words, data=False).out)
    assert told.get("count") == 2 or told["number"] == "镜访〔2026〕3号"
