"""Invented matters, the same for the same seed: what an office receives in ten years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from xinfang_desktop.casework.identity import check_digit
from xinfang_desktop.models import (
    Channel,
    DocumentType,
    FollowUp,
    Kind,
    Matter,
    OfficeProfile,
    Petition,
    Petitioner,
    SourceLevel,
    Verification,
)

from . import vocabulary as words

SEED = 20261122
OFFICE = OfficeProfile()

_FIRST_DAY = date(2016, 11, 23)
_DAYS = 3650
_LEAST_CLAIM, _LONGEST_CLAIM = 60, 300
_CHANNELS = {
    Channel.VISIT: 55,
    Channel.LETTER: 12,
    Channel.PHONE: 15,
    Channel.ONLINE: 14,
    Channel.AGENT: 4,
}
"""How many of a hundred matters come in by each."""

_NOT_ASKED, _NOT_VERIFIED = FollowUp(), Verification()
"""What no matter has yet: one of each for all of them, because registration only copies them."""

_ACCUSATIONS = 0.03
_RARE_WORDS = 1 / 500
_ANONYMOUS = 0.02
_SEVERAL_PEOPLE = 0.15
_FROM_ABOVE = 0.2


@dataclass(frozen=True)
class Arrival:
    """A matter as it is handed to registration: by whom, and when."""

    matter: Matter
    by: str
    at: datetime


def arrivals(count: int, seed: int = SEED) -> Iterator[Arrival]:
    """Give ``count`` matters in the order they are registered, spread over ten years."""
    random = Random(seed)
    people = [_person(random) for _ in range(max(count * 2 // 3, 10))]
    for place in range(count):
        yield _arrival(random, people, _FIRST_DAY + timedelta(days=place * _DAYS // count))


def _arrival(random: Random, people: list[dict[str, Any]], day: date) -> Arrival:
    minutes = random.randrange(8 * 60, 17 * 60)
    at = datetime.combine(day, time(minutes // 60, minutes % 60, random.randrange(60)))
    late = timedelta(days=random.randint(1, 4) if random.random() < 0.08 else 0)
    petitioners = _petitioners(random, people)
    petition = _petition(random, petitioners, day - late)
    matter = Matter(OFFICE, petition, petitioners, _NOT_ASKED, _NOT_VERIFIED)
    return Arrival(matter, random.choice(words.CLERKS), at)


def _petition(random: Random, petitioners: list[Petitioner], day: date) -> Petition:
    is_accusation = random.random() < _ACCUSATIONS
    topic = random.choice(words.ACCUSATIONS if is_accusation else words.TOPICS)
    channel = random.choices([*_CHANNELS], [*_CHANNELS.values()])[0]
    is_from_above = random.random() < _FROM_ABOVE
    heads = sum(bool(person.name) for person in petitioners) or 1
    crowd = heads + random.choice((0, 0, 0, 1, 3, 12))
    return Petition(
        channel=channel,
        source_level=SourceLevel.SUPERIOR if is_from_above else SourceLevel.OWN,
        superior_number=f"绍信{day.year}字第{random.randint(1, 9999)}号" if is_from_above else "",
        kind=topic.kind,
        category=topic.category,
        received_on=day,
        claim=_claim(random, topic, day.year),
        headcount=crowd,
        involved=crowd * random.randint(1, 4) if random.random() < 0.3 else None,
        attending=min(crowd, 5) if channel is Channel.VISIT else None,
        location=random.choice(words.TOWNS),
        agent=_name(random) if channel is Channel.AGENT else "",
        accused="某村负责人" if topic.kind is Kind.ACCUSATION else "",
        urgent=random.random() < 0.01,
        confidential=is_accusation,
        reception_opinion=random.choice(words.OPINIONS),
    )


def _petitioners(random: Random, people: list[dict[str, Any]]) -> list[Petitioner]:
    if random.random() < _ANONYMOUS:
        return [Petitioner(anonymous=True)]
    count = random.choice((2, 2, 3, 5)) if random.random() < _SEVERAL_PEOPLE else 1
    return [Petitioner(**random.choice(people)) for _ in range(count)]


def _person(random: Random) -> dict[str, Any]:
    has_document = random.random() < 0.93
    return {
        "name": _name(random),
        "document_type": DocumentType.RESIDENT_ID,
        "document_number": _document(random) if has_document else "",
        "phone": _phone(random),
        "address": _place(random) if random.random() < 0.95 else "",
        "unit": random.choice(words.UNITS) if random.random() < 0.06 else "",
        "ethnicity": random.choice(words.ETHNICITIES),
        "occupation": random.choice(words.OCCUPATIONS),
    }


def _name(random: Random) -> str:
    surname = random.choice(words.SURNAMES)
    if random.random() < 0.005:
        return surname + random.choice(words.RARE_GIVEN)
    return surname + "".join(random.choices(words.GIVEN, k=random.choice((1, 2, 2, 2))))


def _document(random: Random) -> str:
    born_on = date(1938, 1, 1) + timedelta(days=random.randrange(24_000))
    first17 = f"{random.choice(words.AREA_CODES)}{born_on:%Y%m%d}{random.randrange(1000):03}"
    return first17 + check_digit(first17)


def _phone(random: Random) -> str:
    chance = random.random()
    if chance < 0.05:
        return ""
    if chance < 0.15:
        return f"0575-{random.randint(80_000_000, 89_999_999)}"
    return random.choice(words.MOBILES) + f"{random.randrange(100_000_000):08}"


def _place(random: Random) -> str:
    town, village = random.choice(words.TOWNS), random.choice(words.VILLAGES)
    return f"{town}{village}{random.randint(1, 12)}组{random.randint(1, 199)}号"


def _claim(random: Random, topic: words.Topic, year: int) -> str:
    """Write a claim of 60 to 300 characters: sentences up to a length drawn first."""
    wanted = random.randint(_LEAST_CLAIM, _LONGEST_CLAIM)
    first, *facts = random.sample(topic.facts, len(topic.facts))
    rest = [*facts, *random.sample(words.SEQUELS, len(words.SEQUELS))]
    if random.random() < _RARE_WORDS:
        rest.insert(0, f"家里{words.EEL}也被毁了")
    told = _filled(random, f"{random.choice(words.OPENINGS)}{first}。", year)
    demand = f"要求{random.choice(topic.demands)}。"
    for sentence in rest:
        added = _filled(random, f"{sentence}。", year)
        if len(told) >= _LEAST_CLAIM and len(told) + len(added) + len(demand) > wanted:
            break
        told += added
    return told + demand


def _filled(random: Random, text: str, year: int) -> str:
    """Fill in figures and places; the years told of lie before ``year``."""
    return text.format(
        amount=random.randint(2, 60) * 100,
        money=random.randint(5, 900) * 100,
        months=random.randint(2, 36),
        month=random.randint(1, 12),
        year=random.randint(1998, year - 1),
        mu=random.randint(2, 90),
        heads=random.randint(2, 40),
        unit=random.choice(words.UNITS),
        town=random.choice(words.TOWNS),
        place=_place(random),
    )
