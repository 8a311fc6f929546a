"""What stands first among the hits, what a list is ordered and counted by, and nothing sealed."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.helpers.office import (
    ACCOUNT,
    CLEARED,
    NOW,
    PASSWORD,
    TODAY,
    Office,
    accusation,
    petitioner,
    visit,
)
from xinfang_desktop.casework import handling
from xinfang_desktop.casework.filters import FACET, FACETS, Filter, as_json, both, from_json
from xinfang_desktop.casework.registration import register, void
from xinfang_desktop.casework.search import SORTS, Sort, count, facet_counts, find, rows, totals
from xinfang_desktop.models import Action, Channel, Kind, Matter, PetitionState, SourceLevel, YesNo
from xinfang_desktop.store.database import Store, open_store


def enter(store: Store, *matters: Matter) -> None:
    for matter in matters:
        store.do(lambda s, m=matter: register(s, m, by=ACCOUNT, now=NOW))  # type: ignore[misc]


def found(store: Store, words: str = "", sort: Sort | None = None, **where: object) -> list[int]:
    with store.reading() as connection:
        ids = find(connection, words, viewer=CLEARED, today=TODAY, sort=sort, **where)  # type: ignore[arg-type]
        for limit in (1, 2, 5):
            part = find(
                connection,
                words,
                viewer=CLEARED,
                today=TODAY,
                sort=sort,
                limit=limit,
                **where,  # type: ignore[arg-type]
            )
            assert list(part) == list(ids[:limit])
        number = count(connection, words, viewer=CLEARED, today=TODAY, **where)  # type: ignore[arg-type]
        assert number == len(ids) == len(set(ids))
    return list(ids)


@pytest.fixture(scope="module")
def month(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give one store for all tests that only look."""
    folder = tmp_path_factory.mktemp("month") / "数据"
    shutil.copytree(template_office.folder, folder)
    store = open_store(folder, password=PASSWORD)
    yield filled(store)
    store.close()


@pytest.fixture
def fresh(store: Store) -> Store:
    """Give a store that may be written to."""
    return filled(store)


def filled(store: Store) -> Store:
    """Enter six matters, the later ones received later."""
    first = date(2026, 10, 1)
    days = [first + timedelta(days=place) for place in range(6)]
    enter(
        store,
        visit(petitioner(name="张三"), received_on=days[0], claim="电梯常坏。"),
        visit(petitioner(name="张三丰"), received_on=days[1], claim="找过张三。"),
        visit(petitioner(name="李四"), received_on=days[2], claim="与张三家相邻，第5幢。"),
        visit(
            petitioner(name="仇五"),
            received_on=days[3],
            channel=Channel.LETTER,
            source_level=SourceLevel.SUPERIOR,
            superior_number="绍信2026字第12号",
            location="解放村",
            responsible_body="建设管理部",
            handler="王承办",
            supervised=YesNo.YES,
            conclusion="已安排维修。",
            concluded_on=days[5],
        ),
        visit(
            petitioner(name="周六", phone="13912345678", address="灵芝街道东江村8号"),
            received_on=days[4],
            kind=Kind.SUGGESTION,
            category="城乡建设/工程质量",
            weekly_consultation=YesNo.YES,
            headcount=7,
        ),
        accusation(received_on=days[5], responsible_body="密部", handler="密承办"),
    )
    return store


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("张三", [1, 2, 3]),
        ("zs", [1, 2]),
        ("zhangsan", [1, 2]),
        ("zhang san", [1, 2]),
        ("zsf", [2]),
        ("z", [5, 2, 1]),
        ("qiu", [4]),
        ("chou", [4]),
        ("5", [5, 3]),
        ("5号", [5]),
        ("镜访5", [5]),
        ("2026 5", [5]),
        ("[2026]2", [2, 4]),
        ("镜访", [5, 4, 3, 2, 1]),
        ("镜访〔2026", [5, 4, 3, 2, 1]),
        ("镜访〔2025", []),
        ("镜访〔2026〕6", []),
        ("镜访〔2026〕3号", [3]),
        ("镜访〔2026〕6号", [6]),
        ("6号", []),
        ("绍信2026字第12号", [4]),
        ("字第12", [4]),
        ("5678", [5]),
        ("3456", [5]),
        ("电梯 张", [1]),
        ("，", []),
    ],
)
def test_a_number_comes_first_then_names_then_the_latest(
    month: Store, words: str, ids: list[int]
) -> None:
    assert found(month, words) == ids


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("姓名:张三", [2, 1]),
        ("姓名:zs", [2, 1]),
        ("姓名:张", [2, 1]),
        ("诉求:张三", [3, 2]),
        ("电话:139", [5]),
        ("证件:0355", [5, 4, 3, 2, 1]),
        ("证件:139", []),
        ("地址:东江村", [5]),
        ("地址:解放村", [4, 3, 2, 1]),
        ("属地:解放村", [4]),
        ("编号:5", [5]),
        ("编号:5号", [5]),
        ("编号:镜访〔2026〕6号", [6]),
        ("编号:镜访", [5, 4, 3, 2, 1]),
        ("编号:绍信", [4]),
        ("编号:4 张三", []),
        ("编号:3 张三", [3]),
        ("答复:维修", [4]),
        ("承办:王", [4]),
        ("承办:建设", [4]),
        ("分类:工程", [5]),
        ("形式:来信", [4]),
        ("来源:上级", [4]),
        ("类别:建议", [5]),
        ("日期:2026-10-02", [2]),
        ("日期:2026-10", [5, 4, 3, 2, 1]),
        ("日期:上月 张三", [1, 2, 3]),
        ("登记:今天 形式:来信", [4]),
        ("办结:2026-10-06", [4]),
        ("督办:是", [4]),
        ("会商:是", [5]),
        ("状态:已登记", [5, 4, 3, 2, 1]),
        ("状态:作废", []),
        ("形式:来信 镜访〔2026〕5号", []),
        ("形式:来访 镜访〔2026〕5号", [5]),
    ],
)
def test_a_field_is_asked_by_itself(month: Store, words: str, ids: list[int]) -> None:
    assert found(month, words) == ids


