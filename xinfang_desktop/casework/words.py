"""How text becomes the words of the search index, and how typed words are looked for.

Every Chinese character is a word of its own, so that any run of one, two or more characters is
found as a phrase. Runs of letters and digits are one word, found from their beginning. Punctuation
is a word too, or phrases would be found across it; blanks and line ends are not, because pasted
text breaks anywhere. The ranges are written out: characters younger than this Python's Unicode
tables must be found as well.
"""

import re
import unicodedata
from collections.abc import Iterator

_HAN = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff"
    "\uf900-\ufaff\U0001b000-\U0001b2ff\U00020000-\U0003ffff\U000f0000-\U0010ffff"
)
_PIECE = re.compile(rf"(?P<han>[{_HAN}])|(?P<run>[^\W_{_HAN}]+)|(?P<blank>\s+)|(?P<mark>.)")
_MARK = "。"


def indexed(text: str) -> str:
    """Give the words of ``text`` as the index takes them, blanks between."""
    return " ".join(_words(text))


def match(typed: str) -> str:
    """Give the query that finds what holds every typed word, or "" when nothing can be looked for.

    Words are separated by blanks or punctuation; the end of a word may still be missing where it
    is letters or digits.
    """
    phrases = (phrase for word in typed.split() for phrase in _phrases(word))
    return " AND ".join(f'"{" ".join(phrase)}"{_star(phrase[-1])}' for phrase in phrases)


def exactly(word: str) -> str:
    """Give the query that finds ``word`` whole: a document number, a telephone number."""
    return f'"{indexed(word)}"'


def _phrases(word: str) -> Iterator[list[str]]:
    phrase: list[str] = []
    for piece in _words(word):
        if piece != _MARK:
            phrase.append(piece)
        elif phrase:
            yield phrase
            phrase = []
    if phrase:
        yield phrase


def _words(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    for piece in _PIECE.finditer(plain):
        if piece.lastgroup == "mark":
            yield _MARK
        elif piece.lastgroup != "blank":
            yield piece.group()


def _star(last: str) -> str:
    return "" if len(last) == 1 and re.match(f"[{_HAN}]", last) else "*"
