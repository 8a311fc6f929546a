"""Counting (统计): how many matters there are of a sort in a period, and which ones.

A sort of matters is data: a ``Basis`` says where they are looked for and which day decides, a
condition what must be so of each. Figure and list come of the same words: the one counts what the
other gives. All sorts of one basis are counted in one pass.

Nothing here tells what a matter says. Sealed matters (检举控告) are counted like others; what they
are about is told of none of them: see ``Dimension``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session

from xinfang_desktop.models import LabelledEnum, OfficeProfile
from xinfang_desktop.models.period import Period

from .facts import COUNTED, group_visits
from .sealing import SEALED_CODE, SEALED_TITLE
from .search import Executing, execute

_PLACEHOLDER = re.compile(r":([a-z]+)\b")
_ORDER = "p.received_on DESC, p.id DESC"


@dataclass(frozen=True)
class Scope:
    """Over what is counted: which days, as things stand on which day, and whose office it is.

    ``reached`` is the last day of the period that has come; ``passed`` the last day that is over:
    a time limit of today has not run out yet.
    """

    period: Period
    today: date
    office: OfficeProfile

    @property
    def reached(self) -> date:
        """The day on which the period ends, or today while it lasts."""
        return min(self.period.last, self.today)

    @property
    def passed(self) -> date:
        """The last day of the period whose time limits have run out."""
        return min(self.period.last, self.today - timedelta(days=1))

    def over(self, period: Period) -> "Scope":
        """Give the same over another period."""
        return replace(self, period=period)


@dataclass(frozen=True)
class Basis:
    """Where matters are looked for, one row for each, and which day puts them into a period.

    ``rows`` is SQL that names the matter ``p``; ``when`` is the condition on the day. Both may
    speak of ``:first`` and ``:last`` (the period), ``:reached`` and ``:passed`` (see ``Scope``).
    ``rule`` says in words which day it is.
    """

    rule: str
    rows: str
    when: str


@dataclass(frozen=True)
class Matters:
    """A sort of matters: those of a basis for which the condition holds.

    ``adds`` is what each of them adds to a sum, as SQL; one where it is empty.
    """

    basis: Basis
    where: str = ""
    adds: str = ""

    def that(self, condition: str) -> "Matters":
        """Give those of them for which this holds too."""
        where = f"{self.where} AND {condition}" if self.where else condition
        return replace(self, where=where)

    def adding(self, amount: str) -> "Matters":
        """Give the same matters, each with an amount that is added up."""
        return replace(self, adds=amount)


@dataclass(frozen=True)
class Dimension:
    """By what matters are told apart (分布): a name and the SQL that gives each its group.

    What is ``about`` the content of a matter is told of no sealed one: those stand together in a
    group of their own (articles 30 and 46).
    """

    key: str
    title: str
    by: str
    choices: type[LabelledEnum] | None = None
    about: bool = True

    @property
    def group(self) -> str:
        """The SQL of the group."""
        if not self.about:
            return self.by
        return f"iif(p.kind IS '{SEALED_CODE}', '{SEALED_TITLE}', {self.by})"


def count(source: Session | Executing, scope: Scope, asked: Sequence[Matters]) -> list[int]:
    """Give how many matters there are of each sort, or what they add up to."""
    counted: dict[Matters, int] = {}
    for basis, some in _by_basis(asked):
        columns = ", ".join(_total(matters, scope) for matters in some)
        sql = f"SELECT {columns} FROM {basis.rows} WHERE {_within(basis)}"
        [row] = _ask(source, scope, sql)
        counted.update(zip(some, row, strict=True))
    return [counted[matters] for matters in asked]


def count_by(
    source: Session | Executing, scope: Scope, dimension: Dimension, asked: Sequence[Matters]
) -> dict[str, list[int]]:
    """Give the same for every group of a dimension, by the group's code; none for empty groups."""
    counted: dict[str, dict[Matters, int]] = {}
    for basis, some in _by_basis(asked):
        columns = ", ".join(_total(matters, scope) for matters in some)
        sql = (
            f"SELECT ifnull({dimension.group}, '') AS grouped, {columns} FROM {basis.rows}"
            f" WHERE {_within(basis)} GROUP BY grouped"
        )
        for group, *row in _ask(source, scope, sql):
            counted.setdefault(group, {}).update(zip(some, row, strict=True))
    rows = {group: [found.get(matters, 0) for matters in asked] for group, found in counted.items()}
    return {group: row for group, row in rows.items() if any(row)}


def members(
    source: Session | Executing,
    scope: Scope,
    matters: Matters,
    *,
    dimension: Dimension | None = None,
    group: str = "",
) -> dict[int, int]:
    """Give the ids of the matters of a sort and what each adds, in the order of the ledger.

    With a dimension, only those of one group of it.
    """
    conditions = [_within(matters.basis), _condition(matters, scope)]
    values = {}
    if dimension is not None:
        conditions.append(f"ifnull({dimension.group}, '') = :group")
        values["group"] = group
    sql = (
        f"SELECT p.id, {matters.adds or 1} FROM {matters.basis.rows}"
        f" WHERE {' AND '.join(f'({one})' for one in conditions)} ORDER BY {_ORDER}"
    )
    return dict(_ask(source, scope, sql, values))


def members_by(
    source: Session | Executing, scope: Scope, dimension: Dimension, matters: Matters
) -> dict[str, list[int]]:
    """Give the ids of the matters of a sort in every group of a dimension, by the group's code."""
    conditions = [_within(matters.basis), _condition(matters, scope)]
    sql = (
        f"SELECT p.id, ifnull({dimension.group}, '') FROM {matters.basis.rows}"
        f" WHERE {' AND '.join(f'({one})' for one in conditions)} ORDER BY {_ORDER}"
    )
    found: dict[str, list[int]] = {}
    for id, group in _ask(source, scope, sql):
        found.setdefault(group, []).append(id)
    return found


def _by_basis(asked: Iterable[Matters]) -> Iterator[tuple[Basis, list[Matters]]]:
    together: dict[Basis, dict[Matters, None]] = {}
    for matters in asked:
        together.setdefault(matters.basis, {})[matters] = None
    return ((basis, [*some]) for basis, some in together.items())


def _total(matters: Matters, scope: Scope) -> str:
    filtered = f"FILTER (WHERE {_condition(matters, scope)})"
    if not matters.adds:
        return f"count(*) {filtered}"
    return f"ifnull(sum({matters.adds}) {filtered}, 0)"


def _within(basis: Basis) -> str:
    return f"{COUNTED} AND {basis.when}"


def _condition(matters: Matters, scope: Scope) -> str:
    where = matters.where or "TRUE"
    return where.replace(GROUP_VISIT, group_visits(scope.office))


GROUP_VISIT = "{group_visit}"
"""Stands in a condition for 集体访, which the office's own threshold decides."""


def _ask(
    source: Session | Executing,
    scope: Scope,
    sql: str,
    values: Mapping[str, str] | None = None,
) -> list[tuple]:  # type: ignore[type-arg]
    """Run a query with the scope's days in place of their names."""
    days = {
        "first": scope.period.first,
        "last": scope.period.last,
        "reached": scope.reached,
        "passed": scope.passed,
    }
    known = {name: day.isoformat() for name, day in days.items()} | dict(values or {})
    parameters = [known[name] for name in _PLACEHOLDER.findall(sql)]
    return list(execute(source, _PLACEHOLDER.sub("?", sql), parameters))
