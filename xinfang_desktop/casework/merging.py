"""Merging (并件): a matter that was entered twice becomes one, and can be parted again.

The later of the two is merged into the earlier one. It keeps its number and everything that was
written of it, is found by its number and leads to the other; in lists and figures it stands no
more. What differs is settled field by field: nothing is chosen without being shown. To part them
puts the kept matter back to what it was, but for what was changed since, which is told.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlmodel import Session, SQLModel

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Action,
    LabelledEnum,
    Matter,
    Merging,
    Petition,
    Petitioner,
    PetitionState,
    Right,
    SourceLevel,
    Stage,
    Viewer,
)

from . import audit, deadlines, linking, record_json, registration, search, word_index
from .ledger import LedgerLine
from .matters import load_matter, petitioners_of
from .numbering import find_by_number
from .same_person import Person, compared
from .sealing import admit
from .steps import note_step

_UNKNOWN = "没有找到这个编号的信访事项，没有改动；请核对编号。"
_ITSELF = "同一件不能与自己并件，没有改动；请核对编号。"
_NOT_IN_USE = "{number}已经作废或并入别的事项，不能并件；没有改动。"
_ACROSS_SEAL = "检举控告（保密）不与其他事项并件（《信访工作条例》第三十条）；没有改动。"
_NOT_MERGED = "{number}没有并入别的事项，不必取消并件；没有改动。"

_NEVER_CHOSEN = registration.NEVER_AMENDED | {"former_number"}
_SAME_PERSON = 30.0
"""From which weight on (``same_person``) two petitioners are taken to be one."""

PEOPLE = "people"
"""The path of a petitioner of the later matter whom the kept one does not have."""

MOST_CANDIDATES = 12
"""How many matters are listed of those that somebody may mean to merge with."""

_FIRST_STAYS = "{merged}（{merged_on}登记）并入{kept}（{kept_on}登记），先登记的保留。"
_STAYS_KNOWN = (
    "{merged}的编号、经过和已出文书都留着，按编号仍能查到；以后不再单独列出、统计和计算时限。"
)
_SETTLED = "有{many}处不同，按下面选定的写进{kept}。"
_ALL_THE_SAME = "两件填的内容没有要选的。"
_WAY_STAYS = "{merged}已经办到“{stage}”，办理步骤不带过去；{kept}从“{kept_stage}”接着办。"
_OTHER_PEOPLE = "两件的信访人看来不是同一人，请核对是不是同一件事。"
_ONCE_TWICE_ENTERED = "并件只用于同一次信访登记了两遍的，并了以后少计一次。"
_JUDGED_REPEAT = f"已判为同一事项的两次来访（重复件）；{_ONCE_TWICE_ENTERED}"
_OTHER_DAYS = f"两件的来访（收到）日期不同，可能是两次来访；{_ONCE_TWICE_ENTERED}"


class Side(LabelledEnum):
    """Which of the two matters a field is taken from."""

    KEPT = "kept", "保留件"
    MERGED = "merged", "并入件"


@dataclass(frozen=True)
class Difference:
    """A field that the two matters tell differently, and the side it would be taken from."""

    path: str
    title: str
    kept: str
    merged: str
    default: Side


@dataclass(frozen=True)
class Comparison:
    """Two matters before they become one: which is kept, what differs, what will happen.

    ``is_judged_repeat`` tells that they were decided to be one matter that came in twice.
    """

    kept: Matter
    merged: Matter
    differences: tuple[Difference, ...]
    is_judged_repeat: bool = False

    @property
    def told(self) -> tuple[str, ...]:
        """What merging them does, in plain sentences."""
        kept, merged = self.kept.petition, self.merged.petition
        numbers = {"kept": kept.number, "merged": merged.number}
        many = len(self.differences)
        return (
            _FIRST_STAYS.format(**numbers, kept_on=_entered(kept), merged_on=_entered(merged)),
            _STAYS_KNOWN.format(**numbers),
            _SETTLED.format(**numbers, many=many) if many else _ALL_THE_SAME,
        )

    @property
    def concerns(self) -> tuple[str, ...]:
        """What should be thought about before: two visits, another's name, a way gone already."""
        return tuple(self._concerns())

    def _concerns(self) -> Iterator[str]:
        kept, merged = self.kept.petition, self.merged.petition
        if self.is_judged_repeat:
            yield _JUDGED_REPEAT
        elif kept.received_on and merged.received_on and kept.received_on != merged.received_on:
            yield _OTHER_DAYS
        both_named = all(any(p.name for p in one.petitioners) for one in (self.kept, self.merged))
        if both_named and not any(_same_person(p, self.merged) for p in self.kept.petitioners):
            yield _OTHER_PEOPLE
        if merged.stage is not Stage.REGISTERED:
            yield _WAY_STAYS.format(
                kept=kept.number,
                merged=merged.number,
                stage=merged.stage.label,
                kept_stage=kept.stage.label,
            )


