"""How names sound: found by their pinyin or its initials, and put in the order of the dictionary.

The readings are those of ``resources/codes/pinyin.tsv``. A surname may be read otherwise than the
same character elsewhere (单 Shàn, 仇 Qiú, 区 Ōu): every reading a character has is known, so that
the one the clerk thinks of finds the name. A character whose reading nobody knows is skipped.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from xinfang_desktop.paths import resource

_LONGEST = 8
"""Characters of a name that are read aloud; more are the name of a body, found by its words."""

_FURTHER = 2
"""How many readings a character has that is no surname; of a surname all count."""

_WAYS = 12
"""How many ways to read one name are kept, the usual ones first."""

_SURNAMES: Mapping[str, tuple[str, ...]] = {
    "万俟": ("mo", "qi"),
    "单于": ("chan", "yu"),
    "尉迟": ("yu", "chi"),
    "澹台": ("tan", "tai"),
    "单": ("shan",),
    "仇": ("qiu",),
    "区": ("ou",),
    "解": ("xie",),
    "曾": ("zeng",),
    "查": ("zha",),
    "盖": ("ge",),
    "乐": ("yue",),
    "折": ("she",),
    "黑": ("he",),
    "秘": ("bi",),
    "繁": ("po",),
    "朴": ("piao",),
    "召": ("shao",),
    "祭": ("zhai",),
    "能": ("nai",),
    "都": ("du",),
    "缪": ("miao",),
    "覃": ("qin",),
    "翟": ("zhai",),
    "洗": ("xian",),
    "句": ("gou",),
    "乜": ("nie",),
    "薄": ("bo",),
    "卜": ("bu",),
    "么": ("yao",),
    "阚": ("kan",),
    "郇": ("xun",),
    "种": ("chong",),
    "重": ("chong",),
    "逢": ("pang",),
    "贠": ("yun",),
    "员": ("yun",),
    "佴": ("nai",),
    "澹": ("tan",),
}
"""Surnames whose usual reading is not the usual one of the character."""

_TWO_CHARACTERS = frozenset(
    re.findall(
        "..",
        "万俟上官东方东郭乐正亓官令狐公冶公孙公羊公西公良单于南宫南门司徒司空司马司寇呼延夏侯太史"
        "太叔夹谷子车宇文宗政宰父尉迟左丘巫马归海微生慕容拓跋梁丘段干淳于漆雕澹台濮阳独孤申屠百里"
        "皇甫端木第五羊舌西门诸葛谷梁赫连轩辕钟离长孙闻人闾丘颛孙鲜于欧阳",
    )
)


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    """Give every syllable with the characters usually read so, and those that may be."""
    lines = resource("codes", "pinyin.tsv").read_text("utf-8").splitlines()
    return tuple((*line.split("\t"),) for line in lines)  # type: ignore[misc]


@lru_cache(maxsize=8192)
def readings(sign: str) -> tuple[str, ...]:
    """Give how a character may be read, the usual reading first; nothing where nobody knows."""
    usual = (syllable for syllable, first, _ in _table() if sign in first)
    further = (syllable for syllable, _, others in _table() if sign in others)
    return (*usual, *further)


@lru_cache(maxsize=4096)
def beginnings(name: str) -> frozenset[str]:
    """Give what may be typed for a name: the beginnings of its pinyin and of its initials.

    For 张三 these are z, zh, … zhangsan and z, zs; the given name alone counts as well.
    """
    return frozenset(
        whole[:length]
        for part in _parts(name)
        for whole in _written(part)
        for length in range(1, len(whole) + 1)
    )


@lru_cache(maxsize=4096)
def wholes(name: str) -> frozenset[str]:
    """Give what a whole name may be typed as: zhangsan, zs."""
    return frozenset(whole for way in _ways(name) for whole in _written(way) if len(way) > 1)


def sort_key(name: str) -> str:
    """Give what names are put in order by: the usual reading, then the characters themselves."""
    told = _with_own(name, _own_reading(name))
    read = (own or readings(sign)[:1] or (sign.casefold(),) for sign, own in told)
    return f"{' '.join(sound for (sound,) in read)}\t{name}" if name else ""


def spans(name: str, typed: str) -> tuple[int, int] | None:
    """Give which characters of a name typed letters stand for, from where to where."""
    letters = "".join(typed.split()).casefold()
    for part in _parts(name) if letters else ():
        for initials in (False, True):
            if count := _covered(part, letters, initials=initials):
                return part[0].place, part[count - 1].place + 1
    return None


class _Read(NamedTuple):
    """A character of a name as it is read."""

    place: int
    sound: str


_Way = Sequence[_Read]


def _parts(name: str) -> Iterator[_Way]:
    """Give every way to read a name, and every way to read the given name alone."""
    surname = _surname_signs(name)
    for way in _ways(name):
        yield way
        if given := [one for one in way if one.place >= surname][: len(way) - 1]:
            yield given


def _ways(name: str) -> list[_Way]:
    """Give the ways to read a name; the surname changes first, then the rest."""
    surname = _surname_signs(name)
    own = _own_reading(name)
    signs = [
        [_Read(place, sound) for sound in _sounds(sign, first, is_surname=place < surname)]
        for place, (sign, first) in enumerate(_with_own(name[:_LONGEST], own))
        if readings(sign)
    ]
    ways = (way[::-1] for way in product(*reversed(signs)))
    return list(islice(ways, _WAYS)) if signs else []


def _sounds(sign: str, own: tuple[str, ...], *, is_surname: bool) -> tuple[str, ...]:
    found = readings(sign)
    return tuple(dict.fromkeys((*own, *(found if is_surname else found[:_FURTHER]))))


def _own_reading(name: str) -> tuple[str, ...]:
    """Give how the surname of ``name`` is read, where that is not the usual reading."""
    return _SURNAMES.get(name[:2]) or _SURNAMES.get(name[:1]) or ()


def _with_own(name: str, own: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for place, sign in enumerate(name):
        yield sign, own[place : place + 1]


def _surname_signs(name: str) -> int:
    return 2 if len(name) > 2 and name[:2] in _TWO_CHARACTERS else 1


def _written(way: _Way) -> tuple[str, str]:
    """Give a way of reading in full and by its initials."""
    return "".join(one.sound for one in way), "".join(one.sound[0] for one in way)


def _covered(way: _Way, letters: str, *, initials: bool) -> int:
    """Count the characters that ``letters`` begin or fill; 0 where they do not fit."""
    left = letters
    for count, one in enumerate(way, start=1):
        part = one.sound[:1] if initials else one.sound
        if len(left) <= len(part):
            return count if part.startswith(left) else 0
        if not left.startswith(part):
            return 0
        left = left[len(part) :]
    return 0
