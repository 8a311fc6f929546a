"""What a letter is: frozen data, the second kind of paper beside the form.

Headings, paragraphs with bound fields that the clerk may edit before issue, signature and date,
set after the figures of GB/T 9704-2012. Like a form it holds no conditions: what depends on the
matter (the way of relief, whose endorsement) is bound, and comes from data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from xinfang_desktop.models import Matter, Problem, Weight

from .binding import Binding, bind
from .definition import Margins

_BRACES = re.compile(r"\{([^{}]+)\}")
ROOM = "　　　　"
"""What stands for a bound field that has no value yet: room to write it by hand."""

LETTER_MARGINS = Margins(top=37, left=28, right=26, bottom=35)
"""天头 37 mm, 订口 28 mm, and the text space (版心) of 156 × 225 mm (GB/T 9704-2012, 5.2)."""


@dataclass(frozen=True)
class Right:
    """A line at the right, such as the number or who signs it out."""

    text: str


@dataclass(frozen=True)
class Fixed:
    """A paragraph in words that the clerk does not change."""

    text: str


@dataclass(frozen=True)
class Section:
    """A heading of the first order, such as 一、基本情况."""

    text: str


@dataclass(frozen=True)
class Prose:
    """A paragraph the clerk may edit; ``usual`` is what it says while nobody has.

    ``required`` prose must say something, and leave no room of its usual words unfilled, before
    the letter is issued; ``lines`` is the room it takes on a blank letter.
    """

    name: str
    title: str
    usual: str = ""
    required: bool = field(default=True, kw_only=True)
    lines: int = field(default=3, kw_only=True)


@dataclass(frozen=True)
class Addressee:
    """主送: flush left, with a colon."""

    name: str
    title: str
    usual: str = ""
    required: bool = field(default=True, kw_only=True)


@dataclass(frozen=True)
class SignOff:
    """署名 and 成文日期 at the foot, four characters from the right; the seal goes over them."""

    text: str = "{office.signature}"
    date: str = "paper.issued_on"


Part: TypeAlias = Right | Fixed | Section | Prose | Addressee | SignOff
Written: TypeAlias = Prose | Addressee


@dataclass(frozen=True)
class WordsBinding(Binding):
    """A blank of a letter: it says the usual words until the clerk writes others.

    Words equal to the usual ones are not kept, so that the letter follows the matter.
    """

    letter: "Letter | None" = None
    part: Written | None = None

    def read(self, record: Any) -> str:  # noqa: ANN401 - the record of a letter
        """Give the words."""
        assert self.letter is not None and self.part is not None
        written: str = super().read(record)
        return written or self.letter.usual(self.part, record)

    def write(self, record: object, value: object) -> None:
        """Keep the words, unless they are the usual ones."""
        assert self.letter is not None and self.part is not None
        usual = self.letter.usual(self.part, record)
        super().write(record, "" if value == usual else value)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter of the office.

    ``headline`` may have several lines; ``articles`` says what it rests on; ``series`` names the
    number series its own number comes from (empty: it has none of its own); ``outside`` says that
    it goes to another body or another party, who must not learn from it who accuses.

    Raises:
        ValueError: at import, for a path that leads nowhere or two blanks of one name.
    """

    key: str
    title: str
    headline: tuple[str, ...]
    parts: tuple[Part, ...]
    articles: tuple[str, ...]
    series: str = ""
    outside: bool = False
    version: int = 1
    record: type = Matter
    margins: Margins = LETTER_MARGINS
    page: tuple[float, float] = (210, 297)

    def __post_init__(self) -> None:
        try:
            _ = self.bindings
            names = [part.name for part in self.written]
            if len(set(names)) < len(names):
                raise ValueError(f"two blanks of one name among {names}")
        except ValueError as error:
            raise ValueError(f"letter {self.key}: {error}") from None

    @property
    def written(self) -> tuple[Written, ...]:
        """The blanks that the clerk may write in."""
        return tuple(part for part in self.parts if isinstance(part, Prose | Addressee))

    def path(self, part: Written) -> str:
        """Give the path of a blank."""
        return f"words.{self.key}.{part.name}"

    @cached_property
    def bindings(self) -> dict[str, Binding]:
        """Every path the letter names, checked against the record's type."""
        blanks = {
            self.path(part): WordsBinding(self.path(part), str, part.title, letter=self, part=part)
            for part in self.written
        }
        return {path: bind(self.record, path) for path in self._paths()} | blanks

    def fill(self, template: str, record: object) -> str:
        """Put the record's values in place of the braces; where there is none, room to write."""
        return _BRACES.sub(lambda found: self.bindings[found[1]].shown(record) or ROOM, template)

    def words(self, part: Written, record: object) -> str:
        """Give what a blank says: what the clerk wrote, or the usual words."""
        return self.bindings[self.path(part)].shown(record)

    def missing(self, record: Matter) -> list[Problem]:
        """Tell what keeps the letter from being issued: required parts, and what it gives away."""
        return [*self._unsaid(record), *self._given_away(record)]

    def _unsaid(self, record: Matter) -> Iterator[Problem]:
        for part in self.written:
            words = self.words(part, record)
            if part.required and not words.strip():
                yield Problem(self.path(part), f"还没有写“{part.title}”。", Weight.MISSING)
            elif part.required and has_room(words):
                text = f"“{part.title}”里还有空着没填的地方。"
                yield Problem(self.path(part), text, Weight.MISSING)

    def _given_away(self, record: Matter) -> Iterator[Problem]:
        """Find in an accusation who accuses, and whether it goes to the accused (article 30)."""
        if not (self.outside and record.petition.is_sealed):
            return
        accused = record.petition.accused
        for part in self.written:
            words = self.words(part, record)
            if any(_bare(fact) in _bare(words) for fact in _identity(record)):
                text = f"“{part.title}”里有检举控告人的身份信息，发往外单位的文书上不能有。"
                yield Problem(self.path(part), text, Weight.LAW)
            if isinstance(part, Addressee) and _is_same_body(words, accused):
                text = "检举控告不能转给被检举、控告的人员或者单位，请另选主送单位。"
                yield Problem(self.path(part), text, Weight.LAW)

    def usual(self, part: Written, record: object) -> str:
        """Give the usual words of a blank, filled from the record; room alone is no words."""
        filled = self.fill(part.usual, record) if part.usual else ""
        return filled if filled.strip() else ""

    def _paths(self) -> list[str]:
        templates = list(self.headline)
        paths: list[str] = []
        for part in self.parts:
            match part:
                case Right(text=text) | Fixed(text=text) | Section(text=text):
                    templates.append(text)
                case Prose(usual=text) | Addressee(usual=text):
                    templates.append(text)
                case SignOff(text=text, date=date):
                    templates.append(text)
                    paths.append(date)
        return paths + [path for template in templates for path in _BRACES.findall(template)]


def has_room(words: str) -> bool:
    """Tell whether ``words`` still hold room to write; what begins a line only indents it."""
    return any(ROOM in line.lstrip() for line in words.split("\n"))


def _identity(record: Matter) -> Iterator[str]:
    """Give what tells who the petitioners are; a surname or a village does not, a door does."""
    for person in record.petitioners:
        if len(person.name) > 1:
            yield person.name
        yield from filter(None, (person.document_number, person.phone))
        if any(character.isnumeric() for character in person.address):
            yield person.address


def _bare(words: str) -> str:
    return "".join(words.split())


def _is_same_body(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)
