"""The day sheet: every line of the work in its order, on paper that lies open."""

import pytest

from tests.helpers.office import OFFICE, TODAY
from xinfang_desktop.casework.due import DueItem, DueState
from xinfang_desktop.casework.today import WorkLine
from xinfang_desktop.models import Bearer
from xinfang_desktop.models.report import Table
from xinfang_desktop.reports.day_sheet import day_sheet, surname


def item(left: int) -> DueItem:
    return DueItem(
        petition_id=1,
        number="镜访〔2026〕1号",
        rule="inform",
        title="书面告知",
        occurrence=1,
        bearer=Bearer.DUTY,
        state=DueState.OVERDUE if left < 0 else DueState.TODAY,
        started_on=TODAY,
        nominal_on=TODAY,
        due_on=TODAY,
        due_at=None,
        alarm_on=TODAY,
        days_left=left,
        provisional=False,
        sealed=False,
        claim_start="",
        responsible_body="",
        handler="",
    )


def line(serial: int, key: str = "overdue", left: int = -2) -> WorkLine:
    return WorkLine(
        petition_id=serial,
        number=f"镜访〔2026〕{serial}号",
        names="龚㛃 等3人",
        claim_start="要求修渠" * 20,
        body="建设部",
        sealed=False,
        key=key,
        also=(),
        next_step="书面告知",
        is_ours=True,
        item=item(left),
        pressing=1,
        papers=(),
    )


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ("龚㛃", "龚某"),
        ("欧阳某某 等3人", "欧阳某 等3人"),
        ("买买提·吐尔逊", "买某"),
        ("解放村股份经济合作社", "解放村股…"),
        ("匿名", "匿名"),
        ("", ""),
    ],
)
def test_who_is_meant_is_told_by_the_surname(names: str, shown: str) -> None:
    assert surname(names) == shown


def test_the_lines_stand_in_their_order_and_are_counted_by_list() -> None:
    report = day_sheet([line(2), line(1), line(3, "due_today", 0)], OFFICE, TODAY)
    [section] = report.sections
    [table] = section.blocks
    assert isinstance(table, Table)
    assert section.title == "今天要办的3件"
    assert table.title == "已超期2件，今日到期1件"
    assert [row[1].text for row in table.rows] == [f"镜访〔2026〕{n}号" for n in (2, 1, 3)]
    assert {row[0].text for row in table.rows} == {"□"}
    assert table.rows[0][5].text == "11月22日 超期2天\n书面告知"
    assert "龚㛃" not in report.text


def test_a_day_without_work_says_so() -> None:
    assert "今天没有超期、到期的" in day_sheet([], OFFICE, TODAY).text
