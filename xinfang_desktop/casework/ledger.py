"""The ledger (台账) in full: its columns, and the lines of many matters, streamed.

One table of columns serves the window, the paper and the spreadsheet. Sealed matters stand in it by
number, day, channel and state, and by what kind they are; everything else of them is blank in the
query already, so that no caller ever holds it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from xinfang_desktop.models import (
    Channel,
    Kind,
    LabelledEnum,
    PetitionState,
    Route,
    Satisfaction,
    Sex,
    SourceLevel,
    Stage,
    YesNo,
)

from . import masking
from .filters import OPEN
from .reading import Executing, execute
from .sealing import SEALED_TITLE

CLAIM_START = 60
"""How many characters of a claim a list shows."""

_BATCH = 500


class LedgerLine(NamedTuple):
    """A matter as the ledger lists it; the petitioner is the primary one."""

    id: int
    number: str
    state: PetitionState
    stage: Stage
    kind: Kind | None
    channel: Channel
    received_on: date | None
    registered_at: datetime | None
    registered_by: str
    petitioner: str = ""
    seats: int = 1
    source: SourceLevel | None = None
    superior_number: str = ""
    former_number: str = ""
    headcount: int | None = None
    involved: int | None = None
    attending: int | None = None
    document: str = ""
    phone: str = ""
    address: str = ""
    unit: str = ""
    sex: Sex | None = None
    category: str = ""
    claim: str = ""
    location: str = ""
    agent: str = ""
    route: Route | None = None
    responsible_body: str = ""
    handler: str = ""
    accepted_on: date | None = None
    concluded_on: date | None = None
    reception_opinion: str = ""
    conclusion: str = ""
    satisfaction: Satisfaction | None = None
    is_repeat: bool = False
    urgent: bool = False
    supervised: YesNo | None = None
    weekly: YesNo | None = None

    @property
    def sealed(self) -> bool:
        """Whether it is an accusation, of which nothing more is told."""
        return self.kind is Kind.ACCUSATION

    @property
    def names(self) -> str:
        """Who petitions, and how many they are."""
        several = f" 等{self.seats}人" if self.petitioner and self.seats > 1 else ""
        return self.petitioner + several

    @property
    def whereabouts(self) -> str:
        """Unit and address."""
        return " ".join(filter(None, (self.unit, self.address)))

    @property
    def claim_start(self) -> str:
        """The beginning of the claim, as a list shows it."""
        return self.claim[:CLAIM_START]

    @property
    def status(self) -> Stage | PetitionState:
        """Where it stands: its state where it is out of use, else the stage of its way."""
        return self.stage if self.state is PetitionState.REGISTERED else self.state


@dataclass(frozen=True)
class Column:
    """A column of the ledger.

    ``mask`` gives a value as it is shown unless somebody asks for all of it; ``sort`` is the key of
    ``search.SORTS`` that puts the ledger in its order; ``width`` is in characters of a spreadsheet;
    ``widest`` is the widest that a list must show whole; ``counts`` marks figures to be added up.
    """

    key: str
    title: str
    value: Callable[[LedgerLine], object]
    width: float
    mask: Callable[[str], str] | None = None
    sort: str = ""
    widest: str = ""
    counts: bool = False
    wraps: bool = False

    def text(self, line: LedgerLine, *, full: bool = False) -> str:
        """Give what stands in the column, as it is read."""
        shown = shown_text(self.value(line))
        return self.mask(shown) if self.mask and not full else shown


def _whereabouts(text: str) -> str:
    """Mask the address after the unit; what stands before the last blank is the unit."""
    unit, _, place = text.rpartition(" ")
    return " ".join(filter(None, (unit, masking.address(place))))


def _field(name: str) -> Callable[[LedgerLine], object]:
    return lambda line: getattr(line, name)


def _entered_on(line: LedgerLine) -> date | None:
    return line.registered_at.date() if line.registered_at else None


_DAY, _MOMENT = "2026-12-30", "2026-12-30 23:59"

COLUMNS = (
    Column("number", "编号", _field("number"), 18, sort="number", widest="2211〔2026〕1234号"),
    Column("received_on", "收到日期", _field("received_on"), 12, sort="received_on", widest=_DAY),
    Column("names", "信访人", _field("names"), 16, sort="name", widest="欧阳某 等12人"),
    Column(
        "headcount",
        "人数",
        _field("headcount"),
        6,
        sort="headcount",
        widest="1000",
        counts=True,
    ),
    Column("channel", "信访形式", _field("channel"), 10, sort="channel", widest="网上信访"),
    Column("claim", "反映内容及诉求", _field("claim"), 60, wraps=True),
    Column("status", "状态", _field("status"), 12, sort="status", widest="事项分管审核"),
    Column("source", "信访件来源", _field("source"), 11, sort="source", widest="上级"),
    Column(
        "superior_number",
        "信访件编号",
        _field("superior_number"),
        20,
        sort="superior_number",
        widest="12345-20261019-0031",
    ),
    Column(
        "document",
        "证件号码",
        _field("document"),
        20,
        mask=masking.document,
        widest="330602198803120355",
    ),
    Column("phone", "联系电话", _field("phone"), 15, mask=masking.phone, widest="0575-88001234"),
    Column(
        "address", "住址", _field("address"), 30, mask=masking.address, widest="灵芝街道解放村***"
    ),
    Column("unit", "工作单位", _field("unit"), 20, widest="某某建设有限公司"),
    Column(
        "whereabouts",
        "单位地址",
        _field("whereabouts"),
        30,
        mask=_whereabouts,
        widest="灵芝街道解放村***",
    ),
    Column("sex", "性别", _field("sex"), 6, widest="男"),
    Column("kind", "事项类别", _field("kind"), 10, sort="kind", widest="申诉求决"),
    Column(
        "category", "内容分类", _field("category"), 24, sort="category", widest="城乡建设/村镇建设"
    ),
    Column(
        "location", "问题属地", _field("location"), 14, sort="location", widest="灵芝街道解放村"
    ),
    Column("route", "处理途径", _field("route"), 14, widest="诉讼等司法途径"),
    Column(
        "responsible_body",
        "责任单位",
        _field("responsible_body"),
        16,
        sort="responsible_body",
        widest="建设管理部综合科",
    ),
    Column("handler", "承办人", _field("handler"), 10, sort="handler", widest="欧阳某"),
    Column("accepted_on", "受理日期", _field("accepted_on"), 12, sort="accepted_on", widest=_DAY),
    Column(
        "concluded_on", "办结日期", _field("concluded_on"), 12, sort="concluded_on", widest=_DAY
    ),
    Column("reception_opinion", "接待意见", _field("reception_opinion"), 40, wraps=True),
    Column("conclusion", "处理（答复）意见", _field("conclusion"), 50, wraps=True),
    Column("satisfaction", "满意度", _field("satisfaction"), 10, widest="基本满意"),
    Column(
        "is_repeat",
        "初次重复",
        lambda line: "" if line.sealed else "重复" if line.is_repeat else "初次",
        9,
        widest="重复",
    ),
    Column("supervised", "督查督办", _field("supervised"), 9, sort="supervised", widest="是"),
    Column("weekly", "周会商", _field("weekly"), 8, sort="weekly", widest="是"),
    Column("urgent", "重大紧急", lambda line: "是" if line.urgent else "", 9, widest="是"),
    Column("agent", "代办人", _field("agent"), 10, widest="欧阳某"),
    Column("involved", "涉及人数", _field("involved"), 9, widest="1000", counts=True),
    Column("attending", "实际来访人数", _field("attending"), 12, widest="1000", counts=True),
    Column("former_number", "原编号", _field("former_number"), 16, widest="2019-118"),
    Column(
        "registered_at",
        "登记时间",
        _field("registered_at"),
        17,
        sort="registered_at",
        widest=_MOMENT,
    ),
    Column("entered_on", "录入日期", _entered_on, 12, sort="registered_at", widest=_DAY),
    Column(
        "registered_by",
        "登记人",
        _field("registered_by"),
        10,
        sort="registered_by",
        widest="欧阳某",
    ),
)
COLUMN: Mapping[str, Column] = {column.key: column for column in COLUMNS}

SHOWN = ("number", "received_on", "names", "headcount", "channel", "claim", "status")
"""The columns a list shows where nobody chose others."""

WRITTEN = (
    "number",
    "received_on",
    "channel",
    "source",
    "superior_number",
    "names",
    "headcount",
    "document",
    "phone",
    "whereabouts",
    "kind",
    "category",
    "claim",
    "location",
    "status",
    "responsible_body",
    "concluded_on",
    "registered_by",
)
"""The columns a spreadsheet has where nobody chose others."""


def shown_text(value: object) -> str:
    """Give a value of the ledger as it is read."""
    match value:
        case None:
            return ""
        case LabelledEnum():
            return value.label
        case datetime():
            return value.isoformat(" ", "minutes")
        case _:
            return str(value)


def _open(expression: str, otherwise: str = "''") -> str:
    return f"iif({OPEN}, {expression}, {otherwise})"


_SELECTED = (
    "p.id, p.number, p.state",
    _open("p.stage", f"'{Stage.REGISTERED}'"),
    "p.kind, p.channel, p.received_on, p.registered_at, p.registered_by",
    _open("iif(person.name = '' AND person.anonymous, '匿名', person.name)"),
    _open("(SELECT count(*) FROM participation AS s WHERE s.petition_id = p.id)", "1"),
    _open("p.source_level", "NULL"),
    _open("p.superior_number"),
    _open("p.former_number"),
    *(_open(f"p.{name}", "NULL") for name in ("headcount", "involved", "attending")),
    *(_open(f"person.{name}") for name in ("document_number", "phone", "address", "unit")),
    _open("person.sex", "NULL"),
    _open("p.category"),
    _open("p.claim", f"'{SEALED_TITLE}'"),
    *(_open(f"p.{name}") for name in ("location", "agent")),
    _open("p.route", "NULL"),
    *(_open(f"p.{name}") for name in ("responsible_body", "handler")),
    *(_open(f"p.{name}", "NULL") for name in ("accepted_on", "concluded_on")),
    *(_open(f"p.{name}") for name in ("reception_opinion", "conclusion")),
    _open(
        "(SELECT f.satisfaction FROM follow_up AS f WHERE f.petition_id = p.id"
        " ORDER BY f.round DESC LIMIT 1)",
        "NULL",
    ),
    _open("p.repeat_of IS NOT NULL", "0"),
    _open("p.urgent", "0"),
    *(_open(f"p.{name}", "NULL") for name in ("supervised", "weekly_consultation")),
)
_LINES = f"""
    SELECT {", ".join(_SELECTED)}
    FROM petition AS p
    LEFT JOIN participation AS seat ON seat.petition_id = p.id AND seat.position = 1
    LEFT JOIN petitioner AS person ON person.id = seat.petitioner_id
    WHERE p.id IN (SELECT value FROM json_each(?))
