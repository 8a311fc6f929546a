"""Frozen summaries (封存、上报): the figures as they were handed in, and what changed since.

What is frozen is JSON with its SHA-256: every figure by its parts, which matters each part counted,
and the report as it read. Nothing of it is ever changed; a correction is another version with its
reason. Counting again tells figure by figure which matters came, went, or count otherwise.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from xinfang_desktop.casework.audit import note, require
from xinfang_desktop.casework.counted import RECEIVED
from xinfang_desktop.casework.counting import Dimension, Matters, Scope, members, members_by
from xinfang_desktop.casework.dimensions import (
    CATEGORY,
    CHANNEL,
    KIND,
    ROUTE,
    SOURCE,
    SUBCATEGORY,
    in_order,
    label,
)
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.casework.search import rows
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import FrozenSummary, Noted, Right, Viewer
from xinfang_desktop.models.period import Period, read_period
from xinfang_desktop.models.report import Report

from .figures import Value
from .measures import MEASURES, Measure
from .summary import Summary, summarise

FORMAT = "xinfang-summary/1"
TOLD: tuple[Dimension, ...] = (CHANNEL, SOURCE, KIND, ROUTE, CATEGORY, SUBCATEGORY)
"""The groups that may be told to another office: those of code lists that every office has."""

_NOT_BEGUN = "{title}还没有开始，没有封存；请换一个统计期。"
_UNCHANGED = "{title}第{version}版封存以来没有变化，没有再封存。"
_NO_REASON = "{title}已经封存过，再封存要写明更正原因；没有封存。"
_DAMAGED = "{title}第{version}版的内容与封存时的校验值不符，没有打开；请保留数据文件，从备份核对。"
_GONE = "没有找到这份封存的统计，请刷新后再试。"


@dataclass(frozen=True)
class Frozen:
    """A frozen summary that was read and proven by its digest."""

    record: FrozenSummary
    content: Mapping[str, Any]

    @property
    def period(self) -> Period:
        """Its period."""
        return read_period(self.record.period)

    @property
    def values(self) -> dict[str, Value]:
        """Every figure by its key."""
        return {key: Value(*parts) for key, parts in self.content["figures"].items()}

    @cached_property
    def report(self) -> Report:
        """The report as it read, with a line that says when it was frozen."""
        report = _REPORT.validate_python(self.content["report"])
        return replace(report, remarks=(*report.remarks, self.seal))

    @property
    def seal(self) -> str:
        """Say when it was frozen, by whom, and its digest."""
        record = self.record
        reason = f"，更正原因：{record.reason}" if record.reason else ""
        return (
            f"第{record.version}版，{record.frozen_at:%Y-%m-%d %H:%M}由{record.frozen_by}封存"
            f"{reason}。校验值{record.digest[:16]}。"
        )

    def members(self, measure: Measure) -> list[dict[int, int]]:
        """Give the matters of each part of a figure, each with what it added."""
        return [
            dict(zip(*self.content["sorts"][place], strict=True))
            for place in self.content["parts"].get(measure.key, ())
        ]


@dataclass(frozen=True)
class Change:
    """A figure that is not what was handed in, and the numbers of the matters that did it.

    ``name`` is the figure's, or that of a group of the matters received.
    """

    name: str
    measure: Measure
    was: Value
    now: Value
    came: tuple[str, ...]
    went: tuple[str, ...]
    altered: tuple[str, ...]
    """Matters that count still, with another amount."""

    ids: tuple[int, ...]
    """All of these matters, to be opened."""

    @property
    def reasons(self) -> str:
        """Say which matters did it."""
        told = (("增", self.came), ("减", self.went), ("改", self.altered))
        return "；".join(f"{word}{'、'.join(numbers)}" for word, numbers in told if numbers)


_REPORT = TypeAdapter(Report)


def freeze(
    session: Session, period: Period, *, viewer: Viewer, now: datetime, reason: str = ""
) -> Frozen:
    """Freeze the summary of a period as it stands now.

    Raises:
        OfficeError: the period has not begun, nothing changed since it was frozen last, a
            correction has no reason, or the viewer may not work.
    """
    require(viewer, Right.WORK)
    if now.date() < period.first:
        raise OfficeError(_NOT_BEGUN.format(title=period.title))
    summary = summarise(session, period, today=now.date())
    earlier = versions(session, period)
    if earlier:
        _refuse_needless(session, earlier[0], summary, reason)
    content = _canonical(_content(session, summary))
    record = FrozenSummary(
        period=period.code,
        version=earlier[0].version + 1 if earlier else 1,
        frozen_at=now,
        frozen_by=viewer.name,
        as_of=now.date(),
        reason=reason.strip() if earlier else "",
        content=content,
        digest=_digest(content),
    )
    session.add(record)
    session.flush()
    note(session, Noted.FREEZE, detail=f"{record.period} 第{record.version}版")
    return Frozen(record, json.loads(content))


def versions(session: Session, period: Period) -> list[FrozenSummary]:
    """Give what was frozen of a period, the latest version first."""
    query = select(FrozenSummary).where(FrozenSummary.period == period.code)
    return list(session.exec(query.order_by(col(FrozenSummary.version).desc())))


def frozen(session: Session, frozen_id: int) -> Frozen:
    """Give a frozen summary, proven by its digest.

    Raises:
        OfficeError: it is not there, or is not as it was frozen.
    """
    record = session.get(FrozenSummary, frozen_id)
    if record is None:
        raise OfficeError(_GONE)
    return _proven(record)


def changes(session: Session, kept: Frozen, *, today: date) -> list[Change]:
    """Count again, and give every figure that is not what was handed in."""
    scope = Scope(kept.period, today, office_profile(session))
    counted: dict[Matters, dict[int, int]] = {}
    found = []
    for measure in MEASURES.values():
        then = kept.members(measure)
        for part in measure.parts:
            if part not in counted:
                counted[part] = members(session, scope, part)
        present = [counted[part] for part in measure.parts]
        if then and then != present:
            found.append(_change(session, measure.name, measure, then, present))
    return [*found, *_group_changes(session, scope, kept)]


def _group_changes(session: Session, scope: Scope, kept: Frozen) -> Iterator[Change]:
    received = MEASURES["received"]
    for dimension in TOLD:
        then = kept.content["groups"].get(dimension.key, {})
        present = members_by(session, scope, dimension, RECEIVED)
        for group in in_order(dimension, then.keys() | present.keys()):
            was, now = (dict.fromkeys(found.get(group, ()), 1) for found in (then, present))
            if was != now:
                name = f"{dimension.title}：{label(dimension, group)}"
                yield _change(session, name, received, [was], [now])


def _refuse_needless(
    session: Session, latest: FrozenSummary, summary: Summary, reason: str
) -> None:
    title = summary.period.title
    kept = _proven(latest)
    if not changes(session, kept, today=summary.scope.today) and not _reads_otherwise(
        kept, summary
    ):
        raise OfficeError(_UNCHANGED.format(title=title, version=latest.version))
    if not reason.strip():
        raise OfficeError(_NO_REASON.format(title=title))


def _reads_otherwise(kept: Frozen, summary: Summary) -> bool:
    """Tell whether the words of the office are others."""
    return bool(kept.content["words"] != dict(summary.words))


def _change(
    session: Session,
    name: str,
    measure: Measure,
    then: Sequence[dict[int, int]],
    present: Sequence[dict[int, int]],
) -> Change:
    came = [id for was, now in zip(then, present, strict=True) for id in now.keys() - was.keys()]
    went = [id for was, now in zip(then, present, strict=True) for id in was.keys() - now.keys()]
    altered = [
        id
        for was, now in zip(then, present, strict=True)
        for id in was.keys() & now.keys()
        if was[id] != now[id]
    ]
    return Change(
        name,
        measure,
        Value(*(sum(part.values()) for part in then)),
        Value(*(sum(part.values()) for part in present)),
        came=_numbers(session, came),
        went=_numbers(session, went),
        altered=_numbers(session, altered),
        ids=tuple(sorted({*came, *went, *altered})),
    )


def _numbers(session: Session, ids: Iterable[int]) -> tuple[str, ...]:
    return tuple(row.number for row in rows(session, sorted(set(ids))))


def _content(session: Session, summary: Summary) -> dict[str, Any]:
    """Give all that is kept: figures, the matters behind each, words, and the report."""
    sorts: dict[Matters, int] = {}
    for measure in MEASURES.values():
        for part in measure.parts:
            sorts.setdefault(part, len(sorts))
    found = [members(session, summary.scope, part) for part in sorts]
    return {
        "format": FORMAT,
        "office": summary.scope.office.name,
        "period": summary.period.code,
        "as_of": summary.scope.today.isoformat(),
        "threshold": summary.scope.office.group_threshold,
        "figures": {
            key: [figure.value.numerator, figure.value.denominator]
            for key, figure in summary.figures.items()
        },
        "groups": {
            dimension.key: members_by(session, summary.scope, dimension, RECEIVED)
            for dimension in TOLD
        },
        "sorts": [[[*part], [*part.values()]] for part in found],
        "parts": {
            key: [sorts[part] for part in measure.parts] for key, measure in MEASURES.items()
        },
        "words": dict(summary.words),
        "report": _REPORT.dump_python(summary.report, mode="json"),
    }


def _proven(record: FrozenSummary) -> Frozen:
    if _digest(record.content) != record.digest:
        title = read_period(record.period).title
        raise OfficeError(_DAMAGED.format(title=title, version=record.version))
    return Frozen(record, json.loads(record.content))


def _canonical(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
