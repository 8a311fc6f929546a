"""The command line: what each command gives, and what it says when it cannot."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import NOBODY
from tests.helpers.commands import Xinfang
from tests.helpers.office import ACCOUNT, PASSWORD, Office
from xinfang_desktop import __version__, cli
from xinfang_desktop.paths import DataFolder, resource
from xinfang_desktop.store import keys

SAMPLES = resource("samples", "october-2026.json")
FIRST = "镜访〔2026〕1号"

Writing = Callable[..., Path]

RECORD = {
    "channel": "visit",
    "received_on": "2026-10-08",
    "petitioners": [{"name": "铍𫖯𠮷", "phone": "13800001234", "address": "解放村"}],
    "claim": "要求修渠。",
    "kind": "remedy",
    "category": "农村农业/水利水电",
}


@pytest.fixture
def records(tmp_path: Path) -> Writing:
    """Give a way to write a file of records."""

    def write(*content: object, name: str = "记录.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return path

    return write


@pytest.fixture
def month(xinfang: Xinfang) -> Xinfang:
    """Give an office with the sample month registered."""
    assert xinfang("register", SAMPLES).code == 0
    return xinfang


def listed(xinfang: Xinfang) -> list[str]:
    ran = xinfang("search", "--json")
    assert ran.code == 0
    return [row["number"] for row in json.loads(ran.out)]


# init


def test_init_sets_up_an_office_and_prints_the_code_once(
    tmp_path: Path, xinfang: Xinfang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "ARGON2", {"iterations": 1, "memory_kib": 64, "lanes": 1})
    xinfang.folder = tmp_path / "新单位"
    ran = xinfang("init", "--account", "张三")
    assert (ran.code, ran.err) == (0, "")
    code = ran.out.splitlines()[-1]
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, code)
    assert xinfang("search").code == 0
    for path in xinfang.folder.iterdir():
        assert code.encode() not in path.read_bytes()


def test_init_takes_the_offices_own_names(
    tmp_path: Path, xinfang: Xinfang, records: Writing
) -> None:
    profile = tmp_path / "单位.toml"
    profile.write_text('[office]\nname = "某某镇"\nnumber_pattern = "某访[{year}]{serial}号"\n')
    xinfang.folder = tmp_path / "新单位"
    assert "某某镇信访办" in xinfang("init", "--office", profile).out
    assert xinfang("register", records(RECORD)).out == "某访[2026]1号\n"


def test_init_refuses_a_profile_it_cannot_read(tmp_path: Path, xinfang: Xinfang) -> None:
    xinfang.folder = tmp_path / "新单位"
    for content, words in (
        (b'nmae = "x"', "单位资料里的 nmae：没有这个键"),
        (b"\xff\xfe", "不是UTF-8编码的文字"),
    ):
        (tmp_path / "单位.toml").write_bytes(content)
        ran = xinfang("init", "--office", tmp_path / "单位.toml")
        assert ran.code == 1
        assert words in ran.sentence
    assert "找不到单位资料文件" in xinfang("init", "--office", tmp_path / "无.toml").sentence
    assert not xinfang.folder.exists()


def test_init_never_sets_up_over_another_office(month: Xinfang) -> None:
    ran = month("init")
    assert ran.code == 1
    assert "已有一份信访数据" in ran.sentence
    assert len(listed(month)) == 22


def test_init_says_that_a_password_is_short(
    tmp_path: Path, xinfang: Xinfang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cli.PASSWORD_VARIABLE, "短")
    xinfang.folder = tmp_path / "新单位"
    ran = xinfang("init")
    assert ran.code == 0
    assert "不足8个字符" in ran.err


# register


def test_register_prints_one_number_a_line(month: Xinfang) -> None:
    assert len(listed(month)) == 22


def test_register_says_on_the_side_what_is_missing(xinfang: Xinfang, records: Writing) -> None:
    ran = xinfang("register", records(RECORD, {**RECORD, "claim": ""}))
    assert ran.out == "镜访〔2026〕1号\n镜访〔2026〕2号\n"
    assert ran.err == "镜访〔2026〕2号 还缺：请填写反映的内容和诉求。\n"


def test_register_tells_the_same_in_json(xinfang: Xinfang, records: Writing) -> None:
    ran = xinfang("register", "--json", records({**RECORD, "claim": "", "attending": 6}))
    [done] = json.loads(ran.out)
    assert done["number"] == FIRST
    assert [gap["path"] for gap in done["gaps"]] == ["petition.claim"]
    assert [advice["path"] for advice in done["advice"]] == [
        "petition.attending",
        "petition.attending",
    ]
    assert ran.err == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[{"channel": "visit", "chanel": 1}]', "第1条记录的 chanel：没有这个键"),
        ('[{"channel": "visit", "headcount": "三"}]', "第1条记录的 headcount：应为整数"),
        ('[{"channel": "visit", "received_on": "2026-02-30"}]', "不是真实的日期"),
        ("这不是JSON", "不是正确的JSON"),
    ],
)
def test_register_refuses_the_whole_file(
    month: Xinfang, tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "坏.json"
    path.write_text(content, "utf-8")
    ran = month("register", path)
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.sentence
    assert "没有登记任何一条" in ran.sentence
    assert len(listed(month)) == 22


def test_register_refuses_a_good_record_beside_a_bad_one(
    xinfang: Xinfang, records: Writing
) -> None:
    ran = xinfang("register", records(RECORD, {**RECORD, "kind": "x"}))
    assert (ran.code, ran.out) == (1, "")
    assert ran.sentence.startswith("第2条记录的 kind：应为 suggestion、accusation、remedy 之一")
    assert listed(xinfang) == []


def test_register_can_go_on_with_the_good_ones(xinfang: Xinfang, records: Writing) -> None:
    bad = ({**RECORD, "kind": "x"}, {**RECORD, "relates_to": "镜访〔2020〕1号"})
    ran = xinfang("register", "--keep-going", records(RECORD, *bad, RECORD))
    assert ran.code == 1
    assert ran.out == "镜访〔2026〕1号\n镜访〔2026〕2号\n"
    lines = ran.err.splitlines()
    assert lines[0].startswith("第2条记录的 kind：")
    assert lines[1].startswith("第3条记录的 relates_to：")
    assert xinfang("register", "--keep-going", records(RECORD)).code == 0


def test_a_day_to_come_is_registered_and_told_unless_it_may_not_be(
    xinfang: Xinfang, records: Writing
) -> None:
    coming = records({**RECORD, "received_on": "2099-01-01"})
    refused = xinfang("register", "--no-future", coming)
    assert (refused.code, refused.out) == (1, "")
    assert refused.sentence.startswith(
        "第1条记录的 received_on：来访（收到）日期2099-01-01在今天之后"
    )
    told = xinfang("register", coming)
    assert (told.code, told.out) == (0, "镜访〔2099〕1号\n")
    assert "在今天之后，请核对" in told.err


def test_register_reads_files_only(xinfang: Xinfang, tmp_path: Path) -> None:
    assert "找不到登记记录文件" in xinfang("register", tmp_path / "无.json").sentence
    assert "应当是一个文件" in xinfang("register", tmp_path).sentence
    (tmp_path / "国标.json").write_bytes(json.dumps(RECORD, ensure_ascii=False).encode("gb18030"))
    assert "不是UTF-8编码" in xinfang("register", tmp_path / "国标.json").sentence


def test_the_same_file_may_be_registered_twice(xinfang: Xinfang, records: Writing) -> None:
    path = records(RECORD)
    numbers = [xinfang("register", path).out.strip() for _ in range(2)]
    assert numbers == ["镜访〔2026〕1号", "镜访〔2026〕2号"]


# show, search, void


def test_show_gives_the_whole_record(month: Xinfang) -> None:
    [record] = json.loads(month("show", FIRST, "--json").out)
    assert record["number"] == FIRST
    assert record["received_on"] == "2026-10-08"
    assert record["petitioner"] == "铍𫖯𠮷、张某英"
    assert record["state"] == "registered"
    assert record["petitioners"][0]["document_number"] == "330602198803120355"
    assert record["petitioners"][0]["born_on"] == "1988-03-12"
    assert (record["headcount"], record["involved"]) == (3, 7)
    assert record["history"][0]["action"] == "register"
    assert record["history"][0]["done_by"] == ACCOUNT


def test_show_reads_well_without_json(month: Xinfang) -> None:
    out = month("show", "镜访[2026]1号").out
    for line in ("编号：镜访〔2026〕1号", "信访人姓名：铍𫖯𠮷", "性别：男", "状态：已登记"):
        assert line in out.splitlines()
    assert "None" not in out


def test_show_tells_what_a_matter_is_linked_with(month: Xinfang) -> None:
    [record] = json.loads(month("show", "镜访〔2026〕12号", "--json").out)
    assert record["links"] == [
        {"number": "镜访〔2026〕2号", "relation": "same_matter", "earlier": True}
    ]
    assert "关联：镜访〔2026〕2号（同一事项）" in month("show", "镜访〔2026〕12号").out


def test_show_of_a_number_that_does_not_exist(month: Xinfang) -> None:
    ran = month("show", "镜访〔2026〕99号")
    assert ran.code == 1
    assert "没有找到这个编号" in ran.sentence


def test_search_lists_what_it_finds(month: Xinfang) -> None:
    rows = json.loads(month("search", "水渠", "--json").out)
    assert [row["number"] for row in rows] == ["镜访〔2026〕12号", "镜访〔2026〕2号"]
    assert rows[0]["petitioner"] == "𬭛某"
    assert rows[0]["state"] == "registered"
    assert "镜访〔2026〕12号\t2026-10-16\t𬭛某\t已登记" in month("search", "水渠").out


def test_search_takes_several_words_and_may_find_nothing(month: Xinfang) -> None:
    assert [
        row["number"] for row in json.loads(month("search", "水渠", "修一次", "--json").out)
    ] == []
    ran = month("search", "没有的词")
    assert (ran.code, ran.out) == (0, "")


def test_search_shows_an_accusation_by_its_number_only(month: Xinfang) -> None:
    ran = month("search", "--json")
    [row] = [row for row in json.loads(ran.out) if row["sealed"]]
    assert (row["number"], row["petitioner"], row["category"]) == ("镜访〔2026〕5号", "", "")
    assert "店面" not in ran.out
    assert "赵某" not in ran.out


def test_void_keeps_the_number(month: Xinfang) -> None:
    assert month("void", FIRST, "--reason", "重复登记").out == f"{FIRST}\n"
    [record] = json.loads(month("show", FIRST, "--json").out)
    assert (record["state"], record["void_reason"]) == ("void", "重复登记")
    ran = month("void", FIRST, "--reason", "再来")
    assert ran.code == 1
    assert "已经作废" in ran.sentence


# export, forms, print


def test_export_writes_the_ledger(month: Xinfang, tmp_path: Path) -> None:
    ran = month("export", "--to", tmp_path / "台账.xlsx")
    assert (ran.code, ran.out) == (0, "已导出22件。\n")
    sheet = load_workbook(tmp_path / "台账.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 24


def test_export_to_another_kind_of_file_is_refused(month: Xinfang, tmp_path: Path) -> None:
    ran = month("export", "--to", tmp_path / "台账.txt")
    assert ran.code == 1
    assert "只能导出为 .xlsx" in ran.sentence
    assert not (tmp_path / "台账.txt").exists()


def test_export_to_a_full_disk_is_told(month: Xinfang, tmp_path: Path) -> None:
    (tmp_path / "满.xlsx").symlink_to("/dev/full")
    ran = month("export", "--to", tmp_path / "满.xlsx")
    assert ran.code == 1
    assert "磁盘已满，文件没有写成；已登记的内容不受影响" in ran.sentence
    assert len(listed(month)) == 22


def test_forms_lists_the_papers(xinfang: Xinfang) -> None:
    ran = xinfang("forms", "--json", data=False)
    assert {"key": "visit_registration", "title": "来访登记单"} in json.loads(ran.out)
    assert "visit_registration\t来访登记单" in xinfang("forms", data=False).out


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize("number", [FIRST, "镜访[2026]1号", "镜访 (2026) 1号"])
def test_print_writes_the_paper(month: Xinfang, tmp_path: Path, ending: str, number: str) -> None:
    target = tmp_path / f"登记单.{ending}"
    assert month("print", "visit_registration", number, "--to", target).code == 0
    assert target.stat().st_size > 1000


def test_print_knows_a_paper_by_what_the_office_calls_it(month: Xinfang, tmp_path: Path) -> None:
    assert month("print", "来访登记单", "--blank", "--to", tmp_path / "空白.pdf").code == 0
    assert (tmp_path / "空白.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("no_such_form", FIRST), "没有这种表单"),
        (("visit_registration", "镜访〔2026〕99号"), "没有找到这个编号"),
    ],
)
def test_print_says_what_it_does_not_know(
    month: Xinfang, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    ran = month("print", *words, "--to", tmp_path / "x.pdf")
    assert ran.code == 1
    assert told in ran.sentence
    assert not (tmp_path / "x.pdf").exists()


def test_print_to_another_kind_of_file_is_refused(month: Xinfang, tmp_path: Path) -> None:
    ran = month("print", "visit_registration", FIRST, "--to", tmp_path / "x.odt")
    assert ran.code == 1
    assert ".pdf 或 .docx" in ran.sentence


# usage, passwords, trouble


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["nosuch"], "没有 'nosuch' 这个命令"),
        (["register"], "缺少 文件.json"),
        (["show"], "缺少 编号"),
        (["show", FIRST, "--nosuch"], "不认识 --nosuch"),
        (["void", FIRST], "缺少 --reason"),
        (["print", "visit_registration", "--to", "x.pdf"], "二者取一"),
        (["print", "visit_registration", FIRST, "--blank", "--to", "x.pdf"], "二者取一"),
        (["print", "visit_registration", FIRST], "缺少 --to"),
        (["export", "--to"], "--to 后面要有内容"),
        (["forms", "--json=yes"], "--json 后面不能有内容"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_chinese_line(
    xinfang: Xinfang, argv: list[str], told: str
) -> None:
    ran = xinfang(*argv)
    assert (ran.code, ran.out) == (2, "")
    usage, *_, mistake = ran.err.splitlines()
    assert usage.startswith("用法：xinfang")
    assert mistake.startswith("用法不对：")
    assert told in mistake


def test_help_and_version_need_no_office(xinfang: Xinfang) -> None:
    ran = xinfang("--help", data=False)
    assert ran.code == 0
    for name, *_ in cli._COMMANDS:
        assert name in ran.out
        assert xinfang(name, "--help", data=False).code == 0
    assert xinfang("--version", data=False).out == f"xinfang {__version__}\n"


def test_the_folder_may_be_given_before_the_command(month: Xinfang) -> None:
    ran = month("--data", month.folder, "search", "水渠", data=False)
    assert len(ran.out.splitlines()) == 2


def test_the_folder_given_after_the_command_counts(month: Xinfang, tmp_path: Path) -> None:
    ran = month("--data", tmp_path / "别处", "search", "水渠", "--data", month.folder, data=False)
    assert len(ran.out.splitlines()) == 2


def test_without_a_word_the_window_opens(xinfang: Xinfang, monkeypatch: pytest.MonkeyPatch) -> None:
    from xinfang_desktop.ui import app

    opened: list[Path | None] = []

    def window(argv: object, *, data: Path | None) -> int:
        opened.append(data)
        return 0

    monkeypatch.setattr(app, "main", window)
    assert xinfang().code == 0
    assert xinfang(data=False).code == 0
    assert opened == [xinfang.folder, None]


def test_without_a_password_and_without_a_terminal_it_says_so(
    xinfang: Xinfang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(cli.PASSWORD_VARIABLE)
    ran = xinfang("search")
    assert ran.code == 1
    assert "没有给出密码" in ran.sentence


def test_at_a_terminal_the_password_is_asked_for(
    xinfang: Xinfang, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(cli.PASSWORD_VARIABLE)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    typed = [PASSWORD, "甲密码", "乙密码"]
    monkeypatch.setattr("getpass.getpass", lambda *_: typed.pop(0))
    assert xinfang("search").code == 0
    xinfang.folder = tmp_path / "新单位"
    assert "两次输入的密码不一样" in xinfang("init").sentence
    assert not xinfang.folder.exists()


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Give every file but the count of wrong passwords, which is there to be written."""
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != "xinfang.tries"
    }