"""

_READ: Mapping[str, Callable[[Any], object]] = {
    "state": PetitionState.from_code,
    "stage": Stage.from_code,
    "kind": Kind.from_code,
    "channel": Channel.from_code,
    "source": SourceLevel.from_code,
    "sex": Sex.from_code,
    "route": Route.from_code,
    "satisfaction": Satisfaction.from_code,
    "supervised": YesNo.from_code,
    "weekly": YesNo.from_code,
    "received_on": date.fromisoformat,
    "accepted_on": date.fromisoformat,
    "concluded_on": date.fromisoformat,
    "registered_at": datetime.fromisoformat,
    "is_repeat": bool,
    "urgent": bool,
}
_READERS = tuple(
    (place, _READ[name]) for place, name in enumerate(LedgerLine._fields) if name in _READ
)
_TEXTS = tuple(
    place
    for place, name in enumerate(LedgerLine._fields)
    if LedgerLine._field_defaults.get(name) == ""
)


def lines(source: Session | Executing, ids: Sequence[int]) -> Iterator[LedgerLine]:
    """Give the lines of ``ids`` in their order, a few hundred read at a time.

    An id that is gone is left out.
    """
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        asked = f"[{','.join(map(str, some))}]"
        found = {row[0]: row for row in execute(source, _LINES, (asked,))}
        yield from (_line(found[id]) for id in some if id in found)


def _line(row: Sequence[Any]) -> LedgerLine:
    values = list(row)
    for place, read in _READERS:
        if values[place] is not None:
            values[place] = read(values[place])
    for place in _TEXTS:
        values[place] = values[place] or ""
    return LedgerLine._make(values)
