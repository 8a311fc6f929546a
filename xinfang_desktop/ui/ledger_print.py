"""The shown list on paper: a table that lies on its side, with its head on every page."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING

from xinfang_desktop.errors import OfficeError

from .desk import Desk
from .printing import Paper

if TYPE_CHECKING:
    from xinfang_desktop.forms.listing import Listing
    from xinfang_desktop.models import Problem

    from .ledger_page import LedgerPage

MOST_PRINTED = 2_000
_TITLE = "信访事项台账"
_TOO_MANY = (
    "这里列出{count}件，一次最多打印{most}件，没有打印；数据没有改动。"
    "请先筛选，或者选中要打印的各件，也可以导出到 Excel 再打印。"
)
_NOTED = "台账列表{count}件"


def print_list(page: LedgerPage) -> None:
    """Ask where to print the list, or what is selected of it, masked as it is shown."""
    from .print_dialog import PrintDialog

    desk = page.desk
    ids = page.chosen_ids() or page.table.model().ids  # type: ignore[attr-defined]
    if len(ids) > MOST_PRINTED:
        desk.failed.emit(_TOO_MANY.format(count=len(ids), most=MOST_PRINTED))
        return
    try:
        desk.read(partial(_allowed, desk))
    except OfficeError as error:
        desk.failed.emit(error.sentence)
        return
    dialog = PrintDialog(desk, _paper(desk, ids, page.columns, page.told), page)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _allowed(desk: Desk, _: object) -> None:
    from xinfang_desktop.casework.audit import require
    from xinfang_desktop.models import Right

    require(desk.viewer, Right.PRINT)


def _paper(desk: Desk, ids: array[int], columns: tuple[str, ...], told: str) -> Paper:
    """Give the list as something to be printed; when it is, the trail notes how many."""
    made: dict[str, bytes] = {}

    def pdf() -> bytes:
        from xinfang_desktop.forms.listing import compose_listing
        from xinfang_desktop.forms.pdf import pdf_bytes

        if "pdf" not in made:
            made["pdf"] = pdf_bytes(compose_listing(_listing(desk, ids, columns, told)))
        return made["pdf"]

    def printed() -> bytes:
        from xinfang_desktop.models import Note, Noted

        desk.store.note(Note(Noted.PRINT, detail=_NOTED.format(count=len(ids))))
        return pdf()

    def warnings() -> list[Problem]:
        return []

    return Paper(number="", title=_TITLE, pdf=pdf, docx=None, warnings=warnings, issue=printed)


def _listing(desk: Desk, ids: array[int], columns: tuple[str, ...], told: str) -> Listing:
    from xinfang_desktop.casework.ledger import COLUMN, lines
    from xinfang_desktop.forms.listing import Listing

    office = desk.office
    shown = tuple(COLUMN[key] for key in columns)
    rows = desk.read(
        lambda session: tuple(
            (str(serial), *(column.text(line) for column in shown))
            for serial, line in enumerate(lines(session, ids), start=1)
        )
    )
    note = "　".join(
        filter(
            None, (told, f"{desk.today().isoformat()}", f"共 {len(rows)} 件", "内部使用，注意保管")
        )
    )
    return Listing(
        title=f"{office.name}{office.desk}{_TITLE}",
        note=note,
        office=office.full_name or office.name,
        headings=("序", *(column.title for column in shown)),
        widths=(5.0, *(column.width for column in shown)),
        rows=rows,
        numbers=frozenset(place for place, column in enumerate(shown, start=1) if column.counts),
    )
