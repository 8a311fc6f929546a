"""Issued papers (已出文书) are evidence: numbered, kept as printed, and compared with the matter.

A paper is issued from what the books say. Its bytes lie in the vault before its row says so; its
number comes from its own series and is never given twice; a reprint is marked and leaves what is
kept alone. What a paper is made of is handed in (``PaperMaker``): casework knows no forms.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from sqlmodel import Session, col, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    IssuedFacts,
    IssuedPaper,
    Matter,
    Noted,
    NumberSeries,
    OfficeProfile,
    PetitionState,
    Right,
    Viewer,
)

from . import audit, paper_states
from .matters import load_matter_by_id
from .numbering import spellings

_GAPS = "“{title}”还不能制作：还没有写{gaps}。没有占用编号，请补写后再试。"
_UNSAVED = "这一件有改动还没有保存，文书没有制作，也没有占用编号；请先保存再试。"
_NOT_REGISTERED = "这一件还没有登记，不能制作文书；请先登记。"
_VOID = "这一件已经作废，不能再制作文书；已出的文书仍可查看和重印。"
_TAKEN = "文书编号{number}已经用过，没有制作，也没有占用编号；请核对编号，或留空由程序编号。"
_NO_SERIES = "“{title}”没有自己的编号，没有制作；请把编号留空。"
_GONE = "没有找到这份已出文书，请刷新列表后再试。"
_NOT_AS_KEPT = "这份存档文书与制作时的校验值不符，没有重印；请保留数据文件，从备份取回后再试。"
_NEVER_PRINTED = "“{title}”还没有制作过，没有可以续打的纸；请先制作。"


class Made(Protocol):
    """A paper as it is kept."""

    @property
    def pdf(self) -> bytes:
        """The very bytes that are printed."""
        ...

    @property
    def pages(self) -> int:
        """How many pages it has."""
        ...

    @property
    def composed(self) -> str:
        """The fingerprint of what it says."""
        ...


class PaperMaker(Protocol):
    """One paper of the office, able to be made from a matter."""

    @property
    def key(self) -> str:
        """The key of the paper."""
        ...

    @property
    def title(self) -> str:
        """What the office calls it."""
        ...

    @property
    def version(self) -> int:
        """The version of its definition."""
        ...

    @property
    def series(self) -> str:
        """The number series it takes its own number from; empty where it has none."""
        ...

    def gaps(self, matter: Matter) -> list[str]:
        """Name the required parts that say nothing yet."""
        ...

    def made(self, matter: Matter) -> Made:
        """Compose and print it."""
        ...

    def said(self, matter: Matter) -> str:
        """Give the fingerprint of what the matter puts on it."""
        ...

    def still_says(self, matter: Matter, composed: str) -> bool:
        """Tell whether it would say today what it said when it was issued as ``composed``."""
        ...

    def reprinted(self, pdf: bytes, day: date) -> bytes:
        """Mark a kept paper as a reprint."""
        ...

    def continued(self, pdf: bytes, matter: Matter) -> bytes:
        """Give what was filled in since a kept paper was printed."""
        ...


class Kept(Protocol):
    """What the vault says of a file it has taken."""

    @property
    def name(self) -> str:
        """Its name there."""
        ...


class Vault(Protocol):
    """Where the bytes of issued papers lie."""

    def put(self, content: bytes, /) -> Kept:
        """Keep ``content``, durably."""
        ...

    def read(self, name: str, /) -> bytes:
        """Give what is in a file, wholly verified."""
        ...


@dataclass(frozen=True)
class Issue:
    """An issued paper and the bytes to be printed."""

    paper: IssuedPaper
    pdf: bytes


def issue(
    session: Session,
    vault: Vault,
    maker: PaperMaker,
    matter: Matter,
    *,
    viewer: Viewer,
    now: datetime,
    number: str = "",
    issued_on: date | None = None,
) -> Issue:
    """Issue a paper of ``matter`` under its next number, or under ``number`` where one is given.

    Raises:
        OfficeError: a required part says nothing (it is named), the matter has unsaved changes, is
            void, sealed to the viewer or not registered, or the number is taken. Nothing is kept
            and no number is used then.
    """
    stored = _stored(session, matter, maker, viewer)
    if gaps := maker.gaps(stored):
        named = "、".join(f"“{gap}”" for gap in gaps)
        raise OfficeError(_GAPS.format(title=maker.title, gaps=named))
    day = issued_on or now.date()
    given = _given_number(session, maker, number) if number.strip() else ""
    given = given or next_paper_number(session, stored.office, maker.series, day.year)
    stored = replace(stored, paper=IssuedFacts(given, day, matter.paper.signer))
    return _keep(session, vault, maker, stored, viewer=viewer, now=now)


def issue_once(
    session: Session,
    vault: Vault,
    maker: PaperMaker,
    matter: Matter,
    *,
    viewer: Viewer,
    now: datetime,
) -> Issue:
    """Issue a paper, or give the one issued already while it still says what the matter says.

    So that a batch that stopped in the middle can be begun again.

    Raises:
        OfficeError: as ``issue`` does.
    """
    stored = _stored(session, matter, maker, viewer)
    last = _last(session, maker, stored)
    if last is None or not _agrees(last, maker, stored):
        return issue(session, vault, maker, matter, viewer=viewer, now=now)
    pdf = _bytes(vault, last)
    _note(session, stored, maker, viewer, now)
    return Issue(last, pdf)


def reprint(
    session: Session,
    vault: Vault,
    maker: PaperMaker,
    paper_id: int,
    *,
    viewer: Viewer,
    now: datetime,
) -> bytes:
    """Give a kept paper marked as a reprint; what is kept stays as it is.

    Raises:
        OfficeError: it is not there, is sealed to the viewer, or is not as it was kept.
    """
    audit.require(viewer, Right.PRINT)
    paper = session.get(IssuedPaper, paper_id)
    if paper is None:
        raise OfficeError(_GONE)
    matter = load_matter_by_id(session, paper.petition_id, viewer=viewer)
    marked = maker.reprinted(_bytes(vault, paper), now.date())
    _note(session, matter, maker, viewer, now, "重印")
    return marked


def continued(
    session: Session,
    vault: Vault,
    maker: PaperMaker,
    matter: Matter,
    *,
    viewer: Viewer,
    now: datetime,
) -> Issue:
    """Give what was filled in since the paper was last printed, for that very sheet of paper.

    The paper as it then stands is kept too, under the number it has; the next time goes on from
    there.

    Raises:
        OfficeError: it was never issued, something on it was changed, or there is nothing new.
    """
    stored = _stored(session, matter, maker, viewer)
    last = _last(session, maker, stored)
    if last is None:
        raise OfficeError(_NEVER_PRINTED.format(title=maker.title))
    stored = replace(stored, paper=_facts(session, last))
    added = maker.continued(_bytes(vault, last), stored)
    kept = _keep(session, vault, maker, stored, viewer=viewer, now=now, detail="续打")
    paper_states.carry_on(session, last, kept.paper, by=viewer.name, now=now)
    return Issue(kept.paper, added)


def issued(session: Session, petition_id: int, *, viewer: Viewer) -> list[IssuedPaper]:
    """Give the papers issued in a matter, the latest first.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    load_matter_by_id(session, petition_id, viewer=viewer)
    return _papers(session, petition_id)


