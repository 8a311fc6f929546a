"""A labelled set for what was here before: pairs that are one matter, and matters that are new.

Each pair has the trouble it is there for: a rare name, a nickname, a wrong digit, an old identity
number, a telephone that was given up, a neighbour. Nobody in it exists.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from xinfang_desktop.casework.identity import check_digit
from xinfang_desktop.models import Channel, Kind, Matter, Petition, Petitioner

from .invented import OFFICE
from .rewordings import BODIES, FIRSTS, KNOWN, PLACES, STORIES, Story
from .vocabulary import AREA_CODES, GIVEN, MOBILES, RARE_GIVEN, SURNAMES, TOWNS, VILLAGES

SEED = 7
_DAY = date(2026, 10, 8)


@dataclass(frozen=True)
class Tale:
    """One matter with what stays the same however it is told."""

    story: Story
    facts: dict[str, object]

    @property
    def names(self) -> tuple[object, object]:
        """Where it happened, and the firm it is about."""
        return self.facts["place"], self.facts["body"]

    def told(self, random: Random, *, ways: tuple[int, ...] = (0, 1, 2)) -> str:
        """Tell it in some of the ways, the facts in any order."""
        facts = [random.choice([fact[way] for way in ways]) for fact in self.story.facts]
        random.shuffle(facts)
        demand = random.choice([self.story.demands[way] for way in ways])
        return ("，".join(facts) + "。" + demand + "。").format(**self.facts)


@dataclass(frozen=True)
class Someone:
    """A petitioner as he would give himself without any slip."""

    name: str
    document: str
    phone: str
    address: str

    def petitioner(self) -> Petitioner:
        """Give the petitioner."""
        return Petitioner(
            name=self.name, document_number=self.document, phone=self.phone, address=self.address
        )


@dataclass(frozen=True)
class Pair:
    """An earlier matter and the one that is typed now: the same matter or the same person."""

    trouble: str
    earlier: Matter
    typed: Matter


@dataclass(frozen=True)
class Fresh:
    """A matter that nobody brought in before."""

    trouble: str
    typed: Matter


def pairs(each: int, seed: int = SEED) -> Iterator[Pair]:
    """Give ``each`` pairs of every trouble."""
    random = Random(seed)
    for trouble, twist in TWISTS.items():
        for _ in range(each):
            somebody, tale = someone(random), a_tale(random)
            number = str(tale.facts["superior"])
            once = _matter(somebody, tale.told(random, ways=(0,)), superior_number=number)
            yield Pair(trouble, once, twist(random, somebody, tale))


def fresh(each: int, seed: int = SEED) -> Iterator[Fresh]:
    """Give ``each`` new matters of every trouble that may make them look like old ones."""
    random = Random(seed + 1)
    known = {(name, one.story) for one in _tales(each, seed) for name in one.names}
    for _ in range(each):
        yield Fresh(
            "nothing in common", _matter(someone(random), a_tale(random, new=True).told(random))
        )
        common = replace(
            someone(random), name=random.choice(("王伟", "李娜", "张敏", "王芳", "李强"))
        )
        yield Fresh("a common name", _matter(common, a_tale(random, new=True).told(random)))
        bare = replace(common, document="", phone="")
        yield Fresh(
            "a common name and nothing more", _matter(bare, a_tale(random, new=True).told(random))
        )
        yield Fresh(
            "a place of old matters, another trouble",
            _matter(someone(random), _another_trouble(random, known).told(random)),
        )
        village = f"{random.choice(TOWNS)}{random.choice(VILLAGES)}"
        yield Fresh(
            "the same village, another matter",
            _matter(
                replace(someone(random), address=village), a_tale(random, new=True).told(random)
            ),
        )


def _tales(each: int, seed: int) -> Iterator[Tale]:
    """Give what the pairs of ``each`` and ``seed`` tell of."""
    random = Random(seed)
    for twist in TWISTS.values():
        for _ in range(each):
            somebody, tale = someone(random), a_tale(random)
            tale.told(random, ways=(0,))
            twist(random, somebody, tale)
            yield tale


def _another_trouble(random: Random, known: set[tuple[object, Story]]) -> Tale:
    """Give a matter where old ones happened, such as none of them was."""
    while True:
        tale = a_tale(random)
        if not known & {(name, tale.story) for name in tale.names}:
            return tale


def someone(random: Random) -> Someone:
    """Give somebody who is in no store; one name in five has a rare character."""
    surname = random.choice(SURNAMES)
    given = (
        random.choice(RARE_GIVEN) if random.random() < 0.2 else "".join(random.choices(GIVEN, k=2))
    )
    born = date(1940, 1, 1) + timedelta(days=random.randrange(21_000))
    first17 = f"{random.choice(AREA_CODES)}{born:%Y%m%d}{random.randrange(900):03}"
    return Someone(
        surname + given,
        first17 + check_digit(first17),
        random.choice(MOBILES) + f"{random.randrange(100_000_000):08}",
        f"{random.choice(TOWNS)}{random.choice(VILLAGES)}{random.randint(1, 12)}组"
        f"{random.randint(200, 999)}号",
    )


def a_tale(random: Random, *, new: bool = False) -> Tale:
    """Give a matter that happened somewhere, to somebody; a new one where none did before."""
    firsts = range(KNOWN, FIRSTS) if new else range(KNOWN)
    place, body = (
        random.choice([name for at, name in enumerate(names) if at % FIRSTS in firsts])
        for names in (PLACES, BODIES)
    )
    facts = {
        "place": place,
        "body": body,
        "n": random.randint(2, 40),
        "money": random.randint(20, 900) * 100,
        "superior": f"绍信电〔2026〕{random.randint(100_000, 999_999)}号",
    }
    return Tale(random.choice(STORIES), facts)


def _matter(who: Someone, claim: str, superior_number: str = "") -> Matter:
    petition = Petition(
        channel=Channel.VISIT,
        received_on=_DAY,
        claim=claim,
        kind=Kind.REMEDY,
        superior_number=superior_number,
    )
    return Matter(OFFICE, petition, [who.petitioner()])


Twist = Callable[[Random, Someone, Tale], Matter]


def _again(random: Random, tale: Tale) -> str:
    return tale.told(random, ways=(1, 2))


def _moved(random: Random, who: Someone, tale: Tale) -> Matter:
    """Another telephone, another address, other words: the document is the same."""
    other = someone(random)
    return _matter(replace(who, phone=other.phone, address=other.address), _again(random, tale))


def _old_document(random: Random, who: Someone, tale: Tale) -> Matter:
    number = who.document[:6] + who.document[8:17]
    return _matter(replace(who, document=number, phone="", address=""), _again(random, tale))


def _spelt_document(random: Random, who: Someone, tale: Tale) -> Matter:
    wide = who.document.lower().translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    spaced = f" {wide[:6]} {wide[6:14]} {wide[14:]}"
    return _matter(replace(who, name="", document=spaced, phone=""), _again(random, tale))


def _wrong_digit(random: Random, who: Someone, tale: Tale) -> Matter:
    at = random.randrange(6, 17)
    digit = str((int(who.document[at]) + random.randint(1, 9)) % 10)
    number = who.document[:at] + digit + who.document[at + 1 :]
    return _matter(replace(who, document=number, phone="", address=""), _again(random, tale))


def _swapped_digits(random: Random, who: Someone, tale: Tale) -> Matter:
    places = [at for at in range(6, 16) if who.document[at] != who.document[at + 1]]
    at, number = random.choice(places), who.document
    number = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return _matter(replace(who, document=number, phone="", address=""), _again(random, tale))


def _nickname(random: Random, who: Someone, tale: Tale) -> Matter:
    name = random.choice(
        (f"老{who.name[0]}", f"{who.name[0]}师傅", f"{who.name[0]}女士", f"阿{who.name[-1]}")
    )
    phone = random.choice((f"+86 {who.phone}", f"{who.phone[:3]}-{who.phone[3:7]}-{who.phone[7:]}"))
    return _matter(Someone(name, "", phone, ""), _again(random, tale))


def _wrong_phone(random: Random, who: Someone, tale: Tale) -> Matter:
    at = random.randrange(3, 11)
    digit = str((int(who.phone[at]) + random.randint(1, 9)) % 10)
    phone = who.phone[:at] + digit + who.phone[at + 1 :]
    return _matter(replace(who, document="", phone=phone), _again(random, tale))


def _wrong_sign(random: Random, who: Someone, tale: Tale) -> Matter:
    """One sign of the name is another one; the house is the same."""
    name = who.name[:-1] + random.choice(GIVEN)
    return _matter(replace(who, name=name, document="", phone=""), _again(random, tale))


def _name_and_village(random: Random, who: Someone, tale: Tale) -> Matter:
    village = who.address.split("组")[0].rstrip("0123456789")
    return _matter(Someone(who.name, "", "", village), _again(random, tale))


def _neighbour(random: Random, who: Someone, tale: Tale) -> Matter:
    """Somebody else about the same thing, in other words."""
    return _matter(someone(random), _again(random, tale))


def _copied(random: Random, who: Someone, tale: Tale) -> Matter:
    """Somebody else hands in nearly the same paper."""
    return _matter(someone(random), tale.told(random, ways=(0, 1)))


def _handed_down(random: Random, who: Someone, tale: Tale) -> Matter:
    number = str(tale.facts["superior"]).translate(str.maketrans("〔〕", "[]"))
    return _matter(Someone("", "", "", ""), _again(random, tale), superior_number=number)


TWISTS: dict[str, Twist] = {
    "moved house and telephone": _moved,
    "identity number of 15 digits": _old_document,
    "number full-width, with blanks, x small": _spelt_document,
    "one wrong digit of the number": _wrong_digit,
    "two digits changed places": _swapped_digits,
    "a nickname, the telephone with +86": _nickname,
    "one wrong digit of the telephone": _wrong_phone,
    "a wrong sign in the name, same house": _wrong_sign,
    "name and village, nothing more": _name_and_village,
    "the superior's number, nobody named": _handed_down,
    "a neighbour, other words": _neighbour,
    "a neighbour, nearly the same paper": _copied,
}
