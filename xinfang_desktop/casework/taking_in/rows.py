"""A row of a foreign ledger becomes the record of a matter, or says what must be put right.

The record is the one of ``casework.intake``: what may be said of a matter is said in one place.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from xinfang_desktop.casework.intake import GivenMatter
from xinfang_desktop.models import Channel, Kind, LabelledEnum, SourceLevel
from xinfang_desktop.models.matter import ANONYMOUS

from . import cells
from .cells import Hints, Reading, shown
from .headings import FIELDS, Says, choices_of
from .workbook import Cell, is_blank

Written = Mapping[str, Cell]
"""The cells of one row by their fields."""

_OF_PERSONS = ("names", "document", "phone", "address", "unit", "sex")
"""What every row of a group tells of its own: the rest is told once, in the first."""

_ACCUSES = re.compile("检举|控告|举报|揭发")
_DOCUMENTS = "有{documents}个证件号码、{names}个姓名，分不清是谁的，请补正。"
_HEADS = "姓名一栏写的是{crowd}人，与人数不一致，请核对。"


@dataclass(frozen=True)
class Trouble:
    """What must be put right: the field, what its cell said, and why that will not do."""

    field: str
    title: str
    written: str
    reason: str

    @property
    def sentence(self) -> str:
        """The same in words."""
        return f"{self.title}“{self.written}”：{self.reason}"


def sentences(troubles: Iterable[Trouble]) -> str:
    """Tell several troubles as one sentence."""
    told = "；".join(trouble.sentence.rstrip("。") for trouble in troubles)
    return f"{told}。" if told else ""


@dataclass(frozen=True)
class Ways:
    """How rows are read: what the sheet tells, odd words, and the channel where none is told."""

    hints: Hints
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    channel: Channel = Channel.VISIT


@dataclass(frozen=True)
class RowRead:
    """What one matter's rows say.

    Attributes:
        given: the record, without what must be put right.
        number: the number that the ledger gave it.
        note: what is told in the history only.
        troubles: what must be put right before all of it is registered.
        written: every taken cell as it is shown, by field; those of a second row as ``1.names``.
        ways: how it was read.
    """

    given: GivenMatter
    ways: Ways
    number: str = ""
    note: str = ""
    troubles: tuple[Trouble, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a matter is told."""
        return not any(self.written.values())

    @property
    def is_sealed(self) -> bool:
        """Whether it is an accusation, or calls itself one in words that could not be read."""
        told = (trouble.written for trouble in self.troubles if trouble.field == "kind")
        return self.given.kind is Kind.ACCUSATION or any(map(_ACCUSES.search, told))


def read_row(rows: Sequence[Written], ways: Ways) -> RowRead:
    """Read the rows of one matter: mostly one, several where merged cells tie them together."""
    reader = _Reader(rows, ways)
    record: dict[str, Any] = {
        "channel": reader.value("channel") or ways.channel,
        "petitioners": reader.people(),
        "headcount": reader.headcount(),
        "received_on": reader.received(),
        "source": reader.source(),
        "accused": [accused] if (accused := reader.value("accused")) else [],
    }
    for key in _PLAIN:
        record[key] = reader.value(key)
    for key in _DAYS:
        told = reader.value(key)
        record[key] = told[0].isoformat() if told else None
    number, note = reader.value("number") or "", reader.value("note") or ""
    given = {key: value for key, value in record.items() if value is not None}
    return RowRead(
        GivenMatter.model_validate({**given, "former_number": number}),
        ways,
        number,
        note,
        tuple(reader.troubles),
        reader.written,
    )


_DAYS = ("accepted_on", "concluded_on")
_PLAIN = (
    "involved",
    "attending",
    "claim",
    "kind",
    "category",
    "location",
    "agent",
    "reception_opinion",
    "responsible_body",
    "handler",
    "conclusion",
    "satisfaction",
)


