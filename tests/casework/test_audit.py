"""The trail: every act leaves a line, no line can be changed unseen, and no line says too much."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, NOW, PASSWORD, Office, visit
from xinfang_desktop.casework.audit import count_entries, entries, field_title, note
from xinfang_desktop.casework.registration import amend, register, void
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.models import Noted, Role, Viewer, act_title
from xinfang_desktop.store.clock import doubt
from xinfang_desktop.store.database import Store, open_store
from xinfang_desktop.store.trail import FIRST, Head, Trail

READER = Viewer(name="钱领导", cleared=False, role=Role.LEADER)


def enter(store: Store, count: int = 1) -> None:
    for _ in range(count):
        store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))


def told(store: Store, **narrowed: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401
    found = store.read(lambda session: entries(session, viewer=READER, **narrowed))
    return [(line.title, line.number, line.by) for line in found]


def test_every_act_leaves_a_line_with_number_account_and_moment(store: Store) -> None:
    enter(store, 2)
    store.do(lambda s: void(s, "镜访〔2026〕1号", reason="重复登记", by="别人", now=NOW))
    assert told(store) == [
        ("作废", "镜访〔2026〕1号", ACCOUNT),
        ("登记", "镜访〔2026〕2号", ACCOUNT),
        ("登记", "镜访〔2026〕1号", ACCOUNT),
    ]
    assert store.read(lambda s: entries(s, viewer=READER))[0].at == NOW


def test_an_act_that_fails_leaves_no_line(store: Store) -> None:
    def fail(session: Session) -> None:
        register(session, visit(), by=ACCOUNT, now=NOW)
        note(session, Noted.PRINT)
        raise OfficeError("不行")

    with pytest.raises(OfficeError):
        store.do(fail)
    assert told(store) == []


def test_what_only_reads_may_ask_for_a_line(store: Store) -> None:
    store.read(lambda s: note(s, Noted.PRINT, number="镜访〔2026〕1号", detail="表", at=NOW))
    assert told(store) == [("打印", "镜访〔2026〕1号", ACCOUNT)]


def test_a_list_is_narrowed_and_paged(store: Store) -> None:
    enter(store, 5)
    assert len(told(store, number="镜访〔2026〕3号")) == 1
    assert len(told(store, by=ACCOUNT, acts=["register"], first=NOW.date(), last=NOW.date())) == 5
    assert told(store, first=NOW.date() + timedelta(days=1)) == []
    page = store.read(lambda s: entries(s, viewer=READER, limit=2))
    following = store.read(lambda s: entries(s, viewer=READER, limit=2, before_id=page[-1].id))
    assert [line.id for line in (*page, *following)] == [5, 4, 3, 2]
    assert store.read(lambda s: count_entries(s, viewer=READER)) == 5


def test_a_clerk_does_not_read_the_trail(store: Store) -> None:
    clerk = Viewer(name="经办", cleared=True, role=Role.CLERK)
    with pytest.raises(OfficeError, match="没有“查看操作记录”的权限"):
        store.read(lambda session: entries(session, viewer=clerk))


def test_an_opening_is_noted_where_there_is_a_clock(office: Office) -> None:
    open_store(office.folder, password=PASSWORD).close()
    store = open_store(office.folder, password=PASSWORD, clock=lambda: NOW)
    assert told(store) == [("登录", "", ACCOUNT)]
    store.close()


def run(store: Store, sql: str) -> None:
    store.do(lambda session: session.connection().exec_driver_sql(sql) and None)


@pytest.mark.parametrize(
    "sql", ["UPDATE audit_entry SET by = '乙'", "DELETE FROM audit_entry WHERE id = 1"]
)
def test_the_store_refuses_to_change_or_delete_a_line(store: Store, sql: str) -> None:
    enter(store)
    with pytest.raises(Exception, match="append-only"):
        run(store, sql)


TAMPERED: dict[str, tuple[str, int]] = {
    "changed": ("UPDATE audit_entry SET by = '乙' WHERE id = 3", 3),
    "moved in time": ("UPDATE audit_entry SET at = '2020-01-01 00:00:00.000000' WHERE id = 1", 1),
    "dropped in the middle": ("DELETE FROM audit_entry WHERE id = 4", 4),
    "dropped at the beginning": ("DELETE FROM audit_entry WHERE id = 1", 1),
    "dropped at the end": ("DELETE FROM audit_entry WHERE id > 4", 5),
    "dropped wholly": ("DELETE FROM audit_entry", 1),
    "renumbered": ("UPDATE audit_entry SET id = id + 1 WHERE id = 6", 6),
    "added": (
        "INSERT INTO audit_entry SELECT 7, at, by, act, number, detail, digest, digest"
        " FROM audit_entry WHERE id = 6",
        7,
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_whoever_gets_past_that_is_found_out_and_where(store: Store, how: str) -> None:
    enter(store, 6)
    assert store.verify_trail().is_whole
    sql, place = TAMPERED[how]
    run(store, "DROP TRIGGER audit_entry_is_never_changed")
    run(store, "DROP TRIGGER audit_entry_is_never_deleted")
    run(store, sql)
    verdict = store.verify_trail()
    assert verdict.broken_at == place
    assert f"从第{place}条起对不上" in verdict.sentence


def test_an_older_database_in_the_place_of_the_present_one_is_found_out(office: Office) -> None:
    store = open_store(office.folder, password=PASSWORD)
    enter(store, 2)
    store.close()
    older = (office.folder / "xinfang.db").read_bytes()
    store = open_store(office.folder, password=PASSWORD)
    enter(store, 3)
    store.close()
    (office.folder / "xinfang.db").write_bytes(older)
    store = open_store(office.folder, password=PASSWORD)
    verdict = store.verify_trail()
    assert (verdict.count, verdict.broken_at) == (2, 3)
    assert "末尾少了3条" in verdict.sentence
    store.close()


def test_a_head_that_lags_behind_is_no_trouble(store: Store) -> None:
    enter(store)
    head = (store.folder.root / "xinfang.head").read_bytes()
    enter(store, 3)
    (store.folder.root / "xinfang.head").write_bytes(head)
    assert store.verify_trail().is_whole


@pytest.mark.parametrize("spoil", [b"", b"9 " + b"0" * 64 + b" " + b"0" * 32, b"\xff" * 240])
def test_a_head_that_was_forged_is_not_believed(store: Store, spoil: bytes) -> None:
    enter(store, 2)
    (store.folder.root / "xinfang.head").write_bytes(spoil)
    assert store.verify_trail().is_whole


def test_one_torn_place_of_the_head_leaves_the_other(store: Store) -> None:
    enter(store, 3)
    path = store.folder.root / "xinfang.head"
    content = bytearray(path.read_bytes())
    content[120 + 10] ^= 1  # the third entry's place
    path.write_bytes(content)
    trail = Trail(store.key_for_slots(), path)
    kept = trail.kept_head()
    assert kept is not None and kept.count == 2


def test_an_empty_trail_is_whole(store: Store) -> None:
    assert store.verify_trail().is_whole
    assert Head() == Head(0, FIRST)


def test_the_moment_of_a_matter_is_that_of_its_step(store: Store) -> None:
    enter(store)

    def change(session: Session) -> None:
        matter = visit(claim="改")
        matter.petition.id = 1
        amend(session, matter, by=ACCOUNT, now=NOW + timedelta(hours=1))

    store.do(change)
    assert store.read(lambda s: entries(s, viewer=READER))[0].at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (NOW, None),
        (NOW - timedelta(minutes=4), None),
        (NOW - timedelta(hours=1), "早于最近一次操作（2026-11-22 10:30）"),
        (NOW - timedelta(days=3000), "早于最近一次操作"),
        (NOW + timedelta(days=399), None),
        (NOW + timedelta(days=401), "晚了一年多"),
        (datetime(2100, 1, 1), "年份太远"),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(now: datetime, words: str | None) -> None:
    sentence = doubt(now, NOW)
    assert sentence is None if words is None else words in str(sentence)


def test_a_wrong_clock_is_told_at_opening_and_rewrites_nothing(office: Office) -> None:
    store = open_store(office.folder, password=PASSWORD, clock=lambda: NOW)
    enter(store)
    store.close()
    early = open_store(office.folder, password=PASSWORD, clock=lambda: NOW - timedelta(days=40))
    assert early.clock_doubt is not None and "请先校准电脑时间" in early.clock_doubt
    assert early.verify_trail().is_whole
    early.close()


@pytest.mark.parametrize(
    ("act", "title"), [("register", "登记"), ("view_sealed", "查看检举控告"), ("x", "x")]
)
def test_an_act_is_told_in_words(act: str, title: str) -> None:
    assert act_title(act) == title


@pytest.mark.parametrize(
    ("field", "title"),
    [("petition.claim", "反映内容及诉求摘要"), ("petitioner.phone", "联系电话"), ("a.b", "b")],
)
def test_a_field_is_told_by_its_title(field: str, title: str) -> None:
    assert field_title(field) == title


def test_work_without_a_store_notes_nothing() -> None:
    note(Session(), Noted.PRINT)
