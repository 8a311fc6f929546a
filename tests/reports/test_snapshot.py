"""Frozen summaries: what was handed in stays, what changed since is told with its matters."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, CLEARED, OFFICE, accusation, petitioner, visit
from xinfang_desktop.casework.matters import load_matter, save_office_profile
from xinfang_desktop.casework.registration import amend, register, void
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Noted, Role, Viewer
from xinfang_desktop.models.period import read_period
from xinfang_desktop.reports.adding_up import (
    OWN_CATEGORY,
    FiguresFile,
    add_up,
    figures_file,
    read_figures,
)
from xinfang_desktop.reports.figures import Value
from xinfang_desktop.reports.measures import MEASURES, Unit
from xinfang_desktop.reports.snapshot import Change, Frozen, changes, freeze, frozen, versions
from xinfang_desktop.reports.summary import keep_words
from xinfang_desktop.store.database import Store

OCTOBER = read_period("2026-10")
HANDED_IN = datetime(2026, 11, 2, 9)


@pytest.fixture
def month(store: Store) -> Store:
    """Give an office with three matters of October, one of them sealed."""
    matters = (
        visit(petitioner(), headcount=6, category="我编的类/某某家的事"),
        visit(petitioner(name="龚㛃"), headcount=1, category="民政/社会救助"),
        accusation(received_on=date(2026, 10, 9)),
    )

    def enter(session: Session) -> None:
        for matter in matters:
            register(session, matter, by=ACCOUNT, now=datetime(2026, 10, 20, 9))

    store.do(enter)
    return store


def hand_in(store: Store, reason: str = "", now: datetime = HANDED_IN) -> Frozen:
    return store.do(lambda s: freeze(s, OCTOBER, viewer=CLEARED, now=now, reason=reason))[0]


def edit(store: Store, number: str, **values: Any) -> None:  # noqa: ANN401
    def work(session: Session) -> None:
        matter = load_matter(session, number, viewer=CLEARED)
        for name, value in values.items():
            setattr(matter.petition, name, value)
        amend(session, matter, by=ACCOUNT, now=HANDED_IN)

    store.do(work)


def changed(store: Store, kept: Frozen) -> dict[str, Change]:
    found = store.read(lambda s: changes(s, kept, today=HANDED_IN.date()))
    return {change.name: change for change in found}


def test_what_was_handed_in_tells_who_when_and_of_what(month: Store) -> None:
    kept = hand_in(month)
    [record] = month.read(lambda s: versions(s, OCTOBER))
    assert (record.version, record.frozen_by, record.frozen_at) == (1, CLEARED.name, HANDED_IN)
    assert kept.values["received"] == Value(3)
    assert kept.values["repeat_rate"] == Value(0, 3)
    assert record.digest[:16] in kept.report.remarks[-1]
    read = month.read(lambda s: frozen(s, record.id or 0))
    assert read.report == kept.report
    entries = month.read(
        lambda s: (
            s.connection()
            .exec_driver_sql("SELECT act, detail FROM audit_entry ORDER BY id DESC LIMIT 1")
            .fetchall()
        )
    )
    assert entries == [(Noted.FREEZE.value, "2026-10 第1版")]


def test_counting_again_tells_which_matters_changed_it(month: Store) -> None:
    kept = hand_in(month)
    assert changed(month, kept) == {}
    month.do(lambda s: register(s, visit(), by=ACCOUNT, now=HANDED_IN))
    month.do(lambda s: void(s, "镜访〔2026〕2号", reason="重复", by=ACCOUNT, now=HANDED_IN))
    edit(month, "镜访〔2026〕1号", attending=2, category="民政/优抚")
    told = changed(month, kept)
    assert (told["信访总量"].came, told["信访总量"].went) == (
        ("镜访〔2026〕4号",),
        ("镜访〔2026〕2号",),
    )
    assert (told["信访总量"].was, told["信访总量"].now) == (Value(3), Value(3))
    assert told["来访人次"].altered == ("镜访〔2026〕1号",)
    assert told["内容分类：民政"].came == ("镜访〔2026〕1号",)
    assert "内容分类：纪检监察" not in told


def test_a_correction_is_a_new_version_with_its_reason_and_the_old_one_stays(month: Store) -> None:
    first = hand_in(month)
    with pytest.raises(OfficeError, match="没有变化"):
        hand_in(month)
    edit(month, "镜访〔2026〕1号", headcount=7)
    with pytest.raises(OfficeError, match="更正原因"):
        hand_in(month)
    second = hand_in(month, "人数更正", HANDED_IN + timedelta(days=1))
    assert [one.version for one in month.read(lambda s: versions(s, OCTOBER))] == [2, 1]
    assert "更正原因：人数更正" in second.seal
    kept = month.read(lambda s: frozen(s, first.record.id or 0))
    assert kept.values["petitioners"] == Value(6 + 1 + 3)
    assert second.values["petitioners"] == Value(7 + 1 + 3)


def test_words_changed_are_worth_a_correction(month: Store) -> None:
    hand_in(month)
    month.do(lambda s: keep_words(s, OCTOBER, "analysis", "本月来访集中在水利。"))
    again = hand_in(month, "补写分析")
    assert "本月来访集中在水利。" in again.report.text


def test_a_frozen_summary_that_was_altered_is_not_opened(month: Store) -> None:
    record = hand_in(month).record
    altered = record.model_copy(update={"content": record.content.replace(":3", ":4")})
    with pytest.raises(OfficeError, match="校验值不符"):
        month.read(lambda s: changes_of(s, altered))


def changes_of(session: Session, record: Any) -> Frozen:  # noqa: ANN401
    from xinfang_desktop.reports import snapshot

    return snapshot._proven(record)


def test_nobody_freezes_what_has_not_begun_or_may_not_be_changed(month: Store) -> None:
    leader = Viewer(name="钱领导", cleared=True, role=Role.LEADER)
    with pytest.raises(OfficeError, match="没有“登记和办理”的权限"):
        month.do(lambda s: freeze(s, OCTOBER, viewer=leader, now=HANDED_IN))
    with pytest.raises(OfficeError, match="还没有开始"):
        month.do(lambda s: freeze(s, read_period("2027"), viewer=CLEARED, now=HANDED_IN))
    with pytest.raises(OfficeError, match="没有找到"):
        month.read(lambda s: frozen(s, 7))


# several offices


def file_of(store: Store, **changes: object) -> FiguresFile:
    told = read_figures(figures_file(hand_in(store)), name="甲镇.json")
    return signed(told, **changes) if changes else told


def signed(told: FiguresFile, **changes: object) -> FiguresFile:
    made = told.model_copy(update=changes)
    return made.model_copy(update={"digest": made.fingerprint})


def test_a_figures_file_tells_counts_and_nothing_else(month: Store) -> None:
    told = figures_file(hand_in(month)).decode()
    for word in ("镜访", "铍", "龚", ACCOUNT, "某某家", "我编的类", "水渠", "灵芝", "纪检监察"):
        assert word not in told, word
    read = read_figures(told.encode(), name="甲镇.json")
    assert read.groups["category"] == {OWN_CATEGORY: 1, "民政": 1, "检举控告（保密）": 1}


def test_offices_are_added_part_by_part(month: Store) -> None:
    one = file_of(month)
    figures = tuple(
        figure.model_copy(update={"numerator": 3, "denominator": 4})
        if figure.key == "repeat_rate"
        else figure
        for figure in one.figures
    )
    other = signed(one, office="乙镇", figures=figures)
    added = add_up([one, other], ["乙镇", OFFICE.name, "丙镇"])
    assert added.values["repeat_rate"] == Value(3, 7)
    assert added.values["received"] == Value(6)
    assert added.groups["category"]["民政"] == 2
    assert [*added.given] == ["乙镇", OFFICE.name]
    assert added.missing == ("丙镇",)


def test_offices_that_are_doubled_or_unexpected_are_named(month: Store) -> None:
    one = file_of(month)
    later = signed(one, version=2)
    added = add_up([later, one, signed(one, office="丁镇")], [OFFICE.name])
    assert added.doubled == (f"{OFFICE.name}（2份，取第2版）",)
    assert added.unexpected == ("丁镇",)
    assert added.given[OFFICE.name].version == 2
    assert added.values["received"] == Value(6)


def test_figures_of_another_definition_are_not_added(month: Store) -> None:
    one = file_of(month)
    month.do(lambda s: save_office_profile(s, OFFICE.model_copy(update={"group_threshold": 8})))
    month.do(lambda s: register(s, visit(), by=ACCOUNT, now=HANDED_IN))
    other = signed(
        read_figures(figures_file(hand_in(month, "人数标准改为8人")), name="乙"), office="乙镇"
    )
    added = add_up([one, other])
    assert {measure.key for measure in added.differing} == {"group_visits", "group_visitors"}
    assert "group_visits" not in added.values
    assert added.values["visits"] == Value(3 + 4)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda text: text.replace('"numerator": 3', '"numerator": 4', 1), "校验值不符"),
        (lambda text: text[:-20], "不是单位上报的统计数据文件"),
        (lambda text: text.replace("xinfang-figures/1", "other"), "不是单位上报的统计数据文件"),
        (lambda text: text.replace('"period": "2026-10"', '"period": "十月"'), "不是单位上报"),
        (lambda text: text.replace('"numerator": 3', '"numerator": -3', 1), "不是单位上报"),
        (lambda _: "[]", "不是单位上报的统计数据文件"),
    ],
)
def test_a_file_that_was_altered_or_is_none_is_refused(
    month: Store, spoil: Callable[[str], str], sentence: str
) -> None:
    told = figures_file(hand_in(month)).decode()
    with pytest.raises(OfficeError, match=sentence):
        read_figures(spoil(told).encode(), name="甲镇.json")


def test_files_of_different_periods_are_not_added(month: Store) -> None:
    one = file_of(month)
    with pytest.raises(OfficeError, match="“乙镇”报的是2026年9月"):
        add_up([one, signed(one, office="乙镇", period="2026-09")])
    with pytest.raises(OfficeError, match="没有可以汇总的文件"):
        add_up([])


def test_every_rate_of_a_sum_has_its_parts(month: Store) -> None:
    added = add_up([file_of(month)])
    for key, value in added.values.items():
        assert (value.denominator is None) == (not MEASURES[key].is_ratio)
    rates = [key for key in added.values if MEASURES[key].unit is Unit.PER_CENT]
    assert len(rates) > 10
    assert added.period == OCTOBER
