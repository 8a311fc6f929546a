"""Whatever stands in a sheet: every row is a title, a head, or told of in the dry run."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.taking_in.ledgers import Rows, checked, fates, plans, xlsx
from xinfang_desktop.casework.taking_in.checking import Fate
from xinfang_desktop.casework.taking_in.layout import RowKind, find_table, table_at
from xinfang_desktop.casework.taking_in.workbook import Sheet, Span, is_blank
from xinfang_desktop.store.database import Store

TITLE = ("某某镇2026年信访台账",)
HEADS = ("序号", "姓名", "身份证号", "联系电话", "住址", "信访日期", "信访事项", "类别")
GROUPS = ("序号", "信访人信息", "", "", "", "信访日期", "信访事项", "类别")
BELOW = ("", "姓名", "身份证号", "联系电话", "住址", "", "", "")
MERGED = ("A1:H1", "B2:E2", "A2:A3", "F2:F3", "G2:G3", "H2:H3")
TWO = (GROUPS, BELOW)


def matter(place: int) -> tuple[Any, ...]:
    """Give a matter."""
    claim = f"自来水停水{place}天，要求尽快恢复供水。"
    return (
        place,
        "张三",
        "",
        f"1381234567{place}",
        "解放村3组",
        f"2020.10.{10 + place}",
        claim,
        "",
    )


def ledger(heads: Rows, again: Rows, before: int, after: int) -> bytes:
    """Give a ledger with a title, heads, matters, heads again, and more matters."""
    rows = [TITLE, *heads, *map(matter, range(before)), *again]
    rows += map(matter, range(before, before + after))

    def merge(_: object, sheet: Any) -> None:  # noqa: ANN401
        for one in MERGED if heads is TWO else MERGED[:1]:
            sheet.merge_cells(one)

    return xlsx(rows, merge)


@pytest.mark.parametrize(
    ("heads", "again", "before", "after"),
    [
        (TWO, (HEADS,), 5, 1),
        (TWO, (HEADS,), 3, 3),
        (TWO, TWO, 3, 3),
        ((HEADS,), (HEADS,), 5, 1),
        ((HEADS,), TWO, 3, 3),
        (TWO, (), 3, 3),
    ],
)
def test_heads_that_come_again_do_not_take_the_matters_above_them_away(
    store: Store, heads: Rows, again: Rows, before: int, after: int
) -> None:
    rows = checked(store, ledger(heads, again, before, after))
    first = 2 + len(heads)
    repeated = range(first + before, first + before + len(again))
    assert fates(rows) == [
        (row, Fate.NO_MATTER if row in repeated else Fate.READY)
        for row in range(first, first + before + len(again) + after)
    ]
    assert {one.reason for one in rows if one.row in repeated} <= {RowKind.HEAD.value}


def test_rows_above_heads_that_are_more_than_titles_are_told(store: Store) -> None:
    content = xlsx(
        [
            TITLE,
            ("填报单位：某某镇", "", "", "填报日期：2026-10-08"),
            ("来信", 3, "来访", 5),
            (),
            HEADS,
            matter(1),
        ]
    )
    rows = checked(store, content)
    assert fates(rows) == [(3, Fate.NO_MATTER), (6, Fate.READY)]
    assert rows[0].reason == RowKind.ABOVE.value
    [one] = plans(content)
    assert (one.table.top, one.columns[1].samples) == (4, ("张三",))


def test_a_legend_that_looks_like_heads_gives_way_to_the_real_ones() -> None:
    rows = [("姓名", "电话", "住址"), TITLE, HEADS, matter(1), matter(2)]
    table = find_table(_sheet(rows))
    assert table is not None
    assert table.top == 2


ROWS = st.sampled_from([TITLE, HEADS, GROUPS, BELOW, (), *map(matter, range(6))])


@given(st.lists(ROWS, min_size=1, max_size=14), st.booleans())
def test_every_row_of_a_sheet_is_title_or_head_or_told_of(
    rows: list[tuple[Any, ...]], merged: bool
) -> None:
    sheet = _sheet(rows, [Span(1, 1, 1, 4)] if merged else [])
    table = find_table(sheet)
    if table is None:
        return
    told = {line.row: line.kind for line in table.lines()}
    for number, row in enumerate(rows, start=1):
        is_head = table.top <= number - 1 <= table.bottom
        is_title = sum(not is_blank(cell) for cell in row) < 2
        assert is_head or is_title or number in told
        if row and isinstance(row[0], int):
            assert not is_head
            assert told[number] is (RowKind.MATTER if number > table.top else RowKind.ABOVE)


def test_heads_chosen_further_down_leave_no_row_untold() -> None:
    table = table_at(_sheet([TITLE, HEADS, matter(1), HEADS, matter(2)]), 3, 3)
    assert [(line.row, line.kind) for line in table.lines()] == [
        (2, RowKind.ABOVE),
        (3, RowKind.ABOVE),
        (5, RowKind.MATTER),
    ]


def _sheet(rows: Sequence[tuple[Any, ...]], spans: Sequence[Span] = ()) -> Sheet:
    width = len(HEADS)
    return Sheet("台账", tuple((*row, *[""] * (width - len(row))) for row in rows), tuple(spans))
