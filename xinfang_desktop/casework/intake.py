"""Taking in records that were written outside the window: ``xinfang register FILE.json``.

A record says the same as the form: what may be blank there may be missing here. What is refused
is what cannot be understood: an unknown key, a wrong type, a day that does not exist. The record's
number, the key and the reason are told; the value never is.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Annotated, Any, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationError,
)
from sqlmodel import Session

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Channel,
    DocumentType,
    FollowUp,
    Kind,
    Matter,
    OfficeProfile,
    Petition,
    Petitioner,
    Problem,
    Route,
    Satisfaction,
    Sex,
    SourceLevel,
    Viewer,
)

from .advice import problems
from .cleaning import clean_text
from .duplicates import similar
from .matters import office_profile
from .refusals import key_of, refusals
from .registration import future_day, register

SAME_MATTER = "same_matter"

_MOST_PEOPLE = 1_000_000
_NOTHING = "没有登记任何一条"


class Received(NamedTuple):
    """The day a matter came in, and the time where it is known."""

    on: date
    at: time | None


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError("不是真实的日期，应写成 2026-10-08")


def _received(value: object) -> Received:
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            moment = datetime.fromisoformat(value)
            return Received(moment.date(), moment.time())
        return Received(_day(value), None)
    except ValueError:
        raise ValueError("不是真实的日期，应写成 2026-10-08 或 2026-10-08T09:30") from None


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


People = Annotated[StrictInt, Field(ge=0, le=_MOST_PEOPLE)]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class GivenDocument(_Given):
    """An identity document."""

    type: DocumentType = DocumentType.RESIDENT_ID
    number: StrictStr = ""


class GivenPetitioner(_Given):
    """A petitioner; the first of a record is the primary one."""

    name: StrictStr = ""
    anonymous: StrictBool = False
    document: GivenDocument = GivenDocument()
    phone: StrictStr = ""
    address: StrictStr = ""
    unit: StrictStr = ""
    sex: Sex | None = None
    born_on: Annotated[date | None, BeforeValidator(_day)] = None
    ethnicity: StrictStr = ""
    occupation: StrictStr = ""

    def to_petitioner(self) -> Petitioner:
        """Give the petitioner as the form would hold it."""
        return Petitioner(
            **self.model_dump(exclude={"document"}),
            document_type=self.document.type,
            document_number=self.document.number,
        )


class GivenSource(_Given):
    """Where a matter came from."""

    level: SourceLevel = SourceLevel.OWN
    number: StrictStr = ""


class GivenMatter(_Given):
    """A matter as a record writes it."""

    channel: Channel
    source: GivenSource = GivenSource()
    received_on: Annotated[Received | None, BeforeValidator(_received)] = None
    petitioners: list[GivenPetitioner] = []
    headcount: People | None = None
    involved: People | None = None
    attending: People | None = None
    claim: StrictStr = ""
    kind: Kind | None = None
    route: Route | None = None
    category: StrictStr = ""
    location: StrictStr = ""
    agent: StrictStr = ""
    accused: Annotated[list[StrictStr], BeforeValidator(_listed)] = []
    urgent: StrictBool = False
    confidential: StrictBool = False
    bypassing: StrictBool = False
    reception_opinion: StrictStr = ""
    responsible_body: StrictStr = ""
    handler: StrictStr = ""
    accepted_on: Annotated[date | None, BeforeValidator(_day)] = None
    concluded_on: Annotated[date | None, BeforeValidator(_day)] = None
    conclusion: StrictStr = ""
    satisfaction: Satisfaction | None = None
    former_number: StrictStr = ""
    relates_to: StrictStr | None = None

    def to_matter(self, office: OfficeProfile) -> Matter:
        """Give the matter as the form would hold it."""
        same = (
            "channel kind route category headcount involved attending claim location agent urgent"
            " confidential bypassing reception_opinion responsible_body handler accepted_on"
            " concluded_on conclusion former_number"
        )
        petition = Petition(
            **{name: getattr(self, name) for name in same.split()},
            accused="、".join(self.accused),
            source_level=self.source.level,
            superior_number=self.source.number,
            received_on=self.received_on.on if self.received_on else None,
            received_time=self.received_on.at if self.received_on else None,
        )
        people = [person.to_petitioner() for person in self.petitioners]
        return Matter(
            office=office,
            petition=petition,
            petitioners=people or [Petitioner()],
            follow_up=FollowUp(satisfaction=self.satisfaction),
        )


@dataclass(frozen=True)
class Record:
    """A record that can be understood, with its place in the file (the first is 1)."""

    position: int
    given: GivenMatter
    cleaned: tuple[str, ...] = ()
    """The keys in which something that cannot be stored was left out."""


@dataclass(frozen=True)
class Done:
    """A record that was registered."""

    position: int
    number: str
    problems: list[Problem]


@dataclass
class Sifted:
    """The records of a file that can be understood, and a sentence for each that cannot."""

    records: list[Record] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def read_records(text: str) -> list[Record]:
    """Read the records of a file, all of them or none.

    Raises:
        OfficeError: the first thing that is wrong: record, key and reason.
    """
    sifted = sift_records(text)
    if sifted.refused:
        others = len(sifted.refused) - 1
        more = f"（另有{others}处也要改）" if others else ""
        raise OfficeError(f"{sifted.refused[0]}；{_NOTHING}{more}。")
    return sifted.records


def sift_records(text: str) -> Sifted:
    """Read the records of a file and part those that cannot be understood.

    Raises:
        OfficeError: the file is no list of records at all.
    """
    sifted = Sifted()
    for position, content in enumerate(_contents(text), start=1):
        cleaned: list[str] = []
        try:
            given = GivenMatter.model_validate(_tidied(content, (), cleaned))
            sifted.records.append(Record(position, given, tuple(cleaned)))
        except ValidationError as error:
            sifted.refused += [
                f"第{position}条记录的 {key}：{reason}" if key else f"第{position}条记录：{reason}"
                for key, reason in refusals(error)
            ]
    return sifted


def register_records(
    session: Session,
    records: list[Record],
    *,
    by: str,
    now: datetime,
    viewer: Viewer,
    refused: list[str] | None = None,
    in_future: bool = True,
) -> list[Done]:
    """Register ``records`` in their order, in the caller's transaction.

    Where ``refused`` is given, a record that cannot be registered is told there and the others go
    on; otherwise nothing of them is registered. A matter of a day to come is registered, and told,
    where it may be ``in_future``.

    Raises:
        OfficeError: a record is related to a number that does not exist, or of a day to come.
    """
    office = office_profile(session)
    done: list[Done] = []
    for record in records:
        matter = record.given.to_matter(office)
        key, early = "received_on", "" if in_future else future_day(matter, now.date())
        try:
            if early:
                raise OfficeError(f"{early}。")
            key = "relates_to"
            done.append(_register(session, record, matter, by, now, viewer))
        except OfficeError as error:
            sentence = f"第{record.position}条记录的 {key}：{error.sentence}"
            if refused is None:
                raise OfficeError(sentence) from None
            refused.append(sentence)
    return done


def _register(
    session: Session, record: Record, matter: Matter, by: str, now: datetime, viewer: Viewer
) -> Done:
    earlier, told = record.given.relates_to, problems(matter, now.date())
    if earlier == SAME_MATTER:
        proposals = similar(session, matter, viewer=viewer, limit=1)
        earlier = proposals[0].number if proposals and not proposals[0].is_weak else None
        if earlier is None:
            told.append(Problem("relates_to", "没有查到相近的事项，没有关联。"))
    told += [Problem(key, "有不能保存的控制字符，已去掉。") for key in record.cleaned]
    petition = register(session, matter, by=by, now=now, relates_to=earlier, future_is_told=True)
    return Done(record.position, petition.number, told)


def _contents(text: str) -> list[object]:
    try:
        read = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        place = f"第{error.lineno}行第{error.colno}个字符处"
        raise OfficeError(f"这个文件不是正确的JSON（{place}读不下去）；{_NOTHING}。") from None
    except RecursionError:
        raise OfficeError(f"这个文件的层次太深，不是登记记录；{_NOTHING}。") from None
    if isinstance(read, dict):
        return [read]
    if not isinstance(read, list):
        raise OfficeError(f"这个文件里不是登记记录（应为一条记录或记录的列表）；{_NOTHING}。")
    return read


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise OfficeError(f"键 {clean_text(twice)[0][:40]} 在一条记录里出现了两次；{_NOTHING}。")
    return content


def _tidied(content: object, place: tuple[int | str, ...], cleaned: list[str]) -> object:
    """Leave out nulls and what cannot be stored, noting where."""
    if isinstance(content, dict):
        return {
            clean_text(key)[0]: _tidied(value, (*place, key), cleaned)
            for key, value in content.items()
            if value is not None
        }
    if isinstance(content, list):
        return [_tidied(value, (*place, index), cleaned) for index, value in enumerate(content)]
    if isinstance(content, str):
        kept, lost = clean_text(content)
        if lost:
            cleaned.append(key_of(place))
        return kept
    return content
