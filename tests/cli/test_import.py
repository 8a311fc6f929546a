"""``xinfang import``: real workbooks checked, taken in, listed, withdrawn; the report is stable."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.casework.taking_in.ledgers import CANAL, HEADS, LI, ZHANG, xlsx
from tests.helpers.commands import Xinfang
from tests.helpers.old_excel import old_workbook

DAMAGED = (3, "2020-10-24", "王五", 3.30602e17, "13700001234", "新桥村", "路灯不亮。", 1)
NUMBERS = ("330602198803120355", "440524188001010014", "13800001234")
DAYS = (
    44126,
    "2020.10.22",
    "2020年10月22日",
    20201022,
    "20201022",
    "2020-10-22",
    "2020/10/22 9:30",
)
REPORT = {
    *("file", "id", "dry_run", "taken_in_before", "counts", "sheets", "numbers", "rows"),
}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Give a ledger with a row of every fate."""
    path = tmp_path / "2020年 来访台账.xlsx"
    path.write_bytes(xlsx([("2020年来访登记台账",), HEADS, ZHANG, LI, DAMAGED, ZHANG, ("合计", 4)]))
    return path


def _another(book: Workbook) -> None:
    sheet = book.create_sheet("来信")
    for row in (HEADS, LI):
        sheet.append(row)


def report(xinfang: Xinfang, *words: str | Path) -> dict[str, Any]:
    ran = xinfang("import", *words, "--json")
    assert ran.code == 0, ran.err
    [told] = json.loads(ran.out)
    assert set(told) == REPORT
    return dict(told)


def listed(xinfang: Xinfang) -> list[dict[str, Any]]:
    return list(json.loads(xinfang("import", "--list", "--json").out))


def test_a_dry_run_tells_every_row_and_writes_nothing(xinfang: Xinfang, ledger: Path) -> None:
    told = report(xinfang, ledger, "--dry-run")
    assert (told["dry_run"], told["id"], told["numbers"]) == (True, None, [])
    assert told["counts"] == {"ready": 2, "repair": 1, "double": 1, "no_matter": 1}
    assert [(row["row"], row["fate"]) for row in told["rows"]] == [
        *((3, "ready"), (4, "ready"), (5, "repair"), (6, "double"), (7, "no_matter")),
    ]
    assert "已被表格软件改过" in told["rows"][2]["reason"]
    assert told["rows"][3]["duplicate_of"] == "“台账”第3行"
    assert json.loads(xinfang("search", "--json").out) == []
    assert listed(xinfang) == []


def test_a_ledger_comes_in_once_and_is_withdrawn_as_a_whole(
    xinfang: Xinfang, ledger: Path, tmp_path: Path
) -> None:
    ran = xinfang("import", ledger)
    assert (ran.code, ran.out.splitlines()[0]) == (
        0,
        "已导入2件（第1次导入）：将登记2行，待补正1行，已有1行，不是事项1行。",
    )
    assert "有1行待补正" in ran.sentence
    [waiting] = json.loads(xinfang("import", "--waiting", "--json").out)
    assert (waiting["row"], waiting["told"]) == (5, "王五 路灯不亮。")
    again = report(xinfang, ledger, "--dry-run")
    assert again["taken_in_before"] is not None
    assert again["counts"]["double"] == 3
    copy = tmp_path / "原件.xlsx"
    assert xinfang("import", "--original", "1", "--to", copy).code == 0
    assert copy.read_bytes() == ledger.read_bytes()
    assert xinfang("import", "--withdraw", "1").out.endswith("已撤回\n")
    assert [(one["id"], one["registered"], one["withdrawn"]) for one in listed(xinfang)] == [
        (1, 2, True)
    ]
    assert xinfang("import", "--withdraw", "1").sentence.startswith("这次导入已经撤回过了")


def test_columns_are_told_by_hand_or_by_a_file_and_remembered(
    xinfang: Xinfang, ledger: Path, tmp_path: Path
) -> None:
    pairs = tmp_path / "对应.txt"
    pairs.write_text("联系电话=\nF=问题属地\n", "utf-8")
    told = report(xinfang, ledger, "--dry-run", "--map", pairs, "--map", "身份证号=")
    fields = {one["head"]: one["field"] for one in told["sheets"][0]["columns"]}
    assert (fields["联系电话"], fields["住址"], fields["身份证号"]) == ("", "location", "")
    assert told["counts"]["repair"] == 0
    report(xinfang, ledger, "--map", "身份证号=", "--channel", "来信", "--finished", "all")
    [sheet] = report(xinfang, ledger, "--dry-run")["sheets"]
    assert {one["because"] for one in sheet["columns"]} == {"按上次"}
    assert len(xinfang("search", "形式:来信", "状态:已归档").out.splitlines()) == 3


def test_no_report_holds_a_full_number_unless_it_was_asked_for(
    xinfang: Xinfang, tmp_path: Path
) -> None:
    path = tmp_path / "台账.xlsx"
    two = (*ZHANG[:3], "330602198803120355、440524188001010014", *ZHANG[4:])
    talks = (*LI[:6], "电话13800001234，证件330602198803120355。", 1)
    path.write_bytes(xlsx([HEADS, two, talks]))
    ran = xinfang("import", path, "--dry-run", "--json")
    assert not any(number in ran.out for number in NUMBERS)
    assert "写明用途" in xinfang("import", path, "--dry-run", "--full").sentence
    ran = xinfang("import", path, "--dry-run", "--full", "--purpose", "核对", "--json")
    assert NUMBERS[0] in ran.out
    xinfang("import", path)
    assert not any(number in xinfang("import", "--waiting").out for number in NUMBERS)


