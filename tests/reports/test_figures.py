"""Figures: each agrees with the slow recount of raw rows, and opens the matters that it counts."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

import pytest

from tests.helpers.invented_books import Books, empty_database, invented_books
from tests.helpers.slow_figures import ENDINGS, FIGURES, Slowly, arrived
from xinfang_desktop.casework.counting import Scope, members
from xinfang_desktop.casework.dimensions import DIMENSIONS, SUBCATEGORY, in_order, label
from xinfang_desktop.casework.limit_rules import PRESETS
from xinfang_desktop.casework.sealing import SEALED_TITLE
from xinfang_desktop.casework.search import Executing
from xinfang_desktop.models import Deadline, Kind, OfficeProfile, Petition, Step
from xinfang_desktop.models.period import Period, read_period
from xinfang_desktop.models.report import Part
from xinfang_desktop.reports.figures import Value, behind, figures, figures_by
from xinfang_desktop.reports.measures import GROUPS, MEASURES, Unit

PERIODS = ("2026-10", "2026-09", "2026-Q4", "2026", "2025-10", "2026-W40", "2026-09-30..2026-10-01")
SOME = 100
"""How many months are recounted each time; thousands in the slow run."""


@pytest.fixture(scope="module")
def connection() -> Iterator[Executing]:
    connection = empty_database()
    yield connection
    connection.close()


def agree(connection: Executing, seed: int) -> Counter[str]:
    """Compare every figure of one invented month and its list with the slow recount."""
    random = Random(seed)
    books = invented_books(random, random.randrange(1, 30))
    period = read_period(random.choice(PERIODS))
    today = random.choice((period.last + timedelta(days=40), period.last, period.first))
    many = random.choice((2, 5))
    scope = Scope(period, today, OfficeProfile(group_threshold=many))
    slowly = Slowly(books, period, today, many)
    books.put_into(connection)
    told: Counter[str] = Counter()
    for key, figure in figures(connection, scope).items():
        above, below = slowly.figure(key)
        value = figure.value
        assert value.numerator == sum(above.values()), key
        assert value.denominator == (None if below is None else sum(below.values())), key
        for part, expected in ((Part.NUMERATOR, above), (Part.DENOMINATOR, below)):
            if expected is not None:
                assert behind(connection, scope, figure.pointer(part)) == expected, key
        told[key] += bool(above)
    return told


def test_every_figure_is_recounted() -> None:
    assert set(FIGURES) == set(MEASURES)


def test_every_figure_agrees_with_the_slow_recount(connection: Executing) -> None:
    told: Counter[str] = sum((agree(connection, seed) for seed in range(SOME)), Counter())
    assert not [key for key in MEASURES if told[key] < SOME // 50]


@pytest.mark.slow
def test_every_figure_agrees_with_the_slow_recount_of_thousands_of_months(
    connection: Executing,
) -> None:
    for seed in range(SOME, 5000):
        agree(connection, seed)


@pytest.mark.parametrize("key", DIMENSIONS)
def test_groups_part_the_matters_without_a_rest(connection: Executing, key: str) -> None:
    dimension, measures = DIMENSIONS[key], [MEASURES[one] for one in ("received", "notice_rate")]
    for seed in range(8):
        invented_books(Random(seed), 40).put_into(connection)
        scope = Scope(read_period("2026"), date(2027, 1, 5), OfficeProfile())
        whole = figures(connection, scope, measures)
        parts = figures_by(connection, scope, dimension, measures)
        for one in measures:
            values = [part.figures[one.key].value for part in parts]
            assert sum(value.numerator for value in values) == whole[one.key].value.numerator
            for part in parts:
                opened = behind(connection, scope, part.pointer(one.key, Part.NUMERATOR))
                assert sum(opened.values()) == part.figures[one.key].value.numerator
        assert [part.group for part in parts] == in_order(dimension, [one.group for one in parts])


@pytest.mark.parametrize("key", [key for key, dimension in DIMENSIONS.items() if dimension.about])
def test_what_a_sealed_matter_is_about_is_told_by_no_group(connection: Executing, key: str) -> None:
    books = invented_books(Random(7), 60)
    for matter in books.matters:
        matter.kind = Kind.ACCUSATION
    books.put_into(connection)
    scope = Scope(read_period("2026"), date(2027, 1, 5), OfficeProfile())
    [group] = figures_by(connection, scope, DIMENSIONS[key], [MEASURES["received"]])
    assert group.label == SEALED_TITLE
    assert group.figures["received"].value.numerator > 10


def test_groups_stand_in_their_own_order_and_not_by_how_many_there_are() -> None:
    places = ["镇东村", "", "安吉村", SEALED_TITLE, "北海村"]
    place = DIMENSIONS["place"]
    assert in_order(place, places) == ["安吉村", "北海村", "镇东村", "", SEALED_TITLE]
    channel = DIMENSIONS["channel"]
    ordered = [label(channel, code) for code in in_order(channel, ["agent", "visit", "letter"])]
    assert ordered == ["来信", "来访", "信访代办"]
    assert in_order(SUBCATEGORY, ["民政/社会救助", "城乡建设/安全生产", "城乡建设"]) == [
        "城乡建设",
        "城乡建设/安全生产",
        "民政/社会救助",
    ]


def test_carried_over_is_what_came_less_what_ended(connection: Executing) -> None:
    """Where no matter ended before it came, the books balance."""
    for seed in range(12):
        books = invented_books(Random(seed), 40)
        for matter in books.matters:
            if matter.concluded_on and matter.concluded_on < arrived(matter):
                matter.concluded_on = arrived(matter)
        for step in books.steps:
            matter = books.matters[step.petition_id - 1]
            step.done_on = max(step.done_on, arrived(matter))
            if step.action in ENDINGS and matter.concluded_on is not None:
                step.taken_back = True
        books.steps = [*_first_endings(books.steps)]
        books.put_into(connection)
        scope = Scope(read_period("2026-10"), date(2026, 12, 1), OfficeProfile())
        keys = ("carried_in", "received", "concluded", "ended_otherwise", "still_open")
        found = figures(connection, scope, [MEASURES[key] for key in keys])
        carried, came, concluded, ended, left = (found[key].value.numerator for key in keys)
        assert carried + came - concluded - ended == left


def _first_endings(steps: list[Step]) -> Iterator[Step]:
    ended: set[int] = set()
    for step in steps:
        if step.action in ENDINGS and step.stage is not None and not step.taken_back:
            if step.petition_id in ended:
                continue
            ended.add(step.petition_id)
        yield step


# the table of measures


def test_every_measure_says_what_it_is() -> None:
    for measure in MEASURES.values():
        assert measure.name and measure.definition and measure.source and measure.rule
        assert not measure.definition.endswith("。")
        assert measure.is_ratio == (measure.unit in (Unit.PER_CENT, Unit.DAYS))
    names = [measure.name for measure in MEASURES.values()]
    assert len(set(names)) == len(names)
    assert len(MEASURES) == sum(len(group.measures) for group in GROUPS)


def test_every_rate_has_its_part_among_the_whole(connection: Executing) -> None:
    for seed in range(8):
        invented_books(Random(seed), 40).put_into(connection)
        scope = Scope(read_period("2026-10"), date(2026, 12, 1), OfficeProfile())
        for measure in MEASURES.values():
            if measure.unit is Unit.PER_CENT:
                part, whole = (members(connection, scope, one) for one in measure.parts)
                assert set(part) <= set(whole), measure.key


def test_every_time_limit_that_a_figure_names_is_a_rule() -> None:
    named = set(re.findall(r"d\.rule IN \(([^)]*)\)", repr(list(MEASURES.values()))))
    keys = {key for some in named for key in re.findall(r"'(\w+)'", some)}
    assert len(keys) > 6
    assert keys <= {rule.key for rule in PRESETS}


def test_the_threshold_of_a_group_is_the_offices_own(connection: Executing) -> None:
    assert "8人以上" in MEASURES["group_visits"].defined(OfficeProfile(group_threshold=8))


def test_a_limit_of_today_is_in_neither_part_yet(connection: Executing) -> None:
    matter = Petition(
        id=1,
        number="1",
        series="1",
        year=2026,
        serial=1,
        received_on=date(2026, 10, 8),
        registered_at=datetime(2026, 10, 8, 9),
    )
    due = date(2026, 10, 23)
    limit = Deadline(
        petition_id=1,
        rule="notice",
        started_on=date(2026, 10, 8),
        nominal_on=due,
        due_on=due,
        alarm_on=due,
        warn_on=due,
    )
    Books(matters=[matter], limits=[limit]).put_into(connection)
    for today, expected in ((due, Value(0, 0)), (due + timedelta(days=1), Value(0, 1))):
        scope = Scope(Period.month(due), today, OfficeProfile())
        rate = figures(connection, scope, [MEASURES["notice_rate"]])["notice_rate"]
        assert rate.value == expected
