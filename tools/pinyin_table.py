"""Write the table of readings that is shipped, from the dictionary of pypinyin.

``python -m tools.pinyin_table`` writes ``resources/codes/pinyin.tsv``: for every syllable without
its tone the characters that are usually read so, and those that may be. The program reads this
file and never the library, which takes ten times as long to load and several times the memory.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

FILE = Path(__file__).parent.parent / "resources" / "codes" / "pinyin.tsv"


def readings() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give every character with its readings in plain letters, the usual one first."""
    for code in sorted(PINYIN_DICT):
        found = pinyin(chr(code), style=Style.NORMAL, heteronym=True)[0]
        plain = tuple(dict.fromkeys(reading for reading in found if reading.isascii()))
        if plain and all(reading.isalpha() for reading in plain):
            yield chr(code), plain


def text() -> str:
    """Give the file: a line for each syllable."""
    usual, further = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for sign, (first, *others) in readings():
        usual[first].append(sign)
        for other in others:
            further[other].append(sign)
    return "".join(
        f"{syllable}\t{''.join(usual[syllable])}\t{''.join(further[syllable])}\n"
        for syllable in sorted({*usual, *further})
    )


def main() -> int:
    """Write the file and say how large it is."""
    FILE.write_text(text(), encoding="utf-8")
    print(f"{FILE.name}: {FILE.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
