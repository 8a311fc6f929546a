"""Where in a line of the ledger, or on a matter's page, stands what was searched for."""

from collections.abc import Iterator, Mapping

from . import pinyin, words
from .grammar import Typed
from .ledger import LedgerLine

_COLUMNS = {
    "姓名": ("names",),
    "电话": ("phone",),
    "证件": ("document",),
    "地址": ("address", "unit", "whereabouts"),
    "编号": ("number", "superior_number", "former_number"),
    "诉求": ("claim",),
    "答复": ("conclusion", "reception_opinion"),
    "承办": ("responsible_body", "handler"),
    "属地": ("location",),
    "分类": ("category",),
}
"""In which columns the value of a field is marked; plain words are marked wherever they stand."""

_FIELDS: Mapping[str, str] = {
    "petitioner.name": "names",
    "petitioner.phone": "phone",
    "petitioner.document_number": "document",
    "petitioner.address": "address",
    "petitioner.unit": "unit",
    "petition.superior_number": "superior_number",
    "petition.claim": "claim",
    "petition.conclusion": "conclusion",
    "petition.reception_opinion": "reception_opinion",
    "petition.responsible_body": "responsible_body",
    "petition.handler": "handler",
    "petition.location": "location",
    "petition.category": "category",
}
"""In which column a field of a matter stands; only plain words are marked in the others."""

_BEFORE = 8
"""Characters that are shown before the first mark, where the beginning is left out."""
_FAR = 18
"""How far from the beginning a mark may stand before the beginning is left out."""

Spans = tuple[tuple[int, int], ...]


def needles(typed: Typed, column: str) -> tuple[str, ...]:
    """Give what is marked in a column."""
    return tuple(
        word for field, word in typed.needles if not field or column in _COLUMNS.get(field, ())
    )


def in_field(typed: Typed, path: str, shown: str) -> Spans:
    """Give where marks are in a field of a matter's page, by its path and as it is shown."""
    column = _FIELDS.get(path, "")
    wanted = needles(typed, column)
    return tuple(_found(column, shown, shown, wanted)) if wanted else ()


def marked(typed: Typed, column: str, shown: str, line: LedgerLine) -> tuple[str, Spans]:
    """Give a text as it is shown in one line, and where its marks are.

    Where the first mark stands far from the beginning, the beginning is left out.
    """
    wanted = needles(typed, column)
    text = " ".join(shown.split())
    if not wanted or line.sealed:
        return text, ()
    found = _found(column, text, line.petitioner, wanted)
    if found and found[0][0] > _FAR:
        cut = found[0][0] - _BEFORE
        text = "…" + text[cut:]
        found = [(start - cut + 1, end - cut + 1) for start, end in found]
    return text, tuple(found)


def _found(column: str, text: str, name: str, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """Give where words stand in a text; ``name`` is the name that it begins with, if it is one."""
    found = words.spans(text, wanted)
    return words.joined((*found, *_sounding(name, wanted))) if column == "names" else found


def _sounding(name: str, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Give the characters that typed letters stand for: one word, or all of them together."""
    letters = [word for word in wanted if word.isascii() and word.isalpha()]
    for typed in dict.fromkeys((*letters, " ".join(letters))):
        if typed and (span := pinyin.spans(name, typed)):
            yield span
