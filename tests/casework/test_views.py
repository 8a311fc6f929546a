"""Views and layouts by name: kept whole, changed, thrown away and kept again."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlmodel import Session

from tests.helpers.office import CLEARED, TODAY
from xinfang_desktop.casework import layouts, views
from xinfang_desktop.casework.layouts import Layout, LayoutColumn
from xinfang_desktop.casework.search import Sort, find
from xinfang_desktop.casework.views import READY, View
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store.database import Store

VIEW = View(
    "我的来信",
    words="水渠 状态:办理中",
    where={"channels": ("letter",), "received_from": TODAY},
    columns=("number", "claim"),
    sort=Sort("name", descending=True),
)
MONTHLY = Layout(
    "月报", "信访月报表", (LayoutColumn("序号", "serial"), LayoutColumn("编号", "number"))
)


def test_a_view_comes_back_as_it_was_kept(store: Store) -> None:
    kept = store.do(lambda session: views.save_view(session, VIEW))[0]
    assert store.read(views.views) == [kept]
    assert kept == View(**{**vars(VIEW), "id": kept.id})


def test_a_view_is_changed_renamed_thrown_away_and_kept_again(store: Store) -> None:
    kept = store.do(lambda session: views.save_view(session, VIEW))[0]
    assert kept.id is not None
    changed = View(**{**vars(kept), "words": "电梯"})
    store.do(lambda session: views.save_view(session, changed))
    store.do(lambda session: views.rename_view(session, kept.id or 0, "电梯"))
    [now] = store.read(views.views)
    assert (now.name, now.words) == ("电梯", "电梯")
    gone = store.do(lambda session: views.delete_view(session, kept.id or 0))[0]
    assert store.read(views.views) == []
    again = View(**{**vars(gone), "id": None})
    assert store.do(lambda session: views.save_view(session, again))[0].words == "电梯"


@pytest.mark.parametrize(
    ("name", "why"), [("", "起个名称"), ("全部", "已有叫“全部”"), ("甲", "已有叫“甲”")]
)
def test_a_view_without_a_name_of_its_own_is_not_kept(store: Store, name: str, why: str) -> None:
    store.do(lambda session: views.save_view(session, View("甲")))
    with pytest.raises(OfficeError, match=why):
        store.do(lambda session: views.save_view(session, View(name)))


def test_a_view_that_is_gone_is_told(store: Store) -> None:
    acts: tuple[Callable[[Session], View], ...] = (
        lambda s: views.rename_view(s, 7, "甲"),
        lambda s: views.delete_view(s, 7),
        lambda s: views.save_view(s, View("甲", id=7)),
    )
    for act in acts:
        with pytest.raises(OfficeError, match="不在了"):
            store.do(act)


def test_what_another_program_kept_is_read_as_far_as_it_is_known(store: Store) -> None:
    kept = store.do(lambda s: views.save_view(s, View("甲", columns=("number", "gone"))))[0]
    assert kept.columns == ("number",)
    odd = View("乙", sort=Sort("gone"))
    assert store.do(lambda session: views.save_view(session, odd))[0].sort is None


def test_every_ready_made_view_can_be_asked_for(store: Store) -> None:
    assert len({ready.key for ready in READY}) == len({ready.title for ready in READY})
    for ready in READY:
        where = ready.where(TODAY)
        assert list(store.read(partial(find, viewer=CLEARED, **where))) == []


def test_a_layout_comes_back_as_it_was_kept_and_takes_the_place_of_its_namesake(
    store: Store,
) -> None:
    store.do(lambda session: layouts.save_layout(session, MONTHLY))
    other = Layout("月报", "", (LayoutColumn("编号", "number"), LayoutColumn("备注", "gone")))
    store.do(lambda session: layouts.save_layout(session, other))
    [kept] = store.read(layouts.layouts)
    assert kept == Layout("月报", "", (LayoutColumn("编号", "number"), LayoutColumn("备注", "")))
    assert store.read(lambda session: layouts.layout(session, " 月报 ")) == kept
    gone = store.do(lambda session: layouts.delete_layout(session, "月报"))[0]
    assert (gone, store.read(layouts.layouts)) == (kept, [])


def test_a_layout_that_is_none_is_refused(store: Store) -> None:
    for bad, why in (
        (Layout("", "", MONTHLY.columns), "起个名称"),
        (Layout("月报", "", (LayoutColumn("序号", "serial"),)), "一栏也没有"),
    ):
        with pytest.raises(OfficeError, match=why):
            store.do(partial(layouts.save_layout, kept=bad))
    for act in (layouts.layout, layouts.delete_layout):
        with pytest.raises(OfficeError, match="没有叫“季报”的报表样式"):
            store.do(partial(act, name="季报"))
