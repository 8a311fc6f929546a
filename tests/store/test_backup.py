"""Backups: complete, proven by opening them, thinned, and never a burden on what is there."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.office import ACCOUNT, NOW, PASSWORD, Office, visit
from xinfang_desktop.casework.registration import register
from xinfang_desktop.errors import OfficeError
from xinfang_desktop.store import backup as backups
from xinfang_desktop.store.backup import backup_if_due, make_backup
from xinfang_desktop.store.backup_records import name_stick, pause, read_records, stick_at
from xinfang_desktop.store.database import Store, open_store
from xinfang_desktop.store.restore import verify
from xinfang_desktop.store.schedule import Stick, age_in_words, is_due, kept, overdue


def enter(store: Store) -> None:
    store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Give an empty stick."""
    folder = tmp_path / "U盘 甲"
    folder.mkdir()
    return folder


def test_a_backup_holds_what_the_store_holds_and_is_proven(store: Store, stick: Path) -> None:
    enter(store)
    made = make_backup(store, stick, now=NOW)
    assert (made.contents.petitions, made.contents.newest_number) == (1, "镜访〔2026〕1号")
    assert made.path.name.endswith("-20261122-103000.xfbak")
    assert verify(made.path, secret=PASSWORD).contents == made.contents
    assert [path.name for path in stick.iterdir()] == [made.path.name]


def test_a_backup_is_opened_by_the_recovery_code_alone(
    store: Store, office: Office, stick: Path
) -> None:
    enter(store)
    made = make_backup(store, stick, now=NOW)
    assert verify(made.path, secret=office.recovery_code).contents.petitions == 1
    with pytest.raises(OfficeError, match="密码不对"):
        verify(made.path, secret="错的")


def test_nothing_of_a_matter_stands_in_a_backup(store: Store, stick: Path) -> None:
    enter(store)
    content = make_backup(store, stick, now=NOW, portable=True).path.read_bytes()
    for words in ("铍𫖯𠮷", "330602198803120355", "水渠", "13800001234"):
        assert words.encode("utf-8") not in content


def test_attachments_lie_beside_a_backup_and_are_copied_once(store: Store, stick: Path) -> None:
    name = refer_to_a_file(store, b"scan" * 50_000)
    first = make_backup(store, stick, now=NOW)
    pool = stick / backups.POOL / name[:2] / name[2:]
    before = pool.stat().st_mtime_ns
    make_backup(store, stick, now=NOW + timedelta(hours=1))
    assert pool.stat().st_mtime_ns == before
    assert verify(first.path, secret=PASSWORD).vault == (name,)
    pool.unlink()
    with pytest.raises(OfficeError):
        verify(first.path, secret=PASSWORD)


def test_a_portable_backup_needs_nothing_beside_it(
    store: Store, stick: Path, tmp_path: Path
) -> None:
    name = refer_to_a_file(store, b"scan" * 50_000)
    made = make_backup(store, stick, now=NOW, portable=True)
    moved = shutil.copy(made.path, tmp_path / "别处.xfbak")
    assert verify(Path(moved), secret=PASSWORD).vault == (name,)


def refer_to_a_file(store: Store, content: bytes) -> str:
    """Put a file into the vault and a reference to it into the store, as an attachment has."""
    stored = store.vault.put(content)
    sql = "CREATE TABLE IF NOT EXISTS attached (vault_name TEXT NOT NULL)"

    def work(session: object) -> None:
        connection = session.connection()  # type: ignore[attr-defined]
        connection.exec_driver_sql(sql)
        connection.exec_driver_sql("INSERT INTO attached VALUES (?)", (stored.name,))

    store.do(work)
    return stored.name


