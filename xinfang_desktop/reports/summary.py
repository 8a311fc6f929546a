"""The summary (信访工作月报、季报、年度报告、周报): gathered once, and said once for every format.

What the window shows, what is printed and what the workbook holds are the numbers and words of one
``Summary``; nothing is counted or worded anywhere else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlmodel import Session, select

from xinfang_desktop.casework.agenda import AgendaLine, agenda
from xinfang_desktop.casework.counting import Scope
from xinfang_desktop.casework.dimensions import BODY
from xinfang_desktop.casework.matters import office_profile
from xinfang_desktop.models import SummaryWords
from xinfang_desktop.models.period import Period
from xinfang_desktop.models.report import Report

from .figures import Figure, GroupFigures, Value, figures, figures_by, values
from .measures import MEASURES
from .outline import (
    AGENDA,
    OUTLINES,
    BodyTable,
    GroupChart,
    GroupTable,
    Item,
    MatterTable,
    MonthsChart,
    Outline,
)

MOST_MONTHS = 12
LEAST_MONTHS = 6
"""How many months a chart of months shows."""


@dataclass(frozen=True)
class Summary:
    """The figures of a period with all that is told beside them."""

    scope: Scope
    outline: Outline
    figures: Mapping[str, Figure]
    groups: Mapping[str, Sequence[GroupFigures]]
    bodies: Sequence[GroupFigures]
    months: Sequence[tuple[Period, Mapping[str, Value]]]
    agenda: Mapping[str, Sequence[tuple[int, AgendaLine]]]
    words: Mapping[str, str]
    compared: Period

    @property
    def period(self) -> Period:
        """The period."""
        return self.scope.period

    @cached_property
    def report(self) -> Report:
        """What it says."""
        from .saying import say

        return say(self)


def summarise(
    session: Session, period: Period, *, today: date, compared: Period | None = None
) -> Summary:
    """Sum the period up as things stand on ``today``, beside ``compared`` (the period before)."""
    scope = Scope(period, today, office_profile(session))
    outline = OUTLINES[period.kind]
    items = [item for part in outline.parts for item in part.items]
    return Summary(
        scope=scope,
        outline=outline,
        figures=figures(session, scope, compared=compared),
        groups=_groups(session, scope, items, compared),
        bodies=_bodies(session, scope, items),
        months=_months(session, scope, items),
        agenda={
            item.name: agenda(session, scope, AGENDA[item.name])
            for item in items
            if isinstance(item, MatterTable)
        },
        words=prose_of(session, period),
        compared=compared or period.previous,
    )


def prose_of(session: Session, period: Period) -> dict[str, str]:
    """Give what the office wrote into the summary of a period, by the part's name."""
    written = session.exec(select(SummaryWords).where(SummaryWords.period == period.code))
    return {one.name: one.text for one in written}


def keep_words(session: Session, period: Period, name: str, text: str) -> None:
    """Keep what the office wrote; words equal to the usual ones are not kept."""
    usual = {one.name: one.usual for one in OUTLINES[period.kind].written}
    kept = session.get(SummaryWords, (period.code, name))
    wanted = text.strip("\n")
    if wanted.strip() and wanted != usual.get(name):
        kept = kept or SummaryWords(period=period.code, name=name, text="")
        kept.text = wanted
        session.add(kept)
    elif kept is not None:
        session.delete(kept)


# gathering


def _groups(
    session: Session, scope: Scope, items: Iterable[Item], compared: Period | None
) -> dict[str, Sequence[GroupFigures]]:
    wanted = {
        item.dimension: item.key for item in items if isinstance(item, GroupTable | GroupChart)
    }
    return {
        dimension.key: figures_by(session, scope, dimension, [MEASURES[key]], compared=compared)
        for dimension, key in wanted.items()
    }


def _bodies(session: Session, scope: Scope, items: Iterable[Item]) -> Sequence[GroupFigures]:
    keys = [key for item in items if isinstance(item, BodyTable) for key in item.heads]
    return body_figures(session, scope, keys) if keys else ()


def body_figures(session: Session, scope: Scope, keys: Iterable[str]) -> list[GroupFigures]:
    """Give how each responsible body handled its matters in the period."""
    found = figures_by(session, scope, BODY, [MEASURES[key] for key in keys], alone=True)
    return [
        group
        for group in found
        if any(not figure.value.is_nothing for figure in group.figures.values())
    ]


def _months(
    session: Session, scope: Scope, items: Iterable[Item]
) -> list[tuple[Period, Mapping[str, Value]]]:
    keys = {key for item in items if isinstance(item, MonthsChart) for key in item.keys}
    if not keys:
        return []
    measures = [MEASURES[key] for key in keys]
    months = [month for month in scope.period.months if month.first <= scope.today]
    months = (months or [scope.period.months[0]])[-MOST_MONTHS:]
    while len(months) < LEAST_MONTHS:
        months.insert(0, months[0].previous)
    return [(month, values(session, scope.over(month), measures)) for month in months]
