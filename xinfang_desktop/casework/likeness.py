"""How alike two claims are: by the runs of characters they share, the common ones counting less.

What every petition of this office says (反映, 要求, 至今没有) tells nothing; what only two say
tells much. What is common is learned from the latest matters each time, and kept nowhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log

LONGEST = 2000
"""Characters of a claim that are compared; more changes nothing and takes time."""

_RUN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffffA-Za-z0-9]+")
_GRAM = 4
_COMMON_SHARE, _COMMON_AT_LEAST = 0.06, 6
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_KINDS = (
    "自然村|新村|村|社区|小区|花园|家园|公寓|大厦|广场|弄|路|街|巷|桥|河|江|溪|浦|湖|港|塘|水库|山|"
    "公司|集团|厂|建筑队|工地|项目|工程|物业|市场|超市|酒店|饭店|宾馆|商行|养殖场|合作社|"
    "小学|中学|学校|幼儿园|医院|卫生院|银行|公交|车站|站|所|队"
)
_TRADES = (
    "自来水|污水|房地产|公交|客运|物流|印染|纺织|服装|建筑|建设|劳务|装饰|装修|市政|养殖|养猪|养鸡|"
    "物业|食品|酒|化工|电镀|电子|机械|农业|水利|环保|垃圾|有限|责任|中心|农贸|菜"
)
_NAMED = re.compile(rf"(?=([{_HAN}]{{2}}(?:{_TRADES})*(?:{_KINDS})))")
_NO_NAME = re.compile(
    "^.?[的了在到把被向对从和与是有不没去来过说找我你他这那该本各全每某两三几及其]|"
    f"^(?:[一二三四五六七八九十个条家座所]|{_TRADES}|有关|相关|隔壁|附近|当地|外地|前面|反映|自然|"
    "小区|社区|新村|桥头|村口|路口|门口|门前|河边|沿河|山脚|后街)"
    "|[鱼池水]塘$|^.[区社村弄路街巷桥河江溪厂站所队][村弄路街巷桥河江溪浦湖港塘山厂站所队]$"
)


class Usage:
    """What is usual in the claims of an office: in how many of them each pair stands."""

    def __init__(self, claims: Iterable[str]) -> None:
        self._claims = tuple(claims)
        pairs = Counter(pair for claim in self._claims for pair in _pairs(claim))
        whole = log(len(self._claims) + 2)
        self._weights = {pair: 1 - log(count + 1) / whole for pair, count in pairs.items()}

    def weight(self, pair: str) -> float:
        """Give how much it tells that two claims share a pair, 0 to 1: little for a common one."""
        return self._weights.get(pair, 1.0)

    def is_common(self, name: str) -> bool:
        """Tell whether so many claims hold a name that it tells nothing."""
        most = max(len(self._claims) * _COMMON_SHARE, _COMMON_AT_LEAST)
        return sum(name in claim for claim in self._claims) > most


def likeness(claim: str, other: str, usage: Usage) -> float:
    """Give how alike two claims are, 0 to 100, wherever in the text the same things stand.

    A short claim that stands wholly in a long one is as like it as can be.
    """
    one, two = _pairs(claim), _pairs(other)
    if not one or not two:
        return 0.0
    shared = sum(map(usage.weight, one & two))
    whole = min(sum(map(usage.weight, one)), sum(map(usage.weight, two)))
    return 100 * max(shared / whole if whole else 0.0, _in_order(claim, other))


def names_in(claim: str) -> frozenset[str]:
    """Give what a claim calls by name, as far as can be told: places and firms.

    A name is the two characters before a word such as 村 or 公司, and that word. Whoever comes
    about the same thing calls it by the same name, in whatever words he tells it.
    """
    called = (found[1] for found in _NAMED.finditer(claim[:LONGEST]))
    return frozenset(name for name in called if not _NO_NAME.search(name))


def shared_runs(claim: str, other: str) -> list[tuple[int, int]]:
    """Give where in ``claim`` stand runs of four characters or more that ``other`` has too.

    Each is its first place and the place after it; none touches another.
    """
    theirs = set(_grams(other))
    runs: list[tuple[int, int]] = []
    for at, gram in enumerate(claim[place : place + _GRAM] for place in range(len(claim))):
        if gram not in theirs:
            continue
        if runs and at <= runs[-1][1]:
            runs[-1] = (runs[-1][0], at + _GRAM)
        else:
            runs.append((at, at + _GRAM))
    return runs


def telling(claim: str, usage: Usage, count: int) -> list[str]:
    """Give the runs of four characters that tell most about a claim, none inside another."""
    grams = dict.fromkeys(gram for gram in _grams(claim) if not gram.isdigit())
    ranked = sorted(grams, key=lambda gram: -sum(map(usage.weight, _of(gram))))
    chosen: list[str] = []
    for gram in ranked:
        if not any(set(_of(gram)) & set(_of(other)) for other in chosen):
            chosen.append(gram)
        if len(chosen) == count:
            break
    return chosen


def _in_order(claim: str, other: str) -> float:
    """Give how alike two texts are sign by sign, 0 to 1: what was copied or typed again."""
    from rapidfuzz import fuzz

    return fuzz.ratio(claim[:LONGEST], other[:LONGEST], score_cutoff=60) / 100


def _grams(claim: str) -> Iterator[str]:
    """Give every run of four characters, punctuation never inside."""
    for run in _RUN.findall(claim[:LONGEST]):
        yield from (run[at : at + _GRAM] for at in range(len(run) - _GRAM + 1))


def _pairs(claim: str) -> set[str]:
    return {pair for run in _RUN.findall(claim[:LONGEST]) for pair in _of(run)}


def _of(run: str) -> Iterator[str]:
    return (one + two for one, two in pairwise(run))
