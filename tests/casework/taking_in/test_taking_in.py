"""The import: every cell lands as typed or waits; all or nothing; undone, withdrawn, put right."""

import string
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.casework.taking_in.ledgers import (
    CANAL,
    CLERK,
    HEADS,
    LI,
    ZHANG,
    checked,
    matters_of,
    plans,
    read,
    taken,
    xlsx,
)
from tests.helpers.office import ACCOUNT, CLEARED, NOW, TODAY, UNCLEARED
from tests.helpers.writing import NAMES
from xinfang_desktop.casework import drafts, registration
from xinfang_desktop.casework.matters import history, load_matter
from xinfang_desktop.casework.search import count, find
from xinfang_desktop.casework.taking_in import checking, columns, entering, repairs, telling
from xinfang_desktop.casework.taking_in.checking import CANCELLED, Fate, Finished, Options
from xinfang_desktop.casework.taking_in.entering import LedgerLine
from xinfang_desktop.casework.taking_in.rows import RowRead
from xinfang_desktop.casework.undo import WITHDRAWN, redo, undo
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Kind, PetitionState, Role, Viewer
from xinfang_desktop.store.database import Store

BROKEN = (3, "2020-10-24", "王五", 330602198803120355, "13700001234", "下方桥村", "修路。", 1)
SEALED = ("日期", "姓名", "身份证", "内容", "信访目的")


def numbered(*serials: int) -> list[str]:
    return [f"镜访〔2020〕{serial}号" for serial in serials]


def ledgers(store: Store) -> list[LedgerLine]:
    return store.read(lambda s: entering.ledgers(s, viewer=CLERK))


def waiting(store: Store, viewer: Viewer = CLERK) -> list[repairs.WaitingLine]:
    return store.read(lambda s: repairs.waiting(s, viewer=viewer, today=TODAY))


def in_lists(store: Store) -> int:
    return store.read(lambda s: count(s, viewer=CLEARED))


def put_right(store: Store, written: dict[str, str], **how: Any) -> str:  # noqa: ANN401
    [line] = waiting(store)
    return store.do(lambda s: repairs.put_right(s, line.id, written, viewer=CLERK, now=NOW, **how))[
        0
    ].number


def written_of(store: Store) -> dict[str, str]:
    [line] = waiting(store)
    return dict(
        store.read(lambda s: repairs.open_row(s, line.id, viewer=CLERK, today=TODAY)).written
    )


def withdraw(store: Store) -> int:
    return store.do(lambda s: entering.withdraw(s, 1, viewer=CLERK, now=NOW))[0]


# what lands


def test_what_comes_in_went_the_way_of_every_registration(store: Store) -> None:
    content = xlsx([HEADS, ZHANG, LI])
    done = taken(store, content)
    assert list(done.numbers) == numbered(1, 2)
    one, two = matters_of(store, done.numbers)
    assert (one.petition.registered_by, one.petition.registered_at) == (ACCOUNT, NOW)
    assert (one.petitioner.sex, str(one.petitioner.born_on)) == ("male", "1988-03-12")
    assert two.petition.headcount == 3
    assert list(store.read(lambda s: find(s, "水渠", viewer=CLEARED))) == [one.petition.id]
    [step] = store.read(lambda s: history(s, one.petition.id or 0, viewer=CLEARED))
    assert step.words == "自《台账.xlsx》“台账”第2行导入"
    with store.reading() as connection:
        trail = connection.execute("SELECT act, detail FROM audit_entry").fetchall()
    assert ("take_in", "登记2件，待补正0行，未登记0行") in trail


def test_time_limits_run_from_the_day_it_came_in(store: Store) -> None:
    taken(store, xlsx([HEADS, (1, "2026-11-20", *ZHANG[2:])]))
    with store.reading() as connection:
        days = connection.execute("SELECT started_on FROM deadline").fetchall()
    assert ("2026-11-20",) in days


def test_the_file_stays_with_the_import_encrypted(store: Store) -> None:
    content = xlsx([HEADS, ZHANG])
    taken(store, content)
    name, kept = store.read(lambda s: entering.original(s, 1, viewer=CLERK))
    assert (name, store.vault.read(kept)) == ("台账.xlsx", content)
    assert content not in store.vault.path(kept).read_bytes()
    assert store.read(lambda s: entering.taken_before(s, read(content).digest)) == NOW
    [line] = ledgers(store)
    assert (line.taken_in_by, line.registered, line.waiting) == (ACCOUNT, 1, 0)


