"""What a cell says: as it was typed, or that it must be put right; never anything else."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang_desktop.casework.taking_in import cells
from xinfang_desktop.casework.taking_in.cells import Hints, Reading
from xinfang_desktop.casework.taking_in.headings import choices_of, meaning
from xinfang_desktop.casework.taking_in.workbook import EPOCH_1904, Cell
from xinfang_desktop.models import Channel

TODAY = date(2026, 11, 22)
HINTS = Hints(TODAY)
OCTOBER = date(2020, 10, 22)


@pytest.mark.parametrize(
    "written",
    [
        44126,
        44126.0,
        "44126",
        20201022,
        20201022.0,
        "20201022",
        "2020-10-22",
        "2020/10/22",
        "2020.10.22",
        "2020．10．22",
        "２０２０年１０月２２日",
        "2020年10月22日",
        "2020年10月22日（星期四）",
        " 2020 年 10 月 22 日 ",
        "'2020-10-22",
        "2020-10-22 00:00:00",
        date(2020, 10, 22),
        datetime(2020, 10, 22),
    ],
)
def test_a_day_is_a_day_however_it_is_written(written: Cell) -> None:
    assert cells.day(written, HINTS) == Reading((OCTOBER, None))


@pytest.mark.parametrize(
    "written",
    [
        44126.395833333336,
        datetime(2020, 10, 22, 9, 30),
        "2020-10-22 9:30",
        "2020年10月22日 上午9时30分",
        "2020.10.22 09：30",
        "2020-10-22T09:30:00",
    ],
)
def test_a_day_with_its_time(written: Cell) -> None:
    assert cells.day(written, HINTS) == Reading((OCTOBER, time(9, 30)))


def test_days_counted_from_1904_are_other_days() -> None:
    hints = Hints(TODAY, EPOCH_1904)
    assert cells.day(44126.0 - 1462, hints) == Reading((OCTOBER, None))


@pytest.mark.parametrize("written", ["10月22日", "10.22", "10-22", "10/22"])
def test_a_day_without_its_year_needs_a_sheet_that_names_one(written: str) -> None:
    assert cells.day(written, Hints(TODAY, year=2020)) == Reading((OCTOBER, None))
    assert "没有写年份" in cells.day(written, HINTS).trouble


def test_a_year_of_two_digits_is_believed_only_where_the_sheet_says_the_same() -> None:
    assert cells.day("20.10.22", Hints(TODAY, year=2020)) == Reading((OCTOBER, None))
    assert "只有两位" in cells.day("20.10.22", HINTS).trouble
    assert "只有两位" in cells.day("20.10.22", Hints(TODAY, year=2021)).trouble


@pytest.mark.parametrize(
    ("written", "trouble"),
    [
        (10.22, "看不出是几月几日"),
        (10.1, "看不出是几月几日"),
        (2020.1, "看不出是几月几日"),
        ("2020-02-30", "没有这一天"),
        (20201332, "没有这一天"),
        ("2020年10月", "看不出是哪一天"),
        ("2020.10.22-23", "看不出是哪一天"),
        ("上周三", "看不出是哪一天"),
        ("2020年10月22日下午", "看不出是哪一天"),
        ("2026-11-23", "在今天之后"),
        ("1020-10-22", "年份太早"),
        ("#N/A", "公式出错"),
        (True, "看不出是哪一天"),
        (float("inf"), "看不出是哪一天"),
    ],
)
def test_what_may_be_two_days_or_none_must_be_put_right(written: Cell, trouble: str) -> None:
    read = cells.day(written, HINTS)
    assert trouble in read.trouble
    assert read.value is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("330602198803120355", "330602198803120355"),
        ("33060219880312035x", "33060219880312035x"),
        ("'330602198803120355", "330602198803120355"),
        ("３３０６０２１９８８０３１２０３５５", "330602198803120355"),
        (" 330602198803120355 ", "330602198803120355"),
        (330602880312035.0, "330602880312035"),
        (13800001234.0, "13800001234"),
        (13800001234, "13800001234"),
        ("138-0000-1234", "138-0000-1234"),
        ("绍信（2025）12号", "绍信（2025）12号"),
        ("", ""),
    ],
)
def test_a_number_lands_as_it_was_typed(written: Cell, read: str) -> None:
    assert cells.number(written) == Reading(read)


@pytest.mark.parametrize(
    "written",
    [330602198803120355.0, 330602198803120000, "3.30602E+17", "3.30602e17", "1.38E+10", "#######"],
)
def test_a_number_that_was_rounded_is_never_guessed(written: Cell) -> None:
    read = cells.number(written)
    assert read.value is None
    assert "后几位已经丢失" in read.trouble


@given(st.floats(allow_nan=False).filter(lambda figure: abs(figure) >= 1e15))
def test_no_figure_of_more_than_fifteen_digits_is_believed(figure: float) -> None:
    assert cells.number(figure).trouble


@given(st.integers(0, 10**15 - 1))
def test_every_whole_figure_that_a_spreadsheet_keeps_lands_digit_by_digit(figure: int) -> None:
    assert cells.number(float(figure)) == Reading(str(figure))


@pytest.mark.parametrize(
    ("written", "names", "crowd"),
    [
        ("张三", ["张三"], None),
        ("张　三", ["张　三"], None),
        ("张三、李四", ["张三", "李四"], None),
        ("张三，李四,王五", ["张三", "李四", "王五"], None),
        ("张三\n李四", ["张三", "李四"], None),
        ("张三、李四等5人", ["张三", "李四"], 5),
        ("张三等５人", ["张三"], 5),
        ("张三（等 16 人）", ["张三"], 16),
        ("张三等人", ["张三"], None),
        ("张三等", ["张三"], None),
        ("张三等20余户", ["张三等20余户"], None),
        ("迪丽热巴·迪力木拉提", ["迪丽热巴·迪力木拉提"], None),
        ("镜湖建材厂", ["镜湖建材厂"], None),
        ("", [], None),
    ],
)
def test_several_people_in_one_cell(written: str, names: list[str], crowd: int | None) -> None:
    assert cells.names(written) == (names, crowd)


@pytest.mark.parametrize(("written", "read"), [(3, 3), (3.0, 3), ("3人", 3), ("３", 3), ("", None)])
def test_a_count(written: Cell, read: int | None) -> None:
    assert cells.count(written) == Reading(read)


@pytest.mark.parametrize("written", ["约50人", "三人", 2.5, -1, "20余户", True, "1e9"])
def test_what_is_no_count_is_not_made_one(written: Cell) -> None:
    assert cells.count(written).trouble


@pytest.mark.parametrize(
    ("written", "read"),
    [("来访", Channel.VISIT), ("走访", Channel.VISIT), ("来 信", Channel.LETTER), ("", None)],
)
def test_a_choice_by_whatever_it_is_called(written: str, read: Channel | None) -> None:
    assert cells.choice(written, choices_of("channel")) == Reading(read)


def test_a_choice_that_nobody_knows_must_be_made() -> None:
    assert "不在可选的范围" in cells.choice("托人带话", choices_of("channel")).trouble


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("姓名", "names"),
        ("信访人姓名（必填）", "names"),
        ("信访人\n姓　名", "names"),
        ("信访人联系电话", "phone"),
        ("来访群众身份证号码", "document"),
        ("主要诉求", "claim"),
        ("被反映人", "accused"),
        ("接访时间", "received_on"),
        ("序号", ""),
        ("经办人电话", ""),
        ("交办日期", ""),
    ],
)
def test_a_head_means_what_offices_mean_by_it(head: str, field: str) -> None:
    found = meaning(head)
    assert found is not None
    assert found.field == field


def test_a_head_that_nobody_uses_means_nothing() -> None:
    assert meaning("桌椅颜色") is None
    assert meaning("日期戳") is None
