"""The ledger on the command line: finding, writing it out, and the layouts of superiors."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from xinfang_desktop.casework import grammar, layouts, word_index
from xinfang_desktop.casework.audit import note, require
from xinfang_desktop.casework.layouts import Layout, of_columns
from xinfang_desktop.casework.ledger import COLUMN, COLUMNS, LedgerLine
from xinfang_desktop.casework.search import Sort, find, rows
from xinfang_desktop.casework.telling import line_object
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Noted, Right
from xinfang_desktop.reports.ledger import MANGLED, TEXT_ENDING, export_ledger
from xinfang_desktop.store.database import Store

_NO_SUCH_COLUMN = "台账里没有“{given}”这一栏，没有执行；可以用：{known}。"
_NO_ORDER = "不能按“{given}”排序，没有执行；可以用：{known}。"
_TWO_LAYOUTS = "--columns 和 --layout 只能用一个，没有导出；请去掉一个。"
NO_PURPOSE = "显示完整号码要写明用途，没有执行；请加 --purpose。"
_EXPORTED = "已导出{count}件。"


class Found:
    """What was found, as lines of text or as objects."""

    def __init__(
        self, lines: Sequence[LedgerLine], columns: Sequence[str], problem: str, *, full: bool
    ) -> None:
        self._lines = lines
        self._columns = columns
        self._full = full
        self.problem = problem

    def objects(self) -> list[dict[str, Any]]:
        """Give a list of objects."""
        return [line_object(line, self._columns, full=self._full) for line in self._lines]

    def lines(self) -> list[str]:
        """Give a line for each matter, its parts separated by tabs."""
        return ["\t".join(self._parts(line)) for line in self._lines]

    def _parts(self, line: LedgerLine) -> list[str]:
        if self._columns:
            shown = (COLUMN[key].text(line, full=self._full) for key in self._columns)
            return [" ".join(text.split()) for text in shown]
        when = line.received_on.isoformat() if line.received_on else "　"
        claim = " ".join(line.claim_start.split())
        return [line.number, when, line.names, line.status.label, claim]


def found(
    store: Store,
    words: str,
    *,
    today: date,
    columns: str = "",
    sort: str = "",
    limit: int | None = None,
    full: bool = False,
    purpose: str = "",
) -> Found:
    """Look matters up.

    Raises:
        OfficeError: there is no such column or order; all of it was asked for by somebody who may
            not, or without a purpose.
    """
    keys, order = chosen_columns(columns), chosen_order(sort)
    catch_up(store)

    def read(session: Session) -> list[LedgerLine]:
        if full:
            require(store.viewer, Right.UNMASK)
            if not purpose.strip():
                raise OfficeError(NO_PURPOSE)
        ids = find(session, words, viewer=store.viewer, today=today, sort=order, limit=limit)
        if full:
            note(session, Noted.UNMASK, detail=f"{len(ids)}件，用途：{purpose.strip()}")
        return rows(session, ids)

    lines = store.read(read)
    return Found(lines, keys, grammar.read(words, today).problem, full=full)


def exported(
    store: Store,
    to: Path,
    words: str,
    *,
    today: date,
    columns: str = "",
    layout: str = "",
    sort: str = "",
    full: bool = False,
    purpose: str = "",
) -> tuple[dict[str, Any], list[str]]:
    """Write the ledger and give a report, and what is to be said about it.

    Raises:
        OfficeError: see ``export_ledger``; no such column, order or layout.
    """
    if columns and layout:
        raise OfficeError(_TWO_LAYOUTS)
    keys, order = chosen_columns(columns), chosen_order(sort)
    catch_up(store)

    def read(session: Session) -> dict[str, Any]:
        chosen = _layout(session, layout, keys)
        count = export_ledger(
            session,
            to,
            viewer=store.viewer,
            words=words,
            today=today,
            sort=order,
            layout=chosen,
            full=full,
            purpose=purpose,
        )
        return {"file": str(to), "count": count, "masked": not full, "layout": layout or None}

    report = store.read(read)
    told = [grammar.read(words, today).problem]
    if to.suffix.lower() == TEXT_ENDING:
        told.append(MANGLED)
    return report, [sentence for sentence in told if sentence]


def report_line(report: dict[str, Any]) -> str:
    """Tell an export in a line."""
    return _EXPORTED.format(**report)


def kept_layouts(store: Store) -> list[dict[str, Any]]:
    """Give every layout with its columns."""
    return [_layout_object(one) for one in store.read(layouts.layouts)]


def learned(store: Store, file: Path, name: str) -> dict[str, Any]:
    """Keep the layout of an empty table that a superior handed out.

    Raises:
        OfficeError: the file cannot be read or has no headings, or the name is missing.
    """
    from xinfang_desktop.reports.layouts import read_layout

    found = read_layout(file, name=name)
    return _layout_object(store.do(lambda session: layouts.save_layout(session, found))[0])


def dropped(store: Store, name: str) -> dict[str, Any]:
    """Throw a layout away and give what it was.

    Raises:
        OfficeError: there is none of the name.
    """
    return _layout_object(store.do(lambda session: layouts.delete_layout(session, name))[0])


def layout_line(layout: dict[str, Any]) -> str:
    """Tell a layout in a line: its name, and each heading with what stands below it."""
    columns = "、".join(
        f"{column['heading']}＝{column['title'] or '（留空）'}" for column in layout["columns"]
    )
    return f"{layout['name']}\t{columns}"


def chosen_columns(given: str) -> tuple[str, ...]:
    """Give the keys of columns that are named by key or heading, separated by commas.

    Raises:
        OfficeError: there is no such column; the sentence names all.
    """
    names = [name.strip() for name in re.split("[,，、]", given) if name.strip()]
    known = {**{column.title: column.key for column in COLUMNS}, **{key: key for key in COLUMN}}
    for name in names:
        if name not in known:
            told = "、".join(column.title for column in COLUMNS)
            raise OfficeError(_NO_SUCH_COLUMN.format(given=name, known=told))
    return tuple(known[name] for name in names)


def chosen_order(given: str) -> Sort | None:
    """Give the order by a column; one after a minus begins with the largest.

    Raises:
        OfficeError: there is no such column, or the ledger cannot be put in its order.
    """
    if not given:
        return None
    name, descending = given.removeprefix("-"), given.startswith("-")
    [key] = chosen_columns(name) or ("",)
    if not key or not COLUMN[key].sort:
        known = "、".join(column.title for column in COLUMNS if column.sort)
        raise OfficeError(_NO_ORDER.format(given=name, known=known))
    return Sort(COLUMN[key].sort, descending)


def catch_up(store: Store) -> None:
    """Put into the index what it does not have yet, after an upgrade for one."""
    if store.is_read_only:
        return
    while store.read(word_index.is_behind):
        store.do(word_index.catch_up)


def _layout(session: Session, name: str, keys: Sequence[str]) -> Layout | None:
    if name:
        return layouts.layout(session, name)
    return of_columns(keys) if keys else None


def _layout_object(layout: Layout) -> dict[str, Any]:
    def title(key: str) -> str:
        return "序号" if key == layouts.SERIAL else COLUMN[key].title if key in COLUMN else ""

    columns = [
        {"heading": column.heading, "key": column.key, "title": title(column.key)}
        for column in layout.columns
    ]
    return {"name": layout.name, "title": layout.title, "columns": columns}
