"""Looking a store through: each thing that can be wrong is found, and said with what to do."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.helpers.office import ACCOUNT, NOW, visit
from tests.store.test_backup import refer_to_a_file
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.casework.papers import issue
from xinfang_desktop.casework.registration import register
from xinfang_desktop.forms.catalogue import FORMS
from xinfang_desktop.forms.issuing import PaperMaker
from xinfang_desktop.store.backup import make_backup
from xinfang_desktop.store.backup_records import pause
from xinfang_desktop.store.check import Finding, check_store, quick_check
from xinfang_desktop.store.cipher import connect
from xinfang_desktop.store.database import Store
from xinfang_desktop.store.failures import DamagedError


@pytest.fixture
def three(store: Store) -> Store:
    """Give a store of three matters."""
    for _ in range(3):
        store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))
    return store


def found(store: Store, title: str) -> Finding:
    return next(finding for finding in check_store(store, now=NOW) if finding.title == title)


def run(store: Store, *statements: str) -> None:
    def work(session: Session) -> None:
        for statement in statements:
            session.connection().exec_driver_sql(statement)

    store.do(work)


def test_a_sound_store_is_sound_in_everything(three: Store, tmp_path: Path) -> None:
    make_backup(three, tmp_path, now=NOW)
    assert [finding.sentence for finding in check_store(three, now=NOW) if not finding.ok] == []


def test_a_damaged_page_is_found(three: Store) -> None:
    three.close()
    path = three.folder.store
    content = bytearray(path.read_bytes())
    for page in range(3, len(content) // 4096):
        content[page * 4096 + 99] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        quick_check(three)


def test_a_missing_number_is_found_and_is_advice(three: Store) -> None:
    run(three, "UPDATE number_series SET last = 5")
    finding = found(three, "编号")
    assert (finding.ok, finding.serious) == (False, False)
    assert "镜访〔2026〕4号、镜访〔2026〕5号等2处" in finding.sentence


def test_the_number_of_an_issued_paper_is_no_gap(three: Store) -> None:
    paper = PaperMaker(FORMS["process_sheet_2211"])
    viewer = three.viewer
    three.do(
        lambda session: issue(
            session,
            three.vault,
            paper,
            load_matter(session, "镜访〔2026〕1号", viewer=viewer),
            viewer=viewer,
            now=NOW,
        )
    )
    assert found(three, "编号").ok


def test_a_lost_attachment_is_found(three: Store) -> None:
    name = refer_to_a_file(three, b"scan")
    assert found(three, "附件").ok
    three.vault.path(name).unlink()
    assert "1份附件和存档文书中有1份缺失或损坏" in found(three, "附件").sentence


def test_a_broken_trail_is_found_and_where(three: Store) -> None:
    run(
        three,
        "DROP TRIGGER audit_entry_is_never_changed",
        "UPDATE audit_entry SET detail = '别的' WHERE id = 2",
    )
    finding = found(three, "操作记录")
    assert (finding.ok, finding.serious) == (False, True)
    assert "从第2条起对不上" in finding.sentence


def test_a_broken_reference_is_found(three: Store) -> None:
    three.close()
    connection = connect(three.folder.store, three.key_for_slots())
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM petitioner WHERE id = 1")
    connection.close()
    assert "有1处关联对不上" in found(three, "记录关联").sentence


@pytest.mark.parametrize("days", [0, 8])
def test_an_old_backup_is_advice(three: Store, tmp_path: Path, days: int) -> None:
    make_backup(three, tmp_path, now=NOW - timedelta(days=days))
    finding = found(three, "备份")
    assert (finding.ok, finding.serious) == (days == 0, False)


def test_paused_backups_are_told(three: Store, tmp_path: Path) -> None:
    make_backup(three, tmp_path, now=NOW)
    pause(three.folder.root, paused=True)
    assert "自动备份暂停着" in found(three, "备份").sentence
