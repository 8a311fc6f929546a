"""What is typed in the search box: words, fields with their values, days, short numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.office import TODAY
from tests.helpers.writing import ANY_TEXT
from xinfang_desktop.casework import day_words, grammar
from xinfang_desktop.casework.grammar import NAMES, completions, read
from xinfang_desktop.casework.short_number import ShortNumber, being_typed, short_number


def test_words_and_fields_are_told_apart() -> None:
    typed = read("水渠 姓名:张三 状态：办理中", TODAY)
    assert typed.words == ("水渠",)
    assert typed.where == {"statuses": ("handling",)}
    assert typed.needles == (("", "水渠"), ("姓名", "张三"))
    assert (typed.problem, typed.is_blank, typed.only_narrows) == ("", False, False)


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("状态:已作废", {"statuses": ("void",)}),
        ("状态:办结", {"statuses": ("concluded",)}),
        ("状态:已登记 状态:作废", {"statuses": ("registered", "void")}),
        ("形式:网上", {"channels": ("online",)}),
        ("来源:上级", {"sources": ("superior",)}),
        ("类别:求决", {"kinds": ("remedy",)}),
        ("日期:2026", {"received_from": date(2026, 1, 1), "received_to": date(2026, 12, 31)}),
        ("日期:2026-10", {"received_from": date(2026, 10, 1), "received_to": date(2026, 10, 31)}),
        ("登记:今天", {"registered_from": TODAY, "registered_to": TODAY}),
        (
            "办结:2026-10-08",
            {"concluded_from": date(2026, 10, 8), "concluded_to": date(2026, 10, 8)},
        ),
        ("欠缺:是", {"with_gaps": True}),
        ("督办:是 会商:是", {"supervised": True, "weekly": True}),
    ],
)
def test_fields_narrow_the_list(typed: str, where: object) -> None:
    found = read(typed, TODAY)
    assert found.where == where
    assert found.only_narrows


@pytest.mark.parametrize(
    ("typed", "told", "words"),
    [
        ("电压:高", "没有“电压”这一项", ("电压", "高")),
        ("状态:飞了", "“状态”里没有“飞了”", ("状态", "飞了")),
        ("日期:昨儿", "“昨儿”不是日期", ("日期", "昨儿")),
        ("日期:2026-13", "“2026-13”不是日期", ("日期", "2026-13")),
        ("电话:12", "至少写三位数字", ("电话", "12")),
        ("欠缺:也许", "“欠缺”写“是”", ("欠缺", "也许")),
    ],
)
def test_what_is_not_understood_is_told_and_looked_for_as_words(
    typed: str, told: str, words: tuple[str, ...]
) -> None:
    found = read(typed, TODAY)
    assert told in found.problem
    assert found.problem.endswith("。")
    assert found.words == words
    assert found.where == {}


def test_of_several_wrong_terms_each_is_told_once() -> None:
    found = read("日期:2026-13 状态:飞行 日期:2026-13", TODAY)
    told, also_told = "“2026-13”不是日期", "“状态”里没有“飞行”"
    assert (found.problem.count(told), found.problem.count(also_told)) == (1, 1)
    assert found.problem.index(told) < found.problem.index(also_told)


def test_a_word_of_the_day_wants_a_day() -> None:
    assert "不是日期" in read("日期:今天", None).problem
    assert not read("日期:2026-10", None).problem


def test_what_is_being_typed_is_not_wrong_yet() -> None:
    for typed in ("姓名:", "状态：", "8:30", "http://x", ":", "a:b"):
        assert read(typed, TODAY).problem == "", typed
    assert read("姓名:", TODAY).is_blank


@given(ANY_TEXT)
def test_anything_at_all_is_read(typed: str) -> None:
    found = read(typed, TODAY)
    assert found.problem == "" or found.problem.endswith("。")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026", (2026, 1, 1), (2026, 12, 31)),
        ("2026年", (2026, 1, 1), (2026, 12, 31)),
        ("2024-2", (2024, 2, 1), (2024, 2, 29)),
        ("2026年10月", (2026, 10, 1), (2026, 10, 31)),
        ("10月", (2026, 10, 1), (2026, 10, 31)),
        ("2026-10-08", (2026, 10, 8), (2026, 10, 8)),
        ("2026.10.8", (2026, 10, 8), (2026, 10, 8)),
        ("20261008", (2026, 10, 8), (2026, 10, 8)),
        ("２０２６年10月8日", (2026, 10, 8), (2026, 10, 8)),
        ("2026-10-01..2026-10-31", (2026, 10, 1), (2026, 10, 31)),
        ("2026-09至2026-10", (2026, 9, 1), (2026, 10, 31)),
        ("今天", (2026, 11, 22), (2026, 11, 22)),
        ("昨天", (2026, 11, 21), (2026, 11, 21)),
        ("本周", (2026, 11, 16), (2026, 11, 22)),
        ("上周", (2026, 11, 9), (2026, 11, 15)),
        ("本月", (2026, 11, 1), (2026, 11, 30)),
        ("上月", (2026, 10, 1), (2026, 10, 31)),
        ("今年", (2026, 1, 1), (2026, 12, 31)),
        ("去年", (2025, 1, 1), (2025, 12, 31)),
    ],
)
def test_days_are_read(typed: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert day_words.days(typed, TODAY) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "typed", ["", "明天", "2026-13", "2026-02-30", "0000", "2026-10-31..2026-10-01"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert day_words.days(typed, TODAY) is None


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_every_day_is_read_however_it_is_written(day: date) -> None:
    for written in (f"{day:%Y-%m-%d}", f"{day:%Y年%m月%d日}", f"{day.year}.{day.month}.{day.day}"):
        assert day_words.days(written, None) == (day, day)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5", ShortNumber(5)),
        ("５号", ShortNumber(5)),
        ("第5号", ShortNumber(5)),
        ("2026 5", ShortNumber(5, 2026)),
        ("2026年5号", ShortNumber(5, 2026)),
        ("2026-5", ShortNumber(5, 2026)),
        ("[2026]5", ShortNumber(5, 2026)),
        ("（２０２６）５号", ShortNumber(5, 2026)),
        ("镜访5", ShortNumber(5, None, "镜访")),
        ("镜访 2026 5", ShortNumber(5, 2026, "镜访")),
        ("镜访〔2026〕118号", ShortNumber(118, 2026, "镜访")),
    ],
)
def test_a_number_is_read_as_it_is_said(typed: str, number: ShortNumber) -> None:
    assert short_number(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "0", "水渠", "36路", "13800001234", "2026年", "5号楼", "1.5万"]
)
def test_what_is_no_number_of_ours_is_none(typed: str) -> None:
    assert short_number(typed) is None


KNOWN = (("镜访〔{year}〕{serial}号", 2026), ("镜访〔{year}〕{serial}号", 2025))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("镜", []),
        ("镜访", [(2026, ()), (2025, ())]),
        ("镜访〔2", [(2026, ()), (2025, ())]),
        ("镜访[2025]", [(2025, ())]),
        ("镜访〔2025〕12345", [(2025, ((12345, 12345), (123450, 123459)))]),
        ("镜访〔2025〕12号", [(2025, ((12, 12),))]),
        ("2025", []),
        ("水渠", []),
    ],
)
def test_a_number_is_followed_while_it_is_typed(typed: str, found: list[object]) -> None:
    assert [(one.year, one.serials) for one in being_typed(typed, KNOWN)] == found


def known(kind: str) -> tuple[str, ...]:
    return {"bodies": ("建设管理部", "综合执法队", "含 空格")}.get(kind, ())


def test_values_of_a_field_complete_what_is_typed() -> None:
    assert [offer.text for offer in completions("水渠 形式:来", known)] == [
        "形式:来信 ",
        "形式:来访 ",
        "形式:来电 ",
    ]
    assert [offer.told for offer in completions("承办：", known)] == ["建设管理部", "综合执法队"]
    assert [offer.told for offer in completions("承办:执法", known)] == ["综合执法队"]
    assert completions("形式:来信", known) == []


def test_a_field_is_offered_when_its_name_is_typed_and_not_before() -> None:
    assert [offer.text for offer in completions("水渠 电话", known)] == ["电话:"]
    for typed in ("", "电", "水渠 ", "电话 "):
        assert completions(typed, known) == []


def test_a_name_is_never_offered() -> None:
    assert completions("姓名:", lambda kind: ("张三",) if kind else ()) == []


def test_every_field_has_a_name_of_two_characters_and_is_told_in_the_help() -> None:
    from xinfang_desktop.paths import resource

    told = resource("help", "ledger.md").read_text("utf-8")
    assert len(set(NAMES)) == len(grammar.FIELDS)
    for name in NAMES:
        assert len(name) == 2
        assert f"`{name}:" in told, name