@dataclass(frozen=True)
class Parted:
    """What parting came to: both numbers, and the fields that stayed as they are now."""

    number: str
    kept_number: str
    left: tuple[str, ...]


class _Pair(NamedTuple):
    kept: Petition
    merged: Petition


def differences(session: Session, one: str, other: str, *, viewer: Viewer) -> list[Difference]:
    """Give what differs between two matters, each with the side that suggests itself.

    Raises:
        OfficeError: the two cannot be merged, or not by this viewer.
    """
    return list(compare(session, one, other, viewer=viewer).differences)


def compare(session: Session, one: str, other: str, *, viewer: Viewer) -> Comparison:
    """Put two matters side by side: which is kept, what differs, what merging them does.

    Raises:
        OfficeError: the two cannot be merged, or not by this viewer.
    """
    pair = _pair(session, one, other, viewer)
    kept, merged = _both(session, pair, viewer)
    return Comparison(
        kept,
        merged,
        tuple(_differences(kept, merged)),
        is_judged_repeat=_is_judged_repeat(session, pair),
    )


def candidates(
    session: Session, number: str, typed: str, *, viewer: Viewer, today: date
) -> list[LedgerLine]:
    """Give the matters in use that somebody may mean by ``typed``, but for ``number`` itself.

    ``typed`` is understood as in the search box: a number, also a short one, stands first.
    """
    found = search.find(
        session,
        typed,
        viewer=viewer,
        today=today,
        limit=MOST_CANDIDATES + 1,
        state=PetitionState.REGISTERED,
    )
    lines = search.rows(session, found)
    return [line for line in lines if line.number != number][:MOST_CANDIDATES]


def kept_of(session: Session, one: str, other: str, *, viewer: Viewer) -> str:
    """Give the number that would be kept of two: the one that was entered first.

    Raises:
        OfficeError: the two cannot be merged, or not by this viewer.
    """
    return _pair(session, one, other, viewer).kept.number


def merge(
    session: Session,
    one: str,
    other: str,
    choices: Mapping[str, Side] | None = None,
    *,
    viewer: Viewer,
    by: str,
    now: datetime,
) -> Petition:
    """Merge the later of two matters into the earlier one, and give that.

    ``choices`` say of a difference's path which side it is taken from; what is not chosen is taken
    as it was suggested.

    Raises:
        OfficeError: a number is not known, both are one, one is out of use, sealed while the other
            is not, or not for this viewer; nothing is changed then.
    """
    audit.require(viewer, Right.WORK)
    pair = _pair(session, one, other, viewer)
    kept, merged = _both(session, pair, viewer)
    before = record_json.dump(kept)
    settled = record_json.load(kept.office, before)
    for difference in _differences(kept, merged):
        side = (choices or {}).get(difference.path, difference.default)
        if side is Side.MERGED:
            _take(settled, merged, difference.path)
    registration.bring_to(session, pair.kept, settled, now.date())
    assert pair.kept.id is not None and pair.merged.id is not None
    pair.merged.state, pair.merged.merged_into = PetitionState.MERGED, pair.kept.id
    session.flush()
    after = record_json.dump(load_matter(session, pair.kept.number, viewer=viewer))
    session.add(
        Merging(
            merged_id=pair.merged.id,
            kept_id=pair.kept.id,
            merged_at=now,
            merged_by=by,
            before=before,
            after=after,
        )
    )
    _note(session, pair, Action.MERGE, "并入了{}", "并入{}", by, now)
    _settle(session, pair)
    return pair.kept


def unmerge(session: Session, number: str, *, viewer: Viewer, by: str, now: datetime) -> Parted:
    """Part a matter again from the one it was merged into.

    The kept one is put back to what it was; a field that was changed since stays as it is now and
    is named in the answer.

    Raises:
        OfficeError: the number is not known, is not merged, or is not for this viewer.
    """
    audit.require(viewer, Right.WORK)
    merged = _known(session, number)
    admit(merged, viewer)
    record = session.get(Merging, merged.id)
    kept = session.get(Petition, merged.merged_into) if merged.merged_into else None
    if record is None or kept is None:
        raise OfficeError(_NOT_MERGED.format(number=merged.number))
    pair = _Pair(kept, merged)
    left = _put_back(session, kept, record, viewer, now.date())
    merged.state, merged.merged_into = PetitionState.REGISTERED, None
    session.delete(record)
    _note(session, pair, Action.UNMERGE, "与{}取消并件", "与{}取消并件", by, now)
    _settle(session, pair)
    return Parted(merged.number, kept.number, tuple(left))


