"""What was here before (查重判重): earlier matters that may be the one being typed.

A matter is proposed because a petitioner of it seems to be the same person, because a superior
gave both one number, or because both claims say the same unusual things, whoever brought them in.
It is a proposal about matters for the clerk to judge, with its reasons, and nothing is kept of it
but what the clerk decides (``linking``). What was decided to be another matter is not proposed
again; of matters that are one, only the likeliest is.

Void and merged matters are never proposed. An accusation is proposed for another accusation only,
to a cleared account, and says no more than where it stands: a link to an open matter would tell
who accuses (articles 30 and 46).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlmodel import Session

from xinfang_desktop.models import Matter, PetitionState, Relation, Stage, Viewer

from . import linking, words
from .identity import plain
from .likeness import Usage, likeness, names_in, telling
from .numbering import squared
from .same_person import Ground, Person, compared
from .sealing import SEALED_CODE, SEALED_TITLE
from .search import CLAIM_START, execute
from .word_index import MATCHING

CONCLUSION_START = 80
"""How many characters of a conclusion a proposal shows."""

_BY_NUMBER, _BY_NAME, _BY_PLACE, _BY_TEXT = 100, 60, 60, 30
"""How many matters, the latest first, each way of looking gives at most."""

_SAMPLE = 300
"""Matters, the latest, from which it is learned what claims usually say."""

_GRAMS, _COMMON, _LEAST_SHARED = 8, 40, 2
_SUPERIOR, _SHARE_OF_WORDS = 60.0, 0.4
_ALIKE = 35.0
"""From which likeness two claims of one person are called alike."""

_OF_TWO_PEOPLE = (85.0, 30.0, 20.0)
"""From which likeness those of two people are: with no name in common (of a place, of a firm), with
one, with more. What befell one village befell another in the same words."""

_LEAST_COMPARED = 12
"""Characters that a claim must have to be looked for by what it says."""

_BATCH = 400


@dataclass(frozen=True)
class Proposal:
    """An earlier matter, why it is proposed, and how strongly (0 to 100).

    ``times`` is how often that matter came in so far; ``relation`` what was decided of it already.
    ``is_weak`` marks what only a name speaks for. Of a sealed matter number, day and reason are
    told, and nothing else.
    """

    number: str
    received_on: date | None
    name: str
    claim_start: str
    reason: str
    score: float
    standing: str = ""
    conclusion_start: str = ""
    times: int = 1
    is_weak: bool = False
    sealed: bool = False
    relation: Relation | None = None


def similar(session: Session, matter: Matter, *, viewer: Viewer, limit: int = 5) -> list[Proposal]:
    """Give the earlier matters most like ``matter``, the likeliest first, weak ones last."""
    if matter.petition.is_sealed and not viewer.cleared:
        return []
    looking = _Looking(session, matter)
    decided = _decided(session, matter)
    best: dict[int, Proposal] = {}
    for earlier in looking.candidates():
        proposal = looking.judged(earlier)
        relation = decided.get(earlier.chain)
        if proposal is None or relation is Relation.UNRELATED:
            continue
        if earlier.chain not in best or _rank(proposal) > _rank(best[earlier.chain]):
            best[earlier.chain] = replace(proposal, relation=relation)
    ranked = sorted(best, key=lambda chain: _rank(best[chain]), reverse=True)[:limit]
    times = _times(session, ranked)
    return [replace(best[chain], times=times.get(chain, 1)) for chain in ranked]


def _rank(proposal: Proposal) -> tuple[bool, float, date]:
    return not proposal.is_weak, proposal.score, proposal.received_on or date.min


class _Earlier(NamedTuple):
    """An earlier matter, as far as it is compared."""

    id: int
    number: str
    received_on: str | None
    claim: str
    stage: str
    conclusion: str
    superior_number: str
    chain: int
    sealed: int
    people: tuple[Person, ...] = ()


_EARLIER = f"""
    SELECT p.id, p.number, p.received_on, {{claim}}, p.stage,
        substr(p.conclusion, 1, {CONCLUSION_START}), p.superior_number,
        ifnull(p.repeat_of, p.id), p.kind IS '{SEALED_CODE}'
    FROM petition AS p
    WHERE p.id IN ({{marks}}) AND p.state = '{PetitionState.REGISTERED.value}'
        AND (p.kind IS '{SEALED_CODE}') = {{sealed:d}}
"""
_PEOPLE = """
    SELECT seat.petition_id, person.name, person.document_number, person.phone,
        trim(person.address || ' ' || person.unit)
    FROM participation AS seat JOIN petitioner AS person ON person.id = seat.petitioner_id
    WHERE seat.petition_id IN ({marks}) ORDER BY seat.petition_id, seat.position