@pytest.mark.parametrize("size", [0, 1, 511, 512, 5000, -1024, -1])
def test_a_backup_that_was_cut_off_is_no_backup(store: Store, stick: Path, size: int) -> None:
    enter(store)
    made = make_backup(store, stick, now=NOW)
    content = made.path.read_bytes()
    made.path.write_bytes(content[: size if size >= 0 else len(content) // 2 + size])
    with pytest.raises(OfficeError, match="没有写完|已经损坏"):
        verify(made.path, secret=PASSWORD)


@given(place=st.floats(0, 0.999), bit=st.integers(0, 7))
def test_a_flipped_bit_of_the_database_in_it_is_noticed(
    template_backup: Path, tmp_path_factory: pytest.TempPathFactory, place: float, bit: int
) -> None:
    content = bytearray(template_backup.read_bytes())
    content[1024 + int(place * 100_000)] ^= 1 << bit
    spoilt = tmp_path_factory.mktemp("坏") / template_backup.name
    spoilt.write_bytes(content)
    with pytest.raises(OfficeError):
        verify(spoilt, secret=PASSWORD)


@pytest.fixture(scope="module")
def template_backup(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("一份") / "数据"
    shutil.copytree(template_office.folder, folder)
    store = open_store(folder, password=PASSWORD)
    enter(store)
    path = make_backup(store, folder.parent, now=NOW).path
    store.close()
    return path


def test_a_place_that_is_not_there_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="请插好U盘"):
        make_backup(store, tmp_path / "没有", now=NOW)


def test_a_place_without_room_is_told_before_anything_is_written(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(stick)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(OfficeError, match="空间不够：还需要.*MB，只剩1 MB。没有备份"):
        make_backup(store, stick, now=NOW)
    assert list(stick.iterdir()) == []


def test_a_stick_that_fills_up_leaves_no_half_backup(
    store: Store, stick: Path, request: pytest.FixtureRequest
) -> None:
    enter(store)
    request.getfixturevalue("small_disk")
    with pytest.raises(OfficeError, match="没有"):
        make_backup(store, stick, now=NOW)
    assert list(stick.iterdir()) == []
    assert read_records(store.folder.root).made == ()


def test_a_stick_pulled_while_writing_costs_nothing(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(store)
    first = make_backup(store, stick, now=NOW)

    def pulled(*_: object) -> NoReturn:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", pulled)
    with pytest.raises(OfficeError, match="没有写完.*以前的备份还在"):
        make_backup(store, stick, now=NOW + timedelta(hours=1))
    monkeypatch.undo()
    assert verify(first.path, secret=PASSWORD).contents.petitions == 1
    assert [path.name for path in stick.iterdir()] == [first.path.name]


def test_a_copy_that_is_not_the_same_never_counts(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(store)

    def spoilt(source: Path, target: Path) -> None:
        content = bytearray(source.read_bytes())
        content[40_000] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(shutil, "copyfile", spoilt)
    with pytest.raises(OfficeError):
        make_backup(store, stick, now=NOW)
    assert list(stick.iterdir()) == []


def test_saving_goes_on_while_a_backup_is_proven(store: Store, stick: Path) -> None:
    enter(store)
    make_backup(store, stick, now=NOW, say=lambda what: enter(store) if "核对" in what else None)
    enter(store)


def test_a_backup_is_made_by_itself_when_something_changed(store: Store) -> None:
    enter(store)
    first = backup_if_due(store, now=NOW)
    assert first is not None
    assert backup_if_due(store, now=NOW + timedelta(hours=2)) is None
    enter(store)
    assert backup_if_due(store, now=NOW + timedelta(minutes=20)) is None
    assert backup_if_due(store, now=NOW + timedelta(minutes=20), leaving=True) is not None
    last = read_records(store.folder.root).last_proven
    assert last is not None and last.moment == NOW + timedelta(minutes=20)


def test_a_saved_draft_makes_a_backup_due(store: Store) -> None:
    from xinfang_desktop.casework.drafts import save_draft

    backup_if_due(store, now=NOW)
    form, later = "visit_registration", NOW + timedelta(hours=1)
    store.do(lambda session: save_draft(session, form, visit(), draft_id=None, now=later))
    assert backup_if_due(store, now=later) is not None


def test_paused_backups_rest(store: Store) -> None:
    enter(store)
    pause(store.folder.root, paused=True)
    assert backup_if_due(store, now=NOW, leaving=True) is None


def test_automatic_backups_are_thinned_and_forgotten(store: Store) -> None:
    for hours in range(0, 24 * 9, 12):
        enter(store)
        backup_if_due(store, now=NOW + timedelta(hours=hours))
    there = list((store.folder.root / backups.FOLDER).glob("*.xfbak"))
    known = {one.path for one in read_records(store.folder.root).made}
    assert {str(path) for path in there} == known
    assert len(there) < 18


def test_a_stick_has_a_name_and_is_missed(store: Store, stick: Path) -> None:
    enter(store)
    name_stick(store.folder.root, stick, "A盘")
    other = stick.parent / "乙"
    other.mkdir()
    name_stick(store.folder.root, other, "B盘")
    make_backup(store, stick, now=NOW)
    sticks = read_records(store.folder.root).for_schedule()
    assert overdue(sticks, now=NOW + timedelta(days=14)) == [
        "B盘还没有备份过。",
        "A盘已14天未备份。",
    ]
    found = stick_at(stick / "深" / "处")
    assert found is not None and found.name == "A盘"


def test_the_trail_tells_of_backups(store: Store, stick: Path) -> None:
    make_backup(store, stick, now=NOW)
    with store.reading() as connection:
        acts = [row[0] for row in connection.execute("SELECT act FROM audit_entry")]
    assert acts[-1] == "backup"


def test_what_a_stop_left_lying_about_goes_after_a_day(store: Store) -> None:
    folder = store.folder.root
    (folder / ".xinfang-abc").mkdir()
    (folder / ".xinfang-abc" / "xinfang.db").write_bytes(b"half")
    for name in (".0123.part", "xinfang.db.new", ".today.part"):
        (folder / name).write_bytes(b"half")
    left = [path for path in folder.glob("*") if path.name.startswith(".") or "new" in path.name]
    yesterday = (NOW - timedelta(days=1, hours=1)).timestamp()
    for path in left:
        moment = NOW.timestamp() if "today" in path.name else yesterday
        os.utime(path, (moment, moment))
    backup_if_due(store, now=NOW)
    assert [path.name for path in left if path.exists()] == [".today.part"]


MOMENTS = st.lists(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1)).map(
        lambda m: m.replace(microsecond=0)
    ),
    max_size=80,
    unique=True,
)


@given(MOMENTS, st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1)))
def test_thinning_keeps_the_newest_and_all_of_two_days(
    moments: list[datetime], now: datetime
) -> None:
    keeping = kept(moments, now=now)
    assert keeping <= set(moments)
    assert set(sorted(moments)[-1:]) <= keeping
    assert {moment for moment in moments if now - moment <= timedelta(days=2)} <= keeping


@given(MOMENTS, st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1)))
def test_thinning_twice_is_thinning_once(moments: list[datetime], now: datetime) -> None:
    keeping = kept(moments, now=now)
    assert kept(sorted(keeping), now=now) == keeping


