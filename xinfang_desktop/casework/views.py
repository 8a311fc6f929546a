"""Views (常用视图): what the ledger was narrowed to and how it was shown, kept under a name.

A view may hold what somebody searched for, so it lies in the encrypted store. It is the office's:
whoever opens the ledger finds it. Those that are ready-made are data and cannot be changed.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import CONCLUDED_STAGES, PetitionState, SavedView, Stage

from .cleaning import clean_text
from .filters import Filter, as_json, from_json
from .ledger import COLUMN
from .search import SORTS, Sort

_NO_NAME = "请给视图起个名称；没有保存。"
_TAKEN = "已有叫“{name}”的视图；没有改动。请换一个名称。"
_GONE = "这个视图已经不在了；数据没有改动。请刷新后再试。"
_LONGEST_NAME = 20


@dataclass(frozen=True)
class View:
    """What the ledger shows: words, filter, columns (none: the usual ones) and order."""

    name: str
    words: str = ""
    where: Filter = field(default_factory=Filter)
    columns: tuple[str, ...] = ()
    sort: Sort | None = None
    id: int | None = None


@dataclass(frozen=True)
class ReadyView:
    """A view that is always there; its filter may depend on the day."""

    key: str
    title: str
    where: Callable[[date], Filter]


_UNDER_WAY = tuple(
    stage.value
    for stage in Stage
    if stage not in CONCLUDED_STAGES and stage is not Stage.REGISTERED
)

READY = (
    ReadyView("all", "全部", lambda _: {}),
    ReadyView(
        "month",
        "本月",
        lambda today: {
            "state": PetitionState.REGISTERED,
            "registered_from": today.replace(day=1),
            "registered_to": today,
        },
    ),
    ReadyView("under_way", "办理中", lambda _: {"statuses": _UNDER_WAY}),
    ReadyView("gaps", "尚欠内容", lambda _: {"state": PetitionState.REGISTERED, "with_gaps": True}),
    ReadyView("supervised", "督查督办", lambda _: {"supervised": True}),
    ReadyView("weekly", "周会商", lambda _: {"weekly": True}),
    ReadyView("void", "已作废", lambda _: {"state": PetitionState.VOID}),
)


def views(session: Session) -> list[View]:
    """Give the views that were kept, in the order they were."""
    return list(map(_read, session.exec(select(SavedView).order_by(col(SavedView.id)))))


def save_view(session: Session, view: View) -> View:
    """Keep a view; one that is kept already is changed.

    Raises:
        OfficeError: it has no name, its name is taken, or it is gone.
    """
    name = _named(session, view.name, view.id)
    row = _row(session, view.id) if view.id is not None else SavedView(name="", content="")
    row.name, row.content = name, _written(view)
    session.add(row)
    session.flush()
    return _read(row)


def rename_view(session: Session, view_id: int, name: str) -> View:
    """Give a view another name.

    Raises:
        OfficeError: no name, a name that is taken, or the view is gone.
    """
    row = _row(session, view_id)
    row.name = _named(session, name, view_id)
    session.add(row)
    return _read(row)


def delete_view(session: Session, view_id: int) -> View:
    """Throw a view away and give what it was; ``save_view`` of it, without its id, takes that back.

    Raises:
        OfficeError: it is gone.
    """
    row = _row(session, view_id)
    gone = _read(row)
    session.delete(row)
    return gone


def _named(session: Session, name: str, own_id: int | None) -> str:
    name = clean_text(name)[0].strip()[:_LONGEST_NAME]
    if not name:
        raise OfficeError(_NO_NAME)
    other = session.exec(select(SavedView).where(SavedView.name == name)).first()
    if name in {ready.title for ready in READY} or (other and other.id != own_id):
        raise OfficeError(_TAKEN.format(name=name))
    return name


def _row(session: Session, view_id: int) -> SavedView:
    row = session.get(SavedView, view_id)
    if row is None:
        raise OfficeError(_GONE)
    return row


def _written(view: View) -> str:
    content = {
        "words": view.words,
        "where": as_json(view.where),
        "columns": list(view.columns),
        "sort": list(view.sort) if view.sort else None,
    }
    return json.dumps(content, ensure_ascii=False)


def _read(row: SavedView) -> View:
    content = json.loads(row.content)
    sort = Sort(*content["sort"]) if content["sort"] else None
    return View(
        name=row.name,
        words=content["words"],
        where=from_json(content["where"]),
        columns=tuple(key for key in content["columns"] if key in COLUMN),
        sort=sort if sort and sort.key in SORTS else None,
        id=row.id,
    )