class _Reader:
    """Reads the cells of one matter and gathers what is wrong with them."""

    def __init__(self, rows: Sequence[Written], ways: Ways) -> None:
        self._rows, self._ways = rows, ways
        self._crowd: int | None = None
        self.troubles: list[Trouble] = []
        self.written = {
            _key(key, place): shown(cell).strip()
            for place, row in enumerate(rows)
            for key, cell in row.items()
            if not place or key in _OF_PERSONS
        }

    def value(self, key: str, place: int = 0) -> Any:  # noqa: ANN401 - a day, a text, a choice
        """Give what a cell says; nothing where it is blank or must be put right."""
        cell = self._rows[place].get(key, "")
        read = self._read(key, cell)
        if read.trouble:
            self._note(key, place, cell, read.trouble)
        return read.value

    def received(self) -> str | None:
        told, at = self.value("received_on"), self.value("received_time")
        if told is None:
            return None
        day: date = told[0]
        moment: time | None = at or told[1]
        return f"{day}T{moment:%H:%M}" if moment else day.isoformat()

    def source(self) -> dict[str, Any]:
        number = self.value("superior_number") or ""
        level = self.value("source")
        if level is None:
            level = SourceLevel.SUPERIOR if number else SourceLevel.OWN
        return {"level": level, "number": number}

    def people(self) -> list[dict[str, Any]]:
        return [person for place in range(len(self._rows)) for person in self._people(place)]

    def headcount(self) -> int | None:
        told: int | None = self.value("headcount")
        if told is not None and self._crowd is not None and told != self._crowd:
            reason = _HEADS.format(crowd=self._crowd)
            self._note("headcount", 0, self._rows[0]["headcount"], reason)
            return None
        return self._crowd if told is None else told

    def _people(self, place: int) -> list[dict[str, Any]]:
        cell = self._rows[place].get("names", "")
        names, crowd = cells.names(cell) if not self._is_wrong("names", place) else ([], None)
        self._crowd = self._crowd or crowd
        people: list[dict[str, Any]] = [_named(name) for name in names]
        told = {
            "address": self.value("address", place) or "",
            "unit": self.value("unit", place) or "",
            "sex": self.value("sex", place),
        }
        first = {key: value for key, value in told.items() if value}
        documents, phones = self._documents(place, len(names)), self._phones(place, len(names))
        if not people and (first or documents or phones):
            people = [_named("")]
        for person, number in zip(people, documents, strict=False):
            person["document"] = {"number": number}
        for person, phone in zip(people, phones, strict=False):
            person["phone"] = phone
        if people:
            people[0] |= first
        return people

    def _documents(self, place: int, names: int) -> list[str]:
        """Part the numbers where there are as many as names; one belongs to the first of them."""
        cell = self._rows[place].get("document", "")
        if trouble := cells.number(cell).trouble:
            self._note("document", place, cell, trouble)
            return []
        written = cells.parts(cell) if isinstance(cell, str) else [cell]
        if len(written) > 1 and len(written) != names:
            reason = _DOCUMENTS.format(documents=len(written), names=names)
            self._note("document", place, cell, reason)
            return []
        read = [cells.number(one) for one in written]
        if trouble := next((one.trouble for one in read if one.trouble), ""):
            self._note("document", place, cell, trouble)
        return ["" if one.trouble else one.value for one in read]

    def _phones(self, place: int, names: int) -> list[str]:
        """Part the numbers where there are as many as names; else they stay with the first."""
        whole = self.value("phone", place)
        written = cells.parts(whole or "")
        return written if len(written) == names else [whole] if whole else []

    def _is_wrong(self, key: str, place: int) -> bool:
        self.value(key, place)
        return any(trouble.field == _key(key, place) for trouble in self.troubles)

    def _read(self, key: str, cell: Cell) -> Reading:
        if is_blank(cell):
            return Reading()
        match FIELDS[key].says:
            case Says.DAY:
                return cells.day(cell, self._ways.hints)
            case Says.TIME:
                return cells.clock_time(cell)
            case Says.COUNT:
                return cells.count(cell)
            case Says.CHOICE:
                return cells.choice(cell, self._choices(key))
            case Says.NUMBER:
                return cells.number(cell)
            case Says.TEXT | Says.NAMES:
                return cells.text(cell)

    def _choices(self, key: str) -> Mapping[str, LabelledEnum]:
        known, own = choices_of(key), self._ways.words.get(key)
        choices = FIELDS[key].choices
        if not own or choices is None:
            return known
        return {**known, **{word: choices.from_code(code) for word, code in own.items()}}

    def _note(self, key: str, place: int, cell: Cell, reason: str) -> None:
        title = FIELDS[key].title
        title = f"{title}（第{place + 1}人）" if place else title
        self.troubles.append(Trouble(_key(key, place), title, shown(cell).strip(), reason))


def _named(name: str) -> dict[str, Any]:
    return {"anonymous": True} if name == ANONYMOUS else {"name": name}


def _key(key: str, place: int) -> str:
    return f"{place}.{key}" if place else key


def kept(read: RowRead) -> dict[str, Any]:
    """Give what must be kept of a row that waits, so that it can be read again."""
    ways = read.ways
    return {
        "written": dict(read.written),
        "year": ways.hints.year,
        "epoch": ways.hints.epoch.isoformat(),
        "channel": ways.channel.value,
        "words": {key: dict(words) for key, words in ways.words.items()},
    }


def read_again(content: Mapping[str, Any], today: date) -> RowRead:
    """Read a row that was kept, also with cells that were put right since."""
    hints = Hints(today, date.fromisoformat(content["epoch"]), content["year"])
    ways = Ways(hints, content["words"], Channel.from_code(content["channel"]))
    rows: dict[int, dict[str, Cell]] = {0: {}}
    for key, text in content["written"].items():
        place, _, name = key.rpartition(".")
        rows.setdefault(int(place or 0), {})[name] = text
    return read_row([rows[place] for place in sorted(rows)], ways)
