"""What may be stored: every character, but nothing that is none."""

import pytest
from hypothesis import given

from tests.helpers.office import petitioner, visit
from tests.helpers.writing import ANY_TEXT, HAN_RANGES
from xinfang_desktop.casework.cleaning import clean_text, unclean_paths


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("上\x00下", "上下"),
        ("上\x1b[31m下", "上[31m下"),
        ("上\x7f下", "上下"),
        ("上\x9f下", "上下"),
        ("上\ud800下", "上下"),
        ("上\udfff下", "上下"),
        ("上\ufdd0下\ufffe\uffff", "上下"),
        ("上\U0001fffe下\U0010ffff", "上下"),
    ],
)
def test_what_is_no_character_is_taken_out_and_said(typed: str, kept: str) -> None:
    assert clean_text(typed) == (kept, True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("一\u2029二\u2028三", "一\n二\n三"),
        ("一\t二", "一\t二"),
    ],
)
def test_line_ends_become_plain_without_a_word(typed: str, kept: str) -> None:
    assert clean_text(typed) == (kept, False)


def test_a_compatibility_ideograph_in_a_name_survives() -> None:
    name = "\uf9dc\ufa0e\U0002f800"
    assert clean_text(name) == (name, False)


def test_every_chinese_character_survives() -> None:
    for first, last in HAN_RANGES:
        block = "".join(map(chr, range(first, last + 1)))
        assert clean_text(block) == (block, False)


def test_private_characters_and_joiners_survive() -> None:
    text = "\ue000\U000f0000\u200d\u200c\ufe0f\U000e0100👨\u200d👩"
    assert clean_text(text) == (text, False)


@given(ANY_TEXT)
def test_what_was_cleaned_is_clean_and_can_be_stored(text: str) -> None:
    kept, _ = clean_text(text)
    assert clean_text(kept) == (kept, False)
    assert kept.encode("utf-8").decode("utf-8") == kept


@given(ANY_TEXT)
def test_nothing_is_lost_silently(text: str) -> None:
    kept, lost = clean_text(text)
    assert lost or len(kept) in (len(text), len(text) - text.count("\r\n"))


def test_the_fields_that_will_be_cleaned_are_named() -> None:
    matter = visit(petitioner(), petitioner(name="乙\x00"), claim="丙\x01")
    assert unclean_paths(matter) == ["petition.claim", "petitioners[1].name"]
