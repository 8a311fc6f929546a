"""backup, verify, restore, check, accounts, audit: usable from a schedule, told in plain lines."""

import json
from pathlib import Path

import pytest

from tests.helpers.commands import Xinfang
from tests.helpers.office import ACCOUNT, PASSWORD, Office
from xinfang_desktop import cli
from xinfang_desktop.store.database import open_store

RECORD = {"channel": "visit", "received_on": "2026-10-08", "claim": "村口水渠失修。"}


@pytest.fixture
def entered(xinfang: Xinfang, tmp_path: Path) -> Xinfang:
    """Give the command line of an office with one matter."""
    record = tmp_path / "记录.json"
    record.write_text(json.dumps(RECORD), "utf-8")
    assert xinfang("register", record).code == 0
    return xinfang


@pytest.fixture
def backup(entered: Xinfang, tmp_path: Path) -> Path:
    """Give a backup made by the command."""
    to = tmp_path / "U盘 甲"
    to.mkdir()
    done = entered("backup", "--to", to)
    assert done.code == 0, done.err
    assert "已备份并打开核对：信访事项1件，最新编号镜访〔2026〕1号。" in done.err
    return Path(done.out.strip())


def test_a_backup_says_where_it_is_and_is_verified(entered: Xinfang, backup: Path) -> None:
    assert backup.is_file()
    verified = entered("verify", backup)
    assert verified.code == 0
    assert "这份备份可以用来恢复" in verified.out


def test_a_backup_of_nothing_is_told(entered: Xinfang, tmp_path: Path) -> None:
    empty = tmp_path / "空.xfbak"
    empty.write_bytes(b"")
    for command in (["verify"], ["restore"], ["restore", "--look"], ["restore", "--rehearse"]):
        done = entered(*command, empty)
        assert done.code == 1
        assert "不是信访案头的备份，或没有写完" in done.sentence


def test_a_backup_to_nowhere_is_told(entered: Xinfang, tmp_path: Path) -> None:
    done = entered("backup", "--to", tmp_path / "没有")
    assert (done.code, "请插好U盘" in done.sentence) == (1, True)


def test_restoring_shows_keeps_pauses_and_goes_on(entered: Xinfang, backup: Path) -> None:
    looked = entered("restore", backup, "--look")
    assert "信访事项\t1件\t1件" in looked.out
    assert "演练完成" in entered("restore", backup, "--rehearse").out
    done = entered("restore", backup)
    assert done.code == 0, done.err
    assert "已恢复：信访事项1件" in done.out and "没有删除" in done.out
    assert "自动备份继续" in entered("restore", "--confirm").out
    assert json.loads(entered("search", "--json").out)[0]["number"] == "镜访〔2026〕1号"


def test_restoring_wants_a_file_or_the_confirmation(entered: Xinfang) -> None:
    assert entered("restore").code == 2


def test_a_sound_store_checks_sound(entered: Xinfang) -> None:
    done = entered("check")
    assert done.code == 0, done.err
    assert "操作记录共" in done.out
    findings = json.loads(entered("check", "--json").out)
    assert {finding["title"] for finding in findings} >= {"数据文件", "操作记录", "附件", "备份"}


def test_a_damaged_store_checks_damaged(entered: Xinfang) -> None:
    path = entered.folder / "xinfang.db"
    content = bytearray(path.read_bytes())
    content[-100] ^= 0xFF
    path.write_bytes(content)
    done = entered("check")
    assert (done.code, "已经损坏" in done.sentence) == (1, True)


def test_accounts_are_added_changed_and_closed(
    entered: Xinfang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cli.NEW_PASSWORD_VARIABLE, "领导的密码")
    assert entered("accounts", "add", "李领导", "--role", "leader").code == 0
    assert entered("accounts", "set", "李领导", "--cleared", "--rename", "李主任").code == 0
    told = json.loads(entered("accounts", "--json").out)
    assert {"name": "李主任", "role": "leader", "cleared": True, "disabled": False} in told
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, "领导的密码")
    assert entered("search").code == 0
    refused = entered("void", "镜访〔2026〕1号", "--reason", "试试")
    assert (refused.code, "只能查看" in refused.sentence) == (1, True)
    assert "没有“管理账户”的权限" in entered("accounts").sentence
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, PASSWORD)
    assert entered("accounts", "disable", "李主任").code == 0
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, "领导的密码")
    assert "密码不对" in entered("search").sentence


def test_a_password_is_changed(entered: Xinfang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cli.NEW_PASSWORD_VARIABLE, "换过的密码")
    assert entered("accounts", "password", ACCOUNT).code == 0
    assert "密码不对" in entered("search").sentence
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, "换过的密码")
    assert entered("search").code == 0


def test_a_new_recovery_code_takes_the_place_of_the_old(
    entered: Xinfang, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = entered("accounts", "recovery-code").out.splitlines()[1]
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, code)
    assert entered("search").code == 0
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, office.recovery_code)
    assert entered("search").code == 1


def test_five_wrong_passwords_make_the_next_one_wait(
    entered: Xinfang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, "错的")
    assert all("密码不对" in entered("search").sentence for _ in range(5))
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, PASSWORD)
    assert "已连续输错5次，请等" in entered("search").sentence


def test_the_trail_tells_what_was_done_by_number_only(entered: Xinfang, tmp_path: Path) -> None:
    entered("print", "visit_registration", "镜访〔2026〕1号", "--to", tmp_path / "单.pdf")
    entered("export", "--to", tmp_path / "台账.xlsx")
    told = json.loads(entered("audit", "--json").out)
    acts = [(entry["act"], entry["number"], entry["detail"]) for entry in told]
    assert ("register", "镜访〔2026〕1号", "") in acts
    assert ("print", "镜访〔2026〕1号", "visit_registration") in acts
    assert ("export", "", "台账1件") in acts
    assert "水渠" not in json.dumps(told, ensure_ascii=False)
    assert "首尾相接" in entered("audit", "--verify").out
    assert len(entered("audit", "--last", "2").out.splitlines()) == 2


def test_while_a_window_holds_the_store_a_command_that_writes_is_refused(
    entered: Xinfang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_PATIENCE", 0.1)
    window = open_store(entered.folder, password=PASSWORD, program="窗口", clock=cli._now)
    refused = entered("void", "镜访〔2026〕1号", "--reason", "试试")
    assert refused.code == 1
    assert "正由本机的另一个窗口（进程" in refused.sentence
    assert entered("search").code == 0
    window.close()
    assert entered("void", "镜访〔2026〕1号", "--reason", "试试").code == 0
