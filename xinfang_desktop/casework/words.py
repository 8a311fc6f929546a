"""How text becomes the words of the search index, and how typed words are looked for.

Whatever is typed is found anywhere inside a text, one character or many. So every character is a
word of its own, Chinese, letter or digit, and a run of them is a phrase. A phrase of characters
that stand in nearly every matter would have to be looked for in nearly every matter: for these
each two that stand side by side are a word as well. Runs of letters and digits are cut in pieces
of three. Punctuation is a word too, or phrases would be found across it; blanks and line ends are
not, because pasted text breaks anywhere.

The ranges of characters are written out: those younger than this Python's Unicode tables must be
found as well. Words that are no text begin with a sign that no text has.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from . import pinyin
from .identity import plain

VERSION = 1
"""What is indexed otherwise than here is indexed again; whoever changes a word raises this."""

COLUMNS = (
    "name",
    "address",
    "claim",
    "reply",
    "body",
    "location",
    "number",
    "category",
    "phone",
    "document",
)
"""The columns of the index; the fields that can be asked for by themselves."""

_HAN = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff"
    "\uf900-\ufaff\U0001b000-\U0001b2ff\U00020000-\U0003ffff\U000f0000-\U0010ffff"
)
_PIECE = re.compile(rf"(?:[{_HAN}]|[^\W_])+")
_RUN = re.compile("[0-9a-z]+")
_MARK = "。"

_PART = "⁃"
"""Before three letters or digits that stand side by side in a run."""
_WHOLE = "№"
"""Before a whole number: of a document, a telephone, a superior."""
_NAME, _NAME_SIGN = "☺", "☻"
"""Before a whole name, and before one character of a name."""
_SOUND, _WHOLE_SOUND = "♪", "♫"
"""Before the beginning of how a name sounds, and before the whole of it."""

_ANYWHERE = 1_000_000
"""Words that may lie between two phrases of one field: more than any field has."""

_COMMON = frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyz"
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之"
    "年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样"
    "理心本前开但因只从想实日者意无力与长把机十民第公此已工使情明性知全三又关点正业外将两高间"
    "由问最重并物手应向头文体政相见被利二等产或新制身加西月合回代内信表老给位次度门任常先通教"
    "原东提立及比员解水名处各入几口条平系气活电数安少报结反受再建务做接必场件计管期市直资指许"
    "保至队社决治强难权设路记住告类求据程北边该交规万取领确村镇街组户房屋拆迁征收补偿款费欠拖"
    "置宅基土环境污染噪音区投诉映题希望府办复调查核未元号答片访曾况很际请照打线落单推热拨响张"
    "选果协离示证书联话"
)
"""Letters, digits, and the characters that stand in a tenth or more of all petitions: the commonest
of the written language, and those of the trade. With fewer, phrases of them take longer; with more,
the index grows."""


# putting in


def of_text(text: str) -> str:
    """Give the words of a text."""
    pieces = _pieces(text)
    signs = (word for piece in pieces for word in (*piece, _MARK))
    return " ".join((*signs, *_pairs(pieces), *_parts(pieces)))


def of_names(names: Iterable[str]) -> str:
    """Give the words of names: their characters, the whole, and how they sound."""
    return " ".join(word for name in filter(None, names) for word in _name_words(name))


def of_numbers(numbers: Iterable[str]) -> str:
    """Give the words of document or telephone numbers, however they were written."""
    pieces = [piece for number in numbers for piece in _pieces(plain(number))]
    return " ".join((*_parts(pieces), *(f"{_WHOLE}{piece}" for piece in pieces)))


def of_whole(number: str) -> str:
    """Give the word of a number that is asked for as a whole."""
    return f"{_WHOLE}{''.join(_pieces(number))}" if number else ""


# looking for


def match(typed: str) -> str:
    """Give the query that finds what holds every typed word, or "" when nothing can be looked for.

    Words are separated by blanks or punctuation.
    """
    return all_of(word for word in map(anywhere, typed.split()) if word)


def all_of(queries: Iterable[str]) -> str:
    """Give the query for what every one of ``queries`` finds."""
    return " AND ".join(f"({query})" for query in queries)


def any_of(queries: Iterable[str]) -> str:
    """Give the query for what at least one of ``queries`` finds."""
    return " OR ".join(f"({query})" for query in queries)


def anywhere(word: str) -> str:
    """Give the query for a typed word: in any text, inside a number, or as the sound of a name."""
    return any_of(filter(None, (text(word), _compact(word), sound(word))))


def text(word: str) -> str:
    """Give the query for a word inside a text or a number."""
    return " AND ".join(map(_phrase, _pieces(word)))


def inside(column: str, query: str) -> str:
    """Give the query for what ``query`` finds in one column."""
    return f"{{{column}}} : ({query})" if query else ""


def number(word: str) -> str:
    """Give the query for a part of a document or telephone number; nothing for less than three."""
    pieces = [piece for piece in _pieces(plain(word)) if len(piece) > 2]
    return " AND ".join(map(_phrase, pieces))


def name(word: str) -> str:
    """Give the query for a part of a name, written or as it sounds."""
    pieces = _pieces(word)
    if not pieces:
        return ""
    signs = pieces[0] if len(pieces) == 1 and len(pieces[0]) == 1 else ""
    written = f'"{_NAME_SIGN}{signs}"' if signs else inside("name", _in_name(pieces))
    return any_of(filter(None, (written, sound(word))))


def sound(word: str) -> str:
    """Give the query for names that sound as typed; nothing for other than letters."""
    letters = "".join(_pieces(word))
    return f'"{_SOUND}{letters}"' if re.fullmatch("[a-z]+", letters) else ""


def whole_name(typed: str) -> str:
    """Give the query for a name that is exactly this one, written or as it sounds."""
    letters = "".join(_pieces(typed))
    if not letters:
        return ""
    sounding = f' OR "{_WHOLE_SOUND}{letters}"' if re.fullmatch("[a-z]+", letters) else ""
    return f'"{_NAME}{letters}"{sounding}'


def exactly(number: str) -> str:
    """Give the query that finds ``number`` whole: a document, a telephone, a superior's number.

    Where several are written one after the other, each of them is looked for.
    """
    pieces = _pieces(plain(number))
    wholes = dict.fromkeys((*pieces, "".join(pieces)))
    return " OR ".join(f'"{_WHOLE}{whole}"' for whole in wholes if whole) or '""'


# where it stands


def spans(shown: str, needles: Iterable[str]) -> list[tuple[int, int]]:
    """Give where typed words stand in a text that is shown, in order, overlaps joined."""
    letters, places = _flattened(shown)
    return joined(
        (places[at], places[at + len(piece) - 1] + 1)
        for needle in needles
        for piece in _pieces(needle)
        for at in _occurrences(letters, piece)
    )


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give spans in their order, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _flattened(shown: str) -> tuple[str, list[int]]:
    """Give a text as it is compared, and for each sign the place it stands at in ``shown``."""
    flat = [(sign, place) for place, one in enumerate(shown) for sign in _normal(one)]
    kept = [(sign, place) for sign, place in flat if not sign.isspace()]
    return "".join(sign for sign, _ in kept), [place for _, place in kept]


def _occurrences(letters: str, piece: str) -> Iterator[int]:
    at = letters.find(piece)
    while at >= 0:
        yield at
        at = letters.find(piece, at + 1)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _pieces(text: str) -> list[str]:
    """Give what stands between punctuation, as it is compared, blanks left out."""
    return _PIECE.findall("".join(_normal(text).split()))


def _pairs(pieces: Iterable[str]) -> Iterator[str]:
    """Give the pairs of common characters that stand side by side.

    Where two pairs that do not overlap in the text would look as if they did, a mark parts them.
    """
    last = ""
    for piece in pieces:
        end = -1
        for place, (one, other) in enumerate(pairwise(piece)):
            if one in _COMMON and other in _COMMON:
                if last == one and end != place:
                    yield _MARK
                yield one + other
                last, end = other, place + 1


def _parts(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        for run in _RUN.findall(piece):
            if len(run) > 2:
                yield from _threes(run)
                yield _MARK


def _name_words(name: str) -> Iterator[str]:
    pieces = _pieces(name)
    yield of_text(name)
    yield from (f"{_NAME_SIGN}{sign}" for sign in dict.fromkeys("".join(pieces)))
    yield f"{_NAME}{''.join(pieces)}"
    yield from (f"{_SOUND}{begun}" for begun in sorted(pinyin.beginnings(name)))
    yield from (f"{_WHOLE_SOUND}{whole}" for whole in sorted(pinyin.wholes(name)))


def _phrase(piece: str) -> str:
    """Give the shortest way to look for a piece: in threes, in pairs, or sign by sign."""
    if len(piece) > 2 and _RUN.fullmatch(piece):
        return _quoted(_threes(piece))
    if len(piece) > 1 and _COMMON.issuperset(piece):
        return _quoted(map("".join, pairwise(piece)))
    return _quoted(piece)


def _in_name(pieces: Iterable[str]) -> str:
    """Give the query for signs that stand side by side in a name, by those that names have.

    What no name has ends the search at once, however many claims have it.
    """
    return " AND ".join(map(_sign_by_sign, pieces))


def _sign_by_sign(piece: str) -> str:
    signs = (f'"{_NAME_SIGN}{sign}"' for sign in dict.fromkeys(piece))
    return f"NEAR({_quoted(piece)} {' '.join(signs)}, {_ANYWHERE})"


def _threes(run: str) -> Iterator[str]:
    return (f"{_PART}{run[at : at + 3]}" for at in range(len(run) - 2))


def _quoted(words: Iterable[str]) -> str:
    return f'"{" ".join(words)}"'


def _compact(word: str) -> str:
    """Give the query for a number that was typed with dashes where it has none."""
    pieces = _pieces(word)
    joined = "".join(pieces)
    is_number = len(pieces) > 1 and len(joined) > 2 and _RUN.fullmatch(joined)
    return _phrase(joined) if is_number else ""
