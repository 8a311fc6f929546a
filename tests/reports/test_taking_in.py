"""The list of a dry run as a file: every row with its reason, never a full number."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.casework.taking_in.ledgers import HEADS, LI, ZHANG, checked, xlsx
from tests.helpers.office import NOW, SEALED_WORDS
from xinfang_desktop.casework.taking_in.checking import Checked
from xinfang_desktop.reports.taking_in import HEADS as REPORT_HEADS
from xinfang_desktop.reports.taking_in import TEXT, WORKBOOK, report
from xinfang_desktop.store.database import Store

NUMBERS = ("330602198803120355", "440524188001010014")


@pytest.fixture
def rows(store: Store) -> list[Checked]:
    """Check a ledger with two numbers in one cell, an accusation, and a formula of evil."""
    heads = (*HEADS, "事项类别")
    two = (*ZHANG[:3], "、".join(NUMBERS), *ZHANG[4:], "申诉求决")
    name, document, phone, claim, _ = SEALED_WORDS
    sealed = (9, "2020-10-22", name, document, phone, "密址五组", claim, 1, "检举控告")
    return checked(store, xlsx([heads, two, (*LI[:2], "=cmd", *LI[3:], "申诉求决"), sealed]))


def test_a_workbook_tells_every_row_and_no_full_number(rows: list[Checked]) -> None:
    content = report(rows, "台账.xlsx", WORKBOOK, at=NOW)
    [sheet] = load_workbook(BytesIO(content))
    title, heads, *told = sheet.iter_rows(values_only=True)
    assert "将登记1行，待补正2行" in str(title[0])
    assert heads == REPORT_HEADS
    assert [row[:3] for row in told] == [
        ("台账", "2", "待补正"),
        ("台账", "3", "待补正"),
        ("台账", "4", "将登记"),
    ]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    written = str(told)
    assert "分不清是谁的" in written
    assert not any(word in written for word in (*NUMBERS, *SEALED_WORDS))


def test_a_text_has_a_line_for_each_row(rows: list[Checked]) -> None:
    text = report(rows, "台账.xlsx", TEXT, at=NOW).decode("utf-8-sig")
    assert len(text.splitlines()) == 5
    assert "\t".join(REPORT_HEADS) in text
    assert not any(word in text for word in (*NUMBERS, *SEALED_WORDS))
