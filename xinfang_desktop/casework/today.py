"""今日: what the day asks for: figures that open exactly what they count, and the work in order.

One source for both: a figure is the length of a list of matters, and the work of the day is the
same lists one after the other, each matter once, where it is most pressing. Sealed matters stand
here by their number and their day; what is to be done with them is told to nobody in a list.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from sqlmodel import Session, col, select

from xinfang_desktop.models import (
    Action,
    Bearer,
    FollowUp,
    Matter,
    OfficeProfile,
    Petition,
    PetitionState,
    Step,
    Viewer,
)
from xinfang_desktop.models.way import Actor

from . import due, guiding, handling, paper_states, search
from .conditions import Facts
from .drafts import count_drafts
from .due import DueItem
from .filters import Filter
from .matters import office_profile
from .paper_states import PaperLine
from .sealing import SEALED_TITLE

RecordT = TypeVar("RecordT", Step, FollowUp)

_NOBODY = Viewer(name="", cleared=False)

MOST_LINES = 300
"""How many lines of work are given; whoever has more begins with these."""

_AHEAD = 10
"""How many working days ahead the limits of what waits to be asked back are looked up."""

_FOR_THE_CLEARED = "由有权限的账户办理"


@dataclass(frozen=True)
class Count:
    """A figure of the day; ``search.find(…, **filter)`` gives exactly what it counts.

    ``told`` says what stands in its list. ``drafts`` has no filter: its list is that of
    ``drafts.drafts``.
    """

    key: str
    title: str
    number: int
    filter: Filter = field(default_factory=Filter)
    told: str = ""


class WorkList(NamedTuple):
    """A list of the day: its key, what it is called, and what stands in it."""

    key: str
    title: str
    told: str


_LATE = next(one for one in paper_states.LISTS if one.key == "papers_late")
_DUE = {one.key: WorkList(*one) for one in due.LISTS}
LISTS: tuple[WorkList, ...] = (
    *(_DUE[key] for key in ("overdue", "due_today", "due_soon", "to_follow_up")),
    WorkList(*_LATE),
    _DUE["to_verify"],
)
"""The lists of the day in the order of the work: what is most pressing first."""


@dataclass(frozen=True)
class WorkLine:
    """A matter that the day asks for: where it is most pressing, what is next, until when.

    ``key`` is the list it stands in, ``also`` the titles of others that hold it too; ``item`` is
    the limit that presses most of ``pressing`` ones, ``papers`` those that are out for long. Of a
    sealed matter nothing is told but the number, the list and the day.
    """

    petition_id: int
    number: str
    names: str
    claim_start: str
    body: str
    sealed: bool
    key: str
    also: tuple[str, ...]
    next_step: str
    is_ours: bool
    item: DueItem | None
    pressing: int
    papers: tuple[PaperLine, ...]

    @property
    def title(self) -> str:
        """What the list is called that it stands in."""
        return next(one.title for one in LISTS if one.key == self.key)

    @property
    def limit(self) -> str:
        """What is due, in words; what may be done and need not is told as such."""
        if self.item is None:
            return ""
        told = self.item.title
        if self.item.bearer is Bearer.OPTION:
            told = f"可{told}"
        return f"{told}等{self.pressing}项" if self.pressing > 1 else told

    @property
    def waits(self) -> str:
        """Which paper is out for how long, and with whom; nothing where none is."""
        if not self.papers:
            return ""
        longest = self.papers[0]
        whom = f"，在{longest.holder}处" if longest.holder else ""
        return f"送签{longest.days}天{whom}"


@dataclass(frozen=True)
class Reminder:
    """The text for the messenger (催办文本), and how many sealed matters are not in it."""

    text: str
    told: int
    left_out: int


# figures


def counts(session: Session, today: date, *, viewer: Viewer = _NOBODY) -> tuple[Count, ...]:
    """Count what the day asks of ``viewer``, in the order of the work; drafts last."""
    return (
        *(
            Count(one.key, one.title, len(found), Filter(among=tuple(found)), one.told)
            for one, found in _lists(session, today, viewer)
        ),
        Count("drafts", "草稿", count_drafts(session, viewer), told="没有登记完的"),
    )


def quiet_counts(session: Session, today: date, *, viewer: Viewer = _NOBODY) -> tuple[Count, ...]:
    """Count what is good to know and presses nobody: what was registered, what is incomplete."""
    return tuple(
        Count(key, title, search.count(session, viewer=viewer, **within), within)
        for key, title, within in _quiet_lists(today)
    )


def ids(session: Session, key: str, today: date, *, viewer: Viewer) -> "array[int]":
    """Give the ids of the matters in one of ``LISTS``, the latest received first."""
    if key == _LATE.key:
        return paper_states.ids(session, key, today, viewer=viewer)
    return due.ids(session, key, today, viewer=viewer)


def _lists(
    session: Session, today: date, viewer: Viewer
) -> Iterator[tuple[WorkList, "array[int]"]]:
    for one in LISTS:
        yield one, ids(session, one.key, today, viewer=viewer)


def _quiet_lists(today: date) -> tuple[tuple[str, str, Filter], ...]:
    registered = PetitionState.REGISTERED
    month = today.replace(day=1)
    return (
        (
            "today",
            "今日登记",
            Filter(state=registered, registered_from=today, registered_to=today),
        ),
        (
            "month",
            "本月登记",
            Filter(state=registered, registered_from=month, registered_to=today),
        ),
        ("gaps", "尚欠内容", Filter(state=registered, with_gaps=True)),
    )


# the work in order


def work(
    session: Session, today: date, *, viewer: Viewer, most: int = MOST_LINES
) -> list[WorkLine]:
    """Give the work of the day in order, each matter once, where it is most pressing.

    Within a list the earliest day comes first, then what is out for longest.
    """
    in_lists: dict[int, list[str]] = {}
    for one, found in _lists(session, today, viewer):
        for petition_id in found:
            in_lists.setdefault(petition_id, []).append(one.key)
    items = _pressing(session, in_lists, today, viewer)
    nothing: list[DueItem] = []
    papers = _papers_out(session, today, viewer)
    place = {one.key: at for at, one in enumerate(LISTS)}

    def order(petition_id: int) -> tuple[int, date, date]:
        pressing, out = items.get(petition_id), papers.get(petition_id)
        return (
            place[in_lists[petition_id][0]],
            pressing[0].due_on if pressing else date.max,
            out[0].since if out else date.max,
        )

    wanted = sorted(in_lists, key=order)[:most]
    following = _following(session, wanted)
    return [
        _line(row, in_lists[row.id], items.get(row.id, nothing), papers.get(row.id, ()), following)
        for row in search.rows(session, wanted)
    ]


def _pressing(
    session: Session, wanted: Mapping[int, object], today: date, viewer: Viewer
) -> dict[int, list[DueItem]]:
    """Give the limits of each matter that press, what is due first before the rest."""
    found: dict[int, list[DueItem]] = {}
    for item in due.due(session, today, viewer=viewer, within=_AHEAD):
        if item.petition_id in wanted:
            found.setdefault(item.petition_id, []).append(item)
    return found


def _papers_out(session: Session, today: date, viewer: Viewer) -> dict[int, tuple[PaperLine, ...]]:
    found: dict[int, tuple[PaperLine, ...]] = {}
    for line in paper_states.lines(session, _LATE.key, today, viewer=viewer):
        found[line.petition_id] = (*found.get(line.petition_id, ()), line)
    return found


def _line(
    row: search.LedgerRow,
    keys: Sequence[str],
    items: Sequence[DueItem],
    papers: tuple[PaperLine, ...],
    following: Mapping[int, tuple[str, bool, str]],
) -> WorkLine:
    titles = {one.key: one.title for one in LISTS}
    step, is_ours, body = following.get(row.id, ("", True, ""))
    return WorkLine(
        petition_id=row.id,
        number=row.number,
        names="" if row.sealed else row.names,
        claim_start=SEALED_TITLE if row.sealed else " ".join(row.claim_start.split()),
        body="" if row.sealed else body,
        sealed=row.sealed,
        key=keys[0],
        also=tuple(titles[key] for key in keys[1:]),
        next_step=_FOR_THE_CLEARED if row.sealed else step,
        is_ours=is_ours and not row.sealed,
        item=items[0] if items else None,
        pressing=sum(item.state is items[0].state for item in items),
        papers=papers,
    )


# what is next


def _following(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, bool, str]]:
    """Give for each matter what is next, whether the office itself does it, and whose it is."""
    office = office_profile(session)
    return {
        facts.petition.id or 0: (*_next_step(facts), facts.petition.responsible_body)
        for facts in _facts(session, ids, office)
    }


def _next_step(facts: Facts) -> tuple[str, bool]:
    """Say what is next and who does it; what the desk itself does is said alone."""
    offer = guiding.next_offer(handling.offers_of(facts), facts)
    if offer is None:
        return "", True
    told, act = offer.action.label, offer.act
    if offer.action is Action.FOLLOW_UP and (calls := _calls_in_vain(facts)):
        told = f"{told}（已打{calls}次）"
    if act.actor is Actor.DESK:
        return told, True
    who = handling.who_acts(act, facts)
    return (told if told.startswith(who) else f"{who}{told}"), False


def _calls_in_vain(facts: Facts) -> int:
    follow_up = facts.matter.follow_up
    return follow_up.attempts if follow_up.round == facts.round else 0


def _facts(session: Session, ids: Sequence[int], office: OfficeProfile) -> Iterator[Facts]:
    """Give many matters with their ways at once, as much of them as decides what is next."""
    steps = _by_matter(
        session.exec(
            select(Step)
            .where(
                col(Step.petition_id).in_(ids),
                col(Step.stage).is_not(None),
                col(Step.taken_back).is_(False),
            )
            .order_by(col(Step.id))
        )
    )
    rounds = _by_matter(
        session.exec(
            select(FollowUp).where(col(FollowUp.petition_id).in_(ids)).order_by(col(FollowUp.round))
        )
    )
    for petition in session.exec(select(Petition).where(col(Petition.id).in_(ids))):
        asked = rounds.get(petition.id or 0, [FollowUp()])
        matter = Matter(office=office, petition=petition, follow_up=asked[-1])
        yield Facts(matter, tuple(steps.get(petition.id or 0, ())))


def _by_matter(records: Iterable[RecordT]) -> dict[int, list[RecordT]]:
    found: dict[int, list[RecordT]] = {}
    for record in records:
        found.setdefault(record.petition_id or 0, []).append(record)
    return found


# reminding


def reminder(lines: Sequence[WorkLine], today: date) -> Reminder:
    """Write what a body is reminded of: number, body, what, until when; of nobody's person.

    The messenger is open to many: of an accusation nothing at all is written there (article 30).
    """
    told = [_reminded(line) for line in lines if not line.sealed]
    if len(told) > 1:
        told = [f"{place}. {words}" for place, words in enumerate(told, start=1)]
    head = f"【信访催办】{today.year}年{today.month}月{today.day}日"
    text = "\n".join((head, *told)) if told else ""
    return Reminder(text, len(told), sum(line.sealed for line in lines))


def _reminded(line: WorkLine) -> str:
    whose = f"（{line.body}）" if line.body else ""
    asked = [f"请{line.next_step}" if line.next_step and not line.is_ours else ""]
    if line.item is not None:
        day = line.item.due_on
        asked.append(f"{line.limit}期限{day.month}月{day.day}日，{line.item.left}")
    asked.append(line.waits)
    return f"{line.number}{whose}：{'；'.join(filter(None, asked)) or line.title}。"
