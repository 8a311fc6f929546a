"""复制到上级平台: the fields of a matter in the order in which a platform above asks for them.

The platforms are not connected to the office's PC, so a clerk types there again what stands here.
What goes over, under which names and in which order, are templates that the office may change. An
accusation is given to cleared accounts only; each use is noted in the trail by the matter's number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import ValidationError
from sqlmodel import Session

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Matter, Noted, Petition, Right, Setting, Viewer
from xinfang_desktop.models.platform import (
    PLATFORM_SETTING,
    PlatformField,
    Platforms,
    PlatformTemplate,
)

from . import audit
from .cleaning import clean_text, cleaned
from .ledger import shown_text
from .matters import load_matter
from .refusals import refusals
from .registration import amend

_NOTHING_SAVED = "没有保存。"
_NO_TEMPLATE = "没有这个平台模板，没有复制；请在设置里核对。"
_NONE_LEFT = f"至少要留一个平台模板；{_NOTHING_SAVED}"
_EMPTY = f"模板“{{title}}”里一项也没有；{_NOTHING_SAVED}请至少加一项。"
_UNKNOWN_SOURCE = f"“{{source}}”不是信访件的栏目；{_NOTHING_SAVED}"
_NO_NUMBER = f"没有填平台给的编号；{_NOTHING_SAVED}"


@dataclass(frozen=True)
class Source:
    """A part of a matter that may go to a platform; what is ``personal`` is masked until then."""

    key: str
    title: str
    read: Callable[[Matter], object]
    personal: bool = False

    def text(self, matter: Matter) -> str:
        """Give it as it is typed there: a choice by its words, a day as 2026-10-08."""
        value = self.read(matter)
        if isinstance(value, bool):
            return "是" if value else "否"
        return shown_text(value).strip()


def _first_level(matter: Matter) -> str:
    return matter.petition.category.partition("/")[0]


def _second_level(matter: Matter) -> str:
    return matter.petition.category.partition("/")[2]


SOURCES: Mapping[str, Source] = {
    source.key: source
    for source in (
        Source("number", "本单位编号", lambda m: m.petition.number),
        Source("superior_number", "上级编号", lambda m: m.petition.superior_number),
        Source("name", "信访人姓名", lambda m: m.petitioner.name, personal=True),
        Source("names", "全部信访人", lambda m: m.names, personal=True),
        Source("sex", "性别", lambda m: m.petitioner.sex, personal=True),
        Source("document_type", "证件种类", lambda m: m.petitioner.document_type),
        Source(
            "document_number", "证件号码", lambda m: m.petitioner.document_number, personal=True
        ),
        Source("phone", "联系电话", lambda m: m.petitioner.phone, personal=True),
        Source("address", "住址", lambda m: m.petitioner.address, personal=True),
        Source("unit", "工作单位", lambda m: m.petitioner.unit, personal=True),
        Source("channel", "信访形式", lambda m: m.petition.channel),
        Source("source_level", "信访件来源", lambda m: m.petition.source_level),
        Source("received_on", "信访日期", lambda m: m.petition.received_on),
        Source("headcount", "信访人数", lambda m: m.petition.headcount),
        Source("involved", "涉及人数", lambda m: m.petition.involved),
        Source("attending", "实际来访人数", lambda m: m.petition.attending),
        Source("kind", "信访事项类别", lambda m: m.petition.kind),
        Source("category_first", "内容分类（一级）", _first_level),
        Source("category_second", "内容分类（二级）", _second_level),
        Source("location", "问题属地", lambda m: m.petition.location),
        Source("accused", "被反映人或单位", lambda m: m.petition.accused, personal=True),
        Source("claim", "反映内容及诉求", lambda m: m.petition.claim),
        Source("urgent", "是否重大紧急", lambda m: m.petition.urgent),
        Source("confidential", "是否要求保密", lambda m: m.petition.confidential),
        Source("anonymous", "是否匿名", lambda m: m.petitioner.anonymous),
        Source("agent", "代办人", lambda m: m.petition.agent, personal=True),
        Source("route", "处理途径", lambda m: m.petition.route),
        Source("responsible_body", "责任单位", lambda m: m.petition.responsible_body),
        Source("handler", "事项承办人", lambda m: m.petition.handler),
        Source("accepted_on", "受理日期", lambda m: m.petition.accepted_on),
        Source("conclusion", "处理（答复）意见", lambda m: m.petition.conclusion),
        Source("concluded_on", "办结日期", lambda m: m.petition.concluded_on),
        Source("served_on", "答复送达日期", lambda m: m.petition.served_on),
        Source("satisfaction", "信访部门评价", lambda m: m.follow_up.satisfaction),
        Source("body_satisfaction", "责任单位评价", lambda m: m.follow_up.body_satisfaction),
        Source("followed_up_on", "回访日期", lambda m: m.follow_up.made_on),
        Source("verification", "核实情况说明", lambda m: m.verification.account),
    )
}
"""What may go to a platform, after the code sets of the national system and its Zhejiang kin."""


def _template(key: str, title: str, *sources: str) -> PlatformTemplate:
    fields = (PlatformField(source=one, title=SOURCES[one].title) for one in sources)
    return PlatformTemplate(key=key, title=title, fields=tuple(fields))


PRESETS: tuple[PlatformTemplate, ...] = (
    _template(
        "entry",
        "录入登记",
        *("name", "document_type", "document_number", "phone", "address", "channel"),
        *("received_on", "headcount", "involved", "kind", "category_first", "category_second"),
        *("location", "claim", "urgent", "confidential", "responsible_body"),
    ),
    _template(
        "reply",
        "回复办结",
        *("superior_number", "responsible_body", "handler", "route", "accepted_on", "conclusion"),
        *("concluded_on", "served_on", "satisfaction", "body_satisfaction", "followed_up_on"),
    ),
    _template("verified", "不满意核实", *("superior_number", "verification", "handler")),
)
"""The templates as they are shipped; the order is the office's to set by what its platform asks."""


