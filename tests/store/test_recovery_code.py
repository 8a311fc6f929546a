"""The recovery code: copied from paper by hand, years later."""

from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.store.recovery_code import is_miscopied, new_recovery_code, read_recovery_code


def plain(code: str) -> str:
    return code.replace("-", "")


def test_a_code_is_eight_groups_of_four() -> None:
    assert [len(group) for group in new_recovery_code().split("-")] == [4] * 8


def test_no_two_codes_are_alike() -> None:
    assert len({new_recovery_code() for _ in range(200)}) == 200


def test_a_code_is_read_however_it_is_written() -> None:
    code = new_recovery_code()
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in plain(code))
    for typed in (code, code.lower(), code.replace("-", " "), f"  {plain(code)}\n", full_width):
        assert read_recovery_code(typed) == plain(code)


def test_letters_mistaken_for_digits_are_read_as_the_digit() -> None:
    code = "0101" + "ABCD" * 7
    assert read_recovery_code(code.replace("0", "O").replace("1", "l")) == code


def test_an_ordinary_password_is_no_code() -> None:
    assert read_recovery_code("测试用的密码 1234") is None
    assert read_recovery_code("") is None


def test_a_code_that_was_printed_is_not_miscopied() -> None:
    assert not is_miscopied(plain(new_recovery_code()))


@given(st.integers(0, 31), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_nearly_always_noticed(place: int, wrong: str) -> None:
    codes = [plain(new_recovery_code()) for _ in range(8)]
    spoilt = [code[:place] + wrong + code[place + 1 :] for code in codes if code[place] != wrong]
    assert sum(is_miscopied(code) for code in spoilt) >= len(spoilt) - 1