def test_remarks_and_damaged_cells_stand_in_the_history(store: Store) -> None:
    content = xlsx([(*HEADS, "备注"), (*BROKEN, "老户")])
    [number] = taken(store, content, Options(blank_damaged=True)).numbers
    [matter] = matters_of(store, [number])
    assert matter.petitioner.document_number == ""
    [step] = store.read(lambda s: history(s, 1, viewer=CLEARED))
    assert step.words == ("自《台账.xlsx》“台账”第2行导入；备注：老户；原表证件号码“3.30602E+17”")


@pytest.mark.parametrize(
    ("finished", "standing"),
    [
        (Finished.CONCLUDED, ["已归档", "已登记"]),
        (Finished.ALL, ["已归档", "已归档"]),
        (Finished.NONE, ["已登记", "已登记"]),
    ],
)
def test_old_matters_that_are_done_run_into_no_time_limit(
    store: Store, finished: Finished, standing: list[str]
) -> None:
    content = xlsx([(*HEADS, "办结时间"), (*ZHANG, "2020-11-30"), (*LI, "")])
    done = taken(store, content, Options(finished=finished))
    assert [m.petition.standing for m in matters_of(store, done.numbers)] == standing


def test_nothing_ready_is_nothing_taken_in(store: Store) -> None:
    with pytest.raises(OfficeError, match="没有可以登记的行"):
        taken(store, xlsx([HEADS, ("合计",)]))


def test_who_may_only_look_takes_nothing_in(store: Store) -> None:
    leader = Viewer(name="钱领导", cleared=False, role=Role.LEADER)
    with pytest.raises(OfficeError, match="没有“"):
        taken(store, xlsx([HEADS, ZHANG]), viewer=leader)


# all or nothing


def test_a_cancelled_import_leaves_nothing(store: Store) -> None:
    content = xlsx([HEADS, *(_row(serial) for serial in range(250))])
    rows = checked(store, content)
    told: list[int] = []

    def work(session: Session) -> object:
        return entering.take_in(
            session,
            store.vault,
            read(content),
            rows,
            Options(),
            viewer=CLERK,
            now=NOW,
            tell=lambda done, total: told.append(done),
            is_cancelled=lambda: len(told) > 2,
        )

    with pytest.raises(OfficeError, match=CANCELLED):
        store.do(work)
    assert told == [0, 100, 200]
    assert in_lists(store) == 0
    assert ledgers(store) == []
    assert taken(store, content).numbers[0] == numbered(1)[0]


def test_a_dry_run_can_be_cancelled(store: Store) -> None:
    content = xlsx([HEADS, *(_row(serial) for serial in range(150))])
    parts = [one.part() for one in plans(content)]
    with pytest.raises(OfficeError, match=CANCELLED):
        store.read(
            lambda s: checking.check(
                s, parts, Options(), viewer=CLERK, today=TODAY, is_cancelled=lambda: True
            )
        )


def _row(serial: int) -> tuple[Any, ...]:
    return (
        serial,
        "2020-10-22",
        f"张{serial}",
        "",
        f"138{serial:08}",
        "村",
        f"第{serial}件事。",
        1,
    )


# taking it back


def test_the_whole_import_is_undone_and_done_again_at_once(store: Store) -> None:
    taken(store, xlsx([HEADS, ZHANG, LI, BROKEN]))
    assert (in_lists(store), len(waiting(store))) == (2, 1)
    store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))
    assert (in_lists(store), waiting(store)) == (0, [])
    assert [line.is_withdrawn for line in ledgers(store)] == [True]
    states = [(m.petition.state, m.petition.void_reason) for m in matters_of(store, numbered(1, 2))]
    assert states == [(PetitionState.VOID, WITHDRAWN)] * 2
    store.do(lambda s: redo(s, by=ACCOUNT, now=NOW))
    assert (in_lists(store), len(waiting(store))) == (2, 1)
    assert [line.is_withdrawn for line in ledgers(store)] == [False]
    assert store.read(lambda s: count(s, "水渠", viewer=CLEARED)) == 1


