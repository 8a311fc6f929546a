"""Registration (登记, article 22): entering a matter, amending it, voiding it.

What is handed in is copied: a matter that a window is showing is never tied to the store, and
stays as typed when the store refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Action,
    FollowUp,
    Matter,
    Participation,
    Petition,
    Petitioner,
    PetitionState,
    Relation,
    Stage,
    Verification,
    Weight,
)

from . import deadlines, identity, linking, rounds, word_index
from .advice import problems
from .cleaning import RecordT, clean_text, cleaned
from .matters import petitioners_of
from .numbering import find_by_number, next_number, take_number
from .steps import note_step
from .taking_in import waiting

NEVER_AMENDED = {
    "id",
    "number",
    "series",
    "year",
    "serial",
    "state",
    "registered_at",
    "registered_by",
    "void_reason",
    "gaps",
    "stage",
    "repeat_of",
    "merged_into",
}

_BLANK_ROUNDS = (FollowUp(), Verification())

_NO_SUCH_EARLIER = "要关联的编号没有找到，没有登记；请核对编号后再试。"
_NOT_REGISTERED = "这一件还没有登记，不能修改；请先登记。"
_VOID = "这一件已经作废，不能再修改；需要时请重新登记。"
_NO_REASON = "作废要写明原因；没有作废。"
_UNKNOWN = "没有找到这个编号的信访事项，没有作废；请核对编号。"
_MERGED = "这一件已经并入另一件，不能再修改或作废；请打开并入的那一件，或先取消并件。"
_IN_FUTURE = "来访（收到）日期{day:%Y-%m-%d}在今天之后，编号会编入{day:%Y}年，没有登记。请核对日期"


@dataclass(frozen=True)
class Entry:
    """A matter to be entered: with a number it has on paper, a stage it stands at, words on it.

    One that nobody else holds (``is_own``) goes in itself; of any other a copy does.
    """

    matter: Matter
    number: str = ""
    stage: Stage = Stage.REGISTERED
    words: str = ""
    is_own: bool = False


def register(
    session: Session,
    matter: Matter,
    *,
    by: str,
    now: datetime,
    relates_to: str | None = None,
    relation: Relation = Relation.SAME_MATTER,
    number: str = "",
    stage: Stage = Stage.REGISTERED,
    words: str = "",
    future_is_told: bool = False,
) -> Petition:
    """Enter ``matter`` in the books under the next number and give its petition.

    Sex and birth date are filled in from the identity number; the head count defaults to the
    number of named petitioners. ``relates_to`` is the number of an earlier matter, besides those
    decided of in the matter itself. ``number`` is one that the office gave it on paper before; it
    is kept where it fits the office's pattern. A matter that is taken in from an older ledger may
    stand at a later ``stage`` already; ``words`` say in its history where it came from. A matter
    of a day to come is entered only by a caller who has told so.

    Raises:
        OfficeError: ``relates_to`` is no number of ours, ``number`` does not fit or is taken, or
            the day is to come; nothing is registered then.
    """
    if (sentence := future_day(matter, now.date())) and not future_is_told:
        raise OfficeError(f"{sentence}。")
    earlier = _earlier(session, relates_to)
    entry = Entry(matter, number, stage, words)
    [petition] = register_all(session, [entry], by=by, now=now)
    if earlier is not None:
        linking.note_decision(session, petition, earlier, relation, by=by, now=now)
    return petition


def register_all(
    session: Session, entries: Sequence[Entry], *, by: str, now: datetime
) -> list[Petition]:
    """Enter many matters at once, as ``register`` enters one, and give their petitions in order.

    Raises:
        OfficeError: a number that was given does not fit or is taken; nothing is registered then.
    """
    today = now.date()
    all_stored = [_as_stored(entry.matter, today, copies=not entry.is_own) for entry in entries]
    for entry, stored in zip(entries, all_stored, strict=True):
        petition = stored.petition
        petition.id, petition.state, petition.void_reason = None, PetitionState.REGISTERED, ""
        petition.stage, petition.repeat_of, petition.merged_into = entry.stage, None, None
        petition.registered_at, petition.registered_by = now, by
        _number(session, stored, entry.number)
        for petitioner in stored.petitioners:
            petitioner.id = None
    _enter(session, all_stored)
    petitions = [stored.petition for stored in all_stored]
    for entry, petition in zip(entries, petitions, strict=True):
        words = waiting.settle(session, entry.matter.waiting_row, petition) or entry.words
        _note(session, petition, Action.REGISTER, by, now, words)
        linking.keep_decisions(session, petition, entry.matter, by=by, now=now)
    deadlines.refresh_many(session, [petition.id for petition in petitions])
    return petitions


def future_day(matter: Matter, today: date) -> str:
    """Say that a matter is to be received on a day to come; nothing where it is not."""
    day = matter.petition.received_on
    return _IN_FUTURE.format(day=day) if day and day > today else ""


def amend(session: Session, matter: Matter, *, by: str, now: datetime) -> Petition:
    """Bring the stored matter to what ``matter`` says; the number stays, the history tells.

    Raises:
        OfficeError: the matter was never registered, is void, or was merged into another.
    """
    petition = session.get(Petition, matter.petition.id) if matter.petition.id else None
    if petition is None:
        raise OfficeError(_NOT_REGISTERED)
    _refuse_out_of_use(petition)
    if changed := bring_to(session, petition, matter, now.date()):
        _note(session, petition, Action.AMEND, by, now, "、".join(dict.fromkeys(changed)))
    session.flush()
    return petition


def bring_to(session: Session, petition: Petition, matter: Matter, today: date) -> list[str]:
    """Write into the books what ``matter`` says otherwise, and give the titles of the fields.

    No step is noted: that is for the act which it is a part of.
    """
    stored = _as_stored(matter, today)
    changed = _take_over(petition, stored.petition)
    changed += _amend_petitioners(session, petition, stored.petitioners)
    changed += _keep_besides(session, petition, stored)
    if changed:
        assert petition.id is not None
        petition.gaps = stored.petition.gaps
        word_index.refresh(session, petition, stored.petitioners)
        linking.seal_doublets(session, petition)
        linking.settle(session, petition.id)
        deadlines.refresh(session, petition)
    return changed


def void(session: Session, number: str, *, reason: str, by: str, now: datetime) -> Petition:
    """Void a matter (作废): it stays in the books with its number and the reason.

    Raises:
        OfficeError: no reason, no such number, void already, or merged into another.
    """
    reason = clean_text(reason)[0].strip()
    if not reason:
        raise OfficeError(_NO_REASON)
    petition = find_by_number(session, number)
    if petition is None:
        raise OfficeError(_UNKNOWN)
    _refuse_out_of_use(petition)
    petition.state, petition.void_reason = PetitionState.VOID, reason
    _note(session, petition, Action.VOID, by, now, reason)
    assert petition.id is not None
    linking.settle(session, petition.id)
    deadlines.refresh(session, petition)
    return petition


def _refuse_out_of_use(petition: Petition) -> None:
    if petition.state is PetitionState.VOID:
        raise OfficeError(_VOID)
    if petition.state is PetitionState.MERGED:
        raise OfficeError(_MERGED)


def _earlier(session: Session, number: str | None) -> Petition | None:
    if number is None:
        return None
    earlier = linking.standing_for(session, find_by_number(session, number))
    if earlier is None:
        raise OfficeError(_NO_SUCH_EARLIER)
    return earlier


def _as_stored(matter: Matter, today: date, *, copies: bool = True) -> Matter:
    """Give ``matter`` as it may be stored; a copy, tied to nothing, where it is not our own."""
    clean = cleaned if copies else _cleaned_itself
    petition = clean(matter.petition)
    first, *others = map(clean, matter.petitioners)
    petitioners = [first, *(other for other in others if not is_blank(other))]
    for petitioner in petitioners:
        identity.fill_in(petitioner)
    if petition.headcount is None and not any(person.anonymous for person in petitioners):
        petition.headcount = sum(bool(person.name) for person in petitioners) or None
    stored = Matter(
        matter.office,
        petition,
        petitioners,
        clean(matter.follow_up),
        clean(matter.verification),
        {name: clean_text(text)[0] for name, text in matter.words.items()},
    )
    petition.gaps = sum(p.weight is Weight.MISSING for p in problems(stored, today))
    return stored


def _cleaned_itself(record: RecordT) -> RecordT:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if type(value) is str and (kept := clean_text(value)[0]) != value:
            setattr(record, name, kept)
    return record


def is_blank(petitioner: Petitioner) -> bool:
    """Tell whether nothing at all was said about a petitioner."""
    blank = Petitioner()
    return all(
        getattr(petitioner, name) == getattr(blank, name)
        for name in Petitioner.model_fields
        if name not in ("id", "document_type")
    )


def _number(session: Session, stored: Matter, given: str) -> None:
    """Give a matter its number: the next one, or the one that the office gave it before."""
    petition = stored.petition
    if given:
        ours = take_number(session, stored.office, petition.channel, given)
        petition.series, petition.year, petition.serial, petition.number = ours
        return
    assert petition.registered_at is not None
    petition.year = (petition.received_on or petition.registered_at.date()).year
    petition.series, petition.serial, petition.number = next_number(
        session, stored.office, petition.channel, petition.year
    )


def _enter(session: Session, all_stored: Sequence[Matter]) -> None:
    """Write matters that are new, the rows of one kind together."""
    for stored in all_stored:
        session.add(stored.petition)
        session.add_all(stored.petitioners)
    session.flush()
    for stored in all_stored:
        assert stored.petition.id is not None
        _seat(session, stored.petition.id, stored.petitioners)
        if _says_more(stored):
            _keep_besides(session, stored.petition, stored)
    session.flush()
    word_index.refresh_all(
        session, [(stored.petition, stored.petitioners) for stored in all_stored]
    )


def _says_more(stored: Matter) -> bool:
    """Tell whether rounds or words of papers are to be kept of a matter that is new."""
    rounds_said = any(
        getattr(given, name) != getattr(blank, name)
        for given, blank in zip((stored.follow_up, stored.verification), _BLANK_ROUNDS, strict=True)
        for name in type(blank).model_fields
        if name != "petition_id"
    )
    return rounds_said or bool(stored.words)


def _seat(session: Session, petition_id: int, petitioners: list[Petitioner]) -> None:
    for position, petitioner in enumerate(petitioners, start=1):
        assert petitioner.id is not None
        session.add(
            Participation(petition_id=petition_id, position=position, petitioner_id=petitioner.id)
        )


def _take_over(petition: Petition, given: Petition) -> list[str]:
    """Write what differs and give the titles of the fields that did."""
    changed = []
    for name, field in Petition.model_fields.items():
        if name not in NEVER_AMENDED and getattr(petition, name) != getattr(given, name):
            setattr(petition, name, getattr(given, name))
            changed.append(field.title or name)
    return changed


def _amend_petitioners(session: Session, petition: Petition, given: list[Petitioner]) -> list[str]:
    assert petition.id is not None
    present = petitioners_of(session, petition.id)
    known = {person.id: person for person in present}
    changed: list[str] = []
    seated: list[Petitioner] = []
    for person in given:
        stored = known.pop(person.id, None)
        if stored is None:
            person.id = None
            session.add(person)
        changed += _petitioner_changes(stored, person)
        seated.append(stored or person)
    if [person.id for person in present] != [person.id for person in seated]:
        changed += ["信访人"]
        _reseat(session, petition.id, seated, list(known.values()))
    return changed


def _petitioner_changes(stored: Petitioner | None, given: Petitioner) -> list[str]:
    changed = []
    for name, field in Petitioner.model_fields.items():
        if stored and name != "id" and getattr(stored, name) != getattr(given, name):
            setattr(stored, name, getattr(given, name))
            changed.append(field.title or name)
    return changed


def _reseat(
    session: Session, petition_id: int, seated: list[Petitioner], gone: list[Petitioner]
) -> None:
    seats = select(Participation).where(Participation.petition_id == petition_id)
    for seat in session.exec(seats.order_by(col(Participation.position))):
        session.delete(seat)
    session.flush()
    for person in gone:
        session.delete(person)
    session.flush()
    _seat(session, petition_id, seated)


def _keep_besides(session: Session, petition: Petition, given: Matter) -> list[str]:
    """Keep follow-up, verification and the words of papers; give what changed."""
    assert petition.id is not None
    return [
        *rounds.keep_round(session, given.follow_up, petition.id),
        *rounds.keep_round(session, given.verification, petition.id),
        *rounds.keep_words(session, given.words, petition.id),
    ]


def _note(
    session: Session,
    petition: Petition,
    action: Action,
    by: str,
    now: datetime,
    words: str = "",
) -> None:
    note_step(session, petition.id, action, by=by, now=now, words=words)
