"""Linking (关联): what a clerk decides of two matters, and what follows from it.

A decision belongs to a pair: 同一事项, 同一人另一事项, or 不是同一事项, which keeps the pair from
being proposed again. It can be changed and taken back. Nothing is built about a person: what is
kept is a link between two matters.

The same matter brought in again is a repeat (重复件). Which of them was first is worked out through
all links, whoever made them, and kept with each later one (``Petition.repeat_of``). A link never
leads from an ordinary matter to a sealed one: it would tell who accuses (articles 30 and 46).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, col, or_, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Action,
    Matter,
    Petition,
    PetitionLink,
    PetitionState,
    Relation,
    Viewer,
)

from .numbering import find_by_number
from .sealing import SEALED_CODE, admit
from .steps import note_step

_UNKNOWN = "要关联的编号没有找到，没有改动；请核对编号后再试。"
_ITSELF = "同一件不能与自己关联，没有改动；请核对编号。"
_SEALED = (
    "检举控告（保密）不与其他事项关联，以免透露检举控告人（《信访工作条例》第三十条）；没有改动。"
)

_BATCH = 400


def decide(
    session: Session,
    number: str,
    other: str,
    relation: Relation | None,
    *,
    viewer: Viewer,
    by: str,
    now: datetime,
) -> None:
    """Keep what the clerk decided of two matters, in place of what was decided before.

    With no ``relation`` the decision is taken back.

    Raises:
        OfficeError: a number is not known, both are one, or one is sealed: for this viewer, or
            while the other is not.
    """
    one, two = _known(session, number), _known(session, other)
    for petition in (one, two):
        admit(petition, viewer)
    note_decision(session, one, two, relation, by=by, now=now)


def keep_decisions(
    session: Session, petition: Petition, matter: Matter, *, by: str, now: datetime
) -> None:
    """Keep what was decided of earlier matters while ``matter`` was a draft.

    What has come to cross the seal since is left out: nobody decided that.
    """
    for number, relation in matter.decisions.items():
        earlier = standing_for(session, find_by_number(session, number))
        if earlier and earlier.id != petition.id and earlier.is_sealed == petition.is_sealed:
            note_decision(session, petition, earlier, relation, by=by, now=now)


def note_decision(
    session: Session,
    one: Petition,
    two: Petition,
    relation: Relation | None,
    *,
    by: str,
    now: datetime,
) -> None:
    """Write a decision of two matters that are at hand, its step, and what follows.

    Raises:
        OfficeError: both are one, or one is sealed and the other is not.
    """
    session.flush()
    assert one.id is not None and two.id is not None
    if one.id == two.id:
        raise OfficeError(_ITSELF)
    if one.is_sealed != two.is_sealed:
        raise OfficeError(_SEALED)
    key = (max(one.id, two.id), min(one.id, two.id))
    kept = session.get(PetitionLink, key)
    before = kept.relation if kept else None
    if before is relation:
        return
    if relation is None:
        session.delete(kept)
    elif kept is None:
        session.add(PetitionLink(petition_id=key[0], earlier_id=key[1], relation=relation))
    else:
        kept.relation = relation
    words = _words(two.number, before, relation)
    note_step(session, one.id, Action.LINK, by=by, now=now, words=words)
    settle(session, one.id, two.id)


def relation_of(session: Session, one_id: int, two_id: int) -> Relation | None:
    """Give what was decided of two matters."""
    kept = session.get(PetitionLink, (max(one_id, two_id), min(one_id, two_id)))
    return kept.relation if kept else None


def standing_for(session: Session, petition: Petition | None) -> Petition | None:
    """Give the matter that a merged one was merged into, else the matter itself."""
    while petition is not None and petition.merged_into is not None:
        petition = session.get(Petition, petition.merged_into)
    return petition


def doublets(session: Session, petition_id: int) -> list[Petition]:
    """Give the matters that were merged into one, also by way of another, the earliest first."""
    found: list[Petition] = []
    asked = [petition_id]
    while asked:
        query = select(Petition).where(col(Petition.merged_into).in_(asked))
        more = list(session.exec(query))
        found += more
        asked = [petition.id for petition in more if petition.id is not None]
    return sorted(found, key=lambda petition: petition.id or 0)


def seal_doublets(session: Session, petition: Petition) -> None:
    """Let what was merged into a matter be sealed with it: it tells the same."""
    assert petition.id is not None
    if petition.is_sealed:
        for merged in doublets(session, petition.id):
            merged.kind = petition.kind


def settle(session: Session, *ids: int) -> None:
    """Work out anew which was first, for these matters and all that are the same as they.

    It is written past the history of fields: it follows from the links, which have theirs.
    """
    session.flush()
    members = _members(session, ids)
    firsts = {member.id: first for chain in _chains(session, members) for member, first in chain}
    for member in members.values():
        first = firsts.get(member.id)
        if first != member.repeat_of:
            _write(session, member.id, first)


def same_matters(session: Session, petition_id: int) -> list[int]:
    """Give the ids of all matters that are the same as this one, itself included."""
    return sorted(_members(session, (petition_id,)))


def chain_of(session: Session, petition: Petition) -> list[Petition]:
    """Give the matters that are one with this one and count, itself too, the earliest first."""
    first = petition.repeat_of or petition.id
    query = select(Petition).where(
        or_(col(Petition.id) == first, col(Petition.repeat_of) == first),
        Petition.state == PetitionState.REGISTERED,
    )
    return sorted(session.exec(query), key=arrival)


def arrival(petition: Petition) -> tuple[date, int]:
    """Give by what it is told which of several came in first: the day, then the entry."""
    entered = petition.registered_at
    return petition.received_on or (entered.date() if entered else date.min), petition.id or 0


class _Member(NamedTuple):
    """A matter of a chain, as far as it decides which was first."""

    id: int
    counts: bool
    sealed: bool
    day: str
    repeat_of: int | None


_EDGES = f"""
    SELECT petition_id, earlier_id FROM petition_link
    WHERE relation = '{Relation.SAME_MATTER.value}'
        AND (petition_id IN ({{marks}}) OR earlier_id IN ({{marks}}))
    UNION ALL
    SELECT id, merged_into FROM petition
    WHERE merged_into IN ({{marks}}) OR (merged_into IS NOT NULL AND id IN ({{marks}}))
