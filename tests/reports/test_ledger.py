"""The ledger as a spreadsheet: text stays text, and nothing sealed is in it."""

import csv
import stat
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.helpers.office import ACCOUNT, CLEARED, NOW, accusation, petitioner, visit
from xinfang_desktop.casework.layouts import Layout, LayoutColumn, of_columns
from xinfang_desktop.casework.ledger import COLUMN, WRITTEN
from xinfang_desktop.casework.registration import register
from xinfang_desktop.casework.search import Sort
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Channel, Matter, Role, SourceLevel, Viewer
from xinfang_desktop.reports.ledger import export_ledger
from xinfang_desktop.store.database import Store

HEADINGS = [COLUMN[key].title for key in WRITTEN]
LEADER = Viewer(name="钱领导", cleared=False, role=Role.LEADER)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "台 账.xlsx"


def enter(store: Store, *matters: Matter) -> None:
    for matter in matters:
        store.do(lambda s, m=matter: register(s, m, by=ACCOUNT, now=NOW))  # type: ignore[misc]


def exported(store: Store, target: Path, **how: Any) -> Worksheet:  # noqa: ANN401
    store.read(lambda session: export_ledger(session, target, viewer=CLEARED, **how))
    sheet = load_workbook(target).active
    assert isinstance(sheet, Worksheet)
    return sheet


def line(sheet: Worksheet, row: int = 3) -> dict[str, object]:
    cells = [sheet.cell(row, column + 1).value for column in range(len(HEADINGS))]
    return dict(zip(HEADINGS, cells, strict=True))


def test_the_sheet_has_title_headings_and_a_line_for_each_matter(
    store: Store, target: Path
) -> None:
    enter(store, visit(), visit(petitioner(), petitioner(name="乙"), headcount=16))
    sheet = exported(store, target)
    assert sheet["A1"].value == "镜湖新区开发办信访办信访事项台账"
    assert [sheet.cell(2, n + 1).value for n in range(len(HEADINGS))] == HEADINGS
    assert sheet.max_row == 4
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:R4"
    first = line(sheet)
    assert first["编号"] == "镜访〔2026〕2号"
    assert (first["信访人"], first["人数"]) == ("铍𫖯𠮷 等2人", 16)
    assert (first["信访形式"], first["事项类别"], first["状态"]) == ("来访", "申诉求决", "已登记")


def test_a_day_is_a_day(store: Store, target: Path) -> None:
    enter(store, visit())
    sheet = exported(store, target)
    assert line(sheet)["收到日期"] == datetime(2026, 10, 8)
    assert sheet.cell(3, HEADINGS.index("收到日期") + 1).is_date


def test_figures_that_are_names_stay_text(store: Store, target: Path) -> None:
    enter(
        store,
        visit(
            petitioner(phone="057588001234"),
            source_level=SourceLevel.SUPERIOR,
            superior_number="00012345678901234567",
        ),
    )
    sheet = exported(store, target, full=True, purpose="上报")
    for heading, expected in (("联系电话", "057588001234"), ("信访件编号", "00012345678901234567")):
        cell = sheet.cell(3, HEADINGS.index(heading) + 1)
        assert (cell.value, cell.data_type) == (expected, "s")


