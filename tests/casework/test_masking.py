"""Masks: what is hidden, and that nothing more is."""

import pytest
from hypothesis import given

from tests.helpers.writing import ANY_TEXT
from xinfang_desktop.casework import masking


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("330602198803120355", "330***********0355"),
        ("330602350216501", "330********6501"),
        ("C1234567", "C*****67"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_document_shows_its_head_and_tail(number: str, shown: str) -> None:
    assert masking.document(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800001234", "138****1234"),
        ("138 0000 1234", "138 **** 1234"),
        ("+8613800001234", "+*********1234"),
        ("0575-88001234", "****-****1234"),
        ("057588001234", "********1234"),
        ("13800001234、13900005678", "138****1234、139****5678"),
        ("88001234转801", "****1234转801"),
        ("12345", "*2345"),
        ("", ""),
    ],
)
def test_a_telephone_shows_its_last_four(number: str, shown: str) -> None:
    assert masking.phone(number) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("灵芝街道解放村88号", "灵芝街道解放村***"),
        ("灵芝街道喆堃家园3幢201室", "灵芝街道***"),
        ("灵芝街道解放村", "灵芝街道解放村"),
        ("灵芝街道", "灵芝街道"),
        ("人民路100号501室", "人民路100***"),
        ("某地", "某地"),
        ("", ""),
    ],
)
def test_an_address_ends_above_the_house(address: str, shown: str) -> None:
    assert masking.address(address) == shown


@given(ANY_TEXT)
def test_a_mask_of_anything_is_no_longer_unmasked(text: str) -> None:
    for mask in (masking.document, masking.phone, masking.address):
        assert mask(text) == text or "*" in mask(text)
