"""Records written outside the window: all of a file or nothing, and every refusal says where."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.office import ACCOUNT, CLEARED, NOW
from xinfang_desktop.casework.intake import (
    Done,
    GivenMatter,
    GivenPetitioner,
    read_records,
    register_records,
    sift_records,
)
from xinfang_desktop.casework.matters import links, load_matter
from xinfang_desktop.casework.search import count
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import (
    Channel,
    DocumentType,
    Kind,
    Matter,
    Petition,
    Petitioner,
    Route,
    SourceLevel,
    Weight,
)
from xinfang_desktop.paths import resource
from xinfang_desktop.store.database import Store

FULL: dict[str, Any] = {
    "channel": "agent",
    "source": {"level": "superior", "number": "浙信网202610100088"},
    "received_on": "2026-10-08T09:05",
    "petitioners": [
        {
            "name": "铍𫖯𠮷",
            "anonymous": False,
            "document": {"type": "passport", "number": "C1234567"},
            "phone": "13800001234",
            "address": "解放村",
            "unit": "鞋厂",
            "sex": "female",
            "born_on": "1990-02-28",
            "ethnicity": "壮族",
            "occupation": "工人",
        },
        {"name": "乙"},
    ],
    "headcount": 3,
    "involved": 7,
    "attending": 2,
    "claim": "要求修渠。",
    "kind": "suggestion",
    "route": "petition",
    "category": "农村农业/水利水电",
    "location": "灵芝街道",
    "agent": "村代办员",
    "accused": ["甲单位", "丙"],
    "urgent": True,
    "confidential": True,
}


def written(*records: object) -> str:
    return json.dumps(records, ensure_ascii=False)


def refusal(text: str) -> str:
    with pytest.raises(OfficeError) as told:
        read_records(text)
    return told.value.sentence


def enter(store: Store, text: str, refused: list[str] | None = None) -> list[Done]:
    records = read_records(text)
    return store.do(
        lambda session: register_records(
            session, records, by=ACCOUNT, now=NOW, viewer=CLEARED, refused=refused
        )
    )[0]


def kept(store: Store, number: str) -> Matter:
    return store.read(lambda session: load_matter(session, number, viewer=CLEARED))


def test_every_key_reaches_its_field(store: Store) -> None:
    [done] = enter(store, written(FULL))
    matter = kept(store, done.number)
    petition, person = matter.petition, matter.petitioner
    assert petition.channel is Channel.AGENT
    assert (petition.source_level, petition.superior_number) == (
        SourceLevel.SUPERIOR,
        "浙信网202610100088",
    )
    assert str(petition.received_on) == "2026-10-08"
    assert str(petition.received_time) == "09:05:00"
    assert (petition.headcount, petition.involved, petition.attending) == (3, 7, 2)
    assert (petition.kind, petition.category) == (Kind.SUGGESTION, "农村农业/水利水电")
    assert (petition.location, petition.agent) == ("灵芝街道", "村代办员")
    assert petition.accused == "甲单位、丙"
    assert petition.urgent
    assert petition.confidential
    assert petition.route is Route.PETITION
    assert person.document_type is DocumentType.PASSPORT
    assert (person.unit, person.ethnicity, person.occupation) == ("鞋厂", "壮族", "工人")
    assert str(person.born_on) == "1990-02-28"
    assert [p.name for p in matter.petitioners] == ["铍𫖯𠮷", "乙"]


def test_every_field_of_a_record_is_a_field_of_the_tables() -> None:
    of_matter = set(GivenMatter.model_fields) - {"source", "petitioners", "relates_to"}
    of_matter -= {"satisfaction"}  # of the follow-up
    assert of_matter <= set(Petition.model_fields)
    of_petitioner = set(GivenPetitioner.model_fields) - {"document"}
    assert of_petitioner <= set(Petitioner.model_fields)


def test_a_single_record_needs_no_list(store: Store) -> None:
    assert [done.number for done in enter(store, json.dumps(FULL))] == ["镜访〔2026〕1号"]


def test_what_is_not_known_may_be_missing(store: Store) -> None:
    [done] = enter(store, '[{"channel": "visit"}]')
    gaps = [problem.path for problem in done.problems if problem.weight is Weight.MISSING]
    assert gaps == [
        "petitioner.name",
        "petition.claim",
        "petition.received_on",
        "petitioner.phone",
    ]


def test_null_is_the_same_as_missing(store: Store) -> None:
    record = {"channel": "visit", "headcount": None, "kind": None, "petitioners": [{"name": None}]}
    assert len(enter(store, written(record))) == 1


def test_a_file_of_no_records_registers_nothing(store: Store) -> None:
    assert enter(store, "[]") == []


def test_a_file_saved_by_notepad_is_read() -> None:
    assert len(read_records("\ufeff" + written(FULL))) == 1


def spoilt(**changes: object) -> str:
    return written(FULL, FULL, {**FULL, **changes})


def with_person(**changes: object) -> str:
    return spoilt(petitioners=[{**FULL["petitioners"][0], **changes}])


REFUSALS = [
    (spoilt(chanel="visit"), "第3条记录的 chanel：没有这个键，可能写错了"),
    (with_person(nmae="x"), "第3条记录的 petitioners[0].nmae：没有这个键"),
    (spoilt(source={"level": "own", "nr": ""}), "第3条记录的 source.nr：没有这个键"),
    (spoilt(channel="fax"), "第3条记录的 channel：应为 letter、visit、phone、online、agent 之一"),
    (spoilt(kind=""), "第3条记录的 kind：应为 suggestion、accusation、remedy 之一"),
    (spoilt(kind=3), "第3条记录的 kind：应为"),
    (
        with_person(document={"type": "id", "number": "1"}),
        "第3条记录的 petitioners[0].document.type：应为 resident_id、hk_mo_tw_residence",
    ),
    (with_person(document="330602"), "第3条记录的 petitioners[0].document：应为一组键和值"),
    (with_person(name=7), "第3条记录的 petitioners[0].name：应为文字（加引号）"),
    (with_person(anonymous="no"), "第3条记录的 petitioners[0].anonymous：应为 true 或 false"),
    (with_person(born_on="1990-02-30"), "第3条记录的 petitioners[0].born_on：不是真实的日期"),
    (spoilt(received_on="2026-02-30"), "第3条记录的 received_on：不是真实的日期"),
    (spoilt(received_on="2026-13-01"), "第3条记录的 received_on：不是真实的日期"),
    (spoilt(received_on="2026/10/08"), "第3条记录的 received_on：不是真实的日期"),
    (spoilt(received_on="2026-10-08T25:00"), "第3条记录的 received_on：不是真实的日期"),
    (spoilt(received_on="2026-10-08 09:00"), "第3条记录的 received_on：不是真实的日期"),
    (spoilt(received_on=20261008), "第3条记录的 received_on：不是真实的日期"),
    (spoilt(headcount="3"), "第3条记录的 headcount：应为整数"),
    (spoilt(headcount=3.5), "第3条记录的 headcount：应为整数"),
    (spoilt(headcount=True), "第3条记录的 headcount：应为整数"),
    (spoilt(headcount=-1), "第3条记录的 headcount：不能小于0"),
    (spoilt(headcount=10**30), "第3条记录的 headcount：不能大于1000000"),
    (spoilt(petitioners={}), "第3条记录的 petitioners：应为列表"),
    (spoilt(petitioners=[3]), "第3条记录的 petitioners[0]：应为一组键和值"),
    (spoilt(accused=[3]), "第3条记录的 accused[0]：应为文字"),
    (written(FULL, 7), "第2条记录：应为一组键和值"),
    (written({"claim": "x"}), "第1条记录的 channel：缺少这一项"),
    ('[{"channel": "visit", "channel": "phone"}]', "键 channel 在一条记录里出现了两次"),
    ('[{"channel": "visit"', "不是正确的JSON（第1行第21个字符处读不下去）"),
    ("", "不是正确的JSON（第1行第1个字符处读不下去）"),
    ("信访登记", "不是正确的JSON"),
    ('"visit"', "里不是登记记录"),
    ("3", "里不是登记记录"),
    ("[" * 100_000, "层次太深"),
]


@pytest.mark.parametrize(("text", "words"), REFUSALS)
def test_what_cannot_be_understood_is_refused_with_place_and_reason(text: str, words: str) -> None:
    sentence = refusal(text)
    assert words in sentence
    assert sentence.endswith("没有登记任何一条。")
    assert "\n" not in sentence
    assert "Value error" not in sentence


def test_several_mistakes_are_counted() -> None:
    assert "（另有2处也要改）" in refusal(spoilt(headcount="三", kind="x", urgent=1))


def test_a_refusal_never_repeats_what_was_written() -> None:
    for text in (
        with_person(name=["铍𫖯𠮷"], phone=13800001234),
        spoilt(claim=["秘密的诉求"], headcount="三十人", received_on="昨天"),
    ):
        for word in ("铍", "1380000", "秘密", "三十", "昨天"):
            assert word not in "".join(sift_records(text).refused)


def test_the_good_ones_are_parted_from_the_rest() -> None:
    sifted = sift_records(written(FULL, {**FULL, "kind": "x"}, FULL))
    assert [record.position for record in sifted.records] == [1, 3]
    assert len(sifted.refused) == 1


def test_a_repeat_is_linked_to_the_likeliest_earlier_matter(store: Store) -> None:
    again = {**FULL, "claim": "要求修渠，再次反映。", "relates_to": "same_matter"}
    done = enter(store, written(FULL, again))
    [link] = store.read(lambda session: links(session, 2, viewer=CLEARED))
    assert link.number == done[0].number


def test_a_repeat_of_nothing_is_registered_and_said(store: Store) -> None:
    [done] = enter(store, written({**FULL, "relates_to": "same_matter"}))
    assert "没有查到相近的事项，没有关联。" in [problem.text for problem in done.problems]


def test_a_repeat_names_its_earlier_matter(store: Store) -> None:
    enter(store, written(FULL, {**FULL, "relates_to": "镜访[2026]1号"}))
    assert store.read(lambda session: links(session, 2, viewer=CLEARED))


def test_a_number_that_does_not_exist_refuses_the_whole_file(store: Store) -> None:
    with pytest.raises(OfficeError, match="第2条记录的 relates_to：要关联的编号没有找到"):
        enter(store, written(FULL, {**FULL, "relates_to": "镜访〔2020〕1号"}))
    assert store.read(lambda session: count(session, viewer=CLEARED)) == 0


def test_one_can_go_on_past_a_number_that_does_not_exist(store: Store) -> None:
    refused: list[str] = []
    bad = {**FULL, "relates_to": "镜访〔2020〕1号"}
    done = enter(store, written(FULL, bad, FULL), refused)
    assert [one.number for one in done] == ["镜访〔2026〕1号", "镜访〔2026〕2号"]
    assert len(refused) == 1


def test_controls_are_left_out_and_said(store: Store) -> None:
    record = {"channel": "visit", "claim": "修\x00渠", "petitioners": [{"name": "乙\ud800"}]}
    [done] = enter(store, json.dumps([record]))
    assert kept(store, done.number).petition.claim == "修渠"
    said = [problem.path for problem in done.problems if "控制字符" in problem.text]
    assert said == ["claim", "petitioners[0].name"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.one_of(JSON, st.fixed_dictionaries({}, optional=dict.fromkeys(FULL, JSON))))
def test_any_json_at_all_is_records_or_a_sentence(content: object) -> None:
    try:
        read_records(json.dumps(content))
    except OfficeError as error:
        assert error.sentence.endswith("。")


@given(st.text())
def test_any_text_at_all_is_records_or_a_sentence(text: str) -> None:
    try:
        read_records(text)
    except OfficeError as error:
        assert "\n" not in error.sentence


def test_the_sample_month_is_registered(store: Store) -> None:
    text = resource("samples", "october-2026.json").read_text("utf-8")
    done = enter(store, text)
    assert [one.number for one in done] == [f"镜访〔2026〕{n}号" for n in range(1, 23)]
    assert "铍𫖯𠮷" in kept(store, done[0].number).names
    [link] = store.read(lambda session: links(session, 12, viewer=CLEARED))
    assert link.number == "镜访〔2026〕2号"
    law = {one.position for one in done if any(p.weight is Weight.LAW for p in one.problems)}
    assert law == {5, 9, 17}
    said = [p.text for one in done for p in one.problems if p.weight is Weight.ADVICE]
    assert said == ["15位是旧版号码，现行身份证为18位，请核对是否已换证。"]
