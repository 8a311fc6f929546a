"""What a summary says: sentences that leave out nought, changes on a base, words that are kept."""

import re
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from random import Random

import pytest
from sqlmodel import Session

from tests.helpers.invented_books import empty_database, invented_books
from tests.helpers.office import ACCOUNT, OFFICE, petitioner, visit
from xinfang_desktop.casework.agenda import AgendaLine
from xinfang_desktop.casework.counting import Scope
from xinfang_desktop.casework.dimensions import BODY
from xinfang_desktop.casework.registration import register
from xinfang_desktop.forms.compose_report import compose_report
from xinfang_desktop.models.period import Period, read_period
from xinfang_desktop.models.report import Chart, Paragraph, Report, Table
from xinfang_desktop.reports.figures import Figure, Value, figures, figures_by
from xinfang_desktop.reports.measures import MEASURES, Measure
from xinfang_desktop.reports.outline import AGENDA, OUTLINES, BodyTable, Outline, Sentence
from xinfang_desktop.reports.summary import Summary, keep_words, prose_of, summarise
from xinfang_desktop.reports.words import change, changed, told, with_parts
from xinfang_desktop.store.database import Store

OCTOBER = read_period("2026-10")
TODAY = date(2026, 11, 2)
MOST_PAGES = 10
COUNT, RATE, DAYS = (MEASURES[key] for key in ("received", "notice_rate", "days_in_all"))


@pytest.mark.parametrize(
    ("measure", "now", "then", "shown", "in_table", "in_words"),
    [
        (COUNT, Value(22), Value(19), "22件次", "+15.8%", "比上月增加3件次（+15.8%）"),
        (COUNT, Value(3), Value(0), "3件次", "—", "比上月增加3件次（上月为0）"),
        (COUNT, Value(5), Value(5), "5件次", "0%", "与上月持平"),
        (COUNT, Value(1), Value(4), "1件次", "−75.0%", "比上月减少3件次（−75.0%）"),
        (RATE, Value(19, 21), Value(1, 2), "90.5%（19/21）", "+40.5点", "比上月提高40.5个百分点"),
        (RATE, Value(1, 3), Value(0, 0), "33.3%（1/3）", "—", "上月—（0/0）"),
        (RATE, Value(0, 0), Value(1, 2), "—（0/0）", "—", "上月50.0%（1/2）"),
        (DAYS, Value(25, 2), Value(40, 4), "12.5天（25/2）", "+2.5天", "比上月增加2.5天"),
        (RATE, Value(1, 8), Value(1, 8), "12.5%（1/8）", "0点", "与上月持平"),
    ],
)
def test_figures_read_with_their_parts_and_changes_with_their_base(
    measure: Measure, now: Value, then: Value, shown: str, in_table: str, in_words: str
) -> None:
    figure = Figure(measure, now, then, then, OCTOBER, OCTOBER.previous)
    assert with_parts(measure, now) == shown
    assert change(measure, now, then) == in_table
    assert changed(figure, then, "上月") == in_words


def test_halves_are_rounded_up() -> None:
    assert told(RATE, Value(1, 2000)) == "0.1%"
    assert told(RATE, Value(3, 2000)) == "0.2%"


@pytest.mark.parametrize("outline", OUTLINES.values(), ids=lambda one: one.key)
def test_an_outline_names_figures_that_there_are(outline: Outline) -> None:
    for item in (item for part in outline.parts for item in part.items):
        if isinstance(item, Sentence):
            for clause in item.clauses:
                for key in re.findall(r"\{(\w+)", clause):
                    assert key == "name" or key in MEASURES, key
        keys = item.heads if isinstance(item, BodyTable) else getattr(item, "keys", ())
        assert set(keys) <= set(MEASURES)


def month(store: Store, period: Period = OCTOBER) -> Summary:
    return store.read(lambda session: summarise(session, period, today=TODAY))


def text_of(report: Report) -> str:
    return "\n".join(
        block.text
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    )


def enter(store: Store, **changes: object) -> None:
    matter = visit(petitioner(), **changes)
    store.do(lambda s: register(s, matter, by=ACCOUNT, now=datetime(2026, 10, 20, 9)))


def test_what_is_nought_is_not_told(store: Store) -> None:
    enter(store)
    said = text_of(month(store).report)
    assert "本月共收到信访事项1件次" in said
    for words in ("来信", "重大紧急", "督办", "复查", "0批次"):
        assert words not in said


def test_nothing_received_is_a_zero_report(store: Store) -> None:
    said = text_of(month(store, read_period("2026-W40")).report)
    assert said.startswith("本周没有新收到信访事项（零报告）。")


