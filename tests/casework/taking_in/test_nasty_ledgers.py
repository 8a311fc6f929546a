"""One workbook for every trouble that real ledgers make, built here, checked and taken in."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.casework.taking_in.ledgers import (
    CANAL,
    CLERK,
    HEADS,
    LI,
    ZHANG,
    checked,
    fates,
    fields,
    in_1904,
    keep_columns,
    matters_of,
    plans,
    read,
    ready,
    saved,
    taken,
    xlsx,
)
from tests.helpers.old_excel import old_workbook
from xinfang_desktop.casework.taking_in.checking import Fate, Options, check
from xinfang_desktop.casework.taking_in.columns import AS_LAST_TIME, BY_CONTENT, kept_for
from xinfang_desktop.casework.taking_in.layout import RowKind, layout_of
from xinfang_desktop.casework.taking_in.old_excel import look_into
from xinfang_desktop.casework.taking_in.planning import NoHeadsError, only, plan, planned
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Channel, Kind, Satisfaction, SourceLevel
from xinfang_desktop.store.database import Store

READY, REPAIR, DOUBLE, NO_MATTER = Fate.READY, Fate.REPAIR, Fate.DOUBLE, Fate.NO_MATTER
OCTOBER = date(2020, 10, 22)


def merge(*ranges: str) -> Callable[[Workbook, Any], None]:
    def change(_: Workbook, sheet: Any) -> None:  # noqa: ANN401
        for one in ranges:
            sheet.merge_cells(one)

    return change


def test_1_title_rows_above_and_two_rows_of_merged_heads(store: Store) -> None:
    content = xlsx(
        [
            ("镜湖新区2020年度群众来访登记台账",),
            ("填报单位：开发办", None, None, None, "填报日期：2020-12-31"),
            ("序号", "来访日期", "信访人", None, None, "被反映人", "反映内容"),
            (None, None, "姓名", "身份证号", "电话", "姓名", None),
            (1, "10月22日", "张三", "330602198803120355", "13800001234", "某公司", CANAL),
        ],
        merge("A1:G1", "A3:A4", "B3:B4", "C3:E3", "G3:G4"),
    )
    assert fields(content) == {
        "序号": "",
        "来访日期": "received_on",
        "信访人姓名": "names",
        "身份证号": "document",
        "电话": "phone",
        "被反映人姓名": "accused",
        "反映内容": "claim",
    }
    [matter] = matters_of(store, taken(store, content).numbers)
    assert (matter.petition.received_on, matter.petition.accused) == (OCTOBER, "某公司")
    assert (matter.petitioner.name, matter.petitioner.phone) == ("张三", "13800001234")


def test_2_columns_in_any_order_under_any_words(store: Store) -> None:
    content = xlsx(
        [
            ("手机号码", "主要诉求", "家庭住址", "上访人", "接访时间", "公民身份号码", "承办单位"),
            (
                "13800001234",
                CANAL,
                "解放村88号",
                "张三",
                "2020/10/22",
                "330602198803120355",
                "水利站",
            ),
        ]
    )
    [matter] = matters_of(store, taken(store, content).numbers)
    assert matter.petition.claim == CANAL
    assert matter.petition.responsible_body == "水利站"
    assert matter.petitioner.document_number == "330602198803120355"


def test_3_columns_without_heads_are_known_by_what_stands_in_them() -> None:
    content = xlsx(
        [
            ("日期", "谁", "号码", "怎么找他", "说了什么"),
            ("2020-10-22", "张三", "330602198803120355", "13800001234", CANAL),
            ("2020-10-23", "李四", "440524188001010014", "13900001234", f"{CANAL}请尽快。"),
            ("2020-10-24", "王五", "11010519491231002X", "13700001234", f"{CANAL}再次反映。"),
        ]
    )
    assert fields(content) == {
        "日期": "received_on",
        "谁": "names",
        "号码": "document",
        "怎么找他": "phone",
        "说了什么": "claim",
    }


def test_4_heads_again_in_the_middle_blank_rows_totals_and_notes(store: Store) -> None:
    content = xlsx(
        [
            HEADS,
            ZHANG,
            (),
            ("十月份",),
            HEADS,
            LI,
            (3,),
            ("合　计", None, None, None, None, None, None, 4),
            ("制表人：王经办", None, None, "审核：赵"),
        ]
    )
    rows = checked(store, content)
    assert fates(rows) == [
        (2, READY),
        (3, NO_MATTER),
        (4, NO_MATTER),
        (5, NO_MATTER),
        (6, READY),
        (7, NO_MATTER),
        (8, NO_MATTER),
        (9, NO_MATTER),
    ]
    kinds = [one.reason for one in rows if one.fate is NO_MATTER]
    assert kinds == [
        kind.value
        for kind in (
            RowKind.BLANK,
            RowKind.TITLE,
            RowKind.HEAD,
            RowKind.BLANK,
            RowKind.TOTAL,
            RowKind.FOOT,
        )
    ]


def test_5_several_sheets_and_a_hidden_one(store: Store) -> None:
    def more(book: Workbook, sheet: Any) -> None:  # noqa: ANN401
        letters = book.create_sheet("2020年来信登记")
        letters.append(["来信日期", "来信人", "内容"])
        letters.append(["10月22日", "李四", "电梯停运。"])
        old = book.create_sheet("旧")
        old.append(HEADS)
        old.append(ZHANG)
        old.sheet_state = "hidden"
        book.create_sheet("说明").append(["这是说明", "没有表头"])

    content = xlsx([HEADS, ZHANG], more)
    assert [(one.name, one.is_wanted) for one in plans(content)] == [
        ("台账", True),
        ("2020年来信登记", True),
        ("旧", False),
    ]
    visit, letter = matters_of(store, taken(store, content).numbers)
    assert (visit.petition.channel, letter.petition.channel) == (Channel.VISIT, Channel.LETTER)
    assert letter.petition.received_on == OCTOBER
    assert [one.name for one in only(plans(content), "旧")] == ["旧"]
    with pytest.raises(OfficeError, match="没有名为“无”"):
        only(plans(content), "无")


def test_6_hidden_columns_stand_back_where_a_seen_one_says_the_same() -> None:
    def hide(_: Workbook, sheet: Any) -> None:  # noqa: ANN401
        sheet.column_dimensions["B"].hidden = True

    content = xlsx(
        [("姓名", "电话", "联系电话", "诉求"), ("张三", "13900000000", "13800001234", CANAL)], hide
    )
    [first] = plans(content)
    assert [(one.field, one.is_hidden) for one in first.columns] == [
        ("names", False),
        ("", True),
        ("phone", False),
        ("claim", False),
    ]


@pytest.mark.parametrize("written", [44126, "2020.10.22", "2020年10月22日", 20201022, "20201022"])
def test_7_days_in_every_shape(store: Store, written: object) -> None:
    content = xlsx([HEADS, (1, written, *ZHANG[2:])])
    [matter] = matters_of(store, taken(store, content).numbers)
    assert matter.petition.received_on == OCTOBER


def test_8_days_counted_from_1904_as_days_and_as_figures(store: Store) -> None:
    def days(book: Workbook, sheet: Any) -> None:  # noqa: ANN401
        in_1904(book, sheet)
        sheet["B2"] = datetime(2020, 10, 22, 9, 30)

    content = xlsx([HEADS, ZHANG, (2, 44126 - 1462, *LI[2:])], days)
    one, two = matters_of(store, taken(store, content).numbers)
    assert (one.petition.received_on, one.petition.received_time) == (OCTOBER, time(9, 30))
    assert two.petition.received_on == OCTOBER


def test_9_identity_numbers_that_the_spreadsheet_has_rounded(store: Store) -> None:
    rounded = 330602198803120355
    content = xlsx(
        [
            HEADS,
            (*ZHANG[:3], rounded, *ZHANG[4:]),
            (*LI[:3], "4.40524E+17", *LI[4:]),
            (3, "2020-10-24", "王五", "'11010519491231002X", "13700001234", "", "修路。", 1),
        ]
    )
    rows = checked(store, content)
    assert fates(rows) == [(2, REPAIR), (3, REPAIR), (4, READY)]
    assert rows[0].reason == (
        "证件号码“3.30602E+17”：号码已被表格软件改过，后几位已经丢失，请对照原件补全。"
    )
    done = taken(store, content)
    assert (done.ledger.registered, done.ledger.waiting) == (1, 2)
    [matter] = matters_of(store, done.numbers)
    assert matter.petitioner.document_number == "11010519491231002X"
    with store.reading() as connection:
        stored = str(connection.execute("SELECT document_number FROM petitioner").fetchall())
    assert "330602198803120" not in stored


def test_10_telephone_numbers_as_figures_and_full_width_digits(store: Store) -> None:
    content = xlsx(
        [
            HEADS,
            (*ZHANG[:4], 13800001234.0, *ZHANG[5:]),
            (*LI[:3], "４４０５２４１８８００１０１００１４", "１３９００００１２３４", *LI[5:]),
        ],
        lambda book, sheet: setattr(sheet["E2"], "number_format", "0.00"),
    )
    one, two = matters_of(store, taken(store, content).numbers)
    assert one.petitioner.phone == "13800001234"
    assert (two.petitioner.document_number, two.petitioner.phone) == (
        "440524188001010014",
        "13900001234",
    )


def test_11_several_people_in_one_cell_and_their_numbers(store: Store) -> None:
    documents = "330602198803120355、440524188001010014"
    content = xlsx(
        [
            HEADS,
            (
                1,
                "2020-10-22",
                "张三、李四等5人",
                documents,
                "13800001234/13900001234",
                "村",
                "修渠",
                "",
            ),
            (2, "2020-10-23", "王五", documents, "13800001234/0575-88012345", "", "修路", 1),
            (3, "2020-10-24", "赵六等3人", "", "", "", "修桥", 4),
        ]
    )
    rows = checked(store, content)
    assert fates(rows) == [(2, READY), (3, REPAIR), (4, REPAIR)]
    assert "有2个证件号码、1个姓名" in rows[1].reason
    assert "姓名一栏写的是3人，与人数不一致" in rows[2].reason
    [matter] = matters_of(store, taken(store, content).numbers)
    assert matter.petition.headcount == 5
    assert [(p.name, p.document_number, p.phone) for p in matter.petitioners] == [
        ("张三", "330602198803120355", "13800001234"),
        ("李四", "440524188001010014", "13900001234"),
    ]


def test_12_merged_cells_downwards(store: Store) -> None:
    """One matter of two people in two rows, and one day for all three rows."""
    content = xlsx(
        [
            ("来访日期", "姓名", "电话", "反映内容"),
            ("2020-10-22", "张三", "13800001234", CANAL),
            (None, "李四", "13900001234", None),
            (None, "王五", "13700001234", "修路。"),
        ],
        merge("A2:A4", "D2:D3"),
    )
    rows = checked(store, content)
    assert fates(rows) == [(2, READY), (4, READY)]
    one, two = matters_of(store, taken(store, content).numbers)
    assert [(p.name, p.phone) for p in one.petitioners] == [
        ("张三", "13800001234"),
        ("李四", "13900001234"),
    ]
    assert (two.petition.received_on, two.petition.claim) == (OCTOBER, "修路。")


@pytest.mark.parametrize("since_1904", [False, True])
def test_13_the_old_xls(store: Store, since_1904: bool) -> None:
    shift = 1462 if since_1904 else 0
    content = old_workbook(
        [
            ["2020年来访台账"],
            ["来访日期", "姓名", "身份证号", "反映内容"],
            [44126.0 - shift, "铍𫖯𠮷", "330602198803120355", CANAL],
            [44126.0 - shift, "李四", 440524188001010014.0, "电梯停运。"],
        ],
        days=[(2, 0)],
        counts_from_1904=since_1904,
        merged=[(0, 0, 0, 3)],
    )
    rows = checked(store, content, name="台账.xls")
    assert fates(rows) == [(3, READY), (4, REPAIR)]
    [matter] = matters_of(store, taken(store, content, name="台账.xls").numbers)
    assert (matter.petitioner.name, matter.petition.received_on) == ("铍𫖯𠮷", OCTOBER)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_14_text_files_in_every_encoding(store: Store, encoding: str, between: str) -> None:
    line = between.join(("2020-10-22", "𬭛某", "3.30602E+17", f'"{CANAL}"'))
    text = f"{between.join(('来访日期', '姓名', '身份证号', '反映内容'))}\r\n{line}\r\n"
    rows = checked(store, text.encode(encoding), name="台账.csv")
    assert fates(rows) == [(2, REPAIR)]
    assert rows[0].told == f"𬭛某 {CANAL[:30]}"


def test_15_an_xlsm_is_a_workbook_like_others(store: Store) -> None:
    assert ready(checked(store, xlsx([HEADS, ZHANG]), name="台账.xlsm"))


def test_16_formulas_that_failed_are_told_and_not_taken_as_blank(store: Store) -> None:
    def fail(_: Workbook, sheet: Any) -> None:  # noqa: ANN401
        sheet["D2"].value, sheet["D2"].data_type = "#N/A", "e"

    [row] = checked(store, xlsx([HEADS, ZHANG], fail))
    assert (row.fate, "公式出错" in row.reason) == (REPAIR, True)


def test_16_formulas_whose_results_the_file_does_not_hold_are_told_as_well(store: Store) -> None:
    heads = (*HEADS, "处理结果", "事项类别")
    rows = checked(
        store, xlsx([heads, (*ZHANG, "=1/0"), (*LI, "=A3&B3", '=IF(A3>1,"求决","")'), (*ZHANG, "")])
    )
    assert fates(rows)[:2] == [(2, REPAIR), (3, REPAIR)]
    [first, second] = [one.read.troubles for one in rows[:2] if one.read]
    assert [(one.title, one.written) for one in first] == [("处理结果", "#公式 =1/0")]
    assert sorted(one.written for one in second) == ["#公式 =A3&B3", '#公式 =IF(A3>1,"求决","")']
    assert all("没有存下它的结果" in one.reason for one in (*first, *second))


def test_16_a_formula_that_gives_an_empty_text_is_a_blank_cell(store: Store) -> None:
    heads = (*HEADS, "处理结果")
    content = _with_part(
        xlsx([heads, (*ZHANG, '=""')]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<c r="I2">', b'<c r="I2" t="str">'),
    )
    assert fates(checked(store, content)) == [(2, READY)]


def _with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Give a workbook with one of its parts changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            read_part = old.read(part)
            new.writestr(part, change(read_part) if part == name else read_part)
    return target.getvalue()


def test_16_formulas_that_failed_in_an_old_xls_are_told_as_well(store: Store) -> None:
    heads = ["来访日期", "姓名", "反映内容", "身份证号"]
    content = old_workbook(
        [
            heads,
            ["2020-10-22", "张三", "#N/A", "330602198803120355"],
            ["2020-10-22", "#REF!", CANAL, "440524188001010014"],
            ["2020-10-22", "王五", "路灯不亮。", None],
        ]
    )
    rows = checked(store, content, name="台账.xls")
    assert fates(rows) == [(2, REPAIR), (3, REPAIR), (4, READY)]
    assert ["公式出错" in row.reason for row in rows] == [True, True, False]


def test_6_hidden_columns_of_an_old_xls_stand_back_too() -> None:
    heads = ["来访日期", "姓名", "姓名", "反映内容"]
    rows = [heads, ["2020-10-22", "旧名", "张三", CANAL], ["2020-10-23", "旧二", "李四", CANAL]]
    [first] = plans(old_workbook(rows, hidden=[1]), "台账.xls")
    assert [(one.field, one.is_hidden) for one in first.columns] == [
        ("received_on", False),
        ("", True),
        ("names", False),
        ("claim", False),
    ]


@given(st.binary(max_size=400), st.integers(0, 5000))
def test_an_odd_xls_tells_nothing_beside_its_values(noise: bytes, at: int) -> None:
    content = old_workbook([["来访日期", "姓名"], ["2020-10-22", "#N/A"]], hidden=[1])
    look_into(content[:at] + noise + content[at + len(noise) :])
    look_into(noise)


NO_HEADS = (
    ("2020-10-22", "张三", "330602198803120355", "13800001234", CANAL),
    ("2020-10-23", "李四", "440524188001010014", "13900001234", "电梯停运多日，要求尽快修复。"),
    ("2020-10-24", "王五", "11010519491231002X", "13700001234", "路灯不亮，要求安装。"),
)


def test_23_a_ledger_without_heads_is_read_by_what_stands_in_it(store: Store) -> None:
    content = xlsx([("镜湖新区2020年来访台账",), *NO_HEADS])
    with pytest.raises(NoHeadsError, match="没有表头"):
        plan(read(xlsx(NO_HEADS)))
    [first] = plan(read(content), without_heads=True)
    assert [one.field for one in first.columns] == [
        *("received_on", "names", "document", "phone", "claim")
    ]
    assert {one.because for one in first.columns} == {BY_CONTENT}
    rows = store.read(
        lambda s: check(s, [first.part()], Options(), viewer=CLERK, today=date(2026, 11, 22))
    )
    assert [(one.row, one.fate) for one in rows] == [
        *((1, NO_MATTER), (2, READY), (3, READY), (4, READY))
    ]


def test_23_layouts_without_heads_are_told_apart_by_what_stands_in_them() -> None:
    [one] = plan(read(xlsx(NO_HEADS)), without_heads=True)
    [turned] = plan(read(xlsx([row[::-1] for row in NO_HEADS])), without_heads=True)
    [again] = plan(read(xlsx(NO_HEADS[1:])), without_heads=True)
    assert layout_of(one.table) == layout_of(again.table) != layout_of(turned.table)


def test_17_choices_by_the_words_of_the_office(store: Store) -> None:
    heads = ("日期", "姓名", "信访内容", "信访形式", "来源", "信访目的", "满意度", "办结日期")
    content = xlsx(
        [
            heads,
            ("2020-10-22", "张三", CANAL, "来信", "市局", "求决", "基本满意", "2020-11-01"),
            ("2020-10-22", "李四", "修路", "托人带话", "", "", "", ""),
        ]
    )
    rows = checked(store, content)
    assert fates(rows) == [(2, READY), (3, REPAIR)]
    [matter] = matters_of(store, taken(store, content).numbers)
    petition = matter.petition
    assert (petition.channel, petition.source_level) == (Channel.LETTER, SourceLevel.SUPERIOR)
    assert (petition.kind, matter.follow_up.satisfaction) == (
        Kind.REMEDY,
        Satisfaction.MOSTLY_SATISFIED,
    )
    assert petition.concluded_on == date(2020, 11, 1)
    assert petition.standing == "已归档"


def test_18_a_row_that_is_there_already_is_not_entered_twice(store: Store) -> None:
    content = xlsx([HEADS, ZHANG, LI])
    taken(store, content)
    again = xlsx([HEADS, ZHANG, (9, "2020-10-23", "李四", "", "", "", "另外的事情。", 1), ZHANG])
    rows = checked(store, again)
    assert fates(rows) == [(2, DOUBLE), (3, READY), (4, DOUBLE)]
    assert rows[0].reason == "与镜访〔2020〕1号同日、同名、诉求相同"
    assert rows[2].double_of == "“台账”第2行"
    assert fates(checked(store, again, Options(with_doubles=True)))[0] == (2, READY)


def test_19_the_ledgers_own_numbers(store: Store) -> None:
    heads = ("编号", "日期", "姓名", "内容")
    rows = [
        heads,
        ("镜访[2020]12号", "2020-10-22", "张三", CANAL),
        ("信字第7号", "2020-10-23", "李四", "修路"),
        ("镜访〔2020〕０12 号", "2020-10-24", "王五", "修桥"),
    ]
    one, two, three = matters_of(
        store, taken(store, xlsx(rows), Options(keep_numbers=True)).numbers
    )
    assert (one.petition.number, one.petition.former_number) == ("镜访〔2020〕12号", "")
    assert (two.petition.number, two.petition.former_number) == ("镜访〔2020〕13号", "信字第7号")
    assert three.petition.former_number == "镜访〔2020〕012 号"
    assert three.petition.number == "镜访〔2020〕14号"


def test_20_a_layout_is_remembered(store: Store) -> None:
    content = xlsx([("日期", "姓名", "内容", "去向"), ("2020-10-22", "张三", CANAL, "水利站")])
    [first] = plans(content)
    settled = first.with_field(3, "responsible_body")
    assert settled.part().arrangement.taken["responsible_body"] == 3
    keep_columns(store, content)
    kept = store.read(lambda s: kept_for(s, first.table))
    assert kept is not None
    assert kept.fields == first.part().arrangement.fields
    again = planned(first.table, first.epoch, kept)
    assert {column.because for column in again.columns} == {AS_LAST_TIME}


FOREIGN = {
    "a paper": (b"%PDF-1.7 not a table", "不是电子表格"),
    "nothing": (b"", "没有内容"),
    "a letter": ("尊敬的领导：\n您好。".encode(), "不是电子表格"),
    "bytes": (bytes(range(256)) * 4, "不是电子表格"),
    "a web page": (b"<html><body><table><tr><td>x</td></tr></table>", "其实是网页"),
    "an XML of 2003": (b'<?xml version="1.0"?>\n<Workbook xmlns="urn">', "其实是网页"),
    "half a workbook": (xlsx([HEADS, ZHANG])[:3000], "读不下去"),
    "an empty workbook": (saved(Workbook()), "没有内容"),
    "a locked workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 9,
        "设了打开密码",
    ),
    "no heads": (xlsx([("甲", "乙"), ("丙", "丁")]), "没有找到表头"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_21_foreign_files_are_told_in_one_sentence(what: str) -> None:
    content, sentence = FOREIGN[what]
    with pytest.raises(OfficeError, match=sentence) as refused:
        plans(content)
    assert refused.value.sentence.endswith("。")
    assert "没有导入" in refused.value.sentence


def test_22_another_kind_of_office_file_is_no_ledger() -> None:
    letter = BytesIO()
    with zipfile.ZipFile(letter, "w") as parts:
        parts.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(OfficeError, match="不是电子表格"):
        read(letter.getvalue(), "函.docx")
