"""Ordinary records of an invented office; nobody in them exists."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xinfang_desktop.models import (
    Channel,
    DocumentType,
    Kind,
    Matter,
    OfficeProfile,
    Petition,
    Petitioner,
    Viewer,
)

PASSWORD = "测试用的密码 1234"
ACCOUNT = "王经办"
NOW = datetime(2026, 11, 22, 10, 30)
TODAY = NOW.date()
OFFICE = OfficeProfile()

CLEARED = Viewer(name=ACCOUNT, cleared=True)
UNCLEARED = Viewer(name="李查看", cleared=False)

SEALED_WORDS = ("赵检举", "330602197205150330", "13700003333", "低价出租集体店面", "某村负责人")
"""What stands in ``accusation()`` and must stand nowhere else."""


@dataclass(frozen=True)
class Office:
    """A store set up once and copied for every test."""

    folder: Path
    recovery_code: str


def petitioner(**changes: Any) -> Petitioner:  # noqa: ANN401
    """Give a petitioner with a document that is in order."""
    return Petitioner(
        **{
            "name": "铍𫖯𠮷",
            "document_type": DocumentType.RESIDENT_ID,
            "document_number": "330602198803120355",
            "phone": "13800001234",
            "address": "灵芝街道解放村88号",
            **changes,
        }
    )


def visit(*people: Petitioner, **changes: Any) -> Matter:  # noqa: ANN401
    """Give a matter with nothing missing; ``changes`` are of the petition."""
    petition = Petition(
        **{
            "channel": Channel.VISIT,
            "received_on": date(2026, 10, 8),
            "claim": "村口水渠多年失修，雨季漫水淹田，要求镇里安排清淤修渠。",
            "kind": Kind.REMEDY,
            "category": "农村农业/水利水电",
            **changes,
        }
    )
    return Matter(office=OFFICE, petition=petition, petitioners=list(people) or [petitioner()])


def accusation(**changes: Any) -> Matter:  # noqa: ANN401
    """Give an accusation, every part of which is sealed."""
    name, document, phone, claim, accused = SEALED_WORDS
    person = petitioner(name=name, document_number=document, phone=phone, address="密址五组")
    return visit(
        person,
        **{
            "kind": Kind.ACCUSATION,
            "claim": f"举报有人{claim}。",
            "category": "纪检监察/干部作风",
            "accused": accused,
            "location": "密地",
            "headcount": 3,
            **changes,
        },
    )
