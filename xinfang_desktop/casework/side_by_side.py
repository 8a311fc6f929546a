"""A matter and an earlier one side by side (并排看), field by field, for a clerk to judge.

Equal and alike fields are marked. Numbers and addresses are shown as lists show them
(``masking``), while the marks come from what was written in full. Of a sealed matter nothing is
told that its proposal does not tell (articles 30 and 46).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import LabelledEnum, Matter, Petition, Petitioner, Viewer

from . import masking
from .duplicates import Proposal
from .likeness import shared_runs
from .matters import petitioners_of
from .numbering import find_by_number, squared
from .same_person import Person, by_field, compared
from .sealing import admit

LONGEST = 400
"""Characters of a claim or a conclusion that are shown; the rest is on the matter's own page."""

_GONE = "这一件已不在数据里，没有改动；请按 Esc 返回。"
_BEING_TYPED = "正在登记"
_ALIKE_CLAIM = "诉求相近"


class Mark(LabelledEnum):
    """How the two sides of a row are to each other; the sign says it without a colour."""

    SAME = "same", "＝ 相同"
    ALIKE = "alike", "≈ 相近"
    NONE = "none", ""


@dataclass(frozen=True)
class Words:
    """One side of a row, and which runs of its characters the other side has too."""

    text: str = ""
    runs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Row:
    """One field of both matters."""

    title: str
    mine: Words
    theirs: Words
    mark: Mark = Mark.NONE


@dataclass(frozen=True)
class SideBySide:
    """Both matters, row by row; a row stands only where one of them says something."""

    mine: str
    theirs: str
    rows: tuple[Row, ...]

    @property
    def same(self) -> int:
        """How many rows are equal."""
        return sum(row.mark is Mark.SAME for row in self.rows)

    @property
    def alike(self) -> int:
        """How many rows are alike."""
        return sum(row.mark is Mark.ALIKE for row in self.rows)


def side_by_side(
    session: Session, matter: Matter, proposal: Proposal, *, viewer: Viewer
) -> SideBySide:
    """Put ``matter``, as it stands, beside the earlier one of ``proposal``.

    Raises:
        OfficeError: the earlier one is gone, or sealed and ``viewer`` is not cleared.
    """
    earlier = find_by_number(session, proposal.number)
    if earlier is None:
        raise OfficeError(_GONE)
    admit(matter.petition, viewer)
    admit(earlier, viewer)
    rows = list(_of_any(matter.petition, proposal))
    if not earlier.is_sealed:
        assert earlier.id is not None
        rows = [
            *_of_people(matter.petitioners, petitioners_of(session, earlier.id)),
            _of_claims(matter.petition, earlier, proposal),
            Row("处理结论", _shortened(matter.petition.conclusion), _shortened(earlier.conclusion)),
            *rows,
            *_of_matters(matter.petition, earlier),
        ]
    return SideBySide(
        mine=matter.petition.number,
        theirs=earlier.number,
        rows=tuple(row for row in rows if row.mine.text or row.theirs.text),
    )


def _of_any(own: Petition, proposal: Proposal) -> Iterator[Row]:
    """Give what is told of every earlier matter, also of a sealed one."""
    yield _row("来访（收到）日期", _day(own.received_on), _day(proposal.received_on))
    standing = own.standing if own.number else _BEING_TYPED
    yield _plain("办到哪里", standing, proposal.standing)
    yield _plain("来过几次", "", f"{proposal.times}次")
    yield _plain("为什么列出", "", proposal.reason)


_PERSONAL: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("document", "证件号码", masking.document),
    ("phone", "联系电话", masking.phone),
    ("address", "住址（单位）", masking.address),
)


def _of_people(mine: list[Petitioner], theirs: list[Petitioner]) -> Iterator[Row]:
    """Compare those two petitioners who are most likely one person."""
    pairs = [(_person(one), _person(other)) for one in mine for other in theirs]
    nobody = (Person(), Person())
    one, other = max(pairs, key=lambda pair: compared(*pair).weight, default=nobody)
    near = by_field(one, other)
    marks = {field: Mark.SAME if is_same else Mark.ALIKE for field, is_same in near.items()}
    names = Words(_called(one, len(mine))), Words(_called(other, len(theirs)))
    yield Row("信访人", *names, marks.get("name", Mark.NONE))
    for field, title, masked in _PERSONAL:
        mine_told, theirs_told = (masked(getattr(person, field)) for person in (one, other))
        mark = marks.get(field, Mark.NONE)
        yield Row(title, Words(mine_told), Words(theirs_told), mark)


_FIELDS: tuple[tuple[str, Callable[[Petition], str]], ...] = (
    ("信访形式", lambda petition: petition.channel.label if petition.channel else ""),
    ("上级编号", lambda petition: squared(petition.superior_number)),
    ("问题属地", lambda petition: petition.location),
    ("内容分类", lambda petition: petition.category),
    ("人数", lambda petition: f"{petition.headcount}人" if petition.headcount else ""),
    ("责任单位", lambda petition: petition.responsible_body),
)


def _of_matters(mine: Petition, theirs: Petition) -> Iterator[Row]:
    for title, told in _FIELDS:
        yield _row(title, told(mine), told(theirs))


def _of_claims(mine: Petition, theirs: Petition, proposal: Proposal) -> Row:
    """Compare the claims, and tell which words both have."""
    one, other = mine.claim, theirs.claim
    mark = _row("", one, other).mark
    if mark is Mark.NONE and _ALIKE_CLAIM in proposal.reason:
        mark = Mark.ALIKE
    told, beside = shared_runs(one, other), shared_runs(other, one)
    return Row("信访诉求", _shortened(one, told), _shortened(other, beside), mark)


def _shortened(text: str, runs: Sequence[tuple[int, int]] = ()) -> Words:
    """Give the beginning of a long text, and how long it is."""
    if len(text) <= LONGEST:
        return Words(text, tuple(runs))
    kept = tuple((start, min(end, LONGEST)) for start, end in runs if start < LONGEST)
    return Words(f"{text[:LONGEST]}……（共{len(text)}字，打开可看全文）", kept)


def _row(title: str, mine: str, theirs: str) -> Row:
    plain = "".join(mine.split())
    is_same = bool(plain) and plain == "".join(theirs.split())
    return Row(title, Words(mine), Words(theirs), Mark.SAME if is_same else Mark.NONE)


def _plain(title: str, mine: str, theirs: str) -> Row:
    return Row(title, Words(mine), Words(theirs))


def _person(petitioner: Petitioner) -> Person:
    whereabouts = " ".join(filter(None, (petitioner.address, petitioner.unit)))
    return Person(petitioner.name, petitioner.document_number, petitioner.phone, whereabouts)


def _called(person: Person, of: int) -> str:
    return f"{person.name} 等{of}人" if of > 1 and person.name else person.name


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