def test_an_import_is_withdrawn_on_another_day_and_that_is_undone_too(store: Store) -> None:
    taken(store, xlsx([HEADS, ZHANG, LI, BROKEN]))
    store.acts.forget()
    assert withdraw(store) == 2
    assert (in_lists(store), waiting(store)) == (0, [])
    assert store.read(lambda s: count(s, "水渠", viewer=CLEARED)) == 0
    with pytest.raises(OfficeError, match="已经撤回过了"):
        withdraw(store)
    store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))
    assert (in_lists(store), len(waiting(store))) == (2, 1)
    assert store.read(lambda s: count(s, "水渠", viewer=CLEARED)) == 1


def test_an_import_that_was_worked_on_is_not_withdrawn(store: Store) -> None:
    taken(store, xlsx([HEADS, ZHANG, LI]))
    matter = store.read(lambda s: load_matter(s, numbered(2)[0], viewer=CLEARED))
    matter.petition.claim = "电梯修好了。"
    store.do(lambda s: registration.amend(s, matter, by="李", now=NOW))
    with pytest.raises(
        OfficeError, match="这次导入的1件在导入之后又有办理或修改（如镜访〔2020〕2号）"
    ):
        withdraw(store)
    assert in_lists(store) == 2


def test_a_matter_that_was_voided_by_itself_does_not_stand_in_the_way(store: Store) -> None:
    taken(store, xlsx([HEADS, ZHANG, LI]))
    store.do(lambda s: registration.void(s, numbered(1)[0], reason="重", by="李", now=NOW))
    assert withdraw(store) == 1


# putting right


def test_a_damaged_row_waits_with_what_it_said_and_is_registered_when_put_right(
    store: Store,
) -> None:
    taken(store, xlsx([HEADS, ZHANG, BROKEN]))
    [line] = waiting(store)
    assert (line.file_name, line.sheet, line.row) == ("台账.xlsx", "台账", 3)
    assert (line.told, line.reason[:4]) == ("王五 修路。", "证件号码")
    written = written_of(store)
    assert written["document"] == "3.30602E+17"
    with pytest.raises(OfficeError, match="还有1处没有补正"):
        put_right(store, written)
    number = put_right(store, {**written, "document": "330602198803120355"})
    [matter] = matters_of(store, [number])
    assert matter.petitioner.document_number == "330602198803120355"
    assert matter.petition.received_on == date(2020, 10, 24)
    assert waiting(store) == []
    store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))
    assert written_of(store) == written


def test_a_damaged_row_may_be_registered_with_the_cell_blank(store: Store) -> None:
    taken(store, xlsx([HEADS, BROKEN]))
    number = put_right(store, written_of(store), blank_damaged=True)
    [matter] = matters_of(store, [number])
    assert (matter.petitioner.document_number, matter.petitioner.phone) == ("", "13700001234")
    [step] = store.read(lambda s: history(s, 1, viewer=CLEARED))
    assert "原表证件号码“3.30602E+17”" in step.words


def test_a_damaged_row_may_be_let_go_and_taken_up_again(store: Store) -> None:
    taken(store, xlsx([HEADS, BROKEN]))
    [line] = waiting(store)
    store.do(lambda s: repairs.leave_out(s, line.id, reason="重复", viewer=CLERK))
    assert waiting(store) == []
    with pytest.raises(OfficeError, match="已经登记或不再登记"):
        store.read(lambda s: repairs.open_row(s, line.id, viewer=CLERK, today=TODAY))
    store.do(lambda s: repairs.take_up_again(s, line.id, viewer=CLERK))
    assert store.read(lambda s: repairs.count_waiting(s, viewer=CLERK)) == 1


def test_a_row_is_let_go_for_a_reason_only(store: Store) -> None:
    taken(store, xlsx([HEADS, BROKEN]))
    [line] = waiting(store)
    with pytest.raises(OfficeError, match="写明原因"):
        store.do(lambda s: repairs.leave_out(s, line.id, reason=" ", viewer=CLERK))
    assert waiting(store) == [line]


