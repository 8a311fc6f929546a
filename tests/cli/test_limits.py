"""Time limits by the command line: what is due, one worked out, and the calendar."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.commands import Ran, Xinfang
from tests.helpers.office import NOW
from xinfang_desktop import cli

RECORD = {
    "channel": "visit",
    "received_on": "2026-09-17",
    "claim": "水渠失修",
    "kind": "remedy",
    "petitioners": [{"name": "甲", "phone": "13800001234", "address": "灵芝街道"}],
}
NOTICE = 'year = 2027\nsource = "通知"\n[off]\n"2027-01-01..2027-01-06" = "元旦"\n'


@pytest.fixture(autouse=True)
def on_the_day_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_now", lambda: NOW)


def registered(xinfang: Xinfang, folder: Path, **changes: Any) -> str:  # noqa: ANN401
    file = folder / "登记.json"
    file.write_text(json.dumps({**RECORD, **changes}), "utf-8")
    return xinfang("register", file).out.strip()


def listed(ran: Ran) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def test_what_is_due_tells_the_number_the_day_and_why(xinfang: Xinfang, tmp_path: Path) -> None:
    number = registered(xinfang, tmp_path)
    items = listed(xinfang("due", "--on", "2026-10-09", "--json"))
    notice = next(item for item in items if item["rule"] == "notice")
    assert notice["number"] == number
    assert (notice["nominal_on"], notice["due_on"]) == ("2026-10-02", "2026-10-08")
    assert (notice["state"], notice["days_left"]) == ("overdue", -1)
    assert "国庆节放假" in notice["explanation"]
    assert "《信访工作条例》第二十三条第二款" in notice["explanation"]


def test_the_horizon_can_be_drawn_nearer(xinfang: Xinfang, tmp_path: Path) -> None:
    registered(xinfang, tmp_path)
    assert listed(xinfang("due", "--on", "2026-09-18", "--json"))
    assert listed(xinfang("due", "--on", "2026-09-18", "--within", "3", "--json")) == []
    told = xinfang("due", "--on", "2026-10-09").out
    assert "2026-10-08\t超期1天\t" in told


@pytest.mark.parametrize(
    ("words", "nominal", "due"),
    [
        (("--working-days", "5", "--from", "2026-09-18"), "2026-09-24", "2026-09-24"),
        (("--working-days", "5", "--from", "2026-02-13"), "2026-02-27", "2026-02-27"),
        (("--days", "15", "--from", "2026-09-17"), "2026-10-02", "2026-10-08"),
        (("conclude", "--from", "2026-08-05"), "2026-10-04", "2026-10-08"),
        (("办结", "--from", "2026-08-05"), "2026-10-04", "2026-10-08"),
        (("--working-hours", "3", "--from", "2026-10-09T16:00"), "2026-10-10", "2026-10-10"),
        (("return_item", "--from", "2026-10-09 16:00"), "2026-10-10", "2026-10-10"),
    ],
)
def test_one_limit_is_worked_out_and_explained(
    xinfang: Xinfang, words: tuple[str, ...], nominal: str, due: str
) -> None:
    [told] = listed(xinfang("deadline", *words, "--json"))
    assert (told["nominal_on"], told["due_on"]) == (nominal, due)
    assert told["explanation"] and not told["provisional"]
    assert xinfang("deadline", *words).out.startswith(due)


def test_a_limit_into_next_year_is_marked_provisional(xinfang: Xinfang) -> None:
    ran = xinfang("deadline", "conclude", "--from", "2026-12-05")
    assert ran.out.startswith("2027-02-03（暂算）")


def test_limits_can_be_worked_out_before_there_is_an_office(
    xinfang: Xinfang, tmp_path: Path
) -> None:
    nowhere = tmp_path / "空"
    ran = xinfang("deadline", "--days", "15", "--from", "2026-09-17", "--data", nowhere, data=False)
    assert ran.out.startswith("2026-10-08")
    assert xinfang("calendar", "--data", nowhere, data=False).code == 0


def test_the_rules_are_listed(xinfang: Xinfang) -> None:
    rules = listed(xinfang("deadline", "--list", "--json"))
    assert {"conclude", "objection", "follow_up"} <= {rule["rule"] for rule in rules}
    assert "conclude\t办结\t60日" in xinfang("deadline", "--list").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("deadline", "nonsense", "--from", "2026-09-18"), 1, "没有“nonsense”这条时限规则"),
        (("deadline", "handed_over", "--from", "2026-09-18"), 1, "按指定的日期"),
        (("deadline", "conclude", "--from", "昨天"), 1, "不是日期"),
        (("deadline", "--days", "9999999", "--from", "2026-09-18"), 1, "超出了日历"),
        (("due", "--on", "昨天"), 1, "不是日期"),
        (("calendar", "show", "27"), 1, "不是1990至2099之间的年份"),
        (("calendar", "set", "2026-02-30", "off", "停电"), 1, "不是日期"),
        (("calendar", "clear", "2026-11-24"), 1, "不是本单位自己设置"),
        (("calendar", "import", "没有.toml"), 1, "找不到放假安排文件"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    xinfang: Xinfang, words: tuple[str, ...], code: int, told: str
) -> None:
    ran = xinfang(*words)
    assert ran.code == code
    assert told in ran.sentence


@pytest.mark.parametrize(
    "words",
    [
        ("deadline", "conclude"),
        ("deadline", "--from", "2026-09-18"),
        ("deadline", "conclude", "--days", "3", "--from", "2026-09-18"),
        ("deadline", "--days", "x", "--from", "2026-09-18"),
        ("deadline", "--days", "-1", "--from", "2026-09-18"),
        ("calendar", "show"),
        ("calendar", "set", "2026-11-24", "maybe", "停电"),
        ("calendar", "import"),
        ("calendar", "nonsense"),
    ],
)
def test_wrong_usage_ends_with_two(xinfang: Xinfang, words: tuple[str, ...]) -> None:
    assert xinfang(*words).code == 2


def test_a_notice_is_imported_and_open_limits_follow(xinfang: Xinfang, tmp_path: Path) -> None:
    registered(xinfang, tmp_path, received_on="2026-11-20")
    file = tmp_path / "2027.toml"
    file.write_text(NOTICE.replace("2027-01-06", "2027-01-12"), "utf-8")
    ran = xinfang("calendar", "import", file)
    assert ran.code == 0
    assert "已录入2027年的放假安排" in ran.out and "10月1日国庆节" in ran.out
    assert "2027\t已录入\t通知" in xinfang("calendar").out
    assert '2027-01-12 = "元旦"' in xinfang("calendar", "show", "2027").out


def test_a_file_with_a_wrong_line_is_refused_and_nothing_changes(
    xinfang: Xinfang, tmp_path: Path
) -> None:
    file = tmp_path / "2027.toml"
    file.write_text(NOTICE + '2027-02-31 = "春节"\n', "utf-8")
    ran = xinfang("calendar", "import", file)
    assert ran.code == 1
    assert "第5行" in ran.sentence and "没有“2027-02-31”这一天" in ran.sentence
    assert "2027\t暂算" in xinfang("calendar").out


def test_a_file_that_is_no_text_is_refused(xinfang: Xinfang, tmp_path: Path) -> None:
    file = tmp_path / "2027.toml"
    file.write_bytes("year = 2027 # 元旦".encode("gbk"))
    assert "不是UTF-8" in xinfang("calendar", "import", file).sentence


def test_what_is_shown_can_be_imported(xinfang: Xinfang, tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_text(xinfang("calendar", "show", "2026").out, "utf-8")
    assert "已录入2026年" in xinfang("calendar", "import", file).out


def test_a_day_of_the_offices_own_is_set_and_cleared(xinfang: Xinfang) -> None:
    assert "停电检修" in xinfang("calendar", "set", "2026-11-24", "off", "停电检修").out
    days = listed(xinfang("calendar", "show", "2026", "--json"))
    assert {"day": "2026-11-24", "name": "停电检修"}.items() <= next(
        day for day in days if day["by_hand"]
    ).items()
    [told] = listed(xinfang("deadline", "--working-days", "1", "--from", "2026-11-23", "--json"))
    assert told["due_on"] == "2026-11-25"
    assert "停电检修（本单位设置）" in told["explanation"]
    assert xinfang("calendar", "clear", "2026-11-24").code == 0
