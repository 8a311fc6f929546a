"""Words of the index: one for every character of every plane, and shorter ways for phrases."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as driver

from tests.helpers.writing import ANY_TEXT, CLAIMS, HAN_RANGES
from xinfang_desktop.casework import words

TYPED = st.text(st.sampled_from("村人的不渠鳝𠮷36a，。 "), max_size=12)


def plain_words(text: str) -> list[str]:
    """Give the words of a text but for what only shortens the way to a phrase."""
    return [word for word in words.of_text(text).split(" ") if len(word) < 2 and word]


def test_every_chinese_character_is_a_word_of_its_own() -> None:
    for first, last in HAN_RANGES:
        block = "".join(map(chr, range(first, last + 1)))
        assert len(plain_words(block)) == len(block) + 1


def test_letters_and_digits_are_words_too_and_cut_in_threes() -> None:
    assert plain_words("36路") == ["3", "6", "路", "。"]
    assert "⁃138 ⁃380 ⁃800" in words.of_text("13800")


def test_full_width_is_half_width() -> None:
    assert words.of_text("３６路ＡＢＣ") == words.of_text("36路abc")


def test_punctuation_keeps_phrases_apart_and_line_ends_do_not() -> None:
    assert plain_words("修渠。清淤") == ["修", "渠", "。", "清", "淤", "。"]
    assert plain_words("修\n渠 清") == ["修", "渠", "清", "。"]


def test_characters_younger_than_this_python_are_words() -> None:
    assert plain_words("\U000323af\U0002ee5d") == ["\U000323af", "\U0002ee5d", "。"]


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("渠", '"渠"'),
        ("修渠", '"修 渠"'),
        ("村人的", '"村人 人的"'),
        ("36路", '"36 6路"'),
        ("修渠36", '"修 渠 3 6"'),
        ("1234", '"⁃123 ⁃234"'),
        ("修渠，清淤", '"修 渠" AND "清 淤"'),
        ("，", ""),
    ],
)
def test_a_phrase_is_looked_for_the_shortest_way(typed: str, query: str) -> None:
    assert words.text(typed) == query


def test_a_query_asks_for_every_word() -> None:
    assert words.match("修渠 清淤") == '(("修 渠")) AND (("清 淤"))'
    assert words.match("") == words.match("， 。") == ""


def test_letters_are_a_name_as_it_sounds_as_well() -> None:
    assert words.anywhere("zs") == '("zs") OR ("♪zs")'
    signs = '"☻z" "☻h" "☻a" "☻n" "☻g"'
    assert words.name("zhang") == (
        f'({{name}} : (NEAR("z h a n g" {signs}, 1000000))) OR ("♪zhang")'
    )
    assert words.whole_name("zhang san") == '"☺zhangsan" OR "♫zhangsan"'


def test_a_name_is_looked_for_by_the_signs_that_names_have() -> None:
    assert words.name("渠") == '("☻渠")'
    assert words.name("修渠修") == '({name} : (NEAR("修 渠 修" "☻修" "☻渠", 1000000)))'


def test_a_number_is_looked_for_with_and_without_its_dashes() -> None:
    assert words.anywhere("0575-8800").endswith('OR ("⁃057 ⁃575 ⁃758 ⁃588 ⁃880 ⁃800")')
    assert words.number("12") == ""
    assert words.exactly("0575-8800") == '"№05758800"'
    assert words.exactly("、") == '""'


@given(st.one_of(ANY_TEXT, CLAIMS))
def test_a_query_never_breaks_out_of_its_quotes(typed: str) -> None:
    query = words.match(typed)
    assert query.count('"') % 2 == 0
    for outside in query.split('"')[0::2]:
        for known in ("AND", "OR", "NEAR(", ", 1000000)"):
            outside = outside.replace(known, "")
        assert not outside.strip("() ")


@pytest.fixture(scope="module")
def index() -> Iterator[driver.Connection]:
    connection = driver.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE w USING fts5(t, content='', contentless_delete=1, tokenize='ascii')"
    )
    yield connection
    connection.close()


@given(TYPED, st.integers(0, 12), st.integers(1, 4))
def test_what_stands_in_a_text_is_found_and_nothing_else(
    index: driver.Connection, text: str, start: int, length: int
) -> None:
    """The slow and obvious reference: a part of the text between two marks, blanks left out."""
    index.execute("DELETE FROM w WHERE rowid = 1")
    index.execute("INSERT INTO w (rowid, t) VALUES (1, ?)", (words.of_text(text),))
    compact = "".join(text.split())
    for typed in (compact[start : start + length], "村人", "人的不", "36", "363", "a36"):
        pieces = [piece for piece in typed.replace("，", "。").split("。") if piece]
        stands = [any(one in part for part in split(compact)) for one in pieces]
        if query := words.text(typed):
            found = index.execute("SELECT count(*) FROM w WHERE w MATCH ?", (query,)).fetchone()
            assert bool(found[0]) == all(stands), typed


def split(text: str) -> list[str]:
    return text.replace("，", "。").split("。")


@given(CLAIMS, st.lists(st.text(st.sampled_from("村渠36a，"), min_size=1, max_size=3), max_size=3))
def test_marks_lie_on_what_was_typed(shown: str, needles: list[str]) -> None:
    spans = words.spans(shown, needles)
    assert all(0 <= start < end <= len(shown) for start, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))


def test_marks_lie_on_the_words_however_they_are_written() -> None:
    assert words.spans("坐３６路，ABC", ["36", "abc"]) == [(1, 3), (5, 8)]
    assert words.spans("修\n渠", ["修渠"]) == [(0, 3)]
    assert words.spans("水渠水渠", ["水渠"]) == [(0, 4)]
    assert words.spans("没有", ["渠"]) == []