def test_a_year_is_not_compared_twice_with_the_year_before(store: Store) -> None:
    enter(store)
    report = month(store, read_period("2026")).report
    blocks = [block for part in report.sections for block in part.blocks]
    heads = [block.head for block in blocks if isinstance(block, Table)]
    assert ("指标", "本年", "上年", "增减") in heads
    assert "上年同期" not in text_of(report)


def keep(period: Period, text: str, session: Session) -> None:
    keep_words(session, period, "proposals", text)


def test_usual_words_are_not_kept_and_written_ones_are_gone_when_taken_away(store: Store) -> None:
    year = read_period("2026")
    [usual] = [one.usual for one in OUTLINES[year.kind].written if one.name == "proposals"]
    for text, kept in ((usual, {}), ("建议1件。", {"proposals": "建议1件。"}), (" \n", {})):
        store.do(partial(keep, year, text))
        assert store.read(lambda session: prose_of(session, year)) == kept
    assert usual in month(store, year).report.text


def test_words_belong_to_their_period(store: Store) -> None:
    store.do(lambda s: keep_words(s, OCTOBER, "analysis", "来访多为水利。\n已安排清淤。"))
    assert "来访多为水利。" in month(store).report.text
    assert "来访多为水利。" not in month(store, OCTOBER.previous).report.text


def test_what_is_counted_on_a_chart_is_what_stands_in_the_table(store: Store) -> None:
    enter(store)
    enter(store, location="灵芝街道", category="民政/优抚")
    report = month(store).report
    charts = [b for part in report.sections for b in part.blocks if isinstance(b, Chart)]
    by_title = {chart.title: {bar.label: bar.values[0] for bar in chart.bars} for chart in charts}
    assert by_title["内容分类（件次）"] == {"农村农业": 1, "民政": 1}
    assert by_title["近几个月来件和办结（件）"]["10月"] == 2


@pytest.mark.parametrize("code", ["2026-10", "2026-Q4", "2026", "2026-W40"])
def test_a_busy_office_fits_on_ten_pages(code: str) -> None:
    connection = empty_database()
    books = invented_books(Random(3), 600)
    for matter in books.matters:
        assert matter.id is not None
        matter.location = f"第{matter.id % 40}村"
        matter.responsible_body = f"第{matter.id % 18}科"
    books.put_into(connection)
    scope = Scope(read_period(code), TODAY, OFFICE)
    outline = OUTLINES[scope.period.kind]
    found = figures(connection, scope)
    received = [MEASURES["received"]]
    items = [item for part in outline.parts for item in part.items]
    groups = {
        item.dimension.key: figures_by(connection, scope, item.dimension, received)
        for item in items
        if hasattr(item, "dimension")
    }
    bodies = [
        part
        for item in items
        if isinstance(item, BodyTable)
        for part in figures_by(connection, scope, BODY, [MEASURES[key] for key in item.heads])
    ]
    made = Summary(
        scope,
        outline,
        found,
        groups,
        bodies,
        [],
        dict.fromkeys(AGENDA, ()),
        {},
        scope.period.previous,
    )
    connection.close()
    assert len(compose_report(drop_months(made)).pages) <= MOST_PAGES


def drop_months(summary: Summary) -> Report:
    month = summary.period.months[0]
    nothing = dict.fromkeys(("received", "concluded"), Value(0))
    return replace(summary, months=[(month, nothing)]).report


def test_numbers_and_days_never_break_on_the_agenda_of_the_week() -> None:
    line = AgendaLine(
        "2211〔2026〕1234号", date(2026, 10, 28), "水渠失修。" * 12, "综合行政执法队", TODAY
    )
    week = Scope(read_period("2026-W44"), TODAY, OFFICE)
    connection = empty_database()
    made = Summary(
        scope=week,
        outline=OUTLINES[week.period.kind],
        figures=figures(connection, week),
        groups={},
        bodies=[],
        months=[],
        agenda=dict.fromkeys(AGENDA, [(1, line)]),
        words={},
        compared=week.period.previous,
    )
    connection.close()
    lines = [one.text for page in compose_report(made.report).pages for one in page.text_lines]
    for whole in (line.number, "2026-10-28", TODAY.isoformat()):
        assert lines.count(whole) >= len(AGENDA), whole


def test_time_is_an_argument(store: Store) -> None:
    enter(store)

    def at(day: date) -> int:
        def work(session: Session) -> int:
            rate = summarise(session, OCTOBER, today=day).figures["notice_rate"].value
            return rate.denominator or 0

        return store.read(work)

    assert at(date(2026, 10, 23)) == 0
    assert at(date(2026, 11, 2)) == 1