def test_a_row_goes_into_the_registration_form_once_and_waits_until_it_is_registered(
    store: Store,
) -> None:
    taken(store, xlsx([HEADS, BROKEN]))
    [line] = waiting(store)

    def to_form(session: Session) -> int:
        written = repairs.open_row(session, line.id, viewer=CLERK, today=TODAY).written
        return repairs.to_form(session, line.id, written, "form", viewer=CLERK, now=NOW)

    (draft, _), (again, _) = store.do(to_form), store.do(to_form)
    assert draft == again
    matter = store.read(lambda s: drafts.open_draft(s, draft, viewer=CLERK))
    assert matter.waiting_row == line.id
    assert waiting(store) == [line]
    store.do(lambda s: registration.register(s, matter, by=ACCOUNT, now=NOW))
    assert waiting(store) == []
    store.do(lambda s: undo(s, by=ACCOUNT, now=NOW))
    assert waiting(store) == [line]


def test_a_column_called_type_is_the_kind_where_words_of_kinds_stand_in_it() -> None:
    heads = (*HEADS, "类别")
    rows = [(*ZHANG, "求决"), (*LI, "建议"), (*LI, "求助")]
    [kinds] = plans(xlsx([heads, *rows]))
    assert kinds.columns[-1].field == "kind"
    assert columns.odd_words(kinds.table, kinds.part().arrangement) == [
        columns.OddWord("kind", "求助", 1)
    ]
    [categories] = plans(xlsx([heads, (*ZHANG, "城乡建设"), (*LI, "劳动保障")]))
    assert categories.columns[-1].field == "category"


def test_an_odd_word_is_settled_once_and_never_guessed(store: Store) -> None:
    heads, rows = (*HEADS, "事项类别"), [(*ZHANG, "诉苦"), (*LI, "诉苦")]
    [one] = plans(xlsx([heads, *rows]))
    assert columns.odd_words(one.table, one.part().arrangement) == [
        columns.OddWord("kind", "诉苦", 2)
    ]
    settled = replace(one, words={"kind": {"诉苦": Kind.REMEDY.value}})
    found = store.read(
        lambda s: checking.check(s, [settled.part()], Options(), viewer=CLERK, today=TODAY)
    )
    assert [row.read.given.kind for row in found if row.read] == [Kind.REMEDY] * 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("证件330602198803120355。", "证件330***********0355。"),
        ("电话13800001234", "电话138****1234"),
        ("2020-10-22 3.30602E+17 88012345", "2020-10-22 3.30602E+17 88012345"),
    ],
)
def test_a_report_hides_the_middle_of_long_numbers(text: str, shown: str) -> None:
    assert telling.hide_numbers(text) == shown


def test_a_row_of_several_people_waits_whole(store: Store) -> None:
    content = xlsx(
        [
            ("日期", "姓名", "证件号码", "反映内容"),
            ("2020-10-22", "张三", 330602198803120355, CANAL),
            (None, "李四", 440524188001010014, None),
        ],
        lambda book, sheet: [sheet.merge_cells(one) for one in ("A2:A3", "D2:D3")],
    )
    taken(store, content)
    written = written_of(store)
    assert (written["names"], written["1.names"]) == ("张三", "李四")
    [line] = waiting(store)
    still = store.read(
        lambda s: repairs.still_wrong(
            s,
            line.id,
            {**written, "document": "330602198803120355"},
            viewer=CLERK,
            today=TODAY,
        )
    )
    assert [(one.field, one.title) for one in still] == [("1.document", "证件号码（第2人）")]
    right = {"document": "330602198803120355", "1.document": "440524188001010014"}
    [matter] = matters_of(store, [put_right(store, {**written, **right})])
    assert [p.document_number for p in matter.petitioners] == [*right.values()]


# what nobody may see


