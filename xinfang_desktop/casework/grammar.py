"""What may be typed in the search box: words, and ``字段:值`` (also with the full-width colon).

A field that nobody knows, or a value that it does not take, is told, each in one sentence, and
looked for as plain words. What is being typed is never wrong: a field without its value yet asks
nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from xinfang_desktop.models import Channel, Kind, LabelledEnum, PetitionState, SourceLevel, Stage

from . import day_words, words
from .filters import Filter, both

_TERM = re.compile(r"(?P<head>[^\s:：]{1,6})[:：](?P<value>\S*)")
_HEAD = re.compile(r"[^\W\d_a-zA-Z]{1,6}")
_STATUSES: tuple[LabelledEnum, ...] = (*Stage, PetitionState.VOID, PetitionState.MERGED)
_YES, _NO = ("是", "有", "1"), ("否", "无", "没有", "0")

_UNKNOWN = "没有“{head}”这一项，当作普通的字查找。可以用：{names}。"
_NOT_ONE_OF = "“{head}”里没有“{value}”，当作普通的字查找。可以用：{values}。"
_NO_DAY = "“{value}”不是日期，当作普通的字查找。可以写：{shapes}。"
_NOT_YES = "“{head}”写“是”，当作普通的字查找。"
_TOO_SHORT = "“{head}”至少写三位数字，当作普通的字查找。"

Narrow = Callable[[str, date | None], Filter | None]
ChoiceT = TypeVar("ChoiceT", bound=LabelledEnum)


@dataclass(frozen=True)
class Field:
    """Something that can be asked for by itself.

    Either ``query`` looks its value up in the index of the words, or ``narrow`` makes a filter of
    it; ``refusal`` says why a value is none. ``values`` are offered for completion; ``known`` names
    the kind of value that the books know more of.
    """

    name: str
    refusal: str = ""
    query: Callable[[str], str] | None = None
    narrow: Narrow | None = None
    values: tuple[str, ...] = ()
    known: str = ""

    def why_not(self, value: str) -> str:
        """Say why a value is none of this field."""
        told = "、".join(self.values)
        return self.refusal.format(
            head=self.name, value=value, values=told, shapes=day_words.SHAPES
        )


@dataclass(frozen=True)
class Typed:
    """What somebody typed, understood.

    Attributes:
        words: the plain words.
        queries: what the index is asked for the fields, but for 编号.
        number: what was typed after 编号, and in ``number_query`` what the index is asked for it.
        where: what the fields narrow the list to.
        needles: what is marked where it stands, by the column it may stand in ("" for any).
        problem: a sentence on each thing that was not understood, or nothing.
        is_blank: whether nothing at all is asked.
    """

    words: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    number: str = ""
    number_query: str = ""
    where: Filter = field(default_factory=Filter)
    needles: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    is_blank: bool = True

    @property
    def only_narrows(self) -> bool:
        """Whether it asks for no word and no number: nothing, or fields that make a filter."""
        return not (self.words or self.queries or self.number)


@dataclass(frozen=True)
class Offer:
    """Something that completes what is being typed: shown as ``told``, put in as ``text``."""

    text: str
    told: str


def _chosen(choices: Iterable[ChoiceT], value: str) -> list[str]:
    """Give the codes of the choices that a value means: exactly, else by a part of the label."""
    labels = [(choice.label, choice.value) for choice in choices]
    for fits in (
        lambda label: label == value,
        lambda label: label == f"已{value}",
        lambda label: label.startswith(value),
        lambda label: value in label,
    ):
        if found := [code for label, code in labels if fits(label)]:
            return list(dict.fromkeys(found))
    return []


def _choice(key: str, choices: Iterable[LabelledEnum]) -> Narrow:
    members = tuple(choices)

    def narrowed(value: str, _: date | None) -> Filter | None:
        codes = _chosen(members, value)
        return cast("Filter", {key: tuple(codes)}) if codes else None

    return narrowed


def _period(key: str) -> Narrow:
    def narrowed(value: str, today: date | None) -> Filter | None:
        found = day_words.days(value, today)
        named = zip((f"{key}_from", f"{key}_to"), found or (), strict=False)
        return cast("Filter", dict(named)) if found else None

    return narrowed


def _flag(key: str) -> Narrow:
    def narrowed(value: str, _: date | None) -> Filter | None:
        return cast("Filter", {key: True}) if value in _YES else None

    return narrowed


def _labels(choices: Iterable[LabelledEnum]) -> tuple[str, ...]:
    return tuple(choice.label for choice in choices)


def _column(*columns: str) -> Callable[[str], str]:
    def query(value: str) -> str:
        return words.inside(" ".join(columns), words.text(value))

    return query


def _numbers(column: str) -> Callable[[str], str]:
    def query(value: str) -> str:
        return words.inside(column, words.number(value))

    return query


_NUMBER = "编号"

FIELDS = (
    Field("姓名", query=words.name),
    Field("电话", _TOO_SHORT, query=_numbers("phone")),
    Field("证件", _TOO_SHORT, query=_numbers("document")),
    Field("地址", query=_column("address")),
    Field(_NUMBER, query=_column("number")),
    Field("诉求", query=_column("claim")),
    Field("答复", query=_column("reply")),
    Field("状态", _NOT_ONE_OF, narrow=_choice("statuses", _STATUSES), values=_labels(_STATUSES)),
    Field("形式", _NOT_ONE_OF, narrow=_choice("channels", Channel), values=_labels(Channel)),
    Field("来源", _NOT_ONE_OF, narrow=_choice("sources", SourceLevel), values=_labels(SourceLevel)),
    Field("类别", _NOT_ONE_OF, narrow=_choice("kinds", Kind), values=_labels(Kind)),
    Field("分类", query=_column("category"), known="categories"),
    Field("承办", query=_column("body"), known="bodies"),
    Field("属地", query=_column("location"), known="locations"),
    Field("日期", _NO_DAY, narrow=_period("received"), values=day_words.WORDS),
    Field("登记", _NO_DAY, narrow=_period("registered"), values=day_words.WORDS),
    Field("办结", _NO_DAY, narrow=_period("concluded"), values=day_words.WORDS),
    Field("欠缺", _NOT_YES, narrow=_flag("with_gaps"), values=("是",)),
    Field("督办", _NOT_YES, narrow=_flag("supervised"), values=("是",)),
    Field("会商", _NOT_YES, narrow=_flag("weekly"), values=("是",)),
    Field("补录", _NOT_YES, narrow=_flag("late"), values=("是",)),
)
_BY_NAME = {known.name: known for known in FIELDS}
NAMES = tuple(_BY_NAME)


def read(typed: str, today: date | None) -> Typed:
    """Understand what was typed; ``today`` is what 今天 and 本月 mean."""
    reader = _Reader(today)
    for part in typed.split():
        reader.take(part)
    return reader.typed(is_blank=not typed.strip())


class _Reader:
    """Takes one part after the other."""

    def __init__(self, today: date | None) -> None:
        self._today = today
        self._words: list[str] = []
        self._queries: list[str] = []
        self._number = self._number_query = ""
        self._where: dict[str, Filter] = {}
        self._needles: list[tuple[str, str]] = []
        self._problems: list[str] = []
        self._has_field = False

    def take(self, part: str) -> None:
        """Take a word, or a field with its value."""
        term = _TERM.fullmatch(part)
        known = _BY_NAME.get(term["head"]) if term else None
        if term is None or (known is None and not _HEAD.fullmatch(term["head"])):
            self._plain(part)
        elif known is None:
            names = "、".join(NAMES)
            self._problem(_UNKNOWN.format(head=term["head"], names=names), part)
        elif term["value"]:
            self._field(known, term["value"], part)

    def typed(self, *, is_blank: bool) -> Typed:
        """Give all of it."""
        where: Filter = {}
        for narrowed in self._where.values():
            where = both(where, narrowed)
        nothing = not (self._words or self._has_field)
        return Typed(
            tuple(self._words),
            tuple(self._queries),
            self._number,
            self._number_query,
            where,
            tuple(self._needles),
            "".join(dict.fromkeys(self._problems)),
            is_blank or nothing,
        )

    def _plain(self, part: str) -> None:
        self._words.append(part)
        self._needles.append(("", part))

    def _problem(self, sentence: str, part: str) -> None:
        self._problems.append(sentence)
        for word in re.split("[:：]", part):
            if word:
                self._plain(word)

    def _field(self, known: Field, value: str, part: str) -> None:
        if known.narrow is not None:
            narrowed = known.narrow(value, self._today)
            if narrowed is None:
                self._problem(known.why_not(value), part)
                return
            self._narrow(known.name, narrowed)
        elif known.query is not None:
            query = known.query(value)
            if not query and known.refusal:
                self._problem(known.why_not(value), part)
                return
            if known.name == _NUMBER:
                self._number, self._number_query = value, query
            else:
                self._queries.append(query)
            self._needles.append((known.name, value))
        self._has_field = True

    def _narrow(self, name: str, narrowed: Filter) -> None:
        """Take a value; of several values of one field any will do."""
        before = cast("dict[str, object]", self._where.get(name, {}))
        joined = {
            key: (*cast("Sequence[str]", before.get(key, ())), *value)
            if isinstance(value, tuple)
            else value
            for key, value in narrowed.items()
        }
        self._where[name] = cast("Filter", joined)


# completion


def completions(
    before: str, known: Callable[[str], Sequence[str]], *, at_most: int = 12
) -> list[Offer]:
    """Give what may complete the last word of ``before``, the text up to the cursor.

    ``known`` gives what the books know of a kind of value: never a name, and nothing sealed.
    """
    word = before.split()[-1] if before and not before[-1].isspace() else ""
    term = _TERM.fullmatch(word)
    if term and (chosen := _BY_NAME.get(term["head"])):
        return list(_values(chosen, term["value"], known))[:at_most]
    return [Offer(f"{name}:", f"{name}:　只查{name}") for name in NAMES if word and name == word]


def _values(chosen: Field, value: str, known: Callable[[str], Sequence[str]]) -> Iterator[Offer]:
    values = (*chosen.values, *(known(chosen.known) if chosen.known else ()))
    for one in dict.fromkeys(values):
        if value in one and value != one and not any(map(str.isspace, one)):
            yield Offer(f"{chosen.name}:{one} ", one)