@pytest.mark.parametrize("typed", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\tx"])
def test_nothing_a_petitioner_says_is_a_formula(store: Store, target: Path, typed: str) -> None:
    enter(store, visit(petitioner(name=typed, address=typed), claim=typed))
    sheet = exported(store, target)
    for heading in ("信访人", "反映内容及诉求"):
        cell = sheet.cell(3, HEADINGS.index(heading) + 1)
        assert (cell.value, cell.data_type) == (typed, "s")


def test_numbers_and_addresses_are_masked_and_names_are_not(store: Store, target: Path) -> None:
    enter(store, visit())
    told = line(exported(store, target))
    assert told["证件号码"] == "330***********0355"
    assert told["联系电话"] == "138****1234"
    assert told["单位地址"] == "灵芝街道解放村***"
    assert told["信访人"] == "铍𫖯𠮷"
    assert b"330602198803120355" not in target.read_bytes()


def test_all_of_it_is_given_to_whoever_may_and_says_what_for(store: Store, target: Path) -> None:
    enter(store, visit())
    with pytest.raises(OfficeError, match="写明用途"):
        exported(store, target, full=True)
    told = line(exported(store, target, full=True, purpose="上报\n上级"))
    assert told["证件号码"] == "330602198803120355"
    assert told["单位地址"] == "灵芝街道解放村88号"
    assert noted(store) == ["台账1件，号码未遮盖，用途：上报 上级"]


def test_who_may_not_export_is_refused(store: Store, target: Path) -> None:
    with pytest.raises(OfficeError, match="“导出”的权限"):
        store.read(lambda session: export_ledger(session, target, viewer=LEADER))
    assert not target.exists()


def noted(store: Store) -> list[str]:
    with store.reading() as connection:
        found = connection.execute("SELECT detail FROM audit_entry WHERE act = 'export'")
        return [row[0] for row in found]


def test_the_trail_notes_how_many_and_never_what_was_searched(store: Store, target: Path) -> None:
    enter(store, visit(), visit(claim="电梯"))
    exported(store, target, words="水渠", purpose="存档")
    assert noted(store) == ["台账1件，用途：存档"]


def test_a_layout_has_its_own_columns_headings_and_title(store: Store, target: Path) -> None:
    enter(store, visit(), visit(petitioner(name="乙"), superior_number="0012"))
    columns = (
        LayoutColumn("序号", "serial"),
        LayoutColumn("姓名", "names"),
        LayoutColumn("上级编号", "superior_number"),
        LayoutColumn("备注", ""),
    )
    sheet = exported(store, target, layout=Layout("月报", "", columns))
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told == [
        ["序号", "姓名", "上级编号", "备注"],
        [1, "乙", "0012", None],
        [2, "铍𫖯𠮷", None, None],
    ]
    assert sheet.freeze_panes == "B2"
    assert noted(store) == ["台账2件，样式“月报”"]


def test_columns_and_order_are_those_asked_for(store: Store, target: Path) -> None:
    enter(store, visit(petitioner(name="周某")), visit(petitioner(name="阿某")))
    sheet = exported(
        store, target, layout=of_columns(("names", "number")), sort=Sort("name", descending=True)
    )
    assert [cell.value for cell in sheet["A"]] == ["信访人", "周某", "阿某"]


def test_a_row_is_as_high_as_its_text_needs(store: Store, target: Path) -> None:
    enter(store, visit(claim="一\n二\n三\n四"), visit(claim="短"), visit(claim="长" * 3000))
    sheet = exported(store, target)
    heights = [sheet.row_dimensions[row].height for row in (3, 4, 5)]
    assert 390 < heights[0] <= 400
    assert heights[1] is None or heights[1] < 40
    assert 55 < heights[2] < 60


def test_text_is_written_only_when_asked_and_excel_can_read_it(
    store: Store, tmp_path: Path
) -> None:
    enter(store, visit(petitioner(name="=1+1"), claim="-甲，\n“乙”"))
    target = tmp_path / "台账.csv"
    store.read(lambda session: export_ledger(session, target, viewer=CLEARED))
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    [head, row] = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    told = dict(zip(head, row, strict=True))
    assert head == HEADINGS
    assert (told["信访人"], told["反映内容及诉求"]) == ("\t=1+1", "\t-甲，\n“乙”")
    assert told["证件号码"] == "330***********0355"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert noted(store) == ["台账1件，CSV"]


def test_a_sealed_matter_is_its_number_and_a_word(store: Store, target: Path) -> None:
    enter(store, accusation())
    told = line(exported(store, target))
    assert told["编号"] == "镜访〔2026〕1号"
    assert told["反映内容及诉求"] == "检举控告（保密）"
    for heading in ("信访人", "人数", "证件号码", "联系电话", "单位地址", "内容分类", "问题属地"):
        assert told[heading] is None, heading


def test_a_claim_too_long_for_a_cell_says_that_it_goes_on(store: Store, target: Path) -> None:
    enter(store, visit(claim="𠮷" * 40_000))
    told = line(exported(store, target))["反映内容及诉求"]
    assert isinstance(told, str)
    assert told.startswith("𠮷𠮷")
    assert told.endswith("全文见登记内容）")


def test_rare_characters_and_line_ends_come_through(store: Store, target: Path) -> None:
    claim = "铍𫖯𠮷㛃䶮\n第二行\U000323af"
    enter(store, visit(claim=claim))
    assert line(exported(store, target))["反映内容及诉求"] == claim


def test_an_empty_ledger_is_its_headings(store: Store, target: Path) -> None:
    sheet = exported(store, target)
    assert sheet.max_row == 2


def test_only_what_was_asked_for_is_exported(store: Store, target: Path) -> None:
    enter(store, visit(), visit(channel=Channel.LETTER), visit(received_on=date(2025, 1, 1)))

    def export(session: object) -> int:
        return export_ledger(
            session,  # type: ignore[arg-type]
            target,
            viewer=CLEARED,
            words="水渠",
            channel=Channel.VISIT,
            received_from=date(2026, 1, 1),
        )

    assert store.read(export) == 1


def test_the_file_is_its_owners_alone(store: Store, target: Path) -> None:
    exported(store, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_no_clear_text_is_left_in_temporary_files(
    store: Store, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file would lie on the disk in clear text")

    monkeypatch.setattr(tempfile, "mkstemp", forbidden)
    monkeypatch.setattr(tempfile, "TemporaryFile", forbidden)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", forbidden)
    enter(store, visit())
    exported(store, target)


def test_a_full_disk_leaves_the_old_ledger(
    store: Store, target: Path, request: pytest.FixtureRequest
) -> None:
    target.write_bytes(b"old")
    request.getfixturevalue("small_disk")
    with pytest.raises(OfficeError, match="文件没有写成"):
        store.read(lambda session: export_ledger(session, target, viewer=CLEARED))
    assert target.read_bytes() == b"old"