"""
_FACTS = f"""
    SELECT id, state = '{PetitionState.REGISTERED.value}', kind IS '{SEALED_CODE}',
        ifnull(received_on, ifnull(date(registered_at), '')), repeat_of
    FROM petition WHERE id IN ({{marks}})
"""


def _members(session: Session, ids: Iterable[int]) -> dict[int, _Member]:
    """Follow the links from ``ids`` as far as they lead."""
    known: set[int] = set()
    reached = set(ids)
    while reached:
        known |= reached
        edges = _rows(session, _EDGES, reached, times=4)
        reached = {end for edge in edges for end in edge} - known
    return {row[0]: _Member(*row) for row in _rows(session, _FACTS, known)}


def _chains(
    session: Session, members: dict[int, _Member]
) -> Iterator[list[tuple[_Member, int | None]]]:
    """Give each chain of one matter, every member that counts with the first, the first with None.

    Links that cross the seal join nothing.
    """
    beside: dict[int, set[int]] = defaultdict(set)
    for one, two in _rows(session, _EDGES, members, times=4):
        if members[one].sealed == members[two].sealed:
            beside[one].add(two)
            beside[two].add(one)
    left = set(members)
    while left:
        chain = _connected(beside, left.pop())
        left -= chain
        counted = [members[id] for id in chain if members[id].counts]
        if counted:
            first = min(counted, key=lambda member: (member.day, member.id)).id
            yield [(member, None if member.id == first else first) for member in counted]


def _connected(beside: dict[int, set[int]], start: int) -> set[int]:
    chain, reached = set(), {start}
    while reached:
        chain |= reached
        reached = {end for id in reached for end in beside[id]} - chain
    return chain


def _rows(session: Session, sql: str, ids: Iterable[int], *, times: int = 1) -> list[Any]:
    wanted: list[int] = sorted(ids)
    found: list[Any] = []
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        marks = ", ".join("?" * len(some))
        text = sql.format(marks=marks)
        found += session.connection().exec_driver_sql(text, tuple(some * times)).fetchall()
    return found


def _write(session: Session, petition_id: int, first: int | None) -> None:
    sql = "UPDATE petition SET repeat_of = ? WHERE id = ?"
    session.connection().exec_driver_sql(sql, (first, petition_id))
    if (petition := session.identity_map.get(identity_key(Petition, petition_id))) is not None:
        set_committed_value(petition, "repeat_of", first)


def _known(session: Session, number: str) -> Petition:
    petition = standing_for(session, find_by_number(session, number))
    if petition is None:
        raise OfficeError(_UNKNOWN)
    return petition


def _words(number: str, before: Relation | None, relation: Relation | None) -> str:
    if relation is None:
        return f"与{number}取消关联"
    return f"与{number}{'改' if before else ''}为{relation.label}"
