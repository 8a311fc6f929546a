"""What is said about a record: gaps, doubts, the law; never a refusal."""

from datetime import date, timedelta

import pytest

from tests.helpers.office import TODAY, accusation, petitioner, visit
from xinfang_desktop.casework.advice import problems
from xinfang_desktop.forms.binding import bind
from xinfang_desktop.models import Channel, Matter, Petitioner, Problem, Sex, Weight


def told(matter: Matter, weight: Weight | None = None) -> dict[str, str]:
    return {
        problem.path: problem.text
        for problem in problems(matter, TODAY)
        if weight in (None, problem.weight)
    }


def test_a_matter_in_order_needs_no_word() -> None:
    assert problems(visit(), TODAY) == []


def test_an_empty_form_lacks_what_article_19_asks_for() -> None:
    empty = Matter(office=visit().office)
    assert list(told(empty, Weight.MISSING)) == [
        "petitioner.name",
        "petition.claim",
        "petition.received_on",
        "petitioner.phone",
    ]


def test_gaps_come_before_advice_and_advice_before_reminders() -> None:
    matter = accusation(claim="", received_on=TODAY + timedelta(days=1), category="")
    weights = [problem.weight for problem in problems(matter, TODAY)]
    assert weights == sorted(weights, key=list(Weight).index)
    assert set(weights) == set(Weight)


def test_somebody_anonymous_lacks_neither_name_nor_address() -> None:
    matter = visit(Petitioner(anonymous=True), channel=Channel.LETTER)
    assert problems(matter, TODAY) == []


@pytest.mark.parametrize(
    ("channel", "phone", "address", "gap"),
    [
        (Channel.VISIT, "", "", "petitioner.phone"),
        (Channel.VISIT, "", "某村", "petitioner.phone"),
        (Channel.VISIT, "13800001234", "", "petitioner.address"),
        (Channel.PHONE, "13800001234", "", None),
        (Channel.PHONE, "", "某村", "petitioner.phone"),
        (Channel.LETTER, "", "某村", None),
        (Channel.LETTER, "13800001234", "", "petitioner.address"),
        (Channel.ONLINE, "13800001234", "", None),
        (Channel.ONLINE, "", "", "petitioner.phone"),
        (Channel.AGENT, "", "某村", None),
    ],
)
def test_a_way_back_to_the_petitioner_is_asked_for_as_the_channel_needs(
    channel: Channel, phone: str, address: str, gap: str | None
) -> None:
    matter = visit(petitioner(phone=phone, address=address), channel=channel)
    assert list(told(matter, Weight.MISSING)) == ([gap] if gap else [])


DOUBTS = [
    (visit(received_on=TODAY + timedelta(days=1)), "petition.received_on", "今天之后"),
    (visit(received_on=date(2020, 1, 1)), "petition.received_on", "一年多以前"),
    (visit(petitioner(), petitioner(name="乙", document_number=""), headcount=1),
     "petition.headcount", "少于已填写的信访人（2人）"),
    (visit(headcount=3, attending=4), "petition.attending", "多于信访人数"),
    (visit(headcount=3, involved=2), "petition.involved", "少于信访人数"),
    (visit(petitioner(document_number="330602198803120356")),
     "petitioner.document_number", "对不上"),
    (visit(petitioner(), petitioner(name="乙", document_number="330602198803120356")),
     "petitioners[1].document_number", "对不上"),
    (visit(petitioner(), petitioner(name="乙")), "petitioners[1].document_number", "相同"),
    (visit(petitioner(sex=Sex.FEMALE)), "petitioner.sex", "不一致"),
    (visit(petitioner(born_on=date(1988, 3, 13))), "petitioner.born_on", "不一致"),
    (visit(petitioner(phone="1380000")), "petitioner.phone", "请核对"),
    (visit(kind=None), "petition.kind", "类别"),
    (visit(category=""), "petition.category", "内容分类"),
    (visit(category="农村农业/外星人"), "petition.category", "不在本单位的分类表里"),
    (visit(claim="要求\x00修渠"), "petition.claim", "控制字符"),
]  # fmt: skip


@pytest.mark.parametrize(("matter", "path", "words"), DOUBTS)
def test_a_doubt_is_said_at_its_field(matter: Matter, path: str, words: str) -> None:
    assert words in told(matter, Weight.ADVICE).get(path, "nothing"), problems(matter, TODAY)
    assert path not in told(matter, Weight.MISSING)


def test_a_follow_up_before_the_visit_is_doubted() -> None:
    matter = visit()
    matter.follow_up.made_on = date(2026, 10, 1)
    assert "早于" in told(matter)["follow_up.made_on"]
    matter.follow_up.made_on = TODAY + timedelta(days=1)
    assert "今天之后" in told(matter)["follow_up.made_on"]


def test_a_birth_in_the_future_is_doubted() -> None:
    from xinfang_desktop.casework.identity import check_digit

    first17 = "33060220990101003"
    matter = visit(petitioner(document_number=first17 + check_digit(first17)))
    assert "出生日期在今天之后" in told(matter)["petitioner.document_number"]


@pytest.mark.parametrize(
    ("people", "changes", "path"),
    [
        (1, {"attending": 6}, "petition.attending"),
        (1, {"attending": 5}, None),
        (1, {"headcount": 16}, "petition.headcount"),
        (1, {"headcount": 16, "attending": 3}, None),
        (6, {}, "petition.headcount"),
        (5, {}, None),
        (1, {"attending": 6, "channel": Channel.LETTER}, None),
    ],
)
def test_more_than_five_on_a_visit_choose_representatives(
    people: int, changes: dict[str, object], path: str | None
) -> None:
    crowd = [petitioner(name=f"代表{n}", document_number="") for n in range(people)]
    reminders = told(visit(*crowd, **changes), Weight.LAW)
    assert list(reminders) == ([path] if path else [])
    assert all("不得超过5人（《信访工作条例》第二十条）" in text for text in reminders.values())


def test_an_accusation_is_reminded_of_secrecy() -> None:
    assert "第三十条" in told(accusation(), Weight.LAW)["petition.kind"]


def test_an_urgent_matter_is_reminded_of_the_report() -> None:
    assert "第二十五条" in told(visit(urgent=True), Weight.LAW)["petition.urgent"]


def test_every_sentence_is_one_and_holds_nothing_personal() -> None:
    matters = [matter for matter, _, _ in DOUBTS] + [Matter(office=visit().office)]
    for matter in matters:
        for problem in problems(matter, TODAY):
            assert problem.text.endswith("。")
            assert "\n" not in problem.text
            for secret in ("铍𫖯𠮷", "330602", "13800001234", "解放村"):
                assert secret not in problem.text


@pytest.mark.parametrize("path", sorted({path for _, path, _ in DOUBTS if "[" not in path}))
def test_every_path_is_a_field_of_the_matter(path: str) -> None:
    assert bind(Matter, path)


def test_a_problem_is_advice_unless_it_is_said_otherwise() -> None:
    assert Problem("petition.claim", "x").weight is Weight.ADVICE
