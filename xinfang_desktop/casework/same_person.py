"""Whether two petitioners may be one person: what speaks for it, and what against.

It compares what was written down in two matters, while a clerk is deciding whether they belong
together. Nothing of it is kept.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from . import pinyin
from .identity import check_digit, modernised, plain

_BETWEEN = re.compile(r"[、，,;；/／\n或]+")
_MOBILES = re.compile("1[3-9][0-9]{9}")
_FOREIGN_LINE = re.compile(r"\+?(?:0086|86)(?=1[3-9][0-9]{9}$|0)")
_EXTENSION = re.compile(r"(?:转|分机|#|ext)[0-9]{1,6}$", re.IGNORECASE)
_AREA_CODE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})(?=[2-9][0-9]{6,7}$)")
_HOUSE = re.compile(r"[0-9]")
_DISTRICT = re.compile(r"^.*?(?:街道|[镇乡])(?=.{2,})")
_VILLAGE = re.compile(r"^(.{1,8}?(?:新村|社区|小区|花园|家园|公寓|村|里|弄|坊))")

_DOCUMENT, _NEAR_DOCUMENT = 50.0, 30.0
_PHONE, _NEAR_PHONE = 35.0, 15.0
_NAME, _NEAR_NAME = 20.0, 12.0
_HOUSEHOLD, _SAME_VILLAGE = 25.0, 12.0
_SUREST = 70.0


@dataclass(frozen=True)
class Ground:
    """Why two petitioners may be one: how strongly (0 to 70), and the reasons in words.

    ``differing`` counts what both have told and told otherwise: telephone, village.
    """

    weight: float = 0.0
    same: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    differing: int = 0

    @property
    def words(self) -> str:
        """The reasons as they stand beside a proposal."""
        same = f"{'、'.join(self.same)}相同" if self.same else ""
        return "，".join(filter(None, (same, *self.near)))

    @property
    def is_name_only(self) -> bool:
        """Whether nothing but the name speaks for it: half the county has the same one."""
        return self.same == ("姓名",) and not self.near

    @property
    def is_another_by_the_looks(self) -> bool:
        """Whether only the name is the same, and everything else that was told is not."""
        return self.is_name_only and self.differing > 1


@dataclass(frozen=True)
class Person:
    """A petitioner as written in one matter."""

    name: str = ""
    document: str = ""
    phone: str = ""
    address: str = ""

    @cached_property
    def plain_name(self) -> str:
        """The name without blanks, as it is compared."""
        return "".join(unicodedata.normalize("NFKC", self.name).split())

    @cached_property
    def key(self) -> str:
        """The document's number as it is compared: an old one in its eighteen digits."""
        number = plain(self.document)
        if len(number) == 15 and number.isdigit():
            return modernised(number)
        if len(number) == 17 and number.isdigit():
            return number + check_digit(number)
        return number

    @cached_property
    def phones(self) -> frozenset[str]:
        """Every telephone number, without the country, the area code and the extension."""
        parts = _BETWEEN.split(self.phone)
        return frozenset(number for part in parts for number in _numbers(part))

    @cached_property
    def place(self) -> str:
        """The address without what stands before the village."""
        whole = "".join(unicodedata.normalize("NFKC", self.address).split())
        return _DISTRICT.sub("", whole)

    @cached_property
    def village(self) -> str:
        """The village or estate of the address, where one can be told."""
        found = _VILLAGE.match(self.place)
        return found[1] if found else ""

    @property
    def household(self) -> str:
        """The address, where it is as exact as a house."""
        return self.place if _HOUSE.search(self.place) else ""


def compared(one: Person, other: Person) -> Ground:
    """Give why two petitioners may be one person, or a ground without weight.

    Two whole document numbers that are plainly different are two people, whatever they are called;
    a telephone or a house they may still share.
    """
    evidence = list(_evidence(one, other))
    if _are_two(one, other):
        evidence = [found for found in evidence if found[1] in ("联系电话", "住址")]
    weight = min(sum(weight for weight, _, _ in evidence), _SUREST)
    return Ground(
        weight,
        tuple(words for _, words, is_same in evidence if is_same),
        tuple(words for _, words, is_same in evidence if not is_same),
        _differing(one, other),
    )


