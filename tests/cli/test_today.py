"""The work of the day by the command line."""

import json
import shutil
from pathlib import Path

import pytest

from tests.helpers.commands import Xinfang
from tests.helpers.day import LATER, OLD, SEALED
from tests.helpers.docx_reading import words as words_of
from tests.helpers.office import NOW, Office
from tests.helpers.pdf_reading import text_by_pdfium
from xinfang_desktop import cli


@pytest.fixture
def office(busy_office: Office, tmp_path: Path) -> Office:
    """Work in an office with something in every list."""
    folder = tmp_path / "忙 数据"
    shutil.copytree(busy_office.folder, folder)
    return Office(folder, busy_office.recovery_code)


@pytest.fixture(autouse=True)
def on_the_day_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_now", lambda: NOW)


def test_the_work_is_listed_the_most_pressing_first(xinfang: Xinfang) -> None:
    ran = xinfang("today")
    assert ran.code == 0, ran.err
    first, second, *_ = ran.out.splitlines()
    assert first.split("\t") == [
        *("已超期", "2026-10-13 超期40天", SEALED, "检举控告（保密）", "由有权限的账户办理"),
    ]
    assert second.split("\t")[2:] == [OLD, "铍𫖯𠮷", "送交办签批"]


def test_each_line_tells_its_list_and_its_limit(xinfang: Xinfang) -> None:
    told = json.loads(xinfang("today", "--json", "--on", LATER.isoformat()).out)
    assert {one["list"] for one in told} == {"overdue", "due_today", "papers_late", "to_verify"}
    late = next(one for one in told if one["list"] == "papers_late")
    assert (late["waits"], late["due_on"], late["body"]) == (
        *("送签3天，在钱主任处", None, "建设管理部"),
    )
    assert all({"number", "next", "rule", "days_left", "left"} <= set(one) for one in told)


def test_the_day_sheet_is_printed_with_boxes_and_surnames(xinfang: Xinfang, tmp_path: Path) -> None:
    to = tmp_path / "工作单.pdf"
    assert xinfang("today", "--to", to).code == 0
    text = text_by_pdfium(to.read_bytes())
    for words in (
        "每日工作单（2026年11月22日）",
        OLD,
        SEALED,
        "铍某",
        "送交办签批",
        "超期40天",
    ):
        assert words in text
    for words in ("铍𫖯𠮷", "13800001234", "赵检举"):
        assert words not in text
    word = tmp_path / "工作单.docx"
    assert xinfang("today", "--to", word).code == 0
    assert "每日工作单（2026年11月22日）" in words_of(word.read_bytes())
    assert "day_sheet" in xinfang("audit").out


def test_it_is_written_as_a_paper_or_not_at_all(xinfang: Xinfang, tmp_path: Path) -> None:
    to = tmp_path / "工作单.xlsx"
    ran = xinfang("today", "--to", to)
    assert (ran.code, to.exists()) == (1, False)
    assert "以 .pdf 或 .docx 结尾" in ran.err
