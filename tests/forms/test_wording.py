"""How values read on paper, and where a line may be broken."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xinfang_desktop.forms.wording import CANNOT_END, CANNOT_START, shown, stacked, wrapped
from xinfang_desktop.models import Satisfaction

han = st.sampled_from("要求镇里安排清淤修渠的一二三四")
marks = st.sampled_from("，。、；：？！（）“”《》〔〕…—%")
numbers = st.from_regex(r"[0-9]{1,8}", fullmatch=True)
sentences = st.lists(han | marks | numbers | st.just(" "), max_size=120).map("".join)
anything = st.text(max_size=200)


def em(text: str) -> float:
    """Half a square for ASCII, one for everything else."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


@given(anything | sentences, st.integers(min_value=4, max_value=40))
def test_the_lines_joined_are_the_text_again(text: str, width: int) -> None:
    assert "".join(wrapped(text, width, em)) == text


@given(sentences, st.integers(min_value=12, max_value=40))
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str, width: int) -> None:
    if re.search(r"[，。、；：？！（）“”《》〔〕…—% ]{3,}", text):
        return  # a heap of marks longer than a clerk writes may have to be broken somewhere
    lines = wrapped(text, width, em)
    for before, after in zip(lines, lines[1:], strict=False):
        assert after[0] not in CANNOT_START
        assert before.rstrip()[-1:] not in CANNOT_END


@given(sentences, st.integers(min_value=8, max_value=40))
def test_a_number_is_never_split(text: str, width: int) -> None:
    """Unless no line can hold it: some of the numbers drawn here stand side by side as one."""
    assume(all(em(number) <= width for number in re.findall("[0-9]+", text)))
    lines = wrapped(text, width, em)
    for before, after in zip(lines, lines[1:], strict=False):
        assert not (before[-1].isdigit() and after[0].isdigit())


@given(sentences, st.integers(min_value=12, max_value=40))
def test_no_line_is_wider_than_the_cell(text: str, width: int) -> None:
    assert all(em(line.rstrip()) <= width for line in wrapped(text, width, em))


def test_a_line_break_that_was_typed_is_kept() -> None:
    assert wrapped("一、修渠\n二、补偿", 20, em) == ["一、修渠\n", "二、补偿"]


def test_an_identity_number_is_moved_down_whole() -> None:
    assert wrapped("身份证号码330602198803120355，住址", 10, em) == [
        "身份证号码",
        "330602198803120355，",
        "住址",
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (date(2026, 10, 8), "2026年10月8日"),
        (Satisfaction.MOSTLY_SATISFIED, "基本满意"),
        (3, "3"),
        (True, "是"),
        ("照写", "照写"),
    ],
)
def test_values_read_as_an_office_writes_them(value: object, words: str) -> None:
    assert shown(value) == words


def test_a_vertical_caption_is_stacked() -> None:
    assert stacked("回访") == "回\n访"
