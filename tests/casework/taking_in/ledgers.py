"""Ledgers as offices really have them, built in memory; nobody in them exists."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, NOW, TODAY
from xinfang_desktop.casework.taking_in import checking, columns, entering
from xinfang_desktop.casework.taking_in.checking import Checked, Fate, Options
from xinfang_desktop.casework.taking_in.entering import TakenIn
from xinfang_desktop.casework.taking_in.planning import SheetPlan, plan
from xinfang_desktop.casework.taking_in.workbook import Book, book_of
from xinfang_desktop.models import Matter, Viewer
from xinfang_desktop.store.database import Store

Rows = Sequence[Sequence[Any]]

HEADS = ("序号", "来访日期", "姓名", "身份证号", "联系电话", "住址", "反映内容", "人数")
CANAL = "村口水渠多年失修，雨季漫水淹田，要求清淤修渠。"
ZHANG = (1, "2020-10-22", "张三", "330602198803120355", "13800001234", "解放村88号", CANAL, 1)
LI = (2, "2020-10-23", "李四", "440524188001010014", "0575-88012345", "新桥村", "电梯停运。", 3)

CLERK = Viewer(name=ACCOUNT, cleared=True)


def xlsx(rows: Rows, change: Callable[[Workbook, Any], object] | None = None) -> bytes:
    """Give a workbook of one sheet; ``change`` may do anything more to it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(book, sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Give a workbook's bytes."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def in_1904(book: Workbook, _: Any) -> None:  # noqa: ANN401
    """Let the workbook count its days as Excel on the Macintosh did."""
    book.epoch = CALENDAR_MAC_1904


def read(content: bytes, name: str = "台账.xlsx") -> Book:
    """Read a file."""
    return book_of(content, name)


def plans(content: bytes, name: str = "台账.xlsx") -> list[SheetPlan]:
    """Give how a file would be read."""
    return plan(read(content, name))


def fields(content: bytes, name: str = "台账.xlsx") -> dict[str, str]:
    """Give the fields proposed for the columns of the first sheet, by their heads."""
    [first, *_] = plans(content, name)
    return {column.head: column.field for column in first.columns}


def checked(
    store: Store,
    content: bytes,
    options: Options | None = None,
    *,
    viewer: Viewer = CLERK,
    name: str = "台账.xlsx",
    today: date = TODAY,
) -> list[Checked]:
    """Give the dry run of a file as it would be read."""
    parts = [one.part() for one in plans(content, name) if one.is_wanted]
    return store.read(
        lambda s: checking.check(s, parts, options or Options(), viewer=viewer, today=today)
    )


def taken(
    store: Store,
    content: bytes,
    options: Options | None = None,
    *,
    viewer: Viewer = CLERK,
    name: str = "台账.xlsx",
    now: datetime = NOW,
) -> TakenIn:
    """Take a file in as it would be read."""
    rows = checked(store, content, options, viewer=viewer, name=name)

    def work(session: Session) -> TakenIn:
        book = read(content, name)
        return entering.take_in(
            session, store.vault, book, rows, options or Options(), viewer=viewer, now=now
        )

    return store.do(work)[0]


def fates(rows: Sequence[Checked]) -> list[tuple[int, Fate]]:
    """Give the row numbers and what becomes of them."""
    return [(one.row, one.fate) for one in rows]


def ready(rows: Sequence[Checked]) -> list[Checked]:
    """Give the rows that would be entered."""
    return [one for one in rows if one.fate is Fate.READY]


def keep_columns(store: Store, content: bytes) -> None:
    """Keep how the first sheet is read."""
    [first, *_] = plans(content)
    store.do(lambda s: columns.keep(s, first.table, first.part().arrangement, now=NOW))


def matters_of(store: Store, numbers: Sequence[str]) -> list[Matter]:
    """Read the matters of some numbers."""
    from xinfang_desktop.casework.matters import load_matter

    return [store.read(lambda s, n=n: load_matter(s, n, viewer=CLERK)) for n in numbers]  # type: ignore[misc]