def test_an_old_xls_without_heads_is_taken_in_when_somebody_says_so(
    xinfang: Xinfang, tmp_path: Path
) -> None:
    path = tmp_path / "台账.xls"
    rows = [["2020-10-22", "张三", CANAL], ["2020-10-23", "李四", "电梯停运多日，要求尽快修复。"]]
    path.write_bytes(old_workbook(rows))
    assert "没有表头" in xinfang("import", path).sentence
    told = report(xinfang, path, "--no-heads")
    assert (told["counts"]["ready"], told["sheets"][0]["has_heads"]) == (2, False)


NASTY: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "title rows and merged heads": (
        xlsx(
            [
                ("2020年度群众来访登记台账",),
                ("序号", "来访日期", "信访人", None, None, "反映内容"),
                (None, None, "姓名", "身份证号", "电话", None),
                (1, "10月22日", "张三", NUMBERS[0], "13800001234", CANAL),
            ],
            lambda _, sheet: [sheet.merge_cells(one) for one in ("A1:F1", "C2:E2", "F2:F3")],
        ),
        ("ready",),
    ),
    "columns in another order": (
        xlsx(
            [("诉求事项", "联系方式", "信访人", "登记时间"), (CANAL, "13800001234", "张三", 44126)]
        ),
        ("ready",),
    ),
    "days as they are written": (
        xlsx(
            [
                HEADS,
                *((*ZHANG[:1], day, f"张{place}", *ZHANG[3:]) for place, day in enumerate(DAYS)),
            ]
        ),
        ("ready",) * len(DAYS),
    ),
    "a day that may be two": (xlsx([HEADS, (1, 10.1, *ZHANG[2:])]), ("repair",)),
    "a rounded number": (xlsx([HEADS, (*ZHANG[:3], 330602198803120355, *ZHANG[4:])]), ("repair",)),
    "a number in E": (xlsx([HEADS, (*ZHANG[:3], "3.30602E+17", *ZHANG[4:])]), ("repair",)),
    "telephones as figures": (xlsx([HEADS, (*ZHANG[:4], 13800001234.0, *ZHANG[5:])]), ("ready",)),
    "full-width digits": (
        xlsx(
            [
                HEADS,
                (
                    1,
                    "２０２０．１０．２２",
                    "张三",
                    "３３０６０２１９８８０３１２０３５５",
                    *ZHANG[4:],
                ),
            ]
        ),
        ("ready",),
    ),
    "blanks": (xlsx([HEADS, ZHANG, (None,) * 8, LI]), ("ready", "no_matter", "ready")),
    "heads again in the middle": (
        xlsx([HEADS, ZHANG, HEADS, LI]),
        ("ready", "no_matter", "ready"),
    ),
    "several sheets": (
        xlsx([HEADS, ZHANG], lambda book, _: _another(book)),
        ("ready", "ready"),
    ),
    "an old xls": (
        old_workbook([["来访日期", "姓名", "反映内容"], [44126.0, "张三", CANAL]], days=[(1, 0)]),
        ("ready",),
    ),
    "a failed formula": (
        old_workbook([["来访日期", "姓名", "反映内容"], ["2020-10-22", "张三", "#REF!"]]),
        ("repair",),
    ),
}


@pytest.mark.parametrize("what", NASTY)
def test_the_nasty_ledgers_of_offices_come_in(xinfang: Xinfang, tmp_path: Path, what: str) -> None:
    content, fates = NASTY[what]
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content)
    told = report(xinfang, path)
    assert tuple(row["fate"] for row in told["rows"]) == fates
    assert len(json.loads(xinfang("search", "--json").out)) == fates.count("ready")
    assert len(json.loads(xinfang("import", "--waiting", "--json").out)) == fates.count("repair")


def test_what_is_not_there_is_told_in_one_sentence(xinfang: Xinfang, ledger: Path) -> None:
    for words, told in (
        (("--sheet", "别的"), "没有名为“别的”"),
        (("--map", "电压=phone"), "“电压”不是这个台账的列"),
        (("--map", "C=电压"), "“电压”不是可以导入的项目"),
        (("--map", "=phone"), "不是“列=字段”"),
        (("--channel", "飞鸽"), "没有“飞鸽”这种信访形式"),
    ):
        ran = xinfang("import", ledger, *words)
        assert (ran.code, told in ran.sentence) == (1, True), ran.sentence
    assert xinfang("import", "没有.xlsx").code == 1
    assert xinfang("import", "--withdraw", "9").code == 1


def test_one_thing_is_asked_at_a_time(xinfang: Xinfang, ledger: Path) -> None:
    for words in ((), (ledger, "--list"), ("--list", "--waiting"), ("--original", "1")):
        assert xinfang("import", *words).code == 2
    ran = xinfang("import", ledger, "--finished", "some")
    assert (ran.code, "--finished 后面不能写 'some'" in ran.err) == (2, True)