def by_field(one: Person, other: Person) -> dict[str, bool]:
    """Give the fields in which two petitioners are the same (True) or nearly the same (False)."""
    same_house = bool(one.household) and one.household == other.household
    found = (
        ("name", bool(one.plain_name) and one.plain_name == other.plain_name, True),
        ("name", _sound_alike(one.plain_name, other.plain_name), False),
        ("document", bool(one.key) and one.key == other.key, True),
        ("document", _is_slip(one.key, other.key, least=15), False),
        ("phone", bool(one.phones & other.phones), True),
        ("phone", _phones_slipped(one, other), False),
        ("address", same_house or one.place == other.place != "", True),
        ("address", bool(one.village) and one.village == other.village, False),
    )
    told: dict[str, bool] = {}
    for field, holds, is_same in found:
        if holds:
            told.setdefault(field, is_same)
    return told


def _evidence(one: Person, other: Person) -> Iterator[tuple[float, str, bool]]:
    """Give what speaks for it: how strongly, in words, and whether it is just the same."""
    named = bool(one.plain_name) and one.plain_name == other.plain_name
    like_named = not named and _sound_alike(one.plain_name, other.plain_name)
    if one.key and one.key == other.key:
        yield _DOCUMENT, "证件号码", True
    elif (named or like_named) and _is_slip(one.key, other.key, least=15):
        yield _NEAR_DOCUMENT, "证件号码只差一位", False
    if named:
        yield _NAME, "姓名", True
    if one.phones & other.phones:
        yield _PHONE, "联系电话", True
    elif (named or like_named) and _phones_slipped(one, other):
        yield _NEAR_PHONE, "联系电话只差一位", False
    if one.household and one.household == other.household:
        yield _HOUSEHOLD, "住址", True
    elif (named or like_named) and one.village and one.village == other.village:
        yield _SAME_VILLAGE, "同住" + one.village, False
    if like_named and (one.phones & other.phones or one.place == other.place != ""):
        yield _NEAR_NAME, "姓名相近", False


def _are_two(one: Person, other: Person) -> bool:
    both = len(one.key) == len(other.key) == 18
    return both and one.key != other.key and not _is_slip(one.key, other.key, least=15)


def _differing(one: Person, other: Person) -> int:
    phones = bool(one.phones and other.phones) and not one.phones & other.phones
    return phones + bool(one.village and other.village and one.village != other.village)


def _phones_slipped(one: Person, other: Person) -> bool:
    return any(_is_slip(a, b, least=7) for a in one.phones for b in other.phones)


def _is_slip(one: str, other: str, *, least: int) -> bool:
    """Tell whether two numbers differ by one digit, or by two that changed places."""
    from rapidfuzz.distance import OSA

    if len(one) != len(other) or len(one) < least:
        return False
    return OSA.distance(one, other, score_cutoff=1) == 1


def _sound_alike(one: str, other: str) -> bool:
    """Tell whether two names sound the same, or differ in one character of three or more."""
    if not one or not other or len(one) != len(other):
        return False
    if sum(a != b for a, b in zip(one, other, strict=True)) == 1 and len(one) > 2:
        return True
    letters = (pinyin.wholes(name) for name in (one, other))
    return bool({whole for whole in next(letters) if len(whole) > len(one)} & next(letters))


def _numbers(part: str) -> list[str]:
    """Give the numbers in a part of a telephone field; mobiles may stand side by side in it."""
    digits = "".join(sign for sign in plain(_EXTENSION.sub("", part)) if sign not in "()")
    bare = _AREA_CODE.sub("", _FOREIGN_LINE.sub("", digits))
    if len(bare) > 15:
        return _MOBILES.findall(bare)
    return [bare] if len(bare) >= 7 else []