def _wrong_password(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv(cli.PASSWORD_VARIABLE, "错的密码")


def _damaged(folder: Path, patch: pytest.MonkeyPatch) -> None:
    path = DataFolder(folder).store
    content = bytearray(path.read_bytes())
    content[500:600] = bytes(100)
    path.write_bytes(content)


def _foreign(folder: Path, patch: pytest.MonkeyPatch) -> None:
    DataFolder(folder).store.write_bytes(b"SQLite format 3\0" + bytes(5000))


def _no_key(folder: Path, patch: pytest.MonkeyPatch) -> None:
    DataFolder(folder).key_file.unlink()
    DataFolder(folder).key_copy.unlink()


def _bad_key(folder: Path, patch: pytest.MonkeyPatch) -> None:
    DataFolder(folder).key_file.write_bytes(b"{}")
    DataFolder(folder).key_copy.write_bytes(b"{}")


def _no_store(folder: Path, patch: pytest.MonkeyPatch) -> None:
    DataFolder(folder).store.unlink()


def _nothing(folder: Path, patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


TROUBLES = {
    "密码不对": _wrong_password,
    "数据文件已经损坏": _damaged,
    "不是信访案头的加密数据": _foreign,
    "密钥文件不见了": _no_key,
    "两份密钥文件都已损坏": _bad_key,
    "xinfang.db 不见了": _no_store,
    "没有信访数据": _nothing,
}


@pytest.mark.parametrize("told", TROUBLES)
def test_a_store_that_cannot_be_opened_is_one_sentence_and_stays_as_it_is(
    xinfang: Xinfang, records: Writing, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    path = records(RECORD)
    xinfang("register", path)
    TROUBLES[told](xinfang.folder, monkeypatch)
    before = bytes_of(xinfang.folder)
    for words in (("search",), ("show", FIRST), ("register", path), ("export", "--to", "x.xlsx")):
        ran = xinfang(*words)
        assert (ran.code, ran.out) == (1, "")
        assert told in ran.sentence
    assert bytes_of(xinfang.folder) == before
    assert not Path("x.xlsx").exists()


def test_a_mended_key_file_lets_the_work_go_on(xinfang: Xinfang) -> None:
    DataFolder(xinfang.folder).key_file.write_bytes(b"{}")
    assert xinfang("search").code == 0


def test_a_read_only_folder_is_one_sentence(
    office: Office, xinfang: Xinfang, open_place: Path, request: pytest.FixtureRequest
) -> None:
    folder = open_place / "只读"
    shutil.copytree(office.folder, folder)
    record = open_place / "记录.json"
    record.write_text(json.dumps(RECORD), "utf-8")
    assert xinfang("register", record).code == 0
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, NOBODY, NOBODY)
    folder.chmod(0o555)
    before = bytes_of(folder)
    xinfang.folder = folder
    request.getfixturevalue("as_nobody")
    ran = xinfang("register", record)
    assert ran.code == 1
    assert "不能写入（只读，或没有权限）" in ran.sentence
    assert bytes_of(folder) == before


def test_a_bug_is_one_sentence_without_anybodys_data(
    month: Xinfang, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("铍𫖯𠮷 330602198803120355")

    monkeypatch.setattr("xinfang_desktop.casework.matters.load_matter", broken)
    monkeypatch.delenv(cli.DEBUG_VARIABLE, raising=False)
    ran = month("show", FIRST)
    assert ran.code == 1
    assert "程序出现意外错误" in ran.sentence
    assert "铍" not in ran.err
    monkeypatch.setenv(cli.DEBUG_VARIABLE, "1")
    with pytest.raises(ValueError, match="铍"):
        month("show", FIRST)