def test_an_accusation_in_a_ledger_is_sealed_from_the_dry_run_on(store: Store) -> None:
    damaged = 330602198803120355
    content = xlsx(
        [
            SEALED,
            ("2020-10-22", "赵检举", "330602197205150330", "举报低价出租集体店面。", "揭发控告"),
            ("2020-10-23", "钱检举", damaged, "举报另一件事。", "举报"),
        ]
    )
    rows = checked(store, content)
    assert [one.told for one in rows] == ["检举控告（保密）"] * 2
    taken(store, content)
    [line] = waiting(store, UNCLEARED)
    assert (line.told, line.reason) == ("检举控告（保密）", "有1处要补正")
    for ask in (
        lambda s: repairs.open_row(s, line.id, viewer=UNCLEARED, today=TODAY),
        lambda s: repairs.leave_out(s, line.id, reason="重复", viewer=UNCLEARED),
        lambda s: entering.original(s, 1, viewer=UNCLEARED),
        lambda s: load_matter(s, numbered(1)[0], viewer=UNCLEARED),
    ):
        with pytest.raises(OfficeError, match="检举控告"):
            store.read(ask)
    assert store.read(lambda s: count(s, "店面", viewer=CLEARED)) == 0


def test_whether_an_accusation_is_there_already_is_told_to_the_cleared_only(store: Store) -> None:
    content = xlsx([SEALED, ("2020-10-22", "赵检举", "", "举报店面。", "举报")])
    taken(store, content)
    assert checked(store, content)[0].fate is Fate.DOUBLE
    assert checked(store, content, viewer=UNCLEARED)[0].fate is Fate.READY


# nothing is silently altered


DAYS = st.dates(date(2001, 1, 1), date(2026, 11, 22))
DAY_CELLS: dict[str, Any] = {
    "as a day": lambda day: day,
    "as a moment": lambda day: datetime(day.year, day.month, day.day),
    "as a figure": lambda day: (day - date(1899, 12, 30)).days,
    "with dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "in Chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "eight digits": lambda day: f"{day:%Y%m%d}",
    "eight digits as a figure": lambda day: int(f"{day:%Y%m%d}"),
}
DIGITS = st.text(string.digits, min_size=1, max_size=18)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=30
).filter(lambda text: not text.startswith("=") and "_x" not in text)
ROWS = st.fixed_dictionaries(
    {
        "day": DAYS,
        "shape": st.sampled_from(sorted(DAY_CELLS)),
        "name": NAMES.filter(lambda name: name.strip() == name and not name.endswith("等")),
        "document": DIGITS,
        "as_figure": st.booleans(),
        "phone": st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
        "claim": WORDS,
        "heads": st.integers(0, 9999),
    }
)
PROPERTY_HEADS = ("来访日期", "姓名", "身份证号", "联系电话", "反映内容", "人数")


def lands(row: dict[str, Any], read_row: RowRead) -> None:
    """Every cell stands in the record as it was typed, or among what must be put right."""
    given, wrong = read_row.given, {trouble.field for trouble in read_row.troubles}
    person = given.petitioners[0]
    assert given.received_on is not None
    assert given.received_on.on == row["day"]
    assert person.name == row["name"]
    as_figure = row["as_figure"] and row["document"] == str(int(row["document"]))
    if as_figure and len(row["document"]) > 15:
        assert wrong == {"document"}
        assert person.document.number == ""
    else:
        assert wrong == set()
        assert person.document.number == row["document"]
    assert person.phone == row["phone"]
    assert given.claim == row["claim"].strip()
    assert given.headcount == row["heads"]


@settings(max_examples=60)
@given(rows=st.lists(ROWS, min_size=1, max_size=6))
def test_every_cell_of_a_random_ledger_lands_as_typed_or_waits(
    store: Store, rows: list[dict[str, Any]]
) -> None:
    cells = [
        (
            DAY_CELLS[row["shape"]](row["day"]),
            row["name"],
            int(row["document"])
            if row["as_figure"] and row["document"] == str(int(row["document"]))
            else row["document"],
            row["phone"],
            row["claim"],
            row["heads"],
        )
        for row in rows
    ]
    found = checked(store, xlsx([PROPERTY_HEADS, *cells]), Options(with_doubles=True))
    told = [one for one in found if one.read is not None]
    assert len(told) == len(rows)
    for row, one in zip(rows, told, strict=True):
        assert one.read is not None
        lands(row, one.read)


def test_a_month_is_not_lost_at_its_ends(store: Store) -> None:
    first = date(2020, 1, 31)
    rows = [(first + timedelta(days=n), f"张{n}", "", "", "事", 1) for n in range(3)]
    done = taken(store, xlsx([PROPERTY_HEADS, *rows]))
    days = [matter.petition.received_on for matter in matters_of(store, done.numbers)]
    assert days == [date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)]