"""
_LATEST_CLAIMS = f"""
    SELECT p.claim FROM petition AS p
    WHERE p.kind IS NOT '{SEALED_CODE}' AND p.id IS NOT ? ORDER BY p.id DESC LIMIT {_SAMPLE}
"""
_SEALED_BY_PERSON = f"""
    SELECT seat.petition_id FROM petitioner AS person
    JOIN participation AS seat ON seat.petitioner_id = person.id
    JOIN petition AS p ON p.id = seat.petition_id AND p.kind = '{SEALED_CODE}'
    WHERE {{column}} IN ({{marks}}) ORDER BY seat.petition_id DESC LIMIT {_BY_NUMBER}
"""


class _Looking:
    """One matter for which earlier ones are looked up and weighed."""

    def __init__(self, session: Session, matter: Matter) -> None:
        self._session, self._petition = session, matter.petition
        self._people = [
            Person(
                person.name,
                person.document_number,
                person.phone,
                " ".join(filter(None, (person.address, person.unit))),
            )
            for person in matter.petitioners
        ]
        self._own = {matter.petition.id}
        if matter.petition.id:
            self._own |= {one.id for one in linking.doublets(session, matter.petition.id)}

    @cached_property
    def _usage(self) -> Usage:
        rows = execute(self._session, _LATEST_CLAIMS, (self._petition.id,))
        return Usage(row[0] for row in rows)

    @cached_property
    def _is_telling(self) -> bool:
        return len("".join(self._petition.claim.split())) >= _LEAST_COMPARED

    @cached_property
    def _names(self) -> frozenset[str]:
        named = names_in(self._petition.claim) if self._is_telling else frozenset()
        return frozenset(name for name in named if not self._usage.is_common(name))

    def candidates(self) -> Iterator[_Earlier]:
        """Give the earlier matters worth comparing."""
        sealed = self._petition.is_sealed
        found = self._sealed_ids() if sealed else self._open_ids()
        ids = sorted(set(found) - self._own)
        for start in range(0, len(ids), _BATCH):
            some = ids[start : start + _BATCH]
            people = self._people_of(some)
            claim = "''" if sealed else "p.claim"
            sql = _EARLIER.format(marks=_marks(some), sealed=sealed, claim=claim)
            for row in execute(self._session, sql, some):
                yield _Earlier(*row)._replace(people=tuple(people.get(row[0], ())))

    def judged(self, earlier: _Earlier) -> Proposal | None:
        """Weigh an earlier matter; None where too little speaks for it."""
        ground, person = self._ground(earlier)
        like = self._likeness(earlier)
        superior = squared(self._petition.superior_number)
        same_superior = bool(superior) and superior == squared(earlier.superior_number)
        if not ground.weight and not same_superior:
            if not self._is_told_by_another(earlier, like):
                return None
            reason = "诉求相近，信访人不同"
        else:
            reason = "，".join(
                filter(
                    None,
                    (
                        "上级编号相同" if same_superior else "",
                        ground.words,
                        "诉求相近" if like >= _ALIKE else "",
                    ),
                )
            )
        if ground.is_another_by_the_looks and not same_superior and like < _ALIKE:
            return None
        score = ground.weight + _SUPERIOR * same_superior + like * _SHARE_OF_WORDS
        return Proposal(
            number=earlier.number,
            received_on=date.fromisoformat(earlier.received_on) if earlier.received_on else None,
            name="" if earlier.sealed else person.name,
            claim_start=SEALED_TITLE if earlier.sealed else earlier.claim[:CLAIM_START],
            reason=reason,
            score=round(min(score, 100.0), 1),
            standing=Stage.from_code(earlier.stage).label,
            conclusion_start="" if earlier.sealed else earlier.conclusion,
            is_weak=ground.is_name_only and not same_superior and like < _ALIKE,
            sealed=bool(earlier.sealed),
        )

    def _ground(self, earlier: _Earlier) -> tuple[Ground, Person]:
        pairs = [(compared(one, other), other) for one in self._people for other in earlier.people]
        nobody = (Ground(), earlier.people[0] if earlier.people else Person())
        return max(pairs, key=lambda pair: pair[0].weight, default=nobody)

    def _is_told_by_another(self, earlier: _Earlier, like: float) -> bool:
        """Tell whether somebody else came about the same thing."""
        shared = self._names & names_in(earlier.claim)
        return like >= _OF_TWO_PEOPLE[min(len(shared), 2)]

    def _likeness(self, earlier: _Earlier) -> float:
        if not self._is_telling or len(earlier.claim) < _LEAST_COMPARED:
            return 0.0
        return likeness(self._petition.claim, earlier.claim, self._usage)

    # where to look

    def _open_ids(self) -> Iterator[int]:
        numbers = {number for person in self._people for number in _forms(person)}
        numbers |= {self._petition.superior_number} - {""}
        yield from self._matching(map(words.exactly, sorted(numbers)), _BY_NUMBER)
        names = sorted({person.plain_name for person in self._people})
        yield from self._matching(map(words.whole_name, names), _BY_NAME)
        for person in self._people:
            yield from self._matching(_by_place(person), _BY_PLACE)
        if self._is_telling:
            yield from self._by_text()

    def _sealed_ids(self) -> Iterator[int]:
        """Look accusations up in the tables themselves: no index knows them."""
        for column, keys in (
            ("person.document_number", {form for one in self._people for form in _forms(one)}),
            ("person.phone", {one.phone for one in self._people}),
            ("person.name", {one.name for one in self._people}),
        ):
            wanted = sorted(keys - {""})
            sql = _SEALED_BY_PERSON.format(column=column, marks=_marks(wanted))
            yield from (row[0] for row in execute(self._session, sql, wanted))

    def _matching(self, queries: Iterable[str], most: int) -> list[int]:
        query = words.any_of(filter(None, queries))
        sql = f"{MATCHING} ORDER BY rowid DESC LIMIT {most:d}"
        return [row[0] for row in execute(self._session, sql, (query,))] if query else []

    def _by_text(self) -> list[int]:
        """Give the matters that share the most of what is unusual in the claim.

        What stands in very many matters is no sign, however rare it was in the sample.
        """
        votes: Counter[int] = Counter()
        named = dict.fromkeys(self._names, _LEAST_SHARED)
        runs = dict.fromkeys(telling(self._petition.claim, self._usage, _GRAMS), 1)
        for run, vote in (runs | named).items():
            found = self._matching([words.inside("claim", words.text(run))], _COMMON)
            if len(found) < _COMMON:
                votes.update(dict.fromkeys(found, vote))
        return [id for id, shared in votes.most_common(_BY_TEXT) if shared >= _LEAST_SHARED]

    def _people_of(self, ids: Sequence[int]) -> dict[int, list[Person]]:
        people: dict[int, list[Person]] = {}
        for id, *told in execute(self._session, _PEOPLE.format(marks=_marks(ids)), ids):
            people.setdefault(id, []).append(Person(*told))
        return people


def _forms(person: Person) -> set[str]:
    """Give every way in which a person's numbers may have been written down."""
    forms = {person.document, plain(person.document), person.key, *person.phones}
    key = person.key
    if len(key) == 18 and key[6:8] == "19":
        forms.add(key[:6] + key[8:17])
    forms |= {plain(part) for part in person.phone.replace("、", " ").split()}
    forms |= {f"86{phone}" for phone in person.phones if len(phone) == 11}
    return {form for form in forms if len(form) > 4}