def stale(
    session: Session, matter: Matter, makers: Mapping[str, PaperMaker], *, viewer: Viewer
) -> list[IssuedPaper]:
    """Give the issued papers that no longer say what ``matter`` says, the latest first.

    Of several of one kind only the last counts: it took the place of those before. One made from
    another version of its form cannot be compared, and is not told.

    Raises:
        OfficeError: the matter is gone, or sealed and ``viewer`` is not cleared.
    """
    if matter.petition.id is None:
        return []
    latest: dict[str, IssuedPaper] = {}
    for paper in issued(session, matter.petition.id, viewer=viewer):
        latest.setdefault(paper.form, paper)
    return [
        paper
        for key, paper in latest.items()
        if (maker := makers.get(key))
        and paper.form_version == maker.version
        and not _agrees(paper, maker, matter)
    ]


def kept_pdf(session: Session, vault: Vault, paper_id: int, *, viewer: Viewer) -> bytes:
    """Give the bytes of a kept paper to be looked at; they are not to be printed.

    Raises:
        OfficeError: it is not there, is sealed to the viewer, or is not as it was kept.
    """
    paper = session.get(IssuedPaper, paper_id)
    if paper is None:
        raise OfficeError(_GONE)
    load_matter_by_id(session, paper.petition_id, viewer=viewer)
    return _bytes(vault, paper)


# numbers


def next_paper_number(session: Session, office: OfficeProfile, series: str, year: int) -> str:
    """Take the next number of a series of papers; empty where there is no series.

    A number that was given by hand already is passed over.
    """
    if not series:
        return ""
    pattern = paper_pattern(office, series)
    counter = session.get(NumberSeries, (pattern, year)) or NumberSeries(series=pattern, year=year)
    while True:
        counter.last += 1
        number = pattern.format(year=year, serial=counter.last)
        if not _is_taken(session, number):
            break
    session.add(counter)
    return number


