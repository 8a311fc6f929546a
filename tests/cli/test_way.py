"""The way of a matter on the command line: what may follow, one act, and taking it back."""

import json
from pathlib import Path

import pytest

from tests.helpers.commands import Xinfang

FIRST = "镜访〔2026〕1号"
RECORD = {
    "channel": "online",
    "source": {"level": "superior", "number": "ZLF20261008001"},
    "received_on": "2026-10-08",
    "petitioners": [{"name": "铍𫖯𠮷", "phone": "13800001234", "address": "解放村88号"}],
    "claim": "要求修渠。",
    "kind": "remedy",
    "route": "petition",
    "category": "农村农业/水利水电",
}


@pytest.fixture
def entered(xinfang: Xinfang, tmp_path: Path) -> Xinfang:
    """Give the command line of an office with one item of the platform."""
    record = tmp_path / "记录.json"
    record.write_text(json.dumps(RECORD), "utf-8")
    ran = xinfang("register", record)
    assert ran.code == 0, ran.err
    return xinfang


def test_without_an_action_it_lists_what_may_follow_the_next_act_first(entered: Xinfang) -> None:
    lines = entered("step", FIRST).out.splitlines()
    assert lines[0].split("\t")[:3] == ["* sign_in", "签收", "信访办"]
    assert all(line.startswith("  ") for line in lines[1:])


def test_where_the_next_act_is_barred_the_one_that_clears_the_way_is_first(
    xinfang: Xinfang, tmp_path: Path
) -> None:
    record = tmp_path / "记录.json"
    record.write_text(json.dumps(RECORD | {"kind": None, "route": None}), "utf-8")
    assert xinfang("register", record).code == 0
    assert xinfang("step", FIRST, "sign_in", "--on", "2026-10-09").code == 0
    lines = xinfang("step", FIRST).out.splitlines()
    assert lines[0].startswith("* classify\t分类定性")
    assert all(line.startswith("  ") for line in lines[1:])


def test_the_list_as_json_says_what_each_act_asks(entered: Xinfang) -> None:
    offers = json.loads(entered("step", FIRST, "--json").out)
    transfer = next(offer for offer in offers if offer["action"] == "transfer")
    assert transfer["asks"][0] == {
        "key": "body",
        "title": "转送给",
        "required": True,
        "choices": [],
    }
    assert transfer["papers"] == ["referral_letter", "reception_notice"]
    assert "第二十二条" in transfer["basis"]


def test_an_act_is_done_by_its_code_or_by_its_name(entered: Xinfang) -> None:
    assert entered("step", FIRST, "sign_in", "--on", "2026-10-09").code == 0
    assert entered("step", FIRST, "送交办签批", "--on", "2026-10-09").code == 0
    ran = entered(
        *("step", FIRST, "assign", "--on", "2026-10-10", "--by", "郑主任", "--text", "请速办。"),
        *("--set", "body=建设管理部", "--json"),
    )
    assert json.loads(ran.out) == [
        {
            "number": FIRST,
            "done": "交办 2026-10-10 郑主任",
            "stage": "handling",
            "state": "办理中",
        }
    ]


def test_the_last_act_is_taken_back(entered: Xinfang) -> None:
    entered("step", FIRST, "sign_in")
    ran = entered("step", FIRST, "take_back")
    assert ran.out == f"{FIRST}\t已登记\t撤回：签收\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("conclude",), "时不能“办结签批”"),
        (("dance",), "没有“dance”这个办理步骤"),
        (("sign_in", "--on", "昨天"), "不是日期"),
        (("sign_in", "--at", "早上"), "不是时刻"),
        (("sign_in", "--on", "2026-10-01"), "早于2026-10-08（收到日期）"),
        (("transfer",), "还要写明转送给"),
        (("transfer", "--set", "市水利局"), "名称=内容"),
        (("sign_in", "--set", "body=甲"), "不用填“body”"),
        (("refuse", "--set", "outcome=随便", "--text", "理由"), "只能是"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_done(
    entered: Xinfang, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = entered("step", FIRST, *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.sentence
    shown = json.loads(entered("show", FIRST, "--json").out)[0]
    assert [step["action"] for step in shown["history"]] == ["register"]


def test_a_concern_is_told_with_the_word_that_confirms_it(entered: Xinfang) -> None:
    for act in ("sign_in", "submit"):
        entered("step", FIRST, act, "--on", "2026-10-09")
    arguments = ("step", FIRST, "assign", "--by", "铍𫖯𠮷", "--set", "body=建设管理部")
    ran = entered(*arguments)
    assert ran.code == 1
    assert "--confirm recusal" in ran.sentence
    assert entered(*arguments, "--confirm", "recusal").code == 0