@dataclass(frozen=True)
class PlatformItem:
    """One field to be copied: what the platform calls it, and what goes there."""

    title: str
    text: str
    personal: bool

    @property
    def shown(self) -> str:
        """What is shown before it is copied: of what is personal, how long it is and no more."""
        if self.personal and self.text:
            return f"{'•' * min(len(self.text), 12)}（{len(self.text)}个字）"
        return " ".join(self.text.split())


@dataclass(frozen=True)
class PlatformSheet:
    """What is to be typed into a platform of one matter, in order."""

    number: str
    superior_number: str
    template: PlatformTemplate
    items: tuple[PlatformItem, ...]


def templates(session: Session) -> tuple[PlatformTemplate, ...]:
    """Give the office's templates; those that are shipped where it has none of its own."""
    setting = session.get(Setting, PLATFORM_SETTING)
    return Platforms.model_validate_json(setting.value).templates if setting else PRESETS


def save_templates(
    session: Session, kept: Sequence[PlatformTemplate], *, by: str, now: datetime
) -> tuple[PlatformTemplate, ...]:
    """Keep the office's templates in place of those it had.

    Raises:
        OfficeError: there is none, one is empty or names no part of a matter, or two have one name.
    """
    if not kept:
        raise OfficeError(_NONE_LEFT)
    for template in kept:
        if not template.fields:
            raise OfficeError(_EMPTY.format(title=template.title))
        for field in template.fields:
            if field.source not in SOURCES:
                raise OfficeError(_UNKNOWN_SOURCE.format(source=field.source))
    try:
        platforms = Platforms(templates=tuple(kept))
    except ValidationError as error:
        raise OfficeError(f"{refusals(error)[0][1]}；{_NOTHING_SAVED}") from None
    setting = session.get(Setting, PLATFORM_SETTING) or Setting(key=PLATFORM_SETTING, value="")
    setting.value = platforms.model_dump_json()
    session.add(setting)
    audit.note(session, Noted.SETTINGS, detail="platforms", by=by, at=now)
    return platforms.templates


def sheet(
    session: Session, number: str, template: str, *, viewer: Viewer, now: datetime
) -> PlatformSheet:
    """Give what goes to a platform of one matter, and note that it was asked for.

    Raises:
        OfficeError: the account may not take data out, no matter has the number, it is sealed and
            ``viewer`` is not cleared, or there is no such template.
    """
    audit.require(viewer, Right.EXPORT)
    chosen = next((one for one in templates(session) if one.key == template), None)
    if chosen is None:
        raise OfficeError(_NO_TEMPLATE)
    matter = load_matter(session, number, viewer=viewer)
    ours = matter.petition.number
    audit.note(session, Noted.PLATFORM, number=ours, detail=chosen.key, by=viewer.name, at=now)
    items = (
        PlatformItem(field.title, source.text(matter), source.personal)
        for field in chosen.fields
        if (source := SOURCES.get(field.source))
    )
    return PlatformSheet(ours, matter.petition.superior_number, chosen, tuple(items))


def note_superior_number(
    session: Session, number: str, given: str, *, viewer: Viewer, now: datetime
) -> Petition:
    """Write down the number that the platform gave a matter.

    Raises:
        OfficeError: nothing was given, no matter has the number, or it cannot be changed.
    """
    theirs = clean_text(given)[0].strip()
    if not theirs:
        raise OfficeError(_NO_NUMBER)
    matter = load_matter(session, number, viewer=viewer)
    petition = cleaned(matter.petition)
    petition.superior_number = theirs
    return amend(session, replace(matter, petition=petition), by=viewer.name, now=now)
