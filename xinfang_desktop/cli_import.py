"""Taking in a foreign ledger on the command line: dry run, import, the list of imports, withdrawal.

The report is an object with the same keys always: ``file``, ``id`` (of the import; null for a dry
run), ``dry_run``, ``taken_in_before``, ``counts`` (ready, repair, double, no_matter), ``sheets``
(how each was read), ``numbers`` (those given) and ``rows``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session

from xinfang_desktop.casework.audit import note, require
from xinfang_desktop.casework.taking_in import checking, columns, entering, repairs, telling
from xinfang_desktop.casework.taking_in.checking import Checked, Finished, Options
from xinfang_desktop.casework.taking_in.entering import LedgerLine, TakenIn
from xinfang_desktop.casework.taking_in.planning import SheetPlan, only, plan
from xinfang_desktop.casework.taking_in.workbook import Book, read_book
from xinfang_desktop.cli_ledger import NO_PURPOSE
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.files import read_file, write_file_atomically
from xinfang_desktop.models import Channel, Noted, Right
from xinfang_desktop.store.database import Store

FINISHED = {one.name.lower(): one for one in Finished}
CHANNELS = {**{one.value: one for one in Channel}, **{one.label: one for one in Channel}}

_NO_PAIR = "“{given}”不是“列=字段”，没有导入。请写成 电话=phone 或 C=联系电话 这样。"
_NOT_UTF8 = "对应关系文件不是UTF-8编码的文字，没有导入；请另存为UTF-8后再试。"
_NO_CHANNEL = "没有“{given}”这种信访形式，没有导入；可以用：{known}。"
_BEFORE = "这个文件在{when:%Y-%m-%d %H:%M}导入过，这次已有的行不再登记。"
_WAITING = "有{count}行待补正，没有登记；请在窗口的台账·导入里补正，或用 --waiting 列出。"
_DONE = "已导入{count}件（第{id}次导入）：{counts}。"
_DRY = "核对结果（没有导入）：{counts}。"


@dataclass(frozen=True)
class Wanted:
    """What somebody asked for: which sheets and columns, and how rows are entered."""

    sheets: Sequence[str] = ()
    mapped: Sequence[str] = ()
    channel: str = ""
    without_heads: bool = False
    options: Options = field(default_factory=Options)


@dataclass(frozen=True)
class _Read:
    """A file with how its sheets are to be read."""

    book: Book
    plans: Sequence[SheetPlan]

    @property
    def parts(self) -> list[checking.Part]:
        return [one.part() for one in self.plans if one.is_wanted]


def checked(
    store: Store, file: Path, wanted: Wanted, *, now: datetime, full: bool = False, purpose: str
) -> dict[str, Any]:
    """Check a file and give the report of the dry run; nothing is written.

    Raises:
        OfficeError: the file cannot be read or has no heads; a sheet, column, field or channel is
            not there; full numbers were asked for by somebody who may not, or for no purpose.
    """

    def work(session: Session) -> dict[str, Any]:
        _admit_in_full(store, session, full=full, purpose=purpose)
        read = _read(session, file, wanted)
        rows = _check(session, store, read, wanted, now)
        return _report(session, read, rows, full=full)

    return store.read(work)


def taken_in(
    store: Store, file: Path, wanted: Wanted, *, now: datetime, full: bool = False, purpose: str
) -> dict[str, Any]:
    """Take a file in and give the report; how its columns were read is kept for the next time.

    Raises:
        OfficeError: see ``checked``; there is nothing to enter.
    """

    def work(session: Session) -> dict[str, Any]:
        _admit_in_full(store, session, full=full, purpose=purpose)
        read = _read(session, file, wanted)
        rows = _check(session, store, read, wanted, now)
        report = _report(session, read, rows, full=full)
        done = entering.take_in(
            session, store.vault, read.book, rows, wanted.options, viewer=store.viewer, now=now
        )
        return {**report, **_outcome(done)}

    report, _ = store.do(work)
    store.do(partial(_keep_columns, file=file, wanted=wanted, now=now))
    return report


def report_lines(report: Mapping[str, Any]) -> list[str]:
    """Tell a report: a line of counts, then each row that is not simply entered."""
    counts = report["counts"]
    words = "，".join(f"{fate.value}{counts[fate.name.lower()]}行" for fate in checking.Fate)
    first = (_DRY if report["dry_run"] else _DONE).format(
        counts=words, count=len(report["numbers"]), id=report["id"]
    )
    rows = (row for row in report["rows"] if row["reason"])
    return [first, *("\t".join(_cells(row)) for row in rows)]


def warnings(report: Mapping[str, Any]) -> list[str]:
    """Say what is worth knowing besides the rows."""
    told = []
    if report["taken_in_before"]:
        told.append(_BEFORE.format(when=datetime.fromisoformat(report["taken_in_before"])))
    if waiting := report["counts"]["repair"]:
        told.append(_WAITING.format(count=waiting) if not report["dry_run"] else "")
    return [sentence for sentence in told if sentence]


def listed(store: Store) -> list[dict[str, Any]]:
    """Give the imports, the latest first.

    Raises:
        OfficeError: the viewer may not register.
    """
    lines = store.read(lambda session: entering.ledgers(session, viewer=store.viewer))
    return [_ledger_object(line) for line in lines]


def ledger_line(ledger: Mapping[str, Any]) -> str:
    """Tell an import in a line."""
    counts = f"登记{ledger['registered']}件，待补正{ledger['waiting']}行"
    state = "已撤回" if ledger["withdrawn"] else counts
    return "\t".join((str(ledger["id"]), ledger["taken_in_at"], ledger["file"], state))


def withdrawn(store: Store, ledger_id: int, *, now: datetime) -> list[dict[str, Any]]:
    """Withdraw an import and give it, as a list of one.

    Raises:
        OfficeError: it is not there, was withdrawn, or something of it was worked on since.
    """
    viewer = store.viewer
    store.do(lambda session: entering.withdraw(session, ledger_id, viewer=viewer, now=now))
    return [one for one in listed(store) if one["id"] == ledger_id]


def kept_file(store: Store, ledger_id: int, to: Path) -> list[dict[str, Any]]:
    """Write the file that was taken in, as it was, and give where it lies now.

    Raises:
        OfficeError: the import is not there, holds accusations that the viewer may not read, the
            file of the vault is damaged, or the disk refuses.
    """
    viewer = store.viewer
    name, kept = store.read(lambda s: entering.taken_out(s, ledger_id, viewer=viewer))
    write_file_atomically(to, store.vault.read(kept))
    return [{"id": ledger_id, "name": name, "file": str(to)}]


def file_line(kept: Mapping[str, Any]) -> str:
    """Tell in a line where an original lies now."""
    return f"{kept['name']}\t{kept['file']}"


def waiting(store: Store, *, now: datetime) -> list[dict[str, Any]]:
    """Give the rows that wait to be put right; of their numbers only what lists show.

    Raises:
        OfficeError: the viewer may not register.
    """
    viewer, today = store.viewer, now.date()
    lines = store.read(lambda session: repairs.waiting(session, viewer=viewer, today=today))
    return [
        {
            "id": line.id,
            "file": line.file_name,
            "sheet": line.sheet,
            "row": line.row,
            "told": telling.hide_numbers(line.told),
            "reason": telling.hide_numbers(line.reason),
        }
        for line in lines
    ]


def waiting_line(row: Mapping[str, Any]) -> str:
    """Tell a row that waits in a line."""
    place = f"{row['file']} “{row['sheet']}”第{row['row']}行"
    return "\t".join((place, row["told"], row["reason"]))


def _read(session: Session, file: Path, wanted: Wanted) -> _Read:
    book = read_book(file)
    kept = partial(columns.kept_for, session)
    plans = plan(book, kept, without_heads=wanted.without_heads)
    if wanted.sheets:
        plans = [one for name in wanted.sheets for one in only(plans, name)]
    pairs, channel = _pairs(wanted.mapped), _channel(wanted.channel)
    return _Read(book, [_as_asked(one, pairs, channel) for one in plans])


def _as_asked(one: SheetPlan, pairs: Mapping[str, str], channel: Channel | None) -> SheetPlan:
    """Give the plan of a sheet with what somebody said of its columns."""
    if channel is not None:
        one = replace(one, channel=channel)
    if pairs and one.is_wanted:
        for place, key in columns.told_by_hand(one.table, pairs).fields.items():
            one = one.with_field(place, key)
    return one


def _check(
    session: Session, store: Store, read: _Read, wanted: Wanted, now: datetime
) -> list[Checked]:
    return checking.check(
        session, read.parts, wanted.options, viewer=store.viewer, today=now.date()
    )


def _report(
    session: Session, read: _Read, rows: Sequence[Checked], *, full: bool
) -> dict[str, Any]:
    before = entering.taken_before(session, read.book.digest)
    return {
        "file": read.book.name,
        "id": None,
        "dry_run": True,
        "taken_in_before": before.isoformat() if before else None,
        "counts": telling.counts_object(rows),
        "sheets": [telling.plan_object(one) for one in read.plans if one.is_wanted],
        "numbers": [],
        "rows": [telling.row_object(one, full=full) for one in rows],
    }


def _outcome(done: TakenIn) -> dict[str, Any]:
    return {"id": done.ledger.id, "dry_run": False, "numbers": list(done.numbers)}


def _keep_columns(session: Session, file: Path, wanted: Wanted, now: datetime) -> None:
    for part in _read(session, file, wanted).parts:
        columns.keep(session, part.table, part.arrangement, now=now)


def _admit_in_full(store: Store, session: Session, *, full: bool, purpose: str) -> None:
    if not full:
        return
    require(store.viewer, Right.UNMASK)
    if not purpose.strip():
        raise OfficeError(NO_PURPOSE)
    note(session, Noted.UNMASK, detail=f"导入核对，用途：{purpose.strip()}")


def _pairs(mapped: Sequence[str]) -> dict[str, str]:
    """Give columns with their fields: from ``列=字段``, or from the lines of a file of these."""
    pairs: dict[str, str] = {}
    for given in mapped:
        for line in [given] if "=" in given else _lines_of(Path(given)):
            name, between, wanted = line.partition("=")
            if not between or not name.strip():
                raise OfficeError(_NO_PAIR.format(given=line[:20]))
            pairs[name.strip()] = wanted.strip()
    return pairs


def _lines_of(path: Path) -> list[str]:
    try:
        text = read_file(path, what="对应关系文件").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OfficeError(_NOT_UTF8) from None
    return [line for line in text.splitlines() if line.strip()]


def _channel(given: str) -> Channel | None:
    if given and given not in CHANNELS:
        known = "、".join(one.label for one in Channel)
        raise OfficeError(_NO_CHANNEL.format(given=given[:20], known=known))
    return CHANNELS.get(given)


def _ledger_object(line: LedgerLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "file": line.file_name,
        "taken_in_at": line.taken_in_at.isoformat(" ", "minutes"),
        "by": line.taken_in_by,
        "registered": line.registered,
        "waiting": line.waiting,
        "left_out": line.left_out,
        "withdrawn": line.is_withdrawn,
    }


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    fate = checking.Fate[row["fate"].upper()].value
    return f"{row['sheet']}第{row['row']}行", fate, row["told"], row["reason"]
