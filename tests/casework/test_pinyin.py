"""Names as they sound: surnames as they are read, every way of typing, and nothing unreadable."""

import pytest
from hypothesis import given

from tests.helpers.writing import NAMES
from tools import pinyin_table
from xinfang_desktop.casework import pinyin
from xinfang_desktop.paths import resource


def test_the_shipped_table_is_that_of_the_library() -> None:
    assert resource("codes", "pinyin.tsv").read_text("utf-8") == pinyin_table.text()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张三", "z zs zhang zhangs zhangsan san s"),
        ("单雄信", "shan danxiongxin sxx dxx xiongxin xx"),
        ("仇英", "qiu chou qy"),
        ("区小明", "ou quxiaoming oxm ouxiaoming xm"),
        ("解珍", "xie jie"),
        ("曾国", "zeng ceng"),
        ("查良", "zha cha"),
        ("盖聂", "ge gai"),
        ("尉迟恭", "yuchi weichigong ycg gong"),
        ("万俟卨", "moqi wanqi mq"),
        ("单于某", "chanyu"),
        ("欧阳小明", "ouyang oyxm xiaoming"),
        ("铍𫖯𠮷", "pi pifu pf"),
        ("黑某", "he hei"),
        ("吕某", "lv"),
    ],
)
def test_a_name_is_found_as_it_may_be_typed(name: str, typed: str) -> None:
    begun = pinyin.beginnings(name)
    for letters in typed.split():
        assert letters in begun, letters


def test_nothing_else_finds_it() -> None:
    for letters in ("zhangsi", "sz", "ang", "zsan"):
        assert letters not in pinyin.beginnings("张三")


def test_the_usual_reading_of_the_surname_puts_names_in_order() -> None:
    names = ["曾甲", "单乙", "张三丰", "张三", "阿四", "区五", ""]
    assert sorted(names, key=pinyin.sort_key) == [
        "",
        "阿四",
        "区五",
        "单乙",
        "曾甲",
        "张三",
        "张三丰",
    ]


def test_a_name_nobody_can_read_has_no_sound_and_still_a_place() -> None:
    assert pinyin.beginnings("𠮷") == frozenset()
    assert pinyin.sort_key("𠮷") == "𠮷\t𠮷"


def test_a_whole_name_is_told_from_its_beginning() -> None:
    assert pinyin.wholes("张三") == {"zhangsan", "zs"}
    assert pinyin.wholes("张") == frozenset()


@pytest.mark.parametrize(
    ("name", "typed", "span"),
    [
        ("张三", "zs", (0, 2)),
        ("张三", "zhang", (0, 1)),
        ("张三", "zhang s", (0, 2)),
        ("张三", "san", (1, 2)),
        ("铍𫖯𠮷", "pf", (0, 2)),
        ("张三", "li", None),
        ("张三", "", None),
    ],
)
def test_marks_lie_on_the_characters_that_were_meant(
    name: str, typed: str, span: tuple[int, int] | None
) -> None:
    assert pinyin.spans(name, typed) == span


@given(NAMES)
def test_every_beginning_marks_some_of_the_name(name: str) -> None:
    for letters in list(pinyin.beginnings(name))[:20]:
        span = pinyin.spans(name, letters)
        assert span is not None
        assert 0 <= span[0] < span[1] <= len(name)