# choosing


def _differences(kept: Matter, merged: Matter) -> Iterator[Difference]:
    for path, one, other in _fields(kept, merged):
        mine, theirs = getattr(one, _name(path)), getattr(other, _name(path))
        if mine != theirs and not _is_blank(theirs):
            title = type(one).model_fields[_name(path)].title or _name(path)
            side = _suggested(path, mine, theirs)
            yield Difference(path, title, _words(mine), _words(theirs), side)
    for name in sorted(kept.words.keys() | merged.words.keys()):
        mine, theirs = kept.words.get(name, ""), merged.words.get(name, "")
        if theirs and mine != theirs:
            side = Side.KEPT if mine else Side.MERGED
            yield Difference(f"words.{name}", "文书内容", mine, theirs, side)
    for place, person in _others(kept, merged):
        yield Difference(f"{PEOPLE}.{place}", "同行信访人", "", person.name, Side.MERGED)


def _fields(kept: Matter, merged: Matter) -> Iterator[tuple[str, SQLModel, SQLModel]]:
    """Give every field that both have, with the records it stands in."""
    parts: list[tuple[str, SQLModel, SQLModel]] = [
        ("petition", kept.petition, merged.petition),
        ("follow_up", kept.follow_up, merged.follow_up),
        ("verification", kept.verification, merged.verification),
    ]
    same = _same_person(kept.petitioner, merged)
    if same is not None:
        parts.insert(1, ("petitioner", kept.petitioner, same))
    for part, one, other in parts:
        for name in type(one).model_fields:
            if name not in _NEVER_CHOSEN and name not in ("petition_id", "round"):
                yield f"{part}.{name}", one, other


def _suggested(path: str, mine: Any, theirs: Any) -> Side:  # noqa: ANN401 - any field's value
    """The kept one's word holds, but for what is blank there, or told more fully, or earlier.

    A matter that a superior handed down once is one of the superior's.
    """
    if _is_blank(mine):
        return Side.MERGED
    if path == "petition.received_on":
        return Side.MERGED if theirs < mine else Side.KEPT
    if theirs is SourceLevel.SUPERIOR:
        return Side.MERGED
    if isinstance(mine, bool):
        return Side.MERGED if theirs else Side.KEPT
    if isinstance(mine, str) and isinstance(theirs, str) and mine in theirs:
        return Side.MERGED
    return Side.KEPT


def _take(settled: Matter, merged: Matter, path: str) -> None:
    part, _, name = path.partition(".")
    if part == "words":
        settled.words[name] = merged.words[name]
    elif part == PEOPLE:
        settled.petitioners.append(_copied(merged.petitioners[int(name)]))
    elif part == "petitioner":
        same = _same_person(settled.petitioner, merged)
        assert same is not None
        setattr(settled.petitioner, name, getattr(same, name))
    else:
        setattr(getattr(settled, part), name, getattr(getattr(merged, part), name))


def _others(kept: Matter, merged: Matter) -> Iterator[tuple[int, Petitioner]]:
    """Give the petitioners of the later matter whom the kept one does not have, by their places."""
    for place, person in enumerate(merged.petitioners):
        if registration.is_blank(person):
            continue
        if not any(_are_one(person, known) for known in kept.petitioners):
            yield place, person


def _same_person(person: Petitioner, merged: Matter) -> Petitioner | None:
    return next((other for other in merged.petitioners if _are_one(person, other)), None)


def _are_one(one: Petitioner, other: Petitioner) -> bool:
    ground = compared(_person(one), _person(other))
    return ground.weight >= _SAME_PERSON or ground.is_name_only


def _person(person: Petitioner) -> Person:
    return Person(person.name, person.document_number, person.phone, person.address)


def _copied(person: Petitioner) -> Petitioner:
    fields = {name: getattr(person, name) for name in Petitioner.model_fields if name != "id"}
    return Petitioner(**fields)


# putting back