@pytest.mark.parametrize(
    "words",
    [
        "赵检举",
        "zjj",
        "zhaojianju",
        "姓名:赵",
        "电话:3333",
        "证件:330602197205",
        "地址:密址",
        "属地:密地",
        "承办:密",
        "诉求:举报",
        "类别:检举",
        "分类:纪检",
        "编号:6",
        "镜访6",
        "日期:2026-10-06",
        "登记:今天 类别:检举控告",
    ],
)
def test_no_word_and_no_field_finds_an_accusation(month: Store, words: str) -> None:
    assert 6 not in found(month, words)


def test_no_list_is_narrowed_by_what_an_accusation_is_about(month: Store) -> None:
    wheres: tuple[Filter, ...] = (
        {"bodies": ("密部",)},
        {"categories": ("纪检监察",)},
        {"supervised": True},
        {"weekly": True},
        {"concluded_from": date(2020, 1, 1)},
        {"sources": ("own",)},
    )
    for where in wheres:
        assert 6 not in found(month, **where), where
    assert found(month, kinds=("accusation",)) == [6]
    assert found(month, statuses=("registered",))[0] == 6


ORDERS = {
    "number": [1, 2, 3, 4, 5, 6],
    "received_on": [1, 2, 3, 4, 5, 6],
    "name": [3, 4, 1, 2, 5, 6],
    "channel": [4, 6, 5, 3, 2, 1],
    "source": [5, 3, 2, 1, 4, 6],
    "headcount": [4, 3, 2, 1, 5, 6],
    "responsible_body": [4, 6, 5, 3, 2, 1],
    "handler": [4, 6, 5, 3, 2, 1],
    "concluded_on": [4, 6, 5, 3, 2, 1],
    "category": [4, 3, 2, 1, 5, 6],
}


@pytest.mark.parametrize("key", ORDERS)
def test_a_list_is_put_in_order_by_a_column_blanks_last(month: Store, key: str) -> None:
    assert found(month, sort=Sort(key)) == ORDERS[key]
    assert sorted(found(month, sort=Sort(key, descending=True))) == [1, 2, 3, 4, 5, 6]


def test_every_order_is_there_both_ways_and_for_hits_as_well(month: Store) -> None:
    for key in SORTS:
        assert len(found(month, sort=Sort(key, descending=True))) == 6
        assert sorted(found(month, "张三", sort=Sort(key))) == [1, 2, 3]
        assert found(month, "镜访〔2026〕6号", sort=Sort(key)) == [6]
    assert found(month, "张三", sort=Sort("received_on")) == [1, 2, 3]
    assert found(month, sort=Sort("number", descending=True), channel=Channel.VISIT) == [
        6,
        5,
        3,
        2,
        1,
    ]


