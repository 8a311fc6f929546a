"""Document numbers and telephone numbers: what they say, and what is said about them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.writing import ANY_TEXT
from xinfang_desktop.casework.identity import (
    check_digit,
    fill_in,
    modernised,
    phone_advice,
    plain,
    read_document,
)
from xinfang_desktop.models import DocumentType, Petitioner, Sex

ID = DocumentType.RESIDENT_ID

GOOD = [
    (ID, "11010519491231002X", Sex.FEMALE, date(1949, 12, 31)),
    (ID, "440524188001010014", Sex.MALE, date(1880, 1, 1)),
    (ID, "330602198803120355", Sex.MALE, date(1988, 3, 12)),
    (DocumentType.HK_MO_TW_RESIDENCE, "810000199408230021", Sex.FEMALE, date(1994, 8, 23)),
    (DocumentType.FOREIGN_RESIDENCE, "932682198501010017", Sex.MALE, date(1985, 1, 1)),
    (DocumentType.FOREIGN_RESIDENCE, "KAZ110090123105", None, None),
    (DocumentType.HK_MO_PERMIT, "H12345678", None, None),
    (DocumentType.HK_MO_PERMIT, "M1234567801", None, None),
    (DocumentType.TW_PERMIT, "12345678", None, None),
    (DocumentType.TW_PERMIT, "1234567890(A)", None, None),
    (DocumentType.PASSPORT, "E12345678", None, None),
    (DocumentType.PASSPORT, "C1234567", None, None),
    (DocumentType.OTHER, "军字第1234号", None, None),
]


@pytest.mark.parametrize(("kind", "number", "sex", "born_on"), GOOD)
def test_a_number_in_order_tells_what_it_holds_and_nothing_is_said(
    kind: DocumentType, number: str, sex: Sex | None, born_on: date | None
) -> None:
    facts = read_document(kind, number)
    assert (facts.sex, facts.born_on, facts.advice) == (sex, born_on, ())


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002x", " 110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ"],
)
def test_blanks_full_width_and_small_letters_do_not_matter(typed: str) -> None:
    assert read_document(ID, typed) == read_document(ID, "11010519491231002X")


DOUBTFUL = [
    (ID, "110105194912310021", "最后一位与前17位对不上"),
    (ID, "33060219880312035", "应为18位，现在是17位"),
    (ID, "3306021988031203555", "应为18位，现在是19位"),
    (ID, "不肯说", "应为18位数字"),
    (ID, "990602198803120355", "像是外国人永久居留身份证"),
    (ID, "000602198803120355", "不是任何省份的代码"),
    (ID, "810000199408230021", "像是港澳台居民居住证"),
    (ID, "H12345678", "像是港澳居民来往内地通行证"),
    (ID, "E12345678", "像是护照"),
    (ID, "KAZ110090123105", "像是外国人永久居留身份证"),
    (ID, "330602350216501", "15位是旧版号码"),
    (ID, "330602351316501", "不是真实的出生日期"),
    (ID, "990602350216501", "不是任何省份的代码"),
    (DocumentType.HK_MO_TW_RESIDENCE, "8100001994", "应为18位"),
    (DocumentType.HK_MO_TW_RESIDENCE, "330602198803120355", "应以810000、820000或830000开头"),
    (DocumentType.HK_MO_PERMIT, "X12345678", "H或M加8位数字"),
    (DocumentType.TW_PERMIT, "1234567", "一般是8位数字"),
    (DocumentType.FOREIGN_RESIDENCE, "330602198803120355", "以9开头的18位"),
    (DocumentType.PASSPORT, "护照丢了", "5至20位"),
]


@pytest.mark.parametrize(("kind", "number", "words"), DOUBTFUL)
def test_a_doubtful_number_is_said_to_be_so(kind: DocumentType, number: str, words: str) -> None:
    [advice] = read_document(kind, number).advice
    assert words in advice
    assert number not in advice


def test_a_taiwan_residence_number_beginning_with_71_is_warned_about() -> None:
    first17 = "71000019940823002"
    facts = read_document(DocumentType.HK_MO_TW_RESIDENCE, first17 + check_digit(first17))
    assert "以71开头" in facts.advice[0]
    assert facts.born_on == date(1994, 8, 23)


def test_an_old_number_is_given_in_eighteen_digits_too() -> None:
    facts = read_document(ID, "330602350216501")
    assert facts.modern == "330602193502165010"[:17] + check_digit("33060219350216501")
    assert (facts.sex, facts.born_on) == (Sex.MALE, date(1935, 2, 16))


@pytest.mark.parametrize("serial", ["996", "997", "998", "999"])
def test_serials_set_aside_for_the_very_old_mean_the_century_before(serial: str) -> None:
    assert modernised(f"330602350216{serial}")[6:10] == "1835"


def test_no_number_means_no_advice() -> None:
    for kind in DocumentType:
        assert read_document(kind, "  ") == read_document(kind, "")
        assert read_document(kind, "").advice == ()


DAYS = st.dates(date(1880, 1, 1), date(2026, 12, 31))


@given(st.sampled_from(["110105", "330602", "650104", "710000"]), DAYS, st.integers(0, 999))
def test_every_right_number_is_read(place: str, day: date, serial: int) -> None:
    first17 = f"{place}{day:%Y%m%d}{serial:03}"
    facts = read_document(ID, first17 + check_digit(first17))
    assert (facts.born_on, facts.advice) == (day, ())
    assert facts.sex is (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(DAYS, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed_and_fills_in_nothing(
    day: date, serial: int, place: int, by: int
) -> None:
    first17 = f"330602{day:%Y%m%d}{serial:03}"
    number = first17 + check_digit(first17)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    facts = read_document(ID, wrong)
    assert facts.advice
    assert (facts.sex, facts.born_on) == (None, None)


@given(DAYS, st.integers(0, 999), st.integers(0, 15))
def test_two_digits_exchanged_are_noticed(day: date, serial: int, place: int) -> None:
    first17 = f"330602{day:%Y%m%d}{serial:03}"
    number = first17 + check_digit(first17)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or read_document(ID, swapped).advice


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 995))
def test_an_old_number_becomes_a_right_one(day: date, serial: int) -> None:
    facts = read_document(ID, modernised(f"330602{day:%y%m%d}{serial:03}"))
    assert (facts.born_on, facts.advice) == (day, ())


@given(st.sampled_from(DocumentType), ANY_TEXT)
def test_anything_at_all_may_be_typed(kind: DocumentType, number: str) -> None:
    for sentence in read_document(kind, number).advice:
        assert sentence.endswith("。")


def test_what_was_said_is_not_overwritten_by_the_number() -> None:
    person = Petitioner(document_number="11010519491231002X", sex=Sex.MALE)
    fill_in(person)
    assert (person.sex, person.born_on) == (Sex.MALE, date(1949, 12, 31))


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "+86 13800001234",
        "１３８００００１２３４",
        "0575-88001234",
        "(0575)88001234",
        "010-12345678",
        "88001234",
        "0575-88001234-802",
        "0575-88001234转802",
        "400-123-4567",
        "852 12345678",
        "13800001234、13900002222",
        "13800001234/0575-88001234",
        "12345",
        "110",
    ],
)
def test_a_telephone_number_in_order_is_left_alone(phone: str) -> None:
    assert phone_advice(phone) == ()


@pytest.mark.parametrize(
    ("phone", "words"),
    [
        ("1380000123", "应为11位，现在是10位"),
        ("138000012345", "应为11位，现在是12位"),
        ("12800001234", "不像手机号码"),
        ("没有电话", "不像手机号码"),
        ("13800001234、1390000", "现在是7位"),
    ],
)
def test_a_doubtful_telephone_number_is_said_to_be_so(phone: str, words: str) -> None:
    assert words in phone_advice(phone)[0]


@given(ANY_TEXT)
def test_any_telephone_number_may_be_typed(phone: str) -> None:
    for sentence in phone_advice(phone):
        assert sentence.endswith("。")


@given(ANY_TEXT)
def test_a_number_made_plain_is_plain(number: str) -> None:
    assert plain(plain(number)) == plain(number)
