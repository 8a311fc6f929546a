"""Words of the index: one for every Chinese character, whatever plane it is on."""

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.writing import ANY_TEXT, CLAIMS, HAN_RANGES
from xinfang_desktop.casework import words


def test_every_chinese_character_is_a_word_of_its_own() -> None:
    for first, last in HAN_RANGES:
        block = "".join(map(chr, range(first, last + 1)))
        assert len(words.indexed(block).split(" ")) == len(block)


def test_letters_and_digits_stay_together() -> None:
    assert words.indexed("36路公交 ABC12") == "36 路 公 交 abc12"


def test_full_width_is_half_width() -> None:
    assert words.indexed("３６路ＡＢＣ") == "36 路 abc"


def test_punctuation_keeps_phrases_apart_and_line_ends_do_not() -> None:
    assert words.indexed("修渠。清淤") == "修 渠 。 清 淤"
    assert words.indexed("修\n渠 清") == "修 渠 清"


def test_characters_younger_than_this_python_are_words() -> None:
    assert words.indexed("\U000323af\U0002ee5d") == "\U000323af \U0002ee5d"


def test_a_query_asks_for_every_word() -> None:
    assert words.match("修渠 36路") == '"修 渠" AND "36 路"'
    assert words.match("3306") == '"3306"*'
    assert words.match("渠36") == '"渠 36"*'


def test_punctuation_in_a_query_parts_words() -> None:
    assert words.match("修渠，清淤") == '"修 渠" AND "清 淤"'
    assert words.match("镜访〔2026〕1号") == '"镜 访" AND "2026"* AND "1 号"'


@given(st.sampled_from(["", " ", "，。", '"', "*", "——"]))
def test_where_nothing_can_be_looked_for_there_is_no_query(typed: str) -> None:
    assert words.match(typed) == ""


@given(st.one_of(ANY_TEXT, CLAIMS))
def test_a_query_never_breaks_out_of_its_quotes(typed: str) -> None:
    query = words.match(typed)
    assert query.count('"') % 2 == 0
    outside = query.split('"')[0::2]
    assert all(part in ("", "*", " AND ", "* AND ") for part in outside)