def _by_place(person: Person) -> Iterator[str]:
    """Ask for the same house, and for the same village under the same surname."""
    yield words.inside("address", words.text(person.household))
    village = words.inside("address", words.text(person.village))
    surname = words.name(person.plain_name[:1])
    if village and surname:
        yield words.all_of((village, surname))


_LINKED = """
    SELECT ifnull(p.repeat_of, p.id), link.relation FROM petition_link AS link
    JOIN petition AS p ON p.id = iif(link.petition_id = ?1, link.earlier_id, link.petition_id)
    WHERE link.petition_id = ?1 OR link.earlier_id = ?1
"""
_CHAINS = "SELECT number, ifnull(repeat_of, id) FROM petition WHERE number IN ({marks})"
_TIMES = f"""
    SELECT ifnull(repeat_of, id), count(*) FROM petition
    WHERE (id IN ({{marks}}) OR repeat_of IN ({{marks}}))
        AND state = '{PetitionState.REGISTERED.value}'
    GROUP BY ifnull(repeat_of, id)
"""


def _decided(session: Session, matter: Matter) -> dict[int, Relation]:
    """Give what the clerk decided already, by the matters that are one."""
    decided: dict[int, Relation] = {}
    numbers = sorted(matter.decisions)
    chains = _CHAINS.format(marks=_marks(numbers))
    for number, chain in execute(session, chains, numbers):
        decided[chain] = matter.decisions[number]
    if matter.petition.id is not None:
        for chain, relation in execute(session, _LINKED, (matter.petition.id,)):
            decided[chain] = Relation.from_code(relation)
        own = matter.petition.repeat_of or matter.petition.id
        decided[own] = Relation.SAME_MATTER
    return decided


def _times(session: Session, chains: Sequence[int]) -> dict[int, int]:
    sql = _TIMES.format(marks=_marks(chains))
    return {row[0]: row[1] for row in execute(session, sql, (*chains, *chains))}


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
