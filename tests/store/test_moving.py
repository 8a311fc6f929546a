"""Moving to another PC: one file, in which nothing depends on the system that made it."""

import getpass
import platform
import re
import shutil
import socket
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.office import ACCOUNT, NOW, PASSWORD, visit
from tests.store.test_backup import refer_to_a_file
from xinfang_desktop.casework.registration import register
from xinfang_desktop.forms.office_forms import FOLDER, load_office_forms
from xinfang_desktop.paths import resource
from xinfang_desktop.store.backup import make_backup
from xinfang_desktop.store.container import MANIFEST, STORE
from xinfang_desktop.store.database import Store, open_store
from xinfang_desktop.store.restore import restore

OWN_FORM = resource("samples", "office-form.toml").read_text(encoding="utf-8")


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    """Give the portable backup of an office with a matter, a file, settings and a form."""
    store.do(lambda session: register(session, visit(), by=ACCOUNT, now=NOW))
    refer_to_a_file(store, b"paper" * 30_000)
    root = store.folder.root
    (root / "window.json").write_text('{"size": 1.25}', encoding="utf-8")
    (root / FOLDER).mkdir()
    (root / FOLDER / "村 接待.toml").write_text(OWN_FORM, encoding="utf-8")
    return make_backup(store, tmp_path, now=NOW, portable=True).path


def members(backup: Path) -> list[tarfile.TarInfo]:
    with tarfile.open(backup) as archive:
        return archive.getmembers()


def test_its_names_are_the_same_on_every_system(backup: Path) -> None:
    names = [member.name for member in members(backup)]
    assert {STORE, "xinfang.key", MANIFEST, f"{FOLDER}/村 接待.toml"} < set(names)
    for name in names:
        assert re.fullmatch(r"[\w .]+(/[\w .]+)*", name), name
    assert len({name.casefold() for name in names}) == len(names)


def test_it_says_nothing_of_the_system_that_made_it(backup: Path, store: Store) -> None:
    for member in members(backup):
        assert (member.uid, member.gid, member.uname, member.gname) == (0, 0, "", "")
        assert member.mtime == 0
        assert member.isreg()
    with tarfile.open(backup) as archive:
        manifest = archive.extractfile(MANIFEST)
        assert manifest is not None
        words = manifest.read().decode("utf-8")
    private = [str(store.folder.root), str(Path.home()), socket.gethostname(), platform.system()]
    assert not [word for word in (*private, getpass.getuser()) if word and f'"{word}' in words]


def repacked(backup: Path, change: Callable[[tarfile.TarInfo], None]) -> Path:
    """Give the same backup as another program would have packed it."""
    other = backup.with_name("别的系统.xfbak")
    with tarfile.open(backup) as old, tarfile.open(other, "w", format=tarfile.GNU_FORMAT) as new:
        for member in old.getmembers():
            change(member)
            new.addfile(member, old.extractfile(member))
    return other


def test_owner_rights_and_times_of_another_system_do_not_matter(
    backup: Path, tmp_path: Path
) -> None:
    def windows(member: tarfile.TarInfo) -> None:
        member.mode, member.mtime, member.uname = 0o100777, 2_000_000_000, "信访办"

    there = tmp_path / "新电脑"
    restore(repacked(backup, windows), there, secret=PASSWORD, clock=lambda: NOW)
    assert (there / "xinfang.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "place",
    ["新电脑 数据", "信访办 张㛃/程序 (1)/数据", "Ünïcödé & %20", "a" * 100 + "/" + "很长" * 40],
)
def test_it_opens_in_a_folder_of_any_name(backup: Path, tmp_path: Path, place: str) -> None:
    there = tmp_path / place
    restore(backup, there, secret=PASSWORD, clock=lambda: NOW)
    moved = open_store(there, password=PASSWORD)
    assert moved.verify_trail().is_whole
    moved.close()


def test_the_file_may_be_renamed_and_lie_anywhere(backup: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘 (E)"
    stick.mkdir()
    renamed = Path(shutil.copyfile(backup, stick / "搬家.XFBAK"))
    restore(renamed, tmp_path / "新电脑", secret=PASSWORD, clock=lambda: NOW)


def test_a_form_written_by_the_editor_of_windows_is_read(store: Store, tmp_path: Path) -> None:
    forms = store.folder.root / FOLDER
    forms.mkdir()
    (forms / "own.toml").write_bytes(b"\xef\xbb\xbf" + OWN_FORM.replace("\n", "\r\n").encode())
    made = make_backup(store, tmp_path, now=NOW, portable=True)
    there = tmp_path / "新电脑"
    restore(made.path, there, secret=PASSWORD, clock=lambda: NOW)
    found, problems = load_office_forms(there / FOLDER)
    assert [found[key].title for key in found] == ["村（社区）接待登记单"]
    assert not problems


def test_a_name_that_windows_cannot_have_is_written_otherwise(store: Store, tmp_path: Path) -> None:
    forms = store.folder.root / FOLDER
    forms.mkdir()
    (forms / '问"答": 一?\\..\\x.toml').write_text(OWN_FORM, encoding="utf-8")
    made = make_backup(store, tmp_path, now=NOW, portable=True)
    there = tmp_path / "新电脑"
    restore(made.path, there, secret=PASSWORD, clock=lambda: NOW)
    assert [path.name for path in (there / FOLDER).iterdir()] == ["问_答__ 一__.._x.toml"]


def test_what_belongs_to_this_pc_alone_stays_here(backup: Path, store: Store) -> None:
    names = {member.name for member in members(backup)}
    here = {"xinfang.backups", "xinfang.lock", "xinfang.tries", "xinfang.head", "program-in-use"}
    assert not names & here