def test_an_accusation_is_in_no_order_by_what_it_is_about(fresh: Store) -> None:
    enter(fresh, visit(petitioner(name="阿甲"), category="其他", responsible_body="丙部"))
    for key in ("name", "category", "responsible_body", "handler", "headcount", "location"):
        for way in (False, True):
            ids = found(fresh, sort=Sort(key, descending=way))
            assert ids.index(6) > ids.index(7) or key in ("handler", "location"), key


WORDS = ("", "张三", "5", "镜访", "形式:来访", "诉求:张三", "日期:2026-10", "没有这样的")


def test_a_void_matter_is_counted_as_void(fresh: Store) -> None:
    fresh.do(lambda s: void(s, "镜访〔2026〕2号", reason="错", by=ACCOUNT, now=NOW))
    with fresh.reading() as connection:
        counts = facet_counts(connection, "statuses", viewer=CLEARED)
    assert counts == {"registered": 5, "void": 1}
    assert found(fresh, statuses=("void",)) == found(fresh, state=PetitionState.VOID) == [2]


@pytest.mark.parametrize("words", WORDS)
def test_every_value_of_a_facet_counts_what_it_lists(month: Store, words: str) -> None:
    with month.reading() as connection:
        for facet in FACETS:
            counts = facet_counts(connection, facet.key, words, viewer=CLEARED, today=TODAY)
            assert sum(counts.values()) == len(found(month, words))
            for value, number in counts.items():
                listed = found(month, words, **{facet.key: (value,)})  # type: ignore[arg-type]
                assert len(listed) == number, (facet.key, value)
                assert facet.label(value)


def test_a_facet_is_counted_under_the_other_facets(month: Store) -> None:
    with month.reading() as connection:
        counts = facet_counts(
            connection, "channels", viewer=CLEARED, channels=("letter",), bodies=("建设管理部",)
        )
    assert counts == {"letter": 1}


def test_the_status_is_the_stage_and_of_an_accusation_only_that_it_is_there(fresh: Store) -> None:
    fresh.do(lambda s: handling.step(s, "镜访〔2026〕1号", Action.SUBMIT, viewer=CLEARED, now=NOW))
    with fresh.reading() as connection:
        stage = connection.execute("SELECT stage FROM petition WHERE id = 1").fetchone()[0]
        assert stage != "registered"
        connection_counts = facet_counts(connection, "statuses", viewer=CLEARED)
    assert connection_counts[stage] == 1
    assert found(fresh, statuses=(stage,)) == [1]
    assert FACET["statuses"].label(stage) != stage


def test_a_selection_is_added_up_without_the_people_of_an_accusation(month: Store) -> None:
    def add(session: Session) -> object:
        return totals(session, [1, 4, 5, 6], viewer=CLEARED)

    told = month.read(add)
    assert told == (4, 9, {Channel.LETTER: 1, Channel.VISIT: 3})


def test_two_filters_let_through_what_both_let_through() -> None:
    one: Filter = {"channels": ("visit", "letter"), "received_from": date(2026, 1, 1)}
    other: Filter = {"channels": ("letter",), "received_from": date(2026, 3, 1), "weekly": True}
    assert both(one, other) == {
        "channels": ("letter",),
        "received_from": date(2026, 3, 1),
        "weekly": True,
    }
    assert both(one, {"channels": ("phone",)})["channels"] == ("-",)
    assert both(one, {}) == one


def test_a_filter_is_kept_and_read_again() -> None:
    where: Filter = {
        "state": PetitionState.VOID,
        "channel": Channel.VISIT,
        "statuses": ("handling",),
        "received_from": date(2026, 1, 1),
        "with_gaps": True,
        "months": ("2026-10",),
    }
    assert from_json(as_json(where)) == where
    assert from_json({"channel": "gone", "unknown": 1, "received_to": 5}) == {}


def test_lines_are_those_of_the_hits(month: Store) -> None:
    with month.reading() as connection:
        told = [row.names for row in rows(connection, find(connection, "zs", viewer=CLEARED))]
    assert told == ["张三", "张三丰"]
