"""The work of the day on the command line: listed, as JSON, or as the printed day sheet."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinfang_desktop.casework import audit, matters, today
from xinfang_desktop.casework.today import WorkLine
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import write_file_atomically
from xinfang_desktop.models import Noted, Right
from xinfang_desktop.store.database import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from xinfang_desktop.models.report import Report

_NO_SUCH_ENDING = "每日工作单不能写成“{ending}”文件，没有写；请把文件名改为以 .pdf 或 .docx 结尾。"


def lines_of(store: Store, on: date) -> list[WorkLine]:
    """Give the work of a day in its order."""
    return store.read(lambda session: today.work(session, on, viewer=store.viewer))


def line_object(line: WorkLine) -> dict[str, Any]:
    """Tell a line of work: which matter, what is next, what is due and when."""
    item = line.item
    return {
        "number": line.number,
        "petitioner": line.names,
        "claim_start": line.claim_start,
        "sealed": line.sealed,
        "list": line.key,
        "title": line.title,
        "also": list(line.also),
        "next": line.next_step,
        "body": line.body,
        "rule": item.rule if item else None,
        "limit": line.limit,
        "due_on": item.due_on.isoformat() if item else None,
        "days_left": item.days_left if item else None,
        "left": item.left if item else "",
        "waits": line.waits,
    }


def told(line: WorkLine) -> str:
    """Tell a line of work in a line."""
    due = f"{line.item.due_on.isoformat()} {line.item.left}" if line.item else line.waits
    words = (line.title, due, line.number, line.names or line.claim_start, line.next_step)
    return "\t".join(words).rstrip()


def print_day_sheet(store: Store, on: date, to: Path) -> None:
    """Write the day sheet into a file, as PDF or DOCX by its ending.

    Raises:
        OfficeError: the account may not print, the ending is no paper's, or the file cannot be
            written.
    """
    from xinfang_desktop.forms.printing import REPORT_PRINTERS
    from xinfang_desktop.reports.day_sheet import KEY, day_sheet

    printer = REPORT_PRINTERS.get(to.suffix.lower())
    if printer is None:
        raise OfficeError(_NO_SUCH_ENDING.format(ending=to.suffix))

    def read(session: "Session") -> "Report":
        audit.require(store.viewer, Right.PRINT)
        lines = today.work(session, on, viewer=store.viewer)
        audit.note(session, Noted.PRINT, detail=KEY)
        return day_sheet(lines, matters.office_profile(session), on)

    write_file_atomically(to, printer(store.read(read)))
