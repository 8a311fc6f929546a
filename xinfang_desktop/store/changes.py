"""What a transaction changes, row by row, gathered from what the session writes.

From it come the history of fields, the trail's entry for every step, and what can be undone. Of a
row that is new only its key is kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlmodel import Session, SQLModel

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Account,
    Kind,
    PaperMove,
    Participation,
    Petition,
    Right,
    RowChange,
    Step,
    Viewer,
)

_READS_ONLY = "本账户只能查看，不能登记或修改；没有改动任何内容。需要时请用经办账户。"
_NO_ACCOUNTS = "只有管理账户能新增、修改或停用账户；没有改动任何内容。请用管理账户操作。"

_SEALED = "这一件是检举控告（保密），本账户没有修改的权限；没有改动任何内容。请交有权限的人员办理。"

_Key = tuple[type[SQLModel], tuple[Any, ...]]


@dataclass
class Changes:
    """What was written so far in one transaction.

    Attributes:
        kinds: the kinds of record that changed.
        steps: the new steps of matters, in their order.
        moves: the new stays of issued papers, in their order.
    """

    viewer: Viewer
    kinds: set[type] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    moves: list[PaperMove] = field(default_factory=list)
    _rows: dict[_Key, tuple[dict[str, Any] | None, dict[str, Any] | None]] = field(
        default_factory=dict
    )
    _new: list[SQLModel] = field(default_factory=list)

    def watch(self, session: Session) -> None:
        """Gather from now on what ``session`` writes; refuse what the viewer may not write."""
        event.listen(session, "before_flush", lambda *_: self._before(session))
        event.listen(session, "after_flush", lambda *_: self._after(session))

    def rows(self) -> Iterator[RowChange]:
        """Give every row that is not as it was, in the order of its first change."""
        for (kind, key), (before, after) in self._rows.items():
            if before != after:
                yield RowChange(kind, key, before, after)

    def _before(self, session: Session) -> None:
        changed = [record for record in session.dirty if session.is_modified(record)]
        _allow(self.viewer, (*session.new, *changed, *session.deleted))
        self._new = list(session.new)
        for record in changed:
            before, after = _difference(record)
            self._admit(record, before)
            self._enter(record, before, after)
        for record in session.deleted:
            self._enter(record, _values(record), None)

    def _after(self, session: Session) -> None:
        self.kinds.update(map(type, (*session.new, *session.dirty, *session.deleted)))
        for record in self._new:
            known = (type(record), _key(record)) in self._rows
            whole = known or isinstance(record, Participation)  # a seat tells whose it is
            self._enter(record, None, _values(record) if whole else {})
            if isinstance(record, Step):
                self.steps.append(record)
            elif isinstance(record, PaperMove):
                self.moves.append(record)
        self._new = []

    def _admit(self, record: SQLModel, before: dict[str, Any]) -> None:
        """Refuse to change an accusation on behalf of somebody who may not read it."""
        if self.viewer.cleared or not isinstance(record, Petition):
            return
        if before.get("kind", record.kind) is Kind.ACCUSATION:
            raise OfficeError(_SEALED)

    def _enter(
        self, record: SQLModel, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        key = (type(record), _key(record))
        if key not in self._rows:
            self._rows[key] = (before, after)
            return
        first, last = self._rows[key]
        if first is not None and before is not None and after is not None:
            first = {**before, **first}
            last = {**(last or {}), **after}
        else:
            last = after
        self._rows[key] = (first, last)


def _allow(viewer: Viewer, records: Iterable[SQLModel]) -> None:
    for record in records:
        if isinstance(record, Account):
            if not viewer.may(Right.ACCOUNTS):
                raise OfficeError(_NO_ACCOUNTS)
        elif not viewer.may(Right.WORK):
            raise OfficeError(_READS_ONLY)


def _difference(record: SQLModel) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = {}, {}
    for name in type(record).model_fields:
        history = inspect(record).attrs[name].history
        if history.has_changes():
            after[name] = getattr(record, name)
            before[name] = history.deleted[0] if history.deleted else None
    return before, after


def _values(record: SQLModel) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _key(record: SQLModel) -> tuple[Any, ...]:
    return tuple(inspect(type(record)).primary_key_from_instance(record))
