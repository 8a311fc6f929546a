"""Layouts (报表样式): the columns and headings that a superior wants a ledger in, set up once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import ExportLayout

from .cleaning import clean_text
from .ledger import COLUMN

SERIAL = "serial"
"""The key of a column that counts the lines."""
BLANK = ""
"""The key of a column that is left to be filled in by hand."""

_NO_NAME = "请给报表样式起个名称；没有保存。"
_NO_COLUMNS = "报表样式里一栏也没有；没有保存。请至少选一栏。"
_UNKNOWN = "没有叫“{name}”的报表样式；数据没有改动。请核对名称。"


@dataclass(frozen=True)
class LayoutColumn:
    """A column of a layout: what is written above it, and the column of the ledger below."""

    heading: str
    key: str = BLANK


@dataclass(frozen=True)
class Layout:
    """A layout: its name, the title above the table (or none), and its columns in order."""

    name: str
    title: str
    columns: tuple[LayoutColumn, ...]


def layouts(session: Session) -> list[Layout]:
    """Give every layout, by its name."""
    return list(map(_read, session.exec(select(ExportLayout).order_by(col(ExportLayout.name)))))


def layout(session: Session, name: str) -> Layout:
    """Give the layout of a name.

    Raises:
        OfficeError: there is none.
    """
    return _read(_row(session, name))


def save_layout(session: Session, kept: Layout) -> Layout:
    """Keep a layout under its name, in place of one that has it.

    Raises:
        OfficeError: it has no name, or no column that is filled.
    """
    name = clean_text(kept.name)[0].strip()
    if not name:
        raise OfficeError(_NO_NAME)
    if not any(column.key in COLUMN for column in kept.columns):
        raise OfficeError(_NO_COLUMNS)
    row = _found(session, name) or ExportLayout(name=name, content="")
    row.content = _written(kept)
    session.add(row)
    return Layout(name, kept.title, tuple(kept.columns))


def delete_layout(session: Session, name: str) -> Layout:
    """Throw a layout away and give what it was, so that it can be kept again.

    Raises:
        OfficeError: there is none.
    """
    row = _row(session, name)
    gone = _read(row)
    session.delete(row)
    return gone


def of_columns(keys: Sequence[str], *, name: str = "", title: str = "") -> Layout:
    """Give the layout of columns of the ledger under their own headings."""
    columns = tuple(LayoutColumn(COLUMN[key].title, key) for key in keys if key in COLUMN)
    return Layout(name, title, columns)


def _found(session: Session, name: str) -> ExportLayout | None:
    return session.exec(select(ExportLayout).where(ExportLayout.name == name)).first()


def _row(session: Session, name: str) -> ExportLayout:
    row = _found(session, name.strip())
    if row is None:
        raise OfficeError(_UNKNOWN.format(name=name.strip()))
    return row


def _written(kept: Layout) -> str:
    columns = [[column.heading, column.key] for column in kept.columns]
    return json.dumps({"title": kept.title, "columns": columns}, ensure_ascii=False)


def _read(row: ExportLayout) -> Layout:
    """Read a layout; a column that is no longer there is left blank, its heading stays."""
    content = json.loads(row.content)
    columns = (
        LayoutColumn(heading, key if key in COLUMN or key == SERIAL else BLANK)
        for heading, key in content["columns"]
    )
    return Layout(row.name, content["title"], tuple(columns))