def paper_pattern(office: OfficeProfile, series: str) -> str:
    """Give the number pattern of a series: the office's own, or the usual one.

    A letter carries the office's prefix (镜访联系函〔2026〕1号); a sheet whose series is a
    figure stays in the house and does not (2211〔2026〕1号).
    """
    if own := office.paper_patterns.get(series):
        return own
    prefix = "" if series[0].isdigit() else _prefix(office)
    return f"{prefix}{series}〔{{year}}〕{{serial}}号"


def _prefix(office: OfficeProfile) -> str:
    """Give what stands before year and brackets in the office's own numbers."""
    found = re.match(r"[^〔\[【（(［{<《]*", office.number_pattern)
    return found[0].strip() if found else ""


def _given_number(session: Session, maker: PaperMaker, typed: str) -> str:
    number = typed.strip()
    if not maker.series:
        raise OfficeError(_NO_SERIES.format(title=maker.title))
    if any(_is_taken(session, spelling) for spelling in spellings(number)):
        raise OfficeError(_TAKEN.format(number=number))
    return number


def _is_taken(session: Session, number: str) -> bool:
    query = select(IssuedPaper.id).where(IssuedPaper.number == number)
    return session.exec(query).first() is not None


# keeping


def _stored(session: Session, matter: Matter, maker: PaperMaker, viewer: Viewer) -> Matter:
    """Give the matter as the books have it; what is shown must be what is kept."""
    audit.require(viewer, Right.PRINT)
    if matter.petition.id is None:
        raise OfficeError(_NOT_REGISTERED)
    stored = load_matter_by_id(session, matter.petition.id, viewer=viewer)
    if stored.petition.state is PetitionState.VOID:
        raise OfficeError(_VOID)
    if maker.said(replace(matter, office=stored.office)) != maker.said(stored):
        raise OfficeError(_UNSAVED)
    return stored


def _keep(
    session: Session,
    vault: Vault,
    maker: PaperMaker,
    matter: Matter,
    *,
    viewer: Viewer,
    now: datetime,
    detail: str = "",
) -> Issue:
    made = maker.made(matter)
    facts, petition = matter.paper, matter.petition
    assert petition.id is not None
    paper = IssuedPaper(
        petition_id=petition.id,
        form=maker.key,
        form_version=maker.version,
        number="" if detail else facts.number,
        issued_on=facts.issued_on or now.date(),
        issued_at=now,
        issued_by=viewer.name,
        pages=made.pages,
        digest=hashlib.sha256(made.pdf).hexdigest(),
        composed=made.composed,
        vault_name=vault.put(made.pdf).name,
    )
    session.add(paper)
    session.flush()
    _note(session, matter, maker, viewer, now, detail)
    return Issue(paper, made.pdf)


def _note(
    session: Session,
    matter: Matter,
    maker: PaperMaker,
    viewer: Viewer,
    now: datetime,
    detail: str = "",
) -> None:
    words = " ".join(filter(None, (maker.key, detail)))
    number = matter.petition.number
    audit.note(session, Noted.PRINT, number=number, detail=words, by=viewer.name, at=now)


def _bytes(vault: Vault, paper: IssuedPaper) -> bytes:
    pdf = vault.read(paper.vault_name)
    if hashlib.sha256(pdf).hexdigest() != paper.digest:
        raise OfficeError(_NOT_AS_KEPT)
    return pdf


def _papers(session: Session, petition_id: int, form: str = "") -> list[IssuedPaper]:
    query = select(IssuedPaper).where(IssuedPaper.petition_id == petition_id)
    if form:
        query = query.where(IssuedPaper.form == form)
    return list(session.exec(query.order_by(col(IssuedPaper.id).desc())))


def _last(session: Session, maker: PaperMaker, matter: Matter) -> IssuedPaper | None:
    assert matter.petition.id is not None
    return next(iter(_papers(session, matter.petition.id, maker.key)), None)


def _agrees(paper: IssuedPaper, maker: PaperMaker, matter: Matter) -> bool:
    return paper.form_version == maker.version and maker.still_says(matter, paper.composed)


def _facts(session: Session, paper: IssuedPaper) -> IssuedFacts:
    """Give what the paper was given when it was issued; what was added since has its number."""
    earlier: Sequence[IssuedPaper] = [
        one
        for one in _papers(session, paper.petition_id, paper.form)
        if one.number and (one.id or 0) <= (paper.id or 0)
    ]
    return IssuedFacts(earlier[0].number if earlier else "", paper.issued_on)
