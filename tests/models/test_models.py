"""Choices, the office profile, and a matter as papers read it."""

import enum
import re

import pytest
from pydantic import ValidationError

from tests.helpers.office import OFFICE, petitioner, visit
from xinfang_desktop import models
from xinfang_desktop.models import (
    Channel,
    LabelledEnum,
    Matter,
    OfficeProfile,
    Petitioner,
    YesNo,
    name_on_paper,
)

CHOICES = [
    choice
    for choice in vars(models).values()
    if isinstance(choice, enum.EnumMeta)
    and issubclass(choice, LabelledEnum)
    and choice is not LabelledEnum
]


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_is_found_by_its_code_and_by_its_label(choice: type[LabelledEnum]) -> None:
    for member in choice:
        assert choice.from_code(member.value) is member
        assert choice.from_label(member.label) is member
    assert len({member.label for member in choice}) == len(choice)


def test_a_code_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="has no code"):
        YesNo.from_code("maybe")
    assert YesNo.from_label("也许") is None


@pytest.mark.parametrize(
    "pattern", ["镜访{serial}号", "镜访〔{year}〕号", "镜访", "{year}{serial}{x}", "{", "{0}{1}"]
)
def test_a_pattern_that_would_repeat_numbers_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError):
        OfficeProfile(number_pattern=pattern)


def test_a_blank_number_leaves_room_to_write() -> None:
    assert re.sub(r"\s+", "_", OFFICE.blank_number) == "镜访〔_〕_号"
    assert Matter(office=OFFICE).number == OFFICE.blank_number


def test_a_profile_goes_to_json_and_back() -> None:
    profile = OfficeProfile(channel_patterns={Channel.LETTER: "信{year}-{serial}"})
    assert OfficeProfile.model_validate_json(profile.model_dump_json()) == profile


def test_a_matter_names_its_petitioners_in_order() -> None:
    matter = visit(petitioner(), petitioner(name=""), petitioner(name="乙"))
    assert matter.names == "铍𫖯𠮷、乙"
    assert matter.petitioner.name == "铍𫖯𠮷"


def test_somebody_who_gave_no_name_on_purpose_is_anonymous() -> None:
    assert name_on_paper(Petitioner(anonymous=True)) == "匿名"
    assert name_on_paper(Petitioner(name="甲", anonymous=True)) == "甲"
    assert name_on_paper(Petitioner()) == ""


def test_unit_and_address_share_a_cell() -> None:
    assert visit(petitioner(unit="鞋厂", address="解放村")).whereabouts == "鞋厂 解放村"
    assert visit(petitioner(unit="", address="解放村")).whereabouts == "解放村"