def _put_back(
    session: Session, kept: Petition, record: Merging, viewer: Viewer, today: date
) -> list[str]:
    """Bring the kept matter to what it was; give the titles of what was changed since."""
    present = load_matter(session, kept.number, viewer=viewer)
    now, before, after = (
        record_json.to_plain(present),
        json.loads(record.before),
        json.loads(record.after),
    )
    left: list[str] = []
    for part, kind in (("petition", Petition), ("follow_up", None), ("verification", None)):
        skipped = _NEVER_CHOSEN if kind else {"petition_id", "round"}
        left += _part_back(now[part], before[part], after[part], getattr(present, part), skipped)
    left += _people_back(now, before, after)
    for name in after["words"].keys() | before["words"].keys():
        was, became, is_now = (told["words"].get(name, "") for told in (before, after, now))
        if was != became and is_now == became:
            now["words"][name] = was
        elif was != became:
            left.append("文书内容")
    if kept.state is PetitionState.REGISTERED:
        settled = record_json.from_plain(present.office, now)
        registration.bring_to(session, kept, settled, today)
    elif before != after:
        left.append("全部内容")
    return list(dict.fromkeys(left))


def _part_back(
    now: dict[str, Any],
    before: dict[str, Any],
    after: dict[str, Any],
    record: SQLModel,
    skipped: set[str],
) -> list[str]:
    left = []
    for name, became in after.items():
        was = before.get(name)
        if name in skipped or was == became:
            continue
        if now.get(name) == became:
            now[name] = was
        else:
            left.append(type(record).model_fields[name].title or name)
    return left


def _people_back(now: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Take out who came by the merging and put back the others; who was changed since stays."""
    were = {person["id"]: person for person in before["petitioners"]}
    became = {person["id"]: person for person in after["petitioners"]}
    people, left = [], []
    for person in now["petitioners"]:
        known = became.get(person["id"])
        if known is None or known == were.get(person["id"]):
            people.append(person)
        elif person != known:
            people.append(person)
            left.append("信访人")
        elif person["id"] in were:
            people.append(were[person["id"]])
    now["petitioners"] = people
    return left


# both


def _pair(session: Session, one: str, other: str, viewer: Viewer) -> _Pair:
    """Give two matters, the one entered first in front, or say why they cannot be merged."""
    found = sorted((_known(session, one), _known(session, other)), key=lambda p: p.id or 0)
    for petition in found:
        admit(petition, viewer)
        if petition.state is not PetitionState.REGISTERED:
            raise OfficeError(_NOT_IN_USE.format(number=petition.number))
    kept, merged = found
    if kept.id == merged.id:
        raise OfficeError(_ITSELF)
    if kept.is_sealed != merged.is_sealed:
        raise OfficeError(_ACROSS_SEAL)
    return _Pair(kept, merged)


def _both(session: Session, pair: _Pair, viewer: Viewer) -> tuple[Matter, Matter]:
    return (
        load_matter(session, pair.kept.number, viewer=viewer),
        load_matter(session, pair.merged.number, viewer=viewer),
    )


def _is_judged_repeat(session: Session, pair: _Pair) -> bool:
    """Tell whether decisions make the two one matter, of each other or by way of a third."""
    assert pair.kept.id is not None
    return pair.merged.id in linking.same_matters(session, pair.kept.id)


def _known(session: Session, number: str) -> Petition:
    petition = find_by_number(session, number)
    if petition is None:
        raise OfficeError(_UNKNOWN)
    return petition


def _note(
    session: Session,
    pair: _Pair,
    action: Action,
    of_kept: str,
    of_merged: str,
    by: str,
    now: datetime,
) -> None:
    for petition, words in (
        (pair.kept, of_kept.format(pair.merged.number)),
        (pair.merged, of_merged.format(pair.kept.number)),
    ):
        note_step(session, petition.id, action, by=by, now=now, words=words)


def _settle(session: Session, pair: _Pair) -> None:
    """Let index, chains and time limits follow."""
    session.flush()
    ids = [petition.id for petition in pair if petition.id is not None]
    linking.settle(session, *ids)
    for petition in pair:
        assert petition.id is not None
        word_index.refresh(session, petition, petitioners_of(session, petition.id))
    deadlines.refresh_many(session, ids)


def _entered(petition: Petition) -> str:
    return f"{petition.registered_at:%Y-%m-%d}" if petition.registered_at else ""


def _name(path: str) -> str:
    return path.rpartition(".")[2]


def _is_blank(value: object) -> bool:
    return value is None or value == "" or value is False


def _words(value: object) -> str:
    match value:
        case None:
            return ""
        case LabelledEnum():
            return value.label
        case bool():
            return "是" if value else "否"
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