@given(MOMENTS)
def test_of_every_month_of_the_last_year_and_of_every_year_one_is_kept(
    moments: list[datetime],
) -> None:
    now = datetime(2027, 6, 1)
    keeping = kept(moments, now=now)
    parts: tuple[Callable[[datetime], object], ...] = (
        lambda moment: moment.year,
        lambda moment: moment.year * 100 + moment.month,
    )
    for part in parts:
        periods = list(dict.fromkeys(map(part, sorted(moments))))[-12:]
        assert set(periods) <= {part(moment) for moment in keeping}


@given(MOMENTS)
def test_thinning_leaves_few(moments: list[datetime]) -> None:
    old = [moment for moment in moments if moment < datetime(2026, 1, 1)]
    assert len(kept(old, now=datetime(2027, 6, 1))) <= 12 + 10 + 12 + 1


@pytest.mark.parametrize(
    ("minutes", "changed", "leaving", "due"),
    [
        (None, False, False, True),
        (29, True, False, False),
        (30, True, False, True),
        (500, False, False, False),
        (1, True, True, True),
        (1, False, True, False),
        (-5, True, False, True),
    ],
)
def test_when_a_backup_is_due(minutes: int | None, changed: bool, leaving: bool, due: bool) -> None:
    last = None if minutes is None else NOW - timedelta(minutes=minutes)
    assert is_due(last, now=NOW, changed=changed, leaving=leaving) is due


def test_the_age_of_a_backup_is_said_in_words() -> None:
    ages = [timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=3), timedelta(days=4)]
    assert [age_in_words(NOW - age, now=NOW) for age in ages] == [
        "刚刚备份过",
        "5分钟前已备份",
        "3小时前已备份",
        "4天前已备份",
    ]
    assert age_in_words(None, now=NOW) == "还没有可用的备份"


def test_a_stick_seen_lately_is_not_missed() -> None:
    assert overdue([Stick("A盘", NOW - timedelta(days=13))], now=NOW) == []
